"""Expressions of a row, read for another row of the same list."""

from __future__ import annotations

from typing import TypeVar, cast

import attrs

from steelyard.core import nodes as c

Piece = TypeVar("Piece")


def with_slot(expression: c.Expression, old: int, new: int) -> c.Expression:
    """The same expression, with the row bound at another slot."""
    return cast(c.Expression, _changed(expression, old, new))


def _changed(value: object, old: int, new: int) -> object:
    match value:
        case c.Cell(name, slot):
            return c.Cell(name, new if slot == old else slot)
        case tuple():
            return tuple(_changed(item, old, new) for item in value)
        case c.Fold(group=group):
            inner = _fields(value, old, new)
            return attrs.evolve(inner, group=new if group == old else group)
        case c.Op() | c.Round() | c.Choose() | c.Branch() | c.Is():
            return _fields(value, old, new)
        case _:
            return value


def _fields(value: Piece, old: int, new: int) -> Piece:
    fields = attrs.fields(type(value))  # type: ignore[arg-type]  # the classes of the core are attrs classes
    changes = {f.name: _changed(getattr(value, f.name), old, new) for f in fields if f.name not in ("slot", "group")}
    return attrs.evolve(value, **changes)  # type: ignore[misc]
