"""Parts: what each starts from, and whether its statements stand where they belong."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import zip_longest
from typing import Literal

from steelyard.check.model import Findings
from steelyard.diagnostics.model import Edit, Fix, Label, Words
from steelyard.source import Span
from steelyard.syntax import nodes as n
from steelyard.values.numbers import decimal_places, show

Basis = Literal["full", "scores", "judged", "parts"]


def basis_of(parts: tuple[n.Part, ...], statements: tuple[n.Statement, ...]) -> Basis:
    """What a part starts from: its reviewers, its `score` statements, its parts together, else full points."""
    flat = list(flatten(statements))
    if any(isinstance(s, n.Judged) for s in flat):
        return "judged"
    if any(isinstance(s, n.Score) for s in flat):
        return "scores"
    return "parts" if parts else "full"


def flatten(statements: tuple[n.Statement, ...]) -> Iterator[n.Statement]:
    """All statements, also those inside loops."""
    for statement in statements:
        yield statement
        if isinstance(statement, n.ForEach):
            yield from flatten(statement.body)


def check_parts(file: n.File, findings: Findings) -> None:
    """The base of the scheme and of every part, and blocks that lost their indent."""
    _check_base(file.parts, file.statements, findings)
    _check_indents([*file.parts, *file.statements], findings)
    for part in _all_parts(file.parts):
        _check_base(part.parts, part.statements, findings)
        _check_indents([*part.parts, *part.statements], findings)


def check_places(part: n.Part, full: Fraction, places: int, findings: Findings) -> None:
    """Full points must be writable at the places the part is rounded to, or rounding could pass them."""
    exact = decimal_places(full)
    if exact is None or exact > places:
        span = part.share.span if part.share else part.name.span
        findings.report("W115", span, points=show(full), places=places)


def _check_base(parts: tuple[n.Part, ...], statements: tuple[n.Statement, ...], findings: Findings) -> None:
    flat = list(flatten(statements))
    basis = basis_of(parts, statements)
    judged = [s for s in flat if isinstance(s, n.Judged)]
    for extra in judged[1:]:
        findings.report("W112", extra.span, labels=(Label(judged[0].span, "first-here"),))
    awards = [s for s in flat if isinstance(s, n.Award)]
    if awards and basis == "full":
        findings.report("W120", awards[0].span)
    for statement in flat:
        if isinstance(statement, n.Score) and basis == "judged":
            findings.report("W111", statement.span, labels=(Label(judged[0].span, "first-here"),))
    if parts and basis != "parts":
        scores = next(s for s in flat if isinstance(s, n.Judged | n.Score))
        findings.report("W125", scores.span, labels=(Label(parts[0].name.span, "part-here"),))


def _check_indents(siblings: list[n.Part | n.Statement], findings: Findings) -> None:
    """A criterion without anything in it, followed by a statement at its own level, has lost an indent."""
    ordered = sorted(siblings, key=lambda node: node.span.start)
    for part, after in zip_longest(ordered, ordered[1:]):
        if not isinstance(part, n.Part) or part.parts or part.statements or part.faulty:
            continue
        inside = isinstance(after, n.Part) and part.kind == "section" and after.kind == "criterion"
        if after is not None and (inside or isinstance(after, n.Statement)):
            start = Span(after.span.source, after.span.start, after.span.start)
            fix = Fix("indent", (Edit(start, "  "),))
            label = Label(part.span, "part-here")
            findings.report(
                "S211", after.span, labels=(label,), fixes=(fix,), part=part.name.name, kind=Words(part.kind)
            )
        else:
            findings.report("W126", part.span, part=part.name.name, kind=Words(part.kind))


def _all_parts(parts: tuple[n.Part, ...]) -> Iterator[n.Part]:
    for part in parts:
        yield part
        yield from _all_parts(part.parts)
