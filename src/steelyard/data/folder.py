"""A folder of CSV files: a table of records, one of each list, one of the reviewers, one of overrides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from steelyard.data.csv_files import Sheet, owners_of, read_sheet, report_absent_lists, to_table
from steelyard.data.files import load, plain_name
from steelyard.data.findings import Findings
from steelyard.data.model import DataSource
from steelyard.data.table import Batch, Table, column_names, distinct_keys, name_of
from steelyard.diagnostics.model import DataPlace
from steelyard.values.types import Field, ListType, Schema, TextType

RECORDS = ("records.csv", "记录.csv")
REVIEWS = ("reviewers.csv", "评审.csv")
OVERRIDES = ("overrides.csv", "改判.csv")
SUFFIX = ".csv"


def read_folder(folder: Path, schema: Schema, findings: Findings) -> tuple[Batch | None, tuple[DataSource, ...]]:
    """The tables of a folder; no batch where one cannot be read, for half a folder must not be scored."""
    lists = {name_of(f.name): f for f in schema.fields if isinstance(f.type, ListType)}
    paths = _tables(folder, lists, findings)
    files = {role: load(path, plain_name(path), findings) for role, path in paths.items() if path}
    sources = tuple(file.source for file in files.values() if file)
    sheets: dict[str, Sheet] = {}
    for role, file in files.items():
        if file and (sheet := read_sheet(file, findings)):
            sheets[role] = sheet
    if RECORDS[0] not in paths:
        findings.report("D111", DataPlace(RECORDS[0]), file=RECORDS[0])
    if RECORDS[0] not in sheets or len(sheets) < len(paths):
        return None, sources
    return _batch(sheets, schema, lists, findings), sources


def _tables(folder: Path, lists: Mapping[str, Field], findings: Findings) -> dict[str, Path | None]:
    """The CSV files that are tables of the schema, by the first of their names; None for one refused."""
    roles = {name_of(name): names[0] for names in (RECORDS, REVIEWS, OVERRIDES) for name in names}
    roles |= {_list_file(name): _list_file(name) for name in lists if _list_file(name) not in roles}
    tables: dict[str, Path | None] = {}
    for path in _listed(folder, findings):
        name = plain_name(path)
        # Other programs leave hidden copies and locks beside the files they have open.
        if path.suffix.lower() != SUFFIX or name.startswith((".", "~$")):
            continue
        role = roles.get(name_of(name[: -len(SUFFIX)]) + SUFFIX)
        if role is None:
            known = tuple(dict.fromkeys(roles.values()))
            findings.report("D110", DataPlace(name), fixes=findings.suggest(name, roles), file=name, known=known)
        elif role in tables:
            findings.report("D112", DataPlace(name), file=name, first=_name_in(tables, role))
            tables[role] = None
        elif not _stands_in(folder, path):
            findings.report("D109", DataPlace(name), file=name)
            tables[role] = None
        else:
            tables[role] = path
    return tables


def _listed(folder: Path, findings: Findings) -> list[Path]:
    try:
        return sorted(folder.iterdir(), key=plain_name)
    except OSError:
        findings.report("D102", DataPlace(plain_name(folder)), file=plain_name(folder))
        return []


def _name_in(tables: Mapping[str, Path | None], role: str) -> str:
    path = tables[role]
    return plain_name(path) if path else role


def _stands_in(folder: Path, path: Path) -> bool:
    """Is it a plain file of the folder itself, and not a way out of it?"""
    try:
        return path.is_file() and path.resolve().parent == folder.resolve()
    except (OSError, RuntimeError):
        return False


def _batch(sheets: Mapping[str, Sheet], schema: Schema, lists: Mapping[str, Field], findings: Findings) -> Batch | None:
    main = sheets[RECORDS[0]]
    keys = distinct_keys((main.cell(*row, 0) for row in main.rows), findings, "D210")
    inputs = column_names(schema.fields)
    records = to_table(main, inputs, keys, range(len(keys)), findings, given=frozenset(main.names[:1]))
    tables: dict[str, Table] = {}
    for name, field in lists.items():
        if sheet := sheets.get(_list_file(name)):
            table = _list_table(sheet, field, keys, findings)
            if table is None:
                return None
            tables[name] = table
    report_absent_lists((f for name, f in lists.items() if name not in tables), main.file, findings)
    reviews, overrides = (
        _table_of_people(sheets[names[0]], keys, findings) if names[0] in sheets else None
        for names in (REVIEWS, OVERRIDES)
    )
    return Batch(records, keys, tables, reviews=reviews, overrides=overrides)


def _table_of_people(sheet: Sheet, keys: Sequence[str], findings: Findings) -> Table:
    """What reviewers and others said of a record, in columns of fixed names."""
    owners = owners_of(sheet, keys, findings)
    return to_table(sheet, frozenset(sheet.names[1:]), keys, owners, findings, given=frozenset(sheet.names[:1]))


def _list_table(sheet: Sheet, field: Field, keys: Sequence[str], findings: Findings) -> Table | None:
    """The rows of a list: the record's key, then the row's; a text input may be the row's key too."""
    assert isinstance(field.type, ListType), "only a list has rows"
    fields = {name_of(f.name): f for f in field.type.fields}
    if sheet.names[0] in fields:
        place = DataPlace(sheet.file, sheet.top, sheet.header[0])
        findings.report("D207", place, file=sheet.file, name=sheet.header[0])
        return None
    second = sheet.names[1] if len(sheet.names) > 1 else None
    # Two rows may well have the same number or target, so such a column names no row: its place does.
    keyed = second is not None and (second not in fields or isinstance(fields[second].type, TextType))
    given = frozenset(sheet.names[: 2 if keyed else 1])
    owners = owners_of(sheet, keys, findings)
    row_key = 1 if keyed else None
    return to_table(sheet, column_names(fields.values()), keys, owners, findings, given=given, row_key=row_key)


def _list_file(name: str) -> str:
    return name + SUFFIX
