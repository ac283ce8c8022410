"""`steelyard seal receipt TRACES`: one record of a sealed batch, with its proof."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from steelyard.cli.commands import Command, Number, color_option, lang_option, option
from steelyard.cli.seal.options import PATH, head_option, redact_option, secret_option
from steelyard.cli.streams import ColorChoice, write_text

if TYPE_CHECKING:
    from fractions import Fraction

    from steelyard.cli.seal.reading import Reader
    from steelyard.seal.batch import Leaf

MOST_NAMES = 10_000


@click.command(
    "receipt",
    cls=Command,
    short=("Show one record of a sealed batch.", "出具单个对象的凭证。"),
    words=(
        "Write the receipt of one record of TRACES: its trace, and the proof that it is under the head.\n\n"
        "It shows nothing of the other records. Status 1: TRACES is not what was sealed.",
        "出具 TRACES 中一个对象的凭证：它的评分过程，以及它属于这一批的证明。\n"
        "凭证不含其他对象的内容。返回值 1：TRACES 与封存时不同。",
    ),
)
@click.argument("traces", type=PATH)
@head_option
@option("--record", words=("Which record, by its key.", "哪一个对象。"))
@option("--number", type=Number(), words=("Which record, by its place: 1 is the first.", "第几个对象，从 1 数起。"))
@redact_option
@secret_option
@option("-o", "--output", type=PATH, required=True, words=("Write the receipt here.", "把凭证写到这个文件。"))
@lang_option
@color_option
def command(
    traces: Path,
    head: Path,
    record: str | None,
    number: Fraction | None,
    redact: tuple[str, ...],
    secret: Path | None,
    output: Path,
    lang: str | None,
    color: ColorChoice,
) -> None:
    """The receipt of a record."""
    from steelyard.cli.seal.reading import reader_of
    from steelyard.cli.seal.redact import hide
    from steelyard.cli.seal.telling import shown, tell_mismatches
    from steelyard.seal.batch import Plan, check_batch, encode_receipt, head_over, leaves, receipt_of, record_key
    from steelyard.seal.documents import Malformed, as_file
    from steelyard.seal.hashes import LibraryLacks

    reader = reader_of(traces, lang, color)
    sealed = reader.head(head)
    if sealed.redactable and secret is None:
        reader.no_secret()
    plan = Plan(sealed.hash, sealed.redactable, reader.secret(secret) if secret and sealed.redactable else b"")
    hashes: list[bytes] = []
    names: list[str] = []
    chosen: list[tuple[int, Leaf]] = []
    try:
        for index, leaf in enumerate(leaves(reader.traces(traces), plan)):
            hashes.append(leaf.hash)
            key = record_key(leaf.trace)
            names += [key] if key is not None and len(names) < MOST_NAMES else []
            if (number is None and record in (None, key) and len(chosen) < 2) or number == index + 1:
                chosen.append((index, leaf))
        found = head_over(hashes, plan)
        if mismatches := check_batch(found, sealed):
            zh = reader.language == "zh"
            told = f"核对不符：{traces} 与封存时不同" if zh else f"does not verify: {traces} is not what was sealed"
            write_text("\n".join([told, *tell_mismatches(mismatches, reader.language)]))
            raise click.exceptions.Exit(1)
        if len(chosen) != 1:
            _not_one(reader, traces, record, number, names, [index + 1 for index, _ in chosen])
        index, leaf = chosen[0]
        receipt = receipt_of(leaf, index, hashes, plan)
        told_lines: list[str] = []
        if redact:
            receipt, told_lines = hide(receipt, redact, reader, sealed.redactable)
        document = as_file(encode_receipt(receipt))
    except Malformed as problem:
        reader.refuse_trace(traces, problem)
    except LibraryLacks as problem:
        reader.lacking(problem)
    reader.write(output, document, [traces, head, *([secret] if secret else [])])
    name = shown(record_key(receipt.trace) or "–", reader.language)
    zh = reader.language == "zh"
    first = f"凭证：第 {index + 1} 个对象，{name}" if zh else f"receipt: record {index + 1}, {name}"
    write_text("\n".join([first, *told_lines]))


def _not_one(
    reader: Reader, traces: Path, record: str | None, number: Fraction | None, names: list[str], places: list[int]
) -> NoReturn:
    """None, or several."""
    from steelyard.cli.failures import fail
    from steelyard.diagnostics.model import Fix
    from steelyard.diagnostics.nearest import nearest

    if places and record is None:
        fail("C107", reader.language, reader.color, file=str(traces), records=", ".join(names[:3]))
    if places and record is not None:
        numbers = ("、" if reader.language == "zh" else ", ").join(str(place) for place in places)
        fail("C136", reader.language, reader.color, record=record, numbers=numbers, file=str(traces))
    asked = record if number is None else str(number)
    near = nearest(record, names) if record is not None else None
    fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
    fail("C106", reader.language, reader.color, fixes, record=asked or "")
