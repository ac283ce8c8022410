"""Rows of tables, grades and levels back to text."""

from __future__ import annotations

from typing import assert_never

from steelyard.syntax import nodes as n
from steelyard.unparse.expressions import EITHER, Expressions


class Rows(Expressions):
    """Writes what stands in rows."""

    def bounds(self, bounds: n.Bounds) -> str:
        words, low, high = self.words, bounds.low, bounds.high
        if low is None and high is None:
            return words.word("OTHERWISE")
        if bounds.bare is not None:
            return self.bare(bounds)
        if low is not None and high is not None:
            if words.zh or not (bounds.low_included or bounds.high_included):
                return self.range(bounds)
            first, last = self.amount(low), self.amount(high)
            if bounds.low_included:
                below = "" if bounds.high_included else f"{words.word('BELOW')} "
                return f"{words.word('FROM')} {first} {words.word('TO')} {below}{last}"
            return f"{words.word('ABOVE')} {first} {words.word('UP_TO')} {last}"
        if low is not None:
            if words.zh:
                return (
                    f"{self.amount(low)}{words.word('INCLUSIVE_ABOVE' if bounds.low_included else 'EXCLUSIVE_ABOVE')}"
                )
            return f"{words.word('FROM' if bounds.low_included else 'ABOVE')} {self.amount(low)}"
        assert high is not None, "one end at least"
        if words.zh:
            return f"{self.amount(high)}{words.word('INCLUSIVE_BELOW' if bounds.high_included else 'EXCLUSIVE_BELOW')}"
        return f"{words.word('UP_TO' if bounds.high_included else 'BELOW')} {self.amount(high)}"

    def range(self, bounds: n.Bounds) -> str:
        """`80%（含）—90%（不含）`: printed Chinese alone writes both ends open."""
        assert bounds.low is not None and bounds.high is not None, "a range has two ends"
        ends = ((bounds.low, bounds.low_included), (bounds.high, bounds.high_included))
        return "—".join(f"{self.amount(end)}{'（含）' if included else '（不含）'}" for end, included in ends)

    def bare(self, bounds: n.Bounds) -> str:
        """A 以上 that leaves it to the scheme whether its number is included: English has no word for it."""
        if bounds.low is not None and bounds.high is not None:
            return f"{self.amount(bounds.low)}—{self.amount(bounds.high)}"
        end = bounds.low if bounds.low is not None else bounds.high
        assert end is not None, "one end at least"
        return f"{self.amount(end)} {bounds.bare}"

    def test(self, test: n.RowTest) -> str:
        words = self.words
        match test:
            case n.Bounds():
                return self.bounds(test)
            case n.IsOneOf():
                sign = words.pick("is", "等于")
                return f"{sign} {words.pick(', ', '、').join(map(self.amount, test.values))}"
            case n.At():
                return words.pick(f"at {self.amount(test.value)}", self.amount(test.value))
            case n.Missing():
                return words.word("MISSING" if test.state == "missing" else "NOT_APPLICABLE")
            case _:
                assert_never(test)

    def tests(self, tests: tuple[n.RowTest, ...], when: n.Expression | None) -> str:
        """What a row asks: one test a key, and a condition."""
        words = self.words
        asked = words.comma.join(map(self.test, tests))
        if when is None:
            return asked
        condition = self.text(when, EITHER)
        return f"{asked}{words.comma}{words.word('AND')} {condition}" if tests else f"{words.word('WHEN')} {condition}"

    def since(self, day: n.Date) -> str:
        return self.words.pick(f"from {self.words.day(day)}", f"自 {self.words.day(day)} 起")

    def table_row(self, row: n.TableRow, *, points: bool) -> str:
        value = self.points(row.value) if points else self.amount(row.value)
        return f"{self.tests(row.tests, row.when)}{self.words.pick(' : ', ' ：')}{value}"

    def grade_row(self, row: n.GradeRow) -> str:
        return f"{self.words.quoted(row.label.value)} {self.tests(row.tests, row.when)}"

    def level(self, level: n.Level) -> str:
        return f"{self.words.quoted(level.label.value)}{self.words.pick(' : ', ' ：')}{self.bounds(level.bounds)}"
