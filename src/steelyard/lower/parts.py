"""Parts to accounts, their statements in the order of application."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from steelyard.check.model import Share
from steelyard.core import nodes as c
from steelyard.lower.context import ZERO, Context, Home, all_in, kept, product, total_of
from steelyard.lower.elsewhere import Elsewhere, part_loop
from steelyard.lower.expressions import Expressions, OverPartsOp
from steelyard.lower.grades import lower_grade
from steelyard.lower.rows import with_slot
from steelyard.lower.statements import Statements, at
from steelyard.source import RulePath, Span
from steelyard.syntax import nodes as n


class Parts:
    """Lowers the parts of one file."""

    def __init__(self, context: Context) -> None:
        self.context, self.checked = context, context.checked
        attributes = [a for scheme in context.file.schemes for a in scheme.attributes]
        self.rounding = {a.of: a for a in attributes if isinstance(a, n.RoundingRule)}
        self.authority = next((a.text.value for a in attributes if isinstance(a, n.Authority)), None)
        self.statements_of = cache(self._statements_of)
        self.full_of = cache(self._full_of)
        self.elsewhere = Elsewhere(context, self.statements_of)
        self.place = {path: index for index, path in enumerate(context.bound.order)}

    def account(self, path: RulePath) -> c.Account:
        """A part with all that stands in it."""
        home = self.context.homes[path]
        full, bounds = self.full_of(home), self.checked.bounds[home.key]
        statements, part = self.statements_of(home), home.part
        stated = self.checked.stated.get(home.key)
        return c.Account(
            origin=at(str(path), self._head(home)),
            kind="total" if part is None else part.kind,
            name=str(path) if part is None else part.name.name,
            title=self._title(home),
            full=full,
            share=self._share(home),
            floor=None if bounds.floor is None else c.Const(bounds.floor),
            top=full if bounds.top == "full" else None if bounds.top is None else c.Const(Fraction(bounds.top)),
            authority=self.authority,
            body=tuple(self._body(home)),
            checks=tuple(statements.checks(home.statements)),
            grade=lower_grade(home.grades[0], statements, self.elsewhere) if home.grades else None,
            stated=None if stated is None else c.Const(stated),
        )

    # ---- the body

    def _body(self, home: Home) -> list[c.Statement]:
        """The statements of a part in the order of application."""
        statements, nodes, path = self.statements_of(home), home.statements, str(home.path)
        basis, span = self.checked.basis[home.key], self._head(home)
        body: list[c.Statement] = [*statements.lets(nodes, late=False), *self._skips(home)]
        inner = sorted(home.parts, key=lambda part: self.place[self.context.bound.paths[part.key]])
        body += [self._inner(part) for part in inner]
        body += self._kept(home)
        body += statements.lets(nodes, late=True)
        body.append(self._open(home))
        body += [statements.lower_judged(s) for s in all_in(home) if isinstance(s, n.Judged)]
        body += statements.moves(nodes, "score")
        if basis not in ("full", "zero"):
            body.append(c.Clamp(at(f"{path}:bounds", span), "opening"))
        deductions = [*statements.moves(nodes, "deduct"), *self._carries(home, "penalty")]
        if deductions:
            body += [*deductions, c.Clamp(at(f"{path}:floor", span), "floor")]
        awards = [*statements.moves(nodes, "award"), *self._carries(home, "bonus")]
        if awards:
            body += [*awards, c.Clamp(at(f"{path}:top", span), "top")]
        for kind in (n.Zero, n.Limit):
            body += [self.elsewhere.lower(written, home.path) for written in self.elsewhere.acting_on(home.path, kind)]
        return [*body, *self._round(home)]

    def _skips(self, home: Home) -> list[c.Statement]:
        """Explicit ones, and those of `or skip if undefined`."""
        found: list[c.Statement] = []
        for written in self.elsewhere.acting_on(home.path, n.Skip):
            found += [*self.elsewhere.before(written, home.path), self.elsewhere.lower(written, home.path)]
        for statement in all_in(home):
            found += self.statements_of(home).or_skip(statement)
        return found

    def _inner(self, part: n.Part) -> c.Statement:
        """A part inside, once or for each row."""
        path = self.context.bound.paths[part.key]
        account = self.account(path)
        home = self.context.homes[path]
        return account if part.loop is None else part_loop(home, self.statements_of(home), (account,))

    def _kept(self, home: Home) -> list[c.Let]:
        """Aggregates over the parts that statements read in the course of other parts."""
        calls = self.context.bound.lifted.get(home.path, {})
        expressions = self.statements_of(home).expressions
        found = []
        for op, call in calls.items():
            value = expressions.over_parts(_as_op(op), home.path, lifted=False)
            found.append(c.Let(c.Origin(kept(home.path, op), call.span), op, value))
        return found

    def _open(self, home: Home) -> c.Open:
        basis = self.checked.basis[home.key]
        statements, span = self.statements_of(home), self._head(home)
        start = next((s for s in home.statements if isinstance(s, n.StartAt)), None)
        if basis == "start" and start is not None:
            return c.Open(statements.origin(start), "start", statements.lower_start_at(start))
        return c.Open(at(f"{home.path}:open", span), basis, self.full_of(home) if basis == "full" else ZERO)

    def _carries(self, home: Home, kind: str) -> list[c.Statement]:
        """Bonus and penalty parts, carried behind the part's own moves of their kind."""
        return [self._carry(part) for part in home.parts if part.kind == kind]

    def _carry(self, part: n.Part) -> c.Statement:
        path = self.context.bound.paths[part.key]
        score = c.Score(path, "points")
        carry = c.Move(
            origin=at(f"{path}:carry", part.span),
            role="award" if part.kind == "bonus" else "deduct",
            amount=score if part.kind == "bonus" else c.Op("neg", (score,)),
            when=None,
            cap=None,
            instead=(),
            reason=None,
            authority=self.authority,
        )
        assert part.loop is None, "bonus and penalty parts stand once"
        return carry

    def _round(self, home: Home) -> list[c.RoundTo]:
        kind = "total" if home.part is None else home.part.kind
        rule = self.rounding.get("total" if kind == "total" else "criterion")
        if rule is None or kind not in ("total", "criterion"):
            return []
        return [c.RoundTo(at(f"{home.path}:round", rule.span), rule.places, rule.mode)]

    # ---- what a part is worth

    def _statements_of(self, home: Home) -> Statements:
        return Statements(Expressions(self.context, self.full_of(home)), home, self.authority)

    def _full_of(self, home: Home) -> c.Expression:
        """Full points: as written, else the sum of the shares of the parts, else the part's own share."""
        full = self.checked.full[home.key]
        if full is not None:
            return c.Const(full)
        if inner := self.context.counting(home):
            return total_of([self._over_rows(part, self._stated(part)) for part in inner])
        assert home.part is not None, "the full points of a scheme without parts are written"
        return self._stated(home.part)

    def _share(self, home: Home) -> c.Expression:
        """What the whole part is worth one level up."""
        part = home.part
        if part is None or part.kind in ("bonus", "penalty"):
            return self.full_of(home)
        share, outer = self.checked.shares[part.key], home.around[-1]
        if share.points is not None or (share.weight is None and share.relative is None and share.kind == "points"):
            return self._stated(part)
        full = self.full_of(outer)
        if share.weight is not None:
            return product(c.Const(share.weight), full)
        if share.kind == "weight" and share.expression is not None:
            return product(self._stated(part), full)
        weights = total_of(
            [self._over_rows(sibling, self._stated(sibling)) for sibling in self.context.counting(outer)]
        )
        # Weights that sum to 0 give nothing a share: with no shares the parent is not applicable.
        none = c.Branch(c.Op("=", (weights, ZERO)), ZERO)
        return c.Choose((none,), product(c.Op("/", (self._stated(part), weights)), full))

    def _stated(self, part: n.Part) -> c.Expression:
        """The number that states the share, whatever it means."""
        share: Share = self.checked.shares[part.key]
        if share.expression is not None:
            # Whatever else the part knows, its own points are not yet there.
            return Expressions(self.context, ZERO).number(share.expression)
        known = [value for value in (share.points, share.relative, share.weight) if value is not None]
        return c.Const(known[0])

    def _over_rows(self, part: n.Part, value: c.Expression) -> c.Expression:
        """The sum of a share over all rows of a part for each row; of another part the share itself."""
        if part.loop is None:
            return value
        expressions = Expressions(self.context, ZERO)
        own, slot = self.context.bound.slots[part.key], self.context.new_slot()
        where = None if part.loop.where is None else with_slot(expressions.lower(part.loop.where), own, slot)
        return c.Fold("sum", part.loop.rows.name, slot, where, with_slot(value, own, slot))

    # ---- heads

    def _head(self, home: Home) -> Span:
        if home.part is not None:
            return home.part.span
        file = self.context.file
        return file.schemes[0].span if file.schemes else file.span.first_line

    def _title(self, home: Home) -> c.Template | None:
        if home.part is None:
            schemes = self.context.file.schemes
            title = schemes[0].title if schemes else None
            return None if title is None else c.Template((title,))
        title_node = home.part.title
        if title_node is None:
            return None
        if home.part.loop is not None:
            return self.statements_of(home).expressions.template(title_node.key)
        return c.Template((title_node.value,))


def _as_op(key: str) -> OverPartsOp:
    match key:
        case "lowest" | "highest" | "average" | "median" | "sum" | "count":
            return key
        case _:
            raise AssertionError(f"{key} runs over no parts")
