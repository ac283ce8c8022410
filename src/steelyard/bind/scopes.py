"""Scopes: where a name is looked up, and in what order (a `let`, a row field, an input, a part)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from steelyard.bind.paths import Paths
from steelyard.bind.symbols import InputSymbol, LetSymbol, PartSymbol, RowFieldSymbol, Symbol
from steelyard.source import RulePath
from steelyard.values.types import Field, ListType


@frozen
class RowScope:
    """The row bound by a loop or aggregate. Its fields are in scope under their own names."""

    slot: int
    name: str | None
    """None for the row of `count(LIST where C)`, which has no name."""
    list: Field
    fields: Mapping[str, Field]
    """Of a group of rows only the one they are grouped by."""
    hides_rows: bool
    """In an aggregate a field means its own row's, also inside a loop over the same list."""
    group: bool = False
    """Is it a group of rows, of a `for each … by`?"""

    @property
    def rows(self) -> str:
        """The list's name."""
        return self.list.name


def row_scope(slot: int, name: str | None, rows: Field, *, hides_rows: bool) -> RowScope:
    """One row of a list."""
    return RowScope(slot, name, rows, fields_of(rows), hides_rows)


def fields_of(rows: Field) -> dict[str, Field]:
    assert isinstance(rows.type, ListType), "rows are those of a list"
    return {f.name: f for f in rows.type.fields}


class PartsBeside(Mapping[str, PartSymbol]):
    """The parts that a bonus or penalty part may read: those beside it and all inside them, but not itself. A view, so that
    thousands of them beside each other are read in one pass."""

    def __init__(self, meanings: Mapping[str, Sequence[RulePath]], own: RulePath, places: Paths) -> None:
        self._meanings, self._own, self._places = meanings, own, places

    def __getitem__(self, name: str) -> PartSymbol:
        for path in reversed(self._meanings[name]):
            if not self._places.inside(path, self._own):
                return PartSymbol(path)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._meanings if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@frozen
class Scope:
    """Everything a name can mean at one place."""

    inputs: Mapping[str, Field]
    declared: bool
    path: RulePath
    """Of the part the place is in."""
    runs_in: RulePath
    """The part in whose course the place is evaluated: another one where a statement acts on that."""
    lets: Mapping[str, LetSymbol] = field(factory=dict)
    rows: tuple[RowScope, ...] = ()
    """Outermost first."""
    blocks: str = ""
    """The loops around the place inside its part, as they stand in the paths of lets."""
    parts: Mapping[str, PartSymbol] = field(factory=dict)
    has_parts: bool = False
    """Has the part the place is in parts that count?"""
    unreadable: frozenset[str] = frozenset()
    """Inputs declared on lines that could not be read: what they are is not known, that they are is."""
    at_the_end: bool = False
    """Is the place in a `check`, which runs when every part has closed?"""
    after_closing: bool = False
    """Is the place evaluated when its own part has closed, as grades are?"""
    in_batch: bool = False
    """Is the place inside an aggregate over the batch, which is evaluated for every record?"""

    def meanings(self, name: str) -> list[Symbol]:
        """All meanings of a name that stand beside each other here: none is unknown, two are a clash. A row field hides
        nothing outside it; that is what makes a clash."""
        found: list[Symbol] = []
        for row in reversed(self.rows):
            if name in row.fields:
                found.append(RowFieldSymbol(row.slot, row.fields[name]))
                if row.hides_rows:
                    break
        if name in self.lets:
            found.append(self.lets[name])
        elif name in self.inputs:
            found.append(InputSymbol(self.inputs[name]))
        elif not found and name in self.parts:
            found.append(self.parts[name])
        return found

    def row(self, name: str) -> RowScope | None:
        return next((row for row in reversed(self.rows) if row.name == name), None)

    def grouped(self, name: str) -> RowScope | None:
        """The group of rows in reach that has a field of this name, which differs from row to row."""
        return next((row for row in reversed(self.rows) if row.group and name in fields_of(row.list)), None)

    def with_row(self, row: RowScope) -> Scope:
        return evolve(self, rows=(*self.rows, row))

    def of_batch(self) -> Scope:
        """What can be read of every record: inputs, and lets that have one value a record."""
        lets = {name: let for name, let in self.lets.items() if not let.of_row}
        return evolve(self, rows=(), lets=lets, parts={}, has_parts=False, in_batch=True)

    def known_names(self) -> list[str]:
        """For suggestions, the nearest scope first."""
        return [
            *self.lets,
            *(name for row in reversed(self.rows) for name in row.fields),
            *self.inputs,
            *self.parts,
        ]
