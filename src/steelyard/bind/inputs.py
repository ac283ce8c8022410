"""The `input` block: declarations to fields with types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from steelyard.diagnostics.model import Diagnostic, Edit, Fix, Label
from steelyard.diagnostics.nearest import nearest
from steelyard.syntax import nodes as n
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
)
from steelyard.values.units import KNOWN, NO_UNIT, RATES

Report = Callable[[Diagnostic], None]

_SIMPLE: dict[str, ScalarType] = {
    "yes/no": TruthType(),
    "date": DateType(),
    "target": TargetType(),
    "actual": ActualType(),
}


def bind_input(declarations: Sequence[n.FieldDeclaration], report: Report) -> tuple[Field, ...]:
    """The fields of an input block or of a list; a name declared twice is told once."""
    seen: dict[str, n.FieldDeclaration] = {}
    fields = []
    for declaration in declarations:
        name = declaration.name.name
        if first := seen.get(name):
            report(
                Diagnostic(
                    "N103",
                    {"name": name},
                    declaration.name.span,
                    labels=(Label(first.name.span, "first-here"),),
                )
            )
            continue
        seen[name] = declaration
        fields.append(_field(declaration, report))
    return tuple(fields)


def _field(declaration: n.FieldDeclaration, report: Report) -> Field:
    kind = _type(declaration, report)
    low = high = None
    if declaration.range:
        if isinstance(kind, NumberType):
            low, high = (_bound(number, kind) for number in declaration.range)
            if low > high:
                span = declaration.range[0].span.to(declaration.range[1].span)
                report(Diagnostic("T114", {"name": declaration.name.name}, span))
        else:
            report(Diagnostic("T113", {"word": "from … to …"}, declaration.range[0].span))
    return Field(
        name=declaration.name.name,
        type=kind,
        title=declaration.title,
        optional=declaration.optional,
        low=low,
        high=high,
    )


def _bound(number: n.Number, kind: NumberType) -> Fraction:
    percent = kind.unit is not None and kind.unit.percent and not number.percent
    return number.value * kind.unit.scale if percent and kind.unit else number.value


def _type(declaration: n.FieldDeclaration, report: Report) -> ScalarType | ListType:
    words = declaration.kinds
    if len(words) != 1:
        code = "T111" if words else "T112"
        report(Diagnostic(code, {"name": declaration.name.name}, words[1].span if words else declaration.span))
    kind = words[0].kind if words else "number"
    if declaration.unit:
        _unknown_units(declaration.unit, report)
        numbers = kind == "one of" and any(isinstance(choice, n.Number) for choice in declaration.choices)
        if kind not in ("number", "whole number") and not numbers:
            report(Diagnostic("T113", {"word": declaration.unit.span.text}, declaration.unit.span))
    if declaration.choices and kind != "one of":
        report(Diagnostic("T113", {"word": declaration.choices[0].span.text}, declaration.choices[0].span))
    if declaration.fields and kind != "list":
        report(Diagnostic("T115", {"name": declaration.name.name}, declaration.fields[0].name.span))
    match kind:
        case "number" | "whole number":
            unit = declaration.unit.unit if declaration.unit else NO_UNIT
            return NumberType(unit, whole=kind == "whole number")
        case "text":
            return TextType()
        case "one of":
            if not declaration.choices:
                report(Diagnostic("T116", {"name": declaration.name.name}, declaration.span))
            return _one_of(declaration, report)
        case "list":
            for inner in declaration.fields:
                if any(word.kind == "list" for word in inner.kinds):
                    report(Diagnostic("T118", {"name": inner.name.name}, inner.name.span))
            if not declaration.fields:
                report(Diagnostic("T117", {"name": declaration.name.name}, declaration.span))
            return ListType(bind_input(declaration.fields, report))
        case _:
            return _SIMPLE[kind]


def _one_of(declaration: n.FieldDeclaration, report: Report) -> TextType | NumberType:
    """`one of "a", "b"` is a text, `one of 0, 5, 10` a number; the first choice says which."""
    texts = tuple(choice.value for choice in declaration.choices if isinstance(choice, n.Text))
    numbers = [choice for choice in declaration.choices if isinstance(choice, n.Number)]
    if texts and numbers:
        odd = next(c for c in declaration.choices if type(c) is not type(declaration.choices[0]))
        report(Diagnostic("T113", {"word": odd.span.text}, odd.span))
    if not numbers or texts:
        return TextType(texts)
    kind = NumberType(declaration.unit.unit if declaration.unit else NO_UNIT)
    values = tuple(_bound(number, kind) for number in numbers)
    return NumberType(kind.unit, all(value.denominator == 1 for value in values), values)


def _unknown_units(unit: n.UnitName, report: Report) -> None:
    for name in unit.names:
        if not unit.quoted and name not in KNOWN and name not in RATES:
            near = nearest(name, (*KNOWN, *RATES))
            near = near if near is None else min((k for k in KNOWN if nearest(name, [k])), default=near)
            fixes = (Fix("did-you-mean", (Edit(unit.span, near),), {"name": near}),) if near else ()
            report(Diagnostic("N106", {"unit": name}, unit.span, fixes=fixes))
