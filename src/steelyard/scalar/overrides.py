"""Scores that a person set in place of the computed ones: kept apart from them, with who, why and both numbers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from steelyard.core import nodes as c
from steelyard.data.model import Override
from steelyard.diagnostics.model import Diagnostic, Fact, Fix, Words
from steelyard.diagnostics.nearest import nearest
from steelyard.scalar.balance import Balance, exact
from steelyard.scalar.reviews import POINTS, names_of
from steelyard.scalar.run import Run
from steelyard.values import intervals as iv
from steelyard.values.numbers import round_to


class Overrides:
    """Those of one record, and which of them have met their part."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.waiting = list(run.record.overrides)
        self.met: list[Override] = []

    def close(self, balance: Balance) -> None:
        """Right before a part closes: the score that was set, where it may be set."""
        names = part_names(balance)
        for override in [override for override in self.run.record.overrides if override.part in names]:
            if override in self.met or any(other.part in names for other in self.met):
                self._refused(override, "twice", balance)
            elif balance.skipped is True:  # What does not count has no score to set.
                self._refused(override, "skipped", balance)
            elif not isinstance(override.score.datum, Fraction) or override.score.unit not in POINTS:
                self._refused(override, "points", balance)
            elif not _within(override.score.datum, balance):
                self._refused(override, "bounds", balance)
            elif not _at_places(override.score.datum, balance):
                self._refused(override, "places", balance)
            else:
                self._apply(override, override.score.datum, balance)
            self.met.append(override)
        self.waiting = [override for override in self.waiting if override not in self.met]

    def _apply(self, override: Override, score: Fraction, balance: Balance) -> None:
        run, before = self.run, balance.now
        cells = (override.score, override.by, override.reason)
        inputs = tuple(run.recorder.cell(cell)[0] for cell in cells)
        balance.computed, balance.now = exact(before), iv.exactly(score)
        run.entry(
            "override", balance.account.origin, balance, before=before, name=override.by.text.strip(),
            asked=exact(before), applied=score, reason=override.reason.text.strip(), inputs=inputs,
        )  # fmt: skip

    def unmatched(self) -> Iterator[Diagnostic]:
        """Those of no part: each a finding, never dropped in silence."""
        known = [name for part in self.run.parts for name in part_names(part)]
        for override in self.waiting:
            near = nearest(override.part, known)
            fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
            yield Diagnostic(
                "F405", {"name": override.part}, None, override.score.place, fixes=fixes, record=self.run.record.key
            )

    def _refused(self, override: Override, why: str, balance: Balance) -> None:
        facts: dict[str, Fact] = {"name": override.part, "text": override.score.text, "why": Words(f"override.{why}")}
        rule, record = str(balance.account.origin.path), self.run.record.key
        self.run.recorder.findings.append(
            Diagnostic("F404", facts, None, override.score.place, rule=rule, record=record)
        )


def part_names(balance: Balance) -> tuple[str, ...]:
    """What an override may call a part."""
    own = names_of(balance)
    return (*own, "总分") if balance.account.kind == "total" else own


def _at_places(score: Fraction, balance: Balance) -> bool:
    """A part that is rounded closes at its places, whoever says what it closes at: its grade is read there."""
    rounding = next((s for s in balance.account.body if isinstance(s, c.RoundTo)), None)
    return rounding is None or round_to(score, rounding.places, rounding.mode) == score


def _within(score: Fraction, balance: Balance) -> bool:
    """Surely between floor and top."""
    low = None if balance.floor is None else balance.floor.high
    high = None if balance.top is None else balance.top.low
    return (balance.floor is None or (low is not None and score >= low)) and (
        balance.top is None or (high is not None and score <= high)
    )
