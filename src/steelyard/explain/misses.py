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
