"""CSV: a header, then one entry a row. Rows are numbered as a spreadsheet shows them, the header in row 1."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from steelyard.data.files import VALUE_LIMIT, DataFile
from steelyard.data.findings import Findings
from steelyard.data.table import Batch, Entry, Table, column_names, distinct_keys, name_of
from steelyard.diagnostics.model import DataPlace
from steelyard.values.types import Field, ListType, Schema

FIELD_LIMIT = 1_000_000
"""Characters of one cell."""
COLUMN_LIMIT = 16_384
"""As many as a spreadsheet holds."""
_OTHER_SEPARATORS = "\t;，；|"


@frozen
class Sheet:
    """One CSV file: its header, and the rows that are not blank with their numbers."""

    file: str
    header: tuple[str, ...]
    names: tuple[str, ...]
    """The header as names are compared."""
    top: int
    """The number of the header's row."""
    rows: tuple[tuple[int, Sequence[str]], ...]

    def cell(self, row: int, cells: Sequence[str], i: int) -> DataPlace:
        text = cells[i] if i < len(cells) else None
        return DataPlace(self.file, row, self.header[i] if i < len(self.header) else None, text)


def single(sheet: Sheet, schema: Schema, findings: Findings) -> Batch:
    """A file that stands alone. Its first column is the key unless it is an input; the rows' order, then."""
    inputs = column_names(schema.fields)
    keyed = sheet.names[0] not in inputs
    keys = distinct_keys((sheet.cell(*r, 0) if keyed else None for r in sheet.rows), findings, "D210")
    given = frozenset(sheet.names[:1]) if keyed else frozenset[str]()
    report_absent_lists([f for f in schema.fields if isinstance(f.type, ListType)], sheet.file, findings)
    return Batch(to_table(sheet, inputs, keys, range(len(keys)), findings, given=given), keys)


def report_absent_lists(lists: Iterable[Field], file: str, findings: Findings) -> None:
    for field in lists:
        if not field.optional:
            findings.report("D208", DataPlace(file), name=field.name)


def to_table(
    sheet: Sheet,
    wanted: frozenset[str],
    records: Sequence[str],
    owners: Sequence[int | None],
    findings: Findings,
    *,
    given: frozenset[str] = frozenset(),
    row_key: int | None = None,
) -> Table:
    """The rows of a sheet as entries of their records; `owners` says whose each row is, None leaves it out.

    Only `wanted` columns get a place for every cell: other columns may be many.
    """
    columns = {
        name: DataPlace(sheet.file, sheet.top, title, title)
        for name, title in zip(sheet.names, sheet.header, strict=True)
    }
    taken = [(i, name) for i, name in enumerate(sheet.names) if name in wanted]
    entries: list[Entry] = []
    for (row, cells), owner in zip(sheet.rows, owners, strict=True):
        if owner is None:
            continue
        _check_width(sheet, row, cells, records[owner], findings)
        values = {name: sheet.cell(row, cells, i) for i, name in taken if i < len(cells)}
        key = None if row_key is None else sheet.cell(row, cells, row_key)
        if key and sheet.names[row_key or 0] in wanted and not (key.text or "").strip():
            # An input that happens to be the key: its blank is told as a missing value, once.
            key = None
        entries.append(Entry(DataPlace(sheet.file, row), values, key, owner))
    return Table(DataPlace(sheet.file), columns, tuple(entries), given)


def owners_of(sheet: Sheet, records: Sequence[str], findings: Findings) -> list[int | None]:
    """Whose each row of a child file is, by its first column; findings for rows of no record."""
    index: dict[str, int] = {}
    for i, key in enumerate(records):
        index.setdefault(key, i)
    owners: list[int | None] = []
    for row, cells in sheet.rows:
        place = sheet.cell(row, cells, 0)
        key = name_of(place.text or "")
        owners.append(index.get(key))
        if not key:
            findings.report("D212", place)
        elif key not in index:
            findings.report("D209", place, key=key)
    return owners


def read_sheet(file: DataFile, findings: Findings) -> Sheet | None:
    """The file as a sheet; None where its rows or columns cannot be told apart with certainty."""
    if file.text is None:
        return None
    rows = _rows(file.text, file.name, findings)
    if rows is None:
        return None
    if not rows:
        findings.report("D129", DataPlace(file.name), file=file.name)
        return None
    number, first = rows[0]
    header = tuple(title.strip() for title in _without_blank_end(first))
    if len(header) == 1 and len(rows) > 1 and _is_header(rows[1][1]):
        findings.report("D131", DataPlace(file.name, number), row=number, text=header[0])
        return None
    if not _check_header(file.name, number, header, findings):
        return None
    return Sheet(file.name, header, tuple(map(name_of, header)), number, tuple(rows[1:]))


def _rows(text: str, file: str, findings: Findings) -> list[tuple[int, Sequence[str]]] | None:
    """All rows that are not blank, with their numbers."""
    rows: list[tuple[int, Sequence[str]]] = []
    count = row = 0
    # Far more commas than an honest file of the size can hold: refused before they fill the memory.
    hostile = text.count(",") > 4 * VALUE_LIMIT
    usual_limit = csv.field_size_limit(FIELD_LIMIT)
    try:
        for row, cells in () if hostile else _numbered(text):
            count += max(1, len(cells))
            if count > VALUE_LIMIT:
                break
            if any(map(str.strip, cells)):
                rows.append((row, cells))
    except csv.Error as problem:
        # The module says which in words only.
        code = "D127" if "field limit" in str(problem) else "D114"
        findings.report(code, DataPlace(file, row + 1), row=row + 1, limit=FIELD_LIMIT)
        return None
    finally:
        csv.field_size_limit(usual_limit)
    if hostile or count > VALUE_LIMIT:
        findings.report("D108", DataPlace(file), file=file, limit=VALUE_LIMIT)
        return None
    return rows


def _numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    """`strict`: an unclosed quote is an error; else it swallows the rest of the file without a word."""
    return enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1)


def _is_header(cells: Sequence[str]) -> bool:
    """Does the second line hold the names of several columns? Then the first is a title."""
    titles = [cell.strip() for cell in _without_blank_end(cells)]
    return len(titles) > 1 and all(titles) and not any(title[0].isdigit() for title in titles)


def _without_blank_end(cells: Sequence[str]) -> Sequence[str]:
    """A spreadsheet program leaves empty columns at the right."""
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return cells[:width]


def _check_header(file: str, row: int, header: Sequence[str], findings: Findings) -> bool:
    place = DataPlace(file, row)
    if len(header) > COLUMN_LIMIT:
        findings.report("D130", place, file=file, limit=COLUMN_LIMIT)
        return False
    if len(header) == 1 and any(c in header[0] for c in _OTHER_SEPARATORS):
        findings.report("D128", place, text=header[0])
        return False
    seen: set[str] = set()
    right = True
    for number, title in enumerate(header, 1):
        # Wider than the comparison of names: two columns that look alike must not both stand.
        folded = unicodedata.normalize("NFKC", title)
        if not folded:
            findings.report("D204", place, number=number)
        elif folded in seen:
            findings.report("D203", DataPlace(file, row, title), name=title)
        right = right and bool(folded) and folded not in seen
        seen.add(folded)
    return right


def _check_width(sheet: Sheet, row: int, cells: Sequence[str], record: str, findings: Findings) -> None:
    width, count = len(sheet.header), len(cells)
    if count < width:
        findings.report("D206", DataPlace(sheet.file, row), record, count=count, columns=width)
    elif len(_without_blank_end(cells[width:])) > 0:
        findings.report("D205", DataPlace(sheet.file, row), record, count=count, columns=width)
