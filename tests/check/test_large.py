"""Long tables are checked in a time that grows with their rows."""

from __future__ import annotations

import time

import pytest

from steelyard.bind.bind import bind
from steelyard.check.check import check
from steelyard.source import Source
from steelyard.syntax.parser import parse

ROWS = 2000
SLOWEST = 2.0
"""Seconds of wall clock: a guard against what grows with the square, not a benchmark."""


def rows(pattern: str) -> str:
    return "".join(
        pattern.format(i=i, next=i + 1, group=i // 10, low=i % 10 * 10, high=i % 10 * 10 + 10) for i in range(ROWS)
    )


TABLES = {
    "bands": f"input\n  x : number, from 0 to {ROWS}\n\nscore by x\n" + rows("  from {i} to below {next} : 1\n"),
    "falling": "input\n  x : number\n\nscore by x\n  above 0 : 5\n" + rows("  from -{i} : 1\n") + "  otherwise : 0\n",
    "words": "input\n  x : text\n\nscore by x\n" + rows('  is "c{i}" : 1\n'),
    "two keys": "input\n  x : text\n  r : number in %, from 0 to 100\n\nscore by x, r\n"
    + rows('  is "c{group}", from {low}% to below {high}% : 1\n')
    + "  otherwise : 0\n",
    "grades": "score mark\n\ngrade\n" + rows('  "g{i}" above {i}\n') + '  "p" otherwise\n',
    "deductions": "input\n  x : number\n\n" + rows("deduct 1 if x > {i}\n"),
    "allowed": rows('criterion c{i}, 1 point\n  allow W126 because "later"\n'),
}


@pytest.mark.parametrize("name", TABLES)
def test_it_ends_soon(name: str) -> None:
    bound = bind(parse(Source.from_text("long.rules", TABLES[name])))
    began = time.monotonic()
    check(bound)
    assert time.monotonic() - began < SLOWEST
