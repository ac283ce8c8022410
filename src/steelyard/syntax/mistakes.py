"""Syntax mistakes in an author's words: what stands there, what was expected, what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from steelyard.diagnostics.model import Diagnostic, Edit, Fact, Fix, Label, Words
from steelyard.diagnostics.nearest import nearest
from steelyard.source import Source, Span
from steelyard.syntax.forms import printed_form
from steelyard.syntax.habits import (
    ASSIGNMENT,
    bare_bound,
    bound_in_signs,
    cap_of_part,
    comma_before_verb,
    condition_without_de,
    is_chinese,
    is_compared,
    points_in_brackets,
    prose_condition,
    range_of_cells,
    rest_of_line,
    step_habit,
    value_without_colon,
    verb_behind_condition,
    verb_with_points,
    write,
)
from steelyard.syntax.keywords import keywords
from steelyard.syntax.tokens import DEDENT, END, INDENT, NEWLINE, ScannedToken
from steelyard.values.units import KNOWN

HIDDEN_LIMIT = 20

# Bidi controls can make a line read otherwise than it runs; zero-width and control characters hide in names.
_CHINESE_RULE = re.compile("的[ \t]*[，,]")
_ATTRIBUTE_WORDS = frozenset(
    s.text
    for s in keywords().spellings
    if s.terminal in ("UNDER", "ROUND", "EACH", "TOTAL", "BARE_RULE", "FEWER_BETTER")
)
_STATEMENT_WORDS = frozenset(s.text for s in keywords().spellings if s.kind == "statement")

_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]|\r(?!\n)"
)

# Several kinds may be expected; the first of these say it best.
_ORDER = (
    "statement", "share", "value", "name", "text", "type", "bound", "comparison", "operator", "attribute",
    "clause", "block", "line end", "sign",
)  # fmt: skip

_KIND_OF_SIGN = {
    "NAME": "name", "STRING": "text", "NUMBER": "value", "LPAR": "value", "MINUS": "operator", "PLUS": "operator",
    "STAR": "operator", "SLASH": "operator", "CARET": "operator", "PERCENT": "operator",
    "EQ": "comparison", "NE": "comparison", "LT": "comparison", "LE": "comparison", "GT": "comparison", "GE": "comparison",
    NEWLINE: "line end", INDENT: "block",
}  # fmt: skip

_EXACT_SIGNS = {
    "_COMMA": (",", "，"),
    "_COLON": (":", "："),
    "RPAR": (")", "）"),
    "EQ": ("=", "="),
    "RBRACKET": ("]", "】"),
}

# What a programmer or an office writes by habit, and what it is here.
_HABITS: dict[str, str] = {
    "else": "otherwise", "elif": "if", "elseif": "if", "when": "if", "then": ",",
    "minus": "deduct", "subtract": "deduct", "add": "award", "plus": "award", "penalty": "deduct",
    "否则": "其余", "若": "如果", "当": "如果", "那么": "，",
    "and": "且", "or": "或", "原因": "理由", "依照": "依据", "按照": "依据", "reason": "because", "since": "because",
    "int": "whole number", "integer": "whole number", "float": "number", "decimal": "number", "double": "number",
    "bool": "yes/no", "boolean": "yes/no", "string": "text", "str": "text", "percent": "number in %",
    "percentage": "number in %", "enum": "one of", "array": "list of", "list": "list of",
    "数字": "数值", "金额": "数值", "小数": "数值", "数量": "数值", "文字": "文本", "字符": "文本", "字符串": "文本",
    "布尔": "是否", "百分比": "数值，单位 %", "枚举": "取值", "清单": "列表", "表": "列表",
}  # fmt: skip


def hidden_characters(source: Source) -> tuple[Diagnostic, ...]:
    """Every hidden character of the text, each an error: nothing of such a file is read."""
    found = []
    for match in _HIDDEN.finditer(source.text):
        if match.start() == 0 and match.group() == "\ufeff":
            continue
        code = f"U+{ord(match.group()):04X}"
        found.append(Diagnostic("S104", {"character": code}, Span(source, match.start(), match.end())))
        if len(found) == HIDDEN_LIMIT:
            break
    return tuple(found)


def explain_mistake(
    token: ScannedToken, accepted: frozenset[str], before: ScannedToken | None, *, first: bool
) -> Diagnostic:
    """The diagnostic for a token that does not fit after `before`, where only `accepted` terminals fit."""
    assert token.start_pos is not None and token.end_pos is not None, "the scanner gives both"
    span = Span(token.source, token.start_pos, token.end_pos)
    layout = token.type in (NEWLINE, INDENT, DEDENT, END)
    if INDENT in accepted and accepted <= {INDENT, "ERR"}:
        return Diagnostic("S203", span=_line_before(token))
    if token.type == INDENT:
        return Diagnostic("S204", span=_first_word(token))
    if layout:
        span = _end_of_text(token)
    if token.type == "RPAR" and before is not None and not _open_bracket(token):
        return Diagnostic("S208", {"sign": str(token)}, span)
    word = "" if layout else str(token.source.text[token.start_pos : token.end_pos])
    if form := printed_form(token, accepted, first=first):
        return form
    if token.type in ("NUMBER", "MINUS") and "RANGE" in accepted:
        return Diagnostic("S209", {"found": word}, span, fixes=(write("—", span),))
    if (dash := _dash_before(token)) and "RANGE" in accepted:
        return Diagnostic("S209", {"found": "-"}, dash, fixes=(write("—", dash),))
    if "RPAR" in accepted and layout and (opening := _unclosed(token)):
        return Diagnostic("S210", {"expected": ("`)`",)}, span, labels=(Label(opening, "opened-here"),))
    if (
        habit := cap_of_part(token)
        or range_of_cells(token)
        or verb_with_points(token)
        or step_habit(token)
        or is_compared(token)
    ):
        return habit
    if token.type == "RPAR" and before is not None and before.type == "NUMBER" and "FEN" in accepted:
        return points_in_brackets(token)
    if layout and "BARE_ABOVE" in accepted and (habit := value_without_colon(token)):
        return habit
    fixes = _suggestions(word, accepted, span)
    if (
        token.type == "NUMBER"
        and "_COMMA" in accepted
        and "PLUS" not in accepted
        and before is not None
        and before.type in ("NAME", "STRING")
    ):
        fixes = (write(f"，{word}" if is_chinese(token) else f", {word}", span),)
    if token.type == "_COLON" and "_COMMA" in accepted and "PLUS" not in accepted:
        fixes = (write("，" if is_chinese(token) else ",", span),)
    under_a_rule = first and "BECAUSE" in accepted and "CHECK" not in accepted
    if under_a_rule and (word in _STATEMENT_WORDS or _CHINESE_RULE.search(rest_of_line(token))):
        return Diagnostic("S204", span=span)
    if token.type == "NAME" and before is not None and before.type == "NUMBER" and word in KNOWN:
        whole = Span(token.source, before.start_pos or 0, span.end)
        return Diagnostic("S217", {"text": whole.text, "unit": word}, whole, fixes=(write(str(before), whole),))
    if token.type != "LPAR" and (bare := bare_bound(token)):
        return bare
    if first and token.type == "NAME" and (habit := prose_condition(token) or verb_behind_condition(token)):
        return habit
    if first and token.type == "NAME" and "CHECK" in accepted and ASSIGNMENT.match(rest_of_line(token)):
        rest = rest_of_line(token).rstrip()
        whole = Span(token.source, span.start, span.start + len(rest))
        let = "设" if is_chinese(token) else "let"
        return Diagnostic("S202", {"word": word}, span, fixes=(write(f"{let} {rest}", whole),))
    if (comma := comma_before_verb(token)) and "_COMMA" in accepted and "PLUS" in accepted:
        return Diagnostic("S201", {"expected": ("`,`",), "found": word}, span, fixes=(write(comma, span),))
    if "FROM" in accepted and (bound := bound_in_signs(token)):
        return Diagnostic(
            "S201", {"expected": _expected(accepted, token), "found": word}, span, fixes=(write(bound, span),)
        )
    attribute = next((a for a in _ATTRIBUTE_WORDS if word == a or (not a.isascii() and word.startswith(a))), None)
    if first and attribute is not None and "CHECK" in accepted:
        fixes = ()
        if attribute == "保留":
            # `保留两位小数，四舍五入` at the end of a scheme: of the total.
            rest = rest_of_line(token).rstrip()
            fixes = (write(f"总分{rest}", Span(token.source, span.start, span.start + len(rest))),)
        return Diagnostic("S221", {"word": attribute}, span, fixes=fixes)
    if before is not None and before.type == "TOTAL" and word in _ATTRIBUTE_WORDS:
        return Diagnostic("S221", {"word": str(before)}, Span(token.source, before.start_pos or 0, span.end))
    if before is not None and before.type == "TOTAL" and word.startswith(("保留", "round")):
        return Diagnostic("S221", {"word": str(before)}, Span(token.source, before.start_pos or 0, span.end))
    if first and token.type == "NAME" and (missing := condition_without_de(token)):
        return missing
    if token.type == "NAME" and before is not None and before.type == "NAME" and "_COLON" in accepted:
        whole = Span(token.source, before.start_pos or 0, span.end)
        typed = any(s.text == word and s.kind == "type" for s in keywords().spellings)
        joined = f"{before} {'：' if is_chinese(token) else ': '}{word}" if typed else f"{before}_{word}"
        return Diagnostic("S218", {"text": whole.text}, whole, fixes=(write(joined, whole),))
    if first and word and "CHECK" in accepted and token.type == "NAME":
        return Diagnostic("S202", {"word": word}, span, fixes=fixes)
    facts: dict[str, Fact] = {"expected": _expected(accepted, token), "found": word}
    return Diagnostic("S201" if word else "S210", facts, span, fixes=fixes)


def _expected(accepted: Iterable[str], token: ScannedToken) -> tuple[str | Words, ...]:
    """Two or three words of the author's own vocabulary."""
    accepted = set(accepted)
    if "FROM" not in accepted:
        accepted.discard("OTHERWISE")  # Here the other case of a rule, which is a clause.
    table = keywords().kinds()
    kinds = {kind for terminal in accepted if (kind := table.get(terminal) or _KIND_OF_SIGN.get(terminal))}
    if "TYPE" in accepted:
        return (Words("type"), *((Words("line end"),) if NEWLINE in accepted else ()))
    if accepted & {"NUMBER"}:
        kinds -= {"name", "text", "operator"} if "NAME" in accepted else set()
        kinds.add("value")
    elif "value" in kinds:
        kinds.discard("value")
    if "WEIGHT" not in accepted:
        kinds.discard("share")  # Only the 分 behind an amount, which may be left out.
    if "CHECK" not in accepted:
        kinds.discard("statement")  # Only `for each` inside a line.
    if "BECAUSE" not in accepted:
        kinds.discard("clause")  # Only `by`.
    if "PLUS" not in accepted:
        kinds.discard("comparison")  # Only words such as `below`, with no value in front of them.
    if "statement" in kinds:
        kinds -= {"clause", "share", "value"}
    exact = [signs[0] for terminal, signs in _EXACT_SIGNS.items() if terminal in accepted]
    if "comparison" in kinds and "=" in exact:
        exact.remove("=")
    ordered = [kind for kind in _ORDER if kind in kinds and kind != "sign"]
    words: list[str | Words] = [Words(kind) for kind in ordered[:3]]
    if "`,`" not in words and "," in exact and "PLUS" not in accepted:
        exact.remove(",")
        words = ["`,`", *words][:3]
    if exact and (len(words) < 2 or exact[0] in (":", ")", "]")):
        words = [*(f"`{sign}`" for sign in exact[:2]), *words][:3]
    if not words:
        spelt = [s for s in keywords().spellings if s.terminal in accepted]
        own = [s for s in spelt if s.language == ("zh" if is_chinese(token) else "en")]
        words.extend(f"`{s.text}`" for s in (own or spelt)[:3])
    return tuple(words)


def _suggestions(word: str, accepted: frozenset[str], span: Span) -> tuple[Fix, ...]:
    if not word:
        return ()
    candidates = [s.text for s in keywords().spellings if s.terminal in accepted]
    habit = _HABITS.get(word.lower())
    if habit and (
        habit in candidates or habit in ",，" or ("TYPE" in accepted and habit.startswith(("number", "数值")))
    ):
        return (write(habit, span),)
    near = nearest(word, candidates)
    following = re.compile(r"\S+\s+[^\W\d]+").match(span.source.text, span.start)
    if near is None and following and (near := nearest(following.group(), [c for c in candidates if " " in c])):
        span = Span(span.source, span.start, following.end())
    if near is None and len(word) > 2:
        # A glued Chinese word: a wrong keyword with what follows it.
        chinese = [c for c in candidates if len(c) > 1 and not c.isascii()]
        near = next((c for c in sorted(chinese, key=len, reverse=True) if word.startswith(c)), None)
    return (Fix("did-you-mean", (Edit(span, near),), {"name": near}),) if near else ()


def _end_of_text(token: ScannedToken) -> Span:
    """The place right after the last thing written before the token: where something is missing."""
    text = token.source.text
    end = token.start_pos or 0
    if token.type in (INDENT, DEDENT, END):
        end = len(text[:end].rstrip())
    end = len(text[:end].rstrip(" \t\u3000"))
    return Span(token.source, end, min(end + 1, len(text)) if end < len(text) and text[end] not in "\r\n" else end)


def _line_before(token: ScannedToken) -> Span:
    """The header line that needs a block, the last line with text before the token."""
    source = token.source
    start = token.start_pos or 0
    end = len(source.text[: source.line_starts[source.position(start)[0] - 1]].rstrip())
    if token.type == END:
        end = len(source.text.rstrip())
    line_start = source.line_starts[source.position(max(0, end - 1))[0] - 1]
    blanks = len(source.text[line_start:end]) - len(source.text[line_start:end].lstrip())
    return Span(source, line_start + blanks, end)


def _first_word(token: ScannedToken) -> Span:
    source, start = token.source, token.end_pos or 0
    match = re.compile(r"\S+").match(source.text, start)
    return Span(source, start, match.end() if match else start)


def _dash_before(token: ScannedToken) -> Span | None:
    """A hyphen between two numbers on this line before the token: a range written with the minus sign."""
    source = token.source
    start = source.line_starts[source.position(token.start_pos or 0)[0] - 1]
    pattern = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”|[0-9０-９%％分）]\s*([-－−])\s*[0-9０-９]")
    found = (match for match in pattern.finditer(source.text, start, token.end_pos or 0) if match[1])
    match = next(found, None)
    return Span(source, match.start(1), match.end(1)) if match else None


def _unclosed(token: ScannedToken) -> Span | None:
    """The innermost bracket of this line that is not closed before the token."""
    source = token.source
    end = len(source.text[: token.start_pos].rstrip())
    start = source.line_starts[source.position(max(0, end - 1))[0] - 1]
    opened = []
    for offset in range(start, end):
        if source.text[offset] in "(（":
            opened.append(offset)
        elif source.text[offset] in ")）" and opened:
            opened.pop()
    return Span(source, opened[-1], opened[-1] + 1) if opened else None


def _open_bracket(token: ScannedToken) -> bool:
    source = token.source
    start = source.line_starts[source.position(token.start_pos or 0)[0] - 1]
    before = source.text[start : token.start_pos]
    return sum(before.count(c) for c in "(（") > sum(before.count(c) for c in ")）")
