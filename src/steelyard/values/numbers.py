"""Exact numbers: reading, rounding and showing them.

The numbers of Steelyard are the rationals. `fractions.Fraction` holds them: why that type, and what was measured,
is in `docs/design/numbers.md`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from fractions import Fraction

LITERAL_LENGTH = 40
"""The longest number literal, in characters (a rule file's or a cell's)."""
EXPONENT_LIMIT = 18
"""The largest |exponent| of a data number written as 1.5e3."""
POWER_LIMIT = 64
COUNT_LIMIT = 1_000_000
"""The largest whole number that a rule counts grades or reviewers by. The trace writes such numbers as JSON numbers."""
BIT_LIMIT = 4096
"""A value whose numerator or denominator grows past this many bits is undetermined."""

FULLWIDTH = str.maketrans("０１２３４５６７８９．－＋％，：（）＝＜＞＊／＾", "0123456789.-+%,:()=<>*/^")
"""One character for one, so offsets stay true. NFKC would change meaning (½, ①, ²)."""

_PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_SCIENTIFIC = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)[eE]([+-]?[0-9]{1,4})", re.ASCII)


def read_number(text: str) -> Fraction | None:
    """The number that a cell or literal writes, taken as written; None where it writes none.

    >>> read_number("0.9522"), read_number("1,225.70"), read_number("1.5e2")
    (Fraction(4761, 5000), Fraction(12257, 10), Fraction(150, 1))
    """
    text = text.strip().translate(FULLWIDTH).replace("−", "-")
    if len(text) > LITERAL_LENGTH:
        return None
    if _PLAIN.fullmatch(text):
        return Fraction(text)
    if _GROUPED.fullmatch(text):
        return Fraction(text.replace(",", ""))
    if match := _SCIENTIFIC.fullmatch(text):
        exponent = int(match[2])
        if abs(exponent) <= EXPONENT_LIMIT:
            return Fraction(match[1]) * Fraction(10) ** exponent
    return None


class Rounding(StrEnum):
    """Rounding modes. HALF_UP is 四舍五入: halves go away from zero."""

    HALF_UP = "half up"
    HALF_EVEN = "half even"
    DOWN = "down"
    UP = "up"
    FLOOR = "floor"
    CEILING = "ceiling"


def round_to(value: Fraction, places: int, mode: Rounding = Rounding.HALF_UP) -> Fraction:
    """The value rounded to so many decimal places.

    >>> round_to(Fraction("29.025"), 2), round_to(Fraction("-0.5"), 0)
    (Fraction(2903, 100), Fraction(-1, 1))
    """
    scale = 10**places
    numerator, denominator = value.numerator * scale, value.denominator
    sign = -1 if numerator < 0 else 1
    whole, rest = divmod(abs(numerator), denominator)
    match mode:
        case Rounding.HALF_UP:
            up = 2 * rest >= denominator
        case Rounding.HALF_EVEN:
            up = 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)
        case Rounding.DOWN:
            up = False
        case Rounding.UP:
            up = rest > 0
        case Rounding.FLOOR:
            up = rest > 0 and sign < 0
        case Rounding.CEILING:
            up = rest > 0 and sign > 0
    return Fraction(sign * (whole + up), scale)


def decimal_places(value: Fraction) -> int | None:
    """How many decimals write the value exactly; None where no number of them does."""
    rest, places = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        places = max(places, count)
    return places if rest == 1 else None


def canonical(value: Fraction) -> str:
    """The one exact text of a number: a plain decimal where one exists, else `n/d` in lowest terms.

    >>> canonical(Fraction("97.72")), canonical(Fraction(145, 3)), canonical(Fraction(5))
    ('97.72', '145/3', '5')
    """
    places = decimal_places(value)
    if places is None or places > LITERAL_LENGTH:
        return f"{value.numerator}/{value.denominator}"
    return _decimal(value, places)


def read_canonical(text: str) -> Fraction:
    """The inverse of `canonical`."""
    return Fraction(text)


def show_end(value: Fraction) -> str:
    """An end of an enclosure: exact where that can be read, else rounded; the trace has it exactly."""
    return canonical(value) if _writable(value) else show(value)


def show(value: Fraction, places: int = 2) -> str:
    """What a person reads: the exact decimal where it has at most `places` decimals, else rounded with the exact
    fraction beside it, so the picture is never taken for the value.

    >>> show(Fraction(145, 3)), show(Fraction("97.918")), show(Fraction(95))
    ('48.33 (145/3)', '97.918', '95')
    """
    if abs(value) >= LONGEST_SHOWN:
        return _scientific(value)
    exact = decimal_places(value)
    if exact is not None and exact <= max(places, 6):
        return _decimal(value, exact)
    shown = _decimal(round_to(value, places), places)
    return f"{shown} ({canonical(value)})" if _writable(value) else f"≈ {shown}"


LONGEST_SHOWN = 10**40
"""From here on nobody reads the digits of a number."""


def _scientific(value: Fraction) -> str:
    """`≈ -5.173 × 10^153`"""
    power = (abs(value).numerator // value.denominator).bit_length() * 30103 // 100000
    while abs(value) >= 10 ** (power + 1):
        power += 1
    while abs(value) < 10**power:
        power -= 1
    return f"≈ {_decimal(round_to(value / 10**power, 3), 3)} × 10^{power}"


def show_rounded(value: Fraction, places: int = 2) -> str:
    """The value at exactly `places` decimals, for sentences that say it is rounded."""
    return _decimal(round_to(value, places), places)


def within_bits(value: Fraction) -> bool:
    """Is the value small enough to go on computing with?"""
    return value.numerator.bit_length() <= BIT_LIMIT and value.denominator.bit_length() <= BIT_LIMIT


def _writable(value: Fraction) -> bool:
    return value.numerator.bit_length() + value.denominator.bit_length() <= 100


def _decimal(value: Fraction, places: int) -> str:
    digits = abs(value.numerator) * 10**places // value.denominator
    text = str(digits).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{text[:-places]}.{text[-places:]}" if places else f"{sign}{text}"
