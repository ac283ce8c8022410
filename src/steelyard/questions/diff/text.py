"""`diff` on the terminal: what was put in differently, the causes with what each of them changed, what follows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from steelyard.diagnostics.model import Language
from steelyard.diagnostics.wording import visible
from steelyard.explain.places import row_words
from steelyard.questions.diff.compare import entries_of
from steelyard.questions.diff.model import Cause, Changed, Diff, PartChange
from steelyard.questions.diff.words import WORDS
from steelyard.report.blocks import Blocks
from steelyard.trace.model import Entry, PartResult, Trace
from steelyard.trace.show import show_quantity
from steelyard.values.numbers import show

SHOWN = 12
"""Entries told under one cause."""
CAUSES_SHOWN = 40
Words = dict[str, str]


def report_diff(found: Diff, language: Language) -> str:
    """All of it, from the first trace to the second."""
    words = WORDS[language]
    lines = [*_head(found, words), *_put_in(found, words)]
    if found.same:
        untouched = found.old.header == found.new.header
        return "\n".join(_safe([*lines, words["same" if untouched else "same but"]]))
    blocks = [Blocks.of(trace, language) for trace in (found.old, found.new)]
    lines += ["", words["causes"]] if found.causes else []
    for cause, changed in zip(found.causes, entries_of(found, CAUSES_SHOWN), strict=False):
        lines += [f"  {line}" for line in _cause(cause, words)]
        lines += [f"      {line}" for line in _entries(changed, blocks, words)]
    if len(found.causes) > CAUSES_SHOWN:
        lines.append("  " + words["more"].format(count=len(found.causes) - CAUSES_SHOWN))
    lines += _follows(found, words)
    return "\n".join(_safe(lines))


def _head(found: Diff, words: Words) -> Iterator[str]:
    old, new = found.old.header, found.new.header
    yield words["head"].format(title=new.title or new.scheme, record=new.record)
    if old.record != new.record:
        yield words["record"].format(old=old.record, new=new.record)
    if old.scheme != new.scheme:
        yield words["scheme"].format(old=old.scheme, new=new.scheme)
    yield f"{words['total']}  {_moved(_total(found.old, words), _total(found.new, words))}{_points(found)}"
    before, after = found.old.result.status, found.new.result.status
    if before != after:
        yield words["status"].format(old=words[before], new=words[after])


def _moved(old: str, new: str) -> str:
    return old if old == new else f"{old} → {new}"


def _total(trace: Trace, words: Words) -> str:
    result = trace.result
    total = words["skipped"] if result.total is None else show_quantity(result.total)
    label = result.grade if result.grade is not None else "/".join(result.possible_grades)
    return f"{total} {label}" if label else total


def _points(found: Diff) -> str:
    old, new = found.old.result.total, found.new.result.total
    if not isinstance(old, Fraction) or not isinstance(new, Fraction) or old == new:
        return ""
    return f"    {'+' if new > old else ''}{show(new - old)}"


def _put_in(found: Diff, words: Words) -> Iterator[str]:
    """What the headers say of rules, data, day and engine."""
    old, new = found.old.header, found.new.header
    for which in ("rules", "data"):
        files = _files(found, which, words)
        line = words[which].format(files=files) if files else words[f"{which}.same"]
        if which == "rules" and (files or old.core != new.core):
            line += words["rules.words" if old.core == new.core else "rules.core"]
        yield line
    if old.as_of != new.as_of:
        yield words["as_of"].format(old=old.as_of or words["none"], new=new.as_of or words["none"])
    if old.engine != new.engine:
        yield words["engine"].format(old=old.engine, new=new.engine)


def _files(found: Diff, which: Literal["rules", "data"], words: Words) -> str:
    told = []
    changed = found.files(which)
    if len(changed) == 2 and not changed[0][2] and not changed[1][1]:  # One file, under another name.
        return f"{changed[0][0]} → {changed[1][0]}"
    for file, before, after in changed:
        key = "changed" if before and after else "gone" if before else "added"
        told.append(words[key].format(file=file))
    return words["comma"].join(told)


def _cause(cause: Cause, words: Words) -> Iterator[str]:
    side = words[f"side.{cause.side}"] + words["colon"]
    old, new = (words["none"] if text is None else text for text in (cause.old, cause.new))
    match cause.kind:
        case "statement":
            yield side + cause.name
            for mark, text, place in (("-", cause.old, cause.old_place), ("+", cause.new, cause.new_place)):
                for number, line in enumerate((text or "").splitlines()):
                    yield f"  {mark} {line}" + (f"    {place}" if number == 0 else "")
        case "value":
            yield side + words["value"].format(old=old, new=new, name=cause.name)
        case "rules":
            yield side + words["core"].format(name=cause.name)
        case "cell":
            both = cause.old_place == cause.new_place
            place = words["place" if both else "places"].format(
                place=cause.new_place, old=cause.old_place, new=cause.new_place
            )
            yield side + words["cell"].format(name=cause.name, old=old, new=new) + place
        case "row":
            key = "row.gone" if cause.new is None else "row.new"
            yield side + words[key].format(rows=cause.name, key=cause.new or cause.old)
        case "batch":
            yield side + words["batch"]
        case "data":
            yield side + words["some"].format(name=cause.name)


def _entries(changed: list[Changed], blocks: list[Blocks], words: Words) -> Iterator[str]:
    """What became of the statements that it reached."""
    if not changed:
        yield words["nothing"]
    for one in changed[:SHOWN]:
        told = blocks[0 if one.pair.new is None else 1]
        row = _row(one.pair.entry, told)
        yield told.place(one.pair.entry) + (f"  {row}" if row else "")
        said = [None if e is None else b.sentence(e) for e, b in zip((one.pair.old, one.pair.new), blocks, strict=True)]
        for key, text in zip(("was", "is"), said, strict=True):
            yield "  " + words[key].format(said=words["not there"] if text is None else text)
    if len(changed) > SHOWN:
        yield words["more"].format(count=len(changed) - SHOWN)


def _row(entry: Entry, blocks: Blocks) -> str | None:
    return row_words(entry, blocks.language)


def _follows(found: Diff, words: Words) -> Iterator[str]:
    if not found.parts and found.old.result == found.new.result:
        return
    yield ""
    yield words["follows"]
    for change in found.parts:
        yield "  " + _part(change, words)
    yield f"  {words['total']}  {_moved(_total(found.old, words), _total(found.new, words))}{_points(found)}"


def _part(change: PartChange, words: Words) -> str:
    part = change.new if change.new is not None else change.old
    assert part is not None, "it is in one of them"
    return f"{part.title or part.name}  {_moved(_closing(change.old, words), _closing(change.new, words))}"


def _closing(part: PartResult | None, words: Words) -> str:
    if part is None:
        return words["no part"]
    score = words["skipped"] if part.score is None else f"{show_quantity(part.score)} / {show_quantity(part.full)}"
    return f"{score} {part.grade}" if part.grade is not None else score


def _safe(lines: list[str]) -> list[str]:
    """No control or bidi character of a file reaches the terminal."""
    return [visible(line) for line in lines]
