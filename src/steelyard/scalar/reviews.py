"""Reviewers' scores of one judged part: checked, each in the trace, combined as the file says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from attrs import define, field, frozen

from steelyard.core import nodes as c
from steelyard.data.model import Cell, Record, Review
from steelyard.diagnostics.model import DataPlace, Diagnostic, Fact, Fix, Words
from steelyard.diagnostics.nearest import nearest
from steelyard.scalar.balance import ZERO, Balance, exact
from steelyard.scalar.run import Run, blamed
from steelyard.values import intervals as iv
from steelyard.values.intervals import Interval
from steelyard.values.numbers import show
from steelyard.values.states import Absent, Cause, Unknown

POINTS = (None, "分", "points", "point")
"""What a reviewer's score may be written with: 95% of a criterion is not a number of its points."""


def names_of(balance: Balance) -> tuple[str, ...]:
    """What the data may call a part: its path, its name, its title where no other part has it, and of a part for each row
    what its row is called."""
    path = str(balance.account.origin.path)
    last = path.rpartition(".")[2]
    if balance.path == path:
        return (path, last) if balance.called is None else (path, last, balance.called)
    own = (balance.path, last + balance.path[len(path) :])
    return own if balance.title is None else (*own, balance.title)


def unmatched(record: Record, judged: Iterable[str], known: Iterable[str]) -> Iterator[Diagnostic]:
    """Reviews of a criterion that no part of that name asks for: each a finding, never dropped in silence."""
    names = list(dict.fromkeys([*(name for path in judged for name in (path, path.rsplit(".", 1)[-1])), *known]))
    for review in record.reviews:
        if review.criterion not in names:
            near = nearest(review.criterion, names)
            fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
            yield Diagnostic(
                "F306", {"criterion": review.criterion}, None, review.score.place, fixes=fixes, record=record.key
            )


@define
class _Given:
    """What one reviewer gave."""

    review: Review
    reason: str
    score: Fraction | None = None
    within: Interval | None = None
    """What the score is asked to lie in, where somebody asks what the rules would make of it."""
    level: str | None = None
    inputs: list[str] = field(factory=list)
    causes: set[Cause] = field(factory=set)
    blame: set[str] = field(factory=set)
    dropped: bool = False


@frozen
class _Judging:
    """One judged part while its reviews are read."""

    run: Run
    statement: c.Review
    balance: Balance
    bounds: Interval
    levels: tuple[tuple[c.Level, Interval], ...]
    choices: tuple[Fraction, ...]

    def read(self, review: Review) -> _Given:
        """The reviewer's score, checked: what is wrong with it is a finding and leaves the part undetermined."""
        given = _Given(review, review.reason.text.strip())
        score, level = self._cell(given, review.said_score), self._cell(given, review.said_level)
        self._cell(given, review.evidence)
        if given.reason:
            self.run.recorder.cell(review.reason)
        if isinstance(review.score.datum, Absent):
            given.within = review.score.datum.within
        if isinstance(level, str):
            given.level = level
        if score is None and isinstance(level, str):
            score = self._of_level(given, level)
        if isinstance(score, Fraction) and not given.causes:
            self._check(given, score)
        elif not given.causes and review.said_score is not None:
            self._wrong(given, "F302", score=review.score.text, full=self._full())
        return given

    def _cell(self, given: _Given, cell: Cell | None) -> Fraction | str | None:
        if cell is None or (cell is given.review.evidence and isinstance(cell.datum, Absent)):
            return None
        key, value = self.run.recorder.cell(cell)
        if key not in given.inputs:
            given.inputs.append(key)
        if isinstance(value, Unknown):
            given.causes |= value.causes
            given.blame.add(key)
        return value if isinstance(value, Fraction | str) else None

    def _of_level(self, given: _Given, label: str) -> Fraction | None:
        """A level of one value is that score."""
        level = next((range_ for level, range_ in self.levels if level.label == label.strip()), None)
        if level is None:
            self._no_level(given, label)
            return None
        if level.point is None:
            self._wrong(given, "F309", level=label)
        return level.point

    def _no_level(self, given: _Given, label: str) -> None:
        if not self.levels:
            self._wrong(given, "F302", score=label, full=self._full())
        else:
            self._wrong(given, "F308", level=label, levels=tuple(level.label for level, _ in self.levels))

    def _check(self, given: _Given, score: Fraction) -> None:
        review, high = given.review, self.bounds.high
        in_points = review.said_score is None or review.score.unit in POINTS
        if not in_points or score < 0 or (high is not None and score > high):
            self._wrong(given, "F302", score=review.score.text, full=self._full())
        elif self.choices and score not in self.choices:
            self._wrong(given, "F307", score=show(score), choices=tuple(show(choice) for choice in self.choices))
        elif self.levels and (wrong := self._outside_level(given, score)):
            self._wrong(given, "F310", score=show(score), level=wrong)
        elif not given.causes:
            given.score = score
            if high is not None and score < high and not given.reason:
                self.finding("F303", given.review, reviewer=review.reviewer, lost=show(high - score))

    def _outside_level(self, given: _Given, score: Fraction) -> str | tuple[str, ...] | None:
        """The level that the score is not in: the one that was named, else any."""
        within = [level.label for level, range_ in self.levels if _holds(level, range_, score)]
        if given.level is None:
            given.level = within[0] if within else None
            return None if within else tuple(level.label for level, _ in self.levels)
        if given.level.strip() not in [level.label for level, _ in self.levels]:
            self._no_level(given, given.level)
            return None
        return None if given.level.strip() in within else given.level

    def _wrong(self, given: _Given, code: str, **facts: Fact) -> None:
        self.finding(code, given.review, **facts)
        given.causes.add(Cause.INVALID)
        given.blame.update(given.inputs)

    def _full(self) -> str | Words:
        return show(self.bounds.high) if self.bounds.high is not None else Words("full points")

    def finding(self, code: str, review: Review | None, **facts: Fact) -> None:
        place: DataPlace | None = None
        if review:  # A level is blamed where it stands.
            cell = review.said_level if code in ("F308", "F309") else review.score
            place = (cell or review.score).place
        span = None if review else self.statement.origin.span
        rule, record = str(self.statement.origin.path), self.run.record.key
        found = Diagnostic(code, {"criterion": self.balance.path, **facts}, span, place, rule=rule, record=record)
        self.run.recorder.findings.append(found)


def review(run: Run, statement: c.Review, balance: Balance) -> None:
    """The combined score of the part's reviewers is added."""
    bounds = Interval(ZERO, balance.full.high)
    judging = _Judging(
        run, statement, balance, bounds,
        tuple((level, Interval(run.points(level.low).low, run.points(level.high).high)) for level in statement.levels),
        tuple(point for choice in statement.choices if (point := run.points(choice).point) is not None),
    )  # fmt: skip
    names = names_of(balance)
    run.judged.update(names)
    given = [judging.read(found) for found in run.record.reviews if found.criterion in names]
    unknown = _together(judging, given, bounds)
    left = given if unknown else _dropping(statement, given)
    if not left and unknown is None:
        judging.finding("F301", None)
        unknown = Unknown(frozenset({Cause.MISSING}), frozenset(), bounds)
    for one in given if statement.method != "single" else ():
        run.recorder.entry(
            "judge", statement.origin, balance.path,
            "undetermined" if one.causes else "without effect" if one.dropped else "applied", row=run.row,
            name=one.review.reviewer, label=one.level, asked=one.score if one.score is not None else exact(bounds),
            reason=one.reason or None, inputs=tuple(one.inputs),
        )  # fmt: skip
    score = (
        _asked_within(statement, given, bounds)
        if unknown
        else iv.exactly(_combined(statement, [o.score for o in left if o.score is not None]))
    )
    before = balance.now
    balance.now = iv.add(before, score)
    balance.why(unknown)
    comma = "；" if run.program.language == "zh" else "; "
    run.entry(
        "judge", statement.origin, balance, "undetermined" if unknown else "applied", before,
        name=given[0].review.reviewer if len(given) == 1 else None, mode=statement.method,
        label=given[0].level if len(given) == 1 else None, applied=exact(score), low=ZERO, high=exact(balance.full),
        reason=comma.join(dict.fromkeys(one.reason for one in given if one.reason)) or None,
        authority=statement.authority, inputs=tuple(key for one in given for key in one.inputs), blame=blamed(unknown),
    )  # fmt: skip


def _together(judging: _Judging, given: Sequence[_Given], bounds: Interval) -> Unknown | None:
    """Why the part has no score yet: a review that does not stand, none at all, or one too many."""
    causes = {cause for one in given for cause in one.causes}
    blame = {key for one in given for key in one.blame}
    seen: set[str] = set()
    for one in given:
        if one.review.reviewer in seen:
            judging.finding("F304", one.review, reviewer=one.review.reviewer)
            causes.add(Cause.INVALID)
            blame.update(one.inputs)
        seen.add(one.review.reviewer)
    if not given:
        judging.finding("F301", None)
        causes.add(Cause.MISSING)
    elif judging.statement.method == "single" and len(given) > 1:
        judging.finding("F305", given[1].review, count=len(given))
        causes.add(Cause.INVALID)
    return Unknown(frozenset(causes), frozenset(blame), bounds) if causes else None


def _asked_within(statement: c.Review, given: Sequence[_Given], bounds: Interval) -> Interval:
    """Where scores are asked to lie within bounds: what they come to is enclosed by what the low and the high ends do, for
    every way to combine them rises with each. All that may be given where anything else is open."""
    ends = [(one.score, one.score) if one.within is None else (one.within.low, one.within.high) for one in given]
    reviewers = {one.review.reviewer for one in given}
    alone = statement.method != "single" or len(given) == 1
    lows = [low for low, _ in ends if low is not None]
    highs = [high for _, high in ends if high is not None]
    if not given or not alone or len(reviewers) < len(given) or not len(lows) == len(highs) == len(given):
        return bounds
    left = [_trimmed(statement, sorted(scores)) for scores in (lows, highs)]
    if not all(left):
        return bounds
    low, high = (_combined(statement, scores) for scores in left)
    held = iv.maximum([Interval(low, high), iv.exactly(ZERO)])
    return held if bounds.high is None else iv.minimum([held, iv.exactly(bounds.high)])


def _trimmed(statement: c.Review, ordered: list[Fraction]) -> list[Fraction]:
    return ordered[1:-1] if statement.dropping is not None and len(ordered) >= statement.dropping else ordered


def _dropping(statement: c.Review, given: list[_Given]) -> list[_Given]:
    """Without one highest and one lowest, also of equal ones, where there are enough reviewers."""
    if statement.dropping is None or len(given) < statement.dropping:
        return given
    ordered = sorted(given, key=lambda one: one.score or ZERO)
    for one in (ordered[0], ordered[-1]):
        one.dropped = True
    return [one for one in given if not one.dropped]


def _combined(statement: c.Review, scores: Sequence[Fraction]) -> Fraction:
    if statement.method == "median":
        ordered = sorted(scores)
        middle = ordered[(len(ordered) - 1) // 2 : len(ordered) // 2 + 1]
        return sum(middle, ZERO) / len(middle)
    return sum(scores, ZERO) / len(scores)


def _holds(level: c.Level, within: Interval, score: Fraction) -> bool:
    """Is the score in the level's range? An end that is not known lets everything in."""
    above = within.low is None or score > within.low or (level.low_included and score == within.low)
    below = within.high is None or score < within.high or (level.high_included and score == within.high)
    return above and below
