"""What policy writers get wrong, and whether they are told the right thing at the right line first.

The corpus is data: `corpus/TOPIC.zh.yaml` and `corpus/TOPIC.en.yaml` hold rule files with one mistake each. `want` is the
code whose page fits the mistake, and the line that its writer must mend; both were chosen from the documentation alone.
What counts is the first diagnostic, as printed. `misses.yaml` lists those that are told otherwise, so that one more miss
and one less are both seen. `pytest -s` prints the figures.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from steelyard.diagnostics.catalogue import CATALOGUE
from steelyard.diagnostics.render import render
from steelyard.pipeline import load_bytes, try_examples

HERE = Path(__file__).parent
FIELDS = {"id", "phrase", "mistake", "rules", "want"}
LEAST_FILES, LEAST_OF_A_LANGUAGE, LEAST_RIGHT = 150, 50, 0.95
NOTHING = "none"


WRITTEN = "0fadcd0fec9dcbc19a35fe787ab63ba0c21a1422112419172619217f2f8ffabd"
"""SHA-256 of the corpus, all files in the order of their names."""


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def corpus() -> dict[str, list[dict[str, Any]]]:
    """The items by language."""
    found: dict[str, list[dict[str, Any]]] = {"zh": [], "en": []}
    for path in sorted((HERE / "corpus").glob("*.yaml")):
        found[path.stem.rpartition(".")[2]].extend(read(path))
    return found


CORPUS = corpus()
ITEMS = [item for items in CORPUS.values() for item in items]


def told_first(rules: str) -> str:
    """`CODE:LINE` of the first diagnostic as `check` prints it, examples tried."""
    loaded = load_bytes("mistake.rules", rules.encode())
    tried = try_examples(loaded.program).diagnostics if loaded.program else ()
    printed = render((*loaded.diagnostics, *tried), "en")
    head = re.search(r"(?m)^\w+\[([A-Z]\d+)\]", printed)
    if head is None:
        return NOTHING
    place = re.search(r"(?m)^ *--> mistake\.rules:(\d+):", printed)
    return f"{head[1]}:{place[1]}" if place else head[1]


def wanted(item: dict[str, Any]) -> str:
    return f"{item['want']['code']}:{item['want']['line']}"


@cache
def outcome() -> dict[str, str]:
    return {item["id"]: told_first(item["rules"]) for item in ITEMS}


def missed() -> dict[str, str]:
    return {item["id"]: outcome()[item["id"]] for item in ITEMS if outcome()[item["id"]] != wanted(item)}


def test_there_are_enough_files_of_both_languages() -> None:
    assert len(ITEMS) >= LEAST_FILES
    assert all(len(items) >= LEAST_OF_A_LANGUAGE for items in CORPUS.values())


def test_every_item_is_whole_and_has_an_id_of_its_own() -> None:
    assert [name for name, times in Counter(item["id"] for item in ITEMS).items() if times > 1] == []
    for item in ITEMS:
        assert set(item) == FIELDS, item["id"]
        assert item["want"]["code"] in CATALOGUE, item["id"]
        assert 1 <= int(item["want"]["line"]) <= len(item["rules"].splitlines()), item["id"]


def test_nearly_all_writers_are_told_the_right_thing_first() -> None:
    wrong = missed()
    for language, items in CORPUS.items():
        right = sum(item["id"] not in wrong for item in items)
        print(f"{language}: {right} of {len(items)} right ({right / len(items):.1%})")
    right = len(ITEMS) - len(wrong)
    print(f"together: {right} of {len(ITEMS)} right ({right / len(ITEMS):.1%})")
    told = {name: (wanted(item), wrong[name]) for item in ITEMS if (name := item["id"]) in wrong}
    assert right / len(ITEMS) >= LEAST_RIGHT, f"wanted and got: {told}"


def test_the_misses_are_those_that_are_known() -> None:
    listed = read(HERE / "misses.yaml")
    assert all(set(miss) == {"id", "got", "why"} and miss["why"] for miss in listed)
    known = {miss["id"]: miss["got"] for miss in listed}
    assert len(known) == len(listed)
    assert missed() == known


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_corpus_is_about_many_things(language: str) -> None:
    assert len({item["want"]["code"] for item in CORPUS[language]}) >= 90


def test_the_corpus_is_what_it_was_before_its_first_run() -> None:
    """Wanted codes and lines were written down before anything was run, and stay so."""
    files = sorted((HERE / "corpus").glob("*.yaml"))
    assert sha256(b"".join(path.read_bytes() for path in files)).hexdigest() == WRITTEN
