"""`steelyard why TRACE --entries`: every entry with its number, its part and its sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import DATA, SCHEME, steelyard
from explain.traces import guangzhou
from steelyard.explain.filed import sentence
from steelyard.report.result import record_json


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("trace") / "trace.json"
    assert steelyard("score", SCHEME, DATA, "--trace", path).status == 0
    return path


def test_every_entry_stands_on_one_line_in_order(trace: Path) -> None:
    run = steelyard("why", trace, "--entries")
    assert (run.status, run.err) == (0, "")
    known = guangzhou()
    assert run.out.splitlines() == [
        f"{entry.number:>3}  {entry.part}  {sentence(entry, known, 'zh')}" for entry in known.entries
    ]


def test_one_entry_a_part_or_a_rule(trace: Path) -> None:
    assert steelyard("why", trace, "62", "--entries").out == (
        "62  total  总分：97.918 四舍五入，保留 2 位小数，为 97.92。\n"
    )
    part = steelyard("why", trace, "--entries", "项目结果绩效", "--lang", "en").out.splitlines()
    assert [line.split()[0] for line in part] == ["54", "55", "56", "57"]
    assert all(line.endswith(".") for line in part)
    assert len(steelyard("why", trace, "--entries", "项目管理绩效").out.splitlines()) > 50
    assert len(steelyard("why", trace, "--entries", "total").out.splitlines()) == 100
    (rule,) = steelyard("why", trace, "--entries", "total:round").out.splitlines()
    assert rule.startswith("62 ")


def test_only_what_did_not_fire(trace: Path) -> None:
    lines = steelyard("why", trace, "--entries", "--not").out.splitlines()
    assert len(lines) == 8
    assert any("不计本行" in line for line in lines)
    assert steelyard("why", trace, "--entries", "--not", "项目结果绩效").out == "  没有未生效的规则\n"


@pytest.mark.parametrize("path", ["999", "0", "no such part"])
def test_what_is_not_there_is_told(trace: Path, path: str) -> None:
    run = steelyard("why", trace, "--entries", path)
    assert (run.status, run.out) == (2, "")
    assert "C105" in run.err


def test_a_trace_whose_story_does_not_hold_is_refused_without_a_traceback(trace: Path, tmp_path: Path) -> None:
    document = json.loads(trace.read_text(encoding="utf-8"))
    document["entries"][0] = {**document["entries"][0], "kind": "let"}
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(document), encoding="utf-8")
    run = steelyard("why", broken, "--entries")
    assert run.status == 2
    assert "C104" in run.err and "Traceback" not in run.err


def test_the_result_holds_what_rounding_cost() -> None:
    found = record_json(guangzhou())
    assert isinstance(found, dict)
    rounding = found["rounding"]
    assert isinstance(rounding, dict)
    assert (rounding["cost"], rounding["unrounded"]) == ("0.002", "97.918")
    assert (rounding["grade_hangs_on_rounding"], rounding["unit"], rounding["better"]) == (False, "0.01", None)
    assert rounding["worse"] == {
        "grade": None, "boundary": "90", "distance": "7.92", "direction": "less", "at_boundary": False,
        "within_unit": False,
    }  # fmt: skip
    assert rounding["steps"] == [
        {
            "entry": 62, "rule": "total:round", "part": "total", "inside": None, "places": 2, "mode": "half up",
            "before": "97.918", "after": "97.92", "cost": "0.002", "on_total": "0.002", "decides": None,
        }
    ]  # fmt: skip
