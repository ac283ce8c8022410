"""Columns that stand in no `input` block: those of exemptions.

`except if approved` reads three columns: `approved` (yes/no, blank says no), `approved reason` and `approved approver` (in
a Chinese file `approved 理由`, `approved 批准人`). What the file does not declare of them is added; inside a loop to the rows
of its list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from steelyard.diagnostics.model import Language
from steelyard.syntax import nodes as n
from steelyard.values.types import Field, ListType, waiver_fields


def companions(waiver: str, language: Language) -> tuple[str, str]:
    """The columns that must say why, and by whom."""
    _, reason, approver = waiver_fields(waiver, language)
    return reason.name, approver.name


def with_waivers(file: n.File, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The declared fields and those that exemptions need."""
    known = {f.name: f for f in fields}
    # Those outside loops first: a name that is a column of the record is that column everywhere, whatever the order.
    for waiver, rows in sorted(_waivers(file), key=lambda use: use[1] is not None):
        needed = waiver_fields(waiver, file.language)
        of_rows = known.get(rows) if rows else None
        if of_rows is None or not isinstance(of_rows.type, ListType) or _outside(waiver, of_rows.type, known):
            _add(known, needed)
        else:
            inner = {f.name: f for f in of_rows.type.fields}
            _add(inner, needed)
            known[of_rows.name] = attrs.evolve(of_rows, type=ListType(tuple(inner.values())))
    return tuple(known.values())


def _outside(waiver: str, rows: ListType, known: dict[str, Field]) -> bool:
    """Does the file declare the column outside the rows, and not in them?"""
    return waiver in known and waiver not in {f.name for f in rows.fields}


def _add(fields: dict[str, Field], needed: Iterable[Field]) -> None:
    """A column that the file declares itself stays as declared, but nothing in it claims no exemption."""
    for field in needed:
        own = fields.get(field.name, field)
        fields[field.name] = attrs.evolve(own, optional=True, other_names=field.other_names, waiver=True)


def _waivers(file: n.File) -> Iterator[tuple[str, str | None]]:
    """The column of every exemption, and the list of the innermost loop around it."""
    yield from _in_statements(file.statements, None)
    yield from _in_parts(file.parts, None)


def _in_parts(parts: tuple[n.Part, ...], rows: str | None) -> Iterator[tuple[str, str | None]]:
    for part in parts:
        inner = part.loop.rows.name if part.loop else rows
        yield from _in_statements(part.statements, inner)
        yield from _in_parts(part.parts, inner)


def _in_statements(statements: tuple[n.Statement, ...], rows: str | None) -> Iterator[tuple[str, str | None]]:
    for statement in statements:
        for clause in getattr(statement, "clauses", ()):
            if isinstance(clause, n.Except):
                yield clause.waiver.name, rows
        match statement:
            case n.ForEach():
                yield from _in_statements(statement.body, statement.rows.name)
            case n.Together() | n.HighestOf() | n.Checklist():
                yield from _in_statements(statement.body, rows)
            case _:
                pass
