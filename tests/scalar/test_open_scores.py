"""A score in which something is undefined is a number all the same: what reads it goes by its bounds, as it does where the
same datum is missing. Else filling in a datum could widen what was certain without it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from steelyard.pipeline import load_bytes, read_data, score
from steelyard.trace.model import Trace
from steelyard.values.intervals import Interval

RULES = """input
  x : number in %
  t : target
section outer, 100 points
  deduct 2 if {condition}
  criterion inner, 100 points
    limit to 2 if attainment(x, t) not above 100%
"""
CERTAINLY_FALSE = ("median(parts) < 0.5", "inner * 2 < 1", "inner / 2 < 0.5", "round(inner, 1) < 1")


def scored(condition: str, target: str, folder: Path) -> Trace:
    loaded = load_bytes("open.rules", RULES.format(condition=condition).encode())
    assert loaded.program is not None, loaded.diagnostics
    data = folder / "data.csv"
    data.write_text(f"x,t\n50%,{target}\n", encoding="utf-8")
    (trace,) = score(loaded.program, read_data(loaded.program, data)).traces
    return trace


@pytest.mark.parametrize("condition", CERTAINLY_FALSE)
@pytest.mark.parametrize("target", ["", "0", "1–3"])
def test_what_its_bounds_decide_is_decided(condition: str, target: str, tmp_path: Path) -> None:
    trace = scored(condition, target, tmp_path)
    assert trace.result.total == Interval(Fraction(2), Fraction(100))
    assert {entry.status for entry in trace.entries if entry.role == "deduct"} == {"not met"}


def test_it_is_told_as_undefined(tmp_path: Path) -> None:
    trace = scored("inner < 50", "1–3", tmp_path)
    assert trace.result.causes == ("undefined",)
    assert "F204" in {finding.code for finding in trace.findings}
