"""Every entry of every trace as one sentence that holds nothing but the entry's own values."""

from __future__ import annotations

import os
import re
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from explain.agreement import NUMBER, follows, values_of, without_texts
from explain.traces import every_entry, guangzhou, scored, traces_of
from steelyard.diagnostics.model import Language
from steelyard.explain.filed import Filed, sentence
from steelyard.trace.model import Entry, Quantity, Trace
from steelyard.values.intervals import Interval

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES: tuple[Language, ...] = ("en", "zh")

SMALL = {
    "batch": "batch-value-of-a-batch-value",
    "each": "loop-over-groups",
    "open": "start-at",
    "skip": "skip-giving-full-and-zero",
    "redistribute": "part-for-each-skipped-row",
    "rescale": "skip-rescaling-total",
    "carry": "veto-of-an-inner-part-by-its-sibling",
    "judge": "dropping-extremes",
    "judge-open": "level-outside-its-range",
    "restore": "restore-never-more-than-asked",
    "move": "floor-in-file-order",
    "waived": "printed-exempt",
    "undetermined": "c315-another-word",
    "group": "highest-of",
    "group-open": "highest-of-not-known",
    "limit": "limits-the-least-wins",
    "zero": "zero-not-known",
    "round": "grade-reads-the-rounded-total",
    "override": "override",
    "grade": "grade-open-where-data-are-missing",
    "regrade": "regrade-each",
    "check": "check-of-a-count-not-known",
}
"""A small case for each kind of entry."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_has_one_whole_sentence_in_one_language(language: Language) -> None:
    stop, strange = {"en": (".", r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"), "zh": ("。", r"[A-Za-z]")}[language]
    wrong = []
    for place, trace, entry in every_entry():
        told = _told(trace, language).sentence(entry)
        own = without_texts(told, trace, entry)
        holes = re.search(r"\(\)|（）|  |：[，。]|，[，。]|: [,.]|, [,.]", told) or re.search(r"None|[{}]", own)
        if "\n" in told or not told.endswith(stop) or holes or re.search(strange, own):
            wrong.append((place, told, own))
    assert not wrong, wrong[:5]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_a_sentence_is_a_value_of_its_entry(language: Language) -> None:
    wrong = []
    for place, trace, entry in every_entry():
        told = _told(trace, language).sentence(entry)
        values = values_of(entry, trace)
        numbers = NUMBER.findall(without_texts(told, trace, entry))
        strange = [number for number in numbers if not follows(number, values)]
        if strange:
            wrong.append((place, told, strange))
    assert not wrong, wrong[:5]


FIRED = ("applied", "without effect")
TOLD: dict[str, tuple[str, ...]] = {
    "move": ("asked", "applied", "before", "after", "cap", "restored"),
    "group": ("asked", "applied", "before", "after", "cap", "restored"),
    "carry": ("asked", "factor", "applied", "before", "after"),
    "judge": ("asked", "applied", "before", "after"),
    "restore": ("asked", "applied"),
    "limit": ("before", "after"),
    "clamp": ("before", "after", "asked"),
    "round": ("before", "after", "places"),
    "rescale": ("asked", "high", "before", "factor", "after"),
    "redistribute": ("asked", "applied", "factor"),
    "override": ("asked", "applied", "before", "after"),
    "open": ("after",),
    "close": ("after",),
    "skip": ("after",),
    "grade": ("label",),
    "regrade": ("label", "steps"),
    "batch": ("subjects",),
}
"""What moved points, or was read off them: none of it may change without the sentence."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_moved_points_stands_in_the_sentence_and_no_value_of_it_changes_without_it(language: Language) -> None:
    seen: set[object] = set()
    wrong = []
    for place, trace, entry in every_entry():
        if entry.status not in FIRED or (shape := _shape(entry)) in seen:
            continue
        seen.add(shape)
        teller = _told(trace, language)
        told = teller.sentence(entry)
        present = values_shown(told)
        for name in TOLD.get(entry.kind, ()):
            value = getattr(entry, name)
            if value is None or (name == "steps" and entry.status == "without effect"):
                continue
            missing = isinstance(value, Fraction) and not any(follows(number, {value}) for number in present)
            if missing or teller.sentence(attrs.evolve(entry, **{name: _nudged(value)})) == told:
                wrong.append((place, name, told))
    assert len(seen) > 100
    assert not wrong, wrong[:8]


def test_the_bounds_and_caps_of_what_held_stand_in_the_sentence() -> None:
    for _, trace, entry in every_entry():
        if entry.kind == "clamp" and entry.status == "applied":
            told = sentence(entry, trace, "en")
            names = {"opening": ("low", "high"), "floor": ("low",), "top": ("high",)}[entry.role or "opening"]
            for name in names:
                value = getattr(entry, name)
                if value is not None and entry.number % 7 == 0:
                    assert sentence(attrs.evolve(entry, **{name: _nudged(value)}), trace, "en") != told


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_determined_names_the_data_to_blame(language: Language) -> None:
    count = 0
    for place, trace, entry in every_entry():
        if entry.status != "undetermined" or not entry.blame:
            continue
        count += 1
        told = _told(trace, language).sentence(entry)
        cells = {cell.key: cell for cell in trace.cells}
        for key in entry.blame[:5]:
            assert cells[key].name in told, (place, told)
            assert cells[key].file in told, (place, told)
    assert count > 50


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["guangzhou", *SMALL])
def test_sentences_word_for_word(name: str, language: Language) -> None:
    traces = [guangzhou()] if name == "guangzhou" else traces_of(SMALL[name])
    got = "".join(f"{entry.number}  {sentence(entry, t, language)}\n" for t in traces[:3] for entry in t.entries)
    path = GOLDEN / f"{name}.{language}.txt"
    if os.environ.get("STEELYARD_BLESS"):
        path.write_text(got, encoding="utf-8")
    assert got == path.read_text(encoding="utf-8")


def test_the_small_traces_show_every_kind_of_entry() -> None:
    every = {entry.kind for _, _, entry in every_entry()}
    assert {entry.kind for case in SMALL.values() for t in traces_of(case) for entry in t.entries} == every


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_texts_stay_text(language: Language, tmp_path: Path) -> None:
    rules = 'criterion c "t", 100 points\n  deduct 1 if n = "x"\n    because "{n}"\n'
    plain = scored(rules, "n\nx\n", tmp_path)
    # The title of a rule file is one line of text; what a trace file says may be anything.
    evil = "{0} {entry} %s\n\u202e\x1b[31m<b>总分"
    parts = tuple(attrs.evolve(part, title=evil) for part in plain.result.parts)
    entries = tuple(attrs.evolve(e, reason=evil if e.reason else None) for e in plain.entries)
    trace = attrs.evolve(plain, result=attrs.evolve(plain.result, parts=parts), entries=entries)
    for entry in trace.entries:
        told = sentence(entry, trace, language)
        assert len(told.splitlines()) == 1
        assert "\x1b" not in told and "\u202e" not in told
        if entry.part == "c":
            assert "{0} {entry} %s <U+202E><U+001B>[31m<b>总分" in told


def test_the_condition_comes_before_in_chinese_and_behind_in_english(tmp_path: Path) -> None:
    rules = "criterion cases, 100 points\n  deduct 0.5 if actual > target * 1.5\n"
    trace = scored(rules, "target,actual\n2000,3310\n", tmp_path)
    (move,) = (entry for entry in trace.entries if entry.kind == "move")
    assert sentence(move, trace, "zh") == (
        "cases：actual 3310 > target 2000 × 1.5（2000 × 1.5 = 3000），扣 0.5 分，由 100 分减为 99.5 分。"
    )
    assert sentence(move, trace, "en") == (
        "cases: 0.5 deducted, from 100 down to 99.5, as actual 3310 > target 2000 × 1.5 (2000 × 1.5 = 3000)."
    )


def values_shown(told: str) -> list[str]:
    return NUMBER.findall(told)


_TELLERS: dict[tuple[int, Language], Filed] = {}


def _told(trace: Trace, language: Language) -> Filed:
    """One teller for a trace; the traces of a run live as long as it does."""
    key = id(trace), language
    if key not in _TELLERS:
        _TELLERS[key] = Filed.of(trace, language)
    return _TELLERS[key]


def _shape(entry: Entry) -> object:
    """Entries that are told alike."""
    op = entry.expression.op if entry.expression else None
    given = tuple(getattr(entry, name) is None for name in ("cap", "restored", "applied", "before", "low", "high"))
    same = entry.asked == entry.applied, entry.before == entry.after
    return entry.kind, entry.role, entry.status, entry.mode, op, given, same, entry.name is None, entry.row is None


def _nudged(value: Quantity | int | str) -> Quantity | int | str:
    match value:
        case str():
            return value + "′"
        case Interval(low, high):
            return Interval(None if low is None else low + 1, None if high is None else high + 1)
        case _:
            return value + 1
