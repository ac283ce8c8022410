"""`--for-grade` against brute force: on generated schemes, every point of a grid around what stands there is scored.

25 schemes in the ordinary run; the 200 of the design take one command: `TIMES=8 pytest tests/questions/whatif/test_brute_force.py`.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from math import floor
from pathlib import Path

from properties import runs
from properties.records import ALL, SOUND, Case, case_of
from properties.trying import SEED, TIMES, seeds
from steelyard import pipeline
from steelyard.core.nodes import Program
from steelyard.data.model import Records
from steelyard.questions.whatif.bench import Bench
from steelyard.questions.whatif.blanks import held_at_ends
from steelyard.questions.whatif.goals import GradeGoal, scale_of
from steelyard.questions.whatif.grid import Choices, Grid, moves_of
from steelyard.questions.whatif.inputs import Input, inputs_of, within_full_points
from steelyard.questions.whatif.reach import Answer, Falls, Open, Reach, Reaches
from steelyard.trace.model import Trace
from steelyard.values.states import Absent

SCHEMES = 25
AROUND = 20
"""So many points on either side are scored one by one."""
INPUTS = 4
"""Of one scheme, and one on which nothing depends."""
_HELD = tempfile.TemporaryDirectory(prefix="steelyard-what-if-")  # Until the tests end.
_FOLDER = Path(_HELD.name)


def test_it_finds_what_brute_force_finds() -> None:
    told: Counter[str] = Counter()
    for case, bench, goal in _asked():
        inputs = within_full_points(inputs_of(bench.program.schema, bench.record, "en"), bench.base)
        inputs = [one for one in inputs if not one.field.waiver]
        blanks = held_at_ends(bench.program, bench.record, inputs)
        left = Counter({False: INPUTS, True: 1})
        for one in case.random("inputs").sample(inputs, len(inputs)):
            step = None if case.random(one.name).randrange(2) else Fraction(1)
            answer = Reach(bench, goal, 400, step, blanks).ask(one)
            idle = isinstance(answer, Falls) and answer.idle
            if answer is None or not left[idle]:
                continue
            left[idle] -= 1
            wrong = _differs(bench, goal, one, step, answer)
            assert wrong is None, (
                f"SEED={case.seed}: {one.name} = {one.cell.text!r}, for {goal.wanted}: {wrong}\n{answer}\n\n"
                f"{case.description.text('en')}\n{json.dumps(case.records, ensure_ascii=False)}"
            )
            told[type(answer).__name__] += 1
        told["schemes"] += 1
    print(dict(told))  # shown with -s
    assert SEED is not None or (told["schemes"] == SCHEMES * TIMES and told["Reaches"] > 0 and told["Falls"] > 0)


def _asked() -> Iterator[tuple[Case, Bench, GradeGoal]]:
    """So many schemes with a grade that their record does not have yet."""
    found = 0
    start = next(iter(seeds(1)))
    for seed in [start] if SEED is not None else range(start, start + 100 * SCHEMES * TIMES):
        case = case_of(seed, states=SOUND if seed % 4 else ALL)
        loaded = runs.load(case.description)
        if loaded.program is None or not scale_of(loaded.program):
            continue
        path = _FOLDER / "records.json"
        path.write_text(json.dumps(case.records, ensure_ascii=False), encoding="utf-8")
        records = pipeline.read_data(loaded.program, path)
        if not records.records:
            continue

        def scored(program: Program, among: Records, key: str, day=loaded.day) -> Trace:  # type: ignore[no-untyped-def]
            return next(pipeline.score_each(program, among, day, key))

        bench = Bench(loaded.program, records, records.records[0], scored)
        scale = scale_of(loaded.program)
        now = scale.index(bench.outcome.grade) if bench.outcome.grade in scale else len(scale)
        if now == 0:
            continue
        goal = GradeGoal.of(loaded.program, scale[now - 1])
        if goal.reached(bench.base.result):
            continue
        yield case, bench, goal
        found += 1
        if found == SCHEMES * TIMES:
            return


def _differs(bench: Bench, goal: GradeGoal, one: Input, step: Fraction | None, answer: Answer) -> str | None:
    """What is wrong with the answer, if anything is."""
    moves = moves_of(one, (), step)
    if isinstance(moves, Choices):
        holding = [point.text for point in moves.points if _holds(bench, goal, one, point.text)]
        got = [answer.to] if isinstance(answer, Reaches) else []
        return None if got == holding[:1] else f"brute force: {holding}"
    assert isinstance(moves, Grid)
    first = floor(moves.origin)
    points = [p for p in range(first - AROUND, first + AROUND + 1) if moves.low is None or p >= moves.low]
    points = [p for p in points if (moves.high is None or p <= moves.high) and not (moves.known and p == moves.origin)]
    ordered = sorted(points, key=lambda p: (abs(p - moves.origin), p < moves.origin))
    # A point beyond one end may be nearer than one just inside the other end, where what stands there is off the grid.
    sure = [p for p in ordered if abs(p - moves.origin) <= AROUND - 1]
    nearest = next((p for p in sure if _holds(bench, goal, one, moves.text(p))), None)
    match answer:
        case Reaches(to=to, size=size):
            if nearest is not None:
                return None if to == moves.text(nearest) else f"brute force: {moves.text(nearest)}"
            if size * moves.scale / moves.step <= AROUND - 1:
                return "brute force finds nothing so near"
            return None if _holds(bench, goal, one, to) else "it does not hold there"
        case Falls(best=best, proved=proved):
            if nearest is not None:
                return f"brute force: {moves.text(nearest)}"
            tried = [bench.outcome.total, *(_total(bench, one, moves.text(p)) for p in points)] if proved else []
            least = min if bench.program.fewer_better else max
            most = least((total for total in tried if isinstance(total, Fraction)), default=None)
            told = bench.outcome.total if best is None else _total(bench, one, best)
            if most is None or not isinstance(told, Fraction) or told == least(told, most):
                return None
            return f"brute force: a total of {most}, where {told} is the best that is told"
        case Open(below=below, above=above):
            # Whatever lies nearer than both ends was decided.
            if nearest is None:
                return None
            ends = [abs(moves_point(moves, text) - moves.origin) for text in (below, above) if text is not None]
            return None if abs(nearest - moves.origin) >= min(ends) else f"brute force: {moves.text(nearest)}"


def moves_point(grid: Grid, text: str) -> int:
    for point in range(floor(grid.origin) - 5000, floor(grid.origin) + 5000):
        if grid.text(point) == text:
            return point
    return floor(grid.origin) + 5000


def _total(bench: Bench, one: Input, text: str) -> object:
    cell, _ = one.read(text)
    return None if isinstance(cell.datum, Absent) else bench.with_cell(one, cell).result.total


def _holds(bench: Bench, goal: GradeGoal, one: Input, text: str) -> bool:
    cell, _ = one.read(text)
    return not isinstance(cell.datum, Absent) and bool(goal.reached(bench.with_cell(one, cell).result))
