"""What differs between two traces, and what caused it."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from steelyard.trace.model import Entry, PartResult, Trace

CauseKind = Literal["statement", "value", "rules", "cell", "row", "batch", "data"]
"""statement: its text changed, or it is only in one. value: in the same words, another constant (a parameter, the points of
the part). rules: the core changed and no word of the statement. cell: a datum. row: a row of a list. batch: what is taken from
all records. data: the data changed and no cell that is named."""
Side = Literal["rules", "parameters", "data"]


@frozen
class Cause:
    """Something that was put in and differs; `old` and `new` are texts, None where it is not there."""

    kind: CauseKind
    name: str
    """Of a statement its rule, of a cell its name (in a row: of the row, too), of a row its list."""
    old: str | None
    new: str | None
    old_place: str | None = None
    new_place: str | None = None

    @property
    def side(self) -> Side:
        if self.kind in ("statement", "rules"):
            return "rules"
        return "parameters" if self.kind == "value" else "data"


@frozen(eq=False)
class Pair:
    """An entry of the first trace and the same one of the second; None where it is only in one."""

    old: Entry | None
    new: Entry | None

    @property
    def entry(self) -> Entry:
        found = self.new if self.new is not None else self.old
        assert found is not None, "an entry stands in one of the traces"
        return found


@frozen(eq=False)
class Changed:
    """A pair that does not say the same."""

    pair: Pair
    fields: tuple[str, ...]
    """What differs: status, asked, applied, before …; `only` where it stands in one trace alone."""
    causes: tuple[int, ...]
    """The root causes, by their number."""
    own: tuple[int, ...]
    """Those of them that are in the entry itself; without any it only inherits."""


@frozen(eq=False)
class PartChange:
    """A part whose score or grade differs; None where it is only in one trace."""

    old: PartResult | None
    new: PartResult | None


@frozen(eq=False)
class Diff:
    """Two traces beside each other."""

    old: Trace
    new: Trace
    causes: tuple[Cause, ...]
    """The root causes: rules first, then parameters and data."""
    changed: tuple[Changed, ...]
    parts: tuple[PartChange, ...]

    @property
    def same(self) -> bool:
        """Does nothing differ that was read or came out?"""
        return not self.causes and not self.changed and not self.parts and self.old.result == self.new.result

    def files(self, which: Literal["rules", "data"]) -> list[tuple[str, str | None, str | None]]:
        """Files that are not the same in both: name, first and second digest."""
        before, after = (
            {f.file: f.digest for f in (trace.header.rules if which == "rules" else trace.header.data)}
            for trace in (self.old, self.new)
        )
        names = dict.fromkeys((*before, *after))
        return [(n, before.get(n), after.get(n)) for n in names if before.get(n) != after.get(n)]
