"""What a redacted trace still tells of what was hidden. Hiding a value does not undo the arithmetic made with it.

Two things can be said from the traces before and after: which entries and parts show numbers worked out from a hidden cell,
and where the very text that was hidden still stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import frozen

from steelyard.seal.documents import canonical_bytes
from steelyard.seal.fields import is_hidden, keys_hidden, readers_of
from steelyard.seal.places import pointer, value_at
from steelyard.values.canonical import Json

SHORTEST, SHORTEST_CHINESE = 3, 2
"""Shorter texts stand everywhere: `5`, `no`."""
MOST_TEXTS, LONGEST = 500, 1000
LEAST_TEXTS, WORK = 5, 200_000_000
"""Of a huge trace only the first texts are looked for: characters times texts are bounded."""
_NOT_DATA = frozenset(
    {"source", "authority", "rules", "statements", "core", "scale", "format", "engine", "ref", "sha256"}
)
"""Members that hold the rules, not the data."""


@frozen
class Remains:
    """What is left to be seen."""

    entries: tuple[tuple[int, str], ...]
    """Entries worked out from a hidden cell: number and rule."""
    parts: tuple[str, ...]
    """Parts whose scores they moved."""
    texts: tuple[str, ...]
    """Places where a text that was hidden still stands."""


def remains_of(before: dict[str, Json], after: dict[str, Json], hidden: Iterable[str]) -> Remains:
    """`hidden` are the places of `before` that `after` no longer shows."""
    readers = readers_of(after, keys_hidden(after))
    entries = after.get("entries")
    named: list[tuple[int, str]] = []
    for index in readers.derived:
        entry = entries[index] if isinstance(entries, list) else None
        if isinstance(entry, dict):
            number = entry.get("number")
            named.append((number if isinstance(number, int) else index + 1, str(entry.get("rule"))))
    return Remains(tuple(named), readers.parts, tuple(_standing(after, _texts(before, hidden))))


def _texts(trace: dict[str, Json], places: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    for place in places:
        if place.startswith(("/cells/", "/header/record", "/entries/")):
            for text in _strings(value_at(trace, place)):
                if _telling(text) and len(text) <= LONGEST and len(found) < MOST_TEXTS:
                    found[text] = None
    return list(found)


def _telling(text: str) -> bool:
    return len(text) >= (SHORTEST if text.isascii() else SHORTEST_CHINESE)


def _standing(trace: dict[str, Json], texts: list[str]) -> Iterator[str]:
    """Where one of the texts stands as a word of its own."""
    if not texts:
        return
    texts = texts[: max(LEAST_TEXTS, WORK // len(canonical_bytes(trace)))]
    words = "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))
    pattern = re.compile(rf"(?<![0-9A-Za-z.])(?:{words})(?![0-9A-Za-z]|\.[0-9])")
    waiting: list[tuple[Json, str]] = [(trace, "")]
    while waiting:
        value, way = waiting.pop()
        if isinstance(value, str):
            if pattern.search(value):
                yield way
        elif isinstance(value, list):
            waiting.extend((value[index], way + pointer(index)) for index in reversed(range(len(value))))
        elif isinstance(value, dict) and not is_hidden(value):
            waiting.extend(
                (value[name], way + pointer(name)) for name in sorted(value, reverse=True) if name not in _NOT_DATA
            )


def _strings(value: Json) -> Iterator[str]:
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            yield found
        elif isinstance(found, dict):
            waiting.extend(member for name, member in found.items() if name not in ("comparator", "unit", "absent"))
        elif isinstance(found, list):
            waiting.extend(found)
