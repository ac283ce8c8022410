"""`steelyard check RULES`: is the rule file right?"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from steelyard.cli.language import lang_option, language, of_name
from steelyard.cli.streams import ColorChoice, color_option, wants_color, write_bytes, write_text


@click.command("check", short_help="Check a rule file.")
@click.argument("rules", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
@click.option("--fail-on", type=click.Choice(["error", "warning"]), default="error", help="Warnings give status 1.")
@lang_option
@color_option
def command(rules: Path, form: str, fail_on: str, lang: str | None, color: ColorChoice) -> None:
    """Check a rule file and print what is wrong with it.

    Status 0: no error. Status 1: warnings, with --fail-on warning. Status 2: errors.
    """
    from steelyard.cli.failures import NOT_DONE, cannot_open
    from steelyard.diagnostics.model import Severity
    from steelyard.diagnostics.render import render, to_json
    from steelyard.diagnostics.wording import severity_of
    from steelyard.pipeline import load

    try:
        loaded = load(rules)
    except OSError as problem:
        cannot_open(rules, problem, language(lang, of_name(rules)), color)
    spoken = language(lang, loaded.language)
    severities = [severity_of(diagnostic) for diagnostic in loaded.diagnostics]
    errors, warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
    if form == "json":
        document = {
            "format": "steelyard-check/1",
            "file": loaded.source.name,
            "errors": errors,
            "warnings": warnings,
            "diagnostics": [to_json(diagnostic, spoken) for diagnostic in loaded.diagnostics],
        }
        write_bytes((json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass"))
    else:
        if loaded.diagnostics:
            write_text(render(loaded.diagnostics, spoken, color=wants_color(color, sys.stdout)) + "\n\n")
        write_text(_summary(loaded.source.name, errors, warnings, spoken))
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
