"""Traces of thousands of entries: whatever reads one takes twice as long for twice as much."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from fuzz.bombs import LONG, RECORD
from fuzz.growth import LINEAR, growths, only_what_is_measured
from steelyard.audit import verify
from steelyard.core.encode import encode_program
from steelyard.pipeline import load_bytes, read_data, score
from steelyard.questions.diff.compare import diff
from steelyard.questions.diff.text import report_diff
from steelyard.report.entries import report_entries
from steelyard.report.text import report_score, report_why, report_why_not
from steelyard.trace.decode import decode_trace
from steelyard.trace.encode import encode_trace
from steelyard.trace.model import Trace

ROWS = """input
  rows : list of
    f : number
section a, 50 points
  for each r in rows
    let y = r.f * 2
    together up to 3
      deduct 0.01 if y > 3
      deduct 0.02 if r.f > 4
section b, 50 points
  deduct 0.001 * count(rows where f > 2)
  for each r in rows
    deduct 0.001 * r.f
    check r.f < 3
for each r in rows
  lower grade by 1 if r.f > 100000
grade
  "A" from 90
  "B" otherwise
"""
OF_RULES = {
    "parts": 600,
    "bonus parts": 600,
    "regrades": 2_000,
    "a chain of lets": 2_000,
    "members of a group": 1_500,
    "steps": 1_000,
}
Scored = tuple[Trace, Trace, Mapping[str, object]]
"""A trace, one of other data, and the core of both."""


@pytest.fixture(scope="module", autouse=True)
def _only_the_traces_are_measured() -> Iterator[None]:
    with only_what_is_measured():
        yield


def scored(rules: str, record: Mapping[str, object], other: Mapping[str, object], folder: Path) -> Scored:
    data = folder / "records.json"
    data.write_text(json.dumps([record, other], ensure_ascii=False), encoding="utf-8")
    loaded = load_bytes("long.rules", rules.encode(), "latest")
    assert loaded.program is not None
    trace, changed = score(loaded.program, read_data(loaded.program, data), loaded.day).traces
    return trace, changed, encode_program(loaded.program)


def readers(trace: Trace, changed: Trace, core: Mapping[str, object]) -> Mapping[str, Callable[[], object]]:
    document = json.loads(json.dumps(encode_trace(trace)))
    rules = json.loads(json.dumps(core))
    return {
        "report": lambda: report_score(trace, "zh"),
        "why": lambda: report_why(trace, "total", "zh"),
        "why --not": lambda: report_why_not(trace, "total", "zh"),
        "entries": lambda: report_entries(trace, trace.entries, "zh"),
        "decode": lambda: decode_trace(document),
        "diff": lambda: report_diff(diff(trace, changed), "zh"),
        "verify": lambda: verify.verify(document, rules),
    }


def seconds(made: Callable[[int], Scored], count: int) -> tuple[float, ...]:
    found = []
    for read in readers(*made(count)).values():
        began = time.process_time()
        read()
        found.append(time.process_time() - began)
    return tuple(found)


@pytest.mark.parametrize("what", OF_RULES)
def test_many_statements(what: str, tmp_path: Path) -> None:
    records = ({**RECORD, "key": "a"}, {**RECORD, "key": "b", "x": "400"})
    grown, _ = growths(lambda n: seconds(lambda m: scored(LONG[what][0](m), *records, tmp_path), n), 2 * OF_RULES[what])
    assert all(growth < LINEAR for growth in grown), grown


def test_many_rows(tmp_path: Path) -> None:
    def made(count: int) -> Scored:
        one, other = ({"key": key, "rows": [{"f": n % m} for n in range(count)]} for key, m in (("a", 7), ("b", 6)))
        return scored(ROWS, one, other, tmp_path)

    grown, _ = growths(lambda n: seconds(made, n), 1_500)
    assert grown, "long enough to say something"
    assert all(growth < LINEAR for growth in grown), grown
