"""Running a description: text → program → traces, all in memory but the data, which go the way of a user's file."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from properties.description import DAY, Description
from steelyard import pipeline
from steelyard.core import nodes as c
from steelyard.pipeline import Loaded
from steelyard.source import Source
from steelyard.trace.encode import encode_trace
from steelyard.trace.model import Quantity, Trace
from steelyard.values.canonical import canonical_json
from steelyard.values.intervals import Interval

_HELD = tempfile.TemporaryDirectory(prefix="steelyard-properties-")  # Until the tests end.
_FOLDER = Path(_HELD.name)


def source(description: Description, language: str) -> Source:
    return Source.from_text(f"s.{language}.rules", description.text(language))


def load(description: Description, language: str = "en") -> Loaded:
    return pipeline.load_source(source(description, language), date.fromisoformat(DAY) if description.dated else None)


def score(loaded: Loaded, records: Sequence[dict[str, Any]]) -> tuple[Trace, ...]:
    """One trace a record."""
    assert loaded.program is not None
    path = _FOLDER / "records.json"
    path.write_text(json.dumps(list(records), ensure_ascii=False), encoding="utf-8")
    scored = pipeline.score(loaded.program, pipeline.read_data(loaded.program, path), loaded.day)
    assert len(scored.traces) == len(records), [(f.code, dict(f.facts)) for f in scored.findings]
    return scored.traces


def document(trace: Trace) -> dict[str, Any]:
    return json.loads(canonical_json(encode_trace(trace)))  # type: ignore[no-any-return]


def ends(quantity: Quantity) -> Interval:
    return quantity if isinstance(quantity, Interval) else Interval(quantity, quantity)


def inside(inner: Quantity, outer: Quantity) -> bool:
    a, b = ends(inner), ends(outer)
    low = b.low is None or (a.low is not None and a.low >= b.low)
    high = b.high is None or (a.high is not None and a.high <= b.high)
    return low and high


def accounts(program: c.Program) -> dict[str, c.Account]:
    """Every part by its path."""
    return {str(account.origin.path): account for account in _accounts((program.total,))}


def _accounts(statements: Sequence[c.Statement]) -> Iterator[c.Account]:
    for statement in statements:
        if isinstance(statement, c.Account):
            yield statement
        if isinstance(statement, (c.Account, c.Each)):
            yield from _accounts(statement.body)
