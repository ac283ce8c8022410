"""`steelyard impact OLD NEW DATA`: who moves under new rules, and which changed statement moved them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from steelyard.cli.commands import Command, OneOf, as_of_option, color_option, lang_option, option
from steelyard.cli.language import language, of_name
from steelyard.cli.streams import ColorChoice, write_bytes, write_text

if TYPE_CHECKING:
    from datetime import date

    from steelyard.core.nodes import Program
    from steelyard.data.model import Records
    from steelyard.values.types import Schema


@click.command(
    "impact",
    cls=Command,
    short=("What new rules change for all records.", "新规则对所有对象的影响。"),
    words=(
        "Score the records of DATA by the rule files OLD and NEW: who moves, who changes grade, and what each changed "
        "statement did.\n\n"
        "The changes are made one after another, in the order of the new rules; what they did to a record adds up exactly to "
        "the change of its total. Status 0: done. Status 2: not done.",
        "分别按旧规则 OLD 和新规则 NEW 给 DATA 中的对象评分：谁的分数和等级变了，每条修改影响多少。\n"
        "各项修改按新规则中的顺序逐项叠加，每个对象的各项影响之和与其总分变化完全相等。\n"
        "返回值 0：完成；2：没有完成。",
    ),
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.argument("data", type=click.Path(path_type=Path))
@option("--record", words=("Only the record with this key.", "只看这一个对象。"))
@option("--all", "everything", is_flag=True, words=("Every record that moves.", "列出所有变化的对象。"))
@option(
    "--format",
    "form",
    type=OneOf(["text", "json"]),
    default="text",
    words=("Form of the result.", "结果的格式：text 文字，json 数据。"),
)
@option("--json", "as_json", is_flag=True, words=("The same as --format json.", "同 --format json。"))
@as_of_option
@lang_option
@color_option
def command(
    old: Path,
    new: Path,
    data: Path,
    record: str | None,
    everything: bool,
    form: str,
    as_json: bool,
    as_of: date | None,
    lang: str | None,
    color: ColorChoice,
) -> None:
    """The answer on stdout, everything else on stderr."""
    from steelyard.cli.failures import NOT_DONE, cannot_open, fail, tell
    from steelyard.pipeline import read_data
    from steelyard.questions.impact.attribute import MOST_EVALUATIONS, TooMuch, impact
    from steelyard.questions.impact.document import impact_json
    from steelyard.questions.impact.text import report_impact

    before, after = (_program(rules, as_of, lang, color) for rules in (old, new))
    spoken = language(lang, after.language)
    try:
        data.stat()
    except OSError as problem:
        cannot_open(data, problem, spoken, color)

    def records(schema: Schema) -> Records:
        from attrs import evolve

        return read_data(evolve(after, schema=schema), data)

    found = records(before.schema)
    if not found.records:
        tell(found.findings, spoken, color)
        raise click.exceptions.Exit(NOT_DONE)
    _known(record, found, lang or spoken, color)
    try:
        answer = impact(before, after, records, as_of, only=record)
    except TooMuch as problem:
        fail("C161", spoken, color, records=problem.records, steps=problem.steps, limit=MOST_EVALUATIONS)
    names = [path.name if old.name != new.name else f"{path.resolve().parent.name}/{path.name}" for path in (old, new)]
    if as_json or form == "json":
        write_bytes(impact_json(answer, names[0], names[1]).encode("utf-8", "surrogatepass"))
    else:
        write_text(report_impact(answer, names[0], names[1], spoken, everything=everything))


def _program(rules: Path, as_of: date | None, lang: str | None, color: ColorChoice) -> Program:
    """The program of a rule file, or the end of the command with what is wrong with it."""
    from steelyard.cli.failures import NOT_DONE, cannot_open, tell
    from steelyard.pipeline import load

    try:
        loaded = load(rules, as_of)
    except OSError as problem:
        cannot_open(rules, problem, language(lang, of_name(rules)), color)
    if loaded.program is None:
        tell(loaded.diagnostics, language(lang, loaded.language), color)
        raise click.exceptions.Exit(NOT_DONE)
    return loaded.program


def _known(record: str | None, found: Records, spoken: str, color: ColorChoice) -> None:
    """Is the record that is asked for there?"""
    from steelyard.cli.failures import fail
    from steelyard.diagnostics.model import Fix
    from steelyard.diagnostics.nearest import nearest

    keys = [one.key for one in found.records]
    if record is not None and record not in keys:
        near = nearest(record, keys)
        fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
        fail("C106", language(spoken), color, fixes, record=record)
