"""Groups: moves that enter as one, their sum under a common cap or only the largest."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from steelyard.core import nodes as c
from steelyard.scalar import loops, moves
from steelyard.scalar.balance import NOTHING, ZERO, Balance, exact, within_size
from steelyard.scalar.evaluate import evaluate
from steelyard.scalar.lets import let
from steelyard.scalar.moves import Asked, back_nothing, given_back, inputs_of, is_negative
from steelyard.scalar.recorder import Facts
from steelyard.scalar.run import Run, as_points, blamed, together, unknown_of
from steelyard.trace.model import Kind, RowRef, Status
from steelyard.values import intervals as iv
from steelyard.values.intervals import Interval
from steelyard.values.numbers import show
from steelyard.values.states import Cause, Unknown


@frozen
class Member:
    """What one statement of a group asks."""

    rule: str
    row: RowRef | None
    points: Interval
    unknown: Unknown | None


def group(run: Run, statement: c.Group, balance: Balance) -> None:
    """A group of the part's own moves."""
    moves.take_effect(run, statement, "group", ask_group(run, statement, balance), balance)


def ask_group(run: Run, statement: c.Group, balance: Balance) -> Asked:
    """Condition, members, the common `up to`, then what is given back."""
    condition = None if statement.when is None else evaluate(statement.when, run.env)
    facts = Facts(role=statement.role, mode=statement.combine, condition=condition,
                  authority=statement.authority, code=statement.code)  # fmt: skip
    if condition is not None and condition.value is False:
        back_nothing(run, statement, balance)
        return Asked(NOTHING, None, "not met", facts)
    members = _members(run, statement.body, statement, balance)
    cap = None if statement.cap is None else evaluate(statement.cap, run.env)
    points = _combined(statement, members)
    unknown = together(*(member.unknown for member in members))
    if cap is not None and is_negative(cap):
        assert isinstance(cap.value, Fraction), "a negative number is one"
        run.finding("F201", statement.origin, amount=show(cap.value), text=statement.origin.span.text)
        points, unknown = iv.NOT_NEGATIVE, Unknown(frozenset({Cause.INVALID}), frozenset())
    elif cap is not None:
        points = iv.maximum([iv.minimum([points, as_points(cap)]), NOTHING])
        unknown = together(unknown, unknown_of(cap))
    if condition is not None and isinstance(condition.value, Unknown):
        points, unknown = Interval(ZERO, points.high), together(unknown, condition.value)
    if points.point is not None:
        unknown = None  # Whatever an open member asks, the group comes to this.
    winner = _winner(members) if statement.combine == "highest" else None
    facts |= Facts(
        cap=None if cap is None else exact(as_points(cap)), reason=run.reason(statement.reason),
        winner=None if winner is None else winner.rule, winner_row=None if winner is None else winner.row,
        inputs=inputs_of((condition, cap)),
    )  # fmt: skip
    return given_back(run, statement, balance, Asked(points, unknown, "applied", facts))


def _members(run: Run, body: tuple[c.Statement, ...], of: c.Group, balance: Balance) -> list[Member]:
    """What the statements of a group ask, in order; each has its entry and moves nothing."""
    found: list[Member] = []
    for statement in body:
        match statement:
            case c.Move():
                found.append(_member(run, statement, of, moves.ask(run, statement, balance), balance))
            case c.Group():
                found.append(_member(run, statement, of, ask_group(run, statement, balance), balance))
            case c.Let():
                let(run, statement, balance)
            case c.Each():
                found.extend(_each(run, statement, of, balance))
            case _:
                raise AssertionError(f"no {type(statement).__name__} stands in a group")
    return found


def _each(run: Run, each: c.Each, of: c.Group, balance: Balance) -> list[Member]:
    found = loops.turns(run, each)
    if isinstance(found, Unknown):
        run.note("each", each.origin, balance.path, "undetermined", group=str(of.origin.path), blame=blamed(found))
        return [Member(str(each.origin.path), run.row, iv.NOT_NEGATIVE, found)]
    members: list[Member] = []
    for unknown in loops.bound(run, each, found, balance.path):
        members += _members(run, loops.body_of(each, unknown), of, balance)
    return members


def _member(run: Run, statement: c.Move | c.Group, of: c.Group, asked: Asked, balance: Balance) -> Member:
    kind: Kind = "group" if isinstance(statement, c.Group) else "move"
    status: Status = "undetermined" if asked.fired and asked.unknown else asked.status
    facts = asked.facts | Facts(group=str(of.origin.path), blame=blamed(asked.unknown))
    run.note(kind, statement.origin, balance.path, status, **facts)
    points = asked.points if asked.fired else NOTHING
    return Member(str(statement.origin.path), run.row, points, asked.unknown if asked.fired else None)


def _combined(statement: c.Group, members: list[Member]) -> Interval:
    if not members:
        return NOTHING
    if statement.combine == "highest":
        return iv.maximum([member.points for member in members])
    total = NOTHING
    for member in members:
        total = within_size(iv.add(total, member.points))
    return total


def _winner(members: list[Member]) -> Member | None:
    """The one that is surely the largest, the first of equal ones; None where that is open, or none asks anything."""
    for index, member in enumerate(members):
        low = member.points.low
        if low is None or low <= 0:
            continue
        before = (other.points.high for other in members[:index])
        after = (other.points.high for other in members[index + 1 :])
        if all(high is not None and high < low for high in before) and all(
            high is not None and high <= low for high in after
        ):
            return member
    return None
