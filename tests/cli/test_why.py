"""`why`: the lines behind a number, and the rules that did not fire."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Write
from cli.running import DATA, SCHEME, steelyard


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    assert steelyard("score", SCHEME, DATA, "--trace", path).status == 0
    return path


@pytest.fixture
def indicators(write: Write, tmp_path: Path) -> Path:
    rules = write(
        "i.rules",
        "input\n  rows : list of\n    target : target\n    actual : actual\n"
        "criterion attained, 50 points\n  for each row in rows\n"
        "    deduct 0.5 if actual > target * 1.5, or 0 if undefined\n"
        "criterion other, 50 points\n  deduct 3 if count(rows) > 5\n",
    )
    rows = [
        {"key": "volume", "target": "≥2,000次", "actual": "8218次"},
        {"key": "files", "target": "≥4类", "actual": "5类"},
    ]
    data = write("d.json", json.dumps({"rows": rows}, ensure_ascii=False))
    path = tmp_path / "i.json"
    assert steelyard("score", rules, data, "--trace", path).status == 0
    return path


def test_it_goes_from_the_total_down_to_the_cells(report: Path) -> None:
    run = steelyard("why", report)
    assert (run.status, run.err) == (0, "")
    lines = run.out.splitlines()
    assert lines[0].startswith("总分  97.92 / 100")
    assert "97.918" in run.out
    assert "评审.csv" in run.out
    # The largest loss in the total comes first.
    assert run.out.index("项目结果绩效") < run.out.index("绩效实现情况") < run.out.index("预算绩效设置情况")


@pytest.mark.parametrize("path", ["项目管理绩效.绩效实现情况", "绩效实现情况"])
def test_it_explains_a_part_by_its_path_or_its_name(report: Path, path: str) -> None:
    run = steelyard("why", report, path)
    assert run.status == 0
    assert "48.33 / 50" in run.out
    assert "97.92" not in run.out


def test_it_names_the_row_the_rule_and_the_values_behind_half_a_point(indicators: Path) -> None:
    out = steelyard("why", indicators, "attained").out
    assert "0.5" in out
    assert "volume" in out
    assert "8218" in out
    assert "3000" in out or "1.5" in out
    assert "i.rules:7:5" in out


def test_it_says_by_how_much_a_rule_missed(indicators: Path) -> None:
    run = steelyard("why", indicators, "--not")
    assert run.status == 0
    assert "files" in run.out
    assert "misses by 1" in run.out, "5 is 1 short of 6, which is 4 × 1.5"
    assert "misses by 3" in run.out, "2 rows are 3 short of 5"
    assert "volume" not in run.out


def test_it_says_so_where_every_rule_fired(report: Path) -> None:
    run = steelyard("why", report, "--not", "--lang", "en")
    assert run.status == 0
    assert run.out.strip() == "no rule was left out"


def test_it_suggests_the_part_that_was_meant(report: Path) -> None:
    run = steelyard("why", report, "项目管理绩校")
    assert run.status == 2
    assert run.out == ""
    assert "C105" in run.err
    assert "项目管理绩效" in run.err


def test_it_asks_for_a_record_where_there_are_many(one_rule: Path, table: Path, tmp_path: Path) -> None:
    path = tmp_path / "many.json"
    steelyard("score", one_rule, table, "--trace", path)
    run = steelyard("why", path)
    assert run.status == 2
    assert "C107" in run.err
    assert "广州" in run.err
    chosen = steelyard("why", path, "--record", "广州")
    assert (chosen.status, "99.5" in chosen.out) == (0, True)
    assert "C106" in steelyard("why", path, "--record", "佛山").err


GARBAGE = {
    "empty": b"",
    "blank lines": b"\n\n\n",
    "text": b"this is no trace\n",
    "bytes": bytes(range(256)),
    "number": b"1\n",
    "null": b"null\n",
    "list": b"[]\n",
    "object": b"{}\n",
    "other format": b'{"format": "steelyard-trace/99"}\n',
    "half": b'{"format": "steelyard-trace/1", "header": {',
    "infinity": b"Infinity\n",
    "digits": b"1" * 10_000 + b"\n",
    "deep list": b"[" * 100_000 + b"]" * 100_000,
    "deep object": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "deep and open": b"[" * 100_000,
}


@pytest.mark.parametrize("content", GARBAGE.values(), ids=GARBAGE)
def test_it_refuses_what_is_no_trace(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "garbage.json"
    path.write_bytes(content)
    run = steelyard("why", path)
    assert run.status == 2
    assert "C104" in run.err
    assert run.out == ""


def test_it_refuses_a_trace_whose_expressions_are_a_hundred_thousand_deep(report: Path) -> None:
    document = json.loads(report.read_text(encoding="utf-8"))
    text = json.dumps(document, ensure_ascii=False)
    deep = '{"op": "neg", "value": "1", "args": [' * 100_000 + "]}" * 100_000
    entry = json.dumps(document["entries"][0], ensure_ascii=False)
    changed = text.replace(entry, entry[:-1] + f', "condition": {deep}}}', 1)
    assert changed != text
    report.write_text(changed, encoding="utf-8")
    run = steelyard("why", report)
    assert run.status == 2
    assert "C104" in run.err


@pytest.mark.parametrize("key", ["header", "cells", "entries", "result", "findings"])
@pytest.mark.parametrize("value", [None, 1, "x", [], {}, [1], [[]], [{}]], ids=repr)
def test_it_refuses_a_trace_with_a_field_of_another_shape(report: Path, key: str, value: object) -> None:
    document = json.loads(report.read_text(encoding="utf-8"))
    document[key] = value
    report.write_text(json.dumps(document), encoding="utf-8")
    run = steelyard("why", report)
    # A trace without findings is a trace.
    assert run.status == (0 if (key, value) == ("findings", []) else 2)
    assert ("C104" in run.err) == (run.status == 2)


RANKED = """input
  a : number
  b : number

criterion one, weight 60%, 60 points
  deduct 1 if a > 0
  deduct 4 if b > 0
  deduct 9 if a > 100 and b > 4
  deduct 8 if a > 6

criterion two, weight 40%
  deduct 30 if a > 1

grade
  "A" from 99
  "B" from 95
  "C" otherwise
"""


@pytest.fixture
def ranking(write: Write, tmp_path: Path) -> Path:
    rules, data, trace = write("r.rules", RANKED), write("d.csv", "key,a,b\nx,5,4\n"), tmp_path / "r.json"
    assert steelyard("score", rules, data, "--trace", trace).status == 0
    return trace


def test_the_largest_losses_stand_in_one_list(ranking: Path) -> None:
    out = steelyard("why", ranking, "--top", "2").out
    assert [line[:6] for line in out.splitlines() if line[2:3].isdigit()] == ["  1. -", "  2. -"]
    assert out.index("1. -30 two  (in the total -12)") < out.index("2. -4 one")
    assert "… and 1 more, -1 in the total" in out
    assert "more" not in steelyard("why", ranking, "--top", "3").out
    within = steelyard("why", ranking, "one", "--top", "5").out
    assert "two" not in within and within.index("-4 one") < within.index("-1 one")
    assert "…… 另有 1 项" in steelyard("why", ranking, "--top", "2", "--lang", "zh").out


def test_the_nearest_miss_comes_first_whatever_it_is_measured_in(ranking: Path) -> None:
    """B is missed by 12 of 95, A by 16 of 99, the 8 points by 1 of 6; of `a > 100 and b > 4` both must hold, so that b is on the edge does not
    bring it near."""
    out = steelyard("why", ranking, "--not").out
    places = [out.index(said) for said in ("not B: ", "not A: ", "deduct 8 if a > 6", "deduct 9 if a > 100")]
    assert places == sorted(places)
    assert "misses by nothing: equal is not enough" in out
    nearest = steelyard("why", ranking, "--not", "--top", "1").out
    assert "not B" in nearest and "not A" not in nearest and "deduct" not in nearest


def test_the_grades_that_were_passed_over_are_told_with_the_grade(ranking: Path) -> None:
    total = steelyard("score", ranking.with_name("r.rules"), ranking.with_name("d.csv"), "--format", "json").out
    assert '"grade": "C"' in total
    lines = steelyard("why", ranking).out.splitlines()
    place = next(place for place, line in enumerate(lines) if "the grade is C, as total " in line)
    assert lines[place + 1].strip().startswith("not A: total ")
    assert lines[place + 2].strip().startswith("not B: total ")


@pytest.mark.parametrize("count", ["0", "-1", "1.5", "x", "", "9" * 30])
def test_how_many_is_a_whole_number(ranking: Path, count: str) -> None:
    run = steelyard("why", ranking, "--top", count)
    assert (run.status, run.out) == (2, "")
    assert "[C162]" in run.err
