"""What keeps a command from being done: a coded error on stderr, and status 2."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import NoReturn

import click

from steelyard.cli.streams import ColorChoice, wants_color
from steelyard.diagnostics.model import DataPlace, Diagnostic, Fact, Fix, Language, Words
from steelyard.diagnostics.words import WORDS

NOT_DONE = 2


def tell(diagnostics: tuple[Diagnostic, ...], language: Language, color: ColorChoice) -> None:
    """Diagnostics on stderr."""
    from steelyard.diagnostics.render import render

    if diagnostics:
        click.echo(render(diagnostics, language, color=wants_color(color, sys.stderr)), file=sys.stderr, color=True)


def fail(
    code: str,
    language: Language,
    color: ColorChoice,
    fixes: tuple[Fix, ...] = (),
    place: str | None = None,
    **facts: Fact,
) -> NoReturn:
    """One error, and the command ends."""
    tell((Diagnostic(code, facts, place=DataPlace(place) if place else None, fixes=fixes),), language, color)
    raise click.exceptions.Exit(NOT_DONE)


def cannot_open(path: Path, problem: OSError, language: Language, color: ColorChoice) -> NoReturn:
    """A file named on the command line that cannot be read."""
    from steelyard.diagnostics.nearest import nearest

    if isinstance(problem, FileNotFoundError):
        folder = path.parent
        others = [other.name for other in folder.iterdir()] if folder.is_dir() else []
        near = nearest(path.name, sorted(others))
        fixes = (Fix("did-you-mean", facts={"name": str(path.with_name(near))}),) if near else ()
        fail("C101", language, color, fixes, file=str(path))
    fail("C102", language, color, file=str(path), problem=system_words(problem))


def system_words(problem: OSError) -> Words | str:
    """What the system says, in both languages where it is one of the usual answers."""
    name = errno.errorcode.get(problem.errno or 0, "")
    key = f"system.{name}"
    return Words(key) if key in WORDS else problem.strerror or type(problem).__name__


def tell_unwritable(file: str, problem: OSError) -> None:
    """A file, or the stream of the result, that did not take what was written."""
    from steelyard.cli.language import language

    tell((Diagnostic("C103", {"file": file, "problem": system_words(problem)}),), language(None), "auto")


def tell_internal_error(problem: Exception) -> None:
    """Our own mistake: said plainly, without the data that caused it. A full disk under stdout is not one."""
    from steelyard.cli.language import language

    if isinstance(problem, OSError) and problem.errno == errno.ENOSPC:
        tell_unwritable("stdout", problem)
        return
    where = problem.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}" if where else "?"
    facts: dict[str, Fact] = {"kind": type(problem).__name__, "place": place}
    tell((Diagnostic("C199", facts),), language(None), "auto")
