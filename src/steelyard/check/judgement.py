"""Judged criteria: how reviewers are put together, levels and the scores they may give."""

from __future__ import annotations

from fractions import Fraction

from steelyard.check.bands import Line, Row, band, coverage
from steelyard.check.clauses import check_clauses
from steelyard.check.constants import constant
from steelyard.check.expressions import Expressions
from steelyard.diagnostics.model import Label
from steelyard.syntax import nodes as n
from steelyard.values.numbers import COUNT_LIMIT, show

LEAST_TO_DROP = 3
"""One highest and one lowest can be left out only where something is left."""


def check_judged(
    judged: n.Judged, full: Fraction | None, row_bounds: dict[int, n.Bounds], expressions: Expressions
) -> None:
    check_clauses(judged, judged.clauses, expressions)
    report = expressions.findings.report
    together = any(isinstance(clause, n.OfReviewers) for clause in judged.clauses)
    for clause in judged.clauses:
        match clause:
            case n.Dropping(alone=True):
                report("T121", clause.span, word=clause.span.text)
            case n.Dropping() if not together:
                report("W158", clause.span)
            case n.Dropping(least=int() as least) if not LEAST_TO_DROP <= least <= COUNT_LIMIT:
                report("T136", clause.span, text=str(least))
            case n.OneOf(choices):
                _check_choices(choices, full, expressions)
                if judged.levels:
                    report("W160", clause.span, labels=(Label(judged.levels[0].span, "first-here"),))
            case _:
                pass
    if judged.levels:
        _check_levels(judged, full, row_bounds, expressions)


def _check_choices(choices: tuple[n.Expression, ...], full: Fraction | None, expressions: Expressions) -> None:
    seen: set[Fraction] = set()
    for choice in choices:
        value = constant(choice)
        if value is None:
            expressions.findings.report("W118", choice.span, text=choice.span.text)
        elif value < 0 or (full is not None and value > full) or (isinstance(choice, n.Number) and choice.percent):
            expressions.findings.report("W159", choice.span, text=choice.span.text, full=_text(full))
        elif value in seen:
            expressions.findings.report("W117", choice.span, label=choice.span.text)
        else:
            seen.add(value)


def _check_levels(
    judged: n.Judged, full: Fraction | None, row_bounds: dict[int, n.Bounds], expressions: Expressions
) -> None:
    """Labels that differ; ranges of the points that lie apart."""
    report = expressions.findings.report
    seen: dict[str, n.Level] = {}
    pieces = []
    for level in judged.levels:
        if first := seen.get(level.label.value):
            report("W117", level.label.span, labels=(Label(first.label.span, "first-here"),), label=level.label.value)
        seen.setdefault(level.label.value, level)
        ends = [_points(end, full, expressions) for end in (level.bounds.low, level.bounds.high)]
        low, high = ends
        if low is None or high is None:
            return
        meant = _meant(level.bounds, low, high, full)
        row_bounds[level.bounds.key] = meant
        if low > high:
            low, high = high, low
        outside = low < 0 or (full is not None and high > full)
        piece = band(low, high, low_in=meant.low_included, high_in=meant.high_included)
        if outside or piece.empty:
            report("W157", level.bounds.span, label=level.label.value, full=_text(full))
            return
        pieces.append(piece)
    axis = Line.of(band(None, None), None, pieces)
    rows = [Row(number, (axis.cells([piece]),), exact=True) for number, piece in enumerate(pieces)]
    for number, earlier, _ in coverage([axis], rows).overlaps:
        level, other = judged.levels[number], judged.levels[earlier]
        label = Label(other.span, "other-row", {"label": other.label.value})
        values = level.bounds.span.text
        report(
            "W106", level.bounds.span, labels=(label,), label=level.label.value, other=other.label.value, values=values
        )


def _points(end: n.Expression | None, full: Fraction | None, expressions: Expressions) -> Fraction | None:
    """A bound in points: a percentage is that share of the full points."""
    if end is None:
        return None
    expressions.number(end)
    value = constant(end)
    if value is None:
        expressions.findings.report("W118", end.span, text=end.span.text)
        return None
    share = isinstance(end, n.Number) and end.percent
    # Where the points come from the data, shares are compared with shares.
    return value * full if share and full is not None else value


def _meant(bounds: n.Bounds, low: Fraction, high: Fraction, full: Fraction | None) -> n.Bounds:
    """The smaller bound first; the ends of what can be given belong to the level that ends there."""
    low_in, high_in = bounds.low_included, bounds.high_included
    first, second = bounds.low, bounds.high
    if low > high:
        first, second, low, high, low_in, high_in = second, first, high, low, high_in, low_in
    top = Fraction(1) if full is None else full
    return n.Bounds(first, low_in or low == 0, second, high_in or high == top, span=bounds.span)


def _text(full: Fraction | None) -> str:
    return "100%" if full is None else show(full)
