"""What a run leaves behind: entries, cells, findings."""

from __future__ import annotations

from typing import TypedDict, Unpack

from steelyard.core import nodes as c
from steelyard.data.model import Cell, Row
from steelyard.diagnostics.model import Diagnostic
from steelyard.trace.model import Entry, Expr, Kind, Quantity, RowRef, SourceRef, Status, TraceCell, TraceList
from steelyard.values.intervals import EVERYTHING, Interval
from steelyard.values.states import Absent, Unknown, Value


class Facts(TypedDict, total=False):
    """The fields of an entry that only some kinds have."""

    role: str | None
    name: str | None
    condition: Expr | None
    expression: Expr | None
    asked: Quantity | None
    cap: Quantity | None
    restored: Quantity | None
    applied: Quantity | None
    low: Quantity | None
    high: Quantity | None
    factor: Quantity | None
    places: int | None
    mode: str | None
    steps: int | None
    label: str | None
    possible: tuple[str, ...]
    scale: tuple[str, ...]
    group: str | None
    winner: str | None
    winner_row: RowRef | None
    left_out: tuple[str, ...]
    subjects: int | None
    waiver: str | None
    approver: str | None
    reason: str | None
    authority: str | None
    code: str | None
    inputs: tuple[str, ...]
    blame: tuple[str, ...]


class Recorder:
    """Numbers entries and cells in the order they come."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.cells: dict[str, TraceCell] = {}
        self.lists: dict[str, TraceList] = {}
        self.findings: list[Diagnostic] = []
        self._keys: dict[int, str] = {}

    def entry(
        self,
        kind: Kind,
        origin: c.Origin,
        part: str,
        status: Status = "applied",
        *,
        row: RowRef | None = None,
        before: Quantity | None = None,
        after: Quantity | None = None,
        **facts: Unpack[Facts],
    ) -> Entry:
        """Add an entry. Unless given, its inputs are read off its expressions."""
        span = origin.span
        if "inputs" not in facts:
            expressions = [facts.get("condition"), facts.get("expression")]
            facts["inputs"] = tuple(dict.fromkeys(key for e in expressions if e for key in cells_in_order(e)))
        entry = Entry(
            number=len(self.entries) + 1,
            kind=kind,
            rule=str(origin.path),
            part=part,
            status=status,
            row=row,
            source=SourceRef(span.source.name, span.place, span.text),
            before=before,
            after=after,
            **facts,
        )
        self.entries.append(entry)
        return entry

    def list(self, name: str, keys: tuple[str, ...] | None) -> None:
        """A list that is read, with all its rows."""
        self.lists.setdefault(name, TraceList(name, keys))

    def cell(
        self, cell: Cell, within: Interval = EVERYTHING, item: RowRef | None = None
    ) -> tuple[str, Value | Unknown]:
        """The key and the value of a datum that is read; `within` is its declared range, `item` the row it stands in."""
        key = self._keys.get(id(cell))
        if key is None:
            key = self._keys[id(cell)] = f"c{len(self._keys) + 1}"
            self.cells[key] = TraceCell(
                key=key,
                name=cell.name,
                datum=cell.datum,
                text=cell.text,
                unit=cell.unit,
                file=cell.place.file,
                row=cell.place.row,
                column=cell.place.column,
                notes=cell.notes,
                item=item,
                within=within if isinstance(cell.datum, Absent) and within != EVERYTHING else None,
            )
        if isinstance(cell.datum, Absent):
            asked = within if cell.datum.within is None else cell.datum.within
            return key, Unknown(frozenset({cell.datum.cause}), frozenset({key}), asked)
        return key, cell.datum


def row_ref(rows: str, row: Row) -> RowRef:
    return RowRef(rows, row.key, row.position)


def cells_in_order(expr: Expr) -> list[str]:
    """Keys of the cells of an expression, from left to right."""
    found = [expr.ref] if expr.op == "cell" and expr.ref is not None else []
    for arg in expr.args:
        found.extend(cells_in_order(arg))
    return found
