"""Numbers and intervals: what the ends say holds of every value between them."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from properties.ledger import rounded
from properties.sampling import sampled
from steelyard.values import intervals as iv
from steelyard.values.intervals import Interval
from steelyard.values.numbers import (
    Rounding,
    canonical,
    decimal_places,
    read_canonical,
    read_number,
    round_to,
    show,
)

QUANTIZE = {
    Rounding.HALF_UP: decimal.ROUND_HALF_UP,
    Rounding.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    Rounding.DOWN: decimal.ROUND_DOWN,
    Rounding.UP: decimal.ROUND_UP,
    Rounding.FLOOR: decimal.ROUND_FLOOR,
    Rounding.CEILING: decimal.ROUND_CEILING,
}
small = st.fractions(-20, 20, max_denominator=12)
any_fraction = st.fractions()
decimals = st.decimals(-(10**9), 10**9, places=6, allow_nan=False, allow_infinity=False)
modes = st.sampled_from(list(Rounding))
OPERATIONS: dict[str, tuple[Any, Any]] = {
    "+": (iv.add, lambda a, b: a + b),
    "*": (iv.multiply, lambda a, b: a * b),
    "/": (iv.divide, lambda a, b: None if b == 0 else a / b),
    "min": (lambda a, b: iv.minimum([a, b]), min),
    "max": (lambda a, b: iv.maximum([a, b]), max),
    "per": (iv.per, lambda a, b: None if b <= 0 else max(a, Fraction(0)) / b),
    "hull": (lambda a, b: iv.hull([a, b]), lambda a, b: a),
}


@st.composite
def intervals_with_points(draw: Any) -> tuple[Interval, Fraction]:
    """An interval, perhaps open at an end, and a value in it, often at an end."""
    low, point, high = sorted(draw(st.lists(small, min_size=3, max_size=3)))
    point = draw(st.sampled_from((low, point, high)))
    return Interval(draw(st.sampled_from((low, None))), draw(st.sampled_from((high, None)))), point


def holds(interval: Interval, value: Fraction) -> bool:
    return (interval.low is None or interval.low <= value) and (interval.high is None or value <= interval.high)


@pytest.mark.parametrize("name", OPERATIONS)
@sampled(150)
@given(first=intervals_with_points(), second=intervals_with_points())
def test_it_encloses_an_operation_on_any_two_points(
    name: str, first: tuple[Interval, Fraction], second: tuple[Interval, Fraction]
) -> None:
    on_intervals, on_points = OPERATIONS[name]
    value = on_points(first[1], second[1])
    assume(value is not None)
    assert holds(on_intervals(first[0], second[0]), value)


@sampled(150)
@given(intervals_with_points(), st.integers(-4, 5))
def test_it_encloses_a_power_of_any_point(given_: tuple[Interval, Fraction], exponent: int) -> None:
    interval, point = given_
    assume(point != 0 or exponent >= 0)
    assert holds(iv.raise_to(interval, exponent), point**exponent)


@sampled(150)
@given(intervals_with_points(), st.integers(0, 3), modes)
def test_it_encloses_size_sign_and_rounding_of_any_point(
    given_: tuple[Interval, Fraction], places: int, mode: Rounding
) -> None:
    interval, point = given_
    assert holds(iv.absolute(interval), abs(point))
    assert holds(iv.negate(interval), -point)
    assert holds(iv.rounded(interval, places, mode), round_to(point, places, mode))
    assert holds(iv.floor(interval), Fraction(floor(point)))
    assert holds(iv.ceiling(interval), Fraction(ceil(point)))


@sampled(150)
@given(intervals_with_points(), intervals_with_points())
def test_it_answers_a_comparison_only_where_all_points_agree(
    first: tuple[Interval, Fraction], second: tuple[Interval, Fraction]
) -> None:
    assert iv.less(first[0], second[0]) in (None, first[1] < second[1])
    assert iv.equal(first[0], second[0]) in (None, first[1] == second[1])


@sampled(150)
@given(small, small)
def test_it_is_exact_on_single_points(a: Fraction, b: Fraction) -> None:
    for name, (on_intervals, on_points) in OPERATIONS.items():
        value = on_points(a, b)
        if name != "hull" and value is not None:
            assert on_intervals(iv.exactly(a), iv.exactly(b)).point == value
    assert iv.less(iv.exactly(a), iv.exactly(b)) is (a < b)
    assert iv.equal(iv.exactly(a), iv.exactly(b)) is (a == b)


@sampled(600)
@given(decimals, st.integers(0, 6), modes)
def test_it_rounds_decimals_as_the_decimal_module_does(value: Decimal, places: int, mode: Rounding) -> None:
    with decimal.localcontext(prec=60):
        wanted = value.quantize(Decimal(1).scaleb(-places), rounding=QUANTIZE[mode])
    assert round_to(Fraction(value), places, mode) == Fraction(wanted)


@sampled(300)
@given(st.integers(-(10**6), 10**6), st.integers(0, 4), modes)
def test_it_rounds_halves_as_the_decimal_module_does(number: int, places: int, mode: Rounding) -> None:
    value = Fraction(2 * number + 1, 2 * 10**places)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    wanted = exact.quantize(Decimal(1).scaleb(-places), rounding=QUANTIZE[mode])
    assert round_to(value, places, mode) == Fraction(wanted)


@sampled(300)
@given(any_fraction, st.integers(0, 6), modes)
def test_it_rounds_any_fraction_to_the_grid_point_that_the_mode_names(
    value: Fraction, places: int, mode: Rounding
) -> None:
    assert round_to(value, places, mode) == rounded(value, places, mode.value)


@sampled(300)
@given(any_fraction)
def test_it_reads_back_the_canonical_text_of_any_number(value: Fraction) -> None:
    text = canonical(value)
    assert read_canonical(text) == value
    assert canonical(read_canonical(text)) == text


@sampled(150)
@given(st.fractions(max_denominator=10**6), st.integers(0, 60))
def test_it_reads_back_numbers_with_long_binary_tails(value: Fraction, twos: int) -> None:
    value = value / 2**twos
    assert read_canonical(canonical(value)) == value


@sampled(300)
@given(decimals)
def test_it_takes_a_decimal_cell_as_written(value: Decimal) -> None:
    text = f"{value:f}"
    assert read_number(text) == Fraction(text)
    assert read_canonical(canonical(Fraction(text))) == Fraction(text)


@sampled(300)
@given(any_fraction)
def test_it_never_shows_a_rounded_number_without_its_fraction(value: Fraction) -> None:
    shown = show(value)
    exact = decimal_places(value)
    if exact is not None and exact <= 6:
        assert Fraction(shown) == value
    else:
        assert f"({canonical(value)})" in shown or shown.startswith("≈ ")
