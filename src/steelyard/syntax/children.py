"""The children of a reduction: tokens and nodes, and what they have in common."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TypeVar

from lark import Token

from steelyard.source import Span
from steelyard.syntax import nodes as n
from steelyard.syntax.tokens import ScannedToken

Children = Sequence[object]
Kind = TypeVar("Kind")


class Loop:
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


class Action:
    def __init__(self, verb: Token, amount: n.Expression, span: Span) -> None:
        self.verb, self.amount, self.span = verb, amount, span


class Option:
    """`ignoring missing`, `highest first`, `ties share`, a rounding mode, among the arguments of a call."""

    def __init__(self, token: Token, span: Span) -> None:
        self.token, self.span = token, span


class Distinct:
    """`distinct E`, before its call is known to be an aggregate."""

    def __init__(self, inner: object, span: Span) -> None:
        self.inner, self.span = inner, span


class Enough:
    """`5 人以上（含）时`: how many it takes to drop extremes."""

    def __init__(self, least: int, span: Span) -> None:
        self.least, self.span = least, span


class More:
    """`且低于 90%`: compared once more, before it is known what."""

    def __init__(self, operator: str, bound: n.Expression, span: Span) -> None:
        self.operator, self.bound, self.span = operator, bound, span


class Bare:
    """A value alone in a row: one more value of the test before it, a point of an interpolated table, or a value to equal."""

    def __init__(self, value: n.Expression, span: Span) -> None:
        self.value, self.span = value, span


class RawRow:
    """A row before the number of its keys is known. `result` is its amount or label."""

    def __init__(
        self,
        tests: list[n.RowTest | Bare],
        when: n.Expression | None,
        result: n.Expression | None,
        span: Span,
        linear: bool = False,
    ) -> None:
        self.tests, self.when, self.result, self.span, self.linear = tests, when, result, span, linear

    def of(self, keys: int) -> tuple[n.RowTest, ...]:
        """Its tests, one for each key: where there are more, a value alone belongs to the test before it."""
        apart = len(self.tests) <= keys
        found: list[list[n.RowTest | Bare]] = []
        for test in self.tests:
            if found and isinstance(test, Bare) and not apart and isinstance(found[-1][0], n.IsOneOf | Bare):
                found[-1].append(test)
            else:
                found.append([test])
        return tuple(map(_one_test, found))


def _one_test(parts: list[n.RowTest | Bare]) -> n.RowTest:
    """A test with the values alone that belong to it; values alone are a test as well."""
    values: list[n.Expression] = []
    for part in parts:
        match part:
            case Bare(value=value):
                values.append(value)
            case n.IsOneOf(values=more):
                values.extend(more)
            case _:
                return part
    return n.IsOneOf(tuple(values), span=parts[0].span.to(parts[-1].span))


class CodeKeys:
    """What a row of a code table asks for: of each key the codes that it may be."""

    def __init__(self, codes: list[list[n.Expression]], span: Span) -> None:
        self.codes, self.span = codes, span


class CodeRows:
    """The rows that one line of a code table stands for."""

    def __init__(self, rows: tuple[n.CodeRow, ...], span: Span) -> None:
        self.rows, self.span = rows, span


class RawVersion:
    """Rows from a day on, before the number of their keys is known."""

    def __init__(self, start: n.Date, rows: tuple[RawRow, ...], faulty: bool, span: Span) -> None:
        self.start, self.rows, self.faulty, self.span = start, rows, faulty, span


class GivenRows:
    """The rows of a list in an example."""

    def __init__(self, rows: tuple[n.GivenRow, ...], span: Span) -> None:
        self.rows, self.span = rows, span


class RowValue:
    def __init__(self, value: n.Expression, span: Span, linear: bool = False) -> None:
        self.value, self.span, self.linear = value, span, linear


class Rows:
    """Keys and rows of a table, before its statement is known; `clauses` stood on the line of the keys."""

    def __init__(self, table: n.Table, clauses: tuple[n.Clause, ...], span: Span) -> None:
        self.table, self.clauses, self.span = table, clauses, span


class ChecklistRow:
    """One condition of a checklist, with its own reason."""

    def __init__(self, condition: n.Expression, clauses: tuple[n.Clause, ...], span: Span) -> None:
        self.condition, self.clauses, self.span = condition, clauses, span

    def must(self, *, holds: bool) -> n.If:
        condition = self.condition if holds else n.Operation("not", (self.condition,), span=self.span)
        return n.If(condition, span=self.span)


class Several:
    """One line that says several statements: `X ≤ T，计 N 分；每超过 S 扣 A 分` is where a part starts and what is taken from it."""

    def __init__(self, statements: tuple[n.Statement, ...], span: Span) -> None:
        self.statements, self.span = statements, span


class Fault:
    """What could not be read; the name it began with, if it had one."""

    def __init__(self, name: n.Name | None) -> None:
        self.name = name


class Amount:
    """An amount with its 分: the word counts only for the span."""

    def __init__(self, value: n.Expression, span: Span) -> None:
        self.value, self.span = value, span


class RangeEnd:
    def __init__(self, value: n.Expression, included: bool, excluded: bool, span: Span) -> None:
        self.value, self.included, self.excluded, self.span = value, included, excluded, span


def span_of(children: Children) -> Span:
    """From the first child that has a place to the last."""
    spans = [span for child in children if (span := _own_span(child)) is not None]
    return spans[0].to(spans[-1])


def _own_span(child: object) -> Span | None:
    match child:
        case ScannedToken():
            assert child.start_pos is not None and child.end_pos is not None, "the scanner gives both"
            return Span(child.source, child.start_pos, child.end_pos)
        case n.Node() | Loop() | RangeEnd() | Amount() | Action() | Option() | Distinct() | Enough() | Several():
            return child.span
        case CodeKeys() | CodeRows():
            return child.span
        case More() | ChecklistRow() | Rows() | Bare() | RawRow() | RawVersion() | RowValue() | GivenRows():
            return child.span
        case tuple() if child:
            return span_of(child)
        case _:
            return None


def tokens_of(children: Children) -> list[Token]:
    return [child for child in children if isinstance(child, Token)]


def all_of(children: Children, *kinds: type[Kind]) -> tuple[Kind, ...]:
    return tuple(child for child in children if isinstance(child, kinds))


def only(children: Children, kind: type[Kind]) -> Kind:
    return next(child for child in children if isinstance(child, kind))


def expressions_of(children: Children) -> tuple[n.Expression, ...]:
    """The expressions among them, also those that stand as amounts."""
    values = (child.value if isinstance(child, Amount) else child for child in children)
    return tuple(value for value in values if isinstance(value, n.Expression))


def expression_of(children: Children) -> n.Expression:
    return expressions_of(children)[0]


def statements_of(children: Children) -> tuple[n.Statement, ...]:
    found: list[n.Statement] = []
    for child in children:
        if isinstance(child, Several):
            found.extend(child.statements)
        elif isinstance(child, n.Statement):
            found.append(child)
    return tuple(found)


def clauses_among(children: Children) -> tuple[n.Clause, ...]:
    return tuple(child for child in children if isinstance(child, n.Clause))


def flat(children: Children) -> list[object]:
    """The children, those of a line of clauses one by one."""
    found: list[object] = []
    for child in children:
        if isinstance(child, tuple):
            found.extend(child)
        else:
            found.append(child)
    return found


def first_token(children: Children, *types: str) -> Token | None:
    return next((token for token in tokens_of(children) if token.type in types), None)


def clauses_of(children: Children) -> tuple[n.Clause, ...]:
    """All clauses of a statement: a condition in front, those on its line, those indented under it."""
    found: list[n.Clause] = []
    for child in children:
        if isinstance(child, n.Clause):
            found.append(child)
        elif isinstance(child, tuple):
            found.extend(item for item in child if isinstance(item, n.Clause))
    return tuple(found)


def unreadable(children: Children) -> tuple[str, ...]:
    """Names of inputs whose lines could not be read."""
    faults = [child.name for child in children if isinstance(child, Fault)]
    return tuple(name.name for name in faults if name is not None)


def loop_names(children: Children, names: list[n.Name]) -> tuple[n.Name, n.Name]:
    """Row and list: `R in LIST`, or in Chinese `LIST 中每个 R`."""
    chinese = any(token.type == "EACH_IN" for token in tokens_of(children))
    first, second = names
    return (second, first) if chinese else (first, second)


def operation(operator: str, operands: tuple[n.Expression, ...], children: Children) -> n.Operation:
    return n.Operation(operator, operands, span=span_of(children))  # type: ignore[arg-type]  # a literal of the caller


_COMPARED = re.compile(
    "(?P<le>不超过|不高于|不多于|小于或等于|小于等于)|(?P<ge>不低于|不少于|大于或等于|大于等于|达到)"
    "|(?P<gt>超过|高于|多于|大于)|(?P<lt>低于|少于|小于|未达到|未达|不达)"
)
_COMPARISONS = {"le": "<=", "ge": ">=", "gt": ">", "lt": "<"}


def compared_in(name: n.Name) -> Iterator[n.Comparison]:
    """The comparisons of two names that a run of letters may be: `完成时间超过计划时间`."""
    span = name.span
    for match in _COMPARED.finditer(name.name) if span.text == name.name else ():
        if match.start() > 0 and match.end() < len(name.name) and match.lastgroup:
            left = n.Name(name.name[: match.start()], span=Span(span.source, span.start, span.start + match.start()))
            right = n.Name(name.name[match.end() :], span=Span(span.source, span.start + match.end(), span.end))
            yield n.Comparison((_COMPARISONS[match.lastgroup],), (left, right), span=span)


def type_word(token: Token) -> str:
    return {"LIST_OF": "list", "ONE_OF": "one of"}.get(token.type, str(token))


def text_node(token: Token) -> n.Text:
    raw = str(token)
    return n.Text(raw if raw[0] == "《" else raw[1:-1], span=span_of([token]))


def name_node(token: Token) -> n.Name:
    raw = str(token)
    name = raw[1:-1].strip() if raw[0] in "`「" else raw
    return n.Name(unicodedata.normalize("NFC", name), span=span_of([token]))
