"""Two traces beside each other: every entry that differs, followed to what caused it.

An entry differs for what was put in there, or because something it reads does: a `let`, the closing of a part, the balance it
finds. Entries stand behind what they read, so one pass from the first to the last knows the roots of everything it meets.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import define, field

from steelyard.questions.diff.model import Cause, Changed, Diff, Pair, PartChange
from steelyard.questions.diff.own import Own, differing, leaves, only_balance
from steelyard.questions.diff.pairs import pairs_of
from steelyard.trace.model import Entry, Trace

_SIDES = ("rules", "parameters", "data")
_OF_BALANCE = frozenset({"clamp", "round", "limit", "close", "grade", "override", "rescale", "redistribute"})
"""Kinds that take what they do from the balance of their part."""


def diff(old: Trace, new: Trace) -> Diff:
    """What differs from the first trace to the second."""
    follower = _Follower(Own(old, new), old, new)
    pairs = list(pairs_of(old, new))
    for pair in pairs:
        follower.weigh(pair)
    for pair in pairs:
        follower.follow(pair)
    ranked = sorted(follower.causes, key=lambda cause: _SIDES.index(cause.side))
    numbers = {cause: number for number, cause in enumerate(ranked)}
    changed = tuple(
        Changed(pair, fields, *(tuple(sorted(numbers[cause] for cause in some)) for some in (roots, own)))
        for pair, fields, roots, own in follower.changed
    )
    return Diff(old, new, tuple(ranked), changed, tuple(_parts(old, new)))


Roots = dict[Cause, None]
"""A set that keeps its order."""
Turn = tuple[str, str, str]


def _turn(entry: Entry) -> Turn:
    """The row of a loop in a part."""
    row = entry.row
    return (entry.part, "", "") if row is None else (entry.part, row.rows, row.key)


@define(eq=False)
class _Follower:
    """The roots of what was met so far."""

    own: Own
    old: Trace
    new: Trace
    causes: Roots = field(factory=dict)
    changed: list[tuple[Pair, tuple[str, ...], Roots, Roots]] = field(factory=list)
    lets: dict[str, Roots] = field(factory=dict)
    groups: dict[str, Roots] = field(factory=dict)
    parts: dict[str, Roots] = field(factory=dict)
    """What changed in each part so far."""
    turns: dict[Turn, Roots] = field(factory=dict)
    """Why a row counts in one trace and not in the other."""
    weights: dict[str, Roots] = field(factory=dict)
    """The parts whose worth in the one around them was put in differently: all in it share what there is."""

    def weigh(self, pair: Pair) -> None:
        if pair.entry.kind == "carry":
            self.weights.setdefault(pair.entry.part, {}).update(dict.fromkeys(self.own.causes(pair)))

    def follow(self, pair: Pair) -> None:
        entry = pair.entry
        fields = differing(pair)
        own: Roots = dict.fromkeys(self.own.causes(pair))
        if only_balance(fields) and fields and not own and entry.kind in ("move", "group", "judge"):
            return  # It did the same, to another balance.
        roots = {**own, **self._read(pair)}
        if fields:
            inherits = entry.kind in _OF_BALANCE or only_balance(fields)
            if fields == ("only",) and not own:
                roots |= self.turns.get(_turn(entry), {}) or self._around(entry.part)
            elif entry.kind == "carry" and not only_balance(fields):
                roots |= self._shares(entry.part) if "factor" in fields and not own else {}
            elif inherits or ("applied" in fields and "asked" not in fields):
                roots |= self._around(entry.part)
            if not roots:
                roots = own = {self._somewhere(pair): None}
            self.changed.append((pair, fields, roots, own))
            if entry.kind == "skip" or _effect(pair.old) != _effect(pair.new):
                self.parts.setdefault(entry.part, {}).update(roots)
            for held in (e for e in (pair.old, pair.new) if e is not None):
                if held.group is not None or _is_review(held):
                    self.groups.setdefault(held.group or held.rule, {}).update(roots)
        if entry.kind in ("let", "batch"):
            self.lets[entry.rule] = roots if fields else {}
        elif entry.kind == "each":
            self.turns[_turn(entry)] = roots if fields else {}
        self.causes.update(own)

    def _read(self, pair: Pair) -> Roots:
        """What the things it reads changed for."""
        found: Roots = {}
        for entry in (pair.old, pair.new):
            for leaf in leaves(entry):
                name = leaf.ref or ""
                found |= self.lets.get(name, {}) if leaf.op != "score" else self._around(name.partition(":")[0])
            if entry is not None:
                found |= {} if _is_review(entry) else self.groups.pop(entry.rule, {})
                if entry.kind == "carry" and entry.name is not None:
                    found |= self._around(entry.name)
                for name in entry.left_out if entry.kind in ("redistribute", "rescale") else ():
                    found |= self._around(name)
        return found

    def _shares(self, part: str) -> Roots:
        """Why what is inside a part is worth more or less in it: other weights, or other parts skipped."""
        return self.weights.get(part) or self._around(part)

    def _around(self, part: str) -> Roots:
        """What changed in a part."""
        return dict(self.parts.get(part, {}))

    def _somewhere(self, pair: Pair) -> Cause:
        """Where no word, constant or cell tells it: what was put in as a whole."""
        entry, before, after = pair.entry, self.old.header, self.new.header
        if entry.kind == "batch" and before.batch != after.batch:
            digests = (None if h.batch is None else h.batch.digest for h in (before, after))
            return Cause("batch", entry.rule, *digests)
        if before.core != after.core and (before.data == after.data or entry.kind in ("open", "clamp", "carry")):
            return Cause("rules", entry.rule, before.core, after.core)
        return Cause("data", entry.rule, *_digests(self.old, self.new))


def _effect(entry: Entry | None) -> object:
    """What an entry did to the balance of its part."""
    if entry is None or entry.after is None:
        return Fraction(0)
    if isinstance(entry.before, Fraction) and isinstance(entry.after, Fraction):
        return entry.after - entry.before
    return entry.before, entry.after


def _is_review(entry: Entry) -> bool:
    """One reviewer's score, that counts through what all of them come to."""
    return entry.kind == "judge" and entry.after is None


def _digests(old: Trace, new: Trace) -> Iterable[str | None]:
    return (" ".join(f.digest for f in trace.header.data) or None for trace in (old, new))


def _parts(old: Trace, new: Trace) -> Iterable[PartChange]:
    """Parts whose score, worth or grade differs, in the order of the second trace."""
    before, after = ({part.path: part for part in trace.result.parts} for trace in (old, new))
    for path in dict.fromkeys((*after, *before)):
        one, other = before.get(path), after.get(path)
        if one is None or other is None or (one.score, one.grade, one.full) != (other.score, other.grade, other.full):
            yield PartChange(one, other)


def entries_of(found: Diff, causes: int) -> list[list[Changed]]:
    """Of each of the first so many causes, the statements that it changed. What only takes its effect from the balance (a
    rounding, a grade) follows, unless the cause is in it."""
    told: list[list[Changed]] = [[] for _ in found.causes[:causes]]
    for changed in found.changed:
        for number in changed.causes:
            if number < causes and _tells(changed, own=number in changed.own):
                told[number].append(changed)
    return told


def _tells(changed: Changed, *, own: bool) -> bool:
    """Is it a statement of the rules that did something, or a part whose worth is another, and no book-keeping?"""
    entry = changed.pair.entry
    if entry.kind in ("round", "limit", "grade", "override"):
        return own
    if entry.kind == "carry":
        return own or "factor" in changed.fields
    return entry.kind not in ("close", "each", "open", "clamp", "redistribute", "rescale", "let", "batch")
