"""How the grade of the total was read off, and what it would be at another total: from the trace alone.

A trace holds the rows of the grades down to the one that counted. So it says what a better total gives, and from where
on a worse one loses the grade, but not always which one it then gets.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from steelyard.explain.again import Again, NotSaidError
from steelyard.trace.ledger import LedgerError, regraded
from steelyard.trace.model import Entry, Expr, Trace
from steelyard.values.states import Unknown, Value

TOTAL = "total"
_COMPARES = ("<", "<=", ">", ">=", "=")


@frozen
class Outcome:
    """What a total gives."""

    row: int
    """Which row of the grades, from 0; the number of rows told where none of those holds."""
    better: int
    """How the row compares with the one that counted: 1 better, 0 the same, -1 worse."""
    label: str | None
    """The grade, after what moves it along the scale. None: one that the trace does not name."""


@frozen
class Grading:
    """The rows down to the one that counted."""

    tests: tuple[Expr, ...]
    counted: int
    scale: tuple[str, ...]
    read: str
    """What was read off, before it was moved."""
    label: str
    moves: tuple[Entry, ...]
    """Regrades that fired."""
    total: Fraction
    full: Fraction

    @classmethod
    def of(cls, trace: Trace) -> Grading | None:
        """None where the total has no grade that is sure, or is not exact."""
        result, entries = trace.result, [entry for entry in trace.entries if entry.part == TOTAL]
        entry = next((entry for entry in entries if entry.kind == "grade"), None)
        exact = isinstance(result.total, Fraction) and isinstance(result.full, Fraction)
        if entry is None or entry.label is None or result.grade is None or not exact or result.computed is not None:
            return None
        choice = entry.condition
        if choice is None or choice.op != "choose" or isinstance(choice.value, Unknown) or not choice.args:
            return None
        *tests, _ = choice.args
        if any(isinstance(test.value, Unknown) for test in tests):
            return None
        held = bool(tests) and tests[-1].value is True
        moves = tuple(e for e in entries if e.kind == "regrade" and _fired(e))
        assert isinstance(result.total, Fraction) and isinstance(result.full, Fraction), "both are exact"
        counted = len(tests) - held
        return cls(tuple(tests), counted, entry.scale, entry.label, result.grade, moves, result.total, result.full)

    def at(self, total: Fraction) -> Outcome | None:
        """What that total would give; None where it cannot be said."""
        again = Again(lambda leaf: self.leaf(leaf, total))
        row = len(self.tests)
        for index, test in enumerate(self.tests):
            try:
                holds = again.value(test)
            except NotSaidError:
                return None
            if isinstance(holds, Unknown):
                return None
            if holds is True:
                row = index
                break
        better = (row < self.counted) - (row > self.counted)
        return Outcome(row, better, self.label if not better else self.called(row))

    def differs(self, outcome: Outcome | None) -> bool:
        """Is it surely another grade? Of what lies below all rows told that is so where nothing moved the grade."""
        if outcome is None or outcome.better == 0:
            return False
        return not self.moves if outcome.label is None else outcome.label != self.label

    def boundaries(self) -> tuple[Fraction, ...]:
        """Totals at which some row of the grades begins or ends, in order."""
        return tuple(sorted({bound for test in self.tests for bound in self._bounds(test)}))

    def called(self, row: int) -> str | None:
        """The grade of another row; None where rows and grades do not stand in one order, and of what lies below all rows
        told, but for the last grade of all."""
        place = self.scale.index(self.read) if self.read in self.scale else None
        below = row > self.counted
        if place != self.counted or (below and len(self.scale) != self.counted + 2):
            return None
        label = self.scale[-1 if below else row]
        for move in self.moves:
            try:
                label = regraded(move.role or "", move.name, move.steps or 0, label, self.scale)
            except (LedgerError, ValueError):
                return None
        return label

    def leaf(self, leaf: Expr, total: Fraction) -> Value | Unknown:
        per_point = self._per_point(leaf)
        return leaf.value if per_point is None else total * per_point

    def _per_point(self, leaf: Expr) -> Fraction | None:
        """Of the total's own score or rate: what it is for one point. None of any other value."""
        if leaf.op != "score" or leaf.ref is None:
            return None
        path, _, facet = leaf.ref.partition(":")
        if path != TOTAL or facet not in ("", "rate"):
            return None
        return 1 / self.full if facet == "rate" and self.full else Fraction(1)

    def _bounds(self, test: Expr) -> Iterator[Fraction]:
        for arg in test.args:
            yield from self._bounds(arg)
        if test.op in _COMPARES and len(test.args) == 2:
            for own, other in (test.args, test.args[::-1]):
                per_point = self._per_point(own)
                if per_point is not None and isinstance(other.value, Fraction):
                    yield other.value / per_point


def _fired(entry: Entry) -> bool:
    held = entry.condition is not None and entry.condition.value is True
    return entry.status == "applied" or (entry.status == "without effect" and held)
