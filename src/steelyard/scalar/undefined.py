"""Why an expression has no value although its data are there: units that clash, a division by zero."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.diagnostics.model import DataPlace, Diagnostic, Fact, Language, Words
from steelyard.scalar.operations import unit_in
from steelyard.scalar.recorder import cells_in_order
from steelyard.trace.model import Entry, Expr, TraceCell
from steelyard.trace.show import show_expression
from steelyard.values.states import Cause, Unknown


def undefined_finding(entry: Entry, cells: Mapping[str, TraceCell], language: Language) -> Diagnostic | None:
    """The finding for an undetermined entry, at the operation where the value was lost; None where data are missing."""
    for expr in (entry.condition, entry.expression):
        origin = None if expr is None else _origin(expr)
        if origin is not None:
            code, facts = _reason(origin)
            shown = show_expression(origin, cells, language)
            return Diagnostic(
                code, {**facts, "shown": shown, "text": shown}, place=_place(origin, cells), rule=entry.rule
            )
    return None


def _origin(expr: Expr) -> Expr | None:
    """The innermost operation that is undefined though all it works on is known."""
    for arg in expr.args:
        if (found := _origin(arg)) is not None:
            return found
    undefined = isinstance(expr.value, Unknown) and bool(expr.value.causes & {Cause.UNDEFINED, Cause.TOO_BIG})
    known = all(not isinstance(arg.value, Unknown) for arg in expr.args)
    return expr if undefined and known and expr.args else None


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
    if origin.op == "/" and origin.args[1].value == 0:
        return "F203", {}
    units = [unit for arg in origin.args if (unit := unit_in(arg)) is not None]
    if len(units) == 2 and units[0] != units[1]:
        return "F202", {"left": units[0] or Words("no unit"), "right": units[1] or Words("no unit")}
    return "F204", {}
