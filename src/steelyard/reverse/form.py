"""How the report writes its numbers: one number in several forms, one comparison in several words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from steelyard.reverse.measures import alike
from steelyard.reverse.model import Fact, Figures, Finding, Place
from steelyard.values.numbers import FULLWIDTH
from steelyard.values.targets import COMPARATORS, read_target

_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?", re.ASCII)
_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}


def forms(figures: Figures) -> Iterator[Finding]:
    """One value of one figure with more or fewer decimals, with and without separators, in other digits."""
    for figure in figures.figures.values():
        if figure.printed and not alike(figure.printed):
            continue  # 5 days and 5 hours are no one value.
        for printed in figure.values.values():
            several = len({one.unit for one in printed}) > 1
            written = dict.fromkeys(one.text if several else _digits(one.text) for one in printed)
            if len(written) > 1:
                places = tuple(Place(one.called or figure.name, one.text, one.where) for one in printed)
                facts: dict[str, Fact] = {"name": figure.name, "forms": tuple(written)}
                sums = (" = ".join(written),)
                yield Finding("form", "form", facts, sums, places)


def _digits(text: str) -> str:
    found = _NUMBER.search(text)
    return found[0] if found else text


def comparisons(figures: Figures) -> Iterator[Finding]:
    """Several words for the same comparison among the targets."""
    words: dict[str, dict[str, list[Place]]] = {}
    for indicator in figures.indicators:
        for text in indicator.targets:
            target, notes = read_target(text.text)
            sign = _SIGNS.get(target.comparator.value)
            if sign is None or notes:
                continue
            word = _word(text.text, target.comparator)
            words.setdefault(sign, {}).setdefault(word, []).append(Place(indicator.name, text.text, text.where))
    for sign, found in words.items():
        if len(found) > 1:
            places = tuple(place for each in found.values() for place in each)
            facts: dict[str, Fact] = {"sign": sign, "words": tuple(found)}
            yield Finding(
                "form", "comparison", facts, tuple(f"{word} = {sign}" for word in found if word != sign), places
            )


def _word(text: str, comparator: object) -> str:
    """The comparing word that a target begins with."""
    folded = text.strip().translate(FULLWIDTH)
    known = [w for c, spelled in COMPARATORS.items() if c is comparator for w in spelled.split()]
    return next((w for w in sorted(known, key=len, reverse=True) if folded.lower().startswith(w)), folded[:1])
