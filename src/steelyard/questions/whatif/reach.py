"""The smallest change of one input that reaches a goal, proved to be the smallest; or the best that the input can do."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from attrs import evolve, frozen

from steelyard.data.model import Cell, Record
from steelyard.questions.whatif import search
from steelyard.questions.whatif.bench import Bench, Outcome
from steelyard.questions.whatif.goals import Goal, TotalGoal
from steelyard.questions.whatif.grid import Choices, Grid, Point, Why, moves_of
from steelyard.questions.whatif.inputs import Input
from steelyard.questions.whatif.search import Budget
from steelyard.trace.model import Trace
from steelyard.values.intervals import EVERYTHING, Interval
from steelyard.values.numbers import show
from steelyard.values.states import Absent

FINER = 3
"""A threshold is looked for with so many more places."""
YEAR = 365


@frozen
class Neighbour:
    """The point of the grid just before the one that was found."""

    text: str
    outcome: Outcome


Threshold = Literal["at", "between", "open"]
"""Is it met at the value itself (nothing with three more places does it sooner), between it and its neighbour, or was that
not decided?"""


@frozen
class Step:
    """The step of the values that were tried, where values lie between two of them."""

    text: str
    """As it is written, with the unit."""
    why: Why
    finer: str
    """A finer one, as `--step` takes it."""


@frozen
class Reaches:
    """The smallest change that does it."""

    name: str
    was: str | None
    """What stands there; None: nothing."""
    to: str
    size: Fraction
    """How far that is, as it is written: points of the unit, percentage points, days; 1 for another choice."""
    unit: str
    """Of the size: a unit as written, `%` for percentage points, `day`, `choice`."""
    relative: Fraction
    """What changes are ranked by: see `_relative`."""
    outcome: Outcome
    neighbour: Neighbour | None = None
    threshold: Threshold | None = None
    up_to: str | None = None
    """Of a datum that is missing, in a closed range: the last value that does it."""
    step: Step | None = None


@frozen
class Falls:
    """The input cannot do it alone."""

    name: str
    was: str | None
    best: str | None
    """The value with which it comes nearest; None where no value changes anything for the better."""
    outcome: Outcome | None
    proved: bool
    idle: bool = False
    """No value of it changes the total or the grade."""
    step: Step | None = None


@frozen
class Open:
    """The bound on work was met first: nothing nearer than these values does it, beyond them nobody looked."""

    name: str
    was: str | None
    below: str | None
    above: str | None
    steps: int
    """Of the search: stretches and points that were looked at."""


Answer = Reaches | Falls | Open


@frozen
class Reach:
    """A goal, asked of one input after the other."""

    bench: Bench
    goal: Goal
    effort: int
    """Steps of the search for each input, of one scoring each; with blanks beside it, of up to three."""
    step: Fraction | None = None
    refuters: tuple[Record, ...] = ()
    """The record with its blanks held at one end: see `blanks`."""

    def ask(self, one: Input, beside: Iterable[Cell] = (), *, with_best: bool = True) -> Answer | None:
        """None where the input is of no kind that can be searched."""
        moves = moves_of(one, beside, self.step)
        match moves:
            case None:
                return None
            case Choices():
                return self._choices(one, moves)
            case Grid():
                return self._grid(one, moves, with_best=with_best)

    # ---- a few values

    def _choices(self, one: Input, moves: Choices) -> Answer:
        tried = [(point, trace) for point in moves.points if (trace := self._written(one, point.text)) is not None]
        for point, trace in tried:
            if self.goal.reached(trace.result):
                return Reaches(
                    one.name, _stands(one), point.text, Fraction(1), "choice", Fraction(1), Outcome.of(trace.result)
                )
        now = self.bench.outcome
        others = [(point, Outcome.of(trace.result)) for point, trace in tried]
        changing = [(point, outcome) for point, outcome in others if outcome != now]
        if not changing:
            return Falls(one.name, _stands(one), None, None, proved=True, idle=True)
        point, outcome = max(changing, key=lambda pair: _worth(self.bench, pair[1]) or Fraction(-(10**40)))
        if not _improves(self.bench, outcome):
            return Falls(one.name, _stands(one), None, None, proved=True)
        return Falls(one.name, _stands(one), point.text, outcome, proved=True)

    # ---- a grid

    def _grid(self, one: Input, grid: Grid, *, with_best: bool) -> Answer:
        budget = Budget(self.effort)
        if not budget.take():
            return Open(one.name, _stands(one), None, None, 0)
        whole = self._bounds(one, grid, grid.low, grid.high)
        if Outcome.of(whole.result) == self.bench.outcome and (_settled(whole) or not _blamed(one, whole)):
            return Falls(one.name, _stands(one), None, None, proved=True, idle=True)
        found = self._nearest(one, grid, budget)
        match found:
            case search.Found(point):
                return self._reaches(one, grid, point)
            case search.Undecided(below, above):
                low, high = (None if end is None else grid.text(end) for end in (below, above))
                return Open(one.name, _stands(one), low, high, self.effort)
            case search.Nowhere():
                return self._falls(one, grid) if with_best else Falls(one.name, _stands(one), None, None, proved=False)

    def _nearest(self, one: Input, grid: Grid, budget: Budget) -> search.Found | search.Nowhere | search.Undecided:
        def stretch(low: int | None, high: int | None) -> bool | None:
            if grid.kind == "actual":
                # Of what was reached (an `actual`) the engine knows no bounds but all, so every value is scored.
                return None
            answer = self.goal.reached(self._bounds(one, grid, low, high).result)
            return False if answer is None and self._refuted(one, grid.within(low, high)) else answer

        return search.nearest(grid, stretch, lambda point: self._holds(one, grid, point), budget)

    def _reaches(self, one: Input, grid: Grid, point: int) -> Reaches:
        trace = self._at(one, grid, point)
        assert trace is not None, "it was scored when it was found"
        answer = Reaches(
            one.name, _stands(one), grid.text(point), grid.size(point), _unit(grid), _relative(one, grid, point),
            Outcome.of(trace.result), step=_step(grid),
        )  # fmt: skip
        if not grid.known:
            return evolve(answer, up_to=self._last(one, grid, point))
        before = point - 1 if point > grid.origin else point + 1
        if abs(point - grid.origin) < 1:  # What stands there lies between two points itself.
            return evolve(answer, neighbour=Neighbour(one.cell.text.strip(), self.bench.outcome))
        other = self._at(one, grid, before)
        if other is None:
            return answer
        neighbour = Neighbour(grid.text(before), Outcome.of(other.result))
        return evolve(answer, neighbour=neighbour, threshold=self._threshold(one, grid, before, point))

    def _threshold(self, one: Input, grid: Grid, before: int, point: int) -> Threshold | None:
        if grid.whole:
            return None
        fine = grid.finer(FINER)
        by, sign = 10**FINER, 1 if point > before else -1
        last = point * by - sign
        if self._holds(one, fine, last):
            return "between"
        ends = sorted((before * by + sign, last))
        return "at" if self.goal.reached(self._bounds(one, fine, *ends).result) is False else "open"

    def _last(self, one: Input, grid: Grid, first: int) -> str | None:
        """Of a missing datum in a closed range: the greatest value that does it."""
        if grid.low is None or grid.high is None or grid.kind == "day":
            return None
        found = self._nearest(one, evolve(grid, origin=Fraction(grid.high)), Budget(self.effort))
        return grid.text(found.point) if isinstance(found, search.Found) and found.point != first else None

    def _falls(self, one: Input, grid: Grid) -> Falls:
        def bound(low: int | None, high: int | None) -> Fraction | None:
            total = self._bounds(one, grid, low, high).result.total
            if total is None:
                return Fraction(-(10**40))
            end = total if isinstance(total, Fraction) else total.low if self._fewer else total.high
            return None if end is None else -end if self._fewer else end

        def worth(point: int) -> Fraction | None:
            trace = self._at(one, grid, point)
            return None if trace is None else _worth(self.bench, Outcome.of(trace.result))

        found = search.best(grid, bound, worth, Budget(self.effort))
        trace = None if found.point is None else self._at(one, grid, found.point)
        if trace is None or found.point is None or not _improves(self.bench, Outcome.of(trace.result)):
            return Falls(one.name, _stands(one), None, None, proved=found.proved, step=_step(grid))
        nearest = self._nearest_as_good(one, grid, trace)
        return Falls(
            one.name,
            _stands(one),
            grid.text(found.point if nearest is None else nearest),
            Outcome.of(trace.result),
            found.proved,
            step=_step(grid),
        )

    def _nearest_as_good(self, one: Input, grid: Grid, best: Trace) -> int | None:
        """Of the values that are as good as the best, the one nearest to what stands there, if that is soon found."""
        total = best.result.total
        assert isinstance(total, Fraction), "the best is better than the total there is"
        as_good = evolve(self, goal=TotalGoal(total, self._fewer))
        found = as_good._nearest(one, grid, Budget(self.effort))
        if not isinstance(found, search.Found):
            return None
        trace = self._at(one, grid, found.point)
        return found.point if trace is not None and Outcome.of(trace.result) == Outcome.of(best.result) else None

    @property
    def _fewer(self) -> bool:
        return self.bench.program.fewer_better

    # ---- scorings

    def _holds(self, one: Input, grid: Grid, point: int) -> bool:
        trace = self._at(one, grid, point)
        return trace is not None and self.goal.reached(trace.result) is True

    def _refuted(self, one: Input, within: Interval) -> bool:
        """Is the goal out of reach in that stretch for one way in which the data that are not there may turn out?"""
        traces = (self.bench.with_bounds(one, within, record) for record in self.refuters)
        return any(self.goal.reached(trace.result) is False for trace in traces)

    def _at(self, one: Input, grid: Grid, point: int) -> Trace | None:
        return self._written(one, grid.text(point))

    def _written(self, one: Input, text: str) -> Trace | None:
        """Scored with that text in the cell; None where it is no value of the field."""
        cell, _ = one.read(text)
        return None if isinstance(cell.datum, Absent) else self.bench.with_cell(one, cell)

    def _bounds(self, one: Input, grid: Grid, low: int | None, high: int | None) -> Trace:
        within = EVERYTHING if grid.kind == "actual" else grid.within(low, high)
        return self.bench.with_bounds(one, within)


def _settled(trace: Trace) -> bool:
    """Are total and grade the same whatever the input is?"""
    result = trace.result
    return not isinstance(result.total, Interval) and not result.possible_grades


def _blamed(one: Input, trace: Trace) -> bool:
    """Of a result that is open for other data anyway: does this input leave it open too?"""
    place = one.cell.place
    keys = {
        c.key
        for c in trace.cells
        if (c.file, c.row, c.column, c.name) == (place.file, place.row, place.column, one.cell.name)
    }
    return bool(keys & set(trace.result.blame))


def _stands(one: Input) -> str | None:
    return one.cell.text.strip() or None


def _step(grid: Grid) -> Step | None:
    if grid.whole or grid.why is None:
        return None
    shown = grid.step / grid.scale
    # The field's own unit is what --step counts in; a tenth of a number as it is written, a hundredth of a whole one.
    finer = Fraction(1, 100) if shown.denominator == 1 else shown / 10
    return Step(show(shown) + grid.suffix, grid.why, show(finer))


def _unit(grid: Grid) -> str:
    if grid.kind == "day":
        return "day"
    return "%" if grid.scale == Fraction(1, 100) else grid.suffix


def _worth(bench: Bench, outcome: Outcome) -> Fraction | None:
    """A total, so that more is better."""
    total = outcome.total
    if not isinstance(total, Fraction):
        return None
    return -total if bench.program.fewer_better else total


def _improves(bench: Bench, outcome: Outcome) -> bool:
    now, then = _worth(bench, bench.outcome), _worth(bench, outcome)
    return then is not None and (now is None or then > now)


def _relative(one: Input, grid: Grid, point: int) -> Fraction:
    """The size of a change beside others: its share of the declared range; without one, of the value that stands there; of
    days, of a year; 1 where a datum is filled in, or nothing else can be said."""
    size = grid.size(point) * grid.scale
    if not grid.known:
        return Fraction(1)
    if grid.kind == "day":
        return size / YEAR
    low, high = one.field.low, one.field.high
    if low is not None and high is not None and high > low:
        return size / (high - low)
    now = abs(grid.origin * grid.step)
    return size / now if now else Fraction(1)


__all__ = ["Answer", "Falls", "Neighbour", "Open", "Point", "Reach", "Reaches", "Step", "Threshold"]
