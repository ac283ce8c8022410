"""Values, conditions and rows in plain words, made from the tree alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from steelyard.criteria.titles import Titles
from steelyard.syntax import nodes as n
from steelyard.syntax.keywords import keywords
from steelyard.unparse.expressions import ATOM, BOTH, NOT, PRODUCT, SUM, TEST, binds
from steelyard.unparse.statements import Statements
from steelyard.unparse.words import Words
from steelyard.values.numbers import decimal_places

_SIGNS = {
    "<": ("is below", "低于"), "<=": ("is at most", "不超过"), ">": ("is above", "超过"), ">=": ("is at least", "不低于"),
    "=": ("is", "为"), "!=": ("is not", "不为"),
}  # fmt: skip
_ARITHMETIC = {"<=": "≤", ">=": "≥", "!=": "≠"}
_CALLS = {
    "max": ("the largest of {0}", "{0} 中的最大者"), "min": ("the smallest of {0}", "{0} 中的最小者"),
    "abs": ("the absolute value of {0}", "{0} 的绝对值"), "met": ("{1} is met by {0}", "{0} 达到 {1}"),
    "attainment": ("the attainment of {1} by {0}", "{0} 对 {1} 的完成率"),
    "excess": ("the excess of {0} over {1}", "{0} 超出 {1} 的比率"),
}  # fmt: skip
_FOLDS = {
    "sum": ("the sum of {}", "{} 之和"), "average": ("the average of {}", "{} 的平均值"),
    "median": ("the median of {}", "{} 的中位数"), "lowest": ("the lowest of {}", "{} 的最低值"),
    "highest": ("the highest of {}", "{} 的最高值"), "count": ("the number of {}", "{} 的个数"),
    "every": ("every one of {}", "{} 全部满足"), "any": ("any of {}", "{} 任一满足"),
}  # fmt: skip


LONGEST = 8
"""Rows of a code table that are written into a sentence."""
_COLUMN = re.compile(r"\)\s*\.\s*[`「]?(.+?)[`」]?\s*$")
HELD = "\x00"
"""A blank inside a name or text of the author, which stays whatever is done to the blanks between words."""


class Plain(Words):
    """Names for a reader: never in quotes of names."""

    def name(self, name: str) -> str:
        return held(name)

    def quoted(self, text: str) -> str:
        return self.pick(f'"{held(text)}"', f"“{held(text)}”")


def held(text: str) -> str:
    return text.replace(" ", HELD)


class Phrases(Statements):
    """Writes for a reader: inputs and parts by their titles, × and ÷, words for comparisons."""

    times, divided, minus = "×", "÷", "−"

    def __init__(self, words: Words, titles: Titles, meant: Mapping[int, n.Bounds]) -> None:
        super().__init__(words)
        self.titles = titles
        self.meant = meant
        """The bounds of rows as they are meant, by their key."""
        self.referred: list[str] = []
        """Code tables that sentences only name: they are printed below."""

    def called(self, name: n.Name) -> str:
        return held(self.titles.of(name))

    def bracketed(self, text: str) -> str:
        return self.words.pick(f"({text})", f"（{text}）")

    # ---- values

    def name(self, name: n.Name) -> str:
        if self.titles.is_word(name):
            return self.words.pick("full points", "满分") if self.is_full(name) else self.words.value_name(name.name)
        return self.called(name)

    def field(self, field: n.FieldOf) -> str:
        row, what = held(self.titles.of(field.row)), self.titles.of_field(field)
        asked = held(what) if what is not None else self.words.facet(field.field.name)
        return self.words.pick(f"{asked} of {row}", f"{row} 的 {asked}")

    def plain(self, node: n.Expression) -> str:
        if isinstance(node, n.Number):
            value = node.value * (100 if node.percent else 1)
            if decimal_places(value) is None:
                return f"{value.numerator} ÷ {value.denominator}{'%' if node.percent else ''}"
        return super().plain(node)

    def points(self, expression: n.Expression) -> str:
        """`1 point`, `0.5 points`, `0.5 分`"""
        if self.is_full(expression):
            return self.words.pick("full points", "满分")
        text = self.amount(expression)
        if isinstance(expression, n.Number):
            return f"{text} {self.words.pick('point' if expression.value == 1 else 'points', '分')}"
        simple = isinstance(expression, n.Name | n.FieldOf) and " " not in text and HELD not in text
        return self.words.pick(
            f"{text if simple else f'({text})'} points", f"{text if text.startswith('（') else HELD + text}{HELD}分"
        )

    def is_full(self, value: n.Expression) -> bool:
        """`points`, 满分"""
        word = isinstance(value, n.Name) and self.titles.is_word(value)
        return word and isinstance(value, n.Name) and keywords().values.get(value.name) == "points"

    def call(self, node: n.Call) -> str:
        key = keywords().functions.get(node.function.name) if node.function.name not in self.words.own else None
        arguments = [self.text(argument, PRODUCT) for argument in node.arguments]
        if key in ("max", "min"):
            *most, last = arguments
            listed = self.words.pick(f"{', '.join(most)} and {last}", "、".join(arguments))
            return self.words.pick(*_CALLS[key]).format(listed)
        if key in _FOLDS and len(arguments) == 1:
            return self.words.pick(*_FOLDS[key]).format(arguments[0])
        if key in _CALLS and len(arguments) == 2 - (key == "abs"):
            return self.words.pick(*_CALLS[key]).format(*arguments)
        if key == "round":
            return self.rounded(node)
        return super().call(node)

    def rounded(self, node: n.Call) -> str:
        value, *rest = node.arguments
        mode = next((word.value for word in rest if isinstance(word, n.Text)), "half up")
        places = next((self.amount(number) for number in rest if not isinstance(number, n.Text)), "0")
        how = self.words.word("MODE", mode)
        text = self.text(value, PRODUCT)
        if self.words.zh:
            return f"（{text}，{how}保留 {places} 位小数）"
        return f"({text}, rounded to {places} place{'' if places == '1' else 's'}, {how})"

    def aggregate(self, node: n.Aggregate) -> str:
        words, rows = self.words, self.name(node.rows)
        key = keywords().functions.get(node.function.name, "")
        value = self.text(node.value, SUM) if node.value is not None and node.row is not None else None
        distinct = words.pick("distinct ", "不重复的") if node.distinct else ""
        where = self.text(node.where) if node.where is not None else None
        if key in ("every", "any") and value is not None and node.row is not None:
            return self.every(node, all_of_them=key == "every")
        if words.zh:
            inside = f"{rows} 中 {f'{where} 的' if where else '各'} {value or '行'}"
            text = words.pick(*_FOLDS[key]).format(f"{distinct}{inside}") if key in _FOLDS else super().aggregate(node)
        else:
            of_rows = f"{value} over {rows}" if value else rows
            inside = f"{distinct}{of_rows}{f' where {where}' if where else ''}"
            text = words.pick(*_FOLDS[key]).format(inside) if key in _FOLDS else super().aggregate(node)
        options = [words.word("IGNORING_MISSING")] if node.ignoring_missing else []
        options += [self.dropping(node.dropping)] if node.dropping else []
        return text + (f"{words.pick(' (', '（')}{words.comma.join(options)}{words.pick(')', '）')}" if options else "")

    def every(self, node: n.Aggregate, *, all_of_them: bool) -> str:
        """`for every d in dimensions, C`, `维度中每个d均C`"""
        assert node.value is not None and node.row is not None, "asked of a condition for each row"
        rows, row, test = self.name(node.rows), self.called(node.row), self.text(node.value)
        where = self.text(node.where) if node.where is not None else None
        if self.words.zh:
            which = f"{where} 的 {row}" if where else row
            return f"{rows} 中每个 {which} 均 {test}" if all_of_them else f"{rows} 中有 {which}，其 {test}"
        which = f"{row} in {rows}{f' where {where}' if where else ''}"
        return f"for {'every' if all_of_them else 'some'} {which}, {test}"

    def table(self, table: n.Table) -> str:
        """A lookup inside a value: its rows in brackets, or where it is long the name of its table."""
        words = self.words
        if is_long(table):
            return self.reference(table)
        rows = words.pick("; ", "；").join(
            f"{self.row_asks(row, table)} {self.amount(row.value)}" for row in table.rows
        )
        return f"{words.pick('(', '（')}{self.keys(table)}{rows}{words.pick(')', '）')}"

    def reference(self, table: n.Table) -> str:
        """`the value of kind in “fines”`, `“fines”表中 kind 的 amount`"""
        assert table.lookup is not None, "only a code table has a name"
        self.referred.append(table.lookup)
        keys = self.words.pick(", ", "、").join(map(self.amount, table.keys))
        column = _COLUMN.search(table.span.text)
        name, what = held(table.lookup), held(column[1]) if column else self.words.pick("the value", "值")
        return self.words.pick(f"{what} of {keys} in “{name}”", f"“{name}”表中 {keys} 的 {what}")

    # ---- conditions

    def operation(self, node: n.Operation) -> str:
        words = self.words
        if node.operator in ("and", "or") and words.zh:
            level = NOT if node.operator == "and" else BOTH
            sign = " 且 " if node.operator == "and" else " 或 "
            return sign.join(self.text(operand, level) for operand in node.operands)
        if node.operator != "not":
            return super().operation(node)
        inner = node.operands[0]
        if isinstance(inner, n.IsMissing):
            state = words.pick("is not missing", "不缺失")
            if inner.state != "missing":
                state = f"{words.pick('is not ', '非')}{words.word('NOT_APPLICABLE')}"
            return f"{self.text(inner.value, SUM)} {state}"
        if isinstance(inner, n.Call) and keywords().functions.get(inner.function.name) == "met":
            actual, target = (self.text(argument, PRODUCT) for argument in inner.arguments)
            return words.pick(f"{actual} does not meet {target}", f"{actual} 未达到 {target}")
        text = self.text(inner, TEST)
        if isinstance(inner, n.FieldOf) or (isinstance(inner, n.Name) and (words.zh or HELD in text)):
            return words.pick(f"{text} is no", f"{text} 为否")
        return words.pick(f"not {text}", f"并非 {text}")

    def comparison(self, node: n.Comparison) -> str:
        if len(node.operators) > 1:
            found = self.text(node.operands[0], SUM)
            for sign, operand in zip(node.operators, node.operands[1:], strict=True):
                found += f" {_ARITHMETIC.get(sign, sign)} {self.text(operand, SUM)}"
            return found
        (sign,), (left, right) = node.operators, node.operands
        first, second = self.text(left, SUM), self.text(right, SUM)
        if sign in ("=", "!=") and not (binds(left) == ATOM and self.is_literal(right)):
            return f"{first} {_ARITHMETIC.get(sign, sign)} {second}"
        return f"{first} {self.words.pick(*_SIGNS[sign])} {second}"

    def is_literal(self, value: n.Expression) -> bool:
        return isinstance(value, n.Text | n.Number) or (isinstance(value, n.Name) and self.titles.is_word(value))

    def membership(self, node: n.Membership) -> str:
        choices = self.words.pick(", ", "、").join(map(self.text, node.choices))
        value = self.text(node.value, SUM)
        return self.words.pick(f"{value} is one of {choices}", f"{value} 为 {choices} 之一")

    # ---- rows

    def bounds(self, bounds: n.Bounds) -> str:
        return self.within_bounds(self.meant.get(bounds.key, bounds), "")

    def within_bounds(self, bounds: n.Bounds, unit: str) -> str:
        """`≥90%`, `80%（含）–90%`, `80% to below 90%`"""
        words, low, high = self.words, bounds.low, bounds.high
        if low is None and high is None:
            return words.word("OTHERWISE")
        blank = words.pick(" ", "")
        if high is None and low is not None:
            return f"{'≥' if bounds.low_included else '>'}{blank}{self.amount(low)}{unit}"
        if low is None and high is not None:
            return f"{'≤' if bounds.high_included else '<'}{blank}{self.amount(high)}{unit}"
        assert low is not None and high is not None, "a bound has an end"
        first, last = self.amount(low) + unit, self.amount(high) + unit
        if first == last:
            return first
        if words.zh:
            ends = (bounds.low_included, bounds.high_included)
            if not any(ends):
                return f"{first}–{last}（均不含）"
            return f"{first}{'（含）' if ends[0] else ''}–{last}{'（含）' if ends[1] else ''}"
        above = "" if bounds.low_included else "above "
        return f"{above}{first} {'to' if bounds.high_included else 'to below'} {last}"

    def row_test(self, test: n.RowTest, unit: str = "") -> str:
        words = self.words
        match test:
            case n.Bounds():
                return self.within_bounds(self.meant.get(test.key, test), unit)
            case n.IsOneOf():
                values = words.pick(" or ", "、").join(self.amount(value) for value in test.values)
                number = len(test.values) == 1 and isinstance(test.values[0], n.Number)
                return f"{words.pick('= ', '=')}{values}" if number else values
            case n.At():
                return self.amount(test.value)
            case n.Missing():
                return words.word("MISSING" if test.state == "missing" else "NOT_APPLICABLE")

    def row_asks(self, row: n.TableRow | n.GradeRow, table: n.Table | None, unit: str = "") -> str:
        """What a row asks; of several keys each by its name."""
        words = self.words
        keys = table.keys if table is not None else ()
        tests = [self.row_test(test, unit) for test in row.tests]
        if len(tests) > 1:
            tests = [
                self.named_test(key, test, text)
                for key, test, text in zip(keys, row.tests, tests, strict=False)
                if not (isinstance(test, n.Bounds) and test.otherwise)
            ] or [words.word("OTHERWISE")]
        if row.when is not None:
            tests.append(self.text(row.when))
        return words.pick(" and ", " 且 ").join(tests)

    def named_test(self, key: n.Expression, test: n.RowTest, text: str) -> str:
        """Of several keys: `rate ≥90%`, `kind is "late"`."""
        sign = isinstance(test, n.Bounds) or text.startswith("=")
        return f"{self.amount(key)} {'' if sign else self.words.pick('is ', '为 ')}{text}"

    def keys(self, table: n.Table) -> str:
        """`By rate: `, and nothing for rows of conditions alone."""
        if not table.keys:
            return ""
        words = self.words
        keys = words.pick(", ", "、").join(map(self.amount, table.keys))
        return words.pick(f"by {keys}: ", f"按 {keys}：")


def is_long(table: n.Table) -> bool:
    """A lookup with more rows than a sentence should hold."""
    return table.lookup is not None and len(table.rows) > LONGEST


def is_zero(expression: n.Expression) -> bool:
    return isinstance(expression, n.Number) and expression.value == Fraction(0)
