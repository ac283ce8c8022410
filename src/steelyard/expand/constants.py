"""Values that are written out: what a parameter or a code table may hold."""

from __future__ import annotations

from fractions import Fraction

from steelyard.syntax import nodes as n
from steelyard.syntax.keywords import keywords
from steelyard.values.numbers import POWER_LIMIT, within_bits


def constant(expression: n.Expression) -> n.Expression | None:
    """The number, text, date or yes/no that is written there; None for what only the data would know."""
    match expression:
        case n.Number() | n.Text() | n.Date():
            return expression
        case n.Name(name) if keywords().values.get(name) in ("yes", "no"):
            return expression
        case n.Operation():
            operands = [constant(operand) for operand in expression.operands]
            numbers = [operand for operand in operands if isinstance(operand, n.Number)]
            if len(numbers) < len(operands):
                return None
            value = _compute(expression.operator, [number.value for number in numbers])
            if value is None or not within_bits(value):
                return None
            percent = expression.operator in ("+", "neg") and any(number.percent for number in numbers)
            return n.Number(value, percent, span=expression.span)
        case _:
            return None


def same(value: n.Expression) -> tuple[str, object]:
    """What two constants that say the same have in common."""
    match value:
        case n.Name(name):
            return "truth", keywords().values[name]
        case n.Number(number):
            return "number", number
        case n.Text(text):
            return "text", text
        case n.Date(day):
            return "date", day
        case _:
            raise AssertionError("a constant is one of these")


def _compute(operator: str, values: list[Fraction]) -> Fraction | None:
    first, rest = values[0], values[1:]
    match operator, rest:
        case "neg", []:
            return -first
        case "+", _:
            return sum(values, Fraction(0))
        case "*", _:
            product = first
            for value in rest:
                product *= value
                if not within_bits(product):
                    return None
            return product
        case "/", _:
            for value in rest:
                if value == 0:
                    return None
                first /= value
                if not within_bits(first):
                    return None
            return first
        case "^", [power] if power.denominator == 1 and abs(power) <= POWER_LIMIT and (first or power >= 0):
            return first ** int(power) if within_bits(first) else None
        case _:
            return None
