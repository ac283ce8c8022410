"""What full marks and sentences of a report rest on."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from steelyard.reverse.composition import Parts
from steelyard.reverse.model import Fact, Figures, Finding, Place, Places, Said
from steelyard.reverse.numerals import decimal
from steelyard.reverse.quantities import broken
from steelyard.reverse.reasons import lost_by


def grounds(figures: Figures, parts: Parts, found: list[Finding]) -> Iterator[Finding]:
    """Full marks that rest on a figure which the report's own numbers contradict."""
    for said in figures.rows:
        if said.score is None or lost_by(said, parts[said.path]) != 0:
            continue
        most = said.points.text if said.points else decimal(parts[said.path].full or said.score.value)
        for name in said.rests_on:
            wrong = broken(found, name)
            if wrong is None:
                continue
            facts: dict[str, Fact] = {"name": said.name, "score": said.score.text, "ground": name}
            places = (Place(said.name, said.score.text, said.score.where), *wrong.places)
            sums = (*wrong.sums, f"{said.name}: {said.score.text} / {most}")
            yield Finding("contradicts", "ground", facts, sums, places)


def claims(figures: Figures, parts: Parts) -> Iterator[Finding]:
    """A sentence that says nothing was wrong beside rows that lost points, and the other way round."""
    for claim in figures.claims:
        rows = [row for path in claim.about for row in figures.rows if row.path == path]
        losses = [(row, lost) for row in rows if (lost := lost_by(row, parts[row.path])) is not None]
        losing = [(row, lost) for row, lost in losses if lost > 0]
        facts: dict[str, Fact] = {"text": claim.text, "rows": tuple(row.name for row, _ in losing or losses)}
        sums = tuple(f"{row.name}: {_line(row, lost)}" for row, lost in losing or losses)
        places: Places = (Place("“…”", claim.text, claim.where),)
        places += tuple(Place(row.name, row.score.text, row.where) for row, _ in losing or losses if row.score)
        if not losses:
            continue
        if claim.fault:
            yield Finding("follows" if losing else "contradicts", "claim.fault", facts, sums, places)
        else:
            yield Finding("contradicts" if losing else "follows", "claim.no-fault", facts, sums, places)


def _line(row: Said, lost: Fraction) -> str:
    assert row.score is not None, "a row that lost points has a score"
    return f"{decimal(lost + row.score.value)} - {row.score.text} = {decimal(lost, row.score.places)}"
