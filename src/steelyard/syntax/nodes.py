"""The tree of a rule file. Each class opens with the surface syntax it stands for.

Equality ignores spans and keys: two files that say the same are equal. Side tables therefore use `node.key`.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import count
from typing import Literal

from attrs import field, frozen

from steelyard.diagnostics.model import Language
from steelyard.source import Source, Span
from steelyard.values.numbers import Rounding
from steelyard.values.units import Unit

_keys = count()


@frozen
class Node:
    """A place in the source, and a key for side tables (never shown, never stored)."""

    span: Span = field(eq=False, repr=False, kw_only=True)
    key: int = field(eq=False, repr=False, init=False, factory=lambda: next(_keys))


# ---- expressions


@frozen
class Number(Node):
    """`1.5`, `40%`: the literal's text and its exact value."""

    value: Fraction
    percent: bool = False


@frozen
class Text(Node):
    """`"monthly cases"`"""

    value: str


@frozen
class Name(Node):
    """`actual`, `实际值`, or a word that stands for a value (`points`, `yes`)."""

    name: str


@frozen
class FieldOf(Node):
    """`indicator.share`: a field of a row in scope."""

    row: Name
    field: Name


@frozen
class Operation(Node):
    """`a + b − c`, `a * b`, `a / b`, `−a`, `a ^ 2`, `a and b`, `not a`; + * and or take any number."""

    operator: Literal["+", "*", "/", "neg", "^", "and", "or", "not"]
    operands: tuple[Expression, ...]


@frozen
class Comparison(Node):
    """`a < b <= c`, chained."""

    operators: tuple[str, ...]
    """Of = != < <= > >=."""
    operands: tuple[Expression, ...]


@frozen
class Membership(Node):
    """`level in ["good", "fair"]`"""

    value: Expression
    choices: tuple[Expression, ...]


@frozen
class IsMissing(Node):
    """`actual is missing`"""

    value: Expression


@frozen
class Call(Node):
    """`max(a, 0)`"""

    function: Name
    arguments: tuple[Expression, ...]


@frozen
class Aggregate(Node):
    """`count(indicators where C)`, `sum(R.share for R in indicators where C)`"""

    function: Name
    value: Expression | None
    row: Name | None
    rows: Name
    where: Expression | None


Expression = Number | Text | Name | FieldOf | Operation | Comparison | Membership | IsMissing | Call | Aggregate


# ---- clauses, the tail that every statement may carry


@frozen
class If(Node):
    """`if C`, `C 的，`"""

    condition: Expression


@frozen
class Because(Node):
    """`because "{name}: {actual} misses {target}"`"""

    template: Text


@frozen
class Under(Node):
    """`under "work plan, art. 12"`"""

    text: Text


@frozen
class Cap(Node):
    """`up to 5`"""

    amount: Expression


@frozen
class Exhausted(Node):
    """`until exhausted`: what holds anyway, said aloud."""


@frozen
class OrElse(Node):
    """`, or V if missing`, `, or V if undefined`"""

    value: Expression
    cause: Literal["missing", "undefined"]


@frozen
class SeverityClause(Node):
    """`warn`, `error`, after a check."""

    severity: Literal["warning", "error"]


@frozen
class AverageOf(Node):
    """`average of reviewers`, after judged."""


Clause = If | Because | Under | Cap | Exhausted | OrElse | SeverityClause | AverageOf


# ---- statements


@frozen
class Let(Node):
    """`let rate = spent / arranged`"""

    name: Name
    value: Expression


@frozen
class Deduct(Node):
    """`deduct A if C`, `C 的，扣 A 分`"""

    amount: Expression
    clauses: tuple[Clause, ...]


@frozen
class Award(Node):
    """`award A if C`, `C 的，加 A 分`"""

    amount: Expression
    clauses: tuple[Clause, ...]


@frozen
class Score(Node):
    """`score E if C`, `C 的，得 E 分`"""

    amount: Expression
    clauses: tuple[Clause, ...]


@frozen
class Check(Node):
    """`check E`, a consistency of the data; moves no score."""

    test: Expression
    clauses: tuple[Clause, ...]


@frozen
class Judged(Node):
    """`judged, average of reviewers`"""

    clauses: tuple[Clause, ...]


@frozen
class ForEach(Node):
    """`for each R in LIST where C` + statements"""

    row: Name
    rows: Name
    where: Expression | None
    body: tuple[Statement, ...]


Move = Deduct | Award | Score
Statement = Let | ForEach | Deduct | Award | Score | Check | Judged


# ---- grades


@frozen
class Bounds(Node):
    """`from 90`, `80（含）—90`, `below 60`, `otherwise` (neither end)."""

    low: Expression | None = None
    low_included: bool = True
    high: Expression | None = None
    high_included: bool = False
    bare: Literal["以上", "以下"] | None = None
    """A printed 以上 or 以下 that does not say whether its number is included."""

    @property
    def otherwise(self) -> bool:
        return self.low is None and self.high is None


@frozen
class GradeRow(Node):
    """`"good" from 80`, `良 80 分（含）以上`"""

    label: Text
    bounds: Bounds


@frozen
class Grade(Node):
    """`grade` + rows"""

    rows: tuple[GradeRow, ...]
    faulty: bool = False
    """Did it lose a row that could not be read?"""


# ---- inputs


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


# ---- parts


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
class Part(Node):
    """`section NAME "title", weight 40%`, `criterion NAME, 5 points` + statements and parts"""

    kind: Literal["section", "criterion"]
    name: Name
    title: str | None
    share: Share | None
    parts: tuple[Part, ...]
    statements: tuple[Statement, ...]
    faulty: bool = False
    """Did it lose a statement that could not be read?"""


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


Attribute = Authority | RoundingRule | BareRule


@frozen
class Scheme(Node):
    """`scheme NAME "title"` + attributes"""

    name: Name
    title: str | None
    attributes: tuple[Attribute, ...]


@frozen
class File(Node):
    """A whole rule file. A file without `scheme` is one too: 100 points, inputs inferred."""

    source: Source = field(eq=False)
    language: Language = field(eq=False)
    """The language most of its keywords are in: that of reasons, messages and traces."""
    schemes: tuple[Scheme, ...]
    inputs: tuple[Input, ...]
    parts: tuple[Part, ...]
    statements: tuple[Statement, ...]
    grades: tuple[Grade, ...]
