"""What holds of every core tree, checked after lowering: a failure here is our mistake, never the author's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from steelyard.core import nodes as c
from steelyard.source import RulePath
from steelyard.values.types import ListType, Schema

_IRRATIONAL = frozenset({"sqrt", "ln", "exp", "pow"})
_MOVES = {"score": 3, "deduct": 5, "award": 7}
_CLAMPS = {"opening": 4, "floor": 6, "top": 8}
_REGRADES = ("is", "lower", "limit", "not")


def verify_invariants(total: c.Account, schema: Schema, batch: Iterable[c.BatchValue] = ()) -> None:
    """Rule paths are unique; statements stand in the order of application; cells are inputs; rows are bound where they are
    read; a let stands before what reads it; a score is read only after its part has closed, and of a part for each row
    only inside it. Raises AssertionError."""
    walk = _Walk(schema, batch)
    walk.account(total)
    walk.everything(total)


class _Walk:
    def __init__(self, schema: Schema, batch: Iterable[c.BatchValue]) -> None:
        self.inputs = {f.name for f in schema.fields}
        self.lists = {f.name: {g.name for g in f.type.fields} for f in schema.fields if isinstance(f.type, ListType)}
        self.batch = {value.origin.path for value in batch}
        self.paths: set[RulePath] = set()
        self.lets: set[RulePath] = set()
        self.rows: dict[int, str] = {}
        self.groups: set[int] = set()
        self.closed: set[RulePath] = set()
        self.within: set[RulePath] = set()
        self.rounding = 0

    def account(self, account: c.Account) -> None:
        self.once(account.origin)
        self.template(account.title)
        assert sum(isinstance(s, c.Open) for s in account.body) == 1, f"{account.origin.path} opens once"
        stages = [stage for s in account.body if (stage := stage_of(s)) is not None]
        assert stages == sorted(stages), f"{account.origin.path} is not in the order of application"
        # What the part is worth may be made of its first lets.
        first = next(index for index, statement in enumerate(account.body) if not isinstance(statement, c.Let))
        for index, statement in enumerate(account.body):
            if index == first:
                self.all(account.full, account.share, account.floor, account.top, account.stated)
            self.statement(statement)
        self.closed.add(account.origin.path)
        if account.grade:
            self.grade(account.grade)

    def everything(self, total: c.Account) -> None:
        """What stands outside the bodies: checks, and parts that statements name."""
        for account, around in _with_loops(total, ()):
            for each in around:
                self.bind(each)
            own_row = {inner.origin.path for inner in accounts(account)} - self.closed if account.checks else set()
            self.closed |= own_row
            for check in account.checks:
                self.statement(check)
            self.closed -= own_row
            for each in around:
                self.unbind(each)
        known = {account.origin.path for account in accounts(total)}
        assert self.within <= known, f"no part {self.within - known}"

    def statement(self, statement: c.Statement) -> None:
        match statement:
            case c.Account():
                self.account(statement)
            case c.Let():
                self.all(statement.value, *(answer.amount for answer in statement.instead))
                self.lets.add(statement.origin.path)
            case c.Open():
                self.expression(statement.amount)
            case c.Skip():
                self.once(statement.origin)
                self.expression(statement.when)
                self.template(statement.reason)
            case c.Move():
                self.once(statement.origin)
                self.all(statement.amount, statement.when, statement.cap, *(a.amount for a in statement.instead))
                self.template(statement.reason)
                self.waiver(statement.waiver)
                self.restores(statement.restores)
            case c.Group():
                self.once(statement.origin)
                self.all(statement.when, statement.cap)
                self.template(statement.reason)
                self.restores(statement.restores)
                for inner in statement.body:
                    assert _in_group(inner, statement.role), f"{type(inner).__name__} in {statement.origin.path}"
                    self.statement(inner)
            case c.Each():
                self.each(statement)
            case c.Limit():
                self.once(statement.origin)
                self.all(statement.to, statement.when)
                self.template(statement.reason)
                self.waiver(statement.waiver)
                self.within.add(statement.within)
            case c.Review():
                self.once(statement.origin)
                self.all(*statement.choices, *(end for level in statement.levels for end in (level.low, level.high)))
            case c.Check():
                self.all(statement.test, statement.when)
                self.template(statement.reason)
            case c.Clamp() | c.RoundTo():
                pass
            case c.Restore() | c.Regrade() | c.Grade():
                raise AssertionError(f"{statement.origin.path} stands alone")
            case _:
                assert_never(statement)

    def each(self, each: c.Each) -> None:
        assert each.rows in self.lists, f"no list {each.rows}"
        parts = [inner for inner in each.body if isinstance(inner, c.Account)]
        assert not parts or len(each.body) == 1, f"{each.origin.path} loops over more than a part"
        before = set(self.closed)
        self.bind(each)
        for inner in each.body:
            self.statement(inner)
        self.unbind(each)
        for part in parts:
            assert part.kind in ("section", "criterion"), f"{part.origin.path} stands once"
            self.closed = before  # Of a part for each row nobody outside knows which.

    def bind(self, each: c.Each) -> None:
        self.rows[each.slot] = each.rows
        if each.by is not None:
            assert each.by in self.lists[each.rows], f"no field {each.by}"
            self.groups.add(each.slot)
        self.all(each.where)

    def unbind(self, each: c.Each) -> None:
        del self.rows[each.slot]
        self.groups.discard(each.slot)

    def grade(self, grade: c.Grade) -> None:
        self.expression(grade.choice)
        moves = [move for statement in grade.moves for move in _regrades(statement)]
        order = [_REGRADES.index(move.how) for move in moves]
        assert order == sorted(order), f"{grade.origin.path} is not in the order of application"
        for statement in grade.moves:
            self.regrade(statement, grade)

    def regrade(self, statement: c.Statement, grade: c.Grade) -> None:
        match statement:
            case c.Regrade():
                self.once(statement.origin)
                assert statement.label is None or statement.label in grade.scale, f"no grade {statement.label}"
                assert statement.how != "not" or statement.label != grade.scale[-1], "no grade is below the worst"
                assert statement.steps > 0 or statement.how != "lower", "a grade is lowered by a step or more"
                self.all(statement.when)
                self.template(statement.reason)
                self.waiver(statement.waiver)
                self.within.add(statement.within)
            case c.Each():
                self.bind(statement)
                for inner in statement.body:
                    self.regrade(inner, grade)
                self.unbind(statement)
            case c.Let():
                self.statement(statement)
            case _:
                raise AssertionError(f"{statement.origin.path} moves no grade")

    def restores(self, restores: Sequence[c.Restore]) -> None:
        for restore in restores:
            self.once(restore.origin)
            self.all(restore.amount, restore.when, *(answer.amount for answer in restore.instead))
            self.template(restore.reason)

    def waiver(self, waiver: c.Waiver | None) -> None:
        if waiver is not None:
            self.all(waiver.cell, waiver.reason, waiver.approver)

    def template(self, template: c.Template | None) -> None:
        self.all(*(p.value for p in (template.pieces if template else ()) if isinstance(p, c.Insert)))

    def once(self, origin: c.Origin) -> None:
        assert origin.path not in self.paths, f"two statements at {origin.path}"
        self.paths.add(origin.path)

    def all(self, *expressions: c.Expression | None) -> None:
        for expression in expressions:
            if expression is not None:
                self.expression(expression)

    def expression(self, expression: c.Expression) -> None:
        match expression:
            case c.Const() | c.OverParts():
                pass
            case c.Cell(name, None):
                assert name in self.inputs, f"no input {name}"
            case c.Cell(name, slot):
                assert slot in self.rows, f"{name} is read outside its row"
                assert name in self.lists[self.rows[slot]], f"no field {name}"
            case c.Slot(path):
                assert path in self.lets, f"{path} is read before it has a value"
            case c.Score(path):
                assert path in self.closed, f"{path} is read before it has closed"
            case c.FromBatch(path):
                assert path in self.batch, f"no value of the batch {path}"
            case c.Op(op, args):
                assert op not in _IRRATIONAL or self.rounding, f"{op} stands outside a rounding"
                self.all(*args)
            case c.Round(value):
                self.rounding += 1
                self.expression(value)
                self.rounding -= 1
            case c.Is(value):
                self.expression(value)
            case c.Choose(branches, otherwise):
                for branch in branches:
                    self.all(branch.when, branch.value)
                self.all(otherwise)
            case c.Fold():
                self.fold(expression)
            case _:
                assert_never(expression)

    def fold(self, fold: c.Fold) -> None:
        assert fold.rows in self.lists, f"no list {fold.rows}"
        assert fold.group is None or fold.group in self.groups, "a group is read outside its loop"
        assert fold.group is None or self.rows[fold.group] == fold.rows, "a group is of its own list"
        assert fold.value is not None or fold.op in ("count", "any"), f"{fold.op} needs a value"
        self.rows[fold.slot] = fold.rows
        self.all(fold.where, fold.value)
        del self.rows[fold.slot]


def accounts(account: c.Account) -> Iterator[c.Account]:
    """The account and all inside it, outer ones first; one for each row stands once."""
    for found, _ in _with_loops(account, ()):
        yield found


def insides(total: c.Account) -> dict[str, str]:
    """For every part the one around it."""
    return {
        str(inner.origin.path): str(account.origin.path)
        for account in accounts(total)
        for inner, _ in _inner(account, ())
    }


def telling_titles(total: c.Account) -> frozenset[str]:
    """Titles that say which part is meant: those of one part only, which are no other part's name."""
    found = list(accounts(total))
    titles = Counter(title for part in found if (title := _plain(part.title)) is not None)
    names = {name for part in found for name in (part.name, str(part.origin.path))}
    return frozenset(title for title, count in titles.items() if count == 1 and title not in names)


def _plain(title: c.Template | None) -> str | None:
    """The text of a title into which no value is put."""
    if title is None or not all(isinstance(piece, str) for piece in title.pieces):
        return None
    return "".join(str(piece) for piece in title.pieces)


def looped(total: c.Account) -> frozenset[str]:
    """The parts that stand for each row, and those inside them."""
    return frozenset(str(account.origin.path) for account, around in _with_loops(total, ()) if around)


def _with_loops(account: c.Account, around: tuple[c.Each, ...]) -> Iterator[tuple[c.Account, tuple[c.Each, ...]]]:
    yield account, around
    for inner, loops in _inner(account, around):
        yield from _with_loops(inner, loops)


def _inner(account: c.Account, around: tuple[c.Each, ...]) -> Iterator[tuple[c.Account, tuple[c.Each, ...]]]:
    for statement in account.body:
        match statement:
            case c.Account():
                yield statement, around
            case c.Each(body=(c.Account() as inner,)):
                yield inner, (*around, statement)
            case _:
                pass


def stage_of(statement: c.Statement) -> int | None:
    """The place of a statement in the order of application; a let may stand anywhere."""
    match statement:
        case c.Skip():
            return 0
        case c.Account():
            return 1
        case c.Open():
            return 2
        case c.Review():
            return 3
        case c.Move(role=role) | c.Group(role=role):
            return _MOVES[role]
        case c.Clamp(role=clamp):
            return _CLAMPS[clamp]
        case c.Limit(role=limit):
            return 9 if limit == "zero" else 10
        case c.RoundTo():
            return 11
        case c.Each(body=body):
            return next((stage for inner in body if (stage := stage_of(inner)) is not None), None)
        case _:
            return None


def _in_group(statement: c.Statement, role: str) -> bool:
    match statement:
        case c.Let():
            return True
        case c.Move(role=own) | c.Group(role=own):
            return own == role
        case c.Each(body=body):
            return all(_in_group(inner, role) for inner in body)
        case _:
            return False


def _regrades(statement: c.Statement) -> Iterator[c.Regrade]:
    if isinstance(statement, c.Regrade):
        yield statement
    elif isinstance(statement, c.Each):
        for inner in statement.body:
            yield from _regrades(inner)
