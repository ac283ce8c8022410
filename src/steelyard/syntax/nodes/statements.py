"""Statements and grades."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from steelyard.syntax.nodes.base import Node
from steelyard.syntax.nodes.clauses import Clause, Per
from steelyard.syntax.nodes.expressions import Bounds, Date, Expression, Name, RowTest, Text


@frozen
class Let(Node):
    """`let rate = spent / arranged`, `let level by rate` + rows"""

    name: Name
    value: Expression
    clauses: tuple[Clause, ...] = ()


@frozen
class Deduct(Node):
    """`deduct A if C`, `C 的，扣 A 分`, `deduct A for every full S that X is below L`, `deduct by X` + rows"""

    amount: Expression
    clauses: tuple[Clause, ...]
    per: Per | None = None


@frozen
class Award(Node):
    """`award A if C`, `C 的，加 A 分`"""

    amount: Expression
    clauses: tuple[Clause, ...]
    per: Per | None = None


@frozen
class Score(Node):
    """`score E if C`, `C 的，得 E 分`, `score by X` + rows, `total = E`"""

    amount: Expression
    clauses: tuple[Clause, ...]
    per: Per | None = None


@frozen
class StartAt(Node):
    """`start at 80 if new, otherwise 100`, `从 80 分起评`"""

    amount: Expression
    condition: Expression | None
    otherwise: Expression | None
    clauses: tuple[Clause, ...]


@frozen
class Restore(Node):
    """`restore 50% of late_report if C`: gives back part of what a named deduction asked."""

    amount: Expression
    """Written as a percentage: that share of what was asked."""
    of: Name
    clauses: tuple[Clause, ...]


@frozen
class Together(Node):
    """`together, up to 5` + moves of one kind: they share one cap."""

    body: tuple[Statement, ...]
    clauses: tuple[Clause, ...]


@frozen
class HighestOf(Node):
    """`highest of` + moves of one kind: only the largest counts."""

    body: tuple[Statement, ...]
    clauses: tuple[Clause, ...]


@frozen
class Checklist(Node):
    """`score 4 for each that holds`, `以下每缺一项，扣 1 分` + conditions: one move of the same amount for each of them."""

    body: tuple[Statement, ...]
    """A move for each row, with its condition."""
    clauses: tuple[Clause, ...]


@frozen
class Zero(Node):
    """`zero if C`, `zero coal if C`, `zero total if C`, `C 的，一票否决`"""

    target: Name | Literal["own", "total"]
    clauses: tuple[Clause, ...]


@frozen
class Limit(Node):
    """`limit total to 59 if C`, `limit to 3 if C`, `limit coal to 5 if C`"""

    target: Name | Literal["own", "total"]
    to: Expression
    clauses: tuple[Clause, ...]


@frozen
class Regrade(Node):
    """`grade is "poor" if C`, `grade not "good" if C`, `limit grade to "fair" if C`, `lower grade by 1 if C`"""

    how: Literal["is", "not", "limit", "lower"]
    label: Text | None
    steps: Expression | None
    """Of `lower`: a whole number."""
    clauses: tuple[Clause, ...]


@frozen
class Skip(Node):
    """`skip if C, giving full points`, `C 的，不考核`, `skip total if C`, `C 的，不予评价`"""

    target: Literal["own", "total"]
    clauses: tuple[Clause, ...]


@frozen
class Check(Node):
    """`check E`, a consistency of the data; moves no score."""

    test: Expression
    clauses: tuple[Clause, ...]


@frozen
class Level(Node):
    """`"achieved" : from 80% to 100%`, `“达成” ：100%—80%（含）`, of a judged criterion."""

    label: Text
    bounds: Bounds
    """A single value is a range of that value alone."""


@frozen
class Judged(Node):
    """`judged, average of reviewers` + levels"""

    clauses: tuple[Clause, ...]
    levels: tuple[Level, ...] = ()


@frozen
class ForEach(Node):
    """`for each R in LIST where C by KEY` + statements; with `by`, R is a group of rows with the same key."""

    row: Name
    rows: Name
    where: Expression | None
    by: Name | None
    body: tuple[Statement, ...]


@frozen
class Allow(Node):
    """`allow W108 because "…"`: silences a warning in the part it stands in."""

    code: Name
    clauses: tuple[Clause, ...]


@frozen
class PartBound(Node):
    """`may reach 110`, `at least 2`, `no maximum`, `may go below 0`, `not below 0`, `up to 4` of a bonus part"""

    kind: Literal["reach", "least", "no maximum", "below 0", "not below 0"]
    amount: Expression | None = None


Move = Deduct | Award | Score
Group = Together | HighestOf | Checklist
Statement = (
    Let
    | ForEach
    | Deduct
    | Award
    | Score
    | StartAt
    | Restore
    | Together
    | HighestOf
    | Checklist
    | Zero
    | Limit
    | Regrade
    | Skip
    | Check
    | Judged
    | Allow
    | PartBound
)


@frozen
class GradeRow(Node):
    """`"good" from 80`, `良 80 分（含）以上，且 C`, `"poor" when C`"""

    label: Text
    tests: tuple[RowTest, ...]
    """One for each key; none for a row that has only `when`."""
    when: Expression | None = None


@frozen
class GradeVersion(Node):
    """`from 2023-01-01` + rows: the rows of a grade block from that day on."""

    start: Date
    rows: tuple[GradeRow, ...]


@frozen
class Grade(Node):
    """`grade` + rows; `grade by X` + rows"""

    rows: tuple[GradeRow, ...]
    keys: tuple[Expression, ...] = ()
    """None: the rounded score of the part it stands in."""
    faulty: bool = False
    """Did it lose a row that could not be read?"""
    versions: tuple[GradeVersion, ...] = ()
    """Between the rows that hold on every day; `expand` puts the rows of the day among them."""
