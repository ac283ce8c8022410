"""Roots, logarithms, powers: every enclosure is checked by arithmetic on fractions alone, or by digits known since long."""

from __future__ import annotations

from decimal import ROUND_UP, localcontext
from fractions import Fraction
from math import floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from properties.sampling import sampled
from steelyard.values import intervals as iv
from steelyard.values import irrational as ir
from steelyard.values.intervals import Interval

positive = st.fractions(Fraction(1, 10**6), 10**9, max_denominator=10**9).filter(bool)
small = st.fractions(-30, 30, max_denominator=1000)
digits = st.sampled_from(ir.PRECISIONS[:3])

LN_2 = "0.69314718055994530941723212145817656807550013436025525412068000949339362196969471560586332699641868"
LN_10 = "2.30258509299404568401799145468436420760110148862877297603332790096757260967735248023599720508959829"
E = "2.71828182845904523536028747135266249775724709369995957496696762772407663035354759457138217852516642"
ROOT_2 = "1.41421356237309504880168872420969807856967187537694807317667973799073247846210703885038753432764157"


def known(text: str) -> Interval:
    """A number of which the first digits are known."""
    last = Fraction(1, 10 ** (len(text) - 2))
    return Interval(Fraction(text) - last, Fraction(text) + last)


def meet(a: Interval, b: Interval) -> bool:
    return not iv.less(a, b) and not iv.less(b, a)


def width(interval: Interval) -> Fraction:
    assert interval.low is not None and interval.high is not None
    return interval.high - interval.low


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (lambda d: ir.ln(iv.exactly(Fraction(2)), d), LN_2),
        (lambda d: ir.ln(iv.exactly(Fraction(10)), d), LN_10),
        (lambda d: ir.exp(iv.exactly(Fraction(1)), d), E),
        (lambda d: ir.sqrt(iv.exactly(Fraction(2)), d), ROOT_2),
        (lambda d: ir.power(iv.exactly(Fraction(2)), iv.exactly(Fraction(1, 2)), d), ROOT_2),
    ],
)
def test_known_digits(found, text):
    for count in ir.PRECISIONS:
        enclosure = found(count)
        assert meet(enclosure, known(text))
        assert width(enclosure) < Fraction(1, 10 ** (count - 3))


@sampled(200)
@given(positive, digits)
def test_the_square_of_a_root_is_the_number(value: Fraction, count: int) -> None:
    root = ir.sqrt(iv.exactly(value), count)
    assert root.low is not None and root.high is not None
    assert root.low**2 <= value <= root.high**2
    assert width(root) <= root.high / 10 ** (count - 3)


@sampled(200)
@given(positive)
def test_a_root_of_a_square_is_exact(value: Fraction) -> None:
    assert ir.sqrt(iv.exactly(value**2), 30).point == value
    assert ir.exact_root(value**3, 3) == value
    assert ir.exact_power(value**2, Fraction(3, 2)) == value**3
    assert ir.exact_power(value**2, Fraction(-1, 2)) == 1 / value


@sampled(200)
@given(positive, digits)
def test_exp_undoes_ln(value: Fraction, count: int) -> None:
    back = ir.exp(ir.ln(iv.exactly(value), count), count)
    assert meet(back, iv.exactly(value))
    assert width(back) <= value / 10 ** (count - 5)


@sampled(100)
@given(positive, positive, digits)
def test_the_logarithm_of_a_product_is_the_sum(a: Fraction, b: Fraction, count: int) -> None:
    total = iv.add(ir.ln(iv.exactly(a), count), ir.ln(iv.exactly(b), count))
    assert meet(total, ir.ln(iv.exactly(a * b), count))


@sampled(100)
@given(small, small, digits)
def test_exp_of_a_sum_is_the_product(a: Fraction, b: Fraction, count: int) -> None:
    product = iv.multiply(ir.exp(iv.exactly(a), count), ir.exp(iv.exactly(b), count))
    assert meet(product, ir.exp(iv.exactly(a + b), count))


@sampled(100)
@given(small)
def test_exp_lies_between_partial_sums_of_its_series(value: Fraction) -> None:
    """For x ≥ 0: a partial sum is below e^x, and the tail below its first term, doubled, once terms halve."""
    x = abs(value)
    total = term = Fraction(1)
    n = 0
    while n < 2 * x + 2 or term > Fraction(1, 10**40):
        n += 1
        term = term * x / n
        total += term
    enclosure = ir.exp(iv.exactly(x), 60)
    assert enclosure.low is not None and enclosure.high is not None
    assert enclosure.low <= total + 2 * term and total <= enclosure.high


@sampled(200)
@given(positive, positive, positive, digits)
def test_they_enclose_every_point_of_an_interval(a: Fraction, b: Fraction, c: Fraction, count: int) -> None:
    low, point, high = sorted([a, b, c])
    for function in (ir.sqrt, ir.ln):
        assert meet(function(Interval(low, high), count), function(iv.exactly(point), count))
        whole, one = function(Interval(low, high), count), function(iv.exactly(point), count)
        assert whole.low is not None and one.low is not None and whole.low <= one.low
        assert whole.high is not None and one.high is not None and one.high <= whole.high


@sampled(100)
@given(st.fractions(Fraction(1, 100), 100, max_denominator=100), st.fractions(-6, 6, max_denominator=7), digits)
def test_a_power_agrees_with_whole_powers_of_it(base: Fraction, exponent: Fraction, count: int) -> None:
    """(a^(p/q))^q = a^p, on fractions."""
    found = ir.power(iv.exactly(base), iv.exactly(exponent), count)
    assert found.low is not None and found.high is not None and found.low >= 0
    wanted = base**exponent.numerator
    assert found.low**exponent.denominator <= wanted <= found.high**exponent.denominator


@sampled(100)
@given(st.integers(0, 10**60), st.integers(2, 9))
def test_whole_roots(value: int, degree: int) -> None:
    root = ir.exact_root(Fraction(value), degree)
    if root is None:
        below = floor(round(value ** (1 / degree)))
        assert all(n**degree != value for n in range(max(0, below - 2), below + 3)) or value > 2**50
    else:
        assert root**degree == value
    assert ir.exact_root(Fraction(value**degree), degree) == value


def test_no_setting_of_the_process_reaches_a_value() -> None:
    before = ir.exp(iv.exactly(Fraction(1, 3)), 30)
    with localcontext() as context:
        context.prec, context.rounding, context.Emax = 3, ROUND_UP, 2
        assert ir.exp(iv.exactly(Fraction(1, 3)), 30) == before


@pytest.mark.parametrize("value", [Fraction(10**40 + 1, 10**40), Fraction(10**40 - 1, 10**40), Fraction(1, 10**1200)])
def test_numbers_near_one_and_near_zero(value: Fraction) -> None:
    for count in ir.PRECISIONS:
        found = ir.ln(iv.exactly(value), count)
        assert found.low is not None and found.high is not None
        # x − 1 ≥ ln x ≥ 1 − 1/x
        assert found.low <= value - 1
        assert found.high >= 1 - 1 / value


def test_open_ends() -> None:
    assert ir.ln(Interval(Fraction(0), Fraction(1)), 30) == Interval(None, Fraction(0))
    assert ir.exp(Interval(None, Fraction(0)), 30) == Interval(Fraction(0), Fraction(1))
    assert ir.sqrt(Interval(None, None), 30) == Interval(Fraction(0), None)
    assert ir.exp(iv.exactly(Fraction(3000)), 30).high is None
    tiny = ir.exp(iv.exactly(Fraction(-3000)), 30)
    assert tiny.low == 0 and tiny.high is not None and 0 < tiny.high < Fraction(1, 10**1200)


@sampled(100)
@given(positive, st.fractions(-3, 3, max_denominator=6))
def test_a_power_of_an_interval_with_zero(high: Fraction, exponent: Fraction) -> None:
    assume(exponent > 0)
    found = ir.power(Interval(Fraction(0), high), iv.exactly(exponent), 30)
    assert found.low == 0
    top = ir.power(iv.exactly(high), iv.exactly(exponent), 30)
    assert found.high is not None and top.high is not None and top.high <= found.high
