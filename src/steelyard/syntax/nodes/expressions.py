"""Values, and the rows that choose among them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from attrs import frozen

from steelyard.syntax.nodes.base import Node


@frozen
class Number(Node):
    """`1.5`, `40%`, `1 percentage point`: its exact value, and how it is written."""

    value: Fraction
    percent: bool = False
    """Written with a % or as percentage points: the value is already divided by 100."""
    point: bool = False
    """Written as percentage points: a step of a rate, never a share of something."""


@frozen
class Date(Node):
    """`2023-06-30`, `2023年6月30日`"""

    value: date


@frozen
class Text(Node):
    """`"monthly cases"`"""

    value: str
    stands: tuple[tuple[str, Expression], ...] = ()
    """Of a template: the parameters named in it, and what they stand for (`expand` puts it there)."""


@frozen
class Name(Node):
    """`actual`, `实际值`, or a word that stands for a value (`points`, `yes`)."""

    name: str


@frozen
class FieldOf(Node):
    """`indicator.share`: a field of a row in scope."""

    row: Name
    field: Name


@frozen
class Operation(Node):
    """`a + b − c`, `a * b`, `a / b`, `−a`, `a ^ 2`, `a and b`, `not a`; + * and or take any number."""

    operator: Literal["+", "*", "/", "neg", "^", "and", "or", "not"]
    operands: tuple[Expression, ...]


@frozen
class Comparison(Node):
    """`a < b <= c`, chained."""

    operators: tuple[str, ...]
    """Of = != < <= > >=."""
    operands: tuple[Expression, ...]


@frozen
class Membership(Node):
    """`level in ["good", "fair"]`"""

    value: Expression
    choices: tuple[Expression, ...]


@frozen
class Contains(Node):
    """`remark contains "overdue"`: does a text hold another?"""

    value: Expression
    part: Expression


@frozen
class Within(Node):
    """`filed within 30 days of decided`: not before that day and at most so many days after it."""

    value: Expression
    days: Expression
    of: Expression


@frozen
class IsMissing(Node):
    """`actual is missing`, `actual is not applicable`: a question about the state of a datum."""

    value: Expression
    state: Literal["missing", "not applicable"] = "missing"


@frozen
class Call(Node):
    """`max(a, 0)`"""

    function: Name
    arguments: tuple[Expression, ...]


@frozen
class Dropping(Node):
    """`dropping highest and lowest if 5 or more`"""

    least: int | None = None
    """Drop only where there are at least so many."""
    alone: bool = False
    """`5 人以上（含）时` with nothing dropped: it says nothing, and the check tells so."""


@frozen
class Aggregate(Node):
    """`count(indicators where C)`, `sum(R.share for R in indicators where C)`, `lowest(all.price where valid)`

    `sum(indicators.share where C)` has the list's own name for its row: value `indicators.share`, row `indicators`.
    """

    function: Name
    value: Expression | None
    row: Name | None
    rows: Name
    """A list, the row of a `for each … by` (its group), or `all` (the batch)."""
    where: Expression | None
    distinct: bool = False
    ignoring_missing: bool = False
    dropping: Dropping | None = None


@frozen
class Rank(Node):
    """`rank(price, lowest first, ties share)`: the place of this record in the batch."""

    value: Expression
    highest_first: bool
    ties: Literal["share", "dense"] | None
    """How equal values are numbered; None where the author did not say, which check reports."""


@frozen
class ColumnOf(Node):
    """`fines(kind).amount`: a column of a code table."""

    table: Call
    column: Name


@frozen
class Bounds(Node):
    """`from 90`, `80（含）—90`, `below 60`, `otherwise` (neither end)."""

    low: Expression | None = None
    low_included: bool = True
    high: Expression | None = None
    high_included: bool = False
    bare: Literal["以上", "以下"] | None = None
    """A printed 以上 or 以下 that does not say whether its number is included."""

    @property
    def otherwise(self) -> bool:
        return self.low is None and self.high is None


@frozen
class IsOneOf(Node):
    """`is "none", "absent"`, `等于 0`: one of these values."""

    values: tuple[Expression, ...]


@frozen
class At(Node):
    """`at 90%`: a point of an interpolated table."""

    value: Expression


@frozen
class Missing(Node):
    """`missing`, `not applicable`: the row for a value that is not there, or does not apply."""

    state: Literal["missing", "not applicable"] = "missing"


RowTest = Bounds | IsOneOf | At | Missing


@frozen
class TableRow(Node):
    """`from 80% to below 90% : 4`, `80%（含）—90% ：4 分`, `is "A", from 3 : 5`, `when C : 2`"""

    tests: tuple[RowTest, ...]
    """One for each key; none for a row that has only `when`."""
    when: Expression | None
    value: Expression
    linear: bool = False
    """`70%—90%线性得分`, where no rows beside it say between which points; else it is the two points of a line, and no row."""


@frozen
class RowVersion(Node):
    """`from 2023-01-01` + rows: the rows of a table from that day on."""

    start: Date
    rows: tuple[TableRow, ...]


@frozen
class Table(Node):
    """`… by X, Y` + rows: the one table form, wherever an amount may stand."""

    keys: tuple[Expression, ...]
    rows: tuple[TableRow, ...]
    interpolated: bool = False
    faulty: bool = False
    """Did it lose a row that could not be read?"""
    lookup: str | None = None
    """Made of the code table of this name by `expand`: a key without a row is told when it comes, it is no gap."""
    versions: tuple[RowVersion, ...] = ()
    """Between the rows that hold on every day; `expand` puts the rows of the day among them."""
    texts: tuple[str, ...] = ()
    """Where it differs by date: the texts that it gives on any day."""


Expression = (
    Number
    | Date
    | Text
    | Name
    | FieldOf
    | Operation
    | Comparison
    | Membership
    | Contains
    | Within
    | IsMissing
    | Call
    | Aggregate
    | Rank
    | ColumnOf
    | Table
)
