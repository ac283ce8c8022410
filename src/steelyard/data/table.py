"""What every kind of file is turned into before the schema is laid on it: tables of entries, by name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

from steelyard.data.findings import Findings
from steelyard.diagnostics.model import DataPlace
from steelyard.values.types import Field


@frozen
class Entry:
    """One record, child row, review or override as it stands. A `DataPlace` whose text is None holds nothing."""

    place: DataPlace
    values: Mapping[str, DataPlace]
    """By name as compared. A name that is not here stands nowhere in the entry."""
    key: DataPlace | None = None
    """The cell of the key; None where the place in the order is the key."""
    owner: int = 0
    """For child rows and reviews: which record, counted from 0."""
    wrong: frozenset[str] = frozenset()
    """Names whose value cannot be used; a finding has said why."""
    prefix: str = ""
    """What stands before a name in a place: the pointer of a tree's object."""

    def place_of(self, name: str) -> DataPlace:
        """Where the value stands, or would stand."""
        return self.values.get(name) or DataPlace(self.place.file, self.place.row, self.prefix + name)


@frozen
class Table:
    """Entries of one kind, and the columns that any of them has."""

    place: DataPlace
    columns: Mapping[str, DataPlace]
    """By name as compared, each with the place of its header or of its first use."""
    entries: tuple[Entry, ...]
    keys: frozenset[str] = frozenset()
    """Columns that hold keys: never unknown, even where they are no input."""


@frozen
class Batch:
    """A whole data set as it stands."""

    records: Table
    keys: tuple[str, ...]
    """The key of each record."""
    lists: Mapping[str, Table] = field(factory=dict)
    """By name as compared."""
    absent: tuple[frozenset[str], ...] = ()
    """For each record, the lists that the data do not hold; empty where all records have all."""
    reviews: Table | None = None
    overrides: Table | None = None


def renamed(table: Table, names: Mapping[str, str]) -> Table:
    """The table with columns under other names: old to new. A column whose new name is taken keeps its own."""
    names = {old: new for old, new in names.items() if old in table.columns and new not in table.columns}
    if not names:
        return table
    entries = tuple(
        evolve(
            entry,
            values=_renamed(entry.values, names),
            wrong=frozenset(names.get(name, name) for name in entry.wrong),
        )
        for entry in table.entries
    )
    return evolve(table, columns=_renamed(table.columns, names), entries=entries)


def _renamed(values: Mapping[str, DataPlace], names: Mapping[str, str]) -> dict[str, DataPlace]:
    return {names.get(name, name): place for name, place in values.items()}


def column_names(fields: Iterable[Field]) -> frozenset[str]:
    """Everything that columns of these fields may be called."""
    return frozenset(name_of(name) for field in fields for name in (field.name, *field.other_names))


def under_own_names(table: Table, fields: Mapping[str, Field]) -> Table:
    """Each column under the name of its field; `fields` by name as compared."""
    names = {name_of(other): name for name, f in fields.items() for other in f.other_names}
    return renamed(table, {other: name for other, name in names.items() if other not in fields})


def name_of(text: str) -> str:
    """A name or key as it is compared: in NFC, without blanks around it."""
    return unicodedata.normalize("NFC", text.strip())


def distinct_keys(
    cells: Iterable[DataPlace | None], findings: Findings, twice: str, record: str | None = None
) -> tuple[str, ...]:
    """The key of each entry, or its place in the order; a key that comes again is a finding `twice`."""
    keys: list[str] = []
    seen: set[str] = set()
    for position, cell in enumerate(cells, 1):
        key = name_of(cell.text or "") if cell else str(position)
        if cell and not key:
            key = str(position)
            findings.report("D212", cell, record or key)
        if key in seen:
            findings.report(twice, cell, record or key, key=key)
        seen.add(key)
        keys.append(key)
    return tuple(keys)
