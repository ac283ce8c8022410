"""Expressions: from the parser's reductions to nodes, one method per grammar rule."""

from __future__ import annotations

from fractions import Fraction

from lark import Token, Transformer

from steelyard.source import Span
from steelyard.syntax import nodes as n
from steelyard.syntax.children import (
    Amount,
    Children,
    Loop,
    expression_of,
    expressions_of,
    loop_names,
    name_node,
    operation,
    span_of,
    text_node,
    tokens_of,
)
from steelyard.syntax.scanner import folded

COMPARISONS = {
    "EQ": "=", "NE": "!=", "LT": "<", "LE": "<=", "GT": ">", "GE": ">=",
    "ABOVE": ">", "BELOW": "<", "NOT_BELOW": ">=", "NOT_ABOVE": "<=",
}  # fmt: skip


class ExpressionBuilder(Transformer[Token, object]):
    """The callbacks that Lark runs for expressions while it parses."""

    def number(self, children: Children) -> n.Number:
        tokens = tokens_of(children)
        value = Fraction(folded(tokens[0]))
        percent = len(tokens) > 1
        return n.Number(value / 100 if percent else value, percent, span=span_of(children))

    def text(self, children: Children) -> n.Text:
        return text_node(tokens_of(children)[0])

    def name(self, children: Children) -> n.Name:
        return name_node(tokens_of(children)[0])

    def field_of(self, children: Children) -> n.FieldOf:
        row, _, name = tokens_of(children)
        return n.FieldOf(name_node(row), name_node(name), span=span_of(children))

    def bracketed(self, children: Children) -> n.Expression:
        return expression_of(children)

    def call(self, children: Children) -> n.Call | n.Aggregate:
        function = name_node(tokens_of(children)[0])
        arguments = [child for child in children if not isinstance(child, Token)]
        for argument in arguments:
            if isinstance(argument, Loop) and len(arguments) == 1:
                return n.Aggregate(
                    function,
                    argument.value,
                    argument.row,
                    argument.rows,
                    argument.where,
                    span=span_of(children),
                )
        values = tuple(a.whole() if isinstance(a, Loop) else a for a in arguments)
        return n.Call(function, expressions_of(values), span=span_of(children))

    def argument_where(self, children: Children) -> Loop:
        value, where = expressions_of(children)
        # `count(indicators where C)`: the value is the list.
        return Loop(span_of(children), None, None, value, where)

    def argument_for(self, children: Children) -> Loop:
        names = [name_node(token) for token in tokens_of(children) if token.type == "NAME"]
        expressions = expressions_of(children)
        row, rows = loop_names(children, names)
        where = expressions[1] if len(expressions) > 1 else None
        return Loop(span_of(children), expressions[0], row, rows, where)

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

    def is_missing(self, children: Children) -> n.IsMissing:
        return n.IsMissing(expression_of(children), span=span_of(children))

    def is_not_missing(self, children: Children) -> n.Operation:
        return operation("not", (self.is_missing(children),), children)

    def not_(self, children: Children) -> n.Operation:
        return operation("not", expressions_of(children), children)

    def conjunction(self, children: Children) -> n.Operation:
        return operation("and", expressions_of(children), children)

    def disjunction(self, children: Children) -> n.Operation:
        return operation("or", expressions_of(children), children)

    def amount(self, children: Children) -> Amount:
        return Amount(expression_of(children), span_of(children))
