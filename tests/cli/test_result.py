"""The published report, scored by the command: the numbers, the findings, the bytes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from cli.running import DATA, ENGLISH, SCHEME, steelyard


@pytest.fixture(params=[SCHEME, ENGLISH], ids=["zh", "en"])
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    run = steelyard("score", request.param, DATA, "--format", "json")
    assert (run.status, run.err) == (0, "")
    return json.loads(run.out)  # type: ignore[no-any-return]


def test_it_gives_the_printed_total_and_grade(document: dict[str, Any]) -> None:
    (record,) = document["records"]
    assert (record["total"], record["full"], record["grade"], record["status"]) == ("97.92", "100", "优", "final")
    parts = {part["path"]: part for part in record["parts"]}
    assert parts["项目管理绩效"]["score"] == "97.72"
    assert parts["项目管理绩效"]["factor"] == "0.4"
    assert parts["项目结果绩效"]["score"] == "98.05"


def test_it_finds_what_the_report_contradicts_itself_in(document: dict[str, Any]) -> None:
    (record,) = document["records"]
    found = [(finding["code"], finding["severity"]) for finding in record["findings"]]
    assert found == [("D313", "note"), *[("F101", "warning")] * 5]
    words = " ".join(text for finding in record["findings"] for text in (finding["message"], *finding["help"]))
    for printed in ("1255.70", "1225.70", "2057.85", "139.83", "97.61%", "优秀", "310.9%"):
        assert printed in words


def test_it_adds_lost_points_up_to_what_is_missing_from_full_points(document: dict[str, Any]) -> None:
    from fractions import Fraction

    (record,) = document["records"]
    lost = sum(Fraction(loss["on_total"]) for loss in record["lost"])
    assert lost == Fraction(record["full"]) - Fraction(record["total"])


def test_it_writes_the_same_bytes_whatever_hash_seed_locale_time_zone_or_folder(tmp_path: Path) -> None:
    copy = tmp_path / "somewhere else"
    shutil.copytree(SCHEME.parent, copy)
    runs = [
        ({"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"}, SCHEME.parent, SCHEME, DATA),
        ({"PYTHONHASHSEED": "1", "LC_ALL": "zh_CN.UTF-8", "TZ": "Asia/Shanghai"}, SCHEME.parents[2], SCHEME, DATA),
        (
            {"PYTHONHASHSEED": "4242", "LC_ALL": "de_DE.UTF-8", "STEELYARD_LANG": "en"},
            copy,
            Path("scheme.rules"),
            Path("data"),
        ),
        (
            {"PYTHONHASHSEED": "7", "FORCE_COLOR": "1"},
            tmp_path,
            Path("somewhere else/scheme.rules"),
            Path("./somewhere else/data/"),
        ),
    ]
    results, traces = set(), set()
    for number, (env, cwd, rules, data) in enumerate(runs):
        trace = tmp_path / f"t{number}.json"
        run = steelyard("score", rules, data, "--format", "json", "--trace", trace, env=env, cwd=cwd)
        assert run.status == 0
        results.add(run.raw)
        traces.add(trace.read_bytes())
    assert len(results) == 1
    assert len(traces) == 1


def test_it_puts_no_path_user_or_host_into_documents(tmp_path: Path) -> None:
    trace = tmp_path / "t.json"
    run = steelyard("score", SCHEME, DATA, "--format", "json", "--trace", trace)
    for text in (run.out, trace.read_text(encoding="utf-8")):
        assert str(SCHEME.parent) not in text
        assert str(tmp_path) not in text


def test_it_gives_check_results_as_json() -> None:
    document = json.loads(steelyard("check", SCHEME, "--format", "json").out)
    assert (document["errors"], document["warnings"], document["diagnostics"]) == (0, 0, [])


def test_it_gives_places_of_errors_as_json(broken: Path) -> None:
    run = steelyard("check", broken, "--format", "json")
    assert run.status == 2
    (found,) = json.loads(run.out)["diagnostics"]
    assert (found["code"], found["file"], found["line"], found["column"]) == ("S201", "broken.rules", 1, 8)
