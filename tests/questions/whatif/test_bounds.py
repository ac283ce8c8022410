"""What the engine says of an input that is only known to lie in a stretch holds at every point of the stretch."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from fractions import Fraction
from pathlib import Path

from properties import runs
from properties.records import SOUND, Case
from properties.trying import program_of, tried
from questions.whatif.asking import bench_of, one
from steelyard import pipeline
from steelyard.core.nodes import Program
from steelyard.data.model import Records
from steelyard.questions.whatif.bench import Bench
from steelyard.questions.whatif.grid import Grid, moves_of
from steelyard.questions.whatif.inputs import inputs_of, within_full_points
from steelyard.trace.model import Trace
from steelyard.values.intervals import Interval
from steelyard.values.states import Absent

_HELD = tempfile.TemporaryDirectory(prefix="steelyard-bounds-")  # Until the tests end.
_FOLDER = Path(_HELD.name)
WIDTH = 6
WITHOUT_VALUE = frozenset({"F201", "F401", "F302", "F307", "F308", "F310"})
"""An amount or share that turns out negative, a score that no reviewer may give: open for itself, so nothing is enclosed."""


@tried(60, states=SOUND)
def test_it_encloses_every_point_of_a_stretch(case: Case) -> None:
    loaded = program_of(case)
    assert loaded.program is not None
    path = _FOLDER / "records.json"
    path.write_text(json.dumps(case.records, ensure_ascii=False), encoding="utf-8")
    records = pipeline.read_data(loaded.program, path)

    def scored(program: Program, among: Records, key: str) -> Trace:
        return next(pipeline.score_each(program, among, loaded.day, key))

    bench = Bench(loaded.program, records, records.records[0], scored)
    for asked in within_full_points(inputs_of(loaded.program.schema, bench.record, "en"), bench.base):
        grid = moves_of(asked)
        if not isinstance(grid, Grid) or grid.kind == "actual":
            continue
        first = int(grid.origin) - case.random(asked.name).randrange(WIDTH)
        low = first if grid.low is None else max(first, grid.low)
        high = low + WIDTH if grid.high is None else min(low + WIDTH, grid.high)
        around = bench.with_bounds(asked, grid.within(low, high)).result
        for point in range(low, high + 1):
            cell, _ = asked.read(grid.text(point))
            trace = bench.with_cell(asked, cell)
            if isinstance(cell.datum, Absent) or any(f.code in WITHOUT_VALUE for f in trace.findings):
                continue
            total, grade = trace.result.total, trace.result.grade
            assert total is None or (around.total is not None and runs.inside(total, around.total)), asked.name
            if grade is not None:
                assert grade in (around.possible_grades or (around.grade,)), asked.name


def test_reviewers_scores_and_dates_are_enclosed(tmp_path: Path) -> None:
    rules = (
        "input\n  end : date\ncriterion art, 60 points\n  judged, average of reviewers, dropping highest and lowest if 3 or more\n"
        "criterion time, 40 points\n  deduct 1 for every started 10 that days(2024-01-01, end) is above 0\n"
    )
    reviews = "key,criterion,reviewer,score,reason\nr,art,A,10,x\nr,art,B,20,x\nr,art,C,60,\nr,art,D,40,x\n"
    bench = bench_of(tmp_path, rules, records="key,end\nr,2024-01-11\n", reviewers=reviews)
    assert bench.outcome.total == 30 + 39
    of_a = bench.with_bounds(one(bench, "reviewers[art/A].score"), Interval(*map(_exact, ("30", "50"))))
    assert of_a.result.total == Interval(*map(_exact, ("74", "84")))  # 20 and 60 are dropped.
    days = Interval(*(_exact(str(day)) for day in (_ordinal("2024-01-02"), _ordinal("2024-02-01"))))
    of_end = bench.with_bounds(one(bench, "end"), days)
    assert of_end.result.total == Interval(*map(_exact, ("66", "69")))


def _exact(text: str) -> Fraction:
    return Fraction(text)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
