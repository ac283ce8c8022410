"""Characters that hide, turn text around, or look like others: refused at every token, and never read as what they resemble."""

from __future__ import annotations

import random
import re
import tomllib

import pytest

from fuzz.damages import CORPUS, errors_of, tokens
from steelyard.resources import shipped

FILES = sorted(CORPUS.glob("*.rules"))
HIDDEN = (
    0x00, 0x07, 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x180B, 0x180E, *range(0x200B, 0x2010),
    0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x2070), 0x3164, 0xFE00, 0xFE0F, 0xFEFF,
    0xFFA0, 0xFFF9, 0xE0001, 0xE0041, 0xE0100,
)  # fmt: skip
"""Bidirectional controls, zero widths, fillers, variation selectors, tags, control characters."""
CYRILLIC = str.maketrans("aceopxyis", "асеорхуіѕ")
RADICALS = dict(zip("人大小日一入口目文比高非至行面", "⼈⼤⼩⽇⼀⼊⼝⽬⽂⽐⾼⾮⾄⾏⾯", strict=True))
DIGITS = "٣२³½Ⅲ三③௩𝟛"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_refuses_hidden_characters_at_every_kind_of_token(path: object) -> None:
    text, source = path.read_text(encoding="utf-8"), random.Random(1)  # type: ignore[attr-defined]
    found = tokens(text)
    for hidden in HIDDEN:
        token = source.choice(found)
        for at in (token.start, (token.start + token.end) // 2, token.end):
            codes = {error.code for error in errors_of(text[:at] + chr(hidden) + text[at:])}
            assert codes, f"U+{hidden:04X} at {at}"


def _keywords() -> set[str]:
    table = tomllib.loads((shipped("grammar") / "keywords.toml").read_text(encoding="utf-8"))
    rows = (row for kind in ("keyword", "function", "value") for row in table[kind])
    return {word for row in rows for spelling in row["en"] for word in spelling.split()}


def test_it_reads_no_cyrillic_keyword() -> None:
    source, known = random.Random(2), _keywords()
    for path in CORPUS.glob("*.en.rules"):
        text = path.read_text(encoding="utf-8")
        told = []
        for token in tokens(text):
            word = text[token.start : token.end]
            places = [i for i, letter in enumerate(word) if letter.translate(CYRILLIC) != letter]
            if word in known and places and source.random() < 0.4:
                at = token.start + source.choice(places)
                told.append(bool(errors_of(text[:at] + text[at].translate(CYRILLIC) + text[at + 1 :])))
        # A column of a table may be named by a keyword, and then by anything else.
        assert sum(told) >= len(told) - 1


def test_it_reads_no_radical_for_a_character() -> None:
    for path in CORPUS.glob("*.zh.rules"):
        text = path.read_text(encoding="utf-8")
        said = [range(*match.span()) for match in re.finditer(r"“[^”]*”|#.*", text)]  # Where anything may stand.
        places = [i for i, char in enumerate(text) if char in RADICALS and not any(i in span for span in said)]
        assert places
        for at in places[:: max(1, len(places) // 8)]:
            assert errors_of(text[:at] + RADICALS[text[at]] + text[at + 1 :]), text[at - 5 : at + 5]


def test_it_reads_no_other_digits() -> None:
    source = random.Random(3)
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        numbers = [token for token in tokens(text) if text[token.start : token.end].isdigit()]
        for token in source.sample(numbers, min(4, len(numbers))):
            for digit in DIGITS:
                assert errors_of(text[: token.end - 1] + digit + text[token.end :]), digit
