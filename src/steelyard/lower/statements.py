"""Statements to the core, each kind by its own function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from attrs import frozen

from steelyard.core import nodes as c
from steelyard.lower.expressions import Expressions
from steelyard.source import RulePath, Span
from steelyard.syntax import nodes as n

Role = Literal["score", "deduct", "award"]


@frozen
class Statements:
    """Lowers the statements of one part."""

    expressions: Expressions
    authority: str | None
    """Of the part: what a statement without its own `under` stands on."""

    def moves(self, statements: Iterable[n.Statement], role: Role) -> Iterator[c.Statement]:
        """The statements of one role, in file order; a loop becomes one loop per role it holds."""
        for statement in statements:
            match statement:
                case n.Score() if role == "score":
                    yield self.lower_score(statement)
                case n.Deduct() if role == "deduct":
                    yield self.lower_deduct(statement)
                case n.Award() if role == "award":
                    yield self.lower_award(statement)
                case n.ForEach():
                    body = tuple(self.moves(statement.body, role))
                    if body:
                        yield self.lower_for_each(statement, body)
                case _:
                    pass

    def checks(self, statements: Iterable[n.Statement]) -> Iterator[c.Statement]:
        for statement in statements:
            if isinstance(statement, n.Check):
                yield self.lower_check(statement)
            elif isinstance(statement, n.ForEach) and (body := tuple(self.checks(statement.body))):
                yield self.lower_for_each(statement, body)

    def lets(self, statements: Iterable[n.Statement], *, late: bool) -> list[c.Let]:
        """The lets of a block, each after those it reads."""
        bound = self.expressions.checked.bound
        here = {s.key for s in statements if isinstance(s, n.Let) and (bound.paths[s.key] in bound.late) == late}
        return [self.lower_let(let) for let in bound.lets if let.key in here] if here else []

    # ---- one function a construct

    def lower_let(self, let: n.Let) -> c.Let:
        return c.Let(self.origin(let), let.name.name, self.expressions.lower(let.value))

    def lower_score(self, score: n.Score) -> c.Move:
        return self._move(score, "score")

    def lower_deduct(self, deduct: n.Deduct) -> c.Move:
        return self._move(deduct, "deduct")

    def lower_award(self, award: n.Award) -> c.Move:
        return self._move(award, "award")

    def lower_check(self, check: n.Check) -> c.Check:
        severity: Literal["warning", "error"] = "warning"
        for clause in check.clauses:
            if isinstance(clause, n.SeverityClause):
                severity = clause.severity
        return c.Check(
            origin=self.origin(check),
            test=self.expressions.lower(check.test),
            severity=severity,
            reason=self._reason(check.clauses),
            authority=self._authority(check.clauses),
        )

    def lower_judged(self, judged: n.Judged, criterion: str) -> c.Review:
        average = any(isinstance(clause, n.AverageOf) for clause in judged.clauses)
        authority = self._authority(judged.clauses)
        return c.Review(self.origin(judged), criterion, "average" if average else "single", authority)

    def lower_for_each(self, loop: n.ForEach, body: tuple[c.Statement, ...]) -> c.Each:
        lets = (*self.lets(loop.body, late=False), *self.lets(loop.body, late=True))
        return c.Each(
            origin=self.origin(loop),
            rows=loop.rows.name,
            slot=self.expressions.checked.bound.slots[loop.key],
            name=loop.row.name,
            where=None if loop.where is None else self.expressions.lower(loop.where),
            body=(*lets, *body),
        )

    # ---- what they share

    def _move(self, move: n.Move, role: Role) -> c.Move:
        lower = self.expressions.number
        conditions = [clause.condition for clause in move.clauses if isinstance(clause, n.If)]
        caps = [clause.amount for clause in move.clauses if isinstance(clause, n.Cap)]
        instead = tuple(c.Instead(cl.cause, lower(cl.value)) for cl in move.clauses if isinstance(cl, n.OrElse))
        return c.Move(
            origin=self.origin(move),
            role=role,
            amount=lower(move.amount),
            when=self.expressions.lower(conditions[0]) if conditions else None,
            cap=lower(caps[0]) if caps else None,
            instead=instead,
            reason=self._reason(move.clauses),
            authority=self._authority(move.clauses),
        )

    def origin(self, node: n.Statement | n.Part | n.Grade) -> c.Origin:
        return c.Origin(self.expressions.checked.bound.paths[node.key], node.span)

    def _reason(self, clauses: tuple[n.Clause, ...]) -> c.Template | None:
        because = next((clause for clause in clauses if isinstance(clause, n.Because)), None)
        return None if because is None else self.expressions.template(because)

    def _authority(self, clauses: tuple[n.Clause, ...]) -> str | None:
        under = next((clause for clause in clauses if isinstance(clause, n.Under)), None)
        return self.authority if under is None else under.text.value


def at(path: str, span: Span) -> c.Origin:
    """The origin of a step that no statement of its own stands for."""
    return c.Origin(RulePath(path), span)
