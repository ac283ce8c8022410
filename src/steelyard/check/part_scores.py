"""Scores of parts compared with numbers: in points, or as rates of their full points?"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from steelyard.bind.symbols import PartsSymbol, PartSymbol
from steelyard.check.expressions import Expressions
from steelyard.check.parts import Scope
from steelyard.diagnostics.model import Edit, Fix
from steelyard.syntax import nodes as n
from steelyard.values.numbers import canonical, show

BY_RATE = ("lowest", "highest", "average", "median")
"""What compares rates where the parts differ in full points."""


def check_part_scores(
    scopes: Mapping[str, Scope], full: Mapping[int, Fraction | None], expressions: Expressions
) -> None:
    """A percentage against points is a small number, and 60 against a rate is 6000%: neither is meant."""
    for side, other in expressions.compared:
        if not isinstance(other, n.Number) or other.value == 0:
            continue
        match _scale(side, scopes, full, expressions):
            case Fraction() as points if other.percent and points != 1:
                meant = canonical(other.value * points)
                fix = Fix("write", (Edit(other.span, meant),), {"text": meant})
                expressions.findings.report(
                    "T140", other.span, fixes=(fix,), name=side.span.text, text=other.span.text, full=show(points),
                    number=meant,
                )  # fmt: skip
            case "rate" if not other.percent and other.value >= 1:
                text = other.span.text
                share = f"{text}%"
                fix = Fix("write", (Edit(other.span, share),), {"text": share})
                expressions.findings.report("T108", other.span, fixes=(fix,), name=side.span.text, text=text)
            case _:
                pass


def _scale(
    side: n.Expression, scopes: Mapping[str, Scope], full: Mapping[int, Fraction | None], expressions: Expressions
) -> Fraction | str | None:
    """The full points a score is compared on, "rate" where it is one; None where the side is no score of parts."""
    refers_to, functions = expressions.bound.refers_to, expressions.bound.functions
    match side:
        case n.Name():
            match refers_to.get(side.key):
                case PartSymbol(path, "score") if (
                    scope := scopes.get(str(path))
                ) is not None and scope.part is not None:
                    return full.get(scope.part.key)
                case _:
                    return None
        case n.Call(arguments=(n.Name() as rows,)) if functions.get(side.function.key) in BY_RATE:
            symbol = refers_to.get(rows.key)
            scope = scopes.get(str(symbol.path)) if isinstance(symbol, PartsSymbol) else None
            if scope is None or not scope.shared:
                return None
            fulls = {full.get(part.key) for part in scope.shared}
            return "rate" if None in fulls or len(fulls) > 1 else fulls.pop()
        case _:
            return None
