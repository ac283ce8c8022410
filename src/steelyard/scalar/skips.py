"""Parts that do not run: skipped, given full points or nothing; and parts of which that is not known."""

from __future__ import annotations

from steelyard.core import nodes as c
from steelyard.scalar.balance import NOTHING, Balance, World, exact
from steelyard.scalar.evaluate import evaluate
from steelyard.scalar.recorder import Facts
from steelyard.scalar.run import Run, blamed, unknown_of
from steelyard.trace.model import Status
from steelyard.values import intervals as iv
from steelyard.values.intervals import Interval

_IN: frozenset[World] = frozenset({"in"})


def skip(run: Run, statement: c.Skip, balance: Balance) -> None:
    """Where it holds nothing after it runs. Where that is not known the part runs on, and both worlds are kept."""
    condition = evaluate(statement.when, run.env)
    unknown = unknown_of(condition)
    status: Status = "undetermined" if unknown else "applied" if condition.value else "not met"
    facts = Facts(
        role=statement.giving, condition=condition, authority=statement.authority, code=statement.code,
        reason=None if status == "not met" else run.reason(statement.reason), blame=blamed(unknown),
    )  # fmt: skip
    if unknown is not None:
        balance.doubt.append(unknown)
        run.note("skip", statement.origin, balance.path, status, **facts)
        if (given := _given(statement, balance)) is not None:
            balance.given.append(given)
        else:
            balance.worlds |= _way(statement)
    elif status == "not met":
        run.note("skip", statement.origin, balance.path, status, **facts)
    else:
        balance.ended = True
        given = _given(statement, balance)
        if given is None:
            balance.worlds = (balance.worlds if balance.given else balance.worlds - _IN) | _way(statement)
        if given is None and not balance.given:
            run.note("skip", statement.origin, balance.path, status, **facts)
            return
        balance.opened = True
        balance.now = iv.hull([*balance.given, *([] if given is None else [given])])
        balance.given.clear()
        run.entry("skip", statement.origin, balance, status, **(facts | Facts(high=exact(balance.full))))


def without_parts(run: Run, origin: c.Origin, balance: Balance, worlds: frozenset[World], why: str) -> None:
    """A part all of whose parts are skipped, or that has none, is skipped with them."""
    balance.ended = True
    balance.worlds = (balance.worlds if balance.given else balance.worlds - _IN) | worlds
    facts = Facts(role=next(iter(worlds)), name=why)
    if not balance.given:
        run.note("skip", origin, balance.path, **facts)
        return
    balance.opened, balance.now = True, iv.hull(balance.given)
    balance.given.clear()
    run.entry("skip", origin, balance, **(facts | Facts(high=exact(balance.full))))


def either(run: Run, origin: c.Origin, balance: Balance) -> None:
    """At the end: what the part came to, or what a skip that is not determined gives instead."""
    if not balance.given or not balance.opened:
        return
    before = balance.now
    balance.now = iv.hull([before, *balance.given])
    balance.out = iv.hull([NOTHING, balance.out])  # What is given counts in full.
    for unknown in balance.doubt:
        balance.why(unknown)
    run.entry("skip", origin, balance, "undetermined", before, role="either", inputs=())


def _given(statement: c.Skip, balance: Balance) -> Interval | None:
    """What the part closes at; None where it is left out."""
    match statement.giving:
        case "full":
            return balance.full
        case "zero":
            return NOTHING
        case "redistribute" | "rescale":
            return None


def _way(statement: c.Skip) -> frozenset[World]:
    assert statement.giving in ("redistribute", "rescale"), "these leave a part out"
    return frozenset({statement.giving})
