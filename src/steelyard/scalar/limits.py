"""Vetoes and limits, and what fires them: a condition, unless the part they are written in was skipped."""

from __future__ import annotations

from attrs import frozen

from steelyard.core import nodes as c
from steelyard.scalar.balance import NOTHING, Balance, exact
from steelyard.scalar.evaluate import evaluate
from steelyard.scalar.moves import inputs_of
from steelyard.scalar.recorder import Facts
from steelyard.scalar.run import Run, as_points, blamed, together, unknown_of
from steelyard.scalar.waivers import waived
from steelyard.trace.model import Status
from steelyard.values import intervals as iv
from steelyard.values.states import Unknown


@frozen
class Fired:
    """Whether a veto, limit or regrade fires, and the facts that say why."""

    holds: bool | Unknown
    status: Status
    facts: Facts


def fires(run: Run, statement: c.Limit | c.Regrade) -> Fired:
    """Its condition, unless it stands in a skipped part or is exempt."""
    facts = Facts(role=statement.role if isinstance(statement, c.Limit) else statement.how,
                  authority=statement.authority, code=statement.code)  # fmt: skip
    ran = run.ran(str(statement.within))
    if ran is False:
        return Fired(False, "not met", facts | Facts(name=str(statement.within), inputs=()))
    condition = None if statement.when is None else evaluate(statement.when, run.env)
    facts |= Facts(condition=condition)
    if condition is not None and condition.value is False:
        return Fired(False, "not met", facts)
    exempt = waived(run, statement.waiver, statement.origin)
    facts |= Facts(inputs=inputs_of((condition,), exempt), reason=run.reason(statement.reason))
    if exempt.counts is True:
        return Fired(False, "waived", facts | Facts(waiver=exempt.reason, approver=exempt.approver))
    doubts = [
        unknown_of(condition),
        exempt.counts if isinstance(exempt.counts, Unknown) else None,
        ran if isinstance(ran, Unknown) else None,
    ]
    unknown = together(*doubts)
    if unknown is None:
        return Fired(True, "applied", facts)
    return Fired(unknown, "undetermined", facts | Facts(blame=blamed(unknown)))


def limit(run: Run, statement: c.Limit, balance: Balance) -> None:
    """`zero` sets the balance to 0, `limit` holds it to at most `to`."""
    before, fired = balance.now, fires(run, statement)
    if fired.holds is False:
        run.entry("limit", statement.origin, balance, fired.status, before, **fired.facts)
        return
    to = evaluate(statement.to, run.env)
    # What has a floor is not held below 0.
    cap = as_points(to) if balance.floor is None else iv.maximum([as_points(to), NOTHING])
    after = NOTHING if statement.role == "zero" else iv.minimum([before, cap])
    balance.now = after if fired.holds is True else iv.hull([before, after])
    unknown = together(fired.holds if isinstance(fired.holds, Unknown) else None,
                       unknown_of(to) if statement.role == "limit" else None)  # fmt: skip
    balance.why(unknown)
    status: Status = "undetermined" if unknown else "without effect" if balance.now == before else "applied"
    facts = fired.facts | Facts(cap=None if statement.role == "zero" else exact(cap), blame=blamed(unknown))
    run.entry("limit", statement.origin, balance, status, before, **facts)
