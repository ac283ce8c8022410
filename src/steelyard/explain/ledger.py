"""The ledger of roundings, and how firmly the grade stands: what every rounding cost, whether the grade hangs on one, and how
far the total is from the next grade up and down. From the trace alone; exact, or not said.

What a rounding costs the total is the total with it and all before it, less the total with all before it alone, every later one
left out. Where nothing stands in the way that is its difference times the factors up to the total; and these costs always add
up to the total less what it would be without any rounding.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from steelyard.explain.again import mode_of, roundings_in
from steelyard.explain.grading import Grading, Outcome
from steelyard.explain.losses import effects, ranked
from steelyard.explain.replay import Replay, Spot
from steelyard.trace.model import Entry, Quantity, Trace
from steelyard.values.intervals import Interval
from steelyard.values.numbers import Rounding, decimal_places
from steelyard.values.states import Unknown

TOTAL = "total"
_AMOUNTS = ("let", "open", "skip", "each", "move", "group", "limit", "restore", "batch")
"""Kinds of entries whose expressions can come to points. A check moves none, a grade is read off afterwards."""
MOST_STEPS = 400_000
"""Entries done again at most; where there are more roundings than that allows, only all of them together are left out."""
MOST_TRIED = 10
"""Deductions that are tried as the one that decides the grade."""


@frozen
class Step:
    """One rounding."""

    entry: Entry
    spot: Spot
    places: int
    mode: Rounding
    before: Quantity
    after: Quantity
    cost: Quantity
    """What it added where it stands; of a balance in points of the part."""
    on_total: Fraction | None = None
    """What it added to the total; None where that cannot be said from the trace."""
    decides: Outcome | None = None
    """Left out alone, it gives this other grade."""


@frozen
class Margin:
    """How far the total is from another grade."""

    label: str | None
    """The grade; None where the trace does not say it. Worse: the next one down."""
    boundary: Fraction
    distance: Fraction
    above: bool
    """Does it take more points, or fewer?"""
    reached: bool
    """Is it had at the boundary itself, or only beyond it?"""
    narrow: bool
    """Would one unit of the last place give it?"""


@frozen
class Lifting:
    """The smallest deduction without which the grade would be better."""

    entry: Entry
    points: Fraction
    """In the total."""
    label: str | None


@frozen
class RoundingLedger:
    """All of it."""

    steps: tuple[Step, ...]
    cost: Fraction | None
    """What all roundings together added to the total; None where it cannot be said."""
    unrounded: Fraction | None
    """The total without any rounding."""
    without: Outcome | None
    """What it would be graded."""
    hangs: bool | None
    """Is the grade another one without any rounding, or without one of them? None: not known."""
    unit: Fraction | None
    """One unit of the last place of the total. None where the total is not exact."""
    grade: str | None
    better: Margin | None
    worse: Margin | None
    lifting: Lifting | None


def rounding_ledger(trace: Trace) -> RoundingLedger:
    """The ledger of a trace. Of a provisional result it holds the roundings and their enclosures, nothing of the grade."""
    steps = _steps(trace)
    total = trace.result.total
    if not isinstance(total, Fraction):
        return RoundingLedger(steps, None, None, None, None, None, trace.result.grade, None, None, None)
    replay, grading = Replay.of(trace), Grading.of(trace)
    steps, unrounded, tried = _costs(steps, replay, grading, total)
    without = None if unrounded is None or grading is None else grading.at(unrounded)
    unit = _unit(trace, total)
    bounds = replay.floors.get(TOTAL), replay.tops.get(TOTAL)
    better, worse = (None, None) if grading is None else _margins(grading, unit, bounds, rounded=_rounds_total(steps))
    return RoundingLedger(
        steps,
        None if unrounded is None else total - unrounded,
        unrounded,
        without,
        _hangs(steps, without, grading, tried=tried),
        unit,
        trace.result.grade,
        better,
        worse,
        None if grading is None or better is None else _lifting(trace, grading, replay, better),
    )


# ---- roundings


def _steps(trace: Trace) -> tuple[Step, ...]:
    found: list[Step] = []
    for entry in trace.entries:
        if entry.kind == "round" and entry.places is not None and entry.before is not None and entry.after is not None:
            mode = Rounding(entry.mode or Rounding.HALF_UP)
            cost = _difference(entry.before, entry.after, entry.places, mode)
            found.append(Step(entry, Spot(entry.number), entry.places, mode, entry.before, entry.after, cost))
        elif entry.kind in _AMOUNTS:
            found += _inside(entry)
    return tuple(found)


def _inside(entry: Entry) -> Iterable[Step]:
    """Roundings inside the condition and the expression of an entry."""
    for tree, expr in (("condition", entry.condition), ("expression", entry.expression)):
        for place, node in () if expr is None else roundings_in(expr):
            before, after, places = (_quantity(value) for value in (node.args[0].value, node.value, node.args[1].value))
            if before is None or after is None or not isinstance(places, Fraction):
                continue
            mode = mode_of(node)
            cost = _difference(before, after, int(places), mode)
            yield Step(entry, Spot(entry.number, (tree, place)), int(places), mode, before, after, cost)


def _quantity(value: object) -> Quantity | None:
    match value:
        case Fraction():
            return value
        case Unknown(_, _, within):
            return within
        case _:
            return None


def _difference(before: Quantity, after: Quantity, places: int, mode: Rounding) -> Quantity:
    """What a rounding added: exact, or between what its mode can add at all."""
    if isinstance(before, Fraction) and isinstance(after, Fraction):
        return after - before
    unit = Fraction(1, 10**places)
    match mode:
        case Rounding.HALF_UP | Rounding.HALF_EVEN:
            return Interval(-unit / 2, unit / 2)
        case Rounding.FLOOR:
            return Interval(-unit, Fraction(0))
        case Rounding.CEILING:
            return Interval(Fraction(0), unit)
        case Rounding.DOWN | Rounding.UP:
            return Interval(-unit, unit)


def _costs(
    steps: tuple[Step, ...], replay: Replay, grading: Grading | None, total: Fraction
) -> tuple[tuple[Step, ...], Fraction | None, bool]:
    """What each step added to the total, whether it decides the grade; the total without any; whether it is known of
    each of them what it decides."""
    if all(step.cost == 0 for step in steps):
        return tuple(_costing(step, Fraction(0)) for step in steps), total, True
    # One that changes nothing now would, were an earlier one not there.
    spots = [step.spot for step in steps]
    unrounded = replay.without(spots)
    if 2 * len(steps) * len(replay.entries) > MOST_STEPS:
        return tuple(step if step.cost != 0 else _costing(step, Fraction(0)) for step in steps), unrounded, False
    told: list[Step] = []
    tried = True
    before = unrounded
    for index, step in enumerate(steps, 1):
        after = replay.without(spots[index:]) if spots[index:] else total
        cost = Fraction(0) if step.cost == 0 else None if before is None or after is None else after - before
        alone = replay.without([step.spot]) if grading is not None and step.cost != 0 else None
        outcome = None if alone is None or grading is None else grading.at(alone)
        tried = tried and (outcome is not None or step.cost == 0)
        told.append(_costing(step, cost, outcome if grading is not None and grading.differs(outcome) else None))
        before = after
    return tuple(told), unrounded, tried


def _costing(step: Step, on_total: Fraction | None, decides: Outcome | None = None) -> Step:
    return Step(
        step.entry, step.spot, step.places, step.mode, step.before, step.after, step.cost, on_total, decides
    )  # fmt: skip


def _rounds_total(steps: Iterable[Step]) -> bool:
    return any(step.entry.part == TOTAL and step.spot.inside is None for step in steps)


# ---- the grade


def _hangs(steps: tuple[Step, ...], without: Outcome | None, grading: Grading | None, *, tried: bool) -> bool | None:
    if grading is None:
        return None
    if any(step.decides for step in steps) or grading.differs(without):
        return True
    return False if without is not None and tried else None


def _unit(trace: Trace, total: Fraction) -> Fraction:
    """One unit of the last place that the total is rounded to, else of the last one shown."""
    rounds = [entry for entry in trace.entries if entry.kind == "round" and entry.part == TOTAL]
    places = rounds[-1].places if rounds else None
    if places is None:
        exact = decimal_places(total)
        places = exact if exact is not None and exact <= 6 else 2
    return Fraction(1, 10**places)


Bounds = tuple[Quantity | None, Quantity | None]
"""Between what the total is held."""


def _margins(grading: Grading, unit: Fraction, bounds: Bounds, *, rounded: bool) -> tuple[Margin | None, Margin | None]:
    """To the next grade up and down, whichever way points run."""
    found = [_margin(grading, unit, bounds, sign, rounded=rounded) for sign in (1, -1)]
    better = (margin for margin, outcome in (pair for pair in found if pair) if outcome.better > 0)
    worse = (margin for margin, outcome in (pair for pair in found if pair) if outcome.better < 0)
    return next(better, None), next(worse, None)


def _margin(
    grading: Grading, unit: Fraction, bounds: Bounds, sign: int, *, rounded: bool
) -> tuple[Margin, Outcome] | None:
    """The nearest boundary above (or below) at which, or right behind which, the grade is another one: one of the rows told,
    and only where there is none what lies below them all."""
    below: tuple[Margin, Outcome] | None = None
    ahead = sorted(
        (bound for bound in grading.boundaries() if (bound - grading.total) * sign >= 0), key=lambda b: b * sign
    )
    for index, bound in enumerate(ahead):
        beyond = (bound + ahead[index + 1]) / 2 if index + 1 < len(ahead) else bound + sign
        for reached, total in ((True, bound), (False, beyond)):
            outcome = grading.at(total) if _possible(bound, total, bounds) else None
            if outcome is not None and grading.differs(outcome):
                distance = abs(bound - grading.total)
                narrow = distance < unit or (rounded and reached and distance == unit)
                found = Margin(outcome.label, bound, distance, sign > 0, reached, narrow), outcome
                if outcome.better > 0 or outcome.row < len(grading.tests):
                    return found
                below = below or found
    return below


def _possible(bound: Fraction, total: Fraction, bounds: Bounds) -> bool:
    """Can the total come there? Behind a bound it can wherever the bound is not its last point."""
    low, high = bounds
    too_low = isinstance(low, Fraction) and (bound < low or (bound == low and total < low))
    return not (too_low or (isinstance(high, Fraction) and (bound > high or (bound == high and total > high))))


def _lifting(trace: Trace, grading: Grading, replay: Replay, better: Margin) -> Lifting | None:
    """The smallest points lost (or, where fewer are better, given) at one entry without which the grade is better."""
    costing = [
        effect for effect in reversed(ranked(effects(trace)))
        if effect.entry.kind in ("move", "group") and effect.on_total is not None and effect.on_total > 0
        # Rounding can make up for at most one unit of its last place.
        and effect.on_total > better.distance - _unit(trace, grading.total)
    ]  # fmt: skip
    for effect in costing[:MOST_TRIED]:
        total = replay.without([Spot(effect.entry.number)])
        outcome = None if total is None else grading.at(total)
        if outcome is not None and outcome.better > 0 and grading.differs(outcome) and effect.on_total is not None:
            return Lifting(effect.entry, effect.on_total, outcome.label)
    return None
