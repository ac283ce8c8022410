"""Units of printed numbers: what may be compared or added, and by which power of ten (万, 亿) they differ.

Only magnitudes are converted, which are exact: 0.25亿元 is 2,500万元. Days and hours, points and percent are unlike, and
nothing is concluded from them; nor from a percentage beside a number without a sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import combinations

from attrs import evolve, frozen

from steelyard.reverse.formula import Both, Formula, Name, Number
from steelyard.reverse.model import Printed
from steelyard.values.units import COUNTS, RATES

_MAGNITUDES = {
    "万亿": 12, "千亿": 11, "百亿": 10, "十亿": 9, "亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4, "千": 3,
}  # fmt: skip
_MAGNITUDE = re.compile("|".join(_MAGNITUDES))
MOST = 100
"""Different units of one figure that are compared with each other."""
_WHOLE = ("千字节",)
"""Units that begin like a magnitude and are none: 1024 or 1000, it depends."""
_COUNTED = COUNTS | {"分"}
_RATIO = "÷"


@frozen
class Measure:
    """What a number is of: powers of units, or a kind of plain number; and how many of them one is."""

    powers: tuple[tuple[str, int], ...] = ()
    kind: str = ""
    """Of a number without powers: `%`, what it counts (次), `÷` for a quotient or product, else nothing."""
    size: Fraction = Fraction(1)

    def alike(self, other: Measure) -> bool:
        """May they be compared and added? A count beside a bare number is one; a rate beside it is not."""
        if self.powers or other.powers:
            return self.powers == other.powers
        kinds = {self.kind, other.kind}
        if len(kinds) == 1 or _RATIO in kinds:
            return True
        counted = self if self.kind else other
        # A bare number beside 万人次 may be of 人次 or of 万人次.
        return "" in kinds and counted.kind not in RATES and counted.size == 1


def measure(unit: str | None) -> Measure:
    """What one of a unit is: 万元 is 10,000 of 元."""
    above, _, below = (unit or "").partition("/")
    top = _one(above)
    if not below:
        return top
    bottom = _one(below)
    powers = dict(top.powers)
    for name, power in bottom.powers:
        powers[name] = powers.get(name, 0) - power
    kept = tuple(sorted((name, power) for name, power in powers.items() if power))
    return Measure(kept, "" if kept else _RATIO, top.size / bottom.size)


def _one(unit: str) -> Measure:
    size, rest = Fraction(1), unit
    if (found := _MAGNITUDE.match(unit)) and not unit.startswith(_WHOLE):
        size, rest = Fraction(10 ** _MAGNITUDES[found[0]]), unit[found.end() :]
    if unit in RATES:
        return Measure(kind="个百分点" if unit == "个百分点" else "%")
    return Measure((), rest, size) if not rest or rest in _COUNTED else Measure(((rest, 1),), "", size)


def alike(printed: Iterable[Printed]) -> bool:
    """Are all of units that may be compared?"""
    found = [measure(unit) for unit in {one.unit for one in printed}]
    return all(a.alike(b) for a, b in combinations(found[:MOST], 2))


def turned(printed: Printed, unit: str | None, *, given: bool = False) -> Printed:
    """The same number counted in another unit of its kind. One that says no unit is of this one where the unit is given."""
    if printed.unit is None and unit is not None and given:
        return evolve(printed, unit=unit, value=printed.value * RATES.get(unit, Fraction(1)))
    here, there = measure(printed.unit), measure(unit)
    return printed if not here.alike(there) else counted_in(printed, there.size)


def counted_in(printed: Printed, size: Fraction, *, marked: bool = False) -> Printed:
    """Its value in so large a unit; shown with its own unit where that is another one."""
    own = measure(printed.unit).size
    factor = own / size
    return evolve(
        printed, value=printed.value / printed.factor * factor, factor=factor, marked=marked or printed.marked
    )


# ---- formulas


def fitted(world: Mapping[str, Printed], *sides: Formula) -> dict[str, Printed] | None:
    """The figures of a formula, or of two that are compared, counted in units that go together; None where the formula adds
    or compares what is unlike."""
    units = {name: measure(printed.unit) for name, printed in world.items()}
    found = [_measure_of(side, units) for side in sides]
    if any(one is _UNLIKE for one in found):
        return None
    known = [one for one in found if one is not None]
    if any(not known[0].alike(other) for other in known[1:]):
        return None
    of = {name: one for name, one in units.items() if one.kind not in RATES}
    sizes = {printed.factor for name, printed in world.items() if name in of}
    plain = len({(one.powers, one.size) for one in of.values()}) <= 1 and sizes <= {Fraction(1)}
    if plain and any(not one.powers and one.size != 1 for one in of.values()) and any(_bare_term(s) for s in sides):
        return None  # 700万 − 500万 = 200: of the number it is not said whether it is 200 or 200万.
    if plain and (_scales_alone(sides) or all(one.size == 1 for one in of.values())):
        return dict(world)
    if all(one.size == 1 for one in of.values()):
        return dict(world)
    if any(_bare_term(side) for side in sides):
        return None  # A number in the formula that says no unit, among several magnitudes.
    groups = {one.powers for one in of.values()}
    simple = len(groups) == 1 and _scales_alone(sides)
    size = next(iter(of.values())).size if simple else Fraction(1)
    return {name: counted_in(printed, size, marked=True) if name in of else printed for name, printed in world.items()}


_UNLIKE = Measure(kind="unlike")


def _measure_of(formula: Formula, units: Mapping[str, Measure]) -> Measure | None:
    """What a formula comes to; None of a number, which may be of anything."""
    match formula:
        case Number():
            return None
        case Name(name=name):
            return units[name]
    left, right = _measure_of(formula.left, units), _measure_of(formula.right, units)
    if _UNLIKE in (left, right):
        return _UNLIKE
    if formula.sign in "+-":
        if left is None or right is None:
            return left or right
        if not left.alike(right):
            return _UNLIKE
        return right if left.kind in ("", _RATIO) and not left.powers else left
    powers: dict[str, int] = dict(left.powers) if left else {}
    for name, power in right.powers if right else ():
        powers[name] = powers.get(name, 0) + (power if formula.sign == "*" else -power)
    kept = tuple(sorted((name, power) for name, power in powers.items() if power))
    if left is None and right is None:
        return None
    if (left is None or right is None) and not kept and formula.sign == "*":
        return left or right  # Twice a number of cases is one of cases.
    return Measure(kept, "" if kept else _RATIO)


def _scales_alone(sides: tuple[Formula, ...]) -> bool:
    """Would it hold in any other unit too? So it is where nothing but numbers multiplies or divides, or where the only
    quotient is that of a ratio."""
    return all(_linear(side) or (isinstance(side, Both) and side.sign == "/" and _sums(side)) for side in sides)


def _sums(quotient: Both) -> bool:
    return _linear(quotient.left) and _linear(quotient.right)


def _linear(formula: Formula) -> bool:
    if not isinstance(formula, Both):
        return True
    if formula.sign in "+-":
        return _linear(formula.left) and _linear(formula.right)
    return any(isinstance(side, Number) for side in (formula.left, formula.right)) and _sums(formula)


def _bare_term(formula: Formula) -> bool:
    """Is a number added or compared that is no factor?"""
    match formula:
        case Number():
            return True
        case Both(sign=sign, left=left, right=right):
            if sign in "+-":
                return _bare_term(left) or _bare_term(right)
            return any(isinstance(side, Both) and _bare_term(side) for side in (left, right))
    return False
