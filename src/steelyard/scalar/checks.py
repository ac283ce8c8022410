"""Findings of `check`: what does not agree, by how much, and whether a slip of one digit explains it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from steelyard.core import nodes as c
from steelyard.diagnostics.model import Diagnostic, Fact, Fix, Language, Severity, Words
from steelyard.trace.model import Entry, Expr, TraceCell
from steelyard.trace.show import brief, show_expression, show_percent
from steelyard.values.numbers import canonical, decimal_places, show
from steelyard.values.states import Unknown


def check_finding(
    statement: c.Check, entry: Entry, test: Expr, cells: Mapping[str, TraceCell], language: Language
) -> Diagnostic:
    """The finding for a check that does not hold or cannot be decided. `test` is what could not be: the test, or whether it is
    asked at all."""
    severity = Severity.ERROR if statement.severity == "error" else Severity.WARNING
    written = statement.origin.span.text.splitlines()[0]
    facts: dict[str, Fact] = {
        "reason": entry.reason or written,
        # Of a condition that is open only the rule says what would be checked.
        "shown": written if entry.expression is None else show_expression(test, cells, language),
    }
    rule, span = str(statement.origin.path), statement.origin.span
    if isinstance(test.value, Unknown):
        comma = "、" if language == "zh" else ", "
        facts["cells"] = comma.join(dict.fromkeys(cells[key].name for key in entry.blame))
        facts["cause"] = tuple(Words(cause.value) for cause in sorted(test.value.causes))
        return Diagnostic("F102", facts, span, severity=severity, rule=rule)
    fixes: list[Fix] = []
    sides = _sides(test)
    if sides is not None:
        left, right = sides
        percent = any(arg.percent for arg in test.args)
        form = show_percent if percent else show
        difference = brief(abs(left - right) * 100) if percent else show(abs(left - right))
        facts |= {"left": form(left), "right": form(right), "difference": difference}
        said = "differ-by-points" if percent else "differ-by"
        fixes.append(Fix(said, facts={k: facts[k] for k in ("left", "right", "difference")}))
        if test.op == "=" and (slip := one_digit(left, right)):
            fixes.append(Fix("one-digit", facts={"left": slip[0], "right": slip[1]}))
    return Diagnostic("F101", facts, span, fixes=tuple(fixes), severity=severity, rule=rule)


def one_digit(left: Fraction, right: Fraction) -> tuple[str, str] | None:
    """Both numbers in the same number of decimals, if they differ in one digit only: a likely slip of the pen.

    >>> one_digit(Fraction("1225.70"), Fraction("1255.70"))
    ('1225.70', '1255.70')
    """
    places = [decimal_places(value) for value in (left, right)]
    if places[0] is None or places[1] is None or left == right or left < 0 or right < 0:
        return None
    count = max(places[0], places[1], 2 if places[0] or places[1] else 0)
    texts = [_fixed(value, count) for value in (left, right)]
    if len(texts[0]) != len(texts[1]) or len(texts[0].replace(".", "")) < 3:
        return None
    differing = sum(1 for a, b in zip(*texts, strict=True) if a != b)
    return (texts[0], texts[1]) if differing == 1 else None


def _sides(test: Expr) -> tuple[Fraction, Fraction] | None:
    """The two numbers of a comparison."""
    if test.op not in ("=", "<", "<=", ">", ">="):
        return None
    left, right = (arg.value for arg in test.args)
    return (left, right) if isinstance(left, Fraction) and isinstance(right, Fraction) else None


def _fixed(value: Fraction, places: int) -> str:
    text = canonical(value)
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.ljust(places, '0')}" if places else whole
