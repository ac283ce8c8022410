"""What every statement of one run shares: the record, the rows around, the entries, the parts so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Unpack

import attrs

from steelyard.core import nodes as c
from steelyard.core.invariants import insides, telling_titles
from steelyard.data.model import Record
from steelyard.diagnostics.model import Diagnostic, Fact
from steelyard.scalar.balance import Balance, exact
from steelyard.scalar.environment import BatchResult, Environment
from steelyard.scalar.evaluate import evaluate
from steelyard.scalar.reasons import render_reason
from steelyard.scalar.recorder import Facts, Recorder
from steelyard.scalar.undefined import undefined_finding
from steelyard.trace.model import Entry, Expr, Kind, RowRef, Status
from steelyard.values import intervals as iv
from steelyard.values.intervals import Interval
from steelyard.values.states import Cause, Unknown


class Run:
    """One record while it is scored."""

    def __init__(
        self, program: c.Program, record: Record, findings: Iterable[Diagnostic], batch: Mapping[str, BatchResult]
    ) -> None:
        self.program, self.record = program, record
        self.recorder = Recorder()
        self.recorder.findings.extend(findings)
        values = {path: found.value for path, found in batch.items()}
        self.env = Environment(record, program.schema, self.recorder, values)
        self.row: RowRef | None = None
        """The row being run, the innermost."""
        self.around: tuple[RowRef, ...] = ()
        """The rows of all loops around, outermost first."""
        self.parts: list[Balance] = []
        """All parts so far, in the order of the file."""
        self.judged: set[str] = set()
        """What reviews may call the judged parts that were run."""
        self._ran: dict[tuple[str, tuple[RowRef, ...]], bool | Unknown] = {}
        self._insides = insides(program.total)
        self.titles = telling_titles(program.total)
        """What the data may call a part beside its name."""
        self._taken: set[str] = set()

    # ---- parts

    def part_id(self, path: str) -> str:
        """The id of the part that an account is here: its path, with the keys of the rows around it: `results.item[3]`,
        nested `path[a/b]`. Keys that were written twice are told apart by a number."""
        keys = "/".join(row.key for row in self.around)
        plain = found = f"{path}[{keys}]" if keys else path
        count = 1
        while found in self._taken:
            count += 1
            found = f"{plain}#{count}"
        self._taken.add(found)
        return found

    def ended(self, path: str, ran: bool | Unknown) -> None:
        """Whether the statements of a part had effect: not where it was skipped, and it may be that this is not known."""
        self._ran[path, self.around] = ran

    def ran(self, path: str) -> bool | Unknown:
        """Did the part run, in which a statement stands that has its effect elsewhere? A part still running does."""
        answers: list[bool | Unknown] = []
        inside: str | None = path
        while inside is not None:
            rows = (self.around[:count] for count in range(len(self.around), -1, -1))
            answers.append(next((self._ran[inside, r] for r in rows if (inside, r) in self._ran), True))
            inside = self._insides.get(inside)
        if False in answers:
            return False
        return together(*(answer for answer in answers if isinstance(answer, Unknown))) or True

    # ---- values

    def points(self, expression: c.Expression) -> Interval:
        return as_points(evaluate(expression, self.env))

    def reason(self, template: c.Template | None) -> str | None:
        return render_reason(template, self.env, self.program.language)

    # ---- what is left behind

    def entry(
        self,
        kind: Kind,
        origin: c.Origin,
        balance: Balance,
        status: Status = "applied",
        before: Interval | None = None,
        **facts: Unpack[Facts],
    ) -> Entry:
        """An entry that moves the balance of its part from `before` to what it is now."""
        entry = self.recorder.entry(
            kind, origin, balance.path, status, row=self.row,
            before=None if before is None else exact(before), after=exact(balance.now), **facts,
        )  # fmt: skip
        self.tell_undefined(entry)
        return entry

    def note(
        self, kind: Kind, origin: c.Origin, part: str, status: Status = "applied", **facts: Unpack[Facts]
    ) -> Entry:
        """An entry that moves no balance."""
        entry = self.recorder.entry(kind, origin, part, status, row=self.row, **facts)
        self.tell_undefined(entry)
        return entry

    def tell_undefined(self, entry: Entry) -> bool:
        """A value that no data could give is a finding where it was lost."""
        told_by_its_readers = entry.kind in ("batch", "let", "each", "grade", "regrade")
        if entry.status != "undetermined" or (told_by_its_readers and not _too_big(entry)):
            return False
        finding = undefined_finding(entry, self.recorder.cells, self.program.language)
        if finding is not None:
            self.recorder.findings.append(attrs.evolve(finding, record=self.record.key))
        return finding is not None

    def finding(self, code: str, origin: c.Origin, **facts: Fact) -> None:
        self.recorder.findings.append(
            Diagnostic(code, facts, origin.span, rule=str(origin.path), record=self.record.key)
        )


def _too_big(entry: Entry) -> bool:
    """A value that has grown too big is told where it grew, whoever reads it."""
    values = (expr.value for expr in (entry.expression, entry.condition) if expr is not None and expr.op != "let")
    return any(isinstance(value, Unknown) and Cause.TOO_BIG in value.causes for value in values)


def as_points(expr: Expr) -> Interval:
    match expr.value:
        case Fraction():
            return iv.exactly(expr.value)
        case Unknown():
            return expr.value.within
        case _:
            raise AssertionError("check asks for a number of points")


def unknown_of(*expressions: Expr | None) -> Unknown | None:
    """Why these together are not determined."""
    return together(*(e.value for e in expressions if e is not None and isinstance(e.value, Unknown)))


def together(*unknowns: Unknown | None) -> Unknown | None:
    """All causes and all cells to blame."""
    found = [unknown for unknown in unknowns if unknown is not None]
    if not found:
        return None
    causes = frozenset(cause for unknown in found for cause in unknown.causes)
    return Unknown(causes, frozenset(key for unknown in found for key in unknown.blame))


def blamed(unknown: Unknown | None) -> tuple[str, ...]:
    return () if unknown is None else in_order(unknown.blame)


def in_order(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys of cells as they were first read."""
    return tuple(sorted(keys, key=lambda key: int(key[1:])))
