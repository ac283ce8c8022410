"""The terminal report: the score, every lost point with its reason and cells, the findings.

Only glyphs that GBK can write, so that a redirected Chinese console loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from wcwidth import wcswidth

from steelyard.diagnostics.model import Language
from steelyard.diagnostics.wording import visible
from steelyard.diagnostics.words import WORDS
from steelyard.explain.losses import TOTAL, Loss, around, losses, ranked
from steelyard.explain.misses import misses
from steelyard.explain.sentences import cell_words, part_names, row_words, sentence
from steelyard.trace.model import Entry, PartResult, Quantity, Trace
from steelyard.trace.show import show_expression, show_quantity
from steelyard.values.intervals import Interval
from steelyard.values.numbers import show

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "total": "Total", "of": "of", "grade": "grade", "open": "open", "record": "record", "lost": "lost points",
        "nothing": "no point was lost", "in total": "in the total", "reason": "reason", "authority": "under",
        "provisional": "provisional", "not final": "not final: an error finding stands against it",
        "final": "", "score": "score", "rank": "rank", "status": "status", "weight": "worth", "part": "part", "full": "of",
        "not issued": "no score is issued", "not assessed": "not assessed", "perhaps": "perhaps not assessed", "computed": "computed {computed}",
        "misses": "misses by {by}, below", "misses.above": "misses by {by}, above", "points of percent": "{by} percentage points", "misses.edge": "misses by nothing: equal is not enough", "none": "no rule was left out", "unearned": "{after} scored of {high}",
    },
    "zh": {
        "total": "总分", "of": "/", "grade": "等级", "open": "未定", "record": "对象", "lost": "失分",
        "nothing": "没有失分", "in total": "折合总分", "reason": "理由", "authority": "依据",
        "provisional": "暂定", "not final": "非最终结果：存在错误级别的核对发现",
        "final": "", "score": "得分", "rank": "名次", "status": "状态", "weight": "折算", "part": "部分", "full": "满分",
        "not issued": "不予评价", "not assessed": "不考核", "perhaps": "可能不考核", "computed": "计算得分 {computed}",
        "misses": "差 {by}", "misses.above": "高出 {by}", "points of percent": "{by} 个百分点", "misses.edge": "正好相等，不算", "none": "没有未生效的规则", "unearned": "得 {after} 分，满分 {high} 分",
    },
}  # fmt: skip

_RULES = ("move", "group", "limit", "regrade", "skip")
"""Kinds of entries that fire or do not."""
_OPEN = ("move", "group", "judge", "each", "limit", "skip", "open")
"""Kinds of entries that leave a score open."""


def report_score(trace: Trace, language: Language) -> str:
    """One record: total, parts, and every lost point down to the cells."""
    words = _WORDS[language]
    lines = [_head(trace, language)]
    if trace.result.parts:
        lines += ["", *_parts_table(trace, language)]
    found = [loss for loss in losses(trace) if loss.entry.kind != "round"]
    rounding = [loss for loss in losses(trace) if loss.entry.kind == "round" and loss.points]
    undetermined = [entry for entry in trace.entries if _leaves_open(entry)]
    if trace.result.total is None:
        return "\n".join(_safe([*lines, "", *_not_issued(trace, language)]))
    lines += ["", f"{words['lost']}:" if language == "en" else f"{words['lost']}："]
    if not found and not undetermined:
        lines.append(f"  {words['nothing']}")
    for loss in found:
        lines += _loss(loss, trace, language)
    for entry in undetermined:
        lines += _entry_lines(entry, trace, language, "? ")
    for loss in rounding:
        lines.append(f"  {_place(loss.entry, trace)}: {_sentence(loss.entry, trace, language)}")
    lost = [loss.entry.number for loss in found]
    for entry in trace.entries:
        if _says_aloud(entry) and entry.number not in lost:
            lines += _entry_lines(entry, trace, language, "● ")
    return "\n".join(_safe(lines))


def report_many(traces: Iterable[Trace], language: Language, *, ranked_by_total: bool = False) -> str:
    """Many records: a table of scores; on request the highest first, equal totals sharing a rank."""
    words = _WORDS[language]
    found = list(traces)
    header = [words["record"], words["score"], words["grade"], words["status"]]
    if ranked_by_total:
        found.sort(key=lambda trace: _order(trace.result.total))
        header.insert(0, words["rank"])
    rows = [header]
    rank, before = 0, None
    for index, trace in enumerate(found, 1):
        result = trace.result
        row = [
            trace.header.record,
            "-" if result.total is None else show_quantity(result.total),
            _grade(trace, language),
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
    return "\n".join(_safe(_table(rows)))


def report_why(trace: Trace, path: str, language: Language) -> str:
    """The lines behind one number. Of the total: what every part lost, the largest first. Of a part: everything that was
    considered in it, and what its inner parts lost."""
    lines: list[str] = []
    if path == TOTAL:
        _why_part(trace, path, language, lines, "")
        return "\n".join(_safe(lines))
    lines.append(_part_line(trace, path, language))
    for entry in trace.entries:
        if entry.part == path and _says_something(entry):
            lines += _entry_lines(entry, trace, language, _mark(entry, trace), with_part=False)
    for part in _inner_parts(trace, path):
        _why_part(trace, part.path, language, lines, "  ")
    return "\n".join(_safe(lines))


def report_why_not(trace: Trace, path: str, language: Language) -> str:
    """The rules of a part (and those inside it) that did not fire, the nearest miss first."""
    words = _WORDS[language]
    found: list[tuple[Fraction | None, list[str]]] = []
    for entry in trace.entries:
        if entry.kind not in _RULES or entry.status != "not met" or path not in (TOTAL, *around(entry.part, trace)):
            continue
        lines = _entry_lines(entry, trace, language, "")
        nearest = misses(entry.condition) if entry.condition else ()
        cells = {cell.key: cell for cell in trace.cells}
        for miss in nearest:
            if miss.by is not None:
                shown = show_expression(miss.comparison, cells, language)
                percent = any(arg.percent for arg in miss.comparison.args)
                by = words["points of percent"].format(by=show(miss.by * 100)) if percent else show(miss.by)
                key = "misses.above" if miss.above else "misses"
                said = words[key].format(by=by) if miss.by else words["misses.edge"]
                lines.insert(2, f"      {shown}{': ' if language == 'en' else '：'}{said}")
        found.append((nearest[0].by if nearest else None, lines))
    found.sort(key=lambda pair: (pair[0] is None, pair[0] or Fraction(0)))
    return "\n".join(_safe(line for _, lines in found for line in lines)) if found else f"  {words['none']}"


def _why_part(trace: Trace, path: str, language: Language, lines: list[str], indent: str) -> None:
    words = _WORDS[language]
    cells = {cell.key: cell for cell in trace.cells}
    lines.append(indent + (_total_line(trace, language) if path == TOTAL else _part_line(trace, path, language)))
    all_losses = losses(trace)
    own = tuple(loss for loss in all_losses if loss.part == path and loss.entry.kind != "round")
    for loss in ranked(own):
        lines += [indent + line for line in _loss(loss, trace, language, with_part=False)]
    for part in _inner_parts(trace, path):
        _why_part(trace, part.path, language, lines, indent + "  ")
    for entry in trace.entries:
        if entry.part == path and _leaves_open(entry):
            lines += [indent + line for line in _entry_lines(entry, trace, language, "? ", with_part=False)]
        elif entry.part == path and _tells_how(entry):
            lines.append(f"{indent}  {sentence(entry, cells, language, part_names(trace))}")
    if path == TOTAL and not all_losses:
        lines.append(f"{indent}  {words['nothing']}")


def _part_line(trace: Trace, path: str, language: Language) -> str:
    """A part with its score, and what it carries one level up."""
    part = next(part for part in trace.result.parts if part.path == path)
    words = _WORDS[language]
    if part.score is None:
        return f"{_title(part)}  {words['not assessed']}"
    line = f"{_title(part)}  {show_quantity(part.score)} / {show_quantity(part.full)}"
    carried = next((entry for entry in trace.entries if entry.kind == "carry" and entry.name == path), None)
    if carried is not None and part.factor != 1 and carried.applied is not None:
        line += f"  × {show_quantity(part.factor)} = {show_quantity(carried.applied)}"
    return line + "".join(f"    {note}" for note in _notes(part, language))


def _notes(part: PartResult, language: Language) -> list[str]:
    """What a reader must know of a part's score beside the number."""
    words = _WORDS[language]
    comma = "、" if language == "zh" else ", "
    notes = [f"{words['grade']}  {part.grade}"] if part.grade is not None else []
    if part.grade is None and part.possible_grades:
        notes.append(f"{words['grade']}  {words['open']} ({comma.join(part.possible_grades)})")
    if part.computed is not None:
        notes.append(f"({words['computed'].format(computed=show_quantity(part.computed))})")
    return [*notes, f"({words['perhaps']})"] if part.may_be_skipped else notes


def _inner_parts(trace: Trace, path: str) -> list[PartResult]:
    """The parts right inside a part, the one that lost most first."""
    all_losses = losses(trace)
    inner = [part for part in trace.result.parts if part.inside == path]
    return sorted(inner, key=lambda part: -_lost_inside(part.path, trace, all_losses))


def _says_something(entry: Entry) -> bool:
    """Bounds that held nothing and the closing line only repeat what stands there."""
    stopped = entry.kind == "clamp" and (entry.before != entry.after or entry.name == "scores")
    return stopped or entry.kind not in ("clamp", "close", "carry")


def _leaves_open(entry: Entry) -> bool:
    """A rule that the data do not decide; a member of a group speaks through its group."""
    return entry.status == "undetermined" and entry.kind in _OPEN and entry.group is None


def _tells_how(entry: Entry) -> bool:
    """What explains a number without being a loss itself."""
    return entry.kind in ("let", "round", "grade", "batch") or _says_aloud(entry)


def _says_aloud(entry: Entry) -> bool:
    """What a reader of the score must know although no point is lost by it: what was left out, exempt, or regraded."""
    if entry.kind in ("redistribute", "rescale") or entry.status == "waived":
        return True
    return entry.kind in ("skip", "regrade") and entry.status == "applied"


def _not_issued(trace: Trace, language: Language) -> list[str]:
    """Why there is no score."""
    skips = [e for e in trace.entries if e.kind == "skip" and e.part == TOTAL and e.status == "applied"]
    return [line for entry in skips for line in _entry_lines(entry, trace, language, "")]


def _mark(entry: Entry, trace: Trace) -> str:
    loss = next((loss for loss in losses(trace) if loss.entry is entry and entry.kind != "round"), None)
    if loss is not None:
        return _signed(loss.points)
    return {"undetermined": "? ", "not met": "○ "}.get(entry.status, "● ")


def _signed(points: Fraction) -> str:
    return f"-{show(points)} " if points > 0 else f"+{show(-points)} "


def _lost_inside(path: str, trace: Trace, found: tuple[Loss, ...]) -> Fraction:
    inside = (loss for loss in found if path in around(loss.part, trace))
    return sum((abs(loss.on_total or loss.points) for loss in inside), Fraction(0))


def _head(trace: Trace, language: Language) -> str:
    title = trace.header.title or trace.header.scheme
    return f"{title}  [{trace.header.record}]\n{_total_line(trace, language)}"


def _total_line(trace: Trace, language: Language) -> str:
    words, result = _WORDS[language], trace.result
    if result.total is None:
        return f"{words['total']}  {words['not issued']}"
    line = f"{words['total']}  {show_quantity(result.total)} {words['of']} {show_quantity(result.full)}"
    if result.computed is not None:
        line += f"    ({words['computed'].format(computed=show_quantity(result.computed))})"
    if any(entry.kind == "grade" for entry in trace.entries):
        line += f"    {words['grade']}  {_grade(trace, language)}"
    status = _status(trace, language)
    return f"{line}    ({status})" if status else line


def _status(trace: Trace, language: Language) -> str:
    result, words = trace.result, _WORDS[language]
    if result.status != "provisional":
        return words[result.status]
    names = {cell.key: cell.name for cell in trace.cells}
    comma = "、" if language == "zh" else ", "
    blamed = comma.join(dict.fromkeys(names[key] for key in result.blame))
    causes = comma.join(WORDS[cause].of(language) for cause in result.causes)
    colon = "：" if language == "zh" else ": "
    return words["provisional"] + colon + causes + (f" {blamed}" if blamed else "")


def _grade(trace: Trace, language: Language) -> str:
    result = trace.result
    if result.grade is not None:
        return result.grade
    possible = ("、" if language == "zh" else ", ").join(result.possible_grades)
    return f"{_WORDS[language]['open']} ({possible})" if possible else "-"


def _parts_table(trace: Trace, language: Language) -> list[str]:
    words = _WORDS[language]
    rows = [[words["part"], words["score"], words["full"], words["lost"], words["weight"]]]
    for part in trace.result.parts:
        depth = len(around(part.path, trace)) - 1
        title = "  " * depth + _title(part)
        if part.score is None:
            rows.append([title, words["not assessed"], show_quantity(part.full), "", ""])
            continue
        extra = part.kind in ("bonus", "penalty")
        lost = "" if extra else _minus(part.full, part.score)
        worth = "" if part.factor == 1 or extra else f"× {show_quantity(part.factor)}"
        score = show_quantity(part.score) + ("?" if part.may_be_skipped else "")
        rows.append([title, score, show_quantity(part.full), lost, worth])
    return _table(rows)


def _minus(full: Quantity, score: Quantity) -> str:
    if not (isinstance(full, Fraction) and isinstance(score, Fraction)):
        return "?"
    return "" if full == score else _signed(full - score).strip()


def _loss(loss: Loss, trace: Trace, language: Language, *, with_part: bool = True) -> list[str]:
    words = _WORDS[language]
    lines = _entry_lines(loss.entry, trace, language, _signed(loss.points), with_part=with_part)
    if loss.part != TOTAL and loss.on_total is not None and loss.on_total != loss.points:
        worth = f"{words['in total']} {_signed(loss.on_total).strip()}"
        lines[0] += f"（{worth}）" if language == "zh" else f"  ({worth})"
    return lines


def _entry_lines(entry: Entry, trace: Trace, language: Language, mark: str, *, with_part: bool = True) -> list[str]:
    words = _WORDS[language]
    cells = {cell.key: cell for cell in trace.cells}
    row = row_words(entry, language)
    place = [_place(entry, trace)] if with_part else []
    head = "  ".join([*place, *([row] if row else [])])
    lines = [f"  {mark}{head}" if head else f"  {mark}".rstrip()]
    body = _sentence(entry, trace, language)
    if not head:
        lines[0] = f"  {mark}{body}"
    else:
        lines.append(f"      {body}")
    colon = "：" if language == "zh" else ": "
    if entry.reason:
        lines.append(f"      {words['reason']}{colon}{entry.reason}")
    if entry.authority:
        lines.append(f"      {words['authority']}{colon}{entry.authority}")
    if entry.source is not None:
        first = entry.source.text.splitlines()[0]
        lines.append(f"      {entry.source.file}:{entry.source.place.split('-')[0]}  {first}")
    keys = list(entry.inputs)
    for origin in _origins(entry, trace):
        lines.append(f"      {sentence(origin, cells, language)}")
        if origin.kind != "judge":
            keys += [key for key in origin.inputs if key not in keys]
    lines += [f"      {cell_words(cells[key], language)}" for key in keys]
    return lines


def _origins(entry: Entry, trace: Trace) -> list[Entry]:
    """The entries that an entry's values come from: lets that it reads, the reviewers of a mean, what fired in a group, and
    what was given back."""
    if entry.kind == "judge" and entry.name is None and entry.after is not None:
        return [e for e in trace.entries if e.kind == "judge" and e.rule == entry.rule and e.after is None]
    members = _members(entry, trace) if entry.kind == "group" or entry.restored else []
    found: dict[str, Entry] = {}
    waiting = [expr for expr in (entry.condition, entry.expression) if expr is not None]
    while waiting:
        expr = waiting.pop(0)
        waiting.extend(expr.args)
        if expr.op == "let" and expr.ref is not None and expr.ref not in found:
            before = [
                e for e in trace.entries[: entry.number] if e.kind == "let" and e.rule == expr.ref and e is not entry
            ]
            if before:
                found[expr.ref] = before[-1]
                waiting += [before[-1].expression] if before[-1].expression else []
    return [*members, *found.values()]


def _members(entry: Entry, trace: Trace) -> list[Entry]:
    """What stands in a group and fired, on this row; of the largest only that one. Of a move what was given back of it."""
    found: list[Entry] = []
    for before in reversed(trace.entries[: entry.number - 1]):
        if before.rule == entry.rule and before.kind == entry.kind:
            break  # The same rule on the row before.
        if before.group == entry.rule and before.status in ("applied", "undetermined"):
            found.append(before)
    if entry.winner is not None:
        found = [e for e in found if e.kind == "restore" or (e.rule, e.row) == (entry.winner, entry.winner_row)]
    return found[::-1]


def _sentence(entry: Entry, trace: Trace, language: Language) -> str:
    cells = {cell.key: cell for cell in trace.cells}
    if entry.kind == "clamp" and entry.role == "opening" and entry.name == "scores":
        return _WORDS[language]["unearned"].format(
            after=show_quantity(entry.after or Fraction(0)), high=show_quantity(entry.high or Fraction(0))
        )
    return sentence(entry, cells, language, part_names(trace))


def _place(entry: Entry, trace: Trace) -> str:
    names = part_names(trace)
    found = [names[path] for path in around(entry.part, trace)]
    return " > ".join(reversed(found)) or trace.header.title or trace.header.scheme


def _title(part: PartResult) -> str:
    return part.title or part.name


def _order(total: Quantity | None) -> tuple[int, Fraction]:
    """Highest first; those that are open after them, those without a score last."""
    match total:
        case None:
            return 2, Fraction(0)
        case Interval(low, _):
            return 1, -(low or Fraction(0))
        case Fraction():
            return 0, -total


def _table(rows: list[list[str]]) -> list[str]:
    """Columns aligned by terminal cells; numbers to the right."""
    rows = [[visible(text) for text in row] for row in rows]
    widths = [max(_cells(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for index, row in enumerate(rows):
        cells = [text + " " * (width - _cells(text)) if i == 0 else " " * (width - _cells(text)) + text
                 for i, (text, width) in enumerate(zip(row, widths, strict=True))]  # fmt: skip
        lines.append("  ".join(cells).rstrip())
        if index == 0:
            lines.append("─" * (sum(widths) + 2 * (len(widths) - 1)))
    return lines


def _cells(text: str) -> int:
    return max(wcswidth(text), 0)


def _safe(lines: Iterable[str]) -> list[str]:
    """No control or bidi character of a file reaches the terminal."""
    return ["\n".join(visible(piece) for piece in line.split("\n")) for line in lines]
