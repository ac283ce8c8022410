"""The terminal report word for word, in both languages: `golden/NAME.rules` on `NAME.json` (or the folder `NAME`).

`STEELYARD_BLESS=1` writes what comes out now; then it is read by eye, as an official would.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from steelyard.data.model import Records
from steelyard.diagnostics.model import Language
from steelyard.pipeline import load, load_bytes, read_data, score
from steelyard.report.result import record_json, report_json
from steelyard.report.summary import summary
from steelyard.report.text import report_many, report_score, report_why, report_why_not
from steelyard.trace.decode import decode_trace
from steelyard.trace.encode import encode_trace
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
            "4 records: 2 final, 1 provisional, 1 without a score\nfinal totals from 60 to 95, mean 77.5\n"
            "final grades: 1 × A, 1 × B\nfindings: 3",
        ),
        (
            "zh",
            "共 4 个对象：最终 2 个，暂定 1 个，不予评价 1 个\n最终总分 60 至 95，平均 77.5\n"
            "最终等级：A 1 个，B 1 个\n核对发现 3 项",
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


# ---- fewer points are better

FEWER = 'scheme yard\n  fewer points are better\n\nscore 3 * holes\n  because "{holes} holes"\nscore 5 if fire = yes\n'
YARDS = "yard,holes,fire\nnorth,4,no\nsouth,0,no\nwest,1,yes\neast,,no\n"


def yards(rules: str, folder: Path) -> tuple[Trace, ...]:
    loaded = load_bytes("yard.rules", rules.encode())
    assert loaded.program is not None, loaded.diagnostics
    data = folder / "yards.csv"
    data.write_text(YARDS, encoding="utf-8")
    return score(loaded.program, read_data(loaded.program, data)).traces


def test_where_fewer_points_are_better_nothing_is_lost_and_nothing_is_out_of_anything(tmp_path: Path) -> None:
    north, south, west, _ = yards(FEWER, tmp_path)
    for trace in (north, west):
        for text in (report_score(trace, "en"), report_why(trace, "total", "en")):
            assert "of 100" not in text
            assert "lost" not in text
    assert "Total  12\n" in report_score(north, "en")
    assert "+12 yard\n      12 scored = 3 × 4, from 0 up to 12.\n      reason: 4 holes" in report_score(north, "en")
    assert report_score(south, "en").endswith("points given:\n  no points were given")
    assert report_score(south, "zh").endswith("计分事项：\n  没有计分事项")
    # The most first, whatever the order of the rules.
    assert report_score(west, "en").index("+5 ") < report_score(west, "en").index("+3 ")


def test_where_fewer_points_are_better_the_lowest_total_comes_first(tmp_path: Path) -> None:
    def order(rules: str) -> list[list[str]]:
        lines = report_many(yards(rules, tmp_path), "en", ranked_by_total=True).splitlines()[2:]
        return [line.split()[:2] for line in lines]

    assert order(FEWER) == [["1", "south"], ["2", "west"], ["3", "north"], ["-", "east"]]
    more = FEWER.replace("  fewer points are better\n", "")
    assert order(more) == [["1", "north"], ["2", "west"], ["3", "south"], ["-", "east"]]


def test_that_fewer_points_are_better_is_kept_in_trace_and_result_and_changes_no_number(tmp_path: Path) -> None:
    fewer = yards(FEWER, tmp_path)
    more = yards(FEWER.replace("  fewer points are better\n", ""), tmp_path)
    for one, other in zip(fewer, more, strict=True):
        assert decode_trace(encode_trace(one)).trace.header.fewer_better
        assert not decode_trace(encode_trace(other)).trace.header.fewer_better
        assert one.header.core == other.header.core
        assert one.result == other.result
    kept = [json.loads(report_json(t[0].header, [record_json(one) for one in t], (), "en")) for t in (fewer, more)]
    assert kept[0]["fewer_better"] is True
    assert [[found["points"] for found in record["given"]] for record in kept[0]["records"]] == [
        ["12"],
        [],
        ["3", "5"],
        [],
    ]
    assert "fewer_better" not in kept[1]
    assert all("given" not in record and "lost" in record for record in kept[1]["records"])
