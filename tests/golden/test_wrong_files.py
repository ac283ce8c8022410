"""Wrong rule files and what their authors are told, in both languages.

Beside each `wrong/NAME.rules` stand `NAME.en.txt` and `NAME.zh.txt`. A file that begins with `# as of 2023-06-30` is loaded
for that day, one that begins with `# in no file` as a text; other files that the wrong ones use lie in `wrong/others`. After
a change of wording or of a check, `STEELYARD_BLESS=1` rewrites them; read what changed before it is committed.
"""

from __future__ import annotations

import os
import re
import time
from datetime import date
from pathlib import Path

import pytest

from steelyard.diagnostics.catalogue import CATALOGUE
from steelyard.diagnostics.model import Diagnostic, Language, Severity
from steelyard.diagnostics.render import render
from steelyard.diagnostics.wording import severity_of
from steelyard.pipeline import RULE_FILE_LIMIT, Loaded, load, load_bytes, try_examples

WRONG = Path(__file__).parent / "wrong"
FILES = sorted(WRONG.glob("*.rules"))
LANGUAGES: tuple[Language, ...] = ("en", "zh")
SLOWEST = 1.0
"""Seconds of processor time for one file: a guard against runaways, not a benchmark."""

MADE_HERE = {
    "S206": "more words than a rule file may have: `LARGE`",
    "S213": "more bytes than a rule file may have: `LARGE`",
}
"""Codes of files too large to store: the test at the end that makes them."""


def told(path: Path) -> tuple[Loaded, tuple[Diagnostic, ...]]:
    """The file as `steelyard check` has it: loaded for its day, its examples tried. A text has no folder."""
    content = path.read_bytes()
    day = re.match(rb"# as of (\S+)", content)
    on = date.fromisoformat(day[1].decode()) if day else None
    loaded = load_bytes(path.name, content) if content.startswith(b"# in no file") else load(path, on)
    tried = try_examples(loaded.program).diagnostics if loaded.program else ()
    return loaded, (*loaded.diagnostics, *tried)


@pytest.fixture(scope="module", autouse=True)
def _grammar_is_built() -> None:
    """The first file must not pay for the parser's tables."""
    load_bytes("first.rules", b"criterion a, 10 points\n  judged\n")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_author_is_told(path: Path) -> None:
    began = time.process_time()
    _, diagnostics = told(path)
    texts = {language: render(diagnostics, language) + "\n" for language in LANGUAGES}
    assert time.process_time() - began < SLOWEST
    assert diagnostics, "a wrong file must not pass"
    for language, text in texts.items():
        golden = path.with_suffix(f".{language}.txt")
        if os.environ.get("STEELYARD_BLESS"):
            golden.write_bytes(text.encode("utf-8"))
        assert golden.read_bytes().decode("utf-8") == text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_program_comes_out_of_an_error(path: Path) -> None:
    loaded, _ = told(path)
    failed = any(severity_of(diagnostic) is Severity.ERROR for diagnostic in loaded.diagnostics)
    assert (loaded.program is None) == failed


def test_every_golden_text_has_its_file() -> None:
    texts = {
        text.name.removesuffix(f".{language}.txt") for language in LANGUAGES for text in WRONG.glob(f"*.{language}.txt")
    }
    assert texts == {path.stem for path in FILES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_a_rule_file_is_in_a_golden_text(language: Language) -> None:
    texts = (text.read_text(encoding="utf-8") for text in WRONG.glob(f"*.{language}.txt"))
    shown = {code for text in texts for code in re.findall(r"(?m)^\w+\[([SNTW]\d+)\]", text)}
    assert {code for code in CATALOGUE if code[0] in "SNTW"} - shown == set(MADE_HERE)
    assert set(MADE_HERE) <= {code for _, code in LARGE.values()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_underline_stands_on_its_own_line(path: Path) -> None:
    """A mark lies within the line it is drawn under, and is never longer than it (but for one place past its end)."""
    from wcwidth import wcswidth

    for language in LANGUAGES:
        text = path.with_suffix(f".{language}.txt").read_text(encoding="utf-8")
        for quoted, marked in re.findall(r"(?m)^\d+ \| (.*)\n +\| ( *[\^-]+)", text):
            assert len(marked) <= max(wcswidth(quoted), 0) + 1


# ---- files too large to store


def criterion(condition: str) -> bytes:
    return f"criterion depth, 10 points\n  deduct 1 if {condition}\n".encode()


def crossing_rows() -> bytes:
    """700 rows of two keys, each across hundreds of others."""
    head = "input\n  a : number, from 0 to 2000\n  b : number, from 0 to 2000\n\nscore by a, b\n"
    rows = [f"  from {i} to below {i + 600}, from {i} to below {i + 600} : 1\n" for i in range(700)]
    return (head + "".join(rows) + "  otherwise : 0\n").encode()


LARGE = {
    "rows of a table across each other": (crossing_rows(), "W138"),
    "a number of a million digits": (criterion("a > " + "7" * 1_000_000)[:999_000] + b"\n", "S103"),
    "larger than a rule file may be": (b"# long\n" * (1_200_000 // 7), "S213"),
    "100,000 brackets": (criterion("(" * 100_000 + "a" + ")" * 100_000 + " > 1"), "S205"),
    "10,000 minus signs": (criterion("-" * 10_000 + "a > 1"), "S201"),
    "10,000 nots": (criterion("not " * 10_000 + "a > 1"), "S201"),
    "200,000 names": (criterion("a > 1" + " + b" * 110_000), "S206"),
    "one open quote on a line of 900,000 characters": (criterion('a = "' + "x" * 900_000), "S101"),
    "40,000 lines, each wrong": (b"forbid\n" * 40_000, "S202"),
    "a part in a part, 300 deep": (
        "".join(f"{'  ' * depth}section s{depth}, 10 points\n" for depth in range(300)).encode(),
        "S205",
    ),
}
EXACT_LIMIT = RULE_FILE_LIMIT


@pytest.mark.parametrize("what", LARGE)
def test_a_huge_file_is_told_and_ends(what: str) -> None:
    content, code = LARGE[what]
    began = time.process_time()
    loaded = load_bytes("huge.rules", content)
    texts = [render(loaded.diagnostics, language) for language in LANGUAGES]
    elapsed = time.process_time() - began
    assert code in {diagnostic.code for diagnostic in loaded.diagnostics}
    assert len(loaded.diagnostics) <= 100
    assert all(len(text) < 100_000 for text in texts), "a message stays readable"
    assert elapsed < (5 * SLOWEST if code == "S206" else SLOWEST)


def test_the_limits_are_those_of_the_language() -> None:
    """99 brackets under a part are fine, one more level than 100 is not."""
    fine = load_bytes("deep.rules", criterion("(" * 99 + "a" + ")" * 99 + " > 1"))
    deep = load_bytes("deep.rules", criterion("(" * 100 + "a" + ")" * 100 + " > 1"))
    assert [d.code for d in fine.diagnostics] == []
    assert [d.code for d in deep.diagnostics] == ["S205"]
    longest = load_bytes("long.rules", criterion("a > 1") + b"#" * (EXACT_LIMIT - len(criterion("a > 1"))))
    assert [d.code for d in longest.diagnostics] == []
