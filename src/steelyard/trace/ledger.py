"""The ledger: at every part, what it opened with and every effect add up exactly to what it closed with."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from steelyard.trace.model import Entry
from steelyard.values.numbers import Rounding, round_to


class LedgerError(AssertionError):
    """A run that does not close. It is our mistake, and nothing may swallow it."""


def verify_ledger(entries: Sequence[Entry]) -> None:
    """Every entry's `before` is the previous `after` of its part, every effect is what the entry says it is, and every
    part closes. Raises LedgerError naming the entry."""
    balance: dict[str, object] = {}
    for entry in entries:
        if entry.before is None and entry.after is None:
            continue
        if entry.kind == "open":
            _require(entry.part not in balance, entry, "opens twice")
        else:
            _require(entry.before == balance.get(entry.part), entry, "does not go on where the last entry ended")
        _require(_effect_holds(entry), entry, "has another effect than it says")
        balance[entry.part] = entry.after
    closed = {entry.part for entry in entries if entry.kind == "close"}
    for part in balance:
        if part not in closed:
            raise LedgerError(f"part {part} does not close")


def _effect_holds(entry: Entry) -> bool:
    before, after, applied = entry.before, entry.after, entry.applied
    if entry.kind == "open":
        return after == applied
    if not (isinstance(before, Fraction) and isinstance(after, Fraction)):
        return True  # An enclosure: its ends are no sum of effects, only the chain can be checked.
    match entry.kind:
        case "move" | "carry" | "judge":
            if not isinstance(applied, Fraction):
                return before == after
            return after - before == (-applied if entry.role == "deduct" else applied)
        case "round":
            assert entry.places is not None and entry.mode is not None, "a rounding says how"
            return after == round_to(before, entry.places, Rounding(entry.mode))
        case "clamp":
            low, high = entry.low, entry.high
            if not (isinstance(low, Fraction) and isinstance(high, Fraction)):
                return True
            return after == min(max(before, low), high)
        case _:
            return before == after


def _require(holds: bool, entry: Entry, what: str) -> None:
    if not holds:
        raise LedgerError(f"entry {entry.number} ({entry.rule}, {entry.kind}) {what}")
