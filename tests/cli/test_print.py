"""`steelyard print` as a user runs it."""

from __future__ import annotations

from pathlib import Path

from cli.conftest import Write
from cli.running import ENGLISH, SCHEME, steelyard


def test_it_prints_markdown_in_the_language_of_the_file_or_the_one_asked_for() -> None:
    chinese, english = steelyard("print", SCHEME), steelyard("print", SCHEME, "--language", "en")
    assert (chinese.status, chinese.err, english.status, english.err) == (0, "", 0, "")
    assert "| 一级指标 | 二级指标 | 分值 | 评分标准 | 依据 |" in chinese.out
    assert "| Level 1 | Level 2 | Points | Scoring criteria | Basis |" in english.out
    assert "| Level 1 |" in steelyard("print", ENGLISH, "--lang", "zh").out


def test_the_table_keeps_its_language_where_messages_have_another(write: Write) -> None:
    rules = write("a.rules", "input\n  unread : number\ncriterion c, 100 points\n  judged\n")
    run = steelyard("print", rules, env={"STEELYARD_LANG": "zh"})
    assert "警告[W176]" in run.err
    assert "| Level 1 |" in run.out


def test_html_goes_to_a_file_whole(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    run = steelyard("print", SCHEME, "--format", "html", "-o", page, "--with-lines")
    assert (run.status, run.out, run.err) == (0, "", "")
    text = page.read_text(encoding="utf-8")
    assert text.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert text.endswith("</html>\n")
    assert "size: A4 landscape" in text
    assert 'rowspan="10"' in text
    number = SCHEME.read_text(encoding="utf-8").splitlines().index("  评分项 项目可行性，5 分") + 1
    assert f"<i>{number}</i>   评分项 项目可行性，5 分" in text
    assert "http" not in text, "a page that is printed asks nobody for anything"


def test_it_prints_the_values_of_a_day_and_of_the_last_day_where_none_is_named(write: Write) -> None:
    rules = write(
        "dated.rules",
        "parameter p\n  from 2023-01-01 : 2\n  from 2024-01-01 : 3\ncriterion c, 100 points\n  deduct p if x > 1\n",
    )
    assert "Deduct 2 points" in steelyard("print", rules, "--as-of", "2023-05-01").out
    latest = steelyard("print", rules)
    assert "Deduct 3 points" in latest.out
    assert "Values as of: 2024-01-01" in latest.out
    early = steelyard("print", rules, "--as-of", "2022-05-01")
    assert (early.status, early.out) == (2, "")
    assert "error[N142]" in early.err


def test_a_file_with_errors_is_not_printed(broken: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    run = steelyard("print", broken, "-o", page)
    assert (run.status, run.out, page.exists()) == (2, "", False)
    assert run.err.startswith("error[S")


def test_nothing_that_is_read_is_written_over(write: Write) -> None:
    write("rates.rules", "parameter p = 2\n")
    rules = write("a.rules", 'use "rates.rules"\ncriterion c, 100 points\n  deduct p if x > 1\n')
    for target in (rules, rules.with_name("rates.rules")):
        before = target.read_bytes()
        run = steelyard("print", rules, "-o", target)
        assert run.status == 2
        assert "error[C109]" in run.err
        assert target.read_bytes() == before


def test_what_cannot_be_read_or_written_is_told(one_rule: Path, tmp_path: Path) -> None:
    missing = steelyard("print", tmp_path / "nine.rules")
    assert (missing.status, missing.out) == (2, "")
    assert "error[C101]" in missing.err
    unwritable = steelyard("print", one_rule, "-o", tmp_path / "no" / "page.md")
    assert unwritable.status == 2
    assert "error[C103]" in unwritable.err
    assert "error[C113]" in steelyard("print", one_rule, "--format", "pdf").err
    assert "错误[C113]" in steelyard("print", one_rule, "--language", "fr", "--lang", "zh").err


def test_help_speaks_both_languages() -> None:
    assert steelyard("print", "--help").out.startswith("Usage: steelyard print [OPTIONS] RULES")
    assert "打印成评分标准表" in steelyard("print", "--help", "--lang", "zh").out
