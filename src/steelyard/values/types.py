"""Types of values, and the schema of a record."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from steelyard.diagnostics.model import Language
from steelyard.values.units import NO_UNIT, Unit


@frozen
class NumberType:
    """`number in 万元`, `whole number`. `unit` None is a bare number: it takes the other side's unit."""

    unit: Unit | None = None
    whole: bool = False
    choices: tuple[Fraction, ...] = ()
    """Of `one of 0, 5, 10`: the only values there are; empty: all."""


@frozen
class TextType:
    """`text`, or `one of "a", "b"` where `choices` is not empty."""

    choices: tuple[str, ...] = ()
    table: str | None = field(default=None, eq=False)
    """The code table whose rows the choices are, where no one declared them."""


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
    other_names: tuple[str, ...] = ()
    """What else its column may be called."""
    waiver: bool = False
    """Does it claim an exemption (`except if`), or give its reason or approver? Nothing there claims none."""
    beside_percent: bool = False
    """Do the rules compare it with percentages, though no unit and no range is said?"""


_WAIVER_WORDS: dict[Language, tuple[str, str]] = {"en": ("reason", "approver"), "zh": ("理由", "批准人")}


def waiver_fields(name: str, language: Language) -> tuple[Field, Field, Field]:
    """The three columns of an exemption: `late`, `late reason`, `late approver`; in a Chinese file `late`, `late 理由`,
    `late 批准人`. The words of the other language are read too, the Chinese ones also without the space."""
    other: Language = "en" if language == "zh" else "zh"
    reason, approver = (
        Field(f"{name} {own}", TextType(), optional=True, other_names=(f"{name} {others}", f"{name}{zh}"), waiver=True)
        for own, others, zh in zip(_WAIVER_WORDS[language], _WAIVER_WORDS[other], _WAIVER_WORDS["zh"], strict=True)
    )
    return Field(name, TruthType(), optional=True, waiver=True), reason, approver


@frozen
class Schema:
    """What a record must hold. `declared` is False where the inputs were inferred from the names used."""

    fields: tuple[Field, ...] = ()
    declared: bool = True
    judged: tuple[str, ...] = field(default=())
    """Rule paths of the criteria that reviewers score."""

    def field(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)
