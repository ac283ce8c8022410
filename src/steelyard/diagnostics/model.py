"""What is found wrong, as facts. No wording here: the catalogue turns a code and its facts into words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from attrs import field, frozen

from steelyard.source import Span

Language = Literal["en", "zh"]


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@frozen
class Words:
    """A fact that has its own words in each language: a key of `wording.WORDS`."""

    key: str


Fact = str | int | Words | tuple["str | Words", ...]
"""The author's own text, a number, a worded thing, or a list of them (joined by the renderer)."""


@frozen
class DataPlace:
    """A place in a data file, as a person looks it up."""

    file: str
    row: int | None = None
    """As a spreadsheet counts, the header being row 1; for JSON and YAML the line."""
    column: str | None = None
    """The header's text; for JSON and YAML the pointer."""
    text: str | None = None
    """What stands there."""

    def __str__(self) -> str:
        return ":".join([self.file, *([str(self.row)] if self.row else []), *([self.column] if self.column else [])])


@frozen
class Label:
    """A second place that helps, with the words said there."""

    span: Span
    key: str
    facts: Mapping[str, Fact] = field(factory=dict)


@frozen
class Edit:
    """Replace a span by a text."""

    span: Span
    text: str


@frozen
class Fix:
    """A change that mends the mistake. `key` names its words."""

    key: str
    edits: tuple[Edit, ...] = ()
    facts: Mapping[str, Fact] = field(factory=dict)


@frozen
class Diagnostic:
    """One mistake of a rule file or of data, or one finding about a score."""

    code: str
    facts: Mapping[str, Fact] = field(factory=dict)
    span: Span | None = None
    place: DataPlace | None = None
    labels: tuple[Label, ...] = ()
    fixes: tuple[Fix, ...] = ()
    severity: Severity | None = None
    """Only where it differs from the catalogue's (a `check` says its own)."""
    rule: str | None = None
    """The rule path it belongs to, for findings about a score."""
    record: str | None = None
