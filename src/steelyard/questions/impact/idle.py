"""Steps that leave a record alone for certain, so that it need not be scored again behind them.

A move or limit that stands once, and whose condition reads nothing but inputs, holds or not whatever the other statements say.
Where it did not hold under the old rules, as they wrote it, and does not under the new, the step that changes it moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from attrs import frozen

from steelyard.core import nodes as c
from steelyard.core.invariants import looped
from steelyard.questions.impact.groups import Group
from steelyard.questions.impact.match import Held
from steelyard.trace.model import Trace


@frozen
class Idle:
    """The rules of a step that must not have fired, under the old rules and under the new."""

    olds: frozenset[str]
    news: frozenset[str]

    def leaves_alone(self, old: frozenset[str], new: frozenset[str]) -> bool:
        """Is that so, given the rules that did not fire?"""
        return self.olds <= old and self.news <= new


def idle_of(group: Group, old: c.Program, new: c.Program) -> Idle | None:
    """What must not have fired for the step to move nothing; None where that does not decide it."""
    sides = []
    for program, name in ((old, "olds"), (new, "news")):
        once = {id(statement) for statement in _standing_once(program.total, looped(program.total))}
        held: list[Held] = [statement for unit in group.units for statement in getattr(unit, name)]
        if not all(id(statement) in once and _decides(statement) for statement in held):
            return None
        sides.append(frozenset(str(statement.origin.path) for statement in held))
    return Idle(*sides)


def not_fired(trace: Trace) -> frozenset[str]:
    """The rules that were considered and did not fire."""
    met = {entry.rule for entry in trace.entries if entry.status != "not met"}
    return frozenset(entry.rule for entry in trace.entries) - met


def _standing_once(account: c.Account, for_rows: frozenset[str]) -> Iterator[c.Statement]:
    """The statements of parts that stand once, outside of loops and groups."""
    for statement in account.body:
        if isinstance(statement, c.Account):
            yield from _standing_once(statement, for_rows)
        elif str(account.origin.path) not in for_rows:
            yield statement


def _decides(statement: Held) -> bool:
    return isinstance(statement, c.Move | c.Limit) and statement.when is not None and _reads_inputs(statement.when)


def _reads_inputs(value: object) -> bool:
    """Does an expression read nothing but inputs?"""
    if isinstance(value, tuple):
        return all(_reads_inputs(item) for item in value)
    if isinstance(value, c.Slot | c.Score | c.OverParts | c.FromBatch | c.Fold):
        return False
    if not isinstance(value, c.Op | c.Round | c.Choose | c.Branch | c.Is):
        return True
    return all(_reads_inputs(getattr(value, field.name)) for field in attrs.fields(type(value)))
