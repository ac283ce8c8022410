"""Grade rows, checked over the exact real line: gaps, overlaps, rows that can never match."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import attrs
from attrs import frozen

from steelyard.check.constants import constant
from steelyard.check.expressions import Expressions
from steelyard.check.model import Findings
from steelyard.diagnostics.model import Fix, Label
from steelyard.syntax import nodes as n
from steelyard.values.numbers import show


@frozen
class End:
    """One end of a band, as a cut of the line: between `value` and what lies beyond it."""

    value: Fraction
    after: bool
    """True: the cut lies right above the value, so the value belongs to what is below the cut."""

    def __lt__(self, other: End) -> bool:
        return self.value < other.value or (self.value == other.value and other.after and not self.after)


@frozen
class Band:
    """A piece of the line between two cuts; None is open."""

    low: End | None
    high: End | None


def check_grade(
    grade: n.Grade,
    expressions: Expressions,
    findings: Findings,
    full: Fraction,
    places: int | None,
    bare_included: bool,
) -> None:
    """The rows of one `grade`, for totals from 0 to `full`, rounded to `places` decimals (None: not rounded)."""
    seen: dict[str, n.GradeRow] = {}
    for row in grade.rows:
        if first := seen.get(row.label.value):
            label = Label(first.label.span, "first-here")
            findings.report("W117", row.label.span, labels=(label,), label=row.label.value)
        seen.setdefault(row.label.value, row)
        _check_bare(row.bounds, findings, bare_included)
    open_question = any(row.bounds.bare for row in grade.rows) and not bare_included
    bands: list[tuple[n.GradeRow, Band]] = []
    for row in grade.rows:
        band = _band(row, closed_at_edges(row.bounds, full), expressions, findings)
        if band is None:
            return
        bands.append((row, band))
    # Where a row is lost or a bound not said, gaps and overlaps would only repeat it.
    if grade.faulty or open_question or not _check_direction(bands, findings):
        return
    _check_overlaps(bands, expressions, findings)
    _check_reach(bands, findings)
    _check_gaps(grade, bands, expressions, findings, full, places)


def closed_at_edges(bounds: n.Bounds, full: Fraction) -> n.Bounds:
    """A row written with both ends includes full points, and 0, where it ends there: 90（含）—100 has the 100."""
    if bounds.low is None or bounds.high is None:
        return bounds
    return attrs.evolve(
        bounds,
        high_included=bounds.high_included or constant(bounds.high) == full,
        low_included=bounds.low_included or constant(bounds.low) == 0,
    )


def _check_bare(bounds: n.Bounds, findings: Findings, included: bool) -> None:
    if bounds.bare is None or included:
        return
    values = [v for v in (bounds.low, bounds.high) if v is not None]
    number = values[0].span.text
    source = bounds.span
    if len(values) == 2:
        low, high = values[0].span.text, values[1].span.text
        first, second = f"{low}（含）—{high}", f"{low}—{high}（含）"
        findings.report("W116", source, fixes=(_either(first, second),), low=low, high=high)
        return
    above = bounds.bare == "以上"
    first = f"{number} 分（含）以上" if above else f"{number} 分（含）以下"
    second = f"超过 {number} 分" if above else f"低于 {number} 分"
    findings.report("W109", source, fixes=(_either(first, second),), word=bounds.bare, number=number)


def _either(first: str, second: str) -> Fix:
    return Fix("write-either", (), {"first": first, "second": second})


def _band(row: n.GradeRow, bounds: n.Bounds, expressions: Expressions, findings: Findings) -> Band | None:
    ends: list[Fraction | None] = []
    for bound in (bounds.low, bounds.high):
        if bound is None:
            ends.append(None)
            continue
        expressions.number(bound)
        value = constant(bound)
        if value is None:
            findings.report("W118", bound.span, text=bound.span.text)
            return None
        ends.append(value)
    low, high = ends
    band = Band(
        None if low is None else End(low, not bounds.low_included),
        None if high is None else End(high, bounds.high_included),
    )
    if band.low is not None and band.high is not None and not band.low < band.high:
        findings.report("W119", bounds.span, label=row.label.value)
        return None
    return band


def _check_direction(bands: list[tuple[n.GradeRow, Band]], findings: Findings) -> bool:
    """Rows fall (`from 90`, `from 80`) or rise (`up to 6`, `up to 9`), never both."""
    falling = [row for row, band in bands if band.low is not None and band.high is None]
    rising = [row for row, band in bands if band.low is None and band.high is not None]
    if len(falling) > 1 and len(rising) > 1:
        label = Label(falling[0].span, "first-here")
        findings.report("W107", rising[0].bounds.span, labels=(label,))
        return False
    return True


def _check_overlaps(bands: list[tuple[n.GradeRow, Band]], expressions: Expressions, findings: Findings) -> None:
    """A row with both ends written says exactly which values it means: no earlier row may claim one of them."""
    for index, (row, band) in enumerate(bands):
        if band.low is None or band.high is None:
            continue
        for other, earlier in bands[:index]:
            common = _meet(band, earlier)
            if common is not None:
                label = Label(other.span, "other-row", {"label": other.label.value})
                findings.report(
                    "W106",
                    row.bounds.span,
                    labels=(label,),
                    label=row.label.value,
                    other=other.label.value,
                    values=_words(common, _total_word(expressions)),
                )
                return


def _check_reach(bands: list[tuple[n.GradeRow, Band]], findings: Findings) -> None:
    for index, (row, band) in enumerate(bands):
        left = [band]
        for _, earlier in bands[:index]:
            left = [piece for rest in left for piece in _minus(rest, earlier)]
        if not left:
            findings.report("W124", row.span, label=row.label.value)


def _check_gaps(
    grade: n.Grade,
    bands: list[tuple[n.GradeRow, Band]],
    expressions: Expressions,
    findings: Findings,
    full: Fraction,
    places: int | None,
) -> None:
    left = [Band(End(Fraction(0), False), End(full, True))]
    for _, band in bands:
        left = [piece for rest in left for piece in _minus(rest, band)]
    gaps = [piece for piece in left if _holds_total(piece, places)]
    if gaps:
        findings.report(
            "W105", grade.rows[-1].span, values=tuple(_words(gap, _total_word(expressions)) for gap in gaps[:3])
        )


def _holds_total(gap: Band, places: int | None) -> bool:
    """Can a total lie in the gap? A rounded one lies on a grid, so a gap between 89 and 90 may hold none."""
    assert gap.low is not None and gap.high is not None, "gaps lie between 0 and full points"
    if places is None:
        return True
    scale = 10**places
    low: int = ceil(gap.low.value * scale)
    if Fraction(low, scale) == gap.low.value and gap.low.after:
        low += 1
    high: int = floor(gap.high.value * scale)
    if Fraction(high, scale) == gap.high.value and not gap.high.after:
        high -= 1
    return low <= high


def _meet(a: Band, b: Band) -> Band | None:
    low = a.low if b.low is None or (a.low is not None and b.low < a.low) else b.low
    high = a.high if b.high is None or (a.high is not None and a.high < b.high) else b.high
    return Band(low, high) if low is None or high is None or low < high else None


def _minus(a: Band, b: Band) -> list[Band]:
    """What is left of a without b: at most two pieces."""
    if _meet(a, b) is None:
        return [a]
    pieces = []
    if b.low is not None and (a.low is None or a.low < b.low):
        pieces.append(Band(a.low, b.low))
    if b.high is not None and (a.high is None or b.high < a.high):
        pieces.append(Band(b.high, a.high))
    return pieces


def _total_word(expressions: Expressions) -> str:
    """What the author calls the total."""
    return "总分" if expressions.bound.file.language == "zh" else "total"


def _words(band: Band, total: str) -> str:
    low = "" if band.low is None else f"{show(band.low.value)} {'<' if band.low.after else '≤'} "
    high = "" if band.high is None else f" {'≤' if band.high.after else '<'} {show(band.high.value)}"
    if band.low and band.high and band.low.value == band.high.value:
        return show(band.low.value)
    return f"{low}{total}{high}"
