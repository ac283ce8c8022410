"""Named values."""

from __future__ import annotations

from steelyard.core import nodes as c
from steelyard.scalar.answers import let_value
from steelyard.scalar.balance import Balance
from steelyard.scalar.run import Run, blamed, unknown_of


def let(run: Run, statement: c.Let, balance: Balance) -> None:
    """A value with a name; `, or V if missing` answers for it."""
    value = let_value(statement, run.env)
    run.env.lets[statement.origin.path] = value
    unknown = unknown_of(value)
    run.note(
        "let", statement.origin, balance.path, "undetermined" if unknown else "applied",
        name=statement.name, expression=value, blame=blamed(unknown),
    )  # fmt: skip
