"""Expressions to the core."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Literal, assert_never

from attrs import frozen

from steelyard.bind.symbols import (
    InferredSymbol,
    InputSymbol,
    LetSymbol,
    ListSymbol,
    PartSymbol,
    RowFieldSymbol,
    WordSymbol,
)
from steelyard.check.constants import constant
from steelyard.check.model import Checked
from steelyard.core import nodes as c
from steelyard.source import RulePath
from steelyard.syntax import nodes as n
from steelyard.syntax.templates import Placeholder
from steelyard.values.numbers import Rounding
from steelyard.values.types import ActualType, TargetType
from steelyard.vocabulary.functions import BY_KEY

_FOLDS: dict[str, Literal["count", "sum", "average"]] = {"count": "count", "sum": "sum", "average": "average"}


@frozen
class Expressions:
    """Lowers the expressions of one checked file, inside one part."""

    checked: Checked
    points: Fraction
    """The part's own full points."""

    def lower(self, node: n.Expression) -> c.Expression:
        match node:
            case n.Number():
                return c.Const(node.value, node.percent)
            case n.Text():
                return c.Const(node.value)
            case n.Name() | n.FieldOf():
                return self._reference(node)
            case n.Operation():
                operands = tuple(self._operand(operand, node.operator) for operand in node.operands)
                return c.Op(node.operator, operands)
            case n.Comparison():
                return self._comparison(node)
            case n.Membership():
                return c.Op("in", (self.lower(node.value), *(self.lower(choice) for choice in node.choices)))
            case n.IsMissing():
                return c.Is(self.lower(node.value))
            case n.Call():
                return self._call(node)
            case n.Aggregate():
                return self._aggregate(node)
            case _:
                assert_never(node)

    def template(self, because: n.Because) -> c.Template:
        found: list[str | c.Insert] = []
        for piece in self.checked.bound.templates[because.key]:
            if isinstance(piece, Placeholder):
                found.append(c.Insert(self.lower(piece.value), piece.show))
            else:
                found.append(piece)
        return c.Template(tuple(found))

    def _reference(self, node: n.Name | n.FieldOf) -> c.Expression:
        symbol = self.checked.bound.refers_to[node.key]
        match symbol:
            case InputSymbol(field):
                return c.Cell(field.name)
            case InferredSymbol(name):
                return c.Cell(name)
            case RowFieldSymbol(slot, field):
                return c.Cell(field.name, slot)
            case LetSymbol(path, _):
                return c.Slot(path)
            case PartSymbol(path):
                return c.Score(path)
            case WordSymbol("points"):
                return c.Const(self.points)
            case WordSymbol("total"):
                return c.Score(RulePath("total"))
            case WordSymbol("grade"):
                return c.Score(RulePath("total"), "grade")
            case WordSymbol(word):
                return c.Const(word == "yes")
            case ListSymbol():
                raise AssertionError("a list is lowered by the aggregate that reads it")
            case _:
                assert_never(symbol)

    def _operand(self, node: n.Expression, operator: str) -> c.Expression:
        return self.lower(node) if operator in ("and", "or", "not") else self.number(node)

    def number(self, node: n.Expression) -> c.Expression:
        """The expression as a number: that of a target or actual is taken out."""
        lowered = self.lower(node)
        kind = self.checked.types.get(node.key)
        return c.Op("number", (lowered,)) if isinstance(kind, TargetType | ActualType) else lowered

    def _comparison(self, node: n.Comparison) -> c.Expression:
        sides = [self.number(operand) for operand in node.operands]
        pairs = [c.Op(op, pair) for op, pair in zip(node.operators, pairwise(sides), strict=True)]
        return pairs[0] if len(pairs) == 1 else c.Op("and", tuple(pairs))

    def _call(self, node: n.Call) -> c.Expression:
        key = self.checked.bound.functions[node.function.key]
        if BY_KEY[key].aggregate:
            argument = node.arguments[0]
            slot = self.checked.bound.slots[node.key]
            rows = argument.row.name if isinstance(argument, n.FieldOf) else node.arguments[0].span.text
            if isinstance(argument, n.Name):
                rows = argument.name
            value = self.number(argument) if isinstance(argument, n.FieldOf) else None
            return c.Fold(_FOLDS[key], rows, slot, None, value)
        if key == "round":
            places = constant(node.arguments[1]) if len(node.arguments) > 1 else Fraction(0)
            assert places is not None, "check asks for a constant number of places"
            return c.Round(self.number(node.arguments[0]), int(places), Rounding.HALF_UP)
        takes = BY_KEY[key].takes
        lowered = self.number if "number" in takes else self.lower
        return c.Op(key, tuple(lowered(argument) for argument in node.arguments))

    def _aggregate(self, node: n.Aggregate) -> c.Expression:
        key = self.checked.bound.functions[node.function.key]
        return c.Fold(
            _FOLDS[key],
            node.rows.name,
            self.checked.bound.slots[node.key],
            None if node.where is None else self.lower(node.where),
            None if node.value is None or key == "count" else self.number(node.value),
        )
