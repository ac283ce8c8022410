"""Inline tests: cells as they would stand in data, and what must come of them."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.bind.paths import TOTAL
from steelyard.check.constants import constant
from steelyard.core import nodes as c
from steelyard.lower.context import Context
from steelyard.lower.expressions import Expressions
from steelyard.syntax import nodes as n
from steelyard.syntax.keywords import keywords
from steelyard.values.numbers import canonical


def lower_examples(context: Context, expressions: Expressions) -> Iterator[c.Example]:
    """`example "…"` + given and expect; what is expected reads as a check of the scheme does."""
    for example in context.file.examples:
        yield c.Example(
            title=example.title.value,
            span=example.span,
            given=tuple(_given(given) for given in example.given),
            expect=tuple(_expected(expect, context, expressions) for expect in example.expect),
        )


def _given(given: n.Given) -> tuple[str, str | tuple[tuple[tuple[str, str], ...], ...]]:
    if given.rows is not None:
        rows = (tuple((name.name, cell_text(value)) for name, value in row.fields) for row in given.rows)
        return given.name.name, tuple(rows)
    assert given.value is not None, "what is given is a value or rows"
    return given.name.name, cell_text(given.value)


def cell_text(value: n.Expression) -> str:
    """What a cell would hold.

    A number is written out in decimals, a rate in percent, a date as in a table, yes and no in words.
    """
    match value:
        case n.Text():
            return value.value
        case n.Date():
            return value.value.isoformat()
        case n.Name():
            return "yes" if keywords().values.get(value.name) == "yes" else "no"
        case _:
            number = constant(value)
            assert number is not None, "binding asks for values that are written out"
            percent = isinstance(value, n.Number) and value.percent
            return f"{canonical(number * 100)}%" if percent else canonical(number)


def _expected(expect: n.Expect, context: Context, expressions: Expressions) -> c.Expected:
    origin = c.Origin(context.bound.paths[expect.key], expect.span)
    match expect.what:
        case "holds":
            return c.Expected(origin, expressions.lower(expect.value))
        case "grade":
            return c.Expected(origin, c.Op("=", (c.Score(TOTAL, "grade"), expressions.lower(expect.value))))
        case role:
            return c.Expected(origin, None, role, expressions.number(expect.value), context.bound.targets[expect.key])
