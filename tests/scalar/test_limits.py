"""What bounds the work of one record."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from steelyard.pipeline import load_bytes, read_data, score
from steelyard.scalar import environment
from steelyard.values.intervals import Interval

NESTED = b"""input
  rows : list of
    x : number
criterion a, 10 points
  for each r in rows
    for each s in rows
      deduct r.x * s.x
"""


def test_it_stops_nested_loops_at_the_limit_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "ROW_LIMIT", 30)
    program = load_bytes("nested.rules", NESTED).program
    assert program is not None
    data = tmp_path / "data.json"

    data.write_text(json.dumps({"rows": [{"x": "0"}] * 5}), encoding="utf-8")
    (trace,) = score(program, read_data(program, data)).traces
    assert trace.result.total == Fraction(10)
    assert not trace.findings

    data.write_text(json.dumps({"rows": [{"x": "0"}] * 6}), encoding="utf-8")
    (trace,) = score(program, read_data(program, data)).traces
    assert trace.result.total == Interval(Fraction(0), Fraction(10))
    assert [finding.code for finding in trace.findings] == ["F207"]
