"""One sentence a statement, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.criteria.make import criteria_of
from steelyard.diagnostics.model import Language
from steelyard.pipeline import load_source
from steelyard.source import Source

HEAD = """
input
  rate "执行率" : number in %, from 0 to 200
  late : yes/no
  n : whole number
  a : number
  b : number
  due : date
  done : date
  kind : text
  L "清单" : list of
    w "分量" : number
    ok : yes/no
"""

CASES = {
    "plain": ("deduct 2 if late", "Deduct 2 points if late.", "late 的，扣 2 分。"),
    "step": (
        "deduct 0.5 for every full 1 percentage point that rate is below 95%, until exhausted",
        "Deduct 0.5 points for every full 1 percentage point that 执行率 is below 95%, until exhausted.",
        "执行率低于 95% 的，每低于 1 个百分点扣 0.5 分，不足 1 个百分点不计，扣完为止。",
    ),
    "step with its own condition": (
        "deduct 1 for every fractional 2 percentage points that rate is above 100% if rate > 100%, up to 4",
        "Deduct 1 point for every fractional 2 percentage points that 执行率 is above 100%, up to 4 points.",
        "执行率超过 100% 的，每超过 2 个百分点扣 1 分，不足 2 个百分点按比例计算，最多扣 4 分。",
    ),
    "step with another condition": (
        "deduct 1 for every started 3% that a differs from b if late",
        "Deduct 1 point for every started 3% that a differs from b if late.",
        "late 的，a 与 b 每相差 3% 扣 1 分，不足 3% 按 3% 计算。",
    ),
    "count": ("deduct 1 for each n", "Deduct 1 point for each n.", "n 每有 1 例扣 1 分。"),
    "count with its unit": ("n 每发现 1 次，扣 2 分", "Deduct 2 points for each n.", "n 每有 1 次扣 2 分。"),
    "count of rows": (
        "deduct 1 for each r in L where not r.ok",
        "Deduct 1 point for each r in 清单 where ok of r is no.",
        "清单中每有 1 例 r（其中 r 的 ok 为否），扣 1 分。",
    ),
    "tiers": (
        "score by rate\n  from 90% : 5\n  from 80% to below 90% : 4\n  otherwise : 0",
        "By 执行率: ≥ 90%: 5 points; 80% to below 90%: 4 points; otherwise: no points.",
        "按执行率：≥90% 得 5 分；80%（含）–90% 得 4 分；其余不得分。",
    ),
    "tiers of two keys": (
        'award by rate, kind\n  above 90%, is "x" : 2\n  otherwise : 1\nstart at 50',
        'By 执行率, kind: 执行率 > 90% and kind is "x": award 2 points; otherwise: award 1 point.',
        "按执行率、kind：执行率 >90% 且 kind 为“x”加 2 分；其余加 1 分。",
    ),
    "either": ("award 5 if late, otherwise 4\nstart at 50", "Award 5 points if late, otherwise award 4 points.", "late 的，加 5 分，其余加 4 分。"),
    "formula": ("score rate * points", "Total = 执行率 × full points.", "总分 = 执行率 × 满分。"),
    "start": ("start at 80 if late, otherwise 90\ndeduct 1 if late", "Starts at 80 points if late, otherwise at 90 points.",
              "late 的，从 80 分起评，其余从 90 分起评。"),
    "veto": ("zero if late", "The total is 0 if late.", "late 的，一票否决，总分为 0 分。"),
    "limit": ("limit to 59 if late", "The total is at most 59 points if late.", "late 的，总分不超过 59 分。"),
    "skip": ("skip if late\ndeduct 1 if n > 2", "Not rated if late.", "late 的，本项不考核。"),
    "whole not rated": ("skip total if late\ndeduct 1 if n > 2", "The whole is not rated if late.", "late 的，不予评价。"),
    "exemption": ("deduct 1 if n > 2, except if approved", "Deduct 1 point if n is above 2, except if approved.",
                  "n 超过 2 的，扣 1 分，approved 的除外。"),
    "answer": ("deduct a / b, or 2 if undefined, or skip if missing",
               "Deduct (a ÷ b) points, 2 points if undefined, not rated if missing.",
               "扣 a ÷ b 分，无法计算时按 2 分计算，数据缺失的不考核。"),
    "code": ('deduct 1 if late, code "R1"', "Deduct 1 point if late (“R1”).", "late 的，扣 1 分（“R1”）。"),
    "loop": (
        "for each r in L where r.ok\n  deduct 1 if w > 2",
        "For each r in 清单 where ok of r: deduct 1 point if 分量 is above 2.",
        "对清单中每个 r（其中 r 的 ok）：分量超过 2 的，扣 1 分。",
    ),
    "groups": (
        "highest of\n  deduct 1 if late\n  deduct 2 if n > 2",
        "Only the highest of the following counts: (1) deduct 1 point if late; (2) deduct 2 points if n is above 2.",
        "以下各项取最高：(1) late 的，扣 1 分；(2) n 超过 2 的，扣 2 分。",
    ),
    "together": (
        "together, up to 3\n  deduct 1 if late\n  deduct 2 if n > 2",
        "The following together up to 3 points: (1) deduct 1 point if late; (2) deduct 2 points if n is above 2.",
        "以下各项累计不超过 3 分：(1) late 的，扣 1 分；(2) n 超过 2 的，扣 2 分。",
    ),
    "checklist": (
        "deduct 1 for each that fails\n  late\n  n > 2",
        "Deduct 1 point for each that fails: (a) late; (b) n is above 2.",
        "以下每缺一项扣 1 分：① late；② n 超过 2。",
    ),
    "deadline": ("deduct 1 if not done within 30 days of due", "Deduct 1 point if not done within 30 days of due.",
                 "并非 done 在 due 后 30 日内的，扣 1 分。"),
    "folds": (
        "score max(sum(r.w for r in L), count(L), 2)",
        "Total = the largest of the sum of 分量 of r over 清单, the number of 清单 and 2.",
        "总分 = 清单中各 r 的分量之和、清单的个数、2 中的最大者。",
    ),
    "every": (
        "zero if every(r.ok for r in L)",
        "The total is 0 if for every r in 清单, ok of r.",
        "清单中每个 r 均 r 的 ok 的，一票否决，总分为 0 分。",
    ),
    "rounded": ("score round(a / b, 2)", "Total = (a ÷ b, rounded to 2 places, half up).", "总分 = （a ÷ b，四舍五入保留 2 位小数）。"),
    "check": ("check a + b = 3, error\ndeduct 1 if late", "Check (an error): a + b = 3.", "核对（不符报错）：a + b = 3。"),
    "judged": (
        "criterion c, 100 points\n  judged, average of reviewers, one of 0, 50, 100", None, None,
    ),
    "regrade": (
        'grade is "C" if late\ngrade\n  "A" from 90\n  "C" otherwise', 'The grade is "C" if late.', "late 的，直接评为“C”。",
    ),
    "bound": ("may reach 110\naward 5 if late\nstart at 50", "May reach 110 points.", "最高可达 110 分。"),
}  # fmt: skip


def told(rules: str, language: Language, which: int = 0) -> list[str]:
    loaded = load_source(Source.from_text("s.rules", HEAD + rules), date(2023, 7, 1))
    assert loaded.checked is not None, [(d.code, dict(d.facts)) for d in loaded.diagnostics]
    criteria = criteria_of(loaded.checked, (loaded.source,), loaded.day, language)
    row = criteria.rows[which] if criteria.rows else criteria.total
    return [sentence.text for sentence in row.sentences]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case[1]])
def test_a_statement_is_one_sentence(name: str) -> None:
    rules, english, chinese = CASES[name]
    assert (told(rules, "en")[0], told(rules, "zh")[0]) == (english, chinese)


def test_judges_and_what_they_may_give() -> None:
    rules = CASES["judged"][0]
    assert told(rules, "en") == ["Judged by reviewers, average of reviewers, one of 0, 50, 100."]
    assert told(rules, "zh") == ["由评审打分，取平均值，只取 0、50、100。"]


def test_a_deduction_is_named_where_one_gives_it_back() -> None:
    rules = "deduct 4 if late, as slow\nrestore 50% of slow if n > 2\ndeduct 1 if a > 1, as other"
    assert told(rules, "en") == [
        "Deduct 4 points if late (“slow”).", "Restore 50% of “slow” if n is above 2.", "Deduct 1 point if a is above 1.",
    ]  # fmt: skip
    assert told(rules, "zh")[1] == "n 超过 2 的，恢复“slow”所扣的 50%。"


def test_what_is_said_to_the_checker_alone_is_not_printed() -> None:
    assert told('allow W126 because "meant"\ndeduct 1 if late\n  because "{n}"', "en") == ["Deduct 1 point if late."]


def test_a_lookup_shows_the_values_of_its_table() -> None:
    rules = 'table fines by k : amount\n  from 2020-01-01\n    "x" : 1\n    otherwise : 2\n  from 2023-01-01\n    "x" : 3\n    otherwise : 4\n'
    assert told(rules + "deduct fines(kind)", "zh") == ["按 kind：“x”扣 3 分；其余扣 4 分。"]
    assert told(rules + "deduct fines(kind) * 2", "en") == ['Deduct ((by kind: "x" 3; otherwise 4) × 2) points.']


def test_a_long_table_stands_below_as_it_is_on_the_day() -> None:
    rows = "".join(f'    "k{number}", "x" : {number}, {number * 2}\n' for number in range(9))
    rules = (
        f"parameter most = 7\ntable fines by k, level : amount, top\n  from 2020-01-01\n    otherwise : 1, 1\n"
        f"  from 2023-01-01\n{rows}    otherwise : most, 0\n"
        'deduct fines(kind, "x").amount if late\nlet t = fines(kind, "y").top\ndeduct t'
    )
    assert told(rules, "en")[:2] == [
        'Deduct (amount of kind, "x" in “fines”) points if late.',
        't = top of kind, "y" in “fines”.',
    ]
    assert told(rules, "zh")[0] == "late 的，扣 “fines”表中 kind、“x”的 amount 分。"
    loaded = load_source(Source.from_text("s.rules", HEAD + rules), date(2023, 7, 1))
    assert loaded.checked is not None
    (codes,) = criteria_of(loaded.checked, (loaded.source,), loaded.day, "en").codes
    assert (codes.name, codes.heads) == ("fines", ("k", "level", "amount", "top"))
    assert codes.rows[1] == ("k1", "x", "1", "2")
    assert codes.rows[-1] == ("otherwise", "", "7", "0")
    assert len(codes.rows) == 10


def test_bounds_are_printed_as_they_are_meant() -> None:
    """A row with both ends holds the end of what can occur; 以上 includes its number where the scheme says so."""
    rules = "方案 s\n  “以上”“以下”“以内”包括本数\n评分项 c，5 分\n  按 rate 得分\n    90%以上 ：5 分\n    80%（含）—90% ：4 分\n    其余 ：0 分"
    assert told(rules, "zh") == ["按执行率：≥90% 得 5 分；80%（含）–90% 得 4 分；其余不得分。"]
    closed = "criterion c, 5 points\n  score by rate\n    from 100% to below 200% : 5\n    below 100% : 0"
    assert "100% to 200%" in told(closed, "en")[0]


def test_a_part_is_called_by_its_title_and_weights_stand_in_its_cell() -> None:
    rules = (
        'section s "First", weight 40%\n  criterion c "Inner", 5 points\n    deduct 1 if late\n  zero if c < 2\n'
        "section t, weight 60%\n  deduct 1 if n > 2"
    )
    loaded = load_source(Source.from_text("s.rules", HEAD + rules))
    assert loaded.checked is not None
    criteria = criteria_of(loaded.checked, (loaded.source,), None, "en")
    whole, inner, second = criteria.rows
    assert [(cell.name, cell.worth, cell.down, cell.across) for cell in whole.cells] == [
        ("First", "weight 40%, of 5 points", 2, 1), ("(as a whole)", "", 1, 1),
    ]  # fmt: skip
    assert [s.text for s in whole.sentences] == ["No points if Inner is below 2."]
    assert (inner.points, inner.skipped, inner.cells[0].name) == ("5", 1, "Inner")
    assert (second.cells[0].across, second.points) == (2, "weight 60%, of 100 points")


def test_bases_are_numbered_with_their_sentences() -> None:
    from steelyard.criteria.form import bases_of
    from steelyard.criteria.model import Sentence

    one, two = Sentence("a", ("art. 1",)), Sentence("b", ("art. 2", "art. 3"))
    assert bases_of([one]) == ["art. 1"]
    assert bases_of([one, two]) == ["1. art. 1", "2. art. 2", "2. art. 3"]
    assert bases_of([one, one]) == ["art. 1"]
    assert bases_of([Sentence("a"), one]) == ["2. art. 1"]
    assert bases_of([]) == []
