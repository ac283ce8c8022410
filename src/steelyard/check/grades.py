"""Grades: labels, and rows over the totals that a part can have."""

from __future__ import annotations

from fractions import Fraction

from steelyard.check.bands import Band, band
from steelyard.check.expressions import Expressions
from steelyard.check.keys import Key, Keys
from steelyard.check.model import PartBounds
from steelyard.check.parts import Scope
from steelyard.check.rows import Rows
from steelyard.check.tables import check_tests
from steelyard.diagnostics.model import Edit, Fix, Label
from steelyard.syntax import nodes as n
from steelyard.syntax.walk import test_values
from steelyard.values.numbers import show


def scale_of(grade: n.Grade) -> tuple[str, ...]:
    """All grades, best first, as the rows name them. A row that has only a condition stands outside the order: where
    another row has its label too, that one says its place."""
    ordered = {row.label.value for row in grade.rows if row.tests}
    return tuple(dict.fromkeys(r.label.value for r in grade.rows if r.tests or r.label.value not in ordered))


def check_grade(grade: n.Grade, full: Fraction | None, expressions: Expressions) -> None:
    """Labels, and the kinds of keys and bounds."""
    _check_labels(grade, expressions)
    if grade.keys:
        check_tests(grade.keys, grade.rows, expressions)
        return
    for row in grade.rows:
        if row.when is not None:
            expressions.truth(row.when)
        if len(row.tests) > 1:
            place = row.tests[0].span.to(row.tests[-1].span)
            expressions.findings.report("W108", place, keys=1, tests=len(row.tests))
        for end in (value for test in row.tests for value in test_values(test)):
            expressions.number(end)
            if isinstance(end, n.Number) and end.percent and (full is None or full > 1):
                text = show(end.value * 100)
                fix = Fix("write", (Edit(end.span, text),), {"text": text})
                expressions.findings.report("W163", end.span, fixes=(fix,), text=end.span.text)


def _check_labels(grade: n.Grade, expressions: Expressions) -> None:
    """A label stands once, but for rows on a condition."""
    seen: dict[str, n.GradeRow] = {}
    for row in grade.rows:
        first = seen.get(row.label.value)
        if first is not None and row.when is None and first.when is None and not grade.keys:
            label = Label(first.label.span, "first-here")
            expressions.findings.report("W117", row.label.span, labels=(label,), label=row.label.value)
        if first is None or first.when is not None:
            seen[row.label.value] = row


def rows_of_grade(
    grade: n.Grade,
    scope: Scope,
    bounds: PartBounds,
    full: Fraction | None,
    places: int | None,
    keys: Keys,
    bare_included: bool,
    row_bounds: dict[int, n.Bounds],
) -> Rows:
    """What the rows of a grade are looked at as."""
    expressions, head = keys.expressions, grade.span.first_line
    if grade.keys:
        tests = [[r.tests[i] for r in grade.rows if len(r.tests) == len(grade.keys)] for i in range(len(grade.keys))]
        own = tuple(keys.key(key, tests[index]) for index, key in enumerate(grade.keys))
        return Rows(own, grade.rows, grade.faulty, head, bare_included, computed=False, row_bounds=row_bounds)
    chinese = expressions.bound.file.language == "zh"
    name = scope.part.name.name if scope.part else "总分" if chinese else "total"
    step = None if places is None else Fraction(1, 10**places)
    key = Key(name, _scores(bounds, full), step)
    return Rows((key,), grade.rows, grade.faulty, head, bare_included, " 分", computed=False, row_bounds=row_bounds)


def _scores(bounds: PartBounds, full: Fraction | None) -> Band:
    """All scores that the part can close with. A zero beats the floor."""
    floor = None if bounds.floor is None else min(bounds.floor, Fraction(0))
    top = full if bounds.top == "full" else bounds.top
    return band(floor, Fraction(top) if isinstance(top, Fraction) else None)
