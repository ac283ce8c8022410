"""Statements that act on another part than the one they stand in: vetoes, limits, regrades, and what skips the total.

They are lowered into the body of the part they act on, at its own place in the order. What stands in a loop, or in a part
for each row that is inside that part, comes with the loops around it, and with those lets that have a value for each row:
any row suffices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from steelyard.bind.reads import expressions_in
from steelyard.core import nodes as c
from steelyard.lower.context import Context, Home
from steelyard.lower.lets import lets_read
from steelyard.lower.statements import Statements, at
from steelyard.source import RulePath
from steelyard.syntax import nodes as n

Acting = n.Zero | n.Limit | n.Regrade | n.Skip


@frozen
class Written:
    """A statement, the part it stands in, and the loops around it there."""

    statement: Acting
    home: Home
    loops: tuple[n.ForEach, ...]
    """Outermost first."""


class Elsewhere:
    """All such statements of a file."""

    def __init__(self, context: Context, statements_of: Callable[[Home], Statements]) -> None:
        self.context, self.statements_of = context, statements_of
        self._acting: dict[RulePath, list[Written]] = {}
        for home in context.homes.values():
            for written in _in_block(home.statements, home, ()):
                self._acting.setdefault(context.bound.targets[written.statement.key], []).append(written)

    def acting_on(self, path: RulePath, kind: type[Acting]) -> list[Written]:
        """Those of a kind that act on a part, in the order of the file."""
        found = [written for written in self._acting.get(path, ()) if isinstance(written.statement, kind)]
        return sorted(found, key=lambda written: written.statement.span.start)

    def lower(self, written: Written, target: RulePath) -> c.Statement:
        """The statement, inside its loops."""
        statements = self.statements_of(written.home)
        rows = self._rows_between(written.home, target)
        body: tuple[c.Statement, ...] = (*self._lets(written, target, rows), _lowered(written.statement, statements))
        for loop in reversed(written.loops):
            body = (statements.loop(loop, body),)
        for home in reversed(rows):
            body = (part_loop(home, self.statements_of(home), body),)
        return body[-1]

    def before(self, written: Written, target: RulePath) -> list[c.Let]:
        """Lets of inner parts that a skip of the total reads, which have not run yet."""
        if written.loops or self._rows_between(written.home, target):
            return []
        return list(self._lets(written, target, []))

    def _rows_between(self, home: Home, target: RulePath) -> list[Home]:
        """The parts for each row inside the target that the statement stands in, outermost first."""
        chain = [*home.around, home]
        paths = [h.path for h in chain]
        below = chain[paths.index(target) + 1 :] if target in paths else []
        return [h for h in below if h.part is not None and h.part.loop is not None]

    def _lets(self, written: Written, target: RulePath, rows: list[Home]) -> Iterator[c.Let]:
        """Those lets that have no value yet, or that of another row."""
        statements = self.statements_of(written.home)
        read = expressions_in(written.statement, self.context.bound.templates)
        for let in lets_read(read, statements.expressions):
            owner = self.context.own_lets.get(let.key)
            if owner is None:
                yield statements.lower_let(let)  # Of a loop around the statement.
            elif self._has_other_value(owner, written, target, rows):
                yield self.statements_of(self.context.homes[owner]).lower_let(let)

    def _has_other_value(self, owner: RulePath, written: Written, target: RulePath, rows: list[Home]) -> bool:
        if isinstance(written.statement, n.Skip):
            return owner != target
        home = self.context.homes[owner]
        return any(row.path in (h.path for h in (*home.around, home)) for row in rows)


def part_loop(home: Home, statements: Statements, body: tuple[c.Statement, ...]) -> c.Each:
    """`criterion for each R in LIST where C`: its body for every row."""
    part = home.part
    assert part is not None and part.loop is not None, "only such a part has rows"
    return c.Each(
        origin=at(f"{home.path}:each", part.loop.span),
        rows=part.loop.rows.name,
        slot=statements.expressions.context.bound.slots[part.key],
        name=part.loop.row.name,
        where=None if part.loop.where is None else statements.expressions.lower(part.loop.where),
        body=body,
    )


def _lowered(statement: Acting, statements: Statements) -> c.Statement:
    match statement:
        case n.Zero():
            return statements.lower_zero(statement)
        case n.Limit():
            return statements.lower_limit(statement)
        case n.Regrade():
            return statements.lower_regrade(statement)
        case n.Skip():
            return statements.lower_skip(statement)


def _in_block(block: tuple[n.Statement, ...], home: Home, loops: tuple[n.ForEach, ...]) -> Iterator[Written]:
    for statement in block:
        match statement:
            case n.Zero() | n.Limit() | n.Regrade() | n.Skip():
                yield Written(statement, home, loops)
            case n.ForEach():
                yield from _in_block(statement.body, home, (*loops, statement))
            case _:
                pass
