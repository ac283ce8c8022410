"""What a file says of itself: version, language, days in force."""

from __future__ import annotations

import pytest

from expand.expanding import codes, day, expanded

ENDED = "scheme a\n  effective from 2023-01-01 to 2025-12-31\ndeduct 1\n"
OPEN = "scheme a\n  effective from 2023-01-01\ndeduct 1\n"


@pytest.mark.parametrize("as_of", [None, "2023-01-01", "2024-05-05", "2025-12-31"])
def test_a_scheme_in_force_is_in_force(as_of: str | None) -> None:
    assert codes(expanded(ENDED, day(as_of) if as_of else None)) == []
    assert codes(expanded(OPEN, day(as_of) if as_of else None)) == []


@pytest.mark.parametrize(
    ("text", "as_of"), [(ENDED, "2022-12-31"), (ENDED, "2026-01-01"), (OPEN, "2022-12-31"), (OPEN, "1999-01-01")]
)
def test_a_scheme_out_of_force_is_an_error(text: str, as_of: str) -> None:
    assert codes(expanded(text, day(as_of))) == ["W143"]


def test_a_scheme_does_not_end_before_it_begins() -> None:
    assert codes(expanded("scheme a\n  effective from 2023-01-01 to 2022-01-01\ndeduct 1\n")) == ["W147"]


@pytest.mark.parametrize(("number", "found"), [(1, []), (2, ["W144"]), (0, ["W144"])])
def test_there_is_one_version_of_the_language(number: int, found: list[str]) -> None:
    assert codes(expanded(f"steelyard {number}\ndeduct 1\n")) == found


def test_the_language_may_be_said() -> None:
    assert expanded("scheme a\n  language zh\ndeduct 1 if x > 2\n").parsed.file.language == "zh"
    assert expanded("方案 甲\n  语言 en\n扣 1 分\n").parsed.file.language == "en"
    assert codes(expanded("scheme a\n  language fr\ndeduct 1 if x > 2\n")) == ["W148"]
