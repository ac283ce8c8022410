"""Names of parameters, code tables and functions: each once, and none that something else has too.

What stands for another thing is put in wherever its name stands. So a name that is also an input, a `let`, a row or a part
would be taken away from it: that is an error, and nothing is put in.
"""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.diagnostics.model import Label, Words
from steelyard.expand.model import Notes
from steelyard.expand.tree import walk
from steelyard.syntax import nodes as n
from steelyard.syntax.keywords import keywords

Definition = n.Parameter | n.CodeTable | n.Define


def definitions(file: n.File) -> tuple[Definition, ...]:
    return (*file.parameters, *file.tables, *file.defines)


def kind_of(node: Definition) -> str:
    match node:
        case n.Parameter():
            return "parameter"
        case n.CodeTable():
            return "code table"
        case n.Define():
            return "function"


def own_names(file: n.File, notes: Notes) -> dict[str, Definition]:
    """What each name stands for; names that are given twice, or belong to something else, are told and left out."""
    found: dict[str, Definition] = {}
    for node in definitions(file):
        name = node.name.name
        if first := found.get(name):
            notes.tell("N103", node.name.span, (Label(first.name.span, "first-here"),), name=name)
            continue
        found[name] = node
    others: dict[str, n.Name] = {}
    for declared in _declared(file):
        others.setdefault(declared.name, declared)
    for name, node in list(found.items()):
        if name in others:
            label = Label(others[name].span, "also-here")
            notes.tell("N144", node.name.span, (label,), name=name, kind=Words(kind_of(node)))
            del found[name]
        elif name in keywords().values or (name in keywords().functions and not isinstance(node, n.Parameter)):
            notes.tell("N144", node.name.span, name=name, kind=Words(kind_of(node)))
            del found[name]
    for node in found.values():
        if isinstance(node, n.Define):
            _arguments(node, found, notes)
    return found


def _arguments(define: n.Define, known: dict[str, Definition], notes: Notes) -> None:
    """Arguments are names of their own: each once, and no parameter's."""
    rows = [node.row for node, _ in walk(define.value, expression=True) if isinstance(node, n.Aggregate) and node.row]
    seen: dict[str, n.Name] = {}
    for number, name in enumerate((*define.arguments, *rows)):
        if first := seen.get(name.name):
            notes.fail(define.name.name, "N103", name.span, (Label(first.span, "first-here"),))
        elif name.name in known:
            label = Label(name.span, "also-here")
            notes.fail(name.name, "N144", known[name.name].name.span, (label,), kind=Words(kind_of(known[name.name])))
        if number < len(define.arguments):
            seen.setdefault(name.name, name)


def unused(file: n.File, names: dict[str, Definition], notes: Notes) -> None:
    """What this file defines and nothing in it uses. A file that holds nothing else is there to be used by others."""
    if not (file.parts or file.statements or file.grades):
        return
    needed = notes.used | notes.untold
    for name, node in names.items():
        if node.span.source is file.source and name not in needed:
            notes.tell("W140", node.name.span, name=name, kind=Words(kind_of(node)))


def _declared(file: n.File) -> Iterator[n.Name]:
    """Names that inputs, fields, lets, rows and parts declare."""
    for root in (*file.inputs, *file.parts, *file.statements, *file.grades):
        for node, _ in walk(root):
            match node:
                case n.FieldDeclaration(name=name) | n.Let(name=name) | n.Part(name=name):
                    yield name
                case n.ForEach(row=name) | n.PartLoop(row=name):
                    yield name
                case n.Aggregate(row=n.Name() as name) | n.Each(row=n.Name() as name):
                    yield name
                case _:
                    pass
