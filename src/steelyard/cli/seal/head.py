"""`steelyard seal head TRACES`: one digest over all traces of a batch."""

from __future__ import annotations

from pathlib import Path

import click

from steelyard.cli.commands import Command, color_option, lang_option, option
from steelyard.cli.seal.options import PATH, hash_option, secret_option
from steelyard.cli.streams import ColorChoice, write_bytes, write_text


@click.command(
    "head",
    cls=Command,
    short=("Seal a batch of traces.", "封存一批评分过程。"),
    words=(
        "Seal the traces in TRACES, which `score --trace` wrote: their number, order and contents, in one digest.\n\n"
        "The head is what is published and signed. Fields named with --redactable can be hidden later, and no others.",
        "封存 TRACES（由 score --trace 写出）中的全部评分过程：个数、次序和内容合成一个摘要。\n"
        "摘要用于公布和签名。用 --redactable 指明的内容以后可以遮盖，其他内容不能。",
    ),
)
@click.argument("traces", type=PATH)
@option(
    "-o",
    "--output",
    type=PATH,
    words=("Write the head here instead of stdout.", "把摘要写到这个文件，而不是标准输出。"),
)
@hash_option
@option(
    "--redactable",
    multiple=True,
    words=(
        "A field that may be hidden later: an input by its name, or :people, :reasons, :record. May be repeated.",
        "以后可以遮盖的内容：输入名称，或 :人员、:理由、:对象。可以重复。",
    ),
)
@secret_option
@lang_option
@color_option
def command(
    traces: Path,
    output: Path | None,
    hash_name: str,
    redactable: tuple[str, ...],
    secret: Path | None,
    lang: str | None,
    color: ColorChoice,
) -> None:
    """The head, as a document."""
    from steelyard.cli.seal.reading import reader_of
    from steelyard.seal.batch import Plan, encode_head, head_over, leaves
    from steelyard.seal.documents import Malformed, as_file
    from steelyard.seal.fields import GROUPS, names_in, places_of, spelled
    from steelyard.seal.hashes import LibraryLacks, hash_named

    reader = reader_of(traces, lang, color)
    fields = tuple(dict.fromkeys(spelled(field) for field in redactable))
    if fields and secret is None:
        reader.no_secret()
    plan = Plan(hash_named(hash_name), fields, reader.secret(secret) if secret and fields else b"")
    missing, names = set(fields), set[str]()
    try:
        hashes = []
        for leaf in leaves(reader.traces(traces), plan):
            hashes.append(leaf.hash)
            missing -= {field for field in missing if places_of(leaf.trace, field)}
            names |= names_in(leaf.trace) if missing else set()
        head = head_over(hashes, plan)
    except Malformed as problem:
        reader.refuse_trace(traces, problem)
    except LibraryLacks as problem:
        reader.lacking(problem)
    for field in fields:
        # A group may stand in no record of this batch; an input that does is a slip of the pen.
        if field in missing and field not in GROUPS:
            reader.unknown(field, names)
    document = as_file(encode_head(head))
    if output is None:
        write_bytes(document)
        return
    reader.write(output, document, [traces, *([secret] if secret else [])])
    zh = reader.language == "zh"
    write_text(
        f"已封存 {head.size} 个评分过程" if zh else f"sealed: {head.size} {'trace' if head.size == 1 else 'traces'}"
    )
