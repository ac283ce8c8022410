"""Grades and what moves them."""

from __future__ import annotations

from fractions import Fraction

from scalar.building import record
from scalar.trees import c, each, entries, grade, move, part, regrade, rows_of, run, skip, the, total
from steelyard.source import RulePath
from steelyard.trace.model import Trace

YES, NO = c.Const(True), c.Const(False)
SCALE = (("A", 90), ("B", 80), ("C", 60), ("D", None))


def is_one(name: str, slot: int | None = None) -> c.Op:
    return c.Op("=", (c.Cell(name, slot), c.Const(Fraction(1))))


def graded(*moves: c.Statement, lost: int = 5, **values: object) -> Trace:
    tree = total(100, move("m", lost), grade=grade(*SCALE, moves=moves))
    return run(tree, record(**values))


def test_a_grade_is_set_lowered_limited_and_ruled_out() -> None:
    assert graded().result.grade == "A"
    assert graded(regrade("r", "is", "C")).result.grade == "C"
    assert graded(regrade("r", "lower", steps=2)).result.grade == "C"
    assert graded(regrade("r", "lower", steps=9)).result.grade == "D"
    assert graded(regrade("r", "limit", "B")).result.grade == "B"
    assert graded(regrade("r", "limit", "B"), lost=30).result.grade == "C"
    assert graded(regrade("r", "not", "A")).result.grade == "B"
    assert graded(regrade("r", "not", "B")).result.grade == "C"
    assert graded(regrade("r", "not", "B"), lost=30).result.grade == "C"


def test_they_apply_one_after_the_other() -> None:
    trace = graded(
        regrade("a", "is", "A"), regrade("b", "lower", steps=1), regrade("c", "limit", "C"), regrade("d", "not", "C")
    )
    assert trace.result.grade == "D"
    assert [(e.label, e.status) for e in entries(trace, "regrade")] == [
        ("A", "without effect"), ("B", "applied"), ("C", "applied"), ("D", "applied"),
    ]  # fmt: skip


def test_what_does_not_hold_stays_in_the_trace() -> None:
    trace = graded(regrade("r", "limit", "C", NO))
    assert trace.result.grade == "A"
    assert the(entries(trace, "regrade")).status == "not met"


def test_an_open_condition_leaves_both_grades() -> None:
    trace = graded(regrade("r", "limit", "C", is_one("x")), x=None)
    assert trace.result.grade is None
    assert trace.result.possible_grades == ("A", "C")
    trace = graded(regrade("r", "limit", "C", is_one("x")), lost=30, x=None)
    assert trace.result.grade == "C"


def test_a_set_grade_settles_an_open_one() -> None:
    tree = total(100, move("m", 30, when=is_one("x")), grade=grade(*SCALE))
    assert run(tree, record(x=None)).result.possible_grades == ("A", "B", "C")
    tree = total(100, move("m", 30, when=is_one("x")), grade=grade(*SCALE, moves=(regrade("r", "is", "D"),)))
    assert run(tree, record(x=None)).result.grade == "D"


def test_in_a_loop_any_row_suffices_and_one_is_enough() -> None:
    loop = each("e", regrade("r", "lower", steps=1, when=is_one("bad", 1)))
    tree = total(100, move("m", 5), grade=grade(*SCALE, moves=(loop,)))
    trace = run(tree, rows_of({"bad": 0}, {"bad": 1}, {"bad": 1}))
    assert trace.result.grade == "B"
    assert [e.status for e in entries(trace, "regrade")] == ["not met", "applied", "without effect"]
    assert run(tree, rows_of({"bad": 0}, {"bad": 0})).result.grade == "A"
    assert run(tree, rows_of({"bad": None}, {"bad": 1})).result.grade == "B"
    assert run(tree, rows_of({"bad": None}, {"bad": 0})).result.possible_grades == ("A", "B")


def test_a_part_has_a_grade_that_others_read() -> None:
    graded_part = part("a", 50, move("a#1", 40), grade=grade(("good", 20), ("bad", None), of="a"))
    bad = c.Op("=", (c.Score(RulePath("a"), "grade"), c.Const("bad")))
    tree = total(
        100,
        graded_part,
        part("b", 50),
        grade=grade(("A", 60), ("B", 50), ("C", None), moves=(regrade("r", "limit", "C", bad),)),
    )
    trace = run(tree)
    assert the(p for p in trace.result.parts if p.path == "a").grade == "bad"
    assert trace.result.grade == "C"


def test_inside_a_skipped_part_nothing_moves_a_grade() -> None:
    tree = total(100, part("a", 50), part("b", 50, skip("b:skip", YES)),
                 grade=grade(*SCALE, moves=(regrade("r", "is", "D", within="b"),)))  # fmt: skip
    trace = run(tree)
    assert trace.result.grade == "A"
    assert the(entries(trace, "regrade")).name == "b"
