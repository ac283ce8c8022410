"""What an amount is counted by: steps of a distance, things, rows."""

from __future__ import annotations

import re

from steelyard.bind.symbols import GroupSymbol, InferredSymbol, ListSymbol
from steelyard.check.comparisons import compare
from steelyard.check.constants import constant
from steelyard.check.expressions import Expressions
from steelyard.check.ranges import Ranges
from steelyard.diagnostics.model import Edit, Fix
from steelyard.source import Span
from steelyard.syntax import nodes as n
from steelyard.syntax.forms import NAMELESS_STEP, nameless
from steelyard.syntax.walk import walk
from steelyard.values.types import BARE, ActualType, NumberType, TargetType


def check_step(step: n.Step, expressions: Expressions) -> None:
    """The kinds of value, bound and size; whether a part of a step is said, `check_part_of_step` asks at the end."""
    report, size = expressions.findings.report, step.size
    found = expressions.number(size)
    written = constant(size)
    if written is not None and written <= 0:
        report("T130", size.span, text=size.span.text)
        return
    if step.value is None or step.bound is None:
        rest = NAMELESS_STEP.match(step.span.source.text, step.span.start)
        if rest and isinstance(size, n.Number) and not size.percent:
            fault = nameless(Span(step.span.source, *rest.span("head")), rest["head"], rest["measure"], rest["act"])
            expressions.findings.found.append(fault)
        elif not _name_told(step, expressions):
            report("T131", step.span, text=step.span.text)
        return
    value = expressions.number(step.value)
    bound = expressions.number(step.bound)
    compare(step.value, value, step.bound, bound, expressions, ordering=True)
    if not isinstance(value, NumberType) or not isinstance(size, n.Number):
        if isinstance(value, NumberType) and isinstance(found, NumberType):
            compare(step.value, value, size, found, expressions, ordering=True)
        return
    has_unit = value.unit is not None and bool(value.unit.powers)
    if size.point and has_unit:
        report("T132", size.span, value=step.value.span.text, unit=str(value.unit))
    elif size.percent and not size.point and _is_percentage(step.bound, expressions):
        report("T125", size.span, fixes=(_both(step, expressions),), text=size.span.text, bound=step.bound.span.text)
    elif not size.percent and (_is_percentage(step.value, expressions) or _is_percentage(step.bound, expressions)):
        unit = " 个百分点" if expressions.bound.file.language == "zh" else " percentage points"
        text = f"{size.span.text}{unit}"
        fix = Fix("write", (Edit(size.span, text),), {"text": text})
        report("T108", size.span, fixes=(fix,), name=step.value.span.text, text=size.span.text)


def _name_told(step: n.Step, expressions: Expressions) -> bool:
    """Is the condition in front faulty anyway? Then what it names is not missing."""
    line = step.span.source.position(step.span.start)[0]
    return any(
        d.code in ("N101", "N107")
        and d.span is not None
        and d.span.source is step.span.source
        and d.span.source.position(d.span.start)[0] == line
        for d in expressions.bound.diagnostics
    )


def check_direction(step: n.Step, condition: n.Expression | None, expressions: Expressions) -> None:
    """`超过 95% 的，每低 1 个百分点`, `不超过 95%，计 5 分；每低 1 个百分点`: where the condition holds, no step is counted."""
    turned_round = False
    match condition:
        case n.Operation("not", (n.Comparison() as inner,)):
            condition, turned_round = inner, True
        case _:
            pass
    if not isinstance(condition, n.Comparison) or condition.operands != (step.value, step.bound):
        return
    below = (step.direction == "below") != turned_round
    against = () if step.direction == "differs" else (">", ">=") if below else ("<", "<=")
    if condition.operators[0] not in against:
        return
    word = re.match("每[^\\W\\d0-9]+", step.span.text)
    turned = ("每超过" if step.direction == "below" else "每低于") if word else ""
    fixes: tuple[Fix, ...] = ()
    if word and step.value is not None and step.span.start > step.value.span.start:
        place = Span(step.span.source, step.span.start, step.span.start + word.end())
        fixes = (Fix("write", (Edit(place, turned),), {"text": turned}),)
    expressions.findings.report(
        "T139", step.span, fixes=fixes, condition=condition.span.text, step=word.group() if word else step.span.text
    )


def _is_percentage(node: n.Expression, expressions: Expressions) -> bool:
    found = expressions.types.get(node.key)
    return isinstance(found, NumberType) and found.unit is not None and found.unit.percent


def _both(step: n.Step, expressions: Expressions) -> Fix:
    """Both readings of `1%` below `95%`."""
    assert step.value is not None and step.bound is not None, "a step without them has been told"
    number, value, bound = step.size.span.text.rstrip("%％ "), step.value.span.text, step.bound.span.text
    if isinstance(step.value, n.Operation) and step.value.operator == "+":
        value = f"({value})"
    if expressions.bound.file.language == "zh":
        points = f"{number} 个百分点"
        side = {
            "below": "低于 100% 的，每低于",
            "above": "超过 100% 的，每超过",
            "differs": "与 100% 每相差",
        }[step.direction]
        return Fix("write-either", (), {"first": points, "second": f"{value} / {bound} {side} {points}"})
    points = f"{number} percentage point" + ("" if number == "1" else "s")
    side = {"below": "is below", "above": "is above", "differs": "differs from"}[step.direction]
    return Fix("write-either", (), {"first": points, "second": f"{points} that {value} / {bound} {side} 100%"})


def check_part_of_step(step: n.Step, ranges: Ranges, expressions: Expressions) -> None:
    """A part of a step is common, and the word for it is asked for, unless there can be none: steps of 1 between whole
    numbers."""
    if step.part is not None or step.value is None or step.bound is None:
        return
    if constant(step.size) == 1 and all(ranges.step(node) == 1 for node in (step.value, step.bound)):
        return
    chinese = expressions.bound.file.language == "zh"
    size = step.size.span.text
    first, second = (f"不足 {size} 不计", f"不足 {size} 按 {size} 计") if chinese else ("every full", "every started")
    fix = Fix("write-either", (), {"first": first, "second": second})
    expressions.findings.report("T124", step.span, fixes=(fix,), size=size)


def check_each(each: n.Each, expressions: Expressions) -> None:
    """A whole number or a list is counted; `of` says how many make one."""
    if each.of is not None:
        expressions.number(each.of)
        of = constant(each.of)
        if of is None or of.denominator != 1 or of < 1:
            expressions.findings.report("T136", each.of.span, text=each.of.span.text)
    if each.where is not None:
        expressions.truth(each.where)
    if each.count is None or _is_list(each.count, expressions):
        return
    expressions.number(each.count)


def check_whole_count(each: n.Each, ranges: Ranges, expressions: Expressions) -> None:
    """Things are counted in whole numbers. It runs when all types are known."""
    count = each.count
    if count is None or _is_list(count, expressions) or ranges.step(count) == 1:
        return
    found = expressions.types.get(count.key)
    if not isinstance(found, NumberType | TargetType | ActualType):
        return
    # What a column of a file without `input` holds, the data say.
    inferred = (expressions.bound.refers_to.get(node.key) for node in walk(count))
    if found == BARE and any(isinstance(symbol, InferredSymbol) for symbol in inferred):
        return
    expressions.findings.report("T126", count.span, text=count.span.text)


def _is_list(count: n.Expression, expressions: Expressions) -> bool:
    return isinstance(expressions.bound.refers_to.get(count.key), ListSymbol | GroupSymbol)
