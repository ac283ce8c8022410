"""Every case against every evaluator. The cases are data; nothing of this file knows a scheme."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest

from conformance.cases import Case, as_of, cases, data_of, regimes, rules_of
from conformance.evaluators import EVALUATORS, Evaluator
from properties.ledger import recompute
from steelyard import pipeline
from steelyard.diagnostics.model import Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.trace.decode import decode_trace
from steelyard.trace.encode import encode_findings, encode_trace, quantity, shown
from steelyard.trace.ledger import verify_ledger
from steelyard.trace.model import Trace
from steelyard.values.canonical import canonical_json

CASES = list(cases())
SCORED = [case for case in CASES if "errors" not in case["want"]]
REFUSED = [case for case in CASES if "errors" in case["want"]]
PUBLISHED = (
    (1, 20), (33, 63), (71, 100), (106, 111), (131, 131), (136, 162), (172, 183), (205, 219), (230, 237), (249, 265),
    (271, 274), (284, 285), (308, 315),
)  # fmt: skip
"""The numbered cases that were collected from published schemes."""
PUBLISHED_IDS = {f"c{number:03}" for first, last in PUBLISHED for number in range(first, last + 1)}

evaluators = pytest.mark.parametrize("evaluate", EVALUATORS, ids=lambda evaluator: evaluator.__name__)


def by_id(chosen: list[Case]) -> Any:
    return pytest.mark.parametrize("case", chosen, ids=lambda case: case["id"])


@evaluators
@by_id(SCORED)
def test_it_scores_as_the_case_says(case: Case, evaluate: Evaluator, tmp_path: Path) -> None:
    traces = scored(case, evaluate, tmp_path)
    wanted = case["want"]["records"] if "records" in case["want"] else [case["want"]]
    assert len(traces) == len(wanted)
    for trace, want in zip(traces, wanted, strict=True):
        got = facts(trace)
        assert {key: got[key] for key in want if key != "warnings"} == {
            k: v for k, v in want.items() if k != "warnings"
        }


@evaluators
@by_id(SCORED)
def test_it_leaves_a_ledger_that_closes(case: Case, evaluate: Evaluator, tmp_path: Path) -> None:
    for trace in scored(case, evaluate, tmp_path):
        verify_ledger(trace.entries)
        recompute(json.loads(canonical_json(encode_trace(trace))))


@evaluators
@by_id(SCORED)
def test_it_writes_a_trace_that_reads_back_equal(case: Case, evaluate: Evaluator, tmp_path: Path) -> None:
    for trace in scored(case, evaluate, tmp_path):
        content = canonical_json(encode_trace(trace)).encode()
        read = decode_trace(json.loads(content))
        assert read.trace == attrs.evolve(trace, findings=())
        assert list(read.told) == encode_findings(trace)
        again = {**encode_trace(read.trace), "findings": list(read.told)}
        assert canonical_json(again).encode() == content  # type: ignore[arg-type]


@by_id(REFUSED)
def test_it_refuses_what_the_case_refuses(case: Case, tmp_path: Path) -> None:
    loaded = pipeline.load(rules_of(case, tmp_path), as_of(case))
    assert loaded.program is None
    assert codes(loaded.diagnostics, Severity.ERROR) == case["want"]["errors"]


@by_id(SCORED)
def test_it_warns_of_what_the_case_names_and_of_nothing_else(case: Case, tmp_path: Path) -> None:
    loaded = pipeline.load(rules_of(case, tmp_path), as_of(case))
    assert codes(loaded.diagnostics, Severity.WARNING) == case["want"].get("warnings", [])


def test_it_holds_every_published_case() -> None:
    assert len(PUBLISHED_IDS) == 181
    assert PUBLISHED_IDS - {case["id"] for case in CASES} == set()


def test_it_gives_every_case_an_id_a_source_and_a_wanted_result() -> None:
    ids = Counter(case["id"] for case in CASES)
    assert [name for name, count in ids.items() if count > 1] == []
    for case in CASES:
        assert case["source"].strip(), case["id"]
        assert case["published"] in ("true", "false"), case["id"]
        assert case["consistent"] in ("true", "false"), case["id"]
        assert case["want"], case["id"]


def test_it_finds_something_wherever_the_source_contradicts_itself() -> None:
    contradicting = [case for case in CASES if case["consistent"] == "false"]
    assert contradicting
    assert all(case["want"].get("findings") or case["want"].get("errors") for case in contradicting)


def test_it_has_at_least_sixty_cases_in_files_by_regime() -> None:
    assert len(CASES) >= 60
    assert {case["regime"] for case in CASES} == {path.stem for path in regimes()}


# ---- what a case may ask for


def scored(case: Case, evaluate: Evaluator, folder: Path) -> tuple[Trace, ...]:
    loaded = pipeline.load(rules_of(case, folder), as_of(case))
    assert loaded.program is not None, [d.code for d in loaded.diagnostics]
    return evaluate(loaded.program, pipeline.read_data(loaded.program, data_of(case, folder)))


def facts(trace: Trace) -> dict[str, Any]:
    """Everything that a case may want of one record, as text."""
    result = trace.result
    moves = [e for e in trace.entries if e.kind == "move"]
    return {
        "record": trace.header.record,
        "total": "not issued" if result.total is None else text(result.total),
        "shown": "" if result.total is None else shown(result.total),
        "full": text(result.full),
        "unrounded": next((text(e.before) for e in trace.entries if e.rule == "total:round"), None),
        "grade": result.grade or "",
        "possible": list(result.possible_grades),
        "status": result.status,
        "parts": {part.path: "skipped" if part.score is None else text(part.score) for part in result.parts},
        "computed": {part.path: text(part.computed) for part in result.parts if part.computed is not None},
        "fulls": {part.path: text(part.full) for part in result.parts},
        "factors": {part.path: text(part.factor) for part in result.parts},
        "applied": [move(e) for e in moves if e.applied not in (None, Fraction(0))],
        "clamps": [f"{e.rule} {text(e.before)} → {text(e.after)}" for e in trace.entries if e.kind == "clamp"],
        "asked": [f"{e.rule} {text(e.asked)}" for e in moves if e.asked is not None],
        "statuses": {e.rule + (f" {e.row.key}" if e.row else ""): e.status for e in moves},
        "lets": {e.name: encoded(e.expression.value) for e in trace.entries if e.kind == "let" and e.expression},
        "reasons": [e.reason for e in moves if e.reason and e.applied not in (None, Fraction(0))],
        "authorities": [e.authority for e in moves],
        "blame": [cell.name for key in result.blame for cell in trace.cells if cell.key == key],
        "told": sorted({(f.rule or "").partition(":")[0] for f in trace.findings}),
        "findings": [" ".join(filter(None, (f.code, f.rule))) for f in trace.findings],
    }


def move(entry: Any) -> str:
    row = f" [{entry.row.key}]" if entry.row else ""
    return f"{entry.rule}{row} {entry.role} {text(entry.applied)}"


def text(value: Any) -> str:
    """`97.72`, `145/3`, or `[low, high]` with `-` where an end is open."""
    written = quantity(value)
    if isinstance(written, dict):
        return f"[{written['low'] or '-'}, {written['high'] or '-'}]"
    return str(written)


def encoded(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return text(value) if isinstance(value, Fraction) else "?"


def codes(diagnostics: Any, severity: Severity) -> list[str]:
    return [d.code for d in diagnostics if severity_of(d) is severity]
