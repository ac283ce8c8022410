"""The findings of one reading, in the order they were found: a thousand, and how many more there were."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import define, evolve, field

from steelyard.diagnostics.model import DataPlace, Diagnostic, Fact, Fix, Severity
from steelyard.diagnostics.nearest import nearest
from steelyard.diagnostics.wording import severity_of

FINDING_LIMIT = 1_000


@define
class Findings:
    """Collects findings. Where not all can be kept, errors are: they make a result not final."""

    _errors: list[tuple[int, Diagnostic]] = field(factory=list, init=False)
    _others: list[tuple[int, Diagnostic]] = field(factory=list, init=False)
    _found: int = field(default=0, init=False)
    _errors_found: int = field(default=0, init=False)

    def report(
        self,
        code: str,
        place: DataPlace | None = None,
        record: str | None = None,
        fixes: tuple[Fix, ...] = (),
        **facts: Fact,
    ) -> None:
        self.add(Diagnostic(code, facts, place=place, fixes=fixes), record)

    def add(self, diagnostic: Diagnostic, record: str | None = None) -> None:
        is_error = severity_of(diagnostic) is Severity.ERROR
        kept = self._errors if is_error else self._others
        if len(kept) < FINDING_LIMIT:
            kept.append((self._found, evolve(diagnostic, record=record) if record else diagnostic))
        self._found += 1
        self._errors_found += is_error

    @property
    def full(self) -> bool:
        """No further finding will be shown, so none needs a suggestion: a search for one costs time."""
        return len(self._errors) >= FINDING_LIMIT

    def suggest(self, word: str, candidates: Iterable[str]) -> tuple[Fix, ...]:
        return () if self.full else did_you_mean(word, candidates)

    def all(self) -> tuple[Diagnostic, ...]:
        room = FINDING_LIMIT - len(self._errors)
        shown = sorted([*self._errors, *self._others[:room]], key=lambda numbered: numbered[0])
        diagnostics = tuple(diagnostic for _, diagnostic in shown)
        if self._found == len(shown):
            return diagnostics
        # An error that is not shown must still keep a result from being final.
        severity = Severity.ERROR if self._errors_found > len(self._errors) else None
        more: dict[str, Fact] = {"count": self._found - len(shown)}
        return (*diagnostics, Diagnostic("D126", more, severity=severity))


_BRACKETED = re.compile(r"[（(][^（）()]*[）)]$")


def did_you_mean(word: str, candidates: Iterable[str]) -> tuple[Fix, ...]:
    known = list(candidates)
    # A header such as 预算数（万元） is the column 预算数 with its unit.
    bare = _BRACKETED.sub("", word).strip()
    near = bare if bare != word and bare in known else nearest(word, known)
    return () if near is None else (Fix("did-you-mean", facts={"name": near}),)
