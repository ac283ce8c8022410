"""Checking a bound file."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.bind.symbols import Bound, InferredSymbol
from steelyard.check.expressions import Expressions
from steelyard.check.grades import check_grade
from steelyard.check.model import TOTAL_KEY, Checked, Findings
from steelyard.check.parts import check_parts, check_places
from steelyard.check.statements import check_because, check_statement
from steelyard.check.totals import Totals
from steelyard.diagnostics.model import Diagnostic
from steelyard.syntax import nodes as n
from steelyard.values.numbers import decimal_places, show
from steelyard.values.types import NUMBER, Field, NumberType, Schema, TextType

PLACES_LIMIT = 18
DIAGNOSTIC_LIMIT = 200
"""Mistakes told in one run."""


def check(bound: Bound) -> Checked:
    """Everything that can be known of a file without data. It never stops at the first mistake."""
    file, findings = bound.file, Findings()
    expressions = Expressions(bound, findings)
    check_parts(file, findings)
    totals = Totals(expressions, findings)
    totals.run(file)
    # Lets in the order in which they read each other, so that a long chain is no deep one.
    for let in bound.lets:
        expressions.let_type(bound.paths[let.key], let, None)
    _check_all(file.parts, file.statements, expressions)
    for let in bound.lets:
        if bound.paths[let.key] not in expressions.lets:
            expressions.let_type(bound.paths[let.key], let, NUMBER)
    for because in expressions.reasons:
        check_because(because, expressions)
    attributes = [a for scheme in file.schemes for a in scheme.attributes]
    places = _check_rounding(file, attributes, totals, findings)
    bare_included = any(isinstance(a, n.BareRule) for a in attributes)
    for grade in file.grades:
        check_grade(grade, expressions, findings, totals.full[TOTAL_KEY], places, bare_included)
    if not (file.parts or file.statements or bound.diagnostics):
        findings.report("S207", file.span)
    return Checked(
        bound=bound,
        schema=_schema(bound, expressions),
        types=expressions.types,
        shares=totals.shares,
        full=totals.full,
        diagnostics=(*bound.diagnostics, *_once(findings.found))[:DIAGNOSTIC_LIMIT],
    )


def _once(found: list[Diagnostic]) -> list[Diagnostic]:
    """Each mistake once: a let may have been asked for its type several times."""
    return list({(d.code, d.span and (d.span.start, d.span.end)): d for d in found}.values())


def _check_all(parts: tuple[n.Part, ...], statements: tuple[n.Statement, ...], expressions: Expressions) -> None:
    for statement in statements:
        check_statement(statement, expressions)
    for part in parts:
        _check_all(part.parts, part.statements, expressions)


def _check_rounding(file: n.File, attributes: list[n.Attribute], totals: Totals, findings: Findings) -> int | None:
    """Places of the total, None where it is not rounded."""
    rules = {}
    for rule in (a for a in attributes if isinstance(a, n.RoundingRule)):
        if rule.places > PLACES_LIMIT:
            findings.report("W127", rule.span, places=rule.places, limit=PLACES_LIMIT)
        rules[rule.of] = rule
    if each := rules.get("criterion"):
        for part in _criteria(file.parts):
            check_places(part, totals.full[part.key], each.places, findings)
    if total := rules.get("total"):
        exact = decimal_places(totals.full[TOTAL_KEY])
        if exact is None or exact > total.places:
            findings.report("W115", total.span, points=show(totals.full[TOTAL_KEY]), places=total.places)
    return rules["total"].places if "total" in rules else None


def _criteria(parts: tuple[n.Part, ...]) -> Iterator[n.Part]:
    for part in parts:
        if part.kind == "criterion":
            yield part
        yield from _criteria(part.parts)


def _schema(bound: Bound, expressions: Expressions) -> Schema:
    """The declared inputs; without an `input` block, every unresolved name in the order of the file."""
    if bound.schema.declared:
        return bound.schema
    names = dict.fromkeys(s.name for s in bound.refers_to.values() if isinstance(s, InferredSymbol))
    fields = tuple(Field(name, expressions.inferred.get(name, TextType())) for name in names)
    fields = tuple(Field(f.name, NumberType(None)) if isinstance(f.type, NumberType) else f for f in fields)
    return Schema(fields, declared=False, judged=bound.schema.judged)
