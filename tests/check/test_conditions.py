"""What conditions imply and exclude, against asking every value."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

from steelyard.bind.bind import bind
from steelyard.check.check import check
from steelyard.check.conditions import Conditions
from steelyard.check.expressions import Expressions
from steelyard.check.model import Findings
from steelyard.check.ranges import Ranges
from steelyard.source import Source
from steelyard.syntax import nodes as n
from steelyard.syntax.parser import parse

HEAD = "input\n  x : whole number, from 0 to 5\n  y : whole number, from 0 to 5\n  late : yes/no\n\n"
SIGNS = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def some_condition(chance: random.Random, depth: int = 2) -> str:
    kind = chance.random()
    if depth and kind < 0.25:
        return f"({some_condition(chance, depth - 1)} and {some_condition(chance, depth - 1)})"
    if depth and kind < 0.45:
        return f"({some_condition(chance, depth - 1)} or {some_condition(chance, depth - 1)})"
    if depth and kind < 0.55:
        return f"not ({some_condition(chance, depth - 1)})"
    if kind < 0.65:
        return "late"
    left = chance.choice(["x", "x", "x", "y"])
    right = chance.choice([*map(str, range(-1, 7)), "y"])
    return f"{left} {chance.choice(list(SIGNS))} {right}"


def truth(node: n.Expression, x: int, y: int, late: bool) -> bool:
    match node:
        case n.Name(name="late"):
            return late
        case n.Operation(operator="and", operands=operands):
            return all(truth(operand, x, y, late) for operand in operands)
        case n.Operation(operator="or", operands=operands):
            return any(truth(operand, x, y, late) for operand in operands)
        case n.Operation(operator="not", operands=(operand,)):
            return not truth(operand, x, y, late)
        case n.Comparison(operators=(sign,), operands=(left, right)):
            return SIGNS[sign](number(left, x, y), number(right, x, y))
        case _:
            raise AssertionError(node)


def number(node: n.Expression, x: int, y: int) -> Fraction:
    match node:
        case n.Number(value=value):
            return value
        case n.Name(name=name):
            return Fraction({"x": x, "y": y}[name])
        case _:
            raise AssertionError(node)


EVERYTHING = [(x, y, late) for x, y, late in product(range(6), range(6), (True, False))]


@pytest.mark.parametrize("seed", range(150))
def test_what_it_says_is_so(seed: int) -> None:
    """It may know less than asking every value does, and never claims more."""
    chance = random.Random(seed)
    text = HEAD + "".join(f"deduct 1 if {some_condition(chance)}\n" for _ in range(2))
    bound = bind(parse(Source.from_text("two.rules", text)))
    assert not bound.diagnostics, text
    first, second = (condition(statement) for statement in bound.file.statements)
    expressions = Expressions(bound, Findings())
    for node in (first, second):
        expressions.truth(node)
    conditions = Conditions(expressions, Ranges(expressions))
    a, b = ([truth(node, *point) for point in EVERYTHING] for node in (first, second))
    if conditions.implies(first, second):
        assert all(q for p, q in zip(a, b, strict=True) if p), text
    if conditions.never(first):
        assert not any(a), text
    if conditions.always(first):
        assert all(a), text
    both = conditions.can_both_hold(first, second)
    if both is not None:
        assert both == any(p and q for p, q in zip(a, b, strict=True)), text


def condition(statement: n.Statement) -> n.Expression:
    assert isinstance(statement, n.Deduct)
    return next(clause.condition for clause in statement.clauses if isinstance(clause, n.If))


def codes(rules: str) -> list[str]:
    return sorted(d.code for d in check(bind(parse(Source.from_text("one.rules", rules)))).diagnostics)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        # The same thing twice, and what only looks so.
        ("deduct 1 if x < 3\ndeduct 2 if x < 2\ndeduct 1 if y > 2\ndeduct 1 if late\n", ["W171"]),
        ("deduct 1 if x < 3\ndeduct 2 if x > 3\ndeduct 1 if y > 2\ndeduct 1 if late\n", []),
        ("deduct 1 if x < 3\ndeduct 2 if x < 2 and late\ndeduct 1 if y > 2\n", []),
        ("highest of\n  deduct 1 if x < 3\n  deduct 2 if x < 2\ndeduct 1 if y > 2\ndeduct 1 if late\n", []),
        # Scores that add up on purpose: of different things.
        ("score 50 if x < 3\nscore 50 if y < 3\nscore 1 if late\n", []),
        ("score 50 if x < 3\nscore 50 if x >= 3\nscore 1 if late and y > 1\n", []),
        ("score 50 if x < 3\nscore 50 if x > 1\nscore 1 if late and y > 1\n", ["W174"]),
        # A zero that takes all.
        ("zero if x < 3\ndeduct 1 if x < 2\ndeduct 1 if y > 2\ndeduct 1 if late\n", ["W175"]),
        ("zero if x < 3\ndeduct 1 if x < 4\ndeduct 1 if y > 2\ndeduct 1 if late\n", []),
        ("zero if x < 3\ndeduct 1 if x < 2, or 1 if missing\ndeduct 1 if y > 2\ndeduct 1 if late\n", []),
        ("zero if late\ndeduct 1 for every full 1 that x is below 2\ndeduct 1 if y > 2\n", []),
        ("zero if x < 3\ndeduct 1 for every full 1 that x is below 2\ndeduct 1 if y > 2 and late\n", ["W175"]),
        # A deduction where no score gives points; one end in common, another datum, another score, a floor below 0.
        ("score 9 if x <= 3\ndeduct 1 if x > 3\ndeduct 1 if y > 2\ndeduct 1 if late\n", ["W189"]),
        ("score 9 if x <= 3\ndeduct 1 if x >= 3\ndeduct 1 if y > 2\ndeduct 1 if late\n", []),
        ("score 9 if x <= 3\ndeduct 1 for every full 1 that x is above 3\ndeduct 1 if y > 2 and late\n", ["W189"]),
        ("score 9 if x <= 3\ndeduct 1 for every full 1 that x is above 2\ndeduct 1 if y > 2 and late\n", []),
        ("score 9 if x <= 3\nscore 2 if late\ndeduct 1 if x > 3\ndeduct 1 if y > 2\n", []),
        ("score 9 if x <= 3\nscore y\ndeduct 1 if x > 3 and late\n", []),
        ("score 9 if x <= 3, otherwise 0\ndeduct 1 if x > 3\ndeduct 1 if y > 2\ndeduct 1 if late\n", ["W189"]),
        ("score 9 if x <= 3, otherwise 1\ndeduct 1 if x > 3\ndeduct 1 if y > 2\ndeduct 1 if late\n", []),
        ("score 9 if x <= 3\naward 1 if x > 3\ndeduct 1 if x > 3\ndeduct 1 if y > 2 and late\n", []),
        ("score by x\n  below 2 : 0\n  from 2 : 9\ndeduct 1 if x < 2 and late\ndeduct 1 if y > 2\n", ["W189"]),
        ("score by x\n  below 2 : 0\n  from 2 : 9\ndeduct 1 if x <= 2 and late\ndeduct 1 if y > 2\n", []),
        ("may go below 0\nscore 9 if x <= 3\ndeduct 1 if x > 3\ndeduct 1 if y > 2\ndeduct 1 if late\n", []),
        # Decided by the ranges.
        ("deduct 1 if x > 5\ndeduct 1 if y > 2\ndeduct 1 if late\n", ["W179"]),
        ("deduct 1 if x + y > 10\ndeduct 1 if late\n", ["W179"]),
        ("deduct 1 if x + y > 9\ndeduct 1 if late\n", []),
        ("deduct 1 if x > 4 and x < 5\ndeduct 1 if y > 2\ndeduct 1 if late\n", ["W179"]),
        ("check x <= 5\ndeduct 1 if y > 2\ndeduct 1 if late\n", []),
        # Quotients.
        ("deduct 1 if x / (y + 1) = 0.5\ndeduct 1 if late\n", ["W170"]),
        ("deduct 1 if x / (y + 1) = 1\ndeduct 1 if late\n", []),
        ("deduct 1 if round(x / (y + 1), 1) = 0.5\ndeduct 1 if late\n", []),
    ],
)
def test_it_warns_of_this(rules: str, expected: list[str]) -> None:
    assert codes(HEAD + rules) == expected
