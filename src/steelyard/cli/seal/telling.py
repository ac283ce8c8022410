"""What the commands of a seal say, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.diagnostics.model import Language
from steelyard.diagnostics.wording import show_fact
from steelyard.seal.batch import Mismatch
from steelyard.seal.places import steps_of
from steelyard.seal.remains import Remains
from steelyard.values.canonical import Json

MOST_LINES = 12
"""Of one kind; what is more is counted."""

_WHAT = {
    "hash": ("hash function", "杂凑算法"),
    "size": ("records", "对象个数"),
    "place": ("place of the record, of so many", "对象的序号，与总数"),
    "path": ("steps of the proof", "证明的步数"),
    "root": ("root", "根摘要"),
    "field": ("fields that may be hidden", "可以遮盖的内容"),
    "key": ("key", "密钥"),
    "digest": ("digest of the file", "文件摘要"),
    "signature": ("signature", "签名"),
}
_NOT_BY_KEY = ("not made by this key over this file", "不是这把密钥对这个文件的签名")
_MEMBERS = {
    "value": ("value", "数值"),
    "text": ("text", "原文"),
    "notes": ("notes", "备注"),
    "sha256": ("digest of the data", "数据摘要"),
    "record": ("record key", "对象名称"),
    "reason": ("reason", "理由"),
    "waiver": ("reason of the exemption", "豁免理由"),
    "approver": ("approver", "批准人"),
    "name": ("person", "人员"),
    "left_out": ("records left out", "未计入的对象"),
    "message": ("words of a finding", "核对发现的文字"),
    "help": ("words of a finding", "核对发现的文字"),
}


def shown(text: str, language: Language) -> str:
    """A text of a file, safe for a terminal and at most a line."""
    return show_fact(text, language, 200)


def tell_mismatches(mismatches: Sequence[Mismatch], language: Language) -> list[str]:
    zh = language == "zh"
    lines = []
    for mismatch in mismatches:
        what, claimed = _WHAT[mismatch.what][zh], shown(mismatch.claimed, language)
        found = shown(mismatch.found, language) or _NOT_BY_KEY[zh]
        lines.append(f"  {what}：声称 {claimed}，实为 {found}" if zh else f"  {what}: claimed {claimed}, found {found}")
    return lines


def tell_hidden(trace: dict[str, Json], places: Sequence[str], language: Language) -> list[str]:
    """What is hidden, cells by the names of their inputs."""
    if not places:
        return []
    zh = language == "zh"
    counts: dict[str, int] = {}
    for place in places:
        name = _named(trace, place, language)
        counts[name] = counts.get(name, 0) + 1
    lines = [f"    {name}" + (f" × {count}" if count > 1 else "") for name, count in counts.items()]
    head = f"  遮盖 {len(places)} 处：" if zh else f"  hidden, {len(places)} places:"
    return [head, *_cut(lines, language)]


def tell_remains(remains: Remains, language: Language) -> list[str]:
    """What can still be seen of what was hidden."""
    zh = language == "zh"
    lines: list[str] = []
    if remains.entries:
        lines.append(
            "  以下步骤仍显示由遮盖的数值算出的数字，可能据此推出原值："
            if zh
            else "  these entries still show numbers worked out from hidden values, which may be inferred from them:"
        )
        lines += _cut([f"    {number}  {shown(rule, language)}" for number, rule in remains.entries], language)
        named = ["总分" if zh and part == "total" else shown(part, language) for part in remains.parts]
        parts = ("、" if zh else ", ").join(named)
        if parts:
            lines.append(f"    受其影响的部分：{parts}" if zh else f"    and through them the scores of: {parts}")
    if remains.texts:
        lines.append("  遮盖的文字仍出现在：" if zh else "  a text that was hidden still stands at:")
        lines += _cut([f"    {shown(place, language)}" for place in remains.texts], language)
    return lines


def _named(trace: dict[str, Json], place: str, language: Language) -> str:
    zh = language == "zh"
    steps = steps_of(place)
    member = _MEMBERS[steps[-1]][zh] if steps[-1] in _MEMBERS else shown(place, language)
    if steps[0] == "cells" and len(steps) == 3:
        cells = trace.get("cells")
        cell = cells[int(steps[1])] if isinstance(cells, list) else None
        name = cell.get("name") if isinstance(cell, dict) else None
        return f"{shown(name, language)}{'：' if zh else ': '}{member}" if isinstance(name, str) else member
    if steps[0] == "findings" and steps[-1] in ("message", "help", "text"):
        return _MEMBERS["message"][zh]
    if steps[0] == "entries" and {"condition", "expression"} & set(steps):
        return "算式中的数值" if zh else "values in expressions"
    return member


def _cut(lines: list[str], language: Language) -> list[str]:
    if len(lines) <= MOST_LINES:
        return lines
    rest = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], f"    ……另有 {rest} 处" if language == "zh" else f"    … and {rest} more"]
