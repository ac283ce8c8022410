"""`steelyard seal verify FILE --key PUBLIC`: was this file signed with that key?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from steelyard.cli.commands import Command, color_option, lang_option, option
from steelyard.cli.language import language, of_name
from steelyard.cli.seal.options import PATH, signature_option
from steelyard.cli.streams import ColorChoice, write_text

if TYPE_CHECKING:
    from steelyard.cli.seal.reading import Reader
    from steelyard.seal.batch import Mismatch


@click.command(
    "verify",
    cls=Command,
    short=("Check the signature of a file.", "核对文件的签名。"),
    words=(
        "Check that FILE was signed with the private key that belongs to a public key, and not changed since.\n\n"
        "Status 0: verified. Status 1: it was not, with what was claimed and what was found. Status 2: not done.",
        "核对 FILE 是否由公钥对应的私钥签名，签名后有没有改动。\n"
        "返回值 0：核对无误；1：不符，列出声称的和实际的；2：没有完成。",
    ),
)
@click.argument("file", type=PATH)
@option("--key", type=PATH, required=True, words=("The public key.", "公钥文件。"))
@signature_option
@lang_option
@color_option
def command(file: Path, key: Path, signature: Path | None, lang: str | None, color: ColorChoice) -> None:
    """Signed with that key, or not."""
    from steelyard.cli.seal.reading import Reader
    from steelyard.cli.seal.telling import tell_mismatches

    reader = Reader(language(lang, of_name(file)), color)
    signed = file.with_name(file.name + ".sig") if signature is None else signature
    zh = reader.language == "zh"
    if mismatches := signature_mismatches(file, signed, key, reader):
        told = f"核对不符：{file} 的签名" if zh else f"does not verify: the signature of {file}"
        write_text("\n".join([told, *tell_mismatches(mismatches, reader.language)]))
        raise click.exceptions.Exit(1)
    write_text(f"核对无误：{file} 的签名与 {key} 相符" if zh else f"verified: {file} is signed with the key of {key}")


def signature_mismatches(file: Path, signature: Path, key: Path, reader: Reader) -> tuple[Mismatch, ...]:
    """What does not agree between a file, its signature and a public key."""
    from steelyard.seal.hashes import LibraryLacks
    from steelyard.seal.signatures import UnusableKey, check_signature

    content = reader.signed(file)
    try:
        return check_signature(content, reader.signature(signature), reader.key(key))
    except UnusableKey as problem:
        reader.unusable(key, problem)
    except LibraryLacks as problem:
        reader.lacking(problem)
