"""Drawing, names, and what may be read at the place where a generated scheme is being written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import Any, TypeVar

from attrs import define, field, frozen

from properties.description import Input, Part
from properties.texts import T, same

Item = TypeVar("Item")


@frozen
class Bound:
    """A row in scope, or with `key` a group of rows with the same key."""

    name: str
    rows: Input
    key: Input | None = None


@define
class Scope:
    """What a statement may read and name."""

    rows: list[Bound] = field(factory=list)
    lets: list[str] = field(factory=list)
    numbers: list[str] = field(factory=list)
    """Parameters."""
    rates: list[str] = field(factory=list)
    """Parameters that are percentages."""
    inner: list[Part] = field(factory=list)
    """Parts whose score may be read."""
    over_parts: bool = False
    """May `parts` be read?"""
    around: list[Part] = field(factory=list)
    """The part, and those around it, from the outside."""
    moves: list[str] = field(factory=list)
    """Deductions with a name, that can be restored here."""
    pure: bool = False
    """Only inputs may be read: for what is known before anything is scored."""


class Drawing:
    """Draws, and remembers what the scheme holds."""

    def __init__(self, random: Random, *, asks_missing: bool) -> None:
        self.random, self.asks_missing = random, asks_missing
        self.batches = self.chance(4)
        self.inputs: list[Input] = []
        self.counter = 0
        self.scope = Scope()
        self.unit = ""
        """That of all amounts."""
        self.bare_rule = False
        self.dated = self.batch = False
        self.tables: list[tuple[str, int, tuple[str, ...]]] = []
        """Code tables: name, number of keys, columns."""
        self.functions: list[tuple[str, int]] = []

    def pick(self, items: Sequence[Item]) -> Item:
        return self.random.choice(items)

    def chance(self, of_ten: int) -> bool:
        return self.random.randrange(10) < of_ten

    def some(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def fresh(self, prefix: str) -> str:
        self.counter += 1
        return f"{prefix}{self.counter}"

    @contextmanager
    def inside(self, **changes: Any) -> Iterator[None]:
        """What is let or bound within stays within."""
        before = self.scope
        kept = {name: getattr(before, name) for name in ("numbers", "rates", "over_parts", "pure")}
        lists = {name: list(getattr(before, name)) for name in ("rows", "lets", "inner", "around", "moves")}
        self.scope = Scope(**{**kept, **lists, **changes})
        try:
            yield
        finally:
            self.scope = before

    def lists(self) -> list[Input]:
        return [given for given in self.inputs if given.kind == "list"]

    def cells(self, *kinds: str) -> list[T]:
        """Names of inputs and fields that may be read here, of these kinds."""
        found = [same(given.name) for given in self.inputs if given.kind in kinds]
        if self.scope.pure:
            return found
        for bound in self.scope.rows:
            for given in [bound.key] if bound.key else list(bound.rows.fields):
                if given.kind in kinds:
                    found.append(same(f"{bound.name}.{given.name}" if self.chance(3) else given.name))
        return found
