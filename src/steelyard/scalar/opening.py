"""How a part opens: with what, and with what its parts carry into it."""

from __future__ import annotations

from fractions import Fraction

from steelyard.core import nodes as c
from steelyard.scalar.balance import IN, NOTHING, ONCE, Balance, exact, too_big, whole_range
from steelyard.scalar.environment import Closing
from steelyard.scalar.evaluate import evaluate
from steelyard.scalar.recorder import Facts
from steelyard.scalar.run import Run, as_points, blamed, together, unknown_of
from steelyard.scalar.shares import Weighing, contribution, hull_of_worlds, weigh
from steelyard.scalar.skips import without_parts
from steelyard.trace.model import Status
from steelyard.trace.show import show_quantity
from steelyard.values import intervals as iv
from steelyard.values.intervals import Interval
from steelyard.values.states import Unknown


def open_part(run: Run, statement: c.Open, balance: Balance) -> None:
    """The part opens; with the basis `parts` its parts are carried in. Where all of them are skipped it is skipped."""
    weighing: Weighing | None = None
    if _has_parts(balance.account):
        weighing = weigh(balance)
        _compare_with_stated(run, balance)
        if "in" not in weighing.worlds:
            without_parts(run, statement.origin, balance, weighing.worlds, weighing.why)
            return
        if weighing.worlds != IN:
            balance.worlds |= weighing.worlds
            balance.doubt += [weighing.doubt] if weighing.doubt else []
    amount = evaluate(statement.amount, run.env)
    if statement.basis == "full":  # What is no number of points has been told, and is held to what it may be.
        balance.now, unknown = balance.full, together(*balance.doubt) if balance.full.point is None else None
    else:
        balance.now, unknown = as_points(amount), unknown_of(amount)
    balance.basis, balance.opened = statement.basis, True
    balance.why(unknown)
    run.entry(
        "open", statement.origin, balance, "undetermined" if unknown else "applied", role=statement.basis,
        expression=None if amount.op == "const" else amount, applied=exact(balance.now), high=exact(balance.full),
        blame=blamed(unknown),
    )  # fmt: skip
    if weighing is not None and statement.basis == "parts":
        _carry_in(run, statement, balance, weighing)


def _has_parts(account: c.Account) -> bool:
    """Ordinary parts: those that stand in shares."""
    parts = (inner.body[0] if isinstance(inner, c.Each) and inner.body else inner for inner in account.body)
    return any(isinstance(part, c.Account) and part.kind in ("section", "criterion") for part in parts)


def _compare_with_stated(run: Run, balance: Balance) -> None:
    """Shares from the data that miss the sum which the rules state are a finding, and the total is not final."""
    if balance.account.stated is None or balance.lost or not balance.children:
        return
    stated, total = run.points(balance.account.stated), NOTHING
    for child in balance.children:
        if not child.counts:
            return
        total = iv.add(total, child.share)
    if stated.point is not None and total.point is not None and stated != total:
        run.finding(
            "F402", balance.account.origin, part=balance.title or balance.account.name,
            total=show_quantity(exact(total)), stated=show_quantity(exact(stated)),
        )  # fmt: skip


def _carry_in(run: Run, statement: c.Open, balance: Balance, weighing: Weighing) -> None:
    facts = Facts(
        asked=exact(weighing.shares), applied=exact(weighing.applicable), factor=exact(weighing.scale),
        left_out=weighing.left_out, inputs=(),
    )  # fmt: skip
    settled = weighing.scale.point is not None
    if settled and weighing.scale != ONCE:
        run.note("redistribute", statement.origin, balance.path, **facts)
    balance.out = weighing.out
    within = None if settled else hull_of_worlds(balance, weighing)
    for child in balance.children:
        if "in" in child.worlds:
            _carry(run, child, balance, weighing)
    for each, unknown in balance.lost:
        before = balance.now
        balance.now = whole_range(balance, "score")
        balance.why(unknown)
        run.entry("each", each.origin, balance, "undetermined", before, blame=blamed(unknown))
    if not settled:
        before = balance.now
        balance.now = before if within is None else within
        facts |= Facts(blame=blamed(weighing.doubt))
        run.entry("redistribute", statement.origin, balance, "undetermined", before, **facts)
    if balance.account.kind == "total" and balance.out != NOTHING:
        _rescale(run, statement, balance, weighing)


def _carry(run: Run, child: Balance, balance: Balance, weighing: Weighing) -> None:
    """The closing of an inner part, on the scale of this one."""
    applied = iv.multiply(contribution(child), weighing.scale)
    child.factor = iv.multiply(child.factor, weighing.scale)
    out = iv.multiply(child.out, child.factor)
    if child.skipped is None or not child.counts:
        applied, out = iv.hull([NOTHING, applied]), iv.hull([NOTHING, out])
    before = balance.now
    balance.now, balance.out = iv.add(before, applied), iv.add(balance.out, out)
    if too_big(balance.now):
        balance.now = whole_range(balance, "score")
    unknown = together(
        Unknown(child.causes, child.blame) if child.causes else None,
        *(child.doubt if applied.point is None else ()),
        weighing.doubt if weighing.scale.point is None else None,
    )
    balance.why(unknown)
    status: Status = "undetermined" if applied.point is None and unknown is not None else "applied"
    run.entry(
        "carry", child.account.origin, balance, status, before, name=child.path, asked=exact(child.now),
        factor=exact(child.factor), applied=exact(applied), blame=blamed(unknown),
    )  # fmt: skip


def _rescale(run: Run, statement: c.Open, balance: Balance, weighing: Weighing) -> None:
    """The total counts for what is left of its full points, and is brought back to all of them."""
    rest = iv.add(balance.full, iv.negate(balance.out))
    factor = iv.divide(balance.full, rest)
    factor = Interval(Fraction(1) if factor.low is None or factor.low < 1 else factor.low, factor.high)
    before = balance.now
    balance.now = iv.multiply(before, factor)
    ways = {part.path: part for part in run.parts if "rescale" in part.worlds}
    left_out = [part for part in ways.values() if part.inside not in ways]
    doubts = (weighing.doubt, *(why for part in left_out for why in part.doubt))
    unknown = together(*doubts) if factor.point is None else None
    if too_big(balance.now):
        balance.now = whole_range(balance, "score")
    balance.why(unknown)
    run.entry(
        "rescale", statement.origin, balance, "undetermined" if factor.point is None else "applied", before,
        asked=exact(balance.out), high=exact(balance.full), factor=exact(factor),
        left_out=tuple(part.path for part in left_out), blame=blamed(unknown), inputs=(),
    )  # fmt: skip


def closing_of(balance: Balance) -> Closing:
    """How the part ended, as expressions read it."""
    skipped = balance.skipped if balance.counts or balance.skipped is True else None
    doubt = together(*balance.doubt) if skipped is None or balance.factor.point is None else None
    return Closing(
        part=balance.path,
        score=exact(balance.now if skipped is not True else iv.EVERYTHING),
        blame=balance.blame | (doubt.blame if doubt else frozenset()),
        causes=balance.causes | (doubt.causes if doubt else frozenset()),
        full=exact(balance.full),
        share=exact(balance.share),
        skipped=skipped,
    )


def any_number(balance: Balance, unknown: Unknown) -> Closing:
    """What stands for the parts of a list that is not known."""
    within = iv.EVERYTHING if balance.floor is None else iv.NOT_NEGATIVE
    return Closing("", within, unknown.blame, unknown.causes, iv.NOT_NEGATIVE, iv.NOT_NEGATIVE, skipped=None, many=True)
