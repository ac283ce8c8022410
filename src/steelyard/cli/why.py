"""`steelyard why TRACE [PATH]`: the lines behind a number, down to the cells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from steelyard.cli.commands import Command, Count, as_of_option, color_option, lang_option, option
from steelyard.cli.language import language, of_name
from steelyard.cli.streams import ColorChoice, write_text
from steelyard.cli.traces import one_record, read_traces

if TYPE_CHECKING:
    from datetime import date

    from steelyard.diagnostics.model import Language
    from steelyard.trace.decode import ReadTrace
    from steelyard.trace.model import Entry


@click.command(
    "why",
    cls=Command,
    short=("Explain a number of a trace.", "说明一个分数的来历。"),
    words=(
        "Explain a number of the trace file TRACE, which `score --trace` wrote.\n\n"
        "PATH is a part, such as management.execution, or its name, or a rule; without it, the total. With --entries it "
        "may also be the number of one entry.",
        "说明评分过程文件 TRACE（由 score --trace 写出）里一个分数的来历。\n"
        "PATH 是某个部分，如 项目管理.预算执行，或它的名称，或某条规则；不写则为总分。\n"
        "与 --entries 同用时，也可以是某一条目的编号。",
    ),
)
@click.argument("trace", type=click.Path(path_type=Path))
@click.argument("path", required=False)
@option(
    "--not",
    "why_not",
    is_flag=True,
    words=(
        "The rules that did not fire, and by how much they missed; with --entries, their entries.",
        "列出没有触发的规则，以及差多少；与 --entries 同用时，只列这些条目。",
    ),
)
@option(
    "--entries",
    is_flag=True,
    words=("Every entry with its number, its part and its sentence.", "逐条列出：编号、部分和一句话的说明。"),
)
@option(
    "--top",
    type=Count(),
    words=(
        "Only so many: the largest losses in one list; with --not, the nearest misses.",
        "只列这么多项：失分最多的在前；与 --not 同用时，差得最少的在前。",
    ),
)
@option("--record", words=("Which record, where the trace holds many.", "哪一个对象（文件中有多个时）。"))
@as_of_option
@lang_option
@color_option
def command(
    trace: Path,
    path: str | None,
    why_not: bool,
    entries: bool,
    top: int | None,
    record: str | None,
    as_of: date | None,
    lang: str | None,
    color: ColorChoice,
) -> None:
    """The lines behind a number."""
    from steelyard.cli.failures import fail
    from steelyard.report.blocks import Blocks
    from steelyard.report.entries import report_entries
    from steelyard.report.ranking import report_top
    from steelyard.report.text import report_why, report_why_not

    spoken = language(lang, of_name(trace))
    found = read_traces(trace, spoken, color)
    if found:
        spoken = language(lang, found[0].trace.header.language)
    if as_of is not None:
        days = tuple(dict.fromkeys(read.trace.header.as_of or "–" for read in found))
        found = [read for read in found if read.trace.header.as_of == as_of.isoformat()]
        if not found:
            fail("C119", spoken, color, file=str(trace), day=as_of.isoformat(), days=days[:5])
    chosen = one_record(found, record, trace, spoken, color)
    spoken = language(lang, chosen.trace.header.language)
    part = "" if entries else _part(chosen, path or "total", spoken, color)
    try:
        if entries:
            there = _entries(chosen, path or "total", spoken, color)
            listed = [entry for entry in there if entry.status == "not met" or not why_not]
            text = report_entries(chosen.trace, listed, spoken)
        elif why_not:
            text = report_why_not(chosen.trace, part, spoken, top)
        elif top is not None:
            text = report_top(chosen.trace, part, Blocks.of(chosen.trace, spoken), top)
        else:
            text = report_why(chosen.trace, part, spoken)
    except (AssertionError, AttributeError, LookupError, StopIteration, TypeError, ValueError):
        # The shapes were right and the story is not: an entry of another kind than its fields, a tree without leaves.
        fail("C104", spoken, color, file=str(trace), problem="entries")
    write_text(text)


def _entries(chosen: ReadTrace, path: str, spoken: Language, color: ColorChoice) -> tuple[Entry, ...]:
    """One entry by its number, those of a rule, or those of a part and all inside it."""
    from steelyard.report.entries import entries_at

    if all(path not in (part.path, part.name, part.title) for part in chosen.trace.result.parts) and path != "total":
        named = tuple(entry for entry in chosen.trace.entries if path in (str(entry.number), entry.rule))
        if named:
            return named
    return entries_at(chosen.trace, _part(chosen, path, spoken, color))


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
