"""The whole author's half, and a score, with other files, dates and definitions."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from steelyard.diagnostics.model import Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.pipeline import Loaded, load, load_bytes, read_data, score
from steelyard.trace.encode import encode_trace
from steelyard.values.canonical import canonical_json


def told(loaded: Loaded) -> list[str]:
    return [diagnostic.code for diagnostic in loaded.diagnostics]


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.rules").write_text(text, encoding="utf-8")
    return folder / "main.rules"


def test_rules_from_memory_use_no_file() -> None:
    loaded = load_bytes("main.rules", b'use "rates.rules"\ndeduct base\n')
    assert told(loaded) == ["N135"]
    assert loaded.program is None


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        ('use "gone.rules"\ninput\n  a : number\ndeduct base * twice(a) + rates(a)\n', ["N130"]),
        ('amend "gone.rules"\n  remove late\n', ["N130"]),
        ("parameter base\n  from 2022-01-01 : 1\ninput\n  a : number\ndeduct base * a + base\n", ["N143"]),
        ("parameter base = rate\ninput\n  a : number\ndeduct base * a\n", ["N145"]),
        ('table t by k\n  "a" : 1\n  "a" : 2\ninput\n  a : text\ndeduct t(a)\n', ["W145"]),
        ("define f(x) = f(x)\ninput\n  a : number\ndeduct f(a)\n", ["N147"]),
        ("define f(x) = x + b\ninput\n  a : number\n  b : number\ndeduct f(a)\n", ["N146"]),
        ("define f(x) = g(x)\ninput\n  a : number\ndeduct f(a)\n", ["N102"]),
        ("parameter a = 1\ninput\n  a : number\ndeduct a\n", ["N144"]),
        ("define f(x) = x\ninput\n  a : text\ndeduct f(a)\ndeduct f(a)\n", ["T101", "T101"]),
        ("define f(x) = f2(f2(x))\ndefine f2(x) = " + " + ".join(["x"] * 400) + "\ndeduct f(a)\n", ["N148"]),
    ],
)
def test_one_mistake_is_told_once(tmp_path: Path, rules: str, codes: list[str]) -> None:
    loaded = load(write(tmp_path, main=rules))
    assert told(loaded) == codes
    assert loaded.program is None


DEEP = "max(1, 0 + -"
"""Three expressions one inside the other for a bracket."""


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        (f"deduct min(3, 1 + {DEEP * 49}a{')' * 49})\n", []),
        (f"deduct min(3, 1 + {DEEP * 50}a{')' * 50})\n", ["S205"]),
        (f"deduct 1 if {DEEP * 95}a{')' * 95} > 3\n", ["S205"]),
        (f"parameter a = {'-(1 + ' * 95}1{')' * 95}\ndeduct a\n", ["S205"]),
        (f"define f(x) = 2 * -x\ndeduct min(3, 1 + {DEEP * 48}f(a){')' * 48})\n", []),
        (f"define f(x) = 2 * -max(x, 3 + x)\ndeduct min(3, 1 + {DEEP * 49}f(a){')' * 49})\n", ["S205"]),
        (f"define f(x) = 1 + x\ndeduct {'f(' * 99}a{')' * 99}\n", []),
    ],
)
def test_no_phase_runs_out_of_stack(tmp_path: Path, rules: str, codes: list[str]) -> None:
    (tmp_path / "data.csv").write_text("a\n3\n")
    loaded = load(write(tmp_path, main=rules))
    assert told(loaded) == codes
    if loaded.program is not None:
        (trace,) = score(loaded.program, read_data(loaded.program, tmp_path / "data.csv")).traces
        assert canonical_json(encode_trace(trace))


def test_mistakes_are_told_in_the_order_of_the_files(tmp_path: Path) -> None:
    rules = (
        'deduct 1 if wrong < base\nuse "rates.rules"\ninput\n  a : number\nparameter late = a\ndeduct 1 if late > a\n'
    )
    loaded = load(write(tmp_path, main=rules, rates="parameter base = beds\nparameter base = 2\n"))
    assert told(loaded) == ["N101", "N145", "N145", "N103"]
    assert [d.span.source.name for d in loaded.diagnostics if d.span] == ["main.rules"] * 2 + ["rates.rules"] * 2


def test_it_scores_by_the_value_of_the_day(tmp_path: Path) -> None:
    rules = write(
        tmp_path,
        main='use "rates.rules"\ncriterion a, 100 points\n  deduct base * twice(faults) + fines(kind)\n    because "{base} each"\n',
        rates="parameter base\n  from 2022-01-01 : 1\n  from 2023-01-01 : 2\ndefine twice(x) = 2 * x\n"
        'table fines by kind\n  "late" : 5\n  otherwise : 0\n',
    )
    data = tmp_path / "data.csv"
    data.write_text("key,faults,kind\nx,3,late\ny,1,none\n")
    totals = {}
    for day in (date(2022, 6, 30), date(2023, 6, 30)):
        loaded = load(rules, day)
        assert told(loaded) == []
        assert loaded.day == day
        assert loaded.program is not None
        traces = score(loaded.program, read_data(loaded.program, data), day).traces
        totals[day.year] = [str(trace.result.total) for trace in traces]
        header = traces[0].header
        assert [file.file for file in header.rules] == ["main.rules", "rates.rules"]
        assert header.as_of == day.isoformat()
        assert next(entry.reason for entry in traces[0].entries if entry.reason) == f"{day.year - 2021} each"
        json.loads(canonical_json(encode_trace(traces[0])))
    assert totals == {2022: ["89", "98"], 2023: ["83", "96"]}


def test_the_place_of_an_entry_is_in_the_file_it_was_written_in(tmp_path: Path) -> None:
    rules = write(
        tmp_path,
        main='amend "base.rules"\n  add to a\n    deduct 3\n',
        base="\n\ncriterion a, 10 points\n  deduct 1, as one\n",
    )
    (tmp_path / "data.csv").write_text("key\nx\n")
    loaded = load(rules)
    assert loaded.program is not None
    (trace,) = score(loaded.program, read_data(loaded.program, tmp_path / "data.csv")).traces
    moves = [entry for entry in trace.entries if entry.kind == "move"]
    assert [(entry.source.file, entry.source.place) for entry in moves if entry.source] == [
        ("base.rules", "4:3-4:19"),
        ("main.rules", "3:5-3:13"),
    ]


def test_changing_another_file_changes_the_digests_of_the_trace(tmp_path: Path) -> None:
    rules = write(tmp_path, main='use "rates.rules"\ndeduct base\n', rates="parameter base = 1\n")
    one = load(rules).program
    write(tmp_path, rates="parameter base = 2\n")
    two = load(rules).program
    assert one is not None and two is not None
    assert one.digest != two.digest
    assert one.sources[0].digest != two.sources[0].digest


def test_a_file_of_definitions_is_right_and_no_scheme(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, main="parameter base = 5\ndefine f(x) = x * base\n"))
    assert told(loaded) == ["S207"]
    assert [severity_of(diagnostic) for diagnostic in loaded.diagnostics] == [Severity.NOTE]
    assert loaded.program is None
    assert told(load(write(tmp_path, main="parameter base = 5\nparameter base = 6\n"))) == ["S207", "N103"]
