"""The core: ten statements and nine expressions.

A part of the scheme is an `Account`. Its body stands in the order of application (`lower` puts it there): lets, inner
accounts, opening, scores, clamp, deductions, awards, clamp, rounding. So an evaluator runs a body from top to bottom and
never sorts. Amounts are never signed by hand: a `Move` says its role.
"""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from steelyard.diagnostics.model import Language
from steelyard.source import RulePath, Source, Span
from steelyard.values.numbers import Rounding
from steelyard.values.states import Value
from steelyard.values.types import Schema

# ---- expressions


@frozen
class Const:
    """A value written in the rules. `percent` is how it was written, for showing."""

    value: Value
    percent: bool = False


@frozen
class Cell:
    """A datum: an input of the record, or with `slot` a field of the row bound there."""

    name: str
    slot: int | None = None


@frozen
class Slot:
    """The value of a `let`, by its path."""

    path: RulePath


@frozen
class Score:
    """Of a closed part: its closing, or (path "", facet grade) the grade of the scheme."""

    path: RulePath
    facet: Literal["score", "grade"] = "score"


@frozen
class Op:
    """An operator or function on values; + * and or min max take any number."""

    op: str
    args: tuple[Expression, ...]


@frozen
class Round:
    """The value rounded to so many places, once."""

    value: Expression
    places: int
    mode: Rounding


@frozen
class Branch:
    """One row of a `Choose`."""

    when: Expression
    value: Expression


@frozen
class Choose:
    """The value of the first branch that holds, else `otherwise`; undefined where there is none."""

    branches: tuple[Branch, ...]
    otherwise: Expression | None


@frozen
class Fold:
    """An aggregate over the rows of a list for which `where` holds."""

    op: Literal["count", "sum", "average"]
    rows: str
    slot: int
    where: Expression | None
    value: Expression | None


@frozen
class Is:
    """Is the datum missing? A question about a state, so its answer is always known."""

    value: Expression
    state: Literal["missing"] = "missing"


Expression = Const | Cell | Slot | Score | Op | Round | Choose | Fold | Is


@frozen
class Insert:
    """A value inside a reason. `show`: "%" as a percentage, a number of places, or None as its kind asks."""

    value: Expression
    show: str | None = None


@frozen
class Template:
    """A reason: literal text and inserted values in turn."""

    pieces: tuple[str | Insert, ...]


# ---- statements


@frozen
class Origin:
    """Which statement of which rule file this is."""

    path: RulePath
    span: Span = field(eq=False)


@frozen
class Open:
    """The account opens: at full points, or at 0 for what its scores, reviewers or parts will add."""

    origin: Origin
    basis: Literal["full", "scores", "judged", "parts"]
    amount: Expression


@frozen
class Let:
    """A named value."""

    origin: Origin
    name: str
    value: Expression


@frozen
class Instead:
    """`, or V if missing`: the amount where the statement is undetermined for that cause."""

    on: Literal["missing", "undefined"]
    amount: Expression


@frozen
class Move:
    """One statement that moves the balance. `amount` is never negative; deductions stop at the floor, awards at the top."""

    origin: Origin
    role: Literal["score", "deduct", "award"]
    amount: Expression
    when: Expression | None
    cap: Expression | None
    instead: tuple[Instead, ...]
    reason: Template | None
    authority: str | None


@frozen
class Each:
    """Its body for every row of a list for which `where` holds. Rows never see one another."""

    origin: Origin
    rows: str
    slot: int
    name: str
    where: Expression | None
    body: tuple[Statement, ...]


@frozen
class Clamp:
    """The balance is held between floor and top: `opening` right after opening, `floor` and `top` after the moves that
    may have stopped there (they say in one entry what was not taken)."""

    origin: Origin
    role: Literal["opening", "floor", "top"]


@frozen
class RoundTo:
    """The balance is rounded."""

    origin: Origin
    places: int
    mode: Rounding


@frozen
class Review:
    """The score that reviewers gave the part."""

    origin: Origin
    criterion: str
    method: Literal["single", "average"]
    authority: str | None


@frozen
class Check:
    """A consistency of the data: where it does not hold, a finding. Runs after the total has closed."""

    origin: Origin
    test: Expression
    severity: Literal["warning", "error"]
    reason: Template | None
    authority: str | None


@frozen
class Grade:
    """The grade, read off the rounded total."""

    origin: Origin
    choice: Choose
    scale: tuple[str, ...]
    """All grades, best first as written."""


@frozen
class Account:
    """A part of the scheme: total, section or criterion."""

    origin: Origin
    kind: Literal["total", "section", "criterion"]
    name: str
    title: str | None
    full: Expression
    """Full points on the part's own scale."""
    factor: Expression
    """What one point of it is worth one level up."""
    floor: Expression
    top: Expression
    authority: str | None
    body: tuple[Statement, ...]
    checks: tuple[Statement, ...] = ()
    """Checks, alone or inside `Each`."""
    grade: Grade | None = None


Statement = Account | Open | Let | Move | Each | Clamp | RoundTo | Review | Check | Grade


@frozen
class Program:
    """A whole scheme, ready to be evaluated by any engine."""

    name: str
    title: str | None
    total: Account
    schema: Schema
    language: Language
    digest: str
    source: Source = field(eq=False)
