"""The phrase book holds all 55 phrases, each in both languages and run; the two tours of a first scheme go the same way."""

from __future__ import annotations

import re
from functools import cache

import pytest
from attrs import frozen

from language.examples import ROOT, Block, Case, Session, blocks, read_page
from steelyard.pipeline import load_bytes

GUIDES = ROOT / "docs" / "guides"
BOOK = GUIDES / "phrases.md"
PHRASES = range(1, 56)
_HEADING = re.compile(r"### (\d+)\. (.+) · (.+)")


@frozen
class Entry:
    """One phrase of the book: what stands between its heading and the next."""

    number: int
    title: str
    text: str
    cases: tuple[Case, ...]
    sessions: tuple[Session, ...]


@cache
def entries() -> tuple[Entry, ...]:
    lines = BOOK.read_text(encoding="utf-8").splitlines()
    page = read_page(BOOK)
    starts = [number for number, line in enumerate(lines, 1) if _HEADING.fullmatch(line)]
    found = []
    for start, end in zip(starts, [*starts[1:], len(lines) + 1], strict=True):
        heading = _HEADING.fullmatch(lines[start - 1])
        assert heading
        inside = range(start, end)
        found.append(
            Entry(
                int(heading[1]),
                heading[2],
                "\n".join(lines[start : end - 1]),
                tuple(case for case in page.cases if case.rules.line in inside),
                tuple(session for session in page.sessions if session.console.line in inside),
            )
        )
    return tuple(found)


def language(rules: Block) -> str:
    return load_bytes(rules.name, rules.text.encode()).language


def test_the_book_has_every_phrase_once() -> None:
    assert [entry.number for entry in entries()] == list(PHRASES)


@pytest.mark.parametrize("number", PHRASES)
def test_a_phrase_is_run_in_both_languages(number: int) -> None:
    """The printed phrase in quotes, a rule in Chinese first, the same in English, and a result of both."""
    entry = entries()[number - 1]
    assert re.search(r"^> .*“.+”|^> “.+”", entry.text, re.M), "no printed phrase in quotes"
    run = [case for case in entry.cases if case.result is not None]
    assert [language(case.rules) for case in run[:1]] == ["zh"]
    assert {language(case.rules) for case in run} == {"zh", "en"}


@pytest.mark.parametrize("number", PHRASES)
def test_what_is_refused_is_shown(number: int) -> None:
    """A phrase that is refused as printed shows what the command says, and links the page of every code."""
    entry = entries()[number - 1]
    refused = {code for case in entry.cases for code in case.rules.codes}
    shown = {code for session in entry.sessions for code in re.findall(r"\[([A-Z]\d{3})\]:", session.console.text)}
    assert refused == shown
    unlinked = [code for code in refused if f"[{code}](../diagnostics/{code}.md)" not in entry.text]
    assert not unlinked


def test_phrases_that_leave_something_open_are_refused() -> None:
    """The part of a step, the ends of tiers, an overlap, “suitably”, “150% and above”, a mean that reads itself."""
    refused = {entry.number: {code for case in entry.cases for code in case.rules.codes} for entry in entries()}
    wanted = {1: "T124", 16: "W116", 25: "S201", 26: "S219", 47: "N110"}
    assert [number for number, code in wanted.items() if code not in refused[number]] == []
    assert "W106" in refused[16]


def test_every_phrase_is_in_the_contents() -> None:
    """The table of contents has a line for each phrase, with its words, and every place it names is there."""
    text = BOOK.read_text(encoding="utf-8")
    listed = [(int(place), title) for title, place in re.findall(r"^- \[(.+)\]\(#p(\d+)\) · ", text, re.M)]
    assert listed == [(entry.number, f"{entry.number}. {entry.title}") for entry in entries()]
    assert re.findall(r'^<a id="p(\d+)"></a>$', text, re.M) == [str(number) for number in PHRASES]


def test_both_tours_go_the_same_way() -> None:
    """The English and the Chinese first scheme have the same steps: the same blocks, mistakes and commands."""
    tours = [GUIDES / "first-scheme.md", GUIDES / "first-scheme.zh.md"]
    steps = [[(block.kind, block.codes) for block in blocks(path.read_text(encoding="utf-8"))] for path in tours]
    commands = [[c.split()[1] for s in read_page(path).sessions for c, _ in s.commands()] for path in tours]
    assert steps[0] == steps[1]
    assert commands[0] == commands[1]


def test_guides_are_linked() -> None:
    """From the front page, from the manual, and from one another."""
    front = (ROOT / "README.md").read_text(encoding="utf-8")
    manual = (ROOT / "docs" / "language" / "README.md").read_text(encoding="utf-8")
    unlinked = [page.name for page in GUIDES.glob("*.md") if f"(docs/guides/{page.name})" not in front]
    unlinked += [page.name for page in GUIDES.glob("*.md") if f"(../guides/{page.name})" not in manual]
    assert not unlinked
