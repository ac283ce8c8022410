"""The cells of an entry by its fields, and the columns that a table should have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from steelyard.data.convert import convert, unit_name
from steelyard.data.findings import Findings
from steelyard.data.model import Cell, missing_cell
from steelyard.data.table import Entry, Table, renamed
from steelyard.values.states import Absent, Cause
from steelyard.values.types import BARE, Field


def check_columns(table: Table, fields: Mapping[str, Field], findings: Findings, *, declared: bool) -> bool:
    """Findings for columns that are unknown (where the inputs are declared) or absent. Is none absent?"""
    if not table.columns and not table.entries:
        return True
    absent = [name for name in fields if name not in table.columns]
    if declared:
        for name, place in table.columns.items():
            if name not in fields and name not in table.keys:
                findings.report("D201", place, fixes=findings.suggest(name, absent or fields), name=name)
    needed = [fields[name].name for name in absent if not fields[name].optional]
    for name in needed:
        near = findings.suggest(name, (c for c in table.columns if c not in fields))
        findings.report("D202" if declared else "D217", table.place, fixes=near, name=name)
    return not needed


def spelled_columns(table: Table, spellings: Mapping[str, Sequence[str]]) -> tuple[Table, dict[str, str]]:
    """The table with the English name for every column that has one of the known spellings; and how each was spelt."""
    headers = {
        name: found
        for name, known in spellings.items()
        if (found := next((s for s in known if s in table.columns), None))
    }
    return renamed(table, {spelt: name for name, spelt in headers.items()}), headers


def points_cell(cell: Cell) -> Cell:
    """A text cell as a number of points where it is one (`85`, `85分`, `95%`); else as it is."""
    if isinstance(cell.datum, Absent):
        return cell
    number, _ = convert(Field(cell.name, BARE), cell.text.strip().removesuffix("分"), cell.place)
    return cell if isinstance(number.datum, Absent) else evolve(number, text=cell.text)


def read_cells(
    entry: Entry, table: Table, fields: Mapping[str, Field], record: str, findings: Findings
) -> dict[str, Cell]:
    """The cells of an entry, in the order of the schema. An absent column was told once for its table."""
    cells: dict[str, Cell] = {}
    for name, field in fields.items():
        place = entry.place_of(name)
        if name in entry.wrong:
            cells[name] = Cell(field.name, Absent(Cause.INVALID), "", place, unit_name(field.type))
            continue
        if name not in table.columns:
            cells[name] = missing_cell(field.name, place, unit_name(field.type))
            continue
        cell, found = convert(field, place.text or "", place, suggest=not findings.full)
        cells[name] = cell
        for diagnostic in found:
            findings.add(diagnostic, record)
    return cells
