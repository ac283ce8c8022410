"""Files made to hurt: each ends soon, in a coded error or in a result, and never in a traceback.

Times are of the processor, so a busy machine fails nothing. They stop a runaway, and are no benchmark: what is measured
takes a third of them or less.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from fuzz.bombs import HUGE, LONG, NESTED, RECORD
from fuzz.growth import LINEAR, growths, only_what_is_measured
from steelyard.diagnostics.render import render
from steelyard.pipeline import load_bytes, read_data, score, try_examples
from steelyard.trace.encode import encode_trace
from steelyard.values.canonical import canonical_json

SLOWEST = 1.0
"""Seconds for one file, with everything that is done with it."""
LONGEST = 8.0
"""The same for a long file that is honest: tens of thousands of words to read, check and trace."""
TRACE = 20_000_000
"""Characters of a trace."""
DEEPEST = 100


@frozen
class Outcome:
    codes: set[str]
    evaluated: bool
    phases: tuple[float, ...]
    """Seconds to load and tell the file, to score it, to write the trace, to run its examples."""

    @property
    def seconds(self) -> float:
        return sum(self.phases)


@pytest.fixture(scope="module", autouse=True)
def _only_the_file_is_measured() -> Iterator[None]:
    """The first file must not pay for the parser's tables."""
    load_bytes("first.rules", b"criterion a, 10 points\n  judged\n")
    with only_what_is_measured():
        yield


def outcome(text: str, folder: Path, record: Mapping[str, Any] = RECORD) -> Outcome:
    """Everything that is done with a rule file: loaded, told, scored, traced, its examples run."""
    data = folder / "record.json"
    data.write_text(json.dumps(dict(record), ensure_ascii=False), encoding="utf-8")
    clock = [time.process_time()]
    loaded = load_bytes("bomb.rules", text.encode(), "latest")
    render(loaded.diagnostics, "zh")
    clock.append(time.process_time())
    if loaded.program is not None:
        (trace,) = score(loaded.program, read_data(loaded.program, data), loaded.day).traces
        clock.append(time.process_time())
        assert len(canonical_json(encode_trace(trace))) < TRACE
        clock.append(time.process_time())
        try_examples(loaded.program)
        clock.append(time.process_time())
    assert loaded.program is not None or loaded.diagnostics, "what has no program says why"
    codes = {diagnostic.code for diagnostic in loaded.diagnostics}
    return Outcome(codes, loaded.program is not None, tuple(after - before for before, after in pairwise(clock)))


@pytest.mark.parametrize("what", NESTED)
def test_it_takes_deep_nesting_or_refuses_it(what: str, tmp_path: Path) -> None:
    for depth in (3, 12, 48, DEEPEST - 5):
        assert outcome(NESTED[what](depth), tmp_path).seconds < SLOWEST
    for depth in (DEEPEST + 20, 900):
        refused = outcome(NESTED[what](depth), tmp_path)
        assert not refused.evaluated
        assert refused.seconds < SLOWEST


@pytest.mark.parametrize(
    "what", [name for name, made in NESTED.items() if len(made(2).split("\n")[-2]) == len(made(1).split("\n")[-2])]
)
def test_it_refuses_bottomless_brackets(what: str, tmp_path: Path) -> None:
    text = NESTED[what](20_000)
    assert len(text) < 1_000_000
    refused = outcome(text, tmp_path)
    assert not refused.evaluated
    assert refused.seconds < SLOWEST


@pytest.mark.parametrize("what", LONG)
def test_it_takes_twice_as_long_for_twice_as_much(what: str, tmp_path: Path) -> None:
    made, count = LONG[what]
    grown, seconds = growths(lambda n: outcome(made(n), tmp_path).phases, count)
    assert all(growth < LINEAR for growth in grown), grown
    assert seconds < LONGEST


@pytest.mark.parametrize("what", HUGE)
def test_it_computes_huge_numbers_or_refuses_them(what: str, tmp_path: Path) -> None:
    assert outcome(HUGE[what], tmp_path).seconds < SLOWEST


NUMBERS = (
    "1" + "0" * 18, "-1" + "0" * 18, "0." + "0" * 17 + "1", "1e18", "1e-18", "1e19", "1e999999999", "9" * 60, "9" * 5000, "NaN",
    "Infinity", "-inf", "0x10", "1_000", "１２", "½", "١٢", "1" + "0" * 400,
)  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS, ids=lambda text: text[:20])
def test_it_scores_hostile_cells(text: str, tmp_path: Path) -> None:
    """In every numeric place of one scheme; a count of 10^18 is no loop."""
    rows = [{"f": text, "g": "u", "m": text}, {"f": "1", "g": "u", "m": "1"}]
    record = {"x": text, "k": "a", "n": text, "d": text, "e": "9999-12-31", "t": f"≥{text}", "v": text, "rows": rows}
    assert outcome(EVERY_PLACE, tmp_path, record).seconds < SLOWEST


EVERY_PLACE = """input
  x : number
  k : one of "a", "b"
  n : whole number
  d : date
  e : date
  t : target
  v : actual
  rows : list of
    f : number
    g : text
    m : number from 0 to 10
table fines by a
  "a" : 1000000000
  otherwise : 0.000000001
define power(a) = a ^ 9
score 50
  because "{x} {n} {d} {t} {v}"
deduct 1 for each n, up to 5
deduct 0.000001 for every started 0.000001 that x is above n
deduct 1 for every fractional 3% that x differs from n, or 1 if undefined
deduct power(x) / fines(k), or 0 if undefined, up to 5, as big
restore 50% of big if days(d, e) > 30
deduct round(exp(x) + ln(abs(x) + 1) + sqrt(abs(x)), 18), or 1 if undefined
deduct round(abs(x) ^ 0.5, 2)
award max(0, attainment(v, t)), or 0 if undefined
deduct rank(x, lowest first, ties share) + max(0, average(all.x))
together, up to 5
  for each r in rows
    deduct max(0, r.f) * 10 ^ 9
deduct count(distinct r.f for r in rows) + max(0, median(rows.f))
let shape by x interpolated
  at 0 : 0
  at 1 : 1000000000000
  otherwise : 0
limit to max(1, shape) if months(d, e) > x
section shares
  criterion for each r in rows "{g}", r.f points
    score points * x
grade by x, n
  "A" from 1, is 1
  "B" otherwise
"""
