"""Binding: every name of a file to what it means, every part and statement to its rule path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from steelyard.bind.examples import ExampleBinder
from steelyard.bind.expressions import in_part
from steelyard.bind.inputs import bind_input
from steelyard.bind.order import in_order
from steelyard.bind.paths import TOTAL, Paths, assign_paths
from steelyard.bind.scopes import PartsBeside, Scope
from steelyard.bind.scores import parts_in_order
from steelyard.bind.statements import is_score
from steelyard.bind.symbols import (
    Bound,
    InferredSymbol,
    InputSymbol,
    LetSymbol,
    PartsSymbol,
    PartSymbol,
    Symbol,
    WordSymbol,
)
from steelyard.bind.waivers import with_waivers
from steelyard.diagnostics.model import Diagnostic, Label
from steelyard.source import RulePath, Span
from steelyard.syntax import nodes as n
from steelyard.syntax.keywords import keywords
from steelyard.syntax.parser import Parsed
from steelyard.syntax.walk import test_values, walk
from steelyard.values.types import Field, ListType, Schema

__all__ = ["TOTAL", "bind"]


def bind(parsed: Parsed) -> Bound:
    """Resolve all names. What cannot be resolved is a diagnostic and stays unresolved."""
    diagnostics = list(parsed.diagnostics)
    paths = assign_paths(parsed.file, diagnostics.append)
    part_names = frozenset(place.part.name.name for place in paths.places.values())
    return _Binder(parsed.file, diagnostics, part_names, paths).run()


class _Binder(ExampleBinder):
    def __init__(
        self,
        file: n.File,
        diagnostics: list[Diagnostic],
        part_names: frozenset[str],
        paths: Paths,
    ) -> None:
        super().__init__(diagnostics, part_names, paths)
        self.file = file
        self.named = paths.named(file.parts)

    @property
    def everywhere(self) -> dict[str, RulePath]:
        return self.named

    def run(self) -> Bound:
        file = self.file
        fields, unreadable = self.inputs()
        for extra in (*file.schemes[1:], *file.grades[1:]):
            first = file.schemes[0] if isinstance(extra, n.Scheme) else file.grades[0]
            self.again(extra, first)
        if file.grades:
            self.graded.add(TOTAL)
        self.graded |= {p.path for p in self.places.places.values() if p.part.grades}
        scope = Scope({f.name: f for f in fields}, bool(file.inputs), TOTAL, TOTAL, unreadable=unreadable)
        for scheme in file.schemes:
            self.attributes(scheme.attributes, scope)
        inside = self.body(file.parts, file.statements, file.grades, scope)
        everywhere = {name: PartSymbol(path) for name, path in self.named.items()}
        self.examples(file.examples, evolve(inside, parts=everywhere, at_the_end=True))
        ordered, closing = in_order(self.reads)
        for path in closing:
            name = self.let_nodes[path].name
            self.report("N110", name.span, name=name.name)
        late = self.late_lets(ordered)
        order, circular = parts_in_order(self.places, self.score_reads)
        self.too_early(late, circular)
        return Bound(
            file=file,
            schema=Schema(fields, bool(file.inputs), tuple(self.judged)),
            refers_to=self.refers_to,
            functions=self.functions,
            slots=self.slots,
            paths=self.paths,
            templates=self.templates,
            targets=self.targets,
            order=order,
            lifted=self.lifted,
            late=late,
            lets=tuple(self.let_nodes[path] for path in ordered),
            diagnostics=tuple(self.diagnostics),
        )

    def inputs(self) -> tuple[tuple[Field, ...], frozenset[str]]:
        """The declared fields with those of exemptions, and the names on lines that could not be read."""
        fields: tuple[Field, ...] = ()
        unreadable: set[str] = set()
        for index, block in enumerate(self.file.inputs):
            if index:
                label = Label(self.file.inputs[0].span, "first-here")
                self.report("S212", block.span, labels=(label,), word=block.span.text)
            for field in block.fields:
                self.full_points(field.name)
            fields = (*fields, *bind_input(block.fields, self.diagnostics.append))
            self.declared_at |= {field.name.name: field.name.span for field in block.fields}
            unreadable |= set(block.unreadable)
            unreadable |= {name for field in block.fields for name in field.unreadable}
        return with_waivers(self.file, fields), frozenset(unreadable)

    def attributes(self, attributes: tuple[n.Attribute, ...], scope: Scope) -> None:
        for attribute in attributes:
            match attribute:
                case n.PartBound():
                    self.all((attribute.amount,), scope)
                case n.BatchBy(by=by):
                    self.batch_by(by, scope)
                case _:
                    pass

    def batch_by(self, key: n.Name, scope: Scope) -> None:
        """The column that tells batches apart: an input of the record."""
        self.name(key, scope)
        symbol = self.refers_to.get(key.key)
        if symbol is not None and not isinstance(symbol, InputSymbol | InferredSymbol):
            self.unknown_name(key, (f.name for f in scope.inputs.values() if not isinstance(f.type, ListType)))

    # ---- parts

    def body(
        self,
        parts: tuple[n.Part, ...],
        statements: tuple[n.Statement, ...],
        grades: tuple[n.Grade, ...],
        scope: Scope,
    ) -> Scope:
        """The statements and parts of one part, its lets in scope of all of them."""
        scope = self.with_lets(statements, scope)
        inner = {name: PartSymbol(path) for name, path in self.places.named(parts).items()}
        counting = any(part.kind in ("section", "criterion") for part in parts)
        own = evolve(scope, parts={**scope.parts, **inner} if inner else scope.parts, has_parts=counting)
        self.block(statements, own)
        for grade in grades:
            self.grade(grade, own)
        for extra in grades[1:] if scope.path != TOTAL else ():
            self.again(extra, grades[0])
        seen: dict[str, n.Part] = {}
        meanings = self.places.meanings(parts)
        for part in parts:
            name = part.name.name
            self.full_points(part.name)
            if first := seen.get(name):
                self.report("N103", part.name.span, labels=(Label(first.name.span, "first-here"),), name=name)
            seen.setdefault(name, part)
            self.part(part, meanings, evolve(scope, parts={}))
        return own

    def part(self, part: n.Part, meanings: Mapping[str, Sequence[RulePath]], scope: Scope) -> None:
        path = self.paths[part.key]
        inside = in_part(scope, path)
        if part.loop is not None:
            row = self.loop(part, part.loop.rows, part.loop.row.name, scope, hides_rows=False)
            if row is None:
                return
            if part.loop.where is not None:
                self.expression(part.loop.where, inside.with_row(row))
            inside = inside.with_row(row)
            if part.title is not None:
                self.template(part.title, part.title.key, inside)
        if part.share:
            self.share(part.share.amount, inside)
        if part.out_of:
            self.share(part.out_of.amount, inside)
        if part.kind in ("bonus", "penalty"):
            # They run after the parts beside them, and may read their scores.
            inside = evolve(inside, parts=PartsBeside(meanings, path, self.places))
        self.body(part.parts, part.statements, part.grades, inside)

    def share(self, amount: n.Expression, scope: Scope) -> None:
        """What a part is worth; its own full points are made from it."""
        self.expression(amount, scope)
        for node in walk(amount):
            if self.refers_to.get(node.key) == WordSymbol("points"):
                self.report("N127", node.span, name=node.span.text)

    def grade(self, grade: n.Grade, scope: Scope) -> None:
        self.paths[grade.key] = RulePath(f"{scope.path}:grade")
        scope = evolve(scope, after_closing=True)
        self.all(grade.keys, scope)
        for row in grade.rows:
            for test in row.tests:
                self.all(test_values(test), scope)
            self.all((row.when,), scope)

    def _parts_of(self, path: RulePath) -> tuple[n.Part, ...]:
        return self.file.parts if path == TOTAL else self.places.places[path].part.parts

    # ---- lets that read each other, and scores

    def late_lets(self, ordered: Iterable[RulePath]) -> frozenset[RulePath]:
        """Those that read a score, themselves or through others."""
        late: set[RulePath] = set()
        for path in ordered:
            if path in self.late or self.reads[path] & late:
                late.add(path)
        return frozenset(late)

    def too_early(self, late: frozenset[RulePath], circular: list[n.Expression]) -> None:
        """Scores that are read before they can be known."""
        for read in self.let_reads:
            if read.let in late:
                self.report("N118", read.name.span, name=read.name.name)
        for node in circular:
            self.report("N127", node.span, name=node.span.text)
        for code, read_together in (("N129", self.early), ("N126", self.batch), ("N152", self.outward)):
            for node in (node for expressions in read_together for e in expressions for node in walk(e)):
                symbol = self.refers_to.get(node.key)
                if symbol is None or not (is_score(symbol) or (isinstance(symbol, LetSymbol) and symbol.path in late)):
                    continue
                if code != "N152" or self.of_row(symbol):
                    self.report(code, node.span, name=node.span.text)

    def of_row(self, symbol: Symbol) -> bool:
        """Has it a value for each row of a list, for it belongs to a part for each row?"""
        match symbol:
            case PartSymbol(path) | PartsSymbol(path) | LetSymbol(part=path):
                return path != TOTAL and self.places.places[path].of_row
            case _:
                return False

    # ---- saying what is wrong

    def is_full_points(self, name: n.Name) -> bool:
        return keywords().values.get(name.name) == "points"

    def again(self, extra: n.Node, first: n.Node) -> None:
        """What a file or part may hold once."""
        label = Label(first.span.first_line, "first-here")
        self.report("S212", extra.span.first_line, labels=(label,), word=_first_word(extra.span))


def _first_word(span: Span) -> str:
    return span.text.split()[0] if span.text.split() else ""
