"""From the parser's reductions to nodes: one method per grammar rule, named after it."""

from __future__ import annotations

from fractions import Fraction

from lark import Token

from steelyard.syntax import nodes as n
from steelyard.syntax.build_expressions import ExpressionBuilder
from steelyard.syntax.children import (
    Action,
    Children,
    Fault,
    RangeEnd,
    all_of,
    clauses_among,
    clauses_of,
    expression_of,
    expressions_of,
    loop_names,
    name_node,
    only,
    span_of,
    statements_of,
    text_node,
    tokens_of,
    type_word,
    unreadable,
)
from steelyard.syntax.scanner import folded
from steelyard.values.numbers import Rounding
from steelyard.values.units import NO_UNIT, Unit


class Builder(ExpressionBuilder):
    """The callbacks that Lark runs while it parses. Children are tokens and nodes; layout tokens never come."""

    # ---- clauses

    def if_clause(self, children: Children) -> n.If:
        return n.If(expression_of(children), span=span_of(children))

    def because(self, children: Children) -> n.Because:
        return n.Because(text_node(tokens_of(children)[-1]), span=span_of(children))

    def under(self, children: Children) -> n.Under:
        return n.Under(text_node(tokens_of(children)[-1]), span=span_of(children))

    def cap(self, children: Children) -> n.Cap:
        return n.Cap(expression_of(children), span=span_of(children))

    def exhausted(self, children: Children) -> n.Exhausted:
        return n.Exhausted(span=span_of(children))

    def or_else(self, children: Children) -> n.OrElse:
        missing = any(token.type in ("MISSING", "MISSING_AS") for token in tokens_of(children))
        value = expression_of(children)
        return n.OrElse(value, "missing" if missing else "undefined", span=span_of(children))

    def severity(self, children: Children) -> n.SeverityClause:
        word = str(tokens_of(children)[0])
        return n.SeverityClause("error" if word == "error" else "warning", span=span_of(children))

    def average_of(self, children: Children) -> n.AverageOf:
        return n.AverageOf(span=span_of(children))

    def clause(self, children: Children) -> n.Clause:
        return clauses_among(children)[0]

    def clause_line(self, children: Children) -> tuple[n.Clause, ...]:
        return clauses_among(children)

    # ---- statements

    def let(self, children: Children) -> n.Let:
        name = next(token for token in tokens_of(children) if token.type == "NAME")
        return n.Let(name_node(name), expression_of(children), span=span_of(children))

    def condition(self, children: Children) -> n.If:
        return n.If(expression_of(children), span=span_of(children))

    def action(self, children: Children) -> Action:
        return Action(tokens_of(children)[0], expression_of(children), span_of(children))

    def move(self, children: Children) -> n.Move:
        action = only(children, Action)
        clauses = clauses_of(children)
        span = span_of(children)
        match action.verb.type:
            case "DEDUCT":
                return n.Deduct(action.amount, clauses, span=span)
            case "AWARD":
                return n.Award(action.amount, clauses, span=span)
            case _:
                return n.Score(action.amount, clauses, span=span)

    def check(self, children: Children) -> n.Check:
        return n.Check(expression_of(children), clauses_of(children), span=span_of(children))

    def judged(self, children: Children) -> n.Judged:
        return n.Judged(clauses_of(children), span=span_of(children))

    def for_each(self, children: Children) -> n.ForEach:
        names = [name_node(token) for token in tokens_of(children) if token.type == "NAME"]
        row, rows = loop_names(children, names)
        where = [child for child in children if isinstance(child, n.Expression)]
        body = statements_of(children)
        head = span_of([*tokens_of(children), *where])
        return n.ForEach(row, rows, where[0] if where else None, body, span=head)

    # ---- grades

    def grade(self, children: Children) -> n.Grade:
        faulty = any(isinstance(child, Fault) for child in children)
        return n.Grade(all_of(children, n.GradeRow), faulty, span=span_of(children))

    def grade_row(self, children: Children) -> n.GradeRow:
        label = tokens_of(children)[0]
        text = text_node(label) if label.type == "STRING" else n.Text(name_node(label).name, span=span_of([label]))
        return n.GradeRow(text, only(children, n.Bounds), span=span_of(children))

    def bounds_from(self, children: Children) -> n.Bounds:
        return n.Bounds(low=expression_of(children), span=span_of(children))

    def bounds_from_below(self, children: Children) -> n.Bounds:
        low, high = expressions_of(children)
        return n.Bounds(low, True, high, False, span=span_of(children))

    def bounds_above(self, children: Children) -> n.Bounds:
        return n.Bounds(low=expression_of(children), low_included=False, span=span_of(children))

    def bounds_above_up_to(self, children: Children) -> n.Bounds:
        low, high = expressions_of(children)
        return n.Bounds(low, False, high, True, span=span_of(children))

    def bounds_up_to(self, children: Children) -> n.Bounds:
        return n.Bounds(high=expression_of(children), high_included=True, span=span_of(children))

    def bounds_below(self, children: Children) -> n.Bounds:
        return n.Bounds(high=expression_of(children), span=span_of(children))

    def bounds_bare(self, children: Children) -> n.Bounds:
        value = expression_of(children)
        if tokens_of(children)[-1].type == "BARE_ABOVE":
            return n.Bounds(low=value, bare="以上", span=span_of(children))
        return n.Bounds(high=value, high_included=True, bare="以下", span=span_of(children))

    def range_end(self, children: Children) -> RangeEnd:
        included = any(token.type == "INCLUSIVE" for token in tokens_of(children))
        return RangeEnd(expression_of(children), included, span_of(children))

    def bounds_range(self, children: Children) -> n.Bounds:
        low, high = all_of(children, RangeEnd)
        bare: object = "以上" if not (low.included or high.included) else None
        return n.Bounds(
            low.value,
            low.included,
            high.value,
            high.included,
            "以上" if bare else None,
            span=low.span.to(high.span),
        )

    def bounds_otherwise(self, children: Children) -> n.Bounds:
        return n.Bounds(span=span_of(children))

    # ---- inputs

    def unit(self, children: Children) -> n.UnitName:
        tokens = tokens_of(children)
        quoted = tokens[0].type == "STRING"
        names = tuple(
            text_node(token).value if token.type == "STRING" else name_node(token).name
            for token in tokens
            if token.type != "SLASH"
        )
        if tokens[0].type == "PERCENT":
            names = ("%",)
        unit = NO_UNIT
        if len(names) > 1:
            unit = Unit.named(names[0]).times(Unit.named(names[1]), -1)
        elif names:
            unit = Unit.named(names[0])
        return n.UnitName(unit, names, quoted, span=span_of(children))

    def facet_unit(self, children: Children) -> n.UnitName:
        return only(children, n.UnitName)

    def signed(self, children: Children) -> n.Number:
        number = only(children, n.Number)
        negative = any(token.type == "MINUS" for token in tokens_of(children))
        return n.Number(-number.value if negative else number.value, number.percent, span=span_of(children))

    def facet_range(self, children: Children) -> tuple[n.Number, n.Number]:
        low, high = all_of(children, n.Number)
        return low, high

    def facet_choice(self, children: Children) -> n.Text:
        return text_node(tokens_of(children)[0])

    def field(self, children: Children) -> n.FieldDeclaration:
        tokens = tokens_of(children)
        title = tokens[1] if len(tokens) > 1 and tokens[1].type == "STRING" else None
        words = [token for token in tokens if token.type in ("TYPE", "LIST_OF", "ONE_OF")]
        ranges = [child for child in children if isinstance(child, tuple)]
        units = [child for child in children if isinstance(child, n.UnitName)]
        fields = all_of(children, n.FieldDeclaration)
        head = span_of([child for child in children if not isinstance(child, n.FieldDeclaration)])
        return n.FieldDeclaration(
            name=name_node(tokens[0]),
            title=text_node(title).value if title else None,
            kinds=tuple(n.TypeWord(type_word(word), span=span_of([word])) for word in words),
            choices=tuple(child for child in children if isinstance(child, n.Text)),
            unit=units[0] if units else None,
            range=ranges[0] if ranges else None,
            optional=any(token.type == "OPTIONAL" for token in tokens),
            fields=fields,
            unreadable=unreadable(children),
            span=head,
        )

    def input(self, children: Children) -> n.Input:
        return n.Input(all_of(children, n.FieldDeclaration), unreadable(children), span=span_of(tokens_of(children)))

    # ---- parts

    def share_points(self, children: Children) -> n.SharePoints:
        return n.SharePoints(expression_of(children), span=span_of(children))

    def share_weight(self, children: Children) -> n.ShareWeight:
        return n.ShareWeight(expression_of(children), span=span_of(children))

    def part(self, children: Children) -> n.Part:
        tokens = tokens_of(children)
        shares = [child for child in children if isinstance(child, n.Share)]
        return n.Part(
            kind="section" if tokens[0].type == "SECTION" else "criterion",
            name=name_node(tokens[1]),
            title=text_node(tokens[2]).value if len(tokens) > 2 else None,
            share=shares[0] if shares else None,
            parts=all_of(children, n.Part),
            statements=statements_of(children),
            faulty=any(isinstance(child, Fault) for child in children),
            span=span_of([*tokens, *shares]),
        )

    def authority(self, children: Children) -> n.Authority:
        return n.Authority(text_node(tokens_of(children)[-1]), span=span_of(children))

    def rounded(self, children: Children) -> Token:
        return tokens_of(children)[-1]

    def rounding(self, children: Children) -> n.RoundingRule:
        tokens = tokens_of(children)
        places = next(token for token in tokens if token.type == "NUMBER")
        modes = [str(token) for token in tokens if token.type == "MODE"]
        return n.RoundingRule(
            of="total" if any(token.type == "TOTAL" for token in tokens) else "criterion",
            places=int(Fraction(folded(places))),
            mode=Rounding(modes[0]) if modes else Rounding.HALF_UP,
            span=span_of(children),
        )

    def bare_rule(self, children: Children) -> n.BareRule:
        return n.BareRule(span=span_of(children))

    def scheme(self, children: Children) -> n.Scheme:
        tokens = tokens_of(children)
        title = text_node(tokens[2]).value if len(tokens) > 2 else None
        return n.Scheme(
            name_node(tokens[1]), title, all_of(children, n.Authority, n.RoundingRule, n.BareRule), span=span_of(tokens)
        )

    def fault(self, children: Children) -> Fault:
        token = tokens_of(children)[0]
        return Fault(name_node(token) if str(token) else None)

    def start(self, children: Children) -> Children:
        return children
