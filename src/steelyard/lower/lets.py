"""Named values, and which of them others read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from steelyard.bind.symbols import LetSymbol
from steelyard.core import nodes as c
from steelyard.source import RulePath
from steelyard.syntax import nodes as n
from steelyard.syntax.walk import walk

if TYPE_CHECKING:
    from steelyard.lower.expressions import Expressions


def lower_let(let: n.Let, expressions: Expressions) -> c.Let:
    """`let rate = spent / arranged, or 0 if undefined`"""
    origin = c.Origin(expressions.context.bound.paths[let.key], let.span)
    return c.Let(origin, let.name.name, expressions.lower(let.value), answers(let.clauses, expressions))


def answers(clauses: Iterable[n.Clause], expressions: Expressions) -> tuple[c.Instead, ...]:
    """Every `, or V if missing` among the clauses."""
    given = [(clause.cause, clause.value) for clause in clauses if isinstance(clause, n.OrElse)]
    return tuple(c.Instead(cause, expressions.number(value)) for cause, value in given if value is not None)


def lets_read(read: Iterable[n.Expression], expressions: Expressions) -> list[n.Let]:
    """All lets that expressions read, themselves or through other lets, in order."""
    refers_to = expressions.context.bound.refers_to
    found: dict[RulePath, n.Let] = {}
    waiting = list(read)
    while waiting:
        for node in walk(waiting.pop()):
            symbol = refers_to.get(node.key)
            if isinstance(symbol, LetSymbol) and symbol.path not in found:
                found[symbol.path] = symbol.let
                waiting.append(symbol.let.value)
                waiting += [a.value for a in symbol.let.clauses if isinstance(a, n.OrElse) and a.value is not None]
    return expressions.context.in_order(found.values())
