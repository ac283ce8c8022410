"""`steelyard seal secret FILE`: the issuer's secret, from which salts are made."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from steelyard.cli.commands import Command, color_option, lang_option
from steelyard.cli.language import language, of_name
from steelyard.cli.seal.options import PATH
from steelyard.cli.streams import ColorChoice, write_text


@click.command(
    "secret",
    cls=Command,
    short=("Make the secret that hides fields.", "生成遮盖内容用的秘密文件。"),
    words=(
        "Make the secret that an issuer needs to seal traces with fields that can be hidden: 32 random bytes, which only "
        "their owner may read.\n\n"
        "Whoever has it can find out hidden values by trying. Without it no further receipts of the batch can be made.",
        "生成签发人的秘密文件：32 个随机字节，只有本人可读。封存可遮盖内容的评分过程时要用。\n"
        "得到它的人可以试出遮盖的数值；丢失后不能再出具该批的凭证。",
    ),
)
@click.argument("file", type=PATH)
@lang_option
@color_option
def command(file: Path, lang: str | None, color: ColorChoice) -> None:
    """A secret file."""
    from steelyard.cli.seal.fresh import write_fresh
    from steelyard.cli.seal.reading import SECRET_SIZE

    spoken = language(lang, of_name(file))
    write_fresh([(file, secrets.token_bytes(SECRET_SIZE).hex().encode() + b"\n", 0o600)], spoken, color)
    write_text(f"秘密文件：{file}，请妥善保管" if spoken == "zh" else f"secret: {file}, keep it")
