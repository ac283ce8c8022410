"""`steelyard audit-report`: status, languages, streams and documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Write
from cli.running import GUANGZHOU, SCHEME, steelyard

FIGURES = GUANGZHOU / "figures.yaml"
SMALL = "section a, weight 40%\n  judged\n\nsection b, weight 60%\n  judged\n"
RIGHT = "rows: [{row: a, score: 90}, {row: b, score: 80}, {row: total, score: 84}]\n"


@pytest.fixture
def small(write: Write) -> Path:
    return write("small.rules", SMALL)


def test_status_says_whether_anything_contradicts(small: Path, write: Write) -> None:
    assert steelyard("audit-report", small, write("right.yaml", RIGHT)).status == 0
    run = steelyard("audit-report", small, write("wrong.yaml", RIGHT.replace("84", "85")))
    assert run.status == 1
    assert "90 × 40% + 80 × 60% = 84" in run.out
    assert "84 ≠ 85" in run.out
    again = 'figures: [{name: spent, printed: [{value: "39.7", where: "1"}, {value: "39.70", where: "2"}]}]\n'
    run = steelyard("audit-report", small, write("form.yaml", RIGHT + again))
    assert run.status == 0
    assert "39.7 = 39.70" in run.out
    run = steelyard("audit-report", small, write("empty.yaml", "report: Nothing but a title\n"))
    assert (run.status, run.out) == (2, "")
    assert "error[C142]" in run.err
    run = steelyard("audit-report", small, write("bad.yaml", RIGHT.replace("row: a", "row: c")))
    assert run.status == 2
    assert run.out == ""
    assert "error[C140]" in run.err


def test_what_is_not_there_is_told(small: Path, write: Write, broken: Path, tmp_path: Path) -> None:
    figures = write("right.yaml", RIGHT)
    for arguments, code in [
        ((small, tmp_path / "rihgt.yaml"), "C101"), ((tmp_path / "none.rules", figures), "C101"),
        ((small, tmp_path), "D103"), ((broken, figures), "S"), ((small,), "C112"), ((small, figures, figures), "C117"),
    ]:  # fmt: skip
        run = steelyard("audit-report", *arguments)
        assert run.status == 2
        assert f"error[{code}" in run.err, run.err


def test_it_speaks_the_language_of_the_scheme_or_the_one_asked_for() -> None:
    chinese, english = (
        steelyard("audit-report", SCHEME, FIGURES),
        steelyard("audit-report", SCHEME, FIGURES, "--lang", "en"),
    )
    assert (chinese.status, english.status) == (1, 1)
    assert "二、相互矛盾（9 条）" in chinese.out
    assert "CONTRADICTS (9)" in english.out
    assert chinese.err == english.err == ""


def test_json_is_the_same_bytes_whatever_the_console() -> None:
    plain = steelyard("audit-report", SCHEME, FIGURES, "--json")
    gbk = steelyard("audit-report", SCHEME, FIGURES, "--json", env={"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"})
    assert plain.raw == gbk.raw
    document = json.loads(plain.raw)
    assert len(document["contradicts"]) == 9
    assert (len(document["form"]), len(document["ask"])) == (5, 2)
    assert len(document["figures"]["sha256"]) == 64
    score = document["cannot"][0]
    assert score["exact"] == {"low": "98.045", "low_included": "yes", "high": "58837/600", "high_included": "no"}


def test_every_sign_is_one_that_a_gbk_console_can_write() -> None:
    run = steelyard("audit-report", SCHEME, FIGURES, env={"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}, encoding="gbk")
    assert run.status == 1
    assert "\\u" not in run.out
    assert "\\x" not in run.out


def test_help_is_in_both_languages() -> None:
    assert "what cannot be reached" in " ".join(steelyard("audit-report", "--help").out.split())
    assert "无法得出" in steelyard("audit-report", "--help", "--lang", "zh").out
    assert "audit-report" in steelyard("--help").out
