"""Levels that reviewers choose, and the scores they may give, in points of the part."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from steelyard.check.constants import constant
from steelyard.core import nodes as c
from steelyard.lower.context import ZERO, product
from steelyard.syntax import nodes as n
from steelyard.values.types import NumberType

if TYPE_CHECKING:
    from steelyard.lower.expressions import Expressions


def lower_levels(levels: Iterable[n.Level], expressions: Expressions) -> tuple[c.Level, ...]:
    """`"achieved" : from 80% to 100%`"""
    return tuple(_level(level, expressions) for level in levels)


def points_of(value: n.Expression, expressions: Expressions) -> c.Expression:
    """A share of the part's points, where it is written as a percentage; else points."""
    kind = expressions.context.checked.types.get(value.key)
    share = isinstance(kind, NumberType) and kind.unit is not None and kind.unit.percent
    number = expressions.number(value)
    if not (share or (isinstance(value, n.Number) and value.percent)):
        return number
    match number, expressions.points:
        case c.Const(Fraction() as part), c.Const(Fraction() as full):
            return c.Const(part * full)
        case _:
            return product(number, expressions.points)


def _level(level: n.Level, expressions: Expressions) -> c.Level:
    """Both ends of the level; nothing and full points are always included."""
    bounds = _rising(expressions.context.checked.row_bounds.get(level.bounds.key, level.bounds))
    low = ZERO if bounds.low is None else points_of(bounds.low, expressions)
    high = expressions.points if bounds.high is None else points_of(bounds.high, expressions)
    return c.Level(
        label=level.label.value,
        low=low,
        low_included=bounds.low is None or bounds.low_included or low in (ZERO, high),
        high=high,
        high_included=bounds.high is None or bounds.high_included or high in (expressions.points, low),
    )


def _rising(bounds: n.Bounds) -> n.Bounds:
    """The printed form may name the larger bound first."""
    low, high = (None if end is None else constant(end) for end in (bounds.low, bounds.high))
    if low is None or high is None or low <= high:
        return bounds
    return attrs.evolve(
        bounds, low=bounds.high, low_included=bounds.high_included, high=bounds.low, high_included=bounds.low_included
    )
