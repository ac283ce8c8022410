"""Generated schemes: parts of every kind, with shares that agree, inputs of every kind, and what stands beside them."""

from __future__ import annotations

from properties.description import Description, Input, Judgement, Part, PartLoop
from properties.drawing import Bound
from properties.expressions import CHOICES, MODES
from properties.statements import Statements
from properties.texts import NOTHING, Lines, T, join, line, listed, over, quoted, same

KINDS = (
    "number", "number", "ranged", "percent", "percent", "whole", "yes/no", "yes/no", "one-of", "text", "date", "amount",
    "target", "actual",
)  # fmt: skip


class Maker(Statements):
    """Draws one description."""

    def description(self) -> Description:
        self.inputs = [
            self.input("waiver"),
            self.input("whole"),
            self.input(self.pick(("percent", "ranged", "one-of"))),
        ]
        self.inputs += [self.input(self.pick((*KINDS, "list", "list", "list"))) for _ in range(self.some(1, 4))]
        if self.chance(3):
            self.inputs += [self.input("target"), self.input("actual")]
        definitions = [found for _ in range(self.some(0, 2)) for found in [self.definition()]]
        head = self.head()
        total = Part("total", "total", "100")
        self.fill(total, 0)
        batch_by = None
        if self.batch and head and self.chance(5):
            keys = [given.name for given in self.inputs if given.kind in ("one-of", "text", "whole")]
            batch_by = self.pick(keys)
            head.append(T(f"batch by {batch_by}", f"按 {batch_by} 分批"))
        examples = [self.example(total)] if self.chance(2) else []
        return Description(
            head, self.inputs, definitions, total, examples, self.chance(1), self.dated, self.batch, batch_by
        )

    def head(self) -> list[T]:
        """The scheme's attributes."""
        found: list[T] = []
        if self.chance(4):
            found.append(T('authority "the plan"', '依据 "the plan"'))
        for odds, of in ((3, T("round each criterion", "每个评分项")), (4, T("round total", "总分"))):
            if self.chance(odds):
                places = self.pick(("1", "2"))
                found.append(
                    join(
                        f"{{0}} to {places} places, {{1}}", of, self.pick(MODES), zh=f"{{0}}保留 {places} 位小数，{{1}}"
                    )
                )
        if self.chance(3):
            self.bare_rule = True
            found.append(T("bare bounds include their number", "“以上”“以下”“以内”包括本数"))
        if self.chance(2):
            found.append(T("fewer points are better", "得分越低越好"))
        if self.chance(2):
            end = self.pick((T("", ""), T(" to 2025-12-31", "，至 2025年12月31日止")))
            found.append(join("effective from 2023-01-01{0}", end, zh="自 2023年1月1日起施行{0}"))
        if self.chance(2):
            language = self.pick(("en", "zh"))
            found.append(T(f"language {language}", f"语言 {language}"))
        if self.chance(2):
            found.append(self.pick((T("may reach 250", "最高 250 分"), T("no maximum", "不设上限"))))
        if self.chance(2):
            found.append(self.pick((T("may go below 0", "可为负分"), T("not below 0", "不倒扣"))))
        return found

    # ---- inputs

    def input(self, kind: str, depth: int = 0) -> Input:
        name = self.fresh("f" if depth else self.pick(("x", "x", "x", "数", "甲")))
        extra = T(", optional", "，可缺") if self.chance(2) else NOTHING
        title = quoted(f"title of {name}") if self.chance(2) else NOTHING
        title = join(" {0}", title) if title.en else title
        low = high = None
        unit, fields = "", ()
        match kind:
            case "number":
                facets = T("number", "数值")
            case "ranged":
                kind = "number"
                low, high = self.pick((("0", "10"), ("0", "100"), ("1", "5"), ("-2", "3")))
                facets = T(f"number from {low} to {high}", f"数值，从 {low} 至 {high}")
            case "percent":
                low, high = "0", "100"
                facets = T("number in %, from 0 to 100", "数值，单位 %，从 0 至 100")
            case "amount":
                unit = self.unit = self.unit or self.pick(("万元", "站"))
                facets = (
                    T(f"number in {unit}", f"数值，单位 {unit}")
                    if unit == "万元"
                    else T('number in "站"', "数值，单位 “站”")
                )
            case "whole":
                facets = T("whole number", "整数")
            case "yes/no":
                facets = T("yes/no", "是否")
            case "one-of":
                facets = join("one of {0}", listed([quoted(choice) for choice in CHOICES]), zh="取值 {0}")
            case "text":
                facets = T("text", "文本")
            case "date":
                facets = T("date", "日期")
            case "target":
                facets, extra = T("target", "目标值"), NOTHING
            case "actual":
                facets = T("actual", "完成值")
            case "waiver":
                declared = self.chance(5)
                return Input(name, kind, T("yes/no, optional", "是否，可缺"), declared=declared)
            case _:
                facets = T("list of", "列表")
                fields = tuple(self.input(self.pick(KINDS), 1) for _ in range(self.some(1, 3)))
        return Input(name, kind, join("{0}{1}", facets, extra), fields, low, high, unit, title)

    # ---- dated values, tables, functions

    def definition(self) -> Lines:
        match self.pick(("parameter", "dated", "table", "dated table", "function")):
            case "parameter":
                return self.parameter(same(self.pick(("2", "5", "90%"))))
            case "dated":
                return self.parameter(None)
            case "table":
                return self.code_table(dated=False)
            case "dated table":
                return self.code_table(dated=True)
            case _:
                name = self.fresh("h")
                self.functions.append((name, 2))
                return line(T(f"define {name}(a, b) = max(0, b - a) / 2", f"定义 {name}(a, b) = 取大(0, b - a) / 2"))

    def parameter(self, value: T | None) -> Lines:
        name = self.fresh("q")
        rate = (value or same(self.pick(("2", "90%")))).en.endswith("%")
        (self.scope.rates if rate else self.scope.numbers).append(name)
        head = T(f"parameter {name}", f"参数 {name}")
        if value is not None:
            return line(join(f"{{0}} = {value.en}", head))
        self.dated = True
        unit = "%" if rate else ""
        rows = (
            T(f"from 2021-01-01 : 80{unit}", f"自 2021年1月1日起 ：80{unit}"),
            T(f"from 2023-01-01 : 3{unit}", f"自 2023-01-01 起 ：3{unit}"),
        )
        return over(head, *map(line, rows))

    def code_table(self, *, dated: bool) -> Lines:
        name, keys = self.fresh("t"), self.some(1, 2)
        columns = self.pick(((), ("a1", "a2")))
        self.tables.append((name, keys, columns))
        names = [f"k{index}" for index in range(keys)]
        behind = T(f" : {', '.join(columns)}", f" ：{'、'.join(columns)}") if columns else NOTHING
        head = T(f"table {name} by {', '.join(names)}{behind.en}", f"对照表 {name} 按 {'、'.join(names)}{behind.zh}")
        if not dated:
            return over(head, *self.code_rows(keys, len(columns) or 1))
        self.dated = True
        first, second = (over(since, *self.code_rows(keys, len(columns) or 1)) for since in (
            T("from 2020-01-01", "自 2020年1月1日起"), T("from 2022-01-01", "自 2022-01-01 起")))  # fmt: skip
        return over(head, first, second)

    def code_rows(self, keys: int, columns: int) -> list[Lines]:
        rows = []
        for choice in CHOICES[: self.some(1, 3)]:
            codes = listed([quoted(choice), quoted("low")][:keys])
            if self.chance(3):  # Several codes in a row: of the first key this one, and one that no record has.
                codes = join("is {0}, {1}{2}", quoted(choice), quoted(f"{choice}2"),
                             join(", is {0}", quoted("low"), zh="，等于 {0}") if keys > 1 else NOTHING,
                             zh="等于 {0}、{1}{2}")  # fmt: skip
            rows.append(join("{0} : {1}", codes, self.codes(columns), zh="{0} ：{1}"))
        if self.chance(6):
            rows.append(join("otherwise : {0}", self.codes(columns), zh="其余 ：{0}"))
        return [line(row) for row in rows]

    def codes(self, columns: int) -> T:
        return listed([self.constant() for _ in range(columns)])

    # ---- parts

    def fill(self, part: Part, depth: int) -> None:
        """Statements and inner parts. One with scores beside parts reads them; one with reviewers or a start has none."""
        with self.inside(around=[*self.scope.around, part], inner=[], moves=[]):
            self.choose_grades(part)
            nested = (depth == 0 and self.chance(8)) or (depth == 1 and part.kind == "section" and self.chance(7))
            if nested:
                self.siblings(part, depth)
                self.scope.inner = [inner for inner in part.parts if inner.loop is None]
                self.scope.over_parts = True
                roles = ["deduct", "deduct", "award"]
                part.statements += self.over_the_parts(part)
            else:
                self.scope.over_parts = False
                roles = self.basis(part)
            for _ in range(self.some(0 if nested else 1, 3)):
                part.statements += self.statement(roles)
            if nested and self.chance(3):
                part.parts += self.outside(part, depth)
            if part.labels:
                kind = part.grade_kind if part.points else "by"
                part.grades.append(self.grade(kind, float(part.points or 100)))

    def choose_grades(self, part: Part) -> None:
        if part.kind in ("bonus", "penalty") or part.points is None or any(p.loop for p in self.scope.around):
            return
        if self.chance(5 if part.kind == "total" else 2):
            part.labels, part.grade_kind = self.labels()

    def basis(self, part: Part) -> list[str]:
        """What the part starts from; the roles of its moves."""
        if part.kind == "bonus":
            return ["award", "score"]
        if part.kind == "penalty":
            return ["deduct"]
        match self.pick(("full", "full", "scores", "judged", "start")):
            case "scores":
                part.statements.append(self.move("score", alone=True))
                return ["score", "deduct", "award"]
            case "judged" if part.kind != "total" and not any(p.loop for p in self.scope.around) and part.points:
                part.statements.append(self.judgement(part))
                return ["deduct", "award"]
            case "start":
                part.statements.append(self.start())
                return ["deduct", "award"]
        return ["deduct"]

    def start(self) -> Lines:
        amount, reason = self.pick((self.constant(), T("points / 2", "满分 / 2"))), NOTHING
        if self.chance(2):
            reason = T(', because "a start"', "，理由 “a start”")
        if self.chance(5):
            return line(join("start at {0}{1}", amount, reason, zh="从 {0} 分起评{1}"))
        with self.inside(inner=[], over_parts=False):
            test = self.test(1)
        zh = self.pick(("{2} 的，从 {0} 分起评，其余 {3} 分{1}", "基准分 {0} 分 如果 {2}，其余 {3} 分{1}"))
        return line(join("start at {0} if {2}, otherwise {3}{1}", amount, reason, test, self.constant(), zh=zh))

    def over_the_parts(self, part: Part) -> list[Lines]:
        """A score made of the parts' scores, in some."""
        if not self.chance(3):
            return []
        named = [inner.name for inner in self.scope.inner]
        word = self.pick(
            (T("lowest", "最低"), T("highest", "最高"), T("average", "平均"), T("median", "中位数"), T("sum", "合计"))
        )
        value = join("{0}(parts)", word, zh="{0}(各项)")
        if named and self.chance(5):
            value = T(" + ".join(f"{name} * 40%" for name in named), " + ".join(f"{name} * 40%" for name in named))
        if part.kind == "total" and self.chance(5):
            return [line(join("total = {0}", value, zh="总分 = {0}"))]
        return [line(join("score {0}", value, zh="得 {0} 分"))]

    def siblings(self, part: Part, depth: int) -> None:
        """Parts with shares of one kind."""
        kind = self.pick(("points", "points", "weight", "relative"))
        lists = [rows for rows in self.lists() if any(f.kind in ("number", "whole") for f in rows.fields)]
        bound = [one.rows for one in self.scope.rows]
        lists = [rows for rows in lists if rows not in bound]
        if lists and kind != "weight" and depth < 2 and self.chance(3):
            part.parts = [self.looped_part(self.pick(lists), kind, depth)]
            if part.kind == "total" and kind == "points":
                part.points = None
            return
        count = self.some(1, 3)
        weights = {1: ("100",), 2: self.pick((("40", "60"), ("25", "75"))), 3: ("20", "30", "50")}[count]
        part.parts = [self.sibling(kind, weights[index], depth) for index in range(count)]
        if kind == "points" and all(inner.points for inner in part.parts):
            part.points = _plain(sum(float(inner.points or 0) for inner in part.parts))

    def sibling(self, kind: str, weight: str, depth: int) -> Part:
        points = self.pick(("5", "10", "20", "40", "2.5"))
        word = "section" if depth == 0 and self.chance(5) else "criterion"
        scaled = kind != "points" and self.chance(2)  # Scored out of points of its own.
        part = Part(word, self.fresh("p"), points if kind == "points" or scaled else "100")
        if self.chance(2):
            part.title = same(f' "Part {part.name}"')
        self.fill(part, depth + 1)
        share = {
            "points": T(f"{part.points} points", f"{part.points} 分"),
            "weight": T(f"weight {weight}%", f"权重 {weight}%"),
            "relative": T(f"weight {weight}", f"系数 {weight}"),
        }[kind]
        if kind == "points" and part.points is None:
            part.points = points
            share = T(f"{points} points", f"{points} 分")
        part.head.append(share)
        if scaled and part.points is not None:
            part.head.append(T(f"{part.points} points", f"{part.points} 分"))
        self.bound(part)
        return part

    def bound(self, part: Part) -> None:
        """A bound in the head, or on a line of its own."""
        if not self.chance(3) or part.points is None:
            return
        more, least = _plain(float(part.points) + 2), self.pick(("1", "0.5"))
        found = self.pick((
            T(f"may reach {more}", f"最高 {more} 分"), T(f"at least {least}", f"最低 {least} 分"), T("no maximum", "不设上限"),
            T("may go below 0", "可为负分"), T("not below 0", "不倒扣"),
        ))  # fmt: skip
        if self.chance(5):
            part.head.append(found)
        else:
            part.statements.append(line(T(f"{found.en}", f"{found.zh}")))

    def looped_part(self, rows: Input, kind: str, depth: int) -> Part:
        """One part a row, with a share from the row."""
        row = self.fresh("r")
        amount = self.pick([f.name for f in rows.fields if f.kind in ("number", "whole")])
        share = T(f"{row}.{amount} points", f"{row}.{amount} 分")
        if kind == "relative":
            share = T(f"weight {row}.{amount}", f"系数 {row}.{amount}")
        where = self.own_test(rows.fields) if self.chance(3) else None
        part = Part(
            "section" if depth == 0 and self.chance(3) else "criterion", row, None, [share],
            same(f' "{{{rows.fields[0].name}}}"') if self.chance(6) else NOTHING, PartLoop(row, rows, where),
        )  # fmt: skip
        with self.inside(rows=[*self.scope.rows, Bound(row, rows)]):
            self.fill(part, depth + 1)
        return part

    def outside(self, part: Part, depth: int) -> list[Part]:
        """Bonus and penalty parts: they may read their siblings."""
        found = []
        for kind in self.pick((("bonus",), ("penalty",), ("bonus", "penalty"))):
            most = self.pick(("2", "4", "10"))
            inner = Part(kind, self.fresh("p"), most, [T(f"up to {most} points", f"最高 {most} 分")])
            around = [*self.scope.around, inner]
            with self.inside(around=around, inner=[one for one in part.parts if one.loop is None], over_parts=False):
                roles = self.basis(inner)
                for _ in range(self.some(1, 2)):
                    inner.statements += self.outside_statement(inner, roles)
            found.append(inner)
        return found

    def outside_statement(self, inner: Part, roles: list[str]) -> list[Lines]:
        kind = self.pick(("move", "move", "let", "group", "loop"))
        if kind == "loop" and self.free_lists():
            return [self.loop(roles)]
        if kind == "let":
            return [self.let()]
        return [self.group(self.pick(roles)) if kind == "group" else self.move(self.pick(roles), alone=True)]

    # ---- judgement

    def judgement(self, part: Part) -> Lines:
        method = self.pick((NOTHING, T("average of reviewers", "取平均"), T("median of reviewers", "取中位数")))
        dropping = self.pick((
            NOTHING, T("dropping highest and lowest", "去掉一个最高分和一个最低分"),
            T("dropping highest and lowest if 3 or more", "去掉一个最高分和一个最低分，3 人以上（含）时"),
        )) if method.en else NOTHING  # fmt: skip
        shape = self.pick(("any", "choices", "levels", "fixed"))
        levels: list[Lines] = []
        scores, named = ("0", "1", "2", "2.5"), ()
        clauses = [clause for clause in (method, dropping) if clause.en]
        if shape == "choices":
            clauses.append(T("one of 0, 1, 2", "取值 0、1、2"))
            scores = ("0", "1", "2")
        elif shape == "levels":
            rows = (T('"good" : from 80% to 100%', "“good” ：100%—80%（含）"), T('"fair" : from 60% to below 80%', "“fair” ：80%—60%（含）"),
                    T('"poor" : below 60%', "“poor” ：60%—0%"))  # fmt: skip
            levels = [line(row) for row in rows]
            worth = float(part.points or 0)
            named = tuple((label, _plain(worth * share)) for label, share in (("good", 1), ("fair", 0.7), ("poor", 0)))
        elif shape == "fixed":
            levels = [line(T('"yes" : 2', "“yes” ：2 分")), line(T('"no" : 0', "“no” ：0 分"))]
            named = (("yes", "2"), ("no", "0"))
        part.judged = Judgement(scores, named, bool(method.en))
        if clauses and self.chance(4):
            return over(T("judged", "由评审打分"), *map(line, clauses), *levels)
        head = T(", ".join(("judged", *(c.en for c in clauses))), "，".join(("由评审打分", *(c.zh for c in clauses))))
        return over(head, *levels)

    # ---- examples

    def example(self, total: Part) -> Lines:
        rows = [self.given(given) for given in self.inputs if given.declared and self.chance(7)]
        expected = [T("expect total = 90", "应为 总分 = 90")]
        named = [part.name for part in total.parts if part.loop is None and part.kind not in ("bonus", "penalty")]
        if named and self.chance(6):
            name = self.pick(named)
            expected.append(T(f"expect deduction 2 in {name}", f"{name} 应扣 2 分"))
            expected.append(T(f"expect award 1 in {name}", f"{name} 应加 1 分"))
            expected.append(T(f"expect {name} = 3", f"{name} 应得 3 分"))
        if total.labels:
            expected.append(T('expect grade "A"', "应评为 A"))
        return over(T('example "a case"', "算例 “a case”"), *(line(row) for row in rows), *map(line, expected))

    def given(self, given: Input) -> T:
        if given.kind != "list":
            value = self.cell(given)
            return join(f"given {given.name} = {{0}}", value, zh=f"已知 {given.name} = {{0}}")
        rows = []
        for _ in range(self.some(0, 2)):
            fields = [(f.name, self.cell(f)) for f in given.fields]
            rows.append(
                T(
                    "{" + ", ".join(f"{n} = {v.en}" for n, v in fields) + "}",
                    "{" + "，".join(f"{n} = {v.zh}" for n, v in fields) + "}",
                )
            )
        inside = T(", ".join(row.en for row in rows), "，".join(row.zh for row in rows))
        return join(f"given {given.name} = [{{0}}]", inside, zh=f"已知 {given.name} = [{{0}}]")

    def cell(self, given: Input) -> T:
        match given.kind:
            case "yes/no" | "waiver":
                return T("yes", "是")
            case "one-of":
                return quoted("high")
            case "text" | "target":
                return quoted("≥2" if given.kind == "target" else "late")
            case "date":
                return T("2023-06-30", "2023年6月30日")
            case "percent":
                return same("90%")
        return same("2")


def _plain(value: float) -> str:
    value = round(value, 4)
    return str(int(value)) if value == int(value) else str(value)
