"""Rows over what a key can be: which values each takes, what is left over, what is taken twice.

A key is an `Axis`: the line of numbers, or a list of words. All ends that occur cut it into cells, so that a row is some
ranges of cells and a value lies in exactly one. Every question then is one pass over cells, near linear in the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import total_ordering
from math import ceil, floor

from attrs import field, frozen

AXES_LIMIT = 100
"""Keys of one table; the sweep goes one level deeper for each."""
WORK_LIMIT = 400_000
"""Steps that one table may cost; only tables of several keys whose rows overlap a great deal come near."""
OVERLAP_LIMIT = 20
"""Overlaps that are looked for in one table."""


@total_ordering
@frozen(order=False)
class End:
    """One end of a band, as a cut of the line: between `value` and what lies beyond it."""

    value: Fraction
    after: bool
    """True: the cut lies right above the value, so the value belongs to what is below the cut."""

    def __lt__(self, other: End) -> bool:
        return (self.value, self.after) < (other.value, other.after)


@frozen
class Band:
    """A piece of the line between two cuts; None is open."""

    low: End | None
    high: End | None

    @property
    def empty(self) -> bool:
        return self.low is not None and self.high is not None and not self.low < self.high


EVERYTHING = Band(None, None)


def band(low: Fraction | None, high: Fraction | None, *, low_in: bool = True, high_in: bool = True) -> Band:
    """From one value to another, each included or not; None is open."""
    return Band(None if low is None else End(low, not low_in), None if high is None else End(high, high_in))


def point(value: Fraction) -> Band:
    return band(value, value)


def meet(a: Band, b: Band) -> Band | None:
    """What two bands have in common, None where nothing."""
    low = a.low if b.low is None or (a.low is not None and b.low < a.low) else b.low
    high = a.high if b.high is None or (a.high is not None and a.high < b.high) else b.high
    common = Band(low, high)
    return None if common.empty else common


def holds_value(piece: Band, step: Fraction | None) -> bool:
    """Is there a value in it? Between 89 and 90 lies no whole number."""
    if piece.empty:
        return False
    if step is None or piece.low is None or piece.high is None:
        return True
    low: int = ceil(piece.low.value / step)
    if low * step == piece.low.value and piece.low.after:
        low += 1
    high: int = floor(piece.high.value / step)
    if high * step == piece.high.value and not piece.high.after:
        high -= 1
    return low <= high


Cells = tuple[range, ...]
"""What a row takes of an axis: ranges of its cells, rising and apart."""


@frozen
class Line:
    """A key that is a number or a day."""

    cuts: tuple[End, ...]
    domain: Band
    live: tuple[bool, ...]
    """Whether a cell holds a value that the key can have."""

    @classmethod
    def of(cls, domain: Band, step: Fraction | None, bands: Iterable[Band]) -> Line:
        """The line cut at the ends of the domain and of all bands; values lie `step` apart, or anywhere (None)."""
        ends = {end for piece in (domain, *bands) for end in (piece.low, piece.high) if end is not None}
        cuts = tuple(sorted(ends))
        pieces = [_between(cuts, cell) for cell in range(len(cuts) + 1)]
        inside = [meet(piece, domain) for piece in pieces]
        return cls(cuts, domain, tuple(piece is not None and holds_value(piece, step) for piece in inside))

    def cells(self, bands: Iterable[Band]) -> Cells:
        places = self._places()
        found = []
        for piece in bands:
            low = 0 if piece.low is None else places[piece.low] + 1
            high = len(self.cuts) + 1 if piece.high is None else places[piece.high] + 1
            if low < high:
                found.append(range(low, high))
        return tuple(found)

    def piece(self, cells: range) -> Band:
        """The band that some cells make up, inside the domain where that bounds them."""
        low = self.cuts[cells.start - 1] if cells.start else None
        high = self.cuts[cells.stop - 1] if cells.stop <= len(self.cuts) else None
        return Band(low, high)

    _index: dict[End, int] = field(factory=dict, eq=False, repr=False)

    def _places(self) -> dict[End, int]:
        if not self._index:
            self._index.update({cut: index for index, cut in enumerate(self.cuts)})
        return self._index


@frozen
class Choices:
    """A key that is one of some words (or yes and no)."""

    values: tuple[str | bool, ...]
    open: bool
    """May it be something else?"""

    @property
    def live(self) -> tuple[bool, ...]:
        return (True,) * len(self.values) + (self.open,)

    def cells(self, values: Iterable[str | bool]) -> Cells:
        if not self._index:
            self._index.update({value: index for index, value in enumerate(self.values)})
        places = sorted({self._index[value] for value in values if value in self._index})
        return tuple(range(place, place + 1) for place in places)

    _index: dict[str | bool, int] = field(factory=dict, eq=False, repr=False)


Axis = Line | Choices


def whole(axis: Axis) -> Cells:
    """All of an axis, as an `otherwise` takes it."""
    return (range(len(axis.live)),)


@frozen
class Row:
    """What one row takes: cells of each axis."""

    number: int
    taken: tuple[Cells, ...]
    claims: bool = True
    """False: it holds only on a condition, so that later rows may get the same values."""
    exact: bool = False
    """Does it say both ends, so that an earlier row may not have its values?"""
    exception: bool = False
    """Single values, taken out on purpose of what comes later."""


Box = tuple[range, ...]
"""Cells of each axis that some piece of what can be lies in."""


@frozen
class Coverage:
    """What the rows make of all that the keys can be."""

    gaps: tuple[Box, ...]
    reached: frozenset[int]
    """Rows that get at least one value."""
    overlaps: tuple[tuple[int, int, Box], ...]
    """An exact row, an earlier row, and values that both have."""
    unknown: bool = False
    """Too much to work out."""


def coverage(axes: Sequence[Axis], rows: Sequence[Row]) -> Coverage:
    """Rows in order, the first that holds counts."""
    work = _Work()
    few = len(axes) <= AXES_LIMIT
    gaps = _sweep(axes, list(rows), (), work) if few else []
    if not few or work.spent > WORK_LIMIT:
        return Coverage((), frozenset(), (), unknown=True)
    return Coverage(tuple(_joined(gaps)), frozenset(work.reached), tuple(work.overlaps.values()))


@frozen(eq=False)
class _Work:
    reached: set[int] = field(factory=set)
    overlaps: dict[int, tuple[int, int, Box]] = field(factory=dict)
    steps: list[int] = field(factory=lambda: [0])

    def spend(self, steps: int) -> None:
        self.steps[0] += steps

    @property
    def spent(self) -> int:
        return self.steps[0]


def _sweep(axes: Sequence[Axis], rows: list[Row], before: Box, work: _Work) -> list[Box]:
    """Cell by cell of the first axis, the others inside; the last one in a single pass."""
    depth = len(before)
    if depth == len(axes) - 1:
        return _last(axes[depth], rows, before, work)
    live = axes[depth].live
    active: list[list[Row]] = [[] for _ in live]
    for row in rows:
        for cells in row.taken[depth]:
            work.spend(len(cells))
            if work.spent > WORK_LIMIT:
                return []
            for cell in cells:
                active[cell].append(row)
    gaps: list[Box] = []
    for cell, alive in enumerate(live):
        if alive:
            gaps += _sweep(axes, active[cell], (*before, range(cell, cell + 1)), work)
    return gaps


def _last(axis: Axis, rows: list[Row], before: Box, work: _Work) -> list[Box]:
    live, size = axis.live, len(axis.live)
    owner: list[int | None] = [None] * size
    # `onward[cell]` leads to the next cell that nothing owns yet, itself if it is free.
    onward = [cell if alive else cell + 1 for cell, alive in enumerate(live)] + [size]
    alive_before = [0]
    for alive in live:
        alive_before.append(alive_before[-1] + alive)
    exceptions = {row.number for row in rows if row.exception}
    work.spend(size + len(rows))

    def free(cell: int) -> int:
        root = cell
        while onward[root] != root:
            root = onward[root]
        while onward[cell] != root:
            onward[cell], cell = root, onward[cell]
        return root

    for row in rows:
        taken = 0
        for cells in row.taken[len(before)]:
            cell = free(cells.start)
            if not row.claims:
                taken += cell < cells.stop
                continue
            while cell < cells.stop:
                owner[cell], onward[cell] = row.number, cell + 1
                taken += 1
                cell = free(cell)
        if taken:
            work.reached.add(row.number)
        if row.exact and row.claims and row.number not in work.overlaps and len(work.overlaps) < OVERLAP_LIMIT:
            all_alive = sum(alive_before[cells.stop] - alive_before[cells.start] for cells in row.taken[len(before)])
            if taken < all_alive:
                _overlap(row, owner, exceptions, before, work)
    return [(*before, range(cell, cell + 1)) for cell in range(size) if live[cell] and owner[cell] is None]


def _overlap(row: Row, owner: list[int | None], exceptions: set[int], before: Box, work: _Work) -> None:
    """Notes an earlier row that has some of the row's values; the first of them in the order of rows."""
    others: dict[int, list[int]] = {}
    for cells in row.taken[len(before)]:
        work.spend(len(cells))
        for cell in cells:
            other = owner[cell]
            if other is not None and other != row.number and other not in exceptions:
                others.setdefault(other, []).append(cell)
    if others:
        first = min(others)
        cells = range(others[first][0], others[first][-1] + 1)
        work.overlaps[row.number] = (row.number, first, (*before, cells))


def _joined(gaps: list[Box]) -> list[Box]:
    """Neighbouring cells of the last axis as one box."""
    joined: list[Box] = []
    for gap in gaps:
        last = joined[-1] if joined else None
        if last is not None and last[:-1] == gap[:-1] and last[-1].stop == gap[-1].start:
            joined[-1] = (*last[:-1], range(last[-1].start, gap[-1].stop))
        else:
            joined.append(gap)
    return joined


def _between(cuts: Sequence[End], cell: int) -> Band:
    return Band(cuts[cell - 1] if cell else None, cuts[cell] if cell < len(cuts) else None)
