"""Clauses: which statement may carry which, each once, and what their values must be."""

from __future__ import annotations

from typing import assert_never

from steelyard.check.constants import constant
from steelyard.check.expressions import Expressions
from steelyard.diagnostics.model import Label
from steelyard.source import Span
from steelyard.syntax import nodes as n
from steelyard.syntax.keywords import keywords
from steelyard.syntax.templates import Placeholder
from steelyard.values.types import TextType

SAID = (n.Because, n.Under, n.As, n.Code)
"""What every rule may say of itself."""

_ALLOWED: dict[type[n.Statement], tuple[type[n.Clause], ...]] = {
    n.Let: (n.OrElse,),
    n.Deduct: (n.If, n.Cap, n.Exhausted, n.OrElse, n.Except, *SAID),
    n.Award: (n.If, n.Cap, n.OrElse, n.Except, *SAID),
    n.Score: (n.If, n.Cap, n.OrElse, n.Except, *SAID),
    n.StartAt: (n.Because, n.Under),
    n.Restore: (n.If, n.OrElse, *SAID),
    n.Together: (n.If, n.Cap, *SAID),
    n.HighestOf: (n.If, n.Cap, *SAID),
    n.Checklist: (n.If, n.Cap, n.Exhausted, *SAID),
    n.Zero: (n.If, n.Except, *SAID),
    n.Limit: (n.If, n.Except, *SAID),
    n.Regrade: (n.If, n.Except, *SAID),
    n.Skip: (n.If, n.Giving, *SAID),
    n.Check: (n.If, n.Because, n.Under, n.Code, n.As, n.SeverityClause),
    n.Judged: (n.OfReviewers, n.Dropping, n.OneOf, n.Because, n.Under, n.As, n.Code),
    n.Allow: (n.Because,),
}


def check_clauses(statement: n.Statement, clauses: tuple[n.Clause, ...], expressions: Expressions) -> None:
    """All clauses of a statement."""
    seen: dict[object, n.Clause] = {}
    for clause in clauses:
        if isinstance(clause, n.Otherwise):
            expressions.findings.report("T137", clause.span, word=_written(clause.span))
            expressions.amount(clause.amount)
            continue
        if isinstance(clause, n.PartOfStep):
            _check_part_of_step(clause, statement, expressions)
            continue
        if not isinstance(clause, _ALLOWED[type(statement)]):
            expressions.findings.report("T121", clause.span, word=_written(clause.span))
            continue
        kind = (type(clause), clause.cause) if isinstance(clause, n.OrElse) else type(clause)
        if first := seen.get(kind):
            label = Label(first.span, "first-here")
            expressions.findings.report("T120", clause.span, labels=(label,), word=_written(clause.span))
        seen[kind] = clause
        _check_clause(clause, statement, expressions)
    expressions.reasons.extend(clause for clause in clauses if isinstance(clause, n.Because))


def _check_part_of_step(clause: n.PartOfStep, statement: n.Statement, expressions: Expressions) -> None:
    """What the step in front did not take: a second one, one of another step, one behind a rule that takes no steps."""
    match getattr(statement, "per", None):
        case n.Step(part=None, size=size) if constant(size) != 1:
            pass  # What a part of this step counts is asked anyway.
        case n.Step(part=part) if part is not None:
            expressions.findings.report("T120", clause.span, word=clause.span.text)
        case _:
            expressions.findings.report("T138", clause.span, text=clause.span.text)


def _check_clause(clause: n.Clause, statement: n.Statement, expressions: Expressions) -> None:
    match clause:
        case n.If(condition):
            expressions.truth(condition)
        case n.Cap(amount):
            expressions.amount(amount)
        case n.OrElse(value):
            if value is not None and isinstance(statement, n.Let):
                expressions.infer(value, None)
            elif value is not None:
                expressions.amount(value)
        case n.OneOf(choices):
            for choice in choices:
                expressions.number(choice)
        case (
            n.Otherwise()
            | n.PartOfStep()
            | n.Because()
            | n.Under()
            | n.Exhausted()
            | n.SeverityClause()
            | n.OfReviewers()
            | n.Dropping()
            | n.Giving()
            | n.Except()
            | n.As()
            | n.Code()
        ):
            pass
        case _:
            assert_never(clause)


def check_because(because: n.Because, expressions: Expressions) -> None:
    """The names in a reason. It runs after all else: what a name is shows where it is computed with."""
    check_placeholders(because.key, expressions)


def check_placeholders(key: int, expressions: Expressions) -> None:
    """The names in a template, by its key."""
    for piece in expressions.bound.templates.get(key, ()):
        if isinstance(piece, Placeholder):
            found = expressions.infer(piece.value, TextType())
            if piece.show is not None and isinstance(found, TextType):
                expressions.findings.report("T122", piece.value.span, show=piece.show, name=piece.value.span.text)


def condition_of(clauses: tuple[n.Clause, ...]) -> n.Expression | None:
    return next((clause.condition for clause in clauses if isinstance(clause, n.If)), None)


def _written(span: Span) -> str:
    """The keyword a clause begins with, as it is written there."""
    text = span.text
    for spelling in keywords().by_start.get(text[:1], ()):
        if match := spelling.pattern.match(text):
            return match.group()
    return text.split()[0]
