"""What a statement of the core says, apart from where it stands: how two statements are told to be the same.

Spans and the statements' own paths are left out, and rows are told apart by how deep they are bound and not by the number
that lowering gave them, so that a loop that is added renumbers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeVar, cast

import attrs
from attrs import AttrsInstance, frozen

from steelyard.core import nodes as c
from steelyard.source import RulePath, Span

Node = TypeVar("Node")
Content = object
"""Plain tuples: equal where two statements say the same."""
INSIDE: Mapping[type, tuple[str, ...]] = {
    c.Account: ("body", "checks", "grade"),
    c.Each: ("body",),
    c.Group: ("body", "restores"),
    c.Move: ("restores",),
    c.Grade: ("moves",),
}
"""Where statements hold other statements, which are compared for themselves."""
_WORDS = frozenset({"reason", "authority", "code"})
"""Fields that no number depends on. (On a title one does: reviewers may call a part by it.)"""


def content(value: object, rows: Mapping[int, object], *, head: bool = False, words: bool = True) -> Content:
    """What a statement or expression says, with the rows bound around it. `head`: without the statements it holds.
    Without `words`: only what numbers depend on."""
    return _content(value, dict(rows), INSIDE.get(type(value), ()) if head else (), words)


def _content(value: object, rows: dict[int, object], left_out: tuple[str, ...], words: bool) -> Content:
    match value:
        case tuple():
            return tuple(_content(item, rows, (), words) for item in value)
        case c.Origin() | Span():
            return None
        case c.Cell(name, slot):
            return "Cell", name, None if slot is None else rows.get(slot, slot)
        case c.Waiver(cell):  # The columns beside it are called after it, in the words of the file's language.
            return "Waiver", _content(cell, rows, (), words)
        case _ if not attrs.has(type(value)):
            return type(value).__name__, value
    bound = rows
    if isinstance(value, c.Each | c.Fold):
        bound = {**rows, value.slot: ("row", len(rows))}
    found: list[Content] = [type(value).__name__]
    for name in names_of(value):
        if name in left_out or name == "origin" or (not words and name in _WORDS):
            continue
        item = getattr(value, name)
        if name in ("slot", "group") and isinstance(item, int):
            found.append(bound.get(item, item))
        else:
            found.append(_content(item, bound, (), words))
    return tuple(found)


@frozen
class Moved:
    """How statements of the old core are written in a tree of the new one: rows and paths by the new core's names."""

    rows: Mapping[int, int]
    """Of matched loops: the old slot to the new one."""
    offset: int
    """Added to all other slots, so that they meet none of the new core."""
    paths: Mapping[str, RulePath]
    """Values of the batch that have another path."""

    def inside(self, old: c.Each, new: c.Each) -> Moved:
        return attrs.evolve(self, rows={**self.rows, old.slot: new.slot})

    def slot(self, slot: int) -> int:
        return self.rows.get(slot, slot + self.offset)

    def write(self, value: Node, own_path: Callable[[c.Origin], c.Origin]) -> Node:
        """The same statement in the new tree; `own_path` says what becomes of paths of statements."""
        return cast(Node, self._write(value, own_path))

    def _write(self, value: object, own_path: Callable[[c.Origin], c.Origin]) -> object:
        match value:
            case tuple():
                return tuple(self._write(item, own_path) for item in value)
            case c.Origin():
                return own_path(value)
            case c.FromBatch(path):
                return c.FromBatch(self.paths.get(str(path), path))
            case _ if isinstance(value, Span) or not attrs.has(type(value)):
                return value
        changes: dict[str, object] = {}
        for name in names_of(value):
            item = getattr(value, name)
            if name in ("slot", "group") and isinstance(item, int):
                changes[name] = self.slot(item)
            elif isinstance(item, tuple) or attrs.has(type(item)):
                changes[name] = self._write(item, own_path)
        return attrs.evolve(value, **changes)  # type: ignore[misc]  # an attrs class, as just asked


def names_of(value: object) -> tuple[str, ...]:
    """The fields of a node of the core."""
    return _names(cast(type[AttrsInstance], type(value)))


@cache
def _names(node: type[AttrsInstance]) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(node) if field.name != "span")


def bare(value: Node) -> Node:
    """The same core without checks and without reasons: every number is the same."""
    return cast(Node, _bare(value))


def _bare(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_bare(item) for item in value)
    if not attrs.has(type(value)) or not hasattr(value, "origin"):
        return value
    held = INSIDE.get(type(value), ())
    changes: dict[str, object] = {name: _bare(getattr(value, name)) for name in held}
    for name in ("checks", "reason"):
        if hasattr(value, name):
            changes[name] = () if name == "checks" else None
    return attrs.evolve(value, **changes)  # type: ignore[misc]  # an attrs class, as just asked
