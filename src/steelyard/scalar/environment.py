"""What expressions read: the record, the rows bound, lets, closings, values of the batch."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from steelyard.data.model import Record, Row
from steelyard.diagnostics.model import Diagnostic
from steelyard.scalar.recorder import Recorder
from steelyard.trace.model import Expr, Quantity
from steelyard.values.irrational import PRECISIONS
from steelyard.values.states import Cause, Unknown
from steelyard.values.types import ListType, Schema

ROW_LIMIT = 250_000
"""Rows that the loops of one record may read, nested ones for every row around them. A row that is read inside several
others counts for the square of their number: what grows fastest is stopped first."""


@frozen
class Closing:
    """How a part ended."""

    part: str
    """The part's id in the trace."""
    score: Quantity
    blame: frozenset[str]
    """The cells to blame where the score is an enclosure."""
    causes: frozenset[Cause]
    full: Quantity
    share: Quantity
    """What the whole part is worth one level up."""
    skipped: bool | None = False
    """None: it may be."""
    grade: str | None | Unknown = None
    """None: the part has no grade."""
    many: bool = False
    """It stands for any number of parts: those of a list that the data do not hold."""


@frozen
class BatchResult:
    """A value over all records of a batch, as it is for one of them."""

    value: Expr
    """A leaf `batch` whose `ref` is its path."""
    subjects: int
    """Over how many records it was taken."""
    left_out: tuple[str, ...] = ()
    """The records that were left out, for they have no value."""


class Environment:
    """What expressions read."""

    def __init__(
        self, record: Record, schema: Schema, recorder: Recorder, batch: Mapping[str, Expr] | None = None
    ) -> None:
        self.record, self.recorder = record, recorder
        self.rows: dict[int, Row] = {}
        self.groups: dict[int, tuple[Row, ...]] = {}
        """All rows of the group bound at a slot by an `Each` with `by`."""
        self.lets: dict[str, Expr] = {}
        self.closings: dict[str, Closing] = {}
        """Of the parts that stand once; those for each row are in `parts` only."""
        self.parts: list[Closing] = []
        """Of the ordinary parts (no bonus, no penalty) of the account being run, in order."""
        self.batch: Mapping[str, Expr] = {} if batch is None else batch
        """The value of every `FromBatch`, by its path."""
        self.fields = {f.name: f for f in schema.fields}
        self.list_fields = {
            (f.name, g.name): g for f in schema.fields if isinstance(f.type, ListType) for g in f.type.fields
        }
        self.slot_lists: dict[int, str] = {}
        self.rows_read = 0
        self.digits = PRECISIONS[0]
        """Of the enclosures of irrational values; a rounding asks for more where they do not decide it."""

    def rows_of(self, name: str) -> tuple[Row, ...] | Unknown:
        """The rows of a list; a list the data do not hold is missing, not empty."""
        absent = name in self.record.absent_lists
        self.recorder.list(name, None if absent else tuple(row.key for row in self.record.lists.get(name, ())))
        if absent:
            return Unknown(frozenset({Cause.MISSING}))
        return self.counted(self.record.lists.get(name, ()))

    def counted(self, rows: tuple[Row, ...]) -> tuple[Row, ...] | Unknown:
        """The same rows, unless a record's loops have read too many by now."""
        self.rows_read += len(rows) * max(1, len(self.rows)) ** 2
        if self.rows_read <= ROW_LIMIT:
            return rows
        if not any(finding.code == "F207" for finding in self.recorder.findings):
            self.recorder.findings.append(Diagnostic("F207", {"limit": ROW_LIMIT}, record=self.record.key))
        return Unknown(frozenset({Cause.TOO_BIG}))
