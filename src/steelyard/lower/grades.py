"""Grades: rows to a choice of labels, and what moves a grade along its scale."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.check.grades import scale_of
from steelyard.check.tables import is_otherwise
from steelyard.core import nodes as c
from steelyard.lower.elsewhere import Elsewhere
from steelyard.lower.statements import Statements
from steelyard.lower.tables import test_of_row
from steelyard.syntax import nodes as n

_ORDER = ("is", "lower", "limit", "not")


def lower_grade(grade: n.Grade, statements: Statements, elsewhere: Elsewhere) -> c.Grade:
    """`grade` + rows; `grade by X` + rows"""
    expressions, own = statements.expressions, statements.home.path
    keys: Sequence[c.Expression] = [expressions.number(key) for key in grade.keys] or [c.Score(own)]
    branches: list[c.Branch] = []
    otherwise: c.Expression | None = None
    for row in grade.rows:
        label = c.Const(row.label.value)
        if is_otherwise(row):
            otherwise = label
            break
        branches.append(c.Branch(test_of_row(row, keys, expressions), label))
    regrades = sorted(elsewhere.acting_on(own, n.Regrade), key=lambda w: _ORDER.index(_how(w.statement)))
    return c.Grade(
        origin=statements.origin(grade),
        choice=c.Choose(tuple(branches), otherwise),
        scale=scale_of(grade),
        moves=tuple(elsewhere.lower(written, own) for written in regrades),
    )


def _how(statement: n.Statement) -> str:
    assert isinstance(statement, n.Regrade), "grades are moved by regrades"
    return statement.how
