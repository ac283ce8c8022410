"""Expressions back to text: one method a class, brackets only where the grammar needs them."""

from __future__ import annotations

from typing import assert_never

from steelyard.syntax import nodes as n
from steelyard.syntax.keywords import keywords
from steelyard.unparse.words import Words
from steelyard.values.numbers import Rounding, decimal_places

EITHER, BOTH, NOT, TEST, SUM, PRODUCT, SIGNED, POWER, ATOM = range(9)
"""How tightly a form binds, loosest first."""

_OPERATIONS = {"or": EITHER, "and": BOTH, "not": NOT, "+": SUM, "*": PRODUCT, "/": PRODUCT, "neg": SIGNED, "^": POWER}


def binds(expression: n.Expression) -> int:
    """How tightly the form of an expression binds."""
    match expression:
        case n.Operation():
            return _OPERATIONS[expression.operator]
        case n.Comparison() | n.Membership() | n.Contains() | n.Within() | n.IsMissing():
            return TEST
        case n.Number() if decimal_places(expression.value * (100 if expression.percent else 1)) is None:
            return PRODUCT
        case n.Number() if expression.value < 0:
            return SIGNED
        case _:
            return ATOM


class Expressions:
    """Writes expressions in one language."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def text(self, expression: n.Expression, level: int = EITHER) -> str:
        """The expression, in brackets where something that binds looser stands in its place."""
        found = self.plain(expression)
        return self.bracketed(found) if binds(expression) < level else found

    def bracketed(self, text: str) -> str:
        return f"({text})"

    def amount(self, expression: n.Expression) -> str:
        return self.text(expression, SUM)

    def points(self, expression: n.Expression) -> str:
        """An amount of points: `4`, `4 分`."""
        return self.amount(expression) + self.words.pick("", " 分")

    def plain(self, node: n.Expression) -> str:
        words = self.words
        match node:
            case n.Number():
                return words.number(node)
            case n.Date():
                return words.day(node)
            case n.Text():
                return words.quoted(node.value)
            case n.Name():
                return self.name(node)
            case n.FieldOf():
                return self.field(node)
            case n.Operation():
                return self.operation(node)
            case n.Comparison():
                return self.comparison(node)
            case n.Membership():
                return self.membership(node)
            case n.Contains():
                return f"{self.text(node.value, SUM)} {words.word('CONTAINS')} {self.text(node.part, SUM)}"
            case n.Within():
                return self.within(node)
            case n.IsMissing():
                return self.state(node)
            case n.Call():
                return self.call(node)
            case n.Aggregate():
                return self.aggregate(node)
            case n.Rank():
                return self.rank(node)
            case n.ColumnOf():
                return f"{self.call(node.table)}.{words.name(node.column.name)}"
            case n.Table():
                return self.table(node)
            case _:
                assert_never(node)

    def table(self, table: n.Table) -> str:
        raise AssertionError("a table stands in a statement, as its amount")

    # ---- names

    def name(self, name: n.Name) -> str:
        return self.words.value_name(name.name)

    def field(self, field: n.FieldOf) -> str:
        return f"{self.words.value_name(field.row.name)}.{self.words.facet(field.field.name)}"

    # ---- arithmetic and logic

    times, divided, minus = "*", "/", "-"

    def operation(self, node: n.Operation) -> str:
        words, operands = self.words, node.operands
        match node.operator:
            case "or" | "and":
                level = BOTH if node.operator == "or" else NOT
                return f" {words.word(node.operator.upper())} ".join(self.text(operand, level) for operand in operands)
            case "not" if isinstance(inner := operands[0], n.IsMissing) and inner.state == "missing":
                return f"{self.text(inner.value, SUM)} {words.pick('is not missing', '不缺失')}"
            case "not":
                return f"{words.word('NOT')} {self.text(operands[0], TEST)}"
            case "+":
                found = self.text(operands[0], PRODUCT)
                for operand in operands[1:]:
                    if isinstance(operand, n.Operation) and operand.operator == "neg":
                        found += f" {self.minus} {self.text(operand.operands[0], PRODUCT)}"
                    else:
                        found += f" + {self.text(operand, PRODUCT)}"
                return found
            case "*":
                first = self.text(operands[0], SIGNED if _is(operands[0], "*") else PRODUCT)
                return f" {self.times} ".join((first, *(self.text(operand, SIGNED) for operand in operands[1:])))
            case "/":
                return f"{self.text(operands[0], PRODUCT)} {self.divided} {self.text(operands[1], SIGNED)}"
            case "neg":
                return f"{self.minus}{self.text(operands[0], POWER)}"
            case "^":
                return f"{self.text(operands[0], ATOM)} ^ {self.text(operands[1], ATOM)}"
            case _:
                assert_never(node.operator)

    # ---- tests

    def comparison(self, node: n.Comparison) -> str:
        found = self.text(node.operands[0], SUM)
        for operator, operand in zip(node.operators, node.operands[1:], strict=True):
            found += f" {operator} {self.text(operand, SUM)}"
        return found

    def membership(self, node: n.Membership) -> str:
        choices = self.words.pick(", ", "、").join(map(self.text, node.choices))
        return f"{self.text(node.value, SUM)} {self.words.word('IN')} [{choices}]"

    def within(self, node: n.Within) -> str:
        value, days, of = (self.text(operand, SUM) for operand in (node.value, node.days, node.of))
        words = self.words
        if words.zh:
            return f"{value} {words.word('LIES_IN')} {of} {words.word('AFTER')} {days} {words.word('DAYS_IN')}"
        return f"{value} {words.word('WITHIN')} {days} {words.word('DAYS_OF')} {of}"

    def state(self, node: n.IsMissing) -> str:
        state = self.words.word("MISSING" if node.state == "missing" else "NOT_APPLICABLE")
        return f"{self.text(node.value, SUM)} {self.words.pick('is ', '')}{state}"

    # ---- calls

    def call(self, node: n.Call) -> str:
        arguments = [self.text(argument) for argument in node.arguments]
        last = node.arguments[-1] if node.arguments else None
        rounds = keywords().functions.get(node.function.name) == "round"
        if rounds and isinstance(last, n.Text) and last.value in set(Rounding):
            arguments[-1] = self.words.word("MODE", last.value)
        return f"{self.words.function(node.function.name)}({self.words.comma.join(arguments)})"

    def aggregate(self, node: n.Aggregate) -> str:
        words = self.words
        inner = words.word("DISTINCT") + " " if node.distinct else ""
        inner += self.folded(node)
        options = [words.word("IGNORING_MISSING")] if node.ignoring_missing else []
        options += [self.dropping(node.dropping)] if node.dropping else []
        return f"{words.function(node.function.name)}({words.comma.join((inner, *options))})"

    def folded(self, node: n.Aggregate) -> str:
        """What is folded: a list, a column of it, or a value for each row."""
        words, value, rows = self.words, node.value, self.words.value_name(node.rows.name)
        where = f" {words.word('WHERE')} {self.text(node.where)}" if node.where is not None else ""
        if value is None or node.row is None:
            return f"{rows}{where}"
        if isinstance(value, n.FieldOf) and value.row.name == node.row.name == node.rows.name:
            return f"{self.text(value)}{where}"
        row = words.name(node.row.name)
        if words.zh:
            return f"{self.text(value)} {words.word('FOR')} {rows} 中每个 {row}{where}"
        return f"{self.text(value)} {words.word('FOR')} {row} {words.word('IN')} {rows}{where}"

    def dropping(self, node: n.Dropping) -> str:
        words = self.words
        if node.least is None:
            return words.word("DROPPING")
        if words.zh:
            enough = f"{node.least} {words.word('ENOUGH')}"
            return enough if node.alone else f"{words.word('DROPPING')}，{enough}"
        return f"{words.word('DROPPING_IF')} {node.least} {words.word('OR_MORE')}"

    def rank(self, node: n.Rank) -> str:
        words = self.words
        order = words.word("HIGHEST_FIRST" if node.highest_first else "LOWEST_FIRST")
        ties = [words.word("TIES", node.ties)] if node.ties else []
        return f"{words.function('rank')}({words.comma.join((self.text(node.value), order, *ties))})"


def _is(expression: n.Expression, operator: str) -> bool:
    return isinstance(expression, n.Operation) and expression.operator == operator
