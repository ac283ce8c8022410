"""The reference evaluator: what a program means, on exact rationals, as plainly as it can be said.

It runs the body of every account from top to bottom, keeps one running balance per account, and writes an entry for
every statement, fired or not. Balances are intervals: exact ones have one point, and where data are missing both ends are
carried along, so a provisional score is an enclosure and never a guess. It is never optimised; every other engine is
tested against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, Unpack, assert_never

import attrs

from steelyard.core import nodes as c
from steelyard.core.invariants import accounts
from steelyard.data.model import Record
from steelyard.diagnostics.model import Diagnostic, Fact
from steelyard.scalar.balance import (
    NOTHING,
    ZERO,
    Balance,
    applied_part,
    exact,
    interval,
    moved,
    too_big,
    whole_range,
    within_size,
)
from steelyard.scalar.checks import check_finding
from steelyard.scalar.evaluate import Closing, Environment, evaluate
from steelyard.scalar.loops import if_row_counts, roles_of
from steelyard.scalar.reasons import render_reason
from steelyard.scalar.recorder import Facts, Recorder, row_ref
from steelyard.scalar.reviews import judge, unmatched
from steelyard.scalar.undefined import undefined_finding
from steelyard.trace.ledger import verify_ledger
from steelyard.trace.model import Entry, Expr, Header, PartResult, Quantity, Result, RowRef, Status, Trace
from steelyard.values import intervals as iv
from steelyard.values.intervals import Interval
from steelyard.values.numbers import show
from steelyard.values.states import OF_DATA, Absent, Cause, Unknown


def score(program: c.Program, record: Record, header: Header, findings: Iterable[Diagnostic] = ()) -> Trace:
    """Score one record, with a trace whose ledger closes. `findings` are those of the record's data.

    Raises LedgerError where the run does not close: our mistake, never the data's.
    """
    return _Run(program, record, header, findings).run()


class _Run:
    def __init__(self, program: c.Program, record: Record, header: Header, findings: Iterable[Diagnostic]) -> None:
        self.program, self.record, self.header = program, record, header
        self.recorder = Recorder()
        self.recorder.findings.extend(findings)
        self.env = Environment(record, program.schema, self.recorder)
        self.row: RowRef | None = None
        self.factors: dict[str, Quantity] = {}
        self.fulls: dict[str, Quantity] = {}
        self.possible: tuple[str, ...] = ()

    def run(self) -> Trace:
        total = self.program.total
        self.recorder.findings.extend(unmatched(self.record, self.program.schema.judged))
        self.account(total)
        if total.grade is not None:
            self.grade(total.grade)
        for account in accounts(total):
            balance = Balance(account)
            for check in account.checks:
                self.statement(check, balance)
        verify_ledger(self.recorder.entries)
        return Trace(
            header=self.header,
            cells=tuple(self.recorder.cells.values()),
            entries=tuple(self.recorder.entries),
            result=self.result(),
            findings=tuple(sorted(self.recorder.findings, key=_in_order)),
        )

    # ---- accounts

    def account(self, account: c.Account) -> None:
        balance = Balance(account)
        balance.full, balance.floor, balance.top = (self.points(e) for e in (account.full, account.floor, account.top))
        for statement in account.body:
            self.statement(statement, balance)
        path = str(account.origin.path)
        if balance.now.point is not None:
            # What was open on the way did not matter in the end.
            balance.blame, balance.causes = frozenset(), frozenset()
        self.entry("close", account.origin, balance, before=balance.now)
        self.env.closings[path] = Closing(exact(balance.now), balance.blame, balance.causes)
        self.factors[path] = exact(self.points(account.factor))
        self.fulls[path] = exact(balance.full)

    def statement(self, statement: c.Statement, balance: Balance) -> None:
        match statement:
            case c.Account():
                self.account(statement)
            case c.Open():
                self.open(statement, balance)
            case c.Let():
                self.let(statement, balance)
            case c.Move():
                self.move(statement, balance)
            case c.Each():
                self.each(statement, balance)
            case c.Clamp():
                self.clamp(statement, balance)
            case c.RoundTo():
                self.round(statement, balance)
            case c.Review():
                self.review(statement, balance)
            case c.Check():
                self.check(statement, balance)
            case c.Grade():
                self.grade(statement)
            case _:
                assert_never(statement)

    def open(self, statement: c.Open, balance: Balance) -> None:
        balance.now, balance.basis = self.points(statement.amount), statement.basis
        self.entry("open", statement.origin, balance, role=statement.basis, applied=exact(balance.now))
        if statement.basis == "parts":
            for child in balance.account.body:
                if isinstance(child, c.Account):
                    self.carry(child, balance)

    def carry(self, child: c.Account, balance: Balance) -> None:
        """The closing of an inner part, on the scale of this one."""
        path = str(child.origin.path)
        closing, factor = self.env.closings[path], self.factors[path]
        applied = iv.multiply(interval(closing.score), interval(factor))
        before, balance.now = balance.now, iv.add(balance.now, applied)
        if too_big(balance.now):
            balance.now = whole_range(balance, "score")
        self.blame(balance, Unknown(closing.causes, closing.blame))
        self.entry(
            "carry", child.origin, balance, "undetermined" if closing.blame else "applied",
            before=before, name=path, asked=closing.score, factor=factor, applied=exact(applied),
            blame=tuple(sorted(closing.blame, key=_by_number)),
        )  # fmt: skip

    def clamp(self, statement: c.Clamp, balance: Balance) -> None:
        before = balance.now
        balance.now = iv.minimum([iv.maximum([before, balance.floor]), balance.top])
        role: Literal["deduct", "award"] = "award" if statement.role == "top" else "deduct"
        asked = None if statement.role == "opening" else balance.asked.get(role)
        self.entry(
            "clamp", statement.origin, balance, before=before, role=statement.role,
            name=balance.basis if statement.role == "opening" else None,
            low=exact(balance.floor), high=exact(balance.top), asked=None if asked is None else exact(asked),
        )  # fmt: skip

    def round(self, statement: c.RoundTo, balance: Balance) -> None:
        before = balance.now
        balance.now = iv.rounded(before, statement.places, statement.mode)
        self.entry(
            "round",
            statement.origin,
            balance,
            before=before,
            places=statement.places,
            mode=statement.mode.value,
        )

    # ---- statements

    def let(self, statement: c.Let, balance: Balance) -> None:
        value = evaluate(statement.value, self.env)
        self.env.lets[statement.origin.path] = value
        unknown = value.value if isinstance(value.value, Unknown) else None
        self.recorder.entry(
            "let", statement.origin, str(balance.account.origin.path), "undetermined" if unknown else "applied",
            row=self.row, name=statement.name, expression=value, blame=_blame(unknown),
        )  # fmt: skip

    def each(self, statement: c.Each, balance: Balance) -> None:
        rows = self.env.rows_of(statement.rows)
        if isinstance(rows, Unknown):
            self.missing_list(statement, balance, rows)
            return
        outer = self.row
        for row in rows:
            self.env.rows[statement.slot], self.env.slot_lists[statement.slot] = row, statement.rows
            self.row = row_ref(statement.rows, row)
            where = None if statement.where is None else evaluate(statement.where, self.env)
            unknown = where.value if where is not None and isinstance(where.value, Unknown) else None
            if where is not None:
                status: Status = "undetermined" if unknown else "applied" if where.value else "not met"
                self.recorder.entry(
                    "each", statement.origin, str(balance.account.origin.path), status,
                    row=self.row, condition=where, blame=_blame(unknown),
                )  # fmt: skip
            if where is None or where.value is not False:
                for inner in statement.body:
                    self.statement(if_row_counts(inner, statement.where) if unknown else inner, balance)
        self.row = outer
        self.env.rows.pop(statement.slot, None)

    def missing_list(self, statement: c.Each, balance: Balance, unknown: Unknown) -> None:
        """A list the data do not hold, or too many rows: its moves may take or give anything up to the bounds."""
        roles = sorted(roles_of(statement))
        if not roles:  # Checks move nothing, and run when the part has closed.
            part = str(balance.account.origin.path)
            self.recorder.entry("each", statement.origin, part, "undetermined", row=self.row)
            return
        before = balance.now
        for role in roles:
            balance.now = moved(balance, role, iv.NOT_NEGATIVE)
        self.blame(balance, unknown)
        self.entry("each", statement.origin, balance, "undetermined", before=before)

    def move(self, statement: c.Move, balance: Balance) -> None:
        condition = None if statement.when is None else evaluate(statement.when, self.env)
        held = True if condition is None else condition.value
        amount = None if held is False else evaluate(statement.amount, self.env)
        cap = None if held is False or statement.cap is None else evaluate(statement.cap, self.env)
        if (early := _answer(statement, _unknown(amount, cap))) is not None:
            # The amount has no value whatever the condition turns out to be.
            amount, cap = evaluate(early.amount, self.env), None
        unknown = _unknown(condition, amount, cap)
        answered = _answer(statement, unknown)
        if answered is not None:
            amount, cap, unknown, held = evaluate(answered.amount, self.env), None, None, True
            unknown = _unknown(amount)
        if held is False or amount is None:
            self.entry(
                "move", statement.origin, balance, "not met", before=balance.now, role=statement.role,
                condition=condition, applied=ZERO, reason=None, authority=statement.authority,
            )  # fmt: skip
            return
        asked = self.asked(statement, amount, cap, possible=isinstance(held, Unknown))
        asked, unknown = self.or_undefined(statement, asked, unknown)
        if unknown is None and any(_negative(expr) for expr in (amount, cap)):
            unknown = Unknown(frozenset({Cause.INVALID}), frozenset())
        before = balance.now
        balance.now = moved(balance, statement.role, asked)
        balance.asked[statement.role] = within_size(iv.add(balance.asked.get(statement.role, NOTHING), asked))
        if too_big(balance.now):
            balance.now = whole_range(balance, statement.role)
            unknown = _unknown(condition, amount, cap) or Unknown(frozenset({Cause.TOO_BIG}))
            self.finding("F205", statement.origin, text=statement.origin.span.text)
        self.blame(balance, unknown)
        applied = applied_part(balance, statement.role, before, asked)
        without_effect = applied == ZERO and asked.low is not None and asked.low > 0
        status: Status = "undetermined" if unknown else "without effect" if without_effect else "applied"
        self.entry(
            "move", statement.origin, balance, status, before=before, role=statement.role,
            name=next((a.on for a in (answered, early) if a is not None), None), condition=condition, expression=amount,
            asked=exact(asked), cap=None if cap is None else exact(self.as_points(cap)), applied=applied,
            reason=render_reason(statement.reason, self.env, self.program.language),
            authority=statement.authority, blame=_blame(unknown),
        )  # fmt: skip

    def asked(self, statement: c.Move, amount: Expr, cap: Expr | None, *, possible: bool) -> Interval:
        """The amount, cut by its own `up to`; from 0 where the condition may not hold. Never negative."""
        asked = self.as_points(amount)
        negative = next((expr.value for expr in (amount, cap) if _negative(expr) and expr is not None), None)
        if isinstance(negative, Fraction):
            self.finding("F201", statement.origin, amount=show(negative), text=statement.origin.span.text)
            asked = iv.NOT_NEGATIVE
        if cap is not None and not _negative(cap):
            asked = iv.minimum([asked, self.as_points(cap)])
        asked = iv.maximum([asked, NOTHING])
        return Interval(ZERO, asked.high) if possible else asked

    def or_undefined(
        self, statement: c.Move, asked: Interval, unknown: Unknown | None
    ) -> tuple[Interval, Unknown | None]:
        """What missing data may yet turn out to leave undefined: the answer for that is possible too, and only the
        missing cells are to blame."""
        answers = [self.points(answer.amount) for answer in statement.instead if answer.on == "undefined"]
        if unknown is None or not answers or not unknown.causes & OF_DATA:
            return asked, unknown
        absent = {key for key in unknown.blame if isinstance(self.recorder.cells[key].datum, Absent)}
        return iv.hull([asked, *answers]), Unknown(unknown.causes & OF_DATA, frozenset(absent))

    def review(self, statement: c.Review, balance: Balance) -> None:
        before = balance.now
        part = str(balance.account.origin.path)
        judged = judge(statement, self.record, self.recorder, part, exact(balance.full), self.program.language)
        balance.now = iv.add(before, judged.score)
        self.blame(balance, judged.unknown)
        self.entry(
            "judge", statement.origin, balance, "undetermined" if judged.unknown else "applied",
            before=before, name=judged.reviewer, applied=exact(judged.score), low=ZERO, high=exact(balance.full),
            reason=judged.reason, authority=statement.authority, inputs=judged.inputs, blame=_blame(judged.unknown),
        )  # fmt: skip

    def check(self, statement: c.Check, balance: Balance) -> None:
        test = evaluate(statement.test, self.env)
        unknown = test.value if isinstance(test.value, Unknown) else None
        status: Status = "undetermined" if unknown else "applied" if test.value else "not met"
        reason = None if status == "applied" else render_reason(statement.reason, self.env, self.program.language)
        entry = self.recorder.entry(
            "check", statement.origin, str(balance.account.origin.path), status, row=self.row,
            role=statement.severity, expression=test, reason=reason, authority=statement.authority,
            blame=_blame(unknown),
        )  # fmt: skip
        if status != "applied":
            if status == "undetermined" and self.tell_undefined(entry):
                return
            finding = check_finding(statement, entry, test, self.recorder.cells, self.program.language)
            self.recorder.findings.append(attrs.evolve(finding, record=self.record.key))

    def grade(self, statement: c.Grade) -> None:
        choice = evaluate(statement.choice, self.env)
        label = choice.value if isinstance(choice.value, str) else None
        possible = dict.fromkeys(arg.value for arg in choice.args if isinstance(arg.value, str))
        self.env.grade = label if label is not None else Unknown(merge_causes(choice))
        self.possible = tuple(label for label in statement.scale if label in possible) if label is None else ()
        unknown = choice.value if isinstance(choice.value, Unknown) else None
        self.recorder.entry(
            "grade", statement.origin, str(self.program.total.origin.path), "undetermined" if unknown else "applied",
            condition=choice, label=label, possible=self.possible, blame=_blame(unknown),
        )  # fmt: skip

    # ---- what they share

    def points(self, expression: c.Expression) -> Interval:
        return self.as_points(evaluate(expression, self.env))

    def as_points(self, expr: Expr) -> Interval:
        match expr.value:
            case Fraction():
                return iv.exactly(expr.value)
            case Unknown():
                return expr.value.within
            case _:
                raise AssertionError("check asks for a number of points")

    def blame(self, balance: Balance, unknown: Unknown | None) -> None:
        if unknown is not None and balance.now.point is None:
            balance.blame |= unknown.blame
            balance.causes |= unknown.causes

    def entry(
        self,
        kind: Literal["open", "move", "clamp", "round", "carry", "judge", "close", "each"],
        origin: c.Origin,
        balance: Balance,
        status: Status = "applied",
        before: Interval | None = None,
        **facts: Unpack[Facts],
    ) -> Entry:
        """An entry that moves the balance of its part from `before` to what it is now."""
        entry = self.recorder.entry(
            kind, origin, str(balance.account.origin.path), status, row=self.row,
            before=None if before is None else exact(before), after=exact(balance.now), **facts,
        )  # fmt: skip
        if status == "undetermined":
            self.tell_undefined(entry)
        return entry

    def tell_undefined(self, entry: Entry) -> bool:
        """A value that no data could give is a finding where it was lost."""
        finding = undefined_finding(entry, self.recorder.cells, self.program.language)
        if finding is not None:
            self.recorder.findings.append(attrs.evolve(finding, record=self.record.key))
        return finding is not None

    def finding(self, code: str, origin: c.Origin, **facts: Fact) -> None:
        self.recorder.findings.append(
            Diagnostic(code, facts, origin.span, rule=str(origin.path), record=self.record.key)
        )

    def result(self) -> Result:
        total = self.program.total
        closing = self.env.closings[str(total.origin.path)]
        parts = tuple(
            PartResult(
                path=(path := str(account.origin.path)),
                name=account.name,
                title=account.title,
                kind=account.kind,
                full=self.fulls[path],
                score=self.env.closings[path].score,
                factor=self.factors[path],
            )
            for account in accounts(total)
            if account is not total
        )
        return Result(
            total=closing.score,
            full=self.fulls[str(total.origin.path)],
            grade=self.env.grade if isinstance(self.env.grade, str) else None,
            possible_grades=self.possible,
            parts=parts,
            status="provisional" if isinstance(closing.score, Interval) else "final",
            blame=tuple(sorted(closing.blame, key=_by_number)),
            causes=tuple(sorted(cause.value for cause in closing.causes)),
        )


def _in_order(finding: Diagnostic) -> int:
    """What was found in the data first, then by place in the rules."""
    return -1 if finding.span is None else finding.span.start


def merge_causes(expr: Expr) -> frozenset[Cause]:
    return expr.value.causes if isinstance(expr.value, Unknown) else frozenset()


def _answer(statement: c.Move, unknown: Unknown | None) -> c.Instead | None:
    """The `or V if …` that certainly counts. What is undefined only for the data there are may come out otherwise with
    those that are missing; and nothing answers for an invalid cell."""
    if unknown is None or Cause.INVALID in unknown.causes:
        return None
    for answer in statement.instead:
        if answer.on in unknown.causes and (answer.on == "missing" or not unknown.causes & OF_DATA):
            return answer
    return None


def _negative(expr: Expr | None) -> bool:
    return expr is not None and isinstance(expr.value, Fraction) and expr.value < 0


def _unknown(*expressions: Expr | None) -> Unknown | None:
    unknown = [e.value for e in expressions if e is not None and isinstance(e.value, Unknown)]
    if not unknown:
        return None
    causes = frozenset(cause for u in unknown for cause in u.causes)
    return Unknown(causes, frozenset(key for u in unknown for key in u.blame))


def _blame(unknown: Unknown | None) -> tuple[str, ...]:
    return () if unknown is None else tuple(sorted(unknown.blame, key=_by_number))


def _by_number(key: str) -> int:
    return int(key[1:])
