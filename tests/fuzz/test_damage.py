"""Valid rule files, damaged in one token: the first error stands where the damage is, and few others follow it.

The damages are drawn with a fixed seed, so a figure that falls is a change of ours.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.cases import ROOT, cases
from steelyard.diagnostics.model import Diagnostic, Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.pipeline import load_bytes

SEED = 20230630
DAMAGES = 1000
KINDS = ("delete", "double", "swap", "replace", "misspell")
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
    text: str
    line: int
    column: int
    """Where the damage stands in the damaged text, from 0."""
    end: int
    """The column after it."""
    before: str
    after: str


def valid_files() -> list[str]:
    """The rule files of the tree and of the conformance cases, as they load without an error."""
    found = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "rules").rglob("*.rules"))]
    found += [case["scheme"] for case in cases() if "scheme" in case and "errors" not in case["want"]]
    texts = list(dict.fromkeys(found))
    return [text for text in texts if not errors_of(text)]


def errors_of(text: str) -> list[Diagnostic]:
    diagnostics = load_bytes("damaged.rules", text.encode("utf-8", "surrogatepass")).diagnostics
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


def damages(texts: list[str]) -> Iterator[Damage]:
    """Every damage changes the text; which file, token and kind is drawn."""
    source = random.Random(SEED)
    weights = [len(text) ** 0.5 for text in texts]
    count = 0
    while count < DAMAGES:
        (text,) = source.choices(texts, weights)
        damage = _damage(text, KINDS[count % len(KINDS)], source)
        if damage is not None:
            count += 1
            yield damage


def _damage(text: str, kind: str, source: random.Random) -> Damage | None:
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
    line_start = text.rfind("\n", 0, start) + 1
    return Damage(kind, damaged, token.line, start - line_start, start - line_start + len(new), text[start:end], new)


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


@pytest.fixture(scope="module")
def outcomes() -> list[tuple[Damage, list[Diagnostic]]]:
    return [(damage, errors_of(damage.text)) for damage in damages(valid_files())]


def test_it_has_many_valid_files_to_damage() -> None:
    assert len(valid_files()) >= 50


def test_it_never_raises_for_a_damaged_file(outcomes: list[tuple[Damage, list[Diagnostic]]]) -> None:
    # Loading them all is the test; a damage of each kind must have led to an error, or nothing was tried.
    assert len(outcomes) == DAMAGES
    assert {damage.kind for damage, errors in outcomes if errors} == set(KINDS)


def test_it_tells_the_first_error_within_two_tokens_of_the_damage(
    outcomes: list[tuple[Damage, list[Diagnostic]]], capsys: pytest.CaptureFixture[str]
) -> None:
    told = [(damage, errors[0]) for damage, errors in outcomes if errors]
    strictly = sum(near(error, damage) for damage, error in told) / len(told)
    far = [(damage, error) for damage, error in told if not near(error, damage) and not at_the_name(error, damage)]
    share = 1 - len(far) / len(told)
    with capsys.disabled():
        print(
            f"\ndamages: {len(outcomes)}, with an error: {len(told)}; first error within two tokens: {strictly:.1%}, "
            f"or at a use of the changed name: {share:.1%}"
        )
        by_kind = Counter(damage.kind for damage, _ in far)
        print(f"far by kind: {dict(by_kind)}; by code: {dict(Counter(error.code for _, error in far).most_common(6))}")
    assert strictly >= 0.9, "\n".join(_told(damage, error) for damage, error in far[:20])


def test_it_tells_at_most_two_errors_for_one_damage(
    outcomes: list[tuple[Damage, list[Diagnostic]]], capsys: pytest.CaptureFixture[str]
) -> None:
    told = [(damage, errors) for damage, errors in outcomes if errors]
    many = [(damage, errors) for damage, errors in told if len(errors) > 2]
    share = 1 - len(many) / len(told)
    with capsys.disabled():
        print(f"\nat most two errors: {share:.1%}; most: {max(len(errors) for _, errors in told)}")
    assert share >= 0.95, "\n".join(_told(damage, errors[0]) + f" … {len(errors)}" for damage, errors in many[:20])


def _told(damage: Damage, error: Diagnostic) -> str:
    line = damage.text.split("\n")[damage.line]
    place = error.span.place if error.span else "?"
    return f"{damage.kind} {damage.before!r} → {damage.after!r} in line {damage.line + 1} {line!r}: {error.code} at {place}"


PIECES = st.sampled_from(
    [
        *"扣 deduct 分 points if 的 ， , ( ) [ ] \" “ ” 「 ` . : = > < % 90 1.5 \n \t   # / * ^ - — 且 or not for each in".split(" "),
        "\n", "\n  ", "\n\t", "\u3000", "方案", "scheme", "等级", "grade", "input", "criterion", "x", "甲", "（含）以上", "{", "}", "\r\n", "\0", "\ufeff",
    ]
)  # fmt: skip
wide = settings(
    max_examples=1500, derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@wide
@given(
    st.one_of(
        st.text(max_size=200), st.lists(PIECES, max_size=60).map(" ".join), st.lists(PIECES, max_size=60).map("".join)
    )
)
def test_it_takes_any_text_without_raising(text: str) -> None:
    loaded = load_bytes("any.rules", text.encode("utf-8", "surrogatepass"))
    assert loaded.program is not None or loaded.diagnostics


@wide
@given(st.one_of(st.binary(max_size=200), st.binary(max_size=50).map(lambda b: b"deduct 1\n" + b)))
def test_it_takes_any_bytes_without_raising(content: bytes) -> None:
    loaded = load_bytes("any.rules", content)
    assert loaded.program is not None or loaded.diagnostics


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5", "latin-1"])
def test_it_reads_utf8_and_refuses_other_encodings(encoding: str, tmp_path: Path) -> None:
    content = "方案 甲\n扣 1 分\n".encode(encoding, "replace")
    loaded = load_bytes("encoded.rules", content)
    assert (loaded.program is not None) == (encoding in ("utf-8", "utf-8-sig"))
