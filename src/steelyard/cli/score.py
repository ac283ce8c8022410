"""`steelyard score RULES DATA`: scores, grades, and the trace of every lost point."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steelyard.cli.commands import Command, Number, OneOf, as_of_option, color_option, lang_option, option
from steelyard.cli.language import language, of_name
from steelyard.cli.streams import ColorChoice, wants_color, write_bytes, write_text

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from steelyard.data.model import Records
    from steelyard.diagnostics.model import Diagnostic, Language
    from steelyard.trace.model import Trace
    from steelyard.values.canonical import Json


@click.command(
    "score",
    cls=Command,
    short=("Score data by a rule file.", "按规则文件给数据评分。"),
    words=(
        "Score the records of DATA by the rule file RULES.\n\n"
        "DATA is a CSV, JSON or YAML file, or a folder with records.csv and a CSV for each list. The result goes to "
        "stdout, everything else to stderr. Status 0: done. Status 1: a total below --fail-under, or findings as severe "
        "as --fail-on. Status 2: not done.",
        "按规则文件 RULES 给 DATA 中的对象评分。\n"
        "DATA 是 CSV、JSON 或 YAML 文件，或者装有 记录.csv 和各列表 CSV 的文件夹。\n"
        "结果写到标准输出，其余写到标准错误。返回值 0：完成；\n"
        "1：总分低于 --fail-under，或发现了 --fail-on 所说的问题；2：没有完成。",
    ),
)
@click.argument("rules", type=click.Path(path_type=Path))
@click.argument("data", type=click.Path(path_type=Path))
@option(
    "--format",
    "form",
    type=OneOf(["text", "json"]),
    default="text",
    words=("Form of the result.", "结果的格式：text 文字，json 数据。"),
)
@option(
    "--trace",
    "trace_file",
    type=click.Path(path_type=Path),
    words=(
        "Write the trace here (JSON; many records: a line each).",
        "把评分过程写到这个文件（JSON；多个对象时每行一个）。",
    ),
)
@option(
    "--with-rules",
    is_flag=True,
    words=(
        "Put the rules as they were applied inside the trace, for verifying it without the rule files.",
        "把所适用的规则一并写进评分过程，没有规则文件也能核验。",
    ),
)
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    words=("Write the result here instead of stdout.", "把结果写到这个文件，而不是标准输出。"),
)
@as_of_option
@option("--fail-under", type=Number(), words=("Status 1 if a total is below this.", "有总分低于此数时返回值为 1。"))
@option(
    "--fail-on",
    type=OneOf(["error", "warning", "never"]),
    default="error",
    words=("Status 1 for findings as severe as this.", "发现这种程度的问题时返回值为 1。"),
)
@option("--record", words=("Only the record with this key.", "只评这一个对象。"))
@option("--rank", is_flag=True, words=("Many records: the best total first.", "多个对象时按总分排名，最好的在前。"))
@lang_option
@color_option
def command(
    rules: Path,
    data: Path,
    form: str,
    trace_file: Path | None,
    with_rules: bool,
    output: Path | None,
    as_of: date | None,
    fail_under: Fraction | None,
    fail_on: str,
    record: str | None,
    rank: bool,
    lang: str | None,
    color: ColorChoice,
) -> None:
    """The result on stdout, everything else on stderr."""
    from steelyard.cli.failures import NOT_DONE, cannot_open, fail, system_words, tell
    from steelyard.cli.files import write_atomically
    from steelyard.core.encode import encode_program
    from steelyard.pipeline import general_findings, load, read_data, score_each

    try:
        loaded = load(rules, as_of)
    except OSError as problem:
        cannot_open(rules, problem, language(lang, of_name(rules)), color)
    spoken = language(lang, loaded.language)
    tell(loaded.diagnostics, spoken, color)
    if loaded.program is None:
        raise click.exceptions.Exit(NOT_DONE)
    try:
        data.stat()
    except OSError as problem:
        cannot_open(data, problem, spoken, color)
    records = read_data(loaded.program, data)
    if not records.records:
        tell(records.findings, spoken, color)
        raise click.exceptions.Exit(NOT_DONE)
    whole = records
    if record is not None:
        records = _only(records, record, spoken, color)

    def write(path: Path, content: Iterable[bytes]) -> None:
        try:
            write_atomically(path, content)
        except OSError as problem:
            fail("C103", spoken, color, file=str(path), problem=system_words(problem))

    others = [rules.parent / source.name for source in loaded.program.sources]
    _keep_inputs([rules, *others], data, trace_file, output, spoken, color)
    run = _Run(single=len(records.records) == 1, as_json=form == "json")
    traces = (run.take(trace) for trace in score_each(loaded.program, whole, as_of, record))
    if trace_file is not None:
        core = encode_program(loaded.program) if with_rules else None
        write(trace_file, (_trace_line(trace, core) for trace in traces))
    else:
        for _ in traces:
            pass
    general = general_findings(records)
    if form == "json":
        from steelyard.report.result import report_json

        text = report_json(run.kept[0].header, run.encoded, general, loaded.language)
        document = text.encode("utf-8", "surrogatepass")
        write(output, [document]) if output else write_bytes(document)
    else:
        colored = wants_color(color, sys.stdout) and output is None
        text = _text(run.kept, general, spoken, ranked=rank, color=colored)
        write(output, [text.encode("utf-8", "surrogatepass")]) if output else write_text(text)
    raise click.exceptions.Exit(_status(run.kept, general, fail_under, fail_on))


def _keep_inputs(
    rules: list[Path], data: Path, trace_file: Path | None, output: Path | None, spoken: Language, color: ColorChoice
) -> None:
    """Nothing that is read, or written by the other option, is overwritten."""
    from steelyard.cli.failures import fail

    kept = {path.resolve() for path in (*rules, data)}
    if data.is_dir():
        kept |= {path.resolve() for path in data.iterdir()}
    for target in (trace_file, output):
        if target is None or (target.exists() and not target.is_file()):
            continue
        if target.resolve() in kept:
            fail("C109", spoken, color, file=str(target))
        kept.add(target.resolve())


class _Run:
    """What is kept of every record: of a single one its whole trace, of many only what the table shows."""

    def __init__(self, *, single: bool, as_json: bool) -> None:
        self.single, self.as_json = single, as_json
        self.kept: list[Trace] = []
        self.encoded: list[Json] = []

    def take(self, trace: Trace) -> Trace:
        from attrs import evolve

        from steelyard.report.result import record_json

        if self.as_json:
            self.encoded.append(record_json(trace))
        cells = tuple(cell for cell in trace.cells if cell.key in trace.result.blame)
        grades = tuple(entry for entry in trace.entries if entry.kind == "grade")
        self.kept.append(trace if self.single else evolve(trace, cells=cells, entries=grades))
        return trace


def _only(records: Records, record: str, spoken: Language, color: ColorChoice) -> Records:
    """The one record that is asked for."""
    from attrs import evolve

    from steelyard.cli.failures import fail
    from steelyard.diagnostics.model import Fix
    from steelyard.diagnostics.nearest import nearest

    chosen = tuple(found for found in records.records if found.key == record)
    if not chosen:
        near = nearest(record, [found.key for found in records.records])
        fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
        fail("C106", spoken, color, fixes, record=record)
    findings = tuple(found for found in records.findings if found.record in (None, record))
    return evolve(records, records=chosen, findings=findings)


def _trace_line(trace: Trace, core: Json) -> bytes:
    from steelyard.trace.encode import encode_trace
    from steelyard.values.canonical import canonical_json

    return (canonical_json(encode_trace(trace, core)) + "\n").encode("utf-8", "surrogatepass")


def _text(traces: list[Trace], general: tuple[Diagnostic, ...], spoken: Language, *, ranked: bool, color: bool) -> str:
    from steelyard.diagnostics.render import render
    from steelyard.report.summary import summary
    from steelyard.report.text import report_many, report_score

    single = len(traces) == 1
    own = [finding for trace in traces for finding in trace.findings if not (single and finding in general)]
    findings: list[Diagnostic] = [*general, *own]
    if single:
        text = report_score(traces[0], spoken)
    else:
        table = report_many(traces, spoken, ranked_by_total=ranked)
        text = f"{table}\n\n{summary(traces, len(findings), spoken)}"
    if findings:
        head = "核对发现：" if spoken == "zh" else "findings:"
        text += f"\n\n{head}\n\n{render(findings, spoken, color=color)}"
    return text + "\n"


def _status(traces: list[Trace], general: tuple[Diagnostic, ...], fail_under: Fraction | None, fail_on: str) -> int:
    from steelyard.diagnostics.model import Severity
    from steelyard.diagnostics.wording import severity_of
    from steelyard.values.intervals import Interval

    severe = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING), "never": ()}[fail_on]
    findings = [*general, *(finding for trace in traces for finding in trace.findings)]
    if any(severity_of(finding) in severe for finding in findings):
        return 1
    if fail_under is None:
        return 0
    for trace in traces:
        total = trace.result.total
        least = total.low if isinstance(total, Interval) else total
        # A total that is not issued, or open downwards, is not known to reach anything.
        if least is None or least < fail_under:
            return 1
    return 0
