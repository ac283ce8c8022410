"""Wrong calls and help, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.conftest import Write
from cli.running import steelyard

CALLS = {
    "C110": ["score", "{rules}", "{data}", "--as-of", "2023-02-30"],
    "C111": ["check", "{rules}", "--colour", "never"],
    "C112": ["score", "{rules}"],
    "C113": ["check", "{rules}", "--format", "xml"],
    "C114": ["check", "{rules}", "--format"],
    "C115": ["score", "{rules}", "{data}", "--rank=yes"],
    "C116": ["chekc", "{rules}"],
    "C117": ["check", "{rules}", "{data}"],
    "C118": ["score", "{rules}", "{data}", "--fail-under", "sixty"],
}


@pytest.mark.parametrize("code", CALLS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_wrong_call_is_a_coded_error_in_the_language_of_the_reader(
    code: str, language: str, one_rule: Path, table: Path
) -> None:
    args = [arg.format(rules=one_rule, data=table) for arg in CALLS[code]]
    run = steelyard(*args, env={"STEELYARD_LANG": language})
    assert run.status == 2
    assert run.out == ""
    assert run.err.startswith(f"{'错误' if language == 'zh' else 'error'}[{code}]: ")
    assert "Error:" not in run.err


def test_the_language_of_a_wrong_call_is_that_of_its_arguments(write: Write) -> None:
    rules = write("方案.rules", "deduct 1\n")
    assert "错误[C111]" in steelyard("check", rules, "--nonsense").err
    assert "error[C111]" in steelyard("check", rules, "--nonsense", "--lang", "en").err
    assert "错误[C111]" in steelyard("check", "x", "--nonsense", "--lang=zh").err


@pytest.mark.parametrize("args", [["--nonsense"], ["check", "--lagn", "zh", "x"], ["score", "a", "b", "--recrod", "x"]])
def test_the_option_that_was_meant_is_suggested_where_one_is_near(args: list[str]) -> None:
    said = steelyard(*args).err
    assert ("did you mean" in said) == (args[0] != "--nonsense")


@pytest.mark.parametrize("command", ["check", "score", "why", "print", "explain"])
def test_help_speaks_chinese(command: str) -> None:
    run = steelyard(command, "--help", env={"STEELYARD_LANG": "zh"})
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith(f"用法：steelyard {command} [选项]")
    assert not re.search(r"Usage|Options|Show this|Status|[a-z]+ [a-z]+ [a-z]+ [a-z]+", run.out)
    told = [line for line in run.out.splitlines() if re.match(r" +-", line)]
    assert all(re.search("[一-鿿]", line) or line.rstrip().endswith("]") for line in told), "every option is explained"


@pytest.mark.parametrize("args", [["--help", "--lang", "zh"], ["--lang", "zh", "--help"], ["--lang=zh"]])
def test_help_as_a_whole_speaks_chinese(args: list[str]) -> None:
    run = steelyard(*args)
    said = run.out + run.err
    assert said.startswith("用法：steelyard")
    for command in ("check", "score", "why", "explain"):
        assert re.search(rf"(?m)^  {command} +[一-鿿]", said)


def test_a_language_before_the_command_is_that_of_the_command(one_rule: Path) -> None:
    assert "没有问题" in steelyard("--lang", "zh", "check", one_rule).out
    assert "no problems" in steelyard("--lang", "zh", "check", one_rule, "--lang", "en").out


def test_no_command_shows_the_help_and_does_nothing() -> None:
    run = steelyard()
    assert (run.status, run.out) == (2, "")
    assert "Usage: steelyard" in run.err
