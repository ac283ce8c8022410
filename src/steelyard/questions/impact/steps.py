"""The order of attribution: differences that cannot stand alone are one step, and the steps follow the new rules.

One step each for a changed, added or removed statement. Together go: what parts are worth, of the parts of one part (their
shares must add up); a part and its opening; bounds that come with the first deduction; what one statement became in several
places. Each step must leave a core that holds; one that does not is put off until one behind it has made it hold, and where
that takes two at once they are one step.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from attrs import evolve, frozen

from steelyard.core import nodes as c
from steelyard.core.encode import digest
from steelyard.core.invariants import verify_invariants
from steelyard.questions.impact.content import bare
from steelyard.questions.impact.frame import Frame
from steelyard.questions.impact.groups import Group, groups_of
from steelyard.values.types import ListType, Schema


@frozen(eq=False)
class Plan:
    """The steps from the old core to the new one, and those differences that move no points."""

    steps: tuple[Group, ...]
    start: c.Program | None
    """Before the first step: the old statements in the order of the new rules. None: they do not hold so, or nothing stands
    elsewhere, and it is the old core."""
    cores: tuple[c.Program, ...]
    """After each step; without checks and reasons."""
    checks: tuple[Group, ...]
    words: tuple[Group, ...]


def plan(frame: Frame) -> Plan:
    """The order of attribution. Raises AssertionError where the last core is not the new one: our mistake."""
    everything = range(len(frame.units))
    total, batch, by = frame.core(everything)
    assert digest(total, batch, by) == frame.new.digest, "with everything taken from the new rules it is the new core"
    groups = groups_of(frame)
    silent = {unit.number for unit in frame.units if unit.words_only or unit.checks_only}
    moving = [group for group in groups if any(unit.number not in silent for unit in group.units)]
    quiet = [group for group in groups if group not in moving]
    schema = mixed(frame.old.schema, frame.new.schema)

    def core(taken: Collection[int]) -> c.Program | None:
        """The core with these differences, or None where it does not hold."""
        total, batch, by = frame.core(taken)
        total = bare(total)
        try:
            verify_invariants(total, schema, batch)
        except (AssertionError, KeyError):
            return None
        return _program(frame.new, total, batch, by, schema)

    steps, cores = _walk(moving, core)
    start = core(())
    before = digest(bare(frame.old.total), frame.old.batch, frame.old.batch_by)
    return Plan(
        tuple(steps),
        None if start is None or start.digest == before else start,
        tuple(cores),
        tuple(g for g in quiet if not all(unit.words_only for unit in g.units)),
        tuple(g for g in quiet if all(unit.words_only for unit in g.units)),
    )


def _walk(
    groups: list[Group], core: Callable[[Collection[int]], c.Program | None]
) -> tuple[list[Group], list[c.Program]]:
    """Step after step; one that does not hold yet is put off, and tried again behind every other."""
    taken: frozenset[int] = frozenset()
    steps: list[Group] = []
    cores: list[c.Program] = []
    waiting: list[Group] = []

    def take(some: Collection[Group]) -> bool:
        nonlocal taken
        after = taken | {unit.number for group in some for unit in group.units}
        found = core(after)
        if found is None:
            return False
        taken = after
        steps.append(next(iter(some)) if len(some) == 1 else _one(some))
        cores.append(found)
        return True

    for group in groups:
        if not take([group]) and not any(_drop(waiting, one, take([one, group])) for one in list(waiting)):
            waiting.append(group)
            if len(waiting) > 2:
                _drop_all(waiting, take(waiting))
            continue
        while any(_drop(waiting, one, take([one])) for one in list(waiting)):
            pass
    if waiting:
        assert take(waiting), "the new core holds"
    return steps, cores


def _drop(waiting: list[Group], group: Group, done: bool) -> bool:
    if done:
        waiting.remove(group)
    return done


def _drop_all(waiting: list[Group], done: bool) -> None:
    if done:
        waiting.clear()


def _one(groups: Iterable[Group]) -> Group:
    return Group(tuple(unit for group in groups for unit in group.units), together=True)


def _program(
    new: c.Program, total: c.Account, batch: tuple[c.BatchValue, ...], by: str | None, schema: Schema
) -> c.Program:
    """A core as a program of its own."""
    return c.Program(
        name=new.name, title=new.title, total=total, schema=schema, language=new.language,
        digest=digest(total, batch, by), source=new.source, batch=batch, batch_by=by, sources=new.sources,
    )  # fmt: skip


def mixed(old: Schema, new: Schema) -> Schema:
    """What the new rules read, as they declare it, and beside it what only the old ones read."""
    if old == new:
        return new
    fields = []
    for field in new.fields:
        before = old.field(field.name)
        if before is not None and isinstance(field.type, ListType) and isinstance(before.type, ListType):
            known = {inner.name for inner in field.type.fields}
            more = (inner for inner in before.type.fields if inner.name not in known)
            field = evolve(field, type=ListType((*field.type.fields, *more)))
        fields.append(field)
    known = {field.name for field in new.fields}
    fields += [field for field in old.fields if field.name not in known]
    return Schema(tuple(fields), new.declared, tuple(dict.fromkeys((*new.judged, *old.judged))))
