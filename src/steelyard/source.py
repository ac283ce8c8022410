"""Where things stand: a source text, a span in it, a rule's path."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from hashlib import sha256
from typing import NewType

from attrs import field, frozen

RulePath = NewType("RulePath", str)
"""A readable, stable id of a part or statement: `management.execution`, `management.execution#2`."""


@frozen(eq=False, slots=False, repr=False)
class Source:
    """One rule file. Offsets everywhere are code points; cells, UTF-16 and columns are made at the edges."""

    name: str
    """Relative to the rules' root, with `/`: it goes into traces, so it never holds a machine's path."""
    text: str
    digest: str = ""
    """SHA-256 of the file's bytes, in hex."""

    @classmethod
    def from_text(cls, name: str, text: str) -> Source:
        return cls(name, text, sha256(text.encode("utf-8", "surrogatepass")).hexdigest())

    @cached_property
    def line_starts(self) -> list[int]:
        return [0, *(i + 1 for i, c in enumerate(self.text) if c == "\n")]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, the column in code points."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, from 1, without its end."""
        starts = self.line_starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def __repr__(self) -> str:
        return f"Source({self.name!r})"


@frozen
class Span:
    """A half-open piece of a source."""

    source: Source = field(repr=False)
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def first_line(self) -> Span:
        """As much of it as stands on the line it begins on."""
        end = self.source.text.find("\n", self.start, self.end)
        return self if end < 0 else Span(self.source, self.start, end)

    @property
    def place(self) -> str:
        """`line:column-line:column`, for traces."""
        (line, column), (end_line, end_column) = map(self.source.position, (self.start, self.end))
        return f"{line}:{column}-{end_line}:{end_column}"

    def to(self, other: Span) -> Span:
        """From the start of this one to the end of the other."""
        return Span(self.source, self.start, max(self.end, other.end))
