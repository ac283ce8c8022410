"""Canonical JSON: the same value gives the same bytes everywhere (RFC 8785 for what we write)."""

from __future__ import annotations

import json
from typing import TypeAlias

Json: TypeAlias = "None | bool | int | str | list[Json] | dict[str, Json]"
"""No floats: exact numbers are strings. Keys are ASCII, so code point order is RFC 8785's order."""


def canonical_json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
