"""Names in statements: the clauses they carry, the loops they stand in, the parts and moves they act on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

from attrs import evolve

from steelyard.bind.expressions import ExpressionBinder, LetRead, ScoreRead
from steelyard.bind.paths import TOTAL, Paths, name_given
from steelyard.bind.reads import counted_by, expressions_in
from steelyard.bind.scopes import RowScope, Scope, fields_of
from steelyard.bind.suggest import near_name
from steelyard.bind.symbols import (
    InputSymbol,
    LetSymbol,
    MoveSymbol,
    PartsSymbol,
    PartSymbol,
    RowFieldSymbol,
    Symbol,
    WordSymbol,
)
from steelyard.diagnostics.model import Diagnostic, Edit, Fix, Label
from steelyard.source import RulePath, Span
from steelyard.syntax import nodes as n
from steelyard.syntax.habits import is_han
from steelyard.syntax.keywords import keywords
from steelyard.syntax.walk import test_values, walk
from steelyard.values.types import TruthType

_TOTAL_IS = re.compile(r"(?:total|总分|总得分|综合得分)[ \t\u3000]*[=＝][ \t\u3000]*")


class StatementBinder(ExpressionBinder):
    """Resolves the names of statements."""

    def __init__(self, diagnostics: Iterable[Diagnostic], part_names: frozenset[str], paths: Paths) -> None:
        super().__init__(diagnostics, part_names, paths)
        self.targets: dict[int, RulePath] = {}
        self.graded: set[RulePath] = set()
        """Parts with a grade."""
        self.judged: list[str] = []
        self.declared_at: dict[str, Span] = {}
        self.reads: dict[RulePath, set[RulePath]] = {}
        """Which lets a let reads."""
        self.let_nodes: dict[RulePath, n.Let] = {}
        self.late: set[RulePath] = set()
        """Lets that read a score themselves."""
        self.early: list[tuple[n.Expression, ...]] = []
        """What decides whether a part is skipped, before it opens."""
        self.outward: list[tuple[n.Expression, ...]] = []
        """What statements read that stand in a part for each row and act outside of the rows."""

    # ---- blocks

    def block(self, statements: tuple[n.Statement, ...], scope: Scope) -> None:
        """Statements beside each other, whose lets are in scope already."""
        moves = dict(self._named_moves(statements))
        for statement in statements:
            if isinstance(statement, n.Restore):
                self.restore(statement, moves, scope)
            else:
                self.statement(statement, scope)

    def with_lets(self, statements: Iterable[n.Statement], scope: Scope) -> Scope:
        lets = dict(scope.lets)
        here: dict[str, n.Let] = {}
        for statement in statements:
            if not isinstance(statement, n.Let):
                continue
            name = statement.name.name
            self.full_points(statement.name)
            first = here.get(name)
            earlier = first.name.span if first else self.declared_at.get(name) if name in scope.inputs else None
            if earlier is not None:
                self.report("N103", statement.name.span, labels=(Label(earlier, "first-here"),), name=name)
                continue
            here[name] = statement
            path = self._free(f"{scope.path}{scope.blocks}:let.{name}")
            self.paths[statement.key] = path
            self.let_nodes[path] = statement
            lets[name] = LetSymbol(path, statement, scope.path, of_row=bool(scope.rows))
        return evolve(scope, lets=lets)

    def _free(self, path: str) -> RulePath:
        """Two loops with rows of one name may hold lets of one name."""
        free, count = RulePath(path), 1
        while free in self.let_nodes:
            count += 1
            free = RulePath(f"{path}#{count}")
        return free

    def full_points(self, name: n.Name) -> None:
        """`points` and 满分 are no names: what is declared so could never be read."""
        if self.is_full_points(name):
            self.report("N120", name.span, name=name.name)

    # ---- statements

    def statement(self, statement: n.Statement, scope: Scope) -> None:
        match statement:
            case n.Let():
                self.let(statement, scope)
            case n.Deduct() | n.Award() | n.Score():
                self.move(statement, scope)
            case n.StartAt():
                self.all((statement.amount, statement.condition, statement.otherwise), scope)
                self.clauses(statement.clauses, scope)
            case n.Together() | n.HighestOf() | n.Checklist():
                inside = self.with_lets(statement.body, evolve(scope, blocks=f"{scope.blocks}/{_word_of(statement)}"))
                self.clauses(statement.clauses, inside)
                self.block(statement.body, inside)
            case n.Zero() | n.Limit():
                self.on_part(statement, scope)
            case n.Regrade():
                self.regrade(statement, scope)
            case n.Skip():
                self.skip(statement, scope)
            case n.Check():
                # A check runs last and may read any score.
                everywhere = {name: PartSymbol(path) for name, path in {**self.everywhere, **self._own(scope)}.items()}
                wide = evolve(scope, parts={**everywhere, **scope.parts}, at_the_end=True)
                self.expression(statement.test, wide)
                self.clauses(statement.clauses, wide)
            case n.Judged():
                self.judged.append(str(scope.path))
                self.clauses(statement.clauses, scope)
                for level in statement.levels:
                    self.all(test_values(level.bounds), scope)
            case n.ForEach():
                self.for_each(statement, scope)
            case n.PartBound():
                self.all((statement.amount,), scope)
            case n.Allow():
                self.clauses(statement.clauses, scope)
            case n.Restore():
                raise AssertionError("bound with the moves it stands beside")
            case _:
                assert_never(statement)

    @property
    def everywhere(self) -> dict[str, RulePath]:
        """All parts that can be named when everything is done."""
        raise NotImplementedError

    def is_full_points(self, name: n.Name) -> bool:
        raise NotImplementedError

    def let(self, let: n.Let, scope: Scope) -> None:
        self.expression(let.value, scope)
        self.clauses(let.clauses, scope)
        path = self.paths.get(let.key)
        if path is None:
            return  # Given twice.
        answers = [c.value for c in let.clauses if isinstance(c, n.OrElse) and c.value is not None]
        read = self.symbols((let.value, *answers))
        self.reads[path] = {s.path for s in read if isinstance(s, LetSymbol)}
        if any(is_score(s) for s in read):
            self.late.add(path)
        if any(isinstance(c, n.OrElse) and c.value is None for c in let.clauses):
            self.early.append((let.value,))

    def move(self, move: n.Move, scope: Scope) -> None:
        inside = self.per(move, scope)
        self.expression(move.amount, inside)
        if isinstance(move, n.Score):
            self.score_over_parts(move, scope)
        self.clauses(move.clauses, scope)
        if any(isinstance(c, n.OrElse) and c.value is None for c in move.clauses):
            conditions = (c.condition for c in move.clauses if isinstance(c, n.If))
            self.early.append((move.amount, *conditions, *counted_by(move.per)))

    def score_over_parts(self, score: n.Score, scope: Scope) -> None:
        """`total = E`: of the scheme alone, and a name in it that a part has too is the input or the let."""
        opening = _TOTAL_IS.match(score.span.text)
        if opening is not None and scope.path != TOTAL:
            verb = keywords().canonical("SCORE", "zh" if is_han(opening.group()) else "en")
            place = Span(score.span.source, score.span.start, score.span.start + opening.end())
            text = f"{verb} "
            fix = Fix("write", (Edit(place, text),), {"text": text.rstrip()})
            name = str(scope.path).rpartition(".")[2]
            self.report("N154", place, fixes=(fix,), text=opening.group().strip(), name=name)
        for node in walk(score.amount) if scope.has_parts else ():
            if not isinstance(node, n.Name) or node.name not in scope.parts:
                continue
            if isinstance(self.refers_to.get(node.key), InputSymbol | LetSymbol):
                text = f"{node.span.text}.{'得分' if is_han(node.name) else 'score'}"
                fix = Fix("write", (Edit(node.span, text),), {"text": text})
                self.report("N153", node.span, fixes=(fix,), name=node.name)

    def per(self, move: n.Move, scope: Scope) -> Scope:
        """What the amount may read: of `for each R in LIST` also R."""
        match move.per:
            case None:
                return scope
            case n.Step(size=size, value=value, bound=bound):
                self.all((size, value, bound), scope)
                return scope
            case n.Each(rows=None, count=count):
                if isinstance(count, n.Name) and self._is_list(count, scope):
                    self.loop(move.per, count, None, scope, hides_rows=True)
                else:
                    self.all((count, move.per.of), scope)
                return scope
            case n.Each(rows=n.Name() as rows) as each:
                row = self.loop(each, rows, each.row.name if each.row else None, scope, hides_rows=True)
                self.all((each.of,), scope)
                if row is None:
                    return scope
                inside = scope.with_row(row)
                self.all((each.where,), inside)
                # Of `每有 3 例` the amount is that of three rows: none of them is meant.
                return scope if each.of is not None else inside
            case _:
                raise AssertionError("a move is counted by steps, a number or rows")

    def for_each(self, loop: n.ForEach, scope: Scope) -> None:
        row = self.loop(loop, loop.rows, loop.row.name, scope, hides_rows=False)
        if row is None:
            return
        read_before = len(self.score_reads)
        if loop.where is not None:
            self.expression(loop.where, scope.with_row(row))
        read_by_where = self.score_reads[read_before:]
        if loop.by is not None:
            row = self._group(loop.by, row)
        inside = evolve(scope.with_row(row), blocks=f"{scope.blocks}/{loop.row.name}")
        self.block(loop.body, self.with_lets(loop.body, inside))
        if loop.where is not None:
            for target in self._targets_in(loop.body) - {scope.path}:
                self._where_elsewhere(loop.where, read_by_where, target)

    def _targets_in(self, body: Iterable[n.Statement]) -> set[RulePath]:
        """The parts on which statements of a loop act."""
        inner = {target for each in body if isinstance(each, n.ForEach) for target in self._targets_in(each.body)}
        return inner | {self.targets[s.key] for s in body if isinstance(s, n.Zero | n.Limit) and s.key in self.targets}

    def _where_elsewhere(self, where: n.Expression, reads: list[ScoreRead], target: RulePath) -> None:
        """What acts on another part is run there with its loop, and so is the condition of the rows."""
        self.score_reads.extend(evolve(read, runs_in=target) for read in reads)
        for node in walk(where):
            symbol = self.refers_to.get(node.key)
            if (
                isinstance(node, n.Name)
                and isinstance(symbol, LetSymbol)
                and not self.places.inside(symbol.part, target)
            ):
                self.let_reads.append(LetRead(node, symbol.path))

    def _group(self, key: n.Name, row: RowScope) -> RowScope:
        """The row as a group: of its fields only the key has one value."""
        fields = fields_of(row.list)
        if key.name not in fields:
            self.report("N116", key.span, fixes=near_name(key, fields), name=key.name, rows=row.rows)
            return evolve(row, group=True)
        self.refers_to[key.key] = RowFieldSymbol(row.slot, fields[key.name])
        return evolve(row, fields={key.name: fields[key.name]}, group=True)

    # ---- statements that act on other parts or moves

    def on_part(self, statement: n.Zero | n.Limit, scope: Scope) -> None:
        """`zero NAME`: an enclosing part, or one inside."""
        target = self._target(statement.target, scope)
        if target is None:
            return
        self.targets[statement.key] = target
        there = evolve(scope, runs_in=target)
        if isinstance(statement, n.Limit):
            self.expression(statement.to, there)
        self.clauses(statement.clauses, there)
        self._acts_in(statement, target, scope)

    def _target(self, target: n.Name | str, scope: Scope) -> RulePath | None:
        if not isinstance(target, n.Name):
            return TOTAL if target == "total" else scope.path
        around = {self.places.places[path].part.name.name: path for path in self.places.chain(scope.path)[1:]}
        inner = self.places.named(self._parts_of(scope.path))
        path = around.get(target.name) or inner.get(target.name)
        if path is None:
            self.report("N122", target.span, fixes=near_name(target, (*around, *inner)), name=target.name)
            return None
        self.refers_to[target.key] = PartSymbol(path)
        return path

    def _own(self, scope: Scope) -> dict[str, RulePath]:
        """The part itself, by its name: also inside a part for each row."""
        place = self.places.places.get(scope.path)
        return {} if place is None or place.part.loop is not None else {place.part.name.name: place.path}

    def _parts_of(self, path: RulePath) -> tuple[n.Part, ...]:
        raise NotImplementedError

    def regrade(self, statement: n.Regrade, scope: Scope) -> None:
        """It moves the grade of the nearest part around it that has one."""
        graded = [path for path in self.places.chain(scope.path) if path in self.graded]
        if graded:
            self.targets[statement.key] = graded[-1]
        else:
            self.report("N151", statement.span)
        there = evolve(scope, runs_in=graded[-1] if graded else scope.path, after_closing=True)
        self.all((statement.steps,), there)
        self.clauses(statement.clauses, there)
        self._acts_in(statement, there.runs_in, scope)

    def _acts_in(self, statement: n.Statement, target: RulePath, scope: Scope) -> None:
        if self.places.rows_between(scope.path, target):
            self.outward.append(tuple(expressions_in(statement, self.templates)))

    def skip(self, statement: n.Skip, scope: Scope) -> None:
        self.targets[statement.key] = TOTAL if statement.target == "total" else scope.path
        self.clauses(statement.clauses, scope)
        self.early.append(tuple(expressions_in(statement, self.templates)))

    def restore(self, statement: n.Restore, moves: dict[str, MoveSymbol], scope: Scope) -> None:
        """It gives back part of what a deduction beside it asked."""
        deductions = {
            name: symbol for name, symbol in moves.items() if not isinstance(symbol.statement, n.Award | n.Score)
        }
        symbol = deductions.get(statement.of.name)
        if symbol is None:
            self.report("N121", statement.of.span, fixes=near_name(statement.of, deductions), name=statement.of.name)
        else:
            self.refers_to[statement.of.key] = symbol
        self.expression(statement.amount, scope)
        self.clauses(statement.clauses, scope)

    def _named_moves(self, statements: Iterable[n.Statement]) -> Iterator[tuple[str, MoveSymbol]]:
        """Moves and groups of a block by the name that `as` gives them, those inside its groups too."""
        for statement in statements:
            if not isinstance(statement, n.Deduct | n.Award | n.Score | n.Group):
                continue
            if given := name_given(statement):
                yield given.name.name, MoveSymbol(self.paths[statement.key], statement)
            if isinstance(statement, n.Group):
                yield from self._named_moves(statement.body)

    # ---- clauses

    def clauses(self, clauses: tuple[n.Clause, ...], scope: Scope) -> None:
        for clause in clauses:
            match clause:
                case n.If():
                    self.expression(clause.condition, scope)
                case n.Cap() | n.Otherwise():
                    self.expression(clause.amount, scope)
                case n.OrElse():
                    self.all((clause.value,), scope)
                case n.OneOf():
                    self.all(clause.choices, scope)
                case n.Because():
                    self.template(clause.template, clause.key, scope)
                case n.Except():
                    self.waiver(clause, scope)
                case (
                    n.Under()
                    | n.Exhausted()
                    | n.PartOfStep()
                    | n.SeverityClause()
                    | n.OfReviewers()
                    | n.Dropping()
                    | n.Giving()
                    | n.As()
                    | n.Code()
                ):
                    pass
                case _:
                    assert_never(clause)

    def waiver(self, clause: n.Except, scope: Scope) -> None:
        """The column of an exemption: yes/no, of the record or of the innermost row."""
        name = clause.waiver
        rows = [row for row in reversed(scope.rows) if name.name in fields_of(row.list)]
        symbol: Symbol | None = None
        if rows:
            symbol = RowFieldSymbol(rows[0].slot, fields_of(rows[0].list)[name.name])
        elif name.name in scope.inputs and name.name not in scope.lets:
            symbol = InputSymbol(scope.inputs[name.name])
        if isinstance(symbol, InputSymbol | RowFieldSymbol) and isinstance(symbol.field.type, TruthType):
            self.refers_to[name.key] = symbol
        else:
            self.report("N124", name.span, name=name.name)

    # ---- what expressions read

    def symbols(self, expressions: Iterable[n.Expression]) -> list[Symbol]:
        """What the names in expressions stand for."""
        found = [self.refers_to.get(node.key) for expression in expressions for node in walk(expression)]
        return [symbol for symbol in found if symbol is not None]


def is_score(symbol: Symbol) -> bool:
    """Is it known only when parts have closed?"""
    match symbol:
        case PartSymbol() | PartsSymbol():
            return True
        case WordSymbol(word):
            return word in ("total", "grade")
        case _:
            return False


def _word_of(group: n.Group) -> str:
    return "together" if isinstance(group, n.Together) else "highest of"
