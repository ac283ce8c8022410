"""Fields that can be hidden, by the names people give them, and the places of a trace where each stands.

    NAME        an input: its text and value as they were read, and every leaf of an expression that shows it
    :people     reviewers, who overrode a score, who approved an exemption
    :reasons    reasons: those of rules with their values put in, of reviewers, of overrides and exemptions
    :record     the key of the record

The places follow from the build of a trace alone (keys, kinds, references), never from the values that may be hidden: so they
are the same in the trace and in every redacted form of it, and whoever holds a receipt can hide a field without asking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from steelyard.seal.places import pointer
from steelyard.values.canonical import Json

Object = dict[str, Json]

GROUPS = {
    ":people": ":people", ":人员": ":people",
    ":reasons": ":reasons", ":理由": ":reasons",
    ":record": ":record", ":对象": ":record",
}  # fmt: skip
"""Each group's spellings, and the one that files hold."""

_PEOPLE = frozenset({"by", "改判人", "reviewer", "评审人", "评审"})
_REASONS = frozenset({"reason", "理由", "改判理由"})
_APPROVER_ENDS, _REASON_ENDS = (" approver", " 批准人"), (" reason", " 理由")
_FINDING_WORDS = ("message", "help", "text")


def spelled(field: str) -> str:
    """A field's name as files hold it."""
    return GROUPS.get(field, field)


def places_of(trace: Object, *fields: str) -> list[str]:
    """Where fields stand in this trace, in a fixed order; none where they do not occur. All inputs take one pass."""
    named = dict.fromkeys(spelled(field) for field in fields)
    places: list[str] = []
    if ":people" in named:
        places += [*_entry_members(trace, "approver"), *_deciders(trace), *_cells(trace, _is_person)[0]]
    if ":reasons" in named:
        sentences = [*_entry_members(trace, "reason"), *_entry_members(trace, "waiver")]
        places += [*sentences, *_cells(trace, _is_reason)[0]]
    if ":record" in named:
        places += [*_members(trace.get("header"), ("header",), "record"), *_record_mentions(trace)]
    if names := {name for name in named if not name.startswith(":")}:
        places += _inputs(trace, names)
    return list(dict.fromkeys(places))


def places_hidden_with_any(trace: Object) -> list[str]:
    """What is hidden as soon as anything is, because hidden values could be guessed from it or are quoted in it: the digests
    of the data files and of the batch (whoever has all but one cell of a small file tries that cell until the digest fits)
    and the words of findings."""
    header = trace.get("header")
    places: list[str] = []
    if isinstance(header, dict):
        for index, file in enumerate(_items(header, "data")):
            places += _members(file, ("header", "data", index), "sha256")
        places += _members(header.get("batch"), ("header", "batch"), "sha256")
    for index, finding in enumerate(_items(trace, "findings")):
        places += _members(finding, ("findings", index), *_FINDING_WORDS)
    return places


def names_in(trace: Object) -> set[str]:
    """The inputs of this trace."""
    return {name for cell in _objects(trace, "cells") if isinstance(name := cell.get("name"), str)}


# ---- inputs


def _inputs(trace: Object, names: set[str]) -> list[str]:
    """Their cells, and the sentences that may quote them: the reasons of the entries that read them."""
    places, keys = _cells(trace, lambda cell: cell in names)
    of_people = _cells(trace, lambda cell: cell in names and _is_person(cell))[1]
    of_reasons = _cells(trace, lambda cell: cell in names and _is_reason(cell))[1]
    entries = _items(trace, "entries")
    for quoted, read in (("reason", keys), ("approver", of_people), ("waiver", of_reasons)):
        for index in sorted(readers_of(trace, read).direct) if read else ():
            places += _members(entries[index], ("entries", index), quoted)
    return places


def _cells(trace: Object, chosen: Callable[[str], bool]) -> tuple[list[str], set[str]]:
    """The cells of these names, by what was read and by every leaf that shows it; and their keys."""
    places: list[str] = []
    keys: set[str] = set()
    for index, cell in enumerate(_items(trace, "cells")):
        if isinstance(cell, dict) and isinstance(name := cell.get("name"), str) and chosen(name):
            places += _members(cell, ("cells", index), "text", "value", "notes")
            if isinstance(key := cell.get("key"), str):
                keys.add(key)
    for index, entry in enumerate(_items(trace, "entries")):
        if keys and isinstance(entry, dict):
            for tree in ("condition", "expression"):
                places += [place for place, hidden in _tree(entry.get(tree), ("entries", index, tree), keys) if hidden]
    return places, keys


def _tree(node: Json, way: tuple[str | int, ...], keys: set[str]) -> Iterator[tuple[str, bool]]:
    """The value of every node below, and last of this one, each with: does it show a cell of these? A node over one such
    node alone does too: of −x, or of not x, one sees x."""
    if not isinstance(node, dict):
        return
    args = _items(node, "args")
    own = node.get("op") == "cell" and node.get("ref") in keys
    for index, arg in enumerate(args):
        shown = False
        for place, shown in _tree(arg, (*way, "args", index), keys):
            yield place, shown
        own = own or (len(args) == 1 and shown)
    if "value" in node:
        yield pointer(*way, "value"), own


# ---- who reads a cell, and what is made of it


@frozen
class Readers:
    """What depends on some cells."""

    direct: frozenset[int]
    """Entries that read one of them, or a `let` that does: by their place in the trace."""
    derived: tuple[int, ...]
    """Those, and entries that read the score of a part moved by one of them."""
    parts: tuple[str, ...]
    """Parts whose balance they moved."""


def readers_of(trace: Object, keys: set[str]) -> Readers:
    """Entries stand in the order in which they were applied, so one pass from first to last sees every `let` and every part
    before what reads it."""
    lets: set[str] = set()
    parts: dict[str, None] = {}
    direct: set[int] = set()
    derived: list[int] = []
    for index, entry in enumerate(_items(trace, "entries")):
        if not isinstance(entry, dict):
            continue
        inputs = {key for key in _items(entry, "inputs") if isinstance(key, str)}
        refs = [ref for tree in ("condition", "expression") for ref in _references(entry.get(tree))]
        reads = bool(inputs & keys) or any(
            (op == "cell" and ref in keys) or (op == "let" and ref in lets) for op, ref in refs
        )
        carried = entry.get("kind") == "carry" and entry.get("name") in parts
        if reads:
            direct.add(index)
        if reads or carried or any(op == "score" and ref in parts for op, ref in refs):
            derived.append(index)
            if entry.get("kind") == "let":
                lets.add(str(entry.get("rule")))
            elif "after" in entry:
                parts[str(entry.get("part"))] = None
    return Readers(frozenset(direct), tuple(derived), tuple(parts))


def keys_hidden(trace: Object) -> set[str]:
    """The keys of the cells whose value is hidden in this trace."""
    return {
        key
        for cell in _objects(trace, "cells")
        if is_hidden(cell.get("value")) and isinstance(key := cell.get("key"), str)
    }


def is_hidden(value: Json) -> bool:
    return isinstance(value, dict) and set(value) == {"redacted"}


def _references(tree: Json) -> Iterator[tuple[str, str]]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if isinstance(op := node.get("op"), str) and isinstance(ref := node.get("ref"), str):
                yield op, ref
            waiting.extend(_items(node, "args"))


# ---- groups


def _is_person(name: str) -> bool:
    return name in _PEOPLE or name.endswith(_APPROVER_ENDS)


def _is_reason(name: str) -> bool:
    return name in _REASONS or name.endswith(_REASON_ENDS)


def _deciders(trace: Object) -> list[str]:
    return [
        place
        for index, entry in enumerate(_items(trace, "entries"))
        if isinstance(entry, dict) and entry.get("kind") in ("judge", "override")
        for place in _members(entry, ("entries", index), "name")
    ]


def _record_mentions(trace: Object) -> list[str]:
    """Findings name their record; a value over all records names those it had to leave out."""
    places: list[str] = []
    for index, finding in enumerate(_items(trace, "findings")):
        places += _members(finding, ("findings", index), "record")
    for index, entry in enumerate(_items(trace, "entries")):
        if isinstance(entry, dict) and entry.get("kind") == "batch":
            places += _members(entry, ("entries", index), "left_out")
    return places


def _entry_members(trace: Object, name: str) -> list[str]:
    return [
        place
        for index, entry in enumerate(_items(trace, "entries"))
        for place in _members(entry, ("entries", index), name)
    ]


# ---- a document whose shape nobody promised


def _members(found: Json, way: tuple[str | int, ...], *names: str) -> list[str]:
    """The places of those members that are there."""
    return [pointer(*way, name) for name in names if isinstance(found, dict) and name in found]


def _items(found: Object, name: str) -> list[Json]:
    items = found.get(name)
    return items if isinstance(items, list) else []


def _objects(found: Object, name: str) -> list[Object]:
    return [item for item in _items(found, name) if isinstance(item, dict)]
