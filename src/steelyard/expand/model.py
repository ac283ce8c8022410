"""What expansion makes, and what it takes note of on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from attrs import define, field, frozen

from steelyard.diagnostics.model import Diagnostic, Fact, Fix, Label
from steelyard.source import Source, Span
from steelyard.syntax.parser import DIAGNOSTIC_LIMIT, Parsed

AsOf = date | Literal["latest"] | None
"""The day whose values count; `latest`: the last day that the file names; None: none was given."""

Report = Callable[[Diagnostic], None]


@frozen
class Expanded:
    """A rule file without uses, amendments, parameters, tables and functions."""

    parsed: Parsed
    sources: tuple[Source, ...] = ()
    """Other files that went in, in the order they were opened."""
    day: date | None = None
    """The day that dated values were picked for; None where nothing is dated."""
    untold: frozenset[str] = frozenset()
    """Names that stand for nothing because of a mistake already told: a name that stands for nothing because of them is
    no second mistake."""
    other_days: frozenset[str] = frozenset()
    """Names that rows of other days read: on this day nothing may read them, and they are no less in use."""
    broken: bool = False
    """Another file could not be read, or an expression is too deep: what the rest means cannot be known."""
    rules: bool = True
    """False: it holds parameters, tables and functions alone, for other files to use. Right as it is, and no scheme."""


@define
class Notes:
    """What is found wrong, and which names are used."""

    report: Report
    untold: set[str] = field(factory=set)
    used: set[str] = field(factory=set)
    other_days: set[str] = field(factory=set)
    """Names in rows that count on other days."""
    told: int = 0
    spent: int = 0
    """Nodes made so far."""
    exhausted: bool = False

    def tell(
        self, code: str, span: Span, labels: tuple[Label, ...] = (), fixes: tuple[Fix, ...] = (), **facts: Fact
    ) -> None:
        self.told += 1
        if self.told <= DIAGNOSTIC_LIMIT:
            self.report(Diagnostic(code, facts, span, labels=labels, fixes=fixes))

    def fail(
        self,
        name: str,
        code: str,
        span: Span,
        labels: tuple[Label, ...] = (),
        fixes: tuple[Fix, ...] = (),
        **facts: Fact,
    ) -> None:
        """A mistake that leaves the name without a meaning."""
        self.untold.add(name)
        self.tell(code, span, labels, fixes, name=name, **facts)
