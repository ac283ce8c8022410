"""What both forms of the table share: headings, numbered sentences, bases."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.criteria.model import Criteria, Row, Sentence, SourceLine
from steelyard.criteria.words import level, word


def headings(criteria: Criteria) -> list[str]:
    keys = ["points", "criteria", "basis", *(["lines"] if criteria.with_lines else [])]
    levels = [level(number, criteria.language) for number in range(1, criteria.levels + 1)]
    return [*levels, *(word(key, criteria.language) for key in keys)]


def numbered(texts: Sequence[str]) -> list[str]:
    """A single one needs no number."""
    return [f"{number}. {text}" for number, text in enumerate(texts, 1)] if len(texts) > 1 else list(texts)


def sentences_of(row: Row) -> list[str]:
    return numbered([sentence.text for sentence in row.sentences])


def bases_of(sentences: Sequence[Sentence]) -> list[str]:
    """The authorities, each with the number of its sentence; one that all share is said once."""
    said = [sentence.basis for sentence in sentences]
    if len(set(said)) == 1:
        return list(said[0])
    return [f"{number}. {text}" for number, basis in enumerate(said, 1) for text in basis]


def line_of(line: SourceLine) -> tuple[str, str]:
    """Where it stands, and what it says."""
    place = str(line.number) if line.file is None else f"{line.file}:{line.number}"
    return place, line.text
