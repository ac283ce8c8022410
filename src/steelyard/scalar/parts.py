"""What expressions read of closed parts: their scores, rates, points, grades, and aggregates of them."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import evolve

from steelyard.core import nodes as c
from steelyard.core.nodes import FoldOp
from steelyard.scalar.environment import Closing, Environment
from steelyard.scalar.folds import Item, fold
from steelyard.scalar.operations import numeric
from steelyard.trace.model import Expr, Quantity
from steelyard.values.intervals import Interval
from steelyard.values.states import Cause, Unknown, Value


def score_of_part(node: c.Score, env: Environment) -> Expr:
    """One facet of a closed part; of a skipped part none applies, so of one that may be skipped none is known."""
    closing = env.closings[node.path]
    ref = str(node.path) if node.facet == "score" else f"{node.path}:{node.facet}"
    value = _facet(closing, node.facet)
    if closing.skipped is None:
        value = Unknown(as_read(closing) | {Cause.NOT_APPLICABLE}, closing.blame)
    return Expr("score", value, (), ref, node.facet == "rate")


def over_parts(op: FoldOp, facet: c.Facet, env: Environment) -> Expr:
    """An aggregate of the parts that count. One that may be skipped may not count."""
    items = [
        Item(
            Expr("score", _facet(closing, facet), (), _ref(closing, facet), facet == "rate"),
            None if closing.skipped is False else Expr("skipped", Unknown(as_read(closing), closing.blame)),
        )
        for closing in env.parts
        if closing.skipped is not True
    ]
    found = fold(op, items)
    if op == "count" and isinstance(found.value, Unknown) and any(closing.many for closing in env.parts):
        # A list that the data do not hold may make any number of parts.
        return evolve(found, value=evolve(found.value, within=Interval(found.value.within.low, None)))
    return found


def _ref(closing: Closing, facet: c.Facet) -> str | None:
    if closing.many:
        return None
    return closing.part if facet == "score" else f"{closing.part}:{facet}"


def _facet(closing: Closing, facet: c.Facet) -> Value | Unknown:
    if closing.skipped is True:
        return Unknown(frozenset({Cause.NOT_APPLICABLE}))
    score, full, share = (_value(closing, quantity) for quantity in (closing.score, closing.full, closing.share))
    match facet:
        case "score":
            return score.value
        case "rate":
            return numeric("/", (score, full))
        case "points":
            return numeric("/", (Expr("*", numeric("*", (score, share)), (score, share)), full))
        case "full":
            return full.value
        case "grade":
            return Unknown(frozenset({Cause.UNDEFINED})) if closing.grade is None else closing.grade
        case _:
            assert_never(facet)


def _value(closing: Closing, quantity: Quantity) -> Expr:
    """Points as a value that may not be known."""
    if isinstance(quantity, Fraction):
        return Expr("score", quantity)
    return Expr("score", Unknown(as_read(closing), closing.blame, quantity))


def as_read(closing: Closing) -> frozenset[Cause]:
    """Why the score is open. What was undefined on the way to it left a number open and did not take it away."""
    if Cause.UNDEFINED not in closing.causes:
        return closing.causes
    return closing.causes - {Cause.UNDEFINED} | {Cause.OPEN}
