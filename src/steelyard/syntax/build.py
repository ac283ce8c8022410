"""From the parser's reductions to nodes: one method per grammar rule, named after it."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from lark import Token

from steelyard.diagnostics.model import Language
from steelyard.syntax import nodes as n
from steelyard.syntax.build_files import FileBuilder
from steelyard.syntax.children import (
    Children,
    Fault,
    all_of,
    expression_of,
    first_token,
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
from steelyard.syntax.tokens import folded
from steelyard.values.numbers import Rounding
from steelyard.values.units import NO_UNIT, Unit

PART_KINDS: dict[str, Literal["section", "criterion", "bonus", "penalty"]] = {
    "SECTION": "section", "CRITERION": "criterion", "BONUS": "bonus", "PENALTY": "penalty",
}  # fmt: skip
_CHINESE, _ENGLISH = frozenset({"zh", "中文", "汉语", "chinese"}), frozenset({"en", "english", "英文", "英语"})


class Builder(FileBuilder):
    """The callbacks that Lark runs while it parses. Children are tokens and nodes; layout tokens never come."""

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

    def facet_choice(self, children: Children) -> n.Text | n.Number:
        numbers = all_of(children, n.Number)
        return numbers[0] if numbers else text_node(tokens_of(children)[0])

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
            choices=all_of(children, n.Text, n.Number),
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
        names = [name_node(token) for token in tokens if token.type == "NAME"]
        title = first_token(children, "STRING")
        shares = [child for child in children if isinstance(child, n.Share)]
        out_of: n.SharePoints | None = None
        match sorted(shares, key=lambda one: isinstance(one, n.SharePoints)):
            case [n.ShareWeight() as weight, n.SharePoints() as out_of] if tokens[0].type in ("SECTION", "CRITERION"):
                shares = [weight]
        where = [child for child in children if isinstance(child, n.Expression)]
        loop: n.PartLoop | None = None
        if first_token(children, "IN", "EACH_IN"):
            row, rows = loop_names(children, names)
            loop = n.PartLoop(row, rows, where[0] if where else None, span=row.span.to(rows.span))
        return n.Part(
            kind=PART_KINDS[tokens[0].type],
            name=loop.row if loop else names[0],
            title=text_node(title) if title else None,
            share=shares[0] if shares else None,
            parts=all_of(children, n.Part),
            statements=statements_of(children),
            loop=loop,
            grades=all_of(children, n.Grade),
            faulty=any(isinstance(child, Fault) for child in children),
            more_shares=tuple(shares[1:]),
            out_of=out_of,
            span=span_of([child for child in children if isinstance(child, Token | n.Share)]),
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

    def fewer_better(self, children: Children) -> n.FewerBetter:
        return n.FewerBetter(span=span_of(children))

    def effective(self, children: Children) -> n.Effective:
        start, *end = all_of(children, n.Date)
        return n.Effective(start, end[0] if end else None, span=span_of(children))

    def language_rule(self, children: Children) -> n.LanguageRule:
        word = str(tokens_of(children)[-1]).lower()
        language: Language | None = "zh" if word in _CHINESE else "en" if word in _ENGLISH else None
        return n.LanguageRule(language, span=span_of(children))

    def batch_by(self, children: Children) -> n.BatchBy:
        name = next(token for token in tokens_of(children) if token.type == "NAME")
        return n.BatchBy(name_node(name), span=span_of(children))

    def scheme(self, children: Children) -> n.Scheme:
        tokens = tokens_of(children)
        title = text_node(tokens[2]).value if len(tokens) > 2 else None
        attributes = tuple(child for child in children if isinstance(child, n.Attribute))
        return n.Scheme(name_node(tokens[1]), title, attributes, span=span_of(tokens))

    def version(self, children: Children) -> n.Version:
        number = Fraction(folded(tokens_of(children)[1]))
        # A version with decimals is none there is; check says which there are.
        return n.Version(int(number) if number.denominator == 1 else 0, span=span_of(children))

    def fault(self, children: Children) -> Fault:
        token = tokens_of(children)[0]
        return Fault(name_node(token) if str(token) else None)

    def start(self, children: Children) -> Children:
        return children
