"""The figures that a finished report prints, as they were typed in, and what the audit says of them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from steelyard.reverse.formula import Formula
from steelyard.reverse.ranges import Range, before_rounding, exactly
from steelyard.values.numbers import Rounding
from steelyard.values.units import RATES

# ---- what the report prints


@frozen
class Printed:
    """A number as it is printed in one place."""

    text: str
    value: Fraction
    """Of a percentage the rate: 97.61% is 9761/10000."""
    places: int
    """Decimals that are printed."""
    unit: str | None = None
    approximate: bool = False
    """It says so itself (约, about)."""
    where: str = ""
    """Where it stands in the report, in words."""
    row: str | None = None
    """The part whose analysis it stands in."""
    scope: str | None = None
    """What it says it is limited to."""
    factor: Fraction = Fraction(1)
    """What one of its own unit is in the unit that its value is counted in: 10,000 for 万元 counted in 元."""
    marked: bool = False
    """Its unit is shown in arithmetic: other units stand beside it."""
    called: str | None = None
    """The name it is printed under, where the author of the file says that it is the same quantity."""
    because: str = ""
    """What the author gives as the reason."""

    @property
    def scale(self) -> Fraction:
        return RATES.get(self.unit or "", Fraction(1)) * self.factor

    @property
    def cell(self) -> Range:
        """All numbers that are printed so, if it was rounded for printing (half up, 四舍五入)."""
        number = exactly(self.value / self.scale)
        return before_rounding(number, self.places, Rounding.HALF_UP).times(self.scale)


@frozen
class Figure:
    """A quantity under one name, with every place that prints it; none where the report leaves it out."""

    name: str
    printed: tuple[Printed, ...]
    unit: str | None = None

    @property
    def values(self) -> dict[Fraction, list[Printed]]:
        """The different values, in the order they are printed, each with what prints it."""
        found: dict[Fraction, list[Printed]] = {}
        for printed in self.printed:
            found.setdefault(printed.value, []).append(printed)
        return found


@frozen
class Reason:
    """A reason for a deduction, with its points where they are printed."""

    text: str
    points: Printed | None
    about: tuple[str, ...]
    """Indicators and figures that it speaks of."""
    where: str


@frozen
class Said:
    """What the report prints of one part."""

    path: str
    name: str
    where: str
    points: Printed | None
    score: Printed | None
    weight: Printed | None
    lost: Printed | None
    reasons: tuple[Reason, ...]
    rests_on: tuple[str, ...]
    """Ratios, equations and indicators that its points rest on."""
    rounded: bool
    """The report says that its score was rounded for printing."""


@frozen
class Equation:
    name: str
    text: str
    left: Formula
    right: Formula
    where: tuple[str, ...]
    """Each place that states it, with the figures that are printed there."""


@frozen
class Ratio:
    name: str
    printed: tuple[Printed, ...]
    above: Formula
    below: Formula


@frozen
class Indicator:
    name: str
    kind: str | None
    targets: tuple[Text, ...]
    actuals: tuple[Text, ...]


@frozen
class Text:
    """A target or an actual as printed: a number, or words."""

    text: str
    where: str
    scope: str | None
    measure: str | None
    """Which of several things it measures, where the row has more than one."""
    figure: str | None
    """The figure that it is a printing of, where it has a number."""


@frozen
class Count:
    """How many of something the report says there are."""

    printed: Printed
    of: Literal["indicators", "attained", "beyond", "rows"]
    beyond: Printed | None
    """Of `beyond`: by how much more than its target."""
    kind: str | None


@frozen
class Rule:
    """A rule of deduction or threshold that the report prints."""

    text: str
    where: str


@frozen
class Claim:
    """A sentence that says there was nothing to improve, or that there was, and the parts that it speaks of."""

    text: str
    where: str
    about: tuple[str, ...]
    fault: bool
    """Does it say that something was wrong?"""


@frozen
class Band:
    label: str
    low: Printed | None
    low_in: bool
    high: Printed | None
    high_in: bool
    where: str


@frozen
class GradeSaid:
    label: str
    where: str


@frozen
class Figures:
    """Everything that was typed in."""

    file: str
    digest: str
    title: str
    rows: tuple[Said, ...] = ()
    figures: Mapping[str, Figure] = field(factory=dict)
    equations: tuple[Equation, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    counts: tuple[Count, ...] = ()
    rules: tuple[Rule, ...] = ()
    claims: tuple[Claim, ...] = ()
    bands: tuple[Band, ...] = ()
    grades: tuple[GradeSaid, ...] = ()

    @property
    def empty(self) -> bool:
        """Is there nothing in it that could be checked? A rule alone is no figure."""
        return not (
            self.rows or self.figures or self.equations or self.ratios or self.indicators or self.counts or self.claims
            or self.bands or self.grades
        )  # fmt: skip

    def said(self, path: str) -> Said | None:
        return next((row for row in self.rows if row.path == path), None)


# ---- what the audit says

Group = Literal["follows", "contradicts", "form", "ask", "cannot"]
"""`form`: one number or comparison written in several ways; `ask`: no contradiction of numbers, but to be asked about."""
Fact = str | tuple[str, ...]
"""A text, or several that are joined in the language of the output."""
Remark = tuple[str, Mapping[str, Fact]]
"""A sentence beside a finding, and what is put into it."""
Sums = tuple[str, ...]


@frozen
class Place:
    """One figure, as printed, and where to look."""

    name: str
    text: str
    where: str


Places = tuple[Place, ...]


@frozen
class Finding:
    """One thing that follows, contradicts, or cannot be reached. `kind` names its sentence; facts are put into it."""

    group: Group
    kind: str
    facts: Mapping[str, Fact]
    sums: Sums = ()
    """The arithmetic, on exact numbers."""
    places: Places = ()
    remarks: tuple[Remark, ...] = ()
    exact: Mapping[str, str] = field(factory=dict)
    """The numbers for programs: exact text, or a range as `low`, `high` with their brackets."""


@frozen
class Audit:
    """The whole audit."""

    scheme: str
    title: str
    rules: tuple[tuple[str, str], ...]
    """Rule files with their SHA-256."""
    figures: Figures
    findings: tuple[Finding, ...]

    def of(self, group: Group) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.group == group)
