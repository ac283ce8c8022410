"""Amendments: named parts and statements of a base scheme replaced, added and removed, in the order they are written.

The base is taken apart into items that know where they stand; a change replaces an item, marks it removed, or adds one
behind the others. At the end the tree is put together again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar, assert_never

import attrs
from attrs import define, field

from steelyard.diagnostics.model import Fix, Label
from steelyard.diagnostics.nearest import nearest
from steelyard.expand.model import Notes
from steelyard.source import Span
from steelyard.syntax import nodes as n

Body = n.ForEach | n.Group
Named = TypeVar("Named", bound=n.Parameter | n.CodeTable | n.Define)
SUGGESTION_LIMIT = 20
"""Unknown targets that get a suggestion."""


def amended(base: n.File, file: n.File, amend: n.Amend, notes: Notes) -> n.File:
    """The base with the changes of the amending file: its head, inputs, grades, parameters, tables, functions, and the
    parts and statements it replaces, adds and removes. Examples of the base are about the base."""
    for strange in sorted((*file.parts, *file.statements), key=lambda node: node.span.start)[:1]:
        notes.tell("N137", strange.span, (Label(amend.file.span, "amended-here"),))
    tree = _Tree(base)
    for change in amend.changes:
        _apply(tree, change, base, notes)
    parts, statements = tree.put_together()
    return attrs.evolve(
        file,
        schemes=file.schemes or base.schemes,
        inputs=_joined(base.inputs, file.inputs),
        parts=parts,
        statements=statements,
        grades=file.grades or base.grades,
        parameters=_over(base.parameters, file.parameters),
        tables=_over(base.tables, file.tables),
        defines=_over(base.defines, file.defines),
    )


def _joined(base: tuple[n.Input, ...], own: tuple[n.Input, ...]) -> tuple[n.Input, ...]:
    """One block of inputs: those of the base, then the new ones."""
    if not base or not own:
        return base or own
    fields = (*base[0].fields, *own[0].fields)
    unreadable = (*base[0].unreadable, *own[0].unreadable)
    return (attrs.evolve(base[0], fields=fields, unreadable=unreadable), *base[1:], *own[1:])


def _over(base: tuple[Named, ...], own: tuple[Named, ...]) -> tuple[Named, ...]:
    """What the amending file defines stands instead of what the base defines by that name."""
    names = {node.name.name for node in own}
    return (*(node for node in base if node.name.name not in names), *own)


def _apply(tree: _Tree, change: n.Change, base: n.File, notes: Notes) -> None:
    match change:
        case n.Replace(what):
            name = name_of(what)
            if name is None:
                notes.tell("N141", what.span)
            elif (item := _only(tree, (name,), base, notes, like=what)) is not None:
                tree.replace(item, what)
        case n.Remove(path):
            if (item := _only(tree, path, base, notes)) is not None:
                tree.remove(item)
        case n.Add(to, parts, statements):
            into = tree.root if not to else _only(tree, to, base, notes, parts=True)
            if into is not None:
                for node in (*parts, *statements):
                    tree.add(into, node)
        case _:
            assert_never(change)


def _only(
    tree: _Tree,
    path: tuple[n.Name, ...],
    base: n.File,
    notes: Notes,
    *,
    like: n.Part | n.Statement | None = None,
    parts: bool = False,
) -> _Item | None:
    """The one thing that the path names: a part, or of the same sort as another, where that is asked for."""
    names = tuple(name.name for name in path)
    span = path[0].span.to(path[-1].span)
    wanted = n.Part if parts or isinstance(like, n.Part) else n.Let if isinstance(like, n.Let) else n.Node
    found = [item for item in tree.named(names) if isinstance(item.node, wanted)]
    if len(found) == 1:
        return found[0]
    shown = ".".join(names)
    if found:
        labels = tuple(Label(item.name_span(), "this-one") for item in found[:3])
        notes.tell("N140", span, labels, name=shown, count=len(found))
        return None
    near = tree.nearest(names[-1])
    fixes = (Fix("did-you-mean", facts={"name": near}),) if near and near != names[-1] else ()
    notes.tell("N139", span, fixes=fixes, name=shown, file=base.source.name)
    return None


def name_of(node: n.Part | n.Statement) -> n.Name | None:
    """What a part or statement is called: its own name, or the one given with `as`."""
    match node:
        case n.Part(name=name) | n.Let(name=name):
            return name
        case n.ForEach() | n.PartBound():
            return None
        case _:
            return next((clause.name for clause in node.clauses if isinstance(clause, n.As)), None)


@define(eq=False)
class _Item:
    """A part or statement where it stands."""

    node: n.Part | n.Statement | None
    """None: the scheme."""
    above: _Item | None
    parts: list[_Item] = field(factory=list)
    statements: list[_Item] = field(factory=list)
    """Of a part, a loop or a group."""
    alive: bool = True

    def name(self) -> str | None:
        name = name_of(self.node) if self.node else None
        return name.name if name else None

    def name_span(self) -> Span:
        assert self.node is not None, "the scheme has no name to be found by"
        name = name_of(self.node)
        return name.span if name else self.node.span

    def stands(self) -> bool:
        """Has neither it nor anything around it been removed or replaced?"""
        item: _Item | None = self
        while item is not None:
            if not item.alive:
                return False
            item = item.above
        return True

    def part_names(self) -> Iterator[str]:
        """The names of the parts around it, from the inside."""
        item = self.above
        while item is not None:
            if isinstance(item.node, n.Part):
                yield item.node.name.name
            item = item.above


class _Tree:
    """The base taken apart."""

    def __init__(self, base: n.File) -> None:
        self.by_name: dict[str, list[_Item]] = {}
        self.asked = 0
        self.root = _Item(None, None)
        for node in (*base.parts, *base.statements):
            self.add(self.root, node)

    def add(self, into: _Item, node: n.Part | n.Statement) -> None:
        item = self._take_apart(node, into)
        (into.parts if isinstance(node, n.Part) else into.statements).append(item)

    def replace(self, item: _Item, node: n.Part | n.Statement) -> None:
        assert item.above is not None, "the scheme itself has no name"
        siblings = item.above.parts if isinstance(item.node, n.Part) else item.above.statements
        if isinstance(node, n.Part) == isinstance(item.node, n.Part):
            siblings[siblings.index(item)] = self._take_apart(node, item.above)
        else:
            self.add(item.above, node)
        self.remove(item)

    def remove(self, item: _Item) -> None:
        item.alive = False

    def named(self, names: Sequence[str]) -> list[_Item]:
        """Everything whose path ends so."""
        around = tuple(reversed(names[:-1]))
        found = self.by_name.get(names[-1], [])
        found[:] = [item for item in found if item.stands()]
        return [item for item in found if _begins(item.part_names(), around)]

    def nearest(self, name: str) -> str | None:
        """The name that is most like it, for the first few that are asked for."""
        self.asked += 1
        if self.asked > SUGGESTION_LIMIT:
            return None
        return nearest(name, (known for known, items in self.by_name.items() if any(i.stands() for i in items)))

    def put_together(self) -> tuple[tuple[n.Part, ...], tuple[n.Statement, ...]]:
        return _parts(self.root), _statements(self.root)

    def _take_apart(self, node: n.Part | n.Statement, above: _Item) -> _Item:
        item = _Item(node, above)
        if (name := item.name()) is not None:
            self.by_name.setdefault(name, []).append(item)
        if isinstance(node, n.Part):
            item.parts = [self._take_apart(inner, item) for inner in node.parts]
            item.statements = [self._take_apart(inner, item) for inner in node.statements]
        elif isinstance(node, Body):
            item.statements = [self._take_apart(inner, item) for inner in node.body]
        return item


def _begins(names: Iterator[str], wanted: tuple[str, ...]) -> bool:
    return all(next(names, None) == name for name in wanted)


def _parts(item: _Item) -> tuple[n.Part, ...]:
    return tuple(_whole_part(inner) for inner in item.parts if inner.alive)


def _statements(item: _Item) -> tuple[n.Statement, ...]:
    return tuple(_whole_statement(inner) for inner in item.statements if inner.alive)


def _whole_part(item: _Item) -> n.Part:
    assert isinstance(item.node, n.Part), "only parts stand among parts"
    return attrs.evolve(item.node, parts=_parts(item), statements=_statements(item))


def _whole_statement(item: _Item) -> n.Statement:
    assert item.node is not None and not isinstance(item.node, n.Part), "only statements stand among statements"
    return attrs.evolve(item.node, body=_statements(item)) if isinstance(item.node, Body) else item.node
