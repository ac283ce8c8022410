"""Generated expressions: mostly of a sound type, with values that lie on thresholds and divisors that may be 0."""

from __future__ import annotations

from properties.description import Input
from properties.drawing import Bound, Drawing
from properties.texts import NOTHING, T, join, listed, quoted, same

CHOICES = ("high", "middle", "low")
MODES = (
    T("half up", "四舍五入"), T("half even", "四舍六入五成双"), T("down", "舍去"), T("up", "进一"),
    T("floor", "向下取整"), T("ceiling", "向上取整"),
)  # fmt: skip
DAYS = (T("2023-06-30", "2023年6月30日"), T("2023-03-01", "2023-03-01"), T("2023-12-31", "2023年12月31日"))
SIGNS = (
    T("<", "低于"), T("<=", "不超过"), T(">", ">"), T(">=", "不低于"), T("above", "超过"), T("below", "<"),
    T("not below", "达到"), T("not above", "<="),
)  # fmt: skip
AGGREGATES = (T("sum", "合计"), T("average", "平均"), T("median", "中位数"), T("lowest", "最低"), T("highest", "最高"))


class Expressions(Drawing):
    def constant(self) -> T:
        return same(self.pick(("0", "0.5", "1", "2", "3", "5")))

    def amount(self) -> T:
        """Mostly not negative."""
        match self.pick(("constant", "constant", "constant", "points", "held", "any")):
            case "constant":
                return self.constant()
            case "points":
                return self.pick((T("points / 4", "满分 / 4"), T("points * 20%", "满分 * 20%")))
            case "held":
                return join("max(0, {0})", self.number(1), zh="取大(0, {0})")
            case _:
                return self.number(2)

    # ---- numbers

    def number(self, depth: int) -> T:
        kinds = ["constant", "cell", "cell", "cell"]
        if depth:
            kinds += ["+", "-", "*", "/", "neg", "min", "max", "abs", "round", "round", "irrational", "power", "whole"]
            kinds += ["fold"] * 3 + ["group"] * 2 + ["indicator"] * 2 + ["rate", "amounts", "days", "days"]
            kinds += ["table"] * 2 * bool(self.tables) + ["function"] * bool(self.functions)
            kinds += ["part"] * 3 * bool(self.scope.inner) + ["parts"] * 2 * self.scope.over_parts
            kinds += ["batch", "rank"] * self.batches
        kind = self.pick(kinds)
        found = self.arithmetic(kind, depth - 1) if depth else None
        found = found or (self.read(kind, depth - 1) if depth else None)
        cells = [*self.cells("number", "whole"), *map(same, self.scope.numbers)]
        cells += [] if self.scope.pure else list(map(same, self.scope.lets))
        if found is not None:
            return found
        return self.pick(cells) if cells and kind != "constant" else self.constant()

    def arithmetic(self, kind: str, depth: int) -> T | None:
        number = self.number
        match kind:
            case "+" | "-" | "*":
                return join(f"({{0}} {kind} {{1}})", number(depth), number(depth))
            case "/":
                return join("({0} / {1})", number(depth), number(depth))
            case "neg":
                return join("(-({0}))", number(depth))
            case "min" | "max":
                word = T(kind, {"min": "取小", "max": "取大"}[kind])
                return join("{0}({1}, {2})", word, number(depth), number(depth))
            case "abs":
                return join("abs({0})", number(depth), zh="绝对值({0})")
            case "whole":
                word = self.pick((T("floor", "向下取整"), T("ceiling", "向上取整")))
                return join("{0}({1})", word, number(depth))
            case "round":
                if self.chance(5):
                    return join("round({0}, 1)", number(depth), zh="四舍五入({0}, 1)")
                return join("round({0}, 2, {1})", number(depth), self.pick(MODES), zh="四舍五入({0}，2，{1})")
            case "irrational":
                words = (
                    T("sqrt({0})", "平方根({0})"), T("ln({0})", "自然对数({0})"),
                    T("exp(min(3, {0}))", "指数(取小(3, {0}))"), same("({0}) ^ 0.5"), same("2 ^ min(4, abs({0}))"),
                )  # fmt: skip
                word = self.pick(words[:4])
                return join(f"round({word.en}, 3)", number(depth), zh=f"四舍五入({word.zh}, 3)")
            case "power":
                return join("(({0}) ^ {1})", number(depth), same(self.pick(("2", "3", "0", "(-1)"))))
        return None

    def read(self, kind: str, depth: int) -> T | None:
        """What reads data, parts, tables."""
        match kind:
            case "rate":
                rates = [*self.cells("percent"), *map(same, self.scope.rates)]
                return join("({0} * {1})", self.pick(rates), self.constant()) if rates else None
            case "amounts" if amounts := self.cells("amount"):
                return join("({0} / {1})", self.pick(amounts), self.pick(amounts))
            case "indicator" if (actuals := self.cells("actual")) and (targets := self.cells("target")):
                word = self.pick((T("attainment", "完成率"), T("excess", "超出率")))
                return join("({0}({1}, {2}) * 1)", word, self.pick(actuals), self.pick(targets))
            case "days" if dates := [*self.cells("date"), *DAYS[:1]]:
                if self.chance(2):
                    word = self.pick((T("year", "年份"), T("month", "月份")))
                    return join("({0}({1}) / 10)", word, self.pick(dates))
                word = self.pick((T("days", "间隔天数"), T("months", "间隔月数")))
                return join("({0}({1}, {2}) / 10)", word, self.pick(dates), self.pick(dates))
            case "fold":
                return self.fold()
            case "group" if groups := [bound for bound in self.scope.rows if bound.key] if not self.scope.pure else []:
                return self.group_fold(self.pick(groups))
            case "table":
                return self.looked_up()
            case "function":
                name, count = self.pick(self.functions)
                return join(f"{name}({', '.join(f'{{{i}}}' for i in range(count))})", *self.numbers(count, depth))
            case "part" if self.scope.inner:
                part = self.pick(self.scope.inner)
                facet = self.pick(("", "", ".rate", ".points", ".full"))
                return same(f"({part.name}{facet} * 1)" if facet else part.name)
            case "parts" if self.scope.over_parts:
                return join("{0}(parts)", self.pick(AGGREGATES), zh="{0}(各项)")
            case "batch" if not self.scope.pure:
                return self.batch_fold()
            case "rank" if not self.scope.pure:
                return self.rank()
        return None

    def numbers(self, count: int, depth: int) -> list[T]:
        return [self.number(depth) for _ in range(count)]

    # ---- aggregates

    def options(self, word: T) -> T:
        """`, ignoring missing, dropping highest and lowest if 3 or more`"""
        found = NOTHING
        if self.asks_missing and self.chance(3):
            found = join("{0}, ignoring missing", found, zh="{0}，忽略缺失")
        if word.en in ("average", "median", "sum") and self.chance(3):
            enough = self.pick((NOTHING, T(" if 3 or more", "，3 个以上（含）时")))
            found = join("{0}, dropping highest and lowest{1}", found, enough, zh="{0}，去掉一个最高和一个最低{1}")
        return found

    def fold(self) -> T | None:
        if not self.lists():
            return None
        rows = self.pick(self.lists())
        numbers = [f.name for f in rows.fields if f.kind in ("number", "whole")]
        where = self.where(rows.name, self.own_test(rows.fields)) if self.chance(4) else NOTHING
        name = self.fresh("r")
        if not numbers or self.chance(3):
            if self.chance(3):
                field = self.pick(rows.fields).name
                return T(f"count(distinct {name}.{field} for {name} in {rows.name}{where.en})",
                             f"个数(不重复 {name}.{field} 对 {rows.name} 中每个 {name}{where.zh})")  # fmt: skip
            return join(f"count({rows.name}{{0}})", where, zh=f"个数({rows.name}{{0}})")
        word, value = self.pick(AGGREGATES), self.pick(numbers)
        if all(bound.rows is not rows for bound in self.scope.rows) and self.chance(5):
            return join(f"{{0}}({rows.name}.{value}{{1}}{{2}})", word, where, self.options(word))
        return join(
            f"{{0}}({name}.{value} * 2 for {name} in {rows.name}{{1}}{{2}})", word, where, self.options(word),
            zh=f"{{0}}({name}.{value} * 2 对 {rows.name} 中每个 {name}{{1}}{{2}})",
        )  # fmt: skip

    def group_fold(self, bound: Bound) -> T:
        """Over the rows of a group."""
        numbers = [f.name for f in bound.rows.fields if f.kind in ("number", "whole")]
        where = self.where("", self.own_test(bound.rows.fields)) if self.chance(3) else NOTHING
        if not numbers or self.chance(3):
            return join(f"count({bound.name}{{0}})", where, zh=f"个数({bound.name}{{0}})")
        word, value = self.pick(AGGREGATES), self.pick(numbers)
        return join(f"{{0}}({bound.name}.{value}{{1}}{{2}})", word, where, self.options(word))

    def where(self, rows: str, test: T) -> T:
        return join(" where {0}", test, zh=" 其中 {0}")

    def batch_fold(self) -> T | None:
        """A value over all records; the row of `all` has the inputs for fields."""
        numbers = [given.name for given in self.inputs if given.kind in ("number", "whole")]
        with self.inside(pure=True, lets=[], rows=[], inner=[], over_parts=False):
            where = self.where("all", self.test(0)) if self.chance(3) else NOTHING
        self.batch = True
        if not numbers or self.chance(2):
            return join("count(all{0})", where, zh="个数(全部{0})")
        word, value = self.pick(AGGREGATES), self.pick(numbers)
        return join(
            f"{{0}}(all.{value}{{1}}{{2}})", word, where, self.options(word), zh=f"{{0}}(全部.{value}{{1}}{{2}})"
        )

    def rank(self) -> T:
        self.batch = True
        with self.inside(pure=True, lets=[], rows=[], inner=[], over_parts=False):
            value = self.number(0)
        order = self.pick((T("highest first", "从高到低"), T("lowest first", "从低到高")))
        ties = self.pick((T("ties share", "并列同名次"), T("ties dense", "连续名次")))
        return join("rank({0}, {1}, {2})", value, order, ties, zh="排名({0}，{1}，{2})")

    def looked_up(self) -> T | None:
        keys = self.cells("one-of")
        if not self.tables or not keys:
            return None
        name, count, columns = self.pick(self.tables)
        chosen = [self.pick(keys) for _ in range(count)]
        column = f".{self.pick(columns)}" if columns else ""
        return join(f"{name}({', '.join(f'{{{i}}}' for i in range(count))}){column}", *chosen)

    # ---- conditions

    def own_test(self, fields: tuple[Input, ...]) -> T:
        """A condition on the fields of one list only."""
        given = self.pick(fields)
        name, kind = given.name, given.kind
        match kind:
            case "number" | "whole" | "amount":
                return same(f"{name} > 1")
            case "percent":
                return same(f"{name} >= 90%")
            case "yes/no":
                return same(name)
            case "one-of":
                return same(f'{name} = "high"')
            case "date":
                return same(f"{name} > 2023-03-01")
            case "text":
                return T(f'{name} contains "late"', f'{name} 包含 "late"')
        return T(f"not {name} is missing", f"非 {name} 缺失") if self.asks_missing else same("1 > 0")

    def test(self, depth: int) -> T:
        kinds = [
            "compare",
            "compare",
            "truth",
            "truth",
            "rate",
            "choice",
            "met",
            "dates",
            "text",
            "amounts",
            "constant",
        ]
        if depth:
            kinds += ["and", "or", "not", "chain", "every", "within"]
        kinds += (
            ["inapplicable"]
            + ["missing"] * self.asks_missing
            + ["grade"] * any(part.labels for part in self.scope.inner)
        )
        kind = self.pick(kinds)
        found = self.combined(kind, depth - 1) if depth else None
        if found is None:
            found = self.asked(kind)
        if found is None:
            sign = self.pick((*SIGNS, same("="), same("!=")))
            found = join("{0} {1} {2}", self.number(min(depth, 1)), sign, self.constant())
        return found

    def combined(self, kind: str, depth: int) -> T | None:
        match kind:
            case "and":
                return join("({0} and {1})", self.test(depth), self.test(depth), zh="({0} 且 {1})")
            case "or":
                return join("({0} or {1})", self.test(depth), self.test(depth), zh="({0} 或 {1})")
            case "not":
                return join("not ({0})", self.test(depth), zh="非 ({0})")
            case "chain":
                return join("1 <= {0} < {1}", self.number(0), same(self.pick(("3", "5", "10"))))
            case "every" if self.lists():
                rows = self.pick(self.lists())
                name = self.fresh("r")
                given = self.pick(rows.fields)
                asked = {"number": f"{name}.{given.name} > 1", "yes/no": f"{name}.{given.name}"}.get(given.kind)
                if asked is None:
                    return join(f"any({rows.name} where {{0}})", self.own_test(rows.fields),
                                zh=f"任一({rows.name} 其中 {{0}})")  # fmt: skip
                word = self.pick((T("every", "全部满足"), T("any", "任一")))
                return join(f"{{0}}({asked} for {name} in {rows.name})", word,
                            zh=f"{{0}}({asked} 对 {rows.name} 中每个 {name})")  # fmt: skip
            case "within" if dates := self.cells("date"):
                days = same(self.pick(("0", "30", "122")))
                found = (self.pick(dates), days, self.pick((*dates, DAYS[1])))
                return join("({0} within {1} days of {2})", *found, zh="({0} 在 {2} 后 {1} 日内)")
        return None

    def asked(self, kind: str) -> T | None:
        """Of what stands in one cell."""
        match kind:
            case "truth" if truths := self.cells("yes/no"):
                truth = self.pick(truths)
                return truth if self.chance(7) else join("{0} = yes", truth, zh="{0} = 是")
            case "rate" if rates := self.cells("percent"):
                bounds = [same(self.pick(("80%", "90%", "95%"))), *map(same, self.scope.rates)]
                return join("{0} {1} {2}", self.pick(rates), self.pick(SIGNS), self.pick(bounds))
            case "amounts" if amounts := self.cells("amount"):
                return join("{0} {1} {2}", self.pick(amounts), self.pick(SIGNS), self.pick([*amounts, same("3")]))
            case "choice" if choices := self.cells("one-of"):
                choice = self.pick(choices)
                if self.chance(4):
                    return join("{0} != {1}", choice, quoted(self.pick(CHOICES)))
                several = listed([quoted("high"), quoted("low")])
                return join("{0} in [{1}]", choice, several, zh="{0} 属于 [{1}]")
            case "text" if texts := self.cells("text"):
                return join('{0} contains "late"', self.pick(texts), zh="{0} 包含 “late”")
            case "dates" if dates := self.cells("date"):
                return join("{0} {1} {2}", self.pick(dates), self.pick(SIGNS), self.pick([*dates, *DAYS]))
            case "met" if (actuals := self.cells("actual")) and (targets := self.cells("target")):
                if self.chance(4):
                    return join("{0} > {1} * 1.5", self.pick(actuals), self.pick(targets))
                return join("met({0}, {1})", self.pick(actuals), self.pick(targets), zh="达到目标({0}, {1})")
            case "missing" if cells := self.cells("number", "yes/no", "actual", "date", "text"):
                if self.chance(3):
                    return join("{0} is not missing", self.pick(cells), zh="非 {0} 缺失")
                return join("{0} is missing", self.pick(cells), zh="{0} 缺失")
            case "inapplicable" if cells := self.cells("number", "yes/no", "date"):
                return join("{0} is not applicable", self.pick(cells), zh="{0} 不适用")
            case "grade" if graded := [part for part in self.scope.inner if part.labels]:
                part = self.pick(graded)
                return same(f'{part.name}.grade = "{self.pick(part.labels)}"')
            case "constant" if self.chance(2):
                return self.pick((T("yes", "是"), T("(not no)", "(非 否)")))
        return None
