"""How the parts of a scheme make up its total: from the core, as steps.

A part that only adds up its parts is `add, hold, round`. A part with statements of its own beside its parts (a veto, a
deduction) is not undone: what it comes to cannot be told from its parts alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from attrs import field, frozen

from steelyard.core import nodes as c
from steelyard.reverse.ranges import Range
from steelyard.reverse.steps import Add, Hold, RoundOff, Step

ZERO = Fraction(0)


@frozen
class Part:
    """One part of the scheme, as the audit sees it."""

    path: str
    name: str
    title: str | None
    kind: str
    inside: str | None
    full: Fraction | None
    factor: Fraction | None
    """What one point of it is worth one level up: share ÷ full points."""
    share: Fraction | None
    within: Range
    steps: tuple[Step, ...] | None
    """How its parts make it up; None for a part without parts, or with statements of its own."""
    parts: tuple[str, ...]
    rounding: RoundOff | None
    judged: bool
    skippable: bool
    constants: frozenset[Fraction] = field(eq=False)
    """The numbers that its own moves are made of."""


Parts = Mapping[str, Part]


def parts_of(program: c.Program) -> dict[str, Part]:
    """All parts by their path, an outer one before its inner ones."""
    return {part.path: part for part in _parts(program.total, None)}


def _parts(account: c.Account, inside: str | None) -> Iterator[Part]:
    inner = [statement for statement in account.body if isinstance(statement, c.Account)]
    full, share = constant(account.full), constant(account.share)
    floor, top = (None if e is None else constant(e) for e in (account.floor, account.top))
    roundings = [s for s in account.body if isinstance(s, c.RoundTo)]
    title = account.title.pieces[0] if account.title and len(account.title.pieces) == 1 else None
    yield Part(
        path=str(account.origin.path),
        name=account.name,
        title=title if isinstance(title, str) else None,
        kind=account.kind,
        inside=inside,
        full=full,
        factor=None if share is None or full in (None, ZERO) else share / (full or 1),
        share=share,
        within=Range(floor, top),
        steps=_steps(account, floor, top) if inner else None,
        parts=tuple(str(part.origin.path) for part in inner),
        rounding=RoundOff(roundings[-1].places, roundings[-1].mode) if roundings else None,
        judged=any(isinstance(s, c.Review) for s in account.body),
        skippable=any(isinstance(s, c.Skip) for s in account.body),
        constants=frozenset(_numbers(account.body)),
    )
    for part in inner:
        yield from _parts(part, str(account.origin.path))


def _steps(account: c.Account, floor: Fraction | None, top: Fraction | None) -> tuple[Step, ...] | None:
    steps: list[Step] = []
    outside: dict[str, Fraction] = {}
    terms: list[tuple[str, Fraction]] = []
    for statement in account.body:
        match statement:
            case c.Account(kind="bonus" | "penalty"):
                outside[str(statement.origin.path)] = Fraction(1)
            case c.Account():
                full, share = constant(statement.full), constant(statement.share)
                if share is None or not full:
                    return None
                terms.append((str(statement.origin.path), share / full))
            case c.Open(basis="parts"):
                steps.append(Add(tuple(terms)))
            case c.Clamp():
                steps.append(Hold(floor, top))
            case c.RoundTo():
                steps.append(RoundOff(statement.places, statement.mode))
            case c.Move(when=None, cap=None, waiver=None, restores=(), amount=amount) if (
                carried := _carried(amount)
            ) in outside:
                steps.append(Add(((str(carried), outside[str(carried)]),)))
            case c.Let() | c.Skip():
                pass
            case _:
                return None
    # A bonus and a penalty are held one after the other; where nothing opens from the parts, nothing is known.
    return tuple(steps) if any(isinstance(step, Add) for step in steps) else None


def _carried(amount: c.Expression) -> str | None:
    match amount:
        case c.Score(path=path, facet="score" | "points"):
            return str(path)
        case c.Op(op="neg", args=(c.Score(path=path, facet="score" | "points"),)):
            return str(path)
    return None


def constant(expression: c.Expression) -> Fraction | None:
    """The number that an expression without data comes to."""
    match expression:
        case c.Const(value=Fraction() as value):
            return value
        case c.Op(op="+" | "*" | "/" | "neg" as op, args=args):
            values = [constant(arg) for arg in args]
            known = [value for value in values if value is not None]
            if len(known) < len(values):
                return None
            match op:
                case "+":
                    return sum(known, ZERO)
                case "neg":
                    return -known[0]
                case "*":
                    product = Fraction(1)
                    for value in known:
                        product *= value
                    return product
            return known[0] / known[1] if known[1] else None
    return None


def _numbers(statements: Iterable[c.Statement]) -> Iterator[Fraction]:
    for statement in statements:
        match statement:
            case c.Move(amount=amount, when=when):
                yield from constants(amount)
                yield from constants(when)
            case c.Limit(when=when) | c.Skip(when=when):
                yield from constants(when)
            case c.Each(body=body, where=where):
                yield from constants(where)
                yield from _numbers(body)
            case c.Group(body=body):
                yield from _numbers(body)
            case c.Let(value=value):
                yield from constants(value)
            case _:
                pass


def constants(expression: c.Expression | None) -> Iterator[Fraction]:
    """The numbers that are written in an expression."""
    match expression:
        case c.Const(value=Fraction() as value):
            yield value
        case c.Op(args=args):
            for arg in args:
                yield from constants(arg)
        case c.Choose(branches=branches, otherwise=otherwise):
            for branch in branches:
                yield from constants(branch.when)
                yield from constants(branch.value)
            yield from constants(otherwise)
        case c.Round(value=value) | c.Is(value=value):
            yield from constants(value)
        case c.Fold(value=value, where=where):
            yield from constants(value)
            yield from constants(where)
        case _:
            pass
