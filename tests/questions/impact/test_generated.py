"""What holds of every pair of rule files and every record, tried on generated ones. `TIMES=10` tries ten times as many."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from attrs import evolve

from properties.records import ALL, SOUND, Case, case_of
from properties.trying import Refused, seeds, tried
from questions.impact.changes import Pair, pair_of
from steelyard import pipeline
from steelyard.core.encode import digest
from steelyard.questions.impact.attribute import impact
from steelyard.questions.impact.frame import lay_over
from steelyard.questions.impact.idle import Idle
from steelyard.questions.impact.model import Impact
from steelyard.questions.impact.steps import plan
from steelyard.trace.model import Trace
from steelyard.values.intervals import Interval


def _impact(pair: Pair) -> Impact:
    return impact(pair.old, pair.new, pair.read)


def _scored(pair: Pair) -> list[tuple[Trace, Trace]]:
    both = [pipeline.score(program, pair.read(program.schema)).traces for program in (pair.old, pair.new)]
    return list(zip(*both, strict=True))


def _sums(pair: Pair) -> Impact:
    """Every share is exact, and those of a record add up to its change; grades follow one another to the new one."""
    found = _impact(pair)
    for record, (before, after) in zip(found.records, _scored(pair), strict=True):
        assert record.old is not None and record.new is not None
        assert (record.old.total, record.new.total) == (before.result.total, after.result.total)
        assert (record.old.grade, record.new.grade) == (before.result.grade, after.result.grade)
        if isinstance(before.result.total, Fraction) and isinstance(after.result.total, Fraction):
            told = sum((share.points for share in record.shares), Fraction(0))
            assert told == after.result.total - before.result.total == record.change
            grade = before.result.grade
            if record.old.graded and record.new.graded:
                for move in record.grades:
                    assert move.old == grade
                    grade = move.new
                assert grade == after.result.grade
        else:
            assert record.shares == () and record.change is None
        assert all(0 <= number < len(found.steps) for share in record.shares for number in share.steps)
    return found


@tried(180, states=SOUND)
def test_shares_add_up_to_the_change_where_all_data_are_there(case: Case) -> None:
    _sums(pair_of(case))


@tried(120, states=ALL)
def test_shares_add_up_to_the_change_where_data_are_missing_invalid_or_overridden(case: Case) -> None:
    _sums(pair_of(case))


@tried(60)
def test_the_last_core_is_the_new_one_and_the_first_the_old(case: Case) -> None:
    pair = pair_of(case)
    frame = lay_over(pair.old, pair.new)
    everything = range(len(frame.units))
    assert digest(*frame.core(everything)) == pair.new.digest
    planned = plan(frame)
    taken = [unit.number for group in planned.steps for unit in group.units]
    assert len(taken) == len(set(taken)), "no difference is told twice"
    silent = {unit.number for group in (*planned.checks, *planned.words) for unit in group.units}
    assert set(taken) | silent == set(everything)


@tried(30)
def test_nothing_changes_between_a_scheme_and_itself(case: Case) -> None:
    pair = pair_of(case)
    found = _impact(evolve(pair, new=pair.old))
    assert (found.steps, found.quiet, found.moved, found.readings) == ((), (), [], ())
    assert not any(record.regraded or record.shares for record in found.records)


@tried(60, states=SOUND)
def test_what_is_not_scored_again_would_have_come_to_the_same(case: Case) -> None:
    pair = pair_of(case)
    quick = _impact(pair)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Idle, "leaves_alone", lambda *_: False)
        slow = _impact(pair)
    assert quick.evaluations <= slow.evaluations
    assert evolve(quick, evaluations=0) == evolve(slow, evaluations=0)


@tried(30)
def test_it_says_the_same_every_time(case: Case) -> None:
    pair = pair_of(case)
    assert _impact(pair) == _impact(pair)


def test_generated_changes_move_points_and_most_steps_are_one_statement(capsys: pytest.CaptureFixture[str]) -> None:
    """What the cases above are worth: how many pairs there are, how many records move, how fine the steps are."""
    counts: Counter[str] = Counter()
    for seed in seeds(90):
        try:
            found = _sums(pair_of(case_of(seed, states=SOUND)))
        except Refused:
            counts["refused"] += 1
            continue
        counts["pairs"] += 1
        for step in found.steps:
            counts[step.kind] += 1
        for record in found.records:
            counts["records"] += 1
            counts["moved"] += bool(record.change)
            counts["open"] += isinstance(getattr(record.new, "total", None), Interval)
            counts["regraded"] += record.regraded
            counts["shares"] += len(record.shares)
            counts["shares of several steps"] += sum(len(share.steps) > 1 for share in record.shares)
    with capsys.disabled():
        print(f"\ngenerated changes: {dict(counts)}")
    assert counts["pairs"] >= 2 * counts["refused"]
    assert counts["moved"] >= counts["pairs"] / 6
    assert counts["statement"] > counts["together"]
    assert counts["shares of several steps"] <= counts["shares"] / 5
