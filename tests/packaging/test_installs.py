"""Wheel and source distribution: what is shipped is found, and works away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the wheel and the sdist; the wheel is built from the sdist, as an index would."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return out


@pytest.fixture(scope="module")
def unpacked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (wheel,) = built.glob("*.whl")
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """The command of an unpacked wheel, run elsewhere."""
    code = "import sys; from steelyard.cli.main import main; main(sys.argv[1:])"
    env = {**os.environ, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"}
    env.pop("STEELYARD_LANG", None)
    return subprocess.run(
        [sys.executable, "-c", code, *args],
        cwd=folder.parent,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_the_wheel_runs_its_own_copy_away_from_the_checkout(unpacked: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(unpacked)}
    code = "import steelyard; print(steelyard.__file__)"
    where = subprocess.run(
        [sys.executable, "-c", code], cwd=unpacked, env=env, capture_output=True, text=True, check=True
    )
    assert Path(where.stdout.strip()).is_relative_to(unpacked)


def test_the_wheel_scores_the_shipped_scheme(unpacked: Path) -> None:
    case = unpacked / "steelyard" / "_shipped" / "rules" / "guangzhou-2023"
    result = run(unpacked, "score", str(case / "scheme.rules"), str(case / "data"))
    assert result.returncode == 0, result.stderr
    assert "97.92" in result.stdout


def test_the_wheel_explains_a_code_offline(unpacked: Path) -> None:
    result = run(unpacked, "explain", "W101")
    assert result.returncode == 0, result.stderr
    assert "W101" in result.stdout


def test_the_wheel_prints_the_schema_of_its_traces(unpacked: Path) -> None:
    result = run(unpacked, "explain", "trace-schema")
    assert result.returncode == 0, result.stderr
    source = ROOT / "src" / "steelyard" / "trace" / "schema" / "steelyard-trace-2.schema.json"
    assert result.stdout == source.read_text(encoding="utf-8")


def test_the_wheel_has_licence_types_and_no_tests(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "steelyard/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith("tests/")]


def test_the_sdist_holds_all_that_a_rebuild_and_its_tests_need(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    needed = ["pyproject.toml", "requirements.lock", "Makefile", "grammar/keywords.toml", "rules/guangzhou-2023/scheme.rules",
              "tests/conformance/test_conformance.py", "docs/diagnostics/W101.md", "README.md", "LICENSE"]  # fmt: skip
    assert [name for name in needed if name not in names] == []


def test_shipped_files_are_the_checkouts_own(unpacked: Path) -> None:
    for folder, original in (("grammar", "grammar"), ("rules", "rules"), ("diagnostics", "docs/diagnostics")):
        for file in (ROOT / original).rglob("*"):
            if file.is_file():
                copy = unpacked / "steelyard" / "_shipped" / folder / file.relative_to(ROOT / original)
                assert copy.read_bytes() == file.read_bytes(), file


def test_a_checkout_reads_its_own_files_and_not_a_stale_copy() -> None:
    from steelyard.resources import shipped

    assert shipped("grammar") == ROOT / "grammar"
    assert shipped("diagnostics", at="docs/diagnostics") == ROOT / "docs" / "diagnostics"


def test_a_broken_installation_says_so() -> None:
    from steelyard.resources import shipped

    with pytest.raises(FileNotFoundError, match="nothing"):
        shipped("nothing")
