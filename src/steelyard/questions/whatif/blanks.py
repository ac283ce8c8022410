"""Data that are not there, held to one end of what they may be: to refute that an answer holds whatever they are.

A goal is reached for certain only if it is reached for all that the missing data may be. So where it is out of reach with them
at one end of their range, it is not reached for certain, and nothing more need be asked. That holds only of rules which say
nothing about missing data: where one answers for a blank (`or V if missing`), a blank is no number that may be any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve

from steelyard.core import nodes as c
from steelyard.data.model import Record
from steelyard.questions.whatif.inputs import Input, replaced
from steelyard.values import intervals as iv
from steelyard.values.states import Absent, Cause
from steelyard.values.types import DateType, NumberType


def held_at_ends(program: c.Program, record: Record, inputs: Sequence[Input]) -> tuple[Record, ...]:
    """The record with its blank numbers and dates at the low ends of what they may be, and at the high ends; nothing where
    none is blank, or where the rules ask for what is missing."""
    if _asks_missing(program):
        return ()
    found = []
    for side in (0, 1):
        full = record
        for one in inputs:
            datum, end = one.cell.datum, _end(one, side)
            if isinstance(datum, Absent) and datum.cause is not Cause.NOT_APPLICABLE and end is not None:
                full = replaced(full, one, evolve(one.cell, datum=evolve(datum, within=iv.exactly(end))))
        if full is not record:
            found.append(full)
    return tuple(found)


def _end(one: Input, side: int) -> Fraction | None:
    match one.field.type:
        case NumberType(choices=choices) if choices:
            return (min, max)[side](choices)
        case NumberType():
            ends = (one.field.low, one.field.high)
            return next((end for end in (ends[side], ends[1 - side]) if end is not None), Fraction(0))
        case DateType():
            return Fraction((date.min, date.max)[side].toordinal())
        case _:
            return None


def _asks_missing(program: c.Program) -> bool:
    """Does any statement say what holds where a datum is missing?"""
    waiting: list[object] = [program.total, *program.batch]
    while waiting:
        node = waiting.pop()
        match node:
            case c.Instead(on="missing") | c.Is(state="missing") | c.Fold(ignoring_missing=True):
                return True
            case c.BatchValue(ignoring_missing=True):
                return True
            case tuple():
                waiting.extend(node)
            case _ if type(node).__module__.startswith("steelyard.core"):
                waiting.extend(getattr(node, field.name) for field in getattr(node, "__attrs_attrs__", ()))
            case _:
                pass
    return False
