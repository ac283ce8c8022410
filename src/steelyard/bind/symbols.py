"""What a name can mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from steelyard.core.nodes import Facet
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
    part: RulePath
    """The part it stands in."""
    of_row: bool = False
    """Does it stand in a loop, or in a part for each row, so that it has a value for each row?"""


@frozen
class PartSymbol:
    """A part, whose name means its score; behind a dot another fact of it (`management.rate`)."""

    path: RulePath
    facet: Facet = "score"


@frozen
class ListSymbol:
    """A list of rows, where a list is asked for."""

    field: Field


@frozen
class GroupSymbol:
    """The row of a `for each … by`, where a list is asked for: the rows of the group bound to the slot."""

    slot: int
    field: Field
    """The list."""


@frozen
class PartsSymbol:
    """`parts`, where a list is asked for: the parts of the part the place is in."""

    path: RulePath
    lifted: bool = False
    """Is it read in the course of another part, so that its value must be kept?"""


@frozen
class BatchSymbol:
    """`all`, where a list is asked for: the records of the batch."""


@frozen
class MoveSymbol:
    """A move or group that `as` names."""

    path: RulePath
    statement: n.Deduct | n.Award | n.Score | n.Group


Word = Literal["points", "total", "grade", "yes", "no"]


@frozen
class WordSymbol:
    """A word of the language that stands for a value."""

    word: Word


Rows = ListSymbol | GroupSymbol | PartsSymbol | BatchSymbol
"""What an aggregate runs over."""

Symbol = InputSymbol | InferredSymbol | RowFieldSymbol | LetSymbol | PartSymbol | MoveSymbol | WordSymbol | Rows


@frozen
class Bound:
    """A file with every name resolved. Names that could not be are absent from `refers_to`."""

    file: n.File
    schema: Schema
    refers_to: Mapping[int, Symbol]
    """By the key of a `Name` or `FieldOf`: also the rows of an aggregate, the target of a `restore`, `zero` or `limit`,
    the column of an exemption, the inputs that an example gives."""
    functions: Mapping[int, str]
    """Function keys, by the key of the function's `Name`."""
    slots: Mapping[int, int]
    """Row slots, by the key of a `ForEach`, a looped `Part`, an `Each`, an `Aggregate` or a `Call` of an aggregate (none
    where it runs over `parts` or `all`)."""
    paths: Mapping[int, RulePath]
    """Rule paths, by the key of a part, statement, grade or aggregate over the batch."""
    templates: Mapping[int, tuple[str | Placeholder, ...]]
    """Reasons in pieces, by the key of the `Because`; titles of parts for each row, by the key of the `Text`."""
    targets: Mapping[int, RulePath]
    """The part that a `zero`, `limit` or `skip` acts on, and that whose grade a `regrade` moves, by the key of the
    statement; the part that an `expect` looks into, by its key."""
    order: tuple[RulePath, ...]
    """All parts, each after its siblings whose scores it reads."""
    lifted: Mapping[RulePath, Mapping[str, n.Call]]
    """Aggregates over the parts of a part that are read in the course of another: by function, one call that reads it."""
    late: frozenset[RulePath]
    """Lets that read scores: they run after the parts."""
    lets: tuple[n.Let, ...]
    """All lets, each after those it reads."""
    diagnostics: tuple[Diagnostic, ...]
