"""What checking finds out, for lowering to use."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import field, frozen

from steelyard.bind.symbols import Bound
from steelyard.diagnostics.model import Diagnostic, Fact, Fix, Label, Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.source import Span
from steelyard.values.types import Schema, Type


@frozen
class Share:
    """What a part is worth to its parent. Exactly one of the two is set."""

    points: Fraction | None = None
    weight: Fraction | None = None


@frozen
class Checked:
    """A file that can be lowered, if it has no error."""

    bound: Bound
    schema: Schema
    """The declared inputs, or those inferred from the names used."""
    types: Mapping[int, Type]
    """By the key of an expression."""
    shares: Mapping[int, Share]
    """By the key of a part."""
    full: Mapping[int, Fraction]
    """Full points of a part on its own scale, by its key; under −1 those of the total."""
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
