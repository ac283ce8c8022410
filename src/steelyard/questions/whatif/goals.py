"""What is wanted of a score, and whether a trace reaches it: yes, no, or perhaps where it is an enclosure."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

from attrs import frozen

from steelyard.core.nodes import Program
from steelyard.trace.model import Entry, Result, Trace
from steelyard.values.intervals import Interval


class Goal(Protocol):
    def reached(self, result: Result) -> bool | None:
        """None: it may be."""
        ...


@frozen
class GradeGoal:
    """At least a grade: that one or a better one of the scale. Where data leave the grade open, every grade it may have."""

    wanted: str
    enough: frozenset[str]

    @classmethod
    def of(cls, program: Program, wanted: str) -> GradeGoal:
        scale = scale_of(program)
        return cls(wanted, frozenset(scale[: scale.index(wanted) + 1]))

    def reached(self, result: Result) -> bool | None:
        if result.status == "not issued":
            return False
        if result.grade is not None:
            return result.grade in self.enough
        possible = set(result.possible_grades)
        if possible and possible <= self.enough:
            return True
        return None if possible & self.enough else False


@frozen
class TotalGoal:
    """At least a total; where fewer points are better, at most."""

    wanted: Fraction
    fewer_better: bool

    def reached(self, result: Result) -> bool | None:
        total = result.total
        if total is None:
            return False
        least, most = (total.low, total.high) if isinstance(total, Interval) else (total, total)
        if self.fewer_better:
            least, most = (None if most is None else -most), (None if least is None else -least)
        wanted = -self.wanted if self.fewer_better else self.wanted
        if most is not None and most < wanted:
            return False
        return True if least is not None and least >= wanted else None


@frozen
class Holding:
    """What keeps a grade from being reached besides the total."""

    entries: tuple[Entry, ...]
    """Statements of the grade that leave it below what is wanted, one a statement."""
    total_suffices: bool
    """Would the total alone have reached it?"""


def holding(goal: GradeGoal, trace: Trace) -> Holding | None:
    """The statements that set, limit or lower the grade of the total to one that is not good enough, if any does. Where the
    total alone is not good enough either, one that lowers it by steps is none of them: a better total may make up for it."""
    of_total = [entry for entry in trace.entries if entry.part == "total"]
    given = next((entry for entry in of_total if entry.kind == "grade"), None)
    suffices = given is not None and _grades(given) <= goal.enough
    found: dict[str, Entry] = {}
    for entry in of_total:
        fired = entry.kind == "regrade" and entry.status in ("applied", "undetermined", "without effect")
        if fired and not _grades(entry) <= goal.enough and _stands_in_the_way(entry, goal, suffices=suffices):
            found.setdefault(entry.rule, entry)
    return Holding(tuple(found.values()), suffices) if found else None


def _grades(entry: Entry) -> set[str]:
    return {label for label in (entry.label, *entry.possible) if label is not None}


def _stands_in_the_way(entry: Entry, goal: GradeGoal, *, suffices: bool) -> bool:
    match entry.role:
        case "lower":
            return suffices
        case "not":
            return suffices or goal.enough <= {entry.name}
        case _:
            return entry.name not in goal.enough


def scale_of(program: Program) -> tuple[str, ...]:
    """The grades of the total, the best first; none where it has none."""
    grade = program.total.grade
    return () if grade is None else grade.scale
