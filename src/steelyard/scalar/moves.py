"""Moves: what a statement asks for, what is given back of it, and what had effect."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import cast

from attrs import frozen

from steelyard.core import nodes as c
from steelyard.scalar.answers import answer_to, left_open, may_answer
from steelyard.scalar.balance import (
    NOTHING,
    ZERO,
    Balance,
    applied_part,
    exact,
    interval,
    moved,
    too_big,
    whole_range,
    within_size,
)
from steelyard.scalar.evaluate import evaluate
from steelyard.scalar.recorder import Facts, cells_in_order
from steelyard.scalar.run import Run, as_points, blamed, in_order, together, unknown_of
from steelyard.scalar.waivers import NONE, Waived, waived
from steelyard.trace.model import Expr, Kind, Status
from steelyard.values import intervals as iv
from steelyard.values.intervals import Interval
from steelyard.values.numbers import show
from steelyard.values.states import OF_DATA, Absent, Cause, Unknown


@frozen
class Asked:
    """What a move or group comes to before the balance is looked at."""

    points: Interval
    unknown: Unknown | None
    status: Status
    """applied, undetermined, or why it asks nothing."""
    facts: Facts
    """For its entry."""

    @property
    def fired(self) -> bool:
        return self.status in ("applied", "undetermined")


def move(run: Run, statement: c.Move, balance: Balance) -> None:
    """A move of the part's own balance."""
    asked = ask(run, statement, balance)
    take_effect(run, statement, "move", asked, balance)


def take_effect(run: Run, statement: c.Move | c.Group, kind: Kind, asked: Asked, balance: Balance) -> None:
    """Move the balance by what was asked, as far as the bounds let it."""
    before, role = balance.now, statement.role
    if not asked.fired:
        run.entry(kind, statement.origin, balance, asked.status, before, **(asked.facts | Facts(applied=ZERO)))
        return
    unknown, points = asked.unknown, asked.points
    balance.now = moved(balance, role, points)
    balance.asked[role] = within_size(iv.add(balance.asked.get(role, NOTHING), points))
    if too_big(balance.now):
        balance.now = whole_range(balance, role)
        unknown = unknown or Unknown(frozenset({Cause.TOO_BIG}))
        run.finding("F205", statement.origin, text=statement.origin.span.text)
    balance.why(unknown)
    applied = applied_part(balance, role, before, points)
    without_effect = applied == ZERO and points.low is not None and points.low > 0
    status: Status = "undetermined" if unknown else "without effect" if without_effect else "applied"
    facts = asked.facts | Facts(applied=applied, blame=blamed(unknown))
    run.entry(kind, statement.origin, balance, status, before, **facts)


def ask(run: Run, statement: c.Move, balance: Balance) -> Asked:
    """Condition, exemption, amount, `up to`, `or V if`, then what is given back."""
    if (carried := _carried(run, statement)) is not None:
        return carried
    condition = None if statement.when is None else evaluate(statement.when, run.env)
    holds = True if condition is None else condition.value
    exempt = NONE if holds is False else waived(run, statement.waiver, statement.origin)
    amount = None if holds is False else evaluate(statement.amount, run.env)
    cap = None if holds is False or statement.cap is None else evaluate(statement.cap, run.env)
    if (early := answer_to(statement.instead, unknown_of(amount, cap))) is not None:
        # The amount has no value whatever the condition turns out to be.
        amount, cap = evaluate(early.amount, run.env), None
    unknown = unknown_of(condition, amount, cap)
    answered = answer_to(statement.instead, unknown)
    if answered is not None:
        amount, cap, holds = evaluate(answered.amount, run.env), None, True
        unknown = unknown_of(amount)
    facts = Facts(role=statement.role, condition=condition, authority=statement.authority, code=statement.code)
    if holds is False or amount is None:
        back_nothing(run, statement, balance)
        return Asked(NOTHING, None, "not met", facts | Facts(expression=_written(statement.amount)))
    facts |= Facts(
        name=next((a.on for a in (answered, early) if a is not None), None), expression=amount,
        cap=None if cap is None else exact(as_points(cap)), inputs=inputs_of((condition, amount, cap), exempt),
    )  # fmt: skip
    if exempt.counts is True:
        back_nothing(run, statement, balance)
        facts |= Facts(asked=exact(iv.maximum([_cut(amount, cap), NOTHING])), reason=run.reason(statement.reason))
        return Asked(NOTHING, None, "waived", facts | Facts(waiver=exempt.reason, approver=exempt.approver))
    points = _not_negative(run, statement, amount, cap)
    points, unknown = _or_answered(run, statement, points, unknown)
    if unknown is None and any(is_negative(expr) for expr in (amount, cap)):
        unknown = Unknown(frozenset({Cause.INVALID}), frozenset())
    doubt = exempt.counts if isinstance(exempt.counts, Unknown) else None
    if isinstance(holds, Unknown) or doubt is not None:
        points = Interval(ZERO, points.high)
    return given_back(run, statement, balance, Asked(
        points, together(unknown, doubt), "applied",
        facts | Facts(reason=run.reason(statement.reason)),
    ))  # fmt: skip


def given_back(run: Run, statement: c.Move | c.Group, balance: Balance, asked: Asked) -> Asked:
    """The same after its restorations: each lowers what is asked, never below 0."""
    left, unknown = asked.points, asked.unknown
    total, wanted = NOTHING, NOTHING
    for restore in statement.restores:
        wants, back, why = _back(run, statement, restore, asked.points, left, balance)
        wanted, total, unknown = iv.add(wanted, wants), iv.add(total, back), together(unknown, why)
        # Of all together, so that their order cannot matter where one of them is open.
        left = iv.maximum([iv.add(asked.points, iv.negate(wanted)), NOTHING])
    if statement.restores and left.point is not None and unknown is not None and unknown.causes <= OF_DATA:
        unknown = None  # Whatever the data turn out to be, so much is left.
    facts = asked.facts | Facts(asked=exact(left))
    if statement.restores:
        facts |= Facts(restored=exact(total))
    return Asked(left, unknown, "undetermined" if unknown else "applied", facts)


def back_nothing(run: Run, statement: c.Move | c.Group, balance: Balance) -> None:
    """What did not fire gives nothing back; its restorations were considered all the same."""
    for restore in statement.restores:
        run.note("restore", restore.origin, balance.path, "not met", role=_of_what(restore),
                 group=str(statement.origin.path), applied=ZERO, authority=restore.authority,
                 code=restore.code)  # fmt: skip


def _of_what(restore: c.Restore) -> str:
    return "share" if restore.share else "points"


def _back(
    run: Run, of: c.Move | c.Group, restore: c.Restore, asked: Interval, left: Interval, balance: Balance
) -> tuple[Interval, Interval, Unknown | None]:
    """What one restoration would give back, and what it does: at most what is left."""
    condition = None if restore.when is None else evaluate(restore.when, run.env)
    holds = True if condition is None else condition.value
    amount = None if holds is False else evaluate(restore.amount, run.env)
    unknown = unknown_of(condition, amount)
    if (answered := answer_to(restore.instead, unknown)) is not None:
        amount, holds = evaluate(answered.amount, run.env), True
        unknown = unknown_of(amount)
    facts = Facts(
        role=_of_what(restore), group=str(of.origin.path), condition=condition, authority=restore.authority,
        code=restore.code,
    )  # fmt: skip
    if holds is False or amount is None:
        run.note("restore", restore.origin, balance.path, "not met", **(facts | Facts(applied=ZERO)))
        return NOTHING, NOTHING, None
    wanted = as_points(amount)
    if unknown is not None:
        wanted = iv.hull([wanted, *(run.points(answer.amount) for answer in may_answer(restore.instead, unknown))])
    if is_negative(amount):
        run.finding("F201", restore.origin, amount=_shown(amount), text=restore.origin.span.text)
        wanted, unknown = iv.NOT_NEGATIVE, Unknown(frozenset({Cause.INVALID}), frozenset())
    wanted = iv.maximum([iv.multiply(asked, wanted) if restore.share else wanted, NOTHING])
    wants, back = wanted, iv.minimum([wanted, left])
    if isinstance(holds, Unknown):
        wants, back = Interval(ZERO, wants.high), Interval(ZERO, back.high)
    facts |= Facts(
        name=None if answered is None else answered.on, expression=amount, asked=exact(wanted), applied=exact(back),
        reason=run.reason(restore.reason), blame=blamed(unknown),
    )  # fmt: skip
    run.note("restore", restore.origin, balance.path, "undetermined" if unknown else "applied", **facts)
    return wants, back, unknown


def _carried(run: Run, statement: c.Move) -> Asked | None:
    """The carry of a bonus or penalty part that was, or may have been, skipped: it adds nothing."""
    score = next((e for e in _reads(statement.amount) if isinstance(e, c.Score)), None)
    if score is None or not str(statement.origin.path).endswith(":carry"):
        return None
    closing = run.env.closings[score.path]
    if closing.skipped is False:
        return None
    facts = Facts(role=statement.role, authority=statement.authority, reason=run.reason(statement.reason))
    if closing.skipped is True:
        return Asked(NOTHING, None, "skipped", facts)
    unknown = Unknown(closing.causes, closing.blame)
    worth = iv.hull([NOTHING, iv.absolute(interval(closing.score))])
    return Asked(worth, unknown, "undetermined", facts | Facts(asked=exact(worth), inputs=in_order(closing.blame)))


def _written(amount: c.Expression) -> Expr | None:
    """An amount that stands in the rules as a number: what would have been asked is known though nothing was."""
    return Expr("const", amount.value, percent=amount.percent) if isinstance(amount, c.Const) else None


def _reads(expression: c.Expression) -> Sequence[c.Expression]:
    return expression.args if isinstance(expression, c.Op) else (expression,)


def _cut(amount: Expr, cap: Expr | None) -> Interval:
    """The amount, cut by its own `up to`."""
    points = as_points(amount)
    return points if cap is None else iv.minimum([points, as_points(cap)])


def _not_negative(run: Run, statement: c.Move, amount: Expr, cap: Expr | None) -> Interval:
    """What is asked; any amount where one of the two is negative, and that is a finding."""
    if (negative := next((expr for expr in (amount, cap) if is_negative(expr)), None)) is None:
        return iv.maximum([_cut(amount, cap), NOTHING])
    run.finding("F201", statement.origin, amount=_shown(negative), text=statement.origin.span.text)
    if cap is None or is_negative(cap):
        return iv.NOT_NEGATIVE
    return iv.maximum([iv.minimum([iv.NOT_NEGATIVE, as_points(cap)]), NOTHING])


def inputs_of(expressions: Sequence[Expr | None], exempt: Waived = NONE) -> tuple[str, ...]:
    """Keys of the cells read, in order."""
    read = (key for expr in expressions if expr is not None for key in cells_in_order(expr))
    return tuple(dict.fromkeys((*read, *exempt.inputs)))


def _shown(expr: Expr | None) -> str:
    return show(cast(Fraction, expr.value)) if expr is not None else ""


def _or_answered(
    run: Run, statement: c.Move, asked: Interval, unknown: Unknown | None
) -> tuple[Interval, Unknown | None]:
    """What missing data may yet turn out to leave undefined, or not applicable: the answer for that is possible too, and
    only the cells without a value are to blame. A list that is not there says not even that it may be undefined."""
    if unknown is None or not unknown.causes & OF_DATA:
        return asked, unknown
    may = may_answer(statement.instead, unknown)
    possible = [answer for answer in statement.instead if answer.on == "undefined" or answer in may]
    if not possible:
        return asked, unknown
    absent = {key for key in unknown.blame if isinstance(run.recorder.cells[key].datum, Absent)}
    points = iv.hull([asked, *(run.points(answer.amount) for answer in possible)])
    return points, Unknown(left_open(unknown, possible), frozenset(absent))


def is_negative(expr: Expr | None) -> bool:
    return expr is not None and isinstance(expr.value, Fraction) and expr.value < 0
