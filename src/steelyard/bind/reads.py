"""What a statement reads: all its expressions, with those that its reasons show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from steelyard.syntax import nodes as n
from steelyard.syntax.templates import Placeholder

Templates = Mapping[int, tuple[str | Placeholder, ...]]


def expressions_in(statement: n.Statement, templates: Templates) -> Iterator[n.Expression]:
    """All expressions of one statement; those of the statements inside it are not its own."""
    match statement:
        case n.Let():
            yield statement.value
        case n.Deduct() | n.Award() | n.Score():
            yield statement.amount
            yield from counted_by(statement.per)
        case n.StartAt():
            yield from _given((statement.amount, statement.condition, statement.otherwise))
        case n.Restore():
            yield statement.amount
        case n.Limit():
            yield statement.to
        case n.Regrade():
            yield from _given((statement.steps,))
        case n.Check():
            yield statement.test
        case n.ForEach():
            yield from _given((statement.where,))
        case n.PartBound():
            yield from _given((statement.amount,))
        case n.Judged() | n.Together() | n.HighestOf() | n.Checklist() | n.Zero() | n.Skip() | n.Allow():
            pass
    for clause in getattr(statement, "clauses", ()):
        yield from _in_clause(clause, templates)


def counted_by(per: n.Per | None) -> Iterator[n.Expression]:
    """What the steps or things are counted with."""
    match per:
        case n.Step():
            yield from _given((per.size, per.value, per.bound))
        case n.Each():
            yield from _given((per.count, per.where, per.of))
        case None:
            return


def _in_clause(clause: n.Clause, templates: Templates) -> Iterator[n.Expression]:
    match clause:
        case n.If():
            yield clause.condition
        case n.Cap():
            yield clause.amount
        case n.OrElse():
            yield from _given((clause.value,))
        case n.OneOf():
            yield from clause.choices
        case n.Because():
            pieces = templates.get(clause.key, ())
            yield from (piece.value for piece in pieces if isinstance(piece, Placeholder))
        case _:
            return


def _given(expressions: tuple[n.Expression | None, ...]) -> Iterator[n.Expression]:
    yield from (expression for expression in expressions if expression is not None)
