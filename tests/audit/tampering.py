"""What a forger may do to a trace: each class of change as a function of a document and a source of chance.

Entries are numbered again after one was taken out, put in or moved, and the text is canonical again: a forger does that much.
"""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random
from typing import Any

from steelyard.audit.verify import once

Document = dict[str, Any]
Step = str | int

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+|/[0-9]+)?")
QUANTITIES = tuple("after applied asked before factor restored".split())
"""Members of an entry that are numbers of points. A cap that cut nothing and a bound that held nothing move nothing: of
these only the ones that did are numbers that matter."""


def canonical(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def byte(document: Document, chance: Random) -> Document | None:
    """One byte of the canonical text is another; None where no JSON is left, or an object with a member twice."""
    content = bytearray(canonical(document).encode("utf-8", "surrogatepass"))
    at = chance.randrange(len(content))
    content[at] = chance.choice([b for b in range(0x20, 0x7F) if b != content[at]])
    try:
        found: Document = json.loads(content.decode("utf-8"), object_pairs_hook=once)
    except ValueError:
        return None
    return found


def deleted(document: Document, chance: Random) -> Document:
    entries = document["entries"]
    at = chance.randrange(len(entries))
    return _with(document, entries[:at] + entries[at + 1 :])


def duplicated(document: Document, chance: Random) -> Document:
    entries = document["entries"]
    at = chance.randrange(len(entries))
    return _with(document, [*entries[:at], entries[at], copy.deepcopy(entries[at]), *entries[at + 1 :]])


def swapped(document: Document, chance: Random) -> Document | None:
    entries = document["entries"]
    if len(entries) < 2:
        return None
    at = chance.randrange(len(entries) - 1)
    if _unnumbered(entries[at]) == _unnumbered(entries[at + 1]):
        return None  # Two of one kind: nothing was changed.
    return _with(document, [*entries[:at], entries[at + 1], entries[at], *entries[at + 2 :]])


def nudged(document: Document, chance: Random) -> Document | None:
    """One number, anywhere outside the core, is one more or less in its last place."""
    places = [path for path in _numbers(document, ()) if path[0] != "core"]
    if not places:
        return None
    path = chance.choice(places)
    changed = copy.deepcopy(document)
    holder: Any = changed
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = _nudge(str(holder[path[-1]]), chance.choice((1, -1)))
    return changed


CLASSES: dict[str, Callable[[Document, Random], Document | None]] = {
    "byte": byte,
    "deleted": deleted,
    "duplicated": duplicated,
    "swapped": swapped,
    "nudged": nudged,
}


def differences(old: Any, new: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """The places at which two documents differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {*old, *new}:
            if key not in old or key not in new:
                yield (*path, key)
            else:
                yield from differences(old[key], new[key], (*path, key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (a, b) in enumerate(zip(old, new, strict=True)):
            yield from differences(a, b, (*path, index))
    elif old != new:
        yield path


def matters(old: Document, new: Document) -> bool:
    """Does the change reach the result, a closing, or a number of an entry that moves points?"""
    if _result(old) != _result(new) or _moves(old) != _moves(new):
        return True
    if len(old["entries"]) != len(new["entries"]):
        return False
    left = Counter(_held_by(entry, end) for entry in new["entries"] for end in ("cap", "low", "high"))
    return bool(Counter(_held_by(entry, end) for entry in old["entries"] for end in _held(entry)) - left)


def _held_by(entry: Document, end: str) -> str:
    return canonical([end, entry.get(end), *(entry.get(name) for name in ("kind", "asked", "before", "after"))])


def _held(entry: Document) -> Iterator[str]:
    """The cap and the bounds of an entry that cut what it asked for, or held its balance."""
    if "cap" in entry and entry["cap"] == entry.get("asked"):
        yield "cap"
    if entry.get("before") != entry.get("after"):
        yield from (end for end in ("low", "high") if entry.get(end) == entry.get("after"))


def _result(document: Document) -> Any:
    """The result; of a part without a score its weight is the weight of nothing."""
    result = document.get("result")
    if not isinstance(result, dict):
        return None
    weights = {"full", "share", "factor"}
    lean = {key: value for key, value in result.items() if key != "full" or "total" in result}
    if not isinstance(result.get("parts"), list):
        return lean
    parts = [
        {
            key: value
            for key, value in part.items()
            if key not in ("name", "title") and ("score" in part or key not in weights)
        }
        for part in result["parts"]
    ]
    return lean | {"parts": parts}


def _moves(document: Document) -> list[Any]:
    """Of every entry that moved points, or opened or closed a part: what it is and its numbers."""
    found = []
    for entry in document.get("entries", ()):
        if not isinstance(entry, dict):
            continue
        moved = entry.get("before") != entry.get("after")
        if moved or entry.get("kind") == "close":
            found.append(canonical([entry.get("kind"), entry.get("part"), *(entry.get(name) for name in QUANTITIES)]))
    return sorted(found)


def _with(document: Document, entries: list[Document]) -> Document:
    return {**document, "entries": [{**entry, "number": number} for number, entry in enumerate(entries, 1)]}


def _unnumbered(entry: Document) -> Document:
    return {key: value for key, value in entry.items() if key != "number"}


def _numbers(value: Any, path: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """Where numbers stand: texts that are exact numbers. What a person wrote (texts, titles, reasons) is none."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in (
                "text",
                "sha256",
                "core",
                "engine",
                "place",
                "reason",
                "title",
                "name",
                "path",
                "key",
                "record",
            ):
                yield from _numbers(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _numbers(inner, (*path, index))
    elif isinstance(value, str) and _NUMBER.fullmatch(value):
        yield path


def _nudge(text: str, by: int) -> str:
    """`97.72` to `97.73`, `145/3` to `146/3`."""
    top, slash, bottom = text.partition("/")
    places = len(top.partition(".")[2])
    value = Fraction(top) + Fraction(by, 10**places)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    shown = f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".") if places else digits
    return ("-" if value < 0 else "") + shown + slash + bottom
