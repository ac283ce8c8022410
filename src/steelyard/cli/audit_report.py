"""`steelyard audit-report SCHEME FIGURES`: what the figures of a finished report say about each other."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from steelyard.cli.commands import Command, as_of_option, color_option, lang_option, option
from steelyard.cli.language import language, of_name
from steelyard.cli.streams import ColorChoice, write_bytes, write_text


@click.command(
    "audit-report",
    cls=Command,
    short=("Check the figures of a finished report.", "核对一份已完成报告中的数字。"),
    words=(
        "Check the figures that a finished report prints, typed into the YAML or JSON file FIGURES, against each other and "
        "against the rule file SCHEME: what follows, what contradicts, what differs in form only, what is to be asked, what "
        "cannot be reached.\n\n"
        "Status 0: nothing contradicts. Status 1: contradictions. Status 2: not done.",
        "核对一份已完成报告所印的数字：数字录在 YAML 或 JSON 文件 FIGURES 里，\n"
        "互相核对，并按规则文件 SCHEME 核对，列出可以推出的、相互矛盾的、只是印法不一的、存疑的、无法得出的。\n"
        "返回值 0：没有矛盾；1：有矛盾；2：没有完成。",
    ),
)
@click.argument("scheme", type=click.Path(path_type=Path))
@click.argument("figures", type=click.Path(path_type=Path))
@option("--json", "as_json", is_flag=True, words=("Write the findings as JSON.", "以 JSON 输出。"))
@as_of_option
@lang_option
@color_option
def command(
    scheme: Path, figures: Path, as_json: bool, as_of: date | None, lang: str | None, color: ColorChoice
) -> None:
    """The audit, or what keeps it from being made."""
    from steelyard.cli.failures import NOT_DONE, cannot_open, tell
    from steelyard.data.model import Records
    from steelyard.pipeline import load, score_each
    from steelyard.reverse import audit, read_figures
    from steelyard.reverse.composition import parts_of
    from steelyard.reverse.tell import to_json, to_text

    try:
        loaded = load(scheme, as_of or "latest")
    except OSError as problem:
        cannot_open(scheme, problem, language(lang, of_name(scheme)), color)
    spoken = language(lang, loaded.language)
    tell(loaded.diagnostics, spoken, color)
    program = loaded.program
    if program is None:
        raise click.exceptions.Exit(NOT_DONE)
    try:
        figures.stat()
    except OSError as problem:
        cannot_open(figures, problem, spoken, color)
    parts = parts_of(program)
    titles = [title for title in (program.title, program.name) if title]
    found, diagnostics = read_figures(figures, parts, titles, spoken)
    tell(diagnostics, spoken, color)
    if found is None:
        raise click.exceptions.Exit(NOT_DONE)
    result = audit(
        program, parts, found, lambda record: next(iter(score_each(program, Records((record,), ()), loaded.day)))
    )
    if as_json:
        text = json.dumps(to_json(result, spoken), ensure_ascii=False, indent=2) + "\n"
        write_bytes(text.encode("utf-8", "surrogatepass"))
    else:
        write_text(to_text(result, spoken))
    if result.of("contradicts"):
        raise click.exceptions.Exit(1)
