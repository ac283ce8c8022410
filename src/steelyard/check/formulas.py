"""`total = (a + b) / 10`: what a formula over the scores of parts comes to where every part has full points."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from steelyard.bind.symbols import PartSymbol, Symbol
from steelyard.check.constants import constant
from steelyard.source import RulePath
from steelyard.syntax import nodes as n

ONE = Fraction(1)


def at_full(
    expression: n.Expression, refers_to: Mapping[int, Symbol], full: Mapping[RulePath, Fraction | None]
) -> Fraction | None:
    """None where a part is taken off or divided by, so that full points are not the most, and where the data are read."""
    known = constant(expression)
    if known is not None:
        return known
    match expression:
        case n.Name() | n.FieldOf():
            match refers_to.get(expression.key):
                case PartSymbol(path, "score" | "full"):
                    return full.get(path)
                case PartSymbol(facet="rate"):
                    return ONE
                case _:
                    return None
        case n.Operation("/", (value, *divisors)):
            return _divided(at_full(value, refers_to, full), [constant(divisor) for divisor in divisors])
        case n.Operation("+" | "*" as operator, operands):
            return _together(operator, [at_full(operand, refers_to, full) for operand in operands])
        case _:
            return None


def _divided(value: Fraction | None, divisors: list[Fraction | None]) -> Fraction | None:
    for divisor in divisors:
        if value is None or divisor is None or divisor <= 0:
            return None
        value /= divisor
    return value


def _together(operator: str, values: list[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    if len(known) < len(values) or (operator == "*" and any(value < 0 for value in known)):
        return None
    result = known[0]
    for value in known[1:]:
        result = result + value if operator == "+" else result * value
    return result
