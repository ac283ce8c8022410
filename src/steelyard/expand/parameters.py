"""Parameters, and which of several dated values counts on a day.

The value of a day is the last that began on it or before. There is no nearest value: a day before the first has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

import attrs
from attrs import frozen

from steelyard.diagnostics.model import Label
from steelyard.expand.constants import constant
from steelyard.expand.model import AsOf, Notes
from steelyard.syntax import nodes as n

DAYS_SHOWN = 6

AnyVersion = n.Dated | n.CodeVersion | n.RowVersion | n.GradeVersion
Version = TypeVar("Version", n.Dated, n.CodeVersion, n.RowVersion, n.GradeVersion)


@frozen
class ByDate:
    """What has values or rows by date."""

    name: n.Name
    """As messages name it."""
    versions: Sequence[AnyVersion]
    faulty: bool
    """Did it lose a value or row that could not be read?"""


def dated_values(file: n.File) -> Iterator[ByDate]:
    for parameter in file.parameters:
        if parameter.values:
            yield ByDate(parameter.name, parameter.values, parameter.faulty)
    for table in file.tables:
        if table.versions:
            yield ByDate(table.name, table.versions, table.faulty)


def pick_day(file: n.File, by_date: Iterable[ByDate], as_of: AsOf, notes: Notes) -> date | None:
    """The day whose values count; None where nothing is dated, or where none was given, which is told once."""
    dated = sorted(by_date, key=lambda found: (found.name.span.source is not file.source, found.name.span.start))
    if not dated:
        return None
    days = sorted({version.start.value for found in dated for version in found.versions})
    if as_of == "latest":
        return days[-1]
    if as_of is None:
        shown = ", ".join([*(day.isoformat() for day in days[:DAYS_SHOWN]), *(["…"] if len(days) > DAYS_SHOWN else [])])
        # Of a value that was not filled in the day is no question yet.
        if asked := [found.name for found in dated if not found.faulty]:
            notes.fail(asked[0].name, "N143", asked[0].span, days=shown, latest=days[-1].isoformat())
        notes.untold |= {found.name.name for found in dated}
    return as_of


def on_day(name: n.Name, versions: Sequence[Version], day: date | None, notes: Notes) -> Version | None:
    """The version that counts on the day; what is wrong with the days is told."""
    for before, version in pairwise(versions):
        if version.start.value <= before.start.value:
            label = Label(before.start.span, "day-before")
            notes.tell("W142", version.start.span, (label,), name=name.name, day=version.start.value.isoformat())
    if day is None:
        return None
    begun = [version for version in versions if version.start.value <= day]
    if not begun:
        first = min(version.start.value for version in versions)
        notes.fail(name.name, "N142", name.span, day=day.isoformat(), first=first.isoformat())
        return None
    return max(begun, key=lambda version: version.start.value)


def resolve_parameters(parameters: Iterable[n.Parameter], day: date | None, notes: Notes) -> dict[str, n.Expression]:
    """Each parameter and the constant that it stands for on the day."""
    values: dict[str, n.Expression] = {}
    for parameter in parameters:
        name = parameter.name.name
        written = [parameter.value] if parameter.value is not None else [dated.value for dated in parameter.values]
        constants = [constant(value) for value in written]
        for expression, found in zip(written, constants, strict=True):
            if found is None:
                notes.fail(name, "N145", expression.span)
        if parameter.value is None and parameter.values:
            chosen = on_day(parameter.name, parameter.values, day, notes)
            written = [chosen.value] if chosen else []
        value = constant(written[0]) if written else None
        if value is None:
            notes.untold.add(name)
        else:
            values[name] = value
    return values


def standing_for(value: n.Expression, name: n.Name) -> n.Expression:
    """The constant in the place of the name."""
    return attrs.evolve(value, span=name.span)
