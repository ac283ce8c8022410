"""Expressions of a trace worked out again with other values in some of their leaves.

For questions of the kind "what if this rounding had not been": the statements are taken as they are, and only arithmetic is
done. Where a condition would come out the other way, or an operation is met that is not plain arithmetic, nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, floor

from attrs import frozen

from steelyard.trace.model import Expr
from steelyard.values.numbers import Rounding, round_to
from steelyard.values.states import Unknown, Value

Place = tuple[int, ...]
"""A node of an expression: which argument of which argument."""
LEAVES = ("let", "score")


class NotSaidError(Exception):
    """It would take the rules and the data to say it."""


@frozen
class Again:
    """What to put in for leaves, and which roundings to leave out."""

    leaf: Callable[[Expr], Value | Unknown]
    """The value of a `let` or `score` leaf. Raises NotSaidError."""
    unrounded: frozenset[Place] = frozenset()

    def value(self, expr: Expr, place: Place = ()) -> Value | Unknown:
        """The value of an expression. Raises NotSaidError."""
        if expr.op in LEAVES:
            return self.leaf(expr)
        if not expr.args:
            return expr.value
        args = [self.value(arg, (*place, index)) for index, arg in enumerate(expr.args)]
        if place in self.unrounded:
            return args[0]
        if all(new == arg.value for new, arg in zip(args, expr.args, strict=True)):
            return expr.value
        return _operate(expr, args)


def roundings_in(expr: Expr, place: Place = ()) -> list[tuple[Place, Expr]]:
    """Every rounding inside an expression, the inner ones first."""
    found = [pair for index, arg in enumerate(expr.args) for pair in roundings_in(arg, (*place, index))]
    return [*found, (place, expr)] if expr.op == "round" and len(expr.args) > 1 else found


def _operate(expr: Expr, args: Sequence[Value | Unknown]) -> Value | Unknown:
    match expr.op:
        case "and" | "or" | "not":
            return _logic(expr.op, args)
        case "choose":
            if any(new != arg.value for new, arg in zip(args[:-1], expr.args[:-1], strict=True)):
                raise NotSaidError
            return args[-1]
        case "=" | "!=" if not any(isinstance(arg, Unknown) for arg in args):
            return (args[0] == args[1]) is (expr.op == "=")
        case _:
            numbers = [arg for arg in args if isinstance(arg, Fraction)]
            if len(numbers) < len(args) and expr.op != "round":
                raise NotSaidError
            return _arithmetic(expr, numbers)


def _logic(op: str, args: Sequence[Value | Unknown]) -> bool:
    truths = [arg for arg in args if isinstance(arg, bool)]
    decided = {"and": False, "or": True}.get(op)
    if decided is not None and decided in truths:
        return decided
    if len(truths) < len(args):
        raise NotSaidError
    return not truths[0] if op == "not" else op == "and"


def _arithmetic(expr: Expr, numbers: Sequence[Fraction]) -> Fraction | bool:
    match expr.op, numbers:
        case "+" | "sum", _:
            return sum(numbers, Fraction(0))
        case "*", _:
            product = Fraction(1)
            for number in numbers:
                product *= number
            return product
        case "neg", [number]:
            return -number
        case "/", [number, divisor] if divisor != 0:
            return number / divisor
        case "per", [distance, size] if size > 0:
            return max(distance, Fraction(0)) / size
        case "min" | "lowest", _ if numbers:
            return min(numbers)
        case "max" | "highest", _ if numbers:
            return max(numbers)
        case "average", _ if numbers:
            return sum(numbers, Fraction(0)) / len(numbers)
        case "abs", [number]:
            return abs(number)
        case "floor", [number]:
            return Fraction(floor(number))
        case "ceiling", [number]:
            return Fraction(ceil(number))
        case "round", [number, places]:
            return round_to(number, int(places), mode_of(expr))
        case "<" | "<=" | ">" | ">=", [left, right]:
            return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[expr.op]
        case _:
            raise NotSaidError


def mode_of(expr: Expr) -> Rounding:
    """How a rounding inside an expression rounds."""
    named = expr.args[2].value if len(expr.args) > 2 else Rounding.HALF_UP.value
    return Rounding(named) if isinstance(named, str) else Rounding.HALF_UP
