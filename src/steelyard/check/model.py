"""What checking finds out, for lowering to use."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from steelyard.bind.symbols import Bound
from steelyard.diagnostics.model import Diagnostic, Fact, Fix, Label, Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.source import Span
from steelyard.syntax import nodes as n
from steelyard.values.types import Schema, Type

Basis = Literal["full", "scores", "judged", "parts", "start", "zero"]
"""What a part starts from; `zero` is that of bonus and penalty parts."""


@frozen
class Share:
    """What a part is worth to its parent. Of the first three exactly one is stated; where the siblings state relative
    weights that are all written out, `weight` is what `relative` comes to."""

    points: Fraction | None = None
    weight: Fraction | None = None
    """1 is the whole."""
    relative: Fraction | None = None
    """`weight 2`: of the sum of the siblings' weights."""
    expression: n.Expression | None = None
    """The share of a part for each row; then the three above are None and `kind` says which it is."""
    kind: Literal["points", "weight", "relative"] = "points"


@frozen
class PartBounds:
    """What holds the score of a part, on its own scale."""

    floor: Fraction | None
    """None: no floor (`may go below 0`). Of a penalty part minus its `up to`."""
    top: Fraction | Literal["full"] | None
    """None: no top (`no maximum`); "full": its full points, known only with the data. Of a penalty part 0."""


@frozen
class Checked:
    """A file that can be lowered, if it has no error."""

    bound: Bound
    schema: Schema
    """The declared inputs, or those inferred from the names used; texts that tables enumerate with their choices."""
    types: Mapping[int, Type]
    """By the key of an expression."""
    shares: Mapping[int, Share]
    """By the key of a part; bonus and penalty parts have none."""
    full: Mapping[int, Fraction | None]
    """Full points of a part on its own scale, by its key; under TOTAL_KEY those of the total. None: known with the data,
    as the sum of the shares of its parts, or of a part for each row without parts of its own as its own share."""
    stated: Mapping[int, Fraction]
    """What the shares of its parts must add up to, of a part whose shares come from the data and whose sum the rules
    state: its points, or (weights in %) its full points; by its key."""
    bounds: Mapping[int, PartBounds]
    """By the key of a part; under TOTAL_KEY those of the total."""
    basis: Mapping[int, Basis]
    """By the key of a part; under TOTAL_KEY that of the total."""
    row_bounds: Mapping[int, n.Bounds]
    """The bounds of rows and levels as they are meant, by the key of a `Bounds`, where that is not what they write: a row
    with both ends holds the end of what can occur (90（含）—100 has the 100), and a level may name its larger bound first."""
    diagnostics: tuple[Diagnostic, ...]

    @property
    def failed(self) -> bool:
        return any(severity_of(d) is Severity.ERROR for d in self.diagnostics)


TOTAL_KEY = -1


@frozen
class Findings:
    """The diagnostics of one run of checks, in the order they are found."""

    found: list[Diagnostic] = field(factory=list)

    def report(
        self,
        code: str,
        span: Span,
        *,
        labels: tuple[Label, ...] = (),
        fixes: tuple[Fix, ...] = (),
        **facts: Fact,
    ) -> None:
        self.found.append(Diagnostic(code, facts, span, labels=labels, fixes=fixes))
