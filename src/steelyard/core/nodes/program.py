"""A whole program: its account, what it asks of the batch, its examples."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from steelyard.core.nodes.expressions import Expression, FoldOp
from steelyard.core.nodes.statements import Account, Let, Origin
from steelyard.diagnostics.model import Language
from steelyard.source import RulePath, Source, Span
from steelyard.values.types import Schema


@frozen
class BatchValue:
    """A value over all records of the batch: a fold of `value` over the records where `where` holds, or the rank of this
    record by `value`. Both expressions read inputs and lets that hold no score, of each record in turn."""

    origin: Origin
    op: FoldOp | Literal["rank"]
    value: Expression | None
    where: Expression | None
    lets: tuple[Let, ...] = ()
    """What the expressions read, in order."""
    highest_first: bool = True
    ties: Literal["share", "dense"] = "share"
    distinct: bool = False
    ignoring_missing: bool = False
    dropping: int | None = None


@frozen
class Expected:
    """What an example expects: that a condition holds when all is done, or that the effects of deductions (awards) in a
    part add up to an amount."""

    origin: Origin
    holds: Expression | None
    role: Literal["deduct", "award"] | None = None
    amount: Expression | None = None
    part: RulePath | None = None


@frozen
class Example:
    """An inline test: inputs as written (lists of rows of them), and what they must come to."""

    title: str
    span: Span = field(eq=False)
    given: tuple[tuple[str, str | tuple[tuple[tuple[str, str], ...], ...]], ...]
    """Input to the text of its cell, or to rows of such pairs."""
    expect: tuple[Expected, ...]


@frozen
class Program:
    """A whole scheme, ready to be evaluated by any engine."""

    name: str
    title: str | None
    total: Account
    schema: Schema
    language: Language
    digest: str
    source: Source = field(eq=False)
    batch: tuple[BatchValue, ...] = ()
    batch_by: str | None = None
    """The input by which records are told into batches; None: all are one."""
    fewer_better: bool = False
    """Do points count what is wrong? It is no part of the digest: no number depends on it."""
    examples: tuple[Example, ...] = field(default=(), eq=False)
    sources: tuple[Source, ...] = field(default=(), eq=False)
    """Other rule files that went in (`use`, `amend`)."""
