"""What holds of every core tree, checked after lowering: a failure here is our mistake, never the author's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from steelyard.core import nodes as c
from steelyard.source import RulePath
from steelyard.values.types import ListType, Schema


def verify_invariants(total: c.Account, schema: Schema) -> None:
    """Rule paths are unique; cells are inputs; rows are bound where they are read; a let stands before what reads it; a
    score is read only after its part has closed. Raises AssertionError."""
    _Walk(schema).account(total)


class _Walk:
    def __init__(self, schema: Schema) -> None:
        self.inputs = {f.name for f in schema.fields}
        self.lists = {f.name: {g.name for g in f.type.fields} for f in schema.fields if isinstance(f.type, ListType)}
        self.paths: set[RulePath] = set()
        self.lets: set[RulePath] = set()
        self.rows: dict[int, str] = {}
        self.closed: set[RulePath] = set()

    def account(self, account: c.Account) -> None:
        assert account.origin.path not in self.paths, f"two parts at {account.origin.path}"
        self.paths.add(account.origin.path)
        for statement in account.body:
            self.statement(statement)
        self.closed.add(account.origin.path)
        if account.grade:
            self.expression(account.grade.choice)
        if account.kind == "total":
            for inner in accounts(account):
                for check in inner.checks:
                    self.statement(check)

    def statement(self, statement: c.Statement) -> None:
        match statement:
            case c.Account():
                self.account(statement)
            case c.Let():
                self.expression(statement.value)
                self.lets.add(statement.origin.path)
            case c.Open():
                self.expression(statement.amount)
            case c.Move():
                assert statement.origin.path not in self.paths, f"two statements at {statement.origin.path}"
                self.paths.add(statement.origin.path)
                pieces = statement.reason.pieces if statement.reason else ()
                inserts = (p.value for p in pieces if isinstance(p, c.Insert))
                answers = (answer.amount for answer in statement.instead)
                self.all(statement.amount, statement.when, statement.cap, *answers, *inserts)
            case c.Each():
                assert statement.rows in self.lists, f"no list {statement.rows}"
                self.rows[statement.slot] = statement.rows
                self.all(statement.where)
                for inner in statement.body:
                    self.statement(inner)
                del self.rows[statement.slot]
            case c.Check():
                self.expression(statement.test)
            case c.Grade():
                self.expression(statement.choice)
            case c.Clamp() | c.RoundTo() | c.Review():
                pass
            case _:
                assert_never(statement)

    def all(self, *expressions: c.Expression | None) -> None:
        for expression in expressions:
            if expression is not None:
                self.expression(expression)

    def expression(self, expression: c.Expression) -> None:
        match expression:
            case c.Const():
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
            case c.Op(_, args):
                self.all(*args)
            case c.Round(value):
                self.expression(value)
            case c.Is(value):
                self.expression(value)
            case c.Choose(branches, otherwise):
                for branch in branches:
                    self.all(branch.when, branch.value)
                self.all(otherwise)
            case c.Fold(_, rows, slot, where, value):
                assert rows in self.lists, f"no list {rows}"
                self.rows[slot] = rows
                self.all(where, value)
                del self.rows[slot]
            case _:
                assert_never(expression)


def accounts(account: c.Account) -> Iterator[c.Account]:
    """The account and all inside it, outer ones first."""
    yield account
    for statement in account.body:
        if isinstance(statement, c.Account):
            yield from accounts(statement)
