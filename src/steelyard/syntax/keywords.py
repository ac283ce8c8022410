"""The keyword table, read from `grammar/keywords.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache

from attrs import frozen

from steelyard.diagnostics.model import Language
from steelyard.resources import shipped


@frozen
class Spelling:
    """One way to write one keyword."""

    text: str
    terminal: str
    language: Language
    kind: str
    value: str
    """Tells the spellings of one terminal apart; the canonical spelling where the table gives none."""
    pattern: re.Pattern[str]
    """Matches it in a text: blanks between words may be any, full-width brackets may be plain ones."""


@frozen
class Keywords:
    """The whole table."""

    spellings: tuple[Spelling, ...]
    by_start: dict[str, tuple[Spelling, ...]]
    """By first character, the longest first."""
    terminals: tuple[str, ...]
    values: dict[str, str]
    """Words that stand for a value: spelling to meaning."""
    facets: dict[str, str]
    """What may be asked of a part behind a dot: spelling to meaning."""
    functions: dict[str, str]
    function_spellings: dict[str, dict[Language, tuple[str, ...]]]

    def kinds(self) -> dict[str, str]:
        return {spelling.terminal: spelling.kind for spelling in self.spellings}

    def canonical(self, terminal: str, language: Language) -> str | None:
        """How an author of that language would write the terminal."""
        for spelling in self.spellings:
            if spelling.terminal == terminal and spelling.language == language:
                return spelling.text
        return None


@cache
def keywords() -> Keywords:
    table = tomllib.loads((shipped("grammar") / "keywords.toml").read_text(encoding="utf-8"))
    spellings = tuple(_spellings(table["keyword"]))
    by_start: dict[str, list[Spelling]] = {}
    for spelling in sorted(spellings, key=lambda s: -len(s.text)):
        for start in {spelling.text[0], "(" if spelling.text[0] == "（" else spelling.text[0]}:
            by_start.setdefault(start, []).append(spelling)
    return Keywords(
        spellings=spellings,
        by_start={start: tuple(found) for start, found in by_start.items()},
        terminals=tuple(dict.fromkeys(s.terminal for s in spellings)),
        values={word: row["value"] for row in table["value"] for word in (*row["en"], *row["zh"])},
        facets={word: row["value"] for row in table["facet"] for word in (*row["en"], *row["zh"])},
        functions={word: row["value"] for row in table["function"] for word in (*row["en"], *row["zh"])},
        function_spellings={
            row["value"]: {"en": tuple(row["en"]), "zh": tuple(row["zh"])} for row in table["function"]
        },
    )


def _spellings(rows: list[dict[str, str | list[str]]]) -> Iterator[Spelling]:
    languages: tuple[Language, ...] = ("en", "zh")
    for row in rows:
        for language in languages:
            words = [str(word) for word in row[language]]
            for word in words:
                value = str(row.get("value", words[0]))
                yield Spelling(word, str(row["terminal"]), language, str(row["kind"]), value, _pattern(word, language))


def _pattern(word: str, language: Language) -> re.Pattern[str]:
    pattern = r"[ \t\u3000]+".join(re.escape(part) for part in word.split(" "))
    pattern = pattern.replace("（", r"[（(]").replace("）", r"[）)]")
    # An English spelling ends where a word ends; a Chinese one may be glued to what follows.
    return re.compile(pattern + (r"(?![\w])" if language == "en" else ""))
