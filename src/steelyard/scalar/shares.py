"""What the parts of a part weigh: shares from the data, and how skipped ones are given to their siblings."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from steelyard.core import nodes as c
from steelyard.scalar.balance import IN, NOTHING, ONCE, Balance, World
from steelyard.scalar.evaluate import evaluate
from steelyard.scalar.moves import is_negative
from steelyard.scalar.recorder import cells_in_order
from steelyard.scalar.run import Run, as_points, in_order, together, unknown_of
from steelyard.trace.show import cell_text
from steelyard.values import intervals as iv
from steelyard.values.intervals import Interval
from steelyard.values.states import Cause, Unknown


def weigh_part(run: Run, account: c.Account, balance: Balance) -> None:
    """Full points, share, bounds, and what one point of the part is worth one level up."""
    balance.share, wrong = _points(run, account.share)
    if wrong is not None and account.kind in ("section", "criterion"):
        _tell(run, account, wrong)
        balance.doubt.append(wrong)
    same = account.share == account.full
    balance.full, not_full = (balance.share, wrong) if same else _points(run, account.full)
    if not_full is not None:
        balance.doubt.append(not_full)
    balance.floor = None if account.floor is None else run.points(account.floor)
    balance.top = (
        None if account.top is None else balance.full if account.top == account.full else run.points(account.top)
    )
    balance.factor = factor_of(account, balance)


def factor_of(account: c.Account, balance: Balance) -> Interval:
    """What one point is worth one level up: share ÷ full points; what has no full points can earn nothing."""
    if account.share == account.full:
        return ONCE
    if balance.full == NOTHING:
        return NOTHING
    factor = iv.divide(balance.share, balance.full)
    return iv.NOT_NEGATIVE if factor.low is None else factor


def _points(run: Run, expression: c.Expression) -> tuple[Interval, Unknown | None]:
    """Points that are not below 0; what is missing, negative or no number may be any."""
    value = evaluate(expression, run.env)
    unknown = unknown_of(value)
    if is_negative(value):
        return iv.NOT_NEGATIVE, Unknown(frozenset({Cause.INVALID}), frozenset(cells_in_order(value)))
    points = as_points(value)
    return (points, None) if unknown is None else (iv.maximum([points, NOTHING]), unknown)


_RESCALED: frozenset[World] = frozenset({"rescale"})


def _tell(run: Run, account: c.Account, wrong: Unknown) -> None:
    """A share that is missing, negative or no number is a finding against the score."""
    cells = [run.recorder.cells[key] for key in in_order(wrong.blame)]
    language = run.program.language
    comma = "、" if language == "zh" else ", "
    run.finding("F401", account.origin, name=comma.join(dict.fromkeys(cell.name for cell in cells)),
                text=comma.join(cell_text(cell, language) for cell in cells))  # fmt: skip


@frozen
class Weighing:
    """What the shares of a part's parts come to."""

    worlds: frozenset[World]
    """What becomes of the part itself: with all its parts skipped it is skipped."""
    why: str
    """Where it is skipped: `parts skipped`, `no parts` or `no shares`."""
    scale: Interval = ONCE
    """By what the parts that count are multiplied."""
    shares: Interval = NOTHING
    applicable: Interval = NOTHING
    out: Interval = NOTHING
    """Shares that a `rescaling total` takes out."""
    left_out: tuple[str, ...] = ()
    """The parts whose share goes, or may go, to their siblings."""
    doubt: Unknown | None = None


def weigh(balance: Balance) -> Weighing:
    """Who counts. Where that is not determined, an enclosure of all that may be."""
    children, lost = balance.children, balance.lost
    counting = [child for child in children if "in" in child.worlds]
    sure = [child for child in counting if child.skipped is False and child.counts]
    doubt = together(*(why for child in children for why in child.doubt), *(unknown for _, unknown in lost))
    ways = frozenset(world for child in children for world in child.worlds if world != "in")
    way: frozenset[World] = ways if len(ways) == 1 else frozenset({"redistribute"})
    if not counting and not lost:
        return Weighing(way, "parts skipped" if children else "no parts", doubt=doubt)
    unknown_rows = [iv.NOT_NEGATIVE for _ in lost]
    shares = _sum(
        [_perhaps(p.share, sure=p.counts and "rescale" not in p.worlds) for p in children if p.worlds != _RESCALED]
        + unknown_rows
    )
    applicable = _sum([_perhaps(p.share, sure=p in sure) for p in counting] + unknown_rows)
    if applicable == NOTHING and not lost:
        return Weighing(frozenset({"redistribute"}), "no shares", doubt=doubt)
    open_shares = applicable.point is None and (applicable.low is None or applicable.low <= 0)
    left_out = tuple(child.path for child in children if "redistribute" in child.worlds)
    return Weighing(
        worlds=IN if sure and not open_shares else IN | way,
        why="parts skipped",
        scale=_scale(shares, applicable, sure, counting) if left_out else ONCE,
        shares=shares,
        applicable=applicable,
        out=_sum([_perhaps(p.share, sure=p.worlds == _RESCALED) for p in children if "rescale" in p.worlds]),
        left_out=left_out,
        doubt=doubt,
    )


def contribution(child: Balance) -> Interval:
    """What a part is worth one level up, before any redistribution: its closing × share ÷ full points. Where these are not
    known, its rate still lies between 0 and 1, if its bounds say so and nothing is rounded after them."""
    account, worth = child.account, iv.multiply(child.now, child.factor)
    rounded = any(isinstance(statement, c.RoundTo) for statement in account.body)
    if worth.point is not None or rounded or child.floor != NOTHING or account.top != account.full:
        return worth
    return iv.maximum([iv.minimum([worth, child.share]), NOTHING])


def hull_of_worlds(balance: Balance, weighing: Weighing) -> Interval | None:
    """What the parts come to together, with and without those that may be skipped: their mean rate × all shares. None where
    more than that is open: a share, a row, a rescaling."""
    parts = [part for part in balance.children if "in" in part.worlds]
    shares = [part.share.point for part in parts]
    if balance.lost or not all(part.counts and "rescale" not in part.worlds for part in parts):
        return None
    worths = [contribution(part) for part in parts]
    sure = [part.skipped is False for part in parts]
    lows = _least([(w.low, s, k) for w, s, k in zip(worths, shares, sure, strict=True)], weighing.shares.point)
    highs = _least(
        [(None if w.high is None else -w.high, s, k) for w, s, k in zip(worths, shares, sure, strict=True)],
        weighing.shares.point,
    )
    if lows is None or highs is None:
        return None
    return Interval(lows, -highs)


def _least(parts: Sequence[tuple[Fraction | None, Fraction | None, bool]], whole: Fraction | None) -> Fraction | None:
    """The least of worth ÷ share × all shares over all choices of the parts that may be skipped, one part at least: those
    of the lowest rates. A part is its worth, its share and whether it counts for sure."""
    known = [
        (worth, share, sure) for worth, share, sure in parts if worth is not None and share is not None and share > 0
    ]
    if whole is None or len(known) < len(parts):
        return None
    worth = sum((w for w, _, sure in known if sure), Fraction(0))
    share = sum((s for _, s, sure in known if sure), Fraction(0))
    for more, of, _ in sorted((p for p in known if not p[2]), key=lambda part: part[0] / part[1]):
        if share == 0 or more / of < worth / share:
            worth, share = worth + more, share + of
    return worth / share * whole


def _scale(shares: Interval, applicable: Interval, sure: Sequence[Balance], counting: Sequence[Balance]) -> Interval:
    """All shares ÷ those that count: never below 1. Where none may count the part itself is skipped, so at least the
    smallest one does."""
    if not sure:
        least = min((part.share.low or Fraction(0) for part in counting), default=Fraction(0))
        applicable = Interval(max(applicable.low or Fraction(0), least), applicable.high)
    scale = iv.divide(shares, applicable)
    return Interval(Fraction(1) if scale.low is None or scale.low < 1 else scale.low, scale.high)


def _sum(shares: Sequence[Interval]) -> Interval:
    total = NOTHING
    for share in shares:
        total = iv.add(total, share)
    return total


def _perhaps(share: Interval, *, sure: bool) -> Interval:
    return share if sure else iv.hull([NOTHING, share])
