"""Every trace of every conformance case, made once for all tests of a run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from conformance.cases import ROOT, Case, as_of, cases, data_of, rules_of
from steelyard.pipeline import load, read_data, score
from steelyard.trace.model import Entry, Trace


@cache
def traces_of(case_id: str) -> tuple[Trace, ...]:
    """The traces of one case, a record each."""
    return _scored(next(case for case in cases() if case["id"] == case_id))


@cache
def all_traces() -> tuple[tuple[str, Trace], ...]:
    """Every trace with the id of its case."""
    wanted = [case for case in cases() if "errors" not in case["want"]]
    return tuple((case["id"], trace) for case in wanted for trace in _scored(case))


def every_entry() -> Iterator[tuple[str, Trace, Entry]]:
    for case_id, trace in all_traces():
        for entry in trace.entries:
            yield f"{case_id} #{entry.number}", trace, entry


def guangzhou() -> Trace:
    folder = ROOT / "rules" / "guangzhou-2023"
    return _traces(folder / "scheme.rules", folder / "data")[0]


def scored(rules: str, data: str, folder: Path) -> Trace:
    """One record of a CSV text."""
    (folder / "s.rules").write_text(rules, encoding="utf-8")
    (folder / "data.csv").write_text(data, encoding="utf-8")
    return _traces(folder / "s.rules", folder / "data.csv")[0]


def _scored(case: Case) -> tuple[Trace, ...]:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        loaded = load(rules_of(case, folder), as_of(case))
        assert loaded.program is not None, loaded.diagnostics
        return score(loaded.program, read_data(loaded.program, data_of(case, folder))).traces


def _traces(rules: Path, data: Path) -> tuple[Trace, ...]:
    loaded = load(rules)
    assert loaded.program is not None, loaded.diagnostics
    return score(loaded.program, read_data(loaded.program, data)).traces
