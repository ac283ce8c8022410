"""The trace as values. Every entry is finished: it copies what it needs and nothing in it changes later."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from steelyard.diagnostics.model import Diagnostic, Language
from steelyard.values.intervals import Interval
from steelyard.values.states import Datum, Unknown, Value

Kind = Literal[
    "let", "each", "open", "move", "clamp", "round", "carry", "check", "grade", "judge", "close",
]  # fmt: skip
Status = Literal["applied", "not met", "undetermined", "without effect"]

Quantity = Fraction | Interval
"""Points: exact, or an enclosure where the data do not determine them."""


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


@frozen
class Expr:
    """An expression with the value at every node. `op` is an operator, or for leaves `const`, `cell`, `let`, `score`;
    `ref` then names the cell, the let's path or the part."""

    op: str
    value: Value | Unknown
    args: tuple[Expr, ...] = ()
    ref: str | None = None
    percent: bool = False


@frozen
class RowRef:
    """The child row an entry ran on."""

    rows: str
    key: str
    position: int


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
    """Of a move: score, deduct, award. Of a clamp: opening, floor, top. Of an opening: its basis."""
    name: str | None = None
    """Of a let: its name. Of a carry: the part carried. Of a judgement: the reviewer. Of an opening clamp: the basis. Of a
    move answered by `or V if`: the cause."""
    condition: Expr | None = None
    expression: Expr | None = None
    """Of a move: the amount. Of a let: its value. Of a check: the test."""
    asked: Quantity | None = None
    cap: Quantity | None = None
    applied: Quantity | None = None
    before: Quantity | None = None
    after: Quantity | None = None
    low: Quantity | None = None
    """Of a clamp: the floor. Of a judgement: 0."""
    high: Quantity | None = None
    factor: Quantity | None = None
    """Of a carry."""
    places: int | None = None
    mode: str | None = None
    label: str | None = None
    """Of a grade."""
    possible: tuple[str, ...] = ()
    """Of an undetermined grade."""
    reason: str | None = None
    authority: str | None = None
    inputs: tuple[str, ...] = ()
    """Keys of the cells read."""
    blame: tuple[str, ...] = ()
    """Keys of the cells that leave it undetermined."""


@frozen
class PartResult:
    """What became of one part."""

    path: str
    name: str
    title: str | None
    kind: Literal["total", "section", "criterion"]
    full: Quantity
    score: Quantity
    factor: Quantity


@frozen
class Result:
    """The score, on one page."""

    total: Quantity
    full: Quantity
    grade: str | None
    possible_grades: tuple[str, ...]
    parts: tuple[PartResult, ...]
    """In the order of the file, an outer part before its inner ones, without the total."""
    status: Literal["final", "provisional", "not final"]
    """provisional: the data leave the total open. not final: a finding of severity error stands against it."""
    blame: tuple[str, ...] = ()
    """Keys of the cells that leave the total open."""
    causes: tuple[str, ...] = ()
    """Why it is open: missing, undefined, invalid …"""


@frozen
class SourceFile:
    """A file that went in, by name and SHA-256."""

    file: str
    digest: str


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


@frozen
class Trace:
    """A score with everything that explains it."""

    header: Header
    cells: tuple[TraceCell, ...]
    entries: tuple[Entry, ...]
    result: Result
    findings: tuple[Diagnostic, ...] = field(default=())
