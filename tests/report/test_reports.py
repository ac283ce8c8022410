"""The terminal report word for word, in both languages: `golden/NAME.rules` on `NAME.json` (or the folder `NAME`).

`STEELYARD_BLESS=1` writes what comes out now; then it is read by eye, as an official would.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from steelyard.data.model import Records
from steelyard.diagnostics.model import Language
from steelyard.pipeline import load, load_bytes, read_data, score
from steelyard.report.summary import summary
from steelyard.report.text import report_many, report_score, report_why, report_why_not
from steelyard.trace.model import Trace

GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(path.stem for path in GOLDEN.glob("*.rules"))
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def traces(name: str) -> tuple[Trace, ...]:
    loaded = load(GOLDEN / f"{name}.rules")
    assert loaded.program is not None, loaded.diagnostics
    records: Records = read_data(loaded.program, GOLDEN / f"{name}.json")
    return score(loaded.program, records).traces


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_report(name: str, language: Language) -> None:
    (trace,) = traces(name)
    got = "\n\n".join(
        [
            report_score(trace, language),
            report_why(trace, "total", language),
            *(report_why(trace, part.path, language) for part in trace.result.parts if part.inside == "total"),
            report_why_not(trace, "total", language),
        ]
    )
    path = GOLDEN / f"{name}.{language}.txt"
    if os.environ.get("STEELYARD_BLESS"):
        path.write_text(got + "\n", encoding="utf-8")
    assert got + "\n" == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_names_an_internal_id(name: str, language: Language) -> None:
    (trace,) = traces(name)
    ids = {entry.rule for entry in trace.entries if "#" in entry.rule or ":" in entry.rule}
    text = report_score(trace, language)
    assert not [rule for rule in ids if rule in text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_a_scheme_with_grades_has_a_column_of_grades(language: Language) -> None:
    column = {"en": "grade", "zh": "等级"}[language]
    assert column in report_many(traces("department"), language)
    assert column not in report_many(traces("office"), language)


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        (
            "en",
            "4 records: 2 final, 1 provisional, 1 without a score\ntotals from 60 to 95, mean 77.5\n"
            "grades: A 1, B 1, 1 open\nfindings: 3",
        ),
        (
            "zh",
            "共 4 个对象：最终 2 个，暂定 1 个，不予评价 1 个\n总分 60 至 95，平均 77.5\n"
            "等级：A 1 个，B 1 个，未定 1 个\n核对发现 3 项",
        ),
    ],
)
def test_a_batch_ends_with_what_it_came_to(language: Language, wanted: str, tmp_path: Path) -> None:
    rules = 'skip total if closed = yes\ndeduct late\ngrade\n  "A" from 90\n  "B" otherwise\n'
    loaded = load_bytes("batch.rules", rules.encode())
    assert loaded.program is not None, loaded.diagnostics
    data = tmp_path / "records.csv"
    data.write_text("closed,late\nno,5\nno,40\nno,\nyes,1\n", encoding="utf-8")
    traces = score(loaded.program, read_data(loaded.program, data)).traces
    assert summary(traces, 3, language) == wanted
