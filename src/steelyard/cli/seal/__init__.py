"""`steelyard seal`: seal a batch of traces, show one record of it, sign, check, hide fields."""

from __future__ import annotations

import click

from steelyard.cli.commands import Group, lang_option


class Seals(Group):
    """The commands of a seal."""

    short = ("Seal traces, sign, check, hide fields.", "封存评分过程、签名、核对、遮盖内容。")
    words = (
        "Make changes to traces visible: one digest over a batch, receipts of single records, signatures, hidden fields.",
        "让评分过程的任何改动都能被发现：整批一个摘要、单个对象的凭证、签名、内容遮盖。",
    )
    names = ("head", "receipt", "redact", "check", "keygen", "sign", "verify", "secret")
    package = "steelyard.cli.seal"


@click.group("seal", cls=Seals, invoke_without_command=True, subcommand_metavar="COMMAND [ARGS]...")
@lang_option
@click.pass_context
def command(ctx: click.Context, lang: str | None) -> None:
    """The language that is named before the command is that of the command."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(2)
    ctx.default_map = {name: {"lang": lang} for name in Seals.names}
