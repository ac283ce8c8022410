"""Expressions: from the parser's reductions to nodes, one method per grammar rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from lark import Token, Transformer

from steelyard.source import Span
from steelyard.syntax import nodes as n
from steelyard.syntax.children import (
    Amount,
    Children,
    Distinct,
    Enough,
    Loop,
    More,
    Option,
    expression_of,
    expressions_of,
    first_token,
    loop_names,
    name_node,
    operation,
    span_of,
    text_node,
    tokens_of,
)
from steelyard.syntax.keywords import keywords
from steelyard.syntax.tokens import folded

COMPARISONS = {
    "EQ": "=", "NE": "!=", "LT": "<", "LE": "<=", "GT": ">", "GE": ">=",
    "ABOVE": ">", "BELOW": "<", "NOT_BELOW": ">=", "NOT_ABOVE": "<=",
}  # fmt: skip


BOUNDED = {"INCLUSIVE_ABOVE": ">=", "EXCLUSIVE_ABOVE": ">", "INCLUSIVE_BELOW": "<=", "EXCLUSIVE_BELOW": "<"}

DATE_NUMBERS = re.compile("[0-9]+")


class ExpressionBuilder(Transformer[Token, object]):
    """The callbacks that Lark runs for expressions while it parses."""

    def number(self, children: Children) -> n.Number:
        tokens = tokens_of(children)
        value = Fraction(folded(tokens[0]))
        point = any(token.type == "PERCENTAGE_POINT" for token in tokens)
        percent = len(tokens) > 1
        return n.Number(value / 100 if percent else value, percent, point, span=span_of(children))

    def date(self, children: Children) -> n.Date:
        year, month, day = (int(number) for number in DATE_NUMBERS.findall(folded(tokens_of(children)[0])))
        return n.Date(date(year, month, day), span=span_of(children))

    def text(self, children: Children) -> n.Text:
        return text_node(tokens_of(children)[0])

    def name(self, children: Children) -> n.Name:
        return name_node(tokens_of(children)[0])

    def field_of(self, children: Children) -> n.FieldOf:
        row, _, name = tokens_of(children)
        return n.FieldOf(name_node(row), name_node(name), span=span_of(children))

    def bracketed(self, children: Children) -> n.Expression:
        return expression_of(children)

    def call(self, children: Children) -> n.Call | n.Aggregate | n.Rank:
        function = name_node(tokens_of(children)[0])
        arguments = [child for child in children if not isinstance(child, Token)]
        if keywords().functions.get(function.name) == "rank":
            return _rank(arguments, span_of(children))
        options = [argument for argument in arguments if isinstance(argument, Option | n.Dropping | Enough)]
        values = [argument for argument in arguments if not isinstance(argument, Option | n.Dropping | Enough)]
        distinct = any(isinstance(value, Distinct) for value in values)
        inner = [value.inner if isinstance(value, Distinct) else value for value in values]
        modes = tuple(
            n.Text(str(o.token), span=o.span) for o in options if isinstance(o, Option) and o.token.type == "MODE"
        )
        if len(inner) == 1 and not modes and (distinct or options or isinstance(inner[0], Loop)):
            loop = _as_loop(inner[0])
            if loop is not None:
                return n.Aggregate(
                    function,
                    loop.value,
                    loop.row,
                    loop.rows,
                    loop.where,
                    distinct,
                    any(isinstance(o, Option) and o.token.type == "IGNORING_MISSING" for o in options),
                    dropping_of(options),
                    span=span_of(children),
                )
        plain = tuple(value.whole() if isinstance(value, Loop) else value for value in inner)
        return n.Call(function, (*expressions_of(plain), *modes), span=span_of(children))

    def column_of(self, children: Children) -> n.ColumnOf:
        call = children[0]
        assert isinstance(call, n.Call | n.Aggregate | n.Rank), "only a call stands before the dot"
        table = call if isinstance(call, n.Call) else n.Call(n.Name(call.span.text, span=call.span), (), span=call.span)
        return n.ColumnOf(table, name_node(tokens_of(children)[-1]), span=span_of(children))

    def argument_option(self, children: Children) -> Option:
        return Option(tokens_of(children)[0], span_of(children))

    def argument_distinct(self, children: Children) -> Distinct:
        return Distinct(next(child for child in children if not isinstance(child, Token)), span_of(children))

    def argument_where(self, children: Children) -> Loop:
        value, where = expressions_of(children)
        if isinstance(value, n.FieldOf):
            # `sum(indicators.share where C)`: the row goes by the list's own name.
            return Loop(span_of(children), value, value.row, value.row, where)
        # `count(indicators where C)`: the value is the list.
        return Loop(span_of(children), None, None, value, where)

    def argument_for(self, children: Children) -> Loop:
        names = [name_node(token) for token in tokens_of(children) if token.type == "NAME"]
        expressions = expressions_of(children)
        row, rows = loop_names(children, names)
        where = expressions[1] if len(expressions) > 1 else None
        return Loop(span_of(children), expressions[0], row, rows, where)

    def dropping(self, children: Children) -> n.Dropping:
        number = first_token(children, "NUMBER")
        return n.Dropping(None if number is None else whole(number), span=span_of(children))

    def enough(self, children: Children) -> Enough:
        return Enough(whole(tokens_of(children)[0]), span_of(children))

    def choices(self, children: Children) -> tuple[n.Expression, ...]:
        return expressions_of(children)

    def power(self, children: Children) -> n.Operation:
        return operation("^", expressions_of(children), children)

    def minus(self, children: Children) -> n.Expression:
        (operand,) = expressions_of(children)
        if isinstance(operand, n.Number):
            return n.Number(-operand.value, operand.percent, span=span_of(children))
        return operation("neg", (operand,), children)

    def product(self, children: Children) -> n.Expression:
        """Runs of `*` are one node; a `/` divides everything before it."""
        result = children[0]
        for sign, factor in zip(children[1::2], children[2::2], strict=True):
            operator = "*" if isinstance(sign, Token) and sign.type == "STAR" else "/"
            operands = expressions_of((result, factor))
            left = operands[0]
            if operator == "*" and isinstance(left, n.Operation) and left.operator == "*" and result is not children[0]:
                operands = (*left.operands, operands[1])
            result = n.Operation("*" if operator == "*" else "/", operands, span=span_of((result, factor)))
        return expression_of((result,))

    def sum(self, children: Children) -> n.Operation:
        """One node for a whole sum, so that 10,000 terms have depth 1; a subtracted term is negated."""
        terms = [expression_of(children[:1])]
        for sign, term in zip(children[1::2], children[2::2], strict=True):
            operand = expression_of((term,))
            minus = isinstance(sign, Token) and sign.type == "MINUS"
            terms.append(operation("neg", (operand,), (sign, term)) if minus else operand)
        return n.Operation("+", tuple(terms), span=span_of(children))

    def compared(self, children: Children) -> Token:
        return tokens_of(children)[0]

    def comparison(self, children: Children) -> n.Comparison:
        operators = tuple(COMPARISONS[token.type] for token in tokens_of(children))
        return n.Comparison(operators, expressions_of(children), span=span_of(children))

    def membership(self, children: Children) -> n.Membership:
        choices = next(child for child in children if isinstance(child, tuple))
        value = expression_of(children)
        end = choices[-1].span.end + 1
        return n.Membership(value, choices, span=Span(value.span.source, value.span.start, end))

    def contains(self, children: Children) -> n.Contains:
        value, part = expressions_of(children)
        return n.Contains(value, part, span=span_of(children))

    def within(self, children: Children) -> n.Within:
        value, days, of = expressions_of(children)
        return n.Within(value, days, of, span=span_of(children))

    def within_printed(self, children: Children) -> n.Within:
        value, of, days = expressions_of(children)
        return n.Within(value, days, of, span=span_of(children))

    def bounded(self, children: Children) -> n.Comparison:
        """`执行率 90%（含）以上`"""
        return n.Comparison((BOUNDED[tokens_of(children)[-1].type],), expressions_of(children), span=span_of(children))

    def more_compared(self, children: Children) -> More:
        return More(COMPARISONS[tokens_of(children)[0].type], expression_of(children), span_of(children))

    def is_missing(self, children: Children) -> n.IsMissing:
        return n.IsMissing(expression_of(children), span=span_of(children))

    def is_(self, children: Children) -> n.Comparison:
        return n.Comparison(("=",), expressions_of(children), span=span_of(children))

    def is_not(self, children: Children) -> n.Comparison:
        return n.Comparison(("!=",), expressions_of(children), span=span_of(children))

    def is_not_applicable(self, children: Children) -> n.IsMissing:
        return n.IsMissing(expression_of(children), "not applicable", span=span_of(children))

    def is_not_missing(self, children: Children) -> n.Operation:
        return operation("not", (self.is_missing(children),), children)

    def not_(self, children: Children) -> n.Operation:
        return operation("not", expressions_of(children), children)

    def conjunction(self, children: Children) -> n.Operation:
        return operation("and", _compared_more(children), children)

    def disjunction(self, children: Children) -> n.Operation:
        return operation("or", _compared_more(children), children)

    def amount(self, children: Children) -> Amount:
        return Amount(expression_of(children), span_of(children))


def _compared_more(children: Children) -> tuple[n.Expression, ...]:
    """`rate above 80% and below 90%`, `达到 80% 且低于 90%`: what is compared once more is what was compared before."""
    operands: list[n.Expression] = []
    for child in (child for child in children if not isinstance(child, Token)):
        if isinstance(child, More):
            subject = _subject(operands[-1])
            operands.append(n.Comparison((child.operator,), (subject, child.bound), span=child.span))
        else:
            operands.append(expression_of((child,)))
    return tuple(operands)


def _subject(compared: n.Expression) -> n.Expression:
    """What a comparison is about: its side that is no number. Of anything else all of it, which then cannot be compared."""
    match compared:
        case n.Comparison(operands=(n.Number(), subject)) | n.Comparison(operands=(subject, _)):
            return subject
        case n.Operation("and" | "or", (*_, last)):
            return _subject(last)
        case _:
            return compared


def whole(token: Token) -> int:
    """A whole number of reviewers or values; a part of one is cut off, and the check asks for whole ones nowhere else."""
    return int(Fraction(folded(token)))


def dropping_of(items: Iterable[object]) -> n.Dropping | None:
    """The `dropping` among clauses or options; `5 人以上（含）时` before or behind it says from how many on."""
    found: n.Dropping | None = None
    enough: Enough | None = None
    for item in items:
        if isinstance(item, n.Dropping):
            found = item
        elif isinstance(item, Enough):
            enough = item
    if enough is None:
        return found
    if found is None:
        return n.Dropping(enough.least, alone=True, span=enough.span)
    first, last = sorted((found.span, enough.span), key=lambda span: span.start)
    return n.Dropping(enough.least, span=first.to(last))


def _as_loop(value: object) -> Loop | None:
    match value:
        case Loop():
            return value
        case n.FieldOf():
            return Loop(value.span, value, value.row, value.row, None)
        case n.Name():
            return Loop(value.span, None, None, value, None)
        case _:
            return None


def _rank(arguments: list[object], span: Span) -> n.Rank:
    """`rank(price, lowest first, ties share)`; highest first where nothing is said."""
    words = [str(a.token.type) for a in arguments if isinstance(a, Option)]
    ties = [str(a.token) for a in arguments if isinstance(a, Option) and a.token.type == "TIES"]
    values = [a.whole() if isinstance(a, Loop) else a for a in arguments if not isinstance(a, Option)]
    expressions = expressions_of(values)
    value = expressions[0] if expressions else n.Name("", span=span)
    return n.Rank(
        value,
        "LOWEST_FIRST" not in words,
        None if not ties else "dense" if ties[0] == "dense" else "share",
        span=span,
    )
