"""Which scores must be known before others: the order of parts, and scores that need themselves."""

from __future__ import annotations

from collections.abc import Iterable

from steelyard.bind.expressions import ScoreRead
from steelyard.bind.order import in_order
from steelyard.bind.paths import Paths
from steelyard.source import RulePath
from steelyard.syntax import nodes as n


def parts_in_order(paths: Paths, reads: Iterable[ScoreRead]) -> tuple[tuple[RulePath, ...], list[n.Expression]]:
    """All parts, each after its siblings whose scores are read in its course; and the names that close a circle.

    Bonus and penalty parts come after the ordinary ones beside them, unless a score is wanted earlier.
    """
    waits: dict[RulePath, dict[RulePath, n.Expression]] = {path: {} for path in _bonus_last(paths)}
    circular: list[n.Expression] = []
    for read in reads:
        own, other = paths.chain(read.runs_in), paths.chain(read.read)
        common = sum(1 for _ in _common(own, other))
        if common == len(other):
            circular.append(read.node)  # Its own score, or that of a part around it.
        elif common < len(own):
            waits[own[common]].setdefault(other[common], read.node)
    ordered, closing = in_order({path: set(read) for path, read in waits.items()})
    circular.extend(next(iter(waits[path].values())) for path in closing)
    return tuple(ordered), circular


def _bonus_last(paths: Paths) -> list[RulePath]:
    return [p.path for p in sorted(paths.places.values(), key=lambda place: place.part.kind in ("bonus", "penalty"))]


def _common(own: list[RulePath], other: list[RulePath]) -> Iterable[RulePath]:
    for a, b in zip(own, other, strict=False):
        if a != b:
            return
        yield a
