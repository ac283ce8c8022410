"""Points recoverable: what the total would be if one statement alone had cost nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import frozen

from steelyard.core import nodes as c
from steelyard.questions.whatif.bench import Bench, Outcome, better
from steelyard.questions.whatif.goals import GradeGoal, TotalGoal, scale_of
from steelyard.questions.whatif.inputs import Input, scores_beside
from steelyard.questions.whatif.neutral import How, most_of, without
from steelyard.questions.whatif.reach import Reach, Reaches
from steelyard.trace.model import Entry, Expr, Trace

MOST_INPUTS = 8
"""Of so many inputs of one statement the smallest change is searched."""


@frozen
class Recoverable:
    """One statement that cost something."""

    entry: Entry
    """Its entry (in a loop, of the first row on which it cost something)."""
    rows: int
    """On how many rows it cost something; 0: it stands in no loop."""
    how: How
    outcome: Outcome
    """What the record comes to without it."""
    gain: Fraction | None
    """How much better the total is; None where one of the two is open. 0: a floor, cap or veto takes it all, or only the
    grade changes."""
    change: Reaches | None = None
    """The smallest change of one input that gives the points back."""
    short: Short | None = None
    """Where that is less than full points."""


@frozen
class Short:
    """A reviewer's score below full points that makes the total what full points make it."""

    to: str
    full: Fraction
    places: int | None
    """To so many places the total is rounded."""


def recoverable(bench: Bench, inputs: tuple[Input, ...], reach_effort: int) -> tuple[tuple[Recoverable, ...], int]:
    """Every statement that cost something, what gives most back first; and how many were not tried, the last of the trace,
    because the work was too much."""
    by_cell = _by_place(bench.base, inputs)
    found, left = [], 0
    for entry, rows, how in _costing(bench):
        if bench.spent:
            left += 1
            continue
        outcome = Outcome.of(bench.by_rules(without(bench.program, entry.rule, how)).result)
        gain = _gain(bench, outcome)
        if gain is not None and gain < 0:
            continue  # It gave more than it took: a limit where fewer points are better, a part above its full points.
        change, short = None, None
        if _helps(bench, outcome, gain):
            change = _change(bench, entry, outcome, gain, by_cell, reach_effort)
            short = None if change is None or how != "full" else _short(bench.base, change, inputs)
        found.append(Recoverable(entry, rows, how, outcome, gain, change, short))
    found.sort(key=lambda one: (one.gain is None, -(one.gain or 0), one.outcome == bench.outcome))
    return tuple(found), left


def _costing(bench: Bench) -> Iterator[tuple[Entry, int, How]]:
    """The entries of statements that cost something, one a statement, with the rows they did so on."""
    moves = {str(m.origin.path): m for m in _moves(bench.program.total)}
    found: dict[tuple[str, How], tuple[Entry, int]] = {}
    for entry in bench.base.entries:
        how = _how(entry, moves.get(entry.rule), fewer_better=bench.program.fewer_better)
        if how is not None:
            first, rows = found.get((entry.rule, how), (entry, 0))
            found[entry.rule, how] = first, rows + (entry.row is not None)
    for (_, how), (entry, rows) in found.items():
        yield entry, rows, how


def _moves(account: c.Account) -> Iterator[c.Move]:
    waiting: list[c.Statement] = [account]
    while waiting:
        statement = waiting.pop()
        if isinstance(statement, c.Move):
            yield statement
        elif isinstance(statement, c.Account | c.Each | c.Group):
            waiting.extend(statement.body)


def _how(entry: Entry, move: c.Move | None, *, fewer_better: bool) -> How | None:
    """How the statement of an entry is made to cost nothing; None where it cost nothing."""
    if entry.rule.endswith(":carry"):
        return None  # What a bonus or penalty part carries is told by its own statements.
    fired = entry.status in ("applied", "undetermined", "without effect")
    match entry.kind:
        case "move" | "group" if entry.role == ("award" if fewer_better else "deduct"):
            return "nothing" if fired and entry.asked != 0 else None
        case "move" if entry.role == "score" and fewer_better:
            return "nothing" if fired and entry.asked != 0 else None
        case "move" if entry.role == "award":
            return _unearned(entry, move, fired=fired)
        case "judge" if entry.after is not None and not fewer_better:
            return "full" if entry.applied != entry.high else None
        case "clamp" if entry.role == "opening" and entry.name in ("scores", "start") and not fewer_better:
            return "full" if entry.after != entry.high or entry.high is None else None
        case "limit":
            return "gone" if entry.status in ("applied", "undetermined") and entry.before != entry.after else None
        case "skip":
            return "gone" if fired and entry.role == "zero" else None
        case "regrade":
            return "gone" if entry.status in ("applied", "undetermined") else None
        case _:
            return None


def _unearned(entry: Entry, move: c.Move | None, *, fired: bool) -> How | None:
    if not fired:
        return "earned" if entry.status == "not met" else None
    worth = entry.expression.value if entry.expression is not None else None
    if isinstance(entry.cap, Fraction) and isinstance(worth, Fraction) and worth > entry.cap:
        return "uncapped"
    most = None if move is None else most_of(move.amount)
    if isinstance(most, c.Const) and isinstance(most.value, Fraction) and isinstance(entry.asked, Fraction):
        return "earned" if entry.asked < most.value else None
    return None


def _gain(bench: Bench, outcome: Outcome) -> Fraction | None:
    now, then = bench.outcome.total, outcome.total
    if not isinstance(now, Fraction) or not isinstance(then, Fraction):
        return None
    return now - then if bench.program.fewer_better else then - now


def _helps(bench: Bench, outcome: Outcome, gain: Fraction | None) -> bool:
    now, then = bench.outcome.total, outcome.total
    if isinstance(now, Fraction) and isinstance(then, Fraction) and better(bench.program, then, now):
        return True
    return gain == 0 and outcome.grade is not None and outcome.grade != bench.outcome.grade


# ---- the smallest change of one input


def _change(
    bench: Bench,
    entry: Entry,
    outcome: Outcome,
    gain: Fraction | None,
    by_cell: Mapping[str, Input],
    effort: int,
) -> Reaches | None:
    """The smallest change of one input of the statement that makes the total (where only the grade is at stake, the grade)
    as good as it would be without it."""
    if gain:
        assert isinstance(outcome.total, Fraction), "a gain is a difference of two totals"
        reach = Reach(bench, TotalGoal(outcome.total, bench.program.fewer_better), effort)
    elif outcome.grade in scale_of(bench.program):
        assert outcome.grade is not None, "it stands on the scale"
        reach = Reach(bench, GradeGoal.of(bench.program, outcome.grade), effort)
    else:
        return None
    asked = [by_cell[key] for key in cells_behind(entry, bench.base) if key in by_cell][:MOST_INPUTS]
    records = bench.records.records
    answers = [reach.ask(one, scores_beside(records, one) if one.review else (), with_best=False) for one in asked]
    found = [answer for answer in answers if isinstance(answer, Reaches)]
    return min(found, key=lambda answer: answer.relative, default=None)


def _short(trace: Trace, change: Reaches, inputs: tuple[Input, ...]) -> Short | None:
    one = next(one for one in inputs if one.name == change.name)
    cell, _ = one.read(change.to)
    full = one.field.high
    if not one.review or full is None or not isinstance(cell.datum, Fraction) or cell.datum >= full:
        return None
    rounded = [entry.places for entry in trace.entries if entry.kind == "round" and entry.part == "total"]
    return Short(change.to, full, rounded[-1] if rounded else None)


def cells_behind(entry: Entry, trace: Trace) -> list[str]:
    """Keys of the cells that a statement reads, also through named values, in order."""
    keys = list(entry.inputs)
    lets: set[str] = set()
    waiting = [expr for expr in (entry.condition, entry.expression) if expr is not None]
    if entry.kind == "clamp":  # An opening: what its scores read.
        inside = [e for e in trace.entries if e.part == entry.part and e.number < entry.number and e.role != "opening"]
        keys += [key for e in inside for key in e.inputs]
        waiting += [expr for e in inside for expr in (e.condition, e.expression) if expr is not None]
    while waiting:
        expr: Expr = waiting.pop(0)
        waiting.extend(expr.args)
        if expr.op == "let" and expr.ref is not None and expr.ref not in lets:
            lets.add(expr.ref)
            for other in trace.entries:
                if other.kind == "let" and other.rule == expr.ref and other.row in (None, entry.row):
                    keys += other.inputs
                    waiting += [] if other.expression is None else [other.expression]
    return list(dict.fromkeys(keys))


def _by_place(trace: Trace, inputs: tuple[Input, ...]) -> dict[str, Input]:
    """The input behind each key of a cell of the trace."""
    places = {(i.cell.place.file, i.cell.place.row, i.cell.place.column, i.cell.name): i for i in inputs}
    found = {}
    for cell in trace.cells:
        one = places.get((cell.file, cell.row, cell.column, cell.name))
        if one is not None:
            found[cell.key] = one
    return found
