"""Which type holds the rationals: the work of a scored record, done with each candidate.

The figures and what follows from them are in docs/design/numbers.md. `make bench` runs it.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import gmpy2
import pytest

ROWS = [(f"{2000 + 37 * i}.{i:02d}", f"{1900 + 41 * i}.{(7 * i) % 100:02d}") for i in range(20)]


def score(number: Callable[[str], Any]) -> Any:
    """Twenty indicators: read both cells, compare with a factor, a ratio cut at 1, an equal share of 50 points."""
    total = number("0")
    share = number("50") / number("20")
    for target_text, actual_text in ROWS:
        target, actual = number(target_text), number(actual_text)
        if actual > target * number("1.5"):
            total -= number("0.5")
        total += share * min(number("1"), actual / target)
    return total


@pytest.mark.benchmark(group="rationals: one record of twenty indicators")
@pytest.mark.parametrize(
    "number",
    [
        pytest.param(Fraction, id="fractions.Fraction"),
        pytest.param(gmpy2.mpq, id="gmpy2.mpq"),
        pytest.param(Decimal, id="decimal.Decimal (28 digits, rounds)"),
    ],
)
def test_record_of_twenty_indicators(benchmark: Any, number: Callable[[str], Any]) -> None:
    result = benchmark(score, number)
    assert abs(Fraction(str(result)) - score(Fraction)) < Fraction(1, 10**20)


def test_decimal_is_not_exact_where_shares_are_thirds() -> None:
    assert sum([Decimal(50) / 9] * 9) != 50
    assert sum([Fraction(50) / 9] * 9) == 50
