"""By how much a condition missed: what would have had to be different for a rule to fire."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from steelyard.trace.model import Expr
from steelyard.values.states import Unknown


@frozen
class Miss:
    """One comparison that decided against a condition."""

    comparison: Expr
    by: Fraction | None
    """How far the left side would have to move; None where it is no comparison of numbers."""

    @property
    def above(self) -> bool:
        """Does the left side lie above where it would have to be?"""
        left, right = (arg.value for arg in self.comparison.args)
        return isinstance(left, Fraction) and isinstance(right, Fraction) and left > right


def misses(condition: Expr) -> tuple[Miss, ...]:
    """The comparisons to blame for a condition that does not hold, the nearest first."""
    found = list(_deciding(condition, wanted=True))
    return tuple(sorted(found, key=lambda miss: (miss.by is None, miss.by or Fraction(0))))


def _deciding(expr: Expr, *, wanted: bool) -> list[Miss]:
    """The comparisons that keep `expr` from having the wanted truth."""
    if isinstance(expr.value, Unknown) or expr.value is wanted:
        return []
    match expr.op:
        case "and" | "or":
            return [miss for arg in expr.args for miss in _deciding(arg, wanted=wanted)]
        case "not":
            return _deciding(expr.args[0], wanted=not wanted)
        case "<" | "<=" | ">" | ">=" | "=":
            left, right = (arg.value for arg in expr.args)
            both = isinstance(left, Fraction) and isinstance(right, Fraction)
            return [Miss(expr, abs(left - right) if both else None)]  # type: ignore[operator]  # both are numbers
        case _:
            return [Miss(expr, None)]


def nearness(condition: Expr) -> Fraction | None:
    """How far a condition is from holding, for ranking misses of different things (points, days, rates): of one comparison
    the distance of its sides as a share of the larger one, 0 on the edge. Of what must all hold the furthest counts, of
    alternatives the nearest. None where no number says it."""
    return _far(condition, wanted=True)


def _far(expr: Expr, *, wanted: bool) -> Fraction | None:
    if isinstance(expr.value, Unknown) or expr.value is wanted:
        return Fraction(0)
    match expr.op:
        case "not":
            return _far(expr.args[0], wanted=not wanted)
        case "and" | "or":
            found = [_far(arg, wanted=wanted) for arg in expr.args]
            known = [far for far in found if far is not None]
            if (expr.op == "and") is wanted:  # All of them have to change.
                return None if len(known) < len(found) else max(known, default=None)
            return min(known, default=None)
        case "<" | "<=" | ">" | ">=" | "=":
            left, right = (arg.value for arg in expr.args)
            if not (isinstance(left, Fraction) and isinstance(right, Fraction)):
                return None
            larger = max(abs(left), abs(right))
            return abs(left - right) / larger if larger else Fraction(0)
        case _:
            return None
