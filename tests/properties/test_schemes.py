"""What holds of every scheme and every record, tried on generated ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction

import attrs
from attrs import evolve

from properties import runs
from properties.description import permuted
from properties.ledger import recompute
from properties.records import MISSING, SOUND, Case, completed
from properties.trying import Refused, program_of, tried
from steelyard import pipeline
from steelyard.core import nodes as c
from steelyard.diagnostics.model import Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.explain.losses import losses, points_given
from steelyard.trace.decode import decode_trace
from steelyard.trace.encode import encode_findings, encode_trace
from steelyard.trace.ledger import verify_ledger
from steelyard.trace.model import PartResult, Quantity, Result, Trace
from steelyard.values.canonical import canonical_json
from steelyard.values.intervals import Interval


@tried(150)
def test_it_closes_the_ledger_at_every_part(case: Case) -> None:
    for trace in runs.score(program_of(case), case.records):
        verify_ledger(trace.entries)
        recompute(runs.document(trace))


@tried(120)
def test_it_keeps_every_score_between_its_floor_and_its_top(case: Case) -> None:
    loaded = program_of(case)
    assert loaded.program is not None
    accounts = runs.accounts(loaded.program)
    for trace in runs.score(loaded, case.records):
        limited = {
            entry.part for entry in trace.entries if entry.status != "not met" and entry.kind in ("limit", "skip")
        }
        total = trace.result
        scores = [("total", "total", total.total, total.full)]
        scores += [(part.path, _rule(part), part.score, part.full) for part in total.parts]
        for path, rule, score, full in scores:
            if score is not None:
                account = accounts[rule]
                low, high = (_bound(bound, account, full) for bound in (account.floor, account.top))
                floor = low.low
                if path in limited and floor is not None:  # A veto, limit or skip beats what the part has at least.
                    floor = min(floor, Fraction(0))
                assert runs.inside(score, Interval(floor, high.high)), f"{path}: {score} not in [{floor}, {high.high}]"


def _rule(part: PartResult) -> str:
    """The path of its account: without the keys of rows."""
    return "".join(piece.partition("]")[2] if index else piece for index, piece in enumerate(part.path.split("[")))


def _bound(bound: c.Expression | None, account: c.Account, full: Quantity) -> Interval:
    if bound == account.full:
        return runs.ends(full)
    match bound:
        case c.Const(value=Fraction() as value):
            return Interval(value, value)
        case _:
            return Interval(None, None)


@tried(100)
def test_it_gives_the_same_total_whatever_the_order_of_statements_and_parts(case: Case) -> None:
    loaded = program_of(case)
    other = program_of(evolve(case, description=permuted(case.random("order"), case.description)))
    for first, second in zip(runs.score(loaded, case.records), runs.score(other, case.records), strict=True):
        assert _outcome(first.result) == _outcome(second.result)


def _outcome(result: Result) -> tuple[object, ...]:
    """All but the order in which it is told."""
    parts = {part.path: (part.score, part.full, part.factor, part.grade, part.possible_grades) for part in result.parts}
    return result.total, result.grade, result.possible_grades, result.status, parts


@tried(150)
def test_it_means_the_same_in_english_and_in_chinese(case: Case) -> None:
    english, chinese = (runs.load(case.description, language) for language in ("en", "zh"))
    assert sorted(d.code for d in english.diagnostics) == sorted(d.code for d in chinese.diagnostics)
    if english.program is None or chinese.program is None:
        raise Refused
    assert english.program.digest == chinese.program.digest
    results = [[trace.result for trace in runs.score(loaded, case.records)] for loaded in (english, chinese)]
    assert [_untitled(r) for r in results[0]] == [_untitled(r) for r in results[1]]


def _untitled(result: Result) -> Result:
    """A title made of data says `missing` in the file's language."""
    return attrs.evolve(result, parts=tuple(attrs.evolve(part, title=None) for part in result.parts))


@tried(500, asks_missing=False, states=MISSING)
def test_it_encloses_every_completion_of_missing_data(case: Case) -> None:
    loaded = program_of(case)
    for opened, closed in zip(runs.score(loaded, case.records), runs.score(loaded, completed(case)), strict=True):
        # An amount or a share that turns out negative is undetermined for itself: no value, so nothing to enclose.
        if all(finding.code not in ("F201", "F401") for finding in closed.findings):
            _enclosed(closed.result, opened.result)


def _enclosed(closed: Result, opened: Result) -> None:
    before = {part.path: part for part in opened.parts}
    for part in closed.parts:
        if part.path in before:  # Of a row that nobody knew of there is none.
            was = before[part.path]
            _within(part.path, part.score, was.score, may_be_none=_may_be_skipped(was, before, opened))
            _graded(part.path, part.grade, was.grade, was.possible_grades)
    _within("total", closed.total, opened.total, may_be_none=opened.status != "final")
    if closed.total is not None and opened.total is not None:
        _graded("total", closed.grade, opened.grade, opened.possible_grades)


def _may_be_skipped(part: PartResult, parts: Mapping[str, PartResult], result: Result) -> bool:
    """May it be, or what stands around it?"""
    around = parts.get(part.inside)
    return part.may_be_skipped or (
        result.status != "final" if around is None else _may_be_skipped(around, parts, result)
    )


def _within(path: str, score: Quantity | None, before: Quantity | None, *, may_be_none: bool) -> None:
    if score is None:
        assert before is None or may_be_none, f"{path} is skipped, and was not known to be"
    else:
        assert before is not None, f"{path} was skipped, and is not"
        assert runs.inside(score, before), f"{path}: {score} not in {before}"


def _graded(path: str, grade: str | None, before: str | None, possible: tuple[str, ...]) -> None:
    if grade is not None and before is not None:
        assert grade == before, path
    elif grade is not None:
        assert grade in possible, path


@tried(150, states=SOUND)
def test_it_explains_every_point_between_full_points_and_an_exact_total(case: Case) -> None:
    for trace in runs.score(program_of(case), case.records):
        # A part may close exactly though a rule in it is open: the floor hides it.
        exact = not any(isinstance(q, Interval) for e in trace.entries for q in (e.applied, e.before, e.after))
        if exact and isinstance(trace.result.total, Fraction) and isinstance(trace.result.full, Fraction):
            found = [loss.on_total for loss in losses(trace)]
            told = sum((loss for loss in found if loss is not None), Fraction(0))
            assert told == trace.result.full - trace.result.total
            points = [effect.on_total for effect in points_given(trace)]
            assert sum((one for one in points if one is not None), Fraction(0)) == trace.result.total


@tried(60)
def test_it_writes_the_same_bytes_every_time(case: Case) -> None:
    first, second = (_bytes(runs.score(program_of(case), case.records)) for _ in range(2))
    assert first == second


def _bytes(traces: tuple[Trace, ...]) -> list[bytes]:
    return [canonical_json(encode_trace(trace)) for trace in traces]


@tried(100)
def test_it_reads_every_trace_back_equal(case: Case) -> None:
    for trace in runs.score(program_of(case), case.records):
        read = decode_trace(json.loads(canonical_json(encode_trace(trace))))
        assert read.trace == attrs.evolve(trace, findings=())
        assert list(read.told) == encode_findings(trace)


@tried(80)
def test_it_calls_a_total_final_only_where_it_is_one_number(case: Case) -> None:
    for trace in runs.score(program_of(case), case.records):
        result = trace.result
        errors = [finding for finding in trace.findings if severity_of(finding) is Severity.ERROR]
        if result.status == "not issued":
            assert result.total is None
        elif len(case.records) == 1 or errors:  # Findings of the data as a whole stand in the trace of an only record.
            assert (result.status == "not final") == bool(errors)
        if isinstance(result.total, Interval):
            assert result.status in ("provisional", "not final")
        elif result.status == "final":
            assert result.blame == ()


@tried(100)
def test_it_runs_every_example_that_stands_in_a_file(case: Case) -> None:
    if not case.description.examples:
        raise Refused
    loaded = program_of(case)
    assert loaded.program is not None
    tried_out = pipeline.try_examples(loaded.program)
    assert tried_out.passed + tried_out.failed == len(case.description.examples)
