"""Examples: what passes, what fails, and what is said of it."""

from __future__ import annotations

import pytest

from steelyard.diagnostics.render import render
from steelyard.examples.run import Tried
from steelyard.pipeline import load_bytes, try_examples

SCHEME = """input
  doctors : whole number
  late    : yes/no
  share   : number in %
  since   : date, optional
  goal    : target
  cases   : list of
    days  : number

criterion staff, 60 points
  start at 55
  deduct 10 if doctors < 2
  deduct 20 if doctors < 1
  award 1 if share > 50%

criterion report, 40 points
  for each case in cases
    deduct 4 if days > 3
  zero if late

grade
  "good" from 70
  "poor" otherwise

"""


def tried(example: str, scheme: str = SCHEME) -> Tried:
    loaded = load_bytes("main.rules", f'{scheme}example "e"\n{example}'.encode())
    assert loaded.program is not None, render(loaded.diagnostics, "en")
    return try_examples(loaded.program)


def codes(found: Tried) -> list[str]:
    return [diagnostic.code for diagnostic in found.diagnostics]


FULL = "  given doctors = 1\n  given late = no\n  given share = 40%\n  given cases = [{days = 5}, {days = 2}, {days = 9}]\n"


@pytest.mark.parametrize(
    "expectation",
    [
        "expect total = 77", "expect staff = 45", "expect report = 32", "expect staff.rate = 75%", 'expect grade "good"',
        "expect deduction 10 in staff", "expect deduction 8 in report", "expect award 0 in staff", "expect total < 90 and staff > 1",
        "expect doctors = 1", "expect deduction 2 * 4 in report", "expect count(cases) = 3",
    ],
)  # fmt: skip
def test_what_comes_out_passes(expectation: str) -> None:
    found = tried(f"{FULL}  {expectation}\n")
    assert codes(found) == []
    assert (found.passed, found.failed) == (1, 0)


@pytest.mark.parametrize(
    ("expectation", "came_to"),
    [
        ("expect total = 81", "77"), ("expect staff = 60", "45"), ('expect grade "poor"', "good"),
        ("expect deduction 4 in report", "8"), ("expect award 1 in staff", "0"), ("expect staff.rate < 50%", "75%"),
        ("expect total < 90 and staff > 50", "77, 45"), ("expect late = yes", "no"),
    ],
)  # fmt: skip
def test_what_does_not_is_an_error_that_says_what_came_out(expectation: str, came_to: str) -> None:
    found = tried(f"{FULL}  {expectation}\n")
    assert codes(found) == ["W141"]
    assert (found.passed, found.failed) == (0, 1)
    shown = str(found.diagnostics[0].facts["found"])
    assert shown == came_to or shown.startswith(came_to)


def test_the_rules_that_made_it_so_are_pointed_at() -> None:
    (total,) = tried(f"{FULL}  expect total = 81\n").diagnostics
    assert [(label.span.text, label.facts["points"]) for label in total.labels] == [
        ("deduct 10 if doctors < 2", "−10"),
        ("deduct 4 if days > 3", "−8"),
    ]
    (award,) = tried(f"{FULL}  expect award 1 in staff\n").diagnostics
    assert [(label.span.text, label.key) for label in award.labels] == [("award 1 if share > 50%", "did-not-fire")]


def test_what_is_not_given_is_missing() -> None:
    found = tried("  given late = no\n  given cases = []\n  expect total = 90\n  expect report = 40\n")
    assert codes(found) == ["W149"]
    assert found.diagnostics[0].facts["cells"] == "doctors, share"


def test_a_list_that_is_not_given_is_missing_and_not_empty() -> None:
    assert codes(tried("  given late = no\n  expect report = 40\n")) == ["W149"]
    assert codes(tried("  given late = no\n  given cases = []\n  expect report = 40\n")) == []


def test_what_holds_whatever_is_missing_passes() -> None:
    assert codes(tried("  expect total >= 0\n  expect deduction 0 in staff\n  given doctors = 3\n")) == []


def test_every_expectation_is_told() -> None:
    assert codes(tried(f"{FULL}  expect total = 1\n  expect staff = 2\n  expect report = 32\n")) == ["W141", "W141"]


def test_a_cell_that_does_not_fit_is_told_as_in_data() -> None:
    found = tried('  given goal = "about as many"\n  given doctors = 2\n  expect doctors = 2\n')
    assert set(codes(found)) <= {"D303", "D315"}


def test_a_score_that_is_not_issued_leaves_the_expectation_open() -> None:
    scheme = "input\n  idle : yes/no\ncriterion a, 10 points\n  deduct 1\nskip total if idle\n"
    assert codes(tried("  given idle = yes\n  expect total = 9\n", scheme)) == ["W149"]
    assert codes(tried("  given idle = no\n  expect total = 9\n", scheme)) == []


def test_the_batch_of_an_example_is_the_example() -> None:
    scheme = "input\n  price : number\ncriterion a, 10 points\n  score 10 * lowest(all.price) / price\n"
    assert codes(tried("  given price = 5\n  expect a = 10\n", scheme)) == []


def test_examples_leave_program_and_trace_as_they_are() -> None:
    with_example = load_bytes("main.rules", f'{SCHEME}example "e"\n{FULL}  expect total = 1\n'.encode()).program
    without = load_bytes("main.rules", SCHEME.encode()).program
    assert with_example is not None and without is not None
    assert with_example.digest == without.digest


def test_a_part_for_each_row_is_looked_for_by_its_name() -> None:
    scheme = (
        "input\n  items : list of\n    name : text\n    share : number\n    faults : number\n"
        'section results, 100 points\n  criterion for each item in items "{name}", item.share points\n    deduct faults\n'
    )
    rows = '  given items = [{name = "a", share = 60, faults = 2}, {name = "b", share = 40, faults = 3}]\n'
    assert codes(tried(f"{rows}  expect results = 95\n  expect total = 95\n", scheme)) == []
