"""Rows by date in tables and grades: which rows are left on a day, and what the rows of other days keep in use."""

from __future__ import annotations

import pytest

from expand.expanding import codes, day, expanded
from steelyard.diagnostics.model import Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.expand.tree import walk
from steelyard.pipeline import load_source
from steelyard.source import Source
from steelyard.syntax import nodes as n

LET = """let term by days
  missing : "open"
  from 2020-01-01
    up to 30  : "in time"
  from 2022-01-01
    up to 3   : "at once"
    up to 30  : "in time"
  otherwise : "late"
"""
GRADE = """score mark
grade
  from 2020-01-01
    "good" from 80
  from 2022-01-01
    "good" from 90
  "poor" otherwise
"""
HEAD = """input
  days : whole number from 0 to 999
  due  : date
  done : date
"""
BY_DUE = """deduct by days
  from 2020-01-01
    when done <= due : short(days)
    otherwise        : 5
  from 2022-01-01
    up to 3          : 0
    otherwise        : 5
define short(d) = limit_of("a") * d / 100
table limit_of by kind
  "a" : 2
"""


def rows_of(text: str, as_of: str) -> list[str]:
    """The values or labels of the only table or grade block, row by row."""
    (found,) = (node for node, _ in walk(expanded(text, day(as_of)).parsed.file) if isinstance(node, n.Table | n.Grade))
    assert found.versions == ()
    return [row.label.value if isinstance(row, n.GradeRow) else row.value.span.text.strip('"') for row in found.rows]


def told(text: str, as_of: str) -> list[str]:
    loaded = load_source(Source.from_text("main.rules", text), day(as_of))
    return [d.code for d in loaded.diagnostics if severity_of(d) is not Severity.NOTE]


@pytest.mark.parametrize(
    ("as_of", "values"),
    [
        ("2020-01-01", ["open", "in time", "late"]),
        ("2021-12-31", ["open", "in time", "late"]),
        ("2022-01-01", ["open", "at once", "in time", "late"]),
    ],
)
def test_the_rows_of_the_day_stand_among_those_of_every_day(as_of: str, values: list[str]) -> None:
    assert rows_of(LET, as_of) == values


def test_a_grade_block_keeps_the_rows_of_the_day() -> None:
    assert rows_of(GRADE, "2023-06-30") == ["good", "poor"]
    (grade,) = expanded(GRADE, day("2023-06-30")).parsed.file.grades
    (test,) = grade.rows[0].tests
    assert isinstance(test, n.Bounds)
    assert isinstance(test.low, n.Number)
    assert test.low.value == 90


def test_a_day_before_the_first_rows_is_an_error() -> None:
    assert codes(expanded(LET, day("2019-12-31"))) == ["N142"]
    assert codes(expanded(GRADE, day("2019-12-31"))) == ["N142"]


def test_without_a_day_the_file_asks_for_one_and_names_the_table_by_its_line() -> None:
    found = expanded(GRADE)
    assert codes(found) == ["N143"]
    (diagnostic,) = found.parsed.diagnostics
    assert diagnostic.facts["name"] == "grade"
    assert diagnostic.facts["latest"] == "2022-01-01"


def test_days_out_of_order_are_told() -> None:
    assert codes(expanded(LET.replace("2022", "2019"), day("2023-01-01"))) == ["W142"]


def test_the_rows_of_the_day_are_checked_and_those_of_another_day_are_not() -> None:
    gap = HEAD.partition("  due")[0] + LET.replace("  otherwise", "    otherwise") + 'deduct 2 if term = "late"\n'
    assert told(gap, "2020-06-30") == ["W105"]
    assert told(gap, "2022-06-30") == []


@pytest.mark.parametrize("as_of", ["2020-06-30", "2022-06-30"])
def test_what_only_rows_of_another_day_read_is_in_use(as_of: str) -> None:
    """Inputs, a function and a code table that the rows of one day name and those of the other do not."""
    assert told(HEAD + BY_DUE, as_of) == []


def test_what_no_rows_read_is_still_told() -> None:
    assert told(HEAD.replace("  done", "  other : date\n  done") + BY_DUE, "2022-06-30") == ["W176"]


@pytest.mark.parametrize("as_of", ["2020-06-30", "2022-06-30"])
def test_a_rule_may_ask_for_a_text_of_another_day(as_of: str) -> None:
    asks = HEAD.partition("  due")[0] + LET + 'deduct 5 if term = "at once"\ndeduct 1 if term = "in time"\n'
    assert told(asks, as_of) == []
    assert told(asks.replace('term = "at once"', 'term = "never"'), as_of) == ["T119"]


@pytest.mark.parametrize("as_of", ["2020-06-30", "2022-06-30"])
def test_a_rule_may_ask_for_a_text_that_a_code_table_holds_on_another_day(as_of: str) -> None:
    table = """table way by kind : how
  from 2020-01-01
    "a" : "each"
  from 2022-01-01
    "a" : "monthly"
"""
    assert told(table + 'deduct 5 if way(kind).how = "each"\ndeduct 1 if way(kind).how = "monthly"\n', as_of) == []
    assert told(table + 'deduct 5 if way(kind).how = "weekly"\n', as_of) == ["T119"]


def test_rows_of_a_code_table_outside_its_blocks_hold_on_every_day() -> None:
    table = """table fine by kind
  "a" : 2
  from 2020-01-01
    "b" : 3
"""
    (found,) = (n_ for n_, _ in walk(expanded(table + "deduct fine(kind)\n", day("2021-01-01")).parsed.file)
                if isinstance(n_, n.Table))  # fmt: skip
    assert [row.value.span.text for row in found.rows] == ["2", "3"]
    assert codes(expanded(table.replace('"b"', '"a"') + "deduct fine(kind)\n", day("2021-01-01"))) == ["W145"]
