"""Every entry of a trace as one plain sentence, made from the entry's own values."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from steelyard.diagnostics.model import Language
from steelyard.trace.model import Entry, Expr, Quantity, Trace, TraceCell
from steelyard.trace.show import cell_text, show_computed, show_expression, show_quantity, show_value
from steelyard.values.numbers import show

Cells = Mapping[str, TraceCell]

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "open.full": "starts from full points: {after}",
        "open.scores": "starts from 0 and adds up its scores",
        "open.judged": "starts from 0 and takes the reviewers' score",
        "open.parts": "starts from 0 and adds up its parts",
        "deduct": "{applied} deducted",
        "award": "{applied} awarded",
        "score": "{applied} scored",
        "stopped.deduct": "{asked} to deduct{how}, stopped at the floor: {applied} deducted",
        "stopped.award": "{asked} to award{how}, stopped at the top: {applied} awarded",
        "cap": ", up to {cap}",
        "cap.row": ", up to {cap} a row",
        "since": ", as {condition}",
        "not.deduct": "nothing deducted: {condition} does not hold",
        "not.award": "nothing awarded: {condition} does not hold",
        "not.score": "nothing scored: {condition} does not hold",
        "undetermined": "not determined ({blame}): between {low} and {high}",
        "judge": "reviewer {name} gives {applied} of {high}",
        "judge.mean": "the reviewers' mean is {applied} of {high}",
        "judge.one": "reviewer {name} gives {asked}",
        "carry": "{name}: {asked} × {factor} = {applied}",
        "clamp": "held between {low} and {high}: {before} becomes {after}",
        "clamp.within": "between {low} and {high}: nothing to hold",
        "clamp.stopped": "{asked} asked in all; it stops at {limit}",
        "round": "{before} rounded to {places} places ({mode}) is {after}",
        "let": "{name} = {expression}",
        "let.value": "{name} = {expression} = {value}",
        "check.holds": "holds: {expression}",
        "check.fails": "does not hold: {expression}",
        "each.row": "row counts: {condition}",
        "each.not": "row does not count: {condition}",
        "each.maybe": "row may count: {condition} is not determined",
        "each.missing": "the list is missing",
        "grade": "grade {label}",
        "grade.open": "grade open: {possible}",
        "close": "{after}",
        "points": "",
        "row": "row {position} ({key})",
        "row.bare": "row {position}",
        "missing": "missing",
        "all rows": "data not given",
        "no review": "no reviewer has scored it",
    },
    "zh": {
        "open.full": "从满分 {after} 分起",
        "open.scores": "从 0 分起，累加得分",
        "open.judged": "从 0 分起，取评审得分",
        "open.parts": "从 0 分起，汇总各部分",
        "deduct": "扣 {applied} 分",
        "award": "加 {applied} 分",
        "score": "得 {applied} 分",
        "stopped.deduct": "按规则应扣 {asked} 分{how}，扣完为止，实扣 {applied} 分",
        "stopped.award": "按规则应加 {asked} 分{how}，到满分为止，实加 {applied} 分",
        "cap": "，最多 {cap} 分",
        "cap.row": "，每行最多 {cap} 分",
        "since": "，因为 {condition}",
        "not.deduct": "不扣分：{condition} 不成立",
        "not.award": "不加分：{condition} 不成立",
        "not.score": "不得分：{condition} 不成立",
        "undetermined": "未定（{blame}）：在 {low} 与 {high} 之间",
        "judge": "评审“{name}”打 {applied} 分（满分 {high}）",
        "judge.mean": "评审平均 {applied} 分（满分 {high}）",
        "judge.one": "评审“{name}”打 {asked} 分",
        "carry": "{name}：{asked} × {factor} = {applied}",
        "clamp": "限于 {low} 至 {high}：{before} 变为 {after}",
        "clamp.within": "在 {low} 至 {high} 之内",
        "clamp.stopped": "合计应为 {asked} 分，到 {limit} 为止",
        "round": "{before} {mode}，保留 {places} 位小数，为 {after}",
        "let": "{name} = {expression}",
        "let.value": "{name} = {expression} = {value}",
        "check.holds": "相符：{expression}",
        "check.fails": "不符：{expression}",
        "each.row": "计入本行：{condition}",
        "each.not": "不计本行：{condition}",
        "each.maybe": "本行是否计入未定：{condition}",
        "each.missing": "列表缺失",
        "grade": "等级为“{label}”",
        "grade.open": "等级未定：{possible}",
        "close": "{after} 分",
        "points": " 分",
        "row": "第 {position} 行（{key}）",
        "row.bare": "第 {position} 行",
        "missing": "缺失",
        "all rows": "未提供数据",
        "no review": "没有评审打分",
    },
}

_MODES = {
    "half up": "四舍五入",
    "half even": "四舍六入五成双",
    "down": "舍去",
    "up": "进一",
    "floor": "向下取整",
    "ceiling": "向上取整",
}


def sentence(entry: Entry, cells: Cells, language: Language, names: Mapping[str, str] | None = None) -> str:
    """The entry in one sentence. `names` gives parts their titles."""
    words = _WORDS[language]
    if entry.status == "undetermined" and entry.kind in ("move", "judge", "carry"):
        return _undetermined(entry, cells, words)
    match entry.kind:
        case "open":
            return words[f"open.{entry.role}"].format(after=_points(entry.after))
        case "move":
            return _move(entry, cells, language)
        case "judge":
            if entry.after is None:
                return words["judge.one"].format(name=entry.name, asked=_points(entry.asked))
            key = "judge" if entry.name is not None else "judge.mean"
            return words[key].format(name=entry.name, applied=_points(entry.applied), high=_points(entry.high))
        case "carry":
            name = (names or {}).get(entry.name or "", entry.name)
            return words["carry"].format(
                name=name,
                asked=_points(entry.asked),
                factor=_points(entry.factor),
                applied=_points(entry.applied),
            )
        case "clamp":
            return _clamp(entry, words)
        case "round":
            mode = _MODES[entry.mode or "half up"] if language == "zh" else entry.mode
            return words["round"].format(
                before=_points(entry.before), places=entry.places, mode=mode, after=_points(entry.after)
            )
        case "let":
            return _let(entry, cells, language)
        case "check":
            key = "check.holds" if entry.status == "applied" else "check.fails"
            return words[key].format(expression=_shown(entry.expression, cells, language))
        case "each":
            if entry.condition is None:
                return words["each.missing"]
            key = {"not met": "each.not", "undetermined": "each.maybe"}.get(entry.status, "each.row")
            return words[key].format(condition=_shown(entry.condition, cells, language))
        case "grade":
            if entry.label is not None:
                return words["grade"].format(label=entry.label)
            return words["grade.open"].format(possible=("、" if language == "zh" else ", ").join(entry.possible))
        case "close":
            return words["close"].format(after=_points(entry.after))


def row_words(entry: Entry, language: Language) -> str | None:
    """Which child row the entry ran on."""
    if entry.row is None:
        return None
    bare = entry.row.key == str(entry.row.position)
    return _WORDS[language]["row.bare" if bare else "row"].format(position=entry.row.position, key=entry.row.key)


def cell_words(cell: TraceCell, language: Language) -> str:
    """One datum with the place it came from: `actual = 8218 (indicators.csv, row 11, "actual")`."""
    text = cell_text(cell, language)
    if language == "zh":
        place = "，".join(
            [
                cell.file,
                *([f"第 {cell.row} 行"] if cell.row else []),
                *([f"“{cell.column}”"] if cell.column else []),
            ]
        )
        return f"{cell.name} = {text}（{place}）"
    place = ", ".join(
        [
            cell.file,
            *([f"row {cell.row}"] if cell.row else []),
            *([f'"{cell.column}"'] if cell.column else []),
        ]
    )
    return f"{cell.name} = {text} ({place})"


def part_names(trace: Trace) -> dict[str, str]:
    """Titles of the parts, or their names."""
    return {part.path: part.title or part.name for part in trace.result.parts}


def _move(entry: Entry, cells: Cells, language: Language) -> str:
    words, role = _WORDS[language], entry.role or "deduct"
    if entry.status == "not met":
        return words[f"not.{role}"].format(condition=_shown(entry.condition, cells, language))
    how = ""
    if entry.expression is not None and entry.expression.op not in ("const", "let"):
        how = show_expression(entry.expression, cells, language)
    if entry.asked is not None and entry.asked != entry.applied:
        bracketed = f"（{how}）" if language == "zh" else f" ({how})"
        text = words[f"stopped.{role}"].format(
            asked=_points(entry.asked), how=bracketed if how else "", applied=_points(entry.applied)
        )
    else:
        text = words[role].format(applied=_points(entry.applied)) + (f" = {how}" if how else "")
    if entry.cap is not None:
        text += words["cap.row" if entry.row else "cap"].format(cap=_points(entry.cap))
    if entry.condition is not None and entry.name is None:
        text += words["since"].format(condition=_shown(entry.condition, cells, language))
    return text


def _undetermined(entry: Entry, cells: Cells, words: dict[str, str]) -> str:
    low, high = _ends(entry.applied if entry.applied is not None else entry.asked)
    blamed = (
        ", ".join(dict.fromkeys(cells[key].name for key in entry.blame))
        or words["no review" if entry.kind == "judge" else "all rows"]
    )
    return words["undetermined"].format(blame=blamed, low=low, high=high)


def _clamp(entry: Entry, words: dict[str, str]) -> str:
    limits = {"low": _points(entry.low), "high": _points(entry.high)}
    if entry.role == "opening":
        if entry.before == entry.after:
            return words["clamp.within"].format(**limits)
        return words["clamp"].format(before=_points(entry.before), after=_points(entry.after), **limits)
    limit = limits["low"] if entry.role == "floor" else limits["high"]
    return words["clamp.stopped"].format(asked=_points(entry.asked), limit=limit)


def _let(entry: Entry, cells: Cells, language: Language) -> str:
    words = _WORDS[language]
    assert entry.expression is not None, "a let has a value"
    value = show_value(entry.expression.value, language, percent=entry.expression.percent)
    shown = show_expression(entry.expression, cells, language)
    key = "let" if shown == value else "let.value"
    return words[key].format(name=entry.name, expression=shown, value=value)


def _shown(expr: Expr | None, cells: Cells, language: Language) -> str:
    return "" if expr is None else show_computed(expr, cells, language)


def _points(quantity: Quantity | None) -> str:
    return "" if quantity is None else show_quantity(quantity)


def _ends(quantity: Quantity | None) -> tuple[str, str]:
    if quantity is None:
        return "?", "?"
    if isinstance(quantity, Fraction):
        return show(quantity), show(quantity)
    return (
        "-∞" if quantity.low is None else show(quantity.low),
        "∞" if quantity.high is None else show(quantity.high),
    )
