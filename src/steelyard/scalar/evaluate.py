"""Expressions of the core on one record, keeping the value at every node."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

import attrs

from steelyard.core import nodes as c
from steelyard.data.model import Cell
from steelyard.scalar.environment import Environment
from steelyard.scalar.folds import Item, fold, without_rows
from steelyard.scalar.irrational import OPERATIONS as IRRATIONAL
from steelyard.scalar.irrational import irrational
from steelyard.scalar.operations import enclosure, merge, narrowed, operate, undefined
from steelyard.scalar.parts import as_read, over_parts, score_of_part
from steelyard.scalar.recorder import row_ref
from steelyard.trace.model import Expr, RowRef
from steelyard.values import intervals as iv
from steelyard.values.intervals import EVERYTHING, Interval
from steelyard.values.irrational import PRECISIONS
from steelyard.values.numbers import Rounding, round_to
from steelyard.values.states import OF_DATA, Cause, Unknown, Value
from steelyard.values.types import Field, NumberType

_ONE = Expr("const", Fraction(1))
"""What a row counts for."""
_PERCENT_ALWAYS = frozenset({"attainment", "excess"})
_PERCENT_OF_ARGUMENTS = frozenset({"+", "neg", "min", "max", "abs", "number"})

BESIDE: Mapping[c.State, frozenset[Cause]] = {
    "missing": frozenset(),
    "not applicable": OF_DATA - {Cause.NOT_APPLICABLE},
    "undefined": OF_DATA,
}
"""The causes beside which it is not certain that a value is in this state."""


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
            return score_of_part(node, env)
        case c.OverParts(op, facet):
            return over_parts(op, facet, env)
        case c.Op():
            return _operation(node, env)
        case c.Round():
            return _round(node, env)
        case c.Choose():
            return _choose(node, env)
        case c.Fold():
            return _fold(node, env)
        case c.Is(value, state):
            inner = evaluate(value, env)
            if isinstance(value, c.Score) and state == "not applicable":
                return Expr(state, _is_skipped(value, env), (inner,))
            return Expr(state, _is(inner.value, state), (inner,))
        case c.FromBatch(path):
            known = env.batch[path]
            return Expr("batch", known.value, (), str(path), known.percent)
        case _:
            assert_never(node)


def _operation(node: c.Op, env: Environment) -> Expr:
    args = tuple(evaluate(arg, env) for arg in node.args)
    percent = node.op in _PERCENT_ALWAYS or (node.op in _PERCENT_OF_ARGUMENTS and any(arg.percent for arg in args))
    value = irrational(node.op, args, env.digits) if node.op in IRRATIONAL else operate(node.op, args)
    return Expr(node.op, value, args, percent=percent)


def _round(node: c.Round, env: Environment) -> Expr:
    """Rounded once. What no fraction holds is computed again with more digits until the rounding is decided."""
    digits, rows_read = env.digits, env.rows_read
    for env.digits in PRECISIONS:
        env.rows_read = rows_read
        inner = evaluate(node.value, env)
        rounded = _rounded(inner.value, node)
        if isinstance(rounded, Fraction) or not _wants_digits(inner.value):
            break
    env.digits = digits
    mode = () if node.mode is Rounding.HALF_UP else (Expr("const", node.mode.value),)
    return Expr("round", rounded, (inner, Expr("const", Fraction(node.places)), *mode), percent=inner.percent)


def _rounded(value: Value | Unknown, node: c.Round) -> Value | Unknown:
    if isinstance(value, Fraction):
        return round_to(value, node.places, node.mode)
    assert isinstance(value, Unknown), "check asks for a number"
    # What is open for another reason is not open for being irrational: only roundings of it are left.
    causes = value.causes - {Cause.IRRATIONAL} or value.causes
    within = iv.rounded(value.within, node.places, node.mode)
    return narrowed(Unknown(causes, value.blame), within)


def _wants_digits(value: Value | Unknown) -> bool:
    """Could more digits decide it? What data leave open they cannot."""
    return isinstance(value, Unknown) and Cause.IRRATIONAL in value.causes and not value.causes & OF_DATA


def _is(value: Value | Unknown, state: c.State) -> bool | Unknown:
    """What may come out so or not, as the missing data turn out, is an open question: a value may be undefined, or a datum
    that does not apply be asked for, in one case and not in the other."""
    if not isinstance(value, Unknown) or Cause(state) not in value.causes:
        return False
    others = value.causes & BESIDE[state]
    return Unknown(value.causes & OF_DATA, value.blame) if others else True


def _is_skipped(node: c.Score, env: Environment) -> bool | Unknown:
    """Of a part: was it skipped? What does not apply inside it is another matter."""
    closing = env.closings[node.path]
    return Unknown(as_read(closing), closing.blame) if closing.skipped is None else closing.skipped


def _cell(node: c.Cell, env: Environment) -> Expr:
    item: RowRef | None = None
    if node.slot is None:
        cell, field = env.record.cells[node.name], env.fields[node.name]
    else:
        row, rows = env.rows[node.slot], env.slot_lists[node.slot]
        cell, field, item = row.cells[node.name], env.list_fields[rows, node.name], row_ref(rows, row)
    key, value = env.recorder.cell(cell, _declared(field), item)
    percent = isinstance(field.type, NumberType) and field.type.unit is not None and field.type.unit.percent
    return Expr("cell", value, (), key, percent or _rate_cell(cell))


def _rate_cell(cell: Cell) -> bool:
    return cell.unit == "%" or getattr(cell.datum, "unit", None) == "%"


def _declared(field: Field) -> Interval:
    """What a number may be: its range, or from the least to the greatest of its choices."""
    if not isinstance(field.type, NumberType):
        return EVERYTHING
    choices = field.type.choices
    return Interval(min(choices), max(choices)) if choices else Interval(field.low, field.high)


def _choose(node: c.Choose, env: Environment) -> Expr:
    """The first branch that holds. Where one may hold, its value and those after it are possible: their hull."""
    tests: list[Expr] = []
    possible: list[Expr] = []
    none = False
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
        none = not node.complete
    # The value comes first among the arguments where it is known, then the tests made.
    values = {str(p.value): p for p in possible}
    if len(values) == 1 and not none:
        return Expr("choose", possible[0].value, (*tests, possible[0]), percent=possible[0].percent)
    if not possible:
        return Expr("choose", undefined(tests), tuple(tests), node.table)
    unknown = merge((*tests, *possible))
    if none:
        unknown = Unknown(unknown.causes | {Cause.UNDEFINED}, unknown.blame)
    elif all(isinstance(p.value, Fraction | Unknown) for p in possible):
        unknown = Unknown(unknown.causes, unknown.blame, iv.hull(enclosure(p.value) for p in possible))
    return Expr("choose", unknown, (*tests, *possible), percent=all(p.percent for p in possible))


def _fold(node: c.Fold, env: Environment) -> Expr:
    rows = env.rows_of(node.rows) if node.group is None else env.counted(env.groups[node.group])
    if isinstance(rows, Unknown):
        return Expr(node.op, without_rows(node.op, rows))
    where, value = node.where, node.value
    if node.op == "any" and value is None:
        # Is there a row where it holds? The condition itself is what each row says.
        value = c.Const(True) if where is None else where
        where = None
    held = env.rows.get(node.slot)
    items: list[Item] = []
    counted: list[RowRef] = []
    for row in rows:
        env.rows[node.slot], env.slot_lists[node.slot] = row, node.rows
        if (item := item_of(where, value, env)) is not None:
            items.append(item)
            if _counts(node, item):
                counted.append(row_ref(node.rows, row))
    if held is None:
        env.rows.pop(node.slot, None)
    else:
        env.rows[node.slot] = held
    found = fold(
        node.op,
        items,
        distinct=node.distinct,
        ignoring_missing=node.ignoring_missing,
        dropping=node.dropping,
    )
    return attrs.evolve(found, rows=tuple(counted)) if counted else found


def _counts(node: c.Fold, item: Item) -> bool:
    """Is the row one that a reader asks after: one that was counted, added up, or that holds?"""
    if node.op == "any":
        return item.value.value is True and item.perhaps is None
    plain = not node.distinct and node.dropping is None and not node.ignoring_missing
    return node.op in ("count", "sum") and plain and item.perhaps is None


def item_of(where: c.Expression | None, value: c.Expression | None, env: Environment) -> Item | None:
    """What the row (or record) that is bound adds to an aggregate; None where it does not count."""
    condition = None if where is None else evaluate(where, env)
    if condition is not None and condition.value is False:
        return None
    perhaps = condition if condition is not None and isinstance(condition.value, Unknown) else None
    return Item(_ONE if value is None else evaluate(value, env), perhaps)
