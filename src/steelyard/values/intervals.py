"""Closed intervals of rationals: the enclosure of a number that is not determined.

Natural interval extension, operation by operation (not the tightest interval: two engines must agree). `None` is an
open end: −∞ as low, +∞ as high.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from steelyard.values.numbers import Rounding, canonical, round_to


@frozen
class Interval:
    low: Fraction | None
    high: Fraction | None

    @property
    def point(self) -> Fraction | None:
        """The one value it holds, if it is one."""
        return self.low if self.low is not None and self.low == self.high else None

    def __str__(self) -> str:
        low = "(-∞" if self.low is None else f"[{canonical(self.low)}"
        high = "∞)" if self.high is None else f"{canonical(self.high)}]"
        return f"{low}, {high}"


EVERYTHING = Interval(None, None)
NOT_NEGATIVE = Interval(Fraction(0), None)


def exactly(value: Fraction) -> Interval:
    return Interval(value, value)


def hull(intervals: Iterable[Interval]) -> Interval:
    """The smallest interval that holds them all; at least one is needed."""
    lows, highs = zip(*((i.low, i.high) for i in intervals), strict=True)
    return Interval(_least(lows), _greatest(highs))


def add(a: Interval, b: Interval) -> Interval:
    return Interval(
        None if a.low is None or b.low is None else a.low + b.low,
        None if a.high is None or b.high is None else a.high + b.high,
    )


def negate(a: Interval) -> Interval:
    return Interval(None if a.high is None else -a.high, None if a.low is None else -a.low)


def multiply(a: Interval, b: Interval) -> Interval:
    if exactly(Fraction(0)) in (a, b):
        return exactly(Fraction(0))
    ends = [_product(x, y) for x in _ends(a) for y in _ends(b)]
    return Interval(_low_end(ends), _high_end(ends))


def divide(a: Interval, b: Interval) -> Interval:
    """Everything where the divisor may be zero."""
    if (b.low is None or b.low <= 0) and (b.high is None or b.high >= 0):
        return EVERYTHING
    # The divisor keeps one sign, so its inverse is monotone; an open end inverts to 0.
    inverse = Interval(
        Fraction(0) if b.high is None else 1 / b.high,
        Fraction(0) if b.low is None else 1 / b.low,
    )
    return multiply(a, inverse)


def raise_to(a: Interval, exponent: int) -> Interval:
    """a^exponent for a whole exponent; a negative one divides."""
    if exponent < 0:
        return divide(exactly(Fraction(1)), raise_to(a, -exponent))
    low = None if a.low is None else a.low**exponent
    high = None if a.high is None else a.high**exponent
    if exponent % 2 == 1 or (a.low is not None and a.low >= 0):
        return Interval(low, high)
    if exponent == 0:
        return exactly(Fraction(1))
    if a.high is not None and a.high <= 0:
        return Interval(high, low)
    return Interval(Fraction(0), None if low is None or high is None else max(low, high))


def minimum(intervals: Iterable[Interval]) -> Interval:
    lows, highs = zip(*((i.low, i.high) for i in intervals), strict=True)
    finite = [h for h in highs if h is not None]
    return Interval(_least(lows), min(finite) if finite else None)


def maximum(intervals: Iterable[Interval]) -> Interval:
    return negate(minimum(negate(i) for i in intervals))


def absolute(a: Interval) -> Interval:
    return maximum([a, negate(a), exactly(Fraction(0))] if _holds_zero(a) else [a, negate(a)])


def floor(a: Interval) -> Interval:
    return rounded(a, 0, Rounding.FLOOR)


def ceiling(a: Interval) -> Interval:
    return rounded(a, 0, Rounding.CEILING)


def per(distance: Interval, size: Interval) -> Interval:
    """max(0, distance) ÷ size. A size that may not be positive leaves any number of steps."""
    if size.low is None or size.low <= 0:
        return NOT_NEGATIVE
    return divide(maximum([distance, exactly(Fraction(0))]), size)


def rounded(a: Interval, places: int, mode: Rounding) -> Interval:
    return Interval(
        None if a.low is None else round_to(a.low, places, mode),
        None if a.high is None else round_to(a.high, places, mode),
    )


def less(a: Interval, b: Interval) -> bool | None:
    """Is a < b: yes, no, or not known."""
    if a.high is not None and b.low is not None and a.high < b.low:
        return True
    if a.low is not None and b.high is not None and a.low >= b.high:
        return False
    return None


def equal(a: Interval, b: Interval) -> bool | None:
    if a.point is not None and a.point == b.point:
        return True
    return False if less(a, b) or less(b, a) else None


def _holds_zero(a: Interval) -> bool:
    return (a.low is None or a.low <= 0) and (a.high is None or a.high >= 0)


# An end is a Fraction, or a sign for an infinite one: -1 is −∞, +1 is +∞.
_End = Fraction | int


def _ends(a: Interval) -> tuple[_End, _End]:
    return (-1 if a.low is None else a.low, 1 if a.high is None else a.high)


def _product(x: _End, y: _End) -> _End:
    if (x == 0 and isinstance(x, Fraction)) or (y == 0 and isinstance(y, Fraction)):
        return Fraction(0)
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        return x * y
    return (1 if x > 0 else -1) * (1 if y > 0 else -1)


def _low_end(ends: list[_End]) -> Fraction | None:
    if any(not isinstance(e, Fraction) and e < 0 for e in ends):
        return None
    return min((e for e in ends if isinstance(e, Fraction)), default=None)


def _high_end(ends: list[_End]) -> Fraction | None:
    if any(not isinstance(e, Fraction) and e > 0 for e in ends):
        return None
    return max((e for e in ends if isinstance(e, Fraction)), default=None)


def _least(values: Iterable[Fraction | None]) -> Fraction | None:
    """The lowest of some low ends; open where one is."""
    ends = list(values)
    return None if None in ends else min(end for end in ends if end is not None)


def _greatest(values: Iterable[Fraction | None]) -> Fraction | None:
    """The highest of some high ends; open where one is."""
    ends = list(values)
    return None if None in ends else max(end for end in ends if end is not None)
