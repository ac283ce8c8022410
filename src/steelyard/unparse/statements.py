"""Statements back to the lines of a rule file, in the printed order of the language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, assert_never

from steelyard.syntax import nodes as n
from steelyard.unparse.clauses import VERBS, Clauses

INDENT = "  "
_OWN_LINE = (n.Because, n.Under)
Lines = list[str]


def indented(lines: Iterable[str]) -> Lines:
    return [INDENT + line for line in lines]


class Statements(Clauses):
    """Writes statements."""

    def statement(self, node: n.Statement) -> Lines:
        match node:
            case n.Let():
                return self.let(node)
            case n.ForEach():
                return [self.for_each(node), *self.body(node.body)]
            case n.Deduct() | n.Award() | n.Score():
                return self.move(node)
            case n.StartAt():
                return self.start_at(node)
            case n.Restore():
                return self.restore(node)
            case n.Together() | n.HighestOf():
                return self.group(node)
            case n.Checklist():
                return self.checklist(node)
            case n.Zero():
                return self.with_tail(self.zero(node), node, node.clauses)
            case n.Limit():
                return self.with_tail(self.limit(node), node, node.clauses)
            case n.Regrade():
                return self.with_tail(self.regrade(node), node, node.clauses)
            case n.Skip():
                return self.with_tail(self.skip(node), node, node.clauses)
            case n.Check():
                return self.with_tail(f"{self.words.word('CHECK')} {self.text(node.test)}", node, node.clauses)
            case n.Judged():
                return self.judged(node)
            case n.Allow():
                return self.with_tail(f"{self.words.word('ALLOW')} {node.code.name}", node, node.clauses)
            case n.PartBound():
                return [self.bound(node)]
            case _:
                assert_never(node)

    def body(self, statements: Iterable[n.Statement]) -> Lines:
        return indented(line for statement in statements for line in self.statement(statement))

    # ---- clauses around a statement

    def front(self, clauses: tuple[n.Clause, ...]) -> tuple[str, tuple[n.Clause, ...]]:
        """Chinese: the first condition stands in front, `C 的，`; and the clauses that are left."""
        condition = next((clause for clause in clauses if isinstance(clause, n.If)), None)
        if condition is None or not self.words.zh:
            return "", clauses
        rest = tuple(clause for clause in clauses if clause is not condition)
        return f"{self.text(condition.condition)} 的，", rest

    def inline(self, head: str, node: n.Statement, clauses: tuple[n.Clause, ...]) -> str:
        """Everything on the line of the head."""
        return self.words.comma.join((head, *(self.clause(clause, node) for clause in clauses)))

    def with_tail(self, head: str, node: n.Statement, clauses: tuple[n.Clause, ...], policy: str = "") -> Lines:
        """Reasons and authorities stand under the line, the rest on it."""
        front, clauses = self.front(clauses)
        condition = [clause for clause in clauses if isinstance(clause, n.If)]
        near = [clause for clause in clauses if not isinstance(clause, (*_OWN_LINE, n.If))]
        far = [clause for clause in clauses if isinstance(clause, _OWN_LINE)]
        first = " ".join((head, *(self.clause(clause, node) for clause in condition)))
        line = self.words.comma.join((first, *([policy] if policy else []), *(self.clause(c, node) for c in near)))
        return [front + line, *indented(self.clause(clause, node) for clause in far)]

    # ---- tables

    def by(self, table: n.Table) -> str:
        """`by X, Y`, `按 X、Y`"""
        return f"{self.words.word('BY')} {self.words.pick(', ', '、').join(map(self.amount, table.keys))}"

    def by_date(self, rows: Iterable[n.Node], versions: Iterable[n.Node], write: Callable[[Any], str]) -> Lines:
        """Rows of every day and blocks of rows by date, in the order they stand in."""
        lines: Lines = []
        blocks = tuple(versions)
        for one in sorted((*rows, *blocks), key=lambda node: node.span.start) if blocks else rows:
            if isinstance(one, n.RowVersion | n.GradeVersion):
                lines += [self.since(one.start), *indented(map(write, one.rows))]
            else:
                lines.append(write(one))
        return lines

    def rows_of(self, table: n.Table, *, points: bool = True) -> Lines:
        return indented(self.by_date(table.rows, table.versions, lambda row: self.table_row(row, points=points)))

    def interpolated(self, table: n.Table) -> str:
        return f"{self.words.comma}{self.words.word('INTERPOLATED')}" if table.interpolated else ""

    def let(self, node: n.Let) -> Lines:
        head, name = self.words.word("LET"), self.words.name(node.name.name)
        if isinstance(node.value, n.Table):
            keys = f"{head} {name} {self.by(node.value)}{self.interpolated(node.value)}"
            return [self.inline(keys, node, node.clauses), *self.rows_of(node.value, points=False)]
        return self.with_let_tail(f"{head} {name} = {self.text(node.value)}", node)

    def with_let_tail(self, head: str, node: n.Let) -> Lines:
        lines = [head]
        for clause in node.clauses:
            if isinstance(clause, n.OrElse):
                lines[0] += self.words.comma + self.clause(clause, node)
            else:
                lines.append(INDENT + self.clause(clause, node))
        return lines

    # ---- moves

    def move(self, node: n.Move) -> Lines:
        words, verb = self.words, VERBS[type(node)]
        if isinstance(node.amount, n.Table):
            if not node.amount.keys:
                return self.either(node, node.amount)
            front, clauses = self.front(node.clauses)
            keys = self.by(node.amount)
            head = f"{keys} {words.word(f'{verb}D' if verb == 'SCORE' else f'{verb}ED')}" if words.zh else (
                f"{words.word(verb)} {keys}"
            )  # fmt: skip
            head = front + self.inline(head + self.interpolated(node.amount), node, clauses)
            return [head, *self.rows_of(node.amount)]
        if node.per is not None and self.before_verb(node.per):
            head = f"{self.counted_before(node.per)}{words.word(verb)} {self.points(node.amount)}"
            return self.with_tail(head, node, node.clauses, self.policy(node.per))
        per = f" {self.counted_behind(node.per)}" if node.per is not None else ""
        return self.with_tail(f"{words.word(verb)} {self.points(node.amount)}{per}", node, node.clauses)

    def before_verb(self, per: n.Per) -> bool:
        """English counts every second row in the printed Chinese way alone."""
        return self.words.zh or (isinstance(per, n.Each) and per.count is None and per.of is not None)

    def either(self, node: n.Move, table: n.Table) -> Lines:
        """`award 5 if C, otherwise 4`"""
        first, other = table.rows
        assert first.when is not None, "the first row holds under its condition"
        condition = n.If(first.when, span=first.span)
        otherwise = n.Otherwise(other.value, None, span=other.span)
        head = f"{self.words.word(VERBS[type(node)])} {self.points(first.value)}"
        return self.with_tail(head, node, (condition, otherwise, *node.clauses))

    def start_at(self, node: n.StartAt) -> Lines:
        words = self.words
        if node.condition is not None and node.otherwise is None:
            head = f"{self.text(node.condition)} 的，从 {self.amount(node.amount)} 分起评"
            head = head if words.zh else f"条件 {head}"
        else:
            head = f"{words.word('START_AT')} {self.points(node.amount)}"
            if node.condition is not None and node.otherwise is not None:
                other = f"{words.word('OTHERWISE')} {self.points(node.otherwise)}"
                head += f" {words.word('IF')} {self.text(node.condition)}{words.comma}{other}"
        return [self.inline(head, node, node.clauses)]

    def restore(self, node: n.Restore) -> Lines:
        words, name = self.words, self.words.name(node.of.name)
        if isinstance(node.amount, n.Table):
            front, clauses = self.front(node.clauses)
            by = self.by(node.amount)
            head = words.pick(f"restore of {name} {by}", f"{by} 恢复 {name}")
            if node.amount.interpolated:  # Printed Chinese has no place for the word: both read the other order.
                head = f"{words.word('RESTORE')} {words.word('OF')} {name} {by}{self.interpolated(node.amount)}"
            return [front + self.inline(head, node, clauses), *self.rows_of(node.amount)]
        amount = self.amount(node.amount)
        return self.with_tail(words.pick(f"restore {amount} of {name}", f"恢复 {name} 的 {amount}"), node, node.clauses)

    # ---- groups

    def group(self, node: n.Together | n.HighestOf) -> Lines:
        words, clauses = self.words, node.clauses
        head = words.word("HIGHEST_OF")
        if isinstance(node, n.Together):
            *others, cap = clauses
            assert isinstance(cap, n.Cap), "the cap of a group comes last"
            clauses = tuple(others)
            head = words.pick(f"together, up to {self.amount(cap.amount)}", f"累计不超过 {self.points(cap.amount)}")
        front, clauses = self.front(clauses)
        return [front + self.inline(head, node, clauses), *self.body(node.body)]

    def checklist(self, node: n.Checklist) -> Lines:
        words = self.words
        first = node.body[0]
        assert isinstance(first, n.Deduct | n.Award | n.Score), "its rows are moves"
        rows = [checklist_row(row) for row in node.body]
        fails = all(isinstance(row, n.Operation) and row.operator == "not" for row, _ in rows)
        head = f"{words.word(VERBS[type(first)])} {self.points(first.amount)}"
        each = words.word("EACH_OF_THESE", "fails" if fails else "holds")
        front, clauses = self.front(node.clauses)
        lines = [front + self.inline(words.pick(f"{head} {each}", f"{each}，{head}"), node, clauses)]
        for row, quiet in rows:
            test = row.operands[0] if fails and isinstance(row, n.Operation) else row
            lines += indented([self.inline(self.text(test), node, quiet)])
        return lines

    # ---- what acts on a part

    def zero(self, node: n.Zero) -> str:
        words = self.words
        if node.target == "total":
            return words.pick("zero total", "一票否决")
        if node.target == "own":
            return words.pick("zero", "本项不得分")
        return words.pick(f"zero {words.name(node.target.name)}", f"{words.quoted(node.target.name)} 不得分")

    def limit(self, node: n.Limit) -> str:
        words, to = self.words, self.points(node.to)
        if not words.zh:
            target = {"own": "", "total": "total "}.get(str(node.target))
            target = f"{words.name(node.target.name)} " if isinstance(node.target, n.Name) else target
            return f"limit {target}to {to}"
        if isinstance(node.target, n.Name):
            return f"{words.quoted(node.target.name)} 不超过 {to}"
        return f"{'总分' if node.target == 'total' else '本项'} 不超过 {to}"

    def regrade(self, node: n.Regrade) -> str:
        words = self.words
        if node.label is None:
            assert node.steps is not None, "a grade is lowered by steps"
            steps = self.amount(node.steps)
            return words.pick(f"lower grade by {steps}", f"等级 降 {steps} 级")
        label = self.label(node.label)
        zh = {"is": "直接判为", "not": "不得评为", "limit": "最高评为"}.get(node.how, "")
        en = {"is": "grade is", "not": "grade not", "limit": "limit grade to"}.get(node.how, "")
        return words.pick(f"{en} {label}", f"{zh} {label}")

    def label(self, label: n.Text) -> str:
        """A grade without quotes may have its 级 glued to it (判为D级), so it stays without."""
        return label.value if label.span.text == label.value else self.words.quoted(label.value)

    def skip(self, node: n.Skip) -> str:
        return self.words.pick(*(("skip total", "不予评价") if node.target == "total" else ("skip", "不考核")))

    def judged(self, node: n.Judged) -> Lines:
        last = sorted(node.clauses, key=lambda clause: isinstance(clause, n.OneOf))
        head = self.inline(self.words.word("JUDGED"), node, tuple(last))
        return [head, *indented(map(self.level, node.levels))]

    def for_each(self, node: n.ForEach) -> str:
        words, row, rows = self.words, self.words.name(node.row.name), self.words.value_name(node.rows.name)
        condition = self.text(node.where) if node.where is not None else None
        if words.zh:
            where = f"，{words.word('WHERE')} {condition}" if condition else ""
            if node.by is not None:
                return f"对 {rows} 按 {words.name(node.by.name)} 分组，每组 {row}{where}"
            return f"对 {rows} 中每个 {row}{where}"
        where = f" {words.word('WHERE')} {condition}" if condition else ""
        by = f" by {words.name(node.by.name)}" if node.by is not None else ""
        return f"for each {row} in {rows}{where}{by}"

    def bound(self, node: n.PartBound) -> str:
        terminal = {
            "reach": "MAY_REACH", "least": "AT_LEAST", "no maximum": "NO_MAXIMUM", "below 0": "BELOW_ZERO",
            "not below 0": "NOT_BELOW_ZERO",
        }[node.kind]  # fmt: skip
        amount = f" {self.points(node.amount)}" if node.amount is not None else ""
        return f"{self.words.word(terminal)}{amount}"


def checklist_row(row: n.Statement) -> tuple[n.Expression, tuple[n.Clause, ...]]:
    """The condition of a row of a checklist, and the clauses beside it."""
    assert isinstance(row, n.Deduct | n.Award | n.Score), "its rows are moves"
    condition = next(clause.condition for clause in row.clauses if isinstance(clause, n.If))
    return condition, tuple(clause for clause in row.clauses if not isinstance(clause, n.If))
