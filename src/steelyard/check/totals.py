"""Points and weights: what every part is worth, and whether it adds up."""

from __future__ import annotations

import re
from fractions import Fraction

from steelyard.check.constants import constant
from steelyard.check.expressions import Expressions
from steelyard.check.model import TOTAL_KEY, Findings, Share
from steelyard.diagnostics.model import Edit, Fix, Label, Words
from steelyard.syntax import nodes as n
from steelyard.values.numbers import canonical, show

_GLUED_POINTS = re.compile(r"(.*?\D)(\d+(?:\.\d+)?)(分|points?)")
HUNDRED = Fraction(100)


class Totals:
    """Shares and full points of all parts of one file."""

    def __init__(self, expressions: Expressions, findings: Findings) -> None:
        self.expressions, self.findings = expressions, findings
        # Where something could not be read, what is left need not add up.
        told = (*expressions.bound.diagnostics, *findings.found)
        self.complete = not any(d.code.startswith("S") and d.code != "S107" for d in told)
        self.shares: dict[int, Share] = {}
        self.full: dict[int, Fraction] = {}

    def run(self, file: n.File) -> None:
        """All parts. A file without `scheme` splits 100 points evenly among parts that state no share."""
        if not file.schemes and file.parts and not any(part.share for part in file.parts):
            for part in file.parts:
                self._share(part)
                self.shares[part.key] = Share(points=HUNDRED / len(file.parts))
        else:
            self._siblings(file.parts)
        for part in file.parts:
            self._part(part)
        own = self._sum_of_points(file.parts)
        self.full[TOTAL_KEY] = HUNDRED if own is None else own

    def _part(self, part: n.Part) -> None:
        self._siblings(part.parts)
        for inner in part.parts:
            self._part(inner)
        share = self.shares.get(part.key, Share())
        inner_points = self._sum_of_points(part.parts)
        if inner_points is not None and self.complete and share.points is not None and inner_points != share.points:
            label = Label(part.share.span, "worth", {"points": show(share.points)}) if part.share else None
            self.findings.report(
                "W102",
                part.name.span,
                labels=(label,) if label else (),
                part=part.name.name,
                kind=Words(part.kind),
                stated=show(share.points),
                sum=show(inner_points),
                difference=show(abs(share.points - inner_points)),
                direction=Words("missing points" if inner_points < share.points else "too many points"),
            )
        # The part's own scale: the sum of its parts' points, else its points, else 100.
        self.full[part.key] = inner_points or share.points or HUNDRED

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
            elif type(part.share) is not type(first.share) and first.share and self.complete:
                label = Label(first.share.span, "first-here")
                self.findings.report("W103", part.share.span, labels=(label,))
                return
        weights = [self.shares[part.key].weight for part in parts if part.key in self.shares]
        known = [weight for weight in weights if weight is not None]
        if self.complete and len(known) == len(parts) and sum(known) != 1:
            total = sum(known, Fraction(0))
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
        if share is None:
            if glued := _GLUED_POINTS.fullmatch(part.name.name):
                # `评分项 执行10分`: the points are written into the name.
                text = f"{glued[1]}，{glued[2]} 分" if glued[3] == "分" else f"{glued[1]}, {glued[2]} points"
                fix = Fix("write", (Edit(part.name.span, text),), {"text": text})
                self.findings.report("W104", part.name.span, fixes=(fix,), part=part.name.name, kind=Words(part.kind))
            return
        value = constant(share.amount)
        if value is None:
            self.expressions.number(share.amount)
            self.findings.report("W113", share.amount.span, text=share.amount.span.text)
            return
        if value <= 0:
            self.findings.report("W114", share.amount.span, text=share.amount.span.text)
            return
        literal = share.amount if isinstance(share.amount, n.Number) else None
        match share:
            case n.SharePoints():
                if literal and literal.percent:
                    self.findings.report("W122", literal.span, text=literal.span.text)
                self.shares[part.key] = Share(points=value)
            case n.ShareWeight():
                if literal and not literal.percent and value > 1:
                    self.findings.report("W123", literal.span, text=literal.span.text)
                    return
                self.shares[part.key] = Share(weight=value)

    def _sum_of_points(self, parts: tuple[n.Part, ...]) -> Fraction | None:
        """None where the parts have weights, or there are none."""
        points = [self.shares[part.key].points for part in parts if part.key in self.shares]
        known = [p for p in points if p is not None]
        return sum(known, Fraction(0)) if known and len(known) == len(parts) else None
