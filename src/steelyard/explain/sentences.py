"""Every entry of a trace as one plain sentence, made from the entry's own values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import assert_never

from attrs import frozen

from steelyard.diagnostics.model import Language
from steelyard.explain.places import row_words as row_words
from steelyard.explain.words import BATCH, MODES, SENTENCES
from steelyard.trace.model import Entry, Expr, Quantity, Trace, TraceCell
from steelyard.trace.rows import row_of
from steelyard.trace.show import (
    rows_counted,
    show_condition,
    show_denied,
    show_expression,
    show_quantity,
    show_rows,
    show_value,
)
from steelyard.values.numbers import show

Cells = Mapping[str, TraceCell]

_LEAVES = ("const", "let", "score", "batch")
"""What says no more than its value."""
_ROW = re.compile(r"\[[^]]*\]")
"""The row in the path of a part for each row."""
LONGEST_LIST = 5
"""Parts or records named before the rest is counted."""


def part_names(trace: Trace) -> dict[str, str]:
    """Titles of the parts, or their names."""
    return {part.path: part.title or part.name for part in trace.result.parts}


@frozen
class Teller:
    """Tells entries of one trace in one language."""

    language: Language
    cells: Cells
    names: Mapping[str, str]
    """Titles of the parts, by path."""
    kinds: Mapping[str, str]
    """What each part is, by path."""
    full: Mapping[str, Quantity]
    statements: Mapping[str, str]
    """What every rule says, by its id."""
    openings: Mapping[str, Entry]
    """How every part opened, by path."""
    words: Mapping[str, str]
    fewer_better: bool = False

    @classmethod
    def of(cls, trace: Trace, language: Language) -> Teller:
        parts = trace.result.parts
        return cls(
            language=language,
            cells={cell.key: cell for cell in trace.cells},
            names=part_names(trace),
            kinds={part.path: part.kind for part in parts},
            full={"total": trace.result.full, **{part.path: part.full for part in parts}},
            statements={e.rule: e.source.text.splitlines()[0] for e in trace.entries if e.source is not None},
            openings={e.part: e for e in trace.entries if e.kind == "open"},
            words=SENTENCES[language],
            fewer_better=trace.header.fewer_better,
        )

    def tell(self, entry: Entry) -> str:
        if entry.status == "waived":
            return self.waived(entry)
        if entry.status == "undetermined" and entry.kind in ("move", "group", "judge", "carry", "limit", "restore"):
            return self.undetermined(entry)
        match entry.kind:
            case "batch":
                return self.batch(entry)
            case "let":
                return self.let(entry)
            case "each":
                return self.each(entry)
            case "skip":
                return self.skip(entry)
            case "open":
                return self.opening(entry)
            case "redistribute":
                return self.scaled(entry)
            case "rescale":
                return self.scaled(entry)
            case "carry":
                return self.say("carry", entry)
            case "judge":
                return self.judge(entry)
            case "restore":
                return self.restore(entry)
            case "move":
                return self.move(entry)
            case "group":
                return self.move(entry)
            case "clamp":
                return self.clamp(entry)
            case "limit":
                return self.limit(entry)
            case "round":
                return self.say("round.one" if entry.places == 1 else "round", entry)
            case "override":
                return self.say("override", entry)
            case "close":
                return self.say("skipped" if entry.status == "skipped" else "close", entry)
            case "grade":
                return self.say("grade" if entry.label is not None else "grade.open", entry)
            case "regrade":
                return self.regrade(entry)
            case "check":
                return self.check(entry)
            case _:
                assert_never(entry.kind)

    # ---- one function a kind

    def waived(self, entry: Entry) -> str:
        return self.say("waived.asked" if entry.asked is not None else "waived", entry)

    def opening(self, entry: Entry) -> str:
        """What the part starts from; after `start at`, the condition that says so."""
        text, value = self.say(f"open.{entry.role}", entry), entry.expression
        if value is None:
            return text
        row = row_of(value, self.cells, self.language)
        if row is None:
            return text + self.say("since.expression", entry)
        *tests, _ = value.args
        if tests and tests[-1].value is True:
            return text + self.words["start.if"].format(condition=self.because(tests[-1]))
        denied = self.comma.join(self.denied(test) for test in tests)
        return text + self.words["start.not"].format(denied=denied)

    def undetermined(self, entry: Entry) -> str:
        open_one = entry.applied if entry.applied is not None else entry.asked
        low, high = _ends(entry.after if entry.kind == "limit" else open_one)
        named = self.join(self.cells[key].name for key in entry.blame)
        nobody = self.words["no review" if entry.kind == "judge" else "all rows"]
        return self.words["undetermined"].format(blame=named or nobody, low=low, high=high)

    def batch(self, entry: Entry) -> str:
        return self.say("batch.without" if entry.left_out else "batch", entry)

    def let(self, entry: Entry) -> str:
        assert entry.expression is not None, "a let has a value"
        looked_up = entry.expression.op == "choose"  # It says its value first.
        bare = looked_up or self.shown(entry.expression) == self.value(entry)
        return self.words["let" if bare else "let.value"].format(
            name=entry.name, expression=self.shown(entry.expression), value=self.value(entry)
        )

    def each(self, entry: Entry) -> str:
        if entry.expression is not None:
            return self.say("each.group", entry)
        if entry.condition is None:
            return self.words["each.missing"]
        key = {"not met": "each.not", "undetermined": "each.maybe"}.get(entry.status, "each.row")
        return self.say(key, entry)

    def skip(self, entry: Entry) -> str:
        if entry.role == "either":
            low, high = _ends(entry.after)
            return self.words["skip.either"].format(low=low, high=high)
        if entry.name is not None:
            return self.words[f"skip.{entry.name}"]
        if entry.status == "applied":
            left_out = entry.part == "total" and entry.role in ("redistribute", "rescale")
            return self.say("skip.total" if left_out else f"skip.{entry.role}", entry) + self.since(entry)
        return self.say("skip.not" if entry.status == "not met" else "skip.maybe", entry)

    def scaled(self, entry: Entry) -> str:
        return self.say(f"{entry.kind}.maybe" if entry.status == "undetermined" else entry.kind, entry)

    def judge(self, entry: Entry) -> str:
        level = "" if entry.label is None else self.words["judge.level"].format(level=entry.label)
        if entry.after is None:
            return self.say("judge.dropped" if entry.status == "without effect" else "judge.one", entry) + level
        if entry.name is not None:
            return self.say("judge", entry) + level
        return self.say("judge.median" if entry.mode == "median" else "judge.mean", entry)

    def restore(self, entry: Entry) -> str:
        if entry.status == "not met":
            return self.say("restore.not" if entry.condition is None else "restore.not.since", entry)
        return self.say("restore", entry) + self.how(entry) + self.since(entry)

    def move(self, entry: Entry) -> str:
        role = entry.role or "deduct"
        if entry.status == "skipped":
            return self.words["skipped"]
        if entry.status == "not met":
            known = entry.expression is not None
            return self.say(f"lost.{role}" if known else f"not.{role}", entry)
        how = self.how(entry)
        row = self.in_row(entry.expression)
        if entry.restored and entry.applied is not None and entry.asked == entry.applied:
            text = self.net(entry, role, how)
        elif entry.applied is None:
            text = self.words[f"member.{role}"].format(asked=_points(entry.asked), how=how)
        elif entry.asked is not None and entry.asked != entry.applied:
            text = self.words[f"stopped.{role}"].format(
                asked=_points(entry.asked), how=self.in_brackets(how), applied=_points(entry.applied)
            )
            text += self.say("restored", entry) if entry.restored else ""
        else:
            text = self.say(role, entry) + how
        if entry.kind == "group":
            text += self.taken(entry)
        if entry.cap is not None:
            text += self.say("cap.row" if entry.row else "cap", entry)
        carried = self.carried(entry)
        text = (carried or "") + text + ("" if entry.name is not None else self.since(entry))
        return text + (self.words["in.row.after"].format(row=row) if row else "")

    def net(self, entry: Entry, role: str, how: str) -> str:
        """What was asked, what was given back of it, and what is left."""
        assert entry.asked is not None and entry.restored is not None, "restorations are of what was asked"
        gross = _added(entry.asked, entry.restored)
        return self.words[f"net.{role}"].format(
            gross="?" if gross is None else _points(gross), how=self.in_brackets(how),
            restored=_points(entry.restored), applied=_points(entry.applied),
        )  # fmt: skip

    def in_brackets(self, how: str) -> str:
        plain = how.removeprefix(" = ")
        if plain.startswith((" (", "（")):
            return plain
        return (f"（{plain}）" if self.language == "zh" else f" ({plain})") if plain else ""

    def in_row(self, expression: Expr | None) -> str:
        """The row of the table that gave the amount, with the keys that it was looked up by."""
        found = None if expression is None else row_of(expression, self.cells, self.language)
        if found is None:
            return ""
        return self.words["in.row" if found.keys else "in.row.only"].format(keys=found.keys, row=found.text)

    def taken(self, entry: Entry) -> str:
        if entry.mode != "highest":
            return self.words["together"]
        if entry.winner is None:
            return self.words["highest"]
        row = "" if entry.winner_row is None else self.in_brackets(show_rows((entry.winner_row,), self.language))
        said = self.statements.get(entry.winner, "")
        return self.words["highest.of"].format(winner=f"“{said}”{row}")

    def carried(self, entry: Entry) -> str | None:
        """The bonus or penalty part that a move carries."""
        if not entry.rule.endswith(":carry") or entry.expression is None:
            return None
        leaf = next((e for e in (entry.expression, *entry.expression.args) if e.op == "score"), None)
        if leaf is None or leaf.ref is None:
            return None
        path = leaf.ref.partition(":")[0]
        name, kind = self.names.get(path, path), self.kinds.get(path)
        title = self.words[kind].format(name=name) if kind in ("bonus", "penalty") else name
        return title + ("：" if self.language == "zh" else ": ")

    def clamp(self, entry: Entry) -> str:
        if entry.role != "opening":
            limit = entry.low if entry.role == "floor" else entry.high
            return self.words["clamp.stopped"].format(asked=_points(entry.asked), limit=_points(limit))
        if entry.name == "scores" and not self.fewer_better:
            return self.words["unearned"].format(after=_points(entry.after), high=_points(self.full.get(entry.part)))
        if entry.name == "start" and entry.before == entry.after and entry.part in self.openings:
            return self.opening(self.openings[entry.part])
        low, high = entry.low is not None, entry.high is not None
        key = "between" if low and high else "low" if low else "high" if high else "free"
        bounds = self.say(f"clamp.{key}", entry)
        moved = entry.before != entry.after
        return self.words["clamp" if moved else "clamp.within"].format(
            bounds=bounds, before=_points(entry.before), after=_points(entry.after)
        )

    def limit(self, entry: Entry) -> str:
        role = entry.role or "limit"
        if entry.status == "not met":
            return self.say("not.skipped" if entry.name is not None else f"not.{role}", entry)
        role = "zero.fewer" if role == "zero" and self.fewer_better else role
        key = "limit.within" if role == "limit" and entry.status == "without effect" else role
        return self.say(key, entry) + self.since(entry)

    def regrade(self, entry: Entry) -> str:
        if entry.status == "not met":
            skipped = entry.condition is None
            return self.say("not.skipped" if skipped else "regrade.not met", entry)
        if entry.status == "undetermined":
            return self.say("regrade.maybe", entry)
        key = "regrade.without" if entry.status == "without effect" else f"regrade.{entry.role}"
        return self.say(key, entry) + self.since(entry)

    def check(self, entry: Entry) -> str:
        if entry.expression is None:
            return self.say("check.not" if entry.status == "not met" else "check.open", entry)
        key = {"applied": "check.holds", "undetermined": "check.unknown"}.get(entry.status, "check.fails")
        return self.say(key, entry) + self.since(entry)

    # ---- what they share

    def say(self, key: str, entry: Entry) -> str:
        """The sentence with the entry's values in it."""
        scaled = entry.kind in ("redistribute", "rescale") and entry.status == "undetermined"
        low, high = _ends(entry.factor) if scaled else (_points(entry.low), _points(entry.high))
        return self.words[key].format(
            name=self.name(entry),
            after=_points(entry.after),
            before=_points(entry.before),
            applied=_points(entry.applied),
            asked=_points(entry.asked),
            restored=_points(entry.restored),
            cap=_points(entry.cap),
            low=low,
            high=high,
            factor=_points(entry.factor),
            places=entry.places,
            mode=MODES.get(entry.mode or "", entry.mode) if self.language == "zh" else entry.mode,
            steps=entry.steps,
            label=entry.label if entry.label is not None else self.join(entry.possible),
            possible=self.join(entry.possible),
            parts=self.join(self.names.get(path, path) for path in entry.left_out),
            subjects=entry.subjects,
            waiver=entry.waiver,
            approver=entry.approver,
            condition=self.because(entry.condition),
            denied=self.denied(entry.condition),
            worth=self.value(entry),
            expression=self.because(entry.expression),
            value=self.value(entry),
        )

    def name(self, entry: Entry) -> str | None:
        if entry.kind == "batch" and self.language == "zh":
            return BATCH.get(entry.name or "", entry.name)
        if entry.kind == "limit" and entry.name is not None and entry.name not in self.names:
            # A part for each row, as the rules name it: its instances are named by their rows.
            of_rows = (name for path, name in self.names.items() if _ROW.sub("", path) == entry.name)
            return next(of_rows, entry.name)
        return self.names.get(entry.name or "", entry.name)

    def how(self, entry: Entry) -> str:
        """How an amount came about, where its expression says more than its value."""
        expression = entry.expression
        if expression is None:
            return ""
        row = row_of(expression, self.cells, self.language)
        shown = expression if row is None else row.value
        if shown.op in (*_LEAVES, "neg") or (shown.op != "cell" and self.shown(shown) == _points(entry.asked)):
            return ""
        told = self.because(shown) if shown.op == "cell" else self.shown(shown)  # A lone number says nothing by itself.
        text = self.words["since.expression"].format(expression=told)
        if isinstance(shown.value, Fraction) and shown.value not in _amounts(entry):
            # Its `up to`, or what it is a share of, made another amount of it.
            text = self.in_brackets(told if shown.op == "cell" else f"{told} = {show(shown.value)}")
        rates = [
            f"{self.shown(rate)} = {show_value(rate.value, self.language, percent=True)}" for rate in _rates(shown)
        ]
        text += self.in_brackets(self.comma.join(rates))
        rows = rows_counted(shown)
        return text + (self.words["counted"].format(rows=show_rows(rows, self.language)) if rows else "")

    def since(self, entry: Entry) -> str:
        return "" if entry.condition is None else self.say("since", entry)

    def value(self, entry: Entry) -> str:
        if entry.expression is None:
            return ""
        return show_value(entry.expression.value, self.language, percent=entry.expression.percent)

    def shown(self, expr: Expr) -> str:
        return show_expression(expr, self.cells, self.language)

    def because(self, expr: Expr | None) -> str:
        return "" if expr is None else show_condition(expr, self.cells, self.language)

    def denied(self, expr: Expr | None) -> str:
        return "" if expr is None else show_denied(expr, self.cells, self.language)

    @property
    def comma(self) -> str:
        return "，" if self.language == "zh" else ", "

    def join(self, names: Iterable[str]) -> str:
        """Names in a row; of many the first ones and how many there are."""
        found = list(dict.fromkeys(names))
        shown = found[:LONGEST_LIST] + ([f"… ({len(found)})"] if len(found) > LONGEST_LIST else [])
        return ("、" if self.language == "zh" else ", ").join(shown)


def _points(quantity: Quantity | None) -> str:
    return "" if quantity is None else show_quantity(quantity)


def _amounts(entry: Entry) -> tuple[Quantity | None, ...]:
    """What an entry asked, and what it would have asked had nothing been given back."""
    return entry.asked, _added(entry.asked, entry.restored) if entry.asked and entry.restored else entry.asked


def _rates(expr: Expr) -> list[Expr]:
    """Attainments inside an amount: numbers that no datum shows."""
    found = [rate for arg in expr.args for rate in _rates(arg)]
    rates = [arg for arg in expr.args if arg.op in ("attainment", "excess") and isinstance(arg.value, Fraction)]
    return list(dict.fromkeys([*rates, *found]))


def _added(one: Quantity, other: Quantity) -> Quantity | None:
    return one + other if isinstance(one, Fraction) and isinstance(other, Fraction) else None


def _ends(quantity: Quantity | None) -> tuple[str, str]:
    if quantity is None:
        return "?", "?"
    if isinstance(quantity, Fraction):
        return show(quantity), show(quantity)
    return (
        "-∞" if quantity.low is None else show(quantity.low),
        "∞" if quantity.high is None else show(quantity.high),
    )
