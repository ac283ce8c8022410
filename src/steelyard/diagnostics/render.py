"""Diagnostics for the terminal and as JSON.

The picture quotes the line exactly as written and underlines the span by terminal cells, so the mark stands right under
wide characters. Only glyphs that GBK can write are used.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from wcwidth import wcwidth

from steelyard.diagnostics.model import Diagnostic, Language, Severity
from steelyard.diagnostics.wording import fix_text, help_text, label_text, message, severity_of, visible
from steelyard.diagnostics.words import WORDS
from steelyard.source import Span

COLORS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.NOTE: "36;1"}
REMARKS = frozenset({"differ-by", "differ-by-points", "one-digit"})
"""Fixes that state a fact rather than a step."""
TAB = 4
LONGEST_LINE = 120
"""Cells of a quoted line; a longer one is shown around the span."""


def render(diagnostics: Iterable[Diagnostic], language: Language, *, color: bool = False) -> str:
    """All diagnostics as text for a terminal, a blank line between them."""
    return "\n\n".join(render_one(d, language, color=color) for d in diagnostics)


def render_one(diagnostic: Diagnostic, language: Language, *, color: bool = False) -> str:
    severity = severity_of(diagnostic)
    head = f"{WORDS[severity.value].of(language)}[{diagnostic.code}]"
    lines = [f"{_paint(head, COLORS[severity], color)}: {message(diagnostic, language)}"]
    if diagnostic.record:
        lines[0] += f"（{visible(diagnostic.record)}）" if language == "zh" else f" ({visible(diagnostic.record)})"
    if diagnostic.span:
        lines += _picture(diagnostic.span, "", "^", COLORS[severity], color)
    if diagnostic.place:
        lines.append(f"  --> {visible(str(diagnostic.place))}")
    for label in diagnostic.labels:
        lines += _picture(label.span, label_text(label, language), "-", "34;1", color)
    step = help_text(diagnostic, language)
    helps = [(fix.key in REMARKS, fix_text(fix, language)) for fix in diagnostic.fixes]
    helps += [(False, step)] if step else []
    for remark, text in helps:
        word = WORDS["remark" if remark else "help"].of(language)
        lines.append(f"  = {_paint(word, '32', color)}: {text}")
    return "\n".join(lines)


class DiagnosticJson(TypedDict, total=False):
    code: str
    severity: str
    message: str
    help: list[str]
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    row: int
    cell: str
    text: str
    rule: str
    record: str


def to_json(diagnostic: Diagnostic, language: Language) -> DiagnosticJson:
    """The same facts for programs; lines and columns from 1, columns in code points."""
    step = help_text(diagnostic, language)
    result: DiagnosticJson = {
        "code": diagnostic.code,
        "severity": severity_of(diagnostic).value,
        "message": message(diagnostic, language),
        "help": [fix_text(fix, language) for fix in diagnostic.fixes] + ([step] if step else []),
    }
    if span := diagnostic.span:
        result["file"] = span.source.name
        result["line"], result["column"] = span.source.position(span.start)
        result["end_line"], result["end_column"] = span.source.position(span.end)
    if place := diagnostic.place:
        result["file"] = place.file
        if place.row is not None:
            result["row"] = place.row
        if place.column is not None:
            result["cell"] = place.column
        if place.text is not None:
            result["text"] = place.text
    if diagnostic.rule is not None:
        result["rule"] = diagnostic.rule
    if diagnostic.record is not None:
        result["record"] = diagnostic.record
    return result


def _picture(span: Span, words: str, mark: str, style: str, color: bool) -> list[str]:
    source = span.source
    line_number, column = source.position(span.start)
    text = source.line(line_number)
    start, end = column - 1, max(column, min(len(text), column - 1 + span.end - span.start))
    text, start, end = _window(text, start, end)
    before, marked = _cells(text[:start]), max(1, _cells(text[start:end]))
    number = str(line_number)
    gutter = " " * len(number)
    underline = " " * before + _paint(mark * marked + (f" {words}" if words else ""), style, color)
    return [
        f"{gutter} --> {visible(source.name)}:{line_number}:{column}",
        f"{number} | {_expand(text)}",
        f"{gutter} | {underline}",
    ]


def _window(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The part of a long line around the span."""
    if len(text) <= LONGEST_LINE and _cells(text) <= LONGEST_LINE:
        return text, start, end
    left = max(0, start - LONGEST_LINE // 4)
    right = min(len(text), left + LONGEST_LINE // 2)
    head, tail = ("…" if left else ""), ("…" if right < len(text) else "")
    return head + text[left:right] + tail, start - left + len(head), min(end, right) - left + len(head)


def _cells(text: str) -> int:
    width = 0
    for c in text:
        width += TAB - width % TAB if c == "\t" else _width(c)
    return width


def _width(c: str) -> int:
    width, shown = wcwidth(c), visible(c)
    return len(shown) if width < 0 or shown != c else width


def _expand(text: str) -> str:
    """The line as shown: tabs to their stops, hidden characters by their code."""
    shown, width = "", 0
    for c in text:
        if c == "\t":
            blanks = TAB - width % TAB
            shown, width = shown + " " * blanks, width + blanks
        else:
            shown, width = shown + visible(c), width + _width(c)
    return shown


def _paint(text: str, style: str, color: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if color else text
