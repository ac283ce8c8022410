"""The ledger: at every part, what it opened with and every effect add up exactly to what it closed with.

Where data are missing balances are enclosures: their ends are no sum of effects, and only the chain of entries is checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

from steelyard.trace.model import Entry, Quantity
from steelyard.values.intervals import Interval
from steelyard.values.numbers import Rounding, round_to

_ZERO = Fraction(0)


class LedgerError(AssertionError):
    """A run that does not close. It is our mistake, and nothing may swallow it."""


def verify_ledger(entries: Sequence[Entry]) -> None:
    """Every entry's `before` is the previous `after` of its part, every effect is what the entry says it is, what a part
    carries is its closing, and every part closes. Raises LedgerError naming the entry."""
    balance: dict[str, Quantity | None] = {}
    closed: dict[str, Quantity | None] = {}
    members: dict[str, list[Entry]] = {}
    grades: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for entry in entries:
        _require(_asks_what_it_says(entry, members), entry, "asks something else than it says")
        if entry.group is not None:
            members.setdefault(entry.group, []).append(entry)
        if entry.kind in ("grade", "regrade"):
            _require(_grade_follows(entry, grades), entry, "does not go on where the last grade ended")
        if entry.kind == "close" and entry.part in closed:
            raise LedgerError(f"entry {entry.number}: part {entry.part} closes twice")
        if entry.kind == "close":
            closed[entry.part] = entry.after
        if entry.before is None and entry.after is None:
            continue
        if entry.before is None:
            _require(entry.kind in ("open", "skip") and entry.part not in balance, entry, "opens twice")
        else:
            _require(entry.before == balance.get(entry.part), entry, "does not go on where the last entry ended")
        if entry.kind == "carry":
            _require(entry.asked == closed.get(entry.name or ""), entry, "carries another closing")
        _require(_effect_holds(entry), entry, "has another effect than it says")
        balance[entry.part] = entry.after
    for part in balance:
        if part not in closed:
            raise LedgerError(f"part {part} does not close")


def _effect_holds(entry: Entry) -> bool:
    """Is `after` what the entry makes of `before`?"""
    before, after, applied = entry.before, entry.after, entry.applied
    if entry.kind == "open":
        return after == applied
    if not (isinstance(before, Fraction) and isinstance(after, Fraction)):
        return True
    match entry.kind:
        case "move" | "group" | "carry" | "judge":
            if not isinstance(applied, Fraction):
                return before == after
            return after - before == (-applied if entry.role == "deduct" else applied)
        case "rescale":
            return not isinstance(entry.factor, Fraction) or after == before * entry.factor
        case "override":
            return after == applied and before == entry.asked
        case "limit":
            return after == _limited(entry, before)
        case "round":
            assert entry.places is not None and entry.mode is not None, "a rounding says how"
            return after == round_to(before, entry.places, Rounding(entry.mode))
        case "clamp":
            return after == _held(entry, before)
        case "batch" | "let" | "each" | "skip" | "redistribute" | "restore" | "close" | "grade" | "regrade" | "check":
            return before == after
        case _:
            assert_never(entry.kind)


def _limited(entry: Entry, before: Fraction) -> Fraction:
    if entry.status not in ("applied", "without effect"):
        return before
    if entry.role == "zero":
        return _ZERO
    return min(before, entry.cap) if isinstance(entry.cap, Fraction) else before


def _held(entry: Entry, before: Fraction) -> Fraction:
    held = max(before, entry.low) if isinstance(entry.low, Fraction) else before
    return min(held, entry.high) if isinstance(entry.high, Fraction) else held


def _asks_what_it_says(entry: Entry, members: dict[str, list[Entry]]) -> bool:
    """Is what an entry asks, or multiplies by, what its own values come to?"""
    match entry.kind:
        case "move":
            given_back = members.pop(entry.rule, [])
            wanted = entry.expression.value if entry.expression is not None else None
            return _comes_to(entry, wanted, given_back)
        case "group":
            inside = members.pop(entry.rule, [])
            asking = [e.asked for e in inside if e.kind != "restore" and e.status in ("applied", "undetermined")]
            exact = [asked for asked in asking if isinstance(asked, Fraction)]
            if len(exact) < len(asking) or any(e.kind == "each" for e in inside):
                return True
            wanted = max(exact, default=_ZERO) if entry.mode == "highest" else sum(exact, _ZERO)
            return _comes_to(entry, wanted, [e for e in inside if e.kind == "restore"])
        case "redistribute":
            return _ratio(entry.factor, entry.asked, entry.applied)
        case "rescale":
            if not (isinstance(entry.high, Fraction) and isinstance(entry.asked, Fraction)):
                return True
            return _ratio(entry.factor, entry.high, entry.high - entry.asked)
        case "carry":
            factors = (entry.asked, entry.factor, entry.applied)
            asked, factor, applied = (f if isinstance(f, Fraction) else None for f in factors)
            return asked is None or factor is None or applied is None or applied == asked * factor
        case _:
            return True


def _comes_to(entry: Entry, wanted: object, given_back: list[Entry]) -> bool:
    """Is `asked` what was wanted, cut by `up to`, less what was given back?"""
    if entry.status not in ("applied", "without effect") or not isinstance(wanted, Fraction):
        return True
    back = [e.applied for e in given_back if e.kind == "restore"]
    exact = [applied for applied in back if isinstance(applied, Fraction)]
    if len(exact) < len(back) or not isinstance(entry.asked, Fraction) or isinstance(entry.cap, Interval):
        return True
    cut = min(wanted, entry.cap) if isinstance(entry.cap, Fraction) else wanted
    return entry.asked == max(cut - sum(exact, _ZERO), _ZERO) and (entry.restored or _ZERO) == sum(exact, _ZERO)


def _ratio(factor: Quantity | None, whole: Quantity | None, rest: Quantity | None) -> bool:
    if not (isinstance(factor, Fraction) and isinstance(whole, Fraction) and isinstance(rest, Fraction)):
        return True
    return factor * rest == whole


def _grade_follows(entry: Entry, grades: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> bool:
    """A regrade that fires moves every label that the grade may be; one that does not leaves them."""
    labels = (entry.label,) if entry.label is not None else entry.possible
    if entry.kind == "grade":
        grades[entry.part] = entry.scale, labels
        return set(labels) <= set(entry.scale)
    if entry.part not in grades:
        return False
    scale, before = grades[entry.part]
    grades[entry.part] = scale, labels
    if entry.status != "applied":
        return entry.status == "undetermined" or labels == before
    after = {regraded(entry.role or "", entry.name, entry.steps or 0, label, scale) for label in before or scale}
    return set(labels) == after


def regraded(how: str, named: str | None, steps: int, label: str, scale: tuple[str, ...]) -> str:
    """A label after a regrade that fires: `is` and `limit` and `not` name a grade, `lower` a number of steps."""
    place, last = scale.index(label), len(scale) - 1
    to = scale.index(named) if named in scale else last
    match how:
        case "is":
            return scale[to]
        case "lower":
            return scale[min(place + steps, last)]
        case "limit":
            return scale[max(place, to)]
        case "not":
            return scale[min(max(place, to + 1), last)]
        case _:
            raise LedgerError(f"no grade is moved by {how!r}")


def _require(holds: bool, entry: Entry, what: str) -> None:
    if not holds:
        raise LedgerError(f"entry {entry.number} ({entry.rule}, {entry.kind}) {what}")
