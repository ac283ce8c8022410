"""The rule library: every file checks clean, and every README's table is true of the files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from attrs import frozen

from steelyard.diagnostics.model import Severity
from steelyard.diagnostics.render import render
from steelyard.diagnostics.wording import severity_of
from steelyard.pipeline import load, try_examples

LIBRARY = Path(__file__).parents[2] / "rules"
FOLDERS = sorted(path for path in LIBRARY.iterdir() if path.is_dir())
FILES = sorted(LIBRARY.rglob("*.rules"))
HEADER = "| printed criterion | source | line of the scheme | published | ours |"
REGIMES = {
    "guangzhou-2023", "hunan-department", "mof-step", "kpi-ramp", "tax-credit", "green-building", "http-observatory",
    "openssf-scorecard", "xccdf", "pefa-m1", "news2", "nyc-restaurants", "uk-food-hygiene", "dod-sprs", "cvss-3.1",
}  # fmt: skip


@frozen
class Row:
    """One row of a README's table: a printed criterion and the lines that implement it."""

    criterion: str
    source: str
    lines: tuple[str, ...]
    published: str
    ours: str


def rows(folder: Path) -> Iterator[Row]:
    """The rows of the tables that compare a scheme with what is printed."""
    text = (folder / "README.md").read_text(encoding="utf-8")
    for table in text.split(HEADER + "\n")[1:]:
        for line in table.splitlines()[1:]:
            if not line.startswith("|"):
                break
            cells = [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            assert len(cells) == 5, f"{folder.name}: {line}"
            yield Row(cells[0], cells[1], tuple(re.findall(r"`([^`]+)`", cells[2])), cells[3], cells[4])


def test_it_holds_every_regime() -> None:
    assert {folder.name for folder in FOLDERS} >= REGIMES


def days(path: Path) -> list[date | None]:
    """Every day from which a file says that something else holds; none where it holds on every day."""
    text = path.read_text(encoding="utf-8")
    found = re.findall(r"(?m)^ +(?:from|自) ?(\d+)[-年](\d+)[-月](\d+)", text)
    return sorted({date(*map(int, day)) for day in found}) or [None]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(LIBRARY)))
def test_it_checks_clean(path: Path) -> None:
    """No error and no warning, on every day; what is silenced is silenced with a reason, in the file."""
    for day in days(path):
        loaded = load(path, day)
        assert loaded.program is not None, render(loaded.diagnostics, "en")
        told = [*loaded.diagnostics, *try_examples(loaded.program).diagnostics]
        assert [d for d in told if severity_of(d) is not Severity.NOTE] == [], f"{day}\n{render(told, 'en')}"


def test_a_scheme_of_two_versions_is_checked_on_both_days() -> None:
    assert days(LIBRARY / "tax-credit" / "scheme.rules") == [date(2022, 1, 1), date(2025, 7, 1)]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_its_readme_compares_what_is_printed_with_what_is_written(folder: Path) -> None:
    found = list(rows(folder))
    assert found, f"{folder.name}/README.md has no table with the header {HEADER}"
    for row in found:
        assert row.criterion and row.source and row.published and row.ours, row
        assert row.lines, f"{folder.name}: no line for “{row.criterion}”"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_quoted_line_stands_in_a_rule_file(folder: Path) -> None:
    written = [line for path in folder.rglob("*.rules") for line in path.read_text(encoding="utf-8").splitlines()]
    missing = [quoted for row in rows(folder) for quoted in row.lines if not any(quoted in line for line in written)]
    assert not missing, f"{folder.name}/README.md quotes lines that no rule file has: {missing}"
