"""The running balance of one account, and how moves change it."""

from __future__ import annotations

from fractions import Fraction

import attrs
from attrs import define

from steelyard.core import nodes as c
from steelyard.trace.model import Quantity
from steelyard.values import intervals as iv
from steelyard.values.intervals import Interval
from steelyard.values.numbers import within_bits
from steelyard.values.states import Cause

ZERO = Fraction(0)
NOTHING = iv.exactly(ZERO)


@define
class Balance:
    """One account while it runs."""

    account: c.Account
    now: Interval = NOTHING
    floor: Interval = NOTHING
    top: Interval = NOTHING
    full: Interval = NOTHING
    basis: str = "full"
    """What it opened with."""
    asked: dict[str, Interval] = attrs.field(factory=dict)
    """What the moves of a role asked for, summed."""
    blame: frozenset[str] = frozenset()
    causes: frozenset[Cause] = frozenset()


def moved(balance: Balance, role: str, asked: Interval) -> Interval:
    """The balance after a move: deductions stop at the floor, awards at the top; scores are held only after all."""
    match role:
        case "deduct":
            return iv.maximum([iv.add(balance.now, iv.negate(asked)), iv.minimum([balance.floor, balance.now])])
        case "award":
            return iv.minimum([iv.add(balance.now, asked), iv.maximum([balance.top, balance.now])])
        case _:
            return iv.add(balance.now, asked)


def applied_part(balance: Balance, role: str, before: Interval, asked: Interval) -> Quantity:
    """The part of what was asked that had effect."""
    match role:
        case "deduct":
            room = iv.add(before, iv.negate(balance.floor))
        case "award":
            room = iv.add(balance.top, iv.negate(before))
        case _:
            return exact(asked)
    return exact(iv.maximum([iv.minimum([asked, room]), NOTHING]))


def exact(interval: Interval) -> Quantity:
    """The one point, where the interval is one."""
    return interval if interval.point is None else interval.point


def interval(quantity: Quantity) -> Interval:
    return iv.exactly(quantity) if isinstance(quantity, Fraction) else quantity


def too_big(now: Interval) -> bool:
    """Has an end grown past what is computed with?"""
    return any(end is not None and not within_bits(end) for end in (now.low, now.high))


def within_size(asked: Interval) -> Interval:
    """A sum of amounts, or all it may be where it has grown too big."""
    return iv.NOT_NEGATIVE if too_big(asked) else asked


def whole_range(balance: Balance, role: str) -> Interval:
    """All that a balance may be which cannot be computed any further."""
    if role == "score":
        return iv.NOT_NEGATIVE
    return Interval(balance.floor.low, balance.top.high)
