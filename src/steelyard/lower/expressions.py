"""Expressions to the core."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Literal, assert_never, cast

import attrs
from attrs import frozen

from steelyard.bind.symbols import (
    BatchSymbol,
    GroupSymbol,
    InferredSymbol,
    InputSymbol,
    LetSymbol,
    ListSymbol,
    MoveSymbol,
    PartsSymbol,
    PartSymbol,
    RowFieldSymbol,
    WordSymbol,
)
from steelyard.check.constants import constant
from steelyard.core import nodes as c
from steelyard.lower import batch, tables
from steelyard.lower.context import Context, kept, least_dropped, product
from steelyard.source import RulePath
from steelyard.syntax import nodes as n
from steelyard.syntax.templates import Placeholder
from steelyard.values.numbers import POWER_LIMIT, Rounding
from steelyard.values.types import ActualType, TargetType
from steelyard.vocabulary.functions import BY_KEY

OverPartsOp = Literal["lowest", "highest", "average", "median", "sum", "count"]
_BY_RATE = ("lowest", "highest", "average", "median")


@frozen
class Expressions:
    """Lowers the expressions of one checked file, inside one part."""

    context: Context
    points: c.Expression
    """The part's own full points."""
    scoring: bool = False
    """Is it the amount of a `score`? Rates of parts are points there."""

    def lower(self, node: n.Expression) -> c.Expression:
        match node:
            case n.Number():
                return c.Const(node.value, node.percent)
            case n.Text() | n.Date():
                return c.Const(node.value)
            case n.Name() | n.FieldOf():
                return self._reference(node)
            case n.Operation():
                return self._operation(node)
            case n.Comparison():
                return self._comparison(node)
            case n.Membership():
                return c.Op("in", (self.lower(node.value), *(self.lower(choice) for choice in node.choices)))
            case n.Contains():
                return c.Op("contains", (self.lower(node.value), self.lower(node.part)))
            case n.Within():
                return self._within(node)
            case n.IsMissing(value, state):
                return c.Is(self.lower(value), state)
            case n.Call():
                return self._call(node)
            case n.Aggregate():
                return self._aggregate(node)
            case n.Rank():
                return batch.rank(node, self)
            case n.Table():
                return tables.lower_table(node, self)
            case n.ColumnOf():
                raise AssertionError("code tables were put in the place of their uses")
            case _:
                assert_never(node)

    def template(self, key: int) -> c.Template:
        """A reason or title, by the key under which its pieces are kept."""
        found: list[str | c.Insert] = []
        for piece in self.context.bound.templates[key]:
            if isinstance(piece, Placeholder):
                found.append(c.Insert(self.lower(piece.value), piece.show))
            else:
                found.append(piece)
        return c.Template(tuple(found))

    def number(self, node: n.Expression) -> c.Expression:
        """The expression as a number: that of a target or actual is taken out."""
        lowered = self.lower(node)
        kind = self.context.checked.types.get(node.key)
        return c.Op("number", (lowered,)) if isinstance(kind, TargetType | ActualType) else lowered

    def to_score(self) -> Expressions:
        return attrs.evolve(self, scoring=True)

    # ---- names

    def _reference(self, node: n.Name | n.FieldOf) -> c.Expression:
        symbol = self.context.bound.refers_to[node.key]
        match symbol:
            case InputSymbol(field):
                return c.Cell(field.name)
            case InferredSymbol(name):
                return c.Cell(name)
            case RowFieldSymbol(slot, field):
                return c.Cell(field.name, slot)
            case LetSymbol(path):
                return c.Slot(path)
            case PartSymbol(path, facet):
                return c.Score(path, facet)
            case WordSymbol("points"):
                return self.points
            case WordSymbol("total"):
                return c.Score(RulePath("total"))
            case WordSymbol("grade"):
                return c.Score(RulePath("total"), "grade")
            case WordSymbol(word):
                return c.Const(word == "yes")
            case ListSymbol() | GroupSymbol() | PartsSymbol() | BatchSymbol() | MoveSymbol():
                raise AssertionError("lowered by what reads it")
            case _:
                assert_never(symbol)

    # ---- operators

    def _operation(self, node: n.Operation) -> c.Expression:
        lower = self.lower if node.operator in ("and", "or", "not") else self.number
        operands = tuple(lower(operand) for operand in node.operands)
        if node.operator == "^":
            power = constant(node.operands[1])
            plain = power is not None and power.denominator == 1 and abs(power) <= POWER_LIMIT
            return c.Op("^" if plain else "pow", operands)
        return c.Op(node.operator, operands)

    def _comparison(self, node: n.Comparison) -> c.Expression:
        sides = [self.number(operand) for operand in node.operands]
        pairs = [c.Op(op, pair) for op, pair in zip(node.operators, pairwise(sides), strict=True)]
        return pairs[0] if len(pairs) == 1 else c.Op("and", tuple(pairs))

    def _within(self, node: n.Within) -> c.Expression:
        """Not before the day, and at most so many days after it."""
        day, start = self.lower(node.value), self.lower(node.of)
        passed = c.Op("<=", (c.Op("days", (start, day)), self.number(node.days)))
        return c.Op("and", (c.Op(">=", (day, start)), passed))

    # ---- functions and aggregates

    def _call(self, node: n.Call) -> c.Expression:
        key = self.context.bound.functions[node.function.key]
        if BY_KEY[key].aggregate:
            return self._over_all(node, key)
        if key == "round":
            return self._round(node)
        lowered = self.number if "number" in BY_KEY[key].takes else self.lower
        return c.Op(key, tuple(lowered(argument) for argument in node.arguments))

    def _round(self, node: n.Call) -> c.Expression:
        value, *others = node.arguments
        mode = Rounding.HALF_UP
        if others and isinstance(others[-1], n.Text):
            mode = Rounding(cast(n.Text, others.pop()).value)
        places = constant(others[0]) if others else Fraction(0)
        assert places is not None, "check asks for a constant number of places"
        return c.Round(self.number(value), int(places), mode)

    def _over_all(self, node: n.Call, key: str) -> c.Expression:
        """`count(indicators)`, `sum(indicators.share)`, `lowest(parts)`, `highest(all.price)`"""
        argument = node.arguments[0]
        rows = argument.row if isinstance(argument, n.FieldOf) else argument
        value = argument if isinstance(argument, n.FieldOf) else None
        symbol = self.context.bound.refers_to[rows.key]
        match symbol:
            case PartsSymbol(path, lifted):
                return self.over_parts(cast(OverPartsOp, key), path, lifted=lifted)
            case BatchSymbol():
                return batch.over_all(node, cast(c.FoldOp, key), value, None, self)
            case ListSymbol(field) | GroupSymbol(_, field):
                return c.Fold(
                    op=cast(c.FoldOp, key),
                    rows=field.name,
                    slot=self.context.bound.slots[node.key],
                    where=None,
                    value=None if value is None else self.of_row(key, value),
                    group=symbol.slot if isinstance(symbol, GroupSymbol) else None,
                )
            case _:
                raise AssertionError("an aggregate runs over rows")

    def _aggregate(self, node: n.Aggregate) -> c.Expression:
        key = self.context.bound.functions[node.function.key]
        symbol = self.context.bound.refers_to[node.rows.key]
        if isinstance(symbol, BatchSymbol):
            return batch.over_all(node, cast(c.FoldOp, key), node.value, node.where, self)
        assert isinstance(symbol, ListSymbol | GroupSymbol), "an aggregate runs over rows"
        counted = key == "count" and not node.distinct
        return c.Fold(
            op=cast(c.FoldOp, key),
            rows=symbol.field.name,
            slot=self.context.bound.slots[node.key],
            where=None if node.where is None else self.lower(node.where),
            value=None if node.value is None or counted else self.of_row(key, node.value),
            group=symbol.slot if isinstance(symbol, GroupSymbol) else None,
            distinct=node.distinct,
            ignoring_missing=node.ignoring_missing,
            dropping=least_dropped(node.dropping),
        )

    def of_row(self, function: str, value: n.Expression) -> c.Expression:
        """What an aggregate takes of each row."""
        return self.lower(value) if function in ("any", "every", "count") else self.number(value)

    def over_parts(self, op: OverPartsOp, path: RulePath, *, lifted: bool) -> c.Expression:
        """Parts of different full points are compared by their rates; a score made of them is rate × points."""
        by_rate = op in _BY_RATE and self.context.relative(path)
        found = c.Slot(kept(path, op)) if lifted else c.OverParts(op, "rate" if by_rate else "score")
        return product(found, self.points) if by_rate and self.scoring else found
