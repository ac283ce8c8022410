"""The neutral tree of JSON and YAML, built from events: names and texts as written, and where they stand.

Both readers only say what comes next (`open_members`, `name`, `scalar`, `close` …), so depth, size, doubled
names and broken characters are checked in one place, and never by recursion.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import define, field, frozen

from steelyard.data.files import VALUE_LIMIT
from steelyard.data.findings import Findings
from steelyard.data.table import name_of
from steelyard.diagnostics.model import DataPlace, Diagnostic

DEPTH_LIMIT = 100
_SURROGATE = re.compile("[\ud800-\udfff]")
_POINTER_NAME = 100
"""Characters of one name in a pointer made here: long names at great depth could fill the memory."""


@frozen
class Scalar:
    """A number, text or truth value as it is written; None for null."""

    text: str | None
    row: int | None = None


@frozen
class Members:
    """An object: its members by name as compared."""

    members: Mapping[str, Node]
    row: int | None = None


@frozen
class Items:
    """A list."""

    items: tuple[Node, ...]
    row: int | None = None


@frozen
class Refused:
    """Something that cannot be used; a finding has said why."""

    row: int | None = None


Node = Scalar | Members | Items | Refused


class TreeRefused(Exception):
    """The file cannot become a tree; a finding has said why."""


@define
class _Open:
    """An object or list that is not closed yet."""

    row: int | None
    members: dict[str, Node] | None
    """None for a list."""
    items: list[Node] = field(factory=list)
    name: str | None = None
    """The member that the next value belongs to."""
    twice: bool = False
    """That member was there already."""


@define
class TreeBuilder:
    file: str
    findings: Findings
    root: Node | None = None
    _open: list[_Open] = field(factory=list, init=False)
    _values: int = field(default=0, init=False)

    @property
    def wants_name(self) -> bool:
        """Is the next thing the name of a member?"""
        return bool(self._open) and self._open[-1].members is not None and self._open[-1].name is None

    def open_members(self, row: int | None = None) -> None:
        self._push(_Open(row, {}))

    def open_items(self, row: int | None = None) -> None:
        self._push(_Open(row, None))

    def close(self) -> None:
        done = self._open.pop()
        if done.members is None:
            self._put(Items(tuple(done.items), done.row))
        else:
            self._put(Members(done.members, done.row))

    def name(self, text: str, row: int | None = None) -> None:
        frame = self._open[-1]
        assert frame.members is not None, "only an object has names"
        text, _ = self._clean(text, row)
        frame.name = name_of(text)
        frame.twice = frame.name in frame.members
        if frame.twice:
            self.report("D121", row, frame.name, name=frame.name)

    def scalar(self, text: str | None, row: int | None = None) -> None:
        broken = False
        if text is not None:
            text, broken = self._clean(text, row)
        self._put(Refused(row) if broken else Scalar(text, row))

    def refuse(self, code: str, text: str, row: int | None = None) -> None:
        """A value that is none, such as NaN."""
        self.report(code, row, text, text=text)
        self._put(Refused(row))

    def report(self, code: str, row: int | None, shown: str | None, **facts: str | int) -> None:
        if not self.findings.full:
            place = DataPlace(self.file, row, self._pointer(), shown)
            self.findings.add(Diagnostic(code, facts, place=place))

    def _push(self, frame: _Open) -> None:
        if len(self._open) >= DEPTH_LIMIT:
            self.findings.report("D117", DataPlace(self.file, frame.row), file=self.file, limit=DEPTH_LIMIT)
            raise TreeRefused
        self._open.append(frame)

    def _put(self, node: Node) -> None:
        self._values += 1
        if self._values > VALUE_LIMIT:
            self.findings.report("D108", DataPlace(self.file), file=self.file, limit=VALUE_LIMIT)
            raise TreeRefused
        if not self._open:
            self.root = node
            return
        frame = self._open[-1]
        if frame.members is None:
            frame.items.append(node)
            return
        assert frame.name is not None, "a member has its name before its value"
        # Which of two values is meant cannot be known, so neither counts.
        frame.members[frame.name] = Refused(node.row) if frame.twice else node
        frame.name = None

    def _clean(self, text: str, row: int | None) -> tuple[str, bool]:
        """Half a character (a lone surrogate, written as an escape) could not be written into a trace."""
        broken = _SURROGATE.search(text)
        if broken is None:
            return text, False
        text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
        self.report("D124", row, text, text=f"U+{ord(broken[0]):04X}")
        return text, True

    def _pointer(self) -> str | None:
        steps = [
            str(len(frame.items)) if frame.members is None else frame.name
            for frame in self._open
            if frame.members is None or frame.name is not None
        ]
        return "".join(pointer_step(step[:_POINTER_NAME]) for step in steps if step is not None) or None


def pointer_step(name: str) -> str:
    """One step of a JSON pointer (RFC 6901)."""
    return "/" + name.replace("~", "~0").replace("/", "~1")
