"""Forms of prose, spreadsheets and other languages that authors write by habit, and what each is here."""

from __future__ import annotations

import re

from steelyard.diagnostics.model import Diagnostic, Edit, Fact, Fix, Words
from steelyard.source import Source, Span
from steelyard.syntax.tokens import ScannedToken

_PROSE_CONDITION = re.compile(
    r"(?:(?P<word>若是|凡是|若|当(?=[^，,]*时\s*[，,]))\s*|(?P<apart>如|凡|当)\s+)(?P<condition>.*?)\s*(?:时|的)?\s*[，,]\s*(?P<action>[扣加得减计记].*)"
)
ASSIGNMENT = re.compile(r"[^\W\d][\w·]*\s*[=＝]\s*[^=＝\s，,][^，,]*$")
_BOUNDS = {
    "GE": ("from {}", "{}（含）以上"),
    "GT": ("above {}", "超过 {}"),
    "LT": ("below {}", "低于 {}"),
    "LE": ("up to {}", "不超过 {}"),
}
_BARE_BOUND = re.compile(
    r"(?P<span>(?:在|达到)?\s*(?P<number>[0-9][0-9.]*(?:\s*[%％])?))\s*[^\W\d]{0,2}?\s*(?P<word>以上|以下|以内)"
)


def is_han(text: str) -> bool:
    """Is any of it Chinese?"""
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def rest_of_line(token: ScannedToken) -> str:
    line, column = token.source.position(token.start_pos or 0)
    return token.source.line(line)[column - 1 :]


def bare_bound(token: ScannedToken) -> Diagnostic | None:
    """`执行率在 80% 以上的`: in a condition too, 以上 does not say whether it includes its number."""
    source, start = token.source, token.start_pos or 0
    line_number, column = source.position(start)
    offset = source.line_starts[line_number - 1]
    for match in _BARE_BOUND.finditer(source.line(line_number)):
        if match.start() <= column - 1 <= match.end():
            span = Span(source, offset + match.start("span"), offset + match.end())
            inclusive, exclusive = ("达到", "超过") if match["word"] == "以上" else ("不超过", "低于")
            first, second = f"{inclusive} {match['number']}", f"{exclusive} {match['number']}"
            fix = Fix("write-either", facts={"first": first, "second": second})
            return Diagnostic("S219", {"word": match["word"], "number": match["number"]}, span, fixes=(fix,))
    return None


def prose_condition(token: ScannedToken) -> Diagnostic | None:
    """`若 甲 < 1，扣 10 分`, `当 甲 < 1 时，扣 10 分`: words of prose around a condition."""
    rest = rest_of_line(token).rstrip()
    match = _PROSE_CONDITION.fullmatch(rest)
    if match is None:
        return None
    start = token.start_pos or 0
    word = match["word"] or match["apart"]
    text = f"如果 {match['condition']}，{match['action']}"
    edit = Edit(Span(token.source, start, start + len(rest)), text)
    span = Span(token.source, start, start + len(word))
    return Diagnostic("S202", {"word": word}, span, fixes=(Fix("write", (edit,), {"text": text}),))


def comma_before_verb(token: ScannedToken) -> str | None:
    """`if a > 1 deduct 2`: the comma that belongs before the verb."""
    line, column = token.source.position(token.start_pos or 0)
    head = token.source.line(line)[: column - 1].strip()
    verb = re.compile(r"deduct|award|score|扣除|扣减|扣|减|加|得|计|记").match(rest_of_line(token))
    if verb is None or not head.startswith(("if ", "如果")):
        return None
    return f"，{token}" if is_chinese(token) else f", {token}"


def bound_in_signs(token: ScannedToken) -> str | None:
    """`优：≥90`: a grade's bound in signs, in words."""
    number = re.compile(r"[^0-9]*([0-9][0-9.]*)").match(rest_of_line(token))
    words = _BOUNDS.get(token.type)
    if number is None or words is None:
        return None
    return words[is_chinese(token)].format(number[1])


def condition_without_de(token: ScannedToken) -> Diagnostic | None:
    """`甲 < 1，扣 10 分`: the condition of a Chinese rule that lost its 的."""
    source, start = token.source, token.start_pos or 0
    line = source.line(source.position(start)[0])[source.position(start)[1] - 1 :]
    match = re.compile(
        r"((?:[^，,“”\"]|“[^”]*”|\"[^\"]*\")*?)\s*([，,]\s*(?:(?:扣|加|得|减|计|记)\s*[^\W\d]*\s*[0-9０-９].*"
        r"|(?:扣|得)满分.*|(?:本项)?不得分.*|不考核.*|一票否决.*|(?:直接)?[判评]为.*|不得评.*))"
    ).fullmatch(line)
    if match is None or match[1] in ("否则", "其他", "其余") or any(c in match[1] for c in "？?！!；;。"):
        return None
    if match[1].startswith("每"):
        return None  # A count without what is counted, no condition.
    blank = " " if match[1][-1:].isascii() else ""
    comma = start + match.start(2)
    text = f"{match[1]}{blank}的{match[2]}"
    edit = Edit(Span(source, start, start + len(line)), text)
    return Diagnostic("S216", span=Span(source, start, comma + 1), fixes=(Fix("write", (edit,), {"text": text}),))


_VERB_BEHIND_CONDITION = re.compile(
    r"(?P<condition>[^\W\d][\w·]*\s*(?:[<>=≤≥≦≧＜＞＝]=?|不?(?:超过|高于|低于|少于)|达到|不足)\s*[0-9０-９][0-9０-９.．]*\s*[%％]?)"
    r"(?P<blank>\s*)(?P<act>[扣加得减计记]\s*[0-9０-９][0-9０-９.．]*\s*分)(?P<rest>.*)"
)


def verb_behind_condition(token: ScannedToken) -> Diagnostic | None:
    """`控制率<=100% 计5分; 每超过…`: the comma, or 的 and the comma, that belong before the verb."""
    match = _VERB_BEHIND_CONDITION.fullmatch(rest_of_line(token))
    if match is None:
        return None
    start = (token.start_pos or 0) + match.end("condition")
    span = Span(token.source, start, start + len(match["blank"] + match["act"]))
    beyond = match["act"][0] in "得计记" and re.match(r"\s*[；;，,。]\s*每", match["rest"])
    text = f"，{match['act']}" if beyond else f" 的，{match['act']}"
    facts: dict[str, Fact] = {"expected": ("`，`" if beyond else "`的`",), "found": match["act"]}
    return Diagnostic("S201", facts, span, fixes=(write(text, span),))


def verb_with_points(token: ScannedToken) -> Diagnostic | None:
    """`扣分 5`: the word of a table's column where the verb belongs."""
    source, start = token.source, token.start_pos or 0
    line_start = source.line_starts[source.position(start)[0] - 1]
    match = re.compile(r"(?:^|[\s①-⑳，,])(扣分|减分|加分|得分)\s*$").search(source.text[line_start:start])
    if match is None:
        return None
    span = Span(source, line_start + match.start(1), line_start + match.end(1))
    return Diagnostic("S202", {"word": match[1]}, span, fixes=(write(match[1][0], span),))


_CAP_OF_PART = re.compile(
    r"\s*(?:(?:部分|评分项|加分项|减分项)\s*[^，,]+[，,]\s*(?P<zh>(?:总?[加扣减得]分)?(?:不得?超过|不高于|不多于))"
    r"|(?:section|criterion|bonus|penalty)\s[^,]+,\s*(?P<en>at\s+most|not\s+above|no\s+more\s+than))\s*[0-9０-９]"
)


def cap_of_part(token: ScannedToken) -> Diagnostic | None:
    """`加分项 创新，加分不超过 4 分`, `bonus ideas, at most 4 points`: what a part may reach has one word in its head."""
    source, start = token.source, token.start_pos or 0
    number, column = source.position(start)
    match = _CAP_OF_PART.match(source.line(number))
    if match is None:
        return None
    kind, word = ("zh", "最高") if match["zh"] else ("en", "up to")
    if not match.start(kind) <= column - 1 <= match.end(kind):
        return None
    offset = source.line_starts[number - 1]
    span = Span(source, offset + match.start(kind), offset + match.end(kind))
    return Diagnostic("S201", {"expected": (f"`{word}`",), "found": span.text}, span, fixes=(write(word, span),))


_CELLS = re.compile(r"(?P<function>[^\W\d]+)\s*[(（]\s*(?P<cells>[A-Za-z]{1,3}[0-9]+\s*[:：]\s*[A-Za-z]{1,3}[0-9]+)")
_OVER_CELLS = {
    "average": ("average", "平均"),
    "avg": ("average", "平均"),
    "max": ("highest", "最高"),
    "min": ("lowest", "最低"),
}
_CHINESE_OVER_CELLS = {"平均": "平均", "取大": "最高", "最高": "最高", "取小": "最低", "最低": "最低"}


def range_of_cells(token: ScannedToken) -> Diagnostic | None:
    """`SUM(A1:A3)`: a sheet's cells have no names here; the rows of a list have."""
    source, start = token.source, token.start_pos or 0
    number, column = source.position(start)
    line, offset = source.line(number), source.line_starts[number - 1]
    for match in _CELLS.finditer(line) if token.type == "_COLON" else ():
        if match.start("cells") <= column - 1 < match.end("cells"):
            english, chinese = _OVER_CELLS.get(match["function"].lower(), ("sum", "合计"))
            chinese = _CHINESE_OVER_CELLS.get(match["function"], chinese)
            text = f"{chinese}(项.分值 对 各项 中每个 项)" if is_han(line) else f"{english}(row.points for row in rows)"
            span = Span(source, offset + match.start("cells"), offset + match.end("cells"))
            facts: dict[str, Fact] = {"expected": (Words("type.list"),), "found": span.text}
            return Diagnostic("S201", facts, span, fixes=(Fix("no-cells", (), {"text": text}),))
    return None


_COMPARED = {"less": "below", "fewer": "below", "lower": "below", "below": "below", "at most": "<=", "at least": ">="}
_IS_COMPARED = re.compile(
    r"\bis\s+(?:(less|fewer|lower|more|greater|higher)\s+than|(below|above|at\s+least|at\s+most))(?=\s)"
)


def is_compared(token: ScannedToken) -> Diagnostic | None:
    """`rate is below 95%`, `doctors is less than 1`: the comparison stands without `is`."""
    number, column = token.source.position(token.start_pos or 0)
    offset = token.source.line_starts[number - 1]
    for match in _IS_COMPARED.finditer(token.source.line(number)):
        if match.start() < column - 1 <= match.end() + 1:
            word = _COMPARED.get(" ".join((match[1] or match[2]).split()), "above")
            span = Span(token.source, offset + match.start(), offset + match.end())
            facts: dict[str, Fact] = {"expected": (Words("comparison"),), "found": match.group()}
            return Diagnostic("S201", facts, span, fixes=(write(word, span),))
    return None


_COUNT_WITHOUT_WORD = re.compile(r"每\s*([0-9０-９]+\s*[^\W\d])")
_GLUED_VERB = re.compile(
    r"[^\W\d]*?[^\W\d扣加得减计记]([扣加得减计记]\s*(?:[0-9０-９][0-9０-９.．]*|[一二两三四五六七八九十])\s*分?)"
)


def step_habit(token: ScannedToken) -> Diagnostic | None:
    """`违规数每 1 例` without 有, `每发现 1 例违规扣 1 分` in one piece."""
    source, start = token.source, token.start_pos or 0
    number, column = source.position(start)
    line, offset = source.line(number), source.line_starts[number - 1]
    if (count := _COUNT_WITHOUT_WORD.search(line, column - 1)) and count.start() < column + len(str(token)):
        span = Span(source, offset + count.start(), offset + count.end())
        return Diagnostic(
            "S201", {"expected": ("`每有`",), "found": count.group()}, span, fixes=(write(f"每有 {count[1]}", span),)
        )
    for match in _GLUED_VERB.finditer(line):
        if "每" in line[: match.start(1)] and match.start(1) < column - 1:
            span = Span(source, offset + match.start(1), offset + match.end(1))
            return Diagnostic(
                "S201", {"expected": ("`，`",), "found": match[1]}, span, fixes=(write(f"，{match[1]}", span),)
            )
    return None


_EXHAUSTED = re.compile(r"(?P<run>完(?:[^\W\d]*?为止)?)(?!\w)")


def exhausted(source: Source, start: int) -> Diagnostic | None:
    """`…不符合要求扣1分, 扣完为止`, `扣完本项分值为止`: what ends behind a verb as 扣完为止 does is no name."""
    if not source.text.startswith("扣完", start - 1):
        return None
    number, column = source.position(start)
    line, offset = source.line(number), source.line_starts[number - 1]
    match = _EXHAUSTED.match(line, column - 1)
    if match is None:
        return None
    for glued in _GLUED_VERB.finditer(line, 0, column - 2):
        span = Span(source, offset + glued.start(1), offset + glued.end(1))
        return Diagnostic(
            "S201", {"expected": ("`，`",), "found": glued[1]}, span, fixes=(write(f"，{glued[1]}", span),)
        )
    span = Span(source, start - 1, offset + match.end())  # With the verb.
    return Diagnostic("S228", {"text": span.text}, span)


def glued_amount(name: str, span: Span) -> Diagnostic | None:
    """`不符合要求扣1分` as one name: the rule lost the comma before its verb."""
    match = _GLUED_VERB.fullmatch(name)
    if match is None or span.text != name:
        return None
    at = Span(span.source, span.start + match.start(1), span.end)
    return Diagnostic("S201", {"expected": ("`，`",), "found": match[1]}, at, fixes=(write(f"，{match[1]}", at),))


_VALUE_BEHIND_COMMA = re.compile(r"([，,])\s*[0-9０-９][0-9０-９.．]*\s*分\s*[；;。]?\s*$")


def value_without_colon(token: ScannedToken) -> Diagnostic | None:
    """`≥90%，5分`: the value of a row behind a comma, which only a verb may follow."""
    source, start = token.source, token.start_pos or 0
    number = source.position(max(0, start - 1))[0]
    match = _VALUE_BEHIND_COMMA.search(source.line(number))
    if match is None:
        return None
    span = Span(source, source.line_starts[number - 1] + match.start(1), source.line_starts[number - 1] + match.end(1))
    return Diagnostic("S201", {"expected": ("`:`",), "found": match[1]}, span, fixes=(write("：", span),))


def points_in_brackets(token: ScannedToken) -> Diagnostic:
    """`评分项 台账（10）`: the points of a part, without their word."""
    span = Span(token.source, token.start_pos or 0, token.end_pos or 0)
    word = " 分" if is_chinese(token) else " points"
    facts: dict[str, Fact] = {"expected": (f"`{word.strip()}`",), "found": span.text}
    return Diagnostic("S201", facts, span, fixes=(write(f"{word}{span.text}", span),))


def is_chinese(token: ScannedToken) -> bool:
    line = token.source.line(token.source.position(token.start_pos or 0)[0])
    return is_han(line)


def write(text: str, span: Span) -> Fix:
    return Fix("write", (Edit(span, text),), {"text": text})
