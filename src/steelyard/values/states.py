"""The states of a datum, and what is known of a value that is not determined."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen

from steelyard.values.intervals import EVERYTHING, Interval
from steelyard.values.targets import Actual, Target


class Cause(StrEnum):
    """Why a value is not determined. The first four are states of a datum, never folded into one another."""

    MISSING = "missing"
    NOT_APPLICABLE = "not applicable"
    INVALID = "invalid"
    WAIVED = "waived"
    UNDEFINED = "undefined"
    """Division by zero, an average of nothing, arithmetic on a yes/no target."""
    TOO_BIG = "too big"
    OPEN = "open"
    """A score in which something is undefined, as an expression reads it: a number all the same, and it lies within its bounds."""
    IRRATIONAL = "irrational"
    """No fraction holds the value: it is enclosed as closely as is asked, and a rounding around it decides."""


OF_DATA = frozenset({Cause.MISSING, Cause.INVALID, Cause.NOT_APPLICABLE, Cause.WAIVED})
"""Causes that other data could mend: the value exists, it is only not known."""


@frozen
class Absent:
    """A datum without a value, and its state."""

    cause: Cause
    detail: str = ""
    within: Interval | None = None
    """What the value is asked to lie in, where somebody asks what the rules would make of it (days of dates as ordinals).
    None: all that its field declares."""


Value = Fraction | bool | str | date | Target | Actual
Datum = Value | Absent


@frozen
class Unknown:
    """A value that the data do not determine: what it may be, why, and the cells to blame."""

    causes: frozenset[Cause]
    blame: frozenset[str] = frozenset()
    """Keys of cells in the trace."""
    within: Interval = field(default=EVERYTHING)
    """For numbers: the enclosure by natural interval extension."""
