"""Valid rule files, damaged in one token: the first error stands where the damage is, and few others follow it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from fuzz.damages import CORPUS, KINDS, Damage, at_the_name, damages, errors_of, near, valid_files
from properties.constructs import held, required
from steelyard.diagnostics.model import Diagnostic
from steelyard.pipeline import load_bytes
from steelyard.source import Source
from steelyard.syntax.parser import parse

DAMAGES = 3000
Outcome = tuple[Damage, list[Diagnostic]]


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return [(damage, errors_of(damage.text)) for damage in damages(DAMAGES)]


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.rules")), ids=lambda path: path.name)
def test_it_has_files_to_damage_that_are_valid(path: Path) -> None:
    loaded = load_bytes(path.name, path.read_bytes(), "latest")
    assert loaded.program is not None, [(d.code, d.span and d.span.place) for d in loaded.diagnostics]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_has_every_construct_to_damage_in_either_language(language: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in CORPUS.glob(f"*.{language}.rules")]
    found = [held(parse(Source.from_text("corpus.rules", text)).file) for text in texts]
    assert not required(language) - set().union(*found)
    assert len(valid_files()[language]) >= 30


def test_it_never_raises_for_a_damaged_file(outcomes: list[Outcome]) -> None:
    # Loading them all is the test; a damage of each kind must have led to an error, or nothing was tried.
    assert len(outcomes) == DAMAGES
    assert {damage.kind for damage, errors in outcomes if errors} == set(KINDS)


def test_it_tells_the_first_error_within_two_tokens_of_the_damage(
    outcomes: list[Outcome], capsys: pytest.CaptureFixture[str]
) -> None:
    told = [(damage, errors[0]) for damage, errors in outcomes if errors]
    far = [(damage, error) for damage, error in told if not near(error, damage)]
    share = 1 - len(far) / len(told)
    at_a_use = sum(at_the_name(error, damage) for damage, error in far) / len(told)
    with capsys.disabled():
        print(f"\ndamages: {len(outcomes)}, with an error: {len(told)}; first error within two tokens: {share:.1%}, "
              f"or at a use of the changed name: {share + at_a_use:.1%}")  # fmt: skip
        print("within two tokens,", _by([(damage, near(error, damage)) for damage, error in told]))
        print("far by code:", dict(Counter(error.code for _, error in far).most_common(6)))
    assert share >= 0.9, "\n".join(_told(damage, error) for damage, error in far[:20])


def test_it_tells_at_most_two_errors_for_one_damage(
    outcomes: list[Outcome], capsys: pytest.CaptureFixture[str]
) -> None:
    told = [(damage, errors) for damage, errors in outcomes if errors]
    many = [(damage, errors) for damage, errors in told if len(errors) > 2]
    share = 1 - len(many) / len(told)
    with capsys.disabled():
        print(f"\nat most two errors: {share:.1%}; most: {max(len(errors) for _, errors in told)}")
        print("at most two errors,", _by([(damage, len(errors) <= 2) for damage, errors in told]))
    assert share >= 0.95, "\n".join(_told(damage, errors[0]) + f" … {len(errors)}" for damage, errors in many[:20])


def _by(outcomes: list[tuple[Damage, bool]]) -> str:
    """The share of good ones, by kind and by language."""

    def share(name: str, chosen: Callable[[Damage], bool]) -> str:
        good = [outcome for damage, outcome in outcomes if chosen(damage)]
        return f"{name} {sum(good) / len(good):.1%}"

    kinds = [share(kind, lambda damage, kind=kind: damage.kind == kind) for kind in KINDS]  # type: ignore[misc]
    return ", ".join(kinds + [share(one, lambda damage, one=one: damage.language == one) for one in ("en", "zh")])  # type: ignore[misc]


def _told(damage: Damage, error: Diagnostic) -> str:
    line = damage.text.split("\n")[damage.line]
    place = error.span.place if error.span else "?"
    return f"{damage.kind} {damage.before!r} → {damage.after!r} in line {damage.line + 1} {line!r}: {error.code} at {place}"
