"""Trace files as the command line is given them: read, checked, and the record that is meant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.cli.streams import ColorChoice

if TYPE_CHECKING:
    from steelyard.diagnostics.model import Language
    from steelyard.trace.decode import ReadTrace

TRACE_LIMIT = 256 * 1024 * 1024
"""Bytes of a file that are read."""


def read_traces(file: Path, spoken: Language, color: ColorChoice) -> list[ReadTrace]:
    """The traces of a file, one document a line; or the end of the command with what is wrong with it."""
    from steelyard.cli.failures import cannot_open, fail
    from steelyard.trace.decode import MalformedTrace, decode_trace

    try:
        with file.open("rb") as stream:
            content = stream.read(TRACE_LIMIT + 1)
    except OSError as problem:
        cannot_open(file, problem, spoken, color)
    try:
        lines = content.decode("utf-8").split("\n")
        documents = [json.loads(line, object_pairs_hook=_once) for line in lines if line.strip()]
        return [decode_trace(document) for document in documents]
    except (UnicodeDecodeError, ValueError, RecursionError, MalformedTrace) as problem:
        reason = str(problem) if isinstance(problem, MalformedTrace) else "JSON"
        fail("C104", spoken, color, file=str(file), problem=reason)


def one_record(
    found: list[ReadTrace], record: str | None, file: Path, spoken: Language, color: ColorChoice
) -> ReadTrace:
    """The one that is asked for, or the only one; or the end of the command."""
    from steelyard.cli.failures import fail
    from steelyard.diagnostics.model import Fix
    from steelyard.diagnostics.nearest import nearest

    keys = [read.trace.header.record for read in found]
    if record is None and len(found) == 1:
        return found[0]
    if record is None:
        fail(
            "C107" if found else "C104",
            spoken,
            color,
            file=str(file),
            problem="JSON",
            records=tuple(keys[:5]),
        )
    if record not in keys:
        near = nearest(record, keys)
        fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
        fail("C106", spoken, color, fixes, record=record)
    return found[keys.index(record)]


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object, whose members each come once."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a member comes twice")
    return found
