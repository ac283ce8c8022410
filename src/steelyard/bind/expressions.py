"""Names in expressions: what each stands for at its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from attrs import evolve, frozen

from steelyard.bind.paths import TOTAL, Paths
from steelyard.bind.scopes import RowScope, Scope, fields_of, row_scope
from steelyard.bind.suggest import (
    as_text,
    denied_name,
    glued_names,
    hyphenated_name,
    name_with_brackets,
    near_name,
    qualified_row,
    reads_like_a_sentence,
    truths_among,
)
from steelyard.bind.symbols import (
    BatchSymbol,
    GroupSymbol,
    InferredSymbol,
    InputSymbol,
    LetSymbol,
    ListSymbol,
    PartsSymbol,
    PartSymbol,
    RowFieldSymbol,
    Symbol,
    Word,
    WordSymbol,
)
from steelyard.core.nodes import Facet
from steelyard.diagnostics.model import Diagnostic, Edit, Fact, Fix, Label
from steelyard.source import RulePath, Span
from steelyard.syntax import nodes as n
from steelyard.syntax.habits import glued_amount
from steelyard.syntax.keywords import keywords
from steelyard.syntax.templates import BadPlaceholder, Placeholder, pieces
from steelyard.syntax.walk import test_values
from steelyard.values.types import Field, ListType
from steelyard.vocabulary.functions import BY_KEY

SUGGESTION_LIMIT = 50
"""Unknown names that get a suggestion: looking for the nearest of many costs, and a hundredth hint helps nobody."""


@frozen
class ScoreRead:
    """A name that stands for the score of a part, and the part in whose course it is read."""

    node: n.Expression
    read: RulePath
    runs_in: RulePath


@frozen
class LetRead:
    """A name that stands for a let of a part around the one in whose course it is read."""

    name: n.Name
    let: RulePath


class ExpressionBinder:
    """Resolves the names of expressions. What cannot be resolved is a diagnostic and stays unresolved."""

    def __init__(self, diagnostics: Iterable[Diagnostic], part_names: frozenset[str], paths: Paths) -> None:
        self.diagnostics = list(diagnostics)
        self.places = paths
        self.paths = paths.of
        self.part_names = part_names
        """Of all parts, to tell what an unknown name might have meant."""
        self.refers_to: dict[int, Symbol] = {}
        self.functions: dict[int, str] = {}
        self.slots: dict[int, int] = {}
        self.templates: dict[int, tuple[str | Placeholder, ...]] = {}
        self.score_reads: list[ScoreRead] = []
        self.let_reads: list[LetRead] = []
        self.batch: list[tuple[n.Expression, ...]] = []
        """What aggregates over the batch read of every record."""
        self.batches: dict[RulePath, int] = {}
        self.lifted: dict[RulePath, dict[str, n.Call]] = {}
        self.unknown: set[tuple[str, str]] = set()
        self.doubted: set[str] = set()

    def expression(self, expression: n.Expression, scope: Scope) -> None:
        match expression:
            case n.Number() | n.Date() | n.Text():
                pass
            case n.Name():
                self.name(expression, scope)
            case n.FieldOf():
                self.field_of(expression, scope)
            case n.Operation() if (hyphenated := hyphenated_name(expression, scope.known_names())) is not None:
                self.diagnostics.append(hyphenated)
            case n.Operation() | n.Comparison():
                self.all(expression.operands, scope)
            case n.Membership():
                self.all((expression.value, *expression.choices), scope)
            case n.Contains():
                self.all((expression.value, expression.part), scope)
            case n.Within():
                self.all((expression.value, expression.days, expression.of), scope)
            case n.IsMissing():
                self.expression(expression.value, scope)
            case n.Call():
                self.call(expression, scope)
            case n.Aggregate():
                self.aggregate(expression, scope)
            case n.Rank():
                self.over_batch(expression, (expression.value,), scope)
            case n.ColumnOf():
                # A table that there is has been put in the place of its uses.
                name = expression.table.function
                self.report("N102", name.span, fixes=near_name(name, keywords().functions), name=name.name)
                self.all(expression.table.arguments, scope)
            case n.Table():
                self.table(expression, scope)

    def all(self, expressions: Iterable[n.Expression | None], scope: Scope) -> None:
        for expression in expressions:
            if expression is not None:
                self.expression(expression, scope)

    def table(self, table: n.Table, scope: Scope) -> None:
        self.all(table.keys, scope)
        for row in table.rows:
            for test in row.tests:
                self.all(test_values(test), scope)
            self.all((row.when, row.value), scope)

    def template(self, text: n.Text, key: int, scope: Scope) -> None:
        """The names in a reason or title, which is kept in pieces under a key."""
        found: list[str | Placeholder] = []
        for piece in pieces(text):
            match piece:
                case BadPlaceholder():
                    self.report("N113", piece.span, text=piece.span.text)
                case Placeholder():
                    self.expression(piece.value, scope)
                    found.append(piece)
                case str():
                    found.append(piece)
        self.templates[key] = tuple(found)

    # ---- functions and aggregates

    def call(self, call: n.Call, scope: Scope) -> None:
        if quoted := name_with_brackets(call, scope.known_names()):
            self.report("N102", call.span, fixes=(quoted,), name=call.function.name)
            return
        key = self.function(call.function)
        if key is None or not BY_KEY[key].aggregate:
            self.all(call.arguments, scope)
            return
        # `count(indicators)`, `sum(indicators.share)`, `lowest(parts)`, `highest(all.price)`
        match call.arguments:
            case (n.Name() as rows,) if _word(rows) == "parts" and not self._is_list(rows, scope):
                self.over_parts(call, key, rows, scope)
            case (n.Name() as rows,):
                self.rows_of(call, rows, None, scope)
            case (n.FieldOf(row=rows) as whole,):
                inside = self.rows_of(call, rows, rows.name, scope)
                if inside is not None:
                    self.field_of(whole, inside)
                    self._batch_reads(rows, (whole,))
            case _:
                self.report("N111", call.span, name=call.function.name)

    def aggregate(self, node: n.Aggregate, scope: Scope) -> None:
        self.function(node.function)
        inside = self.rows_of(node, node.rows, node.row.name if node.row else None, scope)
        if inside is None:
            return
        read = tuple(inner for inner in (node.value, node.where) if inner is not None)
        self.all(read, inside)
        self._batch_reads(node.rows, read)

    def rows_of(self, node: n.Aggregate | n.Call, rows: n.Name, name: str | None, scope: Scope) -> Scope | None:
        """What is in scope for every row that an aggregate runs over, or None where it runs over nothing known."""
        group = scope.row(rows.name)
        if group is not None and group.group:
            self.refers_to[rows.key] = GroupSymbol(group.slot, group.list)
            return scope.with_row(row_scope(self.slot(node), name, group.list, hides_rows=True))
        if _word(rows) == "all" and not self._is_list(rows, scope):
            self.refers_to[rows.key] = BatchSymbol()
            self._batch_path(node, scope)
            return scope.of_batch()
        if _word(rows) == "parts" and not self._is_list(rows, scope):
            self.report("N111", node.span, name=node.function.name)
            return None
        row = self.loop(node, rows, name, scope, hides_rows=True)
        return None if row is None else scope.with_row(row)

    def over_batch(self, node: n.Rank, read: tuple[n.Expression, ...], scope: Scope) -> None:
        self._batch_path(node, scope)
        self.all(read, scope.of_batch())
        self.batch.append(read)

    def over_parts(self, call: n.Call, key: str, rows: n.Name, scope: Scope) -> None:
        """`lowest(parts)`: kept under its function where it is read when the part is not running."""
        if not scope.has_parts:
            self.report("N128", rows.span, name=rows.name)
            return
        lifted = scope.runs_in != scope.path
        self.refers_to[rows.key] = PartsSymbol(scope.path, lifted)
        if lifted:
            self.lifted.setdefault(scope.path, {}).setdefault(key, call)
        if not scope.at_the_end and not scope.after_closing and not self.places.inside(scope.path, scope.runs_in):
            self.score_reads.append(ScoreRead(rows, scope.path, scope.runs_in))

    def function(self, name: n.Name) -> str | None:
        key = keywords().functions.get(name.name)
        if key is None or key not in BY_KEY:
            self.report("N102", name.span, fixes=near_name(name, keywords().functions), name=name.name)
            return None
        self.functions[name.key] = key
        return key

    def loop(
        self,
        node: n.ForEach | n.Part | n.Each | n.Aggregate | n.Call,
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
        if isinstance(node, n.Each | n.ForEach) and node.row is not None:
            self.qualified_row(node.row, found)
        self.refers_to[rows.key] = ListSymbol(found)
        return row_scope(self.slot(node), name, found, hides_rows=hides_rows)

    def qualified_row(self, row: n.Name, rows: Field) -> None:
        """`每出现一个严重逾期的专项`: which rows count would be lost in the name of a row."""
        if (parts := qualified_row(row, fields_of(rows))) is not None:
            condition, name = parts
            text = f"{name}，其中 {condition}"
            fix = Fix("write", (Edit(row.span, text),), {"text": text})
            self.report("N155", row.span, fixes=(fix,), name=row.name)

    def slot(self, node: n.Node) -> int:
        # A printed condition shares its nodes with the steps that are counted from it.
        return self.slots.setdefault(node.key, len(self.slots))

    def _is_list(self, rows: n.Name, scope: Scope) -> bool:
        """Does the file declare a list of this name? Then the name is no word of the language."""
        found = scope.inputs.get(rows.name)
        return found is not None and isinstance(found.type, ListType)

    def _batch_path(self, node: n.Expression, scope: Scope) -> None:
        if node.key in self.paths:
            return
        count = self.batches[scope.path] = self.batches.get(scope.path, 0) + 1
        self.paths[node.key] = RulePath(f"{scope.path}:batch#{count}")

    def _batch_reads(self, rows: n.Name, read: tuple[n.Expression, ...]) -> None:
        if isinstance(self.refers_to.get(rows.key), BatchSymbol):
            self.batch.append(read)

    # ---- names

    def name(self, name: n.Name, scope: Scope) -> None:
        word = keywords().values.get(name.name)
        if word == "points":
            if scope.in_batch:
                self.report("N126", name.span, name=name.name)
            else:
                self.refers_to[name.key] = WordSymbol("points")
            return
        meanings = scope.meanings(name.name)
        if len(meanings) > 1:
            row = next(row for row in reversed(scope.rows) if name.name in row.fields)
            self.report("N109", name.span, name=name.name, row=row.name or row.rows)
        elif meanings:
            self.means(name, meanings[0], scope)
        elif word in ("parts", "all"):
            self.report("N114", name.span, name=name.name)
        elif word in ("total", "grade") and not self._is_known(word, scope):
            self.report("N117", name.span, name=name.name)
        elif word is not None:
            self.refers_to[name.key] = WordSymbol(cast(Word, word))
        elif name.name in scope.unreadable:
            return
        elif (group := scope.grouped(name.name)) is not None:
            self.of_each_row(name.span, name.name, group)
        elif glued_rule := glued_amount(name.name, name.span):
            self.diagnostics.append(glued_rule)
        elif not scope.declared and not self._is_another_part(name.name, scope):
            self.refers_to[name.key] = InferredSymbol(name.name)
            if reads_like_a_sentence(name) and name.name not in self.doubted:
                self.doubted.add(name.name)
                self.report("W187", name.span, name=name.name)
        elif name.name in self.part_names:
            self.report("N126" if scope.in_batch else "N119", name.span, name=name.name)
        elif glued := glued_names(name, scope.known_names()):
            self.report("N107", name.span, fixes=(glued,), name=name.name)
        elif text := as_text(name, scope.inputs.values()):
            self.report("N101", name.span, fixes=(text,), name=name.name)
        else:
            fields = (*(f for row in scope.rows for f in row.fields.values()), *scope.inputs.values())
            denied = denied_name(name, truths_among(fields), known := scope.known_names())
            if denied is None:
                self.unknown_name(name, known)
            else:
                self.report("N101", name.span, fixes=denied, name=name.name)

    def _is_another_part(self, name: str, scope: Scope) -> bool:
        """A part of this name that is none around the place: its score may be meant as well as a column. A rule of 执行率 that
        reads 执行率 can only mean the column."""
        around = (self.places.places[path] for path in self.places.chain(scope.path)[1:])
        return name in self.part_names and all(place.part.name.name != name for place in around)

    def _is_known(self, word: str, scope: Scope) -> bool:
        """The total is known when it has closed, its grade when all is done."""
        return scope.at_the_end or (word == "total" and scope.after_closing and scope.runs_in == TOTAL)

    def means(self, name: n.Name, symbol: Symbol, scope: Scope) -> None:
        """The one meaning that a name has."""
        if isinstance(symbol, InputSymbol) and isinstance(symbol.field.type, ListType):
            self.report("N114", name.span, name=name.name)
            return
        self.refers_to[name.key] = symbol
        match symbol:
            case LetSymbol() if not scope.at_the_end and not self.places.inside(symbol.part, scope.runs_in):
                self.let_reads.append(LetRead(name, symbol.path))
            case PartSymbol():
                self.reads_score(name, symbol, scope)
            case _:
                pass

    def reads_score(self, node: n.Expression, symbol: PartSymbol, scope: Scope) -> None:
        if not scope.at_the_end and not scope.after_closing:
            self.score_reads.append(ScoreRead(node, symbol.path, scope.runs_in))

    def field_of(self, node: n.FieldOf, scope: Scope) -> None:
        row = scope.row(node.row.name)
        if row is not None:
            self.row_field(node, node.field, row)
        elif scope.in_batch and _word(node.row) == "all":
            self.name(node.field, scope)
            symbol = self.refers_to.get(node.field.key)
            if symbol is not None:
                self.refers_to[node.key] = symbol
        elif (part := self._part(node.row, scope)) is not None:
            facet = keywords().facets.get(node.field.name)
            if facet is None:
                fixes = near_name(node.field, keywords().facets)
                self.report("N150", node.field.span, fixes=fixes, name=node.field.name, part=node.row.name)
                return
            symbol = self.refers_to[node.key] = PartSymbol(part, cast(Facet, facet))
            self.reads_score(node, symbol, scope)
        else:
            names = [r.name for r in scope.rows if r.name]
            self.report("N115", node.row.span, fixes=near_name(node.row, names), name=node.row.name)

    def _part(self, name: n.Name, scope: Scope) -> RulePath | None:
        """The part before a dot; the total only where all is done."""
        found = scope.parts.get(name.name)
        if found is not None:
            return found.path
        return TOTAL if _word(name) == "total" and self._is_known("total", scope) else None

    def row_field(self, node: n.FieldOf, name: n.Name, row: RowScope) -> None:
        if name.name in row.fields:
            self.refers_to[node.key] = RowFieldSymbol(row.slot, row.fields[name.name])
        elif row.group and name.name in fields_of(row.list):
            self.of_each_row(name.span, name.name, row)
        else:
            denied = denied_name(name, truths_among(row.fields.values()), row.fields)
            fixes = near_name(name, row.fields) if denied is None else _in_row(denied, node)
            self.report("N116", name.span, fixes=fixes, name=name.name, rows=row.rows)

    # ---- saying what is wrong

    def of_each_row(self, span: Span, name: str, group: RowScope) -> None:
        """A field that has a value for each row of a group, read as if the group had one."""
        self.report("N123", span, name=name, row=group.name or group.rows)

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


def _in_row(denied: tuple[Fix, ...], node: n.FieldOf) -> tuple[Fix, ...]:
    """`非 单位.按时报送` of `单位.未按时报送`: the denial stands before the row."""
    found = []
    for fix in denied:
        word, name = str(fix.facts["name"]).split(" ", 1)
        text = f"{word} {node.row.name}.{name}"
        found.append(Fix(fix.key, (Edit(node.span, text),), {"name": text}))
    return tuple(found)


def in_part(scope: Scope, path: RulePath) -> Scope:
    """The same names, in the course of another part."""
    return evolve(scope, path=path, runs_in=path, blocks="")


def _word(name: n.Name) -> str | None:
    return keywords().values.get(name.name)
