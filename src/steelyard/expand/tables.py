"""Code tables: `fines(kind)`, `fines(kind, level).amount` become tables of rows over the arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import frozen

from steelyard.diagnostics.model import Fact, Fix, Label, Words
from steelyard.diagnostics.nearest import nearest
from steelyard.expand.constants import constant, same
from steelyard.expand.model import Notes
from steelyard.expand.parameters import on_day, standing_for
from steelyard.expand.tree import copy
from steelyard.syntax import nodes as n


@frozen
class Ready:
    """A code table on one day, its rows right."""

    table: n.CodeTable
    rows: tuple[n.CodeRow, ...]

    @property
    def size(self) -> int:
        """Nodes of one lookup, without its arguments."""
        return sum(2 + 2 * len(self.table.keys) for _ in self.rows) + 1


def resolve_tables(
    tables: Iterable[n.CodeTable], parameters: Mapping[str, n.Expression], day: date | None, notes: Notes
) -> dict[str, Ready]:
    """Each table with its rows on the day. All its rows are checked, also those of other days."""
    ready: dict[str, Ready] = {}
    for table in tables:
        name = table.name.name
        _no_name_twice((*table.keys, *table.columns), notes)
        blocks = [(*table.rows, *version.rows) for version in table.versions] or [table.rows]
        checked = [_checked(table, rows, parameters, notes) for rows in blocks if rows]
        if table.versions:
            version = on_day(table.name, table.versions, day, notes)
            rows = _checked(table, (*table.rows, *version.rows), parameters, None) if version else None
        else:
            rows = checked[0] if checked else None
        if rows is None or None in checked:
            notes.untold.add(name)
        else:
            ready[name] = Ready(table, rows)
    return ready


def _checked(
    table: n.CodeTable, rows: tuple[n.CodeRow, ...], parameters: Mapping[str, n.Expression], notes: Notes | None
) -> tuple[n.CodeRow, ...] | None:
    """The rows with constants in them; None where one is wrong. Without notes nothing is told."""
    width = max(1, len(table.columns))
    seen: dict[tuple[object, ...], n.CodeRow] = {}
    right = True
    found: list[n.CodeRow] = []
    for row in rows:
        for what, got, wanted in (("keys", row.keys, len(table.keys)), ("values", row.values, width)):
            if len(got) != wanted and (got or what == "values"):
                right = False
                if notes:
                    word = Words(f"table.{what}")
                    notes.tell("W146", row.span, name=table.name.name, what=word, got=len(got), wanted=wanted)
        keys, values = _constants(row.keys, parameters, notes), _constants(row.values, parameters, notes)
        if keys is None or values is None:
            right = False
            continue
        key = tuple(map(same, keys))
        if (first := seen.get(key)) is not None:
            right = False
            if notes:
                notes.tell("W145", row.span, (Label(first.span, "first-here"),), name=table.name.name)
        seen.setdefault(key, row)
        found.append(n.CodeRow(keys, values, span=row.span))
    return tuple(found) if right else None


def _constants(
    written: tuple[n.Expression, ...], parameters: Mapping[str, n.Expression], notes: Notes | None
) -> tuple[n.Expression, ...] | None:
    found: list[n.Expression] = []
    for expression in written:
        value = constant(expression)
        if isinstance(expression, n.Name) and expression.name in parameters:
            value = standing_for(parameters[expression.name], expression)
            if notes:
                notes.used.add(expression.name)
        if value is not None:
            found.append(value)
        elif notes and not (isinstance(expression, n.Name) and expression.name in notes.untold):
            notes.tell("N145", expression.span, name=expression.span.text)
    return tuple(found) if len(found) == len(written) else None


def lookup(ready: Ready, call: n.Call, column: n.Name | None, whole: n.Expression, notes: Notes) -> n.Table | None:
    """The table of rows that the lookup stands for."""
    table = ready.table
    name = table.name.name
    if len(call.arguments) != len(table.keys):
        notes.fail(name, "N105", whole.span, wanted=len(table.keys), got=len(call.arguments))
        return None
    index = _column(table, column, whole, notes)
    if index is None:
        notes.untold.add(name)
        return None
    exact = [row for row in ready.rows if row.keys]
    otherwise = [row for row in ready.rows if not row.keys]
    return n.Table(
        keys=call.arguments,
        rows=tuple(_row(row, index, len(table.keys)) for row in (*exact, *otherwise)),
        lookup=name,
        texts=_texts(table, index),
        span=whole.span,
    )


def _texts(table: n.CodeTable, column: int) -> tuple[str, ...]:
    """What the column may hold on any day, if only texts: a rule may ask for a text of another day."""
    rows = [row for rows in (table.rows, *(version.rows for version in table.versions)) for row in rows]
    values = [row.values[column] for row in rows if column < len(row.values)]
    return tuple(dict.fromkeys(value.value for value in values if isinstance(value, n.Text)))


def _row(row: n.CodeRow, column: int, width: int) -> n.TableRow:
    tests: tuple[n.RowTest, ...] = tuple(n.IsOneOf((copy(key),), span=key.span) for key in row.keys)
    if not row.keys:
        tests = tuple(n.Bounds(span=row.span) for _ in range(width))
    return n.TableRow(tests, None, copy(row.values[column]), span=row.span)


def _column(table: n.CodeTable, column: n.Name | None, whole: n.Expression, notes: Notes) -> int | None:
    """Which of its columns is meant; the only one may be left unsaid."""
    names = [name.name for name in table.columns]
    if column is None and len(names) < 2:
        return 0
    if column is not None and column.name in names:
        return names.index(column.name)
    near = nearest(column.name, names) if column else None
    fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
    columns: Fact = tuple(names) if names else Words("table.unnamed")
    span = (column or whole).span
    notes.tell("N149", span, fixes=fixes, name=table.name.name, shown=span.text, columns=columns)
    return None


def _no_name_twice(names: Iterable[n.Name], notes: Notes) -> None:
    seen: dict[str, n.Name] = {}
    for name in names:
        if first := seen.get(name.name):
            notes.tell("N103", name.span, (Label(first.span, "first-here"),), name=name.name)
        seen.setdefault(name.name, name)
