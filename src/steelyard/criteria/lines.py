"""The lines of the rule file that a statement stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from steelyard.criteria.model import SourceLine
from steelyard.source import Source, Span
from steelyard.syntax import nodes as n

_LINED = (n.Clause, n.TableRow, n.GradeRow, n.Level, n.Statement, n.Grade)
"""What may stand on lines of its own. (Values may come from elsewhere: from a function or a code table.)"""


def lines_of(spans: Iterable[Span], main: Source) -> tuple[SourceLine, ...]:
    """The lines, each once, in the order of the file; those of other files behind."""
    found: dict[tuple[bool, str, int], SourceLine] = {}
    for span in spans:
        source = span.source
        first, last = (source.text.count("\n", 0, place) for place in (span.start, max(span.start, span.end - 1)))
        for number in range(first, last + 1):
            start = source.line_starts[number]
            text = source.text[start:].partition("\n")[0].rstrip("\r")
            other = source.name != main.name
            line = SourceLine(number + 1, text, source.name if other else None)
            found.setdefault((other, source.name if other else "", number), line)
    return tuple(found[key] for key in sorted(found))


def spans_of(node: n.Node) -> Iterator[Span]:
    """Where a statement or grade stands, with its clauses, rows and inner statements."""
    yield node.span
    for field in attrs.fields(type(node)):
        if field.name not in ("span", "key"):
            yield from _spans(getattr(node, field.name))


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
    elif isinstance(value, n.Table):
        if value.lookup is None:
            yield value.span
            yield from _spans(value.rows)
    elif isinstance(value, _LINED):
        yield from spans_of(value)
