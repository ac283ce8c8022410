"""A sweep drawn with characters: the total over the input, one column for some values, one line for some points."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from steelyard.questions.whatif.sweep import Sample, Sweep
from steelyard.values.numbers import show_rounded

WIDTH, HEIGHT = 60, 12


def plot(found: Sweep) -> list[str]:
    """Lines of the picture, the highest total on top; nothing where there is no line of values or no total."""
    dots = [(s.value, s.outcome.total) for s in found.samples if s.value is not None]
    known = [(value, total) for value, total in dots if isinstance(total, Fraction)]
    if len(known) < 2:
        return []
    values, totals = [value for value, _ in known], [total for _, total in known]
    left, right, low, high = min(values), max(values), min(totals), max(totals)
    rows = [[" "] * WIDTH for _ in range(HEIGHT)]
    for value, total in known:
        rows[_place(total, low, high, HEIGHT)][_place(value, left, right, WIDTH)] = "*"
    now = found.now
    if now is not None and left <= now <= right:
        near = min(known, key=lambda dot: abs(dot[0] - now))
        rows[_place(near[1], low, high, HEIGHT)][_place(near[0], left, right, WIDTH)] = "●"
    labels = {HEIGHT - 1: show_rounded(high), 0: show_rounded(low)} if high > low else {0: show_rounded(low)}
    margin = max(len(label) for label in labels.values())
    lines = [
        f"{labels.get(height, '').rjust(margin)} │{''.join(rows[height]).rstrip()}"
        for height in reversed(range(HEIGHT))
    ]
    first, last = _at(found.samples, left), _at(found.samples, right)
    gap = " " * max(1, WIDTH - len(first) - len(last))
    return [*lines, f"{' ' * margin} └{'─' * WIDTH}", f"{' ' * margin}  {first}{gap}{last}"]


def _place(value: Fraction, low: Fraction, high: Fraction, count: int) -> int:
    return 0 if high == low else min(count - 1, floor((value - low) / (high - low) * (count - 1) + Fraction(1, 2)))


def _at(samples: tuple[Sample, ...], value: Fraction) -> str:
    return next(sample.text for sample in samples if sample.value == value)
