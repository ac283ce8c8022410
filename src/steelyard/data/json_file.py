"""JSON: numbers keep their text, doubled names and NaN are found, depth is known before anything recurses."""

from __future__ import annotations

import json
import re

from steelyard.data.files import VALUE_LIMIT, DataFile
from steelyard.data.findings import Findings
from steelyard.data.tree import DEPTH_LIMIT, Node, TreeBuilder, TreeRefused
from steelyard.diagnostics.model import DataPlace

# Possessive, so that a long or unclosed string costs neither time nor memory.
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


class _Constant(str):
    """NaN, Infinity or -Infinity: no JSON, yet many programs write it."""

    __slots__ = ()


class _Pairs(list[tuple[str, object]]):
    """An object before its names are looked at: doubled ones are still there."""

    __slots__ = ()


def read_json(file: DataFile, findings: Findings) -> Node | None:
    """The file as a tree; None where it is not JSON or breaks a limit."""
    if file.text is None or not _within_limits(file.text, file.name, findings):
        return None
    try:
        value: object = json.loads(
            file.text,
            parse_float=_Number,
            parse_int=_Number,
            parse_constant=_Constant,
            object_pairs_hook=_Pairs,
        )
    except json.JSONDecodeError as problem:
        place = DataPlace(file.name, problem.lineno)
        findings.report("D115", place, line=problem.lineno, column=problem.colno)
        return None
    builder = TreeBuilder(file.name, findings)
    try:
        _feed(value, builder)
    except TreeRefused:
        return None
    return builder.root


def _within_limits(text: str, file: str, findings: Findings) -> bool:
    """Depth and number of values, counted on the text without its strings."""
    bare = _STRING.sub("", text)
    depth = 0
    for count, bracket in enumerate(_BRACKET.finditer(bare)):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > DEPTH_LIMIT:
            findings.report("D117", DataPlace(file), file=file, limit=DEPTH_LIMIT)
            return False
        if count > 2 * VALUE_LIMIT:
            break
    if bare.count(",") + bare.count("[") + bare.count("{") >= VALUE_LIMIT:
        findings.report("D108", DataPlace(file), file=file, limit=VALUE_LIMIT)
        return False
    return True


def _feed(value: object, builder: TreeBuilder) -> None:
    """No deeper than the limit, which has been checked."""
    match value:
        case _Pairs():
            builder.open_members()
            for name, member in value:
                builder.name(name)
                _feed(member, builder)
            builder.close()
        case list():
            builder.open_items()
            for item in value:
                _feed(item, builder)
            builder.close()
        case _Constant():
            builder.refuse("D123", str(value))
        case str():
            builder.scalar(str(value))
        case True | False:
            builder.scalar("true" if value else "false")
        case None:
            builder.scalar(None)
        case _:
            raise AssertionError(f"JSON has no {type(value).__name__}")
