"""`sqrt`, `ln`, `exp` and powers that are no whole number: exact where a fraction holds the value, else enclosed.

An enclosed value is Unknown for the one cause `irrational`. It lives only inside a rounding, which asks for more digits
until both ends round to the same number.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from steelyard.scalar.operations import cells_of, enclosure, merge, narrowed, undefined
from steelyard.trace.model import Expr
from steelyard.values import intervals as iv
from steelyard.values import irrational as ir
from steelyard.values.intervals import EVERYTHING, Interval
from steelyard.values.numbers import POWER_LIMIT, within_bits
from steelyard.values.states import Cause, Unknown, Value

OPERATIONS = frozenset({"sqrt", "ln", "exp", "pow"})
_ZERO = iv.exactly(Fraction(0))


def irrational(op: str, args: Sequence[Expr], digits: int) -> Value | Unknown:
    """The value of one of these functions on evaluated arguments."""
    ranges = [enclosure(arg.value) for arg in args]
    inside = _inside(op, ranges)
    if inside is False:
        return undefined(args)
    unknown = merge(args)
    enclosed = _ENCLOSURES[op](ranges, digits)
    if inside is None:
        return Unknown(unknown.causes | {Cause.UNDEFINED}, unknown.blame, enclosed)
    if unknown.causes <= {Cause.IRRATIONAL} and _too_big(enclosed):
        return Unknown(frozenset({Cause.TOO_BIG}), cells_of(args))
    if enclosed.point is None and not unknown.causes:
        return Unknown(frozenset({Cause.IRRATIONAL}), within=enclosed)
    return narrowed(unknown, enclosed)


def _inside(op: str, ranges: Sequence[Interval]) -> bool | None:
    """Do the arguments lie where the function is defined? None: that is not known."""
    first = ranges[0]
    match op:
        case "sqrt":
            return _not_negative(first)
        case "ln":
            return iv.less(_ZERO, first)
        case "pow":
            return _inside_power(first, ranges[1])
        case _:
            return True


def _inside_power(base: Interval, exponent: Interval) -> bool | None:
    """0 has no negative power, and a negative number whole ones only."""
    if iv.less(_ZERO, base) or (exponent.point is not None and _whole(exponent.point) and exponent.point >= 0):
        return True
    if base.point == 0:
        return _not_negative(exponent)
    if iv.less(base, _ZERO):
        return None if exponent.point is None else _whole(exponent.point)
    return True if _not_negative(base) and _not_negative(exponent) else None


def _power(ranges: Sequence[Interval], digits: int) -> Interval:
    base, exponent = ranges
    if exponent.point is not None and _whole(exponent.point) and abs(exponent.point) <= POWER_LIMIT:
        return iv.raise_to(base, int(exponent.point))
    if _not_negative(base):
        return ir.power(base, exponent, digits)
    exact = None
    if base.point is not None and exponent.point is not None:
        exact = ir.exact_power(base.point, exponent.point)
    return EVERYTHING if exact is None else iv.exactly(exact)


def _not_negative(a: Interval) -> bool | None:
    below = iv.less(a, _ZERO)
    return None if below is None else not below


def _whole(value: Fraction) -> bool:
    return value.denominator == 1


def _too_big(enclosed: Interval) -> bool:
    """Open where all that goes in is known: past the largest number computed with."""
    point = enclosed.point
    return enclosed.low is None or enclosed.high is None or (point is not None and not within_bits(point))


_ENCLOSURES = {
    "sqrt": lambda ranges, digits: ir.sqrt(ranges[0], digits),
    "ln": lambda ranges, digits: ir.ln(ranges[0], digits),
    "exp": lambda ranges, digits: ir.exp(ranges[0], digits),
    "pow": _power,
}
