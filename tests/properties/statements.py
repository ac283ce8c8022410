"""Generated statements: every kind, in the places where it may stand."""

from __future__ import annotations

from properties.description import Input, Part
from properties.drawing import Bound
from properties.tables import Tables
from properties.texts import NOTHING, Lines, T, join, line, over, same

VERBS = {"deduct": T("deduct", "扣"), "award": T("award", "加"), "score": T("score", "得")}
POLICIES = {
    "full": T("full ", "不足 {0} 不计"),
    "started": T("started ", "不足 {0} 按 {0} 计算"),
    "fractional": T("fractional ", "按比例计算"),
}
LOOPED = {"let": 2, "check": 2, "move": 6, "zero": 1, "limit": 1, "regrade": 2, "group": 1, "restore": 2, "loop": 1}
DIRECT = {**LOOPED, "loop": 4, "grouped loop": 2, "skip": 1, "allow": 1, "group": 3, "restore": 3}


class Statements(Tables):
    def statement(self, roles: list[str], *, alone: bool = True) -> list[Lines]:
        """One or more statements; `alone`: directly in a part, not in a loop."""
        weights = DIRECT if alone else LOOPED
        kind = self.pick([name for name, weight in weights.items() for _ in range(weight)])
        match kind:
            case "let":
                return [self.let()]
            case "check":
                return [self.check()]
            case "loop" if self.free_lists():
                return [self.loop(roles)]
            case "grouped loop" if self.grouped_lists():
                return [self.grouped_loop(roles)]
            case "group":
                make = self.checklist if self.chance(3) else self.group
                return [make(self.pick(roles))]
            case "restore" if "deduct" in roles:
                return self.restored()
            case "zero":
                return [self.zero()]
            case "limit":
                return [self.limit()]
            case "regrade" if any(part.labels for part in self.scope.around):
                return [self.regrade()]
            case "skip":
                return [self.skip()]
            case "allow":
                return [line(T('allow W126 because "meant"', "允许 W126 理由 “meant”"))]
        return [self.move(self.pick(roles), alone=alone)]

    # ---- lets, checks

    def let(self) -> Lines:
        name = self.fresh("l")
        table = self.table() if self.chance(3) else None
        if table is not None:
            keys, rows = table
            found = over(join(f"let {name} by {{0}}", keys, zh=f"设 {name} 按 {{0}}"), *rows)
        else:
            answers = self.answers(skips=False)
            found = line(join(f"let {name} = {{0}}{{1}}", self.number(2), answers, zh=f"设 {name} = {{0}}{{1}}"))
        self.scope.lets.append(name)
        return found

    def check(self) -> Lines:
        test = T("total >= 10", "总分 >= 10") if self.chance(3) else self.test(2)
        severity = self.pick((NOTHING, T(", warn", "，提示"), T(", error", "，报错")))
        reason = T(' because "odd"', "，理由 “odd”") if self.chance(3) else NOTHING
        if self.chance(3):
            en = self.pick(("check {0} if {3}{1}{2}", "if {3}, check {0}{1}{2}"))
            zh = self.pick(("{3} 的，核对 {0}{1}{2}", "若 {3}，核对 {0}{1}{2}"))
            return line(join(en, test, severity, reason, self.test(1), zh=zh))
        return line(join("check {0}{1}{2}", test, severity, reason, zh="核对 {0}{1}{2}"))

    # ---- loops

    def free_lists(self) -> list[Input]:
        bound = [one.rows for one in self.scope.rows]
        return [rows for rows in self.lists() if rows not in bound] if len(bound) < 2 else []

    def grouped_lists(self) -> list[Input]:
        return [
            rows for rows in self.free_lists()
            if any(f.kind in ("one-of", "text", "whole", "yes/no") for f in rows.fields)
        ]  # fmt: skip

    def loop(self, roles: list[str]) -> Lines:
        rows, name = self.pick(self.free_lists()), self.fresh("r")
        listed = rows.name
        with self.inside(rows=[*self.scope.rows, Bound(name, rows)], over_parts=False, moves=[]):
            where = join(" where {0}", self.test(1), zh="，其中 {0}") if self.chance(4) else NOTHING
            body = [one for _ in range(self.some(1, 2)) for one in self.statement(roles, alone=False)]
        head = join(f"for each {name} in {listed}{{0}}", where, zh=f"对 {listed} 中每个 {name}{{0}}")
        return over(head, *body)

    def grouped_loop(self, roles: list[str]) -> Lines:
        rows, name = self.pick(self.grouped_lists()), self.fresh("g")
        fields = rows.fields
        key = self.pick([f for f in fields if f.kind in ("one-of", "text", "whole", "yes/no")])
        where = self.own_test(fields) if self.chance(3) else None
        with self.inside(rows=[*self.scope.rows, Bound(name, rows, key)], over_parts=False, moves=[]):
            body = [one for _ in range(self.some(1, 2)) for one in self.statement(roles, alone=False)]
        listed = rows.name
        asked = T("", "") if where is None else T(f" where {where.en}", f"，其中 {where.zh}")
        head = T(
            f"for each {name} in {listed}{asked.en} by {key.name}",
            f"对 {listed} 按 {key.name} 分组，每组 {name}{asked.zh}",
        )
        return over(head, *body)

    # ---- moves

    def move(self, role: str, *, alone: bool, name: str | None = None) -> Lines:
        shape = self.pick(("plain", "plain", "plain", "step", "step", "count", "table", "table"))
        tail = self.tail(role, alone, name)
        if "or skip" in tail.en:  # Decided before anything is scored.
            with self.inside(inner=[], lets=[], over_parts=False):
                return self.shaped(role, shape, tail)
        return self.shaped(role, shape, tail)

    def shaped(self, role: str, shape: str, tail: T) -> Lines:
        under = self.under()
        if shape == "table" and (table := self.table()) is not None:
            return self.by_table(role, table, tail)
        if shape == "step":
            found = self.step(role, tail)
        elif shape == "count":
            found = self.count(role, tail)
        else:
            found = self.plain(role, tail)
        return over(found, *under)

    def plain(self, role: str, tail: T) -> T:
        verb, amount = VERBS[role], self.amount()
        if role == "score" and amount.en == "0":  # 得 0 分 is 不得分: more than a score of 0.
            amount = same("1")
        if not self.chance(7):
            return join("{0} {1}{2}", verb, amount, tail, zh="{0} {1} 分{2}")
        test = self.test(2)
        en = "{0} {1} if {2}{3}" if self.chance(5) else "if {2}, {0} {1}{3}"
        zh = self.pick(("{2} 的，{0} {1} 分{3}", "如果 {2}，{0} {1} 分{3}", "{0} {1} 分 如果 {2}{3}"))
        if len(test.en) % 4 == 0:  # Read off what was drawn already.
            said = len(test.en) % 8 == 0
            en = "{0} {1} if {2}, otherwise {0} {4}{3}" if said else "if {2}, {0} {1}, otherwise {4}{3}"
            zh = "{2} 的，{0} {1} 分，其余{0} {4} 分{3}" if said else "如果 {2}，{0} {1} 分，否则{0} {4} 分{3}"
        return join(en, verb, amount, test, tail, same("1"), zh=zh)

    def by_table(self, role: str, table: tuple[T, list[Lines]], tail: T) -> Lines:
        keys, rows = table
        verbs = {"deduct": "扣分", "award": "加分", "score": "得分"}
        test = self.test(1) if self.chance(2) else None
        comma = keys.zh.endswith("，线性插值")
        zh_keys = keys.zh.removesuffix("，线性插值")
        ending = ("，线性插值" if comma else "") + tail.zh
        if test is None:
            return over(T(f"{role} by {keys.en}{tail.en}", f"按 {zh_keys} {verbs[role]}{ending}"), *rows)
        return over(
            T(f"if {test.en}, {role} by {keys.en}{tail.en}", f"{test.zh} 的，按 {zh_keys} {verbs[role]}{ending}"), *rows
        )

    def step(self, role: str, tail: T) -> T:
        """`for every started 1 percentage point that X is below L`, in each printed form."""
        value, bound, size, part = self.distance()
        direction = self.pick(("below", "above", "differs"))
        word = POLICIES[part] if part else NOTHING
        policy = f"，{word.zh.format(size.zh)}" if part else ""
        verb, amount = VERBS[role], same(self.pick(("0.5", "1", "2")))
        relation = {"below": "is below", "above": "is above", "differs": "differs from"}[direction]
        step = join(
            f"{{0}} {{1}} for every {word.en}{{2}} that {{3}} {relation} {{4}}", verb, amount, size, value, bound
        ).en
        act = f"{verb.zh} {amount.zh} 分{policy}"
        if direction == "differs":
            found = T(step, f"{value.zh} 与 {bound.zh} 每相差 {size.zh}，{act}")
        elif self.chance(4):
            word_zh, every = {"below": ("低于", "每低"), "above": ("超过", "每超过")}[direction]
            return T(
                f"{step} if {value.en} {direction} {bound.en}{tail.en}",
                f"{value.zh} {word_zh} {bound.zh} 的，{every} {size.zh} {act}{tail.zh}",
            )
        else:
            every = {"below": "每低于", "above": "每超过"}[direction]
            found = T(step, f"{value.zh} {every} {bound.zh} {size.zh}，{act}")
        if self.chance(4):
            test = self.test(1)
            return T(f"{found.en} if {test.en}{tail.en}", f"{test.zh} 的，{found.zh}{tail.zh}")
        return join("{0}{1}", found, tail)

    def distance(self) -> tuple[T, T, T, str | None]:
        """A value, a bound, a size of a step, and what a part of a step counts."""
        part = self.pick(("full", "started", "fractional"))
        rates, wholes = self.cells("percent"), self.cells("whole")
        shape = self.pick(("rate", "whole", "number", "share", "amounts"))
        if shape == "rate" and rates:
            size = self.pick((T("1 percentage point", "1 个百分点"), T("2 percentage points", "2 个百分点")))
            bounds = [same("95%"), same("80%"), *map(same, self.scope.rates)]
            return self.pick(rates), self.pick(bounds), size, part
        if shape == "whole" and wholes:
            size = self.pick(("1", "2"))  # A step of 1 between whole numbers has no part.
            return self.pick(wholes), same(self.pick(("0", "1", "3"))), same(size), None if size == "1" else part
        if shape == "amounts" and (amounts := self.cells("amount")):
            return self.pick(amounts), self.pick(amounts), same("5%"), part
        cells = [*self.cells("number"), *map(same, self.scope.numbers)] or [same("(1 + 2)")]
        size = same("3%") if shape == "share" else same(self.pick(("1", "0.5", "2")))
        return self.pick(cells), self.pick([*cells, same("3"), T("max(1, 2)", "取大(1, 2)")]), size, part

    def count(self, role: str, tail: T) -> T:
        verb = VERBS[role]
        wholes, free = self.cells("whole"), self.free_lists()
        shape = self.pick(("whole", "list", "rows"))
        if shape == "whole" and wholes:
            number, amount = self.pick(wholes), same(self.pick(("0.5", "1", "2")))
            if self.chance(3):
                return join("{0} {1} for each 2 {2}{3}", verb, amount, number, tail, zh="{2}每有 2 例，{0} {1} 分{3}")
            return join("{0} {1} for each {2}{3}", verb, amount, number, tail, zh="{2}每发现 1 处，{0} {1} 分{3}")
        if not free:
            return self.plain(role, tail)
        rows = self.pick(free)
        name, listed, fields = self.fresh("r"), rows.name, rows.fields
        if shape == "list":
            return join(
                f"{{0}} {{1}} for each {listed}{{2}}",
                verb,
                same("0.5"),
                tail,
                zh=f"{listed}每有 1 项，{{0}} {{1}} 分{{2}}",
            )
        own = [same(f"{name}.{f.name}") for f in fields if f.kind in ("number", "whole")]
        amount = join("max(0, {0})", self.pick(own), zh="取大(0, {0})") if own and self.chance(6) else same("1")
        where = self.own_test(fields) if self.chance(5) else None
        asked = NOTHING if where is None else T(f" where {where.en}", f"，其中 {where.zh}")
        return T(
            f"{verb.en} {amount.en} for each {name} in {listed}{asked.en}{tail.en}",
            f"{listed} 中每有 1 例 {name}{asked.zh}，{verb.zh} {amount.zh} 分{tail.zh}",
        )

    def group(self, role: str, name: str | None = None) -> Lines:
        """`together`, `highest of`: moves of one kind."""
        together = self.chance(5)
        head = T("highest of", self.pick(("取最高", "按最高级别计一次")))
        if together:
            head = join("together, up to {0}", self.constant(), zh="累计不超过 {0} 分")
        if self.chance(2):
            test = self.test(1)
            head = T(f"if {test.en}, {head.en}", f"{test.zh} 的，{head.zh}")
        if name:
            head = T(f"{head.en}, as {name}", f"{head.zh}，记为 {name}")
        with self.inside(moves=[]):
            bodies = [self.grouped(role) for _ in range(self.some(1, 3))]
        if self.chance(2):
            bodies.append(line(T('because "together"', "理由 “together”")))
        return over(head, *bodies)

    def checklist(self, role: str) -> Lines:
        """`score 4 for each that holds`: the same points for each of some conditions."""
        verb, amount = VERBS[role], same(self.pick(("0.5", "1", "2")))
        held = self.pick((T("holds", self.pick(("符合", "具备"))), T("fails", self.pick(("缺", "少")))))
        head = T(
            f"{verb.en} {amount.en} for each that {held.en}",
            f"以下每{held.zh}一项，{verb.zh} {amount.zh} 分",
        )
        if self.chance(3):
            head = join("{0}, up to {1}", head, self.constant(), zh="{0}，最高 {1} 分")
        return over(head, *(line(self.test(1)) for _ in range(self.some(1, 3))))

    def grouped(self, role: str) -> Lines:
        kind = self.pick(("move", "move", "move", "loop", "let", "group", "checklist"))
        if kind == "checklist":
            return self.checklist(role)
        if kind == "loop" and self.free_lists():
            rows, name = self.pick(self.free_lists()), self.fresh("r")
            listed = rows.name
            with self.inside(rows=[*self.scope.rows, Bound(name, rows)], over_parts=False):
                body = [self.move(role, alone=False) for _ in range(self.some(1, 2))]
            return over(T(f"for each {name} in {listed}", f"对 {listed} 中每个 {name}"), *body)
        if kind == "let":
            return self.let()
        if kind == "group" and len(self.scope.around) < 3:
            with self.inside(around=[*self.scope.around, Part("group", "", None)] * 2):
                return self.group(role)
        return self.move(role, alone=False)

    def restored(self) -> list[Lines]:
        """A named deduction (or group), and what gives part of it back."""
        name = self.fresh("n")
        first = self.group("deduct", name) if self.chance(2) else self.move("deduct", alone=False, name=name)
        found = [first]
        for _ in range(self.some(1, 2)):
            test = self.test(1) if self.chance(6) else None
            asked = NOTHING if test is None else T(f" if {test.en}", f"{test.zh} 的，")
            table = self.table("rate") if self.chance(2) else None
            if table is not None:
                keys, rows = table
                found.append(over(T(f"restore of {name} by {keys.en}", f"恢复 of {name} 按 {keys.zh}"), *rows))
                continue
            amount = self.pick((same("50%"), same("100%"), T("1", "1 分"), T("10 points", "10 分")))
            found.append(line(T(f"restore {amount.en} of {name}{asked.en}", f"{asked.zh}恢复 {name} 的 {amount.zh}")))
        return found

    # ---- clauses

    def answers(self, *, skips: bool) -> T:
        """`, or V if missing`, `, or skip if undefined`"""
        found = NOTHING
        if self.asks_missing and self.chance(2):
            found = join(", or {0} if missing", self.constant(), zh="，缺失时按 {0} 计")
            if skips and self.chance(3):
                found = T(", or skip if missing", "，缺失的不考核")
        if self.chance(4):
            answer = join(", or {0} if not applicable", self.constant(), zh="，不适用时按 {0} 计")
            if skips and self.chance(2):
                answer = T(", or skip if not applicable", "，不适用的不考核")
            found = join("{0}{1}", found, answer)
        if self.chance(3):
            answer = join(", or {0} if undefined", self.constant(), zh="，无法计算时按 {0} 计")
            if skips and self.chance(2):
                answer = T(", or skip if undefined", "，无法计算的不考核")
            found = join("{0}{1}", found, answer)
        return found

    def tail(self, role: str, alone: bool, name: str | None) -> T:
        clauses = []
        if self.chance(3):
            clauses.append(
                join(", up to {0}", self.constant(), zh="，最多扣 {0} 分" if role == "deduct" else "，最高 {0} 分")
            )
        if role == "deduct" and self.chance(1):
            clauses.append(T(" until exhausted", "，扣完为止"))
        if self.chance(2):
            waiver = self.waiver()
            clauses.append(T(f", except if {waiver}", f"，{waiver}的除外"))
        if name or self.chance(1):
            given = name or self.fresh("n")
            clauses.append(T(f", as {given}", f"，记为 {given}"))
        if self.chance(1):
            clauses.append(T(', code "RC1"', "，编号 “RC1”"))
        clauses.append(self.answers(skips=alone))
        return T("".join(one.en for one in clauses), "".join(one.zh for one in clauses))

    def under(self) -> list[Lines]:
        """Clauses on lines of their own."""
        found = []
        if self.chance(3):
            readable = self.readable()
            found.append(line(T(f'because "reason {readable}"', f"理由 “reason {readable}”")))
        if self.chance(2):
            found.append(line(T('under "art. 1"', "依据 “art. 1”")))
        return found

    def readable(self) -> str:
        lists = {given.name for given in self.inputs if given.kind == "list"}
        names = (
            [given.name for given in self.inputs if given.name not in lists and given.declared]
            + self.scope.lets
            + self.scope.numbers
        )
        return f"{{{self.pick(names)}}}" if names else "{{ none"

    def waiver(self) -> str:
        """A yes/no column with a reason and an approver beside it."""
        known = [given.name for given in self.inputs if given.kind == "waiver"]
        return self.pick(known)

    def asks(self, *, waived: bool = True) -> tuple[T, T]:
        """A condition, and the clauses behind it, of what is no move."""
        tail = NOTHING
        if waived and self.chance(3):
            waiver = self.waiver()
            tail = T(f", except if {waiver}", f"，{waiver}的除外")
        if self.chance(2):
            tail = join('{0} because "so it is"', tail, zh="{0}，理由 “so it is”")
        if self.chance(1):
            tail = join('{0}, under "art. 9", code "V"', tail, zh="{0}，依据 “art. 9”，编号 “V”")
        return self.test(1), tail

    # ---- vetoes, limits, grades, skips

    def target(self) -> str | None:
        """The name of a part around this place or inside it, that may be named."""
        beside = self.scope.around[-1].kind in ("bonus", "penalty")
        inner = [] if beside else self.scope.inner
        named = [part.name for part in (*self.scope.around, *inner) if part.name and not part.loop]
        named = [name for name in named if name != "total"]
        return self.pick(named) if named and self.chance(5) else None

    def asks_of(self, name: str | None) -> tuple[T, T]:
        """The same for what acts on a part by its name: it may not read what that part becomes."""
        if name is None:
            return self.asks()
        with self.inside(inner=[], lets=[], over_parts=False):
            return self.asks()

    def zero(self) -> Lines:
        name = self.target()
        test, tail = self.asks_of(name)
        if name is not None:
            return line(join(f"zero {name} if {{0}}{{1}}", test, tail, zh=f"{{0}} 的，“{name}”不得分{{1}}"))
        if self.chance(3):
            return line(join("zero total if {0}{1}", test, tail, zh="{0} 的，一票否决{1}"))
        return line(join("zero if {0}{1}", test, tail, zh="{0} 的，不得分{1}"))

    def limit(self) -> Lines:
        name, amount = self.target(), same(self.pick(("1", "2", "5", "59")))
        test, tail = self.asks_of(name)
        if name is not None:
            return line(
                join(
                    f"limit {name} to {{2}} if {{0}}{{1}}",
                    test,
                    tail,
                    amount,
                    zh=f"{{0}} 的，“{name}”不超过 {{2}} 分{{1}}",
                )
            )
        if self.chance(4):
            return line(join("limit total to {2} if {0}{1}", test, tail, amount, zh="{0} 的，总分不超过 {2} 分{1}"))
        return line(join("limit to {2} if {0}{1}", test, tail, amount, zh="{0} 的，本项不超过 {2} 分{1}"))

    def regrade(self) -> Lines:
        test, tail = self.asks()
        label = self.pick(("A", "B"))
        forms = {
            "is": T(f'grade is "{label}" if {{0}}{{1}}', f"{{0}} 的，直接判为 {label}{{1}}"),
            "not": T(f"grade not {label} if {{0}}{{1}}", f"{{0}} 的，不得评为 {label} 级{{1}}"),
            "limit": T(f'limit grade to "{label}" if {{0}}{{1}}', f"{{0}} 的，等级不高于 {label}{{1}}"),
            "lower": T("lower grade by 1 if {0}{1}", "{0} 的，等级降 1 级{1}"),
        }
        form = forms[self.pick(tuple(forms))]
        return line(join(form.en, test, tail, zh=form.zh))

    def skip(self) -> Lines:
        """Its condition is decided before anything is scored."""
        with self.inside(pure=True, lets=[], inner=[], over_parts=False):
            test, tail = self.asks(waived=False)
        if self.chance(1):
            return line(join("skip total if {0}{1}", test, tail, zh="{0} 的，不予评价{1}"))
        if self.scope.around[-1].kind == "total":
            return line(join("skip if {0}{1}", test, tail, zh="{0} 的，不考核{1}"))
        giving = self.pick((
            NOTHING, NOTHING, T(", giving full points", "，计满分"), T(", giving zero", "，计 0 分"),
            T(", rescaling total", "，总分按百分制折算"),
        ))  # fmt: skip
        return line(join("skip if {0}{1}{2}", test, giving, tail, zh="{0} 的，不考核{1}{2}"))
