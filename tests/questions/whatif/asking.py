"""A record on the bench, from texts."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from steelyard import pipeline
from steelyard.core.nodes import Program
from steelyard.data.model import Records
from steelyard.questions.whatif.bench import Bench
from steelyard.questions.whatif.blanks import held_at_ends
from steelyard.questions.whatif.goals import GradeGoal
from steelyard.questions.whatif.inputs import Input, find, inputs_of, within_full_points
from steelyard.questions.whatif.reach import Answer, Reach
from steelyard.questions.whatif.recover import Recoverable, recoverable
from steelyard.trace.model import Trace


def bench_of(folder: Path, rules: str, record: str | None = None, **tables: str) -> Bench:
    """The rules on tables of CSV, each under the name of its file; `record` is the key, or the first one."""
    data = folder / "data"
    data.mkdir(exist_ok=True)
    for name, text in tables.items():
        (data / f"{name}.csv").write_text(text, encoding="utf-8")
    loaded = pipeline.load_bytes("s.rules", rules.encode())
    assert loaded.program is not None, [(d.code, dict(d.facts)) for d in loaded.diagnostics]
    records = pipeline.read_data(loaded.program, data)
    assert records.records, [(d.code, dict(d.facts)) for d in records.findings]
    chosen = next(one for one in records.records if record in (None, one.key))

    def scored(program: Program, among: Records, key: str) -> Trace:
        return next(pipeline.score_each(program, among, loaded.day, key))

    return Bench(loaded.program, records, chosen, scored)


def inputs(bench: Bench) -> tuple[Input, ...]:
    return within_full_points(inputs_of(bench.program.schema, bench.record, "en"), bench.base)


def one(bench: Bench, name: str) -> Input:
    found = find(inputs(bench), name)
    assert found is not None, [one.name for one in inputs(bench)]
    return found


def for_grade(bench: Bench, grade: str, name: str, step: str | None = None, effort: int = 400) -> Answer | None:
    of_step = None if step is None else Fraction(step)
    reach = Reach(
        bench,
        GradeGoal.of(bench.program, grade),
        effort,
        of_step,
        held_at_ends(bench.program, bench.record, inputs(bench)),
    )
    return reach.ask(one(bench, name))


def gains(bench: Bench) -> dict[str, Fraction | None]:
    """What each statement gives back."""
    return {found.entry.rule: found.gain for found in told(bench)}


def told(bench: Bench) -> tuple[Recoverable, ...]:
    return recoverable(bench, inputs(bench), 150)[0]
