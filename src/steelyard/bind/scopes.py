"""Scopes: where a name is looked up, and in what order (a `let`, a row field, an input)."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from steelyard.bind.symbols import InputSymbol, LetSymbol, PartSymbol, RowFieldSymbol, Symbol
from steelyard.source import RulePath
from steelyard.values.types import Field


@frozen
class RowScope:
    """The row bound by a loop or aggregate. Its fields are in scope under their own names."""

    slot: int
    name: str | None
    """None for the row of `count(LIST where C)`, which has no name."""
    rows: str
    fields: Mapping[str, Field]
    hides_rows: bool
    """In an aggregate a field means its own row's, also inside a loop over the same list."""


@frozen
class Scope:
    """Everything a name can mean at one place."""

    inputs: Mapping[str, Field]
    declared: bool
    path: RulePath
    """Of the part the place is in."""
    lets: Mapping[str, LetSymbol] = field(factory=dict)
    rows: tuple[RowScope, ...] = ()
    """Outermost first."""
    parts: Mapping[str, PartSymbol] = field(factory=dict)
    unreadable: frozenset[str] = frozenset()
    """Inputs declared on lines that could not be read: what they are is not known, that they are is."""
    at_the_end: bool = False
    """Is the place in a `check`, which runs when every part has closed?"""

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

    def known_names(self) -> list[str]:
        """For suggestions, the nearest scope first."""
        return [
            *self.lets,
            *(name for row in reversed(self.rows) for name in row.fields),
            *self.inputs,
            *self.parts,
        ]
