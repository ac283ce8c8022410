"""What weighs most: the largest losses of a trace in one list, and by how much conditions missed."""

from __future__ import annotations

from fractions import Fraction

from steelyard.diagnostics.wording import visible
from steelyard.explain.losses import Effect, ranked
from steelyard.explain.misses import misses, nearness
from steelyard.report.blocks import Blocks
from steelyard.report.words import WORDS
from steelyard.trace.model import Entry, Expr, Trace
from steelyard.trace.show import show_condition
from steelyard.values.numbers import show


def report_top(trace: Trace, path: str, blocks: Blocks, count: int) -> str:
    """The largest losses (or points given) of a part and all inside it, by what they are worth in the total, in one list;
    how many more there are, and what those come to."""
    words = WORDS[blocks.language]
    found = ranked(effect for effect in blocks.outline.effects if blocks.outline.within(effect.part, path))
    if not found:
        return f"  {words['none given' if blocks.fewer_better else 'nothing']}"
    lines: list[str] = []
    for place, effect in enumerate(found[:count], 1):
        first, *rest = blocks.lines(effect.entry, f"{place}. {_signed(effect.points, blocks)} ")
        lines += [first + _worth(effect, blocks), *rest]
    left = found[count:]
    if left:
        points = sum((_on_total(effect) for effect in left), Fraction(0))
        lines.append("  " + words["more"].format(count=len(left), points=_signed(points, blocks)))
    return "\n".join("\n".join(visible(piece) for piece in line.split("\n")) for line in lines)


def _on_total(effect: Effect) -> Fraction:
    return effect.points if effect.on_total is None else effect.on_total


def _worth(effect: Effect, blocks: Blocks) -> str:
    """What it is worth in the total, where that is another number."""
    if effect.on_total is None or effect.on_total == effect.points:
        return ""
    said = f"{WORDS[blocks.language]['in total']} {_signed(effect.on_total, blocks)}"
    return f"（{said}）" if blocks.language == "zh" else f"  ({said})"


def _signed(points: Fraction, blocks: Blocks) -> str:
    raised = points if blocks.fewer_better else -points
    return f"{'+' if raised >= 0 else '-'}{show(abs(raised))}"


def miss_lines(condition: Expr, blocks: Blocks) -> list[str]:
    """Of each comparison that decided against a condition, by how much it missed; the nearest first."""
    words, language = WORDS[blocks.language], blocks.language
    found = []
    for miss in misses(condition):
        if miss.by is not None:
            shown = show_condition(miss.comparison, blocks.teller.cells, language)
            percent = any(arg.percent for arg in miss.comparison.args)
            by = words["points of percent"].format(by=show(miss.by * 100)) if percent else show(miss.by)
            said = words["misses.above" if miss.above else "misses"].format(by=by) if miss.by else words["misses.edge"]
            found.append(f"{shown}{': ' if language == 'en' else '：'}{said}")
    return found


def passed_over(entry: Entry, blocks: Blocks) -> list[tuple[Fraction | None, str]]:
    """The rows of a grade above the one that was taken: how near each was, and by how much it missed."""
    choice = entry.condition
    if entry.kind != "grade" or entry.label is None or choice is None or choice.op != "choose":
        return []
    rows = choice.args[:-1]
    taken = bool(rows) and rows[-1].value is True
    passed = rows[:-1] if taken else rows
    # A row is named where rows and grades go side by side; one on a condition stands outside their order.
    named = entry.label in entry.scale and entry.scale.index(entry.label) == len(passed)
    found = []
    for place, test in enumerate(passed):
        said = ("；" if blocks.language == "zh" else "; ").join(miss_lines(test, blocks))
        if test.value is False and said:
            label = entry.scale[place] if named else "–"
            found.append((nearness(test), WORDS[blocks.language]["passed"].format(label=label, said=said)))
    return found
