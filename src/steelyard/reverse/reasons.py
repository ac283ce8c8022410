"""Deductions and their reasons: what each cost, which rule it names, whether one fault was counted twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, islice

from steelyard.reverse.composition import Part, Parts
from steelyard.reverse.indicators import standings
from steelyard.reverse.model import Fact, Figures, Finding, Indicator, Place, Reason, Said
from steelyard.reverse.numerals import bare, decimal, full, percent
from steelyard.values.numbers import FULLWIDTH, read_number
from steelyard.values.targets import COMPARATORS

MOST = 200
"""Reasons that are compared with each other."""
LEAST = 4
"""Characters, or words, that two reasons must share in a row to be alike; and half of the shorter one."""

_WORDS = re.compile(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+")
_COMPARING = "|".join(
    sorted(
        (re.escape(w) for words in COMPARATORS.values() for w in words.split() if len(w) > 1 or w in "≥≤><达"), key=len
    )[::-1]
)
_THRESHOLD = re.compile(
    rf"[0-9][0-9,.]*\s*[%‰]|(?:{_COMPARING})\s*([0-9][0-9,.]*)|([0-9][0-9,.]*)\s*\S{{0,2}}(?:以上|以下|以内)", re.ASCII
)
_ANY_NUMBER = re.compile(r"[0-9][0-9,.]*\s*[%‰]?", re.ASCII)


def lost_by(said: Said, part: Part) -> Fraction | None:
    """The points that a row lost: full points − score."""
    most = said.points.value if said.points else part.full
    return None if said.score is None or most is None else most - said.score.value


def deductions(figures: Figures, parts: Parts) -> Iterator[Finding]:
    for said in figures.rows:
        part = parts[said.path]
        lost = lost_by(said, part)
        if lost is None or part.parts:
            continue
        yield from _accounted(said, lost)
        if lost > 0:
            for reason in said.reasons:
                yield from _rule(figures, part, said, reason)


def _accounted(said: Said, lost: Fraction) -> Iterator[Finding]:
    """What the reasons of a row cost, against what it lost."""
    assert said.score is not None, "a row that lost points has a score"
    most = lost + said.score.value
    line = f"{decimal(most)} - {said.score.text} = {decimal(lost, said.score.places)}"
    places = tuple(Place(said.name, reason.text, reason.where) for reason in said.reasons)
    places = (Place(said.name, said.score.text, said.score.where), *places)
    facts: dict[str, Fact] = {
        "name": said.name, "lost": decimal(lost, said.score.places), "count": str(len(said.reasons))
    }  # fmt: skip
    amounts = [reason.points for reason in said.reasons if reason.points is not None]
    if said.reasons and lost == 0:
        yield Finding("contradicts", "idle", facts, (line,), places)
    elif lost > 0 and not said.reasons:
        yield Finding("cannot", "no-reason", facts, (line,), places)
    elif lost > 0 and len(amounts) == len(said.reasons):
        total = sum((amount.value for amount in amounts), Fraction(0))
        summed = f"{' + '.join(amount.text for amount in amounts)} = {decimal(total, said.score.places)}"
        if total == lost:
            yield Finding("follows", "split", facts, (line, summed), places)
        else:
            yield Finding("contradicts", "split", facts, (line, f"{summed} ≠ {facts['lost']}"), places)
    elif lost > 0 and len(said.reasons) > 1:
        unknown = [chr(ord("a") + i) for i in range(min(26, len(said.reasons) - len(amounts)))]
        known = [amount.text for amount in amounts]
        summed = f"{' + '.join([*known, *unknown])} = {facts['lost']}"
        rest = lost - sum((amount.value for amount in amounts), Fraction(0))
        if rest < 0:
            yield Finding("contradicts", "split", facts, (line, summed), places)
        else:
            within = f"{', '.join(unknown)} ∈ [0, {decimal(rest, said.score.places)}]"
            yield Finding("cannot", "no-split", facts, (line, summed, within), places)


# ---- a threshold that no printed rule states


def _rule(figures: Figures, part: Part, said: Said, reason: Reason) -> Iterator[Finding]:
    text = reason.text.translate(FULLWIDTH)
    for found in _THRESHOLD.finditer(text):
        number = next((group for group in found.groups() if group), found[0])
        value = _value(number)
        stated = [rule for rule in figures.rules if value in _numbers(rule.text)]
        if value is None or stated or value in part.constants:
            continue
        facts: dict[str, Fact] = {"name": said.name, "reason": reason.text, "number": number.strip()}
        places: tuple[Place, ...] = (Place(said.name, reason.text, reason.where),)
        sums: tuple[str, ...] = ()
        remarks: tuple[tuple[str, dict[str, Fact]], ...] = ()
        for indicator in figures.indicators:
            if indicator.name in reason.about and (read := _two_readings(figures, indicator, value, number.strip())):
                sums, remarks = read
                places += tuple(
                    Place(indicator.name, t.text, t.where) for t in (*indicator.targets, *indicator.actuals)
                )
        yield Finding("cannot", "no-rule", facts, sums, places, remarks)


def _two_readings(
    figures: Figures, indicator: Indicator, limit: Fraction, said: str
) -> tuple[tuple[str, ...], tuple[tuple[str, dict[str, Fact]], ...]] | None:
    """“150% 以上” of a target: 1.5 times it, or 1.5 times more than it."""
    found = standings(figures, indicator)
    if not found or found[0].excess is None or "%" not in said:
        return None
    actual, target = found[0].actual, found[0].target
    times, more = actual.value / target.value, found[0].excess
    a, t = bare(actual), bare(target)
    bounds = (target.value * limit, target.value * (1 + limit))
    shown = [decimal(bound) + (target.unit or "" if target.marked else "") for bound in bounds]
    signs = [">" if value > limit else "≤" for value in (times, more)]
    sums = (
        f"{a} ÷ {t} = {percent(times)} {signs[0]} {said} ({t} × {said} = {shown[0]})",
        f"({a} - {t}) ÷ {t} = {percent(more)} {signs[1]} {said} ({t} × (1 + {said}) = {shown[1]})",
    )
    key = "same-reading" if signs[0] == signs[1] else "other-reading"
    return sums, ((key, {"low": shown[0], "high": shown[1]}),)


def _value(text: str) -> Fraction | None:
    bare_text = text.strip().rstrip("%‰").strip().rstrip(".,")
    number = read_number(bare_text)
    if number is None:
        return None
    return number / 100 if "%" in text else number / 1000 if "‰" in text else number


def _numbers(text: str) -> set[Fraction | None]:
    return {_value(found[0]) for found in _ANY_NUMBER.finditer(text.translate(FULLWIDTH))}


# ---- one fault, two deductions


def twice(figures: Figures, parts: Parts) -> Iterator[Finding]:
    """The same reason in two rows that both lost points; the same indicator in two parts."""
    given = [
        (said, reason, tuple(_WORDS.findall(reason.text.casefold())))
        for said in figures.rows
        for reason in said.reasons
        if (lost := lost_by(said, parts[said.path])) is not None and lost > 0
    ]
    for (said, reason, words), (other, same, its_words) in combinations(islice(given, MOST), 2):
        if said.path == other.path or not (shared := _shared(words, its_words)):
            continue
        facts: dict[str, Fact] = {"name": said.name, "other": other.name, "shared": shared}
        sums = tuple(_weighed(parts, row) for row in (said, other))
        places = (Place(said.name, reason.text, reason.where), Place(other.name, same.text, same.where))
        yield Finding("ask", "twice", facts, sums, places)
    yield from _both(figures, parts)


def _both(figures: Figures, parts: Parts) -> Iterator[Finding]:
    for indicator in figures.indicators:
        resting = [said for said in figures.rows if indicator.name in said.rests_on]
        for said, other in combinations(resting, 2):
            if said.path.startswith(f"{other.path}.") or other.path.startswith(f"{said.path}."):
                continue
            blamed = {row.path: [r for r in row.reasons if indicator.name in r.about] for row in (said, other)}
            if not blamed[said.path] and not blamed[other.path]:
                continue
            first, second = (said, other) if blamed[said.path] else (other, said)
            if (lost_by(first, parts[first.path]) or 0) <= 0 or lost_by(second, parts[second.path]) == 0:
                continue
            facts: dict[str, Fact] = {"name": first.name, "other": second.name, "indicator": indicator.name}
            places = tuple(Place(first.name, reason.text, reason.where) for reason in blamed[first.path])
            sums = tuple(_weighed(parts, row) for row in (first, second))
            if blamed[second.path]:
                places += tuple(Place(second.name, reason.text, reason.where) for reason in blamed[second.path])
                yield Finding("ask", "both", facts, sums, places)
            elif second.score is None or not second.reasons:
                places += (Place(second.name, second.score.text if second.score else "–", second.where),)
                yield Finding("cannot", "perhaps-both", facts, sums, places)


def _weighed(parts: Parts, said: Said) -> str:
    """What a row lost, and what that is of the total."""
    part, factor, lost = parts[said.path], Fraction(1), lost_by(said, parts[said.path])
    at: Part | None = part
    while at is not None and at.inside is not None:
        factor *= at.factor if at.factor is not None else Fraction(1)
        at = parts.get(at.inside)
    if lost is None:
        return f"{said.name}: ? × {percent(factor)}"
    places = said.score.places if said.score else 0
    return f"{said.name}: {decimal(lost, places)} × {percent(factor)} = {full(lost * factor)}"


def _shared(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    """A run of words that two reasons share, where it is half of the shorter one; else nothing."""
    need = max(LEAST, -(-min(len(a), len(b)) // 2))
    runs = {b[at : at + need]: at for at in range(len(b) - need, -1, -1)}
    for start in range(len(a) - need + 1):
        at = runs.get(a[start : start + need])
        if at is None:
            continue
        length = need
        while a[start + length : start + length + 1] == b[at + length : at + length + 1] != ():
            length += 1
        run = a[start : start + length]
        return "".join(run) if all(len(word) == 1 for word in run) else " ".join(run)
    return ""
