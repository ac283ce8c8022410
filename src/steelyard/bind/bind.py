"""Binding: every name of a file to what it means, every part and statement to its rule path."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import attrs

from steelyard.bind.inputs import bind_input
from steelyard.bind.order import in_order
from steelyard.bind.scopes import RowScope, Scope
from steelyard.bind.suggest import glued_names, hyphenated_name, near_name
from steelyard.bind.symbols import (
    Bound,
    InferredSymbol,
    InputSymbol,
    LetSymbol,
    ListSymbol,
    PartSymbol,
    RowFieldSymbol,
    Symbol,
    Word,
    WordSymbol,
)
from steelyard.diagnostics.model import Diagnostic, Fact, Fix, Label
from steelyard.source import RulePath, Span
from steelyard.syntax import nodes as n
from steelyard.syntax.keywords import keywords
from steelyard.syntax.parser import Parsed
from steelyard.syntax.templates import BadPlaceholder, Placeholder, pieces
from steelyard.syntax.walk import walk
from steelyard.values.types import Field, ListType, Schema
from steelyard.vocabulary.functions import BY_KEY

TOTAL = RulePath("total")
SUGGESTION_LIMIT = 50
"""Unknown names that get a suggestion: looking for the nearest of many costs, and a hundredth hint helps nobody."""


def bind(parsed: Parsed) -> Bound:
    """Resolve all names. What cannot be resolved is a diagnostic and stays unresolved."""
    return _Binder(parsed).run()


class _Binder:
    def __init__(self, parsed: Parsed) -> None:
        self.file = parsed.file
        self.diagnostics = list(parsed.diagnostics)
        self.refers_to: dict[int, Symbol] = {}
        self.functions: dict[int, str] = {}
        self.slots: dict[int, int] = {}
        self.paths: dict[int, RulePath] = {}
        self.templates: dict[int, tuple[str | Placeholder, ...]] = {}
        self.let_reads: dict[RulePath, set[RulePath]] = {}
        """Which lets a let reads."""
        self.let_nodes: dict[RulePath, n.Let] = {}
        self.reads_score: set[RulePath] = set()
        self.inner_reads: list[tuple[n.Name, RulePath]] = []
        """Names that read a let of an outer part while that part still runs."""
        self.judged: list[str] = []
        self.unknown: set[tuple[str, str]] = set()
        self.declared_at: dict[str, Span] = {}
        self.part_names = {name for name, _ in _inner_parts(parsed.file.parts, TOTAL)}

    def run(self) -> Bound:
        file = self.file
        fields: tuple[Field, ...] = ()
        unreadable: set[str] = set()
        for index, block in enumerate(file.inputs):
            if index:
                label = Label(file.inputs[0].span, "first-here")
                self.report("S212", block.span, labels=(label,), word=block.span.text)
            for field in block.fields:
                self.full_points(field.name)
            fields = (*fields, *bind_input(block.fields, self.diagnostics.append))
            self.declared_at |= {field.name.name: field.name.span for field in block.fields}
            unreadable |= set(block.unreadable)
            unreadable |= {name for field in block.fields for name in field.unreadable}
        for extra in (*file.schemes[1:], *file.grades[1:]):
            first = file.schemes[0] if isinstance(extra, n.Scheme) else file.grades[0]
            self.report("S212", _first_line(extra.span), labels=(Label(_first_line(first.span), "first-here"),),
                        word=_first_word(extra.span))  # fmt: skip
        scope = Scope({f.name: f for f in fields}, bool(file.inputs), TOTAL, unreadable=frozenset(unreadable))
        self.body(file.parts, file.statements, scope)
        for grade in file.grades:
            self.bind_grade(grade, scope)
        ordered, closing = in_order(self.let_reads)
        for path in closing:
            name = self.let_nodes[path].name
            self.report("N110", name.span, name=name.name)
        late = self.late_lets(ordered)
        for name, path in self.inner_reads:
            if path in late:
                self.report("N118", name.span, name=name.name)
        return Bound(
            file=file,
            schema=Schema(fields, bool(file.inputs), tuple(self.judged)),
            refers_to=self.refers_to,
            functions=self.functions,
            slots=self.slots,
            paths=self.paths,
            templates=self.templates,
            late=late,
            lets=tuple(self.let_nodes[path] for path in ordered),
            diagnostics=tuple(self.diagnostics),
        )

    def bind_grade(self, grade: n.Grade, scope: Scope) -> None:
        self.paths[grade.key] = RulePath(f"{TOTAL}:grade")
        for row in grade.rows:
            for bound in (row.bounds.low, row.bounds.high):
                if bound is not None:
                    self.expression(bound, scope)

    # ---- parts and statements

    def body(self, parts: tuple[n.Part, ...], statements: tuple[n.Statement, ...], scope: Scope) -> None:
        """The statements and parts of one part, its lets in scope of all of them."""
        scope = self.with_lets(statements, scope)
        inner = {name: PartSymbol(path) for name, path in _inner_parts(parts, scope.path)}
        counts: dict[str, int] = {}
        for statement in statements:
            self.statement(statement, attrs.evolve(scope, parts=inner), counts)
        seen: dict[str, n.Part] = {}
        for part in parts:
            name = part.name.name
            self.full_points(part.name)
            if first := seen.get(name):
                self.report("N103", part.name.span, labels=(Label(first.name.span, "first-here"),), name=name)
            seen.setdefault(name, part)
            path = RulePath(name if scope.path == TOTAL else f"{scope.path}.{name}")
            self.paths[part.key] = path
            if part.share:
                self.expression(part.share.amount, scope)
            self.body(part.parts, part.statements, attrs.evolve(scope, path=path))

    def full_points(self, name: n.Name) -> None:
        """`points` and 满分 are no names: what is declared so could never be read."""
        if keywords().values.get(name.name) == "points":
            self.report("N120", name.span, name=name.name)

    def with_lets(self, statements: Iterable[n.Statement], scope: Scope) -> Scope:
        lets = dict(scope.lets)
        here: dict[str, n.Let] = {}
        for statement in statements:
            if not isinstance(statement, n.Let):
                continue
            name = statement.name.name
            self.full_points(statement.name)
            first = here.get(name)
            if first or name in scope.inputs:
                earlier = first.name.span if first else self.declared_at[name]
                labels = (Label(earlier, "first-here"),)
                self.report("N103", statement.name.span, labels=labels, name=name)
                continue
            here[name] = statement
            rows = "".join(f"/{row.name}" for row in scope.rows)
            path = RulePath(f"{scope.path}{rows}:let.{name}")
            self.paths[statement.key] = path
            lets[name] = LetSymbol(path, statement)
        return attrs.evolve(scope, lets=lets)

    def statement(self, statement: n.Statement, scope: Scope, counts: dict[str, int]) -> None:
        match statement:
            case n.Let():
                self.expression(statement.value, scope)
                path = self.paths.get(statement.key)
                if path is not None:
                    read = [self.refers_to.get(node.key) for node in walk(statement.value)]
                    self.let_reads[path] = {s.path for s in read if isinstance(s, LetSymbol)}
                    self.let_nodes[path] = statement
                    if any(isinstance(s, PartSymbol) or _is_score(s) for s in read):
                        self.reads_score.add(path)
            case n.Deduct() | n.Award() | n.Score():
                self.number(statement, scope, counts, "")
                self.expression(statement.amount, scope)
                self.clauses(statement.clauses, scope)
            case n.Check():
                self.number(statement, scope, counts, ":check")
                # A check runs last and may read any score.
                everywhere = {name: PartSymbol(path) for name, path in _inner_parts(self.file.parts, TOTAL)}
                wide = attrs.evolve(scope, parts={**everywhere, **scope.parts}, at_the_end=True)
                self.expression(statement.test, wide)
                self.clauses(statement.clauses, wide)
            case n.Judged():
                self.number(statement, scope, counts, "")
                self.judged.append(str(scope.path))
                self.clauses(statement.clauses, scope)
            case n.ForEach():
                self.number(statement, scope, counts, ":each")
                row = self.loop(statement, statement.rows, statement.row.name, scope, hides_rows=False)
                if row is None:
                    return
                inside = attrs.evolve(scope, rows=(*scope.rows, row))
                if statement.where is not None:
                    self.expression(statement.where, inside)
                inside = self.with_lets(statement.body, inside)
                for inner in statement.body:
                    self.statement(inner, inside, counts)

    def number(self, statement: n.Statement, scope: Scope, counts: dict[str, int], kind: str) -> None:
        counts[kind] = counts.get(kind, 0) + 1
        self.paths[statement.key] = RulePath(f"{scope.path}{kind}#{counts[kind]}")

    def clauses(self, clauses: tuple[n.Clause, ...], scope: Scope) -> None:
        for clause in clauses:
            match clause:
                case n.If():
                    self.expression(clause.condition, scope)
                case n.Cap():
                    self.expression(clause.amount, scope)
                case n.OrElse():
                    self.expression(clause.value, scope)
                case n.Because():
                    self.template(clause, scope)
                case n.Under() | n.Exhausted() | n.SeverityClause() | n.AverageOf():
                    pass

    def template(self, because: n.Because, scope: Scope) -> None:
        found: list[str | Placeholder] = []
        for piece in pieces(because.template):
            match piece:
                case BadPlaceholder():
                    self.report("N113", piece.span, text=piece.span.text)
                case Placeholder():
                    self.expression(piece.value, scope)
                    found.append(piece)
                case str():
                    found.append(piece)
        self.templates[because.key] = tuple(found)

    # ---- expressions

    def expression(self, expression: n.Expression, scope: Scope) -> None:
        match expression:
            case n.Number() | n.Text():
                pass
            case n.Name():
                self.name(expression, scope)
            case n.FieldOf():
                self.field_of(expression, scope)
            case n.Operation() if (hyphenated := hyphenated_name(expression, scope.known_names())) is not None:
                self.diagnostics.append(hyphenated)
            case n.Operation() | n.Comparison():
                for operand in expression.operands:
                    self.expression(operand, scope)
            case n.Membership():
                for operand in (expression.value, *expression.choices):
                    self.expression(operand, scope)
            case n.IsMissing():
                self.expression(expression.value, scope)
            case n.Call():
                self.call(expression, scope)
            case n.Aggregate():
                self.function(expression.function)
                name = expression.row.name if expression.row else None
                row = self.loop(expression, expression.rows, name, scope, hides_rows=True)
                if row is None:
                    return
                inside = attrs.evolve(scope, rows=(*scope.rows, row))
                for inner in (expression.value, expression.where):
                    if inner is not None:
                        self.expression(inner, inside)

    def call(self, call: n.Call, scope: Scope) -> None:
        key = self.function(call.function)
        if key is None or not BY_KEY[key].aggregate:
            for argument in call.arguments:
                self.expression(argument, scope)
            return
        # `count(indicators)`, `sum(indicators.share)`
        match call.arguments:
            case (n.Name() as rows,):
                self.loop(call, rows, None, scope, hides_rows=True)
            case (n.FieldOf(row=rows, field=name) as whole,):
                row = self.loop(call, rows, None, scope, hides_rows=True)
                if row is not None:
                    self.row_field(whole, name, row)
            case _:
                self.report("N111", call.span, name=call.function.name)

    def function(self, name: n.Name) -> str | None:
        key = keywords().functions.get(name.name)
        if key is None:
            self.report("N102", name.span, fixes=near_name(name, keywords().functions), name=name.name)
            return None
        self.functions[name.key] = key
        return key

    def loop(
        self,
        node: n.ForEach | n.Aggregate | n.Call,
        rows: n.Name,
        name: str | None,
        scope: Scope,
        *,
        hides_rows: bool,
    ) -> RowScope | None:
        """The row that a loop or aggregate binds, or None where its list is not one."""
        found = scope.inputs.get(rows.name)
        if rows.name in scope.unreadable:
            return None
        if found is None:
            lists = [f.name for f in scope.inputs.values() if isinstance(f.type, ListType)]
            code = "N101" if scope.declared else "N112"
            self.report(code, rows.span, fixes=near_name(rows, lists), name=rows.name)
            return None
        if not isinstance(found.type, ListType):
            self.report("N108", rows.span, name=rows.name)
            return None
        slot = self.slots[node.key] = len(self.slots)
        self.refers_to[rows.key] = ListSymbol(found)
        fields = {f.name: f for f in found.type.fields}
        return RowScope(slot, name, rows.name, fields, hides_rows)

    def name(self, name: n.Name, scope: Scope) -> None:
        word = keywords().values.get(name.name)
        if word == "points":
            self.refers_to[name.key] = WordSymbol("points")
            return
        meanings = scope.meanings(name.name)
        if len(meanings) > 1:
            row = next(row for row in reversed(scope.rows) if name.name in row.fields)
            self.report("N109", name.span, name=name.name, row=row.name or row.rows)
            return
        if meanings and isinstance(meanings[0], InputSymbol) and isinstance(meanings[0].field.type, ListType):
            self.report("N114", name.span, name=name.name)
            return
        if meanings:
            symbol = self.refers_to[name.key] = meanings[0]
            outer = isinstance(symbol, LetSymbol) and _part_of(symbol.path) != scope.path
            if isinstance(symbol, LetSymbol) and outer and not scope.at_the_end:
                self.inner_reads.append((name, symbol.path))
        elif word is not None:
            self.refers_to[name.key] = WordSymbol(cast(Word, word))
        elif name.name in scope.unreadable:
            return
        elif not scope.declared:
            self.refers_to[name.key] = InferredSymbol(name.name)
        elif name.name in self.part_names:
            self.report("N119", name.span, name=name.name)
        elif glued := glued_names(name, scope.known_names()):
            self.report("N107", name.span, fixes=(glued,), name=name.name)
        else:
            self.unknown_name(name, scope.known_names())

    def field_of(self, node: n.FieldOf, scope: Scope) -> None:
        row = scope.row(node.row.name)
        if row is None:
            names = [r.name for r in scope.rows if r.name]
            self.report("N115", node.row.span, fixes=near_name(node.row, names), name=node.row.name)
        else:
            self.row_field(node, node.field, row)

    def row_field(self, node: n.FieldOf, name: n.Name, row: RowScope) -> None:
        if name.name in row.fields:
            self.refers_to[node.key] = RowFieldSymbol(row.slot, row.fields[name.name])
        else:
            self.report("N116", name.span, fixes=near_name(name, row.fields), name=name.name, rows=row.rows)

    # ---- lets that read each other, and scores

    def late_lets(self, ordered: Iterable[RulePath]) -> frozenset[RulePath]:
        """Those that read a score, themselves or through others."""
        late: set[RulePath] = set()
        for path in ordered:
            if path in self.reads_score or self.let_reads[path] & late:
                late.add(path)
        return frozenset(late)

    # ---- saying what is wrong

    def unknown_name(self, name: n.Name, known: Iterable[str]) -> None:
        self.report("N101", name.span, fixes=near_name(name, known), name=name.name)

    def report(
        self,
        code: str,
        span: Span,
        *,
        labels: tuple[Label, ...] = (),
        fixes: tuple[Fix, ...] = (),
        **facts: Fact,
    ) -> None:
        key = (code, str(facts.get("name", "")))
        if code in ("N101", "N102", "N112"):
            if key in self.unknown:
                return  # A name misspelt ten times is one mistake.
            self.unknown.add(key)
            if len(self.unknown) > SUGGESTION_LIMIT:
                fixes = ()
        self.diagnostics.append(Diagnostic(code, facts, span, labels=labels, fixes=fixes))


def _part_of(let: RulePath) -> str:
    """The part a let stands in: what its path says before the let's own name and the rows around it."""
    return let.rpartition(":let.")[0].partition("/")[0]


def _is_score(symbol: Symbol | None) -> bool:
    return isinstance(symbol, WordSymbol) and symbol.word in ("total", "grade")


def _inner_parts(parts: tuple[n.Part, ...], path: RulePath) -> Iterable[tuple[str, RulePath]]:
    """Names and paths of all parts at any depth, the outer ones last so that they win."""
    for part in parts:
        name = part.name.name
        own = RulePath(name if path == TOTAL else f"{path}.{name}")
        yield from _inner_parts(part.parts, own)
        yield name, own


def _first_line(span: Span) -> Span:
    end = span.source.text.find("\n", span.start, span.end)
    return Span(span.source, span.start, span.end if end < 0 else end)


def _first_word(span: Span) -> str:
    return span.text.split()[0] if span.text.split() else ""
