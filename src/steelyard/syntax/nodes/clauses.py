"""The tail that every statement may carry, and what an amount is counted by."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from steelyard.syntax.nodes.base import Node
from steelyard.syntax.nodes.expressions import Dropping, Expression, Name, Text


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
class Otherwise(Node):
    """`, otherwise award 4`, `，其他加 4 分`, where it is not the other case of anything: behind a condition and a plain amount of
    its own kind it makes one amount by two rows of the two, and is gone."""

    amount: Expression
    verb: Literal["DEDUCT", "AWARD", "SCORE"] | None
    """None: that of the rule it stands behind."""


@frozen
class Cap(Node):
    """`up to 5`"""

    amount: Expression


@frozen
class Exhausted(Node):
    """`until exhausted`: what holds anyway, said aloud."""


Cause = Literal["missing", "undefined", "not applicable"]


@frozen
class OrElse(Node):
    """`, or V if missing`, `, or V if not applicable`, `, or skip if undefined`"""

    value: Expression | None
    """None: the part is skipped."""
    cause: Cause


@frozen
class Except(Node):
    """`, except if approved`, `经批准的除外`: exempt, where the data name a reason and an approver."""

    waiver: Name


@frozen
class As(Node):
    """`as late_report`: a name for the statement; its rule id survives edits."""

    name: Name


@frozen
class Code(Node):
    """`code "RC1"`: the author's own number of the rule."""

    text: Text


@frozen
class SeverityClause(Node):
    """`warn`, `error`, after a check."""

    severity: Literal["warning", "error"]


@frozen
class OfReviewers(Node):
    """`average of reviewers`, `median of reviewers`, after judged."""

    method: Literal["average", "median"]


@frozen
class OneOf(Node):
    """`one of 0, 5, 10`, after judged: the only scores that reviewers may give."""

    choices: tuple[Expression, ...]


@frozen
class Giving(Node):
    """`giving full points`, `giving zero`, `rescaling total`, after skip."""

    what: Literal["full", "zero", "rescale"]


@frozen
class PartOfStep(Node):
    """`不足 3 天按 3 天计`, `按比例计算`, where it belongs to no step: that of the step it stands behind is part of the step."""

    part: Literal["full", "started", "fractional"]
    sizes: tuple[Expression, ...]


Clause = (
    If
    | Otherwise
    | PartOfStep
    | Because
    | Under
    | Cap
    | Exhausted
    | OrElse
    | Except
    | As
    | Code
    | SeverityClause
    | OfReviewers
    | Dropping
    | OneOf
    | Giving
)


@frozen
class Step(Node):
    """`for every started 1 percentage point that rate is below 95%`, `每低于 95% 1 个百分点`"""

    size: Expression
    value: Expression | None
    """None where the printed condition in front names both (`X 超过 L 的，每超过 S`) and is no comparison."""
    bound: Expression | None
    direction: Literal["below", "above", "differs"]
    part: Literal["full", "started", "fractional"] | None
    """What a part of a step counts; None where the author did not say."""


@frozen
class Each(Node):
    """`for each N` of a whole number, `for each R in LIST where C`, `N 每有 1 例`"""

    count: Expression | None
    """A whole number, or (as a `Name`) a list."""
    row: Name | None
    rows: Name | None
    where: Expression | None
    of: Expression | None = None
    """`每有 2 例`: how many make one; None is 1."""


Per = Step | Each
