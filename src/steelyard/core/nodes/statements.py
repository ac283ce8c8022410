"""Statements of the core."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from steelyard.core.nodes.expressions import Cell, Choose, Expression, State, Template
from steelyard.source import RulePath, Span
from steelyard.values.numbers import Rounding


@frozen
class Origin:
    """Which statement of which rule file this is."""

    path: RulePath
    span: Span = field(eq=False)


Basis = Literal["full", "scores", "judged", "parts", "start", "zero"]


@frozen
class Open:
    """The account opens: at full points, at what `start at` says, at 0 for what its scores, reviewers or parts will add, or
    (bonus and penalty parts) at 0. With the basis `parts` its parts are carried in, their shares redistributed over those
    that are not skipped."""

    origin: Origin
    basis: Basis
    amount: Expression


@frozen
class Instead:
    """`, or V if missing`: the amount where the statement is undetermined for that cause."""

    on: State
    amount: Expression


@frozen
class Let:
    """A named value."""

    origin: Origin
    name: str
    value: Expression
    instead: tuple[Instead, ...] = ()


@frozen
class Restore:
    """Gives back part of what the move or group it stands in asked: `amount` points, or that share of what was asked. Never
    more than was asked."""

    origin: Origin
    amount: Expression
    share: bool
    when: Expression | None
    instead: tuple[Instead, ...]
    reason: Template | None
    authority: str | None
    code: str | None = None


@frozen
class Waiver:
    """An exemption: counts where the cell is yes and both a reason and an approver stand beside it. A blank or absent cell
    claims none."""

    cell: Cell
    reason: Cell
    approver: Cell


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
    code: str | None = None
    waiver: Waiver | None = None
    restores: tuple[Restore, ...] = ()


@frozen
class Group:
    """Moves of one role that enter as one: their sum under a common cap, or only the largest (ties: the first). Its body
    holds moves, lets, groups and loops of them; what they ask is kept, and only the group moves the balance."""

    origin: Origin
    role: Literal["score", "deduct", "award"]
    combine: Literal["sum", "highest"]
    cap: Expression | None
    body: tuple[Statement, ...]
    when: Expression | None = None
    reason: Template | None = None
    authority: str | None = None
    code: str | None = None
    restores: tuple[Restore, ...] = ()


@frozen
class Each:
    """Its body for every row of a list for which `where` holds. Rows never see one another. Among the accounts of a part
    its body is one account: a part for each row."""

    origin: Origin
    rows: str
    slot: int
    name: str
    where: Expression | None
    body: tuple[Statement, ...]
    by: str | None = None
    """A field: once for each of its values, in the order they first occur; the slot is bound to the first row of the
    group, and folds with this slot as `group` read all its rows."""


@frozen
class Skip:
    """Where it holds, nothing after it in the part runs. `redistribute`: the part's share goes to its siblings; `rescale`:
    to all other points of the total; `full`, `zero`: it closes so. On the total the score is not issued."""

    origin: Origin
    when: Expression
    giving: Literal["redistribute", "full", "zero", "rescale"]
    reason: Template | None
    authority: str | None
    code: str | None = None


@frozen
class Clamp:
    """The balance is held between floor and top: `opening` right after opening, `floor` and `top` after the moves that
    may have stopped there (they say in one entry what was not taken)."""

    origin: Origin
    role: Literal["opening", "floor", "top"]


@frozen
class Limit:
    """Where `when` holds: `zero` sets the balance to 0, `limit` holds it to at most `to`."""

    origin: Origin
    role: Literal["zero", "limit"]
    to: Expression
    when: Expression | None
    within: RulePath
    """The part it is written in: where that was skipped, it does not fire."""
    reason: Template | None
    authority: str | None
    code: str | None = None
    waiver: Waiver | None = None


@frozen
class RoundTo:
    """The balance is rounded."""

    origin: Origin
    places: int
    mode: Rounding


@frozen
class Level:
    """A level that reviewers choose, and the points it may be given, both ends included or not."""

    label: str
    low: Expression
    low_included: bool
    high: Expression
    high_included: bool


@frozen
class Review:
    """The score that reviewers gave the part."""

    origin: Origin
    criterion: str
    method: Literal["single", "average", "median"]
    authority: str | None
    dropping: int | None = None
    """Leave out one highest and one lowest score where there are at least so many."""
    choices: tuple[Expression, ...] = ()
    """The only scores that may be given; empty: any from 0 to full points."""
    levels: tuple[Level, ...] = ()


@frozen
class Check:
    """A consistency of the data: where it does not hold, a finding. Runs after the total has closed. Where `when` does not
    hold, nothing is checked."""

    origin: Origin
    test: Expression
    severity: Literal["warning", "error"]
    reason: Template | None
    authority: str | None
    code: str | None = None
    when: Expression | None = None


@frozen
class Regrade:
    """Moves a grade along its scale: `is` sets it, `lower` takes it so many steps down, `limit` holds it to at most the
    label, `not` to the grade below the label. They apply in this order, whatever the order of the file."""

    origin: Origin
    how: Literal["is", "lower", "limit", "not"]
    label: str | None
    steps: int
    when: Expression | None
    within: RulePath
    reason: Template | None
    authority: str | None
    code: str | None = None
    waiver: Waiver | None = None


@frozen
class Grade:
    """The grade of a part, read off its rounded score (or off `by`)."""

    origin: Origin
    choice: Choose
    scale: tuple[str, ...]
    """All grades, best first."""
    moves: tuple[Statement, ...] = ()
    """`Regrade`s, alone or inside `Each`, in the order of application."""


@frozen
class Account:
    """A part of the scheme: total, section or criterion; bonus and penalty parts stand outside the shares and are carried
    by a `Move` of their parent."""

    origin: Origin
    kind: Literal["total", "section", "criterion", "bonus", "penalty"]
    name: str
    title: Template | None
    full: Expression
    """Full points on the part's own scale."""
    share: Expression
    """What the whole part is worth one level up, in the points of its parent (of the total: its full points). What one
    point is worth there is share ÷ full."""
    floor: Expression | None
    """None: no floor (`may go below 0`)."""
    top: Expression | None
    """None: no top (`no maximum`)."""
    authority: str | None
    body: tuple[Statement, ...]
    checks: tuple[Statement, ...] = ()
    """Checks, alone or inside `Each`."""
    grade: Grade | None = None
    stated: Expression | None = None
    """What the shares of its parts must add up to, where they come from the data and the rules state a sum."""


Statement = (
    Account
    | Open
    | Let
    | Move
    | Group
    | Restore
    | Each
    | Skip
    | Clamp
    | Limit
    | RoundTo
    | Review
    | Check
    | Regrade
    | Grade
)
