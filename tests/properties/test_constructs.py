"""Generated schemes hold every construct of the language, in both languages, and their data reach every state."""

from __future__ import annotations

from collections import Counter

import pytest

from properties import runs
from properties.constructs import held, required
from properties.records import case_of
from properties.trying import seeds
from steelyard.diagnostics.model import Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.syntax.parser import parse
from steelyard.trace.model import Entry, Trace

STATES = {
    "missing", "undefined", "invalid", "not applicable", "waived", "skipped", "applied", "not met", "undetermined",
    "without effect", "final", "provisional", "not final", "not issued",
}  # fmt: skip


def test_it_reaches_evaluation_with_most_generated_schemes_and_every_construct(
    capsys: pytest.CaptureFixture[str],
) -> None:
    reached: Counter[bool] = Counter()
    used: dict[str, Counter[str]] = {"en": Counter(), "zh": Counter()}
    refused: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for seed in seeds(300):
        case = case_of(seed)
        loaded = runs.load(case.description)
        reached[loaded.program is not None] += 1
        if loaded.program is None:
            refused.update({d.code for d in loaded.diagnostics if severity_of(d) is Severity.ERROR})
            continue
        for trace in runs.score(loaded, case.records):
            states.update(_states(trace))
        for language, counted in used.items():
            counted.update(held(parse(runs.source(case.description, language)).file))
    share = reached[True] / reached.total()
    with capsys.disabled():
        print(
            f"\ngenerated schemes that reach evaluation: {share:.1%} of {reached.total()}; refused for {dict(refused)}"
        )
        for language, counted in used.items():
            rarest = sorted((counted[name], name) for name in required(language))[:8]
            print(
                f"rarest of {len(required(language))} constructs ({language}):", *(f"{name} {n}," for n, name in rarest)
            )
        print("states:", ", ".join(f"{name} {states[name]}" for name in sorted(STATES)))
    assert share > 0.8
    for language, counted in used.items():
        assert not {name for name in required(language) if not counted[name]}, language
    assert not {state for state in STATES if not states[state]}


def _states(trace: Trace) -> set[str]:
    """What became of data, statements and the score."""
    causes = {cause for entry in trace.entries for cause in _causes(entry)}
    return causes | {entry.status for entry in trace.entries} | {trace.result.status}


def _causes(entry: Entry) -> set[str]:
    values = [expression.value for expression in (entry.condition, entry.expression) if expression is not None]
    return {cause.value for value in values for cause in getattr(value, "causes", ())}
