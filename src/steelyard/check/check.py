"""Checking a bound file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import evolve

from steelyard.bind.bind import TOTAL
from steelyard.bind.symbols import Bound, InferredSymbol
from steelyard.check.allowed import without_allowed
from steelyard.check.bounds import check_limits, resolve_bounds
from steelyard.check.clauses import check_because, check_placeholders
from steelyard.check.conditions import Conditions
from steelyard.check.doubts import Doubts, check_doubts
from steelyard.check.examples import check_example
from steelyard.check.expressions import Expressions
from steelyard.check.grades import check_grade, rows_of_grade, scale_of
from steelyard.check.keys import Keys
from steelyard.check.model import TOTAL_KEY, Checked, Findings, PartBounds
from steelyard.check.part_scores import check_part_scores
from steelyard.check.parts import Scope, basis_of, check_parts, check_places, representable, scopes
from steelyard.check.ranges import Ranges
from steelyard.check.rows import Rows, check_rows
from steelyard.check.statements import Place, check_statement
from steelyard.check.steps import check_part_of_step, check_whole_count
from steelyard.check.totals import Totals
from steelyard.check.unused import check_unused
from steelyard.diagnostics.model import Diagnostic, Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.syntax import nodes as n
from steelyard.values.intervals import Interval
from steelyard.values.numbers import show
from steelyard.values.types import NUMBER, Field, ListType, NumberType, Schema, TextType, UnknownType
from steelyard.values.units import NO_UNIT

PLACES_LIMIT = 18
DIAGNOSTIC_LIMIT = 200
"""Mistakes told in one run."""


def check(bound: Bound) -> Checked:
    """Everything that can be known of a file without data. It never stops at the first mistake."""
    return _Check(bound).run()


class _Check:
    """One run: first the kinds of all values, then what needs to know them."""

    def __init__(self, bound: Bound) -> None:
        self.bound, self.file, self.findings = bound, bound.file, Findings()
        self.expressions = Expressions(bound, self.findings)
        self.every = list(scopes(bound.file))
        self.totals = Totals(self.expressions, self.findings)
        self.attributes = [a for scheme in bound.file.schemes for a in scheme.attributes]
        self.bare_included = any(isinstance(a, n.BareRule) for a in self.attributes)
        self.row_bounds: dict[int, n.Bounds] = {}
        self.steps: list[n.Step] = []
        self.each: list[n.Each] = []

    def run(self) -> Checked:
        for scope in self.every:
            if scope.grades:
                self.expressions.labels[self.path_of(scope)] = scale_of(scope.grades[0])
        check_parts(self.file, self.expressions)
        self.totals.run(self.file)
        self.kinds()
        check_part_scores({self.path_of(scope): scope for scope in self.every}, self.totals.full, self.expressions)
        rounding = self.rounding()
        bounds = resolve_bounds(self.file, self.totals.full, rounding, self.findings)
        ranges = Ranges(self.expressions)
        conditions = Conditions(self.expressions, ranges)
        self.scores(ranges, bounds)
        for step in self.steps:
            check_part_of_step(step, ranges, self.expressions)
        for each in self.each:
            check_whole_count(each, ranges, self.expressions)
        lookups = [table for table in self.expressions.tables.values() if table.lookup is not None]
        keys = Keys(self.expressions, conditions, [*self.tables(), *lookups])
        for rows in self.rows(keys, bounds, rounding):
            check_rows(rows, conditions, self.findings)
        by_path = {self.path_of(scope): bounds[self.key_of(scope)] for scope in self.every}
        check_limits(self.file, {k: str(p) for k, p in self.bound.targets.items()}, by_path, rounding, self.findings)
        if not (self.file.parts or self.file.statements or self.bound.diagnostics):
            self.findings.report("S207", self.file.span)
        self.doubts(conditions, bounds)
        return Checked(
            bound=self.bound,
            schema=self.schema(keys),
            types=self.expressions.types,
            shares=self.totals.shares,
            full=self.totals.full,
            stated=self.totals.stated,
            bounds=bounds,
            basis={self.key_of(scope): basis_of(scope) for scope in self.every},
            row_bounds=self.row_bounds,
            diagnostics=self.told()[:DIAGNOSTIC_LIMIT],
        )

    def key_of(self, scope: Scope) -> int:
        return TOTAL_KEY if scope.part is None else scope.part.key

    def path_of(self, scope: Scope) -> str:
        return str(TOTAL if scope.part is None else self.bound.paths[scope.part.key])

    # ---- the kinds of all values

    def kinds(self) -> None:
        expressions, bound = self.expressions, self.bound
        # Lets in the order in which they read each other, so that a long chain is no deep one.
        for let in bound.lets:
            expressions.let_type(bound.paths[let.key], let, None)
        for scope in self.every:
            self.kinds_in(scope)
        for let in bound.lets:
            if bound.paths[let.key] not in expressions.lets:
                expressions.let_type(bound.paths[let.key], let, NUMBER)
        for because in expressions.reasons:
            check_because(because, expressions)
        for scope in self.every:
            if scope.part is not None and scope.part.loop is not None and scope.part.title is not None:
                check_placeholders(scope.part.title.key, expressions)
        for example in self.file.examples:
            check_example(example, expressions)

    def kinds_in(self, scope: Scope) -> None:
        full = self.totals.full.get(self.key_of(scope))
        place = Place(self.expressions, full, steps=self.steps, each=self.each, row_bounds=self.row_bounds)
        if scope.part is not None and scope.part.loop is not None and scope.part.loop.where is not None:
            self.expressions.truth(scope.part.loop.where)
        for statement in scope.statements:
            check_statement(statement, place)
        for grade in scope.grades:
            check_grade(grade, full, self.expressions)

    # ---- what needs to know them

    def rounding(self) -> dict[str, n.RoundingRule]:
        """The rounding of criteria and of the total; points must be writable at its places."""
        rules: dict[str, n.RoundingRule] = {}
        for rule in (a for a in self.attributes if isinstance(a, n.RoundingRule)):
            if rule.places > PLACES_LIMIT:
                self.findings.report("W127", rule.span, places=rule.places, limit=PLACES_LIMIT)
            rules[rule.of] = rule
        if each := rules.get("criterion"):
            for part in (scope.part for scope in self.every):
                if part is not None and part.kind == "criterion":
                    check_places(part, self.totals.full[part.key], each.places, self.findings)
        full = self.totals.full[TOTAL_KEY]
        if (total := rules.get("total")) and full is not None and not representable(full, total.places):
            self.findings.report("W115", total.span, points=show(full), places=total.places)
        return rules

    def scores(self, ranges: Ranges, bounds: dict[int, PartBounds]) -> None:
        """What the score of each part can be."""
        for scope in self.every:
            held, full, path = bounds[self.key_of(scope)], self.totals.full[self.key_of(scope)], self.path_of(scope)
            top = full if held.top == "full" else held.top
            floor = None if held.floor is None else min(held.floor, Fraction(0))
            ranges.scores[path] = Interval(floor, top if isinstance(top, Fraction) else None)
            if full is not None:
                ranges.fulls[path] = full

    def rows(self, keys: Keys, bounds: dict[int, PartBounds], rounding: dict[str, n.RoundingRule]) -> Iterator[Rows]:
        """The rows of all tables and grades."""
        for table in self.tables():
            if self.unknown(table.keys):
                continue
            own = tuple(keys.key(key, self._tests(table, index)) for index, key in enumerate(table.keys))
            yield Rows(
                own,
                table.rows,
                table.faulty,
                table.span.first_line,
                self.bare_included,
                interpolated=table.interpolated,
                row_bounds=self.row_bounds,
            )
        for scope in self.every:
            rule = rounding.get("total" if scope.part is None else "criterion" if scope.kind == "criterion" else "")
            places = rule.places if rule else None
            key = self.key_of(scope)
            for grade in (grade for grade in scope.grades if not self.unknown(grade.keys)):
                yield rows_of_grade(
                    grade, scope, bounds[key], self.totals.full[key], places, keys, self.bare_included, self.row_bounds
                )

    def tables(self) -> list[n.Table]:
        """Those that the author wrote by keys. Rows of a code table are looked at where they are written, and a key that
        has none is told when it comes; a condition and its `otherwise` leave no gap."""
        return [table for table in self.expressions.tables.values() if table.lookup is None and table.keys]

    def unknown(self, keys: tuple[n.Expression, ...]) -> bool:
        """Does a key stand for nothing, which has been told?"""
        return any(isinstance(self.expressions.types.get(key.key), UnknownType) for key in keys)

    def _tests(self, table: n.Table, index: int) -> list[n.RowTest]:
        return [row.tests[index] for row in table.rows if len(row.tests) == len(table.keys)]

    def doubts(self, conditions: Conditions, bounds: dict[int, PartBounds]) -> None:
        """Warnings, of a file that is right as far as it goes."""
        if any(severity_of(d) is Severity.ERROR for d in (*self.bound.diagnostics, *self.findings.found)):
            return
        everywhere = {a.kind for a in self.attributes if isinstance(a, n.PartBound)}
        doubts = Doubts(self.expressions, conditions, bounds, "below 0" in everywhere)
        check_doubts(self.every, {index: self.key_of(scope) for index, scope in enumerate(self.every)}, doubts)
        check_unused(self.bound, self.findings)

    # ---- what comes out

    def told(self) -> tuple[Diagnostic, ...]:
        """Each mistake once: a let may have been asked for its type several times."""
        once = {(d.code, d.span and (d.span.source, d.span.start, d.span.end)): d for d in self.findings.found}
        return tuple(without_allowed([*self.bound.diagnostics, *once.values()], self.every))

    def beside_percent(self, field: Field) -> Field:
        """A field, and those of its rows, with whether percentages are compared with it."""
        if isinstance(field.type, ListType):
            inner = tuple(self.beside_percent(one) for one in field.type.fields)
            return evolve(field, type=ListType(inner))
        beside = self.expressions.beside_percent
        plain = isinstance(field.type, NumberType) and field.type.unit in (None, NO_UNIT) and not field.type.whole
        if not plain or field.high is not None or (field not in beside and field.name not in beside):
            return field
        return evolve(field, beside_percent=True)

    def schema(self, keys: Keys) -> Schema:
        """The declared inputs; without an `input` block, every unresolved name in the order of the file."""
        schema = self.bound.schema
        if schema.declared:
            fields = [self.beside_percent(keys.of_field(f)) for f in schema.fields]
            return Schema(tuple(fields), judged=schema.judged)
        names = dict.fromkeys(s.name for s in self.bound.refers_to.values() if isinstance(s, InferredSymbol))
        fields = _inferred(list(names), self.expressions)
        # What exemptions read stands there already, declared by them.
        fields = [self.beside_percent(keys.of_field(f)) for f in fields if schema.field(f.name) is None]
        return Schema((*fields, *schema.fields), declared=False, judged=schema.judged)


def _inferred(names: Sequence[str], expressions: Expressions) -> list[Field]:
    found = [Field(name, expressions.inferred.get(name, TextType())) for name in names]
    return [Field(f.name, NumberType(None)) if isinstance(f.type, NumberType) else f for f in found]
