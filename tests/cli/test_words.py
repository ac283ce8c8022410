"""Language, encoding and colours of what is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.conftest import Write
from cli.running import DATA, ENGLISH, SCHEME, steelyard

COLOR = "\x1b["


def test_it_speaks_the_language_of_the_rule_file(one_rule: Path) -> None:
    assert "no problems" in steelyard("check", one_rule).out
    assert "没有问题" in steelyard("check", SCHEME).out


def test_it_takes_the_language_of_the_option_before_that_of_the_environment(one_rule: Path) -> None:
    assert "没有问题" in steelyard("check", one_rule, env={"STEELYARD_LANG": "zh"}).out
    assert "no problems" in steelyard("check", SCHEME, env={"STEELYARD_LANG": "en"}).out
    assert "no problems" in steelyard("check", SCHEME, "--lang", "en", env={"STEELYARD_LANG": "zh"}).out
    assert "没有问题" in steelyard("check", one_rule, "--lang", "zh", env={"STEELYARD_LANG": "en"}).out


@pytest.mark.parametrize("locale", ["C", "zh_CN.UTF-8", "en_US.UTF-8"])
def test_it_never_asks_the_locale_for_a_language(one_rule: Path, locale: str) -> None:
    assert "no problems" in steelyard("check", one_rule, env={"LC_ALL": locale, "LANG": locale}).out


def test_it_ignores_a_language_it_does_not_speak(one_rule: Path) -> None:
    assert "no problems" in steelyard("check", one_rule, env={"STEELYARD_LANG": "fr"}).out
    assert steelyard("check", one_rule, "--lang", "fr").status == 2


def test_it_translates_the_report_and_its_findings() -> None:
    english = steelyard("score", SCHEME, DATA, "--lang", "en").out
    assert "Total  97.92 of 100" in english
    assert "warning[F101]" in english
    chinese = steelyard("score", ENGLISH, DATA, "--lang", "zh").out
    assert "总分  97.92 / 100" in chinese
    assert "警告[F101]" in chinese


def test_it_colours_only_a_terminal_or_where_it_is_told_to(broken: Path) -> None:
    assert COLOR not in steelyard("check", broken).out
    assert COLOR in steelyard("check", broken, "--color", "always").out
    assert COLOR not in steelyard("check", broken, "--color", "never", env={"FORCE_COLOR": "1"}).out
    assert COLOR in steelyard("check", broken, env={"FORCE_COLOR": "1"}).out
    assert COLOR not in steelyard("check", broken, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).out
    assert COLOR in steelyard("check", broken, "--color", "always", env={"NO_COLOR": "1"}).out


def test_it_colours_errors_on_stderr_by_the_same_rules(broken: Path, table: Path) -> None:
    assert COLOR not in steelyard("score", broken, table).err
    assert COLOR in steelyard("score", broken, table, "--color", "always").err
    assert COLOR not in steelyard("score", broken, table, "--color", "never").err


def test_it_writes_no_colour_into_files_and_documents(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    steelyard("score", SCHEME, DATA, "--color", "always", "-o", target)
    assert COLOR not in target.read_text(encoding="utf-8")
    assert COLOR not in steelyard("score", SCHEME, DATA, "--color", "always", "--format", "json").out


def test_it_writes_chinese_to_a_gbk_console() -> None:
    run = steelyard("score", SCHEME, DATA, env={"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}, encoding="gbk")
    assert run.status == 0
    assert "总分  97.92 / 100" in run.out
    assert not re.search(r"\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\?\?", run.out), (
        "every glyph of ours is one that GBK can write"
    )


def test_it_writes_by_its_code_what_a_gbk_console_cannot(write: Write) -> None:
    rules = write("t.rules", 'deduct x\n  because "ทดสอบ"\n')
    run = steelyard(
        "score", rules, write("x.csv", "x\n1\n"), env={"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}, encoding="gbk"
    )
    assert run.status == 0
    assert "\\u0e17" in run.out


def test_it_writes_documents_in_utf8_whatever_the_console() -> None:
    plain = steelyard("score", SCHEME, DATA, "--format", "json")
    gbk = steelyard("score", SCHEME, DATA, "--format", "json", env={"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"})
    assert gbk.raw == plain.raw


def test_it_survives_a_console_that_only_knows_ascii() -> None:
    run = steelyard("score", SCHEME, DATA, env={"PYTHONIOENCODING": "ascii"})
    assert run.status == 0
    assert "97.92" in run.out


def test_it_knows_file_names_whatever_the_locale() -> None:
    plain = steelyard("score", SCHEME, DATA, "--format", "json")
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert steelyard("score", SCHEME, DATA, "--format", "json", env=bare).raw == plain.raw


@pytest.mark.parametrize("code", ["W105", "w101", "S201", "F101", "C101"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_explains_a_code_from_its_page(code: str, language: str) -> None:
    run = steelyard("explain", code, "--lang", language)
    assert run.status == 0
    assert code.upper() in run.out
    chinese = len(re.findall("[一-鿿]", run.out)) / len(re.findall(r"\w", run.out))
    assert chinese > 0.3 if language == "zh" else chinese < 0.1


def test_it_explains_every_code_it_lists() -> None:
    listed = [line.split()[0] for line in steelyard("explain").out.splitlines()]
    assert len(listed) > 80
    missing = [code for code in listed if not (SCHEME.parents[2] / "docs" / "diagnostics" / f"{code}.md").is_file()]
    assert missing == []


def test_it_suggests_the_code_that_was_meant() -> None:
    run = steelyard("explain", "W10")
    assert run.status == 2
    assert "C108" in run.err
