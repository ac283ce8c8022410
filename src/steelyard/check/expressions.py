"""Types and units of expressions.

A number's unit is part of its type. A literal is bare and takes the other side's unit. Arithmetic on a target or an actual
uses its number, whose unit only the data know: it is bare here and checked when evaluated.
"""

from __future__ import annotations

from steelyard.bind.symbols import (
    Bound,
    InferredSymbol,
    InputSymbol,
    LetSymbol,
    ListSymbol,
    PartSymbol,
    RowFieldSymbol,
    WordSymbol,
)
from steelyard.check.constants import constant
from steelyard.check.model import Findings
from steelyard.check.words import kind_words, unit_words
from steelyard.diagnostics.model import Edit, Fact, Fix, Label, Words
from steelyard.syntax import nodes as n
from steelyard.syntax.keywords import keywords
from steelyard.values.numbers import POWER_LIMIT
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
from steelyard.values.units import NO_UNIT, PERCENT, Unit
from steelyard.vocabulary.functions import BY_KEY, Function

TRUTH, TEXT, UNKNOWN = TruthType(), TextType(), UnknownType()
Wanted = NumberType | TextType | TruthType | TargetType | ActualType | None


class Expressions:
    """Types of the expressions of one file; the types of inferred inputs come from their first use."""

    def __init__(self, bound: Bound, findings: Findings) -> None:
        self.bound, self.findings = bound, findings
        self.types: dict[int, Type] = {}
        self.inferred: dict[str, ScalarType] = {}
        self.lets: dict[str, Type] = {}
        self.open_lets: set[str] = set()
        self.reasons: list[n.Because] = []
        """Reasons met, to be checked when every name has shown its kind."""

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
            case _:
                self.findings.report("T101", expression.span, found=kind_words(found), expected=Words("type.number"))
                return UNKNOWN

    def truth(self, expression: n.Expression) -> None:
        """The expression as a condition."""
        found = self.infer(expression, TRUTH)
        if not isinstance(found, TruthType | UnknownType):
            self.findings.report("T104", expression.span, found=kind_words(found), text=expression.span.text)

    def amount(self, expression: n.Expression) -> None:
        """The expression as an amount of points: a plain number, not negative where it is written out."""
        found = self.number(expression)
        # 2 points for every 份 is 2 × n points: a count of things is a plain factor.
        counted = isinstance(found, NumberType) and found.unit is not None and found.unit.counts
        if isinstance(found, NumberType) and found.unit is not None and found.unit.powers and not counted:
            self.findings.report("T105", expression.span, unit=str(found.unit))
        if isinstance(expression, n.Number) and expression.percent:
            points = "满分" if self.bound.file.language == "zh" else "points"
            text = f"{points} * {expression.span.text}"
            fix = Fix("write", (Edit(expression.span, text),), {"text": text})
            self.findings.report("T109", expression.span, fixes=(fix,), text=expression.span.text)
        value = constant(expression)
        if value is not None and value < 0:
            self.findings.report("T106", expression.span, text=expression.span.text)

    # ---- by kind of expression

    def _type(self, expression: n.Expression, wanted: Wanted) -> Type:
        match expression:
            case n.Number():
                return NumberType(PERCENT) if expression.percent else BARE
            case n.Text():
                return TEXT
            case n.Name() | n.FieldOf():
                return self._reference(expression, wanted)
            case n.Operation():
                return self._operation(expression)
            case n.Comparison():
                self._comparison(expression)
                return TRUTH
            case n.Membership():
                self._membership(expression)
                return TRUTH
            case n.IsMissing():
                self.infer(expression.value, None)
                return TRUTH
            case n.Call():
                return self._call(expression)
            case n.Aggregate():
                return self._aggregate(expression)

    def _reference(self, node: n.Name | n.FieldOf, wanted: Wanted) -> Type:
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
            case LetSymbol(path, let):
                return self.lets.get(path) or self.let_type(path, let, wanted)
            case ListSymbol():
                return UNKNOWN
            case PartSymbol():
                return NUMBER
            case WordSymbol("points" | "total"):
                return NUMBER
            case WordSymbol("grade"):
                return TEXT
            case WordSymbol():
                return TRUTH

    def let_type(self, path: str, let: n.Let, wanted: Wanted) -> Type:
        """The type of a let. Unknown ones are asked again, when a use shows what is wanted."""
        if path in self.open_lets:
            return UNKNOWN  # A circle, which binding has told.
        self.open_lets.add(path)
        found = self.infer(let.value, wanted)
        self.open_lets.discard(path)
        if not isinstance(found, UnknownType):
            self.lets[path] = found
        return found

    def _operation(self, node: n.Operation) -> Type:
        found = self._operated(node)
        # A name that stands for nothing has been told; its kind is not known, and nothing follows from it.
        unknown = any(isinstance(self.types.get(operand.key), UnknownType) for operand in node.operands)
        return UNKNOWN if unknown else found

    def _operated(self, node: n.Operation) -> Type:
        match node.operator:
            case "and" | "or" | "not":
                for operand in node.operands:
                    self.truth(operand)
                return TRUTH
            case "+":
                return self._same_unit(node.operands)
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
        if power is None or power.denominator != 1 or abs(power) > POWER_LIMIT:
            self.findings.report("T107", exponent.span, limit=POWER_LIMIT)
            return UNKNOWN
        return NumberType(None if unit is None else unit.power(int(power)))

    def _unit(self, expression: n.Expression) -> Unit | None:
        found = self.number(expression)
        return found.unit if isinstance(found, NumberType) else None

    def _same_unit(self, operands: tuple[n.Expression, ...]) -> NumberType:
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
                self._differ(guilty, other, where, unit)
                return NumberType(unit)
        return NumberType(unit)

    def _differ(self, operand: n.Expression, other: Unit, where: n.Expression, unit: Unit) -> None:
        label = Label(where.span, "this-unit", {"unit": unit_words(unit)})
        self.findings.report("T103", operand.span, labels=(label,), left=unit_words(unit), right=unit_words(other))

    def _comparison(self, node: n.Comparison) -> None:
        ordering = any(operator not in ("=", "!=") for operator in node.operators)
        wanted = self._comparable(node.operands, NUMBER)
        if ordering and not isinstance(wanted, NumberType | DateType):
            wanted = NUMBER
        types = [self.infer(operand, wanted) for operand in node.operands]
        self._target_in_words(node, types)
        for (left, left_type), (right, right_type) in zip(
            pairs := list(zip(node.operands, types, strict=True)), pairs[1:], strict=False
        ):
            self._compare(left, left_type, right, right_type, ordering)

    def _comparable(self, operands: tuple[n.Expression, ...], default: Wanted) -> Wanted:
        """The kind that the sides ask of each other: that of the first one that shows its kind by itself."""
        for operand in operands:
            match self._shown(operand):
                case (NumberType() | TextType() | TruthType()) as found:
                    return found
                case TargetType() | ActualType():
                    return NUMBER
                case _:
                    continue
        return default

    def _shown(self, operand: n.Expression) -> Type:
        """The kind of an expression as far as it shows without asking; reports nothing."""
        match operand:
            case n.Number():
                return NUMBER
            case n.Text():
                return TEXT
            case n.Name() | n.FieldOf():
                symbol = self.bound.refers_to.get(operand.key)
                if isinstance(symbol, LetSymbol):
                    return self.lets.get(symbol.path, UNKNOWN)
                return self._reference(operand, None)
            case n.Operation(operator="and" | "or" | "not") | n.Comparison() | n.Membership() | n.IsMissing():
                return TRUTH
            case n.Call() | n.Aggregate():
                key = self.bound.functions.get(operand.function.key)
                return UNKNOWN if key is None else TRUTH if BY_KEY[key].gives == "truth" else NUMBER
            case n.Operation():
                return NUMBER

    def _target_in_words(self, node: n.Comparison, types: list[Type]) -> None:
        """`完成 未达到 目标` compares two numbers, but says what `met` says: the target knows whether more is better."""
        match node.operands, types:
            case (left, right), (ActualType(), TargetType()):
                between = node.span.source.text[left.span.end : right.span.start]
                if "达" not in between and "below" not in between:
                    return
                chinese = self.bound.file.language == "zh"
                met = (
                    f"达到目标({left.span.text}, {right.span.text})"
                    if chinese
                    else f"met({left.span.text}, {right.span.text})"
                )
                negative = any(word in between for word in ("未", "不达", "below")) and "not below" not in between
                text = (f"非 {met}" if chinese else f"not {met}") if negative else met
                fix = Fix("write", (Edit(node.span, text),), {"text": text})
                self.findings.report("T123", node.span, fixes=(fix,), text=node.span.text)
            case _:
                pass

    def _compare(self, left: n.Expression, a: Type, right: n.Expression, b: Type, ordering: bool) -> None:
        if isinstance(a, UnknownType) or isinstance(b, UnknownType):
            return
        a, b = _as_number(a, b), _as_number(b, a)
        if type(a) is not type(b):
            label = Label(left.span, "this-type", {"type": kind_words(a)})
            fixes: tuple[Fix, ...] = ()
            if isinstance(a, TruthType) and isinstance(right, n.Text) and right.value in keywords().values:
                fixes = (Fix("write", (Edit(right.span, right.value),), {"text": right.value}),)
            self.findings.report(
                "T102", right.span, labels=(label,), fixes=fixes, left=kind_words(a), right=kind_words(b)
            )
        elif isinstance(a, NumberType) and isinstance(b, NumberType):
            if a.unit is not None and b.unit is not None and not a.unit.same_dimension(b.unit):
                self._differ(right, b.unit, left, a.unit)
            self._percent_against_bare(left, a, right, b)
            self._percent_against_bare(right, b, left, a)
        elif ordering and not isinstance(a, DateType):
            self.findings.report("T101", left.span, found=kind_words(a), expected=Words("type.number"))
        elif isinstance(a, TextType) and isinstance(b, TextType):
            for choices, other in ((a.choices, right), (b.choices, left)):
                self._among(choices, other)

    def _percent_against_bare(
        self, side: n.Expression, kind: NumberType, other: n.Expression, bare: NumberType
    ) -> None:
        """`rate in %` compared with 90: is it 90% or 90? The author says."""
        if kind.unit is None or not kind.unit.percent or isinstance(side, n.Number):
            return
        if isinstance(other, n.Number) and not other.percent and other.value not in (0,):
            text = other.span.text
            fix = Fix("write", (Edit(other.span, f"{text}%"),), {"text": f"{text}%"})
            self.findings.report("T108", other.span, fixes=(fix,), name=side.span.text, text=text)

    def _among(self, choices: tuple[str, ...], other: n.Expression) -> None:
        if choices and isinstance(other, n.Text) and other.value not in choices:
            self.findings.report("T119", other.span, text=other.value, choices=tuple(f"“{c}”" for c in choices))

    def _membership(self, node: n.Membership) -> None:
        wanted = self._comparable((node.value, *node.choices), NUMBER)
        value = self.infer(node.value, wanted)
        for choice in node.choices:
            found = self.infer(choice, wanted)
            self._compare(node.value, value, choice, found, ordering=False)

    # ---- functions

    def _call(self, node: n.Call) -> Type:
        key = self.bound.functions.get(node.function.key)
        if key is None:
            return UNKNOWN
        function = BY_KEY[key]
        if function.aggregate:
            return self._whole_list(node, function)
        least = len(function.takes) - function.optional
        if len(node.arguments) < least or (len(node.arguments) > len(function.takes) and not function.repeats):
            most = str(len(function.takes))
            wanted: Fact = most if least == len(function.takes) else (str(least), most)
            if function.repeats:
                wanted = Words("at least one")
            self.findings.report("N105", node.span, name=node.function.name, wanted=wanted, got=len(node.arguments))
            return UNKNOWN
        units: list[n.Expression] = []
        for index, argument in enumerate(node.arguments):
            takes = function.takes[min(index, len(function.takes) - 1)]
            match takes:
                case "actual" | "target":
                    self._indicator(argument, ActualType() if takes == "actual" else TargetType())
                case "places":
                    self._places(argument)
                case _:
                    units.append(argument)
        if function.gives == "same":
            return self._same_unit(tuple(units))
        return TRUTH if function.gives == "truth" else NumberType(PERCENT if function.gives == "rate" else NO_UNIT)

    def _indicator(self, argument: n.Expression, kind: ActualType | TargetType) -> None:
        found = self.infer(argument, kind)
        # A number is a fine actual; as a target it would not say in which direction it is met.
        fits = isinstance(found, type(kind) | UnknownType) or (
            isinstance(found, NumberType | TruthType) and isinstance(kind, ActualType)
        )
        if not fits:
            self.findings.report("T101", argument.span, found=kind_words(found), expected=kind_words(kind))

    def _places(self, argument: n.Expression) -> None:
        self.number(argument)
        places = constant(argument)
        if places is None or places.denominator != 1 or not 0 <= places <= 18:
            self.findings.report("T110", argument.span)

    def _whole_list(self, node: n.Call, function: Function) -> Type:
        if node.key not in self.bound.slots or function.key == "count":
            if function.key == "count" and node.arguments and isinstance(node.arguments[0], n.FieldOf):
                self.findings.report("N111", node.span, name=node.function.name)
            return NUMBER
        argument = node.arguments[0]
        if isinstance(argument, n.Name):
            self.findings.report("N111", node.span, name=node.function.name)
            return UNKNOWN
        return self.number(argument)

    def _aggregate(self, node: n.Aggregate) -> Type:
        key = self.bound.functions.get(node.function.key)
        if key is None or node.key not in self.bound.slots:
            return UNKNOWN
        if not BY_KEY[key].aggregate:
            self.findings.report("N111", node.span, name=node.function.name)
            return UNKNOWN
        if node.where is not None:
            self.truth(node.where)
        if key == "count":
            return NUMBER
        if node.value is None:
            self.findings.report("N111", node.span, name=node.function.name)
            return UNKNOWN
        return self.number(node.value)


def _as_number(kind: Type, other: Type) -> Type:
    """A target or actual beside a number, or beside its like, stands for its number."""
    numeric = isinstance(other, NumberType | TargetType | ActualType)
    return BARE if isinstance(kind, TargetType | ActualType) and numeric else kind
