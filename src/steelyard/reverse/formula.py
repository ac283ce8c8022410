"""Formulas between the figures of a report: `年初批复 - 年中调减 = 实际安排`. Names are those of the figures, as they are typed.

A name may hold any sign: where the text goes on with a known name, the longest one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from attrs import define, frozen

from steelyard.values.numbers import FULLWIDTH, read_number, within_bits

LONGEST = 500
DEPTH = 20
TOKENS = 200

_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?", re.ASCII)
_SIGNS = {
    "+": "+", "＋": "+", "-": "-", "－": "-", "−": "-", "–": "-", "×": "*", "*": "*", "＊": "*", "·": "*", "÷": "/", "/": "/",
    "／": "/", "(": "(", "（": "(", ")": ")", "）": ")",
}  # fmt: skip
_SHOWN = {"+": " + ", "-": " - ", "*": " × ", "/": " ÷ "}


@frozen
class Number:
    value: Fraction
    text: str


@frozen
class Name:
    name: str


@frozen
class Both:
    """Two formulas with a sign between them."""

    sign: str
    left: Formula
    right: Formula


Formula = Number | Name | Both


class Unreadable(Exception):
    """A formula that cannot be read; it says where it stops."""

    def __init__(self, rest: str) -> None:
        super().__init__(rest)
        self.rest = rest


def read_formula(text: str, names: Mapping[str, str]) -> Formula:
    """The formula that a text writes; `names` gives the figure that each spelling means.

    Raises Unreadable with the rest of the text where it stops making sense.
    """
    if len(text) > LONGEST:
        raise Unreadable(text)
    reader = _Reader(list(_tokens(text, names)))
    found = reader.sum(0)
    if rest := reader.now():
        raise Unreadable(rest[2])
    return found


def _tokens(text: str, spelled: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Kind, text, and the rest from there on."""
    names = sorted((name for name in spelled if name in text), key=len, reverse=True)
    at = count = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        count += 1
        rest = text[at:]
        if count > TOKENS:
            raise Unreadable(rest)
        name = next((name for name in names if rest.startswith(name)), None)
        if name:
            yield "name", spelled[name], rest
            at += len(name)
        elif sign := _SIGNS.get(text[at]):
            yield sign, sign, rest
            at += 1
        elif number := _NUMBER.match(rest.translate(FULLWIDTH)):
            yield "number", number[0], rest
            at += len(number[0])
        else:
            raise Unreadable(rest)


@define
class _Reader:
    tokens: list[tuple[str, str, str]]
    at: int = 0

    def now(self) -> tuple[str, str, str] | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def sum(self, depth: int) -> Formula:
        return self._chain(("+", "-"), lambda: self._chain(("*", "/"), lambda: self._one(depth)))

    def _chain(self, signs: tuple[str, str], inner: Callable[[], Formula]) -> Formula:
        found = inner()
        while (token := self.now()) and token[0] in signs:
            self.at += 1
            found = Both(token[0], found, inner())
        return found

    def _one(self, depth: int) -> Formula:
        token = self.now()
        if token is None:
            raise Unreadable("")
        kind, text, rest = token
        self.at += 1
        if kind == "name":
            return Name(text)
        if kind == "number" and (number := read_number(text)) is not None:
            return Number(number, text)
        if kind == "(" and depth < DEPTH:
            found = self.sum(depth + 1)
            closing = self.now()
            if closing is None or closing[0] != ")":
                raise Unreadable(closing[2] if closing else "")
            self.at += 1
            return found
        raise Unreadable(rest)


def names_in(formula: Formula) -> tuple[str, ...]:
    """The figures of a formula, each once, in order."""
    match formula:
        case Name(name=name):
            return (name,)
        case Both(left=left, right=right):
            return tuple(dict.fromkeys((*names_in(left), *names_in(right))))
    return ()


def value_of(formula: Formula, values: Mapping[str, Fraction]) -> Fraction | None:
    """What it comes to; None where it divides by 0 or grows too long to be computed."""
    match formula:
        case Number(value=value):
            return value
        case Name(name=name):
            return values[name]
    left, right = value_of(formula.left, values), value_of(formula.right, values)
    if left is None or right is None or (formula.sign == "/" and right == 0):
        return None
    match formula.sign:
        case "+":
            found = left + right
        case "-":
            found = left - right
        case "*":
            found = left * right
        case _:
            found = left / right
    return found if within_bits(found) else None


def linear_in(formula: Formula, name: str, values: Mapping[str, Fraction]) -> tuple[Fraction, Fraction] | None:
    """(a, b) where the formula is a × name + b; None where it is not of that kind."""
    match formula:
        case Number(value=value):
            return Fraction(0), value
        case Name(name=found):
            return (Fraction(1), Fraction(0)) if found == name else (Fraction(0), values[found])
    left, right = linear_in(formula.left, name, values), linear_in(formula.right, name, values)
    if left is None or right is None:
        return None
    match formula.sign:
        case "+":
            return left[0] + right[0], left[1] + right[1]
        case "-":
            return left[0] - right[0], left[1] - right[1]
        case "*":
            if left[0] and right[0]:
                return None
            return left[0] * right[1] + right[0] * left[1], left[1] * right[1]
        case _:
            return None if right[0] or not right[1] else (left[0] / right[1], left[1] / right[1])


def written(formula: Formula, texts: Mapping[str, str], *, inside: str | None = None, right: bool = False) -> str:
    """The formula with the figures' own texts in place of their names."""
    match formula:
        case Number(text=text):
            return text
        case Name(name=name):
            return texts[name]
    shown = (
        written(formula.left, texts, inside=formula.sign)
        + _SHOWN[formula.sign]
        + written(formula.right, texts, inside=formula.sign, right=True)
    )
    loose = formula.sign in "+-"
    within = (inside in ("*", "/") and loose) or (right and inside in ("-", "/"))
    return f"({shown})" if within else shown
