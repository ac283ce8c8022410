"""A trace by its parts: everything that a report looks up again and again, found once."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from attrs import frozen

from steelyard.explain.losses import TOTAL, Effect, effects
from steelyard.trace.model import Entry, PartResult, Trace

Thing = TypeVar("Thing")
Key = TypeVar("Key")


@frozen
class Outline:
    """The parts, the entries and the effects of one trace."""

    trace: Trace

    @cached_property
    def parts(self) -> Mapping[str, PartResult]:
        """The parts by their paths."""
        return {part.path: part for part in self.trace.result.parts}

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """What explains the total, in the order of the trace."""
        return effects(self.trace)

    @cached_property
    def effect_at(self) -> Mapping[int, Effect]:
        """The effects by the numbers of their entries."""
        return {effect.entry.number: effect for effect in self.effects}

    @cached_property
    def _inner(self) -> Mapping[str, Sequence[PartResult]]:
        return _grouped(self.trace.result.parts, lambda part: part.inside)

    @cached_property
    def _of_part(self) -> Mapping[str, Sequence[Entry]]:
        return _grouped(self.trace.entries, lambda entry: entry.part)

    @cached_property
    def _of_rule(self) -> Mapping[str, Sequence[Entry]]:
        return _grouped(self.trace.entries, lambda entry: entry.rule)

    @cached_property
    def _of_group(self) -> Mapping[str | None, Sequence[Entry]]:
        return _grouped(self.trace.entries, lambda entry: entry.group)

    @cached_property
    def _carried(self) -> Mapping[str | None, Entry]:
        return {entry.name: entry for entry in reversed(self.trace.entries) if entry.kind == "carry"}

    @cached_property
    def _moved(self) -> Mapping[str, Fraction]:
        found: dict[str, Fraction] = defaultdict(Fraction)
        for effect in self.effects:
            for path in self.around(effect.part):
                found[path] += abs(effect.on_total or effect.points)
        return found

    def around(self, path: str) -> list[str]:
        """The part and those around it, the innermost first, without the total."""
        found: list[str] = []
        while path in self.parts:
            found.append(path)
            path = self.parts[path].inside
        return found

    def within(self, inner: str, path: str) -> bool:
        """Is it the part, or inside it? Everything is inside the total."""
        return path == TOTAL or path in self.around(inner)

    def inner(self, path: str) -> list[PartResult]:
        """The parts right inside a part, the one that lost (or was given) most first."""
        return sorted(self._inner.get(path, ()), key=lambda part: -self._moved.get(part.path, Fraction(0)))

    def entries(self, path: str) -> Sequence[Entry]:
        """The entries of a part, not of those inside it."""
        return self._of_part.get(path, ())

    def carried(self, path: str) -> Entry | None:
        """What brought a part one level up."""
        return self._carried.get(path)

    def last_let(self, rule: str, entry: Entry) -> Entry | None:
        """The value of a let as an entry reads it: the last one before it."""
        found = _before(entry, self._of_rule.get(rule, ()))
        return next((e for e in found if e.kind == "let"), None)

    def reviewers(self, entry: Entry) -> list[Entry]:
        """Of the mean of a judgement, the scores that it is the mean of."""
        return [e for e in self._of_rule.get(entry.rule, ()) if e.kind == "judge" and e.after is None]

    def members(self, entry: Entry) -> list[Entry]:
        """What stands in a group, on this row."""
        earlier = _before(entry, self._of_rule.get(entry.rule, ()))
        row_before = next((e.number for e in earlier if e.kind == entry.kind), 0)
        members = self._of_group.get(entry.rule, ())
        first, last = (bisect_left(members, number, key=_number) for number in (row_before, entry.number))
        return list(members[first:last])


def _before(entry: Entry, entries: Sequence[Entry]) -> Sequence[Entry]:
    """Those before an entry, the last one first."""
    return entries[: bisect_left(entries, entry.number, key=_number)][::-1]


def _number(entry: Entry) -> int:
    return entry.number


def _grouped(things: Iterable[Thing], key: Callable[[Thing], Key]) -> Mapping[Key, Sequence[Thing]]:
    found: dict[Key, list[Thing]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return found
