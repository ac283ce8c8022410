"""A fresh run compared with a trace: it says whether anything at all was changed, and where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from steelyard.core.nodes import Program
from steelyard.data.model import Records
from steelyard.pipeline import score_each
from steelyard.trace.encode import encode_trace
from steelyard.values.canonical import Json

Difference = tuple[str, Json, Json]
"""A place such as `entries/12/reason`, what the trace says there, what the run gives. None: nothing is there."""


def run_again(program: Program, records: Records, as_of: date | None, document: dict[str, Json]) -> list[Difference]:
    """Where a trace differs from what rules and data give now; nothing where it is theirs to the last byte.

    A trace of one record that was asked for alone has the findings of the data as a whole among its own, so both runs count.
    The engine's version is left out: a newer one must give the same trace otherwise.
    """
    header = document.get("header")
    key = header.get("record") if isinstance(header, dict) else None
    found: list[list[Difference]] = []
    called = name_in(program, header)
    hidden = isinstance(key, dict)  # Redacted: then it is the record that differs least.
    claimed = {name: value for name, value in document.items() if name != "core"}
    for only in [None] if hidden else [None, str(key)]:
        for trace in score_each(program, records, as_of, only):
            if hidden or trace.header.record == key:
                fresh = _named(encode_trace(trace), program.source.name, called)
                found.append([d for d in _differences(claimed, fresh, ()) if d[0] != "header/engine"])
    return min(found, key=len, default=[("header/record", key, None)])


def name_in(program: Program, header: Json) -> str:
    """What a trace calls the rule file, which may have been renamed since: the same bytes under another name are the same. Of
    files that it uses the names stand in the rules."""
    listed = header.get("rules") if isinstance(header, dict) else None
    for file in listed if isinstance(listed, list) else ():
        if isinstance(file, dict) and file.get("sha256") == program.source.digest and isinstance(file.get("file"), str):
            return str(file["file"])
    return program.source.name


def _named(value: Json, own: str, called: str) -> Json:
    """The document with the rule file under the name that a trace has for it."""
    if isinstance(value, dict):
        return {
            key: called if key == "file" and inner == own else _named(inner, own, called)
            for key, inner in value.items()
        }
    return [_named(inner, own, called) for inner in value] if isinstance(value, list) else value


def _differences(claimed: Json, fresh: Json, path: tuple[str, ...]) -> Iterator[Difference]:
    if isinstance(claimed, dict) and set(claimed) == {"redacted"}:
        return  # Hidden: whether it is what was sealed is for the seal.
    if isinstance(claimed, dict) and isinstance(fresh, dict):
        for key in [*fresh, *(key for key in claimed if key not in fresh)]:
            yield from _differences(claimed.get(key), fresh.get(key), (*path, key))
    elif isinstance(claimed, list) and isinstance(fresh, list):
        for place in range(max(len(claimed), len(fresh))):
            pair = [items[place] if place < len(items) else None for items in (claimed, fresh)]
            yield from _differences(pair[0], pair[1], (*path, str(place + 1)))
    elif claimed != fresh or isinstance(claimed, bool) != isinstance(fresh, bool):
        yield "/".join(path), claimed, fresh
