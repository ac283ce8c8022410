"""What a file holds beside its scheme: dated values, functions, other files, examples; and the file."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from steelyard.diagnostics.model import Language
from steelyard.source import Source
from steelyard.syntax.nodes.base import Node
from steelyard.syntax.nodes.expressions import Date, Expression, Name, Text
from steelyard.syntax.nodes.parts import Input, Part, Scheme
from steelyard.syntax.nodes.statements import Grade, Statement


@frozen
class Dated(Node):
    """`from 2023-01-01 : 5%`: a value from that day on."""

    start: Date
    value: Expression


@frozen
class Parameter(Node):
    """`parameter base = 5%`, `parameter base` + dated values"""

    name: Name
    values: tuple[Dated, ...]
    """In the order of the file; empty where `value` stands."""
    value: Expression | None = None
    faulty: bool = False
    """Did it lose a dated value that could not be read?"""


@frozen
class CodeRow(Node):
    """`"late", "A" : 2, 5`: keys and the values of the columns; without keys `otherwise`."""

    keys: tuple[Expression, ...]
    values: tuple[Expression, ...]


@frozen
class CodeVersion(Node):
    """`from 2023-01-01` + rows: the rows of a code table from that day on."""

    start: Date
    rows: tuple[CodeRow, ...]


@frozen
class CodeTable(Node):
    """`table fines by kind, level : amount, limit` + rows, or + dated blocks of rows"""

    name: Name
    keys: tuple[Name, ...]
    columns: tuple[Name, ...]
    """Empty: one column without a name."""
    rows: tuple[CodeRow, ...]
    versions: tuple[CodeVersion, ...] = ()
    faulty: bool = False


@frozen
class Define(Node):
    """`define short(a, b) = max(0, b - a)`: a function of its arguments alone"""

    name: Name
    arguments: tuple[Name, ...]
    value: Expression


@frozen
class Use(Node):
    """`use "shared.rules"`: parameters, tables and functions of another file"""

    file: Text


@frozen
class Replace(Node):
    """`replace criterion attained, 5 points` + body; `replace deduct 2 if C, as late`"""

    what: Part | Statement


@frozen
class Add(Node):
    """`add criterion novelty, 5 points` + body; `add to management` + parts and statements"""

    to: tuple[Name, ...]
    """The part it goes into, from the outside; none is the scheme."""
    parts: tuple[Part, ...]
    statements: tuple[Statement, ...]


@frozen
class Remove(Node):
    """`remove management.self_review`: a named part or statement"""

    path: tuple[Name, ...]


Change = Replace | Add | Remove


@frozen
class Amend(Node):
    """`amend "base.rules"` + changes"""

    file: Text
    changes: tuple[Change, ...]


@frozen
class GivenRow(Node):
    """`{name = "monthly cases", target = 2000}`"""

    fields: tuple[tuple[Name, Expression], ...]


@frozen
class Given(Node):
    """`given spent = 90`, `given indicators = [{…}, {…}]`"""

    name: Name
    value: Expression | None
    rows: tuple[GivenRow, ...] | None


@frozen
class Expect(Node):
    """`expect total = 95`, `expect grade "good"`, `expect deduction 0.5 in attained`, `甲 应得 4 分`"""

    what: Literal["holds", "grade", "deduct", "award"]
    value: Expression
    """The condition, the label, or the amount."""
    part: tuple[Name, ...] = ()
    """Of a deduction or award: the part it is looked for in."""


@frozen
class Example(Node):
    """`example "title"` + given and expect"""

    title: Text
    given: tuple[Given, ...]
    expect: tuple[Expect, ...]
    faulty: bool = False
    """Has it lines that could not be read?"""


@frozen
class Version(Node):
    """`steelyard 1`: the version of the language"""

    number: int


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
    parameters: tuple[Parameter, ...] = ()
    tables: tuple[CodeTable, ...] = ()
    defines: tuple[Define, ...] = ()
    uses: tuple[Use, ...] = ()
    amends: tuple[Amend, ...] = ()
    examples: tuple[Example, ...] = ()
    versions: tuple[Version, ...] = ()
