"""What an input may be set to: the points of its grid, or a few choices.

The points of a grid are the whole multiples of its step: one unit of the last place that the cell shows, 1 for whole
numbers, a day for dates, or the step that is asked for. They lie within the declared range.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from attrs import frozen

from steelyard.data.model import Cell
from steelyard.questions.whatif.inputs import Input
from steelyard.values.intervals import Interval
from steelyard.values.numbers import FULLWIDTH, decimal_places, show_rounded
from steelyard.values.states import Absent
from steelyard.values.targets import Actual
from steelyard.values.types import ActualType, DateType, NumberType, TextType, TruthType
from steelyard.values.units import RATES

_WRITTEN = re.compile(r"\s*[^0-9+−.-]*([+−-]?)([0-9][0-9,]*)(\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(.*)", re.DOTALL)
PLACES_OF_NOTHING = 2
"""The places of a number where no cell of its field shows any."""
_CHINESE, _ENGLISH = {True: "是", False: "否"}, {True: "yes", False: "no"}
_ANY_DAY = date(2000, 1, 1)


@frozen
class Point:
    """One value that an input may be set to, as it would be written."""

    text: str
    size: Fraction
    """How far it lies from what stands there, in the unit it is written in (days; 1 for another choice)."""


@frozen
class Choices:
    """The few values of a yes/no, an enumeration or a list of numbers, without what stands there; the nearest first."""

    points: tuple[Point, ...]


@frozen
class Why:
    """Why a grid has the step it has."""

    kind: Literal["asked", "cell", "column", "nothing"]
    """It was asked for; the cell shows so many places; other cells of its field do; no cell shows any."""
    text: str = ""
    """Of a cell: what stands there."""


@frozen
class Grid:
    """The whole multiples of a step within bounds. A point is called by its number."""

    step: Fraction
    """In the value's own scale (0.0001 for 0.01%); of dates in days."""
    low: int | None
    high: int | None
    origin: Fraction
    """What stands there, in steps; where nothing does, where the search begins."""
    kind: Literal["number", "day", "actual"] = "number"
    scale: Fraction = Fraction(1)
    """What 1 as it is written is as a value: 1/100 for %."""
    places: int = 0
    suffix: str = ""
    known: bool = True
    """Does a value stand there?"""
    whole: bool = False
    """Is there nothing between two points?"""
    why: Why | None = None
    """What the step was taken from."""

    def value(self, point: int) -> Fraction:
        return self.step * point

    def text(self, point: int) -> str:
        """As it would be written in the cell."""
        if self.kind == "day":
            return date.fromordinal(int(self.value(point))).isoformat()
        return show_rounded(self.value(point) / self.scale, self.places) + self.suffix

    def within(self, low: int | None, high: int | None) -> Interval:
        """The bounds of the points from one to another, both included; None is an open end."""
        return Interval(None if low is None else self.value(low), None if high is None else self.value(high))

    def size(self, point: int) -> Fraction:
        """How far it lies from the origin, as it is written."""
        return abs(point - self.origin) * self.step / self.scale

    def finer(self, places: int) -> Grid:
        """The grid with so many more places."""
        by = 10**places
        return Grid(
            self.step / by, None if self.low is None else self.low * by, None if self.high is None else self.high * by,
            self.origin * by, self.kind, self.scale, self.places + places, self.suffix, self.known, self.whole, self.why,
        )  # fmt: skip

    def coarser(self, most: int, low: Fraction, high: Fraction) -> Fraction:
        """The least step of 1, 2 or 5 times a power of ten steps that makes at most so many points."""
        factor = Fraction(1)
        while (high - low) / (self.step * factor) > most:
            leading = str(factor.numerator)[0]
            factor = factor * 2 if leading in "15" else factor * 5 / 2
        return self.step * factor


def moves_of(one: Input, beside: Iterable[Cell] = (), step: Fraction | None = None) -> Grid | Choices | None:
    """What the input may be set to; None where its values are free text or targets.

    `beside` are other cells of the same field: how many places they show is what a blank one would show. `step` is in the
    unit of the field (of dates in days).
    """
    match one.field.type:
        case TruthType():
            now = one.cell.datum if isinstance(one.cell.datum, bool) else None
            word = _words_of(one, beside)
            return Choices(tuple(Point(word[truth], Fraction(1)) for truth in (True, False) if truth is not now))
        case TextType(choices=choices) if choices:
            return Choices(tuple(Point(text, Fraction(1)) for text in choices if text != one.cell.datum))
        case NumberType(choices=choices) if choices:
            return _of_choices(one, choices)
        case NumberType() as kind:
            return _numbers(one, kind, tuple(beside), step)
        case DateType():
            return _days(one, tuple(beside), step)
        case ActualType() if isinstance(one.cell.datum, Actual) and one.cell.datum.number is not None:
            return _actuals(one, one.cell.datum, step)
        case _:
            return None


def _words_of(one: Input, beside: Iterable[Cell]) -> dict[bool, str]:
    """Yes and no as the column writes them."""
    written = {cell.text.strip() for cell in (one.cell, *beside)}
    return _CHINESE if written & {*_CHINESE.values(), "有", "无", "没有", "√", "×"} else _ENGLISH


def _of_choices(one: Input, choices: tuple[Fraction, ...]) -> Choices:
    suffix, scale = _written_in(one)
    now = one.cell.datum if isinstance(one.cell.datum, Fraction) else None
    points = [
        Point(_plain(choice / scale) + suffix, abs(choice - (now or 0)) / scale) for choice in choices if choice != now
    ]
    return Choices(tuple(sorted(points, key=lambda point: point.size)))


def _numbers(one: Input, kind: NumberType, beside: tuple[Cell, ...], step: Fraction | None) -> Grid:
    suffix, scale = _written_in(one)
    why: Why | None = None
    if step is not None:
        shown, why = step, Why("asked")
    elif kind.whole:
        shown = Fraction(1)
    else:
        # Reviewers write 20 where they might have written 20.00: the column says how finely they may.
        cells = (one.cell, *beside) if one.review else (one.cell,) if one.known else beside
        shown, why = _finest(cells, one)
    unit = shown * scale
    low, high = one.field.low, one.field.high
    now = one.cell.datum if isinstance(one.cell.datum, Fraction) else None
    origin = (
        now
        if now is not None
        else max(Fraction(0), low or Fraction(0))
        if high is None
        else min(max(Fraction(0), low or Fraction(0)), high)
    )
    return Grid(
        unit, None if low is None else ceil(low / unit), None if high is None else floor(high / unit), origin / unit,
        "number", scale, decimal_places(shown) or 0, suffix, now is not None, kind.whole, why,
    )  # fmt: skip


def _finest(cells: Iterable[Cell], one: Input) -> tuple[Fraction, Why]:
    """One unit of the last place of the cell that shows most of them, the first of these."""
    found = [(places, cell) for cell in cells if (places := _places(cell.text)) is not None]
    if not found:
        return Fraction(1, 10**PLACES_OF_NOTHING), Why("nothing")
    places, finest = max(found, key=lambda pair: pair[0])
    return Fraction(1, 10**places), Why("cell" if finest is one.cell else "column", finest.text.strip())


def _days(one: Input, beside: tuple[Cell, ...], step: Fraction | None) -> Grid:
    days = Fraction(max(1, int(step or 1)))
    now = one.cell.datum if isinstance(one.cell.datum, date) else None
    others = [cell.datum for cell in beside if isinstance(cell.datum, date)]
    origin = now or (others[0] if others else _ANY_DAY)
    return Grid(
        days, ceil(date.min.toordinal() / days), floor(date.max.toordinal() / days), origin.toordinal() / days, "day",
        known=now is not None, whole=True,
    )  # fmt: skip


def _actuals(one: Input, actual: Actual, step: Fraction | None) -> Grid:
    """What was reached, in the unit that the cell writes."""
    assert actual.number is not None, "only an actual with a number has a grid"
    match = _WRITTEN.fullmatch(one.cell.text.strip().translate(FULLWIDTH))
    scale = RATES.get(actual.unit or "", Fraction(1))
    places = _places(one.cell.text) or 0
    shown = step if step is not None else Fraction(1, 10**places)
    suffix = match[4].strip() if match else actual.unit or ""
    unit = shown * scale
    return Grid(unit, 0 if actual.number >= 0 else None, None, actual.number / unit, "actual", scale,
                decimal_places(shown) or 0, suffix,
                why=Why("cell", one.cell.text.strip()) if step is None else Why("asked"))  # fmt: skip


def _written_in(one: Input) -> tuple[str, Fraction]:
    """What is written behind a number of the cell, and what 1 of it is as a value."""
    text = one.cell.text.strip().translate(FULLWIDTH)
    match = None if isinstance(one.cell.datum, Absent) else _WRITTEN.fullmatch(text)
    suffix = match[4].strip() if match else ""
    if suffix in RATES:
        return suffix, RATES[suffix]
    kind = one.field.type
    own = kind.unit.scale if isinstance(kind, NumberType) and kind.unit is not None else Fraction(1)
    if not match and isinstance(kind, NumberType) and kind.unit is not None and kind.unit.rate:
        suffix = kind.unit.rate  # A blank percentage is written with its sign, so that nobody takes it for a ratio.
    return suffix, own


def _places(text: str) -> int | None:
    """How many decimals a cell shows; None where it shows no number."""
    match = _WRITTEN.fullmatch(text.strip().translate(FULLWIDTH))
    return None if match is None else len(match[3] or ".") - 1


def _plain(value: Fraction) -> str:
    return show_rounded(value, decimal_places(value) or 0)
