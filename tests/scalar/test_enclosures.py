"""What missing data leave open encloses what any completion of them comes to: tried on random trees and records."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scalar.building import record, schema
from scalar.trees import c, each, grade, group, limit, move, part, regrade, restore, run, skip, total
from steelyard.data.model import Record
from steelyard.source import RulePath
from steelyard.trace.model import Quantity, Trace
from steelyard.values.intervals import Interval

INPUTS = ("x", "y", "z")
FIELDS = ("a", "b", "share")


class Trees:
    """A random tree."""

    def __init__(self, random: Random) -> None:
        self.random, self.count = random, 0

    def path(self, outer: str) -> str:
        self.count += 1
        return f"n{self.count}" if outer == "total" else f"{outer}.n{self.count}"

    def one(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def amount(self, slots: tuple[int, ...]) -> c.Expression:
        number = c.Const(Fraction(self.random.randint(0, 12), self.one(1, 1, 2)))
        cells = [c.Cell(self.one(*INPUTS)), *(c.Cell(self.one("a", "b"), slot) for slot in slots)]
        match self.random.randint(0, 5):
            case 0 | 1 | 2:
                return number
            case 3:
                return self.one(*cells)
            case 4:
                return c.Op(self.one("+", "max", "min"), (self.one(*cells), number))
            case _:
                return c.Op("*", (c.Const(Fraction(1, 2)), self.one(*cells)))

    def condition(self, slots: tuple[int, ...], depth: int = 0) -> c.Expression:
        if depth < 2 and self.random.random() < 0.25:
            args = (self.condition(slots, depth + 1), self.condition(slots, depth + 1))
            return c.Op(self.one("and", "or"), args)
        cells = [c.Cell(self.one(*INPUTS)), *(c.Cell(self.one("a", "b"), slot) for slot in slots)]
        return c.Op(self.one(">=", "<", "="), (self.one(*cells), c.Const(Fraction(self.random.randint(0, 8)))))

    def maybe(self, slots: tuple[int, ...]) -> c.Expression | None:
        return self.condition(slots) if self.random.random() < 0.6 else None

    def restores(self, path: str, slots: tuple[int, ...]) -> tuple[c.Restore, ...]:
        found = []
        for index in range(self.one(0, 0, 0, 1, 2)):
            share = self.one(True, False)
            amount: Any = Fraction(self.random.randint(0, 4), 4) if share else self.amount(slots)
            found.append(restore(f"{path}:r{index}", amount, share=share, when=self.maybe(slots)))
        return tuple(found)

    def moving(self, outer: str, role: Any, slots: tuple[int, ...], depth: int = 0) -> c.Statement:
        path = self.path(outer)
        kind = self.random.randint(0, 5) if depth < 2 else 0
        if kind == 4:
            body = tuple(self.moving(outer, role, slots, depth + 1) for _ in range(self.random.randint(1, 3)))
            cap = self.amount(slots) if self.random.random() < 0.4 else None
            return group(path, self.one("sum", "highest"), *body, role=role, cap=cap, when=self.one(None, self.maybe(slots)),
                         restores=self.restores(path, slots))  # fmt: skip
        if kind == 5:
            slot = self.count + 100
            body = tuple(self.moving(outer, role, (*slots, slot), depth + 1) for _ in range(self.random.randint(1, 2)))
            return each(path, *body, slot=slot, where=self.maybe((*slots, slot)))
        cap = self.amount(slots) if self.random.random() < 0.3 else None
        return move(path, self.amount(slots), role, self.maybe(slots), cap=cap, restores=self.restores(path, slots))

    def leaf(self, outer: str, full: Any, slots: tuple[int, ...], kind: str = "criterion", **more: Any) -> c.Account:
        path = self.path(outer)
        body: list[c.Statement] = self.skips(path, slots)
        body += [self.moving(path, "deduct", slots) for _ in range(self.random.randint(0, 3))]
        body += [self.moving(path, "award", slots) for _ in range(self.one(0, 0, 1))]
        body += self.limits(path, slots)
        return part(path, full, *body, kind=kind, **more)

    def skips(self, path: str, slots: tuple[int, ...]) -> list[c.Statement]:
        ways = ("redistribute", "redistribute", "full", "zero", "rescale")
        count = self.one(0, 0, 0, 1, 1, 2)
        return [skip(f"{path}:skip{i}", self.condition(slots), self.one(*ways)) for i in range(count)]

    def limits(self, path: str, slots: tuple[int, ...], within: str | None = None) -> list[c.Statement]:
        if self.random.random() < 0.7:
            return []
        role = self.one("zero", "limit")
        to = self.random.randint(0, 20)
        return [limit(f"{self.path(path)}:limit", role, to, self.condition(slots), within or path)]

    def section(self, outer: str, share: int) -> c.Account:
        path = self.path(outer)
        match self.random.randint(0, 3):
            case 0:
                slot = self.count + 100
                where = self.maybe((slot,)) if self.random.random() < 0.4 else None
                item = self.leaf(path, c.Cell("share", slot), (slot,))
                fold_where = None if where is None else _on_slot(where, slot, 999)
                full: Any = c.Fold("sum", "rows", 999, fold_where, c.Cell("share", 999))
                parts: list[c.Statement] = [each(f"{path}:each", item, slot=slot, where=where)]
            case _:
                shares = [self.random.randint(1, 9) for _ in range(self.random.randint(1, 3))]
                full = sum(shares)
                parts = [self.leaf(path, points, ()) for points in shares]
        body = [*self.skips(path, ()), *parts, *self.limits(path, ())]
        more: dict[str, Any] = {}
        if self.random.random() < 0.2:
            more = {"basis": "scores"}
            body.append(move(self.path(path), c.OverParts(self.one("lowest", "highest", "average", "median"), "rate"), "score",
                             restores=()))  # fmt: skip
        return part(path, full, *body, kind="section", share=c.Const(Fraction(share)), **more)

    def tree(self) -> c.Account:
        shares = [self.random.randint(1, 60) for _ in range(self.random.randint(1, 3))]
        parts = [
            self.section("total", share) if self.random.random() < 0.6 else self.leaf("total", share, ())
            for share in shares
        ]
        within = str(self.one(*parts).origin.path)
        body: list[c.Statement] = [*parts, *self.limits("total", (), within)]
        if self.random.random() < 0.3:
            bonus = part(
                "more", 4, *self.skips("more", ()), self.moving("more", "award", ()), kind="bonus", basis="zero"
            )
            body = [
                *body[: len(parts)],
                bonus,
                *body[len(parts) :],
                move("more:carry", c.Score(RulePath("more")), "award"),
            ]
        if self.random.random() < 0.15:
            body.insert(0, skip("total:skip", self.condition(())))
        full = sum(shares)
        moves = [regrade(f"r{how}", how, "B" if how != "lower" else None, self.maybe(()), steps=1, within=within)
                 for how in ("is", "lower", "limit", "not") if self.random.random() < 0.3]  # fmt: skip
        rows = (("A", full * 3 // 4), ("B", full // 2), ("C", full // 4), ("D", None))
        return total(full, *body, grade=grade(*rows, moves=moves))


def _on_slot(expression: c.Expression, old: int, new: int) -> c.Expression:
    match expression:
        case c.Cell(name, slot):
            return c.Cell(name, new if slot == old else slot)
        case c.Op(op, args):
            return c.Op(op, tuple(_on_slot(arg, old, new) for arg in args))
        case _:
            return expression


def records(random: Random) -> tuple[Record, Record]:
    """A record with missing cells, and one completion of it."""
    values = {name: random.randint(0, 9) for name in INPUTS}
    rows = [{name: random.randint(0, 6) for name in FIELDS} for _ in range(random.randint(0, 3))]
    holes = {name: None if random.random() < 0.4 else value for name, value in values.items()}
    open_rows = [{n: None if random.random() < 0.2 else v for n, v in row.items()} for row in rows]
    return record(rows=open_rows, **holes), record(rows=rows, **values)


def encloses(outer: Quantity, inner: Quantity) -> bool:
    a, b = (q if isinstance(q, Interval) else Interval(q, q) for q in (outer, inner))
    low = a.low is None or (b.low is not None and a.low <= b.low)
    return low and (a.high is None or (b.high is not None and b.high <= a.high))


def check(open_one: Trace, full_one: Trace) -> None:
    before, after = open_one.result, full_one.result
    if before.status == "final":
        assert (before.total, before.grade) == (after.total, after.grade)
    if after.total is None:
        assert before.status in ("provisional", "not issued")
    else:
        assert before.total is not None
        assert encloses(before.total, after.total), (before.total, after.total)
        grades = {after.grade} - {None} | set(after.possible_grades)
        assert grades <= {before.grade} | set(before.possible_grades)
    parts = {p.path: p for p in before.parts}
    for found in after.parts:
        outer = parts.get(found.path)
        if outer is None:
            continue  # Of a skipped part for each row, or one whose row may count.
        if found.score is None:
            assert outer.score is None or outer.may_be_skipped or _inside_open(outer.inside, parts)
        elif outer.score is None:
            raise AssertionError(f"{found.path} was said to be skipped")
        else:
            assert encloses(outer.score, found.score), found.path


def _inside_open(path: str, parts: dict[str, Any]) -> bool:
    """Is a part around it open? Then it may not have run at all."""
    while path in parts:
        if parts[path].may_be_skipped or isinstance(parts[path].score, Interval):
            return True
        path = parts[path].inside
    return True


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**40))
def test_every_completion_lies_in_the_enclosure(seed: int) -> None:
    random = Random(seed)
    tree = Trees(random).tree()
    open_record, full_record = records(random)
    fits = schema(record(rows=[dict.fromkeys(FIELDS, 1)], **dict.fromkeys(INPUTS, 1)))
    check(run(tree, open_record, schema=fits), run(tree, full_record, schema=fits))
