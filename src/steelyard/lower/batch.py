"""Values over the whole batch: each is computed once, before any record is scored, and read by its path."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from steelyard.core import nodes as c
from steelyard.lower.context import least_dropped
from steelyard.lower.lets import lets_read, lower_let
from steelyard.syntax import nodes as n

if TYPE_CHECKING:
    from steelyard.lower.expressions import Expressions


def over_all(
    node: n.Aggregate | n.Call,
    op: c.FoldOp,
    value: n.Expression | None,
    where: n.Expression | None,
    expressions: Expressions,
) -> c.FromBatch:
    """`lowest(all.price where valid)`"""
    path = expressions.context.bound.paths[node.key]
    if path not in expressions.context.batch:
        options = node if isinstance(node, n.Aggregate) else None
        counted = op == "count" and not (options and options.distinct)
        lowered = c.BatchValue(
            origin=c.Origin(path, node.span),
            op=op,
            value=None if value is None or counted else expressions.of_row(op, value),
            where=None if where is None else expressions.lower(where),
            lets=_lets((value, where), expressions),
            distinct=options.distinct if options else False,
            ignoring_missing=options.ignoring_missing if options else False,
            dropping=least_dropped(options.dropping) if options else None,
        )
        expressions.context.batch[path] = lowered
    return c.FromBatch(path)


def rank(node: n.Rank, expressions: Expressions) -> c.FromBatch:
    """`rank(price, lowest first, ties share)`"""
    path = expressions.context.bound.paths[node.key]
    if path not in expressions.context.batch:
        lowered = c.BatchValue(
            origin=c.Origin(path, node.span),
            op="rank",
            value=expressions.number(node.value),
            where=None,
            lets=_lets((node.value,), expressions),
            highest_first=node.highest_first,
            ties=node.ties or "share",
        )
        expressions.context.batch[path] = lowered
    return c.FromBatch(path)


def _lets(read: Iterable[n.Expression | None], expressions: Expressions) -> tuple[c.Let, ...]:
    """The lets that the expressions read, and those that these read, in order."""
    return tuple(lower_let(let, expressions) for let in lets_read((e for e in read if e is not None), expressions))
