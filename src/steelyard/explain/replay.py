"""The total of a trace with some of its entries left out, worked out from the trace alone.

Every entry behind one that is left out is done again on the balance that it then finds: moves stop at the floor and at the
top, bounds and limits hold, roundings round. Statements keep their conditions: where one reads a score and would come out the
other way, or where an amount is made of more than plain arithmetic, there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from fractions import Fraction

from attrs import define, field, frozen

from steelyard.explain.again import Again, NotSaidError, Place
from steelyard.trace.model import Entry, Expr, Quantity, Trace
from steelyard.values.numbers import Rounding, round_to
from steelyard.values.states import Unknown, Value

TOTAL = "total"
_ZERO = Fraction(0)
_ROW = re.compile(r"\[[^]]*\]")
_NOT_OF_POINTS = ("check", "grade", "regrade", "batch")


@frozen
class Spot:
    """What is left out: the effect of an entry (a move, a rounding), or a rounding inside its condition or expression."""

    number: int
    """Of the entry."""
    inside: tuple[str, Place] | None = None
    """`condition` or `expression`, and the node."""


@frozen
class Replay:
    """One trace, made ready to be asked several times."""

    trace: Trace
    entries: tuple[Entry, ...]
    """Those that a total depends on."""
    floors: Mapping[str, Quantity]
    tops: Mapping[str, Quantity]

    @classmethod
    def of(cls, trace: Trace) -> Replay:
        clamps = [entry for entry in trace.entries if entry.kind == "clamp"]
        return cls(
            trace,
            tuple(entry for entry in trace.entries if entry.kind not in _NOT_OF_POINTS),
            {entry.part: entry.low for entry in clamps if entry.low is not None},
            {entry.part: entry.high for entry in clamps if entry.high is not None},
        )

    def without(self, left_out: Collection[Spot]) -> Fraction | None:
        """The total without them; None where it cannot be said, or there is no exact one."""
        total = self.trace.result.total
        if not isinstance(total, Fraction):
            return None
        run = _Run(self, left_out)
        try:
            for entry in self.entries:
                run.step(entry)
        except NotSaidError:
            return None
        return run.closed.get(TOTAL, total)


@define
class _Run:
    """Only what differs from the trace is kept."""

    replay: Replay
    left_out: Collection[Spot]
    balances: dict[str, Fraction] = field(factory=dict)
    closed: dict[str, Fraction] = field(factory=dict)
    """By the path of the part."""
    scores: dict[str, tuple[Fraction, Fraction]] = field(factory=dict)
    """By what expressions call a part: its closing in the trace, and now."""
    lets: dict[str, Value] = field(factory=dict)
    nodes: dict[int, dict[str, frozenset[Place]]] = field(init=False)
    gone: frozenset[int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.gone = frozenset(spot.number for spot in self.left_out if spot.inside is None)
        self.nodes = {}
        for spot in self.left_out:
            if spot.inside is not None:
                tree, place = spot.inside
                places = self.nodes.setdefault(spot.number, {})
                places[tree] = places.get(tree, frozenset()) | {place}

    def step(self, entry: Entry) -> None:
        value = self.reads(entry)
        if entry.kind == "let":
            self.let(entry, value)
            return
        if entry.kind == "close":
            self.close(entry)
            return
        itself = entry.number in self.gone or value is not None
        if itself and (entry.group is not None or entry.kind == "restore"):
            raise NotSaidError  # What it is a part of would ask something else.
        itself = itself or (entry.kind == "carry" and entry.name in self.closed)
        if entry.after is None or not (itself or entry.part in self.balances):
            return
        after = self.after(entry, value)
        if after == entry.after:
            self.balances.pop(entry.part, None)
        else:
            self.balances[entry.part] = after

    def reads(self, entry: Entry) -> Value | None:
        """What its expression comes to, where that is another value. A condition must come out as it did."""
        if not (self.scores or self.lets or entry.number in self.nodes):
            return None
        places = self.nodes.get(entry.number, {})
        if entry.condition is not None:
            held = Again(self.leaf, places.get("condition", frozenset())).value(entry.condition)
            if held != entry.condition.value:
                raise NotSaidError
        if entry.expression is None:
            return None
        found = Again(self.leaf, places.get("expression", frozenset())).value(entry.expression)
        if found == entry.expression.value:
            return None
        if isinstance(found, Unknown):
            raise NotSaidError
        return found

    def leaf(self, expr: Expr) -> Value | Unknown:
        if expr.op == "let":
            return self.lets.get(expr.ref or "", expr.value)
        if not self.scores:
            return expr.value
        path, _, facet = (expr.ref or "").partition(":")
        if expr.ref is None or facet == "grade":
            raise NotSaidError
        if path not in self.scores or facet == "full":
            return expr.value
        was, now = self.scores[path]
        if not isinstance(expr.value, Fraction) or was == 0:
            raise NotSaidError
        return expr.value * now / was  # Score, rate and points of a part go up and down together.

    def let(self, entry: Entry, value: Value | None) -> None:
        if value is None:
            self.lets.pop(entry.rule, None)
        else:
            self.lets[entry.rule] = value

    def close(self, entry: Entry) -> None:
        names = {entry.part, _ROW.sub("", entry.part)}
        now = self.balances.get(entry.part)
        for name in names:
            self.scores.pop(name, None)
            if now is not None:
                self.scores[name] = _exact(entry.after), now
        if now is not None:
            self.closed[entry.part] = now

    def after(self, entry: Entry, value: Value | None) -> Fraction:
        """The balance behind the entry."""
        if entry.before is None:
            # It opens the part.
            if value is None:
                return _exact(entry.after)
            return _exact(value if isinstance(value, Fraction) else None)
        before = self.balances.get(entry.part)
        before = _exact(entry.before) if before is None else before
        if entry.number in self.gone:
            return before
        match entry.kind:
            case "carry":
                closing = self.closed.get(entry.name or "")
                return before + (_exact(entry.asked) if closing is None else closing) * _exact(entry.factor)
            case "judge":
                return before + _exact(entry.applied)
            case "move" | "group":
                return self.moved(entry, before, self.asked(entry, value))
            case "clamp":
                return _between(before, entry.low, entry.high)
            case "limit" if entry.status in ("applied", "without effect"):
                return _ZERO if entry.role == "zero" else min(before, _exact(entry.cap))
            case "limit" if entry.status == "not met" or entry.status == "waived":
                return before
            case "round" if entry.places is not None and entry.mode is not None:
                return round_to(before, entry.places, Rounding(entry.mode))
            case "rescale":
                return before * _exact(entry.factor)
            case "override":
                return _exact(entry.applied)
            case _:
                raise NotSaidError

    def asked(self, entry: Entry, value: Value | None) -> Fraction:
        if entry.status not in ("applied", "without effect"):
            if entry.status == "undetermined":
                raise NotSaidError
            return _ZERO
        if value is None:
            return _exact(entry.asked)
        if not isinstance(value, Fraction) or value < 0 or entry.restored:
            raise NotSaidError
        return value if entry.cap is None else min(value, _exact(entry.cap))

    def moved(self, entry: Entry, before: Fraction, asked: Fraction) -> Fraction:
        """Deductions stop at the floor, awards at the top; scores are held only after all."""
        floor, top = self.replay.floors.get(entry.part), self.replay.tops.get(entry.part)
        match entry.role:
            case "deduct":
                return before - asked if floor is None else max(before - asked, min(_exact(floor), before))
            case "award":
                return before + asked if top is None else min(before + asked, max(_exact(top), before))
            case _:
                return before + asked


def _between(before: Fraction, low: Quantity | None, high: Quantity | None) -> Fraction:
    held = before if low is None else max(before, _exact(low))
    return held if high is None else min(held, _exact(high))


def _exact(quantity: Quantity | None) -> Fraction:
    if not isinstance(quantity, Fraction):
        raise NotSaidError
    return quantity
