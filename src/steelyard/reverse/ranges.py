"""Sets of numbers between two ends, each included or not, and what led to a rounded or clamped number.

Rounding is monotone, so all numbers that round into a range are themselves a range. Its ends depend on the mode:
97.92 to 2 places, half up, is what lies in [97.915, 97.925). Everything is exact.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from steelyard.values.numbers import Rounding, canonical


@frozen
class Range:
    """All numbers between two ends; None is no end."""

    low: Fraction | None
    high: Fraction | None
    low_in: bool = True
    high_in: bool = True

    @property
    def empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))

    @property
    def point(self) -> Fraction | None:
        return self.low if self.low is not None and self.low == self.high and not self.empty else None

    def holds(self, value: Fraction) -> bool:
        above = self.low is None or value > self.low or (self.low_in and value == self.low)
        return above and (self.high is None or value < self.high or (self.high_in and value == self.high))

    def meet(self, other: Range) -> Range:
        """What lies in both."""
        low, low_in = _tighter(self.low, self.low_in, other.low, other.low_in, lower=True)
        high, high_in = _tighter(self.high, self.high_in, other.high, other.high_in, lower=False)
        return Range(low, high, low_in, high_in)

    def plus(self, other: Range) -> Range:
        """All sums of a number of each."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Range(low, high, self.low_in and other.low_in, self.high_in and other.high_in)

    def times(self, factor: Fraction) -> Range:
        if factor == 0:
            return exactly(Fraction(0))
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        if factor > 0:
            return Range(low, high, self.low_in, self.high_in)
        return Range(high, low, self.high_in, self.low_in)

    def __str__(self) -> str:
        """Exact, as programs read it."""
        low = "(-∞" if self.low is None else ("[" if self.low_in else "(") + canonical(self.low)
        high = "∞)" if self.high is None else canonical(self.high) + ("]" if self.high_in else ")")
        return f"{low}, {high}"


ANY = Range(None, None)


def exactly(value: Fraction) -> Range:
    return Range(value, value)


def before_rounding(after: Range, places: int, mode: Rounding) -> Range:
    """All numbers that round into the range; an empty range where no number of so many places lies in it.

    >>> str(before_rounding(exactly(Fraction("97.92")), 2, Rounding.HALF_UP))
    '[97.915, 97.925)'
    """
    step = Fraction(1, 10**places)
    low, low_in = None, False
    if after.low is not None:
        count = -(-after.low // step)
        first = count * step
        if first == after.low and not after.low_in:
            first += step
        cell = _cell(first, step, mode)
        low, low_in = cell.low, cell.low_in
    high, high_in = None, False
    if after.high is not None:
        last = after.high // step * step
        if last == after.high and not after.high_in:
            last -= step
        cell = _cell(last, step, mode)
        high, high_in = cell.high, cell.high_in
    if after.low is not None and after.high is not None and first > last:
        return Range(Fraction(1), Fraction(0))
    return Range(low, high, low_in, high_in)


def before_clamp(after: Range, floor: Fraction | None, top: Fraction | None) -> Range:
    """All numbers that are in the range once they are held between floor and top."""
    held = after.meet(Range(floor, top))
    if held.empty:
        return held
    low, low_in, high, high_in = held.low, held.low_in, held.high, held.high_in
    if floor is not None and held.holds(floor):
        low, low_in = None, False
    if top is not None and held.holds(top):
        high, high_in = None, False
    return Range(low, high, low_in, high_in)


def _cell(rounded: Fraction, step: Fraction, mode: Rounding) -> Range:
    """All numbers that round to this one; `step` is one in its last place."""
    half, sign = step / 2, (rounded > 0) - (rounded < 0)
    up_to, down_to = Range(rounded - step, rounded, False, True), Range(rounded, rounded + step, True, False)
    match mode:
        case Rounding.HALF_UP:
            return Range(rounded - half, rounded + half, sign > 0, sign < 0)
        case Rounding.HALF_EVEN:
            even = (rounded / step) % 2 == 0
            return Range(rounded - half, rounded + half, even, even)
        case Rounding.DOWN:
            if sign == 0:
                return Range(-step, step, False, False)
            return down_to if sign > 0 else up_to
        case Rounding.UP:
            if sign == 0:
                return exactly(rounded)
            return up_to if sign > 0 else down_to
        case Rounding.FLOOR:
            return down_to
        case Rounding.CEILING:
            return up_to


def _tighter(
    a: Fraction | None, a_in: bool, b: Fraction | None, b_in: bool, *, lower: bool
) -> tuple[Fraction | None, bool]:
    if a is None or b is None:
        return (b, b_in) if a is None else (a, a_in)
    if a == b:
        return a, a_in and b_in
    return (a, a_in) if (a > b) == lower else (b, b_in)
