"""`steelyard`: the commands, and what holds for all of them.

Exit status: 0 done · 1 done, with findings asked to fail on · 2 not done.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from steelyard.version import VERSION

COMMANDS = ("check", "score", "why", "explain")


class Commands(click.Group):
    """Loads a command's module only when the command is used or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"steelyard.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as problem:
            from steelyard.diagnostics.nearest import nearest

            near = nearest(args[0], COMMANDS)
            if near is None:
                raise
            raise click.UsageError(f"{problem.message} Did you mean '{near}'?", ctx) from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="steelyard")
def steelyard() -> None:
    """Scoring criteria as executable rule files: exact scores, with every point explained."""


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit. No traceback ever reaches a user."""
    from steelyard.cli.streams import prepare_streams

    if sys.stdout is None or sys.stderr is None:
        sys.exit(2)  # Nobody could be told anything.
    prepare_streams()
    sys.exit(_flushed(_run(args)))


def _run(args: Sequence[str] | None) -> int:
    try:
        status = steelyard.main(args, prog_name="steelyard", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as problem:
        problem.show()
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
