"""Records as they were read: every cell with its text, its state and its origin."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from steelyard.diagnostics.model import DataPlace, Diagnostic
from steelyard.values.states import Absent, Cause, Datum


@frozen
class DataSource:
    """One data file, by the name under the data's root and the SHA-256 of its bytes."""

    file: str
    digest: str


@frozen
class Cell:
    """One datum: what it is, what stood there, and where."""

    name: str
    """The input's name, or the row field's."""
    datum: Datum
    text: str
    """The text as it stands in the file; empty where nothing stands."""
    place: DataPlace
    unit: str | None = None
    """The unit of the field or of the cell, for showing."""
    notes: tuple[str, ...] = ()
    """`bare-target`, `approximate`, `thousands`: readings that a person should know of."""


@frozen
class Row:
    """A child row of a list."""

    key: str
    position: int
    """From 1, in the order of the data."""
    cells: Mapping[str, Cell]


@frozen
class Review:
    """One reviewer's score of one judged criterion, or the level it reached, or both."""

    criterion: str
    reviewer: str
    score: Cell
    """A number, or the name of a level where a table writes levels in the same column. Missing where only a level is
    given."""
    reason: Cell
    level: Cell | None = None
    """The name of a level, from a column of its own; None where nothing stands there."""
    evidence: Cell | None = None

    @property
    def said_level(self) -> Cell | None:
        """The cell that names a level, wherever it stands."""
        if self.level is not None:
            return self.level
        return self.score if isinstance(self.score.datum, str) else None

    @property
    def said_score(self) -> Cell | None:
        """The cell that gives a score; None where a level stands alone."""
        alone = isinstance(self.score.datum, Absent) and self.score.datum.cause is Cause.MISSING
        return None if isinstance(self.score.datum, str) or (alone and self.level is not None) else self.score


@frozen
class Override:
    """A score that a person set in place of the computed one: always with who and why."""

    part: str
    """As it is written: a part's name or its path."""
    score: Cell
    """A number of points."""
    by: Cell
    reason: Cell


@frozen
class Record:
    """Everything known of one subject."""

    key: str
    cells: Mapping[str, Cell]
    lists: Mapping[str, tuple[Row, ...]] = field(factory=dict)
    absent_lists: frozenset[str] = frozenset()
    """Lists that the data do not hold at all: missing, not empty."""
    reviews: tuple[Review, ...] = ()
    place: DataPlace | None = None
    overrides: tuple[Override, ...] = ()


@frozen
class Records:
    """What was read, and what was found wrong with it."""

    records: tuple[Record, ...]
    sources: tuple[DataSource, ...]
    findings: tuple[Diagnostic, ...] = ()
    """Each names its record where it belongs to one. An error here makes that record's result not final."""


def missing_cell(name: str, place: DataPlace, unit: str | None = None) -> Cell:
    return Cell(name, Absent(Cause.MISSING), "", place, unit)
