"""Inputs set to other texts: what the record comes to then, and what moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from steelyard.data.model import Cell
from steelyard.diagnostics.model import Diagnostic, Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.questions.whatif.bench import Bench, Outcome
from steelyard.questions.whatif.inputs import Input
from steelyard.questions.whatif.reading import is_at, new_findings, of_neighbours
from steelyard.trace.model import Entry, PartResult, Quantity, Trace

_Place = tuple[str, int | None, str | None]
FIRED = frozenset({"applied", "without effect", "undetermined"})
STATEMENTS = frozenset({"move", "group", "limit", "regrade", "skip", "check"})
"""Kinds of entries of which it is told whether they fire. A check fires where it does not hold."""


@frozen
class Setting:
    """One input, set to another text."""

    name: str
    was: str | None
    to: str


@frozen
class PartMove:
    """A part whose score is another one then."""

    part: PartResult
    """As it is then; where there is none any more, as it was."""
    was: Quantity | None
    now: Quantity | None


@frozen
class RuleMove:
    """A statement that fires, or costs or gives something else, than before. In a loop for one row."""

    entry: Entry
    """Of the run in which it fires; of both, the later one."""
    how: str
    """`fires`, `stops`, `differs`; of a check `fails`, `holds again`, `undecided`, `not asked`."""
    was: Quantity | None
    now: Quantity | None
    """What was applied."""
    lacks: tuple[str, ...] = ()
    """Of a check that cannot be decided: the names of the data that leave it open."""


@frozen
class Changed:
    """What moves when inputs are set to other texts."""

    settings: tuple[Setting, ...]
    before: Outcome
    after: Outcome
    parts: tuple[PartMove, ...]
    rules: tuple[RuleMove, ...]
    trace: Trace
    findings: tuple[Diagnostic, ...]
    """What `score` would say of the changed record that it does not say of the record as it is."""


def changed(bench: Bench, cells: Mapping[Input, Cell], findings: Iterable[Diagnostic]) -> Changed:
    """Score the record with these cells, and compare. `findings` are of reading the new texts."""
    beside = of_neighbours(bench.records, bench.record, cells)
    trace = bench.with_cells(cells, (*findings, *beside))
    known = {(one.cell.place.file, one.cell.place.row, one.cell.place.column): one.name for one in cells}
    settings = tuple(Setting(one.name, one.cell.text.strip() or None, cell.text) for one, cell in cells.items())
    return Changed(
        settings, bench.outcome, Outcome.of(trace.result), _parts(bench.base, trace), _rules(bench.base, trace, known), trace,
        new_findings(bench.base, trace),
    )  # fmt: skip


def refused(found: Changed, one: Input) -> Diagnostic | None:
    """An error that only scoring finds in the cell: a score that no reviewer may give."""
    errors = (finding for finding in found.trace.findings if severity_of(finding) is Severity.ERROR)
    return next((finding for finding in errors if is_at(finding.place, one.cell.place)), None)


def _parts(before: Trace, after: Trace) -> tuple[PartMove, ...]:
    was = {part.path: part for part in before.result.parts}
    now = {part.path: part for part in after.result.parts}
    found = [PartMove(p, was[path].score if path in was else None, p.score) for path, p in now.items()]
    found += [PartMove(part, part.score, None) for path, part in was.items() if path not in now]
    return tuple(move for move in found if move.was != move.now)


def _rules(before: Trace, after: Trace, known: Mapping[_Place, str]) -> tuple[RuleMove, ...]:
    was, now = _fired(before), _fired(after)
    found = []
    for key in dict.fromkeys((*now, *was)):
        old, new = was.get(key), now.get(key)
        entry = new or old
        assert entry is not None, "the key is of one of the two"
        if entry.kind == "check":
            continue
        worth = tuple(None if e is None else e.applied if e.applied is not None else e.asked for e in (old, new))
        if old is None or new is None:
            found.append(RuleMove(entry, "fires" if old is None else "stops", worth[0], worth[1]))
        elif worth[0] != worth[1]:
            found.append(RuleMove(entry, "differs", worth[0], worth[1]))
    return (*found, *_checks(before, after, known))


def _checks(before: Trace, after: Trace, known: Mapping[_Place, str]) -> Iterator[RuleMove]:
    """Checks that come out otherwise. One that fails takes nothing and gives nothing, so it does not fire: it fails.
    `known`: names of the inputs that were set, by their places."""
    was, now = ({_key(e): e for e in trace.entries if e.kind == "check"} for trace in (before, after))
    names = {cell.key: known.get((cell.file, cell.row, cell.column), cell.name) for cell in after.cells}
    for key in dict.fromkeys((*now, *was)):
        old, new = _state(was.get(key)), _state(now.get(key))
        entry = now.get(key) or was[key]
        if old == new or (old == "not asked" and new == "holds"):
            continue
        lacks = tuple(dict.fromkeys(names[k] for k in entry.blame if k in names)) if new == "undecided" else ()
        yield RuleMove(entry, "holds again" if new == "holds" else new, None, None, lacks)


def _state(entry: Entry | None) -> str:
    if entry is None or (entry.status == "not met" and entry.reason is None):
        return "not asked"
    return {"applied": "holds", "not met": "fails", "undetermined": "undecided"}.get(entry.status, "not asked")


def _key(entry: Entry) -> tuple[str, str, str | None]:
    """The rule, part and row of a statement."""
    return entry.rule, entry.part, entry.row.key if entry.row else None


def _fired(trace: Trace) -> dict[tuple[str, str, str | None], Entry]:
    """The statements that fired, by rule, part and row."""
    return {_key(e): e for e in trace.entries if fired(e)}


def fired(entry: Entry) -> bool:
    """Did a statement fire? One that asks for nothing did not, and a check did where it does not hold."""
    if entry.kind not in STATEMENTS or entry.rule.endswith(":carry"):
        return False
    if entry.kind == "check":
        return entry.status == "not met" and entry.reason is not None
    if entry.kind in ("move", "group") and entry.asked == 0:
        return False
    return entry.status in FIRED
