"""A checked file to a program."""

from __future__ import annotations

from fractions import Fraction

from steelyard.bind.bind import TOTAL
from steelyard.check.constants import constant
from steelyard.check.grades import closed_at_edges
from steelyard.check.model import TOTAL_KEY, Checked
from steelyard.check.parts import basis_of, flatten
from steelyard.core import nodes as c
from steelyard.core.encode import digest
from steelyard.core.invariants import verify_invariants
from steelyard.lower.expressions import Expressions
from steelyard.lower.statements import Statements, at
from steelyard.source import Span
from steelyard.syntax import nodes as n

ZERO, ONE = c.Const(Fraction(0)), c.Const(Fraction(1))


def lower(checked: Checked) -> c.Program:
    """The program of a file without errors."""
    assert not checked.failed, "only a file without errors is lowered"
    file = checked.bound.file
    lowering = _Lowering(checked)
    total = lowering.total()
    verify_invariants(total, checked.schema)
    scheme = file.schemes[0] if file.schemes else None
    return c.Program(
        name=scheme.name.name if scheme else file.source.name.rsplit("/", 1)[-1].removesuffix(".rules"),
        title=scheme.title if scheme else None,
        total=total,
        schema=checked.schema,
        language=file.language,
        digest=digest(total),
        source=file.source,
    )


class _Lowering:
    def __init__(self, checked: Checked) -> None:
        self.checked, self.file = checked, checked.bound.file
        attributes = [a for scheme in self.file.schemes for a in scheme.attributes]
        self.rounding = {a.of: a for a in attributes if isinstance(a, n.RoundingRule)}
        authority = next((a.text.value for a in attributes if isinstance(a, n.Authority)), None)
        self.authority = authority

    def total(self) -> c.Account:
        file = self.file
        full = self.checked.full[TOTAL_KEY]
        head = file.schemes[0].span if file.schemes else _first_line(file.span)
        statements = Statements(Expressions(self.checked, full), self.authority)
        body = self.body(file.parts, file.statements, statements, str(TOTAL), head, full)
        return c.Account(
            origin=at(str(TOTAL), head),
            kind="total",
            name=str(TOTAL),
            title=file.schemes[0].title if file.schemes else None,
            full=c.Const(full),
            factor=ONE,
            floor=ZERO,
            top=c.Const(full),
            authority=self.authority,
            body=(*body, *self.round("total", str(TOTAL))),
            checks=tuple(statements.checks(file.statements)),
            grade=self.lower_grade(statements),
        )

    def part(self, part: n.Part, parent_full: Fraction) -> c.Account:
        path = str(self.checked.bound.paths[part.key])
        full, share = self.checked.full[part.key], self.checked.shares[part.key]
        statements = Statements(Expressions(self.checked, full), self.authority)
        # One point of the part is worth this much one level up: its share ÷ its own full points.
        worth = share.points if share.points is not None else (share.weight or Fraction(0)) * parent_full
        body = self.body(part.parts, part.statements, statements, path, part.span, full)
        return c.Account(
            origin=at(path, part.span),
            kind=part.kind,
            name=part.name.name,
            title=part.title,
            full=c.Const(full),
            factor=c.Const(worth / full),
            floor=ZERO,
            top=c.Const(full),
            authority=self.authority,
            body=(*body, *(self.round("criterion", path) if part.kind == "criterion" else ())),
            checks=tuple(statements.checks(part.statements)),
        )

    def body(
        self,
        parts: tuple[n.Part, ...],
        nodes: tuple[n.Statement, ...],
        statements: Statements,
        path: str,
        span: Span,
        full: Fraction,
    ) -> tuple[c.Statement, ...]:
        """The statements of a part in the order of application."""
        basis = basis_of(parts, nodes)
        accounts = [self.part(part, full) for part in parts]
        body: list[c.Statement] = [
            *statements.lets(nodes, late=False),
            *accounts,
            *statements.lets(nodes, late=True),
        ]
        body.append(c.Open(at(f"{path}:open", span), basis, c.Const(full) if basis == "full" else ZERO))
        body.extend(statements.lower_judged(s, path) for s in flatten(nodes) if isinstance(s, n.Judged))
        body.extend(statements.moves(nodes, "score"))
        if basis != "full":
            body.append(c.Clamp(at(f"{path}:bounds", span), "opening"))
        if deductions := list(statements.moves(nodes, "deduct")):
            body += [*deductions, c.Clamp(at(f"{path}:floor", span), "floor")]
        if awards := list(statements.moves(nodes, "award")):
            body += [*awards, c.Clamp(at(f"{path}:top", span), "top")]
        return tuple(body)

    def round(self, of: str, path: str) -> tuple[c.RoundTo, ...]:
        rule = self.rounding.get("total" if of == "total" else "criterion")
        return (c.RoundTo(at(f"{path}:round", rule.span), rule.places, rule.mode),) if rule else ()

    def lower_grade(self, statements: Statements) -> c.Grade | None:
        if not self.file.grades:
            return None
        grade = self.file.grades[0]
        branches: list[c.Branch] = []
        otherwise: c.Expression | None = None
        for row in grade.rows:
            label = c.Const(row.label.value)
            if row.bounds.otherwise:
                otherwise = label
                break
            bounds = closed_at_edges(row.bounds, self.checked.full[TOTAL_KEY])
            branches.append(c.Branch(_within(bounds, c.Score(TOTAL)), label))
        scale = tuple(row.label.value for row in grade.rows)
        return c.Grade(statements.origin(grade), c.Choose(tuple(branches), otherwise), scale)


def _within(bounds: n.Bounds, value: c.Expression) -> c.Expression:
    tests: list[c.Expression] = []
    if bounds.low is not None:
        low = constant(bounds.low)
        assert low is not None, "check asks for constant bounds"
        tests.append(c.Op(">=" if bounds.low_included else ">", (value, c.Const(low))))
    if bounds.high is not None:
        high = constant(bounds.high)
        assert high is not None, "check asks for constant bounds"
        tests.append(c.Op("<=" if bounds.high_included else "<", (value, c.Const(high))))
    return tests[0] if len(tests) == 1 else c.Op("and", tuple(tests))


def _first_line(span: Span) -> Span:
    end = span.source.text.find("\n")
    return Span(span.source, 0, len(span.source.text) if end < 0 else end)
