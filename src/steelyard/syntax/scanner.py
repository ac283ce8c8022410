"""Characters to tokens, with layout.

Chinese is written without blanks, and almost any keyword may also be a name. So the scanner does not decide alone: it
asks the parser which terminals may come next. Where no name is possible, the longest keyword that may stand there is cut
off the front of a run of letters (`扣0.5分`, `总分保留2位小数`). Where a name is possible, the run is a name, and only a few
words are cut out of its middle: the 的 that ends a condition, 中每个, and a comparison right before a digit
(`控制率超过100%`). 与 或 且 按 至 保留 occur in real names (参与率, 保留率) and never cut one.

Indents and lines that go on are `lines`' business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from steelyard.diagnostics.model import Diagnostic
from steelyard.source import Source
from steelyard.syntax import printed
from steelyard.syntax.habits import bare_bound, exhausted
from steelyard.syntax.keywords import Keywords, Spelling
from steelyard.syntax.lines import Lines
from steelyard.syntax.printed import BLANK
from steelyard.syntax.signs import FOREIGN, NAME_QUOTES, QUOTES, SIGNS_BY_START
from steelyard.syntax.tokens import BAD, NEWLINE, ScannedToken, folded
from steelyard.values.numbers import LITERAL_LENGTH
from steelyard.values.units import KNOWN

RESERVED = frozenset({"AND", "OR", "NOT", "IF", "IS"})
"""Never names, unless quoted. (不是 is spelt as NOT; every other keyword may be a name.)"""

_OPENING, _CLOSING = ("LPAR", "LBRACKET", "LBRACE"), ("RPAR", "RBRACKET", "RBRACE")
_NUMBER = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")
_EXPONENT = re.compile(r"[eE][+-]?[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])")
_LINE_END = re.compile(rf"[；;。][{BLANK}]*(?=[#＃]|$)")
_SINGLE_QUOTED = re.compile("['‘]([^'’]*)['’]")
_AFTER_UNIT = re.compile("的|以上|以下|以内|且|或|并且|或者")
_AMOUNT_VERB = re.compile(rf"[扣减加得计记][{BLANK}]*$")
_DATE = re.compile(
    rf"([0-9０-９]{{4}})-([0-9０-９]{{1,2}})-([0-9０-９]{{1,2}})(?![\w-])"
    rf"|([0-9０-９]{{4}})[{BLANK}]*年[{BLANK}]*([0-9０-９]{{1,2}})[{BLANK}]*月[{BLANK}]*([0-9０-９]{{1,2}})[{BLANK}]*日"
)
_LETTER = re.compile(r"\w")
_NUMBER_AHEAD = re.compile(rf"[{BLANK}]*[0-9０-９]")
_DIGITS = re.compile(r"\d+")

_CUTS: tuple[tuple[re.Pattern[str]] | tuple[re.Pattern[str], str], ...] = (
    (printed.BEFORE_DIGIT,),
    (printed.EACH_IN,),
    (printed.OF_AMOUNT, "DE"),
    (printed.BOUND, "BOUND"),
    (printed.WITHIN_DAYS, "LIES_IN"),
    (printed.AFTER_DAY, "AFTER"),
)
"""What is cut out of the middle of a run where a name may stand, some only where that may follow the name."""


class Scanner(Lines):
    """The tokens of one source, one at a time: each is chosen by what the parser accepts at that moment."""

    def __init__(
        self,
        source: Source,
        table: Keywords,
        accepts: Callable[..., bool],
        report: Callable[[Diagnostic], None],
    ) -> None:
        super().__init__(source, accepts, report)
        self._table = table
        self._bound_seen = False
        self.used: dict[str, int] = {"en": 0, "zh": 0}
        """Keywords met, by language."""

    def next(self) -> ScannedToken:
        while True:
            if self._pending:
                return self._pending.popleft()
            if self._at_line_start:
                self._start_line()
                continue
            if self._condition_unseen:
                self._condition_unseen = False
                end = self._find_condition_end()
                if printed.EVERY.match(self._text, self._position, self._line_end):
                    # `每发现 1 例 违规 的，扣 1 分`: the 的 ends the name of what is counted.
                    self._condition_end, end = end, None
                if (within := self._within_bound_end()) is not None:
                    end = within
                if end is not None and self._accepts("CONDITION"):
                    self._condition_end = end
                    return self._token("CONDITION", self._position, self._position)
                self._step_unseen = True
            if self._step_unseen and self._skip_blanks() and self._text[self._position] not in ",，":
                self._step_unseen = False
                if (step := self._step_head()) is not None:
                    return step
            if self._skip_blanks() and self._excepted():
                return self._token("EXCEPTION", self._position, self._position)
            if not self._bound_seen and self._skip_blanks() and self._bound():
                self._bound_seen = True
                return self._token("BOUND", self._position, self._position)
            self._bound_seen = False
            if self._skip_blanks():
                first, self.first_of_line = self._fresh_line, False
                token = self._scan()
                self.first_of_line, self._fresh_line = first, False
                return token
            if self._goes_beyond() and (following := self._beyond_line()) is not None:
                self._line, self._position, self._line_end = following
                return self._token("_BEYOND", self._position, self._position)
            if not self._continue_line():
                self._at_line_start = True
                self._line += 1
                return self._token(NEWLINE, self._line_end, self._line_end)

    def _skip_blanks(self) -> bool:
        """Move to the next character that counts; False at the end of the line."""
        while self._position < self._line_end and self._text[self._position] in BLANK:
            self._position += 1
        if self._position >= self._line_end or self._text[self._position] in "#＃":
            return False
        if match := _LINE_END.match(self._text, self._position, self._line_end):
            self._position = match.end()
            return False
        return True

    def _find_condition_end(self) -> int | None:
        """The 的 that ends a condition at the head of this statement, outside quotes and brackets."""
        position, end, line = self._position, self._line_end, self._line
        while True:
            found, whole = printed.condition_end(self._text, position, end)
            if found is not None or not whole:
                return found
            following = self._joined_line(line)
            if following is None:
                return None
            line, position, end = following

    def _goes_beyond(self) -> bool:
        """Behind points that a condition gives, may what is taken beyond it follow?"""
        return self._verb == "SCORE" and self._accepts("_BEYOND")

    def _within_bound_end(self) -> int | None:
        """The comma that ends a condition without 的, `控制率≦100%，计5分；每超过…`, also where 每超过 begins the next line."""
        found = printed.within_bound_end(self._text, self._position, self._line_end)
        if found is None or (found[1] and self._beyond_line() is None):
            return None
        return found[0]

    def _step_head(self) -> ScannedToken | None:
        """A zero-width token before `X 每低于 L S`, `L 中每有 1 例 R`, which begin with a name."""
        if not self._accepts("STEP"):
            return None
        every = printed.find_every(self._text, self._position, self._line_end)
        if every is None or every == self._position:
            return None
        self._every = every
        return self._token("STEP", self._position, self._position)

    def _bound(self) -> bool:
        """`执行率 90%（含）以上`: a number with its bound, in a condition."""
        if not self._text[self._position].isdigit():
            return False
        match = printed.BOUND.match(self._text, self._position, self._line_end)
        return match is not None and match.end() == self._position and self._accepts("BOUND")

    def _excepted(self) -> bool:
        """`经批准的除外`: a name whose 的除外 exempts."""
        c = self._text[self._position]
        if not (c.isalpha() or c in NAME_QUOTES):
            return False
        return printed.excepted(self._text, self._position, self._line_end) is not None and self._accepts("EXCEPTION")

    # ---- one token

    def _scan(self) -> ScannedToken:
        start = self._position
        c = self._text[start]
        if c in "，," and start == self._condition_end:
            self._condition_end = None
            return self._token("DE", start, start)
        beyond = printed.BEYOND_BEHIND.match(self._text, start, self._line_end) if c in "；;，,。" else None
        if beyond and self._goes_beyond():
            return self._token("_BEYOND", start, beyond.end())
        if not c.isalnum() and (spelling := self._keyword_at(start, None)):
            return self._keyword(spelling, start)
        if c == "《":
            return self._work(start)
        if c in QUOTES:
            return self._quoted(start, "STRING", QUOTES[c])
        if c in "'‘’":
            return self._foreign_quotes(start)
        if c in NAME_QUOTES:
            return self._quoted(start, "NAME", NAME_QUOTES[c])
        if (match := _DATE.match(self._text, start, self._line_end)) and self._accepts("DATE"):
            return self._date(start, match)
        if match := _NUMBER.match(self._text, start, self._line_end):
            return self._number(start, match.end())
        if match := printed.RUN.match(self._text, start, self._line_end):
            return self._word(start, self._run_end(match.end()))
        for sign, terminal in SIGNS_BY_START.get(c, ()):
            if self._text.startswith(sign, start, self._line_end):
                if sign in FOREIGN:
                    text = FOREIGN[sign][self.used["zh"] > self.used["en"]]
                    fix = self._write(text, start, start + len(sign))
                    self._say("S107", start, start + len(sign), fixes=(fix,), found=sign, wanted=text)
                if terminal == "MINUS" and self._is_range(start):
                    self._say("S209", start, start + 1, fixes=(self._write("—", start, start + 1),), found=sign)
                    return self._token(BAD, start, start + 1)
                self._brackets += (terminal in _OPENING) - (terminal in _CLOSING)
                return self._token(terminal, start, start + len(sign))
        if (
            c in "；;"
            and printed.OTHER_CASE.match(self._text, start + 1, self._line_end)
            and self._accepts("_COMMA", "OTHERWISE")
        ):
            return self._token("_COMMA", start, start + 1)  # `得 5 分；否则得 3 分`
        if c in "；;。":
            self._say("S222", start, start + 1)
        else:
            self._say("S102", start, start + 1, character=c)
        return self._token(BAD, start, start + 1)

    def _is_range(self, start: int) -> bool:
        """`1-3` at the head of a row: a hyphen between two numbers, where a range may stand, is no difference."""
        before = self._text[max(0, start - printed.CUT_REACH) : start].rstrip(BLANK)[-1:]
        ahead = _NUMBER_AHEAD.match(self._text, start + 1, self._line_end)
        return bool(before and (before.isdigit() or before in "%％分") and ahead and self._accepts("RANGE"))

    def _quoted(self, start: int, terminal: str, close: str) -> ScannedToken:
        end = self._text.find(close, start + 1, self._line_end)
        if end < 0:
            self._say("S101", start, self._line_end, quote=close)
            return self._token(BAD, start, self._line_end)
        if terminal == "NAME" and end == start + 1:
            self._say("S112", start, end + 1)
            return self._token(BAD, start, end + 1)
        return self._token(terminal, start, end + 1)

    def _work(self, start: int) -> ScannedToken:
        """`《办法》第十二条`: a work with the place in it, as one text."""
        token = self._quoted(start, "STRING", "》")
        if token.type != "STRING":
            return token
        end = token.end_pos or start
        match = printed.PLACE_IN_WORK.match(self._text, end, self._line_end)
        if printed.NAMES_WORK.search(self._text, max(0, start - printed.CUT_REACH), start) and not any(
            self._accepts("STRING", spelling.terminal) for spelling, _ in self._keywords_at(end)
        ):
            match = printed.BEHIND_WORK.match(self._text, end, self._line_end) or match
        return self._token("STRING", start, match.end()) if match else token

    def _foreign_quotes(self, start: int) -> ScannedToken:
        """'…' and ‘…’, which are no quotes here."""
        match = _SINGLE_QUOTED.match(self._text, start, self._line_end)
        end = match.end() if match else start + 1
        fixes = (self._write(f"“{match[1]}”", start, end),) if match else ()
        self._say("S102", start, end, fixes=fixes, character=self._text[start])
        return self._token(BAD, start, end)

    def _date(self, start: int, match: re.Match[str]) -> ScannedToken:
        year, month, day = (int(folded(number)) for number in match.groups() if number)
        try:
            date(year, month, day)
        except ValueError:
            self._say("S110", start, match.end(), text=match.group())
            return self._token(BAD, start, match.end())
        return self._token("DATE", start, match.end())

    def _number(self, start: int, end: int) -> ScannedToken:
        if end - start > LITERAL_LENGTH:
            self._say("S103", start, end, length=end - start, limit=LITERAL_LENGTH)
            return self._token(BAD, start, end)
        if match := _GROUPED.match(self._text, start, self._line_end):
            text = match.group()
            self._say("S108", start, match.end(), text=text, joined=text.replace(",", "").replace("，", ""))
            return self._token(BAD, start, match.end())
        if match := _EXPONENT.match(self._text, end, self._line_end):
            self._say("S109", start, match.end(), text=self._text[start : match.end()])
            return self._token(BAD, start, match.end())
        if not self._accepts("NUMBER") and self._accepts("NAME"):
            match = re.compile(r"[\w·]+").match(self._text, start, self._line_end)
            run = match.end() if match else end
            text = self._text[start:run]
            self._say("S111", start, run, fixes=(self._quoted_name(text, start, run),), text=text)
            return self._token(BAD, start, run)
        match = printed.RUN.match(self._text, end, self._line_end)
        measured = self._accepts("NUMBER", "MEASURE") and printed.measure_at(self._text, end, self._line_end)
        if match and not measured and not any(True for _ in self._keywords_at(end)):
            return self._glued_number(start, end, match.group())
        return self._token("NUMBER", start, end)

    def _measured(self, end: int) -> bool:
        """`每有一例`, `每低一个百分点`, `扣两分`, `两位小数`, `降一级`: a numeral in letters, only where its measure follows."""
        for word, terminal in (("分", "FEN"), ("位小数", "PLACES"), ("位", "PLACES"), ("级", "LEVEL_WORD")):
            if self._text.startswith(word, end) and not _LETTER.match(self._text, end + len(word), self._line_end):
                return bool(self._accepts("NUMBER", terminal))
        measured = (
            self._text.startswith("个百分点", end) or printed.measure_at(self._text, end, self._line_end) is not None
        )
        return measured and bool(self._accepts("NUMBER", "MEASURE"))

    def _glued_number(self, start: int, end: int, letters: str) -> ScannedToken:
        """`2000次`, `2023年预算`: letters right behind a number that no keyword begins."""
        unit = max((u for u in KNOWN if letters.startswith(u)), key=len, default="")
        if unit and (unit == letters or _AFTER_UNIT.match(letters, len(unit))):
            whole, number = end + len(unit), self._text[start:end]
            if self._condition_end is not None and (bare := bare_bound(self._token(BAD, start, end))):
                self._report(bare)
                return self._token(BAD, start, whole)
            points = _AMOUNT_VERB.search(self._text, max(0, start - printed.CUT_REACH), start)
            fix = self._write(f"{number} 分" if points else number, start, whole)
            self._say("S217", start, whole, fixes=(fix,), text=self._text[start:whole], unit=unit)
            return self._token(BAD, start, whole)
        whole, text = end + len(letters), self._text[start : end + len(letters)]
        self._say("S111", start, whole, fixes=(self._quoted_name(text, start, whole),), text=text)
        return self._token(BAD, start, whole)

    def _word(self, start: int, end: int) -> ScannedToken:
        if start == self._condition_end:
            self._step_unseen = True
            return self._token("DE", start, start + 1)
        if (numeral := printed.numeral_at(self._text, start, end)) and self._measured(numeral[1]):
            return self._token("NUMBER", start, numeral[1], numeral[0])
        if start == self._every and self._accepts("EACH_TIME") and (time := printed.each_time(self._text, start, end)):
            return self._token("EACH_TIME", start, time)
        if self._accepts("MEASURE") and (measure := printed.measure_at(self._text, start, self._line_end)):
            return self._token("MEASURE", start, measure)
        if self._calls(start, end) and self._accepts("NAME"):
            return self._token("NAME", start, end)
        if spelling := self._keyword_at(start, end):
            return self._keyword(spelling, start)
        for spelling, found in self._keywords_at(start):
            if found == end and spelling.terminal in RESERVED:
                return self._keyword(spelling, start)
        if self._accepts("NAME"):
            if ended := exhausted(self._source, start):
                self._report(ended)
                return self._token(BAD, start, end)
            cut = self._cut(start, end)
            if cut == self._condition_end and (bare := bare_bound(self._token(BAD, cut - 1, cut))):
                # `税费款2000元以下的`: no name, but a bound that does not say whether it includes its number.
                self._report(bare)
                return self._token(BAD, start, cut)
            return self._token("NAME", start, cut)
        for spelling, found in self._keywords_at(start):
            if spelling.language == "zh" and self._may_stand(spelling, start, found):
                return self._keyword(spelling, start)
        return self._token("NAME", start, self._cut(start, end))

    def _calls(self, start: int, end: int) -> bool:
        """`四舍五入(x, 2)`: the name of a function, also where a keyword is spelt like it."""
        return self._text[start:end] in self._table.functions and self._text[end : end + 1] in ("(", "（")

    def _keyword_at(self, start: int, end: int | None) -> Spelling | None:
        """The longest keyword that may stand here. One written in letters takes the whole run up to `end` (a number may
        be glued to it)."""
        for spelling, found in self._keywords_at(start):
            # `计5分`, `得满分`, `其余不得分`: a Chinese word before a number or a verb is one of its own, also where a name may
            # stand.
            counted = spelling.language == "zh" and printed.COUNTED.match(self._text, found, self._line_end)
            whole = end is None or found >= end or _DIGITS.fullmatch(self._text, found, end) or counted
            if whole and self._may_stand(spelling, start, found):
                return spelling
        return None

    def _keywords_at(self, start: int) -> Iterator[tuple[Spelling, int]]:
        """The keywords written here, the longest first, each with its end."""
        for spelling in self._table.by_start.get(self._text[start], ()):
            if match := spelling.pattern.match(self._text, start, self._line_end):
                yield spelling, match.end()

    def _may_stand(self, spelling: Spelling, start: int, end: int) -> bool:
        """Does the parser take it, and does it not reach over the 的 that ends a condition, or the 每 of a step?"""
        stops = (self._condition_end, self._every)
        crosses = any(stop is not None and start < stop < end for stop in stops)
        return not crosses and self._accepts(spelling.terminal)

    def _cut(self, start: int, end: int) -> int:
        """Where a name ends that starts here and whose run of letters ends at `end`."""
        for stop in (self._condition_end, self._every):
            if stop is not None and start < stop < end:
                end = stop
        if end == self._every and self._text.startswith(("每相差", "每偏差"), end) and self._accepts("NAME", "WITH"):
            # `实际与计划每相差 3%`: without 与 nothing differs.
            end = printed.first_of_two(self._text, start, end)
        if (match := printed.excepted(self._text, start, end)) and self._accepts("NAME", "EXCEPTED"):
            return match.end() - len("的除外")
        word = printed.TABLE_WORD.search(self._text, start + 1, min(self._line_end, end + printed.CUT_REACH))
        if word and word.end() == end and self._accepts("NAME", "SCORED"):
            # `按支出安排率计分`: the line ends with the word that says what the rows give.
            return word.start()
        for pattern, *needed in _CUTS:
            # What is cut out may reach a little behind the run: blanks and a digit.
            match = pattern.search(self._text, start + 1, min(self._line_end, end + printed.CUT_REACH))
            if match and match.start() < end and (not needed or self._accepts("NAME", needed[0])):
                end = match.start()
        return end

    def _run_end(self, end: int) -> int:
        # Marks that go on a letter (Devanagari vowels, combining accents) belong to the run.
        while end < self._line_end and f"a{self._text[end]}".isidentifier():
            end += 1
        return end

    def _keyword(self, spelling: Spelling, start: int) -> ScannedToken:
        match = spelling.pattern.match(self._text, start)
        assert match, "a spelling is chosen because it matches"
        self.used[spelling.language] += 1
        # A rule stands behind `replace` and `add` as at the head of a line.
        if spelling.terminal in ("DEDUCT", "AWARD", "SCORE"):
            self._verb = spelling.terminal
        self._condition_unseen = self._condition_unseen or spelling.terminal in ("REPLACE", "ADD")
        return self._token(spelling.terminal, start, match.end(), spelling.value)
