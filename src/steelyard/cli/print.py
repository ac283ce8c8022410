"""`steelyard print RULES`: the criteria table that is signed, made from the rule file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from steelyard.cli.commands import Command, OneOf, as_of_option, color_option, lang_option, option
from steelyard.cli.language import language, of_name
from steelyard.cli.streams import ColorChoice, write_bytes


@click.command(
    "print",
    cls=Command,
    short=("Print the criteria table of a rule file.", "打印规则文件的评分标准表。"),
    words=(
        "Print the rule file RULES as the table of its criteria, to be read beside the original and signed.\n\n"
        "Dated values are those of --as-of; without it, those of the last day that the file names. The table goes to "
        "stdout, everything else to stderr. Status 0: done. Status 2: not done.",
        "把规则文件 RULES 打印成评分标准表，供对照原件和签字。\n"
        "有日期的数值取 --as-of 那一天的；不写时取文件中最后的日期。\n"
        "表格写到标准输出，其余写到标准错误。返回值 0：完成；2：没有完成。",
    ),
)
@click.argument("rules", type=click.Path(path_type=Path))
@option(
    "--format",
    "form",
    type=OneOf(["markdown", "html"]),
    default="markdown",
    words=("Form of the table.", "表格的格式：markdown 或 html。"),
)
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    words=("Write the table here instead of stdout.", "把表格写到这个文件，而不是标准输出。"),
)
@option(
    "--with-lines", is_flag=True, words=("Add the lines of the rule file.", "另加一列：规则文件的原文和行号。")
)  # fmt: skip
@option(
    "--language",
    "printed",
    type=OneOf(["en", "zh"]),
    words=("Language of the table; that of the rule file unless said.", "表格的语言：en 或 zh；不写时与规则文件相同。"),
)
@as_of_option
@lang_option
@color_option
def command(
    rules: Path,
    form: str,
    output: Path | None,
    with_lines: bool,
    printed: str | None,
    as_of: date | None,
    lang: str | None,
    color: ColorChoice,
) -> None:
    """The table, or what keeps it from being made."""
    from steelyard.cli.failures import NOT_DONE, cannot_open, fail, system_words, tell
    from steelyard.cli.files import write_atomically
    from steelyard.criteria.html import to_html
    from steelyard.criteria.make import criteria_of
    from steelyard.criteria.markdown import to_markdown
    from steelyard.pipeline import load

    try:
        loaded = load(rules, as_of or "latest")
    except OSError as problem:
        cannot_open(rules, problem, language(lang, of_name(rules)), color)
    spoken = language(lang, loaded.language)
    tell(loaded.diagnostics, spoken, color)
    if loaded.program is None or loaded.checked is None:
        raise click.exceptions.Exit(NOT_DONE)
    sources = (loaded.source, *loaded.program.sources)
    of_table = language(printed, loaded.language) if printed else loaded.language
    criteria = criteria_of(loaded.checked, sources, loaded.day, of_table, with_lines=with_lines)
    text = to_html(criteria) if form == "html" else to_markdown(criteria)
    document = text.encode("utf-8", "surrogatepass")
    if output is None:
        write_bytes(document)
        return
    read = {path.resolve() for path in (rules, *(rules.parent / source.name for source in loaded.program.sources))}
    if output.resolve() in read:
        fail("C109", spoken, color, file=str(output))
    try:
        write_atomically(output, [document])
    except OSError as problem:
        fail("C103", spoken, color, file=str(output), problem=system_words(problem))
