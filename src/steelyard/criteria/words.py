"""The fixed words of the table."""

from __future__ import annotations

from steelyard.diagnostics.model import Language

_WORDS: dict[str, tuple[str, str]] = {
    "points": ("Points", "分值"),
    "criteria": ("Scoring criteria", "评分标准"),
    "basis": ("Basis", "依据"),
    "lines": ("Rule file", "规则原文"),
    "total": ("Total", "合计"),
    "whole": ("(as a whole)", "（整体）"),
    "grade": ("Grade", "等级"),
    "condition": ("Condition", "条件"),
    "grades": ("Grades", "等级"),
    "parameters": ("Parameters", "参数"),
    "parameter": ("Parameter", "参数"),
    "table": ("Table", "对照表"),
    "value": ("Value", "取值"),
    "authority": ("Authority", "依据"),
    "in force": ("In force", "施行日期"),
    "as of": ("Values as of", "数值取自"),
    "source": ("Rule file", "规则文件"),
    "prepared": ("Prepared by", "编制"),
    "reviewed": ("Reviewed by", "审核"),
    "approved": ("Approved by", "批准"),
    "date": ("Date", "日期"),
    "bonus": ("bonus", "加分项"),
    "penalty": ("penalty", "减分项"),
}
_NUMERALS = "一二三四五六七八九十"


def word(key: str, language: Language) -> str:
    return _WORDS[key][language == "zh"]


def level(number: int, language: Language) -> str:
    """`Level 2`, `二级指标`"""
    if language == "en":
        return f"Level {number}"
    return f"{_NUMERALS[number - 1] if number <= len(_NUMERALS) else number}级指标"
