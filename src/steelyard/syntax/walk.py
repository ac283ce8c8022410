"""All expressions inside an expression."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from steelyard.syntax import nodes as n


def walk(expression: n.Expression) -> Iterator[n.Expression]:
    """The expression and all in it."""
    yield expression
    for node in _inside(expression):
        if node is not None:
            yield from walk(node)


def _inside(expression: n.Expression) -> Iterator[n.Expression | None]:
    match expression:
        case n.Operation() | n.Comparison():
            yield from expression.operands
        case n.Membership():
            yield expression.value
            yield from expression.choices
        case n.Contains():
            yield from (expression.value, expression.part)
        case n.Within():
            yield from (expression.value, expression.days, expression.of)
        case n.IsMissing() | n.Rank():
            yield expression.value
        case n.Call():
            yield from expression.arguments
        case n.Aggregate():
            yield from (expression.value, expression.where)
        case n.ColumnOf():
            yield expression.table
        case n.Table():
            yield from expression.keys
            for row in expression.rows:
                for test in row.tests:
                    yield from test_values(test)
                yield from (row.when, row.value)
        case n.Number() | n.Date() | n.Text() | n.Name() | n.FieldOf():
            pass
        case _:
            assert_never(expression)


def test_values(test: n.RowTest) -> Iterator[n.Expression]:
    """The values that the test of a row is made with."""
    match test:
        case n.Bounds():
            yield from (end for end in (test.low, test.high) if end is not None)
        case n.IsOneOf():
            yield from test.values
        case n.At():
            yield test.value
        case n.Missing():
            pass
        case _:
            assert_never(test)
