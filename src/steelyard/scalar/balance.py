"""The running balance of one part, and how statements change it."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import attrs
from attrs import define

from steelyard.core import nodes as c
from steelyard.trace.model import Quantity
from steelyard.values import intervals as iv
from steelyard.values.intervals import EVERYTHING, Interval
from steelyard.values.numbers import within_bits
from steelyard.values.states import Cause, Unknown

ZERO = Fraction(0)
NOTHING = iv.exactly(ZERO)
ONCE = iv.exactly(Fraction(1))

World = Literal["in", "redistribute", "rescale"]
"""What may become of a part: it counts, or it is skipped in one of two ways."""
IN: frozenset[World] = frozenset({"in"})


@define(eq=False)
class Balance:
    """One part of one record, while it runs and after: an account, or of a looped one the part of one row."""

    account: c.Account
    path: str
    """The part's id in the trace: the account's path, with the keys of the rows around it."""
    inside: str
    title: str | None = None
    called: str | None = None
    """Its title, where that alone says which part is meant."""
    full: Interval = NOTHING
    share: Interval = NOTHING
    factor: Interval = ONCE
    """What one point is worth one level up; the parent multiplies it where it redistributes shares."""
    floor: Interval | None = NOTHING
    """None: none."""
    top: Interval | None = NOTHING
    now: Interval = NOTHING
    opened: bool = False
    ended: bool = False
    """Nothing more of its body runs."""
    basis: str = "full"
    """What it opened with."""
    asked: dict[str, Interval] = attrs.field(factory=dict)
    """What the moves of a role asked for, summed."""
    blame: frozenset[str] = frozenset()
    causes: frozenset[Cause] = frozenset()
    worlds: frozenset[World] = IN
    """How it may end."""
    given: list[Interval] = attrs.field(factory=list)
    """What it may be given instead by a skip that is not determined."""
    doubt: list[Unknown] = attrs.field(factory=list)
    """Why it is not known whether it counts, and what it weighs."""
    counts: bool = True
    """False: its row may not count, and then there is no such part."""
    perhaps: bool = False
    """A part around it may be skipped, or given its points, and this one then with it."""
    children: list[Balance] = attrs.field(factory=list)
    """Its ordinary parts, in order."""
    lost: list[tuple[c.Each, Unknown]] = attrs.field(factory=list)
    """Loops of parts over a list that is not known."""
    out: Interval = NOTHING
    """Points inside it that a `rescaling total` takes out."""
    computed: Quantity | None = None
    """What the rules came to, where a person set another score."""
    grade: str | None = None
    possible: tuple[str, ...] = ()
    grade_doubt: Unknown | None = None
    """Why it may be several."""

    @property
    def skipped(self) -> bool | None:
        """Is it left out of the score? None: it may be."""
        return True if "in" not in self.worlds else False if self.worlds == IN else None

    def why(self, unknown: Unknown | None) -> None:
        """Keep what leaves the balance open, while it is open."""
        if unknown is not None and self.now.point is None:
            self.blame |= unknown.blame
            self.causes |= at_bottom(unknown.causes)


def at_bottom(causes: frozenset[Cause]) -> frozenset[Cause]:
    """A score is open because something in it is undefined."""
    return causes - {Cause.OPEN} | {Cause.UNDEFINED} if Cause.OPEN in causes else causes


def held(now: Interval, floor: Interval | None, top: Interval | None) -> Interval:
    """The balance between floor and top."""
    if floor is not None:
        now = iv.maximum([now, floor])
    return now if top is None else iv.minimum([now, top])


def moved(balance: Balance, role: str, asked: Interval) -> Interval:
    """The balance after a move: deductions stop at the floor, awards at the top; scores are held only after all."""
    match role:
        case "deduct":
            lower = iv.add(balance.now, iv.negate(asked))
            return lower if balance.floor is None else iv.maximum([lower, iv.minimum([balance.floor, balance.now])])
        case "award":
            higher = iv.add(balance.now, asked)
            return higher if balance.top is None else iv.minimum([higher, iv.maximum([balance.top, balance.now])])
        case _:
            return iv.add(balance.now, asked)


def applied_part(balance: Balance, role: str, before: Interval, asked: Interval) -> Quantity:
    """The part of what was asked that had effect."""
    if role == "deduct" and balance.floor is not None:
        room = iv.add(before, iv.negate(balance.floor))
    elif role == "award" and balance.top is not None:
        room = iv.add(balance.top, iv.negate(before))
    else:
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
    floor = None if balance.floor is None else balance.floor.low
    top = None if balance.top is None else balance.top.high
    if role == "score":
        return EVERYTHING if floor is None else iv.NOT_NEGATIVE
    return Interval(floor, top)
