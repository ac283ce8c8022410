"""The day whose values count: `--as-of`, and what is said where none is given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Write
from cli.running import steelyard

DATED = """parameter base
  from 2022-01-01 : 1
  from 2023-01-01 : 2

deduct base * faults

example "one fault"
  given faults = 1
  expect total = 98
"""


@pytest.fixture
def dated(write: Write) -> Path:
    return write("dated.rules", DATED)


@pytest.fixture
def faults(write: Write) -> Path:
    return write("faults.csv", "key,faults\nx,3\n")


def test_check_takes_the_last_day_and_says_so(dated: Path) -> None:
    run = steelyard("check", dated)
    assert run.status == 0
    assert run.out == (
        "dated.rules: no problems\nexamples: 1 passed\n"
        "checked as of 2023-01-01, the last day in the file; --as-of takes another\n"
    )
    assert "按 2023-01-01 检查" in steelyard("check", dated, "--lang", "zh").out


def test_check_takes_the_day_it_is_given(dated: Path) -> None:
    run = steelyard("check", dated, "--as-of", "2022-06-30")
    assert run.status == 2
    assert "W141" in run.out
    assert "examples: 0 of 1 passed" in run.out
    assert "checked as of" not in run.out


def test_check_says_the_day_and_the_examples_in_json(dated: Path) -> None:
    document = json.loads(steelyard("check", dated, "--format", "json").out)
    assert document["as_of"] == "2023-01-01"
    assert document["examples"] == {"passed": 1, "failed": 0}
    failing = json.loads(steelyard("check", dated, "--format", "json", "--as-of", "2022-06-30").out)
    assert failing["examples"] == {"passed": 0, "failed": 1}
    assert [diagnostic["code"] for diagnostic in failing["diagnostics"]] == ["W141"]


def test_score_asks_for_a_day(dated: Path, faults: Path) -> None:
    run = steelyard("score", dated, faults)
    assert run.status == 2
    assert "N143" in run.err
    assert "--as-of 2023-01-01" in run.err


@pytest.mark.parametrize(("day", "total"), [("2022-12-31", "97"), ("2023-01-01", "94"), ("2030-01-01", "94")])
def test_score_takes_the_values_of_the_day(dated: Path, faults: Path, day: str, total: str) -> None:
    run = steelyard("score", dated, faults, "--as-of", day)
    assert run.status == 0
    assert f"Total  {total} of 100" in run.out


def test_score_does_not_run_the_examples(dated: Path, faults: Path) -> None:
    """The example expects the value of 2023; a score of 2022 is none the worse for it."""
    assert steelyard("score", dated, faults, "--as-of", "2022-06-30").err == ""


def test_why_finds_the_score_of_a_day(dated: Path, faults: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace.json"
    assert steelyard("score", dated, faults, "--as-of", "2022-06-30", "--trace", trace).status == 0
    assert "97" in steelyard("why", trace, "--as-of", "2022-06-30").out
    run = steelyard("why", trace, "--as-of", "2023-06-30")
    assert run.status == 2
    assert "C119" in run.err
    assert "2022-06-30" in run.err


def test_other_files_are_read_and_never_overwritten(write: Write, tmp_path: Path) -> None:
    rates = write("rates.rules", "parameter base = 2\n")
    rules = write("main.rules", 'use "rates.rules"\ndeduct base * faults\n')
    data = write("data.csv", "key,faults\nx,3\n")
    assert "Total  94 of 100" in steelyard("score", rules, data).out
    run = steelyard("score", rules, data, "--trace", rates)
    assert run.status == 2
    assert "C109" in run.err
    assert rates.read_text() == "parameter base = 2\n"


def test_a_mistake_in_another_file_is_shown_there(write: Write) -> None:
    write("rates.rules", "parameter base = beds\n")
    rules = write("main.rules", 'use "rates.rules"\ndeduct base\n')
    run = steelyard("check", rules)
    assert run.status == 2
    assert "rates.rules:1:18" in run.out


def test_a_file_for_others_to_use_passes_the_check_and_scores_nothing(write: Write, faults: Path) -> None:
    rates = write("rates.rules", "parameter base = 2\n")
    assert steelyard("check", rates).status == 0
    run = steelyard("score", rates, faults)
    assert run.status == 2
    assert "S207" in run.err
