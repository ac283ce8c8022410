"""Keys of tables and grades: what each can be, and how its values are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve, frozen

from steelyard.bind.symbols import InferredSymbol, InputSymbol, RowFieldSymbol, Symbol
from steelyard.check.bands import Axis, Band, Choices, Line, band, meet
from steelyard.check.conditions import Conditions
from steelyard.check.expressions import Expressions
from steelyard.check.tables import is_otherwise
from steelyard.syntax import nodes as n
from steelyard.syntax.walk import test_values
from steelyard.values.numbers import canonical, show
from steelyard.values.types import DateType, Field, ListType, TextType, TruthType

SHOWN_CHOICES = 3


@frozen
class Key:
    """One key: its name in messages, and what it can be. Of words `domain` is None, of numbers `choices`."""

    name: str
    domain: Band | None
    step: Fraction | None = None
    choices: tuple[str | bool, ...] | None = None
    open: bool = False
    percent: bool = False
    day: bool = False
    answers: tuple[str, str] = ("yes", "no")
    """How yes and no are written in the file."""

    def axis(self, bands: Iterable[Band], words: Iterable[str | bool]) -> Axis:
        if self.domain is not None:
            return Line.of(self.domain, self.step, bands)
        known = self.choices or ()
        return Choices(tuple(dict.fromkeys((*known, *words))) if self.open else known, self.open)

    def show(self, axis: Axis, cells: range) -> str:
        """What some cells hold, as a person writes it: `60% ≤ rate < 70%`, `level = “mild”`."""
        if isinstance(axis, Line):
            piece = meet(axis.piece(cells), axis.domain)
            return show_band(self, axis.piece(cells) if piece is None else piece)
        if cells.start < len(axis.values):
            return f"{self.name} = {self._word(axis.values[cells.start])}"
        listed = [self._word(value) for value in axis.values[:SHOWN_CHOICES]]
        more = "/…" if len(axis.values) > SHOWN_CHOICES else ""
        return f"{self.name} ≠ {'/'.join(listed)}{more}" if listed else self.name

    def _word(self, value: str | bool) -> str:
        return f"“{value}”" if isinstance(value, str) else self.answers[0 if value else 1]

    def number(self, value: Fraction) -> str:
        if self.day:
            return date.fromordinal(int(value)).isoformat()
        return f"{canonical(value * 100)}%" if self.percent else show(value)


def show_band(key: Key, piece: Band) -> str:
    low = "" if piece.low is None else f"{key.number(piece.low.value)} {'<' if piece.low.after else '≤'} "
    high = "" if piece.high is None else f" {'≤' if piece.high.after else '<'} {key.number(piece.high.value)}"
    if piece.low and piece.high and piece.low.value == piece.high.value:
        return f"{key.name} = {key.number(piece.low.value)}"
    return f"{low}{key.name}{high}"


class Keys:
    """The keys of all tables of a file. A text without declared choices that tables enumerate has those of their rows."""

    def __init__(self, expressions: Expressions, conditions: Conditions, tables: Sequence[n.Table]) -> None:
        self.expressions, self.conditions = expressions, conditions
        self.enumerated: dict[int | str, dict[str, None]] = {}
        """By the identity of a field, or the name of an inferred input."""
        self.table_of: dict[int | str, str] = {}
        """The code table that enumerates them."""
        for table in tables:
            if table.rows and not any(is_otherwise(row) for row in table.rows):
                for index, key in enumerate(table.keys):
                    tests = [r.tests[index] for r in table.rows if len(r.tests) == len(table.keys)]
                    self._enumerate(key, tests, table.lookup)

    def of_field(self, declared: Field) -> Field:
        """A field of the schema, with the values that tables enumerate of it."""
        if isinstance(declared.type, ListType):
            return evolve(declared, type=ListType(tuple(self.of_field(inner) for inner in declared.type.fields)))
        datum = id(declared) if id(declared) in self.enumerated else declared.name
        found = self.enumerated.get(datum)
        if not found or declared.type != TextType():
            return declared
        return evolve(declared, type=TextType(tuple(found), self.table_of.get(datum)))

    def key(self, node: n.Expression, tests: Sequence[n.RowTest]) -> Key:
        kind, name = self.expressions.types.get(node.key), node.span.text
        match kind:
            case TruthType():
                chinese = self.expressions.bound.file.language == "zh"
                return Key(name, None, choices=(True, False), answers=("是", "否") if chinese else ("yes", "no"))
            case TextType(choices):
                known = choices or tuple(
                    self.enumerated.get(_datum(self.expressions.bound.refers_to.get(node.key)), ())
                )
                return Key(name, None, choices=known, open=not known)
            case _:
                ranges = self.conditions.ranges
                interval = ranges.of(node)
                percent = any(isinstance(v, n.Number) and v.percent for test in tests for v in test_values(test))
                domain = band(interval.low, interval.high)
                return Key(name, domain, ranges.step(node), percent=percent, day=isinstance(kind, DateType))

    def _enumerate(self, key: n.Expression, tests: Sequence[n.RowTest], lookup: str | None) -> None:
        datum = _datum(self.expressions.bound.refers_to.get(key.key))
        if datum and self.expressions.types.get(key.key) == TextType():
            seen = self.enumerated.setdefault(datum, {})
            if lookup is not None:
                self.table_of.setdefault(datum, lookup)
            seen.update({v.value: None for test in tests for v in test_values(test) if isinstance(v, n.Text)})


def _datum(symbol: Symbol | None) -> int | str:
    """What tables that read the same datum have in common; empty for what is no datum."""
    match symbol:
        case InputSymbol(declared) | RowFieldSymbol(_, declared):
            return id(declared)
        case InferredSymbol(name):
            return name
        case _:
            return ""
