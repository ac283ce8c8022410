"""Other reports: nothing in the audit knows Guangzhou."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reverse.reports import audited, program_of, told
from steelyard.reverse.model import Audit, Finding

CLINICS = """scheme clinics "Clinics 2024"
  round total to 1 place, half up

input
  spent     : number
  available : number
  missed    : whole number

section budget, 40 points
  criterion execution, 30 points
    deduct 30 if spent / available < 100%
  criterion records, 10 points
    judged

section care, 60 points
  criterion visits, 60 points
    deduct 50/9 for each missed

bonus award, up to 5
  judged

grade
  "good" from 80
  "fair" from 60
  "poor" otherwise
"""

JUDGED = """scheme plain "Plain"

section a, weight 50%
  criterion x, 60 points
    judged
  criterion y, 40 points
    judged

section b, weight 50%
  judged

grade
  "pass" from 60
  "fail" otherwise
"""


@pytest.fixture
def clinics(tmp_path: Path) -> Any:
    program = program_of(CLINICS)
    return lambda **figures: audited(program, figures, tmp_path)


@pytest.fixture
def plain(tmp_path: Path) -> Any:
    program = program_of(JUDGED)
    return lambda **figures: audited(program, figures, tmp_path)


def kinds(found: Audit, group: str) -> list[str]:
    return [finding.kind for finding in found.findings if finding.group == group]


def one(found: Audit, group: str, kind: str) -> Finding:
    (finding,) = [f for f in found.findings if f.group == group and f.kind == kind]
    return finding


# ---- rows that the scheme itself can score


def test_a_row_is_scored_by_the_schemes_own_rule_on_the_printed_figures(clinics: Any) -> None:
    figures = [{"name": "spent", "value": "1225.70"}, {"name": "available", "value": "1255.70"}]
    found = clinics(rows=[{"row": "execution", "points": "30", "score": "30", "where": "3.1"}], figures=figures)
    assert "execution = 0 ≠ 30" in one(found, "contradicts", "rules").sums[0]
    figures[1]["value"] = "1225.70"
    assert clinics(rows=[{"row": "execution", "points": "30", "score": "30"}], figures=figures).of("contradicts") == ()


def test_of_several_printed_values_the_row_takes_its_own(clinics: Any) -> None:
    figures = [
        {"name": "spent", "value": "1225.70"},
        {
            "name": "available",
            "printed": [{"value": "1225.70", "where": "1"}, {"value": "1255.70", "row": "execution"}],
        },
    ]
    rows = [{"row": "execution", "score": "30", "where": "3.1"}]
    assert kinds(clinics(rows=rows, figures=figures), "contradicts") == ["rules", "differs"]
    figures[1]["printed"] = [{"value": "1225.70", "where": "1"}, {"value": "1255.70", "where": "2"}]
    assert kinds(clinics(rows=rows, figures=figures), "contradicts") == ["differs"]


def test_a_computed_row_that_was_rounded_for_printing_is_no_contradiction(clinics: Any) -> None:
    """60 − 50/9 is 54.44…; the sum is made before that is rounded."""
    rows = [
        {"row": "visits", "score": "54.44"},
        {"row": "care", "score": "54.44"},
        {"row": "budget", "score": "40"},
        {"row": "award", "score": "0"},
        {"row": "total", "score": "94.4"},
    ]
    found = clinics(rows=rows, figures=[{"name": "missed", "value": "1"}])
    assert found.of("contradicts") == ()
    assert "visits = 54.4444… (490/9) → 54.44" in one(found, "follows", "rules").sums


# ---- sums


def test_a_bonus_is_added_up_to_the_full_points(clinics: Any) -> None:
    rows = [{"row": "budget", "score": "38"}, {"row": "care", "score": "60"}, {"row": "award", "score": "5"}]
    assert clinics(rows=[*rows, {"row": "total", "score": "100"}]).of("contradicts") == ()
    assert kinds(clinics(rows=[*rows, {"row": "total", "score": "103"}]), "contradicts") == ["outside", "sum"]


def test_a_total_that_stopped_at_its_top_leaves_a_missing_score_open_above(clinics: Any) -> None:
    rows = [{"row": "budget", "score": "38"}, {"row": "care", "score": "60"}, {"row": "total", "score": "100.0"}]
    award = next(f for f in clinics(rows=rows).of("cannot") if f.facts.get("part") == "award")
    assert "98 + award ∈ [99.95, ∞)" in award.sums
    assert "award ∈ [1.95, 5]" in award.sums


def test_a_penalty_is_taken_off_however_it_is_printed(tmp_path: Path) -> None:
    rules = "section a, 100 points\n  judged\n\npenalty late, up to 5\n  deduct 1 for each late\n"
    rows = [{"row": "a", "score": "90"}, {"row": "late", "score": "3"}]
    found = audited(program_of(rules), {"rows": [*rows, {"row": "total", "score": "87"}]}, tmp_path)
    assert found.of("contradicts") == ()
    assert "90 + (-3) = 87" in [line for f in found.findings for line in f.sums]
    assert kinds(
        audited(program_of(rules), {"rows": [*rows, {"row": "total", "score": "93"}]}, tmp_path), "contradicts"
    ) == ["sum"]


def test_several_missing_scores_bound_each_other(plain: Any) -> None:
    found = plain(rows=[{"row": "a", "score": "90.0"}, {"row": "total", "score": "92.5"}])
    scores = [f for f in found.of("cannot") if f.kind == "score"]
    lines = [line for finding in scores for line in finding.sums]
    assert "b ∈ [94.9, 95.1)" in lines
    assert "x ∈ [49.95, 60]" in lines
    assert "y ∈ [29.95, 40]" in lines


def test_what_is_not_printed_is_bounded_down_to_the_rows(plain: Any) -> None:
    found = plain(rows=[{"row": "b", "score": "95"}, {"row": "total", "score": "92.5"}, {"row": "x", "score": "55"}])
    lines = [line for finding in found.of("cannot") for line in finding.sums]
    assert "a ∈ [89.9, 90.1)" in lines
    assert "y ∈ [34.9, 35.1)" in lines


def test_subtotals_need_not_be_printed(plain: Any) -> None:
    rows = [{"row": "x", "score": "55"}, {"row": "y", "score": "35"}, {"row": "b", "score": "95"}]
    assert plain(rows=[*rows, {"row": "total", "score": "92.50"}]).of("contradicts") == ()
    assert kinds(plain(rows=[*rows, {"row": "total", "score": "92.51"}]), "contradicts") == ["sum"]
    assert kinds(plain(rows=rows), "follows") == ["unprinted"]


def test_scores_that_the_report_rounds_are_taken_with_all_they_may_be(plain: Any) -> None:
    rows: list[dict[str, Any]] = [{"row": "a", "score": "90.3"}, {"row": "b", "score": "95.4"}]
    total = {"row": "total", "score": "92.89"}
    contradiction = one(plain(rows=[*rows, total]), "contradicts", "sum")
    assert ("could-round", {}) in contradiction.remarks
    loose = [{**row, "rounded": "yes"} for row in rows]
    assert plain(rows=[*loose, total]).of("contradicts") == ()
    assert kinds(plain(rows=[*loose, {"row": "total", "score": "92.91"}]), "contradicts") == ["sum"]


def test_a_score_printed_twice_with_different_values(plain: Any) -> None:
    scores = [{"value": "90", "where": "1"}, {"value": "91", "where": "2"}]
    assert one(plain(rows=[{"row": "a", "score": scores}]), "contradicts", "differs").sums == ("90 ≠ 91",)


# ---- figures that are not printed


def test_an_equation_gives_the_figure_that_it_lacks(plain: Any) -> None:
    figures = [{"name": "A", "value": "10.5"}, {"name": "B"}, {"name": "C", "value": "4"}]
    found = plain(figures=figures, equations=[{"equation": "A - 2 × B = C", "where": "2"}])
    assert one(found, "cannot", "figure").exact["low"] == "3.25"
    found = plain(figures=[{"name": "A"}, {"name": "B"}], equations=[{"equation": "A + B = 3"}])
    assert kinds(found, "cannot") == ["figures"]


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        ("X", "200", "X ∈ [62.9, 63.1)"),
        ("100", "X", "X ∈ (316.9572…, 317.9650…]"),
        ("X - 200", "200", "X ∈ [262.9, 263.1)"),
    ],
)
def test_a_ratio_bounds_the_figure_that_it_lacks(plain: Any, numerator: str, denominator: str, expected: str) -> None:
    ratios = [{"name": "rate", "numerator": numerator, "denominator": denominator, "printed": "31.5%"}]
    found = plain(figures=[{"name": "X"}], ratios=ratios)
    assert one(found, "cannot", "figure").sums[0] == expected


def test_money_in_other_units_is_the_same_money(plain: Any) -> None:
    printed = [{"value": "1,225.70万元", "where": "1"}, {"value": "12,257,000元", "where": "2"}]
    assert kinds(plain(figures=[{"name": "spent", "printed": printed}]), "form") == ["form"]
    printed[1]["value"] = "12,557,000元"
    assert "differs" in kinds(plain(figures=[{"name": "spent", "printed": printed}]), "contradicts")


# ---- grades


@pytest.mark.parametrize(("grade", "kind"), [("pass", None), ("fail", "grade"), ("Pass!", "grade.unknown")])
def test_the_grade_is_that_of_the_total(plain: Any, grade: str, kind: str | None) -> None:
    found = plain(rows=[{"row": "total", "score": "92.5"}], grade={"grade": grade})
    assert kinds(found, "contradicts") == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("low", "high", "kind"),
    [
        ("60 (included)", "60", None), ("60", "60", None), ("61", "60", "band.gap"), ("60", "60 (included)", "band"),
        ("60", "62", "band"), ("101", "60", "band.outside"),
    ],
)  # fmt: skip
def test_the_printed_bands_are_those_of_the_scheme(plain: Any, low: str, high: str, kind: str | None) -> None:
    bands = [{"grade": "pass", "from": low, "to": "100"}, {"grade": "fail", "to": high}]
    assert kinds(plain(**{"grade bands": bands}), "contradicts") == ([kind] if kind else [])


# ---- deductions and claims


def test_reasons_and_points_go_together(plain: Any) -> None:
    row = {"row": "b", "points": "100", "score": "98", "lost": "2"}
    cases: list[tuple[dict[str, Any], str]] = [
        ({}, "no-reason"),
        ({"reasons": ["one", "two"]}, "no-split"),
        ({"reasons": [{"reason": "one", "lost": "1"}, {"reason": "two", "lost": "1.5"}]}, "split"),
        ({"lost": "1"}, "lost"),
        ({"score": "100", "lost": "0", "reasons": "one"}, "idle"),
    ]
    for changes, kind in cases:
        found = plain(rows=[{**row, **changes}])
        assert kind in [f.kind for f in found.findings if f.group != "follows"], changes
    split = {"reasons": [{"reason": "one", "lost": "1"}, {"reason": "two", "lost": "1"}]}
    assert kinds(plain(rows=[{**row, **split}]), "cannot") == ["total"]


def test_the_same_reason_in_two_rows_in_english(plain: Any) -> None:
    rows = [
        {"row": "x", "points": "60", "score": "59", "reasons": "The targets were set without any data"},
        {"row": "y", "points": "40", "score": "39", "reasons": "Again, targets were set without baseline"},
    ]
    found = one(plain(rows=rows), "ask", "twice")
    assert "targets were set without" in told(found)
    assert "x: 1 × 50% = 0.5" in found.sums


def test_a_fault_that_costs_points_in_two_parts(plain: Any) -> None:
    indicators = [{"name": "Cases", "target": "≥2000", "actual": "8218"}]
    reason = [{"reason": "too many", "about": "Cases"}]
    rows = [
        {"row": "x", "points": "60", "score": "59", "rests on": "Cases", "reasons": reason},
        {"row": "b", "points": "100", "score": "99", "rests on": "Cases", "reasons": reason},
    ]
    assert kinds(plain(rows=rows, indicators=indicators), "ask") == ["both"]


@pytest.mark.parametrize(
    ("text", "says", "score", "group"),
    [
        ("no fault was found", None, "100", "follows"), ("no fault was found", None, "99", "contradicts"),
        ("faults remain", "fault", "100", "contradicts"), ("faults remain", "fault", "99", "follows"),
    ],
)  # fmt: skip
def test_claims_are_held_against_what_was_lost(plain: Any, text: str, says: str | None, score: str, group: str) -> None:
    claims = [{"text": text, "about": "b", **({"says": says} if says else {})}]
    found = plain(rows=[{"row": "b", "points": "100", "score": score, "reasons": []}], claims=claims)
    assert [f.group for f in found.findings if f.kind.startswith("claim")] == [group]


def test_counts_are_counted(plain: Any) -> None:
    indicators = [
        {"name": "A", "target": "≥90%", "actual": "95%"}, {"name": "B", "target": "≥90%", "actual": "85%"},
        {"name": "C", "target": "built", "actual": "it was built"},
    ]  # fmt: skip
    for printed, wrong in [("0", True), ("1", False), ("2", False), ("3", True)]:
        found = plain(indicators=indicators, counts=[{"printed": printed, "of": "attained"}])
        assert (kinds(found, "contradicts") == ["count.attained"]) == wrong


@pytest.mark.parametrize(
    ("about", "again", "rate", "wrong"),
    [
        ("about 8202", None, "310%", False), ("about 8200", None, "310%", True), ("about 8218", None, "310.9%", False), ("about 8200", None, "310.0%", True),
        ("约 8218", "8218", "310.9%", True), ("8218", "8218", "310.9%", False),
    ],
)  # fmt: skip
def test_about_is_not_exactly(plain: Any, about: str, again: str | None, rate: str, wrong: bool) -> None:
    printed = [{"value": about}, *([{"value": again}] if again else [])]
    figures = [{"name": "cases", "printed": printed}, {"name": "planned", "value": "2000"}]
    ratios = [{"name": "excess", "numerator": "cases - planned", "denominator": "planned", "printed": rate}]
    found = plain(figures=figures, ratios=ratios)
    assert kinds(found, "contradicts") == (["approximate"] if wrong else [])


@pytest.mark.parametrize(
    ("weight", "wrong"), [("50%", False), ("0.5", False), ("50", False), ("40%", True), ("0.6", True)]
)
def test_a_weight_is_the_same_however_it_is_written(plain: Any, weight: str, wrong: bool) -> None:
    assert (kinds(plain(rows=[{"row": "a", "weight": weight}]), "contradicts") == ["weight"]) == wrong


def test_where_points_count_faults_none_are_lost(tmp_path: Path) -> None:
    rules = 'scheme s "S"\n  fewer points are better\n\ncriterion a, 100 points\n  judged\n'
    found = audited(program_of(rules), {"rows": [{"row": "a", "points": "100", "score": "3"}]}, tmp_path)
    assert kinds(found, "cannot") == []
