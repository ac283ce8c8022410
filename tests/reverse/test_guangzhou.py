"""The Guangzhou report: every contradiction that can be decided from figures is found, in both languages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reverse.reports import FIGURES, GUANGZHOU, audited, guangzhou, mended, read, told
from steelyard.diagnostics.model import Language
from steelyard.pipeline import load
from steelyard.reverse.model import Audit, Finding
from steelyard.reverse.tell import to_json, to_text

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def audit() -> Audit:
    found, diagnostics = read(guangzhou(), FIGURES)
    assert found is not None
    assert diagnostics == ()
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_text_is_the_one_that_was_read(audit: Audit, language: Language) -> None:
    path, text = GOLDEN / f"guangzhou.{language}.txt", to_text(audit, language)
    if os.environ.get("STEELYARD_BLESS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


# What the seventeen points of the printed report come to: group, kind, and what must stand in the finding.
POINTS = [
    (1, "contradicts", "equation", "1266.19 - 39.7 - 0.79 = 1225.70 ≠ 1255.7"),
    (2, "contradicts", "differs", "1225.70 ≠ 1255.7"),
    (3, "contradicts", "ratio", "1225.7 ÷ 1255.7 = 97.61% (12257/12557) ≠ 100%"),
    (4, "contradicts", "ground", "预算资金执行率: 5.00 / 5"),
    (5, "contradicts", "equation", "157.92 + 1225.70 + 534.40 = 1918.02 ≠ 2057.85"),
    (6, "cannot", "score", "[19609/200, 58837/600)"),
    (7, "cannot", "composite", "总分 ∈ [39.09, 99.09]"),
    (8, "contradicts", "grade.unknown", "优秀 ≠ 优 / 良 / 中 / 差"),
    (9, "cannot", "no-split", "a + b = 0.33"),
    (9, "cannot", "no-split", "a + b = 0.28"),
    (9, "cannot", "no-split", "a + b + c = 1.67"),
    (10, "cannot", "no-rule", "(8218 - 2000) ÷ 2000 = 310.9% > 150%"),
    (11, "cannot", "perhaps-both", "绩效实现情况: 1.67 × 40% = 0.668"),
    (12, "ask", "twice", "预算绩效设置情况: 0.33 × 40% = 0.132"),
    (13, "contradicts", "measures.actual", "达 90% | 移送审查 95.02%"),
    (14, "ask", "scope.none", "移送审查 95.02% [–]"),
    (15, "contradicts", "approximate", "月平均协同业务量.完成 ∈ [8217, 8219)"),
    (16, "form", "form", "39.7 = 39.70"),
    (16, "form", "comparison", "不低于 = ≥"),
    (17, "contradicts", "claim.no-fault", "项目应用管理: 5 - 4.72 = 0.28"),
]


@pytest.mark.parametrize(("number", "group", "kind", "shown"), POINTS)
def test_each_of_the_seventeen_points_is_told_with_its_arithmetic(
    audit: Audit, number: int, group: str, kind: str, shown: str
) -> None:
    found = [f for f in audit.findings if f.group == group and f.kind == kind and any(shown in s for s in f.sums)]
    assert len(found) == 1, f"point {number}"
    assert found[0].places, "it says where to look"


def test_every_line_says_where_to_look(audit: Audit) -> None:
    assert [f for f in audit.findings if not any(place.where for place in f.places)] == []


def test_nothing_else_is_told_to_contradict(audit: Audit) -> None:
    expected = {(group, kind) for _, group, kind, _ in POINTS} | {("cannot", "count.attained")}
    assert {(f.group, f.kind) for f in audit.findings if f.group != "follows"} == expected


def test_at_least_ten_points_are_contradictions_or_their_like_with_arithmetic(audit: Audit) -> None:
    told_of = {number for number, group, _, _ in POINTS if group != "cannot"}
    assert len(told_of) >= 10
    assert all(f.sums for f in audit.findings if f.group in ("contradicts", "form", "ask"))


def test_a_count_that_hangs_on_words_is_not_said_to_follow(audit: Audit) -> None:
    (count,) = [f for f in audit.findings if f.kind == "count.attained"]
    assert (count.group, count.sums) == ("cannot", ("6 ≤ 9 ≤ 6 + 3",))
    assert "不矛盾，但也推不出" in told(count)


def test_what_is_the_same_quantity_on_the_typists_word_is_said_to_be_so(audit: Audit) -> None:
    differs = next(f for f in audit.of("contradicts") if f.kind == "differs")
    assert differs.places[0].name == "2023年实际支出预算"
    facts = next(facts for key, facts in differs.remarks if key == "on-word")
    assert facts["called"] == "2023年实际支出预算"
    assert "与 2022 年、2024 年的预算安排并列" in facts["because"]
    yearly = next(f for f in audit.of("contradicts") if f.facts.get("name") == "分年度预算")
    assert "on-word" in dict(yearly.remarks)


def test_the_missing_score_lies_in_the_exact_interval(audit: Audit) -> None:
    score = next(f for f in audit.of("cannot") if f.kind == "score")
    assert dict(score.exact) == {"low": "98.045", "low_included": "yes", "high": "58837/600", "high_included": "no"}
    assert "项目结果绩效 ∈ [98.045, 98.0616…)" in score.sums


def test_what_is_right_follows(audit: Audit) -> None:
    sums = {line for finding in audit.of("follows") for line in finding.sums}
    assert "5.00 + 5.00 + 9.67 + 5.00 + 5.00 + 5.00 + 4.72 + 5.00 + 48.33 + 5.00 = 97.72" in sums
    assert "1144.00 + 35.30 + 21.02 + 15.00 + 10.00 + 0.38 = 1225.70" in sums
    assert "(8218 - 2000) ÷ 2000 = 310.9%" in sums


def test_json_says_the_same(audit: Audit) -> None:
    document = to_json(audit, "en")
    assert document["format"] == "steelyard-audit-report/1"
    for group, found in (
        ("follows", document["follows"]), ("contradicts", document["contradicts"]), ("form", document["form"]),
        ("ask", document["ask"]), ("cannot", document["cannot"]),
    ):  # fmt: skip
        assert [one["kind"] for one in found] == [f.kind for f in audit.findings if f.group == group]
    assert document["cannot"][0]["exact"]["high"] == "58837/600"
    text = to_text(audit, "en")
    for one in (*document["follows"], *document["contradicts"], *document["cannot"]):
        assert one["sentence"] in text
        assert all(line in text for line in (*one["arithmetic"], *one["notes"]))


def test_the_english_scheme_finds_the_same(audit: Audit) -> None:
    program = load(GUANGZHOU / "scheme.en.rules").program
    assert program is not None
    found, _ = read(program, FIGURES)
    assert found is not None
    assert found.findings == audit.findings


# ---- a copy in which everything agrees


def test_a_consistent_report_is_met_with_silence(tmp_path: Path) -> None:
    found = audited(guangzhou(), mended(), tmp_path)
    assert [told(f) for f in found.findings if f.group != "follows"] == []


def test_one_mending_undone_is_told(tmp_path: Path) -> None:
    tree = mended()
    tree["等级"]["等级"] = "优秀"
    assert _kinds(audited(guangzhou(), tree, tmp_path).of("contradicts")) == ["grade.unknown"]
    tree = mended()
    tree["得分表"][2]["扣分原因"] = ["指标偏少", "目标不清"]
    assert _kinds(audited(guangzhou(), tree, tmp_path).of("cannot")) == ["no-split"]
    tree = mended()
    del tree["规则"]
    assert _kinds(audited(guangzhou(), tree, tmp_path).of("cannot")) == ["no-rule"]


def _kinds(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.kind for finding in findings]
