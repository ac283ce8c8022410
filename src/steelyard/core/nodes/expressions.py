"""Expressions of the core, and reasons made of them."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from steelyard.source import RulePath
from steelyard.values.numbers import Rounding
from steelyard.values.states import Value


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


Facet = Literal["score", "rate", "points", "full", "grade"]


@frozen
class Score:
    """Of a closed part: its closing (score), closing ÷ full points (rate), what it is worth one level up (points), its full
    points (full), or its grade. Of a skipped part all are not applicable."""

    path: RulePath
    facet: Facet = "score"


@frozen
class OverParts:
    """The least, greatest, mean, median or sum of the scores (or rates) of the parts of this account that count: not
    those skipped, nor bonus and penalty parts. Undefined where none counts (`sum`: 0)."""

    op: Literal["lowest", "highest", "average", "median", "sum", "count"]
    facet: Literal["score", "rate"] = "score"


@frozen
class Op:
    """An operator or function on values; + * and or min max take any number.

    `per` (distance, step) is max(0, distance) ÷ step, undefined where the step is not positive. `sqrt`, `ln`, `exp` and
    `pow` stand only inside a `Round`, which makes their value exact once.
    """

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
    table: str | None = None
    """The code table without `otherwise` that these are the rows of."""
    complete: bool = True
    """Does one of the branches hold, whatever the keys are? Not where a code table may have no row for them."""


FoldOp = Literal["count", "sum", "average", "median", "lowest", "highest", "any", "every"]


@frozen
class Fold:
    """An aggregate over the rows of a list for which `where` holds."""

    op: FoldOp
    rows: str
    """The list."""
    slot: int
    """Of the row that `where` and `value` read."""
    where: Expression | None
    value: Expression | None
    """None only for `count` (rows) and `any` (is there a row)."""
    group: int | None = None
    """Over the group of rows bound at this slot by an `Each` with `by`, instead of the whole list."""
    distinct: bool = False
    """Of `count`: how many different values."""
    ignoring_missing: bool = False
    """Rows whose value is missing are left out."""
    dropping: int | None = None
    """Leave out one highest and one lowest value where there are at least so many values."""


State = Literal["missing", "not applicable", "undefined"]
"""Why a statement may have no value, where the rules may say what holds then."""


@frozen
class Is:
    """Is the value missing, not applicable or undefined? A question about the state of the data that it is made of. Of a
    part's score: was the part skipped?"""

    value: Expression
    state: State = "missing"


@frozen
class FromBatch:
    """A value of the whole batch, computed beforehand (`Program.batch`)."""

    path: RulePath


Expression = Const | Cell | Slot | Score | OverParts | Op | Round | Choose | Fold | Is | FromBatch


@frozen
class Insert:
    """A value inside a reason. `show`: "%" as a percentage, a number of places, or None as its kind asks."""

    value: Expression
    show: str | None = None


@frozen
class Template:
    """A reason: literal text and inserted values in turn."""

    pieces: tuple[str | Insert, ...]
