"""What `impact` says word for word, in both languages: the Guangzhou scheme with its threshold of 150% at 200% and its best
grade from 98 instead of 90 (`golden/scheme.rules`).

`STEELYARD_BLESS=1` writes what comes out now; then it is read by eye.
"""

from __future__ import annotations

import json
import os
from fractions import Fraction
from pathlib import Path

import pytest

from cli.running import DATA, SCHEME, steelyard

GOLDEN = Path(__file__).parent / "golden"
NEW = GOLDEN / "scheme.rules"


@pytest.mark.parametrize(
    ("name", "options"), [("zh.txt", ["--lang", "zh"]), ("en.txt", ["--lang", "en"]), ("json", ["--json"])]
)
def test_told(name: str, options: list[str]) -> None:
    run = steelyard("impact", SCHEME, NEW, DATA, *options)
    assert (run.status, run.err) == (0, "")
    path = GOLDEN / f"impact.{name}"
    if os.environ.get("STEELYARD_BLESS"):
        path.write_text(run.out, encoding="utf-8")
    assert run.out == path.read_text(encoding="utf-8")


def test_the_document_says_how_many_findings_and_which_grade() -> None:
    document = json.loads(steelyard("impact", SCHEME, NEW, DATA, "--format", "json").out)
    (check,) = document["quiet"]
    assert (check["kind"], check["findings"]) == ("check", {"old": 1, "new": 1})
    assert document["grades"] == [{"from": "优", "to": "良", "records": 1}]
    (record,) = document["records"]
    assert record["change"] == "0" and record["shares"] == []
    assert record["grades"] == [{"steps": [1], "from": "优", "to": "良"}]


def test_numbers_in_the_document_are_exact_and_add_up(tmp_path: Path) -> None:
    old, new, data = tmp_path / "old.rules", tmp_path / "new.rules", tmp_path / "d.csv"
    text = "criterion a, 50 points\n  deduct x / 7 if x > 1\ncriterion b, 50 points\n  deduct x / 3\n"
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace("x / 7", "x / 9").replace("x / 3", "x / 11"), encoding="utf-8")
    data.write_text("key,x\na,5\nb,1\nc,\n", encoding="utf-8")
    document = json.loads(steelyard("impact", old, new, data, "--json").out)
    for record in document["records"]:
        shares = [Fraction(share["points"]) for share in record["shares"]]
        if record["change"] is not None:
            assert (
                sum(shares)
                == Fraction(record["change"])
                == Fraction(record["new"]["total"]) - Fraction(record["old"]["total"])
            )
        else:
            assert record["record"] == "c" and shares == []
            assert record["old"]["total"]["high"] == "100"
    sums = [(found["steps"], Fraction(found["points"]), found["records"]) for found in document["sums"]]
    assert sums == [([1], Fraction(10, 63), 1), ([2], Fraction(16, 11), 2)]


def test_all_records_that_change_are_listed_on_request(tmp_path: Path) -> None:
    old, new, data = tmp_path / "old.rules", tmp_path / "new.rules", tmp_path / "d.csv"
    old.write_text("deduct 1 if x > 0\n", encoding="utf-8")
    new.write_text("deduct 2 if x > 0\n", encoding="utf-8")
    data.write_text("key,x\n" + "".join(f"r{number},1\n" for number in range(30)), encoding="utf-8")
    some, everything = steelyard("impact", old, new, data).out, steelyard("impact", old, new, data, "--all").out
    assert "The 10 records that changed most (--all shows 30):" in some
    assert some.count(" → 98    -1") == 10
    assert everything.count(" → 98    -1") == 30
    assert "r29" in everything and "r29" not in some
    one = steelyard("impact", old, new, data, "--record", "r29").out
    assert "1 record" in one and "r29" in one


def test_rules_that_mean_the_same_change_nothing(tmp_path: Path) -> None:
    run = steelyard("impact", SCHEME, SCHEME.with_name("scheme.en.rules"), DATA, "--lang", "en")
    assert run.status == 0
    assert "nothing changes" in run.out or "moved: 0" in run.out


def test_wrong_arguments_are_told_and_end_with_2(tmp_path: Path) -> None:
    rules, broken, data = tmp_path / "a.rules", tmp_path / "b.rules", tmp_path / "d.csv"
    rules.write_text("deduct 1 if x > 0\n", encoding="utf-8")
    broken.write_text("deduct if x > 0\n", encoding="utf-8")
    data.write_text("key,x\na,1\n", encoding="utf-8")
    wrong = {
        "C101": [
            ("a.rules", "none.rules", "d.csv"),
            ("none.rules", "a.rules", "d.csv"),
            ("a.rules", "a.rules", "none.csv"),
        ],
        "S2": [("a.rules", "b.rules", "d.csv"), ("b.rules", "a.rules", "d.csv")],
        "D1": [("a.rules", "a.rules", "a.rules")],
        "C106": [("a.rules", "a.rules", "d.csv", "--record", "b")],
        "C112": [("a.rules", "a.rules")],
        "C113": [("a.rules", "a.rules", "d.csv", "--format", "xml")],
        "C117": [("a.rules", "a.rules", "d.csv", "more")],
    }
    for code, calls in wrong.items():
        for call in calls:
            run = steelyard("impact", *call, cwd=tmp_path)
            assert (run.status, run.out) == (2, ""), call
            assert f"[{code}" in run.err, (call, run.err)


@pytest.mark.parametrize(("language", "word"), [("en", "Usage: "), ("zh", "用法：")])
def test_help_is_in_both_languages(language: str, word: str) -> None:
    for name in ("impact", "diff"):
        run = steelyard(name, "--help", "--lang", language)
        assert run.status == 0 and run.out.startswith(word) and "--json" in run.out
