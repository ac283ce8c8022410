"""Operators and functions: on values, on what is missing, and where they have no value."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.sampling import sampled
from scalar.building import between, const, environment, op, record, unknown, value
from steelyard.core import nodes as c
from steelyard.data.model import Record
from steelyard.scalar.evaluate import evaluate
from steelyard.values.calendar import months_between
from steelyard.values.intervals import EVERYTHING, NOT_NEGATIVE
from steelyard.values.numbers import Rounding
from steelyard.values.states import Absent, Cause, Unknown

X, Y = c.Cell("x"), c.Cell("y")


@pytest.mark.parametrize(
    ("node", "wanted"),
    [
        (op("floor", "2.7"), "2"),
        (op("floor", "-2.1"), "-3"),
        (op("ceiling", "2.1"), "3"),
        (op("ceiling", "-2.7"), "-2"),
        (op("ceiling", "2"), "2"),
        (op("per", "7", "2"), "7/2"),
        (op("per", "-7", "2"), "0"),
        (op("per", "0", "2"), "0"),
        (c.Round(const("2.5"), 0, Rounding.HALF_EVEN), "2"),
        (c.Round(const("2.41"), 1, Rounding.CEILING), "2.5"),
    ],
)
def test_numbers(node, wanted):
    assert value(node) == Fraction(wanted)


def test_a_named_mode_of_rounding_stands_in_the_trace():
    plain = evaluate(c.Round(const("2.5"), 0, Rounding.HALF_UP), environment())
    named = evaluate(c.Round(const("2.5"), 0, Rounding.HALF_EVEN), environment())
    assert [arg.value for arg in plain.args] == [Fraction("2.5"), 0]
    assert [arg.value for arg in named.args] == [Fraction("2.5"), 0, "half even"]


@pytest.mark.parametrize("size", ["0", "-1"])
def test_a_step_that_is_not_positive_leaves_the_count_undefined(size):
    assert unknown(value(op("per", "5", size)), Cause.UNDEFINED) == EVERYTHING
    # Whatever is missing beside it.
    assert unknown(value(op("per", X, size), record(x=None)), Cause.UNDEFINED, Cause.MISSING) == NOT_NEGATIVE


def test_steps_of_what_is_missing():
    found = record(x=None, y=None)
    assert unknown(value(op("per", X, "2"), found, x=("-1", "5")), Cause.MISSING) == between("0", "2.5")
    assert unknown(value(op("per", "6", Y), found, y=("2", "3")), Cause.MISSING) == between("2", "3")
    assert unknown(value(op("per", "6", Y), found, y=("0", "3")), Cause.MISSING, Cause.UNDEFINED) == NOT_NEGATIVE
    # Nothing is started below the bound, however far.
    assert value(op("per", X, "2"), found, x=("-9", "0")) == 0


def test_a_quotient_of_something_missing_by_zero_is_undefined():
    assert unknown(value(op("/", X, "0"), record(x=None)), Cause.MISSING, Cause.UNDEFINED) == EVERYTHING


@pytest.mark.parametrize(("op_name", "wanted"), [("floor", ("-2", "2")), ("ceiling", ("-1", "3"))])
def test_whole_numbers_of_what_is_missing(op_name, wanted):
    found = value(op(op_name, X), record(x=None), x=("-1.5", "2.5"))
    assert unknown(found, Cause.MISSING) == between(*wanted)
    assert value(op(op_name, X), record(x=None), x=("3", "3")) == 3


def test_contains():
    assert value(op("contains", ("late report",), ("late",))) is True
    assert value(op("contains", ("逾期报送",), ("按期",))) is False
    assert isinstance(value(op("contains", X, ("late",)), record(x=None)), Unknown)


# ---- dates


@pytest.mark.parametrize(
    ("start", "end", "days", "months"),
    [
        (date(2023, 6, 30), date(2023, 6, 30), 0, 0),
        (date(2024, 2, 28), date(2024, 3, 1), 2, 0),
        (date(2023, 1, 31), date(2023, 2, 28), 28, 1),
        (date(2024, 1, 31), date(2024, 2, 28), 28, 0),
        (date(2024, 1, 31), date(2024, 2, 29), 29, 1),
        (date(2023, 2, 28), date(2023, 3, 28), 28, 1),
        (date(2023, 1, 15), date(2023, 3, 14), 58, 1),
        (date(2023, 1, 15), date(2024, 1, 15), 365, 12),
        (date(2024, 2, 29), date(2025, 2, 28), 365, 12),
        (date(2023, 3, 14), date(2023, 1, 15), -58, -1),
        (date(9999, 11, 30), date(9999, 12, 31), 31, 1),
    ],
)
def test_days_and_months(start, end, days, months):
    assert value(op("days", start, end)) == days
    assert value(op("months", start, end)) == months


def test_the_year_and_the_month_of_a_day():
    assert value(op("year", date(2024, 2, 29))) == 2024
    assert value(op("month", date(2024, 2, 29))) == 2


def _after(start: date, months: int) -> date:
    """The day with the same number so many months on, or the last day of that month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in range(start.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


@sampled(300)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 3000))
def test_months_are_as_many_as_fit_between(start: date, days: int) -> None:
    end = start + timedelta(days)
    months = months_between(start, end)
    assert _after(start, months) <= end < _after(start, months + 1)
    assert months_between(end, start) == -months


def test_missing_dates():
    found = record(x=None, y=date(2023, 6, 30))
    assert unknown(value(op("days", X, Y), found), Cause.MISSING) == EVERYTHING
    assert unknown(value(op("<", X, Y), found), Cause.MISSING) == EVERYTHING
    assert value(op(">=", Y, date(2023, 6, 30)), found) is True
    assert value(op("=", Y, date(2023, 7, 1)), found) is False


# ---- states


def test_questions_about_states_are_answered():
    found = record(x=None, y="2")
    zero = op("/", "1", "0")
    assert value(c.Is(X), found) is True
    assert value(c.Is(Y), found) is False
    assert value(c.Is(zero), found) is False
    assert value(c.Is(zero, "undefined"), found) is True
    assert value(c.Is(X, "undefined"), found) is False
    assert value(c.Is(Y, "undefined"), found) is False


def inapplicable() -> Record:
    """x does not apply, and y is missing."""
    found = record(x=None, y=None)
    cell = attrs.evolve(found.cells["x"], datum=Absent(Cause.NOT_APPLICABLE), text="N/A")
    return attrs.evolve(found, cells={**found.cells, "x": cell})


def test_what_does_not_apply_is_not_missing():
    found = inapplicable()
    assert value(c.Is(X, "not applicable"), found) is True
    assert value(c.Is(X), found) is False
    assert value(c.Is(Y, "not applicable"), found) is False
    assert value(c.Is(op("/", "1", X), "not applicable"), found) is True


def test_what_may_not_be_asked_for_is_an_open_question():
    found = inapplicable()
    both = Unknown(frozenset({Cause.MISSING, Cause.NOT_APPLICABLE}), frozenset({"c1", "c2"}))
    assert value(c.Is(op("+", X, Y), "not applicable"), found) == both
    assert value(c.Is(op("+", X, Y)), found) is True


def test_what_may_yet_be_undefined_is_an_open_question():
    assert unknown(value(c.Is(op("/", "1", X), "undefined"), record(x=None)), Cause.MISSING) == EVERYTHING


# ---- irrational numbers


def rounded(node: c.Expression, places: int = 4, mode: Rounding = Rounding.HALF_UP) -> c.Round:
    return c.Round(node, places, mode)


@pytest.mark.parametrize(
    ("node", "wanted"),
    [
        (op("sqrt", "2"), "1.4142"),
        (op("sqrt", "9/4"), "1.5"),
        (op("ln", "2"), "0.6931"),
        (op("ln", "1"), "0"),
        (op("exp", "1"), "2.7183"),
        (op("exp", "0"), "1"),
        (op("pow", "8", "2/3"), "4"),
        (op("pow", "2", "0.5"), "1.4142"),
        (op("pow", "-2", "3"), "-8"),
        (op("pow", "0", "0.5"), "0"),
        (op("pow", "0", "0"), "1"),
        (op("pow", "1.05", "100"), "131.5013"),
        (op("*", "100", op("exp", op("neg", op("/", "1", "3")))), "71.6531"),
        (op("+", op("sqrt", "2"), op("neg", op("sqrt", "2"))), "0"),
        (op("*", "0", op("sqrt", "2")), "0"),
    ],
)
def test_irrational_values_are_rounded_once(node, wanted):
    assert value(rounded(node)) == Fraction(wanted)


def test_digits_are_asked_for_until_the_rounding_is_decided():
    # √(2 + 10⁻⁸⁰) − √2 is about 3.5·10⁻⁸¹: the sign needs more digits than the first try has.
    tiny = Fraction(1, 10**80)
    above = op("+", op("sqrt", f"{2 + tiny}"), op("neg", op("sqrt", "2")))
    assert value(rounded(above, 0, Rounding.CEILING)) == 1
    assert value(rounded(op("neg", above), 0, Rounding.FLOOR)) == -1
    # And it may decide which branch is taken.
    choose = c.Choose((c.Branch(op(">", above, "0"), const("7")),), const("3"))
    assert value(rounded(choose)) == 7


def test_a_tie_that_no_digits_decide_is_open():
    tie = op("/", op("*", op("sqrt", "2"), op("sqrt", "2")), "4")
    assert unknown(value(rounded(tie, 0)), Cause.IRRATIONAL) == between("0", "1")
    assert value(rounded(tie, 1)) == Fraction("0.5")


@pytest.mark.parametrize(
    "node",
    [
        op("sqrt", "-1"),
        op("ln", "0"),
        op("ln", "-2"),
        op("pow", "-2", "0.5"),
        op("pow", "0", "-0.5"),
        op("pow", "0", "-1"),
        op("sqrt", op("neg", op("exp", "1"))),
    ],
)
def test_outside_the_domain_there_is_no_value(node):
    assert Cause.UNDEFINED in value(rounded(node)).causes


def test_numbers_past_the_limit():
    assert value(rounded(op("exp", "3000"))).causes == {Cause.TOO_BIG}
    assert value(rounded(op("pow", "7", "5000"))).causes == {Cause.TOO_BIG}
    assert value(rounded(op("exp", "-3000"))) == 0


def test_irrational_functions_of_what_is_missing():
    found = record(x=None)
    assert unknown(value(rounded(op("sqrt", X), 1), found, x=("2", "4")), Cause.MISSING) == between("1.4", "2")
    assert unknown(value(rounded(op("exp", X), 1), found, x=("0", "1")), Cause.MISSING) == between("1", "2.7")
    assert unknown(value(rounded(op("ln", X), 1), found, x=("1", None)), Cause.MISSING) == between("0", None)
    open_below = unknown(value(rounded(op("ln", X), 1), found, x=("0", "1")), Cause.MISSING, Cause.UNDEFINED)
    assert open_below == between(None, "0")
    assert unknown(value(rounded(op("pow", "4", X), 1), found, x=("0.5", "1")), Cause.MISSING) == between("2", "4")
    # What rounds to one number is known.
    assert value(rounded(op("sqrt", X), 0), found, x=("2", "2.2")) == 1


@sampled(100)
@given(st.fractions(0, 100, max_denominator=50), st.fractions(0, 100, max_denominator=50), st.integers(0, 4))
def test_a_rounded_root_is_the_one_that_squares_say(a: Fraction, b: Fraction, places: int) -> None:
    found = value(rounded(op("sqrt", f"{a + b}"), places))
    half = Fraction(1, 2 * 10**places)
    assert max(found - half, Fraction(0)) ** 2 <= a + b < (found + half) ** 2


def test_the_digits_of_one_rounding_do_not_reach_the_next():
    env = environment()
    evaluate(rounded(op("/", op("*", op("sqrt", "2"), op("sqrt", "2")), "4"), 0), env)
    assert env.digits == 30
