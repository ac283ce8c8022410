"""What the verifier makes of files that nobody vouches for: an answer in bounded time, and never a traceback."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner

from audit.corpus import Document, pairs
from audit.tampering import canonical
from cli.running import DATA, SCHEME
from steelyard.audit import verify as alone
from steelyard.cli.verify import command

STRANGE: tuple[Any, ...] = (
    None, True, 0, -1, 10**4000, 1e308, float("inf"), float("nan"), "", "x", "1e999999", "9" * 5000, "1/0", "01", "-0", "１",
    "c999999999999999999999999999999", "\ud800", "\x1b[31m", [], [[]], {}, {"low": "1"}, {"low": None, "high": "x"},
    {"unknown": {}}, {"unknown": {"causes": ["x"], "blame": ["y"]}}, {"actual": {}}, {"target": {"comparator": ">="}},
    {"date": "2023-02-30"}, {"redacted": "x"}, ["a"] * 1000, "2147483647", "-99999999999",
)  # fmt: skip
SLOWEST = 2.0
"""Seconds for one document."""


def run(folder: Path, *args: str, content: bytes) -> subprocess.CompletedProcess[str]:
    shutil.copy(Path(str(alone.__file__)), folder)
    (folder / "trace.json").write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", "verify.py", "trace.json", *args],
        cwd=folder, env={}, capture_output=True, text=True, encoding="utf-8", timeout=30,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*([path] if path else []), *(place for key, one in inner for place in _places(one, (*path, key)))]


def test_anything_may_stand_anywhere_in_a_trace() -> None:
    chance = Random(9)
    for sample, trace in chance.sample(pairs(), 60):
        whole = trace | {"core": sample.core}
        places = _places(whole)
        for _ in range(25):
            changed = copy.deepcopy(whole)
            *steps, last = chance.choice(places)
            holder: Any = changed
            for step in steps:
                holder = holder[step]
            holder[last] = chance.choice(STRANGE)
            began = time.process_time()
            outcome = alone.verify(changed, None, sample.files)
            lines = [line for words in alone.WORDS.values() for line in alone.told(changed, outcome, words)]
            assert time.process_time() - began < SLOWEST, (sample.name, steps, last)
            assert all(line.isprintable() for line in lines), (sample.name, steps, last)


@pytest.mark.parametrize(
    "document",
    [
        {"format": alone.FORMAT},
        {"format": alone.FORMAT, "header": [], "lists": {}, "cells": 1, "entries": None, "result": "x", "findings": 0},
        {"format": alone.FORMAT, "header": {}, "lists": [], "cells": [], "entries": [], "result": {}, "findings": []},
    ],
)
def test_what_is_no_trace_gives_findings(document: Document) -> None:
    findings, *_ = outcome = alone.verify(document)
    assert findings
    assert alone.told(document, outcome, alone.WORDS["en"])


def _nested(depth: int) -> bytes:
    tree = b'{"op":"not","value":true,"args":[' * depth + b"]}" * depth
    return b'{"format":"%s","header":{},"lists":[],"cells":[],"entries":[{"condition":%s}]}' % (
        alone.FORMAT.encode(),
        tree,
    )


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 2),
        (b"\xff\xfe", 2),
        (b"[]", 2),
        (b"7", 2),
        (b'{"format":"steelyard-trace/1"}', 2),
        (b'{"format":"\xc2\x9b31m"}', 2),
        (b'{"format":"' + alone.FORMAT.encode() + b'","format":"' + alone.FORMAT.encode() + b'"}', 2),
        (b"[" * 100_000, 2),
        (b'{"format":"' + alone.FORMAT.encode() + b'","header":' + b"9" * 100_000 + b"}", 2),
        (b'{"format":"' + alone.FORMAT.encode() + b'","header":{"record":"\\u001b[31m"}}', 1),
        (b'{"format":"' + alone.FORMAT.encode() + b'","header":{"record":"\\ud800"}}', 1),
        (b'{"format":"' + alone.FORMAT.encode() + b'","header":NaN,"cells":1e999999}', 1),
        (_nested(100), 1),
        (_nested(400), 1),
        (_nested(100_000), 2),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_files_end_with_a_status(content: bytes, status: int, language: str, tmp_path: Path) -> None:
    done = run(tmp_path, "--lang", language, content=content)
    assert done.returncode == status, done
    assert "\x1b" not in done.stdout + done.stderr and "\x9b" not in done.stdout + done.stderr
    told = CliRunner().invoke(command, [str(tmp_path / "trace.json"), "--lang", language], catch_exceptions=False)
    assert told.exit_code == status, told.output
    if status == 2:
        assert done.stdout == ""
        assert "[C104]" in told.output


@pytest.mark.parametrize(
    ("change", "status"), [(lambda text: text, 0), (lambda text: text.replace('"97.61', '"97.62'), 1), (lambda text: text[:-9], 2)]
)  # fmt: skip
def test_statuses(change: Callable[[str], str], status: int, tmp_path: Path) -> None:
    trace = next(trace for sample, trace in pairs() if sample.name == "cn-fiscal-guangzhou.guangzhou-2023")
    text = change(canonical(trace))
    if status == 1:
        text = canonical({**trace, "result": {**trace["result"], "status": "final", "full": "99"}})
    assert run(tmp_path, content=text.encode("utf-8", "surrogatepass")).returncode == status
    files = ["--rules", str(SCHEME), "--data", str(DATA)]
    told = CliRunner().invoke(command, [str(tmp_path / "trace.json"), *files], catch_exceptions=False)
    assert told.exit_code == status, told.output


@pytest.mark.parametrize("data", ["[{", '{"a": ' * 5000, "\udcff"])
def test_data_that_cannot_be_read(data: str, tmp_path: Path) -> None:
    _, trace = pairs()[0]
    (tmp_path / "data.json").write_bytes(data.encode("utf-8", "surrogateescape"))
    assert run(tmp_path, "--data", "data.json", content=canonical(trace).encode()).returncode == 2
    told = CliRunner().invoke(
        command,
        [str(tmp_path / "trace.json"), "--data", str(tmp_path / "data.json"), "--lang", "en"],
        catch_exceptions=False,
    )
    assert told.exit_code == 2
    assert "error[C121]" in told.output


def test_a_trace_must_be_named() -> None:
    for language, words in (("en", "error[C120]"), ("zh", "错误[C120]")):
        told = CliRunner().invoke(command, ["--lang", language], catch_exceptions=False)
        assert (told.exit_code, words in told.output) == (2, True)


def test_the_first_format_is_told_how_to_go_on(tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text(json.dumps({"format": "steelyard-trace/1", "header": {"record": "x"}}), encoding="utf-8")
    for language, words in (
        ("en", "steelyard score RULES DATA --trace FILE"),
        ("zh", "steelyard score 规则 数据 --trace 文件"),
    ):
        told = CliRunner().invoke(command, [str(old), "--lang", language], catch_exceptions=False)
        assert told.exit_code == 2
        assert words in told.output and alone.FORMAT in told.output
