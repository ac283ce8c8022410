"""What names are printed as: the titles of inputs, of fields and of parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import field, frozen

from steelyard.bind.symbols import (
    BatchSymbol,
    Bound,
    InputSymbol,
    ListSymbol,
    PartsSymbol,
    PartSymbol,
    RowFieldSymbol,
    Symbol,
    WordSymbol,
)
from steelyard.source import RulePath
from steelyard.syntax import nodes as n


@frozen
class Titles:
    """Names as they are bound, with the titles of what they mean."""

    meanings: Mapping[int, Symbol] = field(factory=dict)
    parts: Mapping[RulePath, str] = field(factory=dict)
    """Titles, or names, of parts by their path."""
    inputs: Mapping[str, str] = field(factory=dict)
    """Titles of the record's own inputs, where a name is no value (`for each R in LIST`, `except if`)."""

    @classmethod
    def of_bound(cls, bound: Bound) -> Titles:
        parts = {bound.paths[part.key]: part.title.value if part.title and not part.loop else part.name.name
                 for part in _parts(bound.file.parts)}  # fmt: skip
        fields = [one for given in bound.file.inputs for one in given.fields]
        return cls(bound.refers_to, parts, {one.name.name: one.title for one in fields if one.title})

    def of(self, name: n.Name) -> str:
        meaning = self.meanings.get(name.key)
        match meaning:
            case InputSymbol() | RowFieldSymbol() | ListSymbol():
                return meaning.field.title or name.name
            case PartSymbol(path=path):
                return self.parts.get(path, name.name)
            case None:
                return self.inputs.get(name.name, name.name)
            case _:
                return name.name

    def of_field(self, asked: n.FieldOf) -> str | None:
        """What stands behind the dot; None for a fact of a part, which is a word of the language."""
        meaning = self.meanings.get(asked.key)
        match meaning:
            case PartSymbol():
                return None
            case InputSymbol() | RowFieldSymbol() | ListSymbol():
                return meaning.field.title or asked.field.name
            case _:
                return asked.field.name

    def is_word(self, name: n.Name) -> bool:
        """`points`, `yes`, `total`, and what an aggregate runs over beside lists."""
        meaning = self.meanings.get(name.key)
        return isinstance(meaning, WordSymbol | PartsSymbol | BatchSymbol)


def _parts(parts: tuple[n.Part, ...]) -> Iterator[n.Part]:
    for part in parts:
        yield part
        yield from _parts(part.parts)
