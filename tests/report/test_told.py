"""What the report says of rules that need no golden file of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from steelyard.diagnostics.model import Language
from steelyard.explain.sentences import Teller
from steelyard.pipeline import load_bytes, read_data, score
from steelyard.report.text import report_score, report_why
from steelyard.trace.model import Trace


def scored(rules: str, data: str, folder: Path) -> Trace:
    loaded = load_bytes("s.rules", rules.encode())
    assert loaded.program is not None, loaded.diagnostics
    path = folder / "data.csv"
    path.write_text(data, encoding="utf-8")
    (trace,) = score(loaded.program, read_data(loaded.program, path)).traces
    return trace


@pytest.mark.parametrize(("language", "shown"), [("en", "no maximum"), ("zh", "不设上限")])
def test_a_bonus_without_a_maximum_is_out_of_nothing(tmp_path: Path, language: Language, shown: str) -> None:
    trace = scored("bonus praise, no maximum\n  award n\ndeduct 1\n", "n\n3\n", tmp_path)
    (line,) = (line for line in report_score(trace, language).splitlines() if "praise" in line and shown in line)
    assert "100" not in line
    assert shown in report_why(trace, "praise", language).splitlines()[0]


def test_a_looked_up_value_is_told_once_with_its_key(tmp_path: Path) -> None:
    rules = """table loss by kind
  "x" : -25
let taken = -loss(kind)
let row = loss(kind)
deduct taken if loss(kind) < 0
check row < 0
"""
    told = report_why(scored(rules, "kind\nx\n", tmp_path), "total", "en")
    assert "row = -25 (kind = “x”)\n" in f"{told}\n"
    assert "-25 (kind = “x”) < 0" in told
    assert "= -25)" not in told


def test_a_check_whose_condition_fails_says_why(tmp_path: Path) -> None:
    rules = "input\n  x : number\n  y : number, optional\ndeduct x\ncheck x = y if y is not missing\n"
    trace = scored(rules, "x,y\n3,\n", tmp_path)
    (entry,) = (entry for entry in trace.entries if entry.kind == "check")
    assert entry.status == "not met" and not trace.findings
    assert Teller.of(trace, "en").tell(entry) == "not checked: y is missing"
    assert Teller.of(trace, "zh").tell(entry).startswith("不核对：y")


def test_a_total_rounded_to_one_place(tmp_path: Path) -> None:
    trace = scored("scheme s\n  round total to 1 place\ndeduct x\n", "x\n0.25\n", tmp_path)
    assert "rounded to 1 place (" in report_why(trace, "total", "en")


def test_what_is_denied_is_told_by_what_fails_of_it(tmp_path: Path) -> None:
    """Neither of two: both are no. A state is asked of a name, for it has no value."""
    rules = """input
  fresh : yes/no
  idle : yes/no
  mended : date, optional
let settled = not (mended is missing)
deduct 2 if not (fresh or idle)
deduct 1 if not (fresh and settled)
deduct 3 if settled
"""
    trace = scored(rules, "fresh,idle,mended\nno,no,2024-05-05\n", tmp_path)
    told = {entry.rule: Teller.of(trace, "en").tell(entry) for entry in trace.entries}
    assert told["total:let.settled"] == "settled = not (mended is missing) = yes"
    assert told["total#1"] == "2 deducted, as fresh = no and idle = no"
    assert told["total#2"] == "1 deducted, as fresh = no"
    assert told["total#3"] == "3 deducted, as settled = yes"
