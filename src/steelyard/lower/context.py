"""What the lowering of one file shares: its parts, their full points, and numbers for new rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property

import attrs

from steelyard.bind.paths import TOTAL, all_statements
from steelyard.bind.symbols import Bound
from steelyard.check.model import TOTAL_KEY, Checked
from steelyard.core import nodes as c
from steelyard.source import RulePath
from steelyard.syntax import nodes as n
from steelyard.values.numbers import COUNT_LIMIT

ZERO = c.Const(Fraction(0))
COUNTING = ("section", "criterion")
"""Kinds of parts that have shares; bonus and penalty parts stand outside."""


@attrs.frozen(eq=False)
class Home:
    """A part of the file, or (part None) the scheme itself, and the parts around it."""

    path: RulePath
    part: n.Part | None
    around: tuple[Home, ...]
    """Outermost first; the scheme stands around all."""
    parts: tuple[n.Part, ...]
    statements: tuple[n.Statement, ...]
    grades: tuple[n.Grade, ...]

    @property
    def key(self) -> int:
        """That of the part in what checking found out."""
        return TOTAL_KEY if self.part is None else self.part.key

    @property
    def of_row(self) -> bool:
        """Is it a part for each row, or inside one?"""
        return any(home.part is not None and home.part.loop is not None for home in (*self.around, self))


class Context:
    """One checked file while it is lowered."""

    def __init__(self, checked: Checked) -> None:
        self.checked, self.bound, self.file = checked, checked.bound, checked.bound.file
        self.homes: dict[RulePath, Home] = {}
        for home in _homes(self.bound):
            self.homes[home.path] = home
        self._slots = len(self.bound.slots)
        self.batch: dict[RulePath, c.BatchValue] = {}
        """Values over the batch, each after those it reads."""

    def new_slot(self) -> int:
        self._slots += 1
        return self._slots - 1

    @cached_property
    def own_lets(self) -> Mapping[int, RulePath]:
        """Lets that stand in a part itself, not in one of its loops or groups: by key, the part."""
        return {s.key: home.path for home in self.homes.values() for s in home.statements if isinstance(s, n.Let)}

    @cached_property
    def _place_of_let(self) -> Mapping[int, int]:
        return {let.key: place for place, let in enumerate(self.bound.lets)}

    def in_order(self, lets: Iterable[n.Let]) -> list[n.Let]:
        """Each after those it reads. One that was given twice is told, and not among them."""
        places = self._place_of_let
        return sorted((let for let in lets if let.key in places), key=lambda let: places[let.key])

    def counting(self, home: Home) -> tuple[n.Part, ...]:
        return tuple(part for part in home.parts if part.kind in COUNTING)

    def relative(self, path: RulePath) -> bool:
        """Do the full points of a part's parts differ, or come from the data? Then they are compared by their rates."""
        fulls = {self.checked.full.get(part.key) for part in self.counting(self.homes[path])}
        return None in fulls or len(fulls) > 1


def _homes(bound: Bound) -> Iterator[Home]:
    file = bound.file
    top = Home(TOTAL, None, (), file.parts, file.statements, file.grades)
    yield top
    yield from _inside(top, bound)


def _inside(home: Home, bound: Bound) -> Iterator[Home]:
    for part in home.parts:
        around = (*home.around, home)
        inner = Home(bound.paths[part.key], part, around, part.parts, part.statements, part.grades)
        yield inner
        yield from _inside(inner, bound)


def all_in(home: Home) -> Iterator[n.Statement]:
    """All statements of a part, those of its loops and groups too."""
    return all_statements(home.statements)


def product(left: c.Expression, right: c.Expression) -> c.Expression:
    """Their product; worked out where both are written."""
    match left, right:
        case c.Const(Fraction() as a), c.Const(Fraction() as b):
            return c.Const(a * b)
        case c.Const(Fraction() as a), _ if a == 1:
            return right
        case _, c.Const(Fraction() as b) if b == 1:
            return left
        case _:
            return c.Op("*", (left, right))


def total_of(terms: list[c.Expression]) -> c.Expression:
    """Their sum; worked out as far as they are written."""
    known = sum((t.value for t in terms if isinstance(t, c.Const) and isinstance(t.value, Fraction)), Fraction(0))
    others = [t for t in terms if not (isinstance(t, c.Const) and isinstance(t.value, Fraction))]
    if not others:
        return c.Const(known)
    all_terms = (*others, c.Const(known)) if known else tuple(others)
    return all_terms[0] if len(all_terms) == 1 else c.Op("+", all_terms)


def minus(left: c.Expression, right: c.Expression) -> c.Expression:
    """left − right, in the form that the builder gives differences."""
    return c.Op("+", (left, c.Op("neg", (right,))))


def both(tests: list[c.Expression]) -> c.Expression:
    """All of them; yes where there are none."""
    if not tests:
        return c.Const(True)
    return tests[0] if len(tests) == 1 else c.Op("and", tuple(tests))


def kept(path: RulePath, op: str) -> RulePath:
    """Where an aggregate over the parts of a part is kept, for what reads it when that part is not running."""
    return RulePath(f"{path}:parts.{op}")


def least_dropped(dropping: n.Dropping | None) -> int | None:
    """From how many values on extremes are dropped; always, where nothing is said."""
    return None if dropping is None else min(dropping.least or 1, COUNT_LIMIT)  # No list has so many rows.
