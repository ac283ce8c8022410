"""Aggregates: of the rows of a list, of parts, of the records of a batch.

Where all values are known the result is exact. Else it is enclosed: by the same aggregate of the low ends and of the high
ends, for all of them rise with each of their values; and where it is not known which values count, by what any choice of
them may come to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import frozen

from steelyard.core.nodes import FoldOp
from steelyard.scalar.operations import cells_of, enclosure, merge, narrowed, undefined, units_clash
from steelyard.trace.model import Expr
from steelyard.values import intervals as iv
from steelyard.values.intervals import EVERYTHING, Interval
from steelyard.values.numbers import within_bits
from steelyard.values.states import Cause, Unknown, Value

FOLDS = frozenset({"count", "sum", "average", "median", "lowest", "highest", "any", "every"})
_ZERO = Fraction(0)


@frozen
class Item:
    """One value of an aggregate."""

    value: Expr
    perhaps: Expr | None = None
    """Where it is not known whether the value counts: the condition that is not known."""


def fold(
    op: FoldOp,
    items: Sequence[Item],
    *,
    distinct: bool = False,
    ignoring_missing: bool = False,
    dropping: int | None = None,
) -> Expr:
    """The aggregate, with its values as arguments. Over nothing, `count` and `sum` are 0, `every` is yes and `any` no;
    the others are undefined."""
    if ignoring_missing:
        items = [item for item in items if not _is_missing(item.value)]
    shown = tuple(_shown(op, item) for item in items)
    which = "distinct" if distinct else None if dropping is None else f"dropping {dropping}"
    match op:
        case "any" | "every":
            return Expr(op, _logic(op, items), shown)
        case "count":
            value = _distinct(items) if distinct else _count(items, dropping)
            return Expr(op, value, shown, which)
        case _:
            percent = any(item.value.percent for item in items)
            return Expr(op, _number(op, items, shown, dropping), shown, which, percent)


def without_rows(op: FoldOp, causes: Unknown) -> Unknown:
    """The aggregate of a list that is not there."""
    return Unknown(causes.causes, causes.blame, iv.NOT_NEGATIVE if op == "count" else EVERYTHING)


# ---- yes and no


def _logic(op: FoldOp, items: Sequence[Item]) -> bool | Unknown:
    """Kleene's logic: a row that may not count decides nothing by itself."""
    decides = op == "any"
    if any(item.value.value is decides and item.perhaps is None for item in items):
        return decides
    open_items = [item for item in items if item.value.value is not (not decides)]
    return merge(_all(open_items)) if open_items else not decides


# ---- counts


def _count(items: Sequence[Item], dropping: int | None) -> Value | Unknown:
    counts = [_left(n, dropping) for n in _possible_sizes(items)]
    unknown = merge(item.perhaps for item in items if item.perhaps is not None)
    return narrowed(unknown, Interval(Fraction(min(counts)), Fraction(max(counts))))


def _distinct(items: Sequence[Item]) -> Value | Unknown:
    """How many different values: those known to count, to all that may be there and may differ."""
    certain = [item.value.value for item in items if item.perhaps is None]
    known = {value for value in certain if not isinstance(value, Unknown)}
    possible = {item.value.value for item in items if not isinstance(item.value.value, Unknown)}
    open_values = sum(isinstance(item.value.value, Unknown) for item in items)
    low = max(len(known), 1 if certain else 0)
    return narrowed(merge(_all(items)), Interval(Fraction(low), Fraction(len(possible) + open_values)))


# ---- numbers


def _number(op: FoldOp, items: Sequence[Item], shown: Sequence[Expr], dropping: int | None) -> Value | Unknown:
    values = [item.value for item in items]
    clash = next((found for value in values[1:] if (found := units_clash(values[0], value))), None)
    if clash is not None:
        return clash
    sizes = [_left(n, dropping) for n in _possible_sizes(items)]
    if op == "sum" and not items:
        return _ZERO
    if op != "sum" and max(sizes) == 0:
        return undefined(shown)
    unknown = merge(_all(items))
    if op != "sum" and min(sizes) == 0:
        # There may be no value at all, and then it is anything.
        return Unknown(unknown.causes | {Cause.UNDEFINED}, unknown.blame)
    if any(item.perhaps is not None for item in items):
        return narrowed(unknown, _of_some(op, items, trimmed=dropping is not None))
    ranges = [enclosure(value.value) for value in values]
    within = Interval(
        _of_all(op, _trimmed(_ordered(low for low, _ in map(_ends, ranges)), dropping)),
        _of_all(op, _trimmed(_ordered(high for _, high in map(_ends, ranges)), dropping)),
    )
    value = narrowed(unknown, within)
    if isinstance(value, Fraction) and not within_bits(value):
        return Unknown(frozenset({Cause.TOO_BIG}), cells_of(shown))
    return value


# An end of a range: the number, or −1 or +1 for an open one. Ordered as the line is.
_End = tuple[int, Fraction]


def _ends(within: Interval) -> tuple[_End, _End]:
    return (
        (-1, _ZERO) if within.low is None else (0, within.low),
        (1, _ZERO) if within.high is None else (0, within.high),
    )


def _ordered(ends: Iterable[_End]) -> list[_End]:
    return sorted(ends)


def _trimmed(ends: list[_End], dropping: int | None) -> list[_End]:
    """Without one of the highest and one of the lowest, where there are enough."""
    return ends if dropping is None or len(ends) < dropping else ends[1:-1]


def _of_all(op: FoldOp, ends: Sequence[_End]) -> Fraction | None:
    """The aggregate of ends in order; None where it is open."""
    match op:
        case "lowest":
            chosen = ends[:1]
        case "highest":
            chosen = ends[-1:]
        case "median":
            chosen = ends[(len(ends) - 1) // 2 : len(ends) // 2 + 1]
        case _:
            chosen = ends
    if any(side for side, _ in chosen):
        return None
    total = sum((value for _, value in chosen), _ZERO)
    return total if op == "sum" else total / len(chosen)


def _of_some(op: FoldOp, items: Sequence[Item], *, trimmed: bool) -> Interval:
    """Where it is not known which values count."""
    ranges = [enclosure(item.value.value) for item in items]
    certain = [r for r, item in zip(ranges, items, strict=True) if item.perhaps is None]
    match op:
        case "sum":
            with_nothing = [
                within if item.perhaps is None and not trimmed else iv.hull([iv.exactly(_ZERO), within])
                for within, item in zip(ranges, items, strict=True)
            ]
            total = iv.exactly(_ZERO)
            for within in with_nothing:
                total = iv.add(total, within)
            return total
        case "lowest" if certain and not trimmed:
            return Interval(iv.hull(ranges).low, iv.minimum(certain).high)
        case "highest" if certain and not trimmed:
            return Interval(iv.maximum(certain).low, iv.hull(ranges).high)
        case _:
            return iv.hull(ranges)


# ---- what may count


def _possible_sizes(items: Sequence[Item]) -> range:
    certain = sum(item.perhaps is None for item in items)
    return range(certain, len(items) + 1)


def _left(count: int, dropping: int | None) -> int:
    """How many values are left of so many."""
    return count if dropping is None or count < dropping else max(0, count - 2)


def _all(items: Iterable[Item]) -> list[Expr]:
    """The values, and the conditions that are not known."""
    return [expr for item in items for expr in (item.perhaps, item.value) if expr is not None]


def _is_missing(expr: Expr) -> bool:
    return isinstance(expr.value, Unknown) and Cause.MISSING in expr.value.causes


def _shown(op: FoldOp, item: Item) -> Expr:
    """The value; under its condition where that is not known."""
    if item.perhaps is None:
        return item.value
    unknown = merge((item.perhaps, item.value))
    within = enclosure(item.value.value)
    if op in ("sum", "count"):
        within = iv.hull([iv.exactly(_ZERO), within])
    return Expr("if", Unknown(unknown.causes, unknown.blame, within), (item.perhaps, item.value))
