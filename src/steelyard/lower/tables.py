"""Tables to choices: one branch a row, the first that holds counts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import TYPE_CHECKING, assert_never

from steelyard.bind.symbols import InferredSymbol, InputSymbol, RowFieldSymbol
from steelyard.check.constants import constant
from steelyard.check.tables import is_otherwise
from steelyard.core import nodes as c
from steelyard.lower.context import both, minus, product
from steelyard.syntax import nodes as n
from steelyard.values.types import ListType, TextType

if TYPE_CHECKING:
    from steelyard.lower.expressions import Expressions


def lower_table(table: n.Table, expressions: Expressions) -> c.Expression:
    """`… by X, Y` + rows"""
    keys = [expressions.number(key) for key in table.keys]
    rows: list[tuple[n.TableRow, list[c.Branch]]] = []
    points = [row for row in table.rows if _point(row) is not None] if table.interpolated else []
    known = {id(point) for point in points}
    otherwise: c.Expression | None = None
    for row in table.rows:
        if id(row) in known:
            if row is points[0]:
                rows.append((row, _segments(points, keys[0], expressions)))
        elif is_otherwise(row):
            otherwise = expressions.number(row.value)
            break
        else:
            branch = c.Branch(test_of_row(row, keys, expressions), expressions.number(row.value))
            rows.insert(_place(row, rows), (row, [branch]))
    branches = tuple(branch for _, found in rows for branch in found)
    if table.lookup is None or otherwise is not None:
        return c.Choose(branches, otherwise)
    return c.Choose(branches, None, table.lookup, _complete(table, expressions))


def _complete(table: n.Table, expressions: Expressions) -> bool:
    """Is there a row of a code table for all that its keys may be? Only where they are data that choose among texts."""
    choices = [_choices(key, expressions) for key in table.keys]
    return all(choices) and prod(choices) == len(table.rows)


def _choices(key: n.Expression, expressions: Expressions) -> int:
    """Of how many texts the datum is one, declared or enumerated by tables; 0 where anything may stand."""
    match expressions.context.bound.refers_to.get(key.key):
        case InputSymbol(field) | RowFieldSymbol(_, field):
            name = field.name
        case InferredSymbol(name):
            pass
        case _:
            return 0
    schema = expressions.context.checked.schema
    inner = [inner for field in schema.fields if isinstance(field.type, ListType) for inner in field.type.fields]
    kinds = [field.type for field in (*schema.fields, *inner) if field.name == name]
    return max((len(kind.choices) for kind in kinds if isinstance(kind, TextType)), default=0)


def test_of_row(row: n.TableRow | n.GradeRow, keys: Sequence[c.Expression], expressions: Expressions) -> c.Expression:
    """What the keys must be for a row to count."""
    asked = list(zip(keys, row.tests, strict=False))
    tests = [question for key, test in asked for question in _tests(test, key, expressions)]
    return both(tests if row.when is None else [*tests, expressions.lower(row.when)])


def _place(row: n.TableRow, rows: Sequence[tuple[n.TableRow, list[c.Branch]]]) -> int:
    """Rows are asked in order, but whether a key is missing is asked before anything else of it: no other question of a
    missing key has an answer."""
    missing = [index for index, test in enumerate(row.tests) if isinstance(test, n.Missing)]
    if not missing:
        return len(rows)
    for place, (other, _) in enumerate(rows):
        if any(_asks(other.tests[index]) for index in missing if index < len(other.tests)):
            return place
    return len(rows)


def _asks(test: n.RowTest) -> bool:
    return not isinstance(test, n.Missing) and not (isinstance(test, n.Bounds) and test.otherwise)


def _tests(test: n.RowTest, key: c.Expression, expressions: Expressions) -> list[c.Expression]:
    match test:
        case n.Bounds():
            return _within(expressions.context.checked.row_bounds.get(test.key, test), key, expressions)
        case n.IsOneOf(values=(value,)) | n.At(value=value):
            return [c.Op("=", (key, expressions.number(value)))]
        case n.IsOneOf(values=values):
            return [c.Op("in", (key, *(expressions.number(value) for value in values)))]
        case n.Missing(state):
            return [c.Is(key, state)]
        case _:
            assert_never(test)


def _within(bounds: n.Bounds, key: c.Expression, expressions: Expressions) -> list[c.Expression]:
    tests: list[c.Expression] = []
    if bounds.low is not None:
        tests.append(c.Op(">=" if bounds.low_included else ">", (key, expressions.number(bounds.low))))
    if bounds.high is not None:
        tests.append(c.Op("<=" if bounds.high_included else "<", (key, expressions.number(bounds.high))))
    return tests


# ---- interpolation


def _point(row: n.TableRow) -> n.Expression | None:
    """The key's value at a point of an interpolated table; a value alone is one too."""
    match row.tests:
        case (n.At(value=value),) | (n.IsOneOf(values=(value,)),) if row.when is None:
            return value
        case _:
            return None


def _segments(points: Sequence[n.TableRow], key: c.Expression, expressions: Expressions) -> list[c.Branch]:
    """Lines from point to point, from the lowest key to the highest."""
    found: list[tuple[Fraction, c.Expression, c.Expression]] = []
    for row in points:
        at = _point(row)
        value = None if at is None else constant(at)
        assert at is not None and value is not None, "check asks for written points"
        found.append((value, expressions.number(at), expressions.number(row.value)))
    found.sort(key=lambda point: point[0])
    if len(found) == 1:
        return [c.Branch(c.Op("=", (key, found[0][1])), found[0][2])]
    return [_segment(low, high, key) for low, high in pairwise(found)]


def _segment(
    low: tuple[Fraction, c.Expression, c.Expression],
    high: tuple[Fraction, c.Expression, c.Expression],
    key: c.Expression,
) -> c.Branch:
    """The value on the line between two points. The key is held between them, so that a key of which only an enclosure is
    known gives no value beyond them."""
    (x1, at1, y1), (x2, at2, y2) = low, high
    inside = c.Op("and", (c.Op(">=", (key, at1)), c.Op("<=", (key, at2))))
    held = c.Op("min", (c.Op("max", (key, at1)), at2))
    match y1, y2:
        case c.Const(Fraction() as a), c.Const(Fraction() as b):
            slope: c.Expression = c.Const((b - a) / (x2 - x1))
        case _:
            slope = c.Op("/", (minus(y2, y1), c.Const(x2 - x1)))
    return c.Branch(inside, c.Op("+", (y1, product(slope, minus(held, at1)))))
