"""The nearest name: what did the author mean?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that is most like the word, or None where none is like enough.

    Up to one slip in three characters (at least one); width and case do not count; the first in order wins ties.
    """
    folded = _fold(word)
    limit = max(1, len(folded) // 3)
    best, best_distance = None, limit + 1
    for candidate in dict.fromkeys(candidates):
        other = _fold(candidate)
        if abs(len(other) - len(folded)) > limit:
            continue
        distance = _distance(folded, other)
        if distance < best_distance and distance < max(len(folded), len(other)):
            best, best_distance = candidate, distance
    return best


def _fold(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def _distance(a: str, b: str) -> int:
    """Edits that turn a into b: insert, delete, replace, swap of neighbours (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, before_last, row = row, before, [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        before = last
    return row[-1]
