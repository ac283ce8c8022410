"""Generated tables and grades: patterns of rows that leave no gap, over every kind of key."""

from __future__ import annotations

from properties.description import Input
from properties.expressions import CHOICES, Expressions
from properties.texts import Lines, T, join, line, listed, over, quoted, same

OTHERWISE = T("otherwise", "其余")


def bands(low: str, high: str) -> tuple[tuple[T, ...], ...]:
    """Rows over a number that cover every value, each in one order."""
    return (
        (T(f"from {high}", f"{high}（含）以上"), T(f"from {low} to below {high}", f"{low}（含）—{high}"),
         T(f"below {low}", f"低于 {low}")),
        (T(f"above {high}", f"超过 {high}"), T(f"above {low} up to {high}", f"{low}—{high}（含）"),
         T(f"up to {low}", f"{low}（含）以下")),
        (T(f"up to {low}", f"不超过 {low}"), T(f"below {high}", f"{high}（不含）以下"), OTHERWISE),
        (T(f"is {low}", f"等于 {low}"), T(f"from {high}", f"不低于 {high}"), OTHERWISE),
    )  # fmt: skip


class Tables(Expressions):
    def table(self, kind: str | None = None) -> tuple[T, list[Lines]] | None:
        """Keys (with `interpolated`), and rows; of points, or with `kind` of rates."""
        keys = [given for given in self.inputs if given.kind in ("percent", "number", "whole", "one-of", "date")]
        rows = [
            f
            for bound in self.scope.rows
            if not bound.key
            for f in bound.rows.fields
            if f.kind in ("percent", "one-of")
        ]
        keys = keys if self.scope.pure else [*keys, *rows]
        if not keys:
            return None
        given = self.pick(keys)
        shape = self.pick(("one", "one", "one", "several", "line", "computed"))
        match shape:
            case "several" if len(keys) > 1:
                other = self.pick([one for one in keys if one is not given])
                return same_keys(given, other), self.rows_of_two(given, other, kind)
            case "line" if given.kind in ("percent", "number"):
                return self.line_of(given, kind)
            case "computed":
                whole = next(given.name for given in self.inputs if given.kind == "whole")
                return join(f"({{0}} + {whole})", self.number(1)), self.rows(bands("2", "5"), kind)
        return same(given.name), self.rows_of(given, kind)

    def value(self, kind: str | None) -> T:
        if kind == "rate":
            return same(self.pick(("0%", "40%", "100%")))
        values = (
            self.constant(),
            T("points * 40%", "满分 * 40%"),
            join("max(0, {0})", self.number(0), zh="取大(0, {0})"),
        )
        return self.pick(values)

    def worth(self, test: T, kind: str | None, *, short: bool = False) -> Lines:
        """One row."""
        if kind is None and short and self.chance(3):
            return line(join("{0} : 0", test, zh="{0} ：不得分"))
        unit = " 分" if kind is None else ""
        return line(join("{0} : {1}", test, self.value(kind), zh=f"{{0}} ：{{1}}{unit}"))

    def rows_of(self, given: Input, kind: str | None) -> list[Lines]:
        match given.kind:
            case "percent":
                return self.rows(bands("60%", "90%"), kind, bare="80%")
            case "one-of":
                first = T('is "high"', "等于 “high”")
                rest = join("is {0}", listed([quoted(one) for one in CHOICES[1:]]), zh="等于 {0}")
                return self.rows(((first, rest), (rest, OTHERWISE)), kind)
            case "date":
                days = (
                    T("up to 2023-03-01", "不超过 2023年3月1日"),
                    T("from 2023-12-31", "达到 2023-12-31"),
                    OTHERWISE,
                )
                return self.rows((days,), kind)
            case _ if given.low is not None and given.high is not None:
                middle = {"0": "5", "1": "2", "-2": "0"}[given.low]
                return self.rows((bands("1", middle)[2:] if middle != "0" else bands("-1", middle)), kind)
            case _:
                return self.rows(bands("1", "5"), kind, bare="3")

    def rows(self, patterns: tuple[tuple[T, ...], ...], kind: str | None, *, bare: str = "") -> list[Lines]:
        """One of the patterns, with what else may stand in a table."""
        tests = list(self.pick(patterns))
        if bare and self.bare_rule and self.chance(5):
            tests = [T(f"from {bare}", f"{bare}以上"), OTHERWISE] if self.chance(5) else [
                T(f"up to {bare}", f"{bare}以下"), OTHERWISE]  # fmt: skip
        if tests[-1] is OTHERWISE and self.chance(3):
            tests[0] = join("{0}, and {1}", tests[0], self.test(1), zh="{0}，且 {1}")
        found = [self.worth(test, kind, short=index == len(tests) - 1) for index, test in enumerate(tests)]
        if self.chance(2):
            found.insert(0, self.worth(join("when {0}", self.test(1), zh="当 {0}"), kind))
        if self.asks_missing and self.chance(3):
            found.insert(self.some(0, len(found) - 1), self.worth(T("missing", "缺失"), kind))
            if len(found) % 2:
                unit = ("1", "1 分") if kind is None else ("40%", "40%")
                found.insert(0, line(T(f"not applicable : {unit[0]}", f"不适用 ：{unit[1]}")))
        return self.of_two_days(found) if self.chance(4) else found

    def of_two_days(self, rows: list[Lines]) -> list[Lines]:
        """The rows under the day from which they hold, and before it others of the same kind."""
        self.dated = True
        before, now = T("from 2020-01-01", "自 2020年1月1日起"), T("from 2022-01-01", "自 2022-01-01 起")
        return [over(before, *rows), over(now, *rows)]

    def rows_of_two(self, first: Input, second: Input, kind: str | None) -> list[Lines]:
        tests = [
            join("{0}, {1}", self.test_of(first), self.test_of(second), zh="{0}，{1}") for _ in range(self.some(1, 2))
        ]
        if len(tests) > 1:  # The second may be reached only where the first asks for more.
            tests[0] = join("{0}, and {1}", tests[0], self.test(0), zh="{0}，且 {1}")
        return [*(self.worth(test, kind) for test in tests), self.worth(OTHERWISE, kind, short=True)]

    def test_of(self, given: Input) -> T:
        match given.kind:
            case "one-of":
                choice = quoted(self.pick(CHOICES))
                return join("is {0}", choice, zh="等于 {0}")
            case "date":
                return T("from 2023-06-30", "不低于 2023-06-30")
            case "percent":
                return T("from 80%", "80%（含）以上")
            case _:
                return self.pick(
                    (T("from 2", "2（含）以上"), T("is 1, 3", "等于 1、3"), T("from 1 to below 3", "1（含）—3"))
                )

    def line_of(self, given: Input, kind: str | None) -> tuple[T, list[Lines]]:
        """An interpolated table."""
        unit = "%" if given.kind == "percent" else ""
        low, high = (
            ("60", "90")
            if unit
            else {"0": ("1", "5"), "1": ("2", "4"), "-2": ("0", "2")}.get(given.low or "0", ("1", "5"))
        )
        values = ("0", "2", "10") if kind is None else ("0%", "50%", "100%")
        points = [T(f"at {low}{unit}", f"{low}{unit}"), T(f"at {high}{unit}", f"{high}{unit}")]
        rows = [
            line(T(f"{point.en} : {v}", f"{point.zh} ：{v}"))
            for point, v in zip(points, (self.pick(values), self.pick(values)), strict=True)
        ]
        rows += [self.worth(T(f"below {low}{unit}", f"低于 {low}{unit}"), kind), self.worth(OTHERWISE, kind)]
        return T(f"{given.name} interpolated", f"{given.name}，线性插值"), rows

    # ---- grades

    def labels(self) -> tuple[tuple[str, ...], str]:
        """Of a grade: its labels, best first, and the kind of its rows."""
        kind = self.pick(("falling", "rising", "range", "when", "by"))
        return ("A", "B", "C"), kind

    def grade(self, kind: str, full: float) -> Lines:
        """The rows, for a part of so many points."""
        low, middle, high = (_plain(full * share) for share in (0.3, 0.6, 0.8))
        head, rows = T("grade", "等级"), [T('"C" otherwise', "C 其余")]
        match kind:
            case "falling":
                rows[:0] = [
                    T(f'"A" from {high}', f"“A” {high} 分（含）以上"),
                    T(f'"B" above {middle}', f"“B” 超过 {middle}"),
                ]
            case "rising":
                rows = [T(f'"A" up to {low}', f"A {low}（含）以下"), T(f'"B" below {high}', f"B 低于 {high}"), rows[0]]
            case "range":
                rows[:0] = [
                    T(f'"A" from {high}', f"“A” {high}（含）以上"),
                    T(f'"B" from {middle} to below {high}', f"“B” {middle}（含）—{high}"),
                ]
            case "when":
                test, other = self.test(1), self.test(1)
                rows[:0] = [
                    join(f'"A" from {high}, and {{0}}', test, zh=f"“A” {high} 分（含）以上，且 {{0}}"),
                    join('"B" when {0}', other, zh="“B” 当 {0}"),
                ]
            case _:
                keys = [given for given in self.inputs if given.kind in ("percent", "one-of", "whole")]
                given = self.pick(keys)
                several = len(keys) > 1 and self.chance(4)
                other = self.pick([one for one in keys if one is not given]) if several else None
                names = same(given.name) if other is None else same_keys(given, other)
                head = join("grade by {0}", names, zh="按 {0} 评级")
                tests = [self.test_of(given), self.test_of(other) if other else None]
                test = tests[0] if tests[1] is None else join("{0}, {1}", tests[0], tests[1], zh="{0}，{1}")
                rows[:0] = [join('"A" {0}', test, zh="“A” {0}"), join('"B" when {0}', self.test(0), zh="“B” 当 {0}")]
        lines = [line(row) for row in rows]
        return over(head, *(self.of_two_days(lines) if self.chance(4) else lines))


def same_keys(first: Input, second: Input) -> T:
    return T(f"{first.name}, {second.name}", f"{first.name}、{second.name}")


def _plain(value: float) -> str:
    value = round(value, 2)
    return str(int(value)) if value == int(value) else str(value)
