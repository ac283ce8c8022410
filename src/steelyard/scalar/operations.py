"""What operators and functions mean, on values and on values that are not determined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor

from steelyard.trace.model import Expr
from steelyard.values import intervals as iv
from steelyard.values.calendar import days_between, months_between
from steelyard.values.intervals import EVERYTHING, Interval
from steelyard.values.numbers import within_bits
from steelyard.values.states import OF_DATA, Cause, Unknown, Value
from steelyard.values.targets import Actual, Comparator, Target

_ENCLOSED = OF_DATA | {Cause.IRRATIONAL, Cause.OPEN}
"""Causes under which a value exists, and lies in its enclosure."""


def operate(op: str, args: Sequence[Expr]) -> Value | Unknown:
    """The value of an operator on evaluated arguments. Never raises for data: what has no value is Unknown."""
    match op:
        case "and" | "or":
            return _logic(op, args)
        case "not":
            value = args[0].value
            return value if isinstance(value, Unknown) else not value
        case "=" | "!=" | "<" | "<=" | ">" | ">=":
            return _comparison(op, args)
        case "in":
            return _membership(args)
        case "contains":
            return _contains(args)
        case "days" | "months":
            return _between_dates(op, args)
        case "year" | "month":
            day = args[0].value
            return Fraction(day.year if op == "year" else day.month) if isinstance(day, date) else merge(args)
        case "number":
            return _number(args[0])
        case "met" | "attainment" | "excess":
            return _indicator(op, args)
        case _:
            return numeric(op, args)


def numeric(op: str, args: Sequence[Expr]) -> Value | Unknown:
    """Arithmetic on numbers: exact, or an enclosure."""
    if op in ("+", "min", "max", "per"):
        clash = next((found for arg in args[1:] if (found := units_clash(args[0], arg))), None)
        if clash is not None:
            return clash
    values = [arg.value for arg in args]
    numbers = [value for value in values if isinstance(value, Fraction)]
    if len(numbers) == len(values):
        if _is_undefined(op, numbers):
            return undefined(args)
        exact = _EXACT[op](numbers)
        return exact if within_bits(exact) else Unknown(frozenset({Cause.TOO_BIG}), cells_of(args))
    unknown = merge(args)
    if _may_be_undefined(op, values):
        unknown = Unknown(unknown.causes | {Cause.UNDEFINED}, unknown.blame)
    ranges = [enclosure(value) for value in values]
    if op == "^":
        assert isinstance(values[1], Fraction), "check asks for a constant exponent"
        return narrowed(unknown, iv.raise_to(ranges[0], int(values[1])))
    return narrowed(unknown, _RANGES[op](ranges))


def _is_undefined(op: str, numbers: Sequence[Fraction]) -> bool:
    match op:
        case "/":
            return numbers[1] == 0
        case "per":
            return numbers[1] <= 0
        case "^":
            return numbers[0] == 0 and numbers[1] < 0
        case _:
            return False


def _may_be_undefined(op: str, values: Sequence[Value | Unknown]) -> bool:
    """A divisor that is not known, and may be zero; a size of steps that may not be positive."""
    match op:
        case "/" | "per":
            divisor = values[1]
        case "^" if isinstance(values[1], Fraction) and values[1] < 0:
            divisor = values[0]
        case _:
            return False
    within = enclosure(divisor)
    may_be_low = within.low is None or within.low <= 0
    return may_be_low and (op == "per" or within.high is None or within.high >= 0)


def narrowed(unknown: Unknown, within: Interval) -> Value | Unknown:
    """The value where the enclosure is one point and nothing is undefined; else the unknown with its enclosure. An end that
    has grown past what is computed with is given up: the enclosure is open there."""
    if Cause.IRRATIONAL not in unknown.causes:  # Whose ends are as long as the digits asked for.
        low, high = (None if end is None or not within_bits(end) else end for end in (within.low, within.high))
        within = Interval(low, high)
    if within.point is not None and unknown.causes <= _ENCLOSED:
        return within.point
    return Unknown(unknown.causes, unknown.blame, within)


def merge(args: Iterable[Expr]) -> Unknown:
    """Why all these together are not determined."""
    unknown = [arg.value for arg in args if isinstance(arg.value, Unknown)]
    causes = frozenset(cause for value in unknown for cause in value.causes)
    return Unknown(causes, frozenset(key for value in unknown for key in value.blame))


def undefined(args: Iterable[Expr], within: Interval = EVERYTHING) -> Unknown:
    """There is no such value, whatever the data: every cell read is to blame."""
    return Unknown(frozenset({Cause.UNDEFINED}), cells_of(args), within)


def cells_of(args: Iterable[Expr]) -> frozenset[str]:
    """Keys of all cells under these expressions."""
    found: set[str] = set()
    waiting = list(args)
    while waiting:
        expr = waiting.pop()
        if expr.op == "cell" and expr.ref is not None:
            found.add(expr.ref)
        waiting.extend(expr.args)
    return frozenset(found)


def _logic(op: str, args: Sequence[Expr]) -> Value | Unknown:
    """Kleene's logic. All arguments are looked at, so every engine reads the same cells."""
    decides = op == "or"
    if any(arg.value is decides for arg in args):
        return decides
    return merge(args) if any(isinstance(arg.value, Unknown) for arg in args) else not decides


def _comparison(op: str, args: Sequence[Expr]) -> Value | Unknown:
    left, right = args
    if clash := units_clash(left, right):
        return clash
    a, b = left.value, right.value
    answer: bool | None
    if any(_may_have_none(side) for side in (left, right)):
        answer = None  # Whatever the enclosure says: there may be no value at all.
    elif isinstance(a, Fraction | date | Unknown) and isinstance(b, Fraction | date | Unknown):
        answer = _ordered(op, _on_line(a), _on_line(b))
    elif isinstance(a, Unknown) or isinstance(b, Unknown):
        answer = None
    else:
        answer = a == b if op == "=" else a != b
    return merge(args) if answer is None else answer


def _may_have_none(side: Expr) -> bool:
    """May there be no value at all?"""
    return isinstance(side.value, Unknown) and Cause.UNDEFINED in side.value.causes


def _ordered(op: str, a: Interval, b: Interval) -> bool | None:
    match op:
        case "<":
            return iv.less(a, b)
        case ">":
            return iv.less(b, a)
        case "<=":
            return _opposite(iv.less(b, a))
        case ">=":
            return _opposite(iv.less(a, b))
        case "=":
            return iv.equal(a, b)
        case _:
            return _opposite(iv.equal(a, b))


def _opposite(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _membership(args: Sequence[Expr]) -> Value | Unknown:
    answers = [_comparison("=", (args[0], choice)) for choice in args[1:]]
    if any(answer is True for answer in answers):
        return True
    return merge(args) if any(isinstance(answer, Unknown) for answer in answers) else False


def _contains(args: Sequence[Expr]) -> Value | Unknown:
    """Does a text hold another?"""
    whole, part = (arg.value for arg in args)
    if isinstance(whole, Unknown) or isinstance(part, Unknown):
        return merge(args)
    return str(part) in str(whole)


def _between_dates(op: str, args: Sequence[Expr]) -> Value | Unknown:
    start, end = (arg.value for arg in args)
    if not isinstance(start, date) or not isinstance(end, date):
        # Of days that are known to lie within others so does the distance; months are not counted so.
        distance = iv.add(_on_line(end), iv.negate(_on_line(start))) if op == "days" else EVERYTHING
        return narrowed(merge(args), distance)
    return Fraction(days_between(start, end) if op == "days" else months_between(start, end))


def _on_line(value: Value | Unknown) -> Interval:
    """What is known of a number, or of a date by its ordinal: days count."""
    return iv.exactly(Fraction(value.toordinal())) if isinstance(value, date) else enclosure(value)


def _number(arg: Expr) -> Value | Unknown:
    """The number of a target or actual: of a one-sided target its bound."""
    match arg.value:
        case Target(low=low) as target if target.one_sided and low is not None:
            return low
        case Actual(number=Fraction() as number):
            return number
        case Fraction():
            return arg.value
        case Unknown(causes, blame, within):
            # It may be one without a number: yes or no, a range.
            return Unknown(causes | {Cause.UNDEFINED}, blame, within)
        case _:
            return undefined((arg,))


def _indicator(op: str, args: Sequence[Expr]) -> Value | Unknown:
    actual, target = (arg.value for arg in args)
    if isinstance(actual, Unknown) or isinstance(target, Unknown):
        # A target that is not known may be one that nothing is a share of: yes or no, a range, 0.
        unknown = merge(args)
        return Unknown(unknown.causes | {Cause.UNDEFINED}, unknown.blame)
    assert isinstance(target, Target), "check asks for a target"
    reached = actual if isinstance(actual, Actual) else _as_actual(actual)
    if clash := units_clash(*args):
        return clash
    value = _INDICATORS[op](reached, target)
    return undefined(args) if value is None else value


def _as_actual(value: Value) -> Actual:
    match value:
        case bool():
            return Actual(truth=value)
        case Fraction():
            return Actual(value)
        case _:
            return Actual(text=str(value))


def _met(actual: Actual, target: Target) -> bool | None:
    match target.comparator:
        case Comparator.YES | Comparator.NO:
            return None if actual.truth is None else actual.truth == (target.comparator is Comparator.YES)
        case Comparator.TEXT:
            return None if actual.text is None else actual.text == target.text
        case Comparator.RANGE:
            if actual.number is None or target.low is None or target.high is None:
                return None
            return target.low <= actual.number <= target.high
        case comparator:
            if actual.number is None or target.low is None:
                return None
            return _ordered(comparator.value, iv.exactly(actual.number), iv.exactly(target.low))


def _attainment(actual: Actual, target: Target) -> Fraction | None:
    number, bound = actual.number, target.low
    match target.comparator:
        case Comparator.AT_LEAST | Comparator.ABOVE:
            return None if number is None or bound is None or bound == 0 else number / bound
        case Comparator.AT_MOST | Comparator.BELOW:
            if number is None or bound is None:
                return None
            return Fraction(1) if number == 0 else bound / number
        case Comparator.RANGE:
            return Fraction(1) if _met(actual, target) else None
        case _:
            met = _met(actual, target)
            return None if met is None else Fraction(met)


def _excess(actual: Actual, target: Target) -> Fraction | None:
    if not target.one_sided or actual.number is None or not target.low:
        return None
    return (actual.number - target.low) / target.low


_INDICATORS: dict[str, Callable[[Actual, Target], Fraction | bool | None]] = {
    "met": _met,
    "attainment": _attainment,
    "excess": _excess,
}


def units_clash(left: Expr, right: Expr) -> Unknown | None:
    """Targets and actuals bring their units from the data: 次 beside %, or a bare 95.22 beside 90%, say nothing about each
    other. A bare number beside any other unit takes it."""
    a, b = unit_in(left), unit_in(right)
    if a is None or b is None or a == b or (not (a and b) and "%" not in (a, b)):
        return None
    return undefined((left, right))


def unit_in(expr: Expr) -> str | None:
    """The unit that the data gave an expression: "" where they gave none, None where no data decide it."""
    match expr.op, expr.value:
        case "cell", Target(comparator=comparator, unit=unit):
            return (unit or "") if comparator not in (Comparator.YES, Comparator.NO, Comparator.TEXT) else None
        case "cell", Actual(number=Fraction(), unit=unit):
            return unit or ""
        case "number" | "neg" | "abs" | "round" | "floor" | "ceiling" | "+" | "min" | "max", _:
            units = {unit for arg in expr.args if (unit := unit_in(arg)) is not None}
            return units.pop() if len(units) == 1 else None
        case "*", _:
            units = {unit for arg in expr.args if (unit := unit_in(arg)) is not None}
            return units.pop() if len(units) == 1 else None
        case _:
            return None


def enclosure(value: Value | Unknown) -> Interval:
    """What is known of a number."""
    match value:
        case Fraction():
            return iv.exactly(value)
        case Unknown():
            return value.within
        case _:
            return EVERYTHING


def _product(values: Sequence[Fraction]) -> Fraction:
    result = values[0]
    for value in values[1:]:
        result *= value
    return result


def _fold(step: Callable[[Interval, Interval], Interval]) -> Callable[[Sequence[Interval]], Interval]:
    def run(values: Sequence[Interval]) -> Interval:
        result = values[0]
        for value in values[1:]:
            result = step(result, value)
        return result

    return run


_EXACT: dict[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "+": lambda v: sum(v, Fraction(0)),
    "*": _product,
    "/": lambda v: v[0] / v[1],
    "neg": lambda v: -v[0],
    "^": lambda v: Fraction(v[0] ** int(v[1])),
    "min": min,
    "max": max,
    "abs": lambda v: abs(v[0]),
    "floor": lambda v: Fraction(floor(v[0])),
    "ceiling": lambda v: Fraction(ceil(v[0])),
    "per": lambda v: max(v[0], Fraction(0)) / v[1],
}
_RANGES: dict[str, Callable[[Sequence[Interval]], Interval]] = {
    "+": _fold(iv.add),
    "*": _fold(iv.multiply),
    "/": lambda v: iv.divide(v[0], v[1]),
    "neg": lambda v: iv.negate(v[0]),
    "min": iv.minimum,
    "max": iv.maximum,
    "abs": lambda v: iv.absolute(v[0]),
    "floor": lambda v: iv.floor(v[0]),
    "ceiling": lambda v: iv.ceiling(v[0]),
    "per": lambda v: iv.per(v[0], v[1]),
}
