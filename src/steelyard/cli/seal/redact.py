"""`steelyard seal redact RECEIPT`: the same receipt with fields hidden."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from steelyard.cli.commands import Command, color_option, lang_option, option
from steelyard.cli.seal.options import PATH, redact_option
from steelyard.cli.streams import ColorChoice, write_text

if TYPE_CHECKING:
    from steelyard.cli.seal.reading import Reader
    from steelyard.seal.batch import Receipt


@click.command(
    "redact",
    cls=Command,
    short=("Hide fields of a receipt.", "遮盖凭证中的内容。"),
    words=(
        "Write RECEIPT again with fields hidden. The seal and its signature still hold.\n\n"
        "Only fields that were named when the batch was sealed can be hidden. What was worked out from a hidden value "
        "stays: the output says where.",
        "把凭证 RECEIPT 中的部分内容遮盖后另存。封存和签名仍然有效。\n"
        "只能遮盖封存时指明的内容。由遮盖的数值算出的数字仍然保留，输出会说明在哪里。",
    ),
)
@click.argument("receipt", type=PATH)
@redact_option
@option("-o", "--output", type=PATH, required=True, words=("Write the receipt here.", "把凭证写到这个文件。"))
@lang_option
@color_option
def command(receipt: Path, redact: tuple[str, ...], output: Path, lang: str | None, color: ColorChoice) -> None:
    """A receipt that shows less."""
    from steelyard.cli.commands import Misused
    from steelyard.cli.seal.reading import reader_of
    from steelyard.seal.batch import encode_receipt
    from steelyard.seal.documents import Malformed, as_file
    from steelyard.seal.hashes import LibraryLacks

    if not redact:
        raise Misused("C112", ctx=click.get_current_context(), name="--redact")
    reader = reader_of(receipt, lang, color)
    whole = reader.receipt(receipt)
    try:
        less, lines = hide(whole, redact, reader)
        document = as_file(encode_receipt(less))
    except Malformed as problem:
        reader.refuse_receipt(receipt, problem)
    except LibraryLacks as problem:
        reader.lacking(problem)
    reader.write(output, document, [receipt])
    write_text("\n".join(["凭证：" if reader.language == "zh" else "receipt:", *lines]))


def hide(
    receipt: Receipt, fields: tuple[str, ...], reader: Reader, named: tuple[str, ...] = ()
) -> tuple[Receipt, list[str]]:
    """The receipt with these fields hidden, and what is to be told: what is hidden, and what can still be seen of it.

    A group, or a field `named` when the batch was sealed, need not occur in this record. Raises Malformed, LibraryLacks.
    """
    from attrs import evolve

    from steelyard.cli.seal.telling import tell_hidden, tell_remains
    from steelyard.seal.fields import GROUPS, names_in, places_of, spelled
    from steelyard.seal.hashes import digest_of
    from steelyard.seal.redaction import FieldNotOpen, hidden_places, redacted
    from steelyard.seal.remains import remains_of

    for field in fields:
        if spelled(field) not in (*GROUPS, *named) and not places_of(receipt.trace, field):
            reader.unknown(field, names_in(receipt.trace))
    try:
        trace, salts = redacted(receipt.trace, receipt.salts, fields, digest_of(receipt.hash))
    except FieldNotOpen as problem:
        reader.closed(str(problem))
    remains = remains_of(receipt.trace, trace, [place for place in receipt.salts if place not in salts])
    absent = [field for field in fields if not places_of(receipt.trace, field)]
    nothing = "  没有可遮盖的：{}" if reader.language == "zh" else "  nothing to hide of: {}"
    lines = [nothing.format(field) for field in absent]
    lines += [*tell_hidden(trace, hidden_places(trace), reader.language), *tell_remains(remains, reader.language)]
    return evolve(receipt, trace=trace, salts=salts), lines
