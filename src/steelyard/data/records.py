"""The schema laid on what was read: rows and reviews given to their records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from steelyard.data.cells import check_columns, read_cells
from steelyard.data.findings import Findings
from steelyard.data.model import Record, Row
from steelyard.data.overrides import read_overrides
from steelyard.data.reviews import read_reviews
from steelyard.data.small_percents import tell_neighbours
from steelyard.data.table import Batch, Entry, Table, distinct_keys, name_of, under_own_names
from steelyard.values.types import Field, ListType, Schema

TOTALS = frozenset({"合计", "总计", "小计", "total", "sum"})
"""Keys of rows that a spreadsheet adds up in."""


def build(batch: Batch, schema: Schema, findings: Findings) -> tuple[Record, ...]:
    """The records of a batch; none where a name that the rules use has no column."""
    if not batch.records.entries:
        findings.report("D113", batch.records.place, file=batch.records.place.file)
    scalars = {name_of(f.name): f for f in schema.fields if not isinstance(f.type, ListType)}
    lists = {name_of(f.name): f for f in schema.fields if isinstance(f.type, ListType)}
    batch = evolve(
        batch,
        records=under_own_names(batch.records, scalars),
        lists={n: under_own_names(table, _row_fields(lists[n])) for n, table in batch.lists.items()},
    )
    complete = check_columns(batch.records, scalars, findings, declared=schema.declared)
    if not complete and not schema.declared:
        return ()
    for name, table in batch.lists.items():
        check_columns(table, _row_fields(lists[name]), findings, declared=True)
        # That a record has no rows is usual; that none has any may be a file that was not filled in. JSON says [].
        if not table.entries and table.place.file.lower().endswith(".csv") and not lists[name].optional:
            findings.report("D218", table.place, name=lists[name].name)
    rows = {name: _rows_by_record(batch, name, lists[name], findings) for name in batch.lists}
    for key, entry in zip(batch.keys, batch.records.entries, strict=True):
        if key.casefold() in TOTALS:
            findings.report("D219", entry.place, key, name=key)
    reviews = read_reviews(batch.reviews, batch.keys, findings) if batch.reviews else {}
    overrides = read_overrides(batch.overrides, batch.keys, findings) if batch.overrides else {}
    records = tuple(
        Record(
            key,
            read_cells(entry, batch.records, scalars, key, findings),
            {lists[n].name: found.get(i, ()) for n, found in rows.items() if n not in _absent(batch, i)},
            frozenset(f.name for n, f in lists.items() if n not in rows or n in _absent(batch, i)),
            reviews.get(i, ()),
            entry.place,
            overrides.get(i, ()),
        )
        for i, (key, entry) in enumerate(zip(batch.keys, batch.records.entries, strict=True))
    )
    tell_neighbours(records, findings)
    return records


def _rows_by_record(batch: Batch, name: str, field: Field, findings: Findings) -> dict[int, tuple[Row, ...]]:
    table, fields = batch.lists[name], _row_fields(field)
    owned: dict[int, list[Entry]] = {}
    for entry in table.entries:
        owned.setdefault(entry.owner, []).append(entry)
    return {i: _rows(entries, table, fields, batch.keys[i], findings) for i, entries in owned.items()}


def _rows(
    entries: Sequence[Entry], table: Table, fields: Mapping[str, Field], record: str, findings: Findings
) -> tuple[Row, ...]:
    keys = distinct_keys((entry.key for entry in entries), findings, "D211", record)
    for key, entry in zip(keys, entries, strict=True):
        if key.casefold() in TOTALS:
            findings.report("D219", entry.place, record, name=key)
    return tuple(
        Row(key, position, read_cells(entry, table, fields, record, findings))
        for position, (key, entry) in enumerate(zip(keys, entries, strict=True), 1)
    )


def _row_fields(field: Field) -> dict[str, Field]:
    assert isinstance(field.type, ListType), "only a list has rows"
    return {name_of(f.name): f for f in field.type.fields}


def _absent(batch: Batch, i: int) -> frozenset[str]:
    return batch.absent[i] if batch.absent else frozenset()
