"""The trace as values. Every entry is finished: it copies what it needs and nothing in it changes later."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from steelyard.diagnostics.model import Diagnostic, Language
from steelyard.values.intervals import Interval
from steelyard.values.states import Datum, Unknown, Value

Kind = Literal[
    "batch", "let", "each", "skip", "open", "redistribute", "carry", "rescale", "judge", "restore", "move", "group",
    "clamp", "limit", "round", "override", "close", "grade", "regrade", "check",
]  # fmt: skip
Status = Literal["applied", "not met", "undetermined", "without effect", "waived", "skipped"]

Quantity = Fraction | Interval
"""Points: exact, or an enclosure where the data do not determine them."""


@frozen
class RowRef:
    """A child row: of an entry the one it ran on."""

    rows: str
    key: str
    position: int


@frozen
class TraceList:
    """A list of child rows that was read: the keys of all its rows, in order, whether they counted or not."""

    name: str
    keys: tuple[str, ...] | None
    """None: the data do not hold the list."""


@frozen
class TraceCell:
    """One datum that was read."""

    key: str
    """`c1`, `c2` … in the order of first use."""
    name: str
    datum: Datum
    text: str
    unit: str | None
    file: str
    row: int | None
    column: str | None
    notes: tuple[str, ...]
    item: RowRef | None = None
    """Of a datum in a row of a list: the row."""
    within: Interval | None = None
    """Of a number that is not there: its declared range."""


@frozen
class Expr:
    """An expression with the value at every node. `op` is an operator, or for leaves `const`, `cell`, `let`, `score`;
    `ref` then names the cell, the let's path or the part. Of an aggregate, `ref` says which of its values count:
    `distinct`, `dropping 5`."""

    op: str
    value: Value | Unknown
    args: tuple[Expr, ...] = ()
    ref: str | None = None
    percent: bool = False
    rows: tuple[RowRef, ...] = ()
    """Of a count, sum or `any` over rows: the rows that counted."""


@frozen
class SourceRef:
    """Where the statement stands in the rules, and what it says there."""

    file: str
    place: str
    text: str


@frozen
class Entry:
    """One statement that was considered."""

    number: int
    kind: Kind
    rule: str
    part: str
    status: Status
    row: RowRef | None = None
    source: SourceRef | None = None
    role: str | None = None
    """Of a move or group: score, deduct, award. Of a restore: points or share. Of a clamp: opening, floor, top. Of an opening: its basis. Of a skip: what
    it gives. Of a limit: zero, limit. Of a regrade: is, lower, limit, not."""
    name: str | None = None
    """Of a let: its name. Of a carry: the part carried. Of a judgement: the reviewer. Of an opening clamp: the basis. Of a
    move answered by `or V if`: the cause. Of a limit or regrade that cannot fire: the skipped part it is written in. Of a
    regrade else: the grade it speaks of. Of a skip without a condition: why. Of an override: who. Of a batch value: its
    operation. Of a row of a grouped loop: the field."""
    condition: Expr | None = None
    expression: Expr | None = None
    """Of a move: the amount. Of a let: its value. Of a check: the test. Of a row of a grouped loop: its key."""
    asked: Quantity | None = None
    """Of a move or group: after its own `up to` and what was given back. Of a restore: what it would give back. Of a
    redistribution: all shares. Of a rescaling: the points taken out. Of an override: the computed score."""
    cap: Quantity | None = None
    """Of a move or group: its `up to`. Of a limit: what it holds to."""
    restored: Quantity | None = None
    """Of a move or group: what its restores gave back."""
    applied: Quantity | None = None
    """What had effect. None: it moves no balance, a group around it does. Of a redistribution: the shares that count."""
    before: Quantity | None = None
    after: Quantity | None = None
    low: Quantity | None = None
    """Of a clamp: the floor. Of a judgement: 0. None where there is none."""
    high: Quantity | None = None
    """Of a clamp: the top. Of an opening, a judgement, or a skip that closes the part: full points. Of a rescaling: the full points of the total."""
    factor: Quantity | None = None
    """Of a carry: what one point is worth one level up. Of a redistribution or rescaling: by what is multiplied."""
    places: int | None = None
    mode: str | None = None
    """Of a rounding: how. Of a group: sum or highest. Of a judgement: how reviewers' scores are combined."""
    steps: int | None = None
    """Of a regrade `lower`."""
    label: str | None = None
    """Of a grade or regrade: the grade it comes to. Of a judgement: the level."""
    possible: tuple[str, ...] = ()
    """Of an undetermined grade."""
    scale: tuple[str, ...] = ()
    """Of a grade: all grades, best first."""
    group: str | None = None
    """Of a move or group inside a group: the group's rule. Of a restore: the rule it gives back from."""
    winner: str | None = None
    """Of a group that takes the highest: the rule of the one taken."""
    winner_row: RowRef | None = None
    left_out: tuple[str, ...] = ()
    """Of a redistribution or rescaling: the parts skipped. Of a batch value: the records without a value."""
    subjects: int | None = None
    """Of a batch value: over how many records it was taken."""
    waiver: str | None = None
    """Of a waived entry: the reason of the exemption."""
    approver: str | None = None
    reason: str | None = None
    authority: str | None = None
    code: str | None = None
    """The rules' own code of the statement."""
    inputs: tuple[str, ...] = ()
    """Keys of the cells read."""
    blame: tuple[str, ...] = ()
    """Keys of the cells that leave it undetermined."""


PartKind = Literal["total", "section", "criterion", "bonus", "penalty"]
ResultStatus = Literal["final", "provisional", "not final", "not issued"]


@frozen
class PartResult:
    """What became of one part. A part for each row is one for each row, its path ending in the row's key."""

    path: str
    name: str
    title: str | None
    kind: PartKind
    inside: str
    """The part around it."""
    full: Quantity
    share: Quantity | None
    """What the whole part is worth one level up, before any redistribution. None in traces of the first format."""
    score: Quantity | None
    """None: it was skipped."""
    factor: Quantity
    """What one point of it is worth one level up, after redistribution."""
    may_be_skipped: bool = False
    computed: Quantity | None = None
    """What the rules came to, where a person set another score."""
    grade: str | None = None
    possible_grades: tuple[str, ...] = ()


@frozen
class Result:
    """The score, on one page."""

    total: Quantity | None
    """None: no score is issued."""
    full: Quantity
    grade: str | None
    possible_grades: tuple[str, ...]
    parts: tuple[PartResult, ...]
    """In the order of the file, an outer part before its inner ones, without the total."""
    status: ResultStatus
    """provisional: the data leave the total, or its grade, open. not final: a finding of severity error stands against it. not issued: the
    total was skipped, and there is no score."""
    blame: tuple[str, ...] = ()
    """Keys of the cells that leave the total open."""
    causes: tuple[str, ...] = ()
    """Why it is open: missing, undefined, invalid …"""
    computed: Quantity | None = None
    """What the rules came to, where a person set another total."""


@frozen
class SourceFile:
    """A file that went in, by name and SHA-256."""

    file: str
    digest: str


@frozen
class BatchRef:
    """The batch that values over all records were taken from."""

    digest: str
    size: int


@frozen
class Header:
    """What the run was made of. No time, host, user, locale or path."""

    engine: str
    scheme: str
    title: str | None
    language: Language
    rules: tuple[SourceFile, ...]
    data: tuple[SourceFile, ...]
    core: str
    """Digest of the core."""
    statements: tuple[tuple[str, int], ...]
    """Statements per part, by path."""
    as_of: str | None
    record: str
    batch: BatchRef | None = None
    fewer_better: bool = False
    """Are fewer points better? Then points are told as given, not as lost."""


@frozen
class Trace:
    """A score with everything that explains it."""

    header: Header
    cells: tuple[TraceCell, ...]
    entries: tuple[Entry, ...]
    result: Result
    findings: tuple[Diagnostic, ...] = field(default=())
    lists: tuple[TraceList, ...] = ()
    """The lists that the statements read."""
