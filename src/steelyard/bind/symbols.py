"""What a name can mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from steelyard.diagnostics.model import Diagnostic
from steelyard.source import RulePath
from steelyard.syntax import nodes as n
from steelyard.syntax.templates import Placeholder
from steelyard.values.types import Field, Schema


@frozen
class InputSymbol:
    """A declared input of the record."""

    field: Field


@frozen
class InferredSymbol:
    """A name of a file without an `input` block: a column the data must have."""

    name: str


@frozen
class RowFieldSymbol:
    """A field of the row bound to a slot."""

    slot: int
    field: Field


@frozen
class LetSymbol:
    """A `let`."""

    path: RulePath
    let: n.Let


@frozen
class PartSymbol:
    """A part, whose name means its score."""

    path: RulePath


@frozen
class ListSymbol:
    """A list of rows, where a list is asked for."""

    field: Field


Word = Literal["points", "total", "grade", "yes", "no"]


@frozen
class WordSymbol:
    """A word of the language that stands for a value."""

    word: Word


Symbol = InputSymbol | InferredSymbol | RowFieldSymbol | LetSymbol | PartSymbol | ListSymbol | WordSymbol


@frozen
class Bound:
    """A file with every name resolved. Names that could not be are absent from `refers_to`."""

    file: n.File
    schema: Schema
    refers_to: Mapping[int, Symbol]
    """By the key of a `Name` or `FieldOf`."""
    functions: Mapping[int, str]
    """Function keys, by the key of the function's `Name`."""
    slots: Mapping[int, int]
    """Row slots, by the key of a `ForEach`, `Aggregate` or `Call` of an aggregate."""
    paths: Mapping[int, RulePath]
    """Rule paths, by the key of a part or statement."""
    templates: Mapping[int, tuple[str | Placeholder, ...]]
    """Reasons in pieces, by the key of the `Because`."""
    late: frozenset[RulePath]
    """Lets that read scores: they run after the parts."""
    lets: tuple[n.Let, ...]
    """All lets, each after those it reads."""
    diagnostics: tuple[Diagnostic, ...]
