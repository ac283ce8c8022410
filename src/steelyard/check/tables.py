"""Tables: are keys, tests and values of the kinds they need? What the rows cover is looked at in `rows`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from steelyard.check.comparisons import comparable, compare
from steelyard.check.words import kind_words
from steelyard.diagnostics.model import Diagnostic, Fix, Label
from steelyard.syntax import nodes as n
from steelyard.syntax.walk import test_values
from steelyard.values.types import (
    BARE,
    NUMBER,
    ActualType,
    NumberType,
    ScalarType,
    TargetType,
    TextType,
    Type,
    UnknownType,
)

if TYPE_CHECKING:
    from steelyard.check.expressions import Expressions

AnyRow = n.TableRow | n.GradeRow


def type_of_table(table: n.Table, expressions: Expressions, wanted: ScalarType | None) -> Type:
    """The type that the values of all rows share."""
    expressions.tables[table.key] = table
    check_tests(table.keys, table.rows, expressions)
    found = _shared_type(table.rows, expressions, wanted)
    if isinstance(found, TextType) and found.choices and table.texts:
        return TextType(tuple(dict.fromkeys((*found.choices, *table.texts))))
    return found


def check_tests(keys: Sequence[n.Expression], rows: Sequence[AnyRow], expressions: Expressions) -> None:
    """Each test fits its key, and there is one for every key."""
    for index, key in enumerate(keys):
        tests = [row.tests[index] for row in rows if len(row.tests) == len(keys)]
        values = tuple(value for test in tests for value in test_values(test))
        kind = comparable((key, *values), NUMBER, expressions)
        found = _as_number(expressions.infer(key, kind))
        for test in tests:
            ordering = not isinstance(test, n.IsOneOf)
            if isinstance(found, TextType) and isinstance(test, n.Bounds) and not test.otherwise:
                expressions.number(key)  # A text lies neither above nor below.
                break
            for value in test_values(test):
                # Ends of bounds count as `<` does, so a bare 90 beside a percentage is asked about here too.
                compare(key, found, value, expressions.infer(value, kind), expressions, ordering=ordering)
    for row in rows:
        if row.tests and len(row.tests) != len(keys) and not is_otherwise(row):
            place = row.tests[0].span.to(row.tests[-1].span)
            expressions.findings.report("W108", place, keys=len(keys), tests=len(row.tests))
        if row.when is not None:
            expressions.truth(row.when)
        if isinstance(row, n.TableRow) and row.linear:
            _tell_ramp(row, expressions)


def _tell_ramp(row: n.TableRow, expressions: Expressions) -> None:
    """`70%—90%线性得分` without the rows that say what 70% and 90% give."""
    fixes: tuple[Fix, ...] = ()
    match row.tests:
        case (n.Bounds(low=n.Node() as low, high=n.Node() as high),):
            chinese = expressions.bound.file.language == "zh"
            colon, points = ("：", " 分") if chinese else (" : ", "")
            ends = [f"{end.span.text}{colon}…{points}" for end in (low, high)]
            fixes = (Fix("write-either-line", (), {"first": ends[0], "second": ends[1]}),)
        case _:
            pass
    found = Diagnostic("W191", {"text": row.span.text}, row.span, fixes=fixes)
    expressions.findings.found.append(found)


def is_otherwise(row: AnyRow) -> bool:
    """`otherwise`, on no condition."""
    tests = row.tests
    return row.when is None and bool(tests) and all(isinstance(t, n.Bounds) and t.otherwise for t in tests)


def _shared_type(rows: Sequence[n.TableRow], expressions: Expressions, wanted: ScalarType | None) -> Type:
    first: tuple[n.Expression, Type] | None = None
    shared: Type = UnknownType()
    for row in rows:
        found = _as_number(expressions.infer(row.value, wanted))
        if isinstance(found, UnknownType):
            continue
        if first is None:
            first, shared = (row.value, found), found
        elif type(found) is not type(shared):
            label = Label(first[0].span, "this-type", {"type": kind_words(shared)})
            expressions.findings.report("T133", row.value.span, labels=(label,), found=kind_words(found))
        elif isinstance(found, NumberType) and isinstance(shared, NumberType) and found.unit is not None:
            if shared.unit is not None and not shared.unit.same_dimension(found.unit):
                expressions.differ(row.value, found.unit, first[0], shared.unit)
            elif shared.unit is None:
                first, shared = (row.value, found), found
        elif isinstance(found, TextType) and isinstance(shared, TextType):
            shared = TextType()
    texts = [row.value.value for row in rows if isinstance(row.value, n.Text)]
    return TextType(tuple(dict.fromkeys(texts))) if isinstance(shared, TextType) and len(texts) == len(rows) else shared


def _as_number(found: Type) -> Type:
    return BARE if isinstance(found, TargetType | ActualType) else found
