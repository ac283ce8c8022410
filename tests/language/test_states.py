"""Every cell of the table in docs/language/states.md is a test, in states.yaml; and nothing else is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from conformance.test_conformance import facts
from language.examples import ROOT
from steelyard.diagnostics.model import Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.pipeline import load_bytes, read_data, score
from steelyard.trace.model import Trace
from steelyard.values.intervals import Interval

DOCUMENT: dict[str, Any] = yaml.load(
    (Path(__file__).parent / "states.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
STATES = ("value", "missing", "not applicable", "invalid", "waived", "undefined")
WANTED = ("total", "grade", "possible", "parts", "blame", "findings", "reasons")


def table() -> dict[tuple[str, str], str]:
    """Each cell of the page's table: the word for a construct in a state. A stroke says that it cannot be."""
    page = (ROOT / "docs" / "language" / "states.md").read_text(encoding="utf-8")
    section = re.search(r"(?ms)^## The table\n(.*?)^## ", page)
    assert section, "the page has no table"
    head, _, *lines = [line for line in section[1].splitlines() if line.startswith("|")]
    assert _cells(head) == ["Construct", *STATES]
    rows = [_cells(line) for line in lines]
    assert len({row[0] for row in rows}) == len(rows), "a construct has two rows"
    return {(row[0], state): word for row in rows for state, word in zip(STATES, row[1:], strict=True)}


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def cases() -> dict[tuple[str, str], tuple[dict[str, Any], dict[str, Any]]]:
    """Each case: the row of its construct, and its own."""
    found = {(row["construct"], state): (row, cell) for row in DOCUMENT["rows"] for state, cell in row["cells"].items()}
    assert len({row["construct"] for row in DOCUMENT["rows"]}) == len(DOCUMENT["rows"]), "a construct has two rows"
    return found


TABLE, CASES = table(), cases()


def test_every_cell_has_a_case_and_every_case_a_cell() -> None:
    assert {cell: word for cell, word in TABLE.items() if word != "—"} == {
        cell: case["is"] for cell, (_, case) in CASES.items()
    }


@pytest.mark.parametrize("cell", list(CASES), ids=" / ".join)
def test_it_does_what_the_table_says(cell: tuple[str, str], tmp_path: Path) -> None:
    row, case = CASES[cell]
    rules = case.get("scheme", row["scheme"])
    text = row.get("head", "") + row.get("inputs", DOCUMENT["inputs"]) + rules
    loaded = load_bytes("state.rules", text.encode())
    if case["is"] == "refused":
        assert loaded.program is None, "the file is not refused"
        return
    assert loaded.program is not None, [d.code for d in loaded.diagnostics]
    record = case["record"] if "record" in case else row.get("records", DOCUMENT["records"])[cell[1]]
    path = tmp_path / "records.json"
    path.write_text(json.dumps([record, *row.get("others", ())]), encoding="utf-8")
    trace, *_ = score(loaded.program, read_data(loaded.program, path)).traces
    got = facts(trace)
    assert {key: got[key] for key in WANTED if key in case} == {key: case[key] for key in WANTED if key in case}
    assert is_as(case["is"], trace), f"{got['status']}, {got['total']}, {got['findings']}"


def is_as(word: str, trace: Trace) -> bool:
    """Does the result look as the word of the table says?"""
    result = trace.result
    known = not isinstance(result.total, Interval) and len(result.possible_grades) < 2
    errors = any(severity_of(finding) is Severity.ERROR for finding in trace.findings)
    moves = [entry for entry in trace.entries if entry.kind in ("move", "limit", "regrade")]
    match word:
        case "counts" | "answered" | "left out":
            return known and result.status == "final"
        case "open":
            # A grade that is open leaves the total as it is.
            return not known and not errors and (result.status == "provisional" or len(result.possible_grades) > 1)
        case "not final":
            return errors and result.status == "not final"
        case "exempt":
            return known and result.status == "final" and any(entry.status == "waived" for entry in moves)
        case "skipped":
            return known and result.status == "final" and any(part.score is None for part in result.parts)
        case "finding":
            return known and result.status == "final" and bool(trace.findings)
        case _:
            raise AssertionError(f"no such word: {word}")
