"""Tables and grade blocks with rows by date: of these the rows of the day are left, among the rows of every day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from steelyard.expand.model import Notes
from steelyard.expand.parameters import ByDate, on_day
from steelyard.expand.tree import rewrite, walk
from steelyard.syntax import nodes as n

DatedRows = n.Table | n.Grade


def dated_rows(file: n.File) -> Iterator[ByDate]:
    """The tables and grade blocks of the file that have rows by date."""
    for node, _ in walk(file):
        if isinstance(node, DatedRows) and node.versions:
            yield ByDate(_head(node), node.versions, node.faulty)


def _head(node: DatedRows) -> n.Name:
    """What such a table is called in a message: its first line, for it has no name."""
    span = node.span.first_line
    return n.Name(span.text.strip(), span=span)


def pick_rows(file: n.File, day: date | None, notes: Notes) -> n.File:
    """The file with the rows of the day. What only rows of other days name is in use all the same."""

    def change(node: n.Node, _: bool) -> n.Node:
        match node:
            case n.Table(versions=versions) if versions:
                # Where no rows hold on the day that is told, and the last stand in so that the rest can be checked.
                now = on_day(_head(node), versions, day, notes) or versions[-1]
                notes.other_days |= _names(version for version in versions if version is not now)
                rows = sorted((*node.rows, *now.rows), key=_place)
                return attrs.evolve(node, rows=tuple(rows), versions=(), texts=_texts(node))
            case n.Grade(versions=grades) if grades:
                current = on_day(_head(node), grades, day, notes) or grades[-1]
                notes.other_days |= _names(version for version in grades if version is not current)
                labelled = sorted((*node.rows, *current.rows), key=_place)
                return attrs.evolve(node, rows=tuple(labelled), versions=())
            case _:
                return node

    return rewrite(file, change) if any(dated_rows(file)) else file


def _place(row: n.Node) -> int:
    return row.span.start


def _texts(table: n.Table) -> tuple[str, ...]:
    """What the table may give on any day, as far as it is texts: a rule may ask for a text of another day."""
    values = [row.value for rows in (table.rows, *(version.rows for version in table.versions)) for row in rows]
    return tuple(dict.fromkeys(value.value for value in values if isinstance(value, n.Text)))


def _names(versions: Iterable[n.Node]) -> set[str]:
    return {node.name for version in versions for node, _ in walk(version) if isinstance(node, n.Name)}
