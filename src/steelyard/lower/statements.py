"""Statements to the core, each kind by its own function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import attrs
from attrs import field, frozen

from steelyard.bind.paths import all_statements
from steelyard.bind.symbols import InputSymbol, MoveSymbol, RowFieldSymbol
from steelyard.bind.waivers import companions
from steelyard.check.constants import constant
from steelyard.core import nodes as c
from steelyard.lower.context import ZERO, Home, both, least_dropped
from steelyard.lower.expressions import Expressions
from steelyard.lower.lets import answers, lower_let
from steelyard.lower.levels import lower_levels, points_of
from steelyard.lower.steps import counted
from steelyard.source import RulePath, Span
from steelyard.syntax import nodes as n
from steelyard.values.types import NumberType

Role = Literal["score", "deduct", "award"]
Restores = Mapping[int, tuple[c.Restore, ...]]
"""By the key of the move or group that they give back from."""


@frozen
class Statements:
    """Lowers the statements of one part."""

    expressions: Expressions
    home: Home
    authority: str | None
    """Of the scheme: what a statement without its own `under` stands on."""
    restores: Restores = field(factory=dict)

    # ---- kinds of statements, in file order

    def moves(self, statements: Sequence[n.Statement], role: Role) -> Iterator[c.Statement]:
        """The statements of one role; a loop becomes one loop per role it holds."""
        here = self._with_restores(statements)
        for statement in statements:
            match statement:
                case n.Score() if role == "score":
                    yield here.lower_score(statement)
                case n.Deduct() if role == "deduct":
                    yield here.lower_deduct(statement)
                case n.Award() if role == "award":
                    yield here.lower_award(statement)
                case n.Together() if role_of(statement) == role:
                    yield here.lower_together(statement)
                case n.HighestOf() if role_of(statement) == role:
                    yield here.lower_highest_of(statement)
                case n.Checklist() if role_of(statement) == role:
                    yield here.lower_checklist(statement)
                case n.ForEach():
                    body = tuple(here.moves(statement.body, role))
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
        bound = self.expressions.context.bound
        here = (s for s in statements if isinstance(s, n.Let) and (bound.paths[s.key] in bound.late) == late)
        return [self.lower_let(let) for let in self.expressions.context.in_order(here)]

    def all_lets(self, statements: Sequence[n.Statement]) -> list[c.Let]:
        return [*self.lets(statements, late=False), *self.lets(statements, late=True)]

    # ---- one function a construct

    def lower_let(self, let: n.Let) -> c.Let:
        return lower_let(let, self.expressions)

    def lower_score(self, score: n.Score) -> c.Move:
        return self._move(score, "score", self.expressions.to_score())

    def lower_deduct(self, deduct: n.Deduct) -> c.Move:
        return self._move(deduct, "deduct", self.expressions)

    def lower_award(self, award: n.Award) -> c.Move:
        return self._move(award, "award", self.expressions)

    def lower_together(self, group: n.Together) -> c.Group:
        return self._group(group, "sum")

    def lower_highest_of(self, group: n.HighestOf) -> c.Group:
        return self._group(group, "highest")

    def lower_checklist(self, checklist: n.Checklist) -> c.Group:
        return self._group(checklist, "sum")

    def lower_restore(self, restore: n.Restore) -> c.Restore:
        kind = self.expressions.context.checked.types.get(restore.amount.key)
        share = isinstance(kind, NumberType) and kind.unit is not None and kind.unit.percent
        return c.Restore(
            origin=self.origin(restore),
            amount=self.expressions.number(restore.amount),
            share=share,
            when=self._condition(restore.clauses),
            instead=answers(restore.clauses, self.expressions),
            reason=self._reason(restore.clauses),
            authority=self._authority(restore.clauses),
            code=self._code(restore.clauses),
        )

    def lower_start_at(self, start: n.StartAt) -> c.Expression:
        """What the part opens at; full points where its condition does not hold and nothing else is said."""
        amount = self.expressions.number(start.amount)
        if start.condition is None:
            return amount
        otherwise = self.expressions.points if start.otherwise is None else self.expressions.number(start.otherwise)
        return c.Choose((c.Branch(self.expressions.lower(start.condition), amount),), otherwise)

    def lower_zero(self, zero: n.Zero) -> c.Limit:
        return self._limit(zero, "zero", ZERO)

    def lower_limit(self, limit: n.Limit) -> c.Limit:
        return self._limit(limit, "limit", self.expressions.number(limit.to))

    def lower_regrade(self, regrade: n.Regrade) -> c.Regrade:
        steps = None if regrade.steps is None else constant(regrade.steps)
        return c.Regrade(
            origin=self.origin(regrade),
            how=regrade.how,
            label=None if regrade.label is None else regrade.label.value,
            steps=1 if steps is None else int(steps),
            when=self._condition(regrade.clauses),
            within=self.home.path,
            reason=self._reason(regrade.clauses),
            authority=self._authority(regrade.clauses),
            code=self._code(regrade.clauses),
            waiver=self._waiver(regrade.clauses),
        )

    def lower_skip(self, skip: n.Skip) -> c.Skip:
        giving = next((clause.what for clause in skip.clauses if isinstance(clause, n.Giving)), None)
        return c.Skip(
            origin=self.origin(skip),
            when=self._condition(skip.clauses) or c.Const(True),
            giving=giving or "redistribute",
            reason=self._reason(skip.clauses),
            authority=self._authority(skip.clauses),
            code=self._code(skip.clauses),
        )

    def lower_check(self, check: n.Check) -> c.Check:
        severities = [clause.severity for clause in check.clauses if isinstance(clause, n.SeverityClause)]
        return c.Check(
            origin=self.origin(check),
            test=self.expressions.lower(check.test),
            severity=severities[-1] if severities else "warning",
            reason=self._reason(check.clauses),
            authority=self._authority(check.clauses),
            code=self._code(check.clauses),
            when=self._condition(check.clauses),
        )

    def lower_judged(self, judged: n.Judged) -> c.Review:
        methods = [clause.method for clause in judged.clauses if isinstance(clause, n.OfReviewers)]
        dropping = next((clause for clause in judged.clauses if isinstance(clause, n.Dropping)), None)
        choices = next((clause.choices for clause in judged.clauses if isinstance(clause, n.OneOf)), ())
        return c.Review(
            origin=self.origin(judged),
            criterion=str(self.home.path),
            method=methods[0] if methods else "single",
            authority=self._authority(judged.clauses),
            dropping=least_dropped(dropping),
            choices=tuple(points_of(choice, self.expressions) for choice in choices),
            levels=lower_levels(judged.levels, self.expressions),
        )

    def lower_for_each(self, loop: n.ForEach, body: tuple[c.Statement, ...]) -> c.Each:
        return self.loop(loop, (*self.all_lets(loop.body), *body))

    # ---- what they share

    def loop(self, loop: n.ForEach, body: tuple[c.Statement, ...]) -> c.Each:
        return c.Each(
            origin=self.origin(loop),
            rows=loop.rows.name,
            slot=self.expressions.context.bound.slots[loop.key],
            name=loop.row.name,
            where=None if loop.where is None else self.expressions.lower(loop.where),
            body=body,
            by=None if loop.by is None else loop.by.name,
        )

    def or_skip(self, statement: n.Statement) -> Iterator[c.Skip]:
        """`, or skip if undefined`: the part is skipped where the statement has no value for that cause."""
        clauses: tuple[n.Clause, ...] = getattr(statement, "clauses", ())
        for clause in clauses:
            if not isinstance(clause, n.OrElse) or clause.value is not None:
                continue
            path = RulePath(f"{self.expressions.context.bound.paths[statement.key]}:skip.{clause.cause}")
            yield c.Skip(
                origin=c.Origin(path, clause.span),
                when=self._has_no_value(statement, clause.cause),
                giving="redistribute",
                reason=None,
                authority=self._authority(clauses),
                code=self._code(clauses),
            )

    def origin(self, node: n.Statement | n.Part | n.Grade) -> c.Origin:
        return c.Origin(self.expressions.context.bound.paths[node.key], node.span)

    def _has_no_value(self, statement: n.Statement, cause: n.Cause) -> c.Expression:
        match statement:
            case n.Let():
                return c.Is(c.Slot(self.expressions.context.bound.paths[statement.key]), cause)
            case n.Deduct() | n.Award() | n.Score():
                amount = c.Is(counted(statement.amount, statement.per, self.expressions), cause)
                condition = self._condition(statement.clauses)
                if condition is None:
                    return amount
                # An amount that is not asked for may have no value.
                return c.Op("or", (c.Is(condition, cause), both([condition, amount])))
            case _:
                raise AssertionError("check asks for a move or a let")

    def _move(self, move: n.Move, role: Role, expressions: Expressions) -> c.Move:
        caps = [clause.amount for clause in move.clauses if isinstance(clause, n.Cap)]
        return c.Move(
            origin=self.origin(move),
            role=role,
            amount=counted(move.amount, move.per, expressions),
            when=self._condition(move.clauses),
            cap=expressions.number(caps[0]) if caps else None,
            instead=answers(move.clauses, expressions),
            reason=self._reason(move.clauses),
            authority=self._authority(move.clauses),
            code=self._code(move.clauses),
            waiver=self._waiver(move.clauses),
            restores=self.restores.get(move.key, ()),
        )

    def _group(self, group: n.Group, combine: Literal["sum", "highest"]) -> c.Group:
        caps = [clause.amount for clause in group.clauses if isinstance(clause, n.Cap)]
        role = role_of(group)
        assert role is not None, "check asks for moves in a group"
        return c.Group(
            origin=self.origin(group),
            role=role,
            combine=combine,
            cap=self.expressions.number(caps[0]) if caps else None,
            body=(*self.all_lets(group.body), *self.moves(group.body, role)),
            when=self._condition(group.clauses),
            reason=self._reason(group.clauses),
            authority=self._authority(group.clauses),
            code=self._code(group.clauses),
            restores=self.restores.get(group.key, ()),
        )

    def _limit(self, statement: n.Zero | n.Limit, role: Literal["zero", "limit"], to: c.Expression) -> c.Limit:
        return c.Limit(
            origin=self.origin(statement),
            role=role,
            to=to,
            when=self._condition(statement.clauses),
            within=self.home.path,
            reason=self._reason(statement.clauses),
            authority=self._authority(statement.clauses),
            code=self._code(statement.clauses),
            waiver=self._waiver(statement.clauses),
        )

    def _with_restores(self, statements: Iterable[n.Statement]) -> Statements:
        """The same, with what this block gives back."""
        found: dict[int, tuple[c.Restore, ...]] = dict(self.restores)
        for statement in statements:
            if isinstance(statement, n.Restore):
                symbol = self.expressions.context.bound.refers_to[statement.of.key]
                assert isinstance(symbol, MoveSymbol), "a restoration names a move"
                key = symbol.statement.key
                found[key] = (*found.get(key, ()), self.lower_restore(statement))
        return attrs.evolve(self, restores=found)

    # ---- clauses

    def _condition(self, clauses: Iterable[n.Clause]) -> c.Expression | None:
        """What must hold: check lets a statement have one condition."""
        conditions = [self.expressions.lower(clause.condition) for clause in clauses if isinstance(clause, n.If)]
        return both(conditions) if conditions else None

    def _reason(self, clauses: Iterable[n.Clause]) -> c.Template | None:
        because = next((clause for clause in clauses if isinstance(clause, n.Because)), None)
        return None if because is None else self.expressions.template(because.key)

    def _authority(self, clauses: Iterable[n.Clause]) -> str | None:
        under = next((clause for clause in clauses if isinstance(clause, n.Under)), None)
        return self.authority if under is None else under.text.value

    def _code(self, clauses: Iterable[n.Clause]) -> str | None:
        return next((clause.text.value for clause in clauses if isinstance(clause, n.Code)), None)

    def _waiver(self, clauses: Iterable[n.Clause]) -> c.Waiver | None:
        name = next((clause.waiver for clause in clauses if isinstance(clause, n.Except)), None)
        if name is None:
            return None
        symbol = self.expressions.context.bound.refers_to[name.key]
        assert isinstance(symbol, InputSymbol | RowFieldSymbol), "an exemption is a column"
        slot = symbol.slot if isinstance(symbol, RowFieldSymbol) else None
        reason, approver = companions(name.name, self.expressions.context.file.language)
        return c.Waiver(c.Cell(name.name, slot), c.Cell(reason, slot), c.Cell(approver, slot))


def role_of(group: n.Group) -> Role | None:
    """The one kind of moves that a group holds."""
    for statement in all_statements(group.body):
        match statement:
            case n.Score():
                return "score"
            case n.Deduct():
                return "deduct"
            case n.Award():
                return "award"
            case _:
                continue
    return None


def at(path: str, span: Span) -> c.Origin:
    """The origin of a step that no statement of its own stands for."""
    return c.Origin(RulePath(path), span)
