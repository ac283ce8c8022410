"""Which differences belong to one step, and in which order the steps stand: that of the new rules, removed statements at
the place they stood."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from attrs import frozen

from steelyard.core import nodes as c
from steelyard.questions.impact.frame import Frame, Node, Place, Unit, place_of
from steelyard.questions.impact.match import account_of
from steelyard.source import RulePath, Span

_SCORES = 3
_MOVES_BEFORE = {6: 5, 8: 7}
"""Of each bound the moves that it stands behind, by their stages in the order of application."""


@frozen(eq=False)
class Group:
    """Differences that are one step."""

    units: tuple[Unit, ...]
    together: bool = False
    """Are they statements that hold only together?"""

    @property
    def silent(self) -> bool:
        """Can it move no points?"""
        return all(unit.words_only or unit.checks_only for unit in self.units)


def groups_of(frame: Frame) -> list[Group]:
    """All differences, those that belong together in one group, in the order of attribution."""
    first = {unit.number: unit.number for unit in frame.units}

    def root(number: int) -> int:
        while first[number] != number:
            number = first[number]
        return number

    for one, other in _links(frame):
        low, high = sorted((root(one), root(other)))
        first[high] = low
    together: dict[int, list[Unit]] = {}
    for unit in frame.units:
        together.setdefault(root(unit.number), []).append(unit)
    places = {unit.number: _place(unit, frame) for unit in frame.units}
    found = [sorted(units, key=lambda unit: places[unit.number]) for units in together.values()]
    found.sort(key=lambda units: places[units[0].number])
    return [Group(tuple(units)) for units in found]


def _links(frame: Frame) -> Iterator[tuple[int, int]]:
    """Pairs of units that hold only together."""
    by_key = {unit.key: unit for unit in frame.units}
    for path, nodes in frame.bodies:
        head = by_key.get(("head", str(path)))
        yield from _shares(head, nodes, frame.units, by_key)
        yield from _opening(path, head, nodes, frame.units, by_key)
        yield from _bounds(nodes, frame.units)
    for unit in frame.units:
        head = by_key.get(("head", str(unit.owner)))
        if head is not None and head.scales and unit is not head and same_text(unit):
            yield unit.number, head.number  # Its `points` are those of the part.
    yield from _written_inside(frame.units)


Keyed = dict[tuple[object, ...], Unit]


def _chain(units: list[Unit]) -> Iterator[tuple[int, int]]:
    for one, other in pairwise(units):
        yield one.number, other.number


def _shares(
    head: Unit | None, nodes: tuple[Node, ...], units: tuple[Unit, ...], by_key: Keyed
) -> Iterator[tuple[int, int]]:
    """What the parts of one part are worth, with those that are added and removed, and what they add up to."""
    found: list[Unit] = []
    parts = 0
    for node in nodes:
        account = account_of(node.new) or account_of(node.old)
        if account is None:
            continue
        parts += 1
        inner = by_key.get(("head", str(account.origin.path)))
        if inner is not None and (inner.scales or inner.is_part):
            found.append(inner)
    if head is not None and head.scales and parts:
        found.append(head)
        if same_text(head):  # `total = a * 40% + b * 60%` says what they add up to.
            found += [units[node.unit] for node in nodes if node.unit is not None and node.stage == _SCORES]
    yield from _chain(found)


def _opening(
    path: RulePath, head: Unit | None, nodes: tuple[Node, ...], units: tuple[Unit, ...], by_key: Keyed
) -> Iterator[tuple[int, int]]:
    """What a part starts from, with what made it start from something else."""
    opening = by_key.get(("Open", str(path), ""))
    bounds = by_key.get(("Clamp", str(path), "opening"))
    found = [unit for unit in (opening, bounds) if unit is not None]
    if opening is not None and opening.reopens:
        found += [units[node.unit] for node in nodes if node.unit is not None and _one_sided(node) and _opens(node)]
    elif opening is not None and head is not None and (same_text(opening) or not _starts(opening)):
        found.append(head)
    elif bounds is not None and opening is None:
        found += [head] if head is not None else []
    yield from _chain(found)


def _starts(unit: Unit) -> bool:
    """Did someone write what the part starts from?"""
    return any(isinstance(statement, c.Open) and statement.basis == "start" for statement in (*unit.olds, *unit.news))


def _opens(node: Node) -> bool:
    account = account_of(node.new) or account_of(node.old)
    return node.stage == _SCORES or (account is not None and account.kind in ("section", "criterion"))


def _bounds(nodes: tuple[Node, ...], units: tuple[Unit, ...]) -> Iterator[tuple[int, int]]:
    """The floor behind the first deduction, the top behind the first award."""
    for node in nodes:
        if isinstance(node.new or node.old, c.Clamp) and node.unit is not None and node.stage in _MOVES_BEFORE:
            moves = [n for n in nodes if n.stage == _MOVES_BEFORE[node.stage] and _one_sided(n) and n.unit is not None]
            chosen = moves[:1] if node.old is None else moves[-1:]
            yield from ((node.unit, move.unit) for move in chosen if move.unit is not None)


def _one_sided(node: Node) -> bool:
    return node.old is None or node.new is None


def _written_inside(units: tuple[Unit, ...]) -> Iterator[tuple[int, int]]:
    """What the core keeps of a piece of a statement (an aggregate, a skip) with the statement."""
    for side in ("olds", "news"):
        spans = [(span, unit) for unit in units for span in _spans(unit, side)]
        spans.sort(key=lambda pair: (pair[0].source.name, pair[0].start, -pair[0].end))
        around: list[tuple[Span, Unit]] = []
        for span, unit in spans:
            while around and not holds(around[-1][0], span):
                around.pop()
            if around and around[-1][1] is not unit:
                yield around[-1][1].number, unit.number
            around.append((span, unit))


def _spans(unit: Unit, side: str) -> list[Span]:
    held: list[c.Statement] = getattr(unit, side)
    return [statement.origin.span for statement in held if not isinstance(statement, c.Account | c.Open | c.Clamp)]


def holds(outer: Span, inner: Span) -> bool:
    """Is one text a piece of the other?"""
    same = outer.source.name == inner.source.name and outer.start <= inner.start and inner.end <= outer.end
    return same and (outer.start, outer.end) != (inner.start, inner.end)


def same_text(unit: Unit) -> bool:
    """Do both rules write it in the same words? Then what it reads, or what stands around it, has changed."""
    before, after = ([_words(s) for s in held] for held in (unit.olds, unit.news))
    return bool(before) and before == after


def _words(statement: c.Statement | c.BatchValue) -> str:
    return " ".join(statement.origin.span.text.split())


def _place(unit: Unit, frame: Frame) -> tuple[Place, int, Place]:
    """Where it stands in the new rules; of what is gone, behind what it stood behind."""
    if unit.news:
        place = min(place_of(statement, frame.new) for statement in unit.news)
        return place, 0, place
    own = min(place_of(statement, frame.old) for statement in unit.olds)
    behind = bisect_right(frame.anchors, own, key=lambda anchor: anchor[0])
    return (frame.anchors[behind - 1][1] if behind else (-1, 0)), 1, own
