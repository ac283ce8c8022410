"""Code tables: which row and column, and what makes a table wrong."""

from __future__ import annotations

import pytest

from expand.expanding import amounts, codes, day, expanded
from steelyard.expand.tree import walk
from steelyard.syntax import nodes as n

FINES = """table fines by kind, level : amount, limit
  "late", "A" : 2, 5
  otherwise   : 0, 1
  "late", "B" : 1, 3
"""
RATES = 'table rates by kind\n  "a" : 1\n  "b" : 2\n'


def rows(table: n.Expression) -> list[tuple[list[str], str]]:
    """Each row: its tests, and its value."""
    assert isinstance(table, n.Table)
    found = []
    for row in table.rows:
        tests = [
            " ".join(str(getattr(v, "value", v)) for v in test.values) if isinstance(test, n.IsOneOf) else "*"
            for test in row.tests
        ]
        assert isinstance(row.value, n.Number)
        found.append((tests, str(row.value.value)))
    return found


def test_a_lookup_becomes_a_table_over_its_arguments() -> None:
    found = expanded(FINES + "deduct fines(kind, level).amount\ndeduct fines(kind, level).limit\n")
    assert codes(found) == []
    first, second = amounts(found)
    assert rows(first) == [(["late", "A"], "2"), (["late", "B"], "1"), (["*", "*"], "0")]
    assert [value for _, value in rows(second)] == ["5", "3", "1"]
    assert isinstance(first, n.Table)
    assert first.lookup
    assert [node.name for node in first.keys if isinstance(node, n.Name)] == ["kind", "level"]


def test_a_lookup_stands_inside_other_expressions() -> None:
    found = expanded(RATES + "deduct 2 * rates(kind) + 1 if rates(other) > 1\n")
    assert codes(found) == []
    file = found.parsed.file
    assert sum(isinstance(node, n.Table) for node, _ in walk(file)) == 2
    assert not any(isinstance(node, n.Call | n.ColumnOf) for node, _ in walk(file))


def test_two_lookups_share_no_key() -> None:
    found = expanded(RATES + "deduct rates(a) + rates(b)\n")
    keys = [node.key for node, _ in walk(found.parsed.file)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("as_of", "values"), [("2021-05-01", ["1"]), ("2023-01-01", ["2", "3"]), ("2024-01-01", ["2", "3"])]
)
def test_the_rows_of_the_day_count(as_of: str, values: list[str]) -> None:
    text = (
        'table r by k\n  from 2021-01-01\n    "a" : 1\n  from 2023-01-01\n    "a" : 2\n    otherwise : 3\n'
        "deduct r(kind)\n"
    )
    (table,) = amounts(expanded(text, day(as_of)))
    assert [value for _, value in rows(table)] == values
    assert codes(expanded(text, day("2020-01-01"))) == ["N142"]
    assert codes(expanded(text)) == ["N143"]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("deduct fines(kind).amount", "N105"),
        ("deduct fines(kind, level, 3).amount", "N105"),
        ("deduct fines(kind, level)", "N149"),
        ("deduct fines(kind, level).amuont", "N149"),
        ("deduct rates(kind).amount", "N149"),
        ("deduct max(kind, 2).amount", "N149"),
    ],
)
def test_a_wrong_lookup_is_told(rule: str, code: str) -> None:
    found = expanded(FINES + RATES + f"deduct rates(k) + fines(k, l).limit\n{rule}\n")
    assert codes(found) == [code]
    assert not any(isinstance(node, n.ColumnOf) for node, _ in walk(found.parsed.file))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ('"late", "A" : 9, 9', "W145"),
        ("otherwise : 9, 9", "W145"),
        ('"late" : 9, 9', "W146"),
        ('"x", "y", "z" : 9, 9', "W146"),
        ('"x", "y" : 9', "W146"),
        ('"x", "y" : 9, 9, 9', "W146"),
        ('"x", "y" : rate, 9', "N145"),
        ('rate, "y" : 9, 9', "N145"),
    ],
)
def test_a_wrong_row_is_told_wherever_it_is_used(row: str, code: str) -> None:
    text = FINES + f"  {row}\ndeduct fines(kind, level).amount\n"
    assert codes(expanded(text)) == [code]


def test_rows_of_every_day_are_checked() -> None:
    text = 'table r by k\n  from 2021-01-01\n    "a" : 1\n    "a" : 2\n  from 2023-01-01\n    "a" : 2\ndeduct r(k)\n'
    assert codes(expanded(text, day("2023-05-01"))) == ["W145"]


def test_keys_and_columns_have_their_names_once() -> None:
    text = 'table r by k, k : a, a\n  "x", "y" : 1, 2\ndeduct r(k, l).a\n'
    assert codes(expanded(text)) == ["N103", "N103"]


def test_values_may_be_parameters() -> None:
    text = 'parameter base = 4\ntable r by k\n  "a" : base\n  otherwise : 2 * 3\ndeduct r(kind)\n'
    found = expanded(text)
    assert codes(found) == []
    assert [value for _, value in rows(amounts(found)[0])] == ["4", "6"]


def test_numbers_that_are_written_differently_are_the_same_key() -> None:
    assert codes(expanded("table r by k\n  1 : 1\n  1.0 : 2\ndeduct r(x)\n")) == ["W145"]
    assert codes(expanded('table r by k\n  1 : 1\n  "1" : 2\ndeduct r(x)\n')) == []


def test_a_table_that_nothing_uses_is_told() -> None:
    assert codes(expanded(RATES + "deduct 1\n")) == ["W140"]
