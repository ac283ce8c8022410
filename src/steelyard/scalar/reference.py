"""The reference evaluator: what a program means, on exact rationals, as plainly as it can be said.

It runs the body of every account from top to bottom, keeps one running balance per part, and writes an entry for every
statement, fired or not. Balances are intervals: exact ones have one point, and where data are missing both ends are
carried along, so a provisional score is an enclosure and never a guess. It is never optimised; every other engine is
tested against it.

A part is an account, or of a looped account the part of one row. How each kind of statement works stands in a file of
its own: moves, groups, limits, skips, shares and openings, reviews, grades, overrides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

import attrs
from attrs import frozen

from steelyard.core import nodes as c
from steelyard.core.invariants import looped
from steelyard.data.model import Record, Row
from steelyard.diagnostics.model import Diagnostic
from steelyard.scalar import grades, loops
from steelyard.scalar.balance import Balance, at_bottom, exact, held
from steelyard.scalar.checks import check_finding
from steelyard.scalar.environment import BatchResult, Closing
from steelyard.scalar.evaluate import evaluate
from steelyard.scalar.groups import group
from steelyard.scalar.lets import let
from steelyard.scalar.limits import limit
from steelyard.scalar.moves import move
from steelyard.scalar.opening import any_number, closing_of, open_part
from steelyard.scalar.overrides import Overrides
from steelyard.scalar.reviews import review, unmatched
from steelyard.scalar.run import Run, blamed, together, unknown_of
from steelyard.scalar.shares import factor_of, weigh_part
from steelyard.scalar.skips import either, skip
from steelyard.trace.ledger import verify_ledger
from steelyard.trace.model import Expr, Header, PartResult, Result, ResultStatus, RowRef, Status, Trace
from steelyard.values import intervals as iv
from steelyard.values.states import Unknown


def score(
    program: c.Program,
    record: Record,
    header: Header,
    findings: Iterable[Diagnostic] = (),
    batch: Mapping[str, BatchResult] | None = None,
) -> Trace:
    """Score one record, with a trace whose ledger closes. `findings` are those of the record's data; `batch` holds the
    value of every `FromBatch` for this record.

    Raises LedgerError where the run does not close: our mistake, never the data's.
    """
    return _Reference(program, record, header, findings, batch or {}).run()


class _Reference:
    def __init__(
        self,
        program: c.Program,
        record: Record,
        header: Header,
        findings: Iterable[Diagnostic],
        batch: Mapping[str, BatchResult],
    ) -> None:
        self.header, self.batch = header, batch
        self.shared = Run(program, record, findings, batch)
        self.env = self.shared.env
        self.overrides = Overrides(self.shared)
        self.checks: list[tuple[Balance, _Scope]] = []

    def run(self) -> Trace:
        run, program = self.shared, self.shared.program
        self.read_batch()
        self.account(program.total, None)
        places = {id(part): place for place, part in enumerate(run.parts)}
        for balance, scope in sorted(self.checks, key=lambda pair: places[id(pair[0])]):
            scope.restore(run)
            for check in balance.account.checks:
                self.statement(check, balance)
        for_rows = looped(program.total)
        once = [path for path in program.schema.judged if path not in for_rows]
        run.recorder.findings.extend(unmatched(run.record, once, run.judged | run.titles))
        run.recorder.findings.extend(self.overrides.unmatched())
        verify_ledger(run.recorder.entries)
        return Trace(
            header=self.header,
            cells=tuple(run.recorder.cells.values()),
            entries=tuple(run.recorder.entries),
            result=self.result(),
            findings=tuple(sorted(run.recorder.findings, key=_in_order)),
            lists=tuple(run.recorder.lists.values()),
        )

    def read_batch(self) -> None:
        """What was taken from the whole batch, before anything else."""
        total = str(self.shared.program.total.origin.path)
        for value in self.shared.program.batch:
            found = self.batch[str(value.origin.path)]
            unknown = unknown_of(found.value)
            self.shared.note(
                "batch", value.origin, total, "undetermined" if unknown else "applied", name=value.op,
                expression=found.value, subjects=found.subjects, left_out=found.left_out,
            )  # fmt: skip

    # ---- parts

    def account(self, account: c.Account, outer: Balance | None, doubt: Unknown | None = None) -> None:
        """A part, from its opening to its closing. `doubt`: why it is not known whether its row counts."""
        run, env = self.shared, self.env
        balance = self.begin(account, outer)
        if doubt is not None:
            balance.counts = False
            balance.doubt.append(doubt)
        siblings, env.parts = env.parts, []
        weighed = False
        for index, statement in enumerate(account.body):
            if not weighed and not isinstance(statement, c.Let):
                # What the part is worth may be made of its first lets.
                weigh_part(run, account, balance)
                weighed = True
            self.statement(statement, balance)
            if balance.ended:
                for inner in account.body[index + 1 :]:
                    self.leave_out(inner, balance)
                break
        self.close(account, balance)
        if account.checks and not balance.ended:
            self.checks.append((balance, _Scope.of(run)))
        self.doubt_inside(balance)
        env.parts = siblings
        if outer is not None and account.kind in ("section", "criterion"):
            outer.children.append(balance)
            env.parts.append(env.closings[account.origin.path])

    def begin(self, account: c.Account, outer: Balance | None) -> Balance:
        path = self.shared.part_id(str(account.origin.path))
        title = self.shared.reason(account.title)
        called = title if title in self.shared.titles else None
        balance = Balance(account, path, outer.path if outer else path, title, called)
        self.shared.parts.append(balance)
        return balance

    def close(self, account: c.Account, balance: Balance) -> None:
        """The part closes: with a score, or skipped without one. Its grade is read off what it closed with."""
        run, env = self.shared, self.env
        either(run, account.origin, balance)
        self.overrides.close(balance)
        if balance.now.point is not None:
            # What was open on the way did not matter in the end.
            balance.blame, balance.causes = frozenset(), frozenset()
        path = account.origin.path
        env.closings[path] = closing_of(balance)
        maybe = balance.skipped is None or bool(balance.given)
        run.ended(str(path), False if balance.ended else (together(*balance.doubt) or True) if maybe else True)
        if not balance.opened:
            run.note("close", account.origin, balance.path, "skipped")
            return
        run.entry("close", account.origin, balance, before=balance.now)
        if account.grade is not None:
            grade = grades.grade(run, account.grade, balance)
            env.closings[path] = attrs.evolve(env.closings[path], grade=grade)

    def doubt_inside(self, balance: Balance) -> None:
        """Of a part that may be skipped, or given its points: whoever reads a part inside it from outside does not know
        whether there is one."""
        if balance.ended or (balance.skipped is False and not balance.given):
            return
        run, env = self.shared, self.env
        doubt = together(*balance.doubt)
        first = next(place for place, part in enumerate(run.parts) if part is balance)
        for inner in run.parts[first + 1 :]:
            inner.perhaps = True
            closing = env.closings[inner.account.origin.path]
            if doubt is not None and closing.skipped is False:
                env.closings[inner.account.origin.path] = attrs.evolve(
                    closing, skipped=None, causes=closing.causes | doubt.causes, blame=closing.blame | doubt.blame
                )

    def leave_out(self, statement: c.Statement, outer: Balance) -> None:
        """A part inside a skipped one is skipped with it."""
        if not isinstance(statement, c.Account):
            return
        balance = self.begin(statement, outer)
        balance.full, balance.share = (self.shared.points(e) for e in (statement.full, statement.share))
        balance.factor = factor_of(statement, balance)
        balance.worlds = frozenset({"redistribute"})
        self.env.closings[statement.origin.path] = closing_of(balance)
        self.overrides.close(balance)
        for inner in statement.body:
            self.leave_out(inner, balance)

    def each_part(self, each: c.Each, account: c.Account, balance: Balance) -> None:
        """A part for each row."""
        found = loops.turns(self.shared, each)
        if isinstance(found, Unknown):
            balance.lost.append((each, found))
            self.env.parts.append(any_number(balance, found))
            return
        for unknown in loops.bound(self.shared, each, found, balance.path):
            self.account(account, balance, unknown)

    # ---- statements

    def statement(self, statement: c.Statement, balance: Balance) -> None:
        run = self.shared
        match statement:
            case c.Account():
                self.account(statement, balance)
            case c.Let():
                let(run, statement, balance)
            case c.Skip():
                skip(run, statement, balance)
            case c.Open():
                open_part(run, statement, balance)
            case c.Each(body=(c.Account() as account,)):
                self.each_part(statement, account, balance)
            case c.Each():
                self.each(statement, balance)
            case c.Review():
                review(run, statement, balance)
            case c.Move():
                move(run, statement, balance)
            case c.Group():
                group(run, statement, balance)
            case c.Clamp():
                self.clamp(statement, balance)
            case c.Limit():
                limit(run, statement, balance)
            case c.RoundTo():
                self.round(statement, balance)
            case c.Check():
                self.check(statement, balance)
            case c.Restore() | c.Regrade() | c.Grade():
                raise AssertionError(f"a {type(statement).__name__} stands inside another statement")
            case _:
                assert_never(statement)

    def each(self, each: c.Each, balance: Balance) -> None:
        found = loops.turns(self.shared, each)
        if isinstance(found, Unknown):
            loops.missing_list(self.shared, each, balance, found)
            return
        for unknown in loops.bound(self.shared, each, found, balance.path):
            for inner in loops.body_of(each, unknown):
                self.statement(inner, balance)

    def clamp(self, statement: c.Clamp, balance: Balance) -> None:
        before = balance.now
        balance.now = held(before, balance.floor, balance.top)
        asked = (
            None if statement.role == "opening" else balance.asked.get("award" if statement.role == "top" else "deduct")
        )
        self.shared.entry(
            "clamp", statement.origin, balance, before=before, role=statement.role,
            name=balance.basis if statement.role == "opening" else None,
            low=None if balance.floor is None else exact(balance.floor),
            high=None if balance.top is None else exact(balance.top),
            asked=None if asked is None else exact(asked),
        )  # fmt: skip

    def round(self, statement: c.RoundTo, balance: Balance) -> None:
        before = balance.now
        balance.now = iv.rounded(before, statement.places, statement.mode)
        self.shared.entry(
            "round", statement.origin, balance, before=before, places=statement.places, mode=statement.mode.value
        )

    def check(self, statement: c.Check, balance: Balance) -> None:
        run = self.shared
        condition = None if statement.when is None else evaluate(statement.when, self.env)
        holds = True if condition is None else condition.value
        test = evaluate(statement.test, self.env) if holds is True else None
        unknown = unknown_of(condition, test)
        status: Status = "undetermined" if unknown else "applied" if test is not None and test.value else "not met"
        known = len(run.recorder.findings)
        entry = run.note(
            "check", statement.origin, balance.path, status, role=statement.severity, condition=condition, expression=test,
            reason=None if status == "applied" or holds is False else run.reason(statement.reason),
            authority=statement.authority, code=statement.code, blame=blamed(unknown),
        )  # fmt: skip
        asked = condition if test is None else test
        if asked is not None and holds is not False and status != "applied" and len(run.recorder.findings) == known:
            finding = check_finding(statement, entry, asked, run.recorder.cells, run.program.language)
            run.recorder.findings.append(attrs.evolve(finding, record=run.record.key))

    # ---- the result

    def result(self) -> Result:
        total = self.shared.parts[0]
        closing = self.env.closings[total.account.origin.path]
        issued = closing.skipped is not True
        score_doubt = Unknown(closing.causes, closing.blame) if closing.causes else None
        doubt = together(score_doubt, total.grade_doubt)
        is_open = closing.skipped is None or total.now.point is None or bool(total.possible)
        status: ResultStatus = "not issued" if not issued else "provisional" if is_open else "final"
        why = doubt if status == "provisional" else None
        return Result(
            total=exact(total.now) if issued else None,
            full=exact(total.full),
            grade=total.grade,
            possible_grades=total.possible,
            parts=tuple(_part_result(balance) for balance in self.shared.parts[1:]),
            status=status,
            blame=blamed(why),
            causes=() if why is None else tuple(sorted(cause.value for cause in at_bottom(why.causes))),
            computed=total.computed,
        )


@frozen
class _Scope:
    """What a part's checks read, kept until the total has closed: the rows around it, its lets, the parts inside it."""

    rows: Mapping[int, Row]
    groups: Mapping[int, tuple[Row, ...]]
    slot_lists: Mapping[int, str]
    lets: Mapping[str, Expr]
    closings: Mapping[str, Closing]
    parts: list[Closing]
    row: RowRef | None
    around: tuple[RowRef, ...]

    @classmethod
    def of(cls, run: Run) -> _Scope:
        env = run.env
        return cls(
            dict(env.rows), dict(env.groups), dict(env.slot_lists), dict(env.lets), dict(env.closings), env.parts,
            run.row, run.around,
        )  # fmt: skip

    def restore(self, run: Run) -> None:
        """What closed since may be read too; what closed again for another row may not."""
        env = run.env
        env.rows, env.groups, env.slot_lists = dict(self.rows), dict(self.groups), dict(self.slot_lists)
        env.lets, env.parts = {**env.lets, **self.lets}, self.parts
        env.closings = {**env.closings, **self.closings}
        run.row, run.around = self.row, self.around


def _part_result(balance: Balance) -> PartResult:
    account = balance.account
    return PartResult(
        path=balance.path,
        name=account.name,
        title=balance.title,
        kind=account.kind,
        inside=balance.inside,
        full=exact(balance.full),
        share=exact(balance.share),
        score=exact(balance.now) if balance.opened else None,
        factor=exact(balance.factor),
        may_be_skipped=balance.opened and (balance.perhaps or balance.skipped is not False or not balance.counts),
        computed=balance.computed,
        grade=balance.grade,
        possible_grades=balance.possible,
    )


def _in_order(finding: Diagnostic) -> int:
    """What was found in the data first, then by place in the rules."""
    return -1 if finding.span is None else finding.span.start
