"""Valid rule files, damaged in one token. The damages are drawn with a fixed seed, so a figure that falls is a change of ours."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from attrs import frozen

from conformance.cases import ROOT, cases
from steelyard.diagnostics.model import Diagnostic, Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.pipeline import load_bytes

SEED = 20230630
KINDS = ("delete", "double", "swap", "replace", "misspell")
CORPUS = Path(__file__).parent / "corpus"
_TOKEN = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”|「[^」\n]*」|[0-9]+(?:\.[0-9]+)?|[^\W\d]\w*|[<>=!]=|[^\s\w]")


@frozen
class Token:
    start: int
    end: int
    line: int
    """Index of its line."""


@frozen
class Damage:
    kind: str
    language: str
    text: str
    line: int
    column: int
    """Where the damage stands in the damaged text, from 0."""
    end: int
    """The column after it."""
    before: str
    after: str


@cache
def valid_files() -> dict[str, list[str]]:
    """By language: the rule files of the tree, of the conformance cases and of the corpus, as they load without an error."""
    paths = [*sorted((ROOT / "rules").rglob("*.rules")), *sorted(CORPUS.glob("*.rules"))]
    found = [path.read_text(encoding="utf-8") for path in paths]
    found += [case["scheme"] for case in cases() if "scheme" in case and "errors" not in case["want"]]
    texts: dict[str, list[str]] = {"en": [], "zh": []}
    for text in dict.fromkeys(found):
        loaded = load_bytes("valid.rules", text.encode(), "latest")
        if loaded.program is not None:
            texts[loaded.language].append(text)
    return texts


def errors_of(text: str) -> list[Diagnostic]:
    diagnostics = load_bytes("damaged.rules", text.encode("utf-8", "surrogatepass"), "latest").diagnostics
    return [d for d in diagnostics if severity_of(d) is Severity.ERROR]


def tokens(text: str) -> list[Token]:
    """The tokens of the lines that hold rules, without comments."""
    found: list[Token] = []
    offset = 0
    for number, line in enumerate(text.split("\n")):
        code = line if "#" not in line else line[: line.index("#")]
        found += [Token(offset + m.start(), offset + m.end(), number) for m in _TOKEN.finditer(code)]
        offset += len(line) + 1
    return found


def damages(count: int) -> Iterator[Damage]:
    """So many, half of them in each language; every one changes the text; which file, token and kind is drawn."""
    source = random.Random(SEED)
    texts = valid_files()
    for number in range(count):
        language = ("en", "zh")[number % 2]
        weights = [len(text) ** 0.5 for text in texts[language]]
        found = None
        while found is None:
            (text,) = source.choices(texts[language], weights)
            found = _damage(text, KINDS[number // 2 % len(KINDS)], language, source)
        yield found


def _damage(text: str, kind: str, language: str, source: random.Random) -> Damage | None:
    found = tokens(text)
    index = source.randrange(len(found))
    token = found[index]
    word = text[token.start : token.end]
    start, end = token.start, token.end
    match kind:
        case "delete":
            new = ""
        case "double":
            new = f"{word} {word}"
        case "swap":
            if index + 1 == len(found) or found[index + 1].line != token.line:
                return None
            other = found[index + 1]
            end = other.end
            new = text[other.start : other.end] + text[token.end : other.start] + word
        case "replace":
            other = source.choice(found)
            new = text[other.start : other.end]
        case _:
            if len(word) < 2 or not word[0].isalpha():
                return None
            at = source.randrange(len(word))
            new = word[:at] + source.choice(["", "q", word[at] * 2]) + word[at + 1 :]
    if new == text[start:end]:
        return None
    damaged = text[:start] + new + text[end:]
    first = text.rfind("\n", 0, start) + 1
    return Damage(kind, language, damaged, token.line, start - first, start - first + len(new), text[start:end], new)


def near(diagnostic: Diagnostic, damage: Damage) -> bool:
    """Is the mark on the damage, within two tokens of it, or on the line right before or after it?"""
    if diagnostic.span is None:
        return False
    line, column = diagnostic.span.source.position(diagnostic.span.start)
    end_line, end_column = diagnostic.span.source.position(diagnostic.span.end)
    line, end_line, column, end_column = line - 1, end_line - 1, column - 1, end_column - 1
    if line <= damage.line <= end_line and line != end_line:
        return True
    if line != damage.line:
        # A line that lost its end or its head shows it at the next token, which stands on another line.
        return abs(line - damage.line) == 1
    if column <= damage.end and damage.column <= end_column:
        return True
    text = damage.text.split("\n")[damage.line]
    first, last = sorted([(column, end_column), (damage.column, damage.end)])
    return len(_TOKEN.findall(text[first[1] : last[0]])) <= 2


def at_the_name(diagnostic: Diagnostic, damage: Damage) -> bool:
    """Does the mark stand on a use of the very name that was changed in its declaration, or point at the place?"""
    assert diagnostic.span is not None
    names = {damage.before.strip("「」"), damage.after.strip("「」")} - {""}
    pointed = any(label.span.source.position(label.span.start)[0] - 1 == damage.line for label in diagnostic.labels)
    return pointed or diagnostic.span.text.strip("「」") in names
