"""What each step did to all records together."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from steelyard.questions.impact.model import Impact, RecordImpact


@frozen
class StepSum:
    """Of one step, or of several between which it is not known for some records."""

    steps: tuple[int, ...]
    points: Fraction
    """The sum over all records."""
    records: int
    """How many totals it moved."""
    low: Fraction
    """The least and the greatest that it moved one by; 0 where it moved none."""
    high: Fraction
    regraded: int
    """How many grades it changed."""


def sums_of(impact: Impact, records: Iterable[RecordImpact] | None = None) -> list[StepSum]:
    """One for every step, in order, then those of several steps."""
    points: dict[tuple[int, ...], list[Fraction]] = {(number,): [] for number in range(len(impact.steps))}
    regraded: dict[tuple[int, ...], int] = {}
    for record in impact.records if records is None else records:
        for share in record.shares:
            points.setdefault(share.steps, []).append(share.points)
        for grade in record.grades:
            points.setdefault(grade.steps, [])
            regraded[grade.steps] = regraded.get(grade.steps, 0) + 1
    none = Fraction(0)
    return [
        StepSum(
            steps,
            sum(moved, none),
            len(moved),
            min(moved, default=none),
            max(moved, default=none),
            regraded.get(steps, 0),
        )
        for steps, moved in sorted(points.items(), key=lambda pair: (len(pair[0]) > 1, pair[0]))
    ]
