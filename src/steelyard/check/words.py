"""Kinds and units as facts of a message."""

from __future__ import annotations

from steelyard.diagnostics.model import Words
from steelyard.values.types import (
    ActualType,
    DateType,
    ListType,
    NumberType,
    TargetType,
    TextType,
    TruthType,
    Type,
    UnknownType,
)
from steelyard.values.units import Unit


def kind_words(kind: Type) -> Words:
    match kind:
        case NumberType():
            return Words("type.number")
        case TextType():
            return Words("type.text")
        case TruthType():
            return Words("type.truth")
        case DateType():
            return Words("type.date")
        case TargetType():
            return Words("type.target")
        case ActualType():
            return Words("type.actual")
        case ListType():
            return Words("type.list")
        case UnknownType():
            return Words("type.unknown")


def unit_words(unit: Unit) -> str | Words:
    return unit.rate or str(unit) or Words("no unit")
