"""Functions, aggregates and ranks: their arguments, and what they give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.bind.symbols import BatchSymbol, GroupSymbol, ListSymbol, PartsSymbol
from steelyard.check.constants import constant
from steelyard.check.words import kind_words
from steelyard.diagnostics.model import Edit, Fact, Fix, Words
from steelyard.syntax import nodes as n
from steelyard.values.numbers import Rounding
from steelyard.values.types import (
    BARE,
    NUMBER,
    ActualType,
    DateType,
    NumberType,
    TargetType,
    TextType,
    TruthType,
    Type,
    UnknownType,
)
from steelyard.values.units import NO_UNIT, PERCENT
from steelyard.vocabulary.functions import BY_KEY, Function

if TYPE_CHECKING:
    from steelyard.check.expressions import Expressions

_WHOLE = frozenset({"count", "days", "months", "year", "month"})


def type_of_call(node: n.Call, expressions: Expressions) -> Type:
    """The type of `f(a, b)`; each argument is asked to be what the function takes."""
    key = expressions.bound.functions.get(node.function.key)
    if key is None:
        return UnknownType()
    function = BY_KEY[key]
    if function.aggregate:
        return _whole_list(node, function, expressions)
    if not _enough_arguments(node, function, expressions):
        return UnknownType()
    if function.irrational and not expressions.rounded:
        places = "四舍五入({}, 2)" if expressions.bound.file.language == "zh" else "round({}, 2)"
        text = places.format(node.span.text)
        fix = Fix("write", (Edit(node.span, text),), {"text": text})
        expressions.findings.report("T129", node.span, fixes=(fix,), text=node.span.text)
    # A round makes everything in it exact once.
    expressions.rounded += key == "round"
    units = _checked(node, function, expressions)
    found = expressions.same_unit(tuple(units)) if function.gives == "same" else None
    expressions.rounded -= key == "round"
    match function.gives:
        case "truth":
            return TruthType()
        case "rate":
            return NumberType(PERCENT)
        case "bare":
            return NumberType(None, whole=True)
        case "same":
            assert found is not None, "computed above"
            whole = key in ("floor", "ceiling") or (key == "round" and len(node.arguments) == 1)
            return NumberType(found.unit, whole=whole)
        case "number":
            for argument in units:
                unit = expressions.number(argument)
                if isinstance(unit, NumberType) and unit.unit is not None and unit.unit.powers:
                    expressions.findings.report("T105", argument.span, unit=str(unit.unit))
            return BARE


def type_of_aggregate(node: n.Aggregate, expressions: Expressions) -> Type:
    """The type of `f(E for R in L where C)`."""
    key = expressions.bound.functions.get(node.function.key)
    if key is None or node.rows.key not in expressions.bound.refers_to:
        return UnknownType()
    function, report = BY_KEY[key], expressions.findings.report
    if not function.aggregate:
        report("N111", node.span, name=node.function.name)
        return UnknownType()
    if node.where is not None:
        expressions.truth(node.where)
    _check_options(node, function, expressions)
    if key == "count":
        if node.value is not None:
            expressions.infer(node.value, TextType())
        return NumberType(NO_UNIT, whole=True)
    if isinstance(expressions.bound.refers_to[node.rows.key], PartsSymbol) and node.value is None:
        return BARE
    if node.value is None:
        if key == "any":
            return TruthType()
        report("N111", node.span, name=node.function.name)
        return UnknownType()
    if function.gives == "truth":
        expressions.truth(node.value)
        return TruthType()
    return expressions.number(node.value)


def type_of_rank(node: n.Rank, expressions: Expressions) -> Type:
    """The place of a record among all; equal values must be said to share one or not."""
    found = expressions.infer(node.value, NUMBER)
    if not isinstance(found, DateType | NumberType | UnknownType):
        expressions.number(node.value)
    if node.ties is None:
        chinese = expressions.bound.file.language == "zh"
        first, second = ("并列同名次", "连续名次") if chinese else ("ties share", "ties dense")
        fix = Fix("write-either", (), {"first": first, "second": second})
        expressions.findings.report("T128", node.span, fixes=(fix,))
    return NumberType(NO_UNIT, whole=True)


def _enough_arguments(node: n.Call, function: Function, expressions: Expressions) -> bool:
    least, most = len(function.takes) - function.optional, len(function.takes)
    if len(node.arguments) >= least and (len(node.arguments) <= most or function.repeats):
        return True
    wanted: Fact = str(most) if least == most else tuple(str(number) for number in range(least, most + 1))
    if function.repeats:
        wanted = Words("at least one")
    expressions.findings.report("N105", node.span, name=node.function.name, wanted=wanted, got=len(node.arguments))
    return False


def _checked(node: n.Call, function: Function, expressions: Expressions) -> list[n.Expression]:
    """Asks every argument for its kind; the numbers are left, to be asked together."""
    numbers: list[n.Expression] = []
    for index, argument in enumerate(node.arguments):
        match function.takes[min(index, len(function.takes) - 1)]:
            case "actual":
                _indicator(argument, ActualType(), expressions)
            case "target":
                _indicator(argument, TargetType(), expressions)
            case "places":
                _places(argument, expressions)
            case "mode":
                if not isinstance(argument, n.Text) or argument.value not in set(Rounding):
                    expressions.findings.report("T134", argument.span, text=argument.span.text)
            case "date":
                expressions.of_kind(argument, DateType())
            case "number" | "list":
                numbers.append(argument)
    return numbers


def _indicator(argument: n.Expression, kind: ActualType | TargetType, expressions: Expressions) -> None:
    found = expressions.infer(argument, kind)
    # A number is a fine actual; as a target it would not say in which direction it is met.
    fits = isinstance(found, type(kind) | UnknownType) or (
        isinstance(found, NumberType | TruthType) and isinstance(kind, ActualType)
    )
    if not fits:
        expressions.findings.report("T101", argument.span, found=kind_words(found), expected=kind_words(kind))


def _places(argument: n.Expression, expressions: Expressions) -> None:
    expressions.number(argument)
    places = constant(argument)
    if places is None or places.denominator != 1 or not 0 <= places <= 18:
        expressions.findings.report("T110", argument.span)


def _whole_list(node: n.Call, function: Function, expressions: Expressions) -> Type:
    """An aggregate without `where` and `for`: of a list, of a field of it, of the parts, of the batch."""
    report, refers_to = expressions.findings.report, expressions.bound.refers_to
    match node.arguments:
        case (n.Name() as rows,):
            match refers_to.get(rows.key):
                case PartsSymbol() if function.over_parts:
                    return NumberType(NO_UNIT, whole=True) if function.key == "count" else BARE
                case ListSymbol() | GroupSymbol() | BatchSymbol() if function.key == "count":
                    return NumberType(NO_UNIT, whole=True)
                case ListSymbol() | GroupSymbol() if function.key == "any":
                    return TruthType()
                case None:
                    return UnknownType()
                case _:
                    report("N111", node.span, name=node.function.name)
                    return UnknownType()
        case (n.FieldOf() as value,):
            if value.key not in refers_to:
                return UnknownType()
            if function.key == "count":
                report("N111", node.span, name=node.function.name)
                return NUMBER
            if function.gives == "truth":
                expressions.truth(value)
                return TruthType()
            return expressions.number(value)
        case _:
            return UnknownType()


def _check_options(node: n.Aggregate, function: Function, expressions: Expressions) -> None:
    """`distinct` counts, extremes are left out of what is added or compared."""
    report = expressions.findings.report
    counts, tests = function.key == "count", function.gives == "truth"
    if node.distinct and not (counts and node.value is not None):
        report("T135", node.span, name=node.function.name, option=Words("option.distinct"))
    if node.dropping is not None and node.dropping.alone:
        report("T121", node.dropping.span, word=node.dropping.span.text)
    elif node.dropping is not None and (counts or tests or function.key in ("lowest", "highest")):
        report("T135", node.span, name=node.function.name, option=Words("option.dropping"))
