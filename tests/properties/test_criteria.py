"""Every scheme can be printed: each statement is told in both languages, and no cell is left open."""

from __future__ import annotations

from properties.records import Case
from properties.trying import program_of, tried
from steelyard.criteria.html import to_html
from steelyard.criteria.make import criteria_of
from steelyard.criteria.markdown import to_markdown
from steelyard.diagnostics.model import Language

LANGUAGES: tuple[Language, ...] = ("en", "zh")


@tried(60)
def test_it_is_printed_as_a_table_in_both_languages(case: Case) -> None:
    loaded = program_of(case)
    assert loaded.checked is not None
    for language in LANGUAGES:
        criteria = criteria_of(loaded.checked, (loaded.source,), loaded.day, language, with_lines=True)
        told = [sentence.text for row in (*criteria.rows, criteria.total) for sentence in row.sentences]
        end = "。" if language == "zh" else "."
        assert all(text.endswith(end) and "\x00" not in text and "  " not in text for text in told), told
        assert all(row.skipped + sum(cell.across for cell in row.cells) == criteria.levels for row in criteria.rows)
        assert "\x00" not in to_html(criteria) + to_markdown(criteria)
