"""The terminal report: the score, every lost point with its reason and cells, the findings. Where fewer points are
better, every point given stands in place of those lost.

Only glyphs that GBK can write, so that a redirected Chinese console loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from steelyard.diagnostics.model import Language
from steelyard.diagnostics.wording import visible
from steelyard.diagnostics.words import WORDS as NOUNS
from steelyard.explain.losses import TOTAL, Effect, ranked
from steelyard.explain.misses import nearness
from steelyard.explain.places import row_words
from steelyard.report.blocks import Blocks
from steelyard.report.ranking import miss_lines, passed_over
from steelyard.report.robustness import robustness_lines
from steelyard.report.tables import table
from steelyard.report.words import WORDS
from steelyard.trace.model import Entry, PartResult, Quantity, Trace
from steelyard.trace.show import show_quantity
from steelyard.values.intervals import Interval
from steelyard.values.numbers import show
from steelyard.values.states import OF_DATA

_RULES = ("move", "group", "limit", "regrade", "skip")
"""Kinds of entries that fire or do not."""
_OPEN = ("move", "group", "judge", "each", "limit", "skip", "open")
"""Kinds of entries that leave a score open."""


def report_score(trace: Trace, language: Language) -> str:
    """One record: total, parts, and every lost point (or point given, the most first) down to the cells."""
    blocks = Blocks.of(trace, language)
    words = WORDS[language]
    lines = [_head(blocks)]
    if trace.result.parts:
        lines += ["", *_parts_table(blocks)]
    found = [effect for effect in blocks.outline.effects if effect.entry.kind != "round"]
    found = ranked(found) if blocks.fewer_better else found
    rounding = [effect for effect in blocks.outline.effects if effect.entry.kind == "round"]
    undetermined = [entry for entry in trace.entries if _leaves_open(entry)]
    if trace.result.total is None:
        return "\n".join(_safe([*lines, "", *_not_issued(blocks)]))
    told, none = ("given", "none given") if blocks.fewer_better else ("lost", "nothing")
    lines += ["", f"{words[told]}:" if language == "en" else f"{words[told]}："]
    if not found and not undetermined:
        lines.append(f"  {words[none]}")
    for effect in found:
        lines += _effect(effect, blocks)
    for entry in undetermined:
        lines += blocks.lines(entry, "? ")
    for effect in rounding:
        colon = "：" if language == "zh" else ": "
        mark = _signed(effect.points, trace)
        lines.append(f"  {mark}{blocks.place(effect.entry)}{colon}{blocks.filed(effect.entry)}")
    listed = [effect.entry.number for effect in found]
    for entry in trace.entries:
        if (_says_aloud(entry) or _was_cut(entry)) and entry.number not in listed:
            lines += blocks.lines(entry, "● ")
    return "\n".join(_safe([*lines, *robustness_lines(blocks)]))


def report_many(traces: Iterable[Trace], language: Language, *, ranked_by_total: bool = False) -> str:
    """Many records: a table of scores; on request the best first, equal totals sharing a rank."""
    words = WORDS[language]
    found = list(traces)
    graded = any(_has_grade(trace) for trace in found)
    header = [words["record"], words["score"], *([words["grade"]] if graded else []), words["status"]]
    if ranked_by_total:
        found.sort(key=_order)
        header.insert(0, words["rank"])
    rows = [header]
    rank, before = 0, None
    for index, trace in enumerate(found, 1):
        result = trace.result
        row = [
            trace.header.record,
            "-" if result.total is None else show_quantity(result.total),
            *([_grade(trace, language)] if graded else []),
            _status(trace, language),
        ]
        if ranked_by_total:
            if not isinstance(result.total, Fraction):
                row.insert(0, "-")
            else:
                rank = rank if result.total == before else index
                before = result.total
                row.insert(0, str(rank))
        rows.append(row)
    return "\n".join(_safe(table(rows)))


def report_why(trace: Trace, path: str, language: Language) -> str:
    """The lines behind one number. Of the total: what every part lost (or was given), the largest first. Of a part:
    everything that was considered in it, and what its inner parts lost (or were given)."""
    blocks = Blocks.of(trace, language)
    lines: list[str] = []
    if path == TOTAL:
        _why_part(blocks, path, lines, "")
        return "\n".join(_safe(lines))
    lines.append(_part_line(blocks, path))
    for entry in blocks.outline.entries(path):
        if _says_something(entry, trace):
            lines += blocks.lines(entry, _mark(entry, blocks), with_part=False, with_members=False)
    for part in blocks.outline.inner(path):
        _why_part(blocks, part.path, lines, "  ")
    return "\n".join(_safe(lines))


def report_why_not(trace: Trace, path: str, language: Language, top: int | None = None) -> str:
    """The rules of a part (and those inside it) that did not fire, and the grades that were not reached, the nearest miss
    first; of many the first so many."""
    blocks = Blocks.of(trace, language)
    found: list[tuple[Fraction | None, list[str]]] = []
    for entry in trace.entries:
        if not blocks.outline.within(entry.part, path):
            continue
        for near, said in passed_over(entry, blocks):
            found.append((near, [f"  {blocks.place(entry)}", f"      {said}"]))
        if entry.kind in _RULES and entry.status == "not met":
            first, second, *rest = blocks.lines(entry, "")
            missed = [f"      {line}" for line in (miss_lines(entry.condition, blocks) if entry.condition else ())]
            found.append((nearness(entry.condition) if entry.condition else None, [first, second, *missed, *rest]))
    found.sort(key=lambda pair: (pair[0] is None, pair[0] or Fraction(0)))
    told = [line for _, lines in found[:top] for line in lines] or [f"  {WORDS[language]['none']}"]
    return "\n".join(_safe(told))


def _why_part(blocks: Blocks, path: str, lines: list[str], indent: str) -> None:
    trace, language = blocks.trace, blocks.language
    words = WORDS[language]
    lines.append(indent + (_total_line(blocks) if path == TOTAL else _part_line(blocks, path)))
    entries, effect_at = blocks.outline.entries(path), blocks.outline.effect_at
    found = [effect for entry in entries if (effect := effect_at.get(entry.number)) is not None]
    for effect in ranked(effect for effect in found if effect.entry.kind != "round"):
        lines += [indent + line for line in _effect(effect, blocks, with_part=False)]
    for part in blocks.outline.inner(path):
        _why_part(blocks, part.path, lines, indent + "  ")
    for entry in entries:
        if _leaves_open(entry):
            lines += [indent + line for line in blocks.lines(entry, "? ", with_part=False)]
        elif entry.kind in ("move", "group") and _says_aloud(entry):
            lines += [indent + line for line in blocks.lines(entry, "● ", with_part=False)]
        elif _tells_how(entry):
            cost = effect_at.get(entry.number) if entry.kind == "round" else None
            row = row_words(entry, language) if entry.kind == "regrade" else None
            said = f"{row}  {blocks.how(entry)}" if row else blocks.how(entry)
            lines.append(f"{indent}  {'' if cost is None else _signed(cost.points, trace)}{said}")
            lines += [f"{indent}      {said}" for _, said in passed_over(entry, blocks)]
    if path == TOTAL and not blocks.outline.effects:
        lines.append(f"{indent}  {words['none given' if blocks.fewer_better else 'nothing']}")


def _part_line(blocks: Blocks, path: str) -> str:
    """A part with its score, and what it carries one level up."""
    language, part = blocks.language, blocks.outline.parts[path]
    words = WORDS[language]
    if part.score is None:
        return f"{_title(part, language)}  {words['not assessed']}"
    line = f"{_title(part, language)}  {show_quantity(part.score)}"
    line += "" if blocks.fewer_better else f" / {_full(part, blocks)}"
    carried = blocks.outline.carried(path)
    if carried is not None and part.factor != 1 and carried.applied is not None:
        line += f"  × {show_quantity(part.factor)} = {show_quantity(carried.applied)}"
    return line + "".join(f"    {note}" for note in _notes(part, language))


def _notes(part: PartResult, language: Language) -> list[str]:
    """What a reader must know of a part's score beside the number."""
    words = WORDS[language]
    comma = "、" if language == "zh" else ", "
    notes = [f"{words['grade']}  {part.grade}"] if part.grade is not None else []
    if part.grade is None and part.possible_grades:
        notes.append(f"{words['grade']}  {words['open']} ({comma.join(part.possible_grades)})")
    if part.computed is not None:
        notes.append(f"({words['computed'].format(computed=show_quantity(part.computed))})")
    return [*notes, f"({words['perhaps']})"] if part.may_be_skipped else notes


def _says_something(entry: Entry, trace: Trace) -> bool:
    """Bounds that held nothing and the closing line only repeat what stands there."""
    unearned = entry.name == "scores" and not trace.header.fewer_better
    stopped = entry.kind == "clamp" and (entry.before != entry.after or unearned)
    return stopped or entry.kind not in ("clamp", "close", "carry")


def _leaves_open(entry: Entry) -> bool:
    """A rule that the data do not decide; a member of a group speaks through its group."""
    return entry.status == "undetermined" and entry.kind in _OPEN and entry.group is None


def _tells_how(entry: Entry) -> bool:
    """What explains a number without being a loss itself. A `let` of one row is told under what reads it."""
    if entry.kind == "let":
        return entry.row is None
    return entry.kind in ("round", "grade", "batch") or _says_aloud(entry)


def _says_aloud(entry: Entry) -> bool:
    """What a reader of the score must know although no point is lost by it: what was left out, exempt, or regraded."""
    if entry.kind in ("redistribute", "rescale") or entry.status == "waived":
        return True
    if entry.kind in ("move", "group") and entry.group is None and entry.restored:
        return entry.applied == 0
    return entry.kind in ("skip", "regrade") and entry.status == "applied"


def _was_cut(entry: Entry) -> bool:
    """Points that were scored and do not count, for the part can have no more."""
    exact = isinstance(entry.before, Fraction) and isinstance(entry.after, Fraction)
    return entry.kind == "clamp" and exact and entry.before > entry.after  # type: ignore[operator]  # both are exact


def _not_issued(blocks: Blocks) -> list[str]:
    """Why there is no score."""
    trace = blocks.trace
    skips = [e for e in trace.entries if e.kind == "skip" and e.part == TOTAL and e.status == "applied"]
    return [line for entry in skips for line in blocks.lines(entry, "")]


def _mark(entry: Entry, blocks: Blocks) -> str:
    near = blocks.outline.entries(entry.part) if entry.kind == "open" else ()
    for cause in (entry, *(clamp for clamp in near if _starts_lower(clamp))):
        effect = blocks.outline.effect_at.get(cause.number)
        if effect is not None and cause.kind != "round":
            return _signed(effect.points, blocks.trace)
    return {"undetermined": "? ", "not met": "○ "}.get(entry.status, "● ")


def _starts_lower(entry: Entry) -> bool:
    """Is it what the start of a part costs?"""
    return entry.kind == "clamp" and entry.role == "opening" and entry.name == "start"


def _signed(points: Fraction, trace: Trace) -> str:
    """Points of an effect as the score feels them: given ones raise it, lost ones lower it."""
    raised = points if trace.header.fewer_better else -points
    return f"+{show(raised)} " if raised >= 0 else f"-{show(-raised)} "


def _head(blocks: Blocks) -> str:
    trace = blocks.trace
    title = trace.header.title or trace.header.scheme
    return f"{title}  [{trace.header.record}]\n{_total_line(blocks)}"


def _total_line(blocks: Blocks) -> str:
    trace, language = blocks.trace, blocks.language
    words, result = WORDS[language], trace.result
    if result.total is None:
        return f"{words['total']}  {words['not issued']}"
    line = f"{words['total']}  {show_quantity(result.total)}"
    line += "" if blocks.fewer_better else f" {words['of']} {show_quantity(result.full)}"
    if result.computed is not None:
        line += f"    ({words['computed'].format(computed=show_quantity(result.computed))})"
    if _has_grade(trace):
        line += f"    {words['grade']}  {_grade(trace, language)}"
    status = _status(trace, language)
    return f"{line}    ({status})" if status else line


def _status(trace: Trace, language: Language) -> str:
    result, words = trace.result, WORDS[language]
    if result.status != "provisional":
        return words[result.status]
    names = {cell.key: cell.name for cell in trace.cells}
    comma = "、" if language == "zh" else ", "
    blamed = comma.join(dict.fromkeys(names[key] for key in result.blame))
    # What may be undefined while data are missing is settled by those data: they are what to ask for.
    first = [cause for cause in result.causes if cause in OF_DATA] or result.causes
    causes = comma.join(NOUNS[cause].of(language) for cause in first)
    colon = "：" if language == "zh" else ": "
    return words["provisional"] + colon + causes + (f" {blamed}" if blamed else "")


def _grade(trace: Trace, language: Language) -> str:
    result = trace.result
    if result.grade is not None:
        return result.grade
    possible = ("、" if language == "zh" else ", ").join(result.possible_grades)
    return f"{WORDS[language]['open']} ({possible})" if possible else "-"


def _has_grade(trace: Trace) -> bool:
    """Does the scheme grade the total?"""
    return trace.result.grade is not None or bool(trace.result.possible_grades)


def _parts_table(blocks: Blocks) -> list[str]:
    trace, language = blocks.trace, blocks.language
    words = WORDS[language]
    if blocks.fewer_better:
        return table(_parts_given(blocks))
    rows = [[words["part"], words["score"], words["full"], words["lost"], words["weight"]]]
    for part in trace.result.parts:
        title = _indented(part, blocks)
        if part.score is None:
            rows.append([title, words["not assessed"], show_quantity(part.full), "", ""])
            continue
        lost = "" if part.kind in ("bonus", "penalty") else _minus(part.full, part.score, trace)
        rows.append([title, _score(part, language), _full(part, blocks), lost, _worth(part)])
    return table(rows)


def _parts_given(blocks: Blocks) -> list[list[str]]:
    """The parts where fewer points are better: what they came to, and its worth where that is another number."""
    words, parts = WORDS[blocks.language], blocks.trace.result.parts
    rows = [[words["part"], words["score"], words["weight"]]]
    for part in parts:
        rows.append(
            [_indented(part, blocks), _score(part, blocks.language), "" if part.score is None else _worth(part)]
        )
    return rows if any(row[2] for row in rows[1:]) else [row[:2] for row in rows]


def _indented(part: PartResult, blocks: Blocks) -> str:
    return "  " * (len(blocks.outline.around(part.path)) - 1) + _title(part, blocks.language)


def _score(part: PartResult, language: Language) -> str:
    if part.score is None:
        return WORDS[language]["not assessed"]
    return show_quantity(part.score) + ("?" if part.may_be_skipped else "")


def _worth(part: PartResult) -> str:
    return "" if part.factor == 1 or part.kind in ("bonus", "penalty") else f"× {show_quantity(part.factor)}"


def _full(part: PartResult, blocks: Blocks) -> str:
    """What a part is out of: a bonus that may grow without end is out of nothing."""
    tops = (entry for entry in blocks.outline.entries(part.path) if entry.kind == "clamp" and entry.role == "top")
    endless = part.kind == "bonus" and any(entry.high is None for entry in tops)
    return WORDS[blocks.language]["no maximum"] if endless else show_quantity(part.full)


def _minus(full: Quantity, score: Quantity, trace: Trace) -> str:
    if not (isinstance(full, Fraction) and isinstance(score, Fraction)):
        return "?"
    return "" if full == score else _signed(full - score, trace).strip()


def _effect(effect: Effect, blocks: Blocks, *, with_part: bool = True) -> list[str]:
    language, words, trace = blocks.language, WORDS[blocks.language], blocks.trace
    lines = blocks.lines(effect.entry, _signed(effect.points, trace), with_part=with_part, whole=with_part)
    if effect.part != TOTAL and effect.on_total is not None and effect.on_total != effect.points:
        worth = f"{words['in total']} {_signed(effect.on_total, trace).strip()}"
        lines[0] += f"（{worth}）" if language == "zh" else f"  ({worth})"
    return lines


def _title(part: PartResult, language: Language) -> str:
    """Its title; of a bonus or penalty part what it is."""
    title = part.title or part.name
    return WORDS[language][part.kind].format(name=title) if part.kind in ("bonus", "penalty") else title


def _order(trace: Trace) -> tuple[int, Fraction]:
    """The best first; those that are open after them by what they are sure of, those without a score last."""
    fewer = trace.header.fewer_better
    match trace.result.total:
        case None:
            return 2, Fraction(0)
        case Interval(low, high):
            return 1, (high or Fraction(0)) if fewer else -(low or Fraction(0))
        case Fraction() as total:
            return 0, total if fewer else -total


def _safe(lines: Iterable[str]) -> list[str]:
    """No control or bidi character of a file reaches the terminal."""
    return ["\n".join(visible(piece) for piece in line.split("\n")) for line in lines]
