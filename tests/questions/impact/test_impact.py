"""Changes made by hand: each share is what the change alone makes where it stands, as scoring the texts in between says."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from steelyard.data.read import read
from steelyard.pipeline import load_bytes, read_data, score
from steelyard.questions.impact import attribute
from steelyard.questions.impact.attribute import TooMuch, impact
from steelyard.questions.impact.model import Impact, Step

RULES = """scheme s
  round total to 1 place

input
  a : number from 0 to 100
  b : number
  rows : list of
    c : number

let sum_of = a + b

criterion one, 50 points
  deduct 5 if a < 10
  deduct 2 if b > 3
  for each row in rows
    deduct 1 if c > 1, up to 3

criterion two, 50 points
  deduct 7 if sum_of > 20
  limit to 40 if a > 90
  check a < 100

grade
  "A" from 95
  "B" from 80
  "C" otherwise
"""
RECORDS = """[
 {"key": "low", "a": "5", "b": "4", "rows": [{"c": "2"}, {"c": "0"}]},
 {"key": "high", "a": "95", "b": "4.5", "rows": [{"c": "2"}, {"c": "9"}]},
 {"key": "calm", "a": "50", "b": "0", "rows": []},
 {"key": "open", "a": "", "b": "1", "rows": []}
]"""
Edit = tuple[str, str]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.json"
    path.write_text(RECORDS, encoding="utf-8")
    return path


def _text(edits: Sequence[Edit], rules: str = RULES) -> str:
    for old, new in edits:
        assert rules.count(old) == 1, old
        rules = rules.replace(old, new)
    return rules


def _impact(old: str, new: str, data: Path) -> Impact:
    programs = []
    for name, text in (("old.rules", old), ("new.rules", new)):
        loaded = load_bytes(name, text.encode())
        assert loaded.program is not None, loaded.diagnostics
        programs.append(loaded.program)
    return impact(programs[0], programs[1], lambda schema: read(data, schema))


def _totals(rules: str, data: Path) -> dict[str, object]:
    loaded = load_bytes("x.rules", rules.encode())
    assert loaded.program is not None, loaded.diagnostics
    traces = score(loaded.program, read_data(loaded.program, data)).traces
    return {trace.header.record: trace.result.total for trace in traces}


def _texts(step: Step) -> list[tuple[str | None, str | None]]:
    return [(line.old, line.new) for line in step.lines]


IN_ORDER: tuple[tuple[Edit, ...], ...] = (
    (("deduct 5 if", "deduct 6 if"), ("if b > 3", "if b > 4.2"), ("up to 3", "up to 0.5")),
    (
        ("deduct 5 if a < 10", "deduct 5 if a < 60"),
        ("  deduct 2 if b > 3\n", "  deduct 2 if b > 3\n  deduct 1 if a > 1\n"),
    ),
    (("  deduct 2 if b > 3\n", ""), ("if sum_of > 20", "if sum_of > 200"), ("limit to 40", "limit to 31")),
    (("let sum_of = a + b", "let sum_of = a * b"), ("deduct 7", "deduct 8.25"), ('"A" from 95', '"A" from 99')),
    (("round total to 1 place", "round total to 0 places"), ("up to 3", "up to 0.25")),
)
"""Edits of one statement each, in the order of the file."""


@pytest.mark.parametrize("edits", IN_ORDER, ids=lambda edits: edits[-1][1].strip())
def test_a_share_is_the_difference_of_the_texts_before_and_after(edits: tuple[Edit, ...], data: Path) -> None:
    found = _impact(RULES, _text(edits), data)
    assert len(found.steps) == len(edits)
    totals = [_totals(_text(edits[:count]), data) for count in range(len(edits) + 1)]
    for record in found.records:
        shares = {share.steps: share.points for share in record.shares}
        for number in range(len(edits)):
            before, after = totals[number][record.record], totals[number + 1][record.record]
            if record.record == "open":
                assert record.change is None and shares == {}
            else:
                assert isinstance(before, Fraction) and isinstance(after, Fraction)
                assert shares.get((number,), 0) == after - before


def test_a_statement_in_front_renames_nothing(data: Path) -> None:
    found = _impact(RULES, _text([("  deduct 5 if a < 10\n", "  deduct 1 if a > 1\n  deduct 5 if a < 10\n")]), data)
    assert [_texts(step) for step in found.steps] == [[(None, "deduct 1 if a > 1")]]
    assert {record.record: record.change for record in found.records} == {
        "low": -1,
        "high": -1,
        "calm": -1,
        "open": None,
    }


def test_the_same_statements_in_another_order_are_no_change(data: Path) -> None:
    swapped = RULES.replace(
        "  deduct 5 if a < 10\n  deduct 2 if b > 3\n", "  deduct 2 if b > 3\n  deduct 5 if a < 10\n"
    )
    found = _impact(RULES, swapped, data)
    assert (found.steps, found.moved) == ((), [])
    assert found.old_core != found.new_core


def test_points_of_parts_are_one_step(data: Path) -> None:
    new = _text(
        [
            ("criterion one, 50 points", "criterion one, 60 points"),
            ("criterion two, 50 points", "criterion two, 40 points"),
        ]
    )
    found = _impact(RULES, new, data)
    assert [step.kind for step in found.steps] == ["together"]
    assert _texts(found.steps[0]) == [
        ("criterion one, 50 points", "criterion one, 60 points"),
        ("criterion two, 50 points", "criterion two, 40 points"),
    ]


def test_a_part_comes_with_its_points_and_all_that_stands_in_it(data: Path) -> None:
    new = _text([("criterion two, 50 points", "criterion two, 30 points")])
    new = new.replace("grade\n", "criterion three, 20 points\n  deduct 3 if b > 0\n\ngrade\n")
    (step,) = _impact(RULES, new, data).steps
    assert (None, "criterion three, 20 points") in _texts(step)
    assert len(step.lines) == 2, "what stands in it is not told for itself"


def test_a_let_that_is_read_at_once_waits_for_what_it_needs(data: Path) -> None:
    """The new statement stands in front of the `let` it reads, which is removed from the old rules' statement too."""
    edits = [("deduct 5 if a < 10", "deduct 5 if other < 10"), ("let sum_of = a + b\n", ""),
             ("deduct 7 if sum_of > 20", "deduct 7 if other > 20\n  let own = a"), ("grade\n", "let other = a * 2\n\ngrade\n")]  # fmt: skip
    new = _text(edits)
    found = _impact(RULES, new, data)
    for record in found.records:
        if record.change is not None:
            assert sum(share.points for share in record.shares) == record.change
    told = [text for step in found.steps for text in _texts(step)]
    assert ("let sum_of = a + b", None) in told
    assert (None, "let other = a * 2") in told


def test_data_that_are_declared_in_another_way_are_a_step(tmp_path: Path) -> None:
    data = tmp_path / "data.json"
    data.write_text('[{"key": "x", "a": "5"}]', encoding="utf-8")
    old = "input\n  a : number from 1 to 100\n\ndeduct 10 * a\ndeduct 3 if a > 0\n"
    new = old.replace("number from 1 to 100", "number in %").replace("deduct 3 if a > 0", "deduct 4 if a > 0%")
    found = _impact(old, new, data)
    assert [reading.name for reading in found.readings] == ["a"]
    reading = next(number for number, step in enumerate(found.steps) if step.kind == "reading")
    (record,) = found.records
    shares = {share.steps: share.points for share in record.shares}
    assert shares.pop((reading,)) == Fraction(99, 2), "50 points for 5, half a point for 5%"
    assert sorted(shares.values()) == [-1]
    assert record.change == Fraction(97, 2)


def test_checks_and_words_move_no_points_and_are_told_apart(data: Path) -> None:
    new = _text([("check a < 100", "check a < 40"), ("deduct 2 if b > 3", 'deduct 2 if b > 3\n    because "much"')])
    found = _impact(RULES, new, data)
    assert found.steps == ()
    assert [(quiet.is_check, quiet.findings) for quiet in found.quiet] == [(True, (1, 3)), (False, (0, 0))]


def test_a_record_without_an_exact_total_is_told_and_not_attributed(data: Path) -> None:
    found = _impact(RULES, _text([("deduct 5 if", "deduct 6 if")]), data)
    left = next(record for record in found.records if record.record == "open")
    assert left.unattributed and left.change is None and left.shares == ()
    same = _impact(RULES, _text([("deduct 2 if b > 3", "deduct 3 if b > 3")]), data)
    assert not next(record for record in same.records if record.record == "open").unattributed, "both give the same"


def test_values_over_the_batch_are_those_of_all_records(data: Path) -> None:
    old = RULES.replace("deduct 7 if sum_of > 20", "deduct 7 if rank(b, highest first, ties share) = 1")
    found = _impact(old, old.replace("ties share) = 1", "ties share) <= 2"), data)
    assert {record.record: record.change for record in found.moved} == {"low": -7}


def test_of_too_many_scores_none_is_made(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attribute, "MOST_EVALUATIONS", 7)
    with pytest.raises(TooMuch, match="4 records, 1 steps"):
        _impact(RULES, _text([("deduct 5 if", "deduct 6 if")]), data)
