"""`steelyard explain CODE`: the page of a diagnostic code, or the schema of traces, offline."""

from __future__ import annotations

import re

import click

from steelyard.cli.commands import Command, color_option, lang_option
from steelyard.cli.language import language
from steelyard.cli.streams import ColorChoice, write_bytes, write_text

TRACE_SCHEMA = "trace-schema"


@click.command(
    "explain",
    cls=Command,
    short=("Explain a diagnostic code.", "解释一个代码。"),
    words=(
        "Print the page of a diagnostic CODE, such as W101; without one, list all codes. `explain trace-schema` prints the "
        "JSON Schema of the traces that `score --trace` writes.",
        "显示代码（如 W101）的说明；不写代码则列出全部代码。\n"
        "explain trace-schema 显示评分过程文件（score --trace 写出）的 JSON Schema。",
    ),
)
@click.argument("code", required=False)
@lang_option
@color_option
def command(code: str | None, lang: str | None, color: ColorChoice) -> None:
    """The page in the language of the reader."""
    from steelyard.cli.failures import fail
    from steelyard.diagnostics.catalogue import CATALOGUE
    from steelyard.diagnostics.model import Fix
    from steelyard.diagnostics.nearest import nearest
    from steelyard.resources import shipped

    spoken = language(lang)
    if code == TRACE_SCHEMA:
        write_bytes(_trace_schema())
        return
    if code is None:
        write_text("\n".join(f"{entry.code}  {entry.title.of(spoken)}" for entry in CATALOGUE.values()))
        return
    wanted = code.upper()
    if wanted not in CATALOGUE:
        near = nearest(wanted, CATALOGUE)
        fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
        fail("C108", spoken, color, fixes, found=code)
    page = (shipped("diagnostics", at="docs/diagnostics") / f"{wanted}.md").read_text(encoding="utf-8")
    write_text(section(page, spoken))


def _trace_schema() -> bytes:
    """As it is in the package, so that an auditor has the one of the version that is installed."""
    from importlib.resources import files

    return files("steelyard.trace").joinpath("schema", "steelyard-trace-2.schema.json").read_bytes()


def section(page: str, spoken: str) -> str:
    """The part of a page in one language: it stands between `## English` and `## 中文`."""
    title, _, rest = page.partition("\n## ")
    pieces = {piece.partition("\n")[0].strip(): piece.partition("\n")[2] for piece in re.split(r"(?m)^## ", rest)}
    body = pieces.get("中文" if spoken == "zh" else "English", rest)
    return f"{title.strip()}\n\n{body.strip()}"
