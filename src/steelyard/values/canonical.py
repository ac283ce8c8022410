"""Canonical JSON (RFC 8785, for what we write): the same value gives the same bytes everywhere.

The rules: no blanks; in an object members by name, in the order of UTF-16 code units; a text with `\\"`, `\\\\`, `\\b`,
`\\f`, `\\n`, `\\r`, `\\t` and else every control character below U+0020 as `\\u00xx`, all others as they are; whole numbers
plain. Numbers with a fraction have no canonical form here and are not written: exact numbers are texts.
"""

from __future__ import annotations

import json
import re
from typing import TypeAlias

Json: TypeAlias = "None | bool | int | str | list[Json] | dict[str, Json]"
"""No floats: exact numbers are strings. Whole numbers stay below 2^53, so that a reader with doubles reads them exactly."""

_BEYOND_THE_PLANE = re.compile("[\U00010000-\U0010ffff]")


def canonical_json(value: Json) -> str:
    """The one text of a value; its bytes are its UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    if _BEYOND_THE_PLANE.search(text) is None:
        return text  # Up to U+FFFF, characters and their code units stand in one order.
    return json.dumps(_in_order(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _in_order(value: Json) -> Json:
    """The same with the members of every object in the order of their UTF-16 code units. Like the encoder of the core it
    calls nothing between itself and itself, so that the deepest trace fits on the stack."""
    if isinstance(value, dict):
        names = sorted(value, key=_code_units)
        return dict(zip(names, map(_in_order, map(value.__getitem__, names)), strict=True))
    return list(map(_in_order, value)) if isinstance(value, list) else value


def _code_units(name: str) -> bytes:
    return name.encode("utf-16-be", "surrogatepass")
