"""Generated schemes: one description, written out in English and in Chinese, with records that fit it.

A description is mostly valid: what must agree (weights, points of inner parts) does, and types are kept. Values lie on
thresholds, cells may be missing, divisors may be zero. Every piece notes which construct it is, so that a test can ask
whether each of them occurs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import define, evolve, field, frozen
from hypothesis import strategies as st

CONSTRUCTS = frozenset(
    "scheme authority round-criterion round-total number percent whole range yes/no one-of target actual list optional "
    "let section criterion points weight for-each where loop-in-loop deduct award score if-behind if-in-front because "
    "under up-to exhausted or-if-missing or-if-undefined check error judged average grade-falling grade-rising grade-range "
    "met attainment excess count sum average-of min max abs round power divide and or not compare chain in is-missing "
    "score-of-a-part total-in-check points-word row.field".split()
)
MODES = (
    ("half up", "四舍五入"), ("half even", "四舍六入五成双"), ("down", "舍去"), ("up", "进一"),
    ("floor", "向下取整"), ("ceiling", "向上取整"),
)  # fmt: skip
NUMBERS = ("0", "0.5", "1", "1.5", "2", "3", "5", "10", "100")
RATES = ("0", "60", "80", "89.99", "90", "95", "100")
TARGETS = ("≥2", "≤3", "超过1", "是", "1–3", "2", "≥50%", "达90%", "显著提升")
ACTUALS = ("2", "3", "0", "是", "否", "1.5", "50%", "95%", "显著提升", "约3")
CHOICES = ("high", "middle", "low")


@frozen
class T:
    """The same text in both languages."""

    en: str
    zh: str

    def of(self, language: str) -> str:
        return self.en if language == "en" else self.zh


def same(text: str) -> T:
    return T(text, text)


def join(template: str, *parts: T, zh: str | None = None) -> T:
    return T(template.format(*(p.en for p in parts)), (zh or template).format(*(p.zh for p in parts)))


@define
class Lines:
    """One statement: its lines in both languages."""

    en: list[str]
    zh: list[str]

    def of(self, language: str) -> list[str]:
        return self.en if language == "en" else self.zh


@define
class Part:
    kind: str
    name: str
    share: T | None
    points: str
    """Full points on its own scale, as text."""
    statements: list[Lines]
    parts: list[Part]
    judged: bool = False


@frozen
class Input:
    name: str
    kind: str
    declaration: T
    fields: tuple[Input, ...] = ()
    low: str | None = None
    high: str | None = None


@define(repr=False)
class Description:
    """A scheme and what it reads."""

    head: list[T]
    inputs: list[Input]
    total: Part
    grade: list[T]
    used: set[str] = field(factory=set)
    """The constructs in it."""

    def text(self, language: str) -> str:
        lines = [T("scheme s", "方案 s").of(language), *("  " + line.of(language) for line in self.head)]
        if self.inputs:
            lines += ["", T("input", "数据").of(language)]
            for given in self.inputs:
                lines.append("  " + given.declaration.of(language))
                lines += ["    " + inner.declaration.of(language) for inner in given.fields]
        lines += ["", *_body(self.total, language)]
        if self.grade:
            lines += ["", T("grade", "等级").of(language), *("  " + row.of(language) for row in self.grade)]
        return "\n".join(lines) + "\n"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(f"\n{self.text('en')}")

    def judged(self) -> list[Part]:
        return [part for part in _walk(self.total) if part.judged]


def _body(part: Part, language: str) -> list[str]:
    lines = [line for statement in part.statements for line in statement.of(language)]
    for inner in part.parts:
        head = T("section", "部分") if inner.kind == "section" else T("criterion", "评分项")
        share = "" if inner.share is None else T(", ", "，").of(language) + inner.share.of(language)
        lines.append(f"{head.of(language)} {inner.name}{share}")
        lines += ["  " + line for line in _body(inner, language)]
    return lines


def _walk(part: Part) -> list[Part]:
    return [part, *(found for inner in part.parts for found in _walk(inner))]


# ---- the generator


class Maker:
    """Draws one description."""

    def __init__(self, draw: Any, *, asks_missing: bool = True) -> None:
        self.draw, self.asks_missing = draw, asks_missing
        self.used: set[str] = set()
        self.inputs: list[Input] = []
        self.counter = 0
        self.rows: list[tuple[str, Input]] = []
        """Rows bound here: their names and lists."""
        self.lets: list[str] = []
        self.inner: list[str] = []
        """Parts whose score may be read."""

    # -- drawing

    def pick(self, items: Sequence[Any]) -> Any:
        return self.draw(st.sampled_from(items))

    def chance(self, of_ten: int) -> bool:
        return bool(self.draw(st.integers(1, 10)) <= of_ten)

    def note(self, *constructs: str) -> None:
        assert CONSTRUCTS.issuperset(constructs), constructs
        self.used.update(constructs)

    def fresh(self, prefix: str) -> str:
        self.counter += 1
        return f"{prefix}{self.counter}"

    # -- the whole

    def description(self) -> Description:
        self.inputs = [self.input() for _ in range(self.pick((2, 3, 4, 5)))]
        if self.chance(4):
            self.inputs += [self.input(kind="target"), self.input(kind="actual")]
        self.note("scheme")
        head: list[T] = []
        if self.chance(4):
            self.note("authority")
            head.append(T('authority "the plan"', '依据 "the plan"'))
        if self.chance(3):
            self.note("round-criterion")
            mode = self.pick(MODES)
            places = self.pick(("1", "2"))
            head.append(
                T(f"round each criterion to {places} places, {mode[0]}", f"每个评分项保留 {places} 位小数，{mode[1]}")
            )
        if self.chance(4):
            self.note("round-total")
            mode = self.pick(MODES)
            places = self.pick(("0", "1", "2"))
            head.append(T(f"round total to {places} places, {mode[0]}", f"总分保留 {places} 位小数，{mode[1]}"))
        total = Part("total", "total", None, "100", [], [])
        self.fill(total, 0)
        grade = self.grade() if self.chance(5) else []
        return Description(head, self.inputs, total, grade, self.used)

    def input(self, depth: int = 0, kind: str | None = None) -> Input:
        kinds = ["number", "number", "ranged", "percent", "whole", "yes/no", "yes/no", "one-of", "target", "actual"]
        kind = kind or self.pick(kinds if depth else [*kinds, "list", "list", "list"])
        name = self.fresh("f" if depth else "x")
        optional = self.chance(2)
        extra = T(", optional", "，可缺") if optional else same("")
        if optional:
            self.note("optional")
        match kind:
            case "number":
                self.note("number")
                return Input(name, kind, join(f"{name} : number{{0}}", extra, zh=f"{name} ：数值{{0}}"))
            case "ranged":
                self.note("number", "range")
                low, high = self.pick((("0", "10"), ("0", "100"), ("1", "5"), ("-2", "3")))
                text = join(
                    f"{name} : number from {low} to {high}{{0}}", extra, zh=f"{name} ：数值，从 {low} 至 {high}{{0}}"
                )
                return Input(name, "number", text, low=low, high=high)
            case "percent":
                self.note("percent", "range")
                text = join(
                    f"{name} : number in %, from 0 to 100{{0}}", extra, zh=f"{name} ：数值，单位 %，从 0 至 100{{0}}"
                )
                return Input(name, kind, text, low="0", high="100")
            case "whole":
                self.note("whole")
                return Input(name, kind, join(f"{name} : whole number{{0}}", extra, zh=f"{name} ：整数{{0}}"))
            case "yes/no":
                self.note("yes/no")
                return Input(name, kind, join(f"{name} : yes/no{{0}}", extra, zh=f"{name} ：是否{{0}}"))
            case "one-of":
                self.note("one-of")
                words = T(", ".join(f'"{c}"' for c in CHOICES), "、".join(f'"{c}"' for c in CHOICES))
                return Input(
                    name, kind, join(f"{name} : one of {{0}}{{1}}", words, extra, zh=f"{name} ：取值 {{0}}{{1}}")
                )
            case "target":
                self.note("target")
                return Input(name, kind, T(f"{name} : target", f"{name} ：目标值"))
            case "actual":
                self.note("actual")
                return Input(name, kind, join(f"{name} : actual{{0}}", extra, zh=f"{name} ：完成值{{0}}"))
            case _:
                self.note("list")
                fields = tuple(self.input(1) for _ in range(self.pick((1, 2, 3))))
                return Input(name, "list", join(f"{name} : list of{{0}}", extra, zh=f"{name} ：列表{{0}}"), fields)

    def fill(self, part: Part, depth: int) -> None:
        """Statements and inner parts. A part with parts takes no scores; one with scores or reviewers has no parts."""
        nested = (depth == 0 and self.chance(8)) or (depth == 1 and part.kind == "section" and self.chance(7))
        lets, self.lets = self.lets, list(self.lets)
        if nested:
            part.parts = self.siblings(part, depth)
            self.inner = [inner.name for inner in part.parts]
            roles = ["deduct", "deduct", "award"]
            least = 0
        else:
            self.inner = []
            basis = self.pick(("full", "full", "scores", "judged"))
            roles = {"full": ["deduct"], "scores": ["score", "deduct", "award"], "judged": ["deduct", "award"]}[basis]
            if basis == "judged" and part.kind != "total":
                part.judged = True
                part.statements.append(self.judgement())
            elif basis == "scores":
                part.statements.append(self.move("score"))
            else:
                roles = ["deduct"]
            least = 1
        for _ in range(self.draw(st.integers(least, 3))):
            part.statements += self.statement(roles)
        self.inner, self.lets = [], lets

    def siblings(self, part: Part, depth: int) -> list[Part]:
        count = self.pick((1, 2, 3))
        weighted = self.chance(4)
        weights = {1: ("100",), 2: self.pick((("40", "60"), ("25", "75"))), 3: ("20", "30", "50")}[count]
        found = []
        for index in range(count):
            kind = "section" if depth == 0 and self.chance(5) else "criterion"
            self.note(kind)
            name = self.fresh("p")
            points = self.pick(("5", "10", "20", "40", "2.5"))
            share = (
                T(f"weight {weights[index]}%", f"权重 {weights[index]}%")
                if weighted
                else T(f"{points} points", f"{points} 分")
            )
            inner = Part(kind, name, share, "100" if weighted else points, [], [])
            self.note("weight" if weighted else "points")
            self.fill(inner, depth + 1)
            own = [p for p in inner.parts if p.share and "分" in p.share.zh]
            if own:
                worth = _plain(sum(float(p.points) for p in own))
                inner.points = worth
                if not weighted:
                    inner = evolve(inner, share=T(f"{worth} points", f"{worth} 分"))
            found.append(inner)
        if not weighted and depth == 0:
            part.points = _plain(sum(float(p.points) for p in found))
        return found

    def judgement(self) -> Lines:
        self.note("judged")
        if self.chance(6):
            self.note("average")
            return Lines(["judged, average of reviewers"], ["由评审打分，取平均"])
        return Lines(["judged"], ["由评审打分"])

    # -- statements

    def statement(self, roles: list[str]) -> list[Lines]:
        kind = self.pick(["move"] * 6 + ["let", "check", "each", "each"])
        lists = [i for i in self.inputs if i.kind == "list" and i not in [rows for _, rows in self.rows]]
        match kind:
            case "let":
                return [self.let()]
            case "check":
                return [self.check()]
            case "each" if lists and len(self.rows) < 2:
                return [self.each(roles, self.pick(lists))]
            case _:
                return [self.move(self.pick(roles))]

    def let(self) -> Lines:
        self.note("let")
        name = self.fresh("l")
        value = self.number(2)
        self.lets.append(name)
        return Lines([f"let {name} = {value.en}"], [f"设 {name} = {value.zh}"])

    def check(self) -> Lines:
        self.note("check")
        test = self.test(2)
        if self.chance(3):
            self.note("total-in-check")
            test = T("total >= 10", "总分 >= 10")
        if self.chance(2):
            self.note("error")
            return Lines([f"check {test.en}, error"], [f"核对 {test.zh}，报错"])
        return Lines([f"check {test.en}"], [f"核对 {test.zh}"])

    def each(self, roles: list[str], rows: Input) -> Lines:
        self.note("for-each")
        if self.rows:
            self.note("loop-in-loop")
        name = self.fresh("r")
        self.rows.append((name, rows))
        where = same("")
        if self.chance(4):
            self.note("where")
            where = join(" where {0}", self.test(1), zh="，其中 {0}")
        lets = list(self.lets)
        body = [line for _ in range(self.pick((1, 1, 2))) for line in self.statement(roles)]
        self.lets = lets
        self.rows.pop()
        return Lines(
            [f"for each {name} in {rows.name}{where.en}", *("  " + line for s in body for line in s.en)],
            [f"对 {rows.name} 中每个 {name}{where.zh}", *("  " + line for s in body for line in s.zh)],
        )

    def move(self, role: str) -> Lines:
        self.note(role)
        amount = self.amount()
        verb = {"deduct": T("deduct", "扣"), "award": T("award", "加"), "score": T("score", "得")}[role]
        clauses: list[T] = []
        if self.chance(3):
            self.note("up-to")
            clauses.append(join(", up to {0}", self.amount(), zh="，最多扣 {0}" if role == "deduct" else "，最高 {0}"))
        if role == "deduct" and self.chance(1):
            self.note("exhausted")
            clauses.append(T(" until exhausted", "，扣完为止"))
        if self.asks_missing and self.chance(2):
            self.note("or-if-missing")
            clauses.append(join(", or {0} if missing", self.constant(), zh="，缺失时按 {0} 计"))
        if self.chance(3):
            self.note("or-if-undefined")
            clauses.append(join(", or {0} if undefined", self.constant(), zh="，无法计算时按 {0} 计"))
        tail = T("".join(c.en for c in clauses), "".join(c.zh for c in clauses))
        move = join("{0} {1}{2}", verb, amount, tail, zh="{0} {1} 分{2}")
        if self.chance(7):
            test = self.test(2)
            if self.chance(5):
                self.note("if-behind")
                move = join("{0} {1} if {2}{3}", verb, amount, test, tail, zh="{2} 的，{0} {1} 分{3}")
            else:
                self.note("if-in-front")
                move = join("if {2}, {0} {1}{3}", verb, amount, test, tail, zh="如果 {2}，{0} {1} 分{3}")
        lines = Lines([move.en], [move.zh])
        if self.chance(3):
            self.note("because")
            read = self.readable()
            lines.en.append(f'  because "reason {read}"')
            lines.zh.append(f'  理由 "reason {read}"')
        if self.chance(2):
            self.note("under")
            lines.en.append('  under "art. 1"')
            lines.zh.append('  依据 "art. 1"')
        return lines

    def readable(self) -> str:
        names = [i.name for i in self.inputs if i.kind != "list"] + self.lets
        return f"{{{self.pick(names)}}}" if names else "{{ none"

    # -- expressions

    def constant(self) -> T:
        return same(self.pick(("0", "0.5", "1", "2", "3", "5")))

    def amount(self) -> T:
        """Mostly not negative."""
        kind = self.pick(("constant", "constant", "constant", "points", "held", "any"))
        match kind:
            case "constant":
                return self.constant()
            case "points":
                self.note("points-word")
                return T("points / 4", "满分 / 4")
            case "held":
                self.note("max")
                return join("max(0, {0})", self.number(1), zh="取大(0, {0})")
            case _:
                return self.number(2)

    def cells(self, kind: str) -> list[T]:
        """Names that may be read here, of one kind."""
        found = [same(i.name) for i in self.inputs if i.kind == kind]
        for name, rows in self.rows:
            for given in rows.fields:
                if given.kind == kind:
                    if self.chance(3):
                        self.note("row.field")
                        found.append(same(f"{name}.{given.name}"))
                    else:
                        found.append(same(given.name))
        return found

    def number(self, depth: int) -> T:
        cells = [*self.cells("number"), *self.cells("whole"), *map(same, self.lets)]
        kinds = ["constant", "cell", "cell", "cell"]
        if depth:
            kinds += [
                "+",
                "-",
                "*",
                "/",
                "min",
                "max",
                "abs",
                "round",
                "power",
                "fold",
                "fold",
                "indicator",
                "indicator",
                "rate",
            ]
            kinds += ["part"] * (2 * bool(self.inner))
        kind = self.pick(kinds)
        match kind:
            case "cell" if cells:
                return self.pick(cells)
            case "+" | "-" | "*":
                return join(f"({{0}} {kind} {{1}})", self.number(depth - 1), self.number(depth - 1))
            case "/":
                self.note("divide")
                return join("({0} / {1})", self.number(depth - 1), self.number(depth - 1))
            case "min" | "max":
                self.note(kind)
                word = T(kind, {"min": "取小", "max": "取大"}[kind])
                return join("{0}({1}, {2})", word, self.number(depth - 1), self.number(depth - 1))
            case "abs":
                self.note("abs")
                return join("abs({0})", self.number(depth - 1), zh="绝对值({0})")
            case "round":
                self.note("round")
                return join("round({0}, 1)", self.number(depth - 1), zh="四舍五入({0}, 1)")
            case "power":
                self.note("power")
                return join("(({0}) ^ {1})", self.number(depth - 1), same(self.pick(("2", "3", "0", "(-1)"))))
            case "rate" if rates := self.cells("percent"):
                return join("({0} * {1})", self.pick(rates), self.constant())
            case "indicator" if (actuals := self.cells("actual")) and (targets := self.cells("target")):
                word = self.pick((T("attainment", "完成率"), T("excess", "超出率")))
                self.note(word.en)
                return join("({0}({1}, {2}) * 1)", word, self.pick(actuals), self.pick(targets))
            case "fold":
                return self.fold(depth)
            case "part" if self.inner and not self.rows:
                self.note("score-of-a-part")
                return same(self.pick(self.inner))
            case _:
                return self.constant()

    def fold(self, depth: int) -> T:
        lists = [i for i in self.inputs if i.kind == "list"]
        if not lists:
            return self.constant()
        rows = self.pick(lists)
        numbers = [f.name for f in rows.fields if f.kind in ("number", "whole")]
        bound = [name for _, name in self.rows]
        where = None
        if self.chance(4):
            self.note("where")
            where = self.own_test(rows)
        if not numbers or self.chance(3):
            self.note("count")
            if where is None:
                return T(f"count({rows.name})", f"个数({rows.name})")
            return join(f"count({rows.name} where {{0}})", where, zh=f"个数({rows.name} 其中 {{0}})")
        word = self.pick((T("sum", "合计"), T("average", "平均")))
        self.note("sum" if word.en == "sum" else "average-of")
        value = self.pick(numbers)
        if where is None and rows not in bound and self.chance(5):
            return join(f"{{0}}({rows.name}.{value})", word)
        name = self.fresh("r")
        tail = same("") if where is None else join(" where {0}", where, zh=" 其中 {0}")
        return join(
            f"{{0}}({name}.{value} * 2 for {name} in {rows.name}{{1}})", word, tail,
            zh=f"{{0}}({name}.{value} * 2 对 {rows.name} 中每个 {name}{{1}})",
        )  # fmt: skip

    def own_test(self, rows: Input) -> T:
        """A condition on the fields of one list only."""
        given = self.pick(rows.fields)
        match given.kind:
            case "number" | "whole":
                return same(f"{given.name} > 1")
            case "percent":
                return same(f"{given.name} >= 90%")
            case "yes/no":
                return same(given.name)
            case "one-of":
                return same(f'{given.name} = "high"')
            case _:
                return (
                    join("not {0} is missing", same(given.name), zh="非 {0} 缺失")
                    if self.asks_missing
                    else same("1 > 0")
                )

    def test(self, depth: int) -> T:
        truths = self.cells("yes/no")
        kinds = ["compare", "compare", "truth", "truth", "rate", "choice", "met"]
        if depth:
            kinds += ["and", "or", "not", "chain"]
        if self.asks_missing:
            kinds.append("missing")
        kind = self.pick(kinds)
        match kind:
            case "truth" if truths:
                return self.pick(truths)
            case "and":
                self.note("and")
                return join("({0} and {1})", self.test(depth - 1), self.test(depth - 1), zh="({0} 且 {1})")
            case "or":
                self.note("or")
                return join("({0} or {1})", self.test(depth - 1), self.test(depth - 1), zh="({0} 或 {1})")
            case "not":
                self.note("not")
                return join("not ({0})", self.test(depth - 1), zh="非 ({0})")
            case "chain":
                self.note("chain")
                return join("1 <= {0} < {1}", self.number(0), same(self.pick(("3", "5", "10"))))
            case "rate" if rates := self.cells("percent"):
                self.note("compare")
                return join(
                    "{0} {1} {2}%",
                    self.pick(rates),
                    same(self.pick(("<", "<=", ">", ">="))),
                    same(self.pick(("80", "90", "95"))),
                )
            case "choice" if choices := self.cells("one-of"):
                self.note("in")
                return join('{0} in ["high", "low"]', self.pick(choices), zh='{0} 属于 ["high"、"low"]')
            case "met" if (actuals := self.cells("actual")) and (targets := self.cells("target")):
                self.note("met")
                if self.chance(4):
                    return join("{0} > {1} * 1.5", self.pick(actuals), self.pick(targets))
                return join("met({0}, {1})", self.pick(actuals), self.pick(targets), zh="达到目标({0}, {1})")
            case "missing" if cells := [*self.cells("number"), *self.cells("yes/no"), *self.cells("actual")]:
                self.note("is-missing")
                return join("{0} is missing", self.pick(cells), zh="{0} 缺失")
            case _:
                self.note("compare")
                sign = self.pick(("=", "!=", "<", "<=", ">", ">="))
                return join(f"{{0}} {sign} {{1}}", self.number(min(depth, 1)), self.constant())

    def grade(self) -> list[T]:
        kind = self.pick(("falling", "rising", "range"))
        self.note(f"grade-{kind}")
        match kind:
            case "falling":
                return [
                    T('"A" from 90', '"A" 90 分（含）以上'),
                    T('"B" above 60', '"B" 超过 60'),
                    T('"C" otherwise', '"C" 其余'),
                ]
            case "rising":
                return [
                    T('"low" up to 5', '"low" 5（含）以下'),
                    T('"mid" below 50', '"mid" 低于 50'),
                    T('"top" otherwise', '"top" 其余'),
                ]
            case _:
                return [
                    T('"B" from 60 to below 80', '"B" 60（含）—80'),
                    T('"A" from 80', '"A" 80（含）以上'),
                    T('"C" otherwise', '"C" 其余'),
                ]


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


# ---- records


@st.composite
def descriptions(draw: Any, *, asks_missing: bool = True) -> Description:
    return Maker(draw, asks_missing=asks_missing).description()


def cell_texts(given: Input) -> tuple[str, ...]:
    """Values on thresholds, within the declared range."""
    match given.kind:
        case "percent":
            return RATES
        case "whole":
            return ("0", "1", "2", "5")
        case "yes/no":
            return ("yes", "no", "是", "否")
        case "one-of":
            return CHOICES
        case "target":
            return TARGETS
        case "actual":
            return ACTUALS
        case _ if given.low is not None and given.high is not None:
            return tuple(n for n in (*NUMBERS, "-2") if float(given.low) <= float(n) <= float(given.high))
        case _:
            return NUMBERS


@st.composite
def records(draw: Any, description: Description, *, missing: int = 2) -> dict[str, Any]:
    """A record; a cell is missing in so many cases of ten."""

    def absent() -> bool:
        return missing > 0 and bool(draw(st.integers(1, 10)) <= missing)

    def cell(given: Input) -> str:
        return "" if absent() else str(draw(st.sampled_from(cell_texts(given))))

    record: dict[str, Any] = {}
    for given in description.inputs:
        if given.kind != "list":
            record[given.name] = cell(given)
        elif not (absent() and draw(st.booleans())):
            record[given.name] = [{f.name: cell(f) for f in given.fields} for _ in range(draw(st.integers(0, 3)))]
    record["reviewers"] = reviewers = []
    for part in description.judged():
        count = draw(st.sampled_from((0, 1, 1, 2))) if missing else 1
        for index in range(count):
            score = draw(st.sampled_from(("0", "1", "2", "2.5")))
            reviewers.append({"criterion": part.name, "reviewer": f"R{index}", "score": score, "reason": "why"})
    return record


@st.composite
def cases(draw: Any, *, asks_missing: bool = True, missing: int = 2) -> tuple[Description, dict[str, Any]]:
    description = draw(descriptions(asks_missing=asks_missing))
    return description, draw(records(description, missing=missing))


@st.composite
def completions(draw: Any, description: Description, record: dict[str, Any]) -> dict[str, Any]:
    """The record with every missing datum filled in with something that the declarations allow."""

    def cell(given: Input, text: str) -> str:
        return text or str(draw(st.sampled_from(cell_texts(given))))

    complete: dict[str, Any] = {}
    for given in description.inputs:
        if given.kind != "list":
            complete[given.name] = cell(given, record[given.name])
        elif given.name in record:
            complete[given.name] = [{f.name: cell(f, row[f.name]) for f in given.fields} for row in record[given.name]]
        else:
            count = draw(st.integers(0, 3))
            complete[given.name] = [{f.name: cell(f, "") for f in given.fields} for _ in range(count)]
    complete["reviewers"] = list(record["reviewers"])
    seen = {review["criterion"] for review in record["reviewers"]}
    for part in description.judged():
        if part.name not in seen:
            score = draw(st.sampled_from(("0", "1", part.points)))
            complete["reviewers"].append({"criterion": part.name, "reviewer": "R", "score": score, "reason": "why"})
    return complete


def permuted(draw: Any, description: Description) -> Description:
    """The same statements and parts in another order."""

    def shuffle(part: Part) -> Part:
        return evolve(
            part,
            statements=draw(st.permutations(part.statements)),
            parts=[shuffle(inner) for inner in draw(st.permutations(part.parts))],
        )

    return evolve(description, total=shuffle(description.total))
