"""Where the points went, or where they came from: what every entry took from a score or gave it, and its worth in the
total."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from steelyard.trace.model import Entry, PartResult, Quantity, Trace
from steelyard.values.intervals import Interval

TOTAL = "total"


@frozen
class Effect:
    """Points lost at one entry (or, negative, gained back); of a scheme in which fewer are better, points given there (or,
    negative, taken off)."""

    entry: Entry
    part: str
    points: Fraction
    """On the part's own scale."""
    on_total: Fraction | None
    """What they are worth in the total; None where a factor is not determined, or where the part is not added up into
    it (`score lowest(parts)`)."""


def effects(trace: Trace) -> tuple[Effect, ...]:
    """What explains the total to its reader: the points given where fewer are better, else those lost."""
    return points_given(trace) if trace.header.fewer_better else losses(trace)


def losses(trace: Trace) -> tuple[Effect, ...]:
    """All losses, in the order of the trace. Of an exact trace those worth something in the total add up to full points −
    total. Bonus and penalty parts lose nothing themselves: what they carry is a gain or loss of the part around them."""
    return _of_entries(trace, _lost)


def points_given(trace: Trace) -> tuple[Effect, ...]:
    """All points given, in the order of the trace. Of an exact trace those worth something in the total add up to it."""
    return _of_entries(trace, lambda entry, full: _given(entry))


def _of_entries(trace: Trace, points_of: Callable[[Entry, Quantity], Fraction | None]) -> tuple[Effect, ...]:
    scales = _Scales.of(trace)
    found: list[Effect] = []
    for entry in trace.entries:
        if not scales.outside(entry.part):
            if entry.kind == "override" and isinstance(entry.before, Interval):
                # What came before is not known in all, and it does not count.
                found = [effect for effect in found if not scales.inside(effect.part, entry.part)]
            points = points_of(entry, scales.full(entry.part))
            if points:
                found.append(Effect(entry, entry.part, points, scales.on_total(points, entry.part)))
    return tuple(found)


def ranked(found: Iterable[Effect]) -> list[Effect]:
    """The largest in the total first; equal ones in the order of the trace."""
    return sorted(found, key=lambda effect: -abs(effect.points if effect.on_total is None else effect.on_total))


@frozen
class _Scales:
    """What points of each part are worth in the total."""

    parts: Mapping[str, PartResult]
    total: Quantity
    carried: frozenset[str]
    rescaled: Quantity

    @classmethod
    def of(cls, trace: Trace) -> _Scales:
        rescaled = (entry.factor for entry in trace.entries if entry.kind == "rescale" and entry.factor is not None)
        return cls(
            {part.path: part for part in trace.result.parts},
            trace.result.full,
            frozenset(entry.name for entry in trace.entries if entry.kind == "carry" and entry.name is not None),
            next(rescaled, Fraction(1)),
        )

    def full(self, path: str) -> Quantity:
        return self.parts[path].full if path in self.parts else self.total

    def outside(self, path: str) -> bool:
        """Is it a bonus or penalty part, or inside one?"""
        while path in self.parts:
            if self.parts[path].kind in ("bonus", "penalty"):
                return True
            path = self.parts[path].inside
        return False

    def inside(self, path: str, part: str) -> bool:
        """Is it the part, or inside it?"""
        while path in self.parts and path != part:
            path = self.parts[path].inside
        return path == part

    def on_total(self, points: Fraction, path: str) -> Fraction | None:
        if path == TOTAL:
            return points
        while path in self.parts:
            factor = self.parts[path].factor
            if path not in self.carried or not isinstance(factor, Fraction):
                return None
            points, path = points * factor, self.parts[path].inside
        return points * self.rescaled if isinstance(self.rescaled, Fraction) else None


def _lost(entry: Entry, full: Quantity) -> Fraction | None:
    """What one entry took from full points; None where nothing, or where it is not determined."""
    before, after, applied = entry.before, entry.after, entry.applied
    match entry.kind:
        case "move" | "group" if entry.role in ("deduct", "award") and isinstance(applied, Fraction):
            return applied if entry.role == "deduct" else -applied
        case "judge" if isinstance(applied, Fraction) and isinstance(entry.high, Fraction) and after is not None:
            return entry.high - applied
        case "clamp" if entry.role == "opening" and entry.name in ("scores", "start"):
            # A part that adds up its scores, or starts lower, loses what they leave open. One of judgements or parts has
            # its own entries.
            return full - after if isinstance(full, Fraction) and isinstance(after, Fraction) else None
        case "skip" if before is None and isinstance(full, Fraction) and isinstance(after, Fraction):
            return full - after
        case "override" if isinstance(before, Interval) and isinstance(full, Fraction) and isinstance(after, Fraction):
            return full - after
        case "round" | "clamp" | "limit" | "override" if isinstance(before, Fraction) and isinstance(after, Fraction):
            return before - after
        case _:
            return None


def _given(entry: Entry) -> Fraction | None:
    """What one entry gave to a balance that begins at 0; None where nothing, or where it is not determined.
    What inner parts carry is told by their own entries."""
    before, after, applied = entry.before, entry.after, entry.applied
    match entry.kind:
        case "move" | "group" if after is not None and isinstance(applied, Fraction):
            return -applied if entry.role == "deduct" else applied
        case "judge" if after is not None and isinstance(applied, Fraction):
            return applied
        case "open" | "skip" if before is None and isinstance(after, Fraction):
            return after
        case "override" if isinstance(before, Interval) and isinstance(after, Fraction):
            return after
        case "round" | "clamp" | "limit" | "override" if isinstance(before, Fraction) and isinstance(after, Fraction):
            return after - before
        case _:
            return None
