"""What roundings cost and how firmly a grade stands, worked out by hand and by scoring again without them."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest

from explain.traces import all_traces, guangzhou, scored
from steelyard.diagnostics.model import Language
from steelyard.explain.ledger import RoundingLedger, rounding_ledger
from steelyard.pipeline import load_bytes, read_data, score
from steelyard.report.blocks import Blocks
from steelyard.report.robustness import robustness_json, robustness_lines
from steelyard.values.intervals import Interval

GRADES = "grade\n  A from 90\n  B from 80\n  C otherwise\n"
ROUNDED = "scheme s\n  round total to 2 places\n"
ONE = "deduct x\n"


def ledger(rules: str, data: str, folder: Path) -> RoundingLedger:
    return rounding_ledger(scored(rules, data, folder))


def lines(rules: str, data: str, folder: Path, language: Language = "en") -> list[str]:
    return robustness_lines(Blocks.of(scored(rules, data, folder), language))


def test_a_grade_that_only_rounding_gives(tmp_path: Path) -> None:
    # 100 - 10.005 = 89.995, rounded half up 90.00.
    found = ledger(ROUNDED + ONE + GRADES, "x\n10.005\n", tmp_path)
    (step,) = found.steps
    assert (step.before, step.after, step.cost, step.on_total) == _numbers("89.995", "90", "0.005", "0.005")
    assert (found.cost, found.unrounded, found.unit) == _numbers("0.005", "89.995", "0.01")
    assert found.hangs is True and step.decides is not None and step.decides.better < 0
    # The trace holds the rows down to the one that counted: which lower grade it would be is not in it.
    assert found.without is not None and found.without.label is None
    assert lines(ROUNDED + ONE + GRADES, "x\n10.005\n", tmp_path)[2:] == [
        "  rounding added 0.005 to the total, without it 89.995",
        "  the grade hangs on rounding: at 89.995 it would be another one than A",
        "  the total stands exactly on the bound of A (90): any points fewer give another grade",
    ]
    assert lines(ROUNDED + ONE + GRADES, "x\n10.005\n", tmp_path, "zh")[1:] == [
        "舍入与等级：",
        "  舍入使总分增加 0.005 分，不舍入为 89.995 分",
        "  等级取决于舍入：总分为 89.995 分时，等级不再是“A”",
        "  总分正好在“A”的界限 90 分上：再少一点就是另一个等级",
    ]


def test_a_grade_that_rounding_takes(tmp_path: Path) -> None:
    rules = "scheme s\n  round total to 0 places\n" + ONE + "grade\n  A above 90\n  B otherwise\n"
    found = ledger(rules, "x\n9.6\n", tmp_path)
    assert (found.cost, found.unrounded, found.hangs) == (*_numbers("-0.4", "90.4"), True)
    # What is better than the row that counted is in the trace, so it has its name.
    assert found.without is not None and found.without.label == "A"
    assert found.better is not None and (found.better.distance, found.better.reached) == (0, False)
    assert lines(rules, "x\n9.6\n", tmp_path)[2:] == [
        "  rounding took 0.4 from the total, without it 90.4",
        "  the grade hangs on rounding: at 90.4 it would be A",
        "  the total stands exactly on a bound (90): any points more and the grade would be A",
        "  without entry 2 (9.6 in the total, s) the grade would be A",
    ]


def test_the_last_grade_is_named_for_there_is_no_other(tmp_path: Path) -> None:
    found = ledger(ROUNDED + ONE + "grade\n  pass from 60\n  fail otherwise\n", "x\n40.004\n", tmp_path)
    assert found.hangs is True and found.without is not None and found.without.label == "fail"
    assert found.worse is not None and found.worse.label == "fail"


def test_the_bound_met_exactly_without_any_rounding(tmp_path: Path) -> None:
    found = ledger(ONE + GRADES, "x\n10\n", tmp_path)
    assert (found.hangs, found.cost, found.steps, found.better) == (False, 0, (), None)
    assert found.worse is not None
    assert (found.worse.boundary, found.worse.distance, found.worse.reached, found.worse.narrow) == (90, 0, False, True)
    assert lines(ONE + GRADES, "x\n10\n", tmp_path)[2:] == [
        "  the total stands exactly on the bound of A (90): any points fewer give another grade"
    ]


def test_margins_up_and_down(tmp_path: Path) -> None:
    found = ledger(ONE + GRADES, "x\n14.5\n", tmp_path)
    better, worse = found.better, found.worse
    assert better is not None and worse is not None
    assert (better.label, better.boundary, better.distance, better.reached) == ("A", 90, Fraction("4.5"), True)
    assert (worse.label, worse.boundary, worse.distance, worse.reached) == ("C", 80, Fraction("5.5"), False)
    assert (better.above, worse.above, better.narrow, worse.narrow) == (True, False, False, False)
    # The one deduction is what stands between the total and the better grade; nothing else is worth a line.
    assert found.lifting is not None and (found.lifting.points, found.lifting.label) == (Fraction("14.5"), "A")
    assert lines(ONE + GRADES, "x\n14.5\n", tmp_path) == []


def test_within_one_unit_of_the_last_place(tmp_path: Path) -> None:
    rules = ROUNDED + "deduct x\ndeduct y\n" + GRADES
    found = ledger(rules, "x,y\n10,0.01\n", tmp_path)
    assert found.better is not None and (found.better.distance, found.better.narrow) == (Fraction("0.01"), True)
    assert found.lifting is not None and found.lifting.points == Fraction("0.01")
    assert lines(rules, "x,y\n10,0.01\n", tmp_path)[2:] == [
        "  0.01 more, one unit of the last place or less, and the grade would be A",
        "  without entry 3 (0.01 in the total, s) the grade would be A",
    ]
    # 90.01: one unit less is 90.00, still A.
    found = ledger(rules, "x,y\n9.99,0\n", tmp_path)
    assert found.worse is not None and (found.worse.distance, found.worse.narrow) == (Fraction("0.01"), False)
    assert lines(rules, "x,y\n9.99,0\n", tmp_path) == []


def test_the_smallest_deduction_that_decides_is_larger_than_the_margin(tmp_path: Path) -> None:
    rules = "deduct x\ndeduct y\ndeduct z\n" + GRADES
    # 100 - 8 - 3 - 1 = 88: without z 89, without y 91, without x 96.
    found = ledger(rules, "x,y,z\n8,3,1\n", tmp_path)
    assert found.lifting is not None and (found.lifting.points, found.lifting.entry.rule) == (3, "total#2")


def test_two_roundings_are_carried_by_their_factors(tmp_path: Path) -> None:
    rules = (
        "scheme s\n  round each criterion to 1 place\n  round total to 0 places\n"
        "criterion a, weight 40%\n  deduct x\ncriterion b, weight 60%\n  deduct y\n"
    )
    # a: 100 - 0.26 = 99.74, to 99.7: -0.04, in the total × 0.4. b: 99.75 to 99.8: +0.05, × 0.6.
    # 39.88 + 59.88 = 99.76 to 100: +0.24. Without any: 39.896 + 59.85 = 99.746.
    found = ledger(rules, "x,y\n0.26,0.25\n", tmp_path)
    assert [step.cost for step in found.steps] == [Fraction("-0.04"), Fraction("0.05"), Fraction("0.24")]
    assert [step.on_total for step in found.steps] == [Fraction("-0.016"), Fraction("0.03"), Fraction("0.24")]
    assert (found.cost, found.unrounded) == _numbers("0.254", "99.746")
    assert found.hangs is None and found.better is None and found.grade is None
    told = lines(rules, "x,y\n0.26,0.25\n", tmp_path)
    assert told == ["", "rounding and grade:", "  3 roundings added 0.254 to the total, without them 99.746"]


def test_a_grade_that_hangs_on_one_of_two_roundings(tmp_path: Path) -> None:
    rules = (
        "scheme s\n  round each criterion to 0 places\n"
        "criterion a, 50 points\n  deduct x\ncriterion b, 50 points\n  deduct y\n" + GRADES
    )
    # a: 45.5 to 46; b: 44.4 to 44; 90. Without the first 89.5, without the second 90.4, without both 89.9.
    found = ledger(rules, "x,y\n4.5,5.6\n", tmp_path)
    first, second = found.steps
    assert found.hangs is True and found.unrounded == Fraction("89.9")
    assert first.decides is not None and second.decides is None
    # a: 45.4 to 45; b: 44.6 to 45; 90. Without the second 89.6; without both 90.0: the two make up for each other.
    found = ledger(rules, "x,y\n4.6,5.4\n", tmp_path)
    assert found.hangs is True and found.unrounded == 90 and found.cost == 0
    assert "  the grade hangs on one rounding: without entry 9 (b) it would be another one than A" in lines(
        rules, "x,y\n4.6,5.4\n", tmp_path
    )


def test_a_rounding_inside_an_amount_or_a_let(tmp_path: Path) -> None:
    for rules in ("deduct round(x / 3, 2)\n", "let third = round(x / 3, 2)\ndeduct third\n"):
        found = ledger(rules, "x\n1\n", tmp_path)
        (step,) = found.steps
        assert step.spot.inside == ("expression", ())
        assert (step.before, step.after, step.cost) == (Fraction(1, 3), Fraction("0.33"), Fraction(-1, 300))
        # Less is deducted, so the total is higher.
        assert (step.on_total, found.unrounded) == (Fraction(1, 300), Fraction(299, 3))


def test_a_rounding_inside_a_condition(tmp_path: Path) -> None:
    found = ledger("deduct 5 if round(x / 3, 2) >= 0.3\n", "x\n1\n", tmp_path)
    assert (found.steps[0].on_total, found.cost) == (0, 0)
    # Unrounded the condition would not hold: what then follows is for the rules to say.
    found = ledger("deduct 5 if round(x / 3, 1) <= 0.3\n", "x\n1\n", tmp_path)
    assert (found.steps[0].on_total, found.cost, found.unrounded) == (None, None, None)
    assert "cannot be said" in "".join(lines("deduct 5 if round(x / 3, 1) <= 0.3\n", "x\n1\n", tmp_path))


def test_a_check_rounds_nothing_of_the_score(tmp_path: Path) -> None:
    assert ledger("deduct 1\ncheck round(x, 0) = 1\n", "x\n1.2\n", tmp_path).steps == ()


def test_what_a_veto_swallows_costs_the_total_nothing(tmp_path: Path) -> None:
    rules = (
        "scheme s\n  round each criterion to 0 places\ncriterion a, 100 points\n  deduct x\nzero total if bad = yes\n"
    )
    found = ledger(rules, "x,bad\n0.4,yes\n", tmp_path)
    assert (found.steps[0].cost, found.steps[0].on_total, found.unrounded) == (Fraction("0.4"), 0, 0)


def test_a_provisional_total_has_enclosures_and_no_verdict(tmp_path: Path) -> None:
    rules = "scheme s\n  round total to 0 places\ndeduct x, up to 5\n" + GRADES
    found = ledger(rules, "x,other\n,1\n", tmp_path)
    (step,) = found.steps
    assert step.cost == Interval(Fraction(-1, 2), Fraction(1, 2)) and step.on_total is None
    assert (found.cost, found.hangs, found.unit, found.better, found.worse) == (None, None, None, None, None)
    assert lines(rules, "x,other\n,1\n", tmp_path) == []
    encoded = robustness_json(scored(rules, "x,other\n,1\n", tmp_path))
    assert isinstance(encoded, dict) and encoded["grade_hangs_on_rounding"] is None


def test_where_fewer_points_are_better(tmp_path: Path) -> None:
    rules = (
        "scheme s\n  fewer points are better\n  round total to 0 places\n\nscore x\nscore y\n"
        "grade\n  A up to 13\n  B up to 27\n  C otherwise\n"
    )
    # 13.4 to 13: A only by rounding; one point more is B.
    found = ledger(rules, "x,y\n10,3.4\n", tmp_path)
    assert found.hangs is True and found.worse is not None
    assert (found.worse.boundary, found.worse.distance, found.worse.above, found.better) == (13, 0, True, None)
    assert "any points more give another grade" in "\n".join(lines(rules, "x,y\n10,3.4\n", tmp_path))
    # 14: one point fewer is A, and without y it is 10.
    found = ledger(rules, "x,y\n10,4\n", tmp_path)
    assert found.better is not None and (found.better.label, found.better.distance) == ("A", 1)
    assert found.lifting is not None and found.lifting.points == 4


def test_a_grade_that_is_moved_stays_what_it_is_moved_to(tmp_path: Path) -> None:
    rules = ROUNDED + ONE + GRADES + 'limit grade to "C" if bad = yes\n'
    found = ledger(rules, "x,bad\n10.005,yes\n", tmp_path)
    # A by rounding, but C in any case: nothing hangs on it that the trace could tell.
    assert found.grade == "C" and found.hangs is False and found.better is None


def test_without_roundings_or_grades_nothing_is_said(tmp_path: Path) -> None:
    assert lines(ONE, "x\n10\n", tmp_path) == []
    assert lines(ROUNDED + ONE, "x\n10\n", tmp_path) == []


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", "  rounding added 0.002 to the total, without it 97.918; the grade is 优 either way"),
        ("zh", "  舍入使总分增加 0.002 分，不舍入为 97.918 分；等级都是“优”"),
    ],
)
def test_the_published_report(language: Language, wanted: str) -> None:
    trace = guangzhou()
    found = rounding_ledger(trace)
    assert (found.cost, found.unrounded, found.hangs) == (Fraction("0.002"), Fraction("97.918"), False)
    assert found.worse is not None and found.worse.distance == Fraction("7.92") and found.better is None
    assert robustness_lines(Blocks.of(trace, language))[2:] == [wanted]


def test_the_costs_of_every_trace_add_up() -> None:
    summed = 0
    for case_id, trace in all_traces():
        found = rounding_ledger(trace)
        costs = [step.on_total for step in found.steps]
        if found.cost is not None and None not in costs:
            assert sum(costs) == found.cost, case_id
            assert trace.result.total == found.unrounded + found.cost, case_id
            summed += bool(costs)
    assert summed > 80


SCHEME = """scheme s
  round each criterion to {places} places
  round total to 1 place
criterion a, weight 30%
  deduct 0.37 * x
  deduct y if y > 3
criterion b, weight 70%
  deduct round(x / 7, 2), up to 40
  deduct 3 * y, as late
  restore 1 of late if x > 25
bonus more, up to 5 points
  award w / 3
limit total to 95 if x > 20
grade
  A from 90
  B from 75
  C otherwise
"""


def test_the_total_without_roundings_is_that_of_rules_without_them(tmp_path: Path) -> None:
    drawn = random.Random(7)
    rows = [
        [drawn.randint(0, 3000) / 100 if i < 2 else drawn.randint(0, 40) / 10 for i in range(3)] for _ in range(150)
    ]
    data = tmp_path / "d.csv"
    data.write_text("x,y,w\n" + "".join(f"{x},{y},{w}\n" for x, y, w in rows), encoding="utf-8")
    rules = SCHEME.format(places=1)
    plain = rules.replace("  round each criterion to 1 places\n", "").replace("  round total to 1 place\n", "")
    plain = plain.replace("round(x / 7, 2)", "x / 7")
    single = rules.replace("  deduct y if y > 3\n", "")
    kept = {name: _totals(text, data) for name, text in (("with", rules), ("plain", plain), ("single", single))}
    said = 0
    from steelyard.explain.replay import Replay, Spot

    for trace, unrounded, without in zip(kept["with"], kept["plain"], kept["single"], strict=True):
        found = rounding_ledger(trace)
        assert found.unrounded == unrounded.result.total
        (move,) = (e for e in trace.entries if e.kind == "move" and e.rule == "a#2")
        assert Replay.of(trace).without([Spot(move.number)]) == without.result.total
        said += bool(found.cost)
        # What the grade would be is what the rules without rounding give, where the trace names it.
        if found.without is not None and found.without.label is not None:
            assert found.without.label == unrounded.result.grade
    assert said > 100


def _totals(text: str, data: Path) -> tuple:  # type: ignore[type-arg]  # traces
    loaded = load_bytes("s.rules", text.encode())
    assert loaded.program is not None, loaded.diagnostics
    return score(loaded.program, read_data(loaded.program, data)).traces


def _numbers(*texts: str) -> tuple[Fraction, ...]:
    return tuple(Fraction(text) for text in texts)
