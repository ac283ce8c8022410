"""What holds of every pair of traces, tried on generated ones: of changed rules, and of changed data."""

from __future__ import annotations

from attrs import evolve

from properties import runs
from properties.records import ALL, Case
from properties.trying import program_of, tried
from questions.impact.changes import pair_of
from steelyard import pipeline
from steelyard.questions.diff.compare import diff
from steelyard.questions.diff.document import diff_json
from steelyard.questions.diff.model import Diff
from steelyard.questions.diff.text import report_diff
from steelyard.trace.model import Trace


def _told(found: Diff) -> None:
    """Every difference has a cause, every cause is one of something, and both languages can say it."""
    assert all(changed.causes for changed in found.changed)
    assert all(set(changed.own) <= set(changed.causes) for changed in found.changed)
    if (found.old.result.total, found.old.result.grade) != (found.new.result.total, found.new.result.grade):
        assert found.causes, "what comes out has a cause"
    for language in ("en", "zh"):
        assert report_diff(found, language)  # type: ignore[arg-type]  # both of the languages
    assert diff_json(found)


def _both(case: Case) -> list[tuple[Trace, Trace]]:
    pair = pair_of(case)
    both = [pipeline.score(program, pair.read(program.schema)).traces for program in (pair.old, pair.new)]
    return list(zip(*both, strict=True))


@tried(120, states=ALL)
def test_every_difference_of_changed_rules_is_put_down_to_something(case: Case) -> None:
    for old, new in _both(case):
        _told(diff(old, new))


@tried(120, states=ALL)
def test_of_changed_data_nothing_is_put_down_to_the_rules(case: Case) -> None:
    loaded = program_of(case)
    other = evolve(case, seed=case.seed + 1, records=[dict(record) for record in case.records])
    for record in other.records:
        for name in list(record):
            if case.random("other", name).randrange(3) == 0 and isinstance(record[name], str):
                record[name] = case.random("other", name).choice(("0", "1", "5", "", "yes", record[name]))
    for old, new in zip(runs.score(loaded, case.records), runs.score(loaded, other.records), strict=True):
        found = diff(old, new)
        _told(found)
        assert {cause.side for cause in found.causes} <= {"data"}


@tried(60, states=ALL)
def test_nothing_differs_between_a_trace_and_itself(case: Case) -> None:
    for trace in runs.score(program_of(case), case.records):
        found = diff(trace, trace)
        assert found.same and found.causes == () and found.changed == ()
