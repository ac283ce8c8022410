"""YAML: only its plain part. A scalar is the text that stands there; anchors, aliases and tags are refused.

Events are read one by one, never composed by the library, so an alias bomb is refused at its first anchor.
"""

from __future__ import annotations

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from yaml.reader import Reader

from steelyard.data.files import DataFile
from steelyard.data.findings import Findings
from steelyard.data.tree import Node, Scalar, TreeBuilder, TreeRefused
from steelyard.diagnostics.model import DataPlace

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
# Twenty times as fast where it is built in, as it is in the published wheels.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(file: DataFile, findings: Findings) -> Node | None:
    """The file as a tree; None where it is not YAML or goes beyond its plain part. An empty file is null."""
    if file.text is None:
        return None
    builder = TreeBuilder(file.name, findings)
    try:
        for event in yaml.parse(file.text, Loader=_LOADER):
            _feed(event, builder)
    except TreeRefused:
        return None
    except (yaml.YAMLError, ValueError, OverflowError) as problem:
        # The library's own scanner lets an impossible \U escape through to `chr`.
        line, column = _place_of(problem, file.text)
        findings.report("D116", DataPlace(file.name, line), line=line, column=column)
        return None
    return builder.root or Scalar(None)


def _feed(event: Event, builder: TreeBuilder) -> None:
    row, column = _position(event.start_mark)
    match event:
        case DocumentStartEvent() if builder.root is not None:
            _refuse("D120", row, builder)
        case AliasEvent():
            _refuse("D118", row, builder, f"*{event.anchor}")
        case NodeEvent(anchor=str(anchor)):
            _refuse("D118", row, builder, "&" + anchor)
        case ScalarEvent(tag=str(tag)) | CollectionStartEvent(tag=str(tag)):
            _refuse("D119", row, builder, tag)
        case ScalarEvent() if builder.wants_name:
            builder.name(event.value, row)
        case ScalarEvent():
            plain = not event.style
            builder.scalar(None if plain and event.value in _NULL else event.value, row)
        case CollectionStartEvent() if builder.wants_name:
            # An object or list as the name of a member.
            builder.findings.report("D116", DataPlace(builder.file, row), line=row, column=column)
            raise TreeRefused
        case MappingStartEvent():
            builder.open_members(row)
        case SequenceStartEvent():
            builder.open_items(row)
        case CollectionEndEvent():
            builder.close()


def _refuse(code: str, row: int, builder: TreeBuilder, text: str = "---") -> None:
    builder.findings.report(code, DataPlace(builder.file, row, text=text), text=text)
    raise TreeRefused


def _position(mark: object) -> tuple[int, int]:
    """Line and column of a mark, from 1. The two loaders have classes of their own for it."""
    line, column = getattr(mark, "line", 0), getattr(mark, "column", 0)
    return line + 1, column + 1


def _place_of(problem: Exception, text: str) -> tuple[int, int]:
    """Line and column, from 1."""
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    if mark is not None:
        return _position(mark)
    # A character that YAML does not allow: one loader counts in bytes, the other in characters.
    found = Reader.NON_PRINTABLE.search(text)
    at = found.start() if found else 0
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
