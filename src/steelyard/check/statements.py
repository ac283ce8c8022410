"""Statements: do their clauses fit them, are their values of the kinds they need?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from steelyard.bind.symbols import WordSymbol
from steelyard.check.expressions import Expressions
from steelyard.diagnostics.model import Label
from steelyard.source import Span
from steelyard.syntax import nodes as n
from steelyard.syntax.keywords import keywords
from steelyard.syntax.templates import Placeholder
from steelyard.syntax.walk import walk
from steelyard.values.types import TextType

_ALLOWED: dict[type[n.Statement], tuple[type[n.Clause], ...]] = {
    n.Deduct: (n.If, n.Because, n.Under, n.Cap, n.Exhausted, n.OrElse),
    n.Award: (n.If, n.Because, n.Under, n.Cap, n.OrElse),
    n.Score: (n.If, n.Because, n.Under, n.Cap, n.OrElse),
    n.Check: (n.Because, n.Under, n.SeverityClause),
    n.Judged: (n.AverageOf, n.Under),
}


def check_statement(statement: n.Statement, expressions: Expressions) -> None:
    """One statement and all in it."""
    match statement:
        case n.Let():
            check_let(statement, expressions)
        case n.Deduct():
            check_deduct(statement, expressions)
        case n.Award():
            check_award(statement, expressions)
        case n.Score():
            check_score(statement, expressions)
        case n.Check():
            check_check(statement, expressions)
        case n.Judged():
            check_judged(statement, expressions)
        case n.ForEach():
            check_for_each(statement, expressions)
        case _:
            assert_never(statement)


def check_let(let: n.Let, expressions: Expressions) -> None:
    """The value of a let; one whose kind only its use shows waits for that."""
    _closed_scores_only((let.value,), expressions)
    path = expressions.bound.paths.get(let.key)
    if path is not None and path not in expressions.lets:
        expressions.let_type(path, let, None)


def check_deduct(deduct: n.Deduct, expressions: Expressions) -> None:
    _check_move(deduct, expressions)


def check_award(award: n.Award, expressions: Expressions) -> None:
    _check_move(award, expressions)


def check_score(score: n.Score, expressions: Expressions) -> None:
    _check_move(score, expressions)


def check_check(check: n.Check, expressions: Expressions) -> None:
    expressions.truth(check.test)
    _check_clauses(check, check.clauses, expressions)


def check_judged(judged: n.Judged, expressions: Expressions) -> None:
    _check_clauses(judged, judged.clauses, expressions)


def check_for_each(loop: n.ForEach, expressions: Expressions) -> None:
    if loop.where is not None:
        _closed_scores_only((loop.where,), expressions)
        expressions.truth(loop.where)
    for statement in loop.body:
        if isinstance(statement, n.Judged):
            expressions.findings.report("W121", statement.span)
        check_statement(statement, expressions)


def _check_move(move: n.Move, expressions: Expressions) -> None:
    values = [move.amount]
    for clause in move.clauses:
        match clause:
            case n.If():
                values.append(clause.condition)
            case n.Cap():
                values.append(clause.amount)
            case n.OrElse():
                values.append(clause.value)
            case n.Because():
                pieces = expressions.bound.templates.get(clause.key, ())
                values += [piece.value for piece in pieces if isinstance(piece, Placeholder)]
            case _:
                pass
    _closed_scores_only(values, expressions)
    expressions.amount(move.amount)
    _check_clauses(move, move.clauses, expressions)


def _check_clauses(statement: n.Statement, clauses: tuple[n.Clause, ...], expressions: Expressions) -> None:
    seen: dict[object, n.Clause] = {}
    for clause in clauses:
        if not isinstance(clause, _ALLOWED[type(statement)]):
            expressions.findings.report("T121", clause.span, word=_written(clause.span))
            continue
        kind = (type(clause), clause.cause) if isinstance(clause, n.OrElse) else type(clause)
        if first := seen.get(kind):
            label = Label(first.span, "first-here")
            expressions.findings.report("T120", clause.span, labels=(label,), word=_written(clause.span))
        seen[kind] = clause
        match clause:
            case n.If():
                expressions.truth(clause.condition)
            case n.Cap():
                expressions.amount(clause.amount)
            case n.OrElse():
                expressions.amount(clause.value)
            case n.Because() | n.Under() | n.Exhausted() | n.SeverityClause() | n.AverageOf():
                pass
    expressions.reasons.extend(clause for clause in clauses if isinstance(clause, n.Because))


def check_because(because: n.Because, expressions: Expressions) -> None:
    """The names in a reason. It runs after all else: what a name is shows where it is computed with."""
    for piece in expressions.bound.templates.get(because.key, ()):
        if isinstance(piece, Placeholder):
            found = expressions.infer(piece.value, TextType())
            if piece.show is not None and isinstance(found, TextType):
                expressions.findings.report("T122", piece.value.span, show=piece.show, name=piece.value.span.text)


def _closed_scores_only(values: Iterable[n.Expression], expressions: Expressions) -> None:
    """The total and the grade are known only after every statement; a `check` alone may read them."""
    for value in values:
        for node in walk(value):
            symbol = expressions.bound.refers_to.get(node.key)
            if isinstance(symbol, WordSymbol) and symbol.word in ("total", "grade"):
                expressions.findings.report("N117", node.span, name=node.span.text)


def _written(span: Span) -> str:
    """The keyword a clause begins with, as it is written there."""
    text = span.text
    for spelling in keywords().by_start.get(text[:1], ()):
        if match := spelling.pattern.match(text):
            return match.group()
    return text.split()[0]
