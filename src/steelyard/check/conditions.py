"""Conditions as facts: which values of one thing a condition asks for.

`rate < 60% and late = yes` is two facts: the rate is below 60%, late is yes. Facts are compared as sets, so that what
implies what, and what can never hold, is known without data. What is not understood is a fact of its own that is true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import reduce

from attrs import frozen

from steelyard.bind.symbols import InferredSymbol, InputSymbol, LetSymbol, RowFieldSymbol, WordSymbol
from steelyard.check.bands import Band, End, band, holds_value, meet
from steelyard.check.constants import constant
from steelyard.check.expressions import Expressions
from steelyard.check.ranges import Ranges
from steelyard.syntax import nodes as n
from steelyard.values.intervals import equal, less
from steelyard.values.types import TextType, TruthType


@frozen
class Numbers:
    """Bands of the line, rising and apart."""

    bands: tuple[Band, ...]


@frozen
class Words:
    """Some texts or yes and no, or all but some."""

    values: frozenset[str | bool]
    others: bool = False


Values = Numbers | Words
Subject = object
"""What a fact is about: a name by what it means, any other expression by itself."""


@frozen
class Fact:
    subject: Subject
    values: Values
    of: n.Expression
    """One place where the subject is written."""


@frozen
class Facts:
    """What holds where a condition holds."""

    all: tuple[Fact, ...]
    exact: bool = True
    """Does the condition hold wherever they all do?"""


class Conditions:
    """Facts of the conditions of one file."""

    def __init__(self, expressions: Expressions, ranges: Ranges) -> None:
        self.expressions, self.bound, self.ranges = expressions, expressions.bound, ranges

    def facts(self, condition: n.Expression) -> Facts:
        match condition:
            case n.Operation("and", operands):
                return _together([self.facts(operand) for operand in operands])
            case n.Operation("or", operands):
                return self._either([self.facts(operand) for operand in operands], condition)
            case n.Operation("not", (operand,)):
                return self._opposite(self.facts(operand), condition)
            case n.Comparison(operators, operands):
                pairs = zip(operators, operands, operands[1:], strict=False)
                return _together([self._comparison(operator, left, right) for operator, left, right in pairs])
            case n.Membership(value, choices):
                found = [self._comparison("=", value, choice) for choice in choices]
                return self._either(found, condition)
            case _:
                return self._true(condition)

    def implies(self, a: n.Expression, b: n.Expression) -> bool:
        """Does b hold wherever a holds?"""
        if a == b and self._same_rows(a, b):
            return True
        first, second = self.facts(a), self.facts(b)
        return second.exact and all(any(_within(f, fact) for f in first.all) for fact in second.all)

    def can_both_hold(self, a: n.Expression, b: n.Expression) -> bool | None:
        """Of two conditions about one and the same thing: is there a value for which both hold? None where they are about
        several things, so that nothing is said."""
        first, second = self.facts(a), self.facts(b)
        if not (len(first.all) == len(second.all) == 1) or first.all[0].subject != second.all[0].subject:
            return None
        return self._possible(_meet(first.all[0].values, second.all[0].values), first.all[0].of)

    def exclude(self, a: n.Expression, b: n.Expression) -> bool:
        """Can the two hold for no data at once, because some thing they both speak of would have to be two things?"""
        return any(
            type(first.values) is type(second.values)
            and not self._possible(_meet(first.values, second.values), first.of)
            for first in self.facts(a).all
            for second in self.facts(b).all
            if first.subject == second.subject
        )

    def never(self, condition: n.Expression) -> bool:
        """Can it hold for no data within the declared ranges?"""
        return any(not self._possible(fact.values, fact.of) for fact in self.facts(condition).all)

    def always(self, condition: n.Expression) -> bool:
        facts = self.facts(condition)
        return facts.exact and all(not self._possible(_rest(fact.values), fact.of) for fact in facts.all)

    # ---- one comparison

    def _comparison(self, operator: str, left: n.Expression, right: n.Expression) -> Facts:
        for subject, value, sign in ((left, right, operator), (right, left, _TURNED[operator])):
            written = self.literal(value)
            if written is None or self.literal(subject) is not None:
                continue
            if isinstance(written, Fraction):
                return Facts((Fact(self.subject(subject), _numbers(sign, written), subject),))
            if sign in ("=", "!="):
                words = Words(frozenset([written]), others=sign == "!=")
                return Facts((Fact(self.subject(subject), words, subject),))
        return self._true(n.Comparison((operator,), (left, right), span=left.span.to(right.span)))

    def literal(self, node: n.Expression) -> Fraction | str | bool | None:
        """The value of an expression that is written out; a day is its number."""
        match node:
            case n.Text(value):
                return value
            case n.Date(value=day):
                return Fraction(day.toordinal())
            case n.Name() if isinstance(symbol := self.bound.refers_to.get(node.key), WordSymbol):
                return {"yes": True, "no": False}.get(symbol.word)
            case _:
                return constant(node)

    def subject(self, node: n.Expression) -> Subject:
        match self.bound.refers_to.get(node.key):
            case LetSymbol(path=path):
                return ("let", str(path))
            case InputSymbol(declared):
                return ("input", declared.name)
            case RowFieldSymbol(slot, declared):
                return ("row", slot, declared.name)
            case InferredSymbol(name):
                return ("input", name)
            case _:
                return node

    def _true(self, condition: n.Expression) -> Facts:
        return Facts((Fact(self.subject(condition), Words(frozenset([True])), condition),))

    def _either(self, found: Sequence[Facts], condition: n.Expression) -> Facts:
        facts = [fact for one in found for fact in one.all]
        single = all(len(one.all) == 1 and one.exact for one in found)
        if single and len({fact.subject for fact in facts}) == 1 and len({type(fact.values) for fact in facts}) == 1:
            values = _any_of([fact.values for fact in facts])
            return Facts((Fact(facts[0].subject, values, facts[0].of),))
        return self._true(condition)

    def _opposite(self, facts: Facts, condition: n.Expression) -> Facts:
        if len(facts.all) == 1 and facts.exact:
            fact = facts.all[0]
            return Facts((Fact(fact.subject, _rest(fact.values), fact.of),))
        return self._true(condition)

    def _same_rows(self, a: n.Expression, b: n.Expression) -> bool:
        """Two equal texts may mean different things in different parts; names in them must mean the same."""
        return self.subject(a) == self.subject(b) or not isinstance(a, n.Name)

    # ---- what can occur

    def _possible(self, values: Values, of: n.Expression) -> bool:
        match values:
            case Numbers(bands):
                interval, step = self.ranges.of(of), self.ranges.step(of)
                domain = band(interval.low, interval.high)
                pieces = [meet(piece, domain) for piece in bands]
                return any(piece is not None and holds_value(piece, step) for piece in pieces)
            case Words(words, others):
                known = self._choices(of)
                compared = self._compared(of) if known == (True, False) else None
                if compared is not None:
                    return (compared in words) != others
                if known is None:
                    return others or bool(words)
                return any((word in words) != others for word in known)

    def _choices(self, of: n.Expression) -> tuple[str | bool, ...] | None:
        """All words it can be, None where they are not known."""
        match self.expressions.types.get(of.key):
            case TextType(choices) if choices:
                return choices
            case TruthType():
                return (True, False)
            case _:
                return (True, False) if isinstance(of, n.Comparison) else None

    def _compared(self, of: n.Expression) -> bool | None:
        """The answer of a comparison of two computed numbers, where their ranges decide it."""
        match of:
            case n.Comparison((operator,), (left, right)):
                a, b = self.ranges.of(left), self.ranges.of(right)
                match operator:
                    case "<":
                        return less(a, b)
                    case ">":
                        return less(b, a)
                    case "<=":
                        return _not(less(b, a))
                    case ">=":
                        return _not(less(a, b))
                    case "=":
                        return equal(a, b)
                    case _:
                        return _not(equal(a, b))
            case _:
                return None


_TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _numbers(sign: str, value: Fraction) -> Numbers:
    match sign:
        case "=":
            return Numbers((band(value, value),))
        case "!=":
            return Numbers((band(None, value, high_in=False), band(value, None, low_in=False)))
        case "<" | "<=":
            return Numbers((band(None, value, high_in=sign == "<="),))
        case _:
            return Numbers((band(value, None, low_in=sign == ">="),))


def _together(found: Sequence[Facts]) -> Facts:
    """All of them; facts about one thing become one."""
    joined: dict[Subject, Fact] = {}
    for fact in (fact for one in found for fact in one.all):
        known = joined.get(fact.subject)
        if known is not None and type(known.values) is type(fact.values):
            fact = Fact(fact.subject, _meet(known.values, fact.values), known.of)
        joined[fact.subject] = fact
    return Facts(tuple(joined.values()), all(one.exact for one in found))


def _within(a: Fact, b: Fact) -> bool:
    return a.subject == b.subject and _empty(_meet(a.values, _rest(b.values)))


def _meet(a: Values, b: Values) -> Values:
    match a, b:
        case Numbers(first), Numbers(second):
            return Numbers(tuple(c for x in first for y in second if (c := meet(x, y)) is not None))
        case Words(first, False), Words(second, False):
            return Words(first & second)
        case Words(first, False), Words(second, True):
            return Words(first - second)
        case Words(first, True), Words(second, False):
            return Words(second - first)
        case Words(first, True), Words(second, True):
            return Words(first | second, others=True)
        case _:
            return Words(frozenset())  # Of two kinds: told where types are checked.


def _any_of(values: Sequence[Values]) -> Values:
    """All values of any of them, in one pass: a list of thousands of choices is one condition."""
    bands = [piece for some in values if isinstance(some, Numbers) for piece in some.bands]
    if bands and all(isinstance(some, Numbers) for some in values):
        return Numbers(tuple(_united(bands)))
    words = [some.values for some in values if isinstance(some, Words) and not some.others]
    if len(words) == len(values):
        return Words(frozenset().union(*words))
    return _rest(reduce(_meet, [_rest(some) for some in values]))


def _united(bands: Iterable[Band]) -> Iterable[Band]:
    """Bands in order, those that touch as one."""
    current: Band | None = None
    for piece in sorted(bands, key=lambda piece: (piece.low is not None, piece.low)):
        if current is None:
            current = piece
        elif current.high is None:
            break
        elif piece.low is None or not current.high < piece.low:
            high = piece.high if piece.high is None or current.high < piece.high else current.high
            current = Band(current.low, high)
        else:
            yield current
            current = piece
    if current is not None:
        yield current


def _rest(values: Values) -> Values:
    """All other values."""
    match values:
        case Words(words, others):
            return Words(words, not others)
        case Numbers(bands):
            return Numbers(tuple(_between(bands)))


def _between(bands: Iterable[Band]) -> Iterable[Band]:
    low: End | None = None
    for piece in bands:
        if piece.low is not None and (low is None or low < piece.low):
            yield Band(low, piece.low)
        low = piece.high
        if low is None:
            return
    yield Band(low, None)


def _empty(values: Values) -> bool:
    match values:
        case Numbers(bands):
            return not bands
        case Words(words, others):
            return not words and not others


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer
