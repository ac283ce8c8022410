"""Types and units of expressions.

A number's unit is part of its type. A literal is bare and takes the other side's unit. Arithmetic on a target or an actual
uses its number, whose unit only the data know: it is bare here and checked when evaluated.
"""

from __future__ import annotations

from typing import assert_never

from steelyard.bind.symbols import (
    BatchSymbol,
    Bound,
    GroupSymbol,
    InferredSymbol,
    InputSymbol,
    LetSymbol,
    ListSymbol,
    MoveSymbol,
    PartsSymbol,
    PartSymbol,
    RowFieldSymbol,
    WordSymbol,
)
from steelyard.check import calls, comparisons
from steelyard.check.constants import constant
from steelyard.check.model import Findings
from steelyard.check.tables import type_of_table
from steelyard.check.words import kind_words, unit_words
from steelyard.diagnostics.model import Edit, Fix, Label, Words
from steelyard.syntax import nodes as n
from steelyard.values.numbers import POWER_LIMIT
from steelyard.values.types import (
    BARE,
    NUMBER,
    ActualType,
    DateType,
    Field,
    NumberType,
    ScalarType,
    TargetType,
    TextType,
    TruthType,
    Type,
    UnknownType,
)
from steelyard.values.units import NO_UNIT, PERCENT, Unit

TRUTH, TEXT, DATE, UNKNOWN = TruthType(), TextType(), DateType(), UnknownType()
WHOLE = NumberType(NO_UNIT, whole=True)
Wanted = ScalarType | None


class Expressions:
    """Types of the expressions of one file; the types of inferred inputs come from their first use."""

    def __init__(self, bound: Bound, findings: Findings) -> None:
        self.bound, self.findings = bound, findings
        self.types: dict[int, Type] = {}
        self.inferred: dict[str, ScalarType] = {}
        self.beside_percent: set[str | Field] = set()
        """Inputs that percentages are compared with: the name of an inferred one, the field of a declared one."""
        self.lets: dict[str, Type] = {}
        self.open_lets: set[str] = set()
        self.compared: list[tuple[n.Expression, n.Expression]] = []
        """Values met beside each other, to be looked at when the full points of all parts are known."""
        self.reasons: list[n.Because] = []
        """Reasons met, to be checked when every name has shown its kind."""
        self.tables: dict[int, n.Table] = {}
        """Tables met, whose rows are looked at together when all types are known."""
        self.rounded = 0
        """Rounds around the place that is looked at."""
        self.labels: dict[str, tuple[str, ...]] = {}
        """The grades that a part can have, by its path."""

    def infer(self, expression: n.Expression, wanted: Wanted) -> Type:
        """The type of an expression where `wanted` is asked for; it reports what cannot be, once."""
        found = self._type(expression, wanted)
        self.types[expression.key] = found
        return found

    def number(self, expression: n.Expression) -> NumberType | UnknownType:
        """The expression as a number; a target or actual stands for its number."""
        found = self.infer(expression, NUMBER)
        match found:
            case NumberType() | UnknownType():
                return found
            case TargetType() | ActualType():
                return BARE
            case DateType():
                self.findings.report("T127", expression.span, text=expression.span.text)
                return UNKNOWN
            case _:
                self.findings.report("T101", expression.span, found=kind_words(found), expected=Words("type.number"))
                return UNKNOWN

    def truth(self, expression: n.Expression) -> None:
        """The expression as a condition."""
        found = self.infer(expression, TRUTH)
        if not isinstance(found, TruthType | UnknownType):
            self.findings.report("T104", expression.span, found=kind_words(found), text=expression.span.text)

    def of_kind(self, expression: n.Expression, kind: TextType | DateType | TruthType) -> None:
        """The expression as a text, a day or a yes/no value."""
        found = self.infer(expression, kind)
        if not isinstance(found, type(kind) | UnknownType):
            self.findings.report("T101", expression.span, found=kind_words(found), expected=kind_words(kind))

    def amount(self, expression: n.Expression, *, either_sign: bool = False) -> None:
        """The expression as an amount of points: a plain number, not negative where it is written out."""
        if isinstance(expression, n.Table):
            self.infer(expression, NUMBER)
            # A code table of modifiers holds both signs, and the conditions of a rule pick one: which row counts is
            # seen with the data only (F201).
            signed = expression.lookup is not None and any((constant(row.value) or 0) > 0 for row in expression.rows)
            for row in expression.rows:
                self.amount(row.value, either_sign=signed)
            return
        found = self.number(expression)
        # 2 points for every 份 is 2 × n points: a count of things is a plain factor.
        counted = isinstance(found, NumberType) and found.unit is not None and found.unit.counts
        if isinstance(found, NumberType) and found.unit is not None and found.unit.powers and not counted:
            self.findings.report("T105", expression.span, unit=str(found.unit))
        if self._is_rate(expression):
            points = "满分" if self.bound.file.language == "zh" else "points"
            written = expression.span.text
            text = f"{points} * ({written})" if isinstance(expression, n.Operation) else f"{points} * {written}"
            fix = Fix("write", (Edit(expression.span, text),), {"text": text})
            self.findings.report("T109", expression.span, fixes=(fix,), text=expression.span.text)
        value = constant(expression)
        if value is not None and value < 0 and not either_sign:
            self.findings.report("T106", expression.span, text=expression.span.text)

    def _is_rate(self, expression: n.Expression) -> bool:
        """Is it a percentage? A sum is one where all it adds is: `20 - rate` is something else again."""
        found = self.types.get(expression.key)
        if isinstance(expression, n.Operation) and expression.operator == "+":
            return all(self._is_rate(operand) for operand in expression.operands)
        return isinstance(found, NumberType) and found.unit is not None and found.unit.percent

    def let_type(self, path: str, let: n.Let, wanted: Wanted) -> Type:
        """The type of a let. Unknown ones are asked again, when a use shows what is wanted."""
        if path in self.open_lets:
            return UNKNOWN  # A circle, which binding has told.
        self.open_lets.add(path)
        # A round around the name does not reach into the let.
        rounded, self.rounded = self.rounded, 0
        found = self.infer(let.value, wanted)
        self.rounded = rounded
        self.open_lets.discard(path)
        if not isinstance(found, UnknownType):
            self.lets[path] = found
        return found

    # ---- by kind of expression

    def _type(self, expression: n.Expression, wanted: Wanted) -> Type:
        match expression:
            case n.Number():
                return NumberType(PERCENT) if expression.percent else BARE
            case n.Date():
                return DATE
            case n.Text():
                return TEXT
            case n.Name() | n.FieldOf():
                return self.reference(expression, wanted)
            case n.Operation():
                return self._operation(expression)
            case n.Comparison():
                comparisons.check_comparison(expression, self)
                return TRUTH
            case n.Membership():
                comparisons.check_membership(expression, self)
                return TRUTH
            case n.Contains():
                self.of_kind(expression.value, TEXT)
                self.of_kind(expression.part, TEXT)
                return TRUTH
            case n.Within():
                self.of_kind(expression.value, DATE)
                self.of_kind(expression.of, DATE)
                self.number(expression.days)
                return TRUTH
            case n.IsMissing():
                self.infer(expression.value, None)
                return TRUTH
            case n.Call():
                return calls.type_of_call(expression, self)
            case n.Aggregate():
                return calls.type_of_aggregate(expression, self)
            case n.Rank():
                return calls.type_of_rank(expression, self)
            case n.ColumnOf():
                return UNKNOWN  # Replaced before checking; one that is left has been told.
            case n.Table():
                return type_of_table(expression, self, wanted)
            case _:
                assert_never(expression)

    def reference(self, node: n.Name | n.FieldOf, wanted: Wanted) -> Type:
        """What a name stands for."""
        symbol = self.bound.refers_to.get(node.key)
        match symbol:
            case None:
                return UNKNOWN
            case InputSymbol(field) | RowFieldSymbol(_, field):
                return field.type
            case InferredSymbol(name):
                if name not in self.inferred:
                    if wanted is None:
                        return UNKNOWN
                    self.inferred[name] = NumberType(None) if isinstance(wanted, NumberType) else wanted
                return self.inferred[name]
            case LetSymbol(path=path, let=let):
                return self.lets.get(path) or self.let_type(path, let, wanted)
            case PartSymbol(path, "grade"):
                return TextType(self.labels.get(str(path), ()))
            case PartSymbol(facet="rate"):
                return NumberType(PERCENT)
            case PartSymbol():
                return NUMBER
            case WordSymbol("points" | "total"):
                return NUMBER
            case WordSymbol("grade"):
                return TEXT
            case WordSymbol():
                return TRUTH
            case ListSymbol() | GroupSymbol() | PartsSymbol() | BatchSymbol() | MoveSymbol():
                return UNKNOWN  # Where no list belongs, binding has told.
            case _:
                assert_never(symbol)

    # ---- arithmetic

    def _operation(self, node: n.Operation) -> Type:
        found = self._operated(node)
        # A name that stands for nothing, or for what is not computed with, has been told: nothing follows from it.
        told = UnknownType if isinstance(found, TruthType) else UnknownType | DateType | TextType | TruthType
        return UNKNOWN if any(isinstance(self.types.get(operand.key), told) for operand in node.operands) else found

    def _operated(self, node: n.Operation) -> Type:
        match node.operator:
            case "and" | "or" | "not":
                for operand in node.operands:
                    self.truth(operand)
                return TRUTH
            case "+":
                return self.same_unit(node.operands)
            case "neg":
                return self.number(node.operands[0])
            case "*":
                units = [self._unit(operand) for operand in node.operands]
                if all(unit is None for unit in units):
                    return BARE
                result = NO_UNIT
                for unit in units:
                    # A rate is a plain factor: 50 × 80% is 40, not a percentage.
                    result = result if unit is None else result.times(unit)
                return NumberType(result)
            case "/":
                above, below = (self._unit(operand) for operand in node.operands)
                if above is None and below is None:
                    return BARE
                return NumberType((above or NO_UNIT).times(below or NO_UNIT, -1))
            case "^":
                return self._power(node)

    def _power(self, node: n.Operation) -> Type:
        base, exponent = node.operands
        unit = self._unit(base)
        self.number(exponent)
        power = constant(exponent)
        if power is not None and power.denominator == 1 and abs(power) <= POWER_LIMIT:
            return NumberType(None if unit is None else unit.power(int(power)))
        if not self.rounded:
            self.findings.report("T107", exponent.span, limit=POWER_LIMIT)
            return UNKNOWN
        # Any other power is irrational and has no unit.
        if unit is not None and unit.powers:
            self.findings.report("T105", base.span, unit=str(unit))
        return BARE

    def _unit(self, expression: n.Expression) -> Unit | None:
        found = self.number(expression)
        return found.unit if isinstance(found, NumberType) else None

    def same_unit(self, operands: tuple[n.Expression, ...]) -> NumberType:
        """The unit that all operands share; bare ones take it."""
        unit: Unit | None = None
        where: n.Expression | None = None
        for operand in operands:
            other = self._unit(operand)
            if other is None:
                continue
            if unit is None or where is None:
                unit, where = other, operand
            elif not unit.same_dimension(other):
                negated = isinstance(operand, n.Operation) and operand.operator == "neg"
                guilty = operand.operands[0] if negated and isinstance(operand, n.Operation) else operand
                self.differ(guilty, other, where, unit)
                return NumberType(unit)
        return NumberType(unit)

    def differ(self, operand: n.Expression, other: Unit, where: n.Expression, unit: Unit) -> None:
        """Tells that two units differ."""
        label = Label(where.span, "this-unit", {"unit": unit_words(unit)})
        self.findings.report("T103", operand.span, labels=(label,), left=unit_words(unit), right=unit_words(other))
