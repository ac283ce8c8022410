"""Types of values, and the schema of a record."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from steelyard.values.units import NO_UNIT, Unit


@frozen
class NumberType:
    """`number in 万元`, `whole number`. `unit` None is a bare number: it takes the other side's unit."""

    unit: Unit | None = None
    whole: bool = False


@frozen
class TextType:
    """`text`, or `one of "a", "b"` where `choices` is not empty."""

    choices: tuple[str, ...] = ()


@frozen
class TruthType:
    """`yes/no`"""


@frozen
class DateType:
    """`date`"""


@frozen
class TargetType:
    """`target`: comparator, bound and unit in one cell."""


@frozen
class ActualType:
    """`actual`: what was reached, beside a target."""


@frozen
class ListType:
    """`list of` + fields: child rows."""

    fields: tuple[Field, ...] = ()


@frozen
class UnknownType:
    """The type of a mistake: fits everywhere, so that one error is told once."""


ScalarType = NumberType | TextType | TruthType | DateType | TargetType | ActualType
Type = ScalarType | ListType | UnknownType

NUMBER = NumberType(NO_UNIT)
BARE = NumberType(None)


@frozen
class Field:
    """One input: a column of the data."""

    name: str
    type: ScalarType | ListType
    title: str | None = None
    optional: bool = False
    low: Fraction | None = None
    high: Fraction | None = None
    """The declared range, in the field's own unit already scaled (87 in % is 0.87)."""


@frozen
class Schema:
    """What a record must hold. `declared` is False where the inputs were inferred from the names used."""

    fields: tuple[Field, ...] = ()
    declared: bool = True
    judged: tuple[str, ...] = field(default=())
    """Rule paths of the criteria that reviewers score."""

    def field(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)
