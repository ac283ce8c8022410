"""Parts: what each starts from, and whether its statements stand where they belong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import zip_longest

from attrs import frozen

from steelyard.bind.symbols import PartsSymbol, PartSymbol
from steelyard.check.expressions import Expressions
from steelyard.check.model import Basis, Findings
from steelyard.diagnostics.model import Edit, Fix, Label, Words
from steelyard.source import Span
from steelyard.syntax import nodes as n
from steelyard.syntax.walk import walk
from steelyard.values.numbers import decimal_places, show

OUTSIDE = ("bonus", "penalty")
"""Kinds of part that stand outside the shares."""


@frozen
class Scope:
    """A part or the scheme: what stands in it. Checks go through all of them in the same way."""

    part: n.Part | None
    """None: the scheme."""
    parts: tuple[n.Part, ...]
    statements: tuple[n.Statement, ...]
    grades: tuple[n.Grade, ...]
    outer: tuple[Scope, ...] = ()
    """The parts around it, the scheme first."""

    @property
    def shared(self) -> tuple[n.Part, ...]:
        """The parts in it that have shares."""
        return tuple(part for part in self.parts if part.kind not in OUTSIDE)

    @property
    def kind(self) -> str:
        return self.part.kind if self.part else "scheme"


def scopes(file: n.File) -> Iterator[Scope]:
    """The scheme and all parts, outer ones first."""
    yield from _scopes(Scope(None, file.parts, file.statements, file.grades))


def _scopes(scope: Scope) -> Iterator[Scope]:
    yield scope
    for part in scope.parts:
        yield from _scopes(Scope(part, part.parts, part.statements, part.grades, (*scope.outer, scope)))


def basis_of(scope: Scope) -> Basis:
    """What a part starts from: its reviewers, its `score` statements, its parts together, what `start at` says, else full
    points (a bonus or penalty part: 0)."""
    flat = list(flatten(scope.statements))
    if any(isinstance(s, n.Judged) for s in flat):
        return "judged"
    if any(isinstance(s, n.Score) for s in flat):
        return "scores"
    if scope.shared:
        return "parts"
    if scope.kind in OUTSIDE:
        return "zero"
    return "start" if any(isinstance(s, n.StartAt) for s in flat) else "full"


def flatten(statements: Iterable[n.Statement]) -> Iterator[n.Statement]:
    """All statements, also those inside loops and groups."""
    for statement in statements:
        yield statement
        if isinstance(statement, n.ForEach | n.Group):
            yield from flatten(statement.body)


def check_parts(file: n.File, expressions: Expressions) -> None:
    """The base of the scheme and of every part, and blocks that lost their indent."""
    findings = expressions.findings
    for scope in scopes(file):
        _check_base(scope, expressions)
        _check_outside(scope, findings)
        _check_indents([*scope.parts, *scope.statements], findings)


def check_places(part: n.Part, full: Fraction | None, places: int, findings: Findings) -> None:
    """Full points must be writable at the places the part is rounded to, or rounding could pass them."""
    if full is not None and not representable(full, places):
        span = part.share.span if part.share else part.name.span
        findings.report("W115", span, points=show(full), places=places)


def representable(value: Fraction, places: int) -> bool:
    exact = decimal_places(value)
    return exact is not None and exact <= places


def _check_base(scope: Scope, expressions: Expressions) -> None:
    findings = expressions.findings
    flat = list(flatten(scope.statements))
    basis = basis_of(scope)
    judged = [s for s in flat if isinstance(s, n.Judged)]
    starts = [s for s in flat if isinstance(s, n.StartAt)]
    for extra in judged[1:]:
        findings.report("W112", extra.span, labels=(Label(judged[0].span, "first-here"),))
    for statement in flat:
        if isinstance(statement, n.Score) and basis == "judged":
            findings.report("W111", statement.span, labels=(Label(judged[0].span, "first-here"),))
    for start in starts if basis != "start" else starts[1:]:
        others: list[Span] = [s.span for s in flat if isinstance(s, n.Judged | n.Score)]
        others += [part.name.span for part in scope.shared] + [s.span for s in starts if s is not start]
        findings.report("W129", start.span, labels=(Label(others[0], "first-here"),) if others else ())
    if scope.shared and basis in ("judged", "scores"):
        scores = [s for s in flat if isinstance(s, n.Judged | n.Score)]
        if basis == "judged" or not any(_reads_parts(s, expressions) for s in scores if isinstance(s, n.Score)):
            findings.report("W125", scores[0].span, labels=(Label(scope.shared[0].name.span, "part-here"),))


def _reads_parts(score: n.Score, expressions: Expressions) -> bool:
    """Does a score read the score of a part, in its amount or condition, itself or through a let that does?"""
    values = [score.amount, *(clause.condition for clause in score.clauses if isinstance(clause, n.If))]
    if isinstance(score.per, n.Step):
        values += [value for value in (score.per.value, score.per.bound) if value is not None]
    bound = expressions.bound
    for node in (node for value in values for node in walk(value)):
        match bound.refers_to.get(node.key):
            case PartSymbol() | PartsSymbol():
                return True
            case symbol if symbol is not None and getattr(symbol, "path", None) in bound.late:
                return True
            case _:
                continue
    return False


def _check_outside(scope: Scope, findings: Findings) -> None:
    """Bonus parts only rise, penalty parts only sink, and neither has a share."""
    part = scope.part
    if part is None or part.kind not in OUTSIDE:
        return
    kind = Words(part.kind)
    if part.share is not None:
        findings.report("W154", part.share.span, kind=kind, part=part.name.name)
    scored = any(isinstance(s, n.Score) for s in flatten(scope.statements))
    for statement in flatten(scope.statements):
        falls = isinstance(statement, n.Deduct) and not scored
        rises = isinstance(statement, n.Score | n.Award | n.Judged)
        if falls if part.kind == "bonus" else rises:
            findings.report("W132", statement.span, kind=kind, part=part.name.name)
    if part.kind == "penalty" and part.parts:
        findings.report("W132", part.parts[0].name.span, kind=kind, part=part.name.name)


def _check_indents(siblings: list[n.Part | n.Statement], findings: Findings) -> None:
    """A criterion without anything in it, followed by a statement at its own level, has lost an indent."""
    # What the scheme says of itself may stand anywhere.
    rules = [node for node in siblings if not isinstance(node, n.Allow | n.PartBound)]
    ordered = sorted(rules, key=lambda node: node.span.start)
    for part, after in zip_longest(ordered, ordered[1:]):
        if not isinstance(part, n.Part) or part.parts or part.faulty:
            continue
        if any(not isinstance(s, n.PartBound | n.Allow) for s in part.statements):
            continue
        inside = isinstance(after, n.Part) and part.kind == "section" and after.kind == "criterion"
        if after is not None and (inside or isinstance(after, n.Statement)):
            start = Span(after.span.source, after.span.start, after.span.start)
            fix = Fix("indent", (Edit(start, "  "),))
            label = Label(part.span, "part-here")
            findings.report(
                "S211", after.span, labels=(label,), fixes=(fix,), part=part.name.name, kind=Words(part.kind)
            )
        else:
            findings.report("W126", part.span, part=part.name.name, kind=Words(part.kind))
