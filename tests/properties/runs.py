"""Running a description: text → program → trace, all in memory but the data, which go the way of a user's file."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from steelyard import pipeline
from steelyard.pipeline import Loaded
from steelyard.source import Source
from steelyard.trace.encode import encode_trace
from steelyard.trace.model import Quantity, Trace
from steelyard.values.canonical import canonical_json
from steelyard.values.intervals import Interval

_FOLDER = Path(tempfile.mkdtemp(prefix="steelyard-properties-"))


def load(text: str, language: str = "en") -> Loaded:
    return pipeline.load_source(Source.from_text(f"s.{language}.rules", text))


def score(loaded: Loaded, record: dict[str, Any]) -> Trace:
    assert loaded.program is not None
    path = _FOLDER / "record.json"
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    scored = pipeline.score(loaded.program, pipeline.read_data(loaded.program, path))
    assert len(scored.traces) == 1, [(f.code, dict(f.facts)) for f in scored.findings]
    return scored.traces[0]


def document(trace: Trace) -> dict[str, Any]:
    return json.loads(canonical_json(encode_trace(trace)))  # type: ignore[no-any-return]


def ends(quantity: Quantity) -> Interval:
    return quantity if isinstance(quantity, Interval) else Interval(quantity, quantity)


def inside(inner: Quantity, outer: Quantity) -> bool:
    a, b = ends(inner), ends(outer)
    low = b.low is None or (a.low is not None and a.low >= b.low)
    high = b.high is None or (a.high is not None and a.high <= b.high)
    return low and high
