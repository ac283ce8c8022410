"""Other files gathered in: `use` brings their parameters, tables and functions, `amend` a base scheme with changes."""

from __future__ import annotations

from itertools import chain as joined

import attrs

from steelyard.diagnostics.model import Diagnostic, Label
from steelyard.expand.amend import amended
from steelyard.expand.files import Folder
from steelyard.expand.model import Notes
from steelyard.source import Source
from steelyard.syntax import nodes as n
from steelyard.syntax.parser import Parsed, parse

DEPTH = 8
"""Files that open one another, one inside the other."""
COUNT = 50
"""Other files in all."""


class Gathering:
    """Other files of one rule file. Each is opened once, and what it defines comes in once."""

    def __init__(self, folder: Folder | None, notes: Notes) -> None:
        self.folder, self.notes = folder, notes
        self.opened: dict[str, Parsed] = {}
        self.merged: set[str] = set()
        self.broken = False

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(parsed.file.source for parsed in self.opened.values())

    def complete(self, file: n.File, way: tuple[str, ...]) -> n.File:
        """The file with all others in it. `way`: the files that led here, from the main one."""
        for extra in file.amends[1:]:
            self.notes.tell("N138", extra.file.span, (Label(file.amends[0].file.span, "first-here"),))
        if file.amends:
            file = self.amend(file, file.amends[0], way)
        for use in file.uses:
            file = self.use(file, use, way)
        return attrs.evolve(file, uses=(), amends=())

    def amend(self, file: n.File, amend: n.Amend, way: tuple[str, ...]) -> n.File:
        parsed = self.open(amend.file, way)
        if parsed is None:
            return file
        name = parsed.file.source.name
        base = self.complete(parsed.file, (*way, name))
        return amended(base, file, amend, self.notes)

    def use(self, file: n.File, use: n.Use, way: tuple[str, ...]) -> n.File:
        parsed = self.open(use.file, way)
        if parsed is None:
            return file
        name = parsed.file.source.name
        if name in self.merged:
            return file
        self.merged.add(name)
        self.only_definitions(parsed.file, use)
        other = self.complete(parsed.file, (*way, name))
        return attrs.evolve(
            file,
            parameters=(*other.parameters, *file.parameters),
            tables=(*other.tables, *file.tables),
            defines=(*other.defines, *file.defines),
        )

    def only_definitions(self, file: n.File, use: n.Use) -> None:
        """A file that is used holds parameters, tables, functions and uses alone."""
        others: tuple[n.Node, ...] = tuple(
            joined(
                file.schemes, file.inputs, file.parts, file.statements, file.grades, file.amends, file.examples
            )
        )  # fmt: skip
        if others:
            first = min(others, key=lambda node: node.span.start)
            label = Label(use.file.span, "used-here")
            self.notes.tell("N136", first.span.first_line, (label,), file=file.source.name)

    def open(self, name: n.Text, way: tuple[str, ...]) -> Parsed | None:
        """The parsed file, or None where something keeps it from being opened, which is told."""
        source = self.read(name, way)
        if source is None:
            self.broken = True
            return None
        if source.name not in self.opened:
            parsed = parse(source)
            self.opened[source.name] = parsed
            for diagnostic in parsed.diagnostics:
                self.notes.report(diagnostic)
        return self.opened[source.name]

    def read(self, name: n.Text, way: tuple[str, ...]) -> Source | None:
        written, span = name.value, name.span
        if self.folder is None:
            self.notes.tell("N135", span, file=written)
            return None
        if len(way) > DEPTH or len(self.opened) > COUNT:
            self.notes.tell("N134", span, file=written, depth=DEPTH, count=COUNT)
            return None
        found = self.folder.open(written, way[-1])
        if isinstance(found, Diagnostic):
            label = Label(span, "used-here")
            found = attrs.evolve(found, labels=(label,)) if found.place else attrs.evolve(found, span=span)
            self.notes.report(found)
            return None
        if found.name in way:
            circle = (*way[way.index(found.name) :], found.name)
            self.notes.tell("N133", span, file=written, way=" → ".join(circle))
            return None
        return found
