"""Exit status: 0 done, 1 done with something to fail on, 2 not done."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import Write
from cli.running import DATA, ENGLISH, SCHEME, steelyard


def test_it_succeeds_on_a_good_file_and_good_data(one_rule: Path, table: Path) -> None:
    assert steelyard("check", one_rule).status == 0
    assert steelyard("score", one_rule, table).status == 0


def test_it_is_not_done_where_the_rules_are_wrong(broken: Path, table: Path) -> None:
    for args in (["check", broken], ["score", broken, table]):
        run = steelyard(*args)
        assert run.status == 2
        assert "S201" in run.out + run.err


def test_it_tells_errors_of_rules_on_stderr_and_leaves_stdout_empty_when_scoring(broken: Path, table: Path) -> None:
    run = steelyard("score", broken, table)
    assert run.out == ""
    assert "S201" in run.err


def test_it_puts_the_result_on_stdout_and_nothing_on_stderr(one_rule: Path, table: Path) -> None:
    run = steelyard("score", one_rule, table)
    assert "99.5" in run.out
    assert run.err == ""


def test_it_keeps_warnings_of_the_rules_apart_from_the_result(write: Write, table: Path) -> None:
    rules = write("w.rules", "criterion a\ncriterion b\n  deduct 0.5 if actual > target * 1.5\n")
    run = steelyard("score", rules, table, "--format", "json")
    assert run.status == 0
    assert run.out.startswith("{")
    assert "W126" in run.err
    assert "W126" not in run.out


@pytest.mark.parametrize(("least", "status"), [("99.5", 0), ("99.51", 1), ("100", 1), ("0", 0)])
def test_it_fails_under_a_total_that_is_asked_for(one_rule: Path, table: Path, least: str, status: int) -> None:
    assert steelyard("score", one_rule, table, "--fail-under", least).status == status


def test_it_fails_under_where_an_open_total_may_be_below(one_rule: Path, write: Write) -> None:
    data = write("open.csv", "city,actual,target\n佛山,,2000\n")
    assert steelyard("score", one_rule, data, "--fail-under", "99.6").status == 1
    assert steelyard("score", one_rule, data, "--fail-under", "99.5").status == 0


def test_it_compares_the_asked_total_exactly(write: Write) -> None:
    rules = write("third.rules", "deduct x / 3\n")
    data = write("x.csv", "x\n1\n")
    assert steelyard("score", rules, data, "--fail-under", "99.66666666666666666666").status == 0
    assert steelyard("score", rules, data, "--fail-under", "99.66666666666666666667").status == 1


@pytest.mark.parametrize("wrong", ["many", "", "1e400", "nan", "1/3"])
def test_it_refuses_a_total_to_fail_under_that_is_no_number(one_rule: Path, table: Path, wrong: str) -> None:
    assert steelyard("score", one_rule, table, "--fail-under", wrong).status == 2


@pytest.mark.parametrize(("on", "status"), [("never", 0), ("error", 0), ("warning", 1)])
def test_it_fails_on_findings_as_severe_as_asked(on: str, status: int) -> None:
    assert steelyard("score", SCHEME, DATA, "--fail-on", on).status == status


@pytest.mark.parametrize(("on", "status"), [("never", 0), ("error", 1), ("warning", 1)])
def test_it_fails_on_an_error_finding_unless_told_not_to(write: Write, on: str, status: int) -> None:
    rules = write("e.rules", "input\n  x : number\ndeduct 1\ncheck x < 3, error\n")
    data = write("x.csv", "x\n5\n")
    assert steelyard("score", rules, data, "--fail-on", on).status == status


def test_it_fails_a_check_on_warnings_only_when_asked(write: Write) -> None:
    rules = write("w.rules", "criterion a\ncriterion b\n  deduct 1\n")
    assert steelyard("check", rules).status == 0
    assert steelyard("check", rules, "--fail-on", "warning").status == 1


def test_it_takes_one_record_of_many(one_rule: Path, table: Path) -> None:
    run = steelyard("score", one_rule, table, "--record", "深圳")
    assert run.status == 0
    assert "100" in run.out
    assert "广州" not in run.out


def test_it_suggests_the_record_that_was_meant(one_rule: Path, write: Write) -> None:
    data = write("d.csv", "city,actual,target\nGuangzhou,1,2\nShenzhen,1,2\n")
    run = steelyard("score", one_rule, data, "--record", "Guangzhuo")
    assert run.status == 2
    assert "C106" in run.err
    assert "Guangzhou" in run.err


def test_it_ranks_the_highest_first_and_shares_ranks_of_ties(one_rule: Path, write: Write) -> None:
    data = write("d.csv", "city,actual,target\na,9,2\nb,3,2\nc,3,2\nd,9,2\n")
    lines = steelyard("score", one_rule, data, "--rank").out.splitlines()
    assert [line.split()[:2] for line in lines[2:6]] == [["1", "b"], ["1", "c"], ["3", "a"], ["3", "d"]]


@pytest.mark.parametrize(
    "args", [["score"], ["check", "--nonsense", "x"], ["nonsense"], ["score", "a", "b", "--format", "xml"]]
)
def test_it_is_not_done_where_the_command_line_is_wrong(args: list[str]) -> None:
    run = steelyard(*args)
    assert run.status == 2
    assert run.out == ""
    assert run.err


@pytest.mark.parametrize("day", ["2023-02-30", "yesterday", "2023/06/30"])
def test_it_refuses_a_day_that_is_none(one_rule: Path, table: Path, day: str) -> None:
    assert steelyard("score", one_rule, table, "--as-of", day).status == 2


def test_it_checks_both_files_of_the_report_without_a_complaint() -> None:
    for rules in (SCHEME, ENGLISH):
        run = steelyard("check", rules)
        assert (run.status, run.err) == (0, "")
