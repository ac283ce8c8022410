"""Rows of tables, grades and levels: from the parser's reductions to nodes, one method per grammar rule."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs
from lark import Token

from steelyard.source import Span
from steelyard.syntax import nodes as n
from steelyard.syntax.build_expressions import ExpressionBuilder
from steelyard.syntax.children import (
    Bare,
    Children,
    Fault,
    RangeEnd,
    RawRow,
    RawVersion,
    Rows,
    RowValue,
    all_of,
    clauses_among,
    expression_of,
    expressions_of,
    first_token,
    name_node,
    only,
    span_of,
    text_node,
    tokens_of,
)


class RowBuilder(ExpressionBuilder):
    """The callbacks for everything that stands in rows."""

    # ---- bounds

    def bounds_from(self, children: Children) -> n.Bounds:
        return n.Bounds(low=expression_of(children), span=span_of(children))

    def bounds_from_below(self, children: Children) -> n.Bounds:
        low, high = expressions_of(children)
        return n.Bounds(low, True, high, False, span=span_of(children))

    def bounds_from_to(self, children: Children) -> n.Bounds:
        low, high = expressions_of(children)
        return n.Bounds(low, True, high, True, span=span_of(children))

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
        included = first_token(children, "INCLUSIVE") is not None
        excluded = first_token(children, "EXCLUSIVE") is not None
        return RangeEnd(expression_of(children), included, excluded, span_of(children))

    def bounds_range(self, children: Children) -> n.Bounds:
        """An end is in where it says （含）, or where only the other says （不含）; where neither says, that is asked."""
        low, high = all_of(children, RangeEnd)
        said = low.included or high.included or low.excluded or high.excluded
        return n.Bounds(
            _with_sign_of(low.value, high.value),
            low.included or (high.excluded and not low.excluded),
            high.value,
            high.included or (low.excluded and not high.excluded),
            None if said else "以上",
            span=low.span.to(high.span),
        )

    def bounds_otherwise(self, children: Children) -> n.Bounds:
        return n.Bounds(span=span_of(children))

    # ---- tests and rows

    def row_is(self, children: Children) -> n.IsOneOf:
        return n.IsOneOf((expression_of(children),), span=span_of(children))

    def row_at(self, children: Children) -> n.At:
        return n.At(expression_of(children), span=span_of(children))

    def row_missing(self, children: Children) -> n.Missing:
        return n.Missing(span=span_of(children))

    def row_not_applicable(self, children: Children) -> n.Missing:
        return n.Missing("not applicable", span=span_of(children))

    def bare_value(self, children: Children) -> Bare:
        return Bare(expression_of(children), span_of(children))

    def row_amount(self, children: Children) -> RowValue:
        return RowValue(expression_of(children), span_of(children))

    def row_verb(self, children: Children) -> RowValue:
        token = first_token(children, "NO_POINTS", "LINEAR")
        value = n.Number(Fraction(0), span=span_of([token])) if token else expression_of(children)
        return RowValue(value, span_of(children), linear=token is not None and token.type == "LINEAR")

    def table_row(self, children: Children) -> RawRow:
        tests = [child for child in children if isinstance(child, n.RowTest | Bare)]
        when = next((child for child in children if isinstance(child, n.Expression)), None)
        value = only(children, RowValue)
        return RawRow(tests, when, value.value, span_of(children), value.linear)

    def table_version(self, children: Children) -> RawVersion:
        return _version(children)

    def keys(self, children: Children) -> tuple[n.Expression, ...]:
        return expressions_of(children)

    def table_by(self, children: Children) -> Rows:
        """Keys may have clauses between and behind them."""
        head = [child for child in children if not isinstance(child, RawRow | RawVersion | Fault)]
        return _table(expressions_of(head), children, clauses_among(head), span_of(head))

    # ---- grades

    def grade_row(self, children: Children) -> RawRow:
        tests = [child for child in children if isinstance(child, n.RowTest | Bare)]
        when = next((child for child in children if isinstance(child, n.Expression)), None)
        return RawRow(tests, when, label_of(tokens_of(children)[0]), span_of(children))

    def grade(self, children: Children) -> n.Grade:
        keys = next((child for child in children if isinstance(child, tuple)), ())

        def made(raws: Iterable[RawRow]) -> tuple[n.GradeRow, ...]:
            return tuple(
                n.GradeRow(raw.result, raw.of(max(1, len(keys))), raw.when, span=raw.span)
                for raw in raws
                if isinstance(raw.result, n.Text)
            )

        rows, raw_versions = made(all_of(children, RawRow)), all_of(children, RawVersion)
        versions = tuple(n.GradeVersion(raw.start, made(raw.rows), span=raw.span) for raw in raw_versions)
        span = span_of([*tokens_of(children), keys, *rows, *versions])
        return n.Grade(rows, keys, _faulty(children), versions, span=span)

    def grade_version(self, children: Children) -> RawVersion:
        return _version(children)

    def level(self, children: Children) -> n.Level:
        label = label_of(tokens_of(children)[0])
        bounds = next(child for child in children if isinstance(child, n.Bounds | Bare))
        if isinstance(bounds, Bare):
            bounds = n.Bounds(bounds.value, True, bounds.value, True, span=bounds.span)
        return n.Level(label, _rising(bounds), span=span_of(children))

    def label(self, children: Children) -> n.Text:
        return label_of(tokens_of(children)[0])


def printed_table(children: Children) -> Rows:
    """`按 X、Y 得分` + rows: the keys come as one tuple."""
    keys = next(child for child in children if isinstance(child, tuple))
    head = [child for child in children if not isinstance(child, RawRow | RawVersion | Fault | n.If)]
    return _table(keys, children, clauses_among(head), span_of(head))


def label_of(token: Token) -> n.Text:
    """A grade or level, with or without quotes."""
    if token.type == "STRING":
        return text_node(token)
    return n.Text(name_node(token).name, span=span_of([token]))


def _table(keys: tuple[n.Expression, ...], children: Children, clauses: tuple[n.Clause, ...], head: Span) -> Rows:
    interpolated = first_token(children, "INTERPOLATED") is not None
    rows = _table_rows(all_of(children, RawRow), keys, interpolated)
    versions = tuple(
        n.RowVersion(raw.start, _table_rows(raw.rows, keys, interpolated), span=raw.span)
        for raw in all_of(children, RawVersion)
    )
    # A line between two rows is of an interpolated table, whatever its head says.
    lists = (all_of(children, RawRow), *(raw.rows for raw in all_of(children, RawVersion)))
    every = [row for some in (rows, *(version.rows for version in versions)) for row in some]
    ramps = any(raw.linear for raws in lists for raw in raws) and not any(row.linear for row in every)
    interpolated = interpolated or ramps
    # Where the ends of a line are not said, that is told, and not what the rows leave out.
    faulty = _faulty(children) or any(row.linear for row in every)
    return Rows(n.Table(keys, rows, interpolated, faulty, versions=versions, span=head), clauses, head)


def _table_rows(raws: Iterable[RawRow], keys: tuple[n.Expression, ...], interpolated: bool) -> tuple[n.TableRow, ...]:
    rows = []
    for raw in raws:
        tests = raw.of(len(keys)) if raw.tests else ()
        if interpolated:
            tests = tuple(_point(test) for test in tests)
        assert raw.result is not None, "a row of a table has a value"
        rows.append(n.TableRow(tests, raw.when, raw.result, raw.linear, span=raw.span))
    return ramp_as_points(tuple(rows))


def ramp_as_points(rows: tuple[n.TableRow, ...]) -> tuple[n.TableRow, ...]:
    """`低于70%得0分`, `70%—90%线性得分`, `90%以上得满分`: the row between is two points, whose values the rows beside it give. A bare
    以上 there need not say whether its number is in: the line ends at it."""
    ramps = [index for index, row in enumerate(rows) if row.linear]
    if len(ramps) != 1:
        return tuple(_closed(row) if row.linear else row for row in rows)
    place = ramps[0]
    match rows[place]:
        case n.TableRow(tests=(n.Bounds(low=n.Node() as low, high=n.Node() as high),), when=None):
            pass
        case _:
            return rows
    below, above = _beside(rows, low, upper=True), _beside(rows, high, upper=False)
    if below is None or above is None:
        return tuple(_closed(row) if row.linear else row for row in rows)
    ends = [(low, rows[below].value), (high, rows[above].value)]
    points = [
        n.TableRow((n.At(attrs.evolve(end), span=end.span),), None, attrs.evolve(value), span=rows[place].span)
        for end, value in (ends if below < above else ends[::-1])
    ]
    closed = {index: _closed(rows[index]) for index in (below, above)}
    others = [closed.get(index, row) for index, row in enumerate(rows)]
    last = max(place, below, above) + 1  # Behind both: what they say of their own ends holds.
    return (*(row for row in others[:last] if not row.linear), *points, *others[last:])


def _beside(rows: tuple[n.TableRow, ...], end: n.Expression, *, upper: bool) -> int | None:
    """The row that ends where a line begins (or begins where it ends) and gives a plain value."""
    for index, row in enumerate(rows):
        match row:
            case n.TableRow(tests=(n.Bounds() as bounds,), when=None, value=n.Number() | n.Name(), linear=False):
                other = bounds.high if upper else bounds.low
                if other == end:
                    return index
            case n.TableRow(tests=(n.IsOneOf((value,)),), when=None, value=n.Number() | n.Name()) if value == end:
                return index
            case _:
                pass
    return None


def _closed(row: n.TableRow) -> n.TableRow:
    match row.tests:
        case (n.Bounds(bare=str()) as bounds,) if row.linear or bounds.low is None or bounds.high is None:
            return attrs.evolve(row, tests=(attrs.evolve(bounds, bare=None),))
        case _:
            return row


def _version(children: Children) -> RawVersion:
    return RawVersion(only(children, n.Date), all_of(children, RawRow), _faulty(children), span_of(children))


def _faulty(children: Children) -> bool:
    """Did it lose a row that could not be read?"""
    return any(isinstance(child, Fault) or (isinstance(child, RawVersion) and child.faulty) for child in children)


def _point(test: n.RowTest) -> n.RowTest:
    """A value alone is a point of an interpolated table."""
    if isinstance(test, n.IsOneOf) and len(test.values) == 1:
        return n.At(test.values[0], span=test.span)
    return test


def _with_sign_of(low: n.Expression, high: n.Expression) -> n.Expression:
    """`70—90%`: the sign is printed once, behind the second number, and stands for both."""
    match low, high:
        case n.Number(percent=False), n.Number(percent=True):
            return n.Number(low.value / 100, percent=True, span=low.span)
        case _:
            return low


def _rising(bounds: n.Bounds) -> n.Bounds:
    """`100%—80%（含）`: in levels the larger bound may come first."""
    match bounds.low, bounds.high:
        case n.Number(low), n.Number(high) if low > high:
            return attrs.evolve(
                bounds,
                low=bounds.high,
                low_included=bounds.high_included,
                high=bounds.low,
                high_included=bounds.low_included,
            )
        case _:
            return bounds
