"""`allow CODE because "…"`: warnings that an author has seen and accepts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import attrs

from steelyard.check.parts import Scope
from steelyard.diagnostics.catalogue import CATALOGUE
from steelyard.diagnostics.model import Diagnostic, Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.source import Span
from steelyard.syntax import nodes as n


def without_allowed(found: Sequence[Diagnostic], every: Sequence[Scope]) -> list[Diagnostic]:
    """The diagnostics that nobody allowed, and an `allow` that silences nothing as one more."""
    allows = [(scope, s) for scope in every for s in scope.statements if isinstance(s, n.Allow) and _is_warning(s)]
    if not allows:
        return list(found)
    of_code = {code: _starting(found, code) for code in {allow.code.name for _, allow in allows}}
    silenced: set[int] = set()
    idle: list[Diagnostic] = []
    # Inner parts first, so that an `allow` of the whole file is needed only for the rest.
    for scope, allow in reversed(allows):
        told = of_code[allow.code.name]
        inside = told if scope.part is None else [place for s in _spans(scope.part) for place in _within(told, s)]
        new = {index for _, index in inside} - silenced
        if not new:
            idle.append(Diagnostic("W128", {"name": allow.code.name}, allow.span))
        silenced |= new
    return [*(d for index, d in enumerate(found) if index not in silenced), *reversed(idle)]


Places = list[tuple[Span, int]]
"""Where diagnostics of one code stand, by their start, and their numbers."""


def _is_warning(allow: n.Allow) -> bool:
    """One of another code, or of none, has been told."""
    entry = CATALOGUE.get(allow.code.name)
    return entry is not None and entry.severity is not Severity.ERROR


def _starting(found: Sequence[Diagnostic], code: str) -> Places:
    places = [
        (d.span, index)
        for index, d in enumerate(found)
        if d.code == code and d.span is not None and severity_of(d) is not Severity.ERROR
    ]
    return sorted(places, key=_start)


def _within(told: Places, span: Span) -> Iterator[tuple[Span, int]]:
    for place in range(bisect_left(told, span.start, key=_start), len(told)):
        other, _ = told[place]
        if other.start > span.end:
            return
        if other.source is span.source and other.end <= span.end:
            yield told[place]


def _start(place: tuple[Span, int]) -> int:
    return place[0].start


def _spans(node: n.Node) -> Iterator[Span]:
    """The places of a node and of all in it: a part's own place is its head."""
    yield node.span
    for name in (a.name for a in attrs.fields(type(node))):
        value = getattr(node, name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, n.Node):
                yield from _spans(inner)
