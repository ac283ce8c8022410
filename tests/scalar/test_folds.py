"""Aggregates: their values, the rules for nothing, and what holds where rows are not known."""

from __future__ import annotations

from fractions import Fraction
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.sampling import sampled
from scalar.building import between, const, environment, op, record, unknown, value
from steelyard.core import nodes as c
from steelyard.scalar.environment import Closing
from steelyard.scalar.evaluate import evaluate
from steelyard.source import RulePath
from steelyard.values.intervals import EVERYTHING, Interval
from steelyard.values.states import Cause, Unknown

V, W = c.Cell("v", 1), c.Cell("w", 1)


def over(name: str, rows: list[dict[str, Any]], where: Any = None, what: Any = V, **more: Any) -> Any:
    ranges = more.pop("ranges", {})
    return value(c.Fold(name, "rows", 1, where, what, **more), record(rows=rows), **ranges)  # type: ignore[arg-type]


def column(*values: Any) -> list[dict[str, Any]]:
    return [{"v": v} for v in values]


NUMBERS = column("3", "1", "4", "1", "5")


@pytest.mark.parametrize(
    ("name", "wanted"), [("sum", "14"), ("average", "14/5"), ("median", "3"), ("lowest", "1"), ("highest", "5")]
)
def test_numbers(name, wanted):
    assert over(name, NUMBERS) == Fraction(wanted)


def test_counts():
    assert over("count", NUMBERS, what=None) == 5
    assert over("count", NUMBERS, where=op(">", V, "1"), what=None) == 3
    assert over("count", NUMBERS, distinct=True) == 4
    assert over("count", column("3", None, "4"), ignoring_missing=True) == 2


@pytest.mark.parametrize(
    ("name", "wanted"), [("sum", "8"), ("average", "8/3"), ("median", "3"), ("lowest", "1"), ("highest", "4")]
)
def test_one_highest_and_one_lowest_are_dropped(name, wanted):
    assert over(name, NUMBERS, dropping=5) == Fraction(wanted)


def test_nothing_is_dropped_from_too_few():
    assert over("sum", NUMBERS, dropping=6) == 14
    assert over("sum", column("2", "9"), dropping=1) == 0
    assert unknown(over("average", column("2", "9"), dropping=1), Cause.UNDEFINED) == EVERYTHING
    assert over("count", NUMBERS, what=None, dropping=5) == 3


def test_equal_extremes_are_dropped_once_each():
    assert over("average", column("9", "9", "9", "1", "1"), dropping=5) == Fraction(19, 3)


@pytest.mark.parametrize(("name", "wanted"), [("count", 0), ("sum", 0), ("every", True), ("any", False)])
def test_nothing(name, wanted):
    assert over(name, []) == wanted


@pytest.mark.parametrize("name", ["average", "median", "lowest", "highest"])
def test_aggregates_of_nothing_that_have_no_value(name):
    assert over(name, []).causes == {Cause.UNDEFINED}
    assert over(name, NUMBERS, where=const(False)).causes == {Cause.UNDEFINED}


# ---- yes and no


@pytest.mark.parametrize(
    ("truths", "is_any", "is_every"),
    [
        ([True, True], True, True),
        ([True, False], True, False),
        ([False, False], False, False),
        ([True, None], True, None),
        ([False, None], None, False),
        ([None], None, None),
    ],
)
def test_any_and_every_are_kleene_s(truths, is_any, is_every):
    for name, wanted in (("any", is_any), ("every", is_every)):
        found = over(name, column(*truths))
        assert isinstance(found, Unknown) if wanted is None else found is wanted


def test_a_row_that_may_not_count_decides_nothing():
    rows = [{"v": True, "w": None}, {"v": False, "w": False}]
    assert isinstance(over("any", rows, where=W), Unknown)
    assert over("every", rows, where=W) is True
    rows = [{"v": False, "w": None}, {"v": True, "w": True}]
    assert over("any", rows, where=W) is True
    assert isinstance(over("every", rows, where=W), Unknown)


def test_is_there_a_row():
    assert over("any", NUMBERS, what=None) is True
    assert over("any", NUMBERS, where=op(">", V, "4"), what=None) is True
    assert over("any", NUMBERS, where=op(">", V, "5"), what=None) is False
    assert isinstance(over("any", column("1", None), where=op(">", V, "4"), what=None), Unknown)


# ---- what is not known


def test_distinct_values_that_are_not_known():
    assert unknown(over("count", column("1", "2", None), distinct=True), Cause.MISSING) == between("2", "3")
    assert over("count", column("1", "2", None), distinct=True, ignoring_missing=True) == 2
    assert over("count", column(None), distinct=True) == 1
    assert unknown(over("count", column(None, None), distinct=True), Cause.MISSING) == between("1", "2")


def test_a_list_that_is_not_there():
    found = record(rows=[])
    absent = type(found)(found.key, found.cells, {}, frozenset({"rows"}))
    assert unknown(value(c.Fold("count", "rows", 1, None, None), absent), Cause.MISSING) == between("0", None)
    assert unknown(value(c.Fold("lowest", "rows", 1, None, V), absent), Cause.MISSING) == EVERYTHING


def test_the_highest_where_one_row_may_not_count():
    rows = [{"v": "3", "w": True}, {"v": "8", "w": None}, {"v": "2", "w": None}]
    assert unknown(over("highest", rows, where=W), Cause.MISSING) == between("3", "8")
    assert unknown(over("lowest", rows, where=W), Cause.MISSING) == between("2", "3")
    assert unknown(over("sum", rows, where=W), Cause.MISSING) == between("3", "13")
    assert unknown(over("count", rows, where=W), Cause.MISSING) == between("1", "3")
    # None may count at all: then there is no lowest, and an undefined value is anything.
    assert unknown(over("lowest", rows[1:], where=W), Cause.MISSING, Cause.UNDEFINED) == EVERYTHING


NAMES = ("count", "sum", "average", "median", "lowest", "highest")
small = st.integers(-5, 5).map(Fraction)
rows_drawn = st.lists(st.tuples(st.one_of(small, st.none()), st.sampled_from([True, True, False, None])), max_size=6)


def _plain(name: str, values: list[Fraction], dropping: int | None, distinct: bool) -> Fraction | None:
    """The aggregate of known values, said once more."""
    if distinct:
        return Fraction(len(set(values)))
    values = sorted(values)
    if dropping is not None and len(values) >= dropping:
        values = values[1:-1]
    if name == "count":
        return Fraction(len(values))
    if name == "sum":
        return sum(values, Fraction(0))
    if not values:
        return None
    by_name: dict[str, Any] = {"lowest": min, "highest": max, "median": median}
    return sum(values, Fraction(0)) / len(values) if name == "average" else Fraction(by_name[name](values))


@pytest.mark.parametrize("name", NAMES)
@sampled(250)
@given(
    rows_drawn,
    st.lists(small, min_size=6, max_size=6),
    st.lists(st.booleans(), min_size=6, max_size=6),
    st.sampled_from([None, 1, 2, 3, 4]),
    st.booleans(),
)
def test_every_completion_of_the_data_falls_inside(
    name: str,
    drawn: list[tuple[Fraction | None, bool | None]],
    numbers: list[Fraction],
    truths: list[bool],
    dropping: int | None,
    ignoring: bool,
) -> None:
    distinct = name == "count" and dropping is None
    rows = [{"v": None if v is None else str(v), "w": w} for v, w in drawn]
    more = {"dropping": dropping, "distinct": distinct, "ignoring_missing": ignoring, "ranges": {"v": ("-5", "5")}}
    found = over(name, rows, where=W, **more)
    kept = [i for i, (v, _) in enumerate(drawn) if not (ignoring and v is None)]
    values = [
        numbers[i] if drawn[i][0] is None else drawn[i][0]
        for i in kept
        if (truths[i] if drawn[i][1] is None else drawn[i][1])
    ]
    completed = _plain(name, [v for v in values if v is not None], dropping, distinct)
    if not isinstance(found, Unknown):
        assert found == completed
    elif completed is None:
        assert Cause.UNDEFINED in found.causes
    else:
        assert holds(found.within, completed)


def holds(within: Interval, number: Fraction) -> bool:
    return (within.low is None or within.low <= number) and (within.high is None or number <= within.high)


# ---- groups and parts


def test_a_group_is_a_part_of_the_rows():
    found = record(rows=list(NUMBERS))
    env = environment(found)
    env.groups[7] = found.lists["rows"][2:]
    assert evaluate(c.Fold("sum", "rows", 1, None, V, group=7), env).value == 10
    assert evaluate(c.Fold("sum", "rows", 1, None, V), env).value == 14


def closing(score: Any, full: Any = 10, skipped: bool | None = False, share: Any = None) -> Closing:
    open_score = isinstance(score, Interval)
    return Closing(
        "part",
        score if open_score else Fraction(score),
        frozenset({"c1"}) if open_score else frozenset(),
        frozenset({Cause.MISSING}) if open_score else frozenset(),
        Fraction(full),
        Fraction(full if share is None else share),
        skipped,
    )


def test_parts_that_are_skipped_do_not_count():
    env = environment()
    env.parts = [closing(8), closing(0, skipped=True), closing(5)]
    assert evaluate(c.OverParts("lowest"), env).value == 5
    assert evaluate(c.OverParts("count"), env).value == 2
    assert evaluate(c.OverParts("average"), env).value == Fraction("6.5")
    env.parts = [closing(0, skipped=True)]
    assert evaluate(c.OverParts("lowest"), env).value.causes == {Cause.UNDEFINED}
    assert evaluate(c.OverParts("sum"), env).value == 0


def test_a_part_that_may_be_skipped_may_not_count():
    env = environment()
    env.parts = [closing(8), closing(between("3", "9"), skipped=None)]
    assert unknown(evaluate(c.OverParts("lowest"), env).value, Cause.MISSING) == between("3", "8")
    assert unknown(evaluate(c.OverParts("sum"), env).value, Cause.MISSING) == between("8", "17")


def test_rates_of_parts():
    env = environment()
    env.parts = [closing(8, 10), closing(15, 20)]
    assert evaluate(c.OverParts("lowest", "rate"), env).value == Fraction(3, 4)
    assert evaluate(c.OverParts("lowest", "rate"), env).percent


def test_facets_of_a_part():
    env = environment()
    env.closings["a"] = closing(8, 10, share=40)
    env.closings["b"] = closing(0, skipped=True)
    path = RulePath("a")
    wanted = {"score": 8, "rate": Fraction(4, 5), "points": 32, "full": 10}
    for facet, number in wanted.items():
        assert evaluate(c.Score(path, facet), env).value == number  # type: ignore[arg-type]
        skipped = evaluate(c.Score(RulePath("b"), facet), env).value  # type: ignore[arg-type]
        assert isinstance(skipped, Unknown) and skipped.causes == {Cause.NOT_APPLICABLE}
    env.closings["c"] = closing(between("2", "4"), 10, share=40)
    assert unknown(evaluate(c.Score(RulePath("c"), "points"), env).value, Cause.MISSING) == between("8", "16")
