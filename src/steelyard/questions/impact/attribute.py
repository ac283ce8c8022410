"""Who moves, and what moved them: every record scored under the old rules, after every step, and under the new rules.

What a step did to a record is the difference between the totals after and before it. Differences of a chain add up to that of
its ends, whatever stands between, so the shares add up exactly. A core between two rule files was never checked, and it may
leave a total open: then the steps on both sides of it are told together for that record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve, field, frozen

from steelyard.core import nodes as c
from steelyard.data.model import Cell, Record, Records
from steelyard.questions.impact.frame import lay_over
from steelyard.questions.impact.groups import Group
from steelyard.questions.impact.idle import Idle, idle_of, not_fired
from steelyard.questions.impact.lines import lines_of
from steelyard.questions.impact.model import (
    GradeMove,
    Impact,
    OtherReading,
    Outcome,
    Quiet,
    RecordImpact,
    Share,
    Step,
)
from steelyard.questions.impact.steps import Plan, mixed, plan
from steelyard.scalar import reference
from steelyard.scalar.batch import Batches, batch_values
from steelyard.scalar.header import header_of
from steelyard.trace.model import Header, Trace
from steelyard.values.types import Schema

MOST_EVALUATIONS = 1_000_000
"""Times that a record may be scored in one run: records × (steps + 2)."""

Read = Callable[[Schema], Records]


class TooMuch(ValueError):
    """More than MOST_EVALUATIONS; says how many it would be, of how many records and steps."""

    def __init__(self, records: int, steps: int) -> None:
        super().__init__(f"{records} records, {steps} steps")
        self.records, self.steps = records, steps


def impact(old: c.Program, new: c.Program, read: Read, as_of: date | None = None, only: str | None = None) -> Impact:
    """What the new rules do to the records that `read` finds for a schema, or to the one with a key (values over the batch are
    those of all). Raises TooMuch."""
    planned = plan(lay_over(old, new))
    old_records = read(old.schema)
    schema = mixed(old.schema, new.schema)
    new_records = old_records if new.schema == old.schema else read(new.schema)
    between = new_records if schema == new.schema else read(schema)
    chain = _chain(old, new, planned, (old_records, between, new_records))
    keys = dict.fromkeys(record.key for record in (*old_records.records, *new_records.records))
    asked = [key for key in keys if only in (None, key)]
    if len(asked) * len(chain) > MOST_EVALUATIONS:
        raise TooMuch(len(asked), len(planned.steps))
    steps = tuple(dict.fromkeys(link.step for link in chain if link.step is not None))
    numbers = {step: number for number, step in enumerate(steps)}
    header = header_of(new, new_records, "", as_of)
    scorers = [_Scorer.of(link, header, is_end=link in (chain[0], chain[-1])) for link in chain]
    findings = _Findings(planned.checks)
    told = [_record(key, scorers, numbers, findings) for key in asked]
    used = {number for record in told for share in record.shares for number in share.steps}
    used |= {number for record in told for grade in record.grades for number in grade.steps}
    kept = [number for step, number in numbers.items() if step.kind in ("statement", "together") or number in used]
    renumbered = {number: place for place, number in enumerate(kept)}
    return Impact(
        old_core=old.digest,
        new_core=new.digest,
        steps=tuple(steps[number] for number in kept),
        records=tuple(_renumbered(record, renumbered) for record in told),
        quiet=tuple(findings.quiet(planned.words)),
        readings=tuple(r for r in _other_readings(old_records, new_records) if only in (None, r.record)),
        evaluations=sum(scorer.count for scorer in scorers),
        fewer_better=new.fewer_better,
    )


# ---- the chain of programs


@frozen(eq=False)
class _Link:
    """A program between the old rules and the new, the data as it reads them, and the step that led to it."""

    program: c.Program
    records: Records
    step: Step | None
    idle: Idle | None = None
    """For which records the step moves nothing for certain."""


ORDER, READING = Step("order"), Step("reading")


def _chain(old: c.Program, new: c.Program, planned: Plan, records: tuple[Records, Records, Records]) -> list[_Link]:
    before, between, after = records
    schema = planned.cores[-1].schema if planned.cores else new.schema
    found = [_Link(old, before, None)]
    if old.schema != new.schema:
        found.append(_Link(evolve(old, schema=mixed(old.schema, new.schema)), between, READING))
    if planned.start is not None:
        found.append(_Link(planned.start, between, ORDER))
    for group, core in zip(planned.steps, planned.cores, strict=True):
        lines = lines_of(group)
        step = Step("together" if group.together or len(lines) > 1 else "statement", lines)
        found.append(_Link(core, between, step, idle_of(group, old, new) if old.schema == new.schema else None))
    if schema == new.schema and found[-1].step is not None and found[-1].step is not READING:
        found[-1] = evolve(found[-1], program=new, records=after)  # The last core is the new one.
    else:
        found.append(_Link(new, after, READING if old.schema != new.schema else ORDER))
    return found


@frozen(eq=False)
class _Scorer:
    """Scores records by one program of the chain."""

    link: _Link
    header: Header
    records: Mapping[str, Record]
    batches: Batches
    is_end: bool
    """Is it the old rules or the new ones, which were checked?"""
    counted: list[int] = field(factory=lambda: [0])

    @classmethod
    def of(cls, link: _Link, header: Header, *, is_end: bool) -> _Scorer:
        program, records = link.program, link.records.records
        by_key: dict[str, Record] = {}
        for record in records:
            by_key.setdefault(record.key, record)
        try:
            batches = batch_values(program, records)
        except Exception:  # As below.
            if is_end:
                raise
            by_key, batches = {}, Batches()
        return cls(link, header, by_key, batches, is_end)

    @property
    def count(self) -> int:
        return self.counted[0]

    def score(self, key: str) -> Trace | None:
        """None where there is no such record, or the core between two rule files means nothing for it: types are checked in
        rule files, and it is none."""
        if key not in self.records:
            return None
        self.counted[0] += 1
        header = evolve(self.header, record=key)
        values = self.batches.values.get(key)
        try:
            return reference.score(self.link.program, self.records[key], header, (), values)
        except Exception:
            if self.is_end:
                raise
            return None


def _outcome(trace: Trace | None) -> Outcome | None:
    if trace is None:
        return None
    return Outcome(trace.result.total, trace.result.grade, trace.result.possible_grades)


def _record(key: str, scorers: Sequence[_Scorer], numbers: Mapping[Step, int], findings: _Findings) -> RecordImpact:
    """One record along the whole chain."""
    first, last = scorers[0].score(key), scorers[-1].score(key) if len(scorers) > 1 else None
    findings.count(first, last)
    old, new = _outcome(first), _outcome(last)
    if old is None or new is None or not old.exact or not new.exact:
        return RecordImpact(key, old, new)
    assert first is not None and last is not None, "both have an outcome"
    outcomes = _outcomes(key, scorers, first, last)
    led = [numbers[scorer.link.step] for scorer in scorers if scorer.link.step is not None]
    found = RecordImpact(key, old, new, tuple(_shares(outcomes, led)), tuple(_grade_moves(outcomes, led)))
    assert sum((share.points for share in found.shares), Fraction(0)) == found.change, "the shares add up"
    return found


def _outcomes(key: str, scorers: Sequence[_Scorer], first: Trace, last: Trace) -> list[Outcome | None]:
    """What the record comes to along the chain; where a step leaves it alone, what it came to before."""
    old, new = not_fired(first), not_fired(last)
    alone = [s.link.idle is not None and s.link.idle.leaves_alone(old, new) for s in scorers]
    outcomes: list[Outcome | None] = [_outcome(first)]
    for place, scorer in enumerate(scorers[1:-1], 1):
        if alone[place]:
            outcomes.append(outcomes[-1])
        elif all(alone[place + 1 :]):
            outcomes.append(_outcome(last))
        else:
            outcomes.append(_outcome(scorer.score(key)))
    return [*outcomes, _outcome(last)]


def _shares(outcomes: Sequence[Outcome | None], led: Sequence[int]) -> Iterator[Share]:
    found: dict[tuple[int, ...], Fraction] = {}
    for steps, before, after in _spans(outcomes, led, lambda outcome: outcome.exact):
        assert isinstance(before.total, Fraction) and isinstance(after.total, Fraction), "only exact ones are compared"
        found[steps] = found.get(steps, Fraction(0)) + after.total - before.total
    return (Share(steps, points) for steps, points in found.items() if points)


def _grade_moves(outcomes: Sequence[Outcome | None], led: Sequence[int]) -> Iterator[GradeMove]:
    ends = (outcomes[0], outcomes[-1])
    if all(end is not None and end.graded for end in ends):
        for steps, before, after in _spans(outcomes, led, lambda outcome: outcome.graded):
            if before.grade != after.grade:
                yield GradeMove(steps, before.grade, after.grade)


def _spans(
    outcomes: Sequence[Outcome | None], led: Sequence[int], known: Callable[[Outcome], bool]
) -> Iterator[tuple[tuple[int, ...], Outcome, Outcome]]:
    """From each outcome that is known to the next one, with the steps between them."""
    before, start = outcomes[0], 0
    for place, outcome in enumerate(outcomes[1:], 1):
        if before is not None and outcome is not None and known(outcome):
            yield tuple(dict.fromkeys(led[start:place])), before, outcome
            before, start = outcome, place


def _renumbered(record: RecordImpact, places: Mapping[int, int]) -> RecordImpact:
    shares = (evolve(s, steps=tuple(places[n] for n in s.steps if n in places)) for s in record.shares)
    grades = (evolve(g, steps=tuple(places[n] for n in g.steps if n in places)) for g in record.grades)
    return evolve(record, shares=tuple(shares), grades=tuple(grades))


# ---- what moves no points


class _Findings:
    """How many findings the changed checks make."""

    def __init__(self, checks: Sequence[Group]) -> None:
        self.checks = checks
        self.counts = [[0, 0] for _ in checks]

    def count(self, old: Trace | None, new: Trace | None) -> None:
        for side, trace in enumerate((old, new)):
            found = Counter(finding.rule for finding in trace.findings) if trace is not None else Counter[str | None]()
            for number, group in enumerate(self.checks):
                held = (unit.news if side else unit.olds for unit in group.units)
                rules = {str(statement.origin.path) for statements in held for statement in statements}
                self.counts[number][side] += sum(found[rule] for rule in rules)

    def quiet(self, words: Sequence[Group]) -> Iterator[Quiet]:
        for group, (old, new) in zip(self.checks, self.counts, strict=True):
            yield from (Quiet(line, True, (old, new)) for line in lines_of(group)[:1])
        for group in words:
            yield from (Quiet(line, False) for line in lines_of(group))


# ---- what reads differently


def _other_readings(old: Records, new: Records) -> Iterator[OtherReading]:
    """Cells that both rules read from the same place, and not as the same."""
    if old is new:
        return
    after = {record.key: record for record in new.records}
    for record in old.records:
        other = after.get(record.key)
        if other is not None:
            yield from (OtherReading(record.key, cell.name, cell.text) for cell in _different(record, other))


def _different(old: Record, new: Record) -> Iterator[Cell]:
    for name, cell in old.cells.items():
        if name in new.cells and new.cells[name].datum != cell.datum:
            yield cell
    for name, rows in old.lists.items():
        for before, after in zip(rows, new.lists.get(name, ()), strict=False):
            for inner, cell in before.cells.items():
                if inner in after.cells and after.cells[inner].datum != cell.datum:
                    yield evolve(cell, name=f"{name}.{inner}")
