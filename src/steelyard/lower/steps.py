"""Amounts that are counted: for every step of a distance, for each thing of a number, for each row of a list."""

from __future__ import annotations

from typing import assert_never

from steelyard.bind.symbols import ListSymbol
from steelyard.check.constants import constant
from steelyard.core import nodes as c
from steelyard.lower.context import minus, product
from steelyard.lower.expressions import Expressions
from steelyard.syntax import nodes as n


def counted(amount: n.Expression, per: n.Per | None, expressions: Expressions) -> c.Expression:
    """The amount, times what it is counted by."""
    match per:
        case None:
            return expressions.number(amount)
        case n.Step():
            return c.Op("*", (expressions.number(amount), _steps(per, expressions)))
        case n.Each():
            return _each(amount, per, expressions)
        case _:
            assert_never(per)


def _steps(step: n.Step, expressions: Expressions) -> c.Expression:
    """`for every started 1 percentage point that rate is below 95%`"""
    assert step.value is not None and step.bound is not None, "check asks what the steps are counted from"
    value, bound = expressions.number(step.value), expressions.number(step.bound)
    match step.direction:
        case "below":
            distance = minus(bound, value)
        case "above":
            distance = minus(value, bound)
        case "differs":
            distance = c.Op("abs", (minus(value, bound),))
        case _:
            assert_never(step.direction)
    size = expressions.number(step.size)
    if isinstance(step.size, n.Number) and step.size.percent and not step.size.point:
        size = product(size, bound)  # 3% is 3% of the bound.
    return _whole(c.Op("per", (distance, size)), step.part)


def _whole(steps: c.Expression, part: str | None) -> c.Expression:
    """What a part of a step counts: nothing, a whole one, or its part."""
    match part:
        case "full":
            return c.Op("floor", (steps,))
        case "started":
            return c.Op("ceiling", (steps,))
        case _:
            return steps


def _each(amount: n.Expression, each: n.Each, expressions: Expressions) -> c.Expression:
    """`for each N` of a whole number, `for each R in LIST where C`, `N 每有 3 例`"""
    size = None if each.of is None or constant(each.of) == 1 else expressions.number(each.of)
    if each.rows is not None and each.of is None:
        return _fold(each, "sum", expressions, expressions.number(amount))
    things = _things(each, expressions)
    if size is not None:
        things = c.Op("floor", (c.Op("per", (things, size)),))
    return c.Op("*", (expressions.number(amount), things))


def _things(each: n.Each, expressions: Expressions) -> c.Expression:
    """How many there are: rows of a list, or a number."""
    count = each.count
    if count is None or isinstance(expressions.context.bound.refers_to.get(count.key), ListSymbol):
        return _fold(each, "count", expressions, None)
    return expressions.number(count)


def _fold(each: n.Each, op: c.FoldOp, expressions: Expressions, value: c.Expression | None) -> c.Fold:
    rows = each.rows if each.rows is not None else each.count
    assert isinstance(rows, n.Name), "a list goes by its name"
    symbol = expressions.context.bound.refers_to[rows.key]
    assert isinstance(symbol, ListSymbol), "rows are those of a list"
    where = None if each.where is None else expressions.lower(each.where)
    return c.Fold(op, symbol.field.name, expressions.context.bound.slots[each.key], where, value)
