"""The command as a user runs it: Guangzhou's report lifted and dropped, and wrong calls."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli.running import DATA, SCHEME, steelyard

RECOVERABLE = """\
2023 年度部门重点项目绩效评价（政法跨部门大数据办案平台广州分中心）  [广州分中心]
总分 97.92，等级 优

可挽回的分数（每次只免去一条规则，其余不变）：
  项目结果绩效
      +1.17 → 总分 99.09，等级 优  (得满分)
      scheme.rules:80:3  由评审打分
      评审[项目结果绩效/由总分反推].得分：98.05 → 100.00（变动 1.95）即可挽回：总分 99.09，等级 优
  绩效实现情况
      +0.67 → 总分 98.59，等级 优  (得满分)
      scheme.rules:68:5  由评审打分
      评审[绩效实现情况/报告评分表].得分：48.33 → 50.00（变动 1.67）即可挽回：总分 98.59，等级 优
  预算绩效设置情况
      +0.13 → 总分 98.05，等级 优  (得满分)
      scheme.rules:44:5  由评审打分
      评审[预算绩效设置情况/报告评分表].得分：9.67 → 9.99（变动 0.32）即可挽回：总分 98.05，等级 优
  项目应用管理
      +0.11 → 总分 98.03，等级 优  (得满分)
      scheme.rules:62:5  由评审打分
      评审[项目应用管理/报告评分表].得分：4.72 → 4.99（变动 0.27）即可挽回：总分 98.03，等级 优
"""
DROPPED = """\
2023 年度部门重点项目绩效评价（政法跨部门大数据办案平台广州分中心）  [广州分中心]
total 97.92, grade 优

what if
  评审[项目结果绩效/由总分反推].得分  98.05 → 84.84
  total 97.92, grade 优
  → total 89.99, grade 良

part           from     to  change
──────────────────────────────────
项目结果绩效  98.05  84.84  -13.21

statements:
  total:check#5  now fires
      scheme.rules:96:1  核对 总分 = 报告综合得分
"""
RESULTS = "评审[项目结果绩效/由总分反推].得分"


def test_what_lifts_guangzhou() -> None:
    assert steelyard("what-if", SCHEME, DATA).out == RECOVERABLE


def test_what_drops_guangzhou() -> None:
    assert steelyard("what-if", SCHEME, DATA, "--set", f"{RESULTS}=84.84", "--lang", "en").out == DROPPED


def test_what_guangzhou_would_need(tmp_path: Path) -> None:
    """With results of 70.25 it is 良; of all inputs only the results can make it 优 again."""
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    table = data / "评审.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("98.05,", "70.25,"), encoding="utf-8")
    run = steelyard("what-if", SCHEME, data, "--for-grade", "优", "--json")
    answers = json.loads(run.out)["answers"]
    reaching = [one for one in answers if one["answer"] == "reaches"]
    assert [(one["was"], one["to"], one["size"], one["then"]["total"]) for one in reaching] == [
        ("70.25", "84.85", "14.6", "90")
    ]
    assert reaching[0]["before"] == {"text": "84.84", "then": {"total": "89.99", "grade": "良"}}
    assert reaching[0]["threshold"] == "between"
    assert all(one["proved"] for one in answers if one["answer"] == "cannot")
    assert not [one for one in answers if one["answer"] == "not decided"]


def test_guangzhou_over_its_results() -> None:
    run = steelyard("what-if", SCHEME, DATA, "--sweep", RESULTS, "--step", "0.5", "--json")
    pieces = json.loads(run.out)["pieces"]
    told = [(p["from"]["text"], p["to"]["text"], p["to"]["then"], p["per_step"]) for p in pieces]
    assert told == [
        ("0.0", "34.5", {"total": "59.79", "grade": "差"}, "0.3"),
        ("35.0", "68.0", {"total": "79.89", "grade": "中"}, "0.3"),
        ("68.5", "84.5", {"total": "89.79", "grade": "良"}, "0.3"),
        ("85.0", "100.0", {"total": "99.09", "grade": "优"}, "0.3"),
    ]


RULES = """\
input
  rate : number in %, from 0 to 100
  kind : one of "high", "low"
  note : text, optional

criterion a "Rate", 100 points
  deduct 1 for every full 1 percentage point that rate is below 90%
  deduct 5 if kind = "low"
"""
GRADE = "\ngrade\n  good from 90\n  poor otherwise\n"
RECORDS = "key,rate,kind,note\nNorth,80%,low,\nSouth,95%,high,\n"


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("--set", "rte=95%"), ("C150", "did you mean `rate`?")),
        (("--set", "rate=many"), ("C151", "is not a number")),
        (("--set", "rate=101%"), ("C151", "outside the range")),
        (("--set", "rate"), ("C155",)),
        (("--set", "=5"), ("C155",)),
        (("--for-grade", "goood"), ("C152", "did you mean `good`?")),
        (("--sweep", "rate", "--step", "0"), ("C154",)),
        (("--sweep", "rate", "--step", "-1"), ("C154",)),
        (("--sweep", "rate", "--step", "abc"), ("C154",)),
        (("--for-grade", "good", "--step", "0"), ("C154",)),
        (("--sweep", "note"), ("C156",)),
        (("--sweep", "rate", "--step", "0.0001"), ("C157", "1000001")),
        (("--sweep", "rate", "--step", "0.000000000000000000001"), ("C157",)),
        (("--sweep", "rate", "--for-grade", "good"), ("C158",)),
        (("--plot",), ("C158",)),
        (("--set", "rate=5%", "--step", "1"), ("C158",)),
        (("--for-grade", "good", "--input", "rat"), ("C150",)),
        (("--sweep", "rate", "--from", "50%", "--to", "40%"), ("C159",)),
        (("--sweep", "rate", "--from", "x"), ("C151",)),
    ],
)
def test_wrong_calls_are_told(tmp_path: Path, arguments: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    run = _run(tmp_path, RULES + GRADE, *arguments, "--record", "North")
    assert run.status == 2 and run.out == ""
    assert all(word in run.err for word in wanted), run.err


def test_a_scheme_without_grades_has_none_to_reach(tmp_path: Path) -> None:
    run = _run(tmp_path, RULES, "--for-grade", "good", "--record", "North")
    assert run.status == 2 and "C153" in run.err


def test_a_record_is_named_where_there_are_several(tmp_path: Path) -> None:
    assert "C107" in _run(tmp_path, RULES).err
    assert "C106" in _run(tmp_path, RULES, "--record", "Nort").err


def test_choices_are_swept_too(tmp_path: Path) -> None:
    run = _run(tmp_path, RULES + GRADE, "--sweep", "kind", "--record", "North")
    assert run.status == 0
    assert [line.split()[:3] for line in run.out.splitlines()[7:9]] == [["low", "85", "poor"], ["high", "90", "good"]]


def test_a_grade_that_is_there_needs_nothing(tmp_path: Path) -> None:
    run = _run(tmp_path, RULES + GRADE, "--for-grade", "good", "--record", "South")
    assert run.status == 0 and "better already" in run.out


def test_what_data_write_cannot_steer_a_terminal(tmp_path: Path) -> None:
    run = _run(tmp_path, RULES + GRADE, "--set", "note=\x1b[31mred\x07", "--record", "South")
    assert run.status == 0 and "\x1b" not in run.out and "\x07" not in run.out


def test_help_is_in_both_languages() -> None:
    english, chinese = steelyard("what-if", "--help"), steelyard("what-if", "--help", "--lang", "zh")
    assert "--for-grade" in english.out and "smallest change" in english.out
    assert "达到这一等级的最小变动" in chinese.out


def _run(folder: Path, rules: str, *arguments: str):  # type: ignore[no-untyped-def]
    (folder / "s.rules").write_text(rules, encoding="utf-8")
    (folder / "records.csv").write_text(RECORDS, encoding="utf-8")
    return steelyard("what-if", "s.rules", "records.csv", *arguments, cwd=folder)
