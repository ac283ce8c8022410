"""Whole tables, in both forms and both languages, as they were read by eye.

After a change of wording `STEELYARD_BLESS=1` rewrites them; read what changed before it is committed.
"""

from __future__ import annotations

import os
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from steelyard.criteria.html import to_html
from steelyard.criteria.make import criteria_of
from steelyard.criteria.markdown import to_markdown
from steelyard.criteria.model import Criteria
from steelyard.diagnostics.model import Language
from steelyard.pipeline import load

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SAMPLES = ROOT / "tests" / "conformance" / "samples"
FILES = {
    "guangzhou-2023": ROOT / "rules" / "guangzhou-2023" / "scheme.rules",
    "child-pugh": SAMPLES / "child-pugh.en.rules",
    "department": SAMPLES / "department.zh.rules",
    "language-page": SAMPLES / "language-page.en.rules",
    "constructs": HERE / "constructs.rules",
}
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def printed(path: Path, language: Language, *, day: date | None = None, with_lines: bool = False) -> Criteria:
    loaded = load(path, day or "latest")
    assert loaded.checked is not None and loaded.program is not None
    sources = (loaded.source, *loaded.program.sources)
    return criteria_of(loaded.checked, sources, loaded.day, language, with_lines=with_lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FILES)
def test_it_prints_the_table_that_was_read(name: str, language: Language) -> None:
    criteria = printed(FILES[name], language, with_lines=name == "constructs")
    for suffix, text in (("md", to_markdown(criteria)), ("html", to_html(criteria))):
        golden = HERE / "golden" / f"{name}.{language}.{suffix}"
        if os.environ.get("STEELYARD_BLESS"):
            golden.write_text(text, encoding="utf-8")
        assert text == golden.read_text(encoding="utf-8")


class _Cells(HTMLParser):
    """How many columns each row of each table takes, counting what cells above reach into it."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[int]] = []
        self.reaching: list[tuple[int, int]] = []
        self.open: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "table":
            self.tables.append([])
            self.reaching = []
        elif tag == "tr":
            self.tables[-1].append(sum(width for width, left in self.reaching if left > 0))
            self.reaching = [(width, left - 1) for width, left in self.reaching]
        elif tag in ("td", "th"):
            across, down = int(said.get("colspan") or 1), int(said.get("rowspan") or 1)
            self.tables[-1][-1] += across
            self.reaching.append((across, down - 1))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("name", FILES)
def test_every_row_fills_the_table(name: str) -> None:
    criteria = printed(FILES[name], "zh", with_lines=True)
    cells = _Cells()
    cells.feed(to_html(criteria))
    assert not cells.open, "every element is closed"
    assert [set(rows) for rows in cells.tables[:1]] == [{criteria.levels + 4}]
    for line in to_markdown(criteria).splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) in (criteria.levels + 5, 3)


def test_what_an_author_writes_is_text_in_both_forms(tmp_path: Path) -> None:
    nasty = "<b>&amp;</b> | *x* `y` [z](u) </td>"
    rules = tmp_path / "nasty.rules"
    rules.write_text(
        f'scheme s "{nasty}"\n  authority "{nasty}"\ninput\n  a "{nasty}" : yes/no\n'
        f'criterion c "{nasty}", 10 points\n  deduct 1 if a\n    under "{nasty}"\n'
        f'grade\n  "{nasty}" from 5\n  "rest" otherwise\n',
        encoding="utf-8",
    )
    criteria = printed(rules, "en", with_lines=True)
    cells = _Cells()
    cells.feed(to_html(criteria))
    text = "".join(cells.texts)
    assert text.count(nasty) == 12, "heading and title, authority, criterion, sentence, basis, grade, five lines"
    assert "<b>" not in to_html(criteria)
    marked = to_markdown(criteria)
    assert "<b>" not in marked
    assert r"\<b\>&amp;amp;\</b\> \| \*x\* \`y\` \[z\](u) \</td\>" in marked


def test_the_values_are_those_of_the_day(tmp_path: Path) -> None:
    path = FILES["constructs"]
    early, late = (printed(path, "en", day=date(year, 6, 1)) for year in (2023, 2024))
    assert dict(early.parameters)["base"] == "95%" and dict(late.parameters)["base"] == "96%"
    assert "is below 95%" in early.rows[0].sentences[0].text
    assert "is below 96%" in late.rows[0].sentences[0].text
    assert ("Values as of", "2024-06-01") in late.facts


def test_parameters_and_parts_of_other_files_are_printed_with_their_place(tmp_path: Path) -> None:
    (tmp_path / "base.rules").write_text(
        "parameter most = 4\nscheme s\ninput\n  late : yes/no\ncriterion a, 10 points\n  deduct most if late\n",
        encoding="utf-8",
    )
    changed = tmp_path / "changed.rules"
    changed.write_text(
        'amend "base.rules"\n  replace criterion a, 8 points\n    deduct most if late, up to 3\n', encoding="utf-8"
    )
    criteria = printed(changed, "en", with_lines=True)
    assert criteria.parameters == (("most", "4"),)
    (row,) = criteria.rows
    assert (row.points, row.sentences[0].text) == ("8", "Deduct 4 points if late, up to 3 points.")
    assert [(line.number, line.file) for line in row.lines] == [(2, None), (3, None)]
    assert ("base.rules", 2) in [(line.file, line.number) for line in criteria.total.lines]


def test_lines_are_those_of_the_statement_and_what_stands_under_it() -> None:
    criteria = printed(FILES["language-page"], "en", with_lines=True)
    source = FILES["language-page"].read_text(encoding="utf-8").splitlines()
    for row in (*criteria.rows, criteria.total):
        for line in row.lines:
            assert source[line.number - 1] == line.text
    told = [line.number for line in criteria.rows[0].lines]
    assert told == [21, 23, 24, 25, 26, 27]


def test_a_file_without_a_scheme_is_printed_under_its_own_name(tmp_path: Path) -> None:
    rules = tmp_path / "one.rules"
    rules.write_text("deduct 0.5 if actual > target * 1.5\n", encoding="utf-8")
    criteria = printed(rules, "en")
    assert (criteria.title, criteria.levels, criteria.rows, criteria.total.points) == ("one", 1, (), "100")
    assert [s.text for s in criteria.total.sentences] == ["Deduct 0.5 points if actual is above target × 1.5."]
    assert [s.text for s in printed(rules, "zh").total.sentences] == ["actual 超过 target × 1.5 的，扣 0.5 分。"]


@pytest.mark.parametrize(("language", "said"), [("en", "Fewer points are better."), ("zh", "得分越低越好。")])
def test_points_of_what_is_wrong_are_out_of_nothing_unless_parts_say_so(language: Language, said: str) -> None:
    """A total without parts is out of 100 for want of another number; where fewer are better nobody means it."""
    alone, parts = (
        to_markdown(printed(ROOT / "rules" / regime / "scheme.rules", language))
        for regime in ("nyc-restaurants", "uk-food-hygiene")
    )
    total = {"en": "Total", "zh": "合计"}[language]
    assert said in alone and said in parts
    assert f"| {total} | — |" in alone
    assert f"| {total} | 80 |" in parts
