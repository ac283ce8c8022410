"""One plain sentence for each statement, in the printed order of words of the language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

import attrs

from steelyard.criteria.phrases import HELD, Phrases, is_long, is_zero
from steelyard.syntax import nodes as n
from steelyard.syntax.printed import measure_at
from steelyard.unparse.clauses import VERBS
from steelyard.unparse.statements import checklist_row

_WIDE = "\u2018-\u201f\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_BLANKS = re.compile(f"(?<=[{_WIDE}])[ ]+(?=[{_WIDE}])|[ ]+(?=[，。；：、）])|(?<=[，。；：、（])[ ]+")
_ONE = re.compile("每[^0-9]{1,3}?[1一１][ \u3000]*")
_WORD_END = re.compile("[\u3400-\u9fff]$")
_QUIET = (n.Because, n.Under, n.As)
_DID = {"DEDUCT": ("deduct", "扣"), "AWARD": ("award", "加"), "SCORE": ("score", "得")}
_NOTHING = {
    "DEDUCT": ("nothing deducted", "不扣分"),
    "AWARD": ("nothing awarded", "不加分"),
    "SCORE": ("no points", "不得分"),
}


class Sentences(Phrases):
    """Tells statements."""

    named: frozenset[str] = frozenset()
    """Names of deductions that a `restore` refers to: they are told with their name."""
    whole = False
    """Is it the scheme itself that speaks?"""

    def tell(self, statement: n.Statement) -> str | None:
        """The sentence of a statement, with its end; None for what is said to the checker alone."""
        said = self.say(statement)
        if said is None:
            return None
        text, end = self.tidy(said), self.words.pick(".", "。")
        return (text if self.words.zh or isinstance(statement, n.Let) else text[:1].upper() + text[1:]) + (
            "" if text.endswith(end) else end
        )

    def tidy(self, text: str) -> str:
        """Chinese without blanks between its words; names and texts of the author as they are."""
        return re.sub(f" *{HELD} *", " ", _BLANKS.sub("", text)).strip()

    def say(self, node: n.Statement) -> str | None:
        words = self.words
        match node:
            case n.Allow():
                return None
            case n.Let():
                return self.say_let(node)
            case n.ForEach():
                return self.list_of(self.for_each(node), node.body)
            case n.Deduct() | n.Award() | n.Score():
                return self.say_move(node)
            case n.StartAt():
                return self.say_start(node)
            case n.Restore():
                by_rows = isinstance(node.amount, n.Table) and not is_long(node.amount)
                amount = self.table_text(node.amount) if by_rows else self.restored(node.amount)
                head = words.pick(f"restore {amount} of “{node.of.name}”", f"恢复“{node.of.name}”所扣的 {amount}")
                return self.around(head, node, node.clauses)
            case n.Together():
                *clauses, cap = node.clauses
                assert isinstance(cap, n.Cap), "the cap of a group comes last"
                limit = self.points(cap.amount)
                head = words.pick(f"the following together up to {limit}", f"以下各项累计不超过 {limit}")
                return self.list_of(self.around(head, node, tuple(clauses)), node.body)
            case n.HighestOf():
                head = words.pick("only the highest of the following counts", "以下各项取最高")
                return self.list_of(self.around(head, node, node.clauses), node.body)
            case n.Checklist():
                return self.say_checklist(node)
            case n.Zero():
                return self.around(self.say_zero(node), node, node.clauses)
            case n.Limit():
                return self.around(self.say_limit(node), node, node.clauses)
            case n.Regrade():
                return self.around(self.say_regrade(node), node, node.clauses)
            case n.Skip():
                own = words.pick("not rated", "本项不考核")
                head = words.pick("the whole is not rated", "不予评价") if node.target == "total" else own
                return self.around(head, node, node.clauses)
            case n.Check():
                wrong = any(
                    isinstance(clause, n.SeverityClause) and clause.severity == "error" for clause in node.clauses
                )
                head = words.pick(
                    "check (an error): " if wrong else "check: ", "核对（不符报错）：" if wrong else "核对："
                )
                others = tuple(clause for clause in node.clauses if not isinstance(clause, n.SeverityClause))
                return self.around(f"{head}{self.text(node.test)}", node, others)
            case n.Judged():
                return self.say_judged(node)
            case n.PartBound():
                return self.bound(node)
            case _:
                assert_never(node)

    def list_of(self, head: str, body: Iterable[n.Statement]) -> str:
        """A head, and what stands under it."""
        inner = [text for statement in body if (text := self.say(statement)) is not None]
        if len(inner) > 1:
            inner = [f"({number}) {text}" for number, text in enumerate(inner, 1)]
        return f"{head}{self.words.pick(': ', '：')}{self.words.pick('; ', '；').join(inner)}"

    # ---- clauses

    def around(self, head: str, node: n.Statement, clauses: tuple[n.Clause, ...], skip: n.Clause | None = None) -> str:
        """The condition and everything that is said behind."""
        words = self.words
        condition = [self.text(c.condition) for c in clauses if isinstance(c, n.If) and c is not skip]
        behind = [self.say_clause(c, node) for c in clauses if not isinstance(c, (*_QUIET, n.If, n.Code))]
        before = [f"{text} 的，" for text in condition] if words.zh else []
        after = [] if words.zh else [f" if {text}" for text in condition]
        if (
            after
            and isinstance(node, n.Let | n.Deduct | n.Award | n.Score | n.Restore)
            and isinstance(table := node.value if isinstance(node, n.Let) else node.amount, n.Table)
            and not is_long(table)
        ):  # Rows are long: the condition comes before them.
            before, after = [f"if {text}: " for text in condition], []
        head = "".join((*before, head, *after))
        head = words.comma.join((head, *behind))
        names = [c.name.name for c in clauses if isinstance(c, n.As) and c.name.name in self.named]
        names += [c.text.value for c in clauses if isinstance(c, n.Code)]
        return head + "".join(words.pick(f" (“{name}”)", f"（“{name}”）") for name in names)

    def say_clause(self, clause: n.Clause, node: n.Statement) -> str:
        words = self.words
        match clause:
            case n.OrElse():
                return self.say_answer(clause)
            case n.Except():
                name = self.called(clause.waiver)
                return words.pick(f"except if {name}", f"{name} 的除外")
            case n.OneOf():
                choices = words.pick(", ", "、").join(map(self.amount, clause.choices))
                return words.pick(f"one of {choices}", f"只取 {choices}")
            case _:
                return self.clause(clause, node)

    def say_answer(self, clause: n.OrElse) -> str:
        words = self.words
        cause = {"missing": ("missing", "数据缺失"), "undefined": ("undefined", "无法计算"),
                 "not applicable": ("not applicable", "不适用")}[clause.cause]  # fmt: skip
        if clause.value is None:
            return words.pick(f"not rated if {cause[0]}", f"{cause[1]} 的不考核")
        return words.pick(
            f"{self.points(clause.value)} if {cause[0]}", f"{cause[1]} 时按 {self.points(clause.value)} 计算"
        )

    # ---- values

    def table_text(self, table: n.Expression, verb: str | None = None) -> str:
        """`by rate: ≥ 90%: 5 points; …`, `按执行率：≥90% 得 5 分；…`"""
        words = self.words
        assert isinstance(table, n.Table), "asked of tables"
        rows = [self.row_text(row, table, verb) for row in table.rows]
        kind = words.pick(", interpolated", "，按线性插值") if table.interpolated else ""
        colon = words.pick(": ", "：")
        keys = self.keys(table)
        head = keys.removesuffix(colon) + kind + colon if keys else ""
        return head + words.pick("; ", "；").join(rows)

    def result(self, value: n.Expression, verb: str | None) -> str:
        words = self.words
        if verb is None:
            return f"{words.pick(': ', '为 ')}{self.amount(value)}"
        if is_zero(value):
            return words.pick(": ", " ") + words.pick(*_NOTHING[verb])
        said = "" if verb == "SCORE" and not words.zh else words.pick(*_DID[verb]) + " "
        return f"{words.pick(': ', ' ')}{said}{self.points(value)}"

    def row_text(self, row: n.TableRow, table: n.Table, verb: str | None) -> str:
        """`≥90% 得 5 分`, `资料不全的，得 2 分`, `其余不得分`"""
        asks = self.row_asks(row, table)
        plain = any(isinstance(test, n.Bounds) and test.otherwise for test in row.tests) and row.when is None
        clause = self.words.zh and not plain and verb is not None and _WORD_END.search(asks)
        return f"{asks}{'的，' if clause else ''}{self.result(row.value, verb)}"

    def say_let(self, node: n.Let) -> str:
        name = self.called(node.name)
        if isinstance(node.value, n.Table) and not is_long(node.value):
            return self.around(f"{name} {self.table_text(node.value)}", node, node.clauses)
        answers = [self.say_clause(clause, node) for clause in node.clauses if not isinstance(clause, _QUIET)]
        return self.words.comma.join((f"{name} = {self.text(node.value)}", *answers))

    def restored(self, amount: n.Expression) -> str:
        return self.amount(amount) if isinstance(amount, n.Number) and amount.percent else self.points(amount)

    # ---- moves

    def say_move(self, node: n.Move) -> str:
        words, verb = self.words, VERBS[type(node)]
        if isinstance(node.amount, n.Table) and not is_long(node.amount):
            if not node.amount.keys and node.amount.lookup is None:
                return self.around(self.say_either(node.amount, verb), node, node.clauses)
            return self.around(self.table_text(node.amount, verb), node, node.clauses)
        did = words.pick(*_DID[verb])
        if is_zero(node.amount) and node.per is None:
            return self.around(words.pick(*_NOTHING[verb]), node, node.clauses)
        if verb == "SCORE" and node.per is None and not isinstance(node.amount, n.Number):
            what = words.pick("total" if self.whole else "score", "总分" if self.whole else "得分")
            return self.around(f"{what} = {self.text(node.amount)}", node, node.clauses)
        head = f"{did} {self.points(node.amount)}"
        if node.per is None:
            return self.around(head, node, node.clauses)
        same = _same_condition(node) if isinstance(node.per, n.Step) else None
        if not words.zh:
            return self.around(f"{head} {self.counted(node.per)}", node, node.clauses, same)
        policy = self.policy(node.per)
        return self.around(
            f"{self.counted(node.per)} {head}{f'，{policy}' if policy else ''}", node, node.clauses, same
        )

    def say_either(self, table: n.Table, verb: str) -> str:
        words, (first, other) = self.words, table.rows
        assert first.when is not None, "the first row holds under its condition"
        condition, did = self.text(first.when), words.pick(*_DID[verb])
        amounts = [words.pick(*_NOTHING[verb]) if is_zero(row.value) else f"{did} {self.points(row.value)}"
                   for row in (first, other)]  # fmt: skip
        return words.pick(
            f"{amounts[0]} if {condition}, otherwise {amounts[1]}", f"{condition} 的，{amounts[0]}，其余 {amounts[1]}"
        )

    def counted(self, per: n.Per) -> str:
        """`X 低于 95% 的，每低 1 个百分点`, `for every started 1 percentage point that X is below 95%`"""
        words = self.words
        if not words.zh:
            if isinstance(per, n.Each) and per.rows is not None and per.row is not None:
                where = f" where {self.text(per.where)}" if per.where is not None else ""
                of = f"{self.size(per.of)} " if per.of is not None else ""
                return f"for each {of}{self.called(per.row)} in {self.name(per.rows)}{where}"
            return self.counted_behind(per)
        if isinstance(per, n.Each):
            size = self.one_of(per) if per.of is None else self.size(per.of) + ("" if self.measure(per.of) else " 例")
            if per.count is not None:
                return f"{self.text(per.count)} 每有 {size}"
            assert per.row is not None and per.rows is not None, "it counts a number or rows"
            where = f"（其中 {self.text(per.where)}）" if per.where is not None else ""
            return f"{self.name(per.rows)} 中每有 {size} {self.called(per.row)}{where}，"
        assert per.value is not None and per.bound is not None, "a step without them is a mistake"
        value, bound, size = self.amount(per.value), self.amount(per.bound), self.size(per.size)
        if per.direction == "differs":
            return f"{value} 与 {bound} 每相差 {size}"
        low = per.direction == "below"
        return f"{value} {'低于' if low else '超过'} {bound} 的，{'每低于' if low else '每超过'} {size}"

    def one_of(self, per: n.Each) -> str:
        """`1 次`, with the unit of measure of 每有 1 次."""
        text = per.span.source.text[per.span.start :].partition("\n")[0]
        one = _ONE.search(text)
        end = measure_at(text, one.end(), len(text)) if one else None
        return f"1 {text[one.end() : end]}" if one and end is not None and end > one.end() else "1 例"

    def say_checklist(self, node: n.Checklist) -> str:
        words, first = self.words, node.body[0]
        assert isinstance(first, n.Deduct | n.Award | n.Score), "its rows are moves"
        rows = [checklist_row(row)[0] for row in node.body]
        fails = all(isinstance(row, n.Operation) and row.operator == "not" for row in rows)
        tests = [self.text(row.operands[0] if fails and isinstance(row, n.Operation) else row) for row in rows]
        head = f"{words.pick(*_DID[VERBS[type(first)]])} {self.points(first.amount)}"
        each = words.pick(
            *(("for each that fails", "以下每缺一项") if fails else ("for each that holds", "以下每符合一项"))
        )
        said = self.around(words.pick(f"{head} {each}", f"{each}{head}"), node, node.clauses)
        items = words.pick("; ", "；").join(
            f"{mark} {text}" for mark, text in zip(self.marks(len(tests)), tests, strict=True)
        )
        return f"{said}{words.pick(': ', '：')}{items}"

    def marks(self, count: int) -> list[str]:
        """Of the conditions of a checklist."""
        first = ord(self.words.pick("a", "①"))
        few = count <= 20
        return [self.words.pick(f"({chr(first + i)})", chr(first + i)) if few else f"{i + 1}." for i in range(count)]

    # ---- what acts on a part

    def say_start(self, node: n.StartAt) -> str:
        words, amount = self.words, self.points(node.amount)
        other = self.points(node.otherwise) if node.otherwise is not None else None
        if node.condition is None:
            head = words.pick(f"starts at {amount}", f"从 {amount} 起评")
        else:
            condition = self.text(node.condition)
            head = words.pick(f"starts at {amount} if {condition}", f"{condition} 的，从 {amount} 起评")
        head += words.pick(f", otherwise at {other}", f"，其余从 {other} 起评") if other else ""
        return self.around(head, node, node.clauses)

    def say_zero(self, node: n.Zero) -> str:
        words = self.words
        if isinstance(node.target, n.Name):
            target = self.called(node.target)
            return words.pick(f"no points for {target}", f"“{target}”不得分")
        if node.target == "total" or self.whole:
            return words.pick("the total is 0", "一票否决，总分为 0 分")
        return words.pick("no points", "本项不得分")

    def say_limit(self, node: n.Limit) -> str:
        words, to = self.words, self.points(node.to)
        target = self.called(node.target) if isinstance(node.target, n.Name) else (
            words.pick("the total", "总分") if node.target == "total" or self.whole else words.pick("the score", "本项")
        )  # fmt: skip
        return words.pick(f"{target} is at most {to}", f"{target} 不超过 {to}")

    def say_regrade(self, node: n.Regrade) -> str:
        words = self.words
        if node.label is None:
            assert node.steps is not None, "a grade is lowered by steps"
            steps = self.amount(node.steps)
            return words.pick(f"the grade is lowered by {steps}", f"等级降 {steps} 级")
        label = words.quoted(node.label.value)
        return {
            "is": words.pick(f"the grade is {label}", f"直接评为 {label}"),
            "not": words.pick(f"the grade is below {label}", f"不得评为 {label}"),
            "limit": words.pick(f"the grade is at most {label}", f"最高评为 {label}"),
        }[str(node.how)]

    def say_judged(self, node: n.Judged) -> str:
        words = self.words
        last = sorted(node.clauses, key=lambda clause: isinstance(clause, n.OneOf))
        head = self.around(words.pick("judged by reviewers", "由评审打分"), node, tuple(last))
        levels = [f"{level.label.value} {self.within_bounds(self.meant.get(level.bounds.key, level.bounds), '')}"
                  for level in node.levels]  # fmt: skip
        return head + words.pick(": ", "：") + words.pick("; ", "；").join(levels) if levels else head

    def for_each(self, node: n.ForEach) -> str:
        words, row, rows = self.words, self.called(node.row), self.name(node.rows)
        where = self.text(node.where) if node.where is not None else None
        by = self.called(node.by) if node.by is not None else None
        if words.zh:
            grouped = f"对 {rows} 按 {by} 分组，每组 {row}" if by else f"对 {rows} 中每个 {row}"
            return grouped + (f"（其中 {where}）" if where else "")
        grouped = f"for each {row}, the rows of {rows} with the same {by}" if by else f"for each {row} in {rows}"
        return grouped + (f" where {where}" if where else "")


def _same_condition(node: n.Move) -> n.Clause | None:
    """`X 超过 L 的，每超过 S`: a condition that only says again what the step says."""
    step = node.per
    assert isinstance(step, n.Step), "asked of steps"
    sign = {"below": "<", "above": ">"}.get(step.direction)
    for clause in node.clauses:
        if isinstance(clause, n.If) and isinstance(clause.condition, n.Comparison):
            said = clause.condition
            if said.operators == (sign,) and said.operands == (step.value, step.bound):
                return clause
    return None


def inside(statement: n.Statement) -> Iterator[n.Statement]:
    """A statement and all that stand in it."""
    yield statement
    for inner in getattr(statement, "body", ()):
        yield from inside(inner)


def bases(statement: n.Statement) -> tuple[str, ...]:
    """The authorities of a statement and of what stands in it, each once."""
    found = [
        clause.text.value
        for one in inside(statement)
        if attrs.has(type(one))
        for clause in getattr(one, "clauses", ())
        if isinstance(clause, n.Under)
    ]
    return tuple(dict.fromkeys(found))
