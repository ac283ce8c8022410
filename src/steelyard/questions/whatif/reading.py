"""What `steelyard score` would say of a record whose cells were set to other texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve

from steelyard.data.findings import Findings
from steelyard.data.model import Cell, Record, Records
from steelyard.data.small_percents import tell_neighbours
from steelyard.diagnostics.model import DataPlace, Diagnostic
from steelyard.questions.whatif.inputs import Input, replaced
from steelyard.trace.model import Trace


def of_neighbours(records: Records, record: Record, cells: Mapping[Input, Cell]) -> tuple[Diagnostic, ...]:
    """Findings that a new text has because of other cells of its column: 1 beside 0.95, where percentages stand."""
    new = record
    for one, cell in cells.items():
        new = replaced(new, one, cell)
    found = Findings()
    tell_neighbours((new if other is record else other for other in records.records), found)
    return tuple(f for f in found.all() if f.record == record.key and f not in records.findings)


def without_those_at(records: Records, key: str, cells: Iterable[Input], new: Iterable[Diagnostic]) -> Records:
    """The records, what was said of the old texts of those cells replaced by what is to be said of the new ones."""
    places = [one.cell.place for one in cells]
    kept = [f for f in records.findings if not any(is_at(f.place, place) for place in places)]
    return evolve(records, findings=(*kept, *(evolve(finding, record=key) for finding in new)))


def new_findings(before: Trace, after: Trace) -> tuple[Diagnostic, ...]:
    """Of the changed record, without those that the record has as it is."""
    return tuple(finding for finding in after.findings if finding not in before.findings)


def is_at(place: DataPlace | None, cell: DataPlace) -> bool:
    """Is that the place of the cell, whatever stands there?"""
    return place is not None and (place.file, place.row, place.column) == (cell.file, cell.row, cell.column)
