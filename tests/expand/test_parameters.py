"""Parameters: which value counts, and what is no value."""

from __future__ import annotations

import pytest

from expand.expanding import amounts, codes, day, expanded, number
from steelyard.expand.tree import walk
from steelyard.syntax import nodes as n
from steelyard.syntax.templates import Placeholder, pieces

DATED = """parameter base
  from 2021-01-01 : 5%
  from 2022-07-01 : 6%
  from 2024-01-01 : 7%
deduct base
"""


def test_a_parameter_stands_for_its_value() -> None:
    found = expanded("parameter base = 5%\ndeduct base if rate < base * 2\n")
    assert codes(found) == []
    assert [number(value) for value in amounts(found)] == ["5%"]
    assert found.parsed.file.parameters == ()


@pytest.mark.parametrize(
    ("as_of", "value"),
    [("2021-01-01", "5%"), ("2022-06-30", "5%"), ("2022-07-01", "6%"), ("2023-12-31", "6%"), ("2099-01-01", "7%")],
)
def test_the_last_value_that_began_counts(as_of: str, value: str) -> None:
    found = expanded(DATED, day(as_of))
    assert codes(found) == []
    assert [number(amount) for amount in amounts(found)] == [value]
    assert found.day == day(as_of)


def test_a_day_before_the_first_value_is_an_error_and_never_the_nearest() -> None:
    found = expanded(DATED, day("2020-12-31"))
    assert codes(found) == ["N142"]
    assert amounts(found) == [n.Name("base", span=amounts(found)[0].span)]


def test_without_a_day_a_dated_file_asks_for_one_once() -> None:
    found = expanded("parameter other\n  from 2023-01-01 : 1\n" + DATED + "deduct other\n")
    assert codes(found) == ["N143"]
    (diagnostic,) = found.parsed.diagnostics
    assert diagnostic.facts["latest"] == "2024-01-01"


def test_a_file_without_dates_needs_no_day() -> None:
    assert expanded("parameter a = 1\ndeduct a\n").day is None
    assert expanded("parameter a = 1\ndeduct a\n", "latest").day is None


def test_the_latest_day_is_that_of_the_file() -> None:
    found = expanded(DATED, "latest")
    assert found.day == day("2024-01-01")
    assert [number(amount) for amount in amounts(found)] == ["7%"]


@pytest.mark.parametrize("days", [("2022-01-01", "2021-01-01"), ("2021-01-01", "2021-01-01")])
def test_days_come_in_order_and_once(days: tuple[str, str]) -> None:
    text = "parameter a\n" + "".join(f"  from {begin} : 1\n" for begin in days) + "deduct a\n"
    assert codes(expanded(text, "latest")) == ["W142"]


@pytest.mark.parametrize("value", ["rate", "rate + 1", "count(rows)", "max(1, 2)", "1 / 0", "2 ^ 9999", '"a" + 1'])
def test_a_value_that_is_not_written_out_is_an_error(value: str) -> None:
    assert codes(expanded(f"parameter a = {value}\ndeduct a\n")) == ["N145"]


@pytest.mark.parametrize(
    ("value", "shown"), [("-5%", "-5%"), ("1 / 3", "1/3"), ("2 ^ 10", "1024"), ("5% + 1%", "6%"), ("2 * 3 - 1", "5")]
)
def test_a_value_may_be_computed_from_literals(value: str, shown: str) -> None:
    found = expanded(f"parameter a = {value}\ndeduct a\n")
    assert [number(amount) for amount in amounts(found)] == [shown]


@pytest.mark.parametrize("value", ['"late"', "2023-06-30", "yes", "是", "2023年6月30日"])
def test_a_value_may_be_a_text_a_day_or_yes(value: str) -> None:
    found = expanded(f"parameter a = {value}\ndeduct 1 if b = a\n")
    assert codes(found) == []


def test_a_name_of_something_else_is_not_taken_from_it() -> None:
    for other in (
        "input\n  base : number\ndeduct base\n",
        "let base = 3\ndeduct base\n",
        "criterion base, 5 points\n  deduct 1 if x > base\n",
        "input\n  rows : list of\n    base : number\nfor each r in rows\n  deduct r.base\n",
        "input\n  rows : list of\n    x : number\nfor each base in rows\n  deduct base.x\n",
        "input\n  rows : list of\n    x : number\ndeduct sum(base.x for base in rows)\n",
    ):
        found = expanded("parameter base = 5\n" + other)
        assert "N144" in codes(found), other


def test_a_word_of_the_language_is_no_name() -> None:
    assert codes(expanded("parameter points = 5\ndeduct 1\n")) == ["N144"]


def test_a_name_is_given_once() -> None:
    assert codes(expanded("parameter a = 1\nparameter a = 2\ndeduct a\n")) == ["N103"]
    assert codes(expanded("parameter a = 1\ndefine a(x) = x\ndeduct a\n")) == ["N103"]


def test_a_parameter_that_nothing_uses_is_told() -> None:
    assert codes(expanded("parameter a = 1\ndeduct 1\n")) == ["W140"]
    assert codes(expanded('parameter a = 1\ndeduct 1 if x > 2\n  because "more than {a}"\n')) == []


def test_a_parameter_may_be_named_in_a_reason() -> None:
    found = expanded('parameter base = 5%\ndeduct 1 if x > base\n  because "{x} is over {base}, {base, 2}"\n')
    (statement,) = found.parsed.file.statements
    assert isinstance(statement, n.Deduct)
    (because,) = [clause for clause in statement.clauses if isinstance(clause, n.Because)]
    shown = [piece.value for piece in pieces(because.template) if isinstance(piece, Placeholder)]
    assert [type(value) for value in shown] == [n.Name, n.Number, n.Number]


def test_each_place_has_a_key_of_its_own() -> None:
    found = expanded("parameter a = 1\ndeduct a\ndeduct a + a\n")
    first, both = amounts(found)
    assert isinstance(both, n.Operation)
    assert len({node.key for node in (first, *both.operands)}) == 3


def test_a_value_stands_where_the_name_stood() -> None:
    found = expanded("parameter base = 5\ndeduct base\n")
    assert [amount.span.text for amount in amounts(found)] == ["base"]


def test_bounds_caps_shares_and_examples_may_be_parameters() -> None:
    found = expanded(
        "parameter full = 10\nparameter edge = 60%\n"
        "criterion a, full points\n  score by rate\n    from edge : full\n    otherwise : 0\n"
        "criterion b, full points\n  deduct rate for each 2 faults, up to full\n"
        'example "e"\n  given rate = edge\n  expect total = full\n'
    )
    assert codes(found) == []
    names = {node.name for node, stands in walk(found.parsed.file) if isinstance(node, n.Name) and stands}
    assert names & {"full", "edge"} == set()
