"""One cell: from its text to a datum of the field's type.

Nothing is guessed and nothing is lost: what does not fit the type, the unit or the range is invalid, never
blank and never another number. What a person should know of a reading is a note on the cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import assert_never

from attrs import frozen

from steelyard.data.findings import did_you_mean
from steelyard.data.model import Cell, missing_cell
from steelyard.data.table import name_of
from steelyard.diagnostics.model import DataPlace, Diagnostic, Fact, Fix
from steelyard.values.numbers import EXPONENT_LIMIT, FULLWIDTH, LITERAL_LENGTH, read_number, show
from steelyard.values.states import Absent, Cause, Value
from steelyard.values.targets import read_actual, read_target, read_truth
from steelyard.values.types import (
    ActualType,
    DateType,
    Field,
    ListType,
    NumberType,
    ScalarType,
    TargetType,
    TextType,
    TruthType,
    Type,
)
from steelyard.values.units import RATES

_ERROR_VALUE = re.compile(
    r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|FIELD!|BLOCKED!|#+)", re.IGNORECASE
)
_NUMERIC = re.compile(r"[+−-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
"""What is a number but for its length."""
_STROKES = frozenset({"/", "／", "\\", "-", "－", "−", "–", "—", "――", "——", "--", "*", "无"})
"""What people put into a cell that they leave out, and what may mean none, not known or not applicable."""
_QUANTITY = re.compile(r"([+−-]?[0-9][0-9,]*(?:\.[0-9]+)?)\s*([^\W\d_][^\W_]*(?:/[^\W\d_][^\W_]*)?|[%‰])")
_LEADING_ZERO = re.compile(r"[+−-]?0[0-9]")
_QUANTITY_LENGTH = 2 * LITERAL_LENGTH
NOT_APPLICABLE = frozenset({"不适用", "n/a", "not applicable"})
"""What says that a datum does not apply: neither a missing value nor a wrong one."""
_DATES = (
    re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"),
    re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})"),
    re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日"),
)
_LOOSE_DATES = (
    re.compile(r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})"),
    re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*号"),
    # As spreadsheets and databases export a day: with a time that says nothing.
    re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})[ T]0?0:00(?::00(?:\.0+)?)?Z?"),
    re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})"),
)
"""Read, and told: the year comes first, so no two days can be meant."""
_DATE_LENGTH = 40
MOST_RATE = 2
"""A bare number beyond it, where rules speak of percentages, is no ratio: 1.2 may be 120%, 92.5 is hardly 9250%."""


def convert(field: Field, text: str, place: DataPlace, *, suggest: bool = True) -> tuple[Cell, tuple[Diagnostic, ...]]:
    """The cell that `text` makes of a scalar field, with what is to be said about it.

    `suggest=False` leaves out the search for a near choice, for callers that will not show the finding.
    """
    unit = unit_name(field.type)
    if not text.strip():
        cell = missing_cell(field.name, place, unit)
        return cell, () if field.optional else (Diagnostic("D301", {"name": field.name}, place=place),)
    if text.strip().casefold() in NOT_APPLICABLE and not _may_say(field.type, text.strip()):
        return Cell(field.name, Absent(Cause.NOT_APPLICABLE), text, place, unit), ()
    read = _read(field, text.strip())
    if isinstance(read, _Refusal):
        cell = Cell(field.name, Absent(Cause.INVALID), text, place, unit)
        facts = {"name": field.name, "text": text, **read.facts}
        fixes = did_you_mean(text, read.near) if suggest and read.near else ()
        if read.code == "D302" and text.strip() in _STROKES:
            fixes = (Fix("not-applicable"),)
        return cell, (Diagnostic(read.code, facts, place=place, fixes=fixes),)
    cell = Cell(field.name, read.value, text, place, read.unit or unit, read.notes)
    return cell, _remarks(cell) if read.notes else ()


@frozen
class _Reading:
    value: Value
    unit: str | None = None
    """The cell's own unit where the field has none."""
    notes: tuple[str, ...] = ()


@frozen
class _Refusal:
    code: str
    facts: Mapping[str, Fact]
    near: tuple[str, ...] = ()
    """What might have been meant."""


def _may_say(kind: Type, text: str) -> bool:
    """Is the text itself a value of the type: any of a free text, a choice of an enumeration?"""
    return isinstance(kind, TextType) and (not kind.choices or text in kind.choices)


def _read(field: Field, text: str) -> _Reading | _Refusal:
    if _ERROR_VALUE.fullmatch(text):
        # In a text field too: a failed formula must not pass for somebody's answer.
        return _Refusal("D303", {})
    match field.type:
        case NumberType() as kind:
            return _read_number(field, kind, text.translate(FULLWIDTH))
        case TextType() as kind:
            return _read_text(kind, text)
        case TruthType():
            truth = read_truth(text)
            return _Refusal("D310", {}) if truth is None else _Reading(truth)
        case DateType():
            return _read_date(text.translate(FULLWIDTH))
        case TargetType():
            target, notes = read_target(text)
            return _Reading(target, target.unit, notes)
        case ActualType():
            actual, notes = read_actual(text)
            return _Reading(actual, actual.unit, notes)
        case ListType():
            raise AssertionError("a list is not one cell")
        case _:
            assert_never(field.type)


def _read_number(field: Field, kind: NumberType, text: str) -> _Reading | _Refusal:
    written, found = _split_unit(text)
    if written is None:
        code = "D304" if _NUMERIC.fullmatch(text) else "D302"
        return _Refusal(code, {"length": LITERAL_LENGTH, "exponent": EXPONENT_LIMIT})
    own, shown = unit_name(kind), None
    scale = RATES.get(own or "")
    if found is not None and found != own and not (scale is not None and RATES.get(found) == scale):
        if own is not None:
            return _Refusal("D305", {"found": found, "unit": own})
        if kind.unit is not None or found not in RATES:
            return _Refusal("D306", {"found": found})
        scale, shown = RATES[found], "%" if RATES[found] == Fraction(1, 100) else found
    if kind.whole and written.denominator != 1:
        return _Refusal("D307", {})
    value = written if scale is None else written * scale
    if field.beside_percent and found is None and abs(value) > MOST_RATE:
        return _Refusal("D322", {"percent": show(value * 100) + "%"})
    if (field.low is not None and value < field.low) or (field.high is not None and value > field.high):
        return _Refusal("D308", {"range": _range(field, own)})
    if kind.choices and value not in kind.choices:
        shown_choices = tuple(show(choice / (scale or 1)) + (own or "") for choice in kind.choices)
        return _Refusal("D309", {"choices": shown_choices})
    notes = ("thousands",) if "," in text else ()
    if _LEADING_ZERO.match(text):
        notes = (*notes, "leading-zero")
    # 0.95 in % is what a spreadsheet stores for 95%: it may be meant, so it is read as written and told.
    if own == "%" and found is None and 0 < abs(written) <= 1 and written.denominator != 1:
        notes = (*notes, SMALL_PERCENT)
    return _Reading(value, shown, notes)


def _split_unit(text: str) -> tuple[Fraction | None, str | None]:
    """`1225.70万元` is 1225.70 and 万元; no number where the text is none."""
    if (number := read_number(text)) is not None:
        return number, None
    if len(text) > _QUANTITY_LENGTH or _NUMERIC.fullmatch(text):
        return None, None
    match = _QUANTITY.fullmatch(text)
    return (read_number(match[1]), name_of(match[2])) if match else (None, None)


def _range(field: Field, unit: str | None) -> str:
    """The declared range, in the unit of the field."""
    scale = RATES.get(unit or "", Fraction(1))
    sign = unit if unit in RATES else f" {unit}" if unit else ""
    low, high = (None if end is None else show(end / scale) + (sign or "") for end in (field.low, field.high))
    if low is None:
        return f"≤ {high}"
    return f"≥ {low}" if high is None else f"{low}–{high}"


def _read_text(kind: TextType, text: str) -> _Reading | _Refusal:
    if not kind.choices:
        return _Reading(text)
    for choice in kind.choices:
        if name_of(choice) == name_of(text):
            return _Reading(choice)
    if kind.table is not None:
        return _Refusal("D321", {"table": kind.table}, kind.choices)
    return _Refusal("D309", {"choices": kind.choices}, kind.choices)


def _read_date(text: str) -> _Reading | _Refusal:
    if len(text) > _DATE_LENGTH:
        return _Refusal("D311", {})
    for patterns, notes in ((_DATES, ()), (_LOOSE_DATES, ("loose-date",))):
        for pattern in patterns:
            if match := pattern.fullmatch(text):
                try:
                    return _Reading(date(int(match[1]), int(match[2]), int(match[3])), notes=notes)
                except ValueError:
                    return _Refusal("D312", {})
    return _Refusal("D311", {})


def _remarks(cell: Cell) -> tuple[Diagnostic, ...]:
    """Findings for the notes that a person should decide on."""
    codes = [code for note, code in _REMARKS.items() if note in cell.notes]
    value = show(cell.datum) if isinstance(cell.datum, Fraction) else str(cell.datum).removeprefix(">=")
    facts: dict[str, Fact] = {"text": cell.text, "value": value}
    return tuple(small_percent(cell) if code == "D318" else Diagnostic(code, facts, place=cell.place) for code in codes)


def small_percent(cell: Cell) -> Diagnostic:
    """0.95 in a column of percentages, read as 0.95%, which may be 95%."""
    assert isinstance(cell.datum, Fraction), "a percentage is a number"
    facts: dict[str, Fact] = {"text": cell.text, "whole": show(cell.datum * _PERCENT * _PERCENT)}
    return Diagnostic("D318", facts, place=cell.place)


_PERCENT = 100
SMALL_PERCENT = "small-percent"
_REMARKS = {
    "approximate": "D313",
    "bare-target": "D314",
    "text-target": "D315",
    "printed-bound": "D316",
    "bare-zero": "D317",
    SMALL_PERCENT: "D318",
    "leading-zero": "D319",
    "loose-date": "D320",
}


@lru_cache(maxsize=1024)
def unit_name(kind: ScalarType | ListType) -> str | None:
    """The unit as it is written, None for a type without one."""
    if not isinstance(kind, NumberType) or kind.unit is None:
        return None
    return kind.unit.rate or str(kind.unit) or None
