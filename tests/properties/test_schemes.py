"""What holds of every scheme and every record, tried on generated ones."""

from __future__ import annotations

import json
import os
from collections import Counter
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from properties import runs
from properties.ledger import recompute
from properties.schemes import CONSTRUCTS, Description, cases, completions, permuted
from steelyard.diagnostics.model import Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.explain.losses import losses
from steelyard.pipeline import Loaded
from steelyard.trace.decode import decode_trace
from steelyard.trace.encode import encode_findings, encode_trace
from steelyard.trace.ledger import verify_ledger
from steelyard.values.canonical import canonical_json
from steelyard.values.intervals import Interval

Case = tuple[Description, dict[str, Any]]


TIMES = int(os.environ.get("TIMES", "1"))
"""So many times the examples, and then drawn anew in every run."""
SHRINK = (Phase.shrink,) if os.environ.get("SHRINK") else ()
"""Making a failing scheme smaller takes minutes, so it is done on request."""


def tried(count: int) -> Any:
    """The same examples in every run of CI: a failure is found by everybody or by nobody."""
    return settings(
        max_examples=count * TIMES,
        derandomize=TIMES == 1,
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate, *SHRINK),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )


def program_of(description: Description, language: str = "en") -> Loaded:
    loaded = runs.load(description.text(language), language)
    assume(loaded.program is not None)
    return loaded


def test_it_reaches_evaluation_with_most_generated_schemes_and_every_construct(
    capsys: pytest.CaptureFixture[str],
) -> None:
    reached: Counter[bool] = Counter()
    used: Counter[str] = Counter()
    refused: Counter[str] = Counter()

    @tried(300)
    @given(cases())
    def collect(case: Case) -> None:
        description, record = case
        loaded = runs.load(description.text("en"))
        reached[loaded.program is not None] += 1
        if loaded.program is None:
            refused.update(d.code for d in loaded.diagnostics)
        else:
            runs.score(loaded, record)
            used.update(description.used)

    collect()
    share = reached[True] / reached.total()
    with capsys.disabled():
        print(
            f"\ngenerated schemes that reach evaluation: {share:.1%} of {reached.total()}; refused for {dict(refused)}"
        )
        print("least used constructs:", ", ".join(f"{name} {count}" for name, count in used.most_common()[-8:]))
    assert share > 0.8
    assert set(used) == CONSTRUCTS


@tried(150)
@given(cases())
def test_it_closes_the_ledger_at_every_part(case: Case) -> None:
    description, record = case
    trace = runs.score(program_of(description), record)
    verify_ledger(trace.entries)
    recompute(runs.document(trace))


@tried(100)
@given(cases())
def test_it_keeps_every_score_between_nothing_and_full_points(case: Case) -> None:
    description, record = case
    result = runs.score(program_of(description), record).result
    for score, full in [(result.total, result.full), *((part.score, part.full) for part in result.parts)]:
        assert isinstance(full, Fraction)
        assert runs.inside(score, Interval(Fraction(0), full))


@tried(100)
@given(cases(), st.data())
def test_it_gives_the_same_total_whatever_the_order_of_statements_and_parts(case: Case, data: st.DataObject) -> None:
    description, record = case
    loaded = program_of(description)
    other = program_of(permuted(data.draw, description))
    first, second = runs.score(loaded, record).result, runs.score(other, record).result
    assert (first.total, first.grade, first.status) == (second.total, second.grade, second.status)
    assert {p.path: p.score for p in first.parts} == {p.path: p.score for p in second.parts}


@tried(120)
@given(cases())
def test_it_means_the_same_in_english_and_in_chinese(case: Case) -> None:
    description, record = case
    english, chinese = (runs.load(description.text(language), language) for language in ("en", "zh"))
    assert [d.code for d in english.diagnostics] == [d.code for d in chinese.diagnostics]
    assume(english.program is not None)
    assert english.program is not None
    assert chinese.program is not None
    assert english.program.digest == chinese.program.digest
    assert runs.score(english, record).result == runs.score(chinese, record).result


@tried(400)
@given(cases(asks_missing=False, missing=4), st.data())
def test_it_encloses_every_completion_of_missing_data(case: Case, data: st.DataObject) -> None:
    description, record = case
    loaded = program_of(description)
    open_result = runs.score(loaded, record).result
    complete = runs.score(loaded, data.draw(completions(description, record)))
    # An amount that turns out negative is undetermined for itself: no value, so nothing to enclose.
    assume(all(finding.code != "F201" for finding in complete.findings))
    enclosed = {part.path: part.score for part in open_result.parts}
    for part in complete.result.parts:
        assert runs.inside(part.score, enclosed[part.path]), f"{part.path}: {part.score} not in {enclosed[part.path]}"
    assert runs.inside(complete.result.total, open_result.total)
    if complete.result.grade and open_result.grade:
        assert complete.result.grade == open_result.grade
    elif complete.result.grade:
        assert complete.result.grade in open_result.possible_grades


@tried(120)
@given(cases(missing=0))
def test_it_explains_every_point_between_full_points_and_an_exact_total(case: Case) -> None:
    description, record = case
    trace = runs.score(program_of(description), record)
    assume(isinstance(trace.result.total, Fraction))
    # A part may close exactly though a rule in it is open: the floor hides it.
    assume(not any(isinstance(q, Interval) for e in trace.entries for q in (e.applied, e.before, e.after)))
    found = [loss.on_total for loss in losses(trace)]
    assert None not in found
    assert sum((loss for loss in found if loss is not None), Fraction(0)) == trace.result.full - trace.result.total


@tried(60)
@given(cases())
def test_it_writes_the_same_bytes_every_time(case: Case) -> None:
    description, record = case
    first, second = (canonical_json(encode_trace(runs.score(program_of(description), record))) for _ in range(2))
    assert first == second


@tried(80)
@given(cases())
def test_it_reads_every_trace_back_equal(case: Case) -> None:
    description, record = case
    trace = runs.score(program_of(description), record)
    content = canonical_json(encode_trace(trace))
    read = decode_trace(json.loads(content))
    assert read.trace == attrs.evolve(trace, findings=())
    assert list(read.told) == encode_findings(trace)


@tried(80)
@given(cases())
def test_it_calls_a_total_final_only_where_it_is_one_number(case: Case) -> None:
    description, record = case
    trace = runs.score(program_of(description), record)
    open_total = isinstance(trace.result.total, Interval)
    assert trace.result.status in (("provisional", "not final") if open_total else ("final", "not final"))
    errors = [finding for finding in trace.findings if severity_of(finding) is Severity.ERROR]
    assert (trace.result.status == "not final") == bool(errors)
    if not open_total:
        assert trace.result.blame == ()
