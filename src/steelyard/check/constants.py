"""Values that are written out."""

from __future__ import annotations

from fractions import Fraction

from steelyard.syntax import nodes as n


def constant(expression: n.Expression) -> Fraction | None:
    """The value of an expression made of literals alone."""
    match expression:
        case n.Number():
            return expression.value
        case n.Operation(operator="neg", operands=(operand,)):
            value = constant(operand)
            return None if value is None else -value
        case n.Operation(operator="+" | "*" | "/" as operator, operands=operands):
            values = [constant(operand) for operand in operands]
            known = [value for value in values if value is not None]
            if len(known) < len(values):
                return None
            result = known[0]
            for value in known[1:]:
                if operator == "/" and value == 0:
                    return None
                result = result + value if operator == "+" else result * value if operator == "*" else result / value
            return result
        case _:
            return None
