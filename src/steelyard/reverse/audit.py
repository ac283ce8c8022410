"""`audit`: the figures of a finished report laid on its scheme. Every check looks at facts; none knows any one report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from attrs import evolve

from steelyard.core import nodes as c
from steelyard.data.findings import Findings
from steelyard.data.model import Record
from steelyard.data.objects import to_batch
from steelyard.data.records import build
from steelyard.data.tree import Members, Scalar
from steelyard.reverse.claims import claims, grounds
from steelyard.reverse.composition import Parts
from steelyard.reverse.form import comparisons, forms
from steelyard.reverse.grades import grades
from steelyard.reverse.indicators import counts, indicators
from steelyard.reverse.model import Audit, Figures, Said
from steelyard.reverse.quantities import approximate, differing, equations, ratios
from steelyard.reverse.reasons import deductions, twice
from steelyard.reverse.scores import Scores
from steelyard.reverse.worlds import choices
from steelyard.trace.model import Trace

Score = Callable[[Record], Trace]
"""Scores one record by the scheme."""


def audit(program: c.Program, parts: Parts, figures: Figures, score: Score) -> Audit:
    """What follows, what contradicts, what cannot be reached, in the order of the report: scores, grade, quantities,
    indicators, reasons, claims, form."""
    found = list(Scores(figures, parts, computed(program, parts, figures, score)).findings())
    found += grades(figures, program, parts[str(program.total.origin.path)].within)
    found += differing(figures)
    found += equations(figures)
    found += ratios(figures)
    if not program.fewer_better:
        found += grounds(figures, parts, found)
    found += approximate(figures)
    found += indicators(figures)
    found += counts(figures)
    if not program.fewer_better:  # Else points count what is wrong, and none are lost.
        found += deductions(figures, parts)
        found += twice(figures, parts)
        found += claims(figures, parts)
    found += forms(figures)
    found += comparisons(figures)
    rules = tuple((source.name, source.digest) for source in (program.source, *program.sources))
    return Audit(program.name, program.title or program.name, rules, figures, tuple(found))


# ---- rows that the scheme itself can score


def computed(program: c.Program, parts: Parts, figures: Figures, score: Score) -> dict[str, Fraction]:
    """What the scheme's own rules come to for each row whose score is printed, on the figures that are named as its inputs.

    A figure that is printed with several values is taken as it stands in the row's own analysis; where none does, it is
    missing, and the row is left open.
    """
    inputs = {field.name for field in program.schema.fields} & set(figures.figures)
    runs: dict[tuple[tuple[str, str], ...], dict[str, Fraction]] = {}
    found: dict[str, Fraction] = {}
    for said in figures.rows:
        part = parts[said.path]
        if said.score is None or part.parts or part.judged or not inputs:
            continue
        given = tuple(_given(figures, said, sorted(inputs)))
        if given not in runs:
            runs[given] = _closings(program, given, score)
        if said.path in runs[given]:
            found[said.path] = runs[given][said.path]
    return found


def _given(figures: Figures, said: Said, inputs: list[str]) -> Iterator[tuple[str, str]]:
    for name in inputs:
        figure = figures.figures[name]
        own = [printed for printed in figure.printed if printed.row == said.path]
        values = choices(evolve(figure, printed=tuple(own)) if own else figure, said.where)
        if len(values) == 1:
            yield name, values[0].text


def _closings(program: c.Program, given: tuple[tuple[str, str], ...], score: Score) -> dict[str, Fraction]:
    """The parts that close exactly on these data alone."""
    findings = Findings()
    tree = Members({name: Scalar(text) for name, text in given})
    batch = to_batch(tree, "figures", program.schema, findings)
    records = build(batch, program.schema, findings) if batch else ()
    if len(records) != 1:
        return {}
    trace = score(records[0])
    return {
        part.path: part.score
        for part in trace.result.parts
        if isinstance(part.score, Fraction) and not part.may_be_skipped
    }


__all__ = ["audit"]
