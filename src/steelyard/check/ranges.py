"""What numbers an expression can come to, from the declared ranges of the inputs.

An enclosure by interval extension: wider than the truth perhaps, never narrower. So what it excludes cannot occur.
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from steelyard.bind.symbols import (
    GroupSymbol,
    InputSymbol,
    LetSymbol,
    ListSymbol,
    PartSymbol,
    RowFieldSymbol,
    Symbol,
    WordSymbol,
)
from steelyard.check.constants import constant
from steelyard.check.expressions import Expressions
from steelyard.syntax import nodes as n
from steelyard.values import intervals as i
from steelyard.values.intervals import EVERYTHING, NOT_NEGATIVE, Interval
from steelyard.values.numbers import Rounding
from steelyard.values.types import DateType, Field, NumberType
from steelyard.vocabulary.functions import BY_KEY

DEEPEST = 60
"""Expressions inside each other, through lets, that are looked into."""


class Ranges:
    """Enclosures of the expressions of one file, whose types are known."""

    def __init__(self, expressions: Expressions) -> None:
        self.expressions, self.bound = expressions, expressions.bound
        self.lets: dict[str, Interval] = {}
        self.open: set[str] = set()
        self.scores: dict[str, Interval] = {}
        """Of parts whose bounds are known, by path."""
        self.fulls: dict[str, Fraction] = {}

    def of(self, node: n.Expression, depth: int = 0) -> Interval:
        """All values that a number (or a day, as its number) can have."""
        if depth > DEEPEST:
            return EVERYTHING
        match node:
            case n.Number():
                return i.exactly(node.value)
            case n.Date():
                return i.exactly(Fraction(node.value.toordinal()))
            case n.Name() | n.FieldOf():
                return self._symbol(self.bound.refers_to.get(node.key), depth)
            case n.Operation():
                return self._operation(node, depth)
            case n.Call():
                return self._call(node, depth)
            case n.Aggregate():
                return self._aggregate(node, depth)
            case n.Rank():
                return Interval(Fraction(1), None)
            case n.Table():
                return i.hull([self.of(row.value, depth + 1) for row in node.rows]) if node.rows else EVERYTHING
            case n.Text() | n.Comparison() | n.Membership() | n.Contains() | n.Within() | n.IsMissing() | n.ColumnOf():
                return EVERYTHING
            case _:
                assert_never(node)

    def step(self, node: n.Expression, depth: int = 0) -> Fraction | None:
        """How far apart its values lie at least: 1 for whole numbers and days; None where they may lie anywhere."""
        if depth > DEEPEST:
            return None
        match node:
            case n.Number(value, percent=False) if value.denominator == 1:
                return Fraction(1)
            case n.Date() | n.Rank():
                return Fraction(1)
            case n.Name() | n.FieldOf():
                match self.bound.refers_to.get(node.key):
                    case InputSymbol(declared) | RowFieldSymbol(_, declared):
                        return _step_of(declared)
                    case LetSymbol(let=let):
                        return None if let.clauses else self.step(let.value, depth + 1)
                    case _:
                        return None
            case n.Operation("+" | "*" | "neg", operands):
                steps = [self.step(operand, depth + 1) for operand in operands]
                return Fraction(1) if all(step == 1 for step in steps) else None
            case n.Call() | n.Aggregate():
                return self._step_of_call(node)
            case _:
                return None

    # ---- by kind of expression

    def _symbol(self, symbol: Symbol | None, depth: int) -> Interval:
        match symbol:
            case InputSymbol(declared) | RowFieldSymbol(_, declared):
                return Interval(declared.low, declared.high)
            case LetSymbol(path=path, let=let):
                return self._let(str(path), let, depth)
            case PartSymbol(path=path, facet="score"):
                return self.scores.get(str(path), EVERYTHING)
            case PartSymbol(path=path, facet="full") if str(path) in self.fulls:
                return i.exactly(self.fulls[str(path)])
            case WordSymbol("total"):
                return self.scores.get("total", EVERYTHING)
            case WordSymbol("points"):
                return NOT_NEGATIVE
            case _:
                return EVERYTHING

    def _let(self, path: str, let: n.Let, depth: int) -> Interval:
        if path in self.open:
            return EVERYTHING  # A circle, which binding has told.
        if path not in self.lets:
            self.open.add(path)
            values = [let.value, *(c.value for c in let.clauses if isinstance(c, n.OrElse) and c.value is not None)]
            self.lets[path] = i.hull([self.of(value, depth + 1) for value in values])
            self.open.discard(path)
        return self.lets[path]

    def _operation(self, node: n.Operation, depth: int) -> Interval:
        if node.operator in ("and", "or", "not"):
            return EVERYTHING
        parts = [self.of(operand, depth + 1) for operand in node.operands]
        result = parts[0]
        match node.operator:
            case "+":
                for part in parts[1:]:
                    result = i.add(result, part)
            case "*":
                for part in parts[1:]:
                    result = i.multiply(result, part)
            case "/":
                result = i.divide(parts[0], parts[1])
            case "neg":
                result = i.negate(result)
            case "^":
                power = constant(node.operands[1])
                small = power is not None and power.denominator == 1 and 0 <= power <= 8
                result = i.raise_to(parts[0], int(power)) if small and power is not None else EVERYTHING
            case _:
                return EVERYTHING
        return result

    def _call(self, node: n.Call, depth: int) -> Interval:
        key = self.bound.functions.get(node.function.key)
        if key is None or not node.arguments:
            return EVERYTHING
        if BY_KEY[key].aggregate:
            return self._over(key, node.arguments[0], depth)
        match key:
            case "min":
                return i.minimum([self.of(argument, depth + 1) for argument in node.arguments])
            case "max":
                return i.maximum([self.of(argument, depth + 1) for argument in node.arguments])
            case "abs":
                return i.absolute(self.of(node.arguments[0], depth + 1))
            case "round":
                # A rounded value is at most one unit of its last place away.
                unit = self._step_of_call(node) or Fraction(1)
                return i.add(self.of(node.arguments[0], depth + 1), Interval(-unit, unit))
            case "floor" | "ceiling":
                mode = Rounding.FLOOR if key == "floor" else Rounding.CEILING
                return i.rounded(self.of(node.arguments[0], depth + 1), 0, mode)
            case "sqrt" | "exp":
                return NOT_NEGATIVE
            case _:
                return EVERYTHING

    def _aggregate(self, node: n.Aggregate, depth: int) -> Interval:
        key = self.bound.functions.get(node.function.key)
        if key == "count":
            return NOT_NEGATIVE
        return EVERYTHING if key is None or node.value is None else self._over(key, node.value, depth)

    def _over(self, key: str, value: n.Expression, depth: int) -> Interval:
        """An aggregate of a value over rows."""
        match key:
            case "count":
                return NOT_NEGATIVE
            case "sum":
                each = self.of(value, depth + 1)
                return NOT_NEGATIVE if each.low is not None and each.low >= 0 else EVERYTHING
            case "average" | "median" | "lowest" | "highest":
                symbol = self.bound.refers_to.get(value.key)
                rows = isinstance(symbol, ListSymbol | GroupSymbol)
                return EVERYTHING if rows else self.of(value, depth + 1)
            case _:
                return EVERYTHING

    def _step_of_call(self, node: n.Call | n.Aggregate) -> Fraction | None:
        key = self.bound.functions.get(node.function.key)
        if key in ("count", "days", "months", "year", "month", "floor", "ceiling"):
            return Fraction(1)
        if key == "round" and isinstance(node, n.Call):
            places = constant(node.arguments[1]) if len(node.arguments) > 1 else Fraction(0)
            if places is not None and places.denominator == 1 and 0 <= places <= 18:
                return Fraction(1, 10 ** int(places))
        return None


def _step_of(declared: Field) -> Fraction | None:
    match declared.type:
        case NumberType(unit, whole=True):
            return unit.scale if unit else Fraction(1)
        case DateType():
            return Fraction(1)
        case _:
            return None
