"""Inputs, parts, and the scheme itself."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from steelyard.diagnostics.model import Language
from steelyard.syntax.nodes.base import Node
from steelyard.syntax.nodes.expressions import Date, Expression, Name, Number, Text
from steelyard.syntax.nodes.statements import Grade, PartBound, Statement
from steelyard.values.numbers import Rounding
from steelyard.values.units import Unit


@frozen
class FieldDeclaration(Node):
    """`approved "annual budget" : number in 万元, optional, from 0 to 100`; a list has fields of its own."""

    name: Name
    title: str | None
    kinds: tuple[TypeWord, ...]
    choices: tuple[Text | Number, ...]
    unit: UnitName | None
    range: tuple[Number, Number] | None
    optional: bool
    fields: tuple[FieldDeclaration, ...]
    unreadable: tuple[str, ...] = ()
    """Names of fields whose lines could not be read: declared all the same, so that one slip is one error."""


@frozen
class TypeWord(Node):
    """`number`, `whole number`, `text`, `yes/no`, `target`, `actual`, `list of`, `one of`"""

    kind: str


@frozen
class UnitName(Node):
    """`万元`, `元/人`, `%`, `"own unit"`"""

    unit: Unit
    names: tuple[str, ...]
    quoted: bool


@frozen
class Input(Node):
    """`input` + fields"""

    fields: tuple[FieldDeclaration, ...]
    unreadable: tuple[str, ...] = ()


@frozen
class SharePoints(Node):
    """`5 points`"""

    amount: Expression


@frozen
class ShareWeight(Node):
    """`weight 40%`"""

    amount: Expression


Share = SharePoints | ShareWeight


@frozen
class PartLoop(Node):
    """`for each R in LIST where C`, of a part: one part a row."""

    row: Name
    rows: Name
    where: Expression | None


@frozen
class Part(Node):
    """`section NAME "title", weight 40%`, `criterion NAME, 5 points`, `bonus NAME, up to 4`,
    `criterion for each R in LIST "{title}", R.share points` + statements and parts"""

    kind: Literal["section", "criterion", "bonus", "penalty"]
    name: Name
    """Of a part for each row: the row's."""
    title: Text | None
    """Of a part for each row: a template."""
    share: Share | None
    parts: tuple[Part, ...]
    statements: tuple[Statement, ...]
    """With the bounds of its head as `PartBound`s, first."""
    loop: PartLoop | None = None
    grades: tuple[Grade, ...] = ()
    faulty: bool = False
    """Did it lose a statement that could not be read?"""
    more_shares: tuple[Share, ...] = ()
    """Shares behind the first, which check refuses."""
    out_of: SharePoints | None = None
    """`weight 7.5, 10 points`: the points that a part with a weight is scored out of."""


@frozen
class Authority(Node):
    """`authority "work plan"`, under the scheme"""

    text: Text


@frozen
class RoundingRule(Node):
    """`round each criterion to 2 places, half even`, `round total to 2 places`"""

    of: Literal["criterion", "total"]
    places: int
    mode: Rounding


@frozen
class BareRule(Node):
    """`“以上”“以下”“以内”包括本数`: a bare bound includes its number"""


@frozen
class FewerBetter(Node):
    """`fewer points are better`: points count what is wrong. No score changes, only how it is read"""


@frozen
class Effective(Node):
    """`effective from 2023-01-01 to 2025-12-31`: the days the scheme is in force, both included"""

    start: Date
    end: Date | None


@frozen
class LanguageRule(Node):
    """`language zh`: that of reasons, messages and traces, where it is not that of most keywords"""

    language: Language | None
    """None: a language there is none of."""


@frozen
class BatchBy(Node):
    """`batch by tender`: records with the same value are one batch for `all` and `rank`"""

    by: Name


Attribute = Authority | RoundingRule | BareRule | FewerBetter | Effective | LanguageRule | BatchBy | PartBound


@frozen
class Scheme(Node):
    """`scheme NAME "title"` + attributes"""

    name: Name
    title: str | None
    attributes: tuple[Attribute, ...]
