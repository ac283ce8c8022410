"""Printed forms that say less than a rule must: what each is called, and how it is written in full."""

from __future__ import annotations

import re

from steelyard.diagnostics.model import Diagnostic, Edit, Fix
from steelyard.source import Span
from steelyard.syntax import printed
from steelyard.syntax.habits import is_chinese, is_han, rest_of_line, write
from steelyard.syntax.printed import BLANK
from steelyard.syntax.tokens import ScannedToken

LONGEST_LINE = 400
"""Characters of a line that is looked at: none that a person wrote is longer."""


def printed_form(token: ScannedToken, accepted: frozenset[str], *, first: bool) -> Diagnostic | None:
    """The form that the line of an unexpected token has, if it is one of these."""
    line = token.source.line(token.source.position(token.start_pos or 0)[0])
    if len(line) > LONGEST_LINE:
        return None
    statement = first and "CHECK" in accepted
    return (
        (other_case(token) or trimmed(token) if statement else None)
        or nameless_count(token)
        or vague(token)
        or between(token)
        or tiers(token)
        or (name_with_signs(token, field="_COLON" in accepted) if not statement else None)
    )


# ---- `otherwise deduct 1` on a line of its own

_OTHER_CASE = re.compile(
    r"(?:(?P<en>otherwise|else)(?!\w)[ \t]*,?[ \t]*(?=(?:deduct|award|score)\b)"
    rf"|(?P<zh>其[他余](?:情[况形])?|否则)[{BLANK}]*的?[{BLANK}]*[，,]?[{BLANK}]*(?=[扣减加得计记不]))(?P<rest>.*)"
)
_VERB = re.compile(r"\b(?:deduct|award|score)\b|[扣减加得计记不]")


def other_case(token: ScannedToken) -> Diagnostic | None:
    """The fix joins it to the rule on the line before."""
    rest = rest_of_line(token).rstrip()
    match = _OTHER_CASE.fullmatch(rest)
    if match is None:
        return None
    source, start = token.source, token.start_pos or 0
    word = match["en"] or match["zh"]
    span = Span(source, start, start + len(word))
    before = source.text[:start].rstrip()
    line = before[before.rfind("\n") + 1 :]
    if not _VERB.search(line) or "#" in line or "＃" in line:
        return Diagnostic("S223", {"word": word}, span)
    text = f"，其余{match['rest']}" if match["zh"] else f", otherwise {match['rest']}"
    whole = Span(source, len(before.rstrip("；;。,，")), start + len(rest))
    return Diagnostic("S223", {"word": word}, span, fixes=(Fix("write", (Edit(whole, text),), {"text": text}),))


_TRIMMED = re.compile(r"(?:去[掉除]|剔除)[^，,]*最高[^，,]*最低[^，,]*")


def trimmed(token: ScannedToken) -> Diagnostic | None:
    """`去掉一个最高分和一个最低分后取平均`: it says how reviewers' scores are taken together, behind who gives them."""
    rest = rest_of_line(token).rstrip().rstrip("；;。")
    if not _TRIMMED.fullmatch(rest):
        return None
    start = token.start_pos or 0
    span = Span(token.source, start, start + len(rest))
    mean = "" if "平均" in rest else "取平均，"
    return Diagnostic(
        "S202",
        {"word": rest},
        span,
        fixes=(write(f"由评审打分，{mean}去掉一个最高分和一个最低分{'后取平均' if not mean else ''}", span),),
    )


_VAGUE = re.compile(
    rf"(?:^|[，,])[{BLANK}]*(?P<word>适度|适当|酌情)(?P<verb>[扣加减得])(?:减)?分?[{BLANK}]*[；;。]?[{BLANK}]*$"
)


def vague(token: ScannedToken) -> Diagnostic | None:
    """`未按期报送的，适度扣分`: how many points stands nowhere."""
    source = token.source
    number, _ = source.position(token.start_pos or 0)
    match = _VAGUE.search(source.line(number))
    if match is None:
        return None
    start = source.line_starts[number - 1] + match.start("word")
    span = Span(source, start, start + len(match["word"]))
    return Diagnostic("S201", {"expected": (f"`{match['verb']} 1 分`",), "found": match["word"]}, span)


# ---- `每次扣 1 分`, `每少一项，扣 1 分`: counted, but what?

_ACT = rf"[{BLANK}]*[，,]?[{BLANK}]*(?P<act>[扣加得减计记][{BLANK}]*(?:[0-9０-９][0-9０-９.．]*|[一二两三四五六七八九十]+)[{BLANK}]*分)"
_WORD = r"[^\W\d扣加得减计记]{1,2}?"
_NUMERAL = "(?:[0-9０-９]+|[一二两三四五六七八九十]+)"
NAMELESS_STEP = re.compile(rf"(?P<head>每{_WORD}[{BLANK}]*{_NUMERAL}[{BLANK}]*(?P<measure>{_WORD})){_ACT}")
_BEHIND = rf"(?:^|[的，,])[{BLANK}]*"
_NAMELESS = re.compile(_BEHIND + NAMELESS_STEP.pattern)
_NAMELESS_TIME = re.compile(rf"{_BEHIND}(?P<head>{printed.EACH_TIME.pattern}){_ACT}")


def nameless_count(token: ScannedToken) -> Diagnostic | None:
    """The fix names a column of the data, or heads a list of what is asked for."""
    source, start = token.source, token.start_pos or 0
    number, column = source.position(start)
    line, offset = source.line(number), source.line_starts[number - 1]
    for pattern in (_NAMELESS_TIME, _NAMELESS):
        match = pattern.search(line)
        if match is None or not match.start("head") <= column - 1 <= match.end():
            continue
        head = match["head"]
        measure = match["measure"] if pattern is _NAMELESS else head[1:]
        span = Span(source, offset + match.start("head"), offset + match.end("head"))
        return nameless(span, head, measure, match["act"])
    return None


def nameless(span: Span, head: str, measure: str, act: str) -> Diagnostic:
    """`每少一项`: a count that does not say of what, and what its line may be instead."""
    several = re.search(rf"{_NUMERAL}(?=[{BLANK}]*{measure}$)", head)
    written = printed.numeral_at(several.group(), 0, len(several.group())) if several else None
    count = written[0] if written else several.group() if several else "1"
    measure = "个月" if measure == "月" else measure
    counted = f"{measure.removeprefix('个')}数每有 {count} {measure}，{act}"
    listed = re.match("每(?:缺少|缺|少|漏|遗漏)", head) and count == "1"
    either = {"first": f"以下每少一项，{act}", "second": counted}
    fix = Fix("write-either", (), either) if listed else Fix("write", (), {"text": counted})
    return Diagnostic("S224", {"text": head}, span, fixes=(fix,))


# ---- `介于 80% 和 90% 之间`, `between 80% and 90%`

_END = r"(?P<{0}>[0-9０-９][0-9０-９.．]*[{1}]*[%％]?)[{1}]*[^\W\d]{{0,2}}?"
_BETWEEN_ZH = re.compile(
    rf"(?P<subject>[^\s，,；;（(]+?)?[{BLANK}]*(?:介于|处于|在)[{BLANK}]*{_END.format('low', BLANK)}[{BLANK}]*[和与至到—–~～-]+[{BLANK}]*"
    rf"{_END.format('high', BLANK)}[{BLANK}]*之间"
)
_BETWEEN_EN = re.compile(
    r"(?:(?P<subject>[^\W\d][\w.]*)\s+(?:is\s+)?)?between\s+(?P<low>[0-9][0-9.]*\s*%?)\s+and\s+(?P<high>[0-9][0-9.]*\s*%?)"
)
_RANGE_BETWEEN = re.compile(
    rf"(?P<subject>)(?:{_END.format('low', BLANK)})[{BLANK}]*[和与至到—–~～-]+[{BLANK}]*{_END.format('high', BLANK)}[{BLANK}]*之间"
)


def between(token: ScannedToken) -> Diagnostic | None:
    """Whether the two numbers are themselves between is not said. The fixes say it, with the second one out or in."""
    source, start = token.source, token.start_pos or 0
    number, column = source.position(start)
    line, offset = source.line(number), source.line_starts[number - 1]
    for pattern in (_BETWEEN_ZH, _BETWEEN_EN, _RANGE_BETWEEN):
        match = pattern.search(line)
        if match is None or not match.start() <= column - 1 <= match.end():
            continue
        subject, low, high = match["subject"], match["low"].strip(), match["high"].strip()
        chinese = is_han(match.group())
        sign = "≤" if chinese else "<="
        if subject:
            fixes = f"{low} {sign} {subject} < {high}", f"{low} {sign} {subject} {sign} {high}"
        elif chinese:
            fixes = f"{low}（含）—{high}", f"{low}（含）—{high}（含）"
        else:
            fixes = f"from {low} to below {high}", f"from {low} to {high}"
        span = Span(source, offset + match.start(), offset + match.end())
        fix = Fix("write-either", (), {"first": fixes[0], "second": fixes[1]})
        return Diagnostic("S225", {"low": low, "high": high}, span, fixes=(fix,))
    return None


# ---- `达到 3 的得 5 分，达到 2 的得 3 分`: a table on one line

_TIER = re.compile(
    rf"[，,；;][{BLANK}]*(?P<tier>(?:达到|不低于|不少于|超过|高于|大于|低于|不足|不满|小于|不超过|不高于|[<>≤≥])[{BLANK}]*[0-9０-９][^，,；;。]*?"
    rf"的?[，,]?[{BLANK}]*[扣加得计][{BLANK}]*[0-9０-９一二两三四五六七八九十][^，,；;。]*)"
)
_FIRST_CASE = re.compile(
    rf"[{BLANK}]*(?P<key>[^\W\d][\w·]*?)[{BLANK}]*(?:达到|不低于|不少于|超过|高于|大于|低于|不足|不满|小于|不超过|不高于|[<>≤≥])"
)
_GIVES = {"扣": "扣分", "加": "加分"}


def tiers(token: ScannedToken) -> Diagnostic | None:
    """The fix is the head of the table."""
    source, start = token.source, token.start_pos or 0
    number, column = source.position(start)
    line, offset = source.line(number), source.line_starts[number - 1]
    first = _FIRST_CASE.match(line)
    tier = next((m for m in _TIER.finditer(line) if m.start() <= column - 1 <= m.end()), None)
    if first is None or tier is None:
        return None
    verb = next((c for c in reversed(tier["tier"]) if c in "扣加得计"), "得")
    text = f"按 {first['key']} {_GIVES.get(verb, '得分')}"
    span = Span(source, offset + tier.start("tier"), offset + tier.end("tier"))
    return Diagnostic("S227", {"text": tier["tier"]}, span, fixes=(Fix("write", (), {"text": text}),))


# ---- names that hold signs

_PART_HEAD = re.compile(
    rf"[{BLANK}]*(?:部分|评分项|加分项|减分项|指标|section|criterion|bonus|penalty)[{BLANK}]+"
    r"(?P<name>[^\s，,“\"「`=：:]*[ ]?[、/／（(·&-][^，,“\"「`=：:]*?)"
    rf"[{BLANK}]*(?:[（(][^（）()]*分[^（）()]*[）)])?[{BLANK}]*(?:[，,“\"].*)?$"
)
_SHARE = re.compile(rf"[（(][{BLANK}]*[0-9０-９]")
_FIELD = re.compile(rf"[{BLANK}]*(?P<name>[^\W\d][^：:，,“\"「`]*?[、/／（(&-][^：:，,“\"「`]*?)[{BLANK}]*[：:].*")
_LISTED = re.compile(
    rf"(?P<name>[^\W\d][\w·]*(?:、[^\W\d][\w·]*?)+)(?=[{BLANK}]*(?:[<>=≤≥]|超过|低于|不|达到|高于|的))"
)


def name_with_signs(token: ScannedToken, *, field: bool) -> Diagnostic | None:
    """`评分项 组织、管理，10 分`, `税费（万元）：数值`: such a name stands in name quotes."""
    source, start = token.source, token.start_pos or 0
    number, column = source.position(start)
    line, offset = source.line(number), source.line_starts[number - 1]
    for pattern in (_PART_HEAD, *((_FIELD,) if field else ())):
        if match := pattern.fullmatch(line.rstrip()):
            break
    else:
        match = _LISTED.search(line) if str(token) == "、" else None
    if match is None or not match.start("name") <= column - 1 <= match.end():
        return None
    name = match["name"].strip()
    if _SHARE.search(name):
        return None
    text = f"「{name}」" if is_chinese(token) else f"`{name}`"
    span = Span(source, offset + match.start("name"), offset + match.start("name") + len(name))
    return Diagnostic("S226", {"text": name}, span, fixes=(write(text, span),))
