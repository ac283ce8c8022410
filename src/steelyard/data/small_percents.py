"""Columns of percentages that hold fractions: beside 0.95, what stands there as 1.03 or 1 is 103% or 100% as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from steelyard.data.convert import MOST_RATE, SMALL_PERCENT, small_percent
from steelyard.data.findings import Findings
from steelyard.data.model import Cell, Record
from steelyard.values.numbers import FULLWIDTH, read_number

Column = tuple[str, str]
"""A list's name, empty for the record's own, and a field's."""


def tell_neighbours(records: Iterable[Record], findings: Findings) -> None:
    """A finding for every bare number up to 2 of a column that holds a fraction."""
    every = [(record.key, column, cell) for record in records for column, cell in _cells(record)]
    columns = {column for _, column, cell in every if SMALL_PERCENT in cell.notes}
    if not columns:
        return
    for key, column, cell in every:
        if column in columns and SMALL_PERCENT not in cell.notes and _may_be_fraction(cell):
            findings.add(small_percent(cell), key)


def _cells(record: Record) -> Iterator[tuple[Column, Cell]]:
    for cell in record.cells.values():
        yield ("", cell.name), cell
    for name, rows in record.lists.items():
        for row in rows:
            for cell in row.cells.values():
                yield (name, cell.name), cell


def _may_be_fraction(cell: Cell) -> bool:
    number = read_number(cell.text.strip().translate(FULLWIDTH)) if isinstance(cell.datum, Fraction) else None
    return number is not None and 0 < abs(number) <= MOST_RATE
