"""Square roots, logarithms and powers: exact where the value is a fraction, else enclosed between two decimals.

Every enclosure here is proven, never measured:

- `sqrt` is integer arithmetic: the whole root r of ⌊x·10^2k⌋ gives r/10^k ≤ √x < (r + 1)/10^k.
- `ln` and `exp` are those of `decimal`, which are correctly rounded by their specification: the true value lies within
  half a unit of the last digit. A whole unit is taken on either side. Both functions rise, so for an argument between
  two decimals the value lies between that of the lower, less a unit, and that of the higher, plus one.
- `power` is exp(b · ln a) on intervals.

An argument outside the domain is the caller's: these functions answer for the part of it inside.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from math import isqrt

from steelyard.values import intervals as iv
from steelyard.values.intervals import Interval
from steelyard.values.numbers import BIT_LIMIT

PRECISIONS = (30, 100, 300, 1000)
"""Digits of an enclosure, tried one after the other until a rounding is decided."""
EXP_LIMIT = 2838
"""e to this power is just below 2^4096, the largest number computed with."""

_EXPONENT = 10_000
"""Beyond the decimal exponent of all numbers computed with, so that nothing here overflows or sinks to 0."""
_ZERO, _ONE = Fraction(0), Fraction(1)


def sqrt(a: Interval, digits: int) -> Interval:
    low = _ZERO if a.low is None or a.low <= 0 else _root(a.low, digits).low
    return Interval(low, None if a.high is None else _root(max(a.high, _ZERO), digits).high)


def ln(a: Interval, digits: int) -> Interval:
    """Open below where the argument may come near 0."""
    low = None if a.low is None or a.low <= 0 else _logarithm(a.low, digits).low
    return Interval(low, None if a.high is None or a.high <= 0 else _logarithm(a.high, digits).high)


def exp(a: Interval, digits: int) -> Interval:
    """Open above where the value goes past the largest number computed with."""
    low = _ZERO if a.low is None else _exponential(a.low, digits).low
    return Interval(low, None if a.high is None else _exponential(a.high, digits).high)


def power(base: Interval, exponent: Interval, digits: int) -> Interval:
    """Of a base that is not negative."""
    if base.point is not None and exponent.point is not None:
        exact = exact_power(base.point, exponent.point)
        if exact is not None:
            return iv.exactly(exact)
    raised = exp(iv.multiply(exponent, ln(base, digits)), digits)
    if base.low is not None and base.low > 0:
        return raised
    # 0 to a positive power is 0, to the power 0 it is 1.
    with_zero = [raised, iv.exactly(_ZERO)]
    return iv.hull([*with_zero, iv.exactly(_ONE)] if _may_be_zero(exponent) else with_zero)


def exact_root(value: Fraction, degree: int = 2) -> Fraction | None:
    """The root of a number that is not negative, where it is a fraction.

    >>> exact_root(Fraction(9, 4)), exact_root(Fraction(8), 3), exact_root(Fraction(2))
    (Fraction(3, 2), Fraction(2, 1), None)
    """
    above, below = _whole_root(value.numerator, degree), _whole_root(value.denominator, degree)
    if above**degree != value.numerator or below**degree != value.denominator:
        return None
    return Fraction(above, below)


def exact_power(base: Fraction, exponent: Fraction) -> Fraction | None:
    """base^exponent where it is a fraction (of numbers that are not too long); None where it is none, or not defined.

    >>> exact_power(Fraction(8), Fraction(2, 3)), exact_power(Fraction(2), Fraction(1, 2))
    (Fraction(4, 1), None)
    """
    if base == 0:
        return None if exponent < 0 else _ZERO if exponent > 0 else _ONE
    if base == 1 or exponent == 0:
        return _ONE
    if exponent.denominator > 1:
        if base < 0 or exponent.denominator > BIT_LIMIT:
            return None
        root = exact_root(base, exponent.denominator)
        if root is None:
            return None
        base = root
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    return base**exponent.numerator if (bits - 1) * abs(exponent.numerator) <= BIT_LIMIT else None


def _root(value: Fraction, digits: int) -> Interval:
    exact = exact_root(value)
    if exact is not None:
        return iv.exactly(exact)
    # So many decimals that the root has at least `digits` digits that count.
    magnitude = (value.numerator.bit_length() - value.denominator.bit_length()) * 3 // 20
    scale = 10 ** max(0, digits - magnitude)
    whole = isqrt(value.numerator * scale**2 // value.denominator)
    return Interval(Fraction(whole, scale), Fraction(whole + 1, scale))


def _logarithm(value: Fraction, digits: int) -> Interval:
    if value == 1:
        return iv.exactly(_ZERO)
    low, high = _between(value, digits)
    return _widened(_context(digits).ln(low), _context(digits).ln(high), digits)


def _exponential(value: Fraction, digits: int) -> Interval:
    if value == 0:
        return iv.exactly(_ONE)
    if value > EXP_LIMIT:
        return Interval(_exponential(Fraction(EXP_LIMIT), digits).low, None)
    if value < -EXP_LIMIT:
        return Interval(_ZERO, _exponential(Fraction(-EXP_LIMIT), digits).high)
    low, high = _between(value, digits)
    return _widened(_context(digits).exp(low), _context(digits).exp(high), digits)


def _between(value: Fraction, digits: int) -> tuple[Decimal, Decimal]:
    """The decimals of so many digits next to the value, below and above."""
    numerator, denominator = Decimal(value.numerator), Decimal(value.denominator)
    return (
        _context(digits, ROUND_FLOOR).divide(numerator, denominator),
        _context(digits, ROUND_CEILING).divide(numerator, denominator),
    )


def _widened(low: Decimal, high: Decimal, digits: int) -> Interval:
    """A unit of the last digit further on either side. 0 is only ever ln 1, which is exact."""
    context = _context(digits)
    return Interval(
        Fraction(context.next_minus(low)) if low else _ZERO,
        Fraction(context.next_plus(high)) if high else _ZERO,
    )


def _context(digits: int, rounding: str = ROUND_HALF_EVEN) -> Context:
    """Every field is said, so that no setting of the process reaches a value."""
    return Context(digits, rounding, Emin=-_EXPONENT, Emax=_EXPONENT, capitals=1, clamp=0, flags=[], traps=[])


def _whole_root(value: int, degree: int) -> int:
    """The largest whole number whose power is not above the value, by Newton's steps from above."""
    if degree == 2:
        return isqrt(value)
    if value < 2:
        return value
    guess = 1 << -(-value.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + value // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better


def _may_be_zero(exponent: Interval) -> bool:
    return (exponent.low is None or exponent.low <= 0) and (exponent.high is None or exponent.high >= 0)
