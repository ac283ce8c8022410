"""`steelyard seal keygen NAME`: a pair of keys."""

from __future__ import annotations

from pathlib import Path

import click

from steelyard.cli.commands import Command, color_option, lang_option
from steelyard.cli.language import language, of_name
from steelyard.cli.seal.options import PATH
from steelyard.cli.streams import ColorChoice, write_text


@click.command(
    "keygen",
    cls=Command,
    short=("Make a pair of keys.", "生成一对密钥。"),
    words=(
        "Make a pair of Ed25519 keys: NAME.pem, the private key, which only its owner may read, and NAME.pub.pem, the public "
        "key, which is given to whoever checks.\n\n"
        "Nothing is overwritten. Nobody can make a lost private key again.",
        "生成一对 Ed25519 密钥：NAME.pem 是私钥，只有本人可读；NAME.pub.pem 是公钥，交给核对的人。\n"
        "不会覆盖已有文件。私钥丢失后无法恢复。",
    ),
)
@click.argument("name", type=PATH)
@lang_option
@color_option
def command(name: Path, lang: str | None, color: ColorChoice) -> None:
    """Two key files."""
    from steelyard.cli.failures import fail
    from steelyard.cli.seal.fresh import write_fresh
    from steelyard.seal.hashes import LibraryLacks
    from steelyard.seal.signatures import new_key_pair

    spoken = language(lang, of_name(name))
    try:
        private, public = new_key_pair()
    except LibraryLacks as problem:
        fail("C132", spoken, color, name=str(problem))
    private_file, public_file = name.with_name(name.name + ".pem"), name.with_name(name.name + ".pub.pem")
    write_fresh([(private_file, private, 0o600), (public_file, public, 0o644)], spoken, color)
    zh = spoken == "zh"
    write_text(
        f"私钥：{private_file}，请妥善保管\n公钥：{public_file}，请交给核对的人"
        if zh
        else f"private key: {private_file}, keep it\npublic key: {public_file}, give it to whoever checks"
    )
