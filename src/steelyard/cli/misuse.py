"""What click says of a wrong call, as a coded error in both languages."""

from __future__ import annotations

import click

from steelyard.cli.commands import Misused
from steelyard.cli.failures import tell
from steelyard.diagnostics.model import Diagnostic, Fact, Fix, Language
from steelyard.diagnostics.nearest import nearest


def tell_misuse(problem: click.ClickException, spoken: Language) -> None:
    """The error on stderr, with how to get help."""
    diagnostic = _diagnostic(problem)
    if diagnostic is None:
        problem.show()
    else:
        tell((diagnostic,), spoken, "auto")


def _diagnostic(problem: click.ClickException) -> Diagnostic | None:
    context = problem.ctx if isinstance(problem, click.UsageError) else None
    command: dict[str, Fact] = {"command": context.command_path if context else "steelyard"}
    match problem:
        case Misused():
            return Diagnostic(problem.code, {**command, **problem.facts}, fixes=problem.fixes)
        case click.NoSuchOption():
            options = [name for p in context.command.params for name in p.opts] if context else []
            near = nearest(problem.option_name, [name for name in options if name.startswith("-")])
            fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
            return Diagnostic("C111", {**command, "option": problem.option_name}, fixes=fixes)
        case click.MissingParameter(param=click.Parameter() as parameter):
            return Diagnostic("C112", {**command, "name": parameter.human_readable_name})
        case click.BadOptionUsage():
            flags = [p for p in context.command.params if isinstance(p, click.Option)] if context else []
            is_flag = any(problem.option_name in flag.opts and flag.is_flag for flag in flags)
            return Diagnostic("C115" if is_flag else "C114", {**command, "option": problem.option_name})
        case _:
            return None
