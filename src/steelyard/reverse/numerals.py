"""Exact numbers as an auditor reads them: every digit where they end, else cut with `…`, the fraction beside."""

from __future__ import annotations

from fractions import Fraction

from steelyard.reverse.model import Printed
from steelyard.reverse.ranges import Range
from steelyard.values.numbers import LONGEST_SHOWN, canonical, decimal_places, show, show_rounded

CUT = 4
"""Decimals that are shown of a number that does not end."""
SHOWN = 8
"""The most decimals that are shown in full."""


def decimal(value: Fraction, places: int = 0) -> str:
    """All its digits, at least so many decimals; one that does not end is cut: `98.0616…`."""
    if abs(value) >= LONGEST_SHOWN:
        return show(value)
    own = decimal_places(value)
    if own is not None and own <= SHOWN:
        return show_rounded(value, max(own, places))
    scale = 10**CUT
    cut = Fraction(abs(value.numerator) * scale // value.denominator, scale)
    return f"{'-' if value < 0 else ''}{show_rounded(cut, CUT)}…"


def full(value: Fraction, places: int = 0) -> str:
    """The same with the exact fraction beside it where it was cut."""
    shown = decimal(value, places)
    return f"{shown} ({fraction(value)})" if shown.endswith("…") else shown


def fraction(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def percent(value: Fraction, places: int = 2) -> str:
    """A rate as a percentage of at least two decimals where it has them, rounded there."""
    own = decimal_places(value * 100)
    if own is not None and own <= max(places, 2):
        return f"{show_rounded(value * 100, own)}%"
    return f"{show_rounded(value * 100, max(places, 2))}% ({fraction(value)})"


def like(value: Fraction, printed: Printed) -> str:
    """A computed number in the manner of a printed one."""
    if printed.scale == Fraction(1, 100):
        return percent(value, printed.places)
    shown = full(value / printed.scale, printed.places)
    return shown + (printed.unit if (printed.scale != 1 or printed.marked) and printed.unit else "")


def span(found: Range) -> str:
    """`[98.045, 98.0616…)`"""
    low = "(-∞" if found.low is None else ("[" if found.low_in else "(") + decimal(found.low)
    high = "∞)" if found.high is None else decimal(found.high) + ("]" if found.high_in else ")")
    return f"{low}, {high}"


def beyond(value: Fraction, found: Range) -> str:
    """How a value lies outside a range: `101 > 100`."""
    if found.high is not None and (value > found.high or (value == found.high and not found.high_in)):
        return f"{decimal(value)} {'>' if value > found.high else '≥'} {decimal(found.high)}"
    low = Fraction(0) if found.low is None else found.low
    return f"{decimal(value)} {'<' if value < low else '≤'} {decimal(low)}"


def span_exact(found: Range) -> str:
    """`[19609/200, 58837/600)`"""
    low = "(-∞" if found.low is None else ("[" if found.low_in else "(") + fraction(found.low)
    high = "∞)" if found.high is None else fraction(found.high) + ("]" if found.high_in else ")")
    return f"{low}, {high}"


def bare(printed: Printed) -> str:
    """The printed number as a term of arithmetic: a percentage keeps its sign, other units go where all are the same."""
    if printed.scale != 1 or printed.marked:
        number = show_rounded(printed.value / printed.scale, printed.places)
        return number + (printed.unit or "")
    return show_rounded(printed.value, printed.places)


def ends(found: Range) -> dict[str, str]:
    """A range for programs: its exact ends, and whether each is in it. An open side has no end."""
    shown: dict[str, str] = {}
    if found.low is not None:
        shown |= {"low": canonical(found.low), "low_included": "yes" if found.low_in else "no"}
    if found.high is not None:
        shown |= {"high": canonical(found.high), "high_included": "yes" if found.high_in else "no"}
    return shown
