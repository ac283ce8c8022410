"""Documents that strangers send, read into their canonical bytes (RFC 8785), or refused.

A seal is over canonical bytes, so that the layout of a file does not matter and everything in it does. What has no
canonical bytes here is refused: a member named twice (readers differ in which one they take), a fraction or exponent (the
formats have only whole numbers, and texts for exact ones), a whole number that a double does not hold, names that are not
ASCII (their order would depend on the encoding), lone surrogates, nesting beyond any trace.
"""

from __future__ import annotations

import json
from typing import NoReturn, cast

from steelyard.values.canonical import Json, canonical_json

DOCUMENT_LIMIT = 64 * 1024 * 1024
"""Bytes of one document: a record of a trace file, a receipt, a head."""
DEPTH_LIMIT = 450
WHOLE_LIMIT = 2**53 - 1


class Malformed(ValueError):
    """Not a document of the kind it should be; the message names the member, or says JSON."""


def read_document(content: bytes) -> dict[str, Json]:
    """The JSON object in these bytes. Raises Malformed."""
    if len(content) > DOCUMENT_LIMIT:
        raise Malformed(f"> {DOCUMENT_LIMIT} bytes")
    try:
        found = json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_members,
            parse_int=_whole,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except Malformed:
        raise
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Malformed("JSON") from None
    if not isinstance(found, dict):
        raise Malformed("JSON")
    _bounded(found)
    canonical_bytes(found)
    return cast("dict[str, Json]", found)


def canonical_bytes(document: Json) -> bytes:
    """The one spelling of a document. Raises Malformed where a text holds a lone surrogate."""
    try:
        return canonical_json(document).encode("utf-8")
    except (UnicodeEncodeError, RecursionError):
        raise Malformed("JSON") from None


def as_file(document: Json) -> bytes:
    """A document as it is written: its canonical bytes and the end of the line."""
    return canonical_bytes(document) + b"\n"


# ---- members, each checked


def member_text(document: dict[str, Json], name: str, longest: int = 1000) -> str:
    found = document.get(name)
    if not isinstance(found, str) or len(found) > longest:
        raise Malformed(name)
    return found


def member_whole(document: dict[str, Json], name: str, least: int, most: int) -> int:
    found = document.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= most:
        raise Malformed(name)
    return found


def member_list(document: dict[str, Json], name: str, longest: int) -> list[Json]:
    found = document.get(name)
    if not isinstance(found, list) or len(found) > longest:
        raise Malformed(name)
    return found


def member_object(document: dict[str, Json], name: str) -> dict[str, Json]:
    found = document.get(name)
    if not isinstance(found, dict):
        raise Malformed(name)
    return found


def member_bytes(document: dict[str, Json], name: str, size: int) -> bytes:
    return hex_bytes(document.get(name), size, name)


def hex_bytes(found: Json, size: int, name: str) -> bytes:
    """So many bytes in lower-case hexadecimal digits: one spelling each, so that a changed file is a changed value."""
    if not isinstance(found, str) or len(found) != 2 * size or not set(found) <= set("0123456789abcdef"):
        raise Malformed(name)
    return bytes.fromhex(found)


def only_members(document: dict[str, Json], *names: str) -> None:
    """Nothing else may stand in it: what no rule reads, nobody checks."""
    for name in document:
        if name not in names:
            raise Malformed(name[:60])


# ---- reading


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs) or not all(name.isascii() for name in found):
        raise Malformed("JSON")
    return found


def _whole(digits: str) -> int:
    if len(digits) > 17 or abs(number := int(digits)) > WHOLE_LIMIT or digits == "-0":
        raise Malformed(digits[:40])
    return number


def _no_number(digits: str) -> NoReturn:
    raise Malformed(digits[:40])


def _bounded(document: Json) -> None:
    """Depth within the limit, by a walk that itself needs no depth."""
    waiting: list[tuple[Json, int]] = [(document, 0)]
    while waiting:
        found, depth = waiting.pop()
        if depth > DEPTH_LIMIT:
            raise Malformed("JSON")
        if isinstance(found, dict):
            waiting.extend((value, depth + 1) for value in found.values())
        elif isinstance(found, list):
            waiting.extend((value, depth + 1) for value in found)
