"""One record on the bench: scored as it is, with another cell, with a cell that is only known to lie within bounds, or by
rules in which a statement is left out. Every other record of the data stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from attrs import define, evolve, field, frozen

from steelyard.core import nodes as c
from steelyard.data.model import Cell, Record, Records
from steelyard.diagnostics.model import Diagnostic
from steelyard.questions.whatif.inputs import Input, replaced
from steelyard.questions.whatif.reading import without_those_at
from steelyard.trace.model import Quantity, Result, Trace
from steelyard.values.intervals import Interval
from steelyard.values.states import Absent, Cause

MOST_SCORINGS, LEAST_SCORINGS = 8_000, 50
"""For one question: fewer, where a scoring is long work."""
MOST_ENTRIES = 300_000
"""So many entries all its traces may have together."""
IN_A_BATCH = 20
"""Where values over the batch are worked out anew for every scoring, fewer scorings beyond so many records."""

Scorer = Callable[[c.Program, Records, str], Trace]
"""Scores the one record with that key, as `steelyard score` does, values over the batch with it."""


@frozen
class Outcome:
    """What a record comes to."""

    total: Quantity | None
    """None: no score is issued."""
    grade: str | None
    possible: tuple[str, ...] = ()
    """All that the grade may be, where it is open."""

    @classmethod
    def of(cls, result: Result) -> Outcome:
        return cls(result.total, result.grade, result.possible_grades)


@define(eq=False)
class Bench:
    """What questions about one record need, and how many scorings they have taken."""

    program: c.Program
    records: Records
    record: Record
    scorer: Scorer
    taken: int = 0
    _base: Trace | None = field(default=None, init=False)

    @property
    def base(self) -> Trace:
        """The record as it is."""
        if self._base is None:
            self._base = self._score(self.record, self.program)
        return self._base

    @property
    def outcome(self) -> Outcome:
        return Outcome.of(self.base.result)

    @property
    def most(self) -> int:
        """How many scorings a question about this record may take."""
        records = len(self.records.records) if self.program.batch else 1
        by_batch = MOST_SCORINGS * IN_A_BATCH // max(IN_A_BATCH, records)
        return max(LEAST_SCORINGS, min(by_batch, MOST_ENTRIES // len(self.base.entries)))

    @property
    def spent(self) -> bool:
        return self.taken > self.most

    def with_cell(self, one: Input, cell: Cell) -> Trace:
        """The record with another cell."""
        return self._score(replaced(self.record, one, cell), self.program)

    def with_cells(self, cells: Mapping[Input, Cell], findings: Iterable[Diagnostic] = ()) -> Trace:
        """The record with other cells; `findings` are what is to be said of their texts."""
        record = self.record
        for one, cell in cells.items():
            record = replaced(record, one, cell)
        return self._score(record, self.program, without_those_at(self.records, record.key, cells, findings))

    def with_bounds(self, one: Input, within: Interval, of: Record | None = None) -> Trace:
        """The record with a cell of which only bounds are known. An invalid datum is what the engine calls one that has a
        value which nobody can read: no `or V if missing` answers for it, and what it leaves open is enclosed. `of`: another record
        in its place, blanks held at an end."""
        datum = Absent(Cause.INVALID, within=within)
        return self._score(replaced(of or self.record, one, evolve(one.cell, datum=datum)), self.program)

    def by_rules(self, program: c.Program) -> Trace:
        """The record as it is, by other rules."""
        return self._score(self.record, program)

    def _score(self, record: Record, program: c.Program, records: Records | None = None) -> Trace:
        self.taken += 1
        batch = program.batch
        others = self.records.records if batch else (self.record,)
        changed = tuple(record if other is self.record else other for other in others)
        return self.scorer(program, evolve(records or self.records, records=changed), record.key)


def better(program: c.Program, one: Fraction, other: Fraction) -> bool:
    """Is the first total the better one?"""
    return one < other if program.fewer_better else one > other
