"""Every trace that the engine writes verifies: by the command, and by the one file alone."""

from __future__ import annotations

import ast
import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from audit.corpus import pairs, samples
from audit.tampering import canonical
from cli.running import DATA, ENGLISH, SCHEME
from conformance.cases import regimes
from steelyard import pipeline
from steelyard.audit import verify as shipped
from steelyard.cli.verify import command
from steelyard.core.encode import encode_program
from steelyard.trace.encode import encode_trace

VERIFIER = Path(str(shipped.__file__))


def invoke(*args: str | Path) -> Result:
    """The command in this process; what it does not catch is a failure of the test."""
    return CliRunner().invoke(command, [str(arg) for arg in args], catch_exceptions=False)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The file, copied away from the package and loaded from there."""
    copy = tmp_path_factory.mktemp("alone") / "verify.py"
    shutil.copy(VERIFIER, copy)
    spec = importlib.util.spec_from_file_location("verify_alone", copy)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_alone(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """`python verify.py …` in a folder that holds it, with no package to be found."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", "verify.py", *args],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


def test_it_uses_nothing_but_the_standard_library() -> None:
    tree = ast.parse(VERIFIER.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize("regime", regimes(), ids=lambda path: path.stem)
def test_the_command_verifies_every_trace_at_all_levels(regime: Path, tmp_path: Path) -> None:
    trace = tmp_path / "traces.json"
    for sample in (found for found in samples() if found.regime == regime.stem):
        trace.write_text("".join(canonical(found) + "\n" for found in sample.traces), encoding="utf-8")
        run = invoke(trace, "--rules", sample.rules, "--data", sample.data, "--format", "json")
        assert run.exit_code == 0, (sample.name, run.output)
        told = json.loads(run.output)
        assert len(told) == len(sample.traces)
        for found in told:
            assert (found["verified"], found["findings"]) == (True, []), sample.name
            assert found["levels"] == ["arithmetic", "rules", "data", "again"]


def test_the_file_alone_verifies_every_trace_at_all_levels(alone: ModuleType) -> None:
    assert len(pairs()) > 900
    for sample, trace in pairs():
        files = alone.Data(sample.data)
        for found, core in ((trace | {"core": sample.core}, None), (trace, sample.core)):
            findings, levels, _, unread = alone.verify(found, core, files)
            rules = "own rules" if core is None else "rules"
            assert (findings, levels, unread) == ([], ["arithmetic", rules, "data"], []), sample.name


@pytest.mark.parametrize("part", range(12))
def test_the_file_runs_by_itself_without_packages(part: int, tmp_path: Path) -> None:
    sample, trace = pairs()[part * len(pairs()) // 12]
    shutil.copy(VERIFIER, tmp_path)
    (tmp_path / "trace.json").write_text(canonical(trace), encoding="utf-8")
    (tmp_path / "core.json").write_text(canonical(sample.core), encoding="utf-8")
    if sample.data.is_dir():
        shutil.copytree(sample.data, tmp_path / "data")
    else:
        (tmp_path / "data").mkdir()
        shutil.copy(sample.data, tmp_path / "data")
    run = run_alone(tmp_path, "trace.json", "--core", "core.json", "--data", "data")
    assert (run.returncode, run.stderr) == (0, "")
    assert "verified (levels: arithmetic, rules, data)" in run.stdout
    assert "Not known" not in run.stdout


@pytest.mark.parametrize("scheme", [SCHEME, ENGLISH], ids=lambda path: path.name)
def test_guangzhou_verifies_in_an_empty_folder(scheme: Path, tmp_path: Path) -> None:
    loaded = pipeline.load(scheme)
    assert loaded.program is not None
    (trace,) = pipeline.score(loaded.program, pipeline.read_data(loaded.program, DATA), loaded.day).traces
    shutil.copy(VERIFIER, tmp_path)
    (tmp_path / "trace.json").write_text(
        canonical(encode_trace(trace, encode_program(loaded.program))), encoding="utf-8"
    )
    run = run_alone(tmp_path, "trace.json")
    assert (run.returncode, run.stderr) == (0, "")
    assert "verified (levels: arithmetic, rules that the trace carries)" in run.stdout
    with_data = run_alone(tmp_path, "trace.json", "--data", str(DATA), "--lang", "zh")
    assert (with_data.returncode, with_data.stderr) == (0, "")
    assert "核验通过" in with_data.stdout


RULES = "input\n  a : number\n\ncriterion c, 10 points\n  deduct 2 if a > 1\n"


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("data.csv", "key,a\nx,3\ny,0\n", True),
        ("data.json", '[{"key": "x", "a": 3}, {"key": "y", "a": "0"}]', True),
        ("data.yaml", "- key: x\n  a: 3\n- key: y\n  a: 0\n", False),
    ],
)
def test_data_of_each_kind(name: str, text: str, read: bool, tmp_path: Path) -> None:
    """Alone it reads CSV and JSON; of YAML it says that it was not read. The command's fresh run reads all three."""
    rules, data, trace = tmp_path / "one.rules", tmp_path / name, tmp_path / "trace.json"
    rules.write_text(RULES, encoding="utf-8")
    data.write_text(text, encoding="utf-8")
    loaded = pipeline.load(rules)
    assert loaded.program is not None
    found = pipeline.score(loaded.program, pipeline.read_data(loaded.program, data)).traces
    core: Any = encode_program(loaded.program)
    trace.write_text("".join(canonical(encode_trace(one, core)) + "\n" for one in found), encoding="utf-8")
    shutil.copy(VERIFIER, tmp_path)
    run = run_alone(tmp_path, "trace.json", "--data", name)
    assert (run.returncode, run.stderr) == (0, "")
    assert (f"Not read here, so their cells were not compared: {name}" in run.stdout) is not read
    by_command = invoke(trace, "--rules", rules, "--data", data, "--lang", "en")
    assert by_command.exit_code == 0, by_command.output
    assert "levels: arithmetic, rules, data, fresh run" in by_command.output
    data.write_text(text.replace("3", "4"), encoding="utf-8")
    assert run_alone(tmp_path, "trace.json", "--data", name).returncode == 1
    assert invoke(trace, "--rules", rules, "--data", data).exit_code == 1


RENAMED = {
    "rates.rules": "parameter least = 90\n",
    "main.rules": 'scheme s\nuse "rates.rules"\ncriterion a, 100 points\n  deduct 5 if x < least\n',
}


@pytest.mark.parametrize(
    ("edit", "rules", "finding"),
    [
        ([], "main.rules", None),
        ([], "other.rules", None),  # The same bytes under another name, here …
        ([("main.rules", "old.rules")], "main.rules", None),  # … or when the trace was written.
        ([("header", "main.rules", "old.rules")], "main.rules", "source"),  # Only the head says so.
        ([("rates.rules", "cates.rules")], "main.rules", "header/rules/2/file"),  # The rules say what they use.
    ],
    ids=["as it was", "renamed since", "renamed all through", "renamed in the head", "another file used"],
)
def test_a_rule_file_may_be_renamed_whole(
    edit: list[tuple[str, ...]], rules: str, finding: str | None, tmp_path: Path
) -> None:
    for name, text in RENAMED.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "other.rules").write_text(RENAMED["main.rules"], encoding="utf-8")
    data, written = tmp_path / "d.csv", tmp_path / "trace.json"
    data.write_text("key,x\na,80\n", encoding="utf-8")
    loaded = pipeline.load(tmp_path / "main.rules")
    assert loaded.program is not None
    (trace,) = pipeline.score(loaded.program, pipeline.read_data(loaded.program, data)).traces
    document = json.loads(json.dumps(encode_trace(trace)))
    for *place, old, new in edit:
        whole = json.dumps(document if not place else document[place[0]])
        assert old in whole
        changed = json.loads(whole.replace(old, new))
        document = {**document, place[0]: changed} if place else changed
    written.write_text(json.dumps(document), encoding="utf-8")
    run = invoke(written, "--rules", tmp_path / rules, "--data", data, "--format", "json")
    (told,) = json.loads(run.stdout)
    assert [found["what"] for found in told["findings"]][:1] == ([] if finding is None else [finding])
