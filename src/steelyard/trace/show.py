"""Trace expressions as a person writes them: `8218 > 2000 × 1.5`, the values put in for the names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

import attrs

from steelyard.diagnostics.model import Language
from steelyard.trace.model import Expr, Quantity, TraceCell
from steelyard.values.intervals import Interval
from steelyard.values.numbers import Rounding, decimal_places, read_number, show, show_rounded
from steelyard.values.states import Absent, Unknown, Value
from steelyard.values.targets import Actual, Target
from steelyard.values.units import RATES

Cells = Mapping[str, TraceCell]

_SIGNS = {
    "+": " + ",
    "*": " × ",
    "/": " ÷ ",
    "^": "^",
    "pow": "^",
    "=": " = ",
    "!=": " ≠ ",
    "<": " < ",
    "<=": " ≤ ",
    ">": " > ",
    ">=": " ≥ ",
}
_LEVEL = {
    "or": 1,
    "and": 2,
    "not": 3,
    "=": 4,
    "!=": 4,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "in": 4,
    "contains": 4,
    "missing": 4,
    "not applicable": 4,
    "undefined": 4,
    "+": 5,
    "*": 6,
    "/": 6,
    "per": 6,
    "neg": 7,
    "^": 8,
    "pow": 8,
}
_WORDS: dict[Language, dict[str, str]] = {
    "en": {"and": " and ", "or": " or ", "not": "not ", "in": " in ", "yes": "yes", "no": "no", "missing": " is missing",
           "unknown": "?", "round": "round", "min": "min", "max": "max", "abs": "abs", "met": "met",
           "attainment": "attainment", "excess": "excess", "count": "count", "sum": "sum", "average": "average",
           "median": "median", "lowest": "lowest", "highest": "highest", "any": "any", "every": "every",
           "floor": "floor", "ceiling": "ceiling", "sqrt": "sqrt", "ln": "ln", "exp": "exp", "days": "days",
           "months": "months", "contains": " contains ", "undefined": " is undefined", "not applicable": " is not applicable", "otherwise": "otherwise",
           **{mode.value: mode.value for mode in Rounding}},
    "zh": {"and": " 且 ", "or": " 或 ", "not": "非 ", "in": " 属于 ", "yes": "是", "no": "否", "missing": " 缺失",
           "unknown": "？", "round": "四舍五入", "min": "取小", "max": "取大", "abs": "绝对值", "met": "达到目标",
           "attainment": "完成率", "excess": "超出率", "count": "个数", "sum": "合计", "average": "平均",
           "median": "中位数", "lowest": "最低", "highest": "最高", "any": "任一", "every": "全部满足",
           "floor": "向下取整", "ceiling": "向上取整", "sqrt": "平方根", "ln": "自然对数", "exp": "指数", "days": "间隔天数",
           "months": "间隔月数", "contains": " 包含 ", "undefined": " 无法计算", "not applicable": " 不适用", "otherwise": "其余",
           "half up": "四舍五入", "half even": "四舍六入五成双", "down": "舍去", "up": "进一"},
}  # fmt: skip

_LEAVES = ("const", "cell", "let", "score", "batch", "number")
LONGEST_LIST = 6
"""Values of an aggregate shown before the rest is counted."""


def show_expression(expr: Expr, cells: Cells, language: Language) -> str:
    """The expression with its values put in."""
    return _show(expr, cells, language, 0)


def show_computed(expr: Expr, cells: Cells, language: Language) -> str:
    """The expression with its values put in, and what its computed sides come to: `8218 > 2000 × 1.5 (2000 × 1.5 =
    3000)`."""
    sides = list(dict.fromkeys(_computed_sides(expr, cells, language)))
    text = _truth(expr, cells, language, 0)
    if not sides:
        return text
    return f"{text}（{'，'.join(sides)}）" if language == "zh" else f"{text} ({', '.join(sides)})"


def _computed_sides(expr: Expr, cells: Cells, language: Language) -> Iterator[str]:
    if expr.op in ("and", "or", "not"):
        for arg in expr.args:
            yield from _computed_sides(arg, cells, language)
    elif expr.op in ("=", "!=", "<", "<=", ">", ">="):
        percent = any(arg.percent for arg in expr.args)
        for arg in expr.args:
            if arg.op not in _LEAVES and isinstance(arg.value, Fraction):
                value = show_value(arg.value, language, percent=percent)
                shown = _show(arg, cells, language, 0)
                if shown != value:
                    yield f"{shown} = {value}"


def show_value(value: Value | Unknown, language: Language, *, percent: bool = False, places: int = 2) -> str:
    words = _WORDS[language]
    match value:
        case bool():
            return words["yes" if value else "no"]
        case Fraction():
            return show_percent(value) if percent else show(value, places)
        case Unknown(_, _, within):
            return words["unknown"] if within == Interval(None, None) else str(within)
        case str():
            return f"“{value}”"
        case Target() | Actual():
            return str(value)
        case date():
            return value.isoformat()


def show_percent(value: Fraction, places: int = 2) -> str:
    """A rate as a percentage: exact where two decimals hold it, else rounded, as sentences do.

    >>> show_percent(Fraction(122570, 125570)), show_percent(Fraction(1))
    ('97.61%', '100%')
    """
    return f"{brief(value * 100, places)}%"


def brief(value: Fraction, places: int = 2) -> str:
    """At most so many decimals: the exact value where they hold it, else the rounded one."""
    exact = decimal_places(value)
    return show(value) if exact is not None and exact <= places else show_rounded(value, places)


def show_quantity(quantity: Quantity, places: int = 2) -> str:
    return show(quantity, places) if isinstance(quantity, Fraction) else str(quantity)


def cell_text(cell: TraceCell, language: Language) -> str:
    """A datum as it stands in the data, with its unit."""
    if isinstance(cell.datum, Absent):
        missing = "缺失" if language == "zh" else "missing"
        return cell.text or missing
    text = cell.text
    if cell.unit and not text.endswith(cell.unit):
        if cell.unit in RATES and text.endswith(("%", "％", "‰")):
            return text
        text += cell.unit if cell.unit in RATES or not cell.unit.isascii() else f" {cell.unit}"
    return text


def _show(expr: Expr, cells: Cells, language: Language, outer: int) -> str:
    words = _WORDS[language]
    level = _LEVEL.get(expr.op, 9)
    text = _text(expr, cells, language, level, words)
    return f"({text})" if level < outer else text


def _truth(expr: Expr, cells: Cells, language: Language, outer: int) -> str:
    """An expression as a condition: a yes/no datum by its name, for "yes does not hold" says nothing."""
    if expr.op == "cell" and expr.ref is not None and isinstance(expr.value, bool | Unknown):
        return cells[expr.ref].name
    return _show(expr, cells, language, outer)


def _text(expr: Expr, cells: Cells, language: Language, level: int, words: dict[str, str]) -> str:
    match expr.op:
        case "const":
            return show_value(expr.value, language, percent=expr.percent)
        case "cell":
            assert expr.ref is not None, "a cell leaf names its cell"
            cell = cells[expr.ref]
            if isinstance(expr.value, Fraction):
                # As it stands in the data, where that is the plain number: 39.70, not 39.7.
                if read_number(cell.text) == expr.value:
                    return cell.text
                return show_percent(expr.value, 6) if expr.percent else show(expr.value)
            return f"“{cell.text}”" if isinstance(expr.value, str) else cell_text(cell, language)
        case "let" | "score" | "batch":
            return show_value(expr.value, language, percent=expr.percent)
        case "number":
            return (
                _show(expr.args[0], cells, language, level)
                if isinstance(expr.value, Unknown)
                else show_value(expr.value, language, percent=expr.percent, places=6)
            )
        case "+":
            text = _show(expr.args[0], cells, language, level)
            for arg in expr.args[1:]:
                if arg.op == "neg":
                    text += " - " + _show(arg.args[0], cells, language, level + 1)
                else:
                    text += " + " + _show(arg, cells, language, level)
            return text
        case "neg":
            return "-" + _show(expr.args[0], cells, language, level)
        case "not":
            return words["not"] + _truth(expr.args[0], cells, language, level)
        case "missing":
            return _show(expr.args[0], cells, language, level) + words["missing"]
        case "not applicable":
            return _show(expr.args[0], cells, language, level) + words["not applicable"]
        case "undefined":
            return _show(expr.args[0], cells, language, level) + words["undefined"]
        case "in":
            choices = ", ".join(_show(arg, cells, language, 0) for arg in expr.args[1:])
            return _show(expr.args[0], cells, language, level) + words["in"] + f"[{choices}]"
        case "contains":
            whole, part = (_show(arg, cells, language, level + 1) for arg in expr.args)
            return whole + words["contains"] + part
        case "per":
            distance, size = expr.args
            above = _show(distance, cells, language, level)
            if not isinstance(distance.value, Fraction) or distance.value < 0:
                above = f"{words['max']}({_show(distance, cells, language, 0)}, 0)"
            return f"{above} ÷ {_show(size, cells, language, level + 1)}"
        case "round" if len(expr.args) > 2:
            value, places, mode = expr.args
            inside = ", ".join(_show(arg, cells, language, 0) for arg in (value, places))
            return f"{words['round']}({inside}, {words.get(str(mode.value), str(mode.value))})"
        case "choose":
            return _chosen(expr, cells, language, words)
        case "instead":
            return _show(expr.args[-1], cells, language, 0)
        case "and" | "or":
            return words[expr.op].join(_truth(arg, cells, language, level + 1) for arg in expr.args)
        case op if op in _SIGNS:
            # Beside a percentage a computed rate is shown as one: 90% < 95%, not 0.9 < 95%.
            percent = op in _LEVEL and _LEVEL[op] == _LEVEL["="] and any(arg.percent for arg in expr.args)
            args = [
                attrs.evolve(arg, percent=True) if percent and arg.op in ("let", "score", "batch") else arg
                for arg in expr.args
            ]
            first, *rest = (_show(arg, cells, language, level + (i > 0)) for i, arg in enumerate(args))
            return _SIGNS[op].join([first, *rest])
        case "if":
            # A row that may or may not count: condition and value.
            return _show(expr.args[1], cells, language, level)
        case "count":
            return show_value(expr.value, language)
        case op:
            shown = [_show(arg, cells, language, 0) for arg in expr.args[:LONGEST_LIST]]
            if len(expr.args) > LONGEST_LIST:
                shown.append(f"… {len(expr.args)}")
            # An operation that another version wrote is shown by its own name.
            return f"{words.get(op, op)}({', '.join(shown)})"


def _chosen(expr: Expr, cells: Cells, language: Language, words: dict[str, str]) -> str:
    """The value of the row that was taken, and the test that took it."""
    if isinstance(expr.value, Unknown) or not expr.args:
        return show_value(expr.value, language, percent=expr.percent)
    *tests, value = expr.args
    shown = _show(value, cells, language, 0)
    held = tests[-1] if tests and tests[-1].value is True else None
    why = words["otherwise"] if held is None else _show(held, cells, language, 0)
    return f"{shown}（{why}）" if language == "zh" else f"{shown} ({why})"
