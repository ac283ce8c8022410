"""Statements: do their clauses fit them, are their values of the kinds they need, do they stand where they belong?"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, assert_never

from attrs import evolve, field, frozen

from steelyard.bind.symbols import MoveSymbol, WordSymbol
from steelyard.check.clauses import check_clauses, condition_of
from steelyard.check.constants import constant
from steelyard.check.expressions import Expressions
from steelyard.check.judgement import check_judged as _check_judgement
from steelyard.check.steps import check_direction, check_each, check_step
from steelyard.diagnostics.catalogue import CATALOGUE
from steelyard.diagnostics.model import Diagnostic, Edit, Fact, Fix, Label, Severity
from steelyard.diagnostics.nearest import nearest
from steelyard.syntax import nodes as n
from steelyard.syntax.templates import Placeholder
from steelyard.syntax.walk import walk
from steelyard.values.numbers import COUNT_LIMIT
from steelyard.values.types import NumberType, TextType, UnknownType

Role = Literal["deduct", "award", "score"]


@frozen
class Place:
    """Where a statement stands."""

    expressions: Expressions
    full: Fraction | None
    """Full points of the part; None where only the data know them."""
    looped: bool = False
    """Inside a `for each`?"""
    group: n.Group | None = None
    """The group it stands in."""
    steps: list[n.Step] = field(factory=list)
    each: list[n.Each] = field(factory=list)
    """Steps and counts met, to be looked at when all types are known."""
    row_bounds: dict[int, n.Bounds] = field(factory=dict)

    def report(self, code: str, node: n.Node, *labels: Label, **facts: Fact) -> None:
        self.expressions.findings.found.append(Diagnostic(code, facts, node.span, labels=labels))


def check_statement(statement: n.Statement, place: Place) -> None:
    """One statement and all in it."""
    match statement:
        case n.Let():
            check_let(statement, place)
        case n.Deduct():
            check_deduct(statement, place)
        case n.Award():
            check_award(statement, place)
        case n.Score():
            check_score(statement, place)
        case n.StartAt():
            check_start_at(statement, place)
        case n.Restore():
            check_restore(statement, place)
        case n.Together():
            check_together(statement, place)
        case n.HighestOf():
            check_highest_of(statement, place)
        case n.Checklist():
            check_checklist(statement, place)
        case n.Zero():
            check_zero(statement, place)
        case n.Limit():
            check_limit(statement, place)
        case n.Regrade():
            check_regrade(statement, place)
        case n.Skip():
            check_skip(statement, place)
        case n.Check():
            check_check(statement, place)
        case n.Judged():
            check_judged(statement, place)
        case n.ForEach():
            check_for_each(statement, place)
        case n.Allow():
            check_allow(statement, place)
        case n.PartBound():
            check_part_bound(statement, place)
        case _:
            assert_never(statement)


# ---- values


def check_let(let: n.Let, place: Place) -> None:
    """The value of a let; one whose kind only its use shows waits for that."""
    expressions = place.expressions
    _closed_scores_only((let.value,), expressions)
    path = expressions.bound.paths.get(let.key)
    if path is not None and path not in expressions.lets:
        expressions.let_type(path, let, None)
    found = expressions.lets.get(path or "", UnknownType())
    for answer in (clause.value for clause in let.clauses if isinstance(clause, n.OrElse)):
        if answer is None and (place.looped or place.group):
            continue
        if answer is not None and isinstance(found, NumberType | TextType) and not isinstance(answer, n.Table):
            if isinstance(found, NumberType):
                expressions.number(answer)
            else:
                expressions.of_kind(answer, TextType())
    _check_or_skip(let.clauses, place)
    check_clauses(let, let.clauses, expressions)


# ---- moves


def check_deduct(deduct: n.Deduct, place: Place) -> None:
    _check_move(deduct, "deduct", place)


def check_award(award: n.Award, place: Place) -> None:
    _check_move(award, "award", place)


def check_score(score: n.Score, place: Place) -> None:
    _check_move(score, "score", place)


def check_start_at(start: n.StartAt, place: Place) -> None:
    """It stands in the part itself, once, with amounts."""
    expressions = place.expressions
    _belongs_to_part(start, place)
    _closed_scores_only([v for v in (start.amount, start.condition, start.otherwise) if v is not None], expressions)
    for amount in (start.amount, start.otherwise):
        if amount is None:
            continue
        expressions.amount(amount)
    if start.condition is not None:
        expressions.truth(start.condition)
        if start.otherwise is None:
            place.report("W164", start)
    check_clauses(start, start.clauses, expressions)


def check_restore(restore: n.Restore, place: Place) -> None:
    """A share of what a deduction asked, or so many points of it."""
    expressions, amount = place.expressions, restore.amount
    _closed_scores_only((amount,), expressions)
    for value in [row.value for row in amount.rows] if isinstance(amount, n.Table) else [amount]:
        found = expressions.number(value)
        share = isinstance(found, NumberType) and found.unit is not None and found.unit.percent
        if share and isinstance(value, n.Number) and value.value > 1:
            place.report("W165", value, text=value.span.text)
        elif not share:
            expressions.amount(value)
    expressions.infer(amount, None)
    symbol = expressions.bound.refers_to.get(restore.of.key)
    match symbol:
        case MoveSymbol(statement=n.Together() | n.HighestOf() | n.Checklist() as group) if (
            _role_of_group(group) != "deduct"
        ):
            place.report("W139", restore.of, name=restore.of.name)
        case _:
            pass
    if place.group is not None:
        place.report("W162", restore)
    _check_or_skip(restore.clauses, place)
    check_clauses(restore, restore.clauses, expressions)


def check_together(together: n.Together, place: Place) -> None:
    _check_group(together, place)


def check_highest_of(highest: n.HighestOf, place: Place) -> None:
    _check_group(highest, place)


def check_checklist(checklist: n.Checklist, place: Place) -> None:
    """Its rows are moves, and checked as such."""
    _check_group(checklist, place)


def check_for_each(loop: n.ForEach, place: Place) -> None:
    if loop.where is not None:
        _closed_scores_only((loop.where,), place.expressions)
        place.expressions.truth(loop.where)
    inside = evolve(place, looped=True)
    for statement in loop.body:
        if isinstance(statement, n.Judged):
            place.report("W121", statement)
        check_statement(statement, inside)


def _check_move(move: n.Move, role: Role, place: Place) -> None:
    expressions = place.expressions
    _closed_scores_only(_values_of(move, expressions), expressions)
    match move.per:
        case n.Step():
            check_step(move.per, expressions)
            check_direction(move.per, condition_of(move.clauses), expressions)
            place.steps.append(move.per)
        case n.Each():
            check_each(move.per, expressions)
            place.each.append(move.per)
        case None:
            pass
    expressions.amount(move.amount)
    _check_or_skip(move.clauses, place)
    check_clauses(move, move.clauses, expressions)


def _check_group(group: n.Group, place: Place) -> None:
    """Moves of one kind, with lets, loops and groups of them."""
    first: tuple[n.Statement, Role] | None = None
    for statement in _moves_in(group.body):
        role = _role_of(statement)
        if role is None:
            place.report("W162", statement)
        elif first is None:
            first = (statement, role)
        elif role != first[1]:
            place.report("W130", statement, Label(first[0].span, "first-here"))
            break
    check_clauses(group, group.clauses, place.expressions)
    inside = evolve(place, group=group)
    for statement in group.body:
        if not isinstance(statement, n.Judged):
            check_statement(statement, inside)


def _moves_in(body: tuple[n.Statement, ...]) -> Iterable[n.Statement]:
    """What a group holds, through its loops and inner groups."""
    for statement in body:
        match statement:
            case n.ForEach() | n.Together() | n.HighestOf() | n.Checklist():
                yield from _moves_in(statement.body)
            case n.Let():
                pass
            case _:
                yield statement


def _role_of(statement: n.Statement) -> Role | None:
    match statement:
        case n.Deduct():
            return "deduct"
        case n.Award():
            return "award"
        case n.Score():
            return "score"
        case _:
            return None


def _role_of_group(group: n.Group) -> Role | None:
    return next((role for s in _moves_in(group.body) if (role := _role_of(s))), None)


# ---- vetoes, limits, grades, skips


def check_zero(zero: n.Zero, place: Place) -> None:
    check_clauses(zero, zero.clauses, place.expressions)


def check_limit(limit: n.Limit, place: Place) -> None:
    """What can be written at the rounding's places is checked with the bounds."""
    _closed_scores_only((limit.to,), place.expressions)
    place.expressions.amount(limit.to)
    check_clauses(limit, limit.clauses, place.expressions)


def check_regrade(regrade: n.Regrade, place: Place) -> None:
    """The grade is one of the list, and there is one below where that is needed."""
    expressions = place.expressions
    scale = expressions.labels.get(str(expressions.bound.targets.get(regrade.key, "")), ())
    if regrade.steps is not None:
        steps = constant(regrade.steps)
        expressions.number(regrade.steps)
        if steps is None or steps.denominator != 1 or not 1 <= steps <= COUNT_LIMIT:
            place.report("T136", regrade.steps, text=regrade.steps.span.text)
    label = regrade.label
    if label is not None and scale:
        if label.value not in scale:
            near = nearest(label.value, scale)
            fixes = (Fix("did-you-mean", (Edit(label.span, near),), {"name": near}),) if near else ()
            shown = tuple(f"“{grade}”" for grade in scale)
            expressions.findings.report("W133", label.span, fixes=fixes, label=label.value, grades=shown)
        elif regrade.how == "not" and label.value == scale[-1]:
            place.report("W131", label, label=label.value)
        elif regrade.how == "limit" and label.value == scale[0]:
            place.report("W134", label, label=label.value)
    check_clauses(regrade, regrade.clauses, expressions)


def check_skip(skip: n.Skip, place: Place) -> None:
    """It belongs to the part. A total may be given in full or as 0; one that is not issued has nothing to give, and
    nothing stands beside a total to take its points."""
    _belongs_to_part(skip, place)
    giving = next((clause for clause in skip.clauses if isinstance(clause, n.Giving)), None)
    of_total = str(place.expressions.bound.targets.get(skip.key)) == "total"
    if giving is not None and (skip.target == "total" or (of_total and giving.what == "rescale")):
        place.report("W156", giving)
    check_clauses(skip, skip.clauses, place.expressions)


# ---- others


def check_check(check: n.Check, place: Place) -> None:
    place.expressions.truth(check.test)
    check_clauses(check, check.clauses, place.expressions)


def check_judged(judged: n.Judged, place: Place) -> None:
    _check_judgement(judged, place.full, place.row_bounds, place.expressions)


def check_allow(allow: n.Allow, place: Place) -> None:
    """A warning that exists, with a reason for silencing it."""
    code = allow.code.name
    if code not in CATALOGUE:
        near = nearest(code.upper(), CATALOGUE)
        fixes = (Fix("did-you-mean", (Edit(allow.code.span, near),), {"name": near}),) if near else ()
        place.expressions.findings.report("W185", allow.code.span, fixes=fixes, name=code)
    elif CATALOGUE[code].severity is Severity.ERROR:
        place.report("W186", allow.code, name=code)
    if not any(isinstance(clause, n.Because) for clause in allow.clauses):
        place.report("W184", allow)
    if place.looped or place.group:
        _belongs_to_part(allow, place)
    check_clauses(allow, allow.clauses, place.expressions)


def check_part_bound(bound: n.PartBound, place: Place) -> None:
    """Its amount; whether bounds agree with each other and the points is seen where they are resolved."""
    if bound.amount is not None:
        place.expressions.amount(bound.amount)


# ---- what they share


def _belongs_to_part(statement: n.Statement, place: Place) -> None:
    if place.looped or place.group:
        place.report("W161", statement)


def _check_or_skip(clauses: tuple[n.Clause, ...], place: Place) -> None:
    """`or skip` takes the whole part out, which one row or one move of a group cannot decide."""
    for clause in clauses:
        if isinstance(clause, n.OrElse) and clause.value is None and (place.looped or place.group):
            place.report("W155", clause)


def _values_of(move: n.Move, expressions: Expressions) -> list[n.Expression]:
    """All that a move reads, in its reason too."""
    values = [move.amount]
    match move.per:
        case n.Step(size=size, value=value, bound=bound):
            values += [node for node in (size, value, bound) if node is not None]
        case n.Each(count=count, where=where):
            values += [node for node in (count, where) if node is not None]
        case None:
            pass
    for clause in move.clauses:
        match clause:
            case n.If(condition):
                values.append(condition)
            case n.Cap(amount) | n.OrElse(n.Node() as amount):
                values.append(amount)
            case n.Because():
                pieces = expressions.bound.templates.get(clause.key, ())
                values += [piece.value for piece in pieces if isinstance(piece, Placeholder)]
            case _:
                pass
    return values


def _closed_scores_only(values: Iterable[n.Expression], expressions: Expressions) -> None:
    """The total and the grade are known only after every statement; a `check` alone may read them."""
    for value in values:
        for node in walk(value):
            symbol = expressions.bound.refers_to.get(node.key)
            if isinstance(symbol, WordSymbol) and symbol.word in ("total", "grade"):
                expressions.findings.report("N117", node.span, name=node.span.text)
