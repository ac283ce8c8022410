"""Why an expression has no value although its data are there: units that clash, a division by zero."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from steelyard.diagnostics.model import DataPlace, Diagnostic, Fact, Language, Words
from steelyard.scalar.folds import FOLDS
from steelyard.scalar.irrational import OPERATIONS as IRRATIONAL
from steelyard.scalar.operations import unit_in
from steelyard.scalar.recorder import cells_in_order
from steelyard.trace.model import Entry, Expr, TraceCell
from steelyard.trace.show import show_expression
from steelyard.values.irrational import PRECISIONS
from steelyard.values.states import Cause, Unknown


def undefined_finding(entry: Entry, cells: Mapping[str, TraceCell], language: Language) -> Diagnostic | None:
    """The finding for an undetermined entry, at the operation where the value was lost; None where data are missing."""
    for expr in (entry.condition, entry.expression):
        origin = None if expr is None else _origin(expr)
        if origin is not None:
            code, facts = _reason(origin)
            if code == "F226":
                keys = (show_expression(key, cells, language) for key in _keys_of(origin))
                facts = {"key": (", " if language == "en" else "、").join(keys), "table": origin.ref or ""}
            shown = show_expression(origin, cells, language)
            return Diagnostic(
                code, {**facts, "shown": shown, "text": shown}, place=_place(origin, cells), rule=entry.rule
            )
    return None


def _origin(expr: Expr) -> Expr | None:
    """The innermost operation that is undefined (or a rounding that is not decided) though all it works on is known."""
    for arg in expr.args:
        if (found := _origin(arg)) is not None:
            return found
    if not isinstance(expr.value, Unknown) or not all(_known(arg) for arg in expr.args):
        return None
    lost = {Cause.UNDEFINED, Cause.TOO_BIG} | ({Cause.IRRATIONAL} if expr.op == "round" else set())
    if expr.op == "choose" and expr.ref is not None:
        return expr  # No row of a code table.
    if not expr.value.causes & lost:
        return None
    if expr.op == "batch":  # A leaf: what other records leave open has been told, that none counts has not.
        return None if expr.value.causes - lost else expr
    return expr if expr.args or expr.op in FOLDS else None


def _known(arg: Expr) -> bool:
    """An irrational number is known, as closely as anyone asks."""
    return not isinstance(arg.value, Unknown) or arg.value.causes == {Cause.IRRATIONAL}


def _place(origin: Expr, cells: Mapping[str, TraceCell]) -> DataPlace | None:
    """The first cell that the operation read: where a person would look."""
    keys = cells_in_order(origin)
    if not keys:
        return None
    cell = cells[keys[0]]
    return DataPlace(cell.file, cell.row, cell.column, cell.text)


def _reason(origin: Expr) -> tuple[str, dict[str, Fact]]:
    if isinstance(origin.value, Unknown) and Cause.TOO_BIG in origin.value.causes:
        return "F205", {}
    if origin.op == "choose" and origin.ref is not None:
        return "F226", {}
    if origin.op == "/" and origin.args[1].value == 0:
        return "F203", {}
    if origin.op == "per" and _not_positive(origin.args[1]):
        return "F220", {}
    if origin.op in IRRATIONAL:
        return "F221", {}
    if origin.op == "round":
        return "F222", {"digits": PRECISIONS[-1]}
    if origin.op == "batch" or (origin.op in FOLDS and not origin.args):
        return "F223", {}
    units = [unit for arg in origin.args if (unit := unit_in(arg)) is not None]
    if len(units) == 2 and units[0] != units[1]:
        return "F202", {"left": units[0] or Words("no unit"), "right": units[1] or Words("no unit")}
    return "F204", {}


def _keys_of(origin: Expr) -> list[Expr]:
    """What was looked up in a code table: the same in each of its rows."""
    first = origin.args[0]
    tests = first.args if first.op == "and" else (first,)
    return [test.args[0] for test in tests]


def _not_positive(arg: Expr) -> bool:
    return isinstance(arg.value, Fraction) and arg.value <= 0
