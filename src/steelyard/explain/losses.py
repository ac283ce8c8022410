"""Where the points went: every loss of a score, with what it means for the total."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from steelyard.trace.model import Entry, PartResult, Quantity, Trace

TOTAL = "total"


@frozen
class Loss:
    """Points lost (or, negative, gained back) at one entry."""

    entry: Entry
    part: str
    points: Fraction
    """On the part's own scale."""
    on_total: Fraction | None
    """What they are worth in the total; None where a factor is not determined."""


def losses(trace: Trace) -> tuple[Loss, ...]:
    """All losses, in the order of the trace. Of an exact trace they add up to full points − total."""
    parts = {part.path: part for part in trace.result.parts}
    found = []
    for entry in trace.entries:
        points = _lost(entry)
        if points:
            found.append(Loss(entry, entry.part, points, _on_total(points, entry.part, parts)))
    return tuple(found)


def ranked(found: tuple[Loss, ...]) -> list[Loss]:
    """The largest loss in the total first; equal ones in the order of the trace."""
    return sorted(found, key=lambda loss: -abs(loss.on_total if loss.on_total is not None else loss.points))


def parent(path: str) -> str:
    """The part around a part."""
    return path.rpartition(".")[0] or TOTAL


def on_total(points: Fraction, path: str, trace: Trace) -> Fraction | None:
    """What points of a part are worth in the total."""
    return _on_total(points, path, {part.path: part for part in trace.result.parts})


def _on_total(points: Fraction, path: str, parts: Mapping[str, PartResult]) -> Fraction | None:
    while path != TOTAL:
        factor: Quantity = parts[path].factor
        if not isinstance(factor, Fraction):
            return None
        points, path = points * factor, parent(path)
    return points


def _lost(entry: Entry) -> Fraction | None:
    """What one entry took from full points; None where nothing, or where it is not determined."""
    before, after, applied = entry.before, entry.after, entry.applied
    match entry.kind:
        case "move" if entry.role == "deduct" and isinstance(applied, Fraction):
            return applied
        case "move" if entry.role == "award" and isinstance(applied, Fraction):
            return -applied
        case "judge" if isinstance(applied, Fraction) and isinstance(entry.high, Fraction) and after is not None:
            return entry.high - applied
        case "clamp" if entry.role == "opening" and isinstance(after, Fraction) and isinstance(entry.high, Fraction):
            # A part that adds up its scores loses what they leave open. One of judgements or parts has its own entries.
            return entry.high - after if entry.name == "scores" else None
        case "round" if isinstance(before, Fraction) and isinstance(after, Fraction):
            return before - after
        case _:
            return None
