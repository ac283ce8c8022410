"""From the parser's reductions to nodes: one method per grammar rule, named after it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

from lark import Token, Transformer

from steelyard.source import Span
from steelyard.syntax import nodes as n
from steelyard.syntax.scanner import ScannedToken, folded
from steelyard.values.numbers import Rounding
from steelyard.values.units import NO_UNIT, Unit

Children = Sequence[object]
Kind = TypeVar("Kind")

COMPARISONS = {
    "EQ": "=", "NE": "!=", "LT": "<", "LE": "<=", "GT": ">", "GE": ">=",
    "ABOVE": ">", "BELOW": "<", "NOT_BELOW": ">=", "NOT_ABOVE": "<=",
}  # fmt: skip


class Builder(Transformer[Token, object]):
    """The callbacks that Lark runs while it parses. Children are tokens and nodes; layout tokens never come."""

    # ---- expressions

    def number(self, children: Children) -> n.Number:
        tokens = _tokens(children)
        value = Fraction(folded(tokens[0]))
        percent = len(tokens) > 1
        return n.Number(value / 100 if percent else value, percent, span=_span(children))

    def text(self, children: Children) -> n.Text:
        return _text(_tokens(children)[0])

    def name(self, children: Children) -> n.Name:
        return _name(_tokens(children)[0])

    def field_of(self, children: Children) -> n.FieldOf:
        row, _, name = _tokens(children)
        return n.FieldOf(_name(row), _name(name), span=_span(children))

    def bracketed(self, children: Children) -> n.Expression:
        return _expression(children)

    def call(self, children: Children) -> n.Call | n.Aggregate:
        function = _name(_tokens(children)[0])
        arguments = [child for child in children if not isinstance(child, Token)]
        for argument in arguments:
            if isinstance(argument, _Loop) and len(arguments) == 1:
                return n.Aggregate(
                    function,
                    argument.value,
                    argument.row,
                    argument.rows,
                    argument.where,
                    span=_span(children),
                )
        values = tuple(a.whole() if isinstance(a, _Loop) else a for a in arguments)
        return n.Call(function, _expressions(values), span=_span(children))

    def argument_where(self, children: Children) -> _Loop:
        value, where = _expressions(children)
        # `count(indicators where C)`: the value is the list.
        return _Loop(_span(children), None, None, value, where)

    def argument_for(self, children: Children) -> _Loop:
        names = [_name(token) for token in _tokens(children) if token.type == "NAME"]
        expressions = _expressions(children)
        row, rows = _loop_names(children, names)
        where = expressions[1] if len(expressions) > 1 else None
        return _Loop(_span(children), expressions[0], row, rows, where)

    def choices(self, children: Children) -> tuple[n.Expression, ...]:
        return _expressions(children)

    def power(self, children: Children) -> n.Operation:
        return _operation("^", _expressions(children), children)

    def minus(self, children: Children) -> n.Expression:
        (operand,) = _expressions(children)
        if isinstance(operand, n.Number):
            return n.Number(-operand.value, operand.percent, span=_span(children))
        return _operation("neg", (operand,), children)

    def product(self, children: Children) -> n.Expression:
        """Runs of `*` are one node; a `/` divides everything before it."""
        result = children[0]
        for sign, factor in zip(children[1::2], children[2::2], strict=True):
            operator = "*" if isinstance(sign, Token) and sign.type == "STAR" else "/"
            operands = _expressions((result, factor))
            left = operands[0]
            if operator == "*" and isinstance(left, n.Operation) and left.operator == "*" and result is not children[0]:
                operands = (*left.operands, operands[1])
            result = n.Operation("*" if operator == "*" else "/", operands, span=_span((result, factor)))
        return _expression((result,))

    def sum(self, children: Children) -> n.Operation:
        """One node for a whole sum, so that 10,000 terms have depth 1; a subtracted term is negated."""
        terms = [_expression(children[:1])]
        for sign, term in zip(children[1::2], children[2::2], strict=True):
            operand = _expression((term,))
            minus = isinstance(sign, Token) and sign.type == "MINUS"
            terms.append(_operation("neg", (operand,), (sign, term)) if minus else operand)
        return n.Operation("+", tuple(terms), span=_span(children))

    def compared(self, children: Children) -> Token:
        return _tokens(children)[0]

    def comparison(self, children: Children) -> n.Comparison:
        operators = tuple(COMPARISONS[token.type] for token in _tokens(children))
        return n.Comparison(operators, _expressions(children), span=_span(children))

    def membership(self, children: Children) -> n.Membership:
        choices = next(child for child in children if isinstance(child, tuple))
        value = _expression(children)
        end = choices[-1].span.end + 1
        return n.Membership(value, choices, span=Span(value.span.source, value.span.start, end))

    def is_missing(self, children: Children) -> n.IsMissing:
        return n.IsMissing(_expression(children), span=_span(children))

    def is_not_missing(self, children: Children) -> n.Operation:
        return _operation("not", (self.is_missing(children),), children)

    def not_(self, children: Children) -> n.Operation:
        return _operation("not", _expressions(children), children)

    def conjunction(self, children: Children) -> n.Operation:
        return _operation("and", _expressions(children), children)

    def disjunction(self, children: Children) -> n.Operation:
        return _operation("or", _expressions(children), children)

    def amount(self, children: Children) -> _Amount:
        return _Amount(_expression(children), _span(children))

    # ---- clauses

    def if_clause(self, children: Children) -> n.If:
        return n.If(_expression(children), span=_span(children))

    def because(self, children: Children) -> n.Because:
        return n.Because(_text(_tokens(children)[-1]), span=_span(children))

    def under(self, children: Children) -> n.Under:
        return n.Under(_text(_tokens(children)[-1]), span=_span(children))

    def cap(self, children: Children) -> n.Cap:
        return n.Cap(_expression(children), span=_span(children))

    def exhausted(self, children: Children) -> n.Exhausted:
        return n.Exhausted(span=_span(children))

    def or_else(self, children: Children) -> n.OrElse:
        missing = any(token.type in ("MISSING", "MISSING_AS") for token in _tokens(children))
        value = _expression(children)
        return n.OrElse(value, "missing" if missing else "undefined", span=_span(children))

    def severity(self, children: Children) -> n.SeverityClause:
        word = str(_tokens(children)[0])
        return n.SeverityClause("error" if word == "error" else "warning", span=_span(children))

    def average_of(self, children: Children) -> n.AverageOf:
        return n.AverageOf(span=_span(children))

    def clause(self, children: Children) -> n.Clause:
        return _only_clauses(children)[0]

    def clause_line(self, children: Children) -> tuple[n.Clause, ...]:
        return _only_clauses(children)

    # ---- statements

    def let(self, children: Children) -> n.Let:
        name = next(token for token in _tokens(children) if token.type == "NAME")
        return n.Let(_name(name), _expression(children), span=_span(children))

    def condition(self, children: Children) -> n.If:
        return n.If(_expression(children), span=_span(children))

    def action(self, children: Children) -> _Action:
        return _Action(_tokens(children)[0], _expression(children), _span(children))

    def move(self, children: Children) -> n.Move:
        action = _only(children, _Action)
        clauses = _clauses(children)
        span = _span(children)
        match action.verb.type:
            case "DEDUCT":
                return n.Deduct(action.amount, clauses, span=span)
            case "AWARD":
                return n.Award(action.amount, clauses, span=span)
            case _:
                return n.Score(action.amount, clauses, span=span)

    def check(self, children: Children) -> n.Check:
        return n.Check(_expression(children), _clauses(children), span=_span(children))

    def judged(self, children: Children) -> n.Judged:
        return n.Judged(_clauses(children), span=_span(children))

    def for_each(self, children: Children) -> n.ForEach:
        names = [_name(token) for token in _tokens(children) if token.type == "NAME"]
        row, rows = _loop_names(children, names)
        where = [child for child in children if isinstance(child, n.Expression)]
        body = _statements(children)
        head = _span([*_tokens(children), *where])
        return n.ForEach(row, rows, where[0] if where else None, body, span=head)

    # ---- grades

    def grade(self, children: Children) -> n.Grade:
        faulty = any(isinstance(child, Fault) for child in children)
        return n.Grade(_all(children, n.GradeRow), faulty, span=_span(children))

    def grade_row(self, children: Children) -> n.GradeRow:
        label = _tokens(children)[0]
        text = _text(label) if label.type == "STRING" else n.Text(_name(label).name, span=_span([label]))
        return n.GradeRow(text, _only(children, n.Bounds), span=_span(children))

    def bounds_from(self, children: Children) -> n.Bounds:
        return n.Bounds(low=_expression(children), span=_span(children))

    def bounds_from_below(self, children: Children) -> n.Bounds:
        low, high = _expressions(children)
        return n.Bounds(low, True, high, False, span=_span(children))

    def bounds_above(self, children: Children) -> n.Bounds:
        return n.Bounds(low=_expression(children), low_included=False, span=_span(children))

    def bounds_above_up_to(self, children: Children) -> n.Bounds:
        low, high = _expressions(children)
        return n.Bounds(low, False, high, True, span=_span(children))

    def bounds_up_to(self, children: Children) -> n.Bounds:
        return n.Bounds(high=_expression(children), high_included=True, span=_span(children))

    def bounds_below(self, children: Children) -> n.Bounds:
        return n.Bounds(high=_expression(children), span=_span(children))

    def bounds_bare(self, children: Children) -> n.Bounds:
        value = _expression(children)
        if _tokens(children)[-1].type == "BARE_ABOVE":
            return n.Bounds(low=value, bare="以上", span=_span(children))
        return n.Bounds(high=value, high_included=True, bare="以下", span=_span(children))

    def range_end(self, children: Children) -> _RangeEnd:
        included = any(token.type == "INCLUSIVE" for token in _tokens(children))
        return _RangeEnd(_expression(children), included, _span(children))

    def bounds_range(self, children: Children) -> n.Bounds:
        low, high = _all(children, _RangeEnd)
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
        return n.Bounds(span=_span(children))

    # ---- inputs

    def unit(self, children: Children) -> n.UnitName:
        tokens = _tokens(children)
        quoted = tokens[0].type == "STRING"
        names = tuple(
            _text(token).value if token.type == "STRING" else _name(token).name
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
        return n.UnitName(unit, names, quoted, span=_span(children))

    def facet_unit(self, children: Children) -> n.UnitName:
        return _only(children, n.UnitName)

    def signed(self, children: Children) -> n.Number:
        number = _only(children, n.Number)
        negative = any(token.type == "MINUS" for token in _tokens(children))
        return n.Number(-number.value if negative else number.value, number.percent, span=_span(children))

    def facet_range(self, children: Children) -> tuple[n.Number, n.Number]:
        low, high = _all(children, n.Number)
        return low, high

    def facet_choice(self, children: Children) -> n.Text:
        return _text(_tokens(children)[0])

    def field(self, children: Children) -> n.FieldDeclaration:
        tokens = _tokens(children)
        title = tokens[1] if len(tokens) > 1 and tokens[1].type == "STRING" else None
        words = [token for token in tokens if token.type in ("TYPE", "LIST_OF", "ONE_OF")]
        ranges = [child for child in children if isinstance(child, tuple)]
        units = [child for child in children if isinstance(child, n.UnitName)]
        fields = _all(children, n.FieldDeclaration)
        head = _span([child for child in children if not isinstance(child, n.FieldDeclaration)])
        return n.FieldDeclaration(
            name=_name(tokens[0]),
            title=_text(title).value if title else None,
            kinds=tuple(n.TypeWord(_type_word(word), span=_span([word])) for word in words),
            choices=tuple(child for child in children if isinstance(child, n.Text)),
            unit=units[0] if units else None,
            range=ranges[0] if ranges else None,
            optional=any(token.type == "OPTIONAL" for token in tokens),
            fields=fields,
            unreadable=_unreadable(children),
            span=head,
        )

    def input(self, children: Children) -> n.Input:
        return n.Input(_all(children, n.FieldDeclaration), _unreadable(children), span=_span(_tokens(children)))

    # ---- parts

    def share_points(self, children: Children) -> n.SharePoints:
        return n.SharePoints(_expression(children), span=_span(children))

    def share_weight(self, children: Children) -> n.ShareWeight:
        return n.ShareWeight(_expression(children), span=_span(children))

    def part(self, children: Children) -> n.Part:
        tokens = _tokens(children)
        shares = [child for child in children if isinstance(child, n.Share)]
        return n.Part(
            kind="section" if tokens[0].type == "SECTION" else "criterion",
            name=_name(tokens[1]),
            title=_text(tokens[2]).value if len(tokens) > 2 else None,
            share=shares[0] if shares else None,
            parts=_all(children, n.Part),
            statements=_statements(children),
            faulty=any(isinstance(child, Fault) for child in children),
            span=_span([*tokens, *shares]),
        )

    def authority(self, children: Children) -> n.Authority:
        return n.Authority(_text(_tokens(children)[-1]), span=_span(children))

    def rounded(self, children: Children) -> Token:
        return _tokens(children)[-1]

    def rounding(self, children: Children) -> n.RoundingRule:
        tokens = _tokens(children)
        places = next(token for token in tokens if token.type == "NUMBER")
        modes = [str(token) for token in tokens if token.type == "MODE"]
        return n.RoundingRule(
            of="total" if any(token.type == "TOTAL" for token in tokens) else "criterion",
            places=int(Fraction(folded(places))),
            mode=Rounding(modes[0]) if modes else Rounding.HALF_UP,
            span=_span(children),
        )

    def bare_rule(self, children: Children) -> n.BareRule:
        return n.BareRule(span=_span(children))

    def scheme(self, children: Children) -> n.Scheme:
        tokens = _tokens(children)
        title = _text(tokens[2]).value if len(tokens) > 2 else None
        return n.Scheme(
            _name(tokens[1]), title, _all(children, n.Authority, n.RoundingRule, n.BareRule), span=_span(tokens)
        )

    def fault(self, children: Children) -> Fault:
        token = _tokens(children)[0]
        return Fault(_name(token) if str(token) else None)

    def start(self, children: Children) -> Children:
        return children


class _Loop:
    """An argument with `where` or `for`, before its call is known to be an aggregate."""

    def __init__(
        self,
        span: Span,
        value: n.Expression | None,
        row: n.Name | None,
        rows: n.Expression,
        where: n.Expression | None,
    ) -> None:
        self.span, self.value, self.row, self.where = span, value, row, where
        self.rows = rows if isinstance(rows, n.Name) else n.Name(rows.span.text, span=rows.span)

    def whole(self) -> n.Name:
        """As a plain argument, where it does not belong: the check names the mistake."""
        return n.Name(self.span.text, span=self.span)


class _Action:
    def __init__(self, verb: Token, amount: n.Expression, span: Span) -> None:
        self.verb, self.amount, self.span = verb, amount, span


class Fault:
    """What could not be read; the name it began with, if it had one."""

    def __init__(self, name: n.Name | None) -> None:
        self.name = name


class _Amount:
    """An amount with its 分: the word counts only for the span."""

    def __init__(self, value: n.Expression, span: Span) -> None:
        self.value, self.span = value, span


class _RangeEnd:
    def __init__(self, value: n.Expression, included: bool, span: Span) -> None:
        self.value, self.included, self.span = value, included, span


def _span(children: Children) -> Span:
    """From the first child that has a place to the last."""
    spans = [span for child in children if (span := _own_span(child)) is not None]
    return spans[0].to(spans[-1])


def _own_span(child: object) -> Span | None:
    match child:
        case ScannedToken():
            assert child.start_pos is not None and child.end_pos is not None, "the scanner gives both"
            return Span(child.source, child.start_pos, child.end_pos)
        case n.Node() | _Loop() | _RangeEnd() | _Amount() | _Action():
            return child.span
        case tuple() if child:
            return _span(child)
        case _:
            return None


def _tokens(children: Children) -> list[Token]:
    return [child for child in children if isinstance(child, Token)]


def _all(children: Children, *kinds: type[Kind]) -> tuple[Kind, ...]:
    return tuple(child for child in children if isinstance(child, kinds))


def _only(children: Children, kind: type[Kind]) -> Kind:
    return next(child for child in children if isinstance(child, kind))


def _expressions(children: Children) -> tuple[n.Expression, ...]:
    """The expressions among them, also those that stand as amounts."""
    values = (child.value if isinstance(child, _Amount) else child for child in children)
    return tuple(value for value in values if isinstance(value, n.Expression))


def _expression(children: Children) -> n.Expression:
    return _expressions(children)[0]


def _statements(children: Children) -> tuple[n.Statement, ...]:
    return tuple(child for child in children if isinstance(child, n.Statement))


def _only_clauses(children: Children) -> tuple[n.Clause, ...]:
    return tuple(child for child in children if isinstance(child, n.Clause))


def _clauses(children: Children) -> tuple[n.Clause, ...]:
    """All clauses of a statement: a condition in front, those on its line, those indented under it."""
    found: list[n.Clause] = []
    for child in children:
        if isinstance(child, n.Clause):
            found.append(child)
        elif isinstance(child, tuple):
            found.extend(child)
    return tuple(found)


def _unreadable(children: Children) -> tuple[str, ...]:
    """Names of inputs whose lines could not be read."""
    faults = [child.name for child in children if isinstance(child, Fault)]
    return tuple(name.name for name in faults if name is not None)


def _loop_names(children: Children, names: list[n.Name]) -> tuple[n.Name, n.Name]:
    """Row and list: `R in LIST`, or in Chinese `LIST 中每个 R`."""
    chinese = any(token.type == "EACH_IN" for token in _tokens(children))
    first, second = names
    return (second, first) if chinese else (first, second)


def _operation(operator: str, operands: tuple[n.Expression, ...], children: Children) -> n.Operation:
    return n.Operation(operator, operands, span=_span(children))  # type: ignore[arg-type]  # a literal of the caller


def _type_word(token: Token) -> str:
    return {"LIST_OF": "list", "ONE_OF": "one of"}.get(token.type, str(token))


def _text(token: Token) -> n.Text:
    raw = str(token)
    return n.Text(raw if raw[0] == "《" else raw[1:-1], span=_span([token]))


def _name(token: Token) -> n.Name:
    raw = str(token)
    name = raw[1:-1].strip() if raw[0] in "`「" else raw
    return n.Name(unicodedata.normalize("NFC", name), span=_span([token]))
