"""The table as a page to print: merged cells, A4 across, everything escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from re import Match

from steelyard.criteria.form import bases_of, headings, line_of, sentences_of
from steelyard.criteria.model import Cell, Criteria, Grades, Row, SourceLine
from steelyard.criteria.words import word

_STYLE = """
@page { size: A4 landscape; margin: 14mm 12mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 8mm; max-width: 285mm; color: #000; background: #fff; font-size: 10.5pt; line-height: 1.5;
  font-family: "Songti SC", SimSun, "Noto Serif CJK SC", "Noto Serif", "Times New Roman", serif; }
h1 { margin: 0 0 4mm; font-size: 17pt; line-height: 1.3; text-align: center; }
h2 { margin: 6mm 0 2mm; font-size: 12pt; break-after: avoid; }
.facts { display: flex; flex-wrap: wrap; gap: 0 8mm; margin: 0 0 3mm; padding: 0; list-style: none; }
table { width: 100%; border: 1.5pt solid #000; border-collapse: collapse; }
th, td { padding: 1.5mm 2mm; border: 0.6pt solid #000; text-align: left; vertical-align: middle; overflow-wrap: break-word; }
thead th { text-align: center; background: #eee; white-space: nowrap; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
tbody th { min-width: 26mm; font-weight: normal; text-align: center; }
.worth { display: block; font-size: 9pt; white-space: nowrap; }
.points { min-width: 18mm; text-align: center; }
.basis { min-width: 24mm; font-size: 9.5pt; }
td p { margin: 0; }
td ol { margin: 0; padding-left: 1.5em; }
.lines { font-size: 8pt; line-height: 1.35; }
.lines pre { margin: 0; font-family: "Noto Sans Mono CJK SC", Consolas, monospace; white-space: pre-wrap; }
.lines i { color: #666; font-style: normal; }
.total th { font-weight: bold; }
table.small { width: auto; min-width: 80mm; break-inside: avoid; }
.signed { display: flex; justify-content: space-between; margin-top: 8mm; break-inside: avoid; }
.signed span { min-width: 50mm; }
@media print { body { padding: 0; max-width: none; } thead th { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


_RANGE, _JOINED = re.compile("[0-9%](?:（含）|–)+[0-9]?"), "\u2060"
"""（含） and the dash of a range, with the characters around; and what no line breaks at."""


def to_html(criteria: Criteria) -> str:
    language = criteria.language
    title = escape(criteria.title)
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in headings(criteria))
    colon = "：" if language == "zh" else ": "
    facts = "".join(f"<li>{escape(what)}{colon}{escape(said)}</li>" for what, said in criteria.facts)
    rows = "\n".join(_row(row, criteria) for row in criteria.rows)
    tables = [_grades(grades, criteria) for grades in criteria.grades]
    if criteria.parameters:
        names = (word("parameter", language), word("value", language))
        tables.append(_small(word("parameters", language), names, criteria.parameters))
    tables += [_small(f"{word('table', language)} {codes.name}", codes.heads, codes.rows) for codes in criteria.codes]
    signed = "".join(
        f"<span>{word(key, language)}{colon}</span>" for key in ("prepared", "reviewed", "approved", "date")
    )
    return f"""<!DOCTYPE html>
<html lang="{"zh-CN" if language == "zh" else "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{title}</h1>
<ul class="facts">{facts}</ul>
<table>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
{_row(criteria.total, criteria, "total")}
</tbody>
</table>
{"".join(tables)}<div class="signed">{signed}</div>
</body>
</html>
"""


def _row(row: Row, criteria: Criteria, kind: str = "") -> str:
    names = "".join(_cell(cell) for cell in row.cells)
    lines = f'<td class="lines"><pre>{_source(row.lines)}</pre></td>' if criteria.with_lines else ""
    told, bases = sentences_of(row), bases_of(row.sentences)
    opening = f'<tr class="{kind}">' if kind else "<tr>"
    return (
        f'{opening}{names}<td class="points">{_points(row.points)}</td>'
        f'<td>{_paragraphs(told)}</td><td class="basis">{_paragraphs(bases)}</td>{lines}</tr>'
    )


def _points(text: str) -> str:
    """A number stays with its words: a line is broken at commas alone."""
    return escape(text).replace(" ", "\u00a0").replace(",\u00a0", ", ")


def _cell(cell: Cell) -> str:
    down = f' rowspan="{cell.down}"' if cell.down > 1 else ""
    across = f' colspan="{cell.across}"' if cell.across > 1 else ""
    worth = f'<span class="worth">{escape(cell.worth)}</span>' if cell.worth else ""
    return f'<th scope="row"{down}{across}>{escape(cell.name)}{worth}</th>'


def _paragraphs(texts: Iterable[str]) -> str:
    """The ends of a range stay together."""
    return "".join(f"<p>{_RANGE.sub(_joined, escape(text))}</p>" for text in texts)


def _joined(match: Match[str]) -> str:
    return _JOINED.join(match.group())


def _source(lines: Iterable[SourceLine]) -> str:
    return "\n".join(f"<i>{escape(place)}</i> {escape(text)}" for place, text in map(line_of, lines))


def _grades(grades: Grades, criteria: Criteria) -> str:
    asks = grades.by or word("condition", criteria.language)
    return _small(grades.title, (word("grade", criteria.language), asks), grades.rows)


def _small(title: str, names: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(text)}</td>" for text in rest)}</tr>\n'
        for first, *rest in rows
    )
    return f'<h2>{escape(title)}</h2>\n<table class="small">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n'
