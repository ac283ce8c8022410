"""`steelyard seal check FILE --head HEAD`: is this what was sealed?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from steelyard.cli.commands import Command, color_option, lang_option, option
from steelyard.cli.seal.options import PATH, head_option, secret_option, signature_option
from steelyard.cli.streams import ColorChoice, write_text

if TYPE_CHECKING:
    from steelyard.cli.seal.reading import Reader
    from steelyard.seal.batch import Head, Mismatch, Receipt


@click.command(
    "check",
    cls=Command,
    short=("Check a receipt, or a batch, against its head.", "按封存摘要核对凭证或整批。"),
    words=(
        "Check FILE, a receipt or all traces of a batch, against the head it was sealed with.\n\n"
        "With --key the signature of the head is checked too. Status 0: verified. Status 1: it is not what was sealed, with "
        "what was claimed and what was found. Status 2: not done.",
        "按封存摘要核对 FILE：一份凭证，或者整批评分过程。\n"
        "加 --key 时同时核对摘要的签名。返回值 0：核对无误；\n"
        "1：与封存时不同，列出声称的和实际的；2：没有完成。",
    ),
)
@click.argument("file", type=PATH)
@head_option
@option("--key", type=PATH, words=("The public key of who signed the head.", "摘要签名人的公钥。"))
@signature_option
@secret_option
@option(
    "--trace",
    "trace_file",
    type=PATH,
    words=("Of a receipt that verifies: write its trace here.", "凭证无误时，把其中的评分过程写到这个文件。"),
)
@lang_option
@color_option
def command(
    file: Path,
    head: Path,
    key: Path | None,
    signature: Path | None,
    secret: Path | None,
    trace_file: Path | None,
    lang: str | None,
    color: ColorChoice,
) -> None:
    """Verified, or what does not agree."""
    from steelyard.cli.commands import Misused
    from steelyard.cli.seal.reading import reader_of
    from steelyard.cli.seal.telling import tell_mismatches
    from steelyard.cli.seal.verify import signature_mismatches
    from steelyard.seal.documents import Malformed, as_file
    from steelyard.seal.hashes import LibraryLacks

    reader = reader_of(file, lang, color)
    sealed = reader.head(head)
    receipt = reader.receipt(file) if reader.is_receipt(file) else None
    if trace_file is not None and receipt is None:
        raise Misused("C117", ctx=click.get_current_context(), found="--trace")
    zh = reader.language == "zh"
    signed = head.with_name(head.name + ".sig") if signature is None else signature
    wrong = signature_mismatches(head, signed, key, reader) if key is not None else ()
    if wrong:
        told = f"核对不符：{head} 的签名" if zh else f"does not verify: the signature of {head}"
        write_text("\n".join([told, *tell_mismatches(wrong, reader.language)]))
        raise click.exceptions.Exit(1)
    try:
        mismatches, lines = (
            _check_receipt(receipt, sealed, reader)
            if receipt is not None
            else _check_traces(file, sealed, secret, reader)
        )
    except Malformed as problem:
        reader.refuse_receipt(file, problem)
    except LibraryLacks as problem:
        reader.lacking(problem)
    if mismatches:
        told = f"核对不符：{file} 不是 {head} 所封存的" if zh else f"does not verify: {file} is not what {head} seals"
        write_text("\n".join([told, *tell_mismatches(mismatches, reader.language)]))
        raise click.exceptions.Exit(1)
    if key is not None:
        lines.append(f"  签名：与 {key} 相符" if zh else f"  signed with the key of {key}")
    else:
        lines.append("  未核对签名（没有给出 --key）" if zh else "  signature not checked (no --key was given)")
    if trace_file is not None and receipt is not None:
        read = [file, head, signed, *(path for path in (key, secret) if path is not None)]
        reader.write(trace_file, as_file(receipt.trace), read)
    write_text("\n".join(lines))


def _check_receipt(receipt: Receipt, sealed: Head, reader: Reader) -> tuple[tuple[Mismatch, ...], list[str]]:
    from steelyard.cli.seal.telling import shown, tell_hidden
    from steelyard.seal.batch import check_receipt, record_key
    from steelyard.seal.redaction import hidden_places

    mismatches = check_receipt(receipt, sealed)
    key = record_key(receipt.trace)
    number = receipt.index + 1
    if reader.language == "zh":
        name = "名称已遮盖" if key is None else shown(key, "zh")
        first = f"核对无误：封存的 {sealed.size} 个对象中的第 {number} 个（{name}）"
    else:
        name = "its key is hidden" if key is None else shown(key, "en")
        first = f"verified: record {number} of the {sealed.size} that were sealed ({name})"
    return mismatches, [first, *tell_hidden(receipt.trace, hidden_places(receipt.trace), reader.language)]


def _check_traces(
    file: Path, sealed: Head, secret: Path | None, reader: Reader
) -> tuple[tuple[Mismatch, ...], list[str]]:
    from steelyard.seal.batch import Plan, check_batch, head_over, leaves
    from steelyard.seal.documents import Malformed

    if sealed.redactable and secret is None:
        reader.no_secret()
    plan = Plan(sealed.hash, sealed.redactable, reader.secret(secret) if secret and sealed.redactable else b"")
    try:
        found = head_over((leaf.hash for leaf in leaves(reader.traces(file), plan)), plan)
    except Malformed as problem:
        reader.refuse_trace(file, problem)
    zh = reader.language == "zh"
    if sealed.size == 1:
        first = "核对无误：与封存的评分过程相同" if zh else "verified: the trace that was sealed"
    else:
        first = (
            f"核对无误：封存的 {sealed.size} 个评分过程"
            if zh
            else f"verified: all {sealed.size} traces that were sealed"
        )
    return check_batch(found, sealed), [first]
