"""Trees rewritten: bottom up, without recursion, with a new key for every node that is new.

A field of a node either holds expressions (what stands there may be replaced by another expression) or a part of the
construct itself (the name of a `let`, the list of a loop), which stays. The annotations of the nodes say which.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator
from types import UnionType
from typing import TypeVar, cast

import attrs

from steelyard.source import Span
from steelyard.syntax import nodes as n

AnyNode = TypeVar("AnyNode", bound=n.Node)
Change = Callable[[n.Node, bool], n.Node]
"""What becomes of a node whose children are done; the flag says that it stands as an expression."""


def rewrite(root: AnyNode, change: Change, *, expression: bool = False, fresh: bool = False) -> AnyNode:
    """The tree with every node changed, inner ones first. What did not change is kept as it is, unless `fresh` asks for a
    copy of all: a tree that is put in a second place needs keys of its own."""
    order: list[tuple[n.Node, bool]] = []
    open_nodes: list[tuple[n.Node, bool]] = [(root, expression)]
    while open_nodes:
        node, stands = open_nodes.pop()
        order.append((node, stands))
        open_nodes.extend(_children(node))
    done: dict[int, n.Node] = {}
    for node, stands in reversed(order):
        done[id(node)] = change(_with_children(node, done, fresh=fresh), stands)
    return cast(AnyNode, done[id(root)])


def walk(root: n.Node, *, expression: bool = False) -> Iterator[tuple[n.Node, bool]]:
    """All nodes of a tree, each with whether it stands as an expression."""
    open_nodes: list[tuple[n.Node, bool]] = [(root, expression)]
    while open_nodes:
        node, stands = open_nodes.pop()
        yield node, stands
        open_nodes.extend(reversed(list(_children(node))))


def too_deep(root: n.Node, limit: int) -> Iterator[n.Node]:
    """Expressions with more than so many expressions one inside the other, each as a whole. A table counts for the three
    that it becomes: a choice, a row and its test."""
    open_nodes: list[tuple[n.Node, bool, int, n.Node]] = [(root, False, 0, root)]
    found: dict[int, n.Node] = {}
    while open_nodes:
        node, stands, depth, whole = open_nodes.pop()
        if stands and not depth:
            whole = node
        depth += stands * (3 if isinstance(node, n.Table) else 1)
        if depth > limit:
            found.setdefault(whole.key, whole)
        else:
            open_nodes.extend((child, is_expression, depth, whole) for child, is_expression in _children(node))
    yield from found.values()


def copy(root: AnyNode) -> AnyNode:
    """The same tree with keys of its own."""
    return rewrite(root, lambda node, _: node, fresh=True)


def at(node: AnyNode, span: Span) -> AnyNode:
    """The same node, written in another place."""
    return attrs.evolve(node, span=span)


def measure(root: n.Node) -> tuple[int, int]:
    """How many nodes a tree has, and how deep it is."""
    size = deepest = 0
    level: list[n.Node] = [root]
    while level:
        size, deepest = size + len(level), deepest + 1
        level = [child for node in level for child, _ in _children(node)]
    return size, deepest


def _children(node: n.Node) -> Iterator[tuple[n.Node, bool]]:
    if isinstance(node, n.GivenRow):
        for field, value in node.fields:
            yield field, False
            yield value, True
        return
    for name, stands in FIELDS[type(node)]:
        held = getattr(node, name)
        if isinstance(held, n.Node):
            yield held, stands
        elif isinstance(held, tuple):
            for item in held:
                if isinstance(item, n.Node):
                    yield item, stands


def _with_children(node: n.Node, done: dict[int, n.Node], *, fresh: bool) -> n.Node:
    changes: dict[str, object] = {}
    if isinstance(node, n.GivenRow):
        pairs = tuple((done[id(field)], done[id(value)]) for field, value in node.fields)
        if any(new[0] is not old[0] or new[1] is not old[1] for new, old in zip(pairs, node.fields, strict=True)):
            changes["fields"] = pairs
    else:
        for name, _ in FIELDS[type(node)]:
            value = getattr(node, name)
            if isinstance(value, n.Node):
                if (new := done[id(value)]) is not value:
                    changes[name] = new
            elif isinstance(value, tuple) and value:
                items = tuple(done[id(item)] if isinstance(item, n.Node) else item for item in value)
                if any(new is not old for new, old in zip(items, value, strict=True)):
                    changes[name] = items
    if not changes and not fresh:
        return node
    return attrs.evolve(node, **changes)  # type: ignore[arg-type]  # of the same kinds


def _fields(kind: type[n.Node]) -> tuple[tuple[str, bool], ...]:
    hints = typing.get_type_hints(kind, vars(n))
    found = []
    for field in attrs.fields(cast("type[attrs.AttrsInstance]", kind)):
        kinds = _kinds(hints[field.name])
        if kinds:
            found.append((field.name, {n.Name, n.Operation} <= kinds))
    return tuple(found)


def _kinds(hint: object) -> frozenset[type[n.Node]]:
    """The classes of nodes that an annotation allows, also inside tuples and unions."""
    if isinstance(hint, type) and issubclass(hint, n.Node):
        return frozenset({hint})
    if isinstance(hint, UnionType) or typing.get_origin(hint) in (tuple, typing.Union):
        return frozenset(kind for part in typing.get_args(hint) for kind in _kinds(part))
    return frozenset()


FIELDS = {kind: _fields(kind) for kind in vars(n).values() if isinstance(kind, type) and issubclass(kind, n.Node)}
"""Of each class the fields that hold nodes, and whether they are expressions."""
