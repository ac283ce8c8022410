"""The table in Markdown: a cell that reaches over several rows is written in the first of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from steelyard.criteria.form import bases_of, headings, line_of, sentences_of
from steelyard.criteria.model import Criteria, Grades, Row, SourceLine
from steelyard.criteria.words import word

_MARKS = re.compile(r"([\\`*_{}\[\]<>|~#])")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, in a cell too."""
    text = _MARKS.sub(r"\\\1", text.replace("&", "&amp;"))
    return " ".join(text.split())


def to_markdown(criteria: Criteria) -> str:
    language = criteria.language
    blocks = [f"# {escaped(criteria.title)}"]
    colon = "：" if language == "zh" else ": "
    blocks.append("\n".join(f"- {escaped(what)}{colon}{escaped(said)}" for what, said in criteria.facts))
    rows = [_cells(row, criteria) for row in (*criteria.rows, criteria.total)]
    blocks.append(_table(headings(criteria), rows))
    for grades in criteria.grades:
        blocks += _grades(grades, criteria)
    if criteria.parameters:
        blocks.append(f"## {word('parameters', language)}")
        rows = [[escaped(name), escaped(value)] for name, value in criteria.parameters]
        blocks.append(_table([word("parameter", language), word("value", language)], rows))
    for codes in criteria.codes:
        blocks.append(f"## {word('table', language)} {escaped(codes.name)}")
        blocks.append(_table([*map(escaped, codes.heads)], [[*map(escaped, row)] for row in codes.rows]))
    return "\n\n".join(blocks) + "\n"


def _cells(row: Row, criteria: Criteria) -> list[str]:
    names = [""] * row.skipped
    for cell in row.cells:
        worth = f"（{cell.worth}）" if criteria.language == "zh" else f" ({cell.worth})"
        names += [escaped(cell.name + (worth if cell.worth else "")), *[""] * (cell.across - 1)]
    points = [escaped(row.points), _broken(sentences_of(row)), _broken(bases_of(row.sentences))]
    lines = [_source(row.lines)] if criteria.with_lines else []
    return [*names, *points, *lines]


def _broken(texts: Iterable[str]) -> str:
    return "<br>".join(map(escaped, texts))


def _source(lines: Iterable[SourceLine]) -> str:
    """Each line with its number; its indent as blanks that stay."""
    found = []
    for line in lines:
        place, text = line_of(line)
        indent = len(text) - len(text.lstrip())
        found.append(f"{escaped(place)}: {'&nbsp;' * indent}{escaped(text)}")
    return "<br>".join(found)


def _grades(grades: Grades, criteria: Criteria) -> list[str]:
    head = [word("grade", criteria.language), escaped(grades.by) or word("condition", criteria.language)]
    return [
        f"## {escaped(grades.title)}",
        _table(head, [[escaped(label), escaped(asks)] for label, asks in grades.rows]),
    ]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
