"""What rows cover, against asking every value: random bands, half steps, one key and two."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

from steelyard.check.bands import Band, Line, Row, band, coverage, holds_value

TOP = 6
HALVES = [Fraction(number, 2) for number in range(-2, 2 * TOP + 3)]
"""The ends of bands are whole, so these and the values between them are all there is to ask."""


def holds(piece: Band, value: Fraction) -> bool:
    above = piece.low is None or value > piece.low.value or (value == piece.low.value and not piece.low.after)
    below = piece.high is None or value < piece.high.value or (value == piece.high.value and piece.high.after)
    return above and below


def some_band(chance: random.Random) -> Band:
    low, high = sorted(chance.choices(range(TOP + 1), k=2))
    piece = band(
        None if chance.random() < 0.2 else Fraction(low),
        None if chance.random() < 0.2 else Fraction(high),
        low_in=chance.random() < 0.5,
        high_in=chance.random() < 0.5,
    )
    return Band(None, piece.high) if piece.empty else piece


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("keys", [1, 2])
def test_it_finds_what_asking_every_value_finds(seed: int, keys: int) -> None:
    chance = random.Random(f"{keys} {seed}")
    step = chance.choice([None, Fraction(1)])
    domain = band(Fraction(0), Fraction(TOP))
    rows = [tuple(some_band(chance) for _ in range(keys)) for _ in range(chance.randint(1, 6))]
    axes = [Line.of(domain, step, [row[index] for row in rows]) for index in range(keys)]
    claims = [chance.random() < 0.8 for _ in rows]
    found = coverage(
        axes,
        [
            Row(number, tuple(axis.cells([piece]) for axis, piece in zip(axes, row, strict=True)), claims[number])
            for number, row in enumerate(rows)
        ],
    )
    values = [v for v in HALVES if holds(domain, v) and (step is None or v.denominator == 1)]
    left: set[tuple[Fraction, ...]] = set()
    reached: set[int] = set()
    for point in product(values, repeat=keys):
        for number, row in enumerate(rows):
            if all(holds(piece, value) for piece, value in zip(row, point, strict=True)):
                reached.add(number)
                if claims[number]:
                    break
        else:
            left.add(point)
    in_gaps = {
        point
        for point in product(values, repeat=keys)
        if any(
            all(holds(axis.piece(cells), value) for axis, cells, value in zip(axes, gap, point, strict=True))
            for gap in found.gaps
        )
    }
    assert found.reached == reached
    assert in_gaps == left


@pytest.mark.parametrize("seed", range(60))
def test_an_exact_row_takes_nothing_that_an_earlier_one_has(seed: int) -> None:
    chance = random.Random(seed)
    rows = [some_band(chance) for _ in range(5)]
    axis = Line.of(band(Fraction(0), Fraction(TOP)), None, rows)
    exact = [piece.low is not None and piece.high is not None for piece in rows]
    cells = [Row(number, (axis.cells([piece]),), exact=exact[number]) for number, piece in enumerate(rows)]
    values = [v for v in HALVES if 0 <= v <= TOP]
    expected = {
        number
        for number, piece in enumerate(rows)
        if exact[number] and any(holds(piece, v) and any(holds(e, v) for e in rows[:number]) for v in values)
    }
    assert {number for number, _, _ in coverage([axis], cells).overlaps} == expected


def test_between_two_whole_numbers_lies_none() -> None:
    between = band(Fraction(89), Fraction(90), low_in=False, high_in=False)
    assert holds_value(between, None)
    assert not holds_value(between, Fraction(1))
    assert holds_value(between, Fraction(1, 2))
