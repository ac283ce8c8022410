"""Rows of tables as they are printed, read off the tests that a value passed: `from 80% to below 90%`, `80%（含）—90%`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from steelyard.diagnostics.model import Language
from steelyard.trace.model import Expr
from steelyard.trace.show import Cells, View, name_of, show_condition, show_value, shown
from steelyard.values.states import Unknown

_WORDS: dict[Language, dict[str, str]] = {
    "en": {"from": "from {low}", "above": "above {low}", "up to": "up to {high}", "below": "below {high}", "is": "is {value}",
           "missing": "missing", "not applicable": "not applicable", "otherwise": "otherwise", "when": "when {condition}", "and": ", ", "or": ", "},
    "zh": {"from": "{low}（含）以上", "above": "超过 {low}", "up to": "{high}（含）以下", "below": "低于 {high}",
           "is": "等于 {value}", "missing": "缺失", "not applicable": "不适用", "otherwise": "其余", "when": "当 {condition}", "and": "，", "or": "、"},
}  # fmt: skip


@frozen
class Row:
    """The row of a table that counted, and the keys that it was looked up by."""

    text: str
    keys: str
    value: Expr


def row_of(expr: Expr, cells: Cells, language: Language) -> Row | None:
    """Of a value looked up in a table: its row. None where it is none, or is not determined."""
    if expr.op != "choose" or isinstance(expr.value, Unknown) or not expr.args:
        return None
    *tests, value = expr.args
    if any(isinstance(test.value, Unknown) for test in tests):
        return None
    view = View(cells, language, named=True)
    asked = [conjunct for test in tests for conjunct in _conjuncts(test)]
    keys = list(dict.fromkeys(_key(key, view) for conjunct in asked if (key := _key_of(conjunct)) is not None))
    words = _WORDS[language]
    held = tests[-1] if tests and tests[-1].value is True else None
    text = words["otherwise"] if held is None else _row(held, view)
    return Row(text, words["and"].join(keys), value)


def _conjuncts(test: Expr) -> Sequence[Expr]:
    return [inner for arg in test.args for inner in _conjuncts(arg)] if test.op == "and" else [test]


def _key_of(test: Expr) -> Expr | None:
    """The side that a row asks after; None where the row has a condition of its own."""
    if test.op not in ("=", "<", "<=", ">", ">=", "in", "missing", "not applicable") or not test.args:
        return None
    return None if test.args[0].op == "const" else test.args[0]


def _key(key: Expr, view: View) -> str:
    """A key with its value, computed ones with how."""
    if name_of(key, view.cells) is not None or isinstance(key.value, Unknown):
        return shown(key, view)
    text, value = shown(key, view), show_value(key.value, view.language, percent=key.percent)
    return text if text == value else f"{text} = {value}"


def _row(held: Expr, view: View) -> str:
    """The tests of the row, those of one key together, in the words of tables."""
    words = _WORDS[view.language]
    by_key: dict[str, list[Expr]] = {}
    whens: list[Expr] = []
    for test in _conjuncts(held):
        key = _key_of(test)
        if key is None:
            whens.append(test)
        else:
            by_key.setdefault(repr(key), []).append(test)
    pieces = [piece for tests in by_key.values() for piece in _bounds(tests, view)]
    pieces += [words["when"].format(condition=show_condition(when, view.cells, view.language)) for when in whens]
    return words["and"].join(pieces) or words["otherwise"]


def _bounds(tests: list[Expr], view: View) -> list[str]:
    words = _WORDS[view.language]
    low = next((test for test in tests if test.op in (">", ">=")), None)
    high = next((test for test in tests if test.op in ("<", "<=")), None)
    pieces: list[str] = []
    for test in tests:
        match test.op:
            case "missing" | "not applicable" as state:
                pieces.append(words[state])
            case "=" | "in":
                pieces.append(
                    words["is"].format(value=words["or"].join(_bound(test, arg, view) for arg in test.args[1:]))
                )
    if low is not None and high is not None:
        pieces.append(_between(low, high, view))
    elif low is not None:
        pieces.append(words["from" if low.op == ">=" else "above"].format(low=_bound(low, low.args[1], view)))
    elif high is not None:
        pieces.append(words["up to" if high.op == "<=" else "below"].format(high=_bound(high, high.args[1], view)))
    return pieces


def _between(low: Expr, high: Expr, view: View) -> str:
    first, last = _bound(low, low.args[1], view), _bound(high, high.args[1], view)
    if view.language == "zh":
        first = "0" if low.args[1].op == "const" and low.args[1].value == 0 else first
        return f"{first}{'（含）' if low.op == '>=' else ''}—{last}{'（含）' if high.op == '<=' else ''}"
    words = _WORDS["en"]
    start = words["from" if low.op == ">=" else "above"].format(low=first)
    if high.op == "<":
        return f"{start} to below {last}"
    return f"{start} to {last}" if low.op == ">=" else f"{start} up to {last}"


def _bound(test: Expr, bound: Expr, view: View) -> str:
    """A bound as the key is written: 0 beside percentages is 0%."""
    if bound.op == "const" and isinstance(bound.value, Fraction) and test.args[0].percent:
        return show_value(bound.value, view.language, percent=True)
    return shown(bound, view)
