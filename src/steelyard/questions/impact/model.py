"""What a change of the rules does to the records of one data set."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Literal

from attrs import frozen

from steelyard.trace.model import Quantity

StepKind = Literal["statement", "together", "order", "reading"]
"""statement: one changed, added or removed statement. together: several that hold only together. order: the same statements
in another order. reading: the data are declared in another way."""


@frozen
class Line:
    """A statement as it stands in the old rules and in the new; None where it is not there."""

    rule: str
    old: str | None
    new: str | None
    old_place: str | None
    new_place: str | None
    """`file:line:column`"""
    same_words: bool = False
    """Written in the same words: what it reads has changed, or the points of its part."""


@frozen
class Step:
    """One step from the old rules to the new."""

    kind: StepKind
    lines: tuple[Line, ...] = ()


@frozen
class Outcome:
    """What a record comes to."""

    total: Quantity | None
    """None: no score is issued."""
    grade: str | None
    possible: tuple[str, ...] = ()
    """The grades that an undecided one may be."""

    @property
    def exact(self) -> bool:
        return isinstance(self.total, Fraction)

    @property
    def graded(self) -> bool:
        """Is its grade known, or is there none to be known?"""
        return self.grade is not None or not self.possible


@frozen
class Share:
    """What steps moved a total by; several where it is not known between them."""

    steps: tuple[int, ...]
    points: Fraction


@frozen
class GradeMove:
    """Which steps moved a grade from where to where."""

    steps: tuple[int, ...]
    old: str | None
    new: str | None


@frozen
class RecordImpact:
    """One record under both rules. Where both totals are exact the shares add up to the difference, to the last digit."""

    record: str
    old: Outcome | None
    """None: the old rules find no such record in the data."""
    new: Outcome | None
    shares: tuple[Share, ...] = ()
    """Those that are not 0, in the order of the steps."""
    grades: tuple[GradeMove, ...] = ()

    @property
    def change(self) -> Fraction | None:
        """New total − old total; None where one of them is not exact, and nothing is attributed."""
        before, after = (None if o is None else o.total for o in (self.old, self.new))
        return after - before if isinstance(before, Fraction) and isinstance(after, Fraction) else None

    @property
    def regraded(self) -> bool:
        return self.old is not None and self.new is not None and _grade(self.old) != _grade(self.new)

    @property
    def unattributed(self) -> bool:
        """Is its total not exact under one of the rules, or not there? Not where both give the same."""
        return self.change is None and (self.old is None or self.new is None or self.old != self.new)


@frozen
class Quiet:
    """A changed statement that can move no points: a check, or words alone (a reason, an authority)."""

    line: Line
    is_check: bool
    findings: tuple[int, int] = (0, 0)
    """Of a check: how many findings it makes under the old and under the new rules."""


@frozen
class OtherReading:
    """A cell that reads differently under the two declarations."""

    record: str
    name: str
    text: str


@frozen
class Impact:
    """All of it."""

    old_core: str
    new_core: str
    steps: tuple[Step, ...]
    """In the order of attribution."""
    records: tuple[RecordImpact, ...]
    quiet: tuple[Quiet, ...] = ()
    readings: tuple[OtherReading, ...] = ()
    evaluations: int = 0
    """How many times a record was scored."""
    fewer_better: bool = False

    @property
    def moved(self) -> list[RecordImpact]:
        """The records whose total changed, the largest change first."""
        found = [record for record in self.records if record.change]
        return sorted(found, key=lambda record: -abs(record.change or Fraction(0)))

    @property
    def grade_moves(self) -> Counter[tuple[str | None, str | None]]:
        """How many records went from which grade to which, both known."""
        known = (r for r in self.records if r.old and r.new and r.regraded and r.old.graded and r.new.graded)
        return Counter((r.old.grade, r.new.grade) for r in known if r.old and r.new)


def _grade(outcome: Outcome) -> tuple[str | None, frozenset[str]]:
    return outcome.grade, frozenset(outcome.possible)
