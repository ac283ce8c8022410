"""A total as steps that can be run forwards, and backwards from what is printed: sums, bounds, rounding.

Backwards is the exact inversion: every step is monotone, so what led into a range is a range.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from steelyard.reverse.ranges import Range, before_clamp, before_rounding, exactly
from steelyard.values.numbers import Rounding, round_to

ZERO = Fraction(0)


@frozen
class Add:
    """The closing of each part × what one point of it is worth here."""

    terms: tuple[tuple[str, Fraction], ...]


@frozen
class Hold:
    low: Fraction | None
    high: Fraction | None


@frozen
class RoundOff:
    places: int
    mode: Rounding


Step = Add | Hold | RoundOff


def forward(steps: tuple[Step, ...], closings: Mapping[str, Range]) -> list[Range]:
    """The balance before each step and after the last, where every part has closed somewhere in its range.

    Exact where all are points; else rounding keeps the ends it takes in, so the range is never too small.
    """
    now, found = exactly(ZERO), [exactly(ZERO)]
    for step in steps:
        match step:
            case Add(terms=terms):
                for path, factor in terms:
                    now = now.plus(closings[path].times(factor))
            case Hold(low=low, high=high):
                now = _held(now, low, high)
            case RoundOff(places=places, mode=mode):
                low, high = (None if end is None else round_to(end, places, mode) for end in (now.low, now.high))
                now = Range(low, high)
        found.append(now)
    return found


def backward(steps: tuple[Step, ...], after: Range, closings: Mapping[str, Range]) -> list[Range]:
    """What the balance may have been after the opening 0 and after each step, for it to end in the range."""
    now, found = after, [after]
    for step in reversed(steps):
        match step:
            case Add(terms=terms):
                for path, factor in terms:
                    now = now.plus(closings[path].times(-factor))
            case Hold(low=low, high=high):
                now = before_clamp(now, low, high)
            case RoundOff(places=places, mode=mode):
                now = before_rounding(now, places, mode)
        found.append(now)
        if now.empty:
            found += [now] * (len(steps) + 1 - len(found))
            break
    return found[::-1]


def possible(steps: tuple[Step, ...], after: Range, closings: Mapping[str, Range], path: str) -> Range:
    """Where one part may have closed, so that the whole ends in the range: the exact inversion of the steps.

    `closings` holds the range of every part, also that of `path` as far as it is known by itself. Empty where no closing
    gives such an end.
    """
    ahead, behind = forward(steps, closings), backward(steps, after, closings)
    found = closings[path]
    for index, step in enumerate(steps):
        # A part that is worth nothing may have closed anywhere.
        if not isinstance(step, Add) or not dict(step.terms).get(path):
            continue
        room = behind[index + 1]
        if room.empty:
            return room
        room = room.plus(ahead[index].times(Fraction(-1)))
        for other, factor in step.terms:
            if other != path:
                room = room.plus(closings[other].times(-factor))
        found = found.meet(room.times(1 / dict(step.terms)[path]))
    return found


def reachable(steps: tuple[Step, ...], after: Range, closings: Mapping[str, Range]) -> bool:
    """Do any closings in their ranges end in the range?"""
    ahead, behind = forward(steps, closings), backward(steps, after, closings)
    return not any(a.meet(b).empty for a, b in zip(ahead, behind, strict=True))


def _held(now: Range, low: Fraction | None, high: Fraction | None) -> Range:
    bottom, bottom_in, top, top_in = now.low, now.low_in, now.high, now.high_in
    if low is not None and (bottom is None or bottom < low):
        bottom, bottom_in = low, True
    if high is not None and (top is None or top > high):
        top, top_in = high, True
    if bottom is not None and top is not None and bottom > top:
        return exactly(top) if high is not None and bottom > high else exactly(bottom)
    return Range(bottom, top, bottom_in, top_in)
