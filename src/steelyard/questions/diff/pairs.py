"""Which entry of one trace is which of the other: by the rule, the part and the row, never by the number.

Rules are counted in their part, so one that is put in front renames those behind it: where the cores differ, a statement in
the same words is the same rule, whatever its number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from steelyard.questions.diff.model import Pair
from steelyard.trace.model import Entry, Trace

Key = tuple[object, ...]


def pairs_of(old: Trace, new: Trace) -> list[Pair]:
    """All entries of both, in the order of the second; those only in the first behind what they stood behind."""
    names = renamed(old, new) if old.header.core != new.header.core else {}
    before, after = _keyed(old, names), _keyed(new, {})
    found: list[list[Pair]] = [[], *([Pair(before.get(key), entry)] for key, entry in after.items())]
    places = {key: place for place, key in enumerate(after, 1)}
    behind = 0
    for key, entry in before.items():
        if key in places:
            behind = places[key]
        else:
            found[behind].append(Pair(entry, None))
    return [pair for some in found for pair in some]


def renamed(old: Trace, new: Trace) -> Mapping[str, str]:
    """Rules of the first trace by what they are called in the second."""
    texts = [_texts(trace) for trace in (old, new)]
    kept = {rule for rule, text in texts[0].items() if texts[1].get(rule) == text}
    free: dict[tuple[str, str, str], list[str]] = {}
    for rule, text in texts[1].items():
        if rule not in kept:
            free.setdefault(text, []).append(rule)
    found: dict[str, str] = {}
    for rule, text in texts[0].items():
        if rule not in kept and free.get(text):
            found[rule] = free[text].pop(0)
    taken = set(found.values())
    # A rule whose number another one has now, and whose words are nowhere: it is gone.
    return {
        **{rule: f"{rule}'" for rule in texts[0] if rule not in kept and rule not in found and rule in taken},
        **found,
    }


def words_of(entry: Entry) -> str | None:
    """The statement's text, whatever its blanks and lines."""
    return None if entry.source is None else " ".join(entry.source.text.split())


def _texts(trace: Trace) -> dict[str, tuple[str, str, str]]:
    """Of every rule that is counted: its part, its kind and its words."""
    return {
        entry.rule: (entry.rule.partition("#")[0], entry.kind, words_of(entry) or "")
        for entry in trace.entries
        if "#" in entry.rule
    }


def _keyed(trace: Trace, names: Mapping[str, str]) -> dict[Key, Entry]:
    counts: Counter[Key] = Counter()
    found: dict[Key, Entry] = {}
    for entry in trace.entries:
        row = None if entry.row is None else (entry.row.rows, entry.row.key)
        own = entry.name if entry.kind in ("judge", "carry") else None
        key: Key = (entry.kind, names.get(entry.rule, entry.rule), entry.part, row, own)
        counts[key] += 1
        found[*key, counts[key]] = entry
    return found
