"""Which numbers and which texts an entry holds, found without any of the code that writes sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from steelyard.trace.model import Entry, Expr, Quantity, Trace
from steelyard.values.intervals import Interval
from steelyard.values.states import Unknown
from steelyard.values.targets import Actual, Target

NUMBER = re.compile(r"(?<![\d.])-?\d+(?:\.\d+)?(?:/\d+)?")
_QUANTITIES = ("asked", "cap", "restored", "applied", "before", "after", "low", "high", "factor")


def without_texts(sentence: str, trace: Trace, entry: Entry) -> str:
    """The sentence without what data and rules called by name: what is left is the sentence's own."""
    if id(trace) not in _TEXTS:
        _TEXTS[id(trace)] = trace, _called(_texts(trace))
    texts = {*_TEXTS[id(trace)][1], *_called(_texts_of(entry))}
    for one_line in sorted((text for text in texts if text in sentence), key=len, reverse=True):
        bare = re.escape(one_line)
        left = r"(?<![A-Za-z0-9_.])" if re.match(r"[A-Za-z0-9_]", one_line) else ""
        right = r"(?![A-Za-z0-9_])" if re.search(r"[A-Za-z0-9_]$", one_line) else ""
        sentence = re.sub(left + bare + right, "", sentence)
    return sentence


_TEXTS: dict[int, tuple[Trace, set[str]]] = {}


def _called(texts: Iterator[str]) -> set[str]:
    """Texts as a sentence holds them; a bare number is a number of the sentence, not a name."""
    one_line = {" ".join(text.split()) for text in texts}
    return {text for text in one_line if text and not NUMBER.fullmatch(text)}


def follows(number: str, values: set[Fraction]) -> bool:
    """Is it one of the values, or one of them rounded to the decimals it is shown with, or as a percentage?"""
    shown = Fraction(number)
    if shown in values or -shown in values:  # The sign may be an operator: -2^2.
        return True
    places = len(number.partition(".")[2])
    return any(_rounded(value * scale, places) == shown for value in values for scale in (1, 100))


def values_of(entry: Entry, trace: Trace) -> set[Fraction]:
    """Every number that the entry, its expressions and its cells hold, and how many of each it lists."""
    found: set[Fraction] = set()
    for name in _QUANTITIES:
        found.update(_ends(getattr(entry, name)))
    if isinstance(entry.asked, Fraction) and isinstance(entry.restored, Fraction):
        found.add(entry.asked + entry.restored)
    counts = [entry.places, entry.steps, entry.subjects, len(entry.possible), len(entry.left_out), len(entry.blame)]
    found.update(Fraction(count) for count in counts if count is not None)
    keys = {*entry.inputs, *entry.blame}
    for expr in (entry.condition, entry.expression):
        if expr is not None:
            found.update(_of_expression(expr, keys))
    for row in (entry.row, entry.winner_row):
        if row is not None:
            found.update([Fraction(row.position), *_in(row.key)])
    named = [part for part in trace.result.parts if part.path in (entry.part, entry.name, *entry.left_out)]
    for part in named:  # A part for each row may be called by a number.
        found.update(_in(part.title or part.name))
    for name in (*entry.left_out, *entry.scale):
        found.update(_in(name))
    for cell in trace.cells:
        if cell.key in keys:
            found.update([*_in(cell.text), *_in(cell.column or ""), Fraction(cell.row or 0)])
    found.update(number - 5 for number in list(found) if number > 5 and number.denominator == 1)
    return found


def _of_expression(expr: Expr, keys: set[str]) -> Iterator[Fraction]:
    if expr.op == "cell" and expr.ref is not None:
        keys.add(expr.ref)
    yield Fraction(len(expr.args))
    yield Fraction(len(expr.rows))
    for row in expr.rows:
        yield Fraction(row.position)
        yield from _in(row.key)
    match expr.value:
        case bool():
            pass
        case Fraction() as value:
            yield value
        case str() as text:
            yield from _in(text)
        case Unknown(_, _, within):
            yield from _ends(within)
        case Target(_, low, high) as target:
            yield from (end for end in (low, high) if end is not None)
            yield from _in(str(target))
        case Actual() as actual:
            yield from _in(str(actual))
        case date() as day:
            yield from (Fraction(day.year), Fraction(day.month), Fraction(day.day))
            yield from _in(day.isoformat())
    for arg in expr.args:
        yield from _of_expression(arg, keys)


def _texts(trace: Trace) -> Iterator[str]:
    """Names, units, texts of the data and of the rules."""
    header = trace.header
    yield from (text for text in (header.title, header.scheme, header.record) if text)
    for cell in trace.cells:
        yield from (text for text in (cell.name, cell.text, cell.unit, cell.file, cell.column) if text)
    for part in trace.result.parts:
        yield from (text for text in (part.title, part.name, part.path, part.path.rpartition(".")[2]) if text)
    for other in trace.entries:
        if other.kind == "let" and other.name:
            yield other.name
        if other.source is not None:
            yield other.source.text.splitlines()[0]
        if other.row is not None:
            yield other.row.key
        yield from other.scale


def _texts_of(entry: Entry) -> Iterator[str]:
    texts = (entry.reason, entry.authority, entry.waiver, entry.approver, entry.label, entry.part)
    yield from (text for text in texts if text)
    if entry.kind in ("judge", "override", "regrade") and entry.name:
        yield entry.name
    yield from entry.left_out
    for expr in (entry.condition, entry.expression):
        yield from _texts_in(expr)


def _texts_in(expr: Expr | None) -> Iterator[str]:
    if expr is None:
        return
    if isinstance(expr.value, str):
        yield expr.value
    if isinstance(expr.value, Target | Actual) and expr.value.text:
        yield expr.value.text
    yield from (row.key for row in expr.rows)
    for arg in expr.args:
        yield from _texts_in(arg)


def _in(text: str) -> list[Fraction]:
    found = NUMBER.findall(text.replace(",", ""))
    return [Fraction(number) for number in found if not re.search(r"/0+$", number)]


def _ends(quantity: Quantity | None) -> list[Fraction]:
    match quantity:
        case Fraction():
            return [quantity]
        case Interval(low, high):
            return [end for end in (low, high) if end is not None]
        case None:
            return []


def _rounded(value: Fraction, places: int) -> Fraction:
    """Halves away from zero."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**places)
