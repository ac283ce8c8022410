"""The score as a function of one input: scored at every point of a grid, runs of equal behaviour told as one piece."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, floor

from attrs import evolve, frozen

from steelyard.data.model import Cell
from steelyard.questions.whatif.bench import Bench, Outcome
from steelyard.questions.whatif.change import fired
from steelyard.questions.whatif.grid import Choices, Grid, moves_of
from steelyard.questions.whatif.inputs import Input
from steelyard.trace.model import Trace
from steelyard.values.states import Absent

MOST_POINTS = 500
"""So many points are scored where no step is asked for; the step is made coarser until they do."""
LIMIT = 5_000
"""More points than these are refused."""
SPAN = 10
"""Without a declared range: from 0 (or from a tenth below) to so many times what stands there."""


@frozen
class Sample:
    """The score at one value."""

    value: Fraction | None
    """None: a choice, which stands on no line."""
    text: str
    outcome: Outcome
    rules: tuple[str, ...]
    """The statements that fire, in the order of the trace."""


@frozen
class Piece:
    """A run of values at which the same statements fire and the grade is the same; the total is one number, or rises or
    falls by the same amount with every step."""

    first: Sample
    last: Sample
    slope: Fraction
    """By how much the total changes with every step."""
    points: int


@frozen
class Sweep:
    name: str
    was: str | None
    step: str | None
    """As it is written; None for choices."""
    samples: tuple[Sample, ...]
    pieces: tuple[Piece, ...]
    now: Fraction | None
    """The value that stands there; it is tried too where it lies between the ends."""


class TooMany(Exception):
    """More points than are scored: how many."""

    def __init__(self, points: int) -> None:
        super().__init__(points)
        self.points = points


@frozen
class Bounds:
    """What is swept, in the value's own scale; None: what the field declares, or around what stands there."""

    low: Fraction | None = None
    high: Fraction | None = None
    step: Fraction | None = None
    """In the unit of the field."""


def sweep(bench: Bench, one: Input, bounds: Bounds, beside: Iterable[Cell] = ()) -> Sweep | None:
    """None where the input is of no kind that can be swept. Raises TooMany where the grid has more points than LIMIT."""
    moves = moves_of(one, beside, bounds.step)
    was = one.cell.text.strip() or None
    match moves:
        case None:
            return None
        case Choices(points):
            texts = [*([was] if was else []), *(point.text for point in points)]
            samples = [found for text in texts if (found := _sample(bench, one, None, text)) is not None]
            pieces = tuple(Piece(sample, sample, Fraction(0), 1) for sample in samples)
            return Sweep(one.name, was, None, tuple(samples), pieces, None)
        case Grid():
            grid, low, high = _placed(moves, bounds)
            if high - low >= LIMIT:
                raise TooMany(high - low + 1)
            tried = (_sample(bench, one, grid.value(point), grid.text(point)) for point in range(low, high + 1))
            samples = [sample for sample in tried if sample is not None]
            now = grid.origin * grid.step if grid.known else None
            step = evolve(grid, kind="number") if grid.kind == "day" else grid
            pieces = _pieces(samples)
            if now is not None and grid.origin.denominator != 1 and low < grid.origin < high:
                there = Sample(now, one.cell.text.strip(), bench.outcome, _firing(bench.base))
                pieces = _with(pieces, samples, there)
                samples = sorted([*samples, there], key=lambda sample: sample.value or Fraction(0))
            return Sweep(one.name, was, step.text(1), tuple(samples), pieces, now)


def _placed(grid: Grid, bounds: Bounds) -> tuple[Grid, int, int]:
    """The grid, coarser where no step was asked for and it has too many points, and its first and last point."""
    now = grid.origin * grid.step
    low, high = bounds.low, bounds.high
    if grid.kind == "day":
        low = now - 183 if low is None else low
        high = now + 183 if high is None else high
    else:
        declared = (grid.low, grid.high)
        size = max(abs(now), grid.step * 10)
        if low is None:
            low = grid.value(declared[0]) if declared[0] is not None else min(Fraction(0), now - size)
        if high is None:
            high = grid.value(declared[1]) if declared[1] is not None else max(Fraction(0), now + size)
    if bounds.step is None and grid.kind != "day":
        step = grid.coarser(MOST_POINTS, low, high)
        factor = step / grid.step
        grid = evolve(grid, step=step, origin=grid.origin / factor)
    return grid, ceil(low / grid.step), floor(high / grid.step)


def _sample(bench: Bench, one: Input, value: Fraction | None, text: str) -> Sample | None:
    cell, _ = one.read(text)
    if isinstance(cell.datum, Absent):
        return None
    trace = bench.with_cell(one, cell)
    return Sample(value, text, Outcome.of(trace.result), _firing(trace))


def _firing(trace: Trace) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_named(e.rule, e.row.key if e.row else None) for e in trace.entries if fired(e)))


def _named(rule: str, row: str | None) -> str:
    return rule if row is None else f"{rule} [{row}]"


def _pieces(samples: Iterable[Sample]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for sample in samples:
        longer = _longer(pieces[-1], sample) if pieces else None
        if longer is None:
            pieces.append(Piece(sample, sample, Fraction(0), 1))
        else:
            pieces[-1] = longer
    return tuple(pieces)


def _with(pieces: tuple[Piece, ...], samples: Sequence[Sample], there: Sample) -> tuple[Piece, ...]:
    """The pieces with what stands there, which lies between two points of the grid: inside a piece where it behaves as that
    one does and its total lies between those of its neighbours, else a piece of its own."""
    assert there.value is not None, "a value that stands on a grid is a number"
    before = [sample for sample in samples if sample.value is not None and sample.value < there.value]
    after = [sample for sample in samples if sample.value is not None and sample.value > there.value]
    found: list[Piece] = []
    placed = False
    for piece in pieces:
        inside = [s for s in before if _spans(piece, s)], [s for s in after if _spans(piece, s)]
        if placed or not inside[1]:
            found.append(piece)
        elif inside[0] and _fits(inside[0][-1], there, inside[1][0]):
            found.append(piece)
            placed = True
        else:
            parts = [_part(piece, run) for run in inside]
            found += [p for p in (parts[0], Piece(there, there, Fraction(0), 1), parts[1]) if p is not None]
            placed = True
    return tuple(found) if placed else (*found, Piece(there, there, Fraction(0), 1))


def _spans(piece: Piece, sample: Sample) -> bool:
    first, last, value = piece.first.value, piece.last.value, sample.value
    return first is not None and last is not None and value is not None and first <= value <= last


def _part(piece: Piece, run: Sequence[Sample]) -> Piece | None:
    return Piece(run[0], run[-1], piece.slope if len(run) > 1 else Fraction(0), len(run)) if run else None


def _fits(before: Sample, there: Sample, after: Sample) -> bool:
    if (before.rules, before.outcome.grade, before.outcome.possible) != (
        there.rules, there.outcome.grade, there.outcome.possible,
    ):  # fmt: skip
        return False
    totals = [sample.outcome.total for sample in (before, there, after)]
    numbers = [total for total in totals if isinstance(total, Fraction)]
    if len(numbers) < len(totals):
        return totals[0] == totals[1] == totals[2]
    return min(numbers[0], numbers[2]) <= numbers[1] <= max(numbers[0], numbers[2])


def _longer(piece: Piece, sample: Sample) -> Piece | None:
    """The piece with one more value, where that behaves as the others do."""
    last = piece.last
    same = (last.rules, last.outcome.grade, last.outcome.possible) == (
        sample.rules, sample.outcome.grade, sample.outcome.possible,
    )  # fmt: skip
    if not same:
        return None
    before, now = last.outcome.total, sample.outcome.total
    if isinstance(before, Fraction) and isinstance(now, Fraction):
        slope = now - before
        return (
            Piece(piece.first, sample, slope, piece.points + 1) if piece.points == 1 or slope == piece.slope else None
        )
    return Piece(piece.first, sample, Fraction(0), piece.points + 1) if before == now else None
