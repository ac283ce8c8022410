"""Records and programs built by hand, for tests of expressions alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from steelyard.core import nodes as c
from steelyard.data.model import Cell, Record, Row
from steelyard.diagnostics.model import DataPlace
from steelyard.scalar.environment import Environment
from steelyard.scalar.evaluate import evaluate
from steelyard.scalar.recorder import Recorder
from steelyard.source import RulePath, Source, Span
from steelyard.values.intervals import Interval
from steelyard.values.states import Absent, Cause, Unknown
from steelyard.values.types import DateType, Field, ListType, NumberType, Schema, TextType, TruthType

PLACE = DataPlace("data.json")
MISSING = Absent(Cause.MISSING)
Plain = Any
"""A number as a text, a text as ("text",), a truth, a date, or None for what is missing."""


def datum(plain: Plain) -> Any:
    match plain:
        case None:
            return MISSING
        case str():
            return Fraction(plain)
        case int() if not isinstance(plain, bool):
            return Fraction(plain)
        case (str(text),):
            return text
        case _:
            return plain


def cell(name: str, plain: Plain) -> Cell:
    return Cell(name, datum(plain), "" if plain is None else str(plain), PLACE)


def _type(plain: Plain) -> Any:
    match plain:
        case bool():
            return TruthType()
        case date():
            return DateType()
        case (str(),):
            return TextType()
        case _:
            return NumberType(None)


def record(key: str = "a", rows: Sequence[Mapping[str, Plain]] | None = None, **values: Plain) -> Record:
    """A record with inputs, and with a list `rows`."""
    lists = {}
    if rows is not None:
        lists["rows"] = tuple(
            Row(str(i), i, {name: cell(name, plain) for name, plain in row.items()}) for i, row in enumerate(rows, 1)
        )
    return Record(key, {name: cell(name, plain) for name, plain in values.items()}, lists)


def schema(*records: Record, **ranges: tuple[Plain, Plain]) -> Schema:
    """A schema that fits the records; `ranges` of some inputs."""
    shown: dict[str, Plain] = {}
    for found in records:
        for name, one in found.cells.items():
            if name not in shown or shown[name] is None:
                shown[name] = None if isinstance(one.datum, Absent) else one.datum
    fields = [_field(name, plain, ranges) for name, plain in shown.items()]
    inner: dict[str, Plain] = {}
    for found in records:
        for row in found.lists.get("rows", ()):
            for name, one in row.cells.items():
                inner.setdefault(name, None if isinstance(one.datum, Absent) else one.datum)
    row_fields = tuple(_field(name, plain, ranges) for name, plain in inner.items())
    return Schema((*fields, Field("rows", ListType(row_fields))))


def _field(name: str, plain: Plain, ranges: Mapping[str, tuple[Plain, Plain]]) -> Field:
    low, high = (None if end is None else Fraction(end) for end in ranges.get(name, (None, None)))
    kind = TextType() if isinstance(plain, str) else NumberType(None) if isinstance(plain, Fraction) else _type(plain)
    return Field(name, kind, low=low, high=high)


def environment(found: Record | None = None, **ranges: tuple[Plain, Plain]) -> Environment:
    found = record() if found is None else found
    return Environment(found, schema(found, **ranges), Recorder())


def value(node: c.Expression, found: Record | None = None, **ranges: tuple[Plain, Plain]) -> Any:
    """What the expression comes to on the record."""
    return evaluate(node, environment(found, **ranges)).value


def const(plain: Plain) -> c.Const:
    return c.Const(datum(plain))


def op(name: str, *args: Any) -> c.Op:
    return c.Op(
        name, tuple(arg if not isinstance(arg, str | int | bool | date | tuple) else const(arg) for arg in args)
    )


def origin(path: str) -> c.Origin:
    return c.Origin(RulePath(path), Span(Source("scheme.rules", "lowest(all.price)\n", "0"), 0, 17))


def unknown(found: Any, *causes: Cause) -> Interval:
    """The enclosure of a value that is open for just these causes."""
    assert isinstance(found, Unknown), found
    assert found.causes == frozenset(causes), found
    return found.within


def between(low: Plain, high: Plain) -> Interval:
    return Interval(None if low is None else Fraction(low), None if high is None else Fraction(high))
