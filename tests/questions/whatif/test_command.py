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
      不到满分 10：为 9.99 时总分已与满分时相同（总分保留 2 位小数）
  项目应用管理
      +0.11 → 总分 98.03，等级 优  (得满分)
      scheme.rules:62:5  由评审打分
      评审[项目应用管理/报告评分表].得分：4.72 → 4.99（变动 0.27）即可挽回：总分 98.03，等级 优
      不到满分 5：为 4.99 时总分已与满分时相同（总分保留 2 位小数）
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
  total:check#5  no longer holds
      scheme.rules:96:1  核对 总分 = 报告综合得分

new findings:

warning[F101]: 综合得分与报告的 97.92 不符: `89.99 = 97.92` does not hold (广州分中心)
   --> scheme.rules:96:1
96 | 核对 总分 = 报告综合得分
   | ^^^^^^^^^^^^^^^^^^^^^^^^
  = note: 89.99 and 97.92 differ by 7.93
  = help: compare the figures with their sources
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
        ("85.0", "98.0", {"total": "97.89", "grade": "优"}, "0.3"),
        ("98.05", "98.05", {"total": "97.92", "grade": "优"}, "0"),  # What stands there: the report's own total.
        ("98.5", "100.0", {"total": "99.09", "grade": "优"}, "0.3"),
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
        (("--plot",), ("C158", "`--plot` needs `--sweep`, which is missing")),
        (("--from", "1%"), ("C158", "`--from` needs `--sweep`")),
        (("--input", "rate"), ("C158", "`--input` needs `--for-grade`")),
        (("--sweep", "rate", "--input", "rate"), ("C158", "`--input` does not go with `--sweep`")),
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


@pytest.mark.parametrize("text", ["九十", "95％", "95%", "120", "-3", "#REF!"])
def test_no_reviewer_may_give_it_so_it_is_no_value(text: str) -> None:
    run = steelyard("what-if", SCHEME, DATA, "--set", f"{RESULTS}={text}")
    assert (run.status, run.out) == (2, "")
    assert "C151" in run.err and f"`{text}`" in run.err


def test_one_error_among_several_settings_refuses_all() -> None:
    run = steelyard("what-if", SCHEME, DATA, "--set", "决算支出=1000", "--set", f"{RESULTS}=九十")
    assert (run.status, run.out) == (2, "")


@pytest.mark.parametrize("text", ["90", "90分", "９０"])
def test_points_are_read_as_reviewers_write_them(text: str) -> None:
    run = steelyard("what-if", SCHEME, DATA, "--set", f"{RESULTS}={text}")
    assert run.status == 0 and "→ 总分 93.09，等级 优" in run.out


def test_what_score_would_say_of_the_new_text_is_told(tmp_path: Path) -> None:
    """The same findings as of data in which the text stands, without those that were there before."""
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    table = data / "records.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",100%,", ",0.95,"), encoding="utf-8")
    asked = steelyard("what-if", SCHEME, DATA, "--set", "预算执行率=0.95").out.partition("新的核对发现：")[2]
    scored, before = steelyard("score", SCHEME, data).out, steelyard("score", SCHEME, DATA).out
    told = [paragraph.strip() for paragraph in asked.split("\n\n") if paragraph.strip()]
    new = [p.strip() for p in scored.partition("核对发现：")[2].split("\n\n") if p.strip() and p.strip() not in before]
    assert told == new and "D318" in told[0] and "F101" in told[1]
    found = json.loads(steelyard("what-if", SCHEME, DATA, "--set", "预算执行率=0.95", "--json").out)["findings"]
    assert [(one["code"], one["severity"]) for one in found] == [("D318", "warning"), ("F101", "warning")]


def test_one_beside_a_fraction_is_told_as_score_does(tmp_path: Path) -> None:
    records = RECORDS.replace("95%", "0.95")
    run = _run(tmp_path, RULES + GRADE, "--set", "rate=1", "--record", "North", records=records)
    assert run.status == 0 and "D318" in run.out


def test_a_finding_of_the_old_text_goes_with_it(tmp_path: Path) -> None:
    """The score that stands there is wrong; a right one in its place is no error."""
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    table = data / "评审.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("98.05,", "#REF!,"), encoding="utf-8")
    run = steelyard("what-if", SCHEME, data, "--set", f"{RESULTS}=98.05")
    assert run.status == 0 and "→ 总分 97.92，等级 优" in run.out and "D303" not in run.out


def test_checks_hold_or_do_not_and_never_fire() -> None:
    def told(*settings: str) -> str:
        return steelyard("what-if", SCHEME, DATA, *(w for s in settings for w in ("--set", s))).out

    broken, mended, blank = told("决算支出＝1000"), told("当年实际安排预算=1225.70"), told("年初预算批复=")
    assert "项目管理绩效.预算资金执行率:check#3  开始不符" in broken
    assert "项目管理绩效.预算资金执行率:check#1  恢复相符" in mended and "新的核对发现" not in mended
    assert "项目管理绩效.预算资金执行率:check#1  无法判定（缺 年初预算批复）" in blank
    assert f"total:check#5  无法判定（缺 {RESULTS}）" in told(f"{RESULTS}=")
    assert not any("生效" in answer for answer in (broken, mended, blank))


def test_a_sweep_speaks_of_the_values_that_it_tried() -> None:
    """The report's check of its total holds at the one value that stands there, which lies on no grid of 0.5."""
    run = steelyard("what-if", SCHEME, DATA, "--sweep", RESULTS, "--step", "0.5")
    assert "98.05                 97.92    优  -" in run.out
    assert "在所试的 202 个取值上都生效：total:check#1 不符" in run.out
    assert "total:check#5" not in run.out.partition("在所试的")[2]
    within = steelyard("what-if", SCHEME, DATA, "--sweep", RESULTS, "--step", "0.5", "--to", "90", "--json").out
    assert json.loads(within)["values"] == 181


def test_a_reviewers_step_is_that_of_the_column(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    table = data / "评审.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("98.05,", "20,"), encoding="utf-8")
    run = steelyard("what-if", SCHEME, data, "--for-grade", "中")
    assert "20 → 34.85" in run.out
    assert "按 0.01 的步长，因为同一列有的写作 5.00；--step 0.001 可更细" in run.out
    run = steelyard("what-if", SCHEME, data, "--for-grade", "中", "--step", "1")
    assert "20 → 35（" in run.out and "按 1 的步长，由 --step 设定" in run.out


def test_those_that_help_nothing_are_one_line(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    table = data / "评审.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("98.05,", "70.25,"), encoding="utf-8")
    run = steelyard("what-if", SCHEME, data, "--for-grade", "优")
    assert "\n  改成什么值总分都不会更好：评审[…].得分 (7)\n" in run.out
    assert run.out.count("改成什么值总分都不会更好") == 1


HELD = """\
input
  late : yes/no
  n    : whole number, from 0 to 9
deduct n
grade
  good from 90
  fair from 60
  poor otherwise
"""


@pytest.mark.parametrize(
    ("statement", "n", "told"),
    [
        ("limit grade to fair if late", 2, "it is not the total that holds the grade down"),
        ("lower grade by 1 if late", 2, "it is not the total that holds the grade down"),
        ("grade is poor if late", 2, "it is not the total that holds the grade down"),
        ("deduct 20\ngrade is poor if late", 2, "these statements hold the grade down, whatever the total is"),
        ("deduct 20\nlower grade by 1 if late", 2, None),
        ("deduct 20", 2, None),
    ],
)
def test_what_holds_the_grade_is_told_where_it_is_not_the_total(
    tmp_path: Path, statement: str, n: int, told: str | None
) -> None:
    records = f"key,late,n\nNorth,yes,{n}\n"
    run = _run(tmp_path, f"{HELD}{statement}\n", "--for-grade", "good", records=records)
    assert run.status == 0, run.err
    assert ("hold" in run.out) == (told is not None), run.out
    if told is not None:
        assert told in run.out and statement.splitlines()[-1] in run.out


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


def _run(folder: Path, rules: str, *arguments: str, records: str = RECORDS):  # type: ignore[no-untyped-def]
    (folder / "s.rules").write_text(rules, encoding="utf-8")
    (folder / "records.csv").write_text(records, encoding="utf-8")
    return steelyard("what-if", "s.rules", "records.csv", *arguments, cwd=folder)
