"""Targets and actuals: what planners write in one cell (`≥2,000次`, `不少于4类`, `达 90%`, `90%–95%`, `是`)."""

from __future__ import annotations

import re
from enum import StrEnum
from fractions import Fraction

from attrs import frozen

from steelyard.values.numbers import FULLWIDTH, canonical, read_number
from steelyard.values.units import RATES


class Comparator(StrEnum):
    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"
    RANGE = "range"
    YES = "yes"
    NO = "no"
    TEXT = "text"


COMPARATORS = {
    Comparator.AT_LEAST: "≥ >= ≧ 不少于 不低于 不小于 达到 达 至少 at least",
    Comparator.AT_MOST: "≤ <= ≦ 不超过 不高于 不多于 不大于 至多 控制在 at most up to",
    Comparator.ABOVE: "> 大于 高于 多于 超过 above more than",
    Comparator.BELOW: "< 小于 低于 少于 不足 below less than",
}
_PREFIXES = sorted(
    [
        (prefix, comparator)
        for comparator, prefixes in COMPARATORS.items()
        for prefix in re.findall(r"at least|at most|up to|more than|less than|\S+", prefixes)
    ],
    key=lambda pair: -len(pair[0]),
)
_QUANTITY = re.compile(r"([+−-]?[0-9][0-9,]*(?:\.[0-9]+)?)\s*(.*)", re.DOTALL)
_RANGE = re.compile(r"(.+?)\s*(?:–|—|～|~|至|到|-)\s*([0-9].*)", re.DOTALL)
_APPROXIMATE = re.compile(r"(?:约|大约|近|about |approx\. ?|~|≈)\s*")
_UNIT = re.compile(r"[^\W\d_]*(?:/[^\W\d_]+)?|[%‰]")
_NO_UNIT = ("以上", "以下", "以内", "以外", "左右", "上下", "内", "前", "后", "底", "止")
"""`2000次以下` is no bare 2000 of 次以下; whether such a bound is included is not said, so it stays a text."""

LONGEST = 200
"""Characters of a target or actual that is read for numbers; a longer one is text. The patterns search back and forth,
which takes long only in long texts."""

_PRINTED = (
    (re.compile(r"(.*?)(?:及以上|\(含\)以上|以上\(含\)|以上)"), Comparator.AT_LEAST),
    (re.compile(r"(.*?)(?:及以下|\(含\)以[下内]|以[下内]\(含\)|以[下内]|之内|内)"), Comparator.AT_MOST),
)

YES_TEXTS = frozenset({"是", "有", "yes", "true", "√"})
NO_TEXTS = frozenset({"否", "无", "没有", "no", "false", "×"})


@frozen
class Target:
    """A target as read from its cell: comparator, bound or bounds, unit."""

    comparator: Comparator
    low: Fraction | None = None
    """The bound of a one-sided target, the lower one of a range."""
    high: Fraction | None = None
    unit: str | None = None
    text: str | None = None
    """What a level or text target asks for."""

    @property
    def one_sided(self) -> bool:
        return self.comparator in COMPARATORS

    def __str__(self) -> str:
        match self.comparator:
            case Comparator.YES | Comparator.NO:
                return self.comparator.value
            case Comparator.TEXT:
                return self.text or ""
            case Comparator.RANGE:
                return f"{_quantity(self.low, self.unit)}–{_quantity(self.high, self.unit)}"
            case _:
                return f"{self.comparator.value}{_quantity(self.low, self.unit)}"


@frozen
class Actual:
    """What was reached: a number with a unit, yes or no, or a text."""

    number: Fraction | None = None
    unit: str | None = None
    truth: bool | None = None
    text: str | None = None

    def __str__(self) -> str:
        if self.truth is not None:
            return "yes" if self.truth else "no"
        return self.text or "" if self.number is None else _quantity(self.number, self.unit)


def read_target(text: str) -> tuple[Target, tuple[str, ...]]:
    """The target a cell writes, with notes (`bare-target`: a number alone is read as ≥)."""
    folded = text.strip().translate(FULLWIDTH)
    if len(folded) > LONGEST:
        return Target(Comparator.TEXT, text=text.strip()), ()
    if (truth := read_truth(folded)) is not None:
        return Target(Comparator.YES if truth else Comparator.NO), ()
    lowered = folded.lower()
    for prefix, comparator in _PREFIXES:
        if lowered.startswith(prefix):
            if quantity := read_quantity(folded[len(prefix) :]):
                return Target(comparator, quantity[0], None, quantity[1]), ()
            return Target(Comparator.TEXT, text=text.strip()), ()
    if quantity := read_quantity(folded):
        note = "bare-target" if quantity[0] else "bare-zero"
        return Target(Comparator.AT_LEAST, quantity[0], None, quantity[1]), (note,)
    if printed := _read_printed(folded):
        return printed, ("printed-bound",)
    if (match := _RANGE.fullmatch(folded)) and (high := read_quantity(match[2])):
        low = read_quantity(match[1])
        if low and low[1] in (None, high[1]):
            # `90–95%`: the unit is written once, at the end, and scales both ends.
            lowest = low[0] if low[1] is not None else low[0] * RATES.get(high[1] or "", Fraction(1))
            if lowest <= high[0]:
                return Target(Comparator.RANGE, lowest, high[0], high[1]), ()
    return Target(Comparator.TEXT, text=text.strip()), ("text-target",)


def _read_printed(folded: str) -> Target | None:
    """`90%以上`, `3天以内`, `=100%`: bounds as tables print them; 以上 以下 以内 include their number."""
    if folded.startswith(("=", "等于")) and (quantity := read_quantity(folded.removeprefix("等于").lstrip("="))):
        return Target(Comparator.RANGE, quantity[0], quantity[0], quantity[1])
    for pattern, comparator in _PRINTED:
        if (match := pattern.fullmatch(folded)) and (quantity := read_quantity(match[1])):
            return Target(comparator, quantity[0], None, quantity[1])
    return None


def read_actual(text: str) -> tuple[Actual, tuple[str, ...]]:
    """The actual a cell writes, with notes (`approximate`: 约 8218 次 is used as 8218)."""
    folded = text.strip().translate(FULLWIDTH)
    if len(folded) > LONGEST:
        return Actual(text=text.strip()), ()
    if (truth := read_truth(folded)) is not None:
        return Actual(truth=truth), ()
    match = _APPROXIMATE.match(folded)
    if quantity := read_quantity(folded[match.end() :] if match else folded):
        return Actual(quantity[0], quantity[1]), ("approximate",) if match else ()
    return Actual(text=text.strip()), ()


def read_quantity(text: str) -> tuple[Fraction, str | None] | None:
    """A number with an optional unit: `2,000次` is (2000, "次"), `95.22%` is (0.9522, "%")."""
    if (plain := read_number(text)) is not None:
        return plain, None
    match = _QUANTITY.fullmatch(text.strip())
    if not match or not _UNIT.fullmatch(match[2].strip()) or match[2].strip().endswith(_NO_UNIT):
        return None
    number, unit = read_number(match[1]), match[2].strip() or None
    return None if number is None else (number * RATES.get(unit or "", Fraction(1)), unit)


def read_truth(text: str) -> bool | None:
    folded = text.strip().lower()
    return True if folded in YES_TEXTS else False if folded in NO_TEXTS else None


def _quantity(number: Fraction | None, unit: str | None) -> str:
    assert number is not None, "a target or actual with a number has one"
    return canonical(number / RATES.get(unit or "", Fraction(1))) + (unit or "")
