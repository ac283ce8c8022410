"""`steelyard`: the commands, and what holds for all of them.

Exit status: 0 done · 1 done, with findings asked to fail on · 2 not done.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from steelyard.cli.commands import Group, lang_option, option
from steelyard.cli.language import of_arguments
from steelyard.version import VERSION

COMMANDS = ("check", "score", "why", "verify", "what-if", "diff", "impact", "audit-report", "print", "explain", "seal")


class Commands(Group):
    """All commands."""

    words = (
        "Scoring criteria as executable rule files: exact scores, with every point explained.",
        "可以直接运行的评分标准：分数精确，每一分都有说明。",
    )

    names = COMMANDS


@click.group(
    cls=Commands,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=lambda ctx, _, asked: _version(ctx, asked),
    words=("Show the version and exit.", "显示版本。"),
)  # fmt: skip
@lang_option
@click.pass_context
def steelyard(ctx: click.Context, lang: str | None) -> None:
    """The language that is named before the command is that of the command."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(2)
    ctx.default_map = {name: {"lang": lang} for name in COMMANDS}


def _version(ctx: click.Context, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(f"steelyard, version {VERSION}")
        ctx.exit()


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit. No traceback ever reaches a user."""
    from steelyard.cli.streams import prepare_streams

    if sys.stdout is None or sys.stderr is None:
        sys.exit(2)  # Nobody could be told anything.
    prepare_streams()
    sys.exit(_flushed(_run(args)))


def _run(args: Sequence[str] | None) -> int:
    spoken = of_arguments(sys.argv[1:] if args is None else args)
    try:
        status = steelyard.main(args, prog_name="steelyard", standalone_mode=False, obj=spoken)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as problem:
        from steelyard.cli.misuse import tell_misuse

        tell_misuse(problem, spoken)
        return 2
    except (KeyboardInterrupt, click.Abort):
        return 130
    except BrokenPipeError:
        _forget_stdout()
        return 0  # Whoever read us has enough.
    except Exception as problem:  # the last fence: told as a coded error, with how to report it
        if os.environ.get("STEELYARD_TRACEBACK"):
            raise
        from steelyard.cli.failures import tell_internal_error

        tell_internal_error(problem)
        return 2
    return status if isinstance(status, int) else 0


def _flushed(status: int) -> int:
    """The status once everything is out: what the system could not take is an error, not silence."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        return 0
    except OSError as problem:
        from steelyard.cli.failures import tell_unwritable

        _forget_stdout()
        tell_unwritable("stdout", problem)
        return 2
    return status


def _forget_stdout() -> None:
    """Python would complain again when it closes stdout."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
