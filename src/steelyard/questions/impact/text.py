"""`impact` on the terminal: who moves, what each changed statement did, the records that move most.

Only glyphs that GBK can write, so that a redirected Chinese console loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from steelyard.diagnostics.model import Language
from steelyard.diagnostics.wording import visible
from steelyard.questions.impact.model import Impact, Line, Outcome, RecordImpact, Step
from steelyard.questions.impact.sums import StepSum, sums_of
from steelyard.questions.impact.words import WORDS
from steelyard.report.tables import table
from steelyard.trace.show import show_quantity
from steelyard.values.numbers import show

SHOWN = 10
"""Records that are listed unless all are asked for."""
READINGS_SHOWN = 5


def report_impact(impact: Impact, old: str, new: str, language: Language, *, everything: bool = False) -> str:
    """All of it; `old` and `new` are what the rule files are called."""
    words = WORDS[language]
    count = len(impact.records)
    lines = [words["head.one" if count == 1 else "head"].format(old=old, new=new, count=count)]
    if impact.old_core == impact.new_core and not impact.readings and not impact.moved:
        return "\n".join(_safe([*lines, words["same"]]))
    lines += _summary(impact, words)
    lines += _grades(impact, words)
    lines += ["", words["order"]]
    for found in sums_of(impact):
        lines += _step(found, impact, words)
    lines += _quiet(impact, words)
    lines += _readings(impact, words)
    lines += _records(impact, words, everything=everything)
    return "\n".join(_safe(lines))


def signed(points: Fraction) -> str:
    """`+2.5`, `-0.33 (-1/3)`, `0`"""
    return f"+{show(points)}" if points > 0 else show(points)


Words = dict[str, str]


def _summary(impact: Impact, words: Words) -> Iterator[str]:
    changes = [record.change for record in impact.records if record.change is not None]
    moved = [change for change in changes if change]
    up, open_ones = sum(change > 0 for change in moved), sum(record.unattributed for record in impact.records)
    same = len(impact.records) - len(moved) - open_ones
    line = words["moved"].format(moved=len(moved), up=up, down=len(moved) - up, same=same)
    yield line + (words["open"].format(open=open_ones) if open_ones else "")
    if moved:
        yield words["sum"].format(sum=signed(sum(moved, Fraction(0))))


def _grades(impact: Impact, words: Words) -> Iterator[str]:
    """How many went from which grade to which."""
    moves = impact.grade_moves
    if not moves:
        return
    yield words["regraded"].format(count=moves.total())
    rows = list(dict.fromkeys(old for old, _ in moves))
    columns = list(dict.fromkeys(new for _, new in moves))
    named = [words["no grade"] if label is None else label for label in columns]
    found = [[words["from"], *named]]
    for old in rows:
        label = words["no grade"] if old is None else old
        found.append([label, *(str(moves[old, new]) if moves[old, new] else "" for new in columns)])
    yield from ("  " + line for line in table(found))


def _step(found: StepSum, impact: Impact, words: Words) -> Iterator[str]:
    said = words["none"]
    if found.records:
        records = words["record" if found.records == 1 else "records"].format(count=found.records)
        said = words["step"].format(points=signed(found.points), records=records)
        if found.records > 1:
            key = "each" if found.low == found.high else "span"
            said += words[key].format(low=signed(found.low), high=signed(found.high))
    if found.regraded:
        said += words["grades"].format(count=found.regraded)
    if len(found.steps) > 1:
        yield "  " + words["both"].format(steps=_numbers(found.steps, words), said=said)
        return
    (number,) = found.steps
    yield f"  {number + 1}. {said}"
    yield from ("     " + line for line in _statement(impact.steps[number], words))


def _numbers(steps: tuple[int, ...], words: Words) -> str:
    return words["and"].join(str(number + 1) for number in steps)


def _statement(step: Step, words: Words) -> Iterator[str]:
    if step.kind in ("order", "reading"):
        yield words[f"kind.{step.kind}"]
    if len(step.lines) > 1:
        yield words["statements"]
    for line in step.lines:
        yield from _line(line, words)


def _line(line: Line, words: Words) -> Iterator[str]:
    """The statement as it was and as it is."""
    if line.same_words:
        yield from _sided(" ", line.new, line.new_place)
        yield f"  ({words['same words']})"
        return
    yield from _sided("-", line.old, line.old_place)
    yield from _sided("+", line.new, line.new_place)


def _sided(mark: str, text: str | None, place: str | None) -> Iterator[str]:
    for number, written in enumerate((text or "").splitlines()):
        yield f"{mark} {written}" + (f"    {place}" if number == 0 else "")


def _quiet(impact: Impact, words: Words) -> Iterator[str]:
    if not impact.quiet:
        return
    yield ""
    yield words["quiet"]
    for quiet in impact.quiet:
        old, new = quiet.findings
        yield "  " + (words["check"].format(old=old, new=new) if quiet.is_check else words["words"])
        yield from ("     " + line for line in _line(quiet.line, words))


def _readings(impact: Impact, words: Words) -> Iterator[str]:
    if not impact.readings:
        return
    yield ""
    yield words["readings"].format(count=len(impact.readings))
    for reading in impact.readings[:READINGS_SHOWN]:
        yield "  " + words["cell"].format(name=reading.name, record=reading.record, text=reading.text)
    if len(impact.readings) > READINGS_SHOWN:
        yield "  " + words["more"].format(count=len(impact.readings) - READINGS_SHOWN)


def _records(impact: Impact, words: Words, *, everything: bool) -> Iterator[str]:
    moved = [*impact.moved, *(record for record in impact.records if record.regraded and not record.change)]
    attributed = [record for record in moved if not record.unattributed]
    shown = attributed if everything else attributed[:SHOWN]
    if shown:
        fewer = len(shown) < len(attributed)
        yield ""
        yield words["fewest"].format(count=len(shown), all=len(attributed)) if fewer else words["most"]
    for record in shown:
        yield from _record(record, words)
    left = [record for record in impact.records if record.unattributed]
    if left:
        yield ""
        yield words["unattributed"]
        for record in left if everything else left[:SHOWN]:
            yield f"  {record.record}  {_outcome(record.old, words)} → {_outcome(record.new, words)}"
        if len(left) > SHOWN and not everything:
            yield "  " + words["more"].format(count=len(left) - SHOWN)


def _record(record: RecordImpact, words: Words) -> Iterator[str]:
    change = record.change or Fraction(0)
    head = f"  {record.record}  {_outcome(record.old, words)} → {_outcome(record.new, words)}"
    yield head + (f"    {signed(change)}" if change else "")
    for share in record.shares:
        yield f"     {_numbers(share.steps, words)}{words['colon']}{signed(share.points)}"
    for grade in record.grades:
        old, new = (words["no grade"] if label is None else label for label in (grade.old, grade.new))
        yield f"     {_numbers(grade.steps, words)}{words['colon']}{words['grade'].format(old=old, new=new)}"


def _outcome(outcome: Outcome | None, words: Words) -> str:
    if outcome is None:
        return words["not there"]
    total = words["not issued"] if outcome.total is None else show_quantity(outcome.total)
    label = outcome.grade if outcome.grade is not None else "/".join(outcome.possible)
    return f"{total} {label}" if label else total


def _safe(lines: list[str]) -> list[str]:
    """No control or bidi character of a file reaches the terminal."""
    return [visible(line) for line in lines]
