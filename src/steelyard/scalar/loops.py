"""Loops: which rows run, one after the other; and what is known where the list or a condition is not."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from attrs import frozen

from steelyard.core import nodes as c
from steelyard.data.model import Row
from steelyard.scalar.balance import NOTHING, Balance, moved
from steelyard.scalar.evaluate import evaluate
from steelyard.scalar.recorder import row_ref
from steelyard.scalar.run import Run, blamed, together, unknown_of
from steelyard.trace.model import Expr, Status
from steelyard.values import intervals as iv
from steelyard.values.intervals import Interval
from steelyard.values.states import Unknown, Value


@frozen
class Turn:
    """One turn of a loop: a row, or the first row of a group and all of them."""

    row: Row
    group: tuple[Row, ...] | None = None
    key: Expr | None = None
    """The value that the rows of the group share."""


def turns(run: Run, each: c.Each) -> tuple[Turn, ...] | Unknown:
    """The turns of a loop; unknown where the data hold no such list, where too many rows were read, or where it is not
    known which row belongs to which group."""
    rows = run.env.rows_of(each.rows)
    if isinstance(rows, Unknown):
        return rows
    return tuple(Turn(row) for row in rows) if each.by is None else _grouped(run, each, each.by, rows)


def _grouped(run: Run, each: c.Each, by: str, rows: tuple[Row, ...]) -> tuple[Turn, ...] | Unknown:
    groups: dict[Value, tuple[Expr, list[Row]]] = {}
    open_rows: list[Unknown | None] = []
    for row in rows:
        run.env.rows[each.slot], run.env.slot_lists[each.slot] = row, each.rows
        where = None if each.where is None else evaluate(each.where, run.env)
        if where is not None and where.value is False:
            continue
        key = evaluate(c.Cell(by, each.slot), run.env)
        open_rows.append(unknown_of(where, key))
        if not isinstance(key.value, Unknown):
            groups.setdefault(key.value, (key, []))[1].append(row)
    run.env.rows.pop(each.slot, None)
    unknown = together(*open_rows)
    if unknown is not None:
        return unknown
    return tuple(Turn(rows_of_key[0], tuple(rows_of_key), key) for key, rows_of_key in groups.values())


def bound(run: Run, each: c.Each, found: tuple[Turn, ...], part: str) -> Iterator[Unknown | None]:
    """Binds the rows that count or may count, in turn; yields why it is not known whether this one does."""
    row, around = run.row, run.around
    for turn in found:
        run.env.rows[each.slot], run.env.slot_lists[each.slot] = turn.row, each.rows
        run.row = row_ref(each.rows, turn.row)
        run.around = (*around, run.row)
        if turn.group is not None:
            run.env.groups[each.slot] = turn.group
            run.note("each", each.origin, part, name=each.by, expression=turn.key)
            yield None
            continue
        where = None if each.where is None else evaluate(each.where, run.env)
        unknown = unknown_of(where)
        if where is not None:
            status: Status = "undetermined" if unknown else "applied" if where.value else "not met"
            run.note("each", each.origin, part, status, condition=where, blame=blamed(unknown))
        if where is None or where.value is not False:
            yield unknown
    run.row, run.around = row, around
    run.env.rows.pop(each.slot, None)
    run.env.groups.pop(each.slot, None)


def body_of(each: c.Each, unknown: Unknown | None) -> tuple[c.Statement, ...]:
    """The statements of a row; where it is not known whether it counts, its condition is one more of theirs."""
    return each.body if unknown is None else tuple(_if_row_counts(inner, each.where) for inner in each.body)


def _if_row_counts(statement: c.Statement, where: c.Expression | None) -> c.Statement:
    assert where is not None, "a row without a condition counts"
    match statement:
        case c.Move(when=when) | c.Group(when=when) | c.Limit(when=when) | c.Regrade(when=when):
            return attrs.evolve(statement, when=where if when is None else c.Op("and", (where, when)))
        case c.Skip(when=when):
            return attrs.evolve(statement, when=c.Op("and", (where, when)))
        case c.Each(where=inner):
            return attrs.evolve(statement, where=where if inner is None else c.Op("and", (where, inner)))
        case c.Check(test=test):
            return attrs.evolve(statement, test=c.Op("or", (c.Op("not", (where,)), test)))
        case _:
            return statement


def missing_list(run: Run, each: c.Each, balance: Balance, unknown: Unknown) -> None:
    """A loop whose rows are not known: its statements may do anything that they can do."""
    moving = list(_moving(each))
    if _may_skip(each):
        balance.doubt.append(unknown)
        balance.worlds |= frozenset({"redistribute"})
    if not moving:  # Checks move nothing, and run when the part has closed.
        run.note("each", each.origin, balance.path, "undetermined", blame=blamed(unknown))
        return
    before = balance.now
    for role in sorted({s.role for s in moving if isinstance(s, c.Move | c.Group)}):
        balance.now = moved(balance, role, iv.NOT_NEGATIVE)
    for limit in moving:
        if isinstance(limit, c.Limit):
            balance.now = iv.hull([balance.now, _limited(limit, balance)])
    balance.why(unknown)
    run.entry("each", each.origin, balance, "undetermined", before, blame=blamed(unknown))


def _moving(statement: c.Statement) -> Iterator[c.Move | c.Group | c.Limit]:
    match statement:
        case c.Move() | c.Group() | c.Limit():
            yield statement
        case c.Each():
            for inner in statement.body:
                yield from _moving(inner)
        case _:
            pass


def _may_skip(statement: c.Statement) -> bool:
    """Does a row of the loop decide whether the part is skipped?"""
    return isinstance(statement, c.Skip) or (
        isinstance(statement, c.Each) and any(_may_skip(inner) for inner in statement.body)
    )


def _limited(limit: c.Limit, balance: Balance) -> Interval:
    """All that a limit may leave whose row is not known."""
    if limit.role == "zero":
        return NOTHING
    if isinstance(limit.to, c.Const):
        to = limit.to.value
        assert not isinstance(to, bool | str), "check asks for a number of points"
        return iv.minimum([balance.now, iv.exactly(to)])  # type: ignore[arg-type]  # a number
    return Interval(None if balance.floor is None else balance.floor.low, balance.now.high)
