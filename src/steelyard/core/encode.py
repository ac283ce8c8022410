"""The one JSON shape of the core, and its digest.

Spans and file names are left out: the same scheme with English or Chinese keywords has one digest. A class is written as
an object with its name under `is`; a number as its canonical text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from hashlib import sha256
from typing import cast

import attrs
from attrs import AttrsInstance

from steelyard.core.nodes import Account, BatchValue, Origin, Program, Waiver
from steelyard.source import Span
from steelyard.values.canonical import Json, canonical_json
from steelyard.values.numbers import canonical


def encode(value: object) -> Json:
    """Any core value as JSON. It calls nothing between itself and itself, so that the deepest core fits on the stack."""
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return str(value.value)
        case str():
            return value
        case Fraction():
            return {"number": canonical(value)}
        case date():
            return {"date": value.isoformat()}
        case tuple() | list():
            return list(map(encode, value))
        case Origin():
            return str(value.path)
        case Waiver():  # The columns beside it are called after it, in the words of the file's language.
            return {"is": "Waiver", "cell": encode(value.cell)}
        case Mapping():
            return dict(zip(map(str, value), map(encode, value.values()), strict=True))
        case _:
            assert attrs.has(type(value)), f"a core value is an attrs class, not {type(value).__name__}"
            fields = _fields(value)
            return {"is": type(value).__name__, **dict(zip(fields, map(encode, fields.values()), strict=True))}


def _fields(value: object) -> dict[str, object]:
    node = cast(type[AttrsInstance], type(value))
    pairs = {name: getattr(value, name) for name in _names(node)}
    return {name: item for name, item in pairs.items() if not isinstance(item, Span)}


@cache
def _names(node: type[AttrsInstance]) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(node))


def encode_core(total: Account, batch: tuple[BatchValue, ...] = (), batch_by: str | None = None) -> dict[str, Json]:
    return {"total": encode(total), "batch": encode(batch), "batch by": batch_by}


def digest(total: Account, batch: tuple[BatchValue, ...] = (), batch_by: str | None = None) -> str:
    """SHA-256 of the core, in hex: equal for rule files that mean the same."""
    core = encode_core(total, batch, batch_by)
    return sha256(canonical_json(core).encode("utf-8", "surrogatepass")).hexdigest()


def encode_program(program: Program) -> dict[str, Json]:
    """The core as a trace carries it (`score --with-rules`): what the digest is of, and `places`: where in the rule files
    each statement stands, with its text. A list, for rule paths may be Chinese and names of members are ASCII alone."""
    places: dict[tuple[str, ...], Json] = {}
    for origin in _origins((program.total, program.batch)):
        span = origin.span
        place = {"rule": str(origin.path), "file": span.source.name, "place": span.place, "text": span.text}
        places.setdefault(tuple(place.values()), {**place})
    return {"places": list(places.values()), **encode_core(program.total, program.batch, program.batch_by)}


def _origins(root: object) -> Iterator[Origin]:
    waiting = [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Origin):
            yield value
        elif isinstance(value, tuple):
            waiting.extend(reversed(value))
        elif attrs.has(type(value)):
            waiting.extend(reversed([getattr(value, name) for name in _names(cast(type[AttrsInstance], type(value)))]))
