"""Points and weights: what every part is worth, and whether it adds up."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

from attrs import evolve

from steelyard.check.constants import constant
from steelyard.check.expressions import Expressions
from steelyard.check.formulas import at_full
from steelyard.check.model import TOTAL_KEY, Findings, Share
from steelyard.check.parts import OUTSIDE
from steelyard.diagnostics.model import Edit, Fix, Label, Words
from steelyard.syntax import nodes as n
from steelyard.values.numbers import canonical, show
from steelyard.values.types import NumberType

_GLUED_POINTS = re.compile(r"(.*?\D)(\d+(?:\.\d+)?)(分|points?)")
HUNDRED = Fraction(100)
Kind = Literal["points", "weight", "relative"]


class Totals:
    """Shares and full points of all parts of one file."""

    def __init__(self, expressions: Expressions, findings: Findings) -> None:
        self.expressions, self.findings = expressions, findings
        self.complete = True
        """Could everything be read? Where something could not, what is left need not add up."""
        self.shares: dict[int, Share] = {}
        self.full: dict[int, Fraction | None] = {}
        self.stated: dict[int, Fraction] = {}
        self.even: set[int] = set()
        """Parts whose points nobody stated: an even split of 100."""

    def run(self, file: n.File) -> None:
        """All parts. A file without `scheme` splits 100 points evenly among parts that state no share."""
        told = (*self.expressions.bound.diagnostics, *self.findings.found)
        self.complete = not any(d.code.startswith("S") and d.code != "S107" for d in told)
        shared = _shared(file.parts)
        if not file.schemes and shared and not any(part.share for part in shared):
            for part in shared:
                self._share(part)
                self.shares[part.key] = Share(points=HUNDRED / len(shared))
            self.even = {part.key for part in shared}
        else:
            self._siblings(shared)
        for part in file.parts:
            self._part(part)
        self._own_scale(TOTAL_KEY, shared, None)
        if (most := self._of_formula(file)) is not None:
            self.full[TOTAL_KEY] = most

    def _of_formula(self, file: n.File) -> Fraction | None:
        """The full points of a total that one formula over parts makes; None where that cannot be said without the data."""
        scores = [statement for statement in file.statements if isinstance(statement, n.Score)]
        if len(scores) != 1 or scores[0].per is not None or constant(scores[0].amount) is not None:
            return None
        if not all(isinstance(clause, n.Because | n.Under | n.As | n.Code) for clause in scores[0].clauses):
            return None
        bound = self.expressions.bound
        full = {bound.paths[key]: points for key, points in self.full.items() if key in bound.paths}
        most = at_full(scores[0].amount, bound.refers_to, full)
        return most if most is not None and most > 0 else None

    def _part(self, part: n.Part) -> None:
        shared = _shared(part.parts)
        self._siblings(shared)
        for inner in part.parts:
            self._part(inner)
        if part.kind in OUTSIDE:
            self._own_scale(part.key, shared, self._most(part))
            return
        share, stated = self.shares.get(part.key, Share()), part.out_of or part.share
        own = share.points if part.out_of is None else self._out_of(part.out_of)
        inner_points = self._sum_of_points(shared)
        if inner_points is not None and self.complete and own is not None and inner_points != own:
            label = Label(stated.span, "worth", {"points": show(own)}) if stated else None
            self.findings.report(
                "W102",
                part.name.span,
                labels=(label,) if label else (),
                part=part.name.name,
                kind=Words(part.kind),
                stated=show(own),
                sum=show(inner_points),
                difference=show(abs(own - inner_points)),
                direction=Words("missing points" if inner_points < own else "too many points"),
            )
        self._own_scale(part.key, shared, own)
        if share.expression is not None and share.kind == "points" and not shared:
            # A part of one row has the points of its row.
            self.full[part.key] = constant(share.expression)

    def _out_of(self, points: n.SharePoints) -> Fraction | None:
        """The points that a part with a weight is scored out of."""
        self.expressions.number(points.amount)
        value = constant(points.amount)
        if value is None:
            self.findings.report("W113", points.amount.span, text=points.amount.span.text)
        elif value <= 0:
            self.findings.report("W114", points.amount.span, text=points.amount.span.text)
        elif isinstance(points.amount, n.Number) and points.amount.percent:
            self.findings.report("W122", points.amount.span, text=points.amount.span.text)
        else:
            return value
        return None

    def _own_scale(self, key: int, shared: tuple[n.Part, ...], own: Fraction | None) -> None:
        """A part's own scale: the sum of its parts' points, else its points, else 100."""
        from_data = [self.shares[part.key] for part in shared if part.key in self.shares and part.loop is not None]
        points = any(share.kind == "points" for share in from_data)
        if from_data and points:
            self.full[key] = None
            if own is not None and key not in self.even:
                self.stated[key] = own
            return
        self.full[key] = self._sum_of_points(shared) or own or HUNDRED
        if any(share.kind == "weight" for share in from_data):
            self.stated[key] = self.full[key] or HUNDRED

    def _most(self, part: n.Part) -> Fraction | None:
        """The `up to` of a bonus or penalty part."""
        reach = [s.amount for s in part.statements if isinstance(s, n.PartBound) and s.kind == "reach"]
        return constant(reach[0]) if reach and reach[0] is not None else None

    def _siblings(self, parts: tuple[n.Part, ...]) -> None:
        for part in parts:
            self._share(part)
        stated = [part for part in parts if part.share]
        if not stated:
            for part in parts:
                self.findings.report("W104", part.name.span, part=part.name.name, kind=Words(part.kind))
            return
        first = stated[0]
        for part in parts:
            if part.share is None:
                self.findings.report("W104", part.name.span, part=part.name.name, kind=Words(part.kind))
            elif self._kind(part) != self._kind(first) and first.share and self.complete:
                label = Label(first.share.span, "first-here")
                self.findings.report("W103", part.share.span, labels=(label,), fixes=_as_percentage(part, first))
                return
        known = [self.shares[part.key] for part in parts if part.key in self.shares]
        if len(known) < len(parts) or any(share.expression is not None for share in known):
            return
        self._check_weights(parts, [share.weight for share in known if share.weight is not None])
        relative = [share.relative for share in known if share.relative is not None]
        if len(relative) == len(parts):
            whole = sum(relative, Fraction(0))
            for part, weight in zip(parts, relative, strict=True):
                self.shares[part.key] = evolve(self.shares[part.key], weight=weight / whole)

    def _check_weights(self, parts: tuple[n.Part, ...], weights: list[Fraction]) -> None:
        total = sum(weights, Fraction(0))
        if not self.complete or len(weights) < len(parts) or total == 1:
            return
        last = parts[-1].share
        assert last is not None, "every sibling states a share here"
        self.findings.report(
            "W101",
            last.span,
            labels=tuple(Label(part.share.span, "weight-here") for part in parts[:-1] if part.share),
            count=len(parts),
            kind=Words(parts[0].kind),
            sum=f"{canonical(total * 100)}%",
            difference=f"{canonical(abs(1 - total) * 100)}%",
            direction=Words("missing points" if total < 1 else "too many points"),
        )

    def _share(self, part: n.Part) -> None:
        share = part.share
        for extra in part.more_shares:
            label = Label(share.span, "first-here") if share else None
            self.findings.report("T120", extra.span, labels=(label,) if label else (), word=extra.span.text)
        if share is None:
            if glued := _GLUED_POINTS.fullmatch(part.name.name):
                # `评分项 执行10分`: the points are written into the name.
                text = f"{glued[1]}，{glued[2]} 分" if glued[3] == "分" else f"{glued[1]}, {glued[2]} points"
                fix = Fix("write", (Edit(part.name.span, text),), {"text": text})
                self.findings.report("W104", part.name.span, fixes=(fix,), part=part.name.name, kind=Words(part.kind))
            return
        value, kind = constant(share.amount), self._kind(part)
        if value is None:
            found = self.expressions.number(share.amount)
            if part.loop is None:
                self.findings.report("W113", share.amount.span, text=share.amount.span.text)
                return
            if kind == "points" and isinstance(found, NumberType) and found.unit is not None and found.unit.percent:
                self.findings.report("W122", share.amount.span, text=share.amount.span.text)
            self.shares[part.key] = Share(expression=share.amount, kind=kind)
            return
        if value <= 0:
            self.findings.report("W114", share.amount.span, text=share.amount.span.text)
            return
        literal = share.amount if isinstance(share.amount, n.Number) else None
        if kind == "points" and literal and literal.percent:
            self.findings.report("W122", literal.span, text=literal.span.text)
        if part.loop is not None:
            # The same for every row: how many rows there are, the data say.
            self.shares[part.key] = Share(expression=share.amount, kind=kind)
            return
        match kind:
            case "points":
                self.shares[part.key] = Share(points=value)
            case "weight":
                self.shares[part.key] = Share(weight=value, kind=kind)
            case "relative":
                self.shares[part.key] = Share(relative=value, kind=kind)

    def _kind(self, part: n.Part) -> Kind:
        match part.share:
            case n.ShareWeight(amount):
                if isinstance(amount, n.Number):
                    return "weight" if amount.percent else "relative"
                found = self.expressions.number(amount)
                percent = isinstance(found, NumberType) and found.unit is not None and found.unit.percent
                literal = constant(amount) is not None and any(_percentages(amount))
                return "weight" if percent or literal else "relative"
            case n.SharePoints() | None:
                return "points"

    def _sum_of_points(self, parts: tuple[n.Part, ...]) -> Fraction | None:
        """None where the parts have weights, or there are none."""
        points = [self.shares[part.key].points for part in parts if part.key in self.shares]
        known = [p for p in points if p is not None]
        return sum(known, Fraction(0)) if known and len(known) == len(parts) else None


def _shared(parts: tuple[n.Part, ...]) -> tuple[n.Part, ...]:
    return tuple(part for part in parts if part.kind not in OUTSIDE)


def _percentages(amount: n.Expression) -> list[bool]:
    match amount:
        case n.Number(percent=percent):
            return [percent]
        case n.Operation(operands=operands):
            return [found for operand in operands for found in _percentages(operand)]
        case _:
            return []


def _as_percentage(part: n.Part, first: n.Part) -> tuple[Fix, ...]:
    """`weight 60` beside `weight 40%`."""
    for one, other in ((part, first), (first, part)):
        match one.share, other.share:
            case n.ShareWeight(n.Number(percent=False) as number), n.ShareWeight(n.Number(percent=True)):
                text = f"{number.span.text}%"
                return (Fix("write", (Edit(number.span, text),), {"text": text}),)
            case _:
                continue
    return ()
