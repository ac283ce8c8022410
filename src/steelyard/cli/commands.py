"""Commands that speak both languages: their help, and what is wrong with how they were called.

Help is shown before any file is read, so its language is that of the arguments as they were typed: the context's `obj`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from fractions import Fraction

    from steelyard.diagnostics.model import Fact, Fix

Both = tuple[str, str]
"""The same words in English and Chinese."""

Decorated = TypeVar("Decorated", bound=Callable[..., object])

USAGE: Both = ("Usage: ", "用法：")
OPTIONS: Both = ("Options", "选项")
COMMANDS: Both = ("Commands", "命令")
HELP: Both = ("Show this message and exit.", "显示这段说明。")


class Misused(click.UsageError):
    """A command called in a wrong way: a coded error."""

    def __init__(self, code: str, fixes: tuple[Fix, ...] = (), ctx: click.Context | None = None, **facts: Fact) -> None:
        super().__init__(code, ctx)
        self.code, self.fixes, self.facts = code, fixes, facts


def said(words: Both, ctx: click.Context) -> str:
    return words[1] if ctx.find_root().obj == "zh" else words[0]


class Option(click.Option):
    """An option with help in both languages."""

    def __init__(self, names: Sequence[str], *, words: Both, **attributes: Any) -> None:
        super().__init__(names, help=words[0], **attributes)
        self.words = words

    def get_help_record(self, ctx: click.Context) -> Both | None:
        record = super().get_help_record(ctx)
        return (record[0], said(self.words, ctx)) if record else None


def option(*names: str, words: Both, **attributes: Any) -> Callable[[Decorated], Decorated]:
    return click.option(*names, cls=Option, words=words, **attributes)


class Command(click.Command):
    """A command whose help and mistakes are in both languages."""

    def __init__(self, name: str, *, words: Both, short: Both, **attributes: Any) -> None:
        super().__init__(name, **{**attributes, "help": words[0]})
        self.words, self.short = words, short

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.BadOptionUsage as problem:
            problem.ctx = problem.ctx or ctx
            raise
        if rest and not ctx.resilient_parsing:
            raise Misused("C117", ctx=ctx, found=rest[0])
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_usage(self, ctx, formatter)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_text(self.words, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)


class Group(click.Group):
    """Commands together. A command's module is loaded only when the command is used or listed."""

    words: Both = ("", "")
    short: Both = ("", "")
    names: tuple[str, ...] = ()
    package = "steelyard.cli"
    """Where each command is a module, with its `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.names:
            return None
        command: click.Command = importlib.import_module(f"{self.package}.{cmd_name.replace('-', '_')}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in self.names:
            return super().resolve_command(ctx, args)
        from steelyard.diagnostics.model import Fix
        from steelyard.diagnostics.nearest import nearest

        near = nearest(args[0], self.names)
        fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
        raise Misused("C116", fixes, ctx, found=args[0])

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_usage(self, ctx, formatter)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_text(self.words, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(said(COMMANDS, ctx)):
            formatter.write_dl([(name, said(c.short, ctx)) for name, c in commands if isinstance(c, Command | Group)])


def _write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    pieces = [said((piece, _PIECES.get(piece, piece)), ctx) for piece in command.collect_usage_pieces(ctx)]
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=said(USAGE, ctx))


_PIECES = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}


def _write_text(words: Both, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Lines of Chinese stand as they are: they have no blanks to be broken at."""
    formatter.write_paragraph()
    with formatter.indentation():
        text = said(words, ctx)
        formatter.write_text(f"\b\n{text}" if text is words[1] else text)


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    records = []
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx) if isinstance(parameter, click.Option) else None
        if record:
            records.append((record[0], record[1] if isinstance(parameter, Option) else said(HELP, ctx)))
    with formatter.section(said(OPTIONS, ctx)):
        formatter.write_dl(records)


# ---- kinds of values


class OneOf(click.Choice[str]):
    """One of a few words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.choices:
            name = param.opts[-1] if param else ""
            raise Misused("C113", ctx=ctx, option=name, found=str(value), choices=tuple(self.choices))
        return cast(str, value)


class Number(click.ParamType["Fraction"]):
    """An exact number."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        from fractions import Fraction

        from steelyard.values.numbers import read_number

        if isinstance(value, Fraction):
            return value
        number = read_number(str(value))
        if number is None:
            raise Misused("C118", ctx=ctx, found=str(value))
        return number


class Count(click.ParamType[int]):
    """How many: a whole number from 1."""

    name = "count"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
            raise Misused("C162", ctx=ctx, found=text, option=param.opts[-1] if param else "")
        return int(text)


class Day(click.ParamType[date]):
    """A day as 2023-06-30."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()
        except ValueError:
            raise Misused("C110", ctx=ctx, found=str(value)) from None


as_of_option = option(
    "--as-of",
    type=Day(),
    words=("The day whose dated values count, as 2023-06-30.", "按哪一天的数值计算，如 2023-06-30。"),
)

lang_option = option(
    "--lang", type=OneOf(["en", "zh"]), words=("Language of messages and reports.", "提示和报告的语言：en 或 zh。")
)
color_option = option(
    "--color",
    type=OneOf(["auto", "always", "never"]),
    default="auto",
    words=("Colours in the output.", "输出是否带颜色：自动、总是、从不。"),
)
