"""Rule paths: a readable, stable id for every part and statement.

`management.execution#2` is the second move of that part (moves alone are counted, so that an added `let` renames nothing);
`as late` makes it `management.execution:late`. Other kinds are counted each for themselves: `:check#1`, `:each#1`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import field, frozen

from steelyard.diagnostics.model import Diagnostic, Label
from steelyard.source import RulePath
from steelyard.syntax import nodes as n

TOTAL = RulePath("total")
_STEPS = frozenset(
    ["open", "bounds", "floor", "top", "round", "close", "carry", "grade", "start", "each", "score", "points", "full"]
)
"""Names of steps that every part may have: a statement named so is told apart."""


@frozen
class Place:
    """Where a part stands."""

    part: n.Part
    path: RulePath
    parent: RulePath
    of_row: bool
    """Is it, or something around it, a part for each row? Then nothing outside can name it."""


@frozen
class Paths:
    """Of all parts and statements of one file."""

    of: dict[int, RulePath] = field(factory=dict)
    """By the key of a part or statement."""
    places: dict[RulePath, Place] = field(factory=dict)
    """Every part, in the order of the file, outer ones first."""

    def chain(self, path: RulePath) -> list[RulePath]:
        """The parts around a part and the part itself, the scheme first."""
        found = []
        while path != TOTAL:
            found.append(path)
            path = self.places[path].parent
        return [TOTAL, *reversed(found)]

    def inside(self, path: RulePath, outer: RulePath) -> bool:
        """Is a part the outer one, or in it?"""
        return outer in self.chain(path)

    def rows_between(self, path: RulePath, outer: RulePath) -> list[n.Part]:
        """The parts for each row around a part (or it itself) that are inside an outer part, outermost first."""
        chain = self.chain(path)
        below = chain[chain.index(outer) + 1 :] if outer in chain else []
        return [self.places[inner].part for inner in below if self.places[inner].part.loop is not None]

    def named(self, parts: tuple[n.Part, ...]) -> dict[str, RulePath]:
        """These parts and all inside them, by name; the outer of two with one name wins. A part for each row, and what
        is in it, cannot be named from outside."""
        return dict(self._named(parts))

    def meanings(self, parts: tuple[n.Part, ...]) -> dict[str, list[RulePath]]:
        """For every name of these parts and of all inside them what it may mean; the last one wins."""
        found: dict[str, list[RulePath]] = {}
        for name, path in self._named(parts):
            found.setdefault(name, []).append(path)
        return found

    def _named(self, parts: tuple[n.Part, ...]) -> Iterator[tuple[str, RulePath]]:
        standing_once = [part for part in parts if part.loop is None]
        for part in standing_once:
            yield from self._named(part.parts)
        for part in standing_once:
            yield part.name.name, self.of[part.key]


def assign_paths(file: n.File, report: Callable[[Diagnostic], None]) -> Paths:
    """Paths of everything; a name given to two statements of one part is told."""
    paths = Paths()
    _number(TOTAL, file.statements, paths, report)
    _parts(file.parts, TOTAL, False, paths, report)
    return paths


def _parts(
    parts: tuple[n.Part, ...], outer: RulePath, of_row: bool, paths: Paths, report: Callable[[Diagnostic], None]
) -> None:
    for part in parts:
        name = part.name.name
        path = RulePath(name if outer == TOTAL else f"{outer}.{name}")
        while path in paths.places or path == TOTAL:
            path = RulePath(f"{path}'")  # Given twice: told where names are bound.
        of_this = of_row or part.loop is not None
        paths.of[part.key] = path
        paths.places[path] = Place(part, path, outer, of_this)
        _number(path, part.statements, paths, report)
        _parts(part.parts, path, of_this, paths, report)


def _number(
    part: RulePath, statements: tuple[n.Statement, ...], paths: Paths, report: Callable[[Diagnostic], None]
) -> None:
    counts: dict[str, int] = {}
    names: dict[str, n.As] = {}
    for statement in all_statements(statements):
        kind = _kind(statement, part)
        if kind is None:
            continue
        counts[kind] = counts.get(kind, 0) + 1
        path = f"{part}{kind}" if kind == ":start" else f"{part}{kind}#{counts[kind]}"
        if given := name_given(statement):
            name = given.name.name
            if first := names.get(name):
                label = Label(first.name.span, "first-here")
                report(Diagnostic("N103", {"name": name}, given.name.span, labels=(label,)))
            else:
                path = f"{part}:as.{name}" if name in _STEPS else f"{part}:{name}"
            names.setdefault(name, given)
        paths.of[statement.key] = RulePath(path)


def all_statements(statements: tuple[n.Statement, ...]) -> Iterator[n.Statement]:
    """All statements of a part, those of its loops and groups behind the loop or group."""
    for statement in statements:
        yield statement
        if isinstance(statement, n.ForEach | n.Group):
            yield from all_statements(statement.body)


def name_given(statement: n.Statement) -> n.As | None:
    """The `as NAME` of a statement."""
    clauses = getattr(statement, "clauses", ())
    return next((clause for clause in clauses if isinstance(clause, n.As)), None)


def _kind(statement: n.Statement, part: RulePath) -> str | None:
    """What a statement is counted with; None for those that need no path here."""
    match statement:
        case n.Deduct() | n.Award() | n.Score() | n.Together() | n.HighestOf() | n.Checklist() | n.Judged():
            return ""
        case n.Check():
            return ":check"
        case n.ForEach():
            return ":each"
        case n.Restore():
            return ":restore"
        case n.Regrade():
            return ":grade"
        case n.StartAt():
            return ":start"
        case n.Zero(target=target) | n.Limit(target=target) | n.Skip(target=target):
            word = type(statement).__name__.lower()
            name = target.name if isinstance(target, n.Name) else target
            return f":{word}" if name == "own" or name == part else f":{word}.{name}"
        case n.Let() | n.Allow() | n.PartBound():
            return None
