"""What roundings cost and how firmly the grade stands, in a few lines; nothing where there is nothing to say."""

from __future__ import annotations

from fractions import Fraction

from steelyard.diagnostics.model import Language
from steelyard.explain.ledger import Margin, RoundingLedger, rounding_ledger
from steelyard.report.blocks import Blocks
from steelyard.trace.encode import quantity
from steelyard.trace.model import Trace
from steelyard.values.canonical import Json
from steelyard.values.numbers import canonical, show

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "head": "rounding and grade:",
        "added": "{count} roundings added {cost} to the total, without them {unrounded}",
        "took": "{count} roundings took {cost} from the total, without them {unrounded}",
        "even": "{count} roundings left the total as it is",
        "added.one": "rounding added {cost} to the total, without it {unrounded}",
        "took.one": "rounding took {cost} from the total, without it {unrounded}",
        "even.one": "rounding inside the parts left the total as it is",
        "not said": "{count} roundings; what they cost the total cannot be said from the trace alone",
        "still": "; the grade is {grade} either way",
        "hangs": "the grade hangs on rounding: at {unrounded} it would be {label}",
        "alone": "the grade hangs on one rounding: without entry {number} ({place}) it would be {label}",
        "not": "another one than {grade}",
        "edge": "the total stands exactly on the bound of {grade} ({boundary}): any points {direction} give another grade",
        "near": "the total is {distance} from the bound of {grade} ({boundary}), less than one unit of its last place ({unit})",
        "next": "{distance} {direction}, one unit of the last place or less, and the grade would be {label}",
        "next.beyond": "the total stands exactly on a bound ({boundary}): any points {direction} and the grade would be {label}",
        "more": "more", "less": "fewer",
        "lifting": "without entry {number} ({points} in the total, {place}) the grade would be {label}",
        "better": "a better one", "worse": "a lower one",
    },
    "zh": {
        "head": "舍入与等级：",
        "added": "舍入 {count} 处，使总分增加 {cost} 分，不舍入为 {unrounded} 分",
        "took": "舍入 {count} 处，使总分减少 {cost} 分，不舍入为 {unrounded} 分",
        "even": "舍入 {count} 处，总分不变",
        "added.one": "舍入使总分增加 {cost} 分，不舍入为 {unrounded} 分",
        "took.one": "舍入使总分减少 {cost} 分，不舍入为 {unrounded} 分",
        "even.one": "各部分内有舍入，总分不变",
        "not said": "舍入 {count} 处，仅凭评分过程不能算出对总分的影响",
        "still": "；等级都是“{grade}”",
        "hangs": "等级取决于舍入：总分为 {unrounded} 分时，等级{label}",
        "alone": "等级取决于一处舍入：没有条目 {number}（{place}）的舍入，等级{label}",
        "not": "不再是“{grade}”",
        "edge": "总分正好在“{grade}”的界限 {boundary} 分上：再{direction}一点就是另一个等级",
        "near": "总分距“{grade}”的界限 {boundary} 分只有 {distance} 分，不到末位的一个单位（{unit}）",
        "next": "再{direction} {distance} 分（不超过末位的一个单位），等级{label}",
        "next.beyond": "总分正好在界限 {boundary} 分上：再{direction}一点，等级{label}",
        "more": "多", "less": "少",
        "lifting": "没有条目 {number}（折合总分 {points} 分，{place}），等级{label}",
        "better": "更好", "worse": "更低",
    },
}  # fmt: skip


MOST_NAMED = 3
"""Roundings named one by one of those that decide the grade each by itself."""


def robustness_lines(blocks: Blocks) -> list[str]:
    """What a reader of the score must know of its roundings, and of a grade that stands on an edge."""
    found, words = rounding_ledger(blocks.trace), _WORDS[blocks.language]
    lines = [*_roundings(found, words), *_hanging(found, blocks), *_edges(found, blocks)]
    return ["", words["head"], *(f"  {line}" for line in lines)] if lines else []


def _roundings(found: RoundingLedger, words: dict[str, str]) -> list[str]:
    moving = [step for step in found.steps if step.cost != 0]
    if not moving or found.unit is None:
        return []
    count = len(moving)
    if found.cost is None or found.unrounded is None:
        return [words["not said"].format(count=count)]
    key = ("added" if found.cost > 0 else "took" if found.cost < 0 else "even") + (".one" if count == 1 else "")
    line = words[key].format(count=count, cost=show(abs(found.cost)), unrounded=show(found.unrounded))
    return [line + (words["still"].format(grade=found.grade) if found.hangs is False else "")]


def _hanging(found: RoundingLedger, blocks: Blocks) -> list[str]:
    """The grade that another way of rounding gives."""
    words = _WORDS[blocks.language]
    if not found.hangs:
        return []
    if (
        found.without is not None
        and found.without.better
        and found.without.label != found.grade
        and found.unrounded is not None
    ):
        label = _label(found.without.label, found, blocks)
        return [words["hangs"].format(unrounded=show(found.unrounded), label=label)]
    return [
        words["alone"].format(
            number=step.entry.number, place=blocks.place(step.entry), label=_label(step.decides.label, found, blocks)
        )
        for step in [step for step in found.steps if step.decides is not None][:MOST_NAMED]
        if step.decides is not None
    ]


def _edges(found: RoundingLedger, blocks: Blocks) -> list[str]:
    """Another grade within one unit of the last place."""
    words, lines = _WORDS[blocks.language], []
    worse, better = found.worse, found.better
    if worse is not None and worse.narrow and found.unit is not None:
        key = "near" if worse.distance else "edge"
        lines.append(words[key].format(grade=found.grade, unit=show(found.unit), **_of(worse, words)))
    if better is not None and better.narrow:
        key = "next" if better.distance else "next.beyond"
        label = _label(better.label, found, blocks, unnamed="better")
        lines.append(words[key].format(label=label, **_of(better, words)))
        if found.lifting is not None:
            lifting = found.lifting
            label = _label(lifting.label, found, blocks, unnamed="better")
            lines.append(
                words["lifting"].format(
                    number=lifting.entry.number,
                    points=show(lifting.points),
                    place=blocks.place(lifting.entry),
                    label=label,
                )
            )
    return lines


def _of(margin: Margin, words: dict[str, str]) -> dict[str, str]:
    return {
        "boundary": show(margin.boundary),
        "distance": show(margin.distance),
        "direction": words["more" if margin.above else "less"],
    }


def _label(label: str | None, found: RoundingLedger, blocks: Blocks, unnamed: str = "not") -> str:
    """A grade by its name; else that it is not this one."""
    if label is None:
        return _WORDS[blocks.language][unnamed].format(grade=found.grade)
    return f"为“{label}”" if blocks.language == "zh" else label


def robustness_json(trace: Trace) -> Json:
    """Every rounding with its cost, the grade without rounding, the distances to other grades. Exact numbers are strings."""
    found = rounding_ledger(trace)
    steps: list[Json] = [
        {
            "entry": step.entry.number,
            "rule": step.entry.rule,
            "part": step.entry.part,
            "inside": None if step.spot.inside is None else step.spot.inside[0],
            "places": step.places,
            "mode": step.mode.value,
            "before": quantity(step.before),
            "after": quantity(step.after),
            "cost": quantity(step.cost),
            "on_total": _number(step.on_total),
            "decides": None if step.decides is None else {"grade": step.decides.label},
        }
        for step in found.steps
    ]
    return {
        "steps": steps,
        "cost": _number(found.cost),
        "unrounded": _number(found.unrounded),
        "grade_hangs_on_rounding": found.hangs,
        "unit": _number(found.unit),
        "better": _margin_json(found.better),
        "worse": _margin_json(found.worse),
        "lifting": None if found.lifting is None else {
            "entry": found.lifting.entry.number,
            "rule": found.lifting.entry.rule,
            "on_total": canonical(found.lifting.points),
            "grade": found.lifting.label,
        },
    }  # fmt: skip


def _margin_json(margin: Margin | None) -> Json:
    if margin is None:
        return None
    return {
        "grade": margin.label,
        "boundary": canonical(margin.boundary),
        "distance": canonical(margin.distance),
        "direction": "more" if margin.above else "less",
        "at_boundary": margin.reached,
        "within_unit": margin.narrow,
    }


def _number(value: Fraction | None) -> Json:
    return None if value is None else canonical(value)
