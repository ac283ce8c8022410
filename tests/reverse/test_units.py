"""Units: magnitudes are scaled exactly; from unlike units nothing is concluded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reverse.reports import audited, program_of, told
from steelyard.reverse.measures import measure
from steelyard.reverse.model import Finding

SCHEME = "section a, weight 50%\n  judged\n\nsection b, weight 50%\n  judged\n"


@pytest.fixture
def found(tmp_path: Path) -> Any:
    program = program_of(SCHEME)
    return lambda **figures: audited(program, figures, tmp_path).findings


def of(findings: tuple[Finding, ...], *kinds: str) -> tuple[str, str, tuple[str, ...]]:
    (one,) = [f for f in findings if f.kind in (*kinds, "units")]
    return one.group, one.kind, one.sums


@pytest.mark.parametrize(
    ("target", "actual", "kind", "line"),
    [
        ("≥1万人次", "9500人次", "missed", "9500人次 < 1万人次"),
        ("≥1万人次", "12000人次", "met", "12000人次 ≥ 1万人次"),
        ("≥2,000万元", "0.25亿元", "met", "0.25亿元 ≥ 2000万元"),
        ("≥2,000万元", "0.19亿元", "missed", "0.19亿元 < 2000万元"),
        ("≤3千元", "2999.99元", "met", "2999.99元 ≤ 3千元"), ("≥1万", "12000", "met", "12000 ≥ 1万"),
        ("≥1百万元", "99万元", "missed", "99万元 < 1百万元"), ("≥2000次", "2400", "met", "2400 ≥ 2000"),
        ("≤3天", "60小时", "units", "≤3天 | 60小时"), ("≥90分", "92%", "units", "≥90分 | 92%"),
        ("≥90%", "0.95", "units", "≥90% | 0.95"), ("≥95", "96%", "units", "≥95 | 96%"),
        ("≥1万人次", "12000", "units", "≥1万人次 | 12000"), ("≥5件", "6次", "units", "≥5件 | 6次"),
        ("≥5个百分点", "6%", "units", "≥5个百分点 | 6%"), ("≥2000万元", "3000", "units", "≥2000万元 | 3000"),
    ],
)  # fmt: skip
def test_target_and_actual(found: Any, target: str, actual: str, kind: str, line: str) -> None:
    group, told_kind, sums = of(found(indicators=[{"name": "A", "target": target, "actual": actual}]), "met", "missed")
    assert (told_kind, sums[0]) == (kind, line)
    assert group == ("cannot" if kind == "units" else "follows")


def test_by_how_much_it_was_passed_is_counted_in_one_unit(found: Any) -> None:
    indicators = [{"name": "A", "target": "≥2,000万元", "actual": "0.25亿元"}]
    counts = [
        {"printed": "1", "of": "beyond", "by more than": "20%"},
        {"printed": "0", "of": "beyond", "by more than": "25%"},
    ]
    findings = found(indicators=indicators, counts=counts)
    assert "(0.25亿元 - 2000万元) ÷ 2000万元 = 25%" in of(findings, "met")[2]
    assert [f.group for f in findings if f.kind == "count.beyond"] == ["follows", "follows"]


def test_an_indicator_of_unlike_units_counts_for_nothing(found: Any) -> None:
    indicators = [{"name": "A", "target": "≤3天", "actual": "60小时"}, {"name": "B", "target": "≥90%", "actual": "95%"}]
    for stated, group in (("1", "cannot"), ("2", "cannot"), ("0", "contradicts"), ("3", "contradicts")):
        findings = found(indicators=indicators, counts=[{"printed": stated, "of": "attained"}])
        assert [f.group for f in findings if f.kind == "count.attained"] == [group]


FIGURES = [
    {"name": "支出", "value": "1,080,000", "unit": "元"}, {"name": "预算", "value": "120.00", "unit": "万元"},
    {"name": "甲", "value": "700万"}, {"name": "乙", "value": "500万"}, {"name": "合计", "value": "0.12亿"},
    {"name": "错计", "value": "0.13亿"}, {"name": "天数", "value": "5天"}, {"name": "时数", "value": "5小时"},
    {"name": "单价", "value": "500元/台"}, {"name": "数量", "value": "2万台"}, {"name": "总价", "value": "1000万元"},
    {"name": "率", "value": "90", "unit": "%"}, {"name": "无", "value": "120"}, {"name": "缺", "unit": "元"},
    {"name": "缺也", "value": ""},
]  # fmt: skip


@pytest.mark.parametrize(
    ("equation", "group", "line"),
    [
        ("甲 + 乙 = 合计", "follows", "700万 + 500万 = 0.12亿"),
        ("甲 + 乙 = 错计", "contradicts", "700万 + 500万 = 0.12亿 ≠ 0.13亿"),
        ("甲 - 乙 = 200", "cannot", "700万 | 500万"), ("甲 = 乙 + 天数", "cannot", "700万 | 500万 | 5天"),
        ("预算 × 率 = 支出", "follows", "120.00万元 × 90% = 1080000元"),
        ("预算 × 0.9 = 支出", "follows", "120.00万元 × 0.9 = 1080000元"),
        ("单价 × 数量 = 总价", "follows", "500元/台 × 2万台 = 1000万元"),
        ("天数 = 时数", "cannot", "5天 | 5小时"), ("天数 + 时数 = 10", "cannot", "5天 | 5小时"),
        ("预算 = 无", "cannot", "120.00 [万元] | 120 [–]"), ("支出 + 100 = 预算", "cannot", "1,080,000 [元] | 120.00 [万元]"),
        ("天数 - 3 = 2", "follows", "5 - 3 = 2"), ("支出 + 缺 = 预算", "cannot", "缺 = 120000.00元"),
        ("支出 + 缺也 = 预算", "cannot", "1,080,000 [元] | 120.00 [万元]"),
    ],
)  # fmt: skip
def test_sums_and_products(found: Any, equation: str, group: str, line: str) -> None:
    told_group, _, sums = of(found(figures=FIGURES, equations=[{"equation": equation}]), "equation", "figure")
    assert (told_group, sums[0]) == (("cannot" if " | " in line else group), line)


@pytest.mark.parametrize(
    ("above", "below", "printed", "group"),
    [
        ("支出", "预算", "90%", "follows"), ("支出", "预算", "91%", "contradicts"), ("支出", "预算", "0.9", "follows"),
        ("天数", "时数", "100%", "cannot"), ("支出", "无", "900000%", "cannot"), ("总价", "数量", "500元", "follows"),
        ("甲 - 乙", "甲", "28.57%", "follows"), ("支出", "预算", "90天", "cannot"),
    ],
)  # fmt: skip
def test_ratios(found: Any, above: str, below: str, printed: str, group: str) -> None:
    ratios = [{"name": "r", "numerator": above, "denominator": below, "printed": printed}]
    assert of(found(figures=FIGURES, ratios=ratios), "ratio")[0] == group


@pytest.mark.parametrize(
    ("one", "other", "group"),
    [
        ("120万元", "1,200,000元", "follows"), ("120万元", "1,300,000元", "contradicts"), ("5天", "5小时", "cannot"),
        ("1.2万", "12000", "follows"), ("90%", "0.9", "cannot"), ("8218次", "8218", "follows"),
    ],
)  # fmt: skip
def test_one_quantity_in_several_places(found: Any, one: str, other: str, group: str) -> None:
    figures = [{"name": "A", "printed": [{"value": one}, {"value": other}]}]
    findings = [f for f in found(figures=figures) if f.kind != "form"]
    assert [f.group for f in findings] == [group], [told(f) for f in findings]


def test_a_unit_is_a_magnitude_of_another() -> None:
    assert measure("万元").size == 10_000
    assert measure("万元").alike(measure("亿元"))
    assert not measure("千字节").alike(measure("字节"))
    assert not measure("天").alike(measure(None))
    assert measure("万元/人").alike(measure("元"))


def test_exchanged_digits_are_called_so(found: Any) -> None:
    for a, b, remark in (("98.9", "89.9", "exchanged"), ("98.9", "98.8", "one-digit"), ("98.9", "89.8", None)):
        (differs,) = found(figures=[{"name": "A", "printed": [{"value": a}, {"value": b}]}])
        assert [key for key, _ in differs.remarks if key != "gap"] == ([remark] if remark else [])
