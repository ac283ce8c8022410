"""Examples: what is given fits the inputs, what is expected can be."""

from __future__ import annotations

from steelyard.bind.bind import TOTAL
from steelyard.bind.symbols import InputSymbol, ListSymbol
from steelyard.check.expressions import Expressions
from steelyard.check.words import kind_words
from steelyard.diagnostics.model import Edit, Fix, Label
from steelyard.diagnostics.nearest import nearest
from steelyard.syntax import nodes as n
from steelyard.values.types import ActualType, Field, ListType, TargetType, UnknownType


def check_example(example: n.Example, expressions: Expressions) -> None:
    seen: dict[str, n.Given] = {}
    for given in example.given:
        if first := seen.get(given.name.name):
            label = Label(first.name.span, "first-here")
            expressions.findings.report("N103", given.name.span, labels=(label,), name=given.name.name)
        seen.setdefault(given.name.name, given)
        check_given(given, expressions)
    if not example.expect and not example.faulty:
        expressions.findings.report("W188", example.span, title=example.title.value)
    for expect in example.expect:
        check_expect(expect, expressions)


def check_given(given: n.Given, expressions: Expressions) -> None:
    match expressions.bound.refers_to.get(given.name.key):
        case InputSymbol(declared) if given.value is not None:
            _check_value(given.value, declared, expressions)
        case ListSymbol(Field(type=ListType(fields=fields))):
            known = {inner.name: inner for inner in fields}
            for row in given.rows or ():
                for name, value in row.fields:
                    if name.name in known:
                        _check_value(value, known[name.name], expressions)
        case _:
            pass


def check_expect(expect: n.Expect, expressions: Expressions) -> None:
    match expect.what:
        case "holds":
            expressions.truth(expect.value)
        case "deduct" | "award":
            expressions.amount(expect.value)
        case "grade":
            scale = expressions.labels.get(str(TOTAL), ())
            label = expect.value
            expressions.infer(label, None)
            if isinstance(label, n.Text) and scale and label.value not in scale:
                near = nearest(label.value, scale)
                fixes = (Fix("did-you-mean", (Edit(label.span, near),), {"name": near}),) if near else ()
                shown = tuple(f"“{grade}”" for grade in scale)
                expressions.findings.report("W133", label.span, fixes=fixes, label=label.value, grades=shown)


def _check_value(value: n.Expression, declared: Field, expressions: Expressions) -> None:
    kind = declared.type
    found = expressions.infer(value, None)
    # Targets and actuals are read from what stands in a cell, whatever it looks like.
    if isinstance(kind, TargetType | ActualType | ListType) or isinstance(found, UnknownType):
        return
    if type(found) is not type(kind):
        expressions.findings.report("T101", value.span, found=kind_words(found), expected=kind_words(kind))
