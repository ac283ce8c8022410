"""What differs between two traces, and what it is put down to."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.running import DATA, SCHEME, steelyard

GOLDEN = Path(__file__).parent / "golden"
NEW = Path(__file__).parents[1] / "impact" / "golden" / "scheme.rules"

RULES = """scheme s "Work plan"
parameter step
  from 2023-01-01 : 0.5
  from 2024-01-01 : 1

input
  actual : number
  target : number
  late   : whole number
  rows   : list of
    days : number

let ratio = actual / target

criterion plan "Plan", 60 points
  deduct 0.5 if ratio > 1.5
  deduct step for each late
  for each row in rows
    deduct 1 if row.days > 10

criterion rest "Rest", 40 points
  deduct 2 if actual < 100
  let total_days = sum(rows.days)
  deduct 1 if total_days > 20

grade
  "A" from 99
  "B" otherwise
"""
RECORD: dict[str, Any] = {
    "key": "x", "actual": "8218", "target": "2000", "late": "1", "rows": [{"key": "a", "days": "3"}, {"key": "b", "days": "12"}],
}  # fmt: skip
Made = Callable[..., Path]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A trace of the rules and the record with changes."""
    counts = iter(range(100))

    def make(*edits: tuple[str, str], day: str = "2023-06-30", **cells: object) -> Path:
        rules, data, trace = (tmp_path / name for name in ("s.rules", "d.json", f"{next(counts)}.json"))
        text = RULES
        for old, new in edits:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        rules.write_text(text, encoding="utf-8")
        data.write_text(json.dumps([{**RECORD, **cells}]), encoding="utf-8")
        run = steelyard("score", rules, data, "--trace", trace, "--as-of", day)
        assert run.status == 0, run.err
        return trace

    return make


def _diff(old: Path, new: Path) -> dict[str, Any]:
    run = steelyard("diff", old, new, "--json")
    assert (run.status, run.err) == (0, "")
    return json.loads(run.out)  # type: ignore[no-any-return]


def _causes(document: dict[str, Any]) -> list[tuple[str, str, str | None, str | None]]:
    return [(cause["kind"], cause["name"], cause["old"], cause["new"]) for cause in document["causes"]]


def test_nothing_differs_between_a_trace_and_itself(made: Made) -> None:
    trace = made()
    document = _diff(trace, trace)
    assert (document["same"], document["causes"], document["entries"], document["parts"]) == (True, [], [], [])
    assert steelyard("diff", trace, trace).out.endswith("nothing differs\n")


def test_a_cell_is_followed_through_lets_to_the_total(made: Made) -> None:
    document = _diff(made(), made(actual="50"))
    assert _causes(document) == [("cell", "actual", "8218", "50")]
    assert {tuple(entry["causes"]) for entry in document["entries"]} == {(1,)}
    rules = {entry["rule"]: entry for entry in document["entries"]}
    assert not rules["total:let.ratio"]["inherited"], "it reads the cell itself"
    assert rules["plan#1"]["inherited"], "it reads the `let`"
    assert rules["plan#1"]["changed"]["status"] == {"old": "applied", "new": "not met"}
    assert not rules["rest#1"]["inherited"]
    assert [part["part"] for part in document["parts"]] == ["plan", "rest"]
    assert document["old"]["total"] == "98" and document["new"]["total"] == "96.5"


def test_a_statement_is_told_with_both_texts_and_places(made: Made) -> None:
    document = _diff(made(), made(("deduct 0.5 if ratio > 1.5", "deduct 3 if ratio > 2")))
    (cause,) = document["causes"]
    assert (cause["of"], cause["old"], cause["new"]) == ("rules", "deduct 0.5 if ratio > 1.5", "deduct 3 if ratio > 2")
    assert cause["old_place"] == cause["new_place"] == "s.rules:16:3"


def test_a_statement_in_front_renames_nothing(made: Made) -> None:
    document = _diff(
        made(), made(("  deduct 0.5 if ratio > 1.5\n", "  deduct 1 if late > 0\n  deduct 0.5 if ratio > 1.5\n"))
    )
    assert _causes(document) == [("statement", "plan#1", None, "deduct 1 if late > 0")]


def test_a_dated_value_is_a_parameter(made: Made) -> None:
    document = _diff(made(), made(day="2024-06-30"))
    assert [(cause["of"], *cause_) for cause, cause_ in zip(document["causes"], _causes(document), strict=True)] == [
        ("parameters", "value", "deduct step for each late", "0.5", "1")
    ]
    assert "as of: 2023-06-30 → 2024-06-30" in steelyard("diff", made(), made(day="2024-06-30")).out


def test_rows_that_come_and_go_are_told_by_their_keys(made: Made) -> None:
    rows = [{"key": "a", "days": "13"}, {"key": "c", "days": "12"}]
    document = _diff(made(), made(rows=rows))
    found = set(_causes(document))
    assert ("row", "rows", "b", None) in found
    assert ("row", "rows", None, "c") in found
    assert ("cell", "rows[a].days", "3", "13") in found
    assert all(entry["causes"] for entry in document["entries"])
    assert {cause["of"] for cause in document["causes"]} == {"data"}


def test_a_cell_of_which_nothing_comes_is_told_so(made: Made) -> None:
    out = steelyard("diff", made(), made(actual="9000", target="2200")).out
    assert "actual: 8218 → 9000" in out
    assert "target: 2000 → 2200" in out
    quiet = steelyard("diff", made(late="0", rows=[]), made(late="0", rows=[], actual="8218.0")).out
    assert "nothing that was read or came out differs" in quiet


def test_an_override_and_missing_data_have_a_cause_too(made: Made) -> None:
    for change in ({"actual": ""}, {"overrides": [{"part": "rest", "score": "7", "by": "Board", "reason": "so"}]}):
        document = _diff(made(), made(**change))
        assert document["causes"] and all(entry["causes"] for entry in document["entries"])
        assert {cause["of"] for cause in document["causes"]} == {"data"}


def test_two_records_are_compared_and_told_to_be_two(made: Made) -> None:
    out = steelyard("diff", made(), made(key="y")).out
    assert "the records differ: x and y" in out
    assert "对象不同：x 与 y" in steelyard("diff", made(), made(key="y"), "--lang", "zh").out


def test_a_record_is_chosen_where_there_are_many(tmp_path: Path) -> None:
    rules, data, trace = tmp_path / "a.rules", tmp_path / "d.csv", tmp_path / "t.json"
    rules.write_text("deduct 1 if x > 0\n", encoding="utf-8")
    data.write_text("key,x\na,1\nb,0\n", encoding="utf-8")
    steelyard("score", rules, data, "--trace", trace)
    assert "C107" in steelyard("diff", trace, trace).err
    assert "nothing differs" in steelyard("diff", trace, trace, "--record", "b").out
    assert "C106" in steelyard("diff", trace, trace, "--record", "c").err


@pytest.mark.parametrize(
    ("name", "options"), [("zh.txt", ["--lang", "zh"]), ("en.txt", ["--lang", "en"]), ("json", ["--json"])]
)
def test_told(name: str, options: list[str], tmp_path: Path) -> None:
    """Word for word, in both languages: the Guangzhou report under its own scheme and under the one changed for `impact`."""
    traces = [tmp_path / "old.json", tmp_path / "new.json"]
    for rules, trace in zip((SCHEME, NEW), traces, strict=True):
        assert steelyard("score", rules, DATA, "--trace", trace).status == 0
    run = steelyard("diff", *traces, *options)
    assert (run.status, run.err) == (0, "")
    out = run.out.replace(_engine(traces[0]), "steelyard")
    path = GOLDEN / f"diff.{name}"
    if os.environ.get("STEELYARD_BLESS"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(out, encoding="utf-8")
    assert out == path.read_text(encoding="utf-8")


def _engine(trace: Path) -> str:
    return str(json.loads(trace.read_text(encoding="utf-8"))["header"]["engine"])


def test_wrong_arguments_are_told_and_end_with_2(made: Made, tmp_path: Path) -> None:
    trace, garbage = made(), tmp_path / "garbage.json"
    garbage.write_bytes(b'{"format": "steelyard-trace/99"}\n')
    wrong = {
        "C101": [(trace, tmp_path / "none.json"), (tmp_path / "none.json", trace)],
        "C104": [(trace, garbage), (garbage, trace)],
        "C112": [(trace,)],
        "C117": [(trace, trace, "more")],
    }
    for code, calls in wrong.items():
        for call in calls:
            run = steelyard("diff", *call)
            assert (run.status, run.out) == (2, ""), call
            assert f"[{code}]" in run.err


WEIGHTED = """input
  x : number
section m, weight {m}
  criterion a, 50 points
    deduct 10 if x > 1
section r, weight {r}
  criterion b, 50 points
    deduct 5 if x > 2
"""


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        (("40%", "60%", "30%", "70%"), {"m": ["m"], "r": ["r"]}),
        (("2", "3", "4", "3"), {"m": ["m", "r"]}),  # Relative ones: the other section is worth less by it.
    ],
    ids=["shares", "relative"],
)
def test_a_weight_is_told_at_what_it_makes_of_the_parts(
    weights: tuple[str, str, str, str], told: dict[str, list[str]], tmp_path: Path
) -> None:
    data, traces = tmp_path / "d.json", [tmp_path / "0.json", tmp_path / "1.json"]
    data.write_text(json.dumps([{"key": "x", "x": "5"}]), encoding="utf-8")
    for trace, (m, r) in zip(traces, (weights[:2], weights[2:]), strict=True):
        rules = tmp_path / "w.rules"
        rules.write_text(WEIGHTED.format(m=m, r=r), encoding="utf-8")
        assert steelyard("score", rules, data, "--trace", trace).status == 0
    document = _diff(*traces)
    numbers = {number: cause["name"] for number, cause in enumerate(document["causes"], 1)}
    assert list(numbers.values()) == list(told)
    carried = [entry for entry in document["entries"] if entry["kind"] == "carry"]
    assert {
        name: [e["rule"] for e in carried if number in e["causes"]] for number, name in numbers.items()
    } == told  # fmt: skip
    assert "nothing comes of it" not in steelyard("diff", *traces).out
