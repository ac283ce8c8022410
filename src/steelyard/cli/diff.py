"""`steelyard diff A B`: what differs between two traces, and what caused it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from steelyard.cli.commands import Command, OneOf, color_option, lang_option, option
from steelyard.cli.language import language, of_name
from steelyard.cli.streams import ColorChoice, write_bytes, write_text
from steelyard.cli.traces import one_record, read_traces

if TYPE_CHECKING:
    from steelyard.trace.model import Trace


@click.command(
    "diff",
    cls=Command,
    short=("What differs between two traces, and why.", "两次评分有什么不同，因何不同。"),
    words=(
        "Compare the trace files A and B, which `score --trace` wrote: which entries changed, and which of rules, data or "
        "parameters caused it.\n\n"
        "Entries are found by their rule, part and row, whatever their number. Of files with many records --record says "
        "which one. Status 0: done. Status 2: not done.",
        "比较两个评分过程文件 A 和 B（由 score --trace 写出）：哪些条目变了，\n"
        "是规则、数据还是参数引起的。条目按规则、部分和行对应，与编号无关。\n"
        "文件中有多个对象时，用 --record 指定一个。返回值 0：完成；2：没有完成。",
    ),
)
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@option("--record", words=("Which record, where the traces hold many.", "哪一个对象（文件中有多个时）。"))
@option(
    "--format",
    "form",
    type=OneOf(["text", "json"]),
    default="text",
    words=("Form of the result.", "结果的格式：text 文字，json 数据。"),
)
@option("--json", "as_json", is_flag=True, words=("The same as --format json.", "同 --format json。"))
@lang_option
@color_option
def command(
    a: Path, b: Path, record: str | None, form: str, as_json: bool, lang: str | None, color: ColorChoice
) -> None:
    """The answer on stdout, everything else on stderr."""
    from steelyard.cli.failures import fail
    from steelyard.questions.diff.compare import diff
    from steelyard.questions.diff.document import diff_json
    from steelyard.questions.diff.text import report_diff

    traces = []
    spoken = language(lang, of_name(b))
    for file in (a, b):
        found = read_traces(file, spoken, color)
        spoken = language(lang, found[0].trace.header.language) if found else spoken
        traces.append(one_record(found, record, file, spoken, color).trace)
    old, new = traces
    if not _comparable(old, new):
        fail("C160", spoken, color, a=str(a), b=str(b), old=old.header.scheme, new=new.header.scheme)
    try:
        answer = diff(old, new)
        text = diff_json(answer) if as_json or form == "json" else report_diff(answer, spoken)
    except (AssertionError, AttributeError, LookupError, StopIteration, TypeError, ValueError):
        # The shapes were right and the story is not: an entry of another kind than its fields, a tree without leaves.
        fail("C104", spoken, color, file=f"{a}, {b}", problem="entries")
    if as_json or form == "json":
        write_bytes(text.encode("utf-8", "surrogatepass"))
    else:
        write_text(text)


def _comparable(old: Trace, new: Trace) -> bool:
    """Are they of one scheme, or of two that share a part or a statement?"""
    if old.header.scheme == new.header.scheme or old.header.core == new.header.core:
        return True
    said = [{e.source.text for e in trace.entries if e.source and e.kind != "round"} for trace in (old, new)]
    parts = [{part.path for part in trace.result.parts} for trace in (old, new)]
    return bool(said[0] & said[1]) or bool(parts[0] & parts[1])
