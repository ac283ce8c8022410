"""The words of a file of figures, in English and Chinese. The first of each language is the one that is shown."""

from __future__ import annotations

from collections.abc import Iterable

from steelyard.diagnostics.model import Language

KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # the whole file
    "report": (("report", "title"), ("报告", "报告名称")),
    "rows": (("rows",), ("得分表", "各项得分")),
    "grade": (("grade",), ("等级",)),
    "bands": (("grade bands",), ("等级标准",)),
    "figures": (("figures",), ("数值", "数据")),
    "equations": (("equations",), ("等式", "算式")),
    "ratios": (("ratios",), ("比率",)),
    "indicators": (("indicators",), ("指标",)),
    "counts": (("counts",), ("计数",)),
    "rules": (("rules",), ("规则",)),
    "claims": (("claims",), ("说法",)),
    "same": (("same quantity",), ("同一数额",)),
    # everywhere
    "where": (("where",), ("位置",)),
    "name": (("name",), ("名称",)),
    "names": (("names",), ("名称",)),
    "because": (("because",), ("理由",)),
    "printed": (("printed",), ("印出", "印为")),
    "text": (("text",), ("内容", "原文")),
    # a row
    "row": (("row", "part"), ("项目", "部分")),
    "points": (("points", "full points"), ("分值", "满分")),
    "score": (("score",), ("得分",)),
    "weight": (("weight",), ("权重",)),
    "lost": (("lost", "points lost"), ("扣分",)),
    "reasons": (("reasons", "reason"), ("扣分原因", "原因")),
    "rests on": (("rests on",), ("所据",)),
    "rounded": (("rounded",), ("印出时舍入",)),
    # a reason, a claim
    "about": (("about",), ("涉及",)),
    "fault": (("says",), ("意思",)),
    # a printing
    "value": (("value",), ("值", "数")),
    "unit": (("unit",), ("单位",)),
    "scope": (("scope",), ("范围",)),
    "measure": (("measures",), ("所指",)),
    # equations and ratios
    "equation": (("equation",), ("等式", "算式")),
    "numerator": (("numerator",), ("分子",)),
    "denominator": (("denominator",), ("分母",)),
    # indicators and counts
    "kind": (("kind",), ("类别",)),
    "targets": (("target", "targets"), ("目标", "目标值")),
    "actuals": (("actual", "actuals"), ("完成", "完成值")),
    "of": (("of",), ("数的是",)),
    "more than": (("by more than",), ("超过目标",)),
    # bands
    "from": (("from",), ("从", "自")),
    "to": (("to",), ("至", "到")),
}

WORDS: dict[str, tuple[str, ...]] = {
    "indicators": ("indicators", "指标"),
    "attained": ("attained", "达到目标的指标", "达标"),
    "beyond": ("beyond", "超过目标的指标", "超标"),
    "rows": ("rows", "得分表的行", "项目"),
    "yes": ("yes", "是", "true"),
    "no": ("no", "否", "false"),
    "fault": ("fault", "有问题"),
    "no fault": ("no fault", "没有问题"),
    "included": ("included", "含"),
}
"""Words that stand as values."""

TOTAL = ("total", "总分", "综合得分")
PARTS_OF = {"target": (".目标", ".target"), "actual": (".完成", ".actual"), "score": (".得分", ".score")}
"""Endings by which a formula names what belongs to an indicator or a row."""


def spellings(key: str) -> tuple[str, ...]:
    english, chinese = KEYS[key]
    return (*english, *chinese)


def shown(key: str, language: Language) -> str:
    english, chinese = KEYS[key]
    return chinese[0] if language == "zh" else english[0]


def key_of(word: str, allowed: Iterable[str]) -> str | None:
    """Which of the allowed keys a word spells."""
    folded = word.strip().casefold().replace("_", " ")
    return next((key for key in allowed if folded in spellings(key)), None)


def word_of(text: str, allowed: Iterable[str]) -> str | None:
    folded = text.strip().casefold()
    return next((word for word in allowed if folded in WORDS[word]), None)
