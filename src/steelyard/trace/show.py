"""Trace expressions as a person writes them: `8218 > 2000 × 1.5`, the values put in for the names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

import attrs
from attrs import frozen

from steelyard.diagnostics.model import Language
from steelyard.trace.model import Expr, Quantity, RowRef, TraceCell
from steelyard.values.intervals import Interval
from steelyard.values.numbers import LONGEST_SHOWN, Rounding, decimal_places, read_number, show, show_end, show_rounded
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
           "months": "months", "year": "year", "month": "month", "contains": " contains ", "undefined": " is undefined", "not applicable": " is not applicable",
           "otherwise": "otherwise", "total": "total", "skipped": "perhaps not assessed", "no rows": "no row",
           "fails": " does not hold", "met by": "met by {rows}", "list": ", ", "is": " = ",
           **{mode.value: mode.value for mode in Rounding}},
    "zh": {"and": " 且 ", "or": " 或 ", "not": "非 ", "in": " 属于 ", "yes": "是", "no": "否", "missing": " 缺失",
           "unknown": "？", "round": "四舍五入", "min": "取小", "max": "取大", "abs": "绝对值", "met": "达到目标",
           "attainment": "完成率", "excess": "超出率", "count": "个数", "sum": "合计", "average": "平均",
           "median": "中位数", "lowest": "最低", "highest": "最高", "any": "任一", "every": "全部满足",
           "floor": "向下取整", "ceiling": "向上取整", "sqrt": "平方根", "ln": "自然对数", "exp": "指数", "days": "间隔天数",
           "months": "间隔月数", "year": "年份", "month": "月份",
           "contains": " 包含 ", "undefined": " 无法计算", "not applicable": " 不适用", "otherwise": "其余",
           "total": "总分", "skipped": "可能不考核", "no rows": "没有行",
           "fails": " 不成立", "met by": "{rows} 符合", "list": "，", "is": " = ",
           "half up": "四舍五入", "half even": "四舍六入五成双", "down": "舍去", "up": "进一"},
}  # fmt: skip

_LEAVES = ("const", "cell", "let", "score", "batch", "number")
LONGEST_LIST = 6
"""Values of an aggregate shown before the rest is counted."""
MOST_ROWS = 5
"""Rows named before the rest is counted."""


def show_expression(expr: Expr, cells: Cells, language: Language) -> str:
    """The expression with its values put in."""
    return _show(expr, View(cells, language), 0)


def show_condition(expr: Expr, cells: Cells, language: Language) -> str:
    """Why a condition holds, every value by its name, and what computed sides come to: `actual 8218 > target 2000 × 1.5
    (2000 × 1.5 = 3000)`. Of alternatives only those that hold."""
    view = View(cells, language, named=True)
    return _with_sides(_affirmed(expr, view, 0), expr, view)


def show_denied(expr: Expr, cells: Cells, language: Language) -> str:
    """Why a condition does not hold: what of it fails, every value by its name."""
    view = View(cells, language, named=True)
    return _words_of(view)["list"].join(dict.fromkeys(_denied(expr, view)))


def _affirmed(expr: Expr, view: View, outer: int) -> str:
    words, level = _words_of(view), _LEVEL.get(expr.op, 9)
    match expr.op:
        case "and" | "or":
            holding = [arg for arg in expr.args if arg.value is True] if expr.op == "or" else []
            pieces = [_affirmed(arg, view, level + 1) for arg in holding or expr.args]
            text = words[expr.op].join(dict.fromkeys(pieces))
            return f"({text})" if level < outer and len(pieces) > 1 else text
        case "not" if expr.value is True and _is_yes_or_no(expr.args[0]):
            return _show(expr.args[0], view, 0)
        case "not" if expr.value is True and expr.args[0].op in ("and", "or"):
            # What fails of it says more than its denial: neither A nor B, so A = no and B = no.
            failing = list(dict.fromkeys(_denied(expr.args[0], view)))
            text = words["and"].join(failing)
            return f"({text})" if _LEVEL["and"] < outer and len(failing) > 1 else text
        case _:
            return _truth(expr, view, outer)


def _denied(expr: Expr, view: View) -> list[str]:
    words = _words_of(view)
    match expr.op:
        case "and" | "or":
            failing = [arg for arg in expr.args if arg.value is False]
            return [piece for arg in failing or expr.args for piece in _denied(arg, view)]
        case "not" if expr.args[0].value is True:
            return [_with_sides(_affirmed(expr.args[0], view, 0), expr.args[0], view)]
        case _ if _is_yes_or_no(expr):
            return [_truth(expr, view, 0)]
        case _:
            return [_with_sides(_truth(expr, view, 0), expr, view) + words["fails"]]


def _is_yes_or_no(expr: Expr) -> bool:
    """A yes/no with a name, of which only the value is to be said."""
    return expr.op in ("cell", "let") and isinstance(expr.value, bool)


def _with_sides(text: str, expr: Expr, view: View) -> str:
    sides = list(dict.fromkeys(_computed_sides(expr, view)))
    if not sides:
        return text
    return f"{text}（{'，'.join(sides)}）" if view.language == "zh" else f"{text} ({', '.join(sides)})"


def _computed_sides(expr: Expr, view: View) -> Iterator[str]:
    plain = attrs.evolve(view, named=False)
    if expr.op in ("and", "or", "not"):
        holding = [arg for arg in expr.args if arg.value is True] if expr.op == "or" else []
        for arg in holding or expr.args:
            yield from _computed_sides(arg, view)
    elif expr.op in ("=", "!=", "<", "<=", ">", ">="):
        percent = any(arg.percent for arg in expr.args)
        for arg in expr.args:
            if arg.op not in (*_LEAVES, "choose") and isinstance(arg.value, Fraction):
                value = show_value(arg.value, view.language, percent=percent)
                shown = _show(arg, plain, 0)
                if shown != value:
                    yield f"{shown} = {value}"


def name_of(expr: Expr, cells: Cells) -> str | None:
    """What the rules call a value: the input's name, the let's, the part's; None of what has no name."""
    match expr.op:
        case "number" if expr.args:
            return name_of(expr.args[0], cells)
        case "cell" if expr.ref is not None:
            return cells[expr.ref].name
        case "let" if expr.ref is not None and ":let." in expr.ref:
            return expr.ref.rpartition(":let.")[2]
        case "score" if expr.ref is not None:
            return expr.ref.partition(":")[0].rpartition(".")[2]
        case _:
            return None


def show_rows(rows: Iterable[RowRef], language: Language) -> str:
    """Rows by their keys, or by where they stand; of many the first ones and how many more there are."""
    found = list(rows)
    zh = language == "zh"
    shown = [
        (f"第 {row.position} 行" if zh else f"row {row.position}") if row.key == str(row.position) else row.key
        for row in found[:MOST_ROWS]
    ]
    more = len(found) - len(shown)
    text = ("、" if zh else ", ").join(shown)
    if more:
        text += f" 等，另有 {more} 行" if zh else f" and {more} more"
    return text


def rows_counted(expr: Expr) -> tuple[RowRef, ...]:
    """The rows that the aggregates of an expression counted."""
    found = list(expr.rows)
    for arg in expr.args:
        found.extend(rows_counted(arg))
    return tuple(dict.fromkeys(found))


@frozen
class View:
    """How expressions are shown: whose cells, in which language, and whether values carry their names."""

    cells: Cells
    language: Language
    named: bool = False

    def name(self, expr: Expr) -> str | None:
        """What the rules call a value; the total in the reader's own word."""
        of_total = expr.op == "score" and expr.ref is not None and expr.ref.partition(":")[0] == "total"
        return _WORDS[self.language]["total"] if of_total else name_of(expr, self.cells)


def shown(expr: Expr, view: View) -> str:
    """The expression in a view."""
    return _show(expr, view, 0)


def _words_of(view: View) -> dict[str, str]:
    return _WORDS[view.language]


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
    readable = exact is None or exact > places
    return show_rounded(value, places) if readable and abs(value) < LONGEST_SHOWN else show(value)


def show_quantity(quantity: Quantity, places: int = 2) -> str:
    if isinstance(quantity, Fraction):
        return show(quantity, places)
    low = "-∞" if quantity.low is None else show_end(quantity.low)
    high = "∞" if quantity.high is None else show_end(quantity.high)
    return f"{'(' if quantity.low is None else '['}{low}, {high}{')' if quantity.high is None else ']'}"


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


def _show(expr: Expr, view: View, outer: int) -> str:
    words = _WORDS[view.language]
    level = _LEVEL["+"] if expr.op == "sum" and len(expr.rows) > 1 else _LEVEL.get(expr.op, 9)
    if view.named and (name := view.name(expr)) is not None:
        if isinstance(expr.value, bool):
            return _truth(expr, view, outer)
        return f"{name} {_show(expr, attrs.evolve(view, named=False), outer)}"
    text = _text(expr, view, level, words)
    return f"({text})" if level < outer else text


def _truth(expr: Expr, view: View, outer: int) -> str:
    """An expression as a condition: a yes/no by its name, for "yes does not hold" says nothing."""
    name = view.name(expr)
    if name is not None and isinstance(expr.value, bool) and view.named:
        text = name + _words_of(view)["is"] + show_value(expr.value, view.language)
        return f"({text})" if _LEVEL["="] < outer else text
    if name is not None and expr.op == "cell" and isinstance(expr.value, bool | Unknown):
        return name
    return _show(expr, view, outer)


def _text(expr: Expr, view: View, level: int, words: dict[str, str]) -> str:
    match expr.op:
        case "const":
            return show_value(expr.value, view.language, percent=expr.percent)
        case "cell":
            assert expr.ref is not None, "a cell leaf names its cell"
            cell = view.cells[expr.ref]
            if isinstance(expr.value, Fraction):
                # As it stands in the data, where that is the plain number: 39.70, not 39.7.
                if read_number(cell.text) == expr.value:
                    return cell.text
                return show_percent(expr.value, 6) if expr.percent else show(expr.value)
            return f"“{cell.text}”" if isinstance(expr.value, str) else cell_text(cell, view.language)
        case "let" | "score" | "batch":
            return show_value(expr.value, view.language, percent=expr.percent)
        case "number":
            return (
                _show(expr.args[0], view, level)
                if isinstance(expr.value, Unknown)
                else show_value(expr.value, view.language, percent=expr.percent, places=6)
            )
        case "+":
            text = _show(expr.args[0], view, level)
            for arg in expr.args[1:]:
                if arg.op == "neg":
                    text += " - " + _show(arg.args[0], view, level + 1)
                else:
                    text += " + " + _show(arg, view, level)
            return text
        case "neg":
            return "-" + _show(expr.args[0], view, level)
        case "not":
            return words["not"] + _truth(expr.args[0], view, _LEVEL["="] + 1)
        case "missing" | "not applicable" | "undefined":
            return _subject(expr.args[0], view, level) + words[expr.op]
        case "in":
            choices = ", ".join(_show(arg, view, 0) for arg in expr.args[1:])
            return _show(expr.args[0], view, level) + words["in"] + f"[{choices}]"
        case "contains":
            whole, part = (_show(arg, view, level + 1) for arg in expr.args)
            return whole + words["contains"] + part
        case "per":
            distance, size = expr.args
            above = _show(distance, view, level)
            if not isinstance(distance.value, Fraction) or distance.value < 0:
                above = f"{words['max']}({_show(distance, view, 0)}, 0)"
            return f"{above} ÷ {_show(size, view, level + 1)}"
        case "round" if len(expr.args) > 2:
            value, places, mode = expr.args
            inside = ", ".join(_show(arg, view, 0) for arg in (value, places))
            return f"{words['round']}({inside}, {words.get(str(mode.value), str(mode.value))})"
        case "choose":
            return _chosen(expr, view, words)
        case "instead":
            return _show(expr.args[-1], view, 0)
        case "and" | "or":
            return words[expr.op].join(_truth(arg, view, level + 1) for arg in expr.args)
        case "=" if view.named and expr.value is True and (name := view.name(expr.args[0])) is not None:
            # Where it holds, the value stands on the other side.
            return name + words["is"] + _show(_as_percent(expr, expr.args[1]), view, level + 1)
        case op if op in _SIGNS:
            # Beside a percentage a computed rate is shown as one: 90% < 95%, not 0.9 < 95%.
            args = [_as_percent(expr, arg) for arg in expr.args]
            first, *rest = (_show(arg, view, level + (i > 0)) for i, arg in enumerate(args))
            return _SIGNS[op].join([first, *rest])
        case "if":
            # A row that may or may not count: condition and value.
            return _show(expr.args[1], view, level)
        case "count" | "rank":
            return show_value(expr.value, view.language)
        case "skipped":
            return words["skipped"]
        case "sum" if not expr.args and isinstance(expr.value, Fraction):
            return show_value(expr.value, view.language)
        case "sum" if isinstance(expr.value, Fraction) and expr.rows:
            return _sum(expr, view)
        case "any" if expr.value is True and expr.rows:
            return words["met by"].format(rows=show_rows(expr.rows, view.language))
        case op:
            shown = [_show(arg, view, 0) for arg in expr.args[:LONGEST_LIST]]
            if len(expr.args) > LONGEST_LIST:
                shown.append(f"… {len(expr.args)}")
            if not shown:
                shown = [words["no rows"]]
            # An operation that another version wrote is shown by its own name.
            return f"{words.get(op, op)}({', '.join(shown)})"


def _chosen(expr: Expr, view: View, words: dict[str, str]) -> str:
    """The value of the row that was taken, and the test that took it."""
    if isinstance(expr.value, Unknown) or not expr.args:
        return show_value(expr.value, view.language, percent=expr.percent)
    *tests, value = expr.args
    shown = _show(value, view, 0)
    held = tests[-1] if tests and tests[-1].value is True else None
    why = words["otherwise"] if held is None else _affirmed(held, attrs.evolve(view, named=True), 0)
    return f"{shown}（{why}）" if view.language == "zh" else f"{shown} ({why})"


def _subject(expr: Expr, view: View, level: int) -> str:
    """What is asked after its state: by its name, for it has no value."""
    return view.name(expr) or _show(expr, view, level)


def _as_percent(around: Expr, arg: Expr) -> Expr:
    """Beside a percentage a computed rate is shown as one."""
    compares = _LEVEL.get(around.op) == _LEVEL["="]
    if compares and arg.op in ("let", "score", "batch") and any(other.percent for other in around.args):
        return attrs.evolve(arg, percent=True)
    return arg


def _sum(expr: Expr, view: View) -> str:
    """What rows add up to: so many times the same, or what each adds."""
    shown = [_show(arg, view, _LEVEL["+"]) for arg in expr.args]
    if len(set(shown)) == 1:
        return shown[0] if len(shown) == 1 else f"{len(shown)} × {_show(expr.args[0], view, _LEVEL['*'] + 1)}"
    if len(shown) > LONGEST_LIST:
        shown = [*shown[:LONGEST_LIST], f"… ({len(shown)})"]
    return " + ".join(shown)
