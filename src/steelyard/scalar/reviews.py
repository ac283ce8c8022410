"""Reviewers' scores of one judged part: checked, each in the trace, combined as the file says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from attrs import frozen

from steelyard.core import nodes as c
from steelyard.data.model import Record, Review
from steelyard.diagnostics.model import Diagnostic, Fact, Fix, Language
from steelyard.diagnostics.nearest import nearest
from steelyard.scalar.recorder import Recorder
from steelyard.trace.model import Quantity
from steelyard.values import intervals as iv
from steelyard.values.intervals import Interval
from steelyard.values.numbers import show
from steelyard.values.states import Cause, Unknown

POINTS = (None, "分", "points", "point")
"""What a reviewer's score may be written with: 95% of a criterion is not a number of its points."""


@frozen
class Judged:
    """What the reviewers' scores come to."""

    score: Interval
    reviewer: str | None
    """Where one alone decided."""
    reason: str | None
    inputs: tuple[str, ...]
    unknown: Unknown | None = None


def unmatched(record: Record, judged: Iterable[str]) -> Iterator[Diagnostic]:
    """Reviews of a criterion that no part of that name asks for: each a finding, never dropped in silence."""
    names = [name for path in judged for name in (path, path.rsplit(".", 1)[-1])]
    for review in record.reviews:
        if review.criterion not in names:
            near = nearest(review.criterion, names)
            fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
            yield Diagnostic(
                "F306", {"criterion": review.criterion}, None, review.score.place, fixes=fixes, record=record.key
            )


def judge(
    statement: c.Review, record: Record, recorder: Recorder, part: str, full: Quantity, language: Language
) -> Judged:
    """The combined score. What is wrong with a review is a finding and leaves the part undetermined."""
    bounds = Interval(Fraction(0), full if isinstance(full, Fraction) else full.high)
    reviews = [review for review in record.reviews if review.criterion in (part, part.rsplit(".", 1)[-1])]
    causes: set[Cause] = set()
    blame: set[str] = set()
    scores: list[Fraction] = []
    reasons: list[str] = []
    inputs: list[str] = []

    def finding(code: str, review: Review | None, **facts: Fact) -> None:
        place = review.score.place if review else None
        span = None if review else statement.origin.span
        recorder.findings.append(
            Diagnostic(
                code,
                {"criterion": part, **facts},
                span,
                place,
                rule=str(statement.origin.path),
                record=record.key,
            )
        )

    seen: set[str] = set()
    for review in reviews:
        key, value = recorder.cell(review.score)
        inputs.append(key)
        reason = review.reason.text.strip()
        if review.reviewer in seen:
            finding("F304", review, reviewer=review.reviewer)
            causes.add(Cause.INVALID)
            blame.add(key)
        seen.add(review.reviewer)
        if isinstance(value, Unknown):
            causes |= value.causes
            blame.add(key)
        elif (
            not isinstance(value, Fraction)
            or review.score.unit not in POINTS
            or value < 0
            or (bounds.high is not None and value > bounds.high)
        ):
            finding("F302", review, score=review.score.text, full=show(bounds.high or Fraction(0)))
            causes.add(Cause.INVALID)
            blame.add(key)
        else:
            scores.append(value)
            if value < (bounds.high or value) and not reason:
                finding("F303", review, reviewer=review.reviewer, lost=show((bounds.high or value) - value))
        if reason:
            recorder.cell(review.reason)
            reasons.append(reason)
        if statement.method == "average":
            recorder.entry(
                "judge", statement.origin, part, "undetermined" if isinstance(value, Unknown) else "applied",
                name=review.reviewer, asked=value if isinstance(value, Fraction) else bounds,
                reason=reason or None, inputs=(key,),
            )  # fmt: skip
    if not reviews:
        finding("F301", None)
        causes.add(Cause.MISSING)
    elif statement.method == "single" and len(reviews) > 1:
        finding("F305", reviews[1], count=len(reviews))
        causes.add(Cause.INVALID)
    joined = ("；" if language == "zh" else "; ").join(dict.fromkeys(reasons)) or None
    reviewer = reviews[0].reviewer if len(reviews) == 1 else None
    if causes:
        unknown = Unknown(frozenset(causes), frozenset(blame), bounds)
        return Judged(bounds, reviewer, joined, tuple(inputs), unknown)
    mean = sum(scores, Fraction(0)) / len(scores)
    return Judged(iv.exactly(mean), reviewer, joined, tuple(inputs))
