"""Loops whose list or whose condition is not known."""

from __future__ import annotations

import attrs

from steelyard.core import nodes as c


def roles_of(statement: c.Each) -> set[str]:
    """What the moves of a loop, and of the loops inside it, may do."""
    roles: set[str] = set()
    for inner in statement.body:
        if isinstance(inner, c.Move):
            roles.add(inner.role)
        elif isinstance(inner, c.Each):
            roles |= roles_of(inner)
    return roles


def if_row_counts(statement: c.Statement, where: c.Expression | None) -> c.Statement:
    """A statement of a row of which it is not known whether it counts: the row's condition is one more of its own."""
    assert where is not None, "a row without a condition counts"
    match statement:
        case c.Move(when=when):
            return attrs.evolve(statement, when=where if when is None else c.Op("and", (where, when)))
        case c.Each(where=inner):
            return attrs.evolve(statement, where=where if inner is None else c.Op("and", (where, inner)))
        case c.Check(test=test):
            return attrs.evolve(statement, test=c.Op("or", (c.Op("not", (where,)), test)))
        case _:
            return statement
