"""What a line of printed Chinese will turn out to be, read off its text before any token.

A rule in print begins with its condition (`… 的，`), a step with what is measured (`X 每低于 L S`): the scanner looks ahead for
the word that tells, outside quotes and brackets, so that the parser knows before the first name.
"""

from __future__ import annotations

import re

from steelyard.syntax.signs import NAME_QUOTES, QUOTES
from steelyard.values.units import KNOWN

BLANK = " \t\u3000\u00a0"
CUT_REACH = 16
"""Characters looked back or ahead around a word that is cut out of a run of letters."""
PLACE_IN_WORK = re.compile(r"(?:[（(][^（）()]*[）)])?第[^\s，,；;。]+")
_LEADING = re.compile(f"[{BLANK}]*")
RUN = re.compile(r"[^\W\d][\w·]*")
BEFORE_DIGIT = re.compile(
    rf"(?:小于或等于|大于或等于|小于等于|大于等于|未达到|未达|不达|不超过|不低于|不高于|不少于|不多于|超过|低于|高于|多于|少于|达到|等于|大于|小于|不足|不满)(?=[{BLANK}]*[0-9０-９])"
)
EACH_IN = re.compile("中的?每个")
OF_AMOUNT = re.compile(rf"的(?=[{BLANK}]*[0-9０-９])")
COUNTED = re.compile(
    r"[0-9０-９]|满分(?!\w)|[一二两三四五六七八九十](?:分(?!\w)|位小数|级(?!\w))|不得分(?!\w)"
    r"|[扣减加得计记](?:[0-9０-９]|满分(?!\w)|[一二两三四五六七八九十]分(?!\w))"
)
TABLE_WORD = re.compile(rf"(?:得分|计分|评分|扣分|加分)(?=[{BLANK}]*(?:$|[，,]))")
CHINESE_NUMERALS = {numeral: str(n) for n, numeral in enumerate("一二三四五六七八九十", 1)} | {"两": "2"}

EVERY = re.compile(
    "中?每(?:低于|降低|下降|减少|少于|低|少|高于|超过|增加|提高|多于|高|多|超|相差|偏差|有|发现|出现|发生|存在)"
)
"""A step or count, whose head the parser must know of before its first name."""
_COMPARED = re.compile(rf"(?:低于|高于|超过|不足|少于|多于)[{BLANK}]*[0-9０-９][0-9０-９.．%％]*[{BLANK}]*$")
_EXCEPTED = re.compile(r"(?:[^\W\d][\w·]*?|`[^`]+`|「[^」]+」)的除外")
_SKIPPED = re.compile(rf"[，,][{BLANK}]*(?:缺失|无法计算|不适用)$")
_SHORT_STEP = re.compile(rf"[，,][{BLANK}]*不足[^，,；;]*$")
_CONDITION_END = re.compile(rf"的(?=[{BLANK}]*(?:[，,]|扣|得|加|减|计|记|不|直接|一票))")


def condition_end(text: str, position: int, end: int) -> tuple[int | None, bool]:
    """The same in one piece of text; and whether the piece could be read to its end."""
    if text.find("的", position, end) < 0:
        return None, True
    depth = 0
    while position < end:
        c = text[position]
        if close := QUOTES.get(c) or NAME_QUOTES.get(c):
            found = text.find(close, position + 1, end)
            if found < 0:
                return None, False
            position = found
        elif c in "#＃":
            break
        elif c in "(（[［【":
            depth += 1
        elif c in ")）]］】":
            depth = max(0, depth - 1)
        elif depth == 0 and _CONDITION_END.match(text, position, end) and not _skip_answer(text, position, end):
            return position, True
        position += 1
    return None, True


def _skip_answer(text: str, position: int, end: int) -> bool:
    """`，缺失的不考核`: an answer behind a rule; `，不足 1 个百分点的，按 1 个百分点计算`: what a part of a step counts. Their 的 ends no
    condition."""
    before = text[max(0, position - CUT_REACH) : position]
    if text.startswith("不考核", position + 1, end):
        return _SKIPPED.search(before) is not None
    return _SHORT_STEP.search(before) is not None and "每" in text[text.rfind("\n", 0, position) + 1 : position]


def find_every(text: str, position: int, end: int) -> int | None:
    """The 每… of a step in this line, outside quotes and brackets and before its amount."""
    depth, start = 0, position
    while position < end:
        c = text[position]
        if close := QUOTES.get(c) or NAME_QUOTES.get(c):
            found = text.find(close, position + 1, end)
            if found < 0:
                return None
            position = found
        elif depth == 0 and c in "，," and _COMPARED.search(text, start, position):
            pass  # `执行率低于 95%，每低 1 个百分点扣 0.5 分`
        elif c in "#＃" or (depth == 0 and c in "，,；;。:："):
            return None
        elif c in "(（[［【":
            depth += 1
        elif c in ")）]］】":
            depth = max(0, depth - 1)
        elif depth == 0 and _begins_step(text, position, end):
            return position
        position += 1
    return None


def _begins_step(text: str, position: int, end: int) -> bool:
    """中每个 binds a row, and 以下每少一项 heads a checklist."""
    other = text.startswith("每个", position) or text.endswith("以下", 0, position)
    return EVERY.match(text, position, end) is not None and not other


def excepted(text: str, position: int, end: int) -> re.Match[str] | None:
    """`经批准的除外`: a name whose 的除外 exempts."""
    return _EXCEPTED.match(text, position, end)


def measure_at(text: str, start: int, end: int) -> int | None:
    """The end of a unit of measure written here, behind the size of a step (`每迟 3 天`, `every 2 days`)."""
    match = RUN.match(text, start, end)
    if match is None or text.startswith("个百分点", start):
        return None
    run = match.group()
    unit = run if run.isascii() else max((u for u in KNOWN if run.startswith(u)), key=len, default="")
    return start + len(unit) if unit in KNOWN else None


def leading(text: str, start: int, end: int) -> str:
    """The blanks a line begins with."""
    match = _LEADING.match(text, start, end)
    return match.group() if match else ""
