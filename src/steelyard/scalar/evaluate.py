"""Expressions of the core on one record, keeping the value at every node."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import frozen

from steelyard.core import nodes as c
from steelyard.data.model import Cell, Record, Row
from steelyard.diagnostics.model import Diagnostic
from steelyard.scalar.operations import merge, narrowed, numeric, operate, undefined
from steelyard.scalar.recorder import Recorder
from steelyard.trace.model import Expr, Quantity
from steelyard.values import intervals as iv
from steelyard.values.intervals import EVERYTHING, Interval
from steelyard.values.numbers import round_to
from steelyard.values.states import Cause, Unknown, Value
from steelyard.values.types import Field, ListType, NumberType, Schema

ROW_LIMIT = 250_000
"""Rows that the loops of one record may read, nested ones for every row around them."""


@frozen
class Closing:
    """How a part ended: its score, and the cells to blame where that is an enclosure."""

    score: Quantity
    blame: frozenset[str]
    causes: frozenset[Cause]


class Environment:
    """What expressions read: the record, the rows bound, lets, closings."""

    def __init__(self, record: Record, schema: Schema, recorder: Recorder) -> None:
        self.record, self.recorder = record, recorder
        self.rows: dict[int, Row] = {}
        self.lets: dict[str, Expr] = {}
        self.closings: dict[str, Closing] = {}
        self.grade: str | None | Unknown = None
        self.fields = {f.name: f for f in schema.fields}
        self.list_fields = {
            (f.name, g.name): g for f in schema.fields if isinstance(f.type, ListType) for g in f.type.fields
        }
        self.slot_lists: dict[int, str] = {}
        self.rows_read = 0

    def rows_of(self, name: str) -> tuple[Row, ...] | Unknown:
        """The rows of a list; a list the data do not hold is missing, not empty."""
        if name in self.record.absent_lists:
            return Unknown(frozenset({Cause.MISSING}))
        rows = self.record.lists.get(name, ())
        self.rows_read += len(rows)
        if self.rows_read <= ROW_LIMIT:
            return rows
        if not any(finding.code == "F207" for finding in self.recorder.findings):
            self.recorder.findings.append(Diagnostic("F207", {"limit": ROW_LIMIT}, record=self.record.key))
        return Unknown(frozenset({Cause.TOO_BIG}))


def evaluate(node: c.Expression, env: Environment) -> Expr:
    """The expression with the value at every node. Never raises for data."""
    match node:
        case c.Const(value, percent):
            return Expr("const", value, percent=percent)
        case c.Cell():
            return _cell(node, env)
        case c.Slot(path):
            let = env.lets[path]
            return Expr("let", let.value, (), str(path), let.percent)
        case c.Score():
            return _score(node, env)
        case c.Op(op, args):
            evaluated = tuple(evaluate(arg, env) for arg in args)
            percent = op in ("attainment", "excess") or (
                op in ("+", "neg", "min", "max", "abs", "number") and any(a.percent for a in evaluated)
            )
            return Expr(op, operate(op, evaluated), evaluated, percent=percent)
        case c.Round(value, places, mode):
            inner = evaluate(value, env)
            shown = (inner, Expr("const", Fraction(places)))
            if isinstance(inner.value, Fraction):
                return Expr("round", round_to(inner.value, places, mode), shown, percent=inner.percent)
            within = iv.rounded(_within(inner.value), places, mode)
            return Expr("round", narrowed(merge((inner,)), within), shown, percent=inner.percent)
        case c.Choose():
            return _choose(node, env)
        case c.Fold():
            return _fold(node, env)
        case c.Is(value):
            inner = evaluate(value, env)
            missing = isinstance(inner.value, Unknown) and Cause.MISSING in inner.value.causes
            return Expr("missing", missing, (inner,))
        case _:
            assert_never(node)


def _cell(node: c.Cell, env: Environment) -> Expr:
    if node.slot is None:
        cell, field = env.record.cells[node.name], env.fields[node.name]
    else:
        cell = env.rows[node.slot].cells[node.name]
        field = env.list_fields[env.slot_lists[node.slot], node.name]
    key, value = env.recorder.cell(cell, _declared(field))
    percent = isinstance(field.type, NumberType) and field.type.unit is not None and field.type.unit.percent
    return Expr("cell", value, (), key, percent or _rate_cell(cell))


def _rate_cell(cell: Cell) -> bool:
    return getattr(cell.datum, "unit", None) == "%"


def _declared(field: Field) -> Interval:
    return Interval(field.low, field.high) if isinstance(field.type, NumberType) else EVERYTHING


def _score(node: c.Score, env: Environment) -> Expr:
    if node.facet == "grade":
        grade = env.grade if env.grade is not None else Unknown(frozenset({Cause.UNDEFINED}))
        return Expr("score", grade, (), "total:grade")
    closing = env.closings[node.path]
    score = closing.score
    value = score if isinstance(score, Fraction) else Unknown(closing.causes, closing.blame, score)
    return Expr("score", value, (), str(node.path))


def _choose(node: c.Choose, env: Environment) -> Expr:
    """The first branch that holds. Where one may hold, its value and those after it are possible: their hull."""
    tests: list[Expr] = []
    possible: list[Expr] = []
    for branch in node.branches:
        test = evaluate(branch.when, env)
        tests.append(test)
        if test.value is False:
            continue
        possible.append(evaluate(branch.value, env))
        if test.value is True:
            break
    else:
        if node.otherwise is not None:
            possible.append(evaluate(node.otherwise, env))
    # The value comes first among the arguments where it is known, then the tests made.
    values = {str(p.value): p for p in possible}
    if len(values) == 1:
        return Expr("choose", possible[0].value, (*tests, possible[0]))
    if not possible:
        return Expr("choose", undefined(tests), tuple(tests))
    unknown = merge((*tests, *possible))
    if all(isinstance(p.value, Fraction | Unknown) for p in possible):
        unknown = Unknown(unknown.causes, unknown.blame, iv.hull(_within(p.value) for p in possible))
    return Expr("choose", unknown, (*tests, *possible))


def _fold(node: c.Fold, env: Environment) -> Expr:
    rows = env.rows_of(node.rows)
    if isinstance(rows, Unknown):
        return Expr(node.op, Unknown(rows.causes, rows.blame, iv.NOT_NEGATIVE if node.op == "count" else EVERYTHING))
    held = env.rows.get(node.slot)
    taken: list[Expr] = []
    for row in rows:
        env.rows[node.slot], env.slot_lists[node.slot] = row, node.rows
        where = None if node.where is None else evaluate(node.where, env)
        if where is not None and where.value is False:
            continue
        value = Expr("const", Fraction(1)) if node.value is None else evaluate(node.value, env)
        taken.append(_perhaps(value, where))
    if held is None:
        env.rows.pop(node.slot, None)
    else:
        env.rows[node.slot] = held
    percent = any(t.percent for t in taken)
    if node.op == "average":
        return Expr(node.op, _average(taken), tuple(taken), percent=percent)
    total = numeric("+", taken) if taken else Fraction(0)
    return Expr(node.op, total, tuple(taken), percent=percent)


def _perhaps(value: Expr, where: Expr | None) -> Expr:
    """A row that may or may not count adds the value or nothing."""
    if where is None or not isinstance(where.value, Unknown):
        return value
    within = iv.hull([iv.exactly(Fraction(0)), _within(value.value)])
    unknown = merge((value, where))
    return Expr("if", Unknown(unknown.causes, unknown.blame, within), (where, value))


def _average(taken: list[Expr]) -> Value | Unknown:
    if not taken:
        return Unknown(frozenset({Cause.UNDEFINED}))
    if any(t.op == "if" for t in taken):
        # How many rows count is not known either: the mean lies between the least and the greatest value.
        values = [t.args[1] if t.op == "if" else t for t in taken]
        unknown = merge(taken)
        causes = unknown.causes | ({Cause.UNDEFINED} if all(t.op == "if" for t in taken) else frozenset())
        return Unknown(causes, unknown.blame, iv.hull(_within(v.value) for v in values))
    total = Expr("+", numeric("+", taken), tuple(taken))
    return numeric("/", (total, Expr("const", Fraction(len(taken)))))


def _within(value: Value | Unknown) -> Interval:
    match value:
        case Fraction():
            return iv.exactly(value)
        case Unknown():
            return value.within
        case _:
            return EVERYTHING
