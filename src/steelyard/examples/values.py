"""What came out, in a few words that read the same in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from steelyard.trace.model import Expr, Quantity
from steelyard.values import intervals as iv
from steelyard.values.intervals import Interval
from steelyard.values.numbers import show
from steelyard.values.states import Unknown

COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})


def shown_value(test: Expr) -> str:
    """The value of an expression; of a comparison, what its sides that are not written out came to."""
    if test.op in COMPARISONS:
        computed = [arg for arg in test.args if arg.op != "const"] or list(test.args)
        return ", ".join(_value(arg) for arg in computed)
    if test.op in ("and", "or", "not"):
        return ", ".join(dict.fromkeys(shown_value(arg) for arg in test.args))
    return _value(test)


def _value(expr: Expr) -> str:
    match expr.value:
        case bool() as truth:
            return "yes" if truth else "no"
        case Fraction() as number:
            return f"{show(number * 100)}%" if expr.percent else show(number)
        case date() as day:
            return day.isoformat()
        case Unknown(within=within):
            return str(within)
        case other:
            return str(other)


def shown_quantity(quantity: Quantity) -> str:
    return show(quantity) if isinstance(quantity, Fraction) else str(quantity)


def total_of(quantities: Iterable[Quantity]) -> Fraction | Interval:
    """The sum of what several rules took or gave."""
    total: Interval = iv.exactly(Fraction(0))
    for quantity in quantities:
        total = iv.add(total, quantity if isinstance(quantity, Interval) else iv.exactly(quantity))
    return total if total.point is None else total.point
