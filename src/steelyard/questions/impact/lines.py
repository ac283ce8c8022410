"""The statements of a step as a reader finds them: their lines in the old rules and in the new."""

from __future__ import annotations

from difflib import SequenceMatcher

from steelyard.core import nodes as c
from steelyard.questions.impact.frame import Unit
from steelyard.questions.impact.groups import Group, holds, same_text
from steelyard.questions.impact.match import Held
from steelyard.questions.impact.model import Line


def lines_of(group: Group) -> tuple[Line, ...]:
    """One line a statement of the rules. What the core made of it besides (an opening, a bound, an aggregate) is told with it,
    as are sums that follow from what the parts are worth; a part that is added or removed, by its first line."""
    told = [unit for unit in group.units if not _made(unit)] or list(group.units[:1])
    told = [unit for unit in told if not any(_inside(unit, other) for other in told)]
    if any(unit.scales or unit.is_part or unit.reopens for unit in group.units):
        told = [unit for unit in told if not same_text(unit)] or told
    found: dict[tuple[str | None, str | None], Line] = {}
    for unit in told:
        line = _line(unit)
        found.setdefault((line.old_place, line.new_place), line)
    return tuple(found.values())


def _made(unit: Unit) -> bool:
    """Did no one write it?"""
    return all(isinstance(s, c.Clamp) or (isinstance(s, c.Open) and s.basis != "start") for s in _all(unit))


def _inside(unit: Unit, other: Unit) -> bool:
    """Is it a piece of the other's text?"""
    if unit is other:
        return False
    spans = ([s.origin.span for s in _all(one) if not isinstance(s, c.Account)] for one in (unit, other))
    inner, outer = spans
    return bool(inner) and all(any(holds(around, span) for around in outer) for span in inner)


def _all(unit: Unit) -> list[Held]:
    return [*unit.olds, *unit.news]


def _line(unit: Unit) -> Line:
    old, new = (held[0] if held else None for held in (unit.olds, unit.news))
    before, after = changed_lines(_text(old), _text(new))
    statement = new if new is not None else old
    assert statement is not None, "a difference stands in one of the rules"
    return Line(str(statement.origin.path), before, after, _place(old), _place(new), before == after)


def _text(statement: Held | None) -> list[str] | None:
    if statement is None:
        return None
    return lines_of_text(statement.origin.span.text)


def lines_of_text(text: str) -> list[str]:
    """A statement's lines, without their indentation."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def changed_lines(old: list[str] | None, new: list[str] | None) -> tuple[str | None, str | None]:
    """Of a statement of several lines those that differ, with its first one."""
    if old is None or new is None or old == new or max(len(old), len(new)) == 1:
        return (None if text is None else "\n".join(text) for text in (old, new))  # type: ignore[return-value]
    kept_old, kept_new = [old[0]], [new[0]]
    for kind, a, b, x, y in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            kept_old += [line for line in old[a:b] if line is not old[0]]
            kept_new += [line for line in new[x:y] if line is not new[0]]
    return "\n".join(kept_old), "\n".join(kept_new)


def _place(statement: Held | None) -> str | None:
    if statement is None:
        return None
    span = statement.origin.span
    return f"{span.source.name}:{span.place.split('-')[0]}"
