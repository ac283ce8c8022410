"""`steelyard check RULES`: is the rule file right?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steelyard.cli.commands import Command, OneOf, as_of_option, color_option, lang_option, option
from steelyard.cli.language import language, of_name
from steelyard.cli.streams import ColorChoice, wants_color, write_bytes, write_text

if TYPE_CHECKING:
    from steelyard.examples.run import Tried
    from steelyard.pipeline import Loaded


@click.command(
    "check",
    cls=Command,
    short=("Check a rule file.", "检查规则文件。"),
    words=(
        "Check a rule file, run the examples in it, and print what is wrong.\n\n"
        "Status 0: no error. Status 1: warnings, with --fail-on warning. Status 2: errors.",
        "检查规则文件，运行其中的算例，并列出问题。\n"
        "返回值 0：没有错误；1：有警告（使用 --fail-on warning 时）；2：有错误。",
    ),
)
@click.argument("rules", type=click.Path(path_type=Path))
@option(
    "--format",
    "form",
    type=OneOf(["text", "json"]),
    default="text",
    words=("Form of the output.", "输出的格式：text 文字，json 数据。"),
)
@option(
    "--fail-on",
    type=OneOf(["error", "warning"]),
    default="error",
    words=("Warnings give status 1.", "warning 表示有警告时返回值为 1。"),
)
@as_of_option
@lang_option
@color_option
def command(rules: Path, form: str, fail_on: str, as_of: date | None, lang: str | None, color: ColorChoice) -> None:
    """What is wrong with the rules, and whether their examples come out. Without a day, the last that they name."""
    from steelyard.cli.failures import NOT_DONE, cannot_open
    from steelyard.diagnostics.model import Severity
    from steelyard.diagnostics.render import render, to_json
    from steelyard.diagnostics.wording import severity_of
    from steelyard.pipeline import load, try_examples

    try:
        loaded = load(rules, as_of or "latest")
    except OSError as problem:
        cannot_open(rules, problem, language(lang, of_name(rules)), color)
    spoken = language(lang, loaded.language)
    tried = try_examples(loaded.program) if loaded.program else None
    diagnostics = (*loaded.diagnostics, *(tried.diagnostics if tried else ()))
    severities = [severity_of(diagnostic) for diagnostic in diagnostics]
    errors, warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
    if form == "json":
        document = {
            "format": "steelyard-check/1",
            "file": loaded.source.name,
            "errors": errors,
            "warnings": warnings,
            "as_of": loaded.day.isoformat() if loaded.day else None,
            "examples": {"passed": tried.passed, "failed": tried.failed} if tried else None,
            "diagnostics": [to_json(diagnostic, spoken) for diagnostic in diagnostics],
        }
        write_bytes((json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass"))
    else:
        if diagnostics:
            write_text(render(diagnostics, spoken, color=wants_color(color, sys.stdout)) + "\n\n")
        write_text(_summary(loaded.source.name, errors, warnings, spoken))
        for line in _remarks(loaded, tried, as_of, spoken):
            write_text(line)
    if errors:
        raise click.exceptions.Exit(NOT_DONE)
    if warnings and fail_on == "warning":
        raise click.exceptions.Exit(1)


def _summary(name: str, errors: int, warnings: int, spoken: str) -> str:
    if spoken == "zh":
        return f"{name}：{errors} 个错误，{warnings} 个警告" if errors or warnings else f"{name}：没有问题"
    if not errors and not warnings:
        return f"{name}: no problems"
    plural = ["" if count == 1 else "s" for count in (errors, warnings)]
    return f"{name}: {errors} error{plural[0]}, {warnings} warning{plural[1]}"


def _remarks(loaded: Loaded, tried: Tried | None, as_of: date | None, spoken: str) -> Iterator[str]:
    """How many examples came out, and which day was taken where none was given."""
    if tried and (tried.passed or tried.failed):
        count, passed = tried.passed + tried.failed, tried.passed
        if spoken == "zh":
            yield f"算例：{count} 个，全部通过" if passed == count else f"算例：{count} 个，通过 {passed} 个"
        else:
            yield f"examples: {passed} of {count} passed" if passed < count else f"examples: {count} passed"
    if loaded.day and as_of is None:
        day = loaded.day.isoformat()
        if spoken == "zh":
            yield f"按 {day} 检查，这是文件中最后的日期；用 --as-of 可换一天"
        else:
            yield f"checked as of {day}, the last day in the file; --as-of takes another"
