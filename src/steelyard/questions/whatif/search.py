"""The nearest point of a grid at which something holds, proved to be the nearest.

Best first: of all stretches of the grid that are not decided, the one that begins nearest is looked at. Whether the thing
can hold anywhere in a stretch is asked of the engine with the input known only to lie in that stretch; where it cannot, the
whole stretch is done with, else it is split. So nothing is assumed of how the score runs, and a score that goes up and down
is searched as well as one that only rises. A stretch without end is split at twice its distance, again and again.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from heapq import heappop, heappush
from math import ceil, floor

from attrs import define, field, frozen

from steelyard.questions.whatif.grid import Grid

FARTHEST = 2**40
"""So many steps away nobody looks any more."""

Stretch = Callable[[int | None, int | None], bool | None]
"""Can it hold between two points, both included (None: without end)? True: everywhere; False: nowhere; None: perhaps."""
At = Callable[[int], bool]
"""Does it hold at a point?"""


@frozen
class Found:
    """The nearest point at which it holds."""

    point: int


@frozen
class Nowhere:
    """It holds at no point of the grid."""


@frozen
class Undecided:
    """Nothing nearer holds; beyond these points (None: on that side all is decided) it was not looked."""

    below: int | None
    above: int | None


@define
class Budget:
    """How many scorings are left."""

    left: int

    def take(self) -> bool:
        if self.left <= 0:
            return False
        self.left -= 1
        return True


@frozen(order=True)
class _Piece:
    distance: Fraction
    side: int
    """0 above the origin, 1 below: of two points equally near the higher one is told."""
    near: int = field(eq=False)
    far: int | None = field(eq=False)
    """None: without end."""

    @property
    def ends(self) -> tuple[int | None, int | None]:
        return (self.near, self.far) if self.side == 0 else (self.far, self.near)


def nearest(grid: Grid, stretch: Stretch, at: At, budget: Budget) -> Found | Nowhere | Undecided:
    """The nearest point to the origin at which it holds. The origin itself is looked at only where no value stands there."""
    pieces: list[_Piece] = []
    first_up = ceil(grid.origin) if not grid.known else floor(grid.origin) + 1
    _push(pieces, grid, 0, first_up if grid.low is None else max(first_up, grid.low), grid.high)
    first_down = ceil(grid.origin) - 1
    _push(pieces, grid, 1, first_down if grid.high is None else min(first_down, grid.high), grid.low)
    while pieces:
        piece = heappop(pieces)
        if piece.distance > FARTHEST or not budget.take():
            return _undecided([piece, *pieces])
        if piece.near == piece.far:
            if at(piece.near):
                return Found(piece.near)
            continue
        answer = stretch(*piece.ends)
        if answer is False:
            continue
        if answer is True:
            if not budget.take():
                return _undecided([piece, *pieces])
            if at(piece.near):
                return Found(piece.near)
        for near, far in _halves(piece, grid):
            _push(pieces, grid, piece.side, near, far)
    return Nowhere()


def _push(pieces: list[_Piece], grid: Grid, side: int, near: int, far: int | None) -> None:
    if far is None or (near <= far if side == 0 else near >= far):
        heappush(pieces, _Piece(abs(near - grid.origin), side, near, far))


def _halves(piece: _Piece, grid: Grid) -> list[tuple[int, int | None]]:
    """The near half and the far one. The near part of a stretch without end is as long as it is far away."""
    sign = 1 if piece.side == 0 else -1
    if piece.far is None:
        span = max(1, floor(abs(piece.near - grid.origin)))
        return [(piece.near, piece.near + sign * (span - 1)), (piece.near + sign * span, None)]
    middle = piece.near + sign * (abs(piece.far - piece.near) // 2)
    return [(piece.near, middle), (middle + sign, piece.far)]


def _undecided(pieces: list[_Piece]) -> Undecided:
    """The nearest points that were not looked at, on either side."""
    above = [piece.near for piece in pieces if piece.side == 0]
    below = [piece.near for piece in pieces if piece.side == 1]
    return Undecided(max(below, default=None), min(above, default=None))


@frozen
class Best:
    """The point of greatest worth that was found, if any, and whether there is none better."""

    point: int | None
    proved: bool


@frozen(order=True)
class _Bounded:
    """A stretch, by the greatest worth it may have; one of which no bound is known comes first, of equal ones one with ends."""

    rank: int
    negated: Fraction
    endless: bool
    number: int
    low: int | None = field(eq=False)
    high: int | None = field(eq=False)


def best(
    grid: Grid,
    bound: Callable[[int | None, int | None], Fraction | None],
    worth: Callable[[int], Fraction | None],
    budget: Budget,
) -> Best:
    """The point of greatest worth. `bound` says how much a stretch may be worth at most (None: nobody knows), `worth` what
    a point is (None: nothing is issued there). Of equal ones the first that was met is told."""
    known: tuple[Fraction, int] | None = None
    waiting: list[_Bounded] = []

    def done(*, proved: bool) -> Best:
        return Best(None if known is None else known[1], proved)

    stretches: list[tuple[int | None, int | None]] = [(grid.low, grid.high)]
    while True:
        for low, high in stretches:
            if low is not None and high is not None and low > high:
                continue
            if not budget.take():
                return done(proved=False)
            most = bound(low, high)
            endless = low is None or high is None
            heappush(
                waiting, _Bounded(0 if most is None else 1, -(most or Fraction(0)), endless, budget.left, low, high)
            )
        if not waiting:
            return done(proved=True)
        piece = heappop(waiting)
        if known is not None and piece.rank and -piece.negated <= known[0]:
            return done(proved=True)
        stretches = _split(piece, grid)
        if piece.low is None or piece.high is None:
            if not stretches:
                return done(proved=False)
            continue
        for point in dict.fromkeys((piece.low, piece.high)):
            if not budget.take():
                return done(proved=False)
            found = worth(point)
            if found is not None and (known is None or found > known[0]):
                known = found, point


def _split(piece: _Bounded, grid: Grid) -> list[tuple[int | None, int | None]]:
    """What is left of a stretch whose ends were looked at, in halves; of one without end a near part and the rest. Nothing
    where it is too far away."""
    low, high, origin = piece.low, piece.high, floor(grid.origin)
    match low, high:
        case None, None:
            return [(None, origin), (origin + 1, None)]
        case int(), None:
            span = max(1, abs(low - origin))
            return [] if span > FARTHEST else [(low, low + span), (low + span + 1, None)]
        case None, int():
            span = max(1, abs(high - origin))
            return [] if span > FARTHEST else [(None, high - span - 1), (high - span, high)]
        case int(), int():
            middle = (low + high) // 2
            return [(low + 1, middle), (max(middle, low) + 1, high - 1)]
        case _:
            raise AssertionError("ends are points or open")
