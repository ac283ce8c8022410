"""How much longer twice as much takes."""

from __future__ import annotations

import gc
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LINEAR = 2.7
"""How much longer each phase may take for twice as much; squared would be 4."""
SEEN = 0.1
"""Seconds of a phase below which its growth says nothing."""
COUNTS = 5
"""What else a machine does slows one of the two: of each the least of so many counts, where the first does not do."""


@contextmanager
def only_what_is_measured() -> Iterator[None]:
    """What is measured must not pay for what other tests keep in memory: the collector looks through all of it again the
    oftener, the more a file makes."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def growths(phases: Callable[[int], tuple[float, ...]], count: int) -> tuple[list[float], float]:
    """Of every phase that takes long enough: how often as long it takes for `count` as for half of it; and the seconds of all
    for `count`. Each phase for itself: a squared one does not hide behind one that takes longer."""
    shorter: tuple[float, ...] = ()
    longer: tuple[float, ...] = ()
    grown: list[float] = []
    for _ in range(COUNTS):
        shorter, longer = (
            tuple(min(pair) for pair in zip(least or (math.inf,) * len(now), now, strict=True))
            for least, now in ((shorter, phases(count // 2)), (longer, phases(count)))
        )
        grown = [after / before for before, after in zip(shorter, longer, strict=True) if after > SEEN]
        if all(growth < LINEAR for growth in grown):
            break
    return grown, sum(longer)
