"""What a rule file may say and hardly means: rules that cannot matter, conditions that cannot fail, the same thing twice.

Each is a warning an author would be glad of, so each asks for little and is sure of what it says: conditions are compared
as facts about one thing (`conditions`), never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from attrs import frozen

from steelyard.bind.symbols import LetSymbol, PartSymbol
from steelyard.check.clauses import condition_of
from steelyard.check.conditions import Conditions
from steelyard.check.constants import constant
from steelyard.check.expressions import Expressions
from steelyard.check.model import PartBounds
from steelyard.check.parts import OUTSIDE, Scope, flatten
from steelyard.check.tables import is_otherwise
from steelyard.diagnostics.model import Diagnostic, Fact, Fix, Label, Words
from steelyard.source import RulePath
from steelyard.syntax import nodes as n
from steelyard.syntax.walk import walk
from steelyard.values.numbers import show

REASONS_EXPECTED = 3
"""From so many rules with a reason on, one without is an oversight, if at least three in four have one."""
PAIRS_LIMIT = 200
"""Rules of one block that are compared with each other; a block of more is a list that nobody wrote by hand."""


@frozen
class Doubts:
    """What is looked at, and what is known of it."""

    expressions: Expressions
    conditions: Conditions
    bounds: Mapping[int, PartBounds]
    """Of parts by their key, of the total by TOTAL_KEY."""
    bottomless: bool
    """Does the scheme say that scores may go below 0?"""

    def report(self, code: str, node: n.Node, *labels: Label, **facts: Fact) -> None:
        self.expressions.findings.found.append(Diagnostic(code, facts, node.span, labels=labels))


def check_doubts(every: Sequence[Scope], key_of: Mapping[int, int], doubts: Doubts) -> None:
    """All parts of a file; `key_of` leads from a scope's place in the list to the key of its bounds."""
    for index, scope in enumerate(every):
        for block in _blocks(scope.statements):
            _twice_deducted(block, doubts)
            _scored_twice(block, doubts)
            _hidden_by_zero(block, doubts)
        _never_reached(scope, doubts)
        _deducted_from_nothing(scope, doubts)
        _counted_twice(scope, doubts)
        _too_much(scope, doubts.bounds[key_of[index]], doubts)
        _bottomless(scope, doubts)
        for statement in flatten(scope.statements):
            for condition in _conditions_of(statement):
                check = isinstance(statement, n.Check) and condition is statement.test
                _constant_condition(condition, check, doubts)
                if not check:
                    _equal_to_computed(condition, doubts)
    for table in doubts.expressions.tables.values():
        _table_of_computed(table, doubts)
        for row in table.rows:
            if row.when is not None:
                _constant_condition(row.when, False, doubts)
    _without_reason(every, doubts)


def _blocks(statements: tuple[n.Statement, ...]) -> Iterator[tuple[n.Statement, ...]]:
    """Statements that stand beside each other: of the part, of each loop. What a group holds is together on purpose."""
    yield statements
    for statement in statements:
        if isinstance(statement, n.ForEach):
            yield from _blocks(statement.body)


def _conditions_of(statement: n.Statement) -> Iterator[n.Expression]:
    condition = condition_of(getattr(statement, "clauses", ()))
    if condition is not None:
        yield condition
    match statement:
        case n.ForEach(where=where) if where is not None:
            yield where
        case n.Deduct(per=n.Each(where=where)) | n.Award(per=n.Each(where=where)) | n.Score(per=n.Each(where=where)):
            if where is not None:
                yield where
        case n.StartAt(condition=n.Node() as start):
            yield start
        case n.Check(test=test):
            yield test
        case _:
            pass


# ---- one rule against another


def _plain(block: Sequence[n.Statement], kind: type[n.Deduct] | type[n.Score]) -> list[tuple[n.Move, n.Expression]]:
    """Moves of a block on a condition, not counted by steps, which grow with the distance on purpose."""
    found: list[tuple[n.Move, n.Expression]] = []
    for statement in block:
        if isinstance(statement, kind) and not isinstance(statement.per, n.Step):
            condition = condition_of(statement.clauses)
            if condition is not None:
                found.append((statement, condition))
    return found[:PAIRS_LIMIT]


def _twice_deducted(block: Sequence[n.Statement], doubts: Doubts) -> None:
    """Two deductions for one datum, the second where the first holds already."""
    told: set[int] = set()
    for (first, a), (second, b) in combinations(_plain(block, n.Deduct), 2):
        if second.key in told or not (_one_fact(a, doubts) and _one_fact(b, doubts)):
            continue
        narrower = b if doubts.conditions.implies(b, a) else a if doubts.conditions.implies(a, b) else None
        if narrower is not None:
            told.add(second.key)
            doubts.report("W171", second, Label(first.span, "first-here"), condition=narrower.span.text)


def _one_fact(condition: n.Expression, doubts: Doubts) -> bool:
    facts = doubts.conditions.facts(condition)
    return len(facts.all) == 1 and facts.exact


def _scored_twice(block: Sequence[n.Statement], doubts: Doubts) -> None:
    """Two scores for one thing, whose conditions hold of some value at once: both would count."""
    told: set[int] = set()
    for (first, a), (second, b) in combinations(_plain(block, n.Score), 2):
        if second.key not in told and doubts.conditions.can_both_hold(a, b):
            told.add(second.key)
            doubts.report("W174", second, Label(first.span, "first-here"), condition=b.span.text)


def _hidden_by_zero(block: Sequence[n.Statement], doubts: Doubts) -> None:
    """A move that holds only where a `zero` takes everything anyway."""
    zeros = [
        (statement, condition)
        for statement in block
        if isinstance(statement, n.Zero) and not any(isinstance(c, n.Except) for c in statement.clauses)
        if (condition := condition_of(statement.clauses)) is not None
    ]
    for statement in block if zeros else ():
        if not isinstance(statement, n.Deduct | n.Award | n.Score | n.Limit):
            continue
        # What is answered where data are missing counts where the zero does not.
        if any(isinstance(clause, n.OrElse) for clause in statement.clauses):
            continue
        condition = _holds_where(statement)
        for zero, other in zeros:
            acts_here = isinstance(zero.target, str) and not isinstance(statement, n.Limit)
            if condition is not None and acts_here and doubts.conditions.implies(condition, other):
                doubts.report("W175", statement, Label(zero.span, "zero-here"), condition=other.span.text)
                break


def _holds_where(statement: n.Move | n.Limit) -> n.Expression | None:
    """What must hold for a statement to count: its condition, or being beyond the bound of its steps."""
    condition = condition_of(statement.clauses)
    return condition if condition is not None or isinstance(statement, n.Limit) else _beyond_bound(statement)


def _beyond_bound(move: n.Move) -> n.Expression | None:
    """Where its steps count anything."""
    match move.per:
        case n.Step(value=n.Node() as value, bound=n.Node() as bound, direction="below" | "above" as side):
            operator = "<" if side == "below" else ">"
            return n.Comparison((operator,), (value, bound), span=move.per.span)
        case _:
            return None


def _deducted_from_nothing(scope: Scope, doubts: Doubts) -> None:
    """A deduction that holds only where no score gives points: a part that scores open starts there at 0, and stays there."""
    every = list(flatten(scope.statements))
    scores = [s for s in every if isinstance(s, n.Score)]
    own = any(isinstance(s, n.PartBound) and s.kind in ("below 0", "least") for s in scope.statements)
    if not scores or doubts.bottomless or own or scope.kind in OUTSIDE or len(every) > PAIRS_LIMIT:
        return
    loops = [s for s in every if isinstance(s, n.ForEach)]
    if any(isinstance(s, n.Score | n.Award) for loop in loops for s in flatten(loop.body)):
        return  # Where one row has no points, another may.
    given = [_gives_where(s, doubts) for s in every if isinstance(s, n.Score | n.Award)]
    for deduct in every:
        if not isinstance(deduct, n.Deduct) or any(isinstance(clause, n.OrElse) for clause in deduct.clauses):
            continue
        needed = [c for c in (condition_of(deduct.clauses), _beyond_bound(deduct)) if c is not None]
        holds = next((c for c in needed if all(g is not None and doubts.conditions.exclude(g, c) for g in given)), None)
        if holds is None:
            continue
        score = min(scores, key=lambda s: abs(s.span.start - deduct.span.start))
        label = Label(score.span, "score-here")
        form = _beyond_form(score, deduct, chinese=doubts.expressions.bound.file.language == "zh")
        # In a group no part starts.
        alone = {id(statement) for statement in scope.statements} >= {id(score), id(deduct)}
        fixes = (Fix("write-rule", (), {"shown": form}),) if form and alone and len(scores) == 1 else ()
        found = Diagnostic("W189", {"condition": holds.span.text}, deduct.span, labels=(label,), fixes=fixes)
        doubts.expressions.findings.found.append(found)


def _gives_where(move: n.Move, doubts: Doubts) -> n.Expression | None:
    """Where a score gives points, None where that may be anywhere."""
    if move.per is not None or any(isinstance(clause, n.OrElse) for clause in move.clauses):
        return None
    match move.amount:
        case n.Table(keys=(), rows=(n.TableRow(when=n.Node() as when), n.TableRow(value=other))) if (
            constant(other) == 0
        ):
            return when
        case n.Table(keys=(key,), rows=rows, interpolated=False, versions=()) if len(rows) <= PAIRS_LIMIT:
            found = [_row_where(key, row) for row in rows if constant(row.value) != 0]
            known = [condition for condition in found if condition is not None]
            if not known or len(known) < len(found):
                return None
            return known[0] if len(known) == 1 else n.Operation("or", tuple(known), span=key.span)
        case n.Table():
            return None
        case _:
            return condition_of(move.clauses)


def _row_where(key: n.Expression, row: n.TableRow) -> n.Expression | None:
    """What a row of a table asks of its only key, as a condition."""
    match row.tests:
        case (n.Bounds(bare=None) as bounds,) if bounds.low is not None or bounds.high is not None:
            ends: list[n.Expression] = []
            if bounds.low is not None:
                ends.append(n.Comparison((">=" if bounds.low_included else ">",), (key, bounds.low), span=row.span))
            if bounds.high is not None:
                ends.append(n.Comparison(("<=" if bounds.high_included else "<",), (key, bounds.high), span=row.span))
            return ends[0] if len(ends) == 1 else n.Operation("and", tuple(ends), span=row.span)
        case (n.IsOneOf(values),):
            return n.Membership(key, values, span=row.span)
        case _:
            return None


def _beyond_form(score: n.Move, deduct: n.Deduct, *, chinese: bool) -> str | None:
    """The score and the deduction as one rule, where both are of one bound; else where the part starts. None for a table, whose
    rows say it themselves."""
    condition, amount = condition_of(score.clauses), score.amount
    match amount:
        case n.Table(keys=(), rows=(n.TableRow(when=n.Node() as when, value=value), *_)):
            condition, amount = when, value
        case n.Table():
            return None
        case _:
            pass
    points, taken = amount.span.text, deduct.amount.span.text
    match deduct.per, condition:
        case n.Step(direction="above" | "below" as side, bound=bound, size=size, part=part), n.Comparison(
            (_,), (_, other)
        ) if bound == other:
            each = size.span.text
            if chinese:
                every = "每超过" if side == "above" else "每低于"
                said = {"fractional": "按比例计算", "full": "不计", "started": f"按 {each} 计"}.get(part or "")
                policy = f"，不足 {each} {said}" if said else ""
                return f"{condition.span.text}，计 {points} 分；{every} {each}，扣 {taken} 分{policy}"
            every = f"for every {part} {each}" if part else f"for every {each}"
            return f"score {points} if {condition.span.text}; {every} {side}, deduct {taken}"
        case _:
            return f"从 {points} 分起评" if chinese else f"start at {points}"


def _never_reached(scope: Scope, doubts: Doubts) -> None:
    """A `zero` or `skip` of the part itself on no condition: nothing else in it counts."""
    for statement in scope.statements:
        if not isinstance(statement, n.Zero | n.Skip) or statement.target != "own":
            continue
        if any(isinstance(clause, n.If | n.Except) for clause in statement.clauses):
            continue
        others = (
            s for s in scope.statements if s is not statement and not isinstance(s, n.Let | n.Allow | n.PartBound)
        )
        if scope.parts or any(others):
            doubts.report("W178", statement)


# ---- one rule


def _constant_condition(condition: n.Expression, check: bool, doubts: Doubts) -> None:
    """A condition that the declared ranges decide. A `check` that always holds is only careful."""
    pieces = [node for node in walk(condition) if isinstance(node, n.Comparison | n.Membership)] if not check else []
    for piece in [*pieces, condition] if condition not in pieces else pieces:
        never = doubts.conditions.never(piece)
        if not never and (check or not doubts.conditions.always(piece)):
            continue
        # What a code table does not hold has no value: that is told when it comes, and its rows say nothing of it.
        lookups = (node for node in walk(piece) if isinstance(node, n.Table) and node.lookup is not None)
        if any(not is_otherwise(table.rows[-1]) for table in lookups if table.rows):
            continue
        doubts.report("W179", piece, text=piece.span.text, answer=Words("never" if never else "always"))
        return


def _equal_to_computed(condition: n.Expression, doubts: Doubts) -> None:
    """`rate = 0.9` of a quotient: hardly ever exactly so. 0 and 1 are met, where numbers are equal."""
    for node in walk(condition):
        if not isinstance(node, n.Comparison):
            continue
        for operator, left, right in zip(node.operators, node.operands, node.operands[1:], strict=False):
            for side, other in ((left, right), (right, left)):
                if operator in ("=", "!=") and _odd(other) and _is_quotient(side, doubts.expressions):
                    doubts.report("W170", node, value=side.span.text, text=other.span.text)


def _table_of_computed(table: n.Table, doubts: Doubts) -> None:
    for index, key in enumerate(table.keys):
        if not _is_quotient(key, doubts.expressions):
            continue
        for row in table.rows:
            test = row.tests[index] if len(row.tests) == len(table.keys) else None
            for value in test.values if isinstance(test, n.IsOneOf) else ():
                if _odd(value):
                    doubts.report("W170", value, value=key.span.text, text=value.span.text)


def _odd(value: n.Expression) -> bool:
    written = constant(value)
    return written is not None and written not in (0, 1)


def _is_quotient(node: n.Expression, expressions: Expressions, depth: int = 0) -> bool:
    """Is it divided, and not rounded after that?"""
    match node:
        case n.Operation("/", (_, below)):
            return constant(below) is None
        case n.Operation("+" | "*" | "neg", operands):
            return any(_is_quotient(operand, expressions, depth) for operand in operands)
        case n.Name():
            symbol = expressions.bound.refers_to.get(node.key)
            return (
                isinstance(symbol, LetSymbol) and depth < 20 and _is_quotient(symbol.let.value, expressions, depth + 1)
            )
        case n.Call() | n.Aggregate():
            return expressions.bound.functions.get(node.function.key) in ("attainment", "excess", "average")
        case _:
            return False


def _counted_twice(scope: Scope, doubts: Doubts) -> None:
    """`total = base + extra` where `extra` is a bonus of the same place: it is added behind the formula, too."""
    outside = {doubts.expressions.bound.paths[part.key]: part for part in scope.parts if part.kind in OUTSIDE}
    for statement in flatten(scope.statements) if outside else ():
        if isinstance(statement, n.Score):
            for path, node in _parts_read(statement.amount, doubts.expressions, set()):
                if path in outside:
                    part = outside.pop(path)
                    place = node if statement.span.start <= node.span.start < statement.span.end else statement
                    label = Label(part.name.span, "part-here")
                    doubts.report("W190", place, label, part=part.name.name, kind=Words(part.kind))


def _parts_read(
    node: n.Expression, expressions: Expressions, seen: set[str]
) -> Iterator[tuple[RulePath, n.Expression]]:
    """The parts whose scores a value is computed from, also through lets."""
    for inner in walk(node):
        match expressions.bound.refers_to.get(inner.key):
            case PartSymbol(path=path) if isinstance(inner, n.Expression):
                yield path, inner
            case LetSymbol(path=path, let=let) if str(path) not in seen:
                seen.add(str(path))
                yield from _parts_read(let.value, expressions, seen)
            case _:
                pass


def _too_much(scope: Scope, bounds: PartBounds, doubts: Doubts) -> None:
    """A single score above what the part can have."""
    if not isinstance(bounds.top, Fraction) or scope.kind == "penalty":
        return
    for statement in flatten(scope.statements):
        match statement:
            case n.Score(amount=n.Table(rows=rows), per=None):
                amounts = [row.value for row in rows]
            case n.Score(amount=amount, per=None):
                amounts = [amount]
            case n.StartAt(amount=amount, otherwise=otherwise):
                amounts = [amount, *([otherwise] if otherwise is not None else [])]
            case _:
                continue
        for amount in amounts:
            value = constant(amount)
            if value is not None and value > bounds.top:
                doubts.report("W180", amount, text=amount.span.text, full=show(bounds.top))


def _bottomless(scope: Scope, doubts: Doubts) -> None:
    """Steps and counts without a cap, in a part that has no floor because the whole scheme has none."""
    own = any(isinstance(s, n.PartBound) and s.kind in ("below 0", "least") for s in scope.statements)
    if not doubts.bottomless or own or scope.kind in OUTSIDE or scope.part is None:
        return
    for statement in (s for block in _blocks(scope.statements) for s in block):
        counted = isinstance(statement, n.Deduct) and statement.per is not None
        if (
            isinstance(statement, n.Deduct)
            and counted
            and not any(isinstance(clause, n.Cap) for clause in statement.clauses)
        ):
            doubts.report("W173", statement)


def _without_reason(every: Sequence[Scope], doubts: Doubts) -> None:
    """Rules that take points and do not say why, in a file where almost all do."""
    said: list[n.Statement] = []
    unsaid: list[n.Statement] = []
    for scope in every:
        for statement, covered in _taking(scope.statements, False):
            reason = covered or any(isinstance(clause, n.Because) for clause in getattr(statement, "clauses", ()))
            (said if reason else unsaid).append(statement)
    if len(said) >= REASONS_EXPECTED and 3 * len(unsaid) <= len(said):
        for statement in unsaid:
            doubts.report("W172", statement)


def _taking(statements: Sequence[n.Statement], covered: bool) -> Iterator[tuple[n.Statement, bool]]:
    """Statements that take points; `covered` where the group around them gives the reason."""
    for statement in statements:
        match statement:
            case n.Deduct() | n.Zero():
                yield statement, covered
            case n.ForEach(body=body):
                yield from _taking(body, covered)
            case (
                n.Together(body=body, clauses=clauses)
                | n.HighestOf(body=body, clauses=clauses)
                | n.Checklist(body=body, clauses=clauses)
            ):
                yield from _taking(body, covered or any(isinstance(clause, n.Because) for clause in clauses))
            case _:
                pass
