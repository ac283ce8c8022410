"""Parameters, lookups and calls of a file replaced by what they stand for."""

from __future__ import annotations

import attrs

from steelyard.diagnostics.model import Words
from steelyard.expand import define, tables
from steelyard.expand.define import Function
from steelyard.expand.model import Notes
from steelyard.expand.parameters import standing_for
from steelyard.expand.tree import AnyNode, copy, measure, rewrite
from steelyard.syntax import nodes as n
from steelyard.syntax.keywords import keywords
from steelyard.syntax.templates import Placeholder, pieces


class Substitution:
    """What the names of a file stand for."""

    def __init__(self, parameters: dict[str, n.Expression], lookups: dict[str, tables.Ready], notes: Notes) -> None:
        self.parameters, self.lookups, self.notes = parameters, lookups, notes
        self.functions: dict[str, Function] = {}

    def learn(self, function: n.Define) -> None:
        """A function, after those it calls."""
        if function.name.name in self.notes.untold:
            return
        if define.reads_only_arguments(function, (self.functions, self.lookups), self.parameters, self.notes):
            self.functions[function.name.name] = define.ready(function, self.expression(function.value))
        else:
            self.notes.untold.add(function.name.name)

    def expression(self, expression: n.Expression) -> n.Expression:
        return rewrite(expression, self.change, expression=True)

    def everywhere(self, root: AnyNode) -> AnyNode:
        return rewrite(root, self.change)

    def change(self, node: n.Node, stands: bool) -> n.Node:
        match node:
            case n.Name(name) if stands and name in self.parameters:
                self.notes.used.add(name)
                return standing_for(self.parameters[name], node)
            case n.Call() if stands and not self.notes.exhausted:
                return self.call(node)
            case n.ColumnOf():
                return node.table if self.notes.exhausted else self.column(node)
            case n.Because():
                return attrs.evolve(node, template=template) if (template := self.template(node.template)) else node
            case n.Part(title=n.Text() as title):
                return attrs.evolve(node, title=template) if (template := self.template(title)) else node
            case _:
                return node

    def call(self, node: n.Call) -> n.Expression:
        name = node.function.name
        if name in self.lookups:
            return self.lookup(node, None, node) or node
        if name in self.functions:
            self.notes.used.add(name)
            return define.call(self.functions[name], node, self.notes) or node
        return node

    def column(self, node: n.ColumnOf) -> n.Expression:
        """Whatever comes of it, no column is left: where it names no table, the call alone tells so."""
        name = node.table.function.name
        if name in self.lookups:
            return self.lookup(node.table, node.column, node) or node.table
        if name in keywords().functions or name in self.functions:
            span = node.column.span
            self.notes.tell("N149", span, name=name, shown=span.text, columns=Words("table.none"))
            return self.call(node.table)
        return node.table

    def lookup(self, call: n.Call, column: n.Name | None, whole: n.Expression) -> n.Table | None:
        ready = self.lookups[call.function.name]
        self.notes.used.add(call.function.name)
        sizes = [measure(argument) for argument in call.arguments]
        size = ready.size + sum(size for size, _ in sizes)
        depth = 3 + max((depth for _, depth in sizes), default=0)
        if not define.fits(size, depth, call.function.name, whole, self.notes):
            return None
        return tables.lookup(ready, call, column, whole, self.notes)

    def template(self, template: n.Text) -> n.Text | None:
        """The template with the parameters that are named in it, or None where none is."""
        if not self.parameters or "{" not in template.value:
            return None
        found: dict[str, n.Expression] = {}
        for piece in pieces(template):
            if isinstance(piece, Placeholder) and isinstance(piece.value, n.Name):
                name = piece.value.name
                if name in self.parameters:
                    self.notes.used.add(name)
                    found[name] = copy(standing_for(self.parameters[name], piece.value))
        return attrs.evolve(template, stands=tuple(found.items())) if found else None
