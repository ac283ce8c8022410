"""Rows of tables and grades over what their keys can be: gaps, overlaps, rows that never match, points of a line."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

import attrs
from attrs import field, frozen

from steelyard.check.bands import Axis, Band, Box, Cells, Line, Row, band, coverage, point, whole
from steelyard.check.conditions import Conditions
from steelyard.check.constants import constant
from steelyard.check.keys import Key, show_band
from steelyard.check.model import Findings
from steelyard.check.tables import AnyRow, is_otherwise
from steelyard.diagnostics.model import Fix, Label
from steelyard.source import Span
from steelyard.syntax import nodes as n

GAPS_SHOWN = 3

Piece = tuple[Band, ...] | tuple[str | bool, ...] | None
"""What one test takes of its key: bands of a line, or words; None where only the data know."""


@frozen
class Rows:
    """One set of rows, and how to speak of it."""

    keys: tuple[Key, ...]
    rows: tuple[AnyRow, ...]
    faulty: bool
    head: Span
    """Where what no row is at fault for is told: the line that heads them."""
    bare_included: bool
    """Does the scheme say that a bare 以上 includes its number?"""
    points: str = ""
    """The word behind a bound in a fix: 分 where totals are graded."""
    interpolated: bool = False
    computed: bool = True
    """May a bound be computed?"""
    row_bounds: dict[int, n.Bounds] = field(factory=dict)
    """Bounds as they are meant, by their key, where that is not what they write."""
    _claimed: list[set[Fraction]] = field(factory=list)
    """Worked out once, when first asked."""

    def claimed_ends(self, conditions: Conditions) -> set[Fraction]:
        """The numbers that some row says are its own: `from 1 to below 5` does not take the 5 of `from 5`."""
        if not self._claimed:
            found: set[Fraction] = set()
            for test in (test for row in self.rows for test in row.tests):
                ends: list[n.Expression] = []
                match test:
                    case n.Bounds():
                        ends += [test.low] if test.low is not None and test.low_included else []
                        ends += [test.high] if test.high is not None and test.high_included else []
                    case n.IsOneOf(values):
                        ends += values
                    case n.At(value):
                        ends.append(value)
                    case n.Missing():
                        pass
                found.update(v for end in ends if (v := constant_on_line(end, conditions)) is not None)
            self._claimed.append(found)
        return self._claimed[0]


def check_rows(these: Rows, conditions: Conditions, findings: Findings) -> None:
    """All that can be known of some rows without data."""
    rows = [row for row in these.rows if len(row.tests) in (0, len(these.keys)) or is_otherwise(row)]
    bare = False
    for test in (test for row in rows for test in row.tests if isinstance(test, n.Bounds)):
        bare = _check_bare(test, these, findings) or bare
    pieces = [_pieces(row, these, conditions, findings) for row in rows]
    if any(taken == "wrong" for taken in pieces):
        return
    checked = [(row, None if taken == "wrong" else taken) for row, taken in zip(rows, pieces, strict=True)]
    if these.interpolated and not _check_points(checked, these, findings):
        return
    # Where a row is lost or a bound not said, gaps and overlaps would only repeat it.
    if these.faulty or bare or len(rows) < len(these.rows) or not _check_direction(rows, these, findings):
        return
    _check_coverage(checked, these, findings)


# ---- ends


def _check_bare(bounds: n.Bounds, these: Rows, findings: Findings) -> bool:
    """Tells a 以上 that does not say whether its number is included. What the scheme says once of 以上 and 以下 says nothing of
    the two ends of a range: both included, each bound would stand in two rows."""
    values = [v for v in (bounds.low, bounds.high) if v is not None]
    if bounds.bare is None or (these.bare_included and len(values) == 1):
        return False
    number = values[0].span.text
    if len(values) == 2:
        low, high = values[0].span.text, values[1].span.text
        if " to " in bounds.span.text:  # The English row, where `to` includes both ends.
            fix = _either(f"from {low} to below {high}", f"from {low} to {high}")
        else:
            fix = _either(f"{low}（含）—{high}", f"{low}—{high}（含）")
        findings.report("W116", bounds.span, fixes=(fix,), low=low, high=high)
        return True
    unit, above = these.points, bounds.bare == "以上"
    first = f"{number}{unit}（含）以上" if above else f"{number}{unit}（含）以下"
    second = f"超过 {number}{unit}" if above else f"低于 {number}{unit}"
    findings.report("W109", bounds.span, fixes=(_either(first, second.rstrip()),), word=bounds.bare, number=number)
    return True


def _either(first: str, second: str) -> Fix:
    return Fix("write-either", (), {"first": first, "second": second})


def closed_at_edges(bounds: n.Bounds, low: Fraction | None, high: Fraction | None) -> n.Bounds:
    """A row written with both ends includes the end of what can occur, where it ends there: 90（含）—100 has the 100."""
    if bounds.low is None or bounds.high is None:
        return bounds
    return attrs.evolve(
        bounds,
        high_included=bounds.high_included or (high is not None and constant(bounds.high) == high),
        low_included=bounds.low_included or (low is not None and constant(bounds.low) == low),
    )


# ---- what a row takes


def _pieces(
    row: AnyRow, these: Rows, conditions: Conditions, findings: Findings
) -> list[Piece] | None | Literal["wrong"]:
    """What the row takes of each key; "wrong" where that was told, None where it takes what is missing."""
    if any(isinstance(test, n.Missing) for test in row.tests):
        return None
    if not row.tests or is_otherwise(row):
        return [_all(key) for key in these.keys]
    found: list[Piece] = []
    for key, test in zip(these.keys, row.tests, strict=True):
        if isinstance(test, n.At) and not these.interpolated:
            findings.report("W110", test.span)
            return "wrong"
        match test:
            case n.Bounds():
                piece = _band(row, test, key, these, conditions, findings)
                if piece == "wrong":
                    return "wrong"
                found.append(piece)
            case n.IsOneOf(values):
                found.append(_listed(values, key, conditions))
            case n.At(value):
                if (written := constant(value)) is None:
                    findings.report("W118", value.span, text=value.span.text)
                    return "wrong"
                found.append((point(written),))
            case n.Missing():
                found.append(None)
    return found


def _all(key: Key) -> Piece:
    return None if key.domain is None else (Band(None, None),)


def _band(
    row: AnyRow, bounds: n.Bounds, key: Key, these: Rows, conditions: Conditions, findings: Findings
) -> tuple[Band, ...] | Literal["wrong"] | None:
    if bounds.otherwise or key.domain is None:
        return (Band(None, None),)
    low, high = (None if end is None else end.value for end in (key.domain.low, key.domain.high))
    claimed = these.claimed_ends(conditions)
    meant = closed_at_edges(bounds, None if low in claimed else low, None if high in claimed else high)
    these.row_bounds[bounds.key] = meant
    ends: list[Fraction | None] = []
    for end in (bounds.low, bounds.high):
        value = None if end is None else constant_on_line(end, conditions)
        if end is not None and value is None:
            if these.computed:
                return None
            findings.report("W118", end.span, text=end.span.text)
            return "wrong"
        ends.append(value)
    piece = band(*ends, low_in=meant.low_included, high_in=meant.high_included)
    if piece.empty:
        findings.report("W119", bounds.span, label=label_of(row))
        return "wrong"
    return (piece,)


def constant_on_line(node: n.Expression, conditions: Conditions) -> Fraction | None:
    """The number, or the number of the day, of an expression that is written out."""
    value = conditions.literal(node)
    return value if isinstance(value, Fraction) else None


def _listed(values: Sequence[n.Expression], key: Key, conditions: Conditions) -> Piece:
    written = [conditions.literal(value) for value in values]
    if key.domain is not None:
        numbers = [value for value in written if isinstance(value, Fraction)]
        return tuple(sorted((point(v) for v in set(numbers)), key=_low)) if len(numbers) == len(written) else None
    words = [value for value in written if isinstance(value, str | bool)]
    return tuple(words) if len(words) == len(written) else None


def _low(piece: Band) -> Fraction:
    assert piece.low is not None, "a point has both ends"
    return piece.low.value


# ---- checks of all rows together


def _check_direction(rows: Sequence[AnyRow], these: Rows, findings: Findings) -> bool:
    """Rows fall (`from 90`, `from 80`) or rise (`up to 6`, `up to 9`), never both."""
    if len(these.keys) != 1 or these.interpolated:
        return True
    tests = [test for row in rows if row.when is None for test in row.tests if isinstance(test, n.Bounds)]
    falling = [test for test in tests if test.low is not None and test.high is None]
    rising = [test for test in tests if test.low is None and test.high is not None]
    if len(falling) > 1 and len(rising) > 1:
        findings.report("W107", rising[0].span, labels=(Label(falling[0].span, "first-here"),))
        return False
    return True


def _check_points(checked: Sequence[tuple[AnyRow, list[Piece] | None]], these: Rows, findings: Findings) -> bool:
    """Points of a line: at least two, rising or falling all the way."""
    points = [row.tests[0] for row, _ in checked if row.tests and isinstance(row.tests[0], n.At)]
    if len(these.keys) != 1 or these.keys[0].domain is None or len(points) < 2:
        if these.rows:
            findings.report("W137", these.head)
        return False
    values = [constant(test.value) for test in points]
    known = [value for value in values if value is not None]
    rises = len(known) < 2 or known[0] < known[1]
    for test, before, value in zip(points[1:], known, known[1:], strict=False):
        if value == before or (before < value) != rises:
            findings.report("W135", test.span, labels=(Label(points[0].span, "first-here"),))
            return False
    return True


def _check_coverage(checked: Sequence[tuple[AnyRow, list[Piece] | None]], these: Rows, findings: Findings) -> None:
    bands = [[p for _, t in checked if t for p in _bands(t[i])] for i in range(len(these.keys))]
    words = [[p for _, t in checked if t for p in _words(t[i])] for i in range(len(these.keys))]
    axes = [key.axis(bands[index], words[index]) for index, key in enumerate(these.keys)]
    computed: AnyRow | None = None
    rows: list[Row] = []
    for number, (row, taken) in enumerate(_joined_points(checked) if these.interpolated else checked):
        if taken is None:
            continue
        cells = [_cells(piece, axis, row) for piece, axis in zip(taken, axes, strict=True)]
        known = [c for c in cells if c is not None]
        if len(known) < len(cells):
            computed = computed or row
            continue
        rows.append(_row(number, row, tuple(known), these))
    _check_missing_rows(checked, findings)
    if computed is not None and not any(is_otherwise(row) for row, _ in checked):
        bounds = computed.tests[0].span.to(computed.tests[-1].span)
        findings.report("W136", these.head, labels=(Label(bounds, "only-data-know"),))
        return
    found = coverage(axes, rows)
    if found.unknown:
        findings.report("W138", these.head)
        return
    _report_unreached(rows, checked, axes, found.reached, these, findings)
    for number, earlier, box in found.overlaps:
        row, other = checked[number][0], checked[earlier][0]
        label = Label(other.span, "other-row", {"label": label_of(other)})
        place = row.tests[0].span.to(row.tests[-1].span)
        findings.report(
            "W106", place, labels=(label,), label=label_of(row), other=label_of(other), values=_shown(box, axes, these)
        )
    if found.gaps and computed is None:
        shown = tuple(_shown(gap, axes, these) for gap in found.gaps[:GAPS_SHOWN])
        fixes = (Fix("whole-numbers"),) if any(_between_whole_numbers(gap, axes) for gap in found.gaps) else ()
        findings.report("W105", these.head, fixes=fixes, values=shown)


def _between_whole_numbers(gap: Box, axes: Sequence[Axis]) -> bool:
    """13 < total < 14: a gap only where there are fractions."""
    if len(axes) != 1 or not isinstance(axes[0], Line):
        return False
    piece = axes[0].piece(gap[0])
    if piece.low is None or piece.high is None or not piece.low.after or piece.high.after:
        return False
    low, high = piece.low.value, piece.high.value
    return low.denominator == 1 and high == low + 1


def _report_unreached(
    rows: Sequence[Row],
    checked: Sequence[tuple[AnyRow, list[Piece] | None]],
    axes: Sequence[Axis],
    reached: frozenset[int],
    these: Rows,
    findings: Findings,
) -> None:
    for row in rows:
        node = checked[row.number][0]
        # An `otherwise` that nothing is left for is only careful.
        if row.number in reached or is_otherwise(node) or (these.interpolated and isinstance(_first(node), n.At)):
            continue
        alive = all(
            any(any(axis.live[cells.start : cells.stop]) for cells in taken)
            for axis, taken in zip(axes, row.taken, strict=True)
        )
        if alive:
            findings.report("W124", node.span, label=label_of(node))
        elif not any(
            d.code == "T108" and d.span is not None and node.span.start <= d.span.start < node.span.end
            for d in findings.found
        ):
            findings.report("W182", node.span, label=label_of(node), range=_range(these))


def _range(these: Rows) -> tuple[str, ...]:
    return tuple(show_band(key, key.domain) if key.domain else key.name for key in these.keys)


def _first(row: AnyRow) -> n.RowTest | None:
    return row.tests[0] if row.tests else None


def _joined_points(
    checked: Sequence[tuple[AnyRow, list[Piece] | None]],
) -> list[tuple[AnyRow, list[Piece] | None]]:
    """The first point takes all between the first and the last, the others nothing."""
    ends = [piece for row, taken in checked if taken and isinstance(_first(row), n.At) for piece in _bands(taken[0])]
    low, high = min(ends, key=_low), max(ends, key=_low)
    found: list[tuple[AnyRow, list[Piece] | None]] = []
    first = True
    for row, taken in checked:
        if not isinstance(_first(row), n.At):
            found.append((row, taken))
        else:
            found.append((row, [(Band(low.low, high.high),)] if first else None))
            first = False
    return found


def _bands(piece: Piece) -> list[Band]:
    return [p for p in piece or () if isinstance(p, Band)]


def _words(piece: Piece) -> list[str | bool]:
    return [p for p in piece or () if not isinstance(p, Band)]


def _cells(piece: Piece, axis: Axis, row: AnyRow) -> Cells | None:
    """The cells of an axis that a test takes; None where only the data know."""
    if piece is None:
        return whole(axis) if not row.tests or is_otherwise(row) else None
    if isinstance(axis, Line):
        return axis.cells(_bands(piece))
    return whole(axis) if _bands(piece) else axis.cells(_words(piece))


def _row(number: int, row: AnyRow, taken: tuple[Cells, ...], these: Rows) -> Row:
    exact = bool(row.tests) and all(_is_exact(test, key) for test, key in zip(row.tests, these.keys, strict=False))
    exception = any(isinstance(t, n.IsOneOf) and k.domain for t, k in zip(row.tests, these.keys, strict=False))
    return Row(number, taken, claims=row.when is None, exact=exact, exception=exception)


def _is_exact(test: n.RowTest, key: Key) -> bool:
    """Does it say all its values, so that no earlier row may have one of them?"""
    match test:
        case n.Bounds(low=low, high=high):
            return low is not None and high is not None
        case n.IsOneOf():
            return key.domain is None
        case _:
            return False


def _check_missing_rows(checked: Sequence[tuple[AnyRow, list[Piece] | None]], findings: Findings) -> None:
    seen: set[str] = set()
    for row, taken in checked:
        if taken is None and len(row.tests) == 1 and row.when is None and isinstance(row.tests[0], n.Missing):
            if row.tests[0].state in seen:
                findings.report("W124", row.span, label=label_of(row))
            seen.add(row.tests[0].state)


def _shown(box: Sequence[range], axes: Sequence[Axis], these: Rows) -> str:
    return ", ".join(key.show(axis, cells) for key, axis, cells in zip(these.keys, axes, box, strict=True))


def label_of(row: AnyRow) -> str:
    """What a row is called in a message: its label, or its test as it is written."""
    if isinstance(row, n.GradeRow):
        return row.label.value
    if row.tests:
        return row.tests[0].span.to(row.tests[-1].span).text
    return row.span.text.partition("：")[0].partition(":")[0].strip() or row.span.text
