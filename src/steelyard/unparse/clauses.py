"""The tails of statements back to text, and what an amount is counted by."""

from __future__ import annotations

from typing import assert_never

from steelyard.syntax import nodes as n
from steelyard.syntax.printed import measure_at
from steelyard.unparse.rows import Rows

VERBS: dict[type, str] = {n.Deduct: "DEDUCT", n.Award: "AWARD", n.Score: "SCORE"}
_UPWARD = {n.Deduct: "最多扣", n.Award: "最多加", n.Score: "最多得"}


class Clauses(Rows):
    """Writes clauses, steps and counts."""

    def clause(self, clause: n.Clause, statement: n.Statement) -> str:
        words = self.words
        match clause:
            case n.If():
                return f"{words.word('IF')} {self.text(clause.condition)}"
            case n.Otherwise():
                verb = "" if clause.verb is None else words.word(clause.verb)
                return " ".join(filter(None, (words.word("OTHERWISE"), verb, self.points(clause.amount))))
            case n.PartOfStep():
                return clause.span.text
            case n.Because():
                return f"{words.word('BECAUSE')} {words.quoted(clause.template.value)}"
            case n.Under():
                return f"{words.word('UNDER')} {words.quoted(clause.text.value)}"
            case n.Cap():
                word = _UPWARD.get(type(statement), "最高") if words.zh else words.word("CAP")
                return f"{word} {self.points(clause.amount)}"
            case n.Exhausted():
                return words.word("EXHAUSTED")
            case n.OrElse():
                return self.or_else(clause)
            case n.Except():
                name = words.name(clause.waiver.name)
                return words.pick(f"{words.word('EXCEPT_IF')} {name}", f"{name}{words.word('EXCEPTED')}")
            case n.As():
                return f"{words.word('AS')} {words.name(clause.name.name)}"
            case n.Code():
                return f"{words.word('CODE')} {words.quoted(clause.text.value)}"
            case n.SeverityClause():
                return words.word("SEVERITY", clause.severity)
            case n.OfReviewers():
                return words.word("OF_REVIEWERS", clause.method)
            case n.Dropping():
                return self.dropping(clause)
            case n.OneOf():
                return f"{words.word('ONE_OF')} {words.pick(', ', '、').join(map(self.amount, clause.choices))}"
            case n.Giving():
                return words.word("GIVING", clause.what)
            case _:
                assert_never(clause)

    def or_else(self, clause: n.OrElse) -> str:
        words, cause = self.words, clause.cause.replace(" ", "_").upper()
        if not words.zh:
            value = words.word("SKIP") if clause.value is None else self.amount(clause.value)
            return f"{words.word('OR_ELSE')} {value} {words.word('IF')} {words.word(cause)}"
        if clause.value is None:
            return words.word(f"{cause}_SKIPPED")
        return f"{words.word(f'{cause}_AS')} {self.points(clause.value)}{words.word('COUNTED')}"

    # ---- steps and counts

    def size(self, size: n.Expression) -> str:
        """The size of a step, with the unit of measure that the author wrote behind it."""
        return f"{self.amount(size)}{self.measure(size)}"

    def measure(self, size: n.Expression) -> str:
        text, end = size.span.source.text, size.span.end
        if not isinstance(size, n.Number) or size.percent:
            return ""
        start = end + (len(text[end:]) - len(text[end:].lstrip(" \u3000")))
        stop = measure_at(text, start, text.find("\n", start) if "\n" in text[start:] else len(text))
        return f" {text[start:stop]}" if stop is not None and stop > start else ""

    def counted_behind(self, per: n.Per) -> str:
        """English: `for every started 1 percentage point that rate is below 95%`, behind the amount."""
        words = self.words
        if isinstance(per, n.Step):
            assert per.value is not None and per.bound is not None, "a step without them is a mistake"
            part = f"{words.word('PART', per.part)} " if per.part else ""
            sign = {"below": "is below", "above": "is above", "differs": "differs from"}[per.direction]
            value, bound = self.amount(per.value), self.amount(per.bound)
            return f"{words.word('FOR_EVERY')} {part}{self.size(per.size)} {words.word('THAT')} {value} {sign} {bound}"
        if per.count is not None:
            of = f"{self.amount(per.of)} " if per.of is not None else ""
            return f"{words.word('FOR_EACH')} {of}{self.amount(per.count)}"
        assert per.row is not None and per.rows is not None, "it counts a number or rows"
        where = f" {words.word('WHERE')} {self.text(per.where)}" if per.where is not None else ""
        row, rows = words.name(per.row.name), words.value_name(per.rows.name)
        return f"{words.word('FOR_EACH')} {row} {words.word('IN')} {rows}{where}"

    def counted_before(self, per: n.Per) -> str:
        """Chinese: `rate 每低于 95% 1 个百分点，`, before the verb."""
        words = self.words
        if isinstance(per, n.Step):
            assert per.value is not None and per.bound is not None, "a step without them is a mistake"
            value, bound, size = self.amount(per.value), self.amount(per.bound), self.size(per.size)
            if per.direction == "differs":
                return f"{value} 与 {bound} {spell(self, 'EVERY_DIFFERENCE')} {size}，"
            every = spell(self, "EVERY_BELOW" if per.direction == "below" else "EVERY_ABOVE")
            return f"{value} {every} {bound} {size}，"
        size = "1" if per.of is None else self.size(per.of)
        if per.count is not None:
            return f"{self.amount(per.count)} {spell(self, 'EVERY_ONE')} {size}，"
        assert per.row is not None and per.rows is not None, "it counts a number or rows"
        where = f"，{words.word('WHERE')} {self.text(per.where)}" if per.where is not None else ""
        rows = words.value_name(per.rows.name)
        return f"{rows} {spell(self, 'IN_EVERY_ONE')} {size} {words.name(per.row.name)}{where}，"

    def policy(self, per: n.Per | None) -> str:
        """Chinese, behind the amount: what a part of a step counts."""
        if not isinstance(per, n.Step) or per.part is None:
            return ""
        size = self.size(per.size)
        if per.part == "fractional":
            return f"不足 {size} {spell(self, 'PRO_RATA')}"
        if per.part == "full":
            return f"不足 {size} {spell(self, 'NOT_COUNTED')}"
        return f"不足 {size} 按 {size} {spell(self, 'COUNTED')}"


def spell(written: Clauses, terminal: str) -> str:
    return written.words.word(terminal)
