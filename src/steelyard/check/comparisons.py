"""Comparisons: two values of one kind, in one unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from steelyard.bind.symbols import InferredSymbol, InputSymbol, LetSymbol, RowFieldSymbol
from steelyard.check.words import kind_words
from steelyard.diagnostics.model import Edit, Fix, Label, Words
from steelyard.syntax import nodes as n
from steelyard.syntax.keywords import keywords
from steelyard.values.numbers import canonical
from steelyard.values.types import (
    BARE,
    NUMBER,
    ActualType,
    DateType,
    NumberType,
    ScalarType,
    TargetType,
    TextType,
    TruthType,
    Type,
    UnknownType,
)
from steelyard.vocabulary.functions import BY_KEY

if TYPE_CHECKING:
    from steelyard.check.expressions import Expressions

HUNDRED_SCALE = 10
"""A number declared to reach this is no rate, so that a percentage beside it is doubtful."""


def check_comparison(node: n.Comparison, expressions: Expressions) -> None:
    ordering = any(operator not in ("=", "!=") for operator in node.operators)
    wanted = comparable(node.operands, NUMBER, expressions)
    if ordering and not isinstance(wanted, NumberType | DateType):
        wanted = NUMBER
    types = [expressions.infer(operand, wanted) for operand in node.operands]
    _target_in_words(node, types, expressions)
    for (left, left_type), (right, right_type) in zip(
        pairs := list(zip(node.operands, types, strict=True)), pairs[1:], strict=False
    ):
        compare(left, left_type, right, right_type, expressions, ordering=ordering)


def check_membership(node: n.Membership, expressions: Expressions) -> None:
    wanted = comparable((node.value, *node.choices), NUMBER, expressions)
    value = expressions.infer(node.value, wanted)
    for choice in node.choices:
        found = expressions.infer(choice, wanted)
        compare(node.value, value, choice, found, expressions, ordering=False)


def compare(
    left: n.Expression, a: Type, right: n.Expression, b: Type, expressions: Expressions, *, ordering: bool
) -> None:
    """Tells what keeps two values from being compared."""
    if isinstance(a, UnknownType) or isinstance(b, UnknownType):
        return
    expressions.compared += ((left, right), (right, left))
    a, b = _as_number(a, b), _as_number(b, a)
    report = expressions.findings.report
    if type(a) is not type(b):
        label = Label(left.span, "this-type", {"type": kind_words(a)})
        fixes: tuple[Fix, ...] = ()
        if isinstance(a, TruthType) and isinstance(right, n.Text) and right.value in keywords().values:
            fixes = (Fix("write", (Edit(right.span, right.value),), {"text": right.value}),)
        report("T102", right.span, labels=(label,), fixes=fixes, left=kind_words(a), right=kind_words(b))
    elif isinstance(a, NumberType) and isinstance(b, NumberType):
        if a.unit is not None and b.unit is not None and not a.unit.same_dimension(b.unit):
            expressions.differ(right, b.unit, left, a.unit)
        for side, kind, other in ((left, a, right), (right, b, left)):
            _remember_percent(side, other, expressions)
            _percent_against_bare(side, kind, other, expressions)
            _number_against_percent(side, kind, other, expressions)
    elif ordering and not isinstance(a, DateType):
        report("T101", left.span, found=kind_words(a), expected=Words("type.number"))
    elif isinstance(a, TextType) and isinstance(b, TextType):
        for choices, other in ((a.choices, right), (b.choices, left)):
            _among(choices, other, expressions)


def comparable(operands: tuple[n.Expression, ...], default: ScalarType, expressions: Expressions) -> ScalarType:
    """The kind that the sides ask of each other: that of the first one that shows its kind by itself."""
    for operand in operands:
        match _shown(operand, expressions):
            case (NumberType() | TextType() | TruthType() | DateType()) as found:
                return found
            case TargetType() | ActualType():
                return NUMBER
            case _:
                continue
    return default


def _shown(operand: n.Expression, expressions: Expressions) -> Type:
    """The kind of an expression as far as it shows without asking; reports nothing."""
    match operand:
        case n.Number() | n.Rank():
            return NUMBER
        case n.Text():
            return TextType()
        case n.Date():
            return DateType()
        case n.Name() | n.FieldOf():
            symbol = expressions.bound.refers_to.get(operand.key)
            if isinstance(symbol, LetSymbol):
                return expressions.lets.get(symbol.path, UnknownType())
            return expressions.reference(operand, None)
        case (
            n.Operation(operator="and" | "or" | "not")
            | n.Comparison()
            | n.Membership()
            | n.Contains()
            | n.Within()
            | n.IsMissing()
        ):
            return TruthType()
        case n.Call() | n.Aggregate():
            key = expressions.bound.functions.get(operand.function.key)
            return UnknownType() if key is None else TruthType() if BY_KEY[key].gives == "truth" else NUMBER
        case n.Operation():
            return NUMBER
        case n.Table():
            return _shown(operand.rows[0].value, expressions) if operand.rows else UnknownType()
        case n.ColumnOf():
            return UnknownType()
        case _:
            assert_never(operand)


def _target_in_words(node: n.Comparison, types: list[Type], expressions: Expressions) -> None:
    """`完成 未达到 目标` compares two numbers, but says what `met` says: the target knows whether more is better."""
    match node.operands, types:
        case (left, right), (ActualType(), TargetType()):
            between = node.span.source.text[left.span.end : right.span.start]
            if "达" not in between and "below" not in between:
                return
            chinese = expressions.bound.file.language == "zh"
            met = (
                f"达到目标({left.span.text}, {right.span.text})"
                if chinese
                else f"met({left.span.text}, {right.span.text})"
            )
            negative = any(word in between for word in ("未", "不达", "below")) and "not below" not in between
            text = (f"非 {met}" if chinese else f"not {met}") if negative else met
            fix = Fix("write", (Edit(node.span, text),), {"text": text})
            expressions.findings.report("T123", node.span, fixes=(fix,), text=node.span.text)
        case _:
            pass


def _percent_against_bare(side: n.Expression, kind: NumberType, other: n.Expression, expressions: Expressions) -> None:
    """`rate in %` compared with 90: is it 90% or 90? The author says."""
    if kind.unit is None or not kind.unit.percent or isinstance(side, n.Number):
        return
    if isinstance(other, n.Number) and not other.percent and other.value not in (0,):
        text = other.span.text
        fix = Fix("write", (Edit(other.span, f"{text}%"),), {"text": f"{text}%"})
        if 0 < other.value < 1:
            # 0.9 beside a percentage: 90%, as likely as not.
            fix = Fix("write-either", (), {"first": f"{canonical(other.value * 100)}%", "second": f"{text}%"})
        expressions.findings.report("T108", other.span, fixes=(fix,), name=side.span.text, text=text)


def _remember_percent(side: n.Expression, other: n.Expression, expressions: Expressions) -> None:
    """An input beside a written percentage: where it says no unit itself, its cells may be meant with a % or without."""
    if not (isinstance(other, n.Number) and other.percent and other.value):
        return
    match expressions.bound.refers_to.get(side.key):
        case InferredSymbol(name):
            expressions.beside_percent.add(name)
        case InputSymbol(field) | RowFieldSymbol(_, field):
            expressions.beside_percent.add(field)
        case _:
            pass


def _number_against_percent(
    side: n.Expression, kind: NumberType, other: n.Expression, expressions: Expressions
) -> None:
    """`score : number, from 0 to 100` compared with 60%, which is 0.6: a slip, most likely."""
    symbol = expressions.bound.refers_to.get(side.key)
    if not isinstance(symbol, InputSymbol | RowFieldSymbol) or kind.unit is None or kind.unit.percent:
        return
    high = symbol.field.high
    if high is None or high < HUNDRED_SCALE or not (isinstance(other, n.Number) and other.percent and other.value):
        return
    text = other.span.text.rstrip("%％ ")
    fix = Fix("write", (Edit(other.span, text),), {"text": text})
    expressions.findings.report(
        "W183", other.span, fixes=(fix,), name=side.span.text, text=other.span.text, number=text, high=str(high)
    )


def _among(choices: tuple[str, ...], other: n.Expression, expressions: Expressions) -> None:
    if choices and isinstance(other, n.Text) and other.value not in choices:
        shown = tuple(f"“{choice}”" for choice in choices)
        expressions.findings.report("T119", other.span, text=other.value, choices=shown)


def _as_number(kind: Type, other: Type) -> Type:
    """A target or actual beside a number, or beside its like, stands for its number."""
    numeric = isinstance(other, NumberType | TargetType | ActualType)
    return BARE if isinstance(kind, TargetType | ActualType) and numeric else kind
