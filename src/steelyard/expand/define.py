"""Functions: each call becomes the body, with the arguments in the place of their names.

A body is expanded once, after those it calls; so a call is put in once and never looked at again. What comes of it is
bounded before it is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs
from attrs import frozen

from steelyard.diagnostics.model import Fix, Label
from steelyard.diagnostics.nearest import nearest
from steelyard.expand.model import Notes
from steelyard.expand.tree import at, copy, measure, rewrite, walk
from steelyard.syntax import nodes as n
from steelyard.syntax.keywords import keywords

NODE_LIMIT = 100_000
"""Nodes that functions and code tables may make in one file."""
DEPTH_LIMIT = 150
"""How many expressions may stand one inside the other, as written or written out: the phases behind this one recurse."""


@frozen
class Function:
    """A function whose body names nothing but its arguments."""

    define: n.Define
    body: n.Expression
    size: int
    depth: int
    occurs: Mapping[str, int]
    """How often each argument stands in the body."""


def in_order(defines: Iterable[n.Define], notes: Notes) -> tuple[n.Define, ...]:
    """The functions, each after those it calls. One that needs itself is told, and left out with all that need it."""
    by_name = {define.name.name: define for define in defines}
    calls = {name: _calls(define) & by_name.keys() for name, define in by_name.items()}
    ordered = dict.fromkeys(_sorted(calls))
    left = {name: calls[name] - ordered.keys() for name in by_name if name not in ordered}
    notes.untold |= left.keys()
    callers: dict[str, set[str]] = {name: set() for name in left}
    for name, called in left.items():
        for other in called:
            callers[other].add(name)
    # Those that nobody in a circle calls are only behind one.
    circular = left.keys() - set(_sorted(callers))
    seen: set[str] = set()
    for name in by_name:
        if name in circular and name not in seen:
            way = _circle(name, left, circular)
            if not seen & set(way):
                define = by_name[way[0]]
                notes.tell("N147", define.name.span, name=way[0], way=" → ".join((*way[:5], *way[:1])))
            seen |= {name, *way}
    return tuple(by_name[name] for name in ordered)


def _calls(define: n.Define) -> set[str]:
    return {node.function.name for node, _ in walk(define.value, expression=True) if isinstance(node, n.Call)}


def _sorted(needs: Mapping[str, set[str]]) -> list[str]:
    """Each name after those it needs; names in a circle, or behind one, are left out."""
    waiting = {name: len(needed) for name, needed in needs.items()}
    needed_by: dict[str, list[str]] = {name: [] for name in needs}
    for name, needed in needs.items():
        for other in needed:
            needed_by[other].append(name)
    ready = [name for name, count in waiting.items() if not count]
    for name in ready:
        for other in needed_by[name]:
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    return ready


def _circle(start: str, calls: Mapping[str, set[str]], circular: Iterable[str]) -> list[str]:
    """A circle that one comes into from the start, from its own first."""
    inside = set(circular)
    way: dict[str, None] = {}
    name = start
    while name not in way:
        way[name] = None
        name = min(calls[name] & inside)
    return list(way)[list(way).index(name) :]


def reads_only_arguments(
    define: n.Define, known: Sequence[Mapping[str, object]], constants: Mapping[str, object], notes: Notes
) -> bool:
    """Does the body read its arguments, parameters, tables and functions alone?"""
    arguments = {name.name for name in define.arguments}
    nodes = list(walk(define.value, expression=True))
    rows = {node.row.name for node, _ in nodes if isinstance(node, n.Aggregate) and node.row}
    strange: list[n.Name] = []
    for node, stands in nodes:
        match node:
            case n.Name(name) if stands:
                fixed = name in constants or name in notes.untold or keywords().values.get(name) in ("yes", "no")
                if not fixed and name not in arguments:
                    strange.append(node)
            case n.FieldOf(row, _) if row.name not in arguments | rows:
                strange.append(row)
            case n.Aggregate(rows=list_name) if list_name.name not in arguments:
                strange.append(list_name)
            case n.Call(function, _) if not any(function.name in names for names in (*known, keywords().functions)):
                if function.name not in notes.untold:
                    near = nearest(function.name, [name for names in (*known, keywords().functions) for name in names])
                    fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
                    notes.fail(function.name, "N102", function.span, fixes=fixes)
                strange.append(function)
            case _:
                pass
    for found in strange:
        if found.name not in notes.untold:
            notes.tell("N146", found.span, (Label(define.name.span, "this-function"),), name=found.name)
    return not strange


def ready(define: n.Define, body: n.Expression) -> Function:
    size, depth = measure(body)
    occurs = {name.name: 0 for name in define.arguments}
    for node, _ in walk(body, expression=True):
        if isinstance(node, n.Name) and node.name in occurs:
            occurs[node.name] += 1
    return Function(define, body, size, depth, occurs)


def call(function: Function, made: n.Call, notes: Notes) -> n.Expression | None:
    """The body with the arguments of the call."""
    define = function.define
    name = define.name.name
    if len(made.arguments) != len(define.arguments):
        notes.fail(name, "N105", made.span, wanted=len(define.arguments), got=len(made.arguments))
        return None
    given = {argument.name: value for argument, value in zip(define.arguments, made.arguments, strict=True)}
    sizes = {argument: measure(value) for argument, value in given.items()}
    size = function.size + sum(function.occurs[argument] * sizes[argument][0] for argument in given)
    depth = function.depth + max((deep for _, deep in sizes.values()), default=0)
    if not fits(size, depth, name, made, notes):
        return None
    return _Body(function, given, made, notes).written_out()


def fits(size: int, depth: int, name: str, made: n.Expression, notes: Notes) -> bool:
    """May so much more be made? Told once: after that nothing is expanded."""
    notes.spent += size
    if notes.spent <= NODE_LIMIT and depth <= DEPTH_LIMIT:
        return True
    if not notes.exhausted:
        notes.exhausted = True
        notes.tell("N148", made.span, name=name, limit=NODE_LIMIT, depth=DEPTH_LIMIT)
    notes.untold.add(name)
    return False


class _Body:
    """One call: the body copied, its arguments put in."""

    def __init__(self, function: Function, given: Mapping[str, n.Expression], made: n.Call, notes: Notes) -> None:
        self.function, self.given, self.made, self.notes = function, given, made, notes
        names = {
            node.name
            for value in given.values()
            for node, _ in walk(value, expression=True)
            if isinstance(node, n.Name)
        }
        rows = {
            node.row.name
            for node, _ in walk(function.body, expression=True)
            if isinstance(node, n.Aggregate) and node.row
        }
        # A row of the body must not catch a row of the call that has the same name.
        self.renamed = {name: f"{name}′" for name in rows & names}
        self.right = True

    def written_out(self) -> n.Expression | None:
        body = rewrite(self.function.body, self.change, expression=True, fresh=True)
        return at(body, self.made.span) if self.right else None

    def change(self, node: n.Node, stands: bool) -> n.Node:
        match node:
            case n.Name(name) if stands and name in self.given:
                return copy(self.given[name])
            case n.FieldOf(row, _):
                return attrs.evolve(node, row=self.row(row))
            case n.Aggregate():
                own = None if node.row is None else self.row(node.row)
                return attrs.evolve(node, row=own, rows=self.row(node.rows))
            case _:
                return node

    def row(self, name: n.Name) -> n.Name:
        """A row or list: an argument must be the name of one."""
        if name.name in self.renamed:
            return attrs.evolve(name, name=self.renamed[name.name])
        value = self.given.get(name.name)
        if value is None:
            return name
        if isinstance(value, n.Name):
            return copy(value)
        if self.right:
            self.notes.fail(self.function.define.name.name, "N108", value.span)
            self.right = False
        return name
