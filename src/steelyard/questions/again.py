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
    names = _renamed(program, header)
    hidden = isinstance(key, dict)  # Redacted: then it is the record that differs least.
    claimed = {name: value for name, value in document.items() if name != "core"}
    for only in [None] if hidden else [None, str(key)]:
        for trace in score_each(program, records, as_of, only):
            if hidden or trace.header.record == key:
                differences = _differences(claimed, encode_trace(trace), ())
                found.append([d for d in differences if d[0] != "header/engine" and not _is_renamed(d, names)])
    return min(found, key=len, default=[("header/record", key, None)])


def _renamed(program: Program, header: Json) -> dict[str, Json]:
    """What the trace calls the rule files, by what they are called here: the same bytes under another name are the same."""
    listed = header.get("rules") if isinstance(header, dict) else None
    claimed = [file for file in listed if isinstance(file, dict)] if isinstance(listed, list) else []
    names = {str(file.get("sha256")): file.get("file") for file in claimed}
    return {source.name: names.get(source.digest) for source in (program.source, *program.sources)}


def _is_renamed(difference: Difference, names: dict[str, Json]) -> bool:
    place, claimed, fresh = difference
    return place.endswith("/file") and isinstance(fresh, str) and names.get(fresh) == claimed is not None


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
