"""Physical lines to statements: indents, lines that go on, where reading goes on after a mistake.

Layout compares strings of blanks, so tabs, blanks and U+3000 each work; a deeper line must start with its parent's
blanks. A line goes on where a bracket is open, where the next, deeper line starts with and/or, and in a list of values
behind a comma.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable

from steelyard.diagnostics.model import Diagnostic, Edit, Fact, Fix
from steelyard.source import Source, Span
from steelyard.syntax import printed
from steelyard.syntax.habits import is_han
from steelyard.syntax.printed import BLANK
from steelyard.syntax.tokens import BAD, DEDENT, END, INDENT, ScannedToken

_LIST_MARK = re.compile(
    rf"(?:[①-⑳]|[(（](?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})[)）]"
    rf"|[0-9]{{1,2}}[.、．](?![0-9０-９])|[一二三四五六七八九十]{{1,3}}、)[{BLANK}]*"
)
_CONTINUES = re.compile(r"(?:and|or)(?!\w)|且|或|并且|或者")
_VALUE = re.compile('["“《0-9０-９-]')
_ANSWER = re.compile(r"or\b.*\bif[ \t]+(?:missing|undefined|not[ \t]+applicable)\b")


class Lines:
    """Where reading stands: the line, its statement, the indents around it."""

    def __init__(self, source: Source, accepts: Callable[..., bool], report: Callable[[Diagnostic], None]) -> None:
        self._source, self._accepts, self._report = source, accepts, report
        self._text = source.text
        self._line = 0
        """Index of the physical line being read."""
        self._position = 0
        self._line_end = 0
        self._at_line_start = True
        self._condition_unseen = False
        self._condition_end: int | None = None
        """Where the 的 stands that ends the condition being read."""
        self._step_unseen = False
        self._every: int | None = None
        """Where the 每… stands that ends the head of a step or count being read."""
        self._indents = [""]
        self._brackets = 0
        self._verb = ""
        """The last DEDUCT, AWARD or SCORE of the line."""
        self._pending: deque[ScannedToken] = deque()
        self._fresh_line = True
        self._last = ""
        """The terminal of the token before."""
        self.first_of_line = True
        """Is the token just given the first of its line?"""

    def recover(self, depth: int, *, rescan: bool) -> None:
        """Go on at the next line that is not deeper than so many open indents; with `rescan`, at this line again."""
        del self._indents[depth + 1 :]
        self._pending.clear()
        self._brackets, self._condition_end, self._every = 0, None, None
        if not rescan or not self._fits(self._line):
            at_next = self._at_line_start and not rescan
            self._line += 0 if at_next else 1
            while self._line < len(self._source.line_starts) and not self._fits(self._line):
                self._line += 1
        self._at_line_start = True

    # ---- lines

    def _start_line(self) -> None:
        starts = self._source.line_starts
        while self._line < len(starts):
            start = starts[self._line]
            end = starts[self._line + 1] - 1 if self._line + 1 < len(starts) else len(self._text)
            if end > start and self._text[end - 1] == "\r":
                end -= 1
            blanks = printed.leading(self._text, start, end)
            position = start + len(blanks)
            if position < end and self._text[position] not in "#＃":
                break
            self._line += 1
        else:
            end = len(self._text)
            self._pending.extend(self._token(DEDENT, end, end) for _ in self._indents[1:])
            del self._indents[1:]
            self._pending.append(self._token(END, end, end))
            self._at_line_start = False
            return
        self._line_end = end
        self._layout(blanks, start, position)
        mark = _LIST_MARK.match(self._text, position, end)
        self._position = mark.end() if mark else position
        self._at_line_start, self._condition_unseen, self._fresh_line = False, True, True
        self._condition_end, self._brackets, self._every, self._step_unseen, self._verb = None, 0, None, False, ""
        self.first_of_line = True

    def _layout(self, blanks: str, start: int, position: int) -> None:
        top = self._indents[-1]
        if blanks == top:
            return
        if blanks.startswith(top):
            self._indents.append(blanks)
            self._pending.append(self._token(INDENT, start, position))
            return
        while len(self._indents) > 1 and not blanks.startswith(self._indents[-1]):
            self._indents.pop()
            self._pending.append(self._token(DEDENT, position, position))
        if blanks != self._indents[-1]:
            mixed = any(a != b for a, b in zip(top, blanks, strict=False))
            self._say("S105" if mixed else "S106", start, position)
            self._pending.append(self._token(BAD, start, position))

    def _fits(self, line: int) -> bool:
        """Is the line blank-free and not deeper than the innermost open indent?"""
        starts = self._source.line_starts
        if line >= len(starts):
            return True
        end = starts[line + 1] - 1 if line + 1 < len(starts) else len(self._text)
        blanks = printed.leading(self._text, starts[line], end)
        rest = self._text[starts[line] + len(blanks) : end].strip("\r")
        if not rest or rest[0] in "#＃":
            return False
        top = self._indents[-1]
        return not (blanks.startswith(top) and blanks != top)

    def _continue_line(self) -> bool:
        """At the end of a physical line: does the statement go on in the next one?"""
        listed = self._last == "_COMMA" and (self._accepts("STRING") or self._accepts("NUMBER"))
        following = self._joined_line(self._line, listed=listed)
        if following is None or not (self._brackets or listed or self._accepts("AND") or self._accepts("OR")):
            return False
        self._line, self._position, self._line_end = following
        return True

    def _beyond_line(self) -> tuple[int, int, int] | None:
        """The next line with text, where it begins with 每超过 or 每低于 and is no shallower than the statement: index, start of
        text and end."""
        starts = self._source.line_starts
        for following in range(self._line + 1, len(starts)):
            start = starts[following]
            end = starts[following + 1] - 1 if following + 1 < len(starts) else len(self._text)
            end -= self._text.endswith("\r", start, end)
            blanks = printed.leading(self._text, start, end)
            position = start + len(blanks)
            if position < end and self._text[position] not in "#＃":
                fits = blanks.startswith(self._indents[-1]) and printed.BEYOND_LINE.match(self._text, position, end)
                return (following, position, end) if fits else None
        return None

    def _joined_line(self, line: int, *, listed: bool = False) -> tuple[int, int, int] | None:
        """The next line with text, where it is deeper than the statement and starts with and/or, or with one more value of
        a list: its index, start of text and end."""
        starts = self._source.line_starts
        for following in range(line + 1, len(starts)):
            start = starts[following]
            end = starts[following + 1] - 1 if following + 1 < len(starts) else len(self._text)
            blanks = printed.leading(self._text, start, end)
            rest = self._text[start + len(blanks) : end].rstrip("\r")
            if rest and rest[0] not in "#＃":
                top = self._indents[-1]
                deeper = blanks.startswith(top) and blanks != top
                joined = _CONTINUES.match(rest) and not _ANSWER.match(rest)
                if deeper and (joined or self._brackets or (listed and _VALUE.match(rest))):
                    return following, start + len(blanks), start + len(blanks) + len(rest)
                return None
        return None

    def _token(self, terminal: str, start: int, end: int, value: str | None = None) -> ScannedToken:
        text = self._text[start:end] if value is None else value
        token = ScannedToken(terminal, text, start_pos=start, end_pos=end)
        token.source = self._source
        self._position = max(self._position, end)
        self._last = terminal
        return token

    # ---- saying what is wrong

    def _say(self, code: str, start: int, end: int, fixes: tuple[Fix, ...] = (), **facts: Fact) -> None:
        self._report(Diagnostic(code, facts, Span(self._source, start, end), fixes=fixes))

    def _write(self, text: str, start: int, end: int) -> Fix:
        return Fix("write", (Edit(Span(self._source, start, end), text),), {"text": text})

    def _quoted_name(self, name: str, start: int, end: int) -> Fix:
        """A name in the quotes of the language its line is written in."""
        line = self._source.line(self._source.position(start)[0])
        return self._write(f"「{name}」" if is_han(line) else f"`{name}`", start, end)
