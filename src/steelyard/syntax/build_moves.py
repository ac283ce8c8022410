"""Statements and their clauses: from the parser's reductions to nodes, one method per grammar rule."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, cast

import attrs

from steelyard.source import Span
from steelyard.syntax import nodes as n
from steelyard.syntax.build_expressions import dropping_of
from steelyard.syntax.build_rows import RowBuilder, printed_table
from steelyard.syntax.children import (
    Action,
    ChecklistRow,
    Children,
    Enough,
    Rows,
    Several,
    all_of,
    clauses_among,
    clauses_of,
    compared_in,
    expression_of,
    expressions_of,
    first_token,
    flat,
    loop_names,
    name_node,
    only,
    span_of,
    statements_of,
    text_node,
    tokens_of,
)

Part = Literal["full", "started", "fractional"]
Target = n.Name | Literal["own", "total"]


MOVES: dict[str, type[n.Deduct] | type[n.Award] | type[n.Score]] = {
    "DEDUCT": n.Deduct, "DEDUCTED": n.Deduct, "AWARD": n.Award, "AWARDED": n.Award, "SCORE": n.Score, "SCORED": n.Score,
}  # fmt: skip


class MoveBuilder(RowBuilder):
    """The callbacks for statements and clauses."""

    # ---- clauses

    def if_clause(self, children: Children) -> n.If:
        return n.If(expression_of(children), span=span_of(children))

    def because(self, children: Children) -> n.Because:
        return n.Because(text_node(tokens_of(children)[-1]), span=span_of(children))

    def under(self, children: Children) -> n.Under:
        return n.Under(text_node(tokens_of(children)[-1]), span=span_of(children))

    def cap(self, children: Children) -> n.Cap:
        return n.Cap(expression_of(children), span=span_of(children))

    def exhausted(self, children: Children) -> n.Exhausted:
        return n.Exhausted(span=span_of(children))

    def otherwise(self, children: Children) -> n.Otherwise:
        """`otherwise 4`, `otherwise award 4`, `其他加 4 分`, `否则不得分`, `其余不扣分`."""
        amounts, actions = expressions_of(children), all_of(children, Action)
        if actions:
            verb = cast(Literal["DEDUCT", "AWARD", "SCORE"], actions[0].verb.type)
            return n.Otherwise(actions[0].amount, verb, span=span_of(children))
        nothing = first_token(children, "NO_POINTS", "NOT_COUNTED")
        amount = n.Number(Fraction(0), span=span_of([nothing])) if nothing else amounts[0]
        scored = nothing is not None and nothing.type == "NO_POINTS"
        return n.Otherwise(amount, "SCORE" if scored else None, span=span_of(children))

    def or_else(self, children: Children) -> n.OrElse:
        return n.OrElse(expression_of(children), _cause(children), span=span_of(children))

    def or_skip(self, children: Children) -> n.OrElse:
        return n.OrElse(None, _cause(children), span=span_of(children))

    def except_(self, children: Children) -> n.Except:
        token = next(token for token in tokens_of(children) if token.type == "NAME")
        return n.Except(name_node(token), span=span_of(children))

    def as_(self, children: Children) -> n.As:
        return n.As(name_node(tokens_of(children)[-1]), span=span_of(children))

    def code(self, children: Children) -> n.Code:
        return n.Code(text_node(tokens_of(children)[-1]), span=span_of(children))

    def severity(self, children: Children) -> n.SeverityClause:
        word = str(tokens_of(children)[0])
        return n.SeverityClause("error" if word == "error" else "warning", span=span_of(children))

    def giving(self, children: Children) -> n.Giving:
        what = cast(Literal["full", "zero", "rescale"], str(tokens_of(children)[0]))
        return n.Giving(what, span=span_of(children))

    def of_reviewers(self, children: Children) -> n.OfReviewers:
        median = str(tokens_of(children)[0]) == "median"
        return n.OfReviewers("median" if median else "average", span=span_of(children))

    def one_of(self, children: Children) -> n.OneOf:
        return n.OneOf((expression_of(children),), span=span_of(children))

    def part_policy(self, children: Children) -> n.PartOfStep:
        word = next((token.type for token in reversed(tokens_of(children)) if token.type != "DE"), "")
        part = cast(Part, {"PRO_RATA": "fractional", "NOT_COUNTED": "full"}.get(word, "started"))
        return n.PartOfStep(part, expressions_of(children), span=span_of(children))

    def clause(self, children: Children) -> object:
        return children[0]

    def clause_line(self, children: Children) -> tuple[object, ...]:
        return tuple(children)

    def judged_clauses(self, children: Children) -> tuple[object, ...]:
        return tuple(children)

    # ---- steps and counts

    def step_size(self, children: Children) -> n.Expression:
        return expression_of(children)

    def per_below(self, children: Children) -> n.Step:
        return _step(children, "below")

    def per_above(self, children: Children) -> n.Step:
        return _step(children, "above")

    def per_differs(self, children: Children) -> n.Step:
        return _step(children, "differs")

    def per_below_of_condition(self, children: Children) -> n.Step:
        return n.Step(expression_of(children), None, None, "below", _part(children), span=span_of(children))

    def per_above_of_condition(self, children: Children) -> n.Step:
        return n.Step(expression_of(children), None, None, "above", _part(children), span=span_of(children))

    def per_below_printed(self, children: Children) -> n.Step:
        return _printed_step(children, "below")

    def per_above_printed(self, children: Children) -> n.Step:
        return _printed_step(children, "above")

    def per_below_unbounded(self, children: Children) -> n.Step:
        size = expressions_of(children)[-1]
        return n.Step(size, None, None, "below", None, span=span_of(children))

    def per_above_unbounded(self, children: Children) -> n.Step:
        size = expressions_of(children)[-1]
        return n.Step(size, None, None, "above", None, span=span_of(children))

    def per_differs_printed(self, children: Children) -> n.Step:
        return _printed_step(children, "differs")

    def per_count(self, children: Children) -> n.Each:
        return n.Each(expression_of(children), None, None, None, span=span_of(children))

    def per_count_of(self, children: Children) -> n.Each:
        size = self.number(tokens_of(children)[1:2])
        return n.Each(expression_of(children), None, None, None, size, span=span_of(children))

    def per_row(self, children: Children) -> n.Each:
        names = [name_node(token) for token in tokens_of(children) if token.type == "NAME"]
        where = expressions_of(children)
        return n.Each(None, names[0], names[1], where[0] if where else None, span=span_of(children))

    def per_count_printed(self, children: Children) -> n.Each:
        count, size = expressions_of(children)
        return n.Each(count, None, None, None, _more_than_one(size), span=span_of(children))

    def per_count_timed(self, children: Children) -> n.Each:
        return n.Each(expression_of(children), None, None, None, span=span_of(children))

    def per_count_named(self, children: Children) -> n.Each:
        name = next(token for token in tokens_of(children) if token.type == "NAME")
        size = _more_than_one(expression_of(children))
        return n.Each(
            n.Name(name_node(name).name, span=span_of([name])), None, None, None, size, span=span_of(children)
        )

    def per_row_printed(self, children: Children) -> n.Each:
        rows, row = [name_node(token) for token in tokens_of(children) if token.type == "NAME"]
        size, *where = expressions_of(children)
        return n.Each(None, row, rows, where[0] if where else None, _more_than_one(size), span=span_of(children))

    # ---- statements

    def let(self, children: Children) -> n.Let:
        name = next(token for token in tokens_of(children) if token.type == "NAME")
        tables = all_of(children, Rows)
        if tables:
            return n.Let(name_node(name), tables[0].table, tables[0].clauses, span=span_of(children))
        return n.Let(name_node(name), expression_of(children), clauses_of(children), span=span_of(children))

    def condition(self, children: Children) -> n.If:
        return n.If(expression_of(children), span=span_of(children))

    def action(self, children: Children) -> Action:
        return Action(tokens_of(children)[0], expression_of(children), span_of(children))

    def move(self, children: Children) -> n.Move:
        actions, tables = all_of(children, Action), all_of(children, Rows)
        span, clauses = span_of(children), clauses_of(children)
        if actions:
            verb, amount = actions[0].verb.type, actions[0].amount
        else:
            table = tables[0] if tables else printed_table(children)
            word = first_token(children, "DEDUCT", "AWARD", "SCORE", "DEDUCTED", "AWARDED", "SCORED")
            assert word is not None, "a table stands behind a verb or before one"
            verb, amount = word.type, table.table
            clauses = (*clauses, *table.clauses) if tables else clauses
            # The rows stand in the table; the statement's own place is its head.
            span = span_of([*all_of(children, n.If), *tokens_of(children), table])
        per, clauses = _per(children, clauses)
        if per is None and (parted := _by_condition(amount, verb, clauses)) is not None:
            amount, clauses = parted
        return MOVES[verb](amount, clauses, per, span=span)

    def total_is(self, children: Children) -> n.Score:
        return n.Score(expression_of(children), clauses_of(children), span=span_of(children))

    def beyond(self, children: Children) -> Several:
        """`X ≤ T，计 N 分；每超过 S 扣 A 分`: the part starts at N; for every S that X is beyond T, A is taken from that."""
        step = only(children, n.Step)
        place = children.index(step)
        head, rest = children[:place], children[place:]
        (given,) = all_of(head, Action)
        printed = next(iter(all_of(head, n.If)), None)
        condition = printed.condition if printed is not None else expression_of(head)
        if isinstance(condition, n.Name):
            condition = next(compared_in(condition), condition)
        per, clauses = _per(rest, (n.If(condition, span=condition.span), *clauses_of(rest)))
        inside = {"below": ("<", "<="), "above": (">", ">=")}.get(step.direction, ())
        if isinstance(condition, n.Comparison) and condition.operators[0] in inside:
            # Steps that lie where the points are given: the check tells it of a rule that holds beyond them.
            outside = n.If(n.Operation("not", (condition,), span=condition.span), span=condition.span)
            clauses = (outside, *clauses[1:])
        else:
            clauses = clauses[1:]
        start = n.StartAt(given.amount, None, None, (), span=span_of(head))
        return Several((start, n.Deduct(expression_of(rest), clauses, per, span=span_of(rest))), span_of(children))

    def start_at(self, children: Children) -> n.StartAt:
        printed = all_of(children, n.If)
        expressions = expressions_of(children)
        condition: n.Expression | None = None
        if printed:
            condition, amount, *rest = printed[0].condition, *expressions
        elif len(expressions) == 3:
            amount, condition, *rest = expressions
        else:
            amount, *rest = expressions
        quiet = tuple(c for c in clauses_among(children) if not isinstance(c, n.If))
        return n.StartAt(amount, condition, rest[0] if rest else None, quiet, span=span_of(children))

    def restore(self, children: Children) -> n.Restore:
        name = name_node(next(token for token in tokens_of(children) if token.type == "NAME"))
        clauses, span = clauses_of(children), span_of(children)
        if first_token(children, "BY"):
            return n.Restore(printed_table(children).table, name, clauses, span=span)
        if tables := all_of(children, Rows):
            return n.Restore(tables[0].table, name, (*clauses, *tables[0].clauses), span=span)
        return n.Restore(expression_of(children), name, clauses, span=span)

    def together(self, children: Children) -> n.Together:
        amount = expression_of(children)
        cap = n.Cap(amount, span=amount.span)
        return n.Together(statements_of(children), (*clauses_of(children), cap), span=_head(children))

    def highest_of(self, children: Children) -> n.HighestOf:
        return n.HighestOf(statements_of(children), clauses_of(children), span=_head(children))

    def checklist_row(self, children: Children) -> ChecklistRow:
        return ChecklistRow(expression_of(children), clauses_of(children), span_of(children))

    def checklist(self, children: Children) -> n.Checklist:
        """Its rows are moves of the one amount, each under its own condition."""
        action, rows = only(children, Action), all_of(children, ChecklistRow)
        fails = str(first_token(children, "EACH_OF_THESE")) == "fails"
        make = MOVES[action.verb.type]
        body = tuple(make(action.amount, (row.must(holds=not fails), *row.clauses), span=row.span) for row in rows)
        head = span_of([child for child in children if not isinstance(child, ChecklistRow)])
        return n.Checklist(body, clauses_of(children), span=head)

    def zero(self, children: Children) -> n.Zero:
        target: Target = "total" if first_token(children, "VETO") else _target(children)
        return n.Zero(target, clauses_of(children), span=span_of(children))

    def limit(self, children: Children) -> n.Limit:
        return n.Limit(_target(children), expression_of(children), clauses_of(children), span=span_of(children))

    def regrade_is(self, children: Children) -> n.Regrade:
        return n.Regrade("is", only(children, n.Text), None, clauses_of(children), span=span_of(children))

    def regrade_not(self, children: Children) -> n.Regrade:
        return n.Regrade("not", only(children, n.Text), None, clauses_of(children), span=span_of(children))

    def regrade_limit(self, children: Children) -> n.Regrade:
        return n.Regrade("limit", only(children, n.Text), None, clauses_of(children), span=span_of(children))

    def regrade_lower(self, children: Children) -> n.Regrade:
        return n.Regrade("lower", None, expression_of(children), clauses_of(children), span=span_of(children))

    def skip(self, children: Children) -> n.Skip:
        total = first_token(children, "TOTAL", "NOT_RATED") is not None
        return n.Skip("total" if total else "own", clauses_of(children), span=span_of(children))

    def check(self, children: Children) -> n.Check:
        return n.Check(expression_of(children), clauses_of(children), span=span_of(children))

    def allow(self, children: Children) -> n.Allow:
        return n.Allow(name_node(tokens_of(children)[1]), clauses_of(children), span=span_of(children))

    def judged(self, children: Children) -> n.Judged:
        """A value alone is one more of `one of`, a number of reviewers says when extremes are dropped."""
        items = flat(children)
        clauses: list[n.Clause] = []
        for item in items:
            last = clauses[-1] if clauses else None
            if isinstance(item, n.Dropping | Enough):
                continue
            if isinstance(item, n.Clause):
                clauses.append(item)
            elif isinstance(item, n.Expression) and isinstance(last, n.OneOf):
                clauses[-1] = attrs.evolve(last, choices=(*last.choices, item), span=last.span.to(item.span))
            elif isinstance(item, n.Expression):
                clauses.append(n.OneOf((item,), span=item.span))
        if dropping := dropping_of(items):
            clauses.append(dropping)
        levels = all_of(items, n.Level)
        return n.Judged(tuple(clauses), levels, span=span_of([c for c in children if not isinstance(c, n.Level)]))

    def for_each(self, children: Children) -> n.ForEach:
        names = [name_node(token) for token in tokens_of(children) if token.type == "NAME"]
        where = [child for child in children if isinstance(child, n.Expression)]
        by: n.Name | None = None
        if first_token(children, "GROUPED"):
            rows, by, row = names
        elif len(names) == 3:
            row, rows, by = names
        else:
            row, rows = loop_names(children, names)
        head = span_of([*tokens_of(children), *where])
        return n.ForEach(row, rows, where[0] if where else None, by, statements_of(children), span=head)

    # ---- bounds of a part

    def bound_reach(self, children: Children) -> n.PartBound:
        return n.PartBound("reach", expression_of(children), span=span_of(children))

    def bound_least(self, children: Children) -> n.PartBound:
        return n.PartBound("least", expression_of(children), span=span_of(children))

    def bound_no_maximum(self, children: Children) -> n.PartBound:
        return n.PartBound("no maximum", span=span_of(children))

    def bound_below_zero(self, children: Children) -> n.PartBound:
        return n.PartBound("below 0", span=span_of(children))

    def bound_not_below_zero(self, children: Children) -> n.PartBound:
        return n.PartBound("not below 0", span=span_of(children))


def _by_condition(
    amount: n.Expression, verb: str, clauses: tuple[n.Clause, ...]
) -> tuple[n.Table, tuple[n.Clause, ...]] | None:
    """`award 5 if C, otherwise 4` is one amount, by the rows `when C : 5` and `otherwise : 4`: where data leave C open it is one of
    the two, never both. None where it is not that form, and the clause stays for the check to tell."""
    conditions = [clause for clause in clauses if isinstance(clause, n.If)]
    others = [clause for clause in clauses if isinstance(clause, n.Otherwise)]
    if len(conditions) != 1 or len(others) != 1 or isinstance(amount, n.Table):
        return None
    (condition,), (other,) = conditions, others
    if other.verb not in (None, verb):
        return None
    rows = (
        n.TableRow((), condition.condition, amount, span=condition.span),
        n.TableRow((n.Bounds(span=other.span),), None, other.amount, span=other.span),
    )
    left = tuple(clause for clause in clauses if clause is not condition and clause is not other)
    return n.Table((), rows, span=amount.span), left


def _cause(children: Children) -> n.Cause:
    if first_token(children, "MISSING", "MISSING_AS", "MISSING_SKIPPED"):
        return "missing"
    if first_token(children, "UNDEFINED", "UNDEFINED_AS", "UNDEFINED_SKIPPED"):
        return "undefined"
    return "not applicable"


def _head(children: Children) -> Span:
    """The line of a group, without what stands in it."""
    return span_of([child for child in children if not isinstance(child, n.Statement)])


def _target(children: Children) -> Target:
    if first_token(children, "TOTAL"):
        return "total"
    token = first_token(children, "NAME", "STRING")
    if token is None:
        return "own"
    return name_node(token) if token.type == "NAME" else n.Name(text_node(token).value, span=span_of([token]))


def _step(children: Children, direction: Literal["below", "above", "differs"]) -> n.Step:
    size, value, bound = expressions_of(children)
    return n.Step(size, value, bound, direction, _part(children), span=span_of(children))


def _printed_step(children: Children, direction: Literal["below", "above", "differs"]) -> n.Step:
    value, bound, size = expressions_of(children)
    return n.Step(size, value, bound, direction, None, span=span_of(children))


def _more_than_one(size: n.Expression) -> n.Expression | None:
    """`每有 1 例` counts every one."""
    return None if isinstance(size, n.Number) and size.value == Fraction(1) and not size.percent else size


def _same_size(said: n.Expression, size: n.Expression | None) -> bool:
    """`不足 1 个百分点不计` says what a part of a step of 1 counts, and nothing of a step of 2."""
    one = size is None and isinstance(said, n.Number) and said.value == 1
    return one or (isinstance(said, n.Number) and isinstance(size, n.Number) and said.value == size.value)


def _per(children: Children, clauses: tuple[n.Clause, ...]) -> tuple[n.Per | None, tuple[n.Clause, ...]]:
    """What the amount is counted by, and the clauses left. A printed step may take its value and bound from the condition in
    front, and what a part of a step counts from a clause behind."""
    per = next((child for child in children if isinstance(child, n.Per)), None)
    said = next((clause for clause in clauses if isinstance(clause, n.PartOfStep)), None)
    match per, said:
        case n.Step(part=None, size=size), n.PartOfStep(part, sizes) if all(_same_size(s, size) for s in sizes):
            per = attrs.evolve(per, part=part)
        case n.Each(of=of), n.PartOfStep(part, sizes) if all(_same_size(s, of) for s in sizes) and (
            of is None or part == "full"
        ):
            pass  # Whole ones are counted anyway.
        case _:
            said = None
    left = tuple(clause for clause in clauses if clause is not said)
    if isinstance(per, n.Step) and per.value is None and per.bound is None:
        condition = next((clause.condition for clause in clauses if isinstance(clause, n.If)), None)
        if isinstance(condition, n.Comparison) and len(condition.operands) == 2:
            value, bound = condition.operands
            per = attrs.evolve(per, value=value, bound=bound)
    return per, left


def _part(children: Children) -> Part | None:
    """What a part of a step counts, where a word says it."""
    word = first_token(children, "PART")
    return None if word is None else cast(Part, str(word))
