"""The table before it has a form: what stands in which cell."""

from __future__ import annotations

from attrs import frozen

from steelyard.diagnostics.model import Language


@frozen
class SourceLine:
    """A line of a rule file."""

    number: int
    text: str
    file: str | None = None
    """None: the file that is printed."""


@frozen
class Sentence:
    """What one statement says, and on what authority."""

    text: str
    basis: tuple[str, ...] = ()


@frozen
class Cell:
    """A part: its name, what it is worth where that is not the column's business, and how far its cell reaches."""

    name: str
    worth: str = ""
    down: int = 1
    across: int = 1


@frozen
class Row:
    """One criterion, or what a section says for itself."""

    cells: tuple[Cell, ...]
    """The cells that begin in this row, from the left; `skipped` columns are taken by cells above."""
    skipped: int
    points: str
    sentences: tuple[Sentence, ...]
    lines: tuple[SourceLine, ...] = ()


@frozen
class Grades:
    """A second, small table: grades and what they ask."""

    title: str
    by: str
    rows: tuple[tuple[str, str], ...]


@frozen
class Codes:
    """A code table that is too long to stand in sentences."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@frozen
class Criteria:
    """All that is printed of a scheme."""

    language: Language
    title: str
    facts: tuple[tuple[str, str], ...]
    """Authority, days in force, the day whose values count: what it is called, and what it says."""
    levels: int
    rows: tuple[Row, ...]
    total: Row
    grades: tuple[Grades, ...]
    parameters: tuple[tuple[str, str], ...]
    codes: tuple[Codes, ...]
    source: str
    with_lines: bool
