"""Grades: read off the closing, then moved along their scale.

A grade that is not determined is the set of labels it may be. Whatever moves it moves each of them; what may move it
leaves both.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from steelyard.core import nodes as c
from steelyard.scalar import loops
from steelyard.scalar.balance import Balance
from steelyard.scalar.evaluate import evaluate
from steelyard.scalar.lets import let
from steelyard.scalar.limits import Fired, fires
from steelyard.scalar.recorder import Facts
from steelyard.scalar.run import Run, blamed, together, unknown_of
from steelyard.trace.ledger import regraded
from steelyard.trace.model import Kind, RowRef, Status
from steelyard.values.states import Cause, Unknown

Labels = frozenset[str]


@frozen
class Considered:
    """A regrade on one row, with its condition decided or not."""

    statement: c.Regrade
    row: RowRef | None
    fired: Fired


def grade(run: Run, statement: c.Grade, balance: Balance) -> str | Unknown:
    """The grade of a part that has closed."""
    choice = evaluate(statement.choice, run.env)
    found = {choice.value} if isinstance(choice.value, str) else {a.value for a in choice.args}
    labels = frozenset(label for label in found if isinstance(label, str))
    unknown = unknown_of(choice)
    _entry(run, "grade", statement.origin, balance, labels, statement.scale, "undetermined" if unknown else "applied",
           Facts(condition=choice, scale=statement.scale, blame=blamed(unknown)))  # fmt: skip
    moves: dict[str, list[Considered]] = {}
    for considered in _consider(run, statement.moves, balance):
        moves.setdefault(considered.statement.origin.path, []).append(considered)
    for rows in moves.values():
        labels, why = _regrade(run, statement, rows, labels, balance)
        unknown = together(unknown, why)
    sure = len(labels) == 1 and balance.skipped is False
    balance.grade = next(iter(labels)) if sure else None
    balance.possible = () if sure else tuple(label for label in statement.scale if label in labels)
    balance.grade_doubt = unknown if balance.possible else None
    if balance.grade is not None:
        return balance.grade
    causes = unknown.causes if unknown is not None else frozenset({Cause.UNDEFINED})
    return Unknown(causes, frozenset() if unknown is None else unknown.blame)


def _consider(run: Run, statements: tuple[c.Statement, ...], balance: Balance) -> Iterator[Considered]:
    """Every regrade, of a loop on every row."""
    for statement in statements:
        match statement:
            case c.Regrade():
                yield Considered(statement, run.row, fires(run, statement))
            case c.Let():
                let(run, statement, balance)
            case c.Each():
                found = loops.turns(run, statement)
                if isinstance(found, Unknown):
                    run.note("each", statement.origin, balance.path, "undetermined", blame=blamed(found))
                    for inner in _inside(statement):
                        facts = Facts(role=inner.how, authority=inner.authority, code=inner.code)
                        yield Considered(inner, run.row, Fired(found, "undetermined", facts))
                    continue
                for unknown in loops.bound(run, statement, found, balance.path):
                    yield from _consider(run, loops.body_of(statement, unknown), balance)
            case _:
                raise AssertionError(f"no {type(statement).__name__} moves a grade")


def _inside(statement: c.Statement) -> Iterator[c.Regrade]:
    if isinstance(statement, c.Regrade):
        yield statement
    elif isinstance(statement, c.Each):
        for inner in statement.body:
            yield from _inside(inner)


def _regrade(
    run: Run, scale: c.Grade, rows: list[Considered], labels: Labels, balance: Balance
) -> tuple[Labels, Unknown | None]:
    """One statement takes effect once: any row suffices."""
    sure = next((r for r in rows if r.fired.holds is True), None)
    decisive = sure or next((r for r in rows if isinstance(r.fired.holds, Unknown)), None)
    doubt: Unknown | None = None
    for considered in rows:
        statement, fired = considered.statement, considered.fired
        status: Status = fired.status
        if considered is decisive:
            how, named, steps = statement.how, statement.label, statement.steps
            after = frozenset(regraded(how, named, steps, label, scale.scale) for label in labels or scale.scale)
            if isinstance(fired.holds, Unknown):
                doubt, after = fired.holds, after | labels
            elif after == labels:
                status = "without effect"
            labels = after
        elif fired.holds is not False:
            status = "without effect"
        facts = fired.facts | Facts(steps=statement.steps if statement.how == "lower" else None)
        if statement.label is not None and facts.get("name") is None:
            facts |= Facts(name=statement.label)
        outer, run.row = run.row, considered.row
        _entry(run, "regrade", statement.origin, balance, labels, scale.scale, status, facts)
        run.row = outer
    return labels, doubt


def _entry(
    run: Run,
    kind: Kind,
    origin: c.Origin,
    balance: Balance,
    labels: Labels,
    scale: tuple[str, ...],
    status: Status,
    facts: Facts,
) -> None:
    """An entry with the grade, or all it may be, in the order of the scale. What may be skipped has no grade for sure."""
    possible = tuple(label for label in scale if label in labels)
    sure = len(possible) == 1 and balance.skipped is False
    outcome = Facts(label=possible[0]) if sure else Facts(possible=possible)
    run.note(kind, origin, balance.path, status, **(facts | outcome))
