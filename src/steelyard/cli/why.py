"""`steelyard why TRACE [PATH]`: the lines behind a number, down to the cells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steelyard.cli.commands import Command, as_of_option, color_option, lang_option, option
from steelyard.cli.language import language, of_name
from steelyard.cli.streams import ColorChoice, write_text

if TYPE_CHECKING:
    from datetime import date

    from steelyard.diagnostics.model import Language
    from steelyard.trace.decode import ReadTrace

TRACE_LIMIT = 256 * 1024 * 1024


@click.command(
    "why",
    cls=Command,
    short=("Explain a number of a trace.", "说明一个分数的来历。"),
    words=(
        "Explain a number of the trace file TRACE, which `score --trace` wrote.\n\n"
        "PATH is a part, such as management.execution, or its name; without it, the total.",
        "说明评分过程文件 TRACE（由 score --trace 写出）里一个分数的来历。\n"
        "PATH 是某个部分，如 项目管理.预算执行，或它的名称；不写则为总分。",
    ),
)
@click.argument("trace", type=click.Path(path_type=Path))
@click.argument("path", required=False)
@option(
    "--not",
    "why_not",
    is_flag=True,
    words=("The rules that did not fire, and by how much they missed.", "列出没有触发的规则，以及差多少。"),
)
@option("--record", words=("Which record, where the trace holds many.", "哪一个对象（文件中有多个时）。"))
@as_of_option
@lang_option
@color_option
def command(
    trace: Path,
    path: str | None,
    why_not: bool,
    record: str | None,
    as_of: date | None,
    lang: str | None,
    color: ColorChoice,
) -> None:
    """The lines behind a number."""
    from steelyard.cli.failures import cannot_open, fail
    from steelyard.report.text import report_why, report_why_not
    from steelyard.trace.decode import MalformedTrace, decode_trace

    spoken = language(lang, of_name(trace))
    try:
        with trace.open("rb") as file:
            content = file.read(TRACE_LIMIT + 1)
    except OSError as problem:
        cannot_open(trace, problem, spoken, color)
    try:
        lines = content.decode("utf-8").split("\n")
        documents = [json.loads(line, object_pairs_hook=_once) for line in lines if line.strip()]
        found = [decode_trace(document) for document in documents]
    except (UnicodeDecodeError, ValueError, RecursionError, MalformedTrace) as problem:
        reason = str(problem) if isinstance(problem, MalformedTrace) else "JSON"
        fail("C104", spoken, color, file=str(trace), problem=reason)
    if found:
        spoken = language(lang, found[0].trace.header.language)
    if as_of is not None:
        days = tuple(dict.fromkeys(read.trace.header.as_of or "–" for read in found))
        found = [read for read in found if read.trace.header.as_of == as_of.isoformat()]
        if not found:
            fail("C119", spoken, color, file=str(trace), day=as_of.isoformat(), days=days[:5])
    chosen = _record(found, record, trace, spoken, color)
    spoken = language(lang, chosen.trace.header.language)
    part = _part(chosen, path or "total", spoken, color)
    try:
        text = report_why_not(chosen.trace, part, spoken) if why_not else report_why(chosen.trace, part, spoken)
    except (AssertionError, AttributeError, LookupError, StopIteration, TypeError, ValueError):
        # The shapes were right and the story is not: an entry of another kind than its fields, a tree without leaves.
        fail("C104", spoken, color, file=str(trace), problem="entries")
    write_text(text)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object, whose members each come once."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a member comes twice")
    return found


def _record(found: list[ReadTrace], record: str | None, file: Path, spoken: Language, color: ColorChoice) -> ReadTrace:
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


def _part(chosen: ReadTrace, path: str, spoken: Language, color: ColorChoice) -> str:
    """The path of the part that is meant: a path, a name, a title, or a rule's id."""
    from steelyard.cli.failures import fail
    from steelyard.diagnostics.model import Fix
    from steelyard.diagnostics.nearest import nearest

    if path == "total":
        return path
    for part in chosen.trace.result.parts:
        if path in (part.path, part.name, part.title):
            return part.path
    for entry in chosen.trace.entries:
        if entry.rule == path:
            return entry.part
    known = [name for part in chosen.trace.result.parts for name in (part.path, part.name)]
    near = nearest(path, known)
    fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
    fail("C105", spoken, color, fixes, path=path)
