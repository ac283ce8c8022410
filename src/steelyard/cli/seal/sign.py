"""`steelyard seal sign FILE --key PRIVATE`: a signature beside a file."""

from __future__ import annotations

from pathlib import Path

import click

from steelyard.cli.commands import Command, color_option, lang_option, option
from steelyard.cli.language import language, of_name
from steelyard.cli.seal.options import PATH, hash_option
from steelyard.cli.streams import ColorChoice, write_text


@click.command(
    "sign",
    cls=Command,
    short=("Sign a file.", "给文件签名。"),
    words=(
        "Sign FILE, the head of a batch or any other, with a private key: Ed25519 over its bytes, in a file beside it.\n\n"
        "The same file and key give the same signature. No time of day stands in it.",
        "用私钥给 FILE（封存摘要或任何文件）签名：对文件的字节做 Ed25519 签名，写在旁边的文件里。\n"
        "同一文件和密钥得到的签名相同，其中不含时间。",
    ),
)
@click.argument("file", type=PATH)
@option("--key", type=PATH, required=True, words=("The private key.", "私钥文件。"))
@hash_option
@option(
    "-o", "--output", type=PATH, words=("Write it here; FILE.sig unless said.", "写到这个文件；不写时为“文件名.sig”。")
)
@lang_option
@color_option
def command(file: Path, key: Path, hash_name: str, output: Path | None, lang: str | None, color: ColorChoice) -> None:
    """A signature file."""
    from steelyard.cli.seal.reading import Reader
    from steelyard.seal.documents import as_file
    from steelyard.seal.hashes import LibraryLacks, hash_named
    from steelyard.seal.signatures import UnusableKey, encode_signature, sign

    reader = Reader(language(lang, of_name(file)), color)
    content = reader.signed(file)
    try:
        signature = sign(content, reader.key(key), hash_named(hash_name))
    except UnusableKey as problem:
        reader.unusable(key, problem)
    except LibraryLacks as problem:
        reader.lacking(problem)
    target = file.with_name(file.name + ".sig") if output is None else output
    reader.write(target, as_file(encode_signature(signature)), [file, key])
    write_text(f"签名：{target}" if reader.language == "zh" else f"signed: {target}")
