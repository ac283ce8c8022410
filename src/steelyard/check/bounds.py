"""Bounds of parts: between 0 and full points, unless it is said otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from steelyard.check.constants import constant
from steelyard.check.model import TOTAL_KEY, Findings, PartBounds
from steelyard.check.parts import OUTSIDE, Scope, basis_of, flatten, representable, scopes
from steelyard.diagnostics.model import Fix, Label, Words
from steelyard.syntax import nodes as n
from steelyard.values.numbers import show

ZERO = Fraction(0)
_AGAINST = {"reach": "no maximum", "no maximum": "reach", "below 0": "not below 0", "not below 0": "below 0"}
"""What cannot stand beside what."""


def resolve_bounds(
    file: n.File, full: Mapping[int, Fraction | None], rounding: Mapping[str, n.RoundingRule], findings: Findings
) -> dict[int, PartBounds]:
    """The bounds of every part by its key, and of the total; what contradicts itself is told."""
    of_scheme = [a for scheme in file.schemes for a in scheme.attributes if isinstance(a, n.PartBound)]
    everywhere: set[str] = {bound.kind for bound in of_scheme if bound.amount is None}
    found: dict[int, PartBounds] = {}
    for scope in scopes(file):
        key = TOTAL_KEY if scope.part is None else scope.part.key
        own = [s for s in scope.statements if isinstance(s, n.PartBound)]
        if scope.part is None:
            own = [*of_scheme, *own]
        said = _said(own, findings)
        if scope.kind in OUTSIDE:
            found[key] = _outside(scope, said, findings)
        else:
            found[key] = _resolved(said, everywhere, full.get(key), findings)
            _check_awards(scope, found[key], full.get(key), findings)
        places = rounding.get("total" if scope.part is None else "criterion")
        if places is not None and (scope.part is None or scope.part.kind == "criterion"):
            _check_places(said, places.places, findings)
    return found


def check_limits(
    file: n.File,
    targets: Mapping[int, str],
    bounds: Mapping[str, PartBounds],
    rounding: Mapping[str, n.RoundingRule],
    findings: Findings,
) -> None:
    """Limits that can be written at the rounding's places, and that hold something back."""
    criteria = {str(path) for path in bounds}
    for scope in scopes(file):
        for limit in (s for s in flatten(scope.statements) if isinstance(s, n.Limit)):
            target, to = str(targets.get(limit.key, "")), constant(limit.to)
            if to is None or target not in criteria:
                continue
            rule = rounding.get("total" if target == "total" else "criterion")
            if rule is not None and not representable(to, rule.places):
                findings.report("W115", limit.to.span, points=show(to), places=rule.places)
            top = bounds[target].top
            if isinstance(top, Fraction) and to >= top:
                findings.report("W181", limit.to.span, limit=show(to), top=show(top))


def _said(own: list[n.PartBound], findings: Findings) -> dict[str, n.PartBound]:
    """The bounds that are said, each once and none against another."""
    said: dict[str, n.PartBound] = {}
    for bound in own:
        other = said.get(bound.kind) or said.get(_AGAINST.get(bound.kind, ""))
        if other is not None:
            findings.report("W152", bound.span, labels=(Label(other.span, "first-here"),))
            continue
        if bound.amount is not None:
            value = constant(bound.amount)
            if value is None:
                findings.report("W118", bound.amount.span, text=bound.amount.span.text)
                continue
            if value < 0:
                findings.report("T106", bound.amount.span, text=bound.amount.span.text)
                continue
        said[bound.kind] = bound
    return said


def _check_awards(scope: Scope, bounds: PartBounds, full: Fraction | None, findings: Findings) -> None:
    """An award to a part that starts from its full points moves it only where its top lies above them."""
    awards = [s for s in flatten(scope.statements) if isinstance(s, n.Award)]
    above = bounds.top is None or (full is not None and isinstance(bounds.top, Fraction) and bounds.top > full)
    if awards and not above and basis_of(scope) == "full":
        findings.report("W120", awards[0].span)


def _value(said: Mapping[str, n.PartBound], kind: str) -> Fraction | None:
    amount = said[kind].amount if kind in said else None
    return None if amount is None else constant(amount)


def _resolved(
    said: Mapping[str, n.PartBound], everywhere: set[str], full: Fraction | None, findings: Findings
) -> PartBounds:
    least, reach = _value(said, "least"), _value(said, "reach")
    floor: Fraction | None = ZERO if least is None else least
    if least is None and ("below 0" in said or ("below 0" in everywhere and "not below 0" not in said)):
        floor = None
    if least is not None and "below 0" in said:
        findings.report("W152", said["below 0"].span, labels=(Label(said["least"].span, "first-here"),))
    top: Fraction | Literal["full"] | None = reach if reach is not None else "full" if full is None else full
    if reach is None and ("no maximum" in said or "no maximum" in everywhere):
        top = None
    if reach is not None and full is not None and reach < full:
        findings.report("W151", said["reach"].span, reach=show(reach), full=show(full))
    highest = reach if reach is not None else full
    if least is not None and highest is not None and least > highest:
        findings.report("W150", said["least"].span, least=show(least), full=show(highest))
    return PartBounds(floor, top)


def _outside(scope: Scope, said: Mapping[str, n.PartBound], findings: Findings) -> PartBounds:
    """A bonus part lies between 0 and its `up to`, a penalty part between minus that and 0."""
    part = scope.part
    assert part is not None, "the scheme is no bonus"
    most = _value(said, "reach")
    if most is None and "no maximum" not in said:
        english = part.span.text.isascii()
        first, second = ("up to 5 points", "no maximum") if english else ("最高 5 分", "不设上限")
        fix = Fix("write-either", (), {"first": first, "second": second})
        findings.report("W153", part.name.span, fixes=(fix,), part=part.name.name, kind=Words(part.kind))
    for kind in ("least", "below 0"):
        if kind in said:
            findings.report("W132", said[kind].span, kind=Words(part.kind), part=part.name.name)
    if part.kind == "bonus":
        return PartBounds(ZERO, most)
    return PartBounds(None if most is None else -most, ZERO)


def _check_places(said: Mapping[str, n.PartBound], places: int, findings: Findings) -> None:
    for kind in ("reach", "least"):
        value, bound = _value(said, kind), said.get(kind)
        if value is not None and bound is not None and bound.amount is not None and not representable(value, places):
            findings.report("W115", bound.amount.span, points=show(value), places=places)
