"""Both cores laid over one another: one tree in which every difference can be taken from the old rules or from the new.

With nothing taken from the new rules the tree is the old core, with everything it is the new one, equal to the last byte of
its digest; in between it is a core of its own, which may hold or not (a statement may read a `let` that is not there yet).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import attrs
from attrs import define, field, frozen

from steelyard.core import nodes as c
from steelyard.core.invariants import stage_of
from steelyard.questions.impact.content import INSIDE, Moved, content, names_of
from steelyard.questions.impact.match import Held, account_of, match
from steelyard.source import RulePath

Key = tuple[object, ...]
Place = tuple[int, int]
"""Which of the files of the rules, and where in it."""
BATCH_BY: Key = ("batch by",)
TOTAL = RulePath("total")
_REGRADES = ("is", "lower", "limit", "not")
_SCALE = ("full", "share", "stated")


@define(eq=False)
class Unit:
    """Everything that one statement of the rules changed, or the head of one part."""

    number: int
    key: Key
    owner: RulePath
    """The part it stands in."""
    olds: list[Held] = field(factory=list)
    news: list[Held] = field(factory=list)
    words_only: bool = True
    """Does it change nothing that a number depends on?"""
    checks_only: bool = True
    """Is it all about checks, which move no points?"""
    scales: bool = False
    """Of the head of a part: does it change what the part is worth?"""
    is_part: bool = False
    """Is a whole part added or removed?"""
    reopens: bool = False
    """Does the part start from something else?"""

    @property
    def changed(self) -> bool:
        return bool(self.olds and self.news)


@frozen(eq=False)
class Node:
    """A place of the tree: what stands there in the old rules and in the new, and the places inside it. Statements of the old
    rules are written by the names of the new ones."""

    old: Held | None
    new: Held | None
    unit: int | None
    """None: both say the same."""
    inside: tuple[tuple[str, tuple[Node, ...]], ...] = ()

    @property
    def stage(self) -> int | None:
        """Its place in the order of application."""
        statement = self.new or self.old
        if isinstance(statement, c.Regrade):
            return _REGRADES.index(statement.how)
        if isinstance(statement, c.Each) and isinstance(inner := statement.body[-1], c.Regrade):
            return _REGRADES.index(inner.how)
        return None if isinstance(statement, c.BatchValue) or statement is None else stage_of(statement)

    def take(self, taken: Collection[int]) -> Held | None:
        """What stands here, the units in `taken` being those of the new rules."""
        head = self.new if self.unit is None or self.unit in taken else self.old
        if head is None or not self.inside:
            return head
        changes: dict[str, object] = {}
        for name, nodes in self.inside:
            held = [statement for node in nodes if (statement := node.take(taken)) is not None]
            changes[name] = (held[0] if held else None) if name == "grade" else tuple(held)
        return attrs.evolve(head, **changes)  # type: ignore[arg-type]  # fields of this very class


@frozen(eq=False)
class Frame:
    """The whole tree, the values of the batch, and all differences."""

    old: c.Program
    new: c.Program
    total: Node
    batch: tuple[Node, ...]
    units: tuple[Unit, ...]
    bodies: tuple[tuple[RulePath, tuple[Node, ...]], ...]
    """Of every part that is in both rules, the places of its body."""
    anchors: tuple[tuple[Place, Place], ...]
    """Where statements stand that are in both rules: in the old files and in the new ones, in the order of the old."""

    def core(self, taken: Collection[int]) -> tuple[c.Account, tuple[c.BatchValue, ...], str | None]:
        """The total, the values of the batch, and what tells batches apart."""
        total = self.total.take(taken)
        assert isinstance(total, c.Account), "the total is in both rules"
        values = (node.take(taken) for node in self.batch)
        by = next((unit.number for unit in self.units if unit.key == BATCH_BY), None)
        batch_by = self.new.batch_by if by is None or by in taken else self.old.batch_by
        return total, tuple(v for v in values if isinstance(v, c.BatchValue)), batch_by


def lay_over(old: c.Program, new: c.Program) -> Frame:
    """The old core under the new one."""
    return _Framer(old, new).frame()


class _Framer:
    def __init__(self, old: c.Program, new: c.Program) -> None:
        self.old, self.new = old, new
        self.units: dict[Key, Unit] = {}
        self.bodies: list[tuple[RulePath, tuple[Node, ...]]] = []
        self.anchors: list[tuple[Place, Place]] = []
        self.paths: set[RulePath] = set()
        _paths((new.total, new.batch), self.paths)

    def frame(self) -> Frame:
        moved = Moved({}, 1 + _highest_slot((self.new.total, self.new.batch)), {})
        pairs = self._matched(self.old.batch, self.new.batch, moved, {})
        renamed = {
            str(self.old.batch[before].origin.path): self.new.batch[after].origin.path
            for after, before in pairs.items()
        }
        moved = attrs.evolve(moved, paths=renamed)
        batch = self.sequence(self.old.batch, self.new.batch, TOTAL, moved, {})
        if self.old.batch_by != self.new.batch_by:
            self.unit(BATCH_BY, TOTAL, self.old.total, self.new.total, words_only=False)
        total = self.pair(self.old.total, self.new.total, TOTAL, moved, {})
        units, anchors = tuple(self.units.values()), tuple(sorted(self.anchors))
        return Frame(self.old, self.new, total, batch, units, tuple(self.bodies), anchors)

    # ---- places

    def sequence(
        self, olds: Sequence[Held], news: Sequence[Held], owner: RulePath, moved: Moved, rows: dict[int, object],
        *, checks: bool = False,
    ) -> tuple[Node, ...]:  # fmt: skip
        """The statements of a body in the order of the new rules, removed ones behind those they stood behind."""
        pairs = self._matched(olds, news, moved, rows)
        nodes: list[Node] = []
        of_old: dict[int, Node] = {}
        for place, new in enumerate(news):
            if place in pairs:
                old = olds[pairs[place]]
                node = of_old[pairs[place]] = self.pair(old, new, owner, moved, rows, checks=checks)
            else:
                node = Node(None, new, self.added_or_removed(None, new, owner, checks=checks))
            nodes.append(node)
        before = 0
        for place, old in enumerate(olds):
            if place not in of_old:
                written = moved.write(old, self._removed_path)
                node = Node(written, None, self.added_or_removed(old, None, owner, checks=checks))
                stage = node.stage
                later = [i for i in range(before, len(nodes)) if stage is not None and _before(nodes[i].stage, stage)]
                nodes.insert(later[-1] + 1 if later else before, node)
                of_old[place] = node
            before = nodes.index(of_old[place]) + 1
        return tuple(nodes)

    def _matched(
        self, olds: Sequence[Held], news: Sequence[Held], moved: Moved, rows: dict[int, object]
    ) -> dict[int, int]:
        if not olds or not news:
            return {}
        old_says = [content(moved.write(_plain(old), _same), rows) for old in olds]
        return match(olds, news, old_says, [content(_plain(new), rows) for new in news])

    def pair(
        self, old: Held, new: Held, owner: RulePath, moved: Moved, rows: dict[int, object],
        *, checks: bool = False,
    ) -> Node:  # fmt: skip
        """A statement that stands in both rules."""
        if isinstance(old, c.Each) and isinstance(new, c.Each):
            moved, inner_rows = moved.inside(old, new), {**rows, new.slot: ("row", len(rows))}
        else:
            inner_rows = rows
        self.anchors.append((place_of(old, self.old), place_of(new, self.new)))
        written = moved.write(old, _same)
        says = [content(written, rows, head=True), content(new, rows, head=True)]
        unit = None
        if says[0] != says[1]:
            plain = [content(each, rows, head=True, words=False) for each in (written, new)]
            unit = self.changed(old, new, owner, words_only=plain[0] == plain[1], checks=checks)
        inner_owner = new.origin.path if isinstance(new, c.Account) else owner
        inside = []
        for name in INSIDE.get(type(new), ()):
            held_old, held_new = _held(old, name), _held(new, name)
            nodes = self.sequence(held_old, held_new, inner_owner, moved, inner_rows, checks=name == "checks" or checks)
            inside.append((name, nodes))
            if name == "body" and isinstance(new, c.Account):
                self.bodies.append((new.origin.path, nodes))
        if unit is None and all(_untouched(node) for _, nodes in inside for node in nodes):
            return Node(new, new, None)
        return Node(attrs.evolve(written, origin=new.origin), new, unit, tuple(inside))

    def _removed_path(self, origin: c.Origin) -> c.Origin:
        """Of a statement that is only in the old rules: told apart from the new one that has its number now."""
        path = str(origin.path)
        while RulePath(path) in self.paths and ":let." not in path:
            path += "'"
        return attrs.evolve(origin, path=RulePath(path))

    # ---- differences

    def unit(
        self, key: Key, owner: RulePath, old: Held | None, new: Held | None, *, words_only: bool, checks: bool = False
    ) -> Unit:
        unit = self.units.setdefault(key, Unit(len(self.units), key, owner))
        unit.olds += [old] if old is not None else []
        unit.news += [new] if new is not None else []
        unit.words_only &= words_only
        unit.checks_only &= checks
        return unit

    def changed(self, old: Held, new: Held, owner: RulePath, *, words_only: bool, checks: bool) -> int:
        unit = self.unit(_key(new, owner, "new"), owner, old, new, words_only=words_only, checks=checks)
        if isinstance(old, c.Account) and isinstance(new, c.Account):
            unit.scales = any(content(getattr(old, f), {}) != content(getattr(new, f), {}) for f in _SCALE)
        if isinstance(old, c.Open) and isinstance(new, c.Open):
            unit.reopens = old.basis != new.basis
        return unit.number

    def added_or_removed(self, old: Held | None, new: Held | None, owner: RulePath, *, checks: bool) -> int:
        statement = new if new is not None else old
        assert statement is not None, "one of the rules holds it"
        account = account_of(statement)
        key = _key(account if account is not None else statement, owner, "old" if new is None else "new")
        unit = self.unit(key, owner, old, new, words_only=False, checks=checks)
        unit.is_part |= account is not None and account.kind in ("section", "criterion")
        return unit.number


def place_of(statement: Held, program: c.Program) -> Place:
    """Where a statement stands in the files of its rules."""
    span = statement.origin.span
    names = [source.name for source in (program.source, *program.sources)]
    return names.index(span.source.name) if span.source.name in names else len(names), span.start


def _key(statement: Held, owner: RulePath, side: str) -> Key:
    """One statement of the rules may have become several of the core: they change together."""
    path = str(statement.origin.path)
    if isinstance(statement, c.Account):
        return "head", path
    if isinstance(statement, c.Open | c.Clamp):
        return type(statement).__name__, str(owner), getattr(statement, "role", "")
    if path.endswith(":carry"):
        return "head", path.removesuffix(":carry")
    span = statement.origin.span
    return side, span.source.name, span.start, span.end


def _before(stage: int | None, other: int) -> bool:
    return stage is not None and stage < other


def _untouched(node: Node) -> bool:
    return node.unit is None and not node.inside


def _held(statement: Held, name: str) -> tuple[Held, ...]:
    held = getattr(statement, name)
    return held if isinstance(held, tuple) else () if held is None else (held,)


def _same(origin: c.Origin) -> c.Origin:
    return origin


def _plain(statement: Held) -> Held:
    """A part is found by its path: what stands in it need not be looked at."""
    account = account_of(statement)
    if account is None:
        return statement
    empty = attrs.evolve(account, body=(), checks=(), grade=None)
    return attrs.evolve(statement, body=(empty,)) if isinstance(statement, c.Each) else empty


def _paths(value: object, found: set[RulePath]) -> None:
    """All paths of statements in a core."""
    if isinstance(value, tuple):
        for item in value:
            _paths(item, found)
    elif isinstance(value, c.Origin):
        found.add(value.path)
    elif attrs.has(type(value)) and hasattr(value, "origin"):
        for name in names_of(value):
            _paths(getattr(value, name), found)


def _highest_slot(value: object) -> int:
    """The highest number of a row in a core; -1 where none is bound."""
    if isinstance(value, tuple):
        return max(map(_highest_slot, value), default=-1)
    if not attrs.has(type(value)) or isinstance(value, c.Origin):
        return -1
    own = value.slot if isinstance(value, c.Each | c.Fold) else -1
    return max([own, *(_highest_slot(getattr(value, name)) for name in names_of(value))])
