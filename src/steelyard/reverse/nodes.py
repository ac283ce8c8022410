"""The tree of a YAML or JSON file as objects with known keys: what is not as it must be is a coded error with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import define, field, frozen

from steelyard.data.findings import Findings
from steelyard.data.tree import Items, Members, Node, Scalar
from steelyard.diagnostics.model import DataPlace, Diagnostic, Fix, Language, Words
from steelyard.diagnostics.nearest import nearest
from steelyard.diagnostics.wording import severity_of
from steelyard.reverse.keys import key_of, shown, spellings, word_of
from steelyard.reverse.model import Printed
from steelyard.values.numbers import FULLWIDTH
from steelyard.values.targets import read_actual, read_quantity

LONGEST = 500
"""Characters of one text."""
MOST = 1_000
"""Entries of one list: some checks look at every pair."""

_DECIMALS = re.compile(r"[0-9][0-9,]*\.([0-9]+)", re.ASCII)


@frozen
class Object:
    """An object of the file by its keys."""

    members: dict[str, Node]
    row: int | None
    list: str
    """What it is an entry of."""

    def get(self, key: str) -> Node | None:
        node = self.members.get(key)
        return None if isinstance(node, Scalar) and node.text is None else node


@define
class Reader:
    """Reads nodes and keeps what is wrong with them."""

    file: str
    language: Language
    findings: Findings = field(factory=Findings)
    failed: bool = False

    def report(self, code: str, node: Node | None, fixes: tuple[Fix, ...] = (), **facts: str | int | Words) -> None:
        text = node.text if isinstance(node, Scalar) else None
        place = DataPlace(self.file, node.row if node else None, text=text)
        found = Diagnostic(code, dict(facts), place=place, fixes=fixes)
        self.failed |= severity_of(found).value == "error"
        self.findings.add(found)

    # ---- shapes

    def object(self, node: Node, allowed: Sequence[str], inside: str) -> Object | None:
        """An object with these keys and no others."""
        if not isinstance(node, Members):
            name = self.file if inside == "report" else shown(inside, self.language)
            self.report("C144", node, name=name, expected=Words("shape.object"))
            return None
        found: dict[str, Node] = {}
        for name, member in node.members.items():
            key = key_of(name, allowed)
            if key is None:
                near = nearest(name, [word for key in allowed for word in spellings(key)])
                fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
                self.report("C141", member, fixes, name=name, inside=shown(inside, self.language))
            elif key in found:
                self.report("C149", member, name=name)
            else:
                found[key] = member
        return Object(found, node.row, inside)

    def items(self, node: Node | None, inside: str) -> tuple[Node, ...]:
        """The entries of a list; one entry may stand alone."""
        match node:
            case None | Scalar(text=None):
                return ()
            case Items(items=items):
                if len(items) > MOST:
                    self.report("C146", node, name=shown(inside, self.language), limit=MOST)
                return items[:MOST]
        return (node,)

    def objects(self, node: Node | None, allowed: Sequence[str], inside: str) -> list[Object]:
        found = (self.object(item, allowed, inside) for item in self.items(node, inside))
        return [one for one in found if one is not None]

    # ---- values

    def text(self, entry: Object, key: str, *, needed: bool = False) -> str:
        node = entry.get(key)
        if node is None:
            if needed:
                place = Scalar(None, entry.row)
                self.report("C142", place, key=shown(key, self.language), inside=shown(entry.list, self.language))
            return ""
        return self.plain(node, key)

    def plain(self, node: Node, key: str) -> str:
        if not isinstance(node, Scalar):
            self.report("C144", node, name=shown(key, self.language), expected=Words("shape.text"))
            return ""
        text = (node.text or "").strip()
        if len(text) > LONGEST:
            self.report("C146", Scalar(None, node.row), name=shown(key, self.language), limit=LONGEST)
        return text[:LONGEST]

    def texts(self, entry: Object, key: str) -> tuple[str, ...]:
        found = (self.plain(item, key) for item in self.items(entry.get(key), key))
        return tuple(dict.fromkeys(text for text in found if text))

    def word(self, entry: Object, key: str, allowed: Sequence[str], choices: str) -> str | None:
        text = self.text(entry, key)
        if not text:
            return None
        found = word_of(text, allowed)
        if found is None:
            self.report("C145", entry.members[key], found=text, key=shown(key, self.language), choices=Words(choices))
        return found

    def number(
        self,
        entry: Object,
        key: str,
        *,
        where: str = "",
        row: str | None = None,
        positive: bool = False,
        called: str | None = None,
    ) -> Printed | None:
        """The number that a member prints. `called` is the key that the author wrote, where it stands alone."""
        node = entry.get(key)
        text = "" if node is None else self.plain(node, key)
        if not text:
            return None
        found, name = printed(text, where=where, row=row), shown(called or key, self.language)
        if found is None:
            self.report("C143", node, found=text, key=name)
        elif positive and found.value < 0:
            self.report("C148", node, found=text, key=name)
            return None
        return found

    def known(self, name: str, names: Iterable[str], node: Node | None) -> bool:
        """Is it one of the names? Else an error that suggests the one that is most like it."""
        known = list(names)
        if name in known:
            return True
        near = nearest(name, known)
        fixes = (Fix("did-you-mean", facts={"name": near}),) if near else ()
        self.report("C140", node, fixes, name=name)
        return False


def values_in(tree: Node) -> int:
    """How many objects, lists and values a tree has."""
    count, left = 0, [tree]
    while left:
        node = left.pop()
        count += 1
        if isinstance(node, Members):
            left.extend(node.members.values())
        elif isinstance(node, Items):
            left.extend(node.items)
    return count


def printed(text: str, **about: str | None) -> Printed | None:
    """The number that a text prints, with its unit and decimals; None where it prints none."""
    folded = text.strip().translate(FULLWIDTH)
    actual, notes = read_actual(folded)
    if actual.number is None:
        found = read_quantity(folded)
        if found is None:
            return None
        number, unit = found
    else:
        number, unit = actual.number, actual.unit
    decimals = _DECIMALS.search(folded)
    places = len(decimals[1]) if decimals else 0
    return Printed(
        text=text.strip(), value=Fraction(number), places=places, unit=unit, approximate="approximate" in notes,
        where=about.get("where") or "", row=about.get("row"), scope=about.get("scope"),
    )  # fmt: skip
