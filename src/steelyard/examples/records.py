"""The record that an example gives: read as the cells of a data file are, so that an example means what the data mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from steelyard.core.nodes import Example
from steelyard.data.convert import convert, unit_name
from steelyard.data.model import Cell, Record, Row, missing_cell
from steelyard.data.table import name_of
from steelyard.diagnostics.model import DataPlace, Diagnostic, Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.values.types import Field, ListType, Schema


def record_of(schema: Schema, example: Example) -> tuple[Record, tuple[Diagnostic, ...]]:
    """The record, and what is wrong with its cells. What is not given is missing."""
    reading = _Reading(example)
    given = {name_of(name): value for name, value in example.given}
    cells: dict[str, Cell] = {}
    lists: dict[str, tuple[Row, ...]] = {}
    for field in schema.fields:
        value = given.get(name_of(field.name))
        if not isinstance(field.type, ListType):
            cells[field.name] = reading.cell(field, value if isinstance(value, str) else None)
        elif isinstance(value, tuple):
            lists[field.name] = tuple(
                Row(str(position), position, reading.row(field.type.fields, dict(row)))
                for position, row in enumerate(value, 1)
            )
    absent = frozenset(f.name for f in schema.fields if isinstance(f.type, ListType) and f.name not in lists)
    return Record(example.title, cells, lists, absent, (), reading.place), tuple(reading.wrong)


class _Reading:
    def __init__(self, example: Example) -> None:
        self.span = example.span
        line, _ = example.span.source.position(example.span.start)
        self.place = DataPlace(example.span.source.name, line)
        self.wrong: list[Diagnostic] = []

    def row(self, fields: Iterable[Field], given: Mapping[str, str]) -> dict[str, Cell]:
        texts = {name_of(name): text for name, text in given.items()}
        return {field.name: self.cell(field, texts.get(name_of(field.name))) for field in fields}

    def cell(self, field: Field, text: str | None) -> Cell:
        if text is None:
            return missing_cell(field.name, self.place, unit_name(field.type))
        cell, found = convert(field, text, attrs.evolve(self.place, column=field.name, text=text))
        self.wrong.extend(
            attrs.evolve(diagnostic, span=self.span, place=None)
            for diagnostic in found
            if severity_of(diagnostic) is Severity.ERROR
        )
        return cell
