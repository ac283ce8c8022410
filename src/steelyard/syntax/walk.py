"""All expressions inside an expression."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from steelyard.syntax import nodes as n


def walk(expression: n.Expression) -> Iterator[n.Expression]:
    """The expression and all in it."""
    yield expression
    inner: tuple[n.Expression | None, ...]
    match expression:
        case n.Operation() | n.Comparison():
            inner = expression.operands
        case n.Membership():
            inner = (expression.value, *expression.choices)
        case n.IsMissing():
            inner = (expression.value,)
        case n.Call():
            inner = expression.arguments
        case n.Aggregate():
            inner = (expression.value, expression.where)
        case n.Number() | n.Text() | n.Name() | n.FieldOf():
            inner = ()
        case _:
            assert_never(expression)
    for node in inner:
        if node is not None:
            yield from walk(node)
