"""Reasons: text with `{name}`, `{row.field}`, `{name, %}`, `{name, 3}`; `{{` and `}}` are braces."""

from __future__ import annotations

import re
import unicodedata

from attrs import frozen

from steelyard.source import Span
from steelyard.syntax import nodes as n

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_INSIDE = re.compile(
    r"\s*(?:([^\W\d][\w·]*|「[^」]+」|`[^`]+`)\s*\.\s*)?([^\W\d][\w·]*|「[^」]+」|`[^`]+`)\s*(?:[,，]\s*(%|％|\d))?\s*"
)


@frozen
class Placeholder:
    """`{rate, %}`: whose value, and how it is shown (None: as its kind asks)."""

    value: n.Expression
    """A name, a field of a row, or what a parameter stands for."""
    show: str | None


@frozen
class BadPlaceholder:
    """Braces that hold no name."""

    span: Span


def pieces(template: n.Text) -> tuple[str | Placeholder | BadPlaceholder, ...]:
    """A reason in its pieces, in order."""
    span, offset = template.span, template.span.start + 1
    found: list[str | Placeholder | BadPlaceholder] = []
    position, text, stands = 0, template.value, dict(template.stands)
    for match in _PIECE.finditer(text):
        if match.start() > position:
            found.append(text[position : match.start()])
        position = match.end()
        if match.group() in ("{{", "}}"):
            found.append(match.group()[0])
            continue
        inside = _INSIDE.fullmatch(match[1]) if match[1] else None
        if inside is None:
            found.append(BadPlaceholder(Span(span.source, offset + match.start(), offset + match.end())))
            continue
        start = offset + match.start() + 1
        name = _name(inside[2], Span(span.source, start + inside.start(2), start + inside.end(2)))
        value: n.Expression = stands.get(name.name, name)
        if inside[1]:
            row = _name(inside[1], Span(span.source, start + inside.start(1), start + inside.end(1)))
            value = n.FieldOf(row, name, span=row.span.to(name.span))
        found.append(Placeholder(value, inside[3].replace("％", "%") if inside[3] else None))
    if position < len(text):
        found.append(text[position:])
    return tuple(found)


def _name(text: str, span: Span) -> n.Name:
    return n.Name(unicodedata.normalize("NFC", text.strip("「」`")), span=span)
