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
BEHIND_WORK = re.compile(
    rf"(?:[^\s，,；;。“\"#＃]|[{BLANK}]*[第附])[^\s，,；;。“\"#＃]*(?:[{BLANK}]+[0-9０-９A-Za-z第附（(《][^\s，,；;。“\"#＃]*)*"
)
"""`依据 《办法》附 2`, `《办法》（试行）附件3 第二条`: the place in a work, where an authority stands."""
NAMES_WORK = re.compile(rf"(?:依据|根据|under|authority)[{BLANK}]*[:：]?[{BLANK}]*$")
_LEADING = re.compile(f"[{BLANK}]*")
RUN = re.compile(r"[^\W\d][\w·]*")
BEFORE_DIGIT = re.compile(
    rf"(?:小于或等于|大于或等于|小于等于|大于等于|未达到|未达|不达|不超过|不低于|不高于|不少于|不多于|超过|低于|高于|多于|少于|达到|等于|大于|小于|不足|不满)(?=[{BLANK}]*[0-9０-９])"
)
EACH_IN = re.compile("中的?每个")
OF_AMOUNT = re.compile(rf"的(?=[{BLANK}]*[0-9０-９])")
COUNTED = re.compile(
    r"[0-9０-９]|满分(?!\w)|[一二两三四五六七八九十百]{1,3}(?:分(?!\w)|位小数|位(?!\w)|级(?!\w))|不得分(?!\w)|(?:取|计算|的)平均|取中位数"
    rf"|[扣减加得计记][{BLANK}]*(?:[0-9０-９]|满分(?!\w)|[一二两三四五六七八九十百]{{1,3}}分(?!\w))"
)
TABLE_WORD = re.compile(rf"(?:得分|计分|评分|扣分|加分)(?=[{BLANK}]*(?:$|[，,]))")
_DIGITS = {numeral: n for n, numeral in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_LETTERS = frozenset("一二两三四五六七八九十")
_NUMERAL = re.compile("([二三四五六七八九]?)(十)([一二三四五六七八九]?)|[一二两三四五六七八九]|一百")

_EACH_TIME = (
    rf"[每按](?:人次|[次月年天日件例项处起份个条篇人期季周])"
    rf"(?=[{BLANK}]*[，,]?[{BLANK}]*[扣减加得计记][{BLANK}]*(?:[0-9０-９]|满分|[一二两三四五六七八九十百]{{1,3}}分))"
)
EVERY = re.compile(
    "中?每(?:低于|降低|下降|减少|少于|低|少|高于|超过|增加|提高|多于|高|多|超|相差|偏差"
    "|有|发现|出现|发生|存在|逾期|延迟|迟|缺|漏|查出)"
    f"|{_EACH_TIME}"
)
"""A step or count, whose head the parser must know of before its first name."""
_MEASURES = re.compile("个(?:月|季度|年度|工作日|自然日|小时|人次)")
EACH_TIME = re.compile(_EACH_TIME)
"""`迟报次数每次扣 1 分`, `按月扣 5 分`: each one of a count, by its word of measure alone."""
BOUND = re.compile(
    rf"在?(?=[{BLANK}]*[0-9０-９][0-9０-９.．]*[{BLANK}]*[%％]?[{BLANK}]*(?:[（(]不?含[）)]以[上下内]|以[上下][（(]不?含[）)]|及以[上下]))"
)
"""`执行率在 90%（含）以上的`: a printed bound behind what it bounds."""
WITHIN_DAYS = re.compile(
    rf"(?<![存现所正])在(?![建职岗校编册线])(?=[^，,；;。（）()\s]+后[{BLANK}]*[0-9０-９]+[{BLANK}]*[日天]内)"
)
AFTER_DAY = re.compile(rf"后(?=[{BLANK}]*[0-9０-９]+[{BLANK}]*[日天]内)")
"""`纠正日在认定日后3日内`"""
_BETWEEN_TWO = re.compile("[与和]")
_COMPARED = re.compile(rf"(?:低于|高于|超过|不足|少于|多于)[{BLANK}]*[0-9０-９][0-9０-９.．%％]*[{BLANK}]*$")
_EXCEPTED = re.compile(r"(?:[^\W\d][\w·]*?|`[^`]+`|「[^」]+」)的除外")
_OTHERWISE = re.compile(rf"(?:^|[，,；;\n])[{BLANK}]*(?:其[他余](?:情[况形])?|否则)$")
OTHER_CASE = re.compile(rf"[{BLANK}]*(?:其[他余](?!\w*[{BLANK}]*[<>=≤≥])|否则|otherwise\b)")
_SKIPPED = re.compile(rf"[，,][{BLANK}]*(?:缺失|无法计算|不适用)$")
_SHORT_STEP = re.compile(rf"[，,][{BLANK}]*不足[^，,；;]*$")
_CONDITION_END = re.compile(rf"的(?=[{BLANK}]*(?:[，,]|扣|得|加|减|计|记|不|直接|一票))")


_BEYOND = rf"(?:每(?:低于|降低|下降|减少|少于|低|少|高于|超过|增加|提高|多于|高|多|超)(?!个)|for[{BLANK}]+every\b)"
BEYOND_BEHIND = re.compile(rf"[；;，,。][{BLANK}]*(?={_BEYOND})")
BEYOND_LINE = re.compile(_BEYOND)
"""`…，计 5 分；每超过一个百分点扣 0.5 分`, on the line or on the next one: what is taken beyond the bound of the points before."""
_WITHIN_BOUND = re.compile(
    rf"(?:[^\W\d][\w·]*|`[^`\n]+`|「[^」\n]+」)[{BLANK}]*(?:[<>=≤≥≦≧＜＞＝]=?|不超过|不高于|不多于|不低于|不少于|低于|少于|高于|多于|超过|达到|等于)"
    rf"[{BLANK}]*[0-9０-９][0-9０-９.．]*[{BLANK}]*(?:[%％]|[^\W\d]{{1,2}})?[{BLANK}]*(?P<end>[，,])"
    rf"[{BLANK}]*[得计记][{BLANK}]*(?:[0-9０-９][0-9０-９.．]*|[一二两三四五六七八九十]+|满)[{BLANK}]*分[{BLANK}]*(?P<behind>.*)"
)


def within_bound_end(text: str, position: int, end: int) -> tuple[int, bool] | None:
    """`控制率≦100%，计5分；每超过…`: where the condition of the points ends that has no 的, and whether the line ends behind
    them."""
    match = _WITHIN_BOUND.match(text, position, end)
    if match is None:
        return None
    behind = match["behind"].rstrip(f"{BLANK}；;。，,")
    if behind and not BEYOND_BEHIND.match(match["behind"]):
        return None
    return match.start("end"), not behind


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
    if _OTHERWISE.search(before):
        return True
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
        elif depth == 0 and c in "，," and EACH_TIME.match(text, position + 1 + _blanks(text, position + 1, end), end):
            pass  # `迟报次数，每次扣 1 分`
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


def each_time(text: str, start: int, end: int) -> int | None:
    """The end of a 每次 or 按月 that is written here."""
    match = EACH_TIME.match(text, start)
    return min(match.end(), end) if match else None


def first_of_two(text: str, start: int, end: int) -> int:
    """Where the first of two names joined by 与 or 和 ends, if one such word can be meant; else where both end."""
    found = [match.start() for match in _BETWEEN_TWO.finditer(text, start + 1, end - 1)]
    return found[0] if len(found) == 1 else end


def numeral_at(text: str, start: int, end: int) -> tuple[str, int] | None:
    """A numeral in letters up to a hundred, as digits, and where it ends."""
    match = _NUMERAL.match(text, start, end) if text[start] in _LETTERS else None
    if match is None:
        return None
    if match.group() == "一百":
        return "100", match.end()
    tens, ten, ones = match.groups()
    if ten is None:
        return str(_DIGITS[match.group()]), match.end()
    return str(10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)), match.end()


def excepted(text: str, position: int, end: int) -> re.Match[str] | None:
    """`经批准的除外`: a name whose 的除外 exempts."""
    return _EXCEPTED.match(text, position, end)


def measure_at(text: str, start: int, end: int) -> int | None:
    """The end of a unit of measure written here, behind the size of a step (`每迟 3 天`, `every 2 days`)."""
    match = RUN.match(text, start, end)
    if match is None or text.startswith("个百分点", start):
        return None
    run = match.group()
    if whole := _MEASURES.match(run):
        return start + whole.end()
    unit = run if run.isascii() else max((u for u in KNOWN if run.startswith(u)), key=len, default="")
    return start + len(unit) if unit in KNOWN else None


def _blanks(text: str, start: int, end: int) -> int:
    return len(leading(text, start, end))


def leading(text: str, start: int, end: int) -> str:
    """The blanks a line begins with."""
    match = _LEADING.match(text, start, end)
    return match.group() if match else ""
