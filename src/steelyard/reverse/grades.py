"""The printed grade and the printed bands, against the scheme's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from steelyard.core import nodes as c
from steelyard.diagnostics.nearest import nearest
from steelyard.reverse.composition import constant, constants
from steelyard.reverse.model import Band, Fact, Figures, Finding, Place, Places, Sums
from steelyard.reverse.numerals import beyond, decimal, span
from steelyard.reverse.ranges import ANY, Range


def grades(figures: Figures, program: c.Program, whole: Range) -> Iterator[Finding]:
    """`whole` is what the total can be."""
    scale = program.total.grade.scale if program.total.grade else ()
    total = figures.said(str(program.total.origin.path))
    score = total.score if total else None
    for said in figures.grades:
        places: Places = (Place(said.label, said.label, said.where),)
        if score is not None:
            places += (Place(total.name if total else "", score.text, score.where),)
        given = grade_of(program, score.value) if score is not None else None
        facts: dict[str, Fact] = {
            "label": said.label,
            "scale": scale,
            "given": given or "",
            "score": score.text if score else "",
        }
        if scale and said.label not in scale:
            near = next((label for label in scale if label in said.label), None) or nearest(said.label, scale)
            remarks = (("near-grade", {"label": near}),) if near else ()
            sums: Sums = (f"{said.label} ≠ {' / '.join(scale)}",)
            sums += (f"{score.text} → {given}",) if score is not None and given else ()
            yield Finding("contradicts", "grade.unknown", facts, sums, places, remarks)
        elif given is None:
            yield Finding("cannot", "grade", facts, (), places)
        elif given == said.label:
            yield Finding("follows", "grade", facts, (f"{facts['score']} → {given}",), places)
        else:
            yield Finding("contradicts", "grade", facts, (f"{facts['score']} → {given} ≠ {said.label}",), places)
    if scale and figures.bands:
        yield from _bands(figures, program, whole, scale)


def _bands(figures: Figures, program: c.Program, whole: Range, scale: tuple[str, ...]) -> Iterator[Finding]:
    """Both divide the points; they agree everywhere if they agree at every end and once between any two."""
    ends = {end for end in (whole.low, whole.high) if end is not None} | {*steps_of_grades(program)}
    for band in figures.bands:
        ends |= {end.value for end in (band.low, band.high) if end is not None}
    wide = [min(ends, default=Fraction(0)) - 1, *ends, max(ends, default=Fraction(0)) + 1]
    graded = {value: grade_of(program, value) for value in probes(wide, whole)}
    wrong = False
    for band in figures.bands:
        place = (Place(band.label, _shown(band), band.where),)
        if band.label not in scale:
            found: Finding | None = Finding(
                "contradicts", "band.unknown", {"label": band.label, "scale": scale},
                (f"{band.label} ≠ {' / '.join(scale)}",), place,
            )  # fmt: skip
        else:
            found = _band(band, graded, whole, place)
        if found is not None:
            wrong = True
            yield found
    missing = [label for label in scale if label not in {band.label for band in figures.bands}]
    places = tuple(Place(band.label, _shown(band), band.where) for band in figures.bands)
    if missing:
        yield Finding("contradicts", "band.missing", {"labels": tuple(missing), "scale": scale}, (), places)
    elif None in graded.values():
        yield Finding("cannot", "bands", {"scale": scale}, (), places)
    elif not wrong:
        yield Finding("follows", "bands", {"scale": scale}, (), places)


def _band(band: Band, graded: Mapping[Fraction, str | None], whole: Range, place: Places) -> Finding | None:
    """The first total that the report and the scheme grade differently. An end that is not said to be included may be
    either."""
    low, high = band.low.value if band.low else None, band.high.value if band.high else None
    within, closed = Range(low, high, band.low_in, band.high_in), Range(low, high)
    facts: dict[str, Fact] = {"label": band.label, "range": span(within)}
    for end in (low, high):
        if end is not None and not whole.holds(end):
            facts |= {"value": decimal(end), "whole": span(whole)}
            return Finding("contradicts", "band.outside", facts, (beyond(end, whole),), place)
    for value, given in graded.items():
        facts |= {"value": decimal(value), "given": given or ""}
        if given is not None and given != band.label and within.holds(value):
            return Finding("contradicts", "band", facts, (f"{decimal(value)} → {given} ≠ {band.label}",), place)
        if given == band.label and not closed.holds(value):
            sums = (f"{decimal(value)} → {given}, {beyond(value, closed)}",)
            return Finding("contradicts", "band.gap", facts, sums, place)
    return None


def _shown(band: Band) -> str:
    return f"{band.low.text if band.low else '…'} – {band.high.text if band.high else '…'}"


# ---- the scheme's grades


def grade_of(program: c.Program, total: Fraction) -> str | None:
    """The grade that the scheme gives to a total; None where that depends on more than the total."""
    grade = program.total.grade
    if grade is None or grade.moves:
        return None
    path = str(program.total.origin.path)
    for branch in grade.choice.branches:
        holds = _truth(branch.when, path, total)
        if holds is None:
            return None
        if holds:
            return _label(branch.value)
    return None if grade.choice.otherwise is None else _label(grade.choice.otherwise)


def steps_of_grades(program: c.Program) -> tuple[Fraction, ...]:
    """The totals at which the grade may change, rising."""
    grade = program.total.grade
    branches = grade.choice.branches if grade else ()
    return tuple(sorted({number for branch in branches for number in constants(branch.when)}))


def probes(ends: Iterable[Fraction], within: Range = ANY) -> list[Fraction]:
    """The ends and one number in each gap between them: a function that changes at the ends only is known by these."""
    known = sorted(set(ends))
    between = [(a + b) / 2 for a, b in pairwise(known)]
    return sorted(value for value in [*known, *between] if within.holds(value))


def _label(expression: c.Expression) -> str | None:
    return expression.value if isinstance(expression, c.Const) and isinstance(expression.value, str) else None


def _truth(expression: c.Expression, path: str, total: Fraction) -> bool | None:
    match expression:
        case c.Op(op="and" | "or" as op, args=args):
            found = [_truth(arg, path, total) for arg in args]
            if None in found:
                return None
            return all(found) if op == "and" else any(found)
        case c.Op(op=">=" | ">" | "<=" | "<" as op, args=(left, right)):
            a, b = _number(left, path, total), _number(right, path, total)
            if a is None or b is None:
                return None
            return {">=": a >= b, ">": a > b, "<=": a <= b, "<": a < b}[op]
    return None


def _number(expression: c.Expression, path: str, total: Fraction) -> Fraction | None:
    if isinstance(expression, c.Score):
        return total if str(expression.path) == path and expression.facet == "score" else None
    return constant(expression)
