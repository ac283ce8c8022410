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
    """One reviewer's score of one judged criterion."""

    criterion: str
    reviewer: str
    score: Cell
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


@frozen
class Records:
    """What was read, and what was found wrong with it."""

    records: tuple[Record, ...]
    sources: tuple[DataSource, ...]
    findings: tuple[Diagnostic, ...] = ()
    """Each names its record where it belongs to one. An error here makes that record's result not final."""


def missing_cell(name: str, place: DataPlace, unit: str | None = None) -> Cell:
    return Cell(name, Absent(Cause.MISSING), "", place, unit)
