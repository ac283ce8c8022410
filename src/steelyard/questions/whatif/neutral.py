"""A program in which one statement costs nothing: a deduction asks nothing, an award is earned, a veto or limit is gone.

Everything else of the program stays as it is, so that floors, caps, carries and roundings do to the rest what they always
do.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Literal

from attrs import evolve

from steelyard.core import nodes as c

How = Literal["nothing", "earned", "uncapped", "gone", "full"]
"""A move asks nothing · an award is given whatever its condition says, the most of its table · an award is not cut by its
`up to` · a veto, limit, skip or move of the grade is not there · a part gets its full points instead of what its scores,
its reviewers or its start say."""

_NOTHING = c.Const(Fraction(0))


def without(program: c.Program, path: str, how: How) -> c.Program:
    """The program with one statement neutralised; for `full` the part whose opening that statement is."""
    if how == "full":
        return evolve(program, total=_account_with(program.total, path))
    return evolve(program, total=_in_account(program.total, path, lambda statement: _neutral(statement, how)))


def _neutral(statement: c.Statement, how: How) -> c.Statement | None:
    match statement, how:
        case c.Move(), "nothing":
            return evolve(statement, amount=_NOTHING, when=None, cap=None, instead=(), waiver=None, restores=())
        case c.Move(), "earned":
            return evolve(statement, amount=most_of(statement.amount), when=None, instead=(), waiver=None)
        case c.Move() | c.Group(), "uncapped":
            return evolve(statement, cap=None)
        case c.Group(), "nothing":
            return evolve(statement, cap=_NOTHING, restores=())
        case ((c.Limit() | c.Skip() | c.Regrade()), "gone"):
            return None
        case _:
            return statement


def most_of(amount: c.Expression) -> c.Expression:
    """The largest amount of a table of numbers; any other amount is what it is."""
    match amount:
        case c.Choose(branches, otherwise):
            values = [branch.value for branch in branches] + ([] if otherwise is None else [otherwise])
            numbers = [value.value for value in values if isinstance(value, c.Const)]
            if len(numbers) == len(values) and numbers and all(isinstance(n, Fraction) for n in numbers):
                return c.Const(max(n for n in numbers if isinstance(n, Fraction)))
    return amount


Change = Callable[[c.Statement], c.Statement | None]


def _in_account(account: c.Account, path: str, change: Change) -> c.Account:
    grade = account.grade
    if grade is not None:
        grade = evolve(grade, moves=_in_body(grade.moves, path, change))
    return evolve(account, body=_in_body(account.body, path, change), grade=grade)


def _in_body(body: tuple[c.Statement, ...], path: str, change: Change) -> tuple[c.Statement, ...]:
    found: list[c.Statement] = []
    for statement in body:
        here: c.Statement | None = statement
        if str(statement.origin.path) == path and not isinstance(statement, c.Each | c.Account):
            here = change(statement)
        elif isinstance(statement, c.Account):
            here = _in_account(statement, path, change)
        elif isinstance(statement, c.Each | c.Group):
            here = evolve(statement, body=_in_body(statement.body, path, change))
        if here is not None:
            found.append(here)
    return tuple(found)


def _account_with(account: c.Account, path: str) -> c.Account:
    """The account that has this opening (or judgement) opens at full points, without scores and reviewers."""
    if any(str(s.origin.path) == path and isinstance(s, c.Open | c.Clamp | c.Review) for s in account.body):
        kept = [s for s in account.body if not _scores(s)]
        return evolve(account, body=tuple(_opened_full(s, account) for s in kept))
    return evolve(account, body=tuple(_deeper(s, path) for s in account.body))


def _deeper(statement: c.Statement, path: str) -> c.Statement:
    match statement:
        case c.Account():
            return _account_with(statement, path)
        case c.Each(body=(c.Account() as inner,)):
            return evolve(statement, body=(_account_with(inner, path),))
        case _:
            return statement


def _scores(statement: c.Statement) -> bool:
    """Does it add up what a part is scored?"""
    match statement:
        case c.Review():
            return True
        case c.Move(role=role) | c.Group(role=role):
            return role == "score"
        case c.Each(body=body):
            return any(_scores(inner) for inner in body)
        case _:
            return False


def _opened_full(statement: c.Statement, account: c.Account) -> c.Statement:
    return evolve(statement, basis="full", amount=account.full) if isinstance(statement, c.Open) else statement
