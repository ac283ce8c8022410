"""From a checked rule file to the table of its criteria."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

import attrs

from steelyard.check.model import TOTAL_KEY, Checked
from steelyard.criteria.definitions import Definitions
from steelyard.criteria.lines import lines_of, spans_of
from steelyard.criteria.model import Cell, Codes, Criteria, Grades, Row, Sentence, SourceLine
from steelyard.criteria.phrases import Plain
from steelyard.criteria.sentences import Sentences, bases, inside
from steelyard.criteria.titles import Titles
from steelyard.criteria.words import word
from steelyard.diagnostics.model import Language
from steelyard.expand.tables import Ready
from steelyard.source import Source, Span
from steelyard.syntax import nodes as n
from steelyard.unparse.words import declared
from steelyard.values.numbers import show


def criteria_of(
    checked: Checked, sources: Sequence[Source], day: date | None, language: Language, *, with_lines: bool = False
) -> Criteria:
    """The table in a language. `sources`: the rule file, and those that went into it."""
    return _Table(checked, sources[0], language, with_lines=with_lines).make(Definitions.of(sources, day), day)


_PLACES = re.compile(r"\{([^{},，]*)(?:[,，][^{}]*)?\}")
"""Where a title of a part for each row takes a value."""
_GROUP = r"\1"


class _Table:
    """The making of one table."""

    def __init__(self, checked: Checked, source: Source, language: Language, *, with_lines: bool) -> None:
        self.checked, self.source, self.language, self.with_lines = checked, source, language, with_lines
        self.file = checked.bound.file
        self.levels = max((_depth(part) for part in self.file.parts), default=1)
        words = Plain(language, declared(self.file))
        self.sentences = Sentences(words, Titles.of_bound(checked.bound), checked.row_bounds)
        self.sentences.named = frozenset(
            one.of.name
            for statement in _statements(self.file)
            for one in inside(statement)
            if isinstance(one, n.Restore)
        )

    def make(self, defined: Definitions, day: date | None) -> Criteria:
        schemes = self.file.schemes
        scheme = schemes[0] if schemes else None
        title = (scheme.title or scheme.name.name) if scheme else self.source.name.removesuffix(".rules")
        return Criteria(
            language=self.language,
            title=title,
            facts=tuple(self.facts(scheme, day)),
            levels=self.levels,
            rows=tuple(row for part in self.file.parts for row in self.rows(part, 0)),
            total=self.total(scheme),
            grades=tuple(self.grades()),
            parameters=tuple((name, self.value(value)) for name, value in defined.parameters.items()),
            codes=tuple(self.codes(defined.tables[name]) for name in dict.fromkeys(self.sentences.referred)),
            source=self.source.name,
            with_lines=self.with_lines,
        )

    def value(self, value: n.Expression) -> str:
        return self.sentences.tidy(self.sentences.amount(value))

    def codes(self, ready: Ready) -> Codes:
        """A code table as it is on the day."""
        table = ready.table
        columns = tuple(name.name for name in table.columns) or (word("value", self.language),)
        otherwise = (self.sentences.words.word("OTHERWISE"), *[""] * (len(table.keys) - 1))
        rows = tuple(
            (*(map(self.code, row.keys) if row.keys else otherwise), *map(self.code, row.values)) for row in ready.rows
        )
        return Codes(table.name.name, (*(name.name for name in table.keys), *columns), rows)

    def code(self, value: n.Expression) -> str:
        return value.value if isinstance(value, n.Text) else self.value(value)

    def pick(self, en: str, zh: str) -> str:
        return zh if self.language == "zh" else en

    # ---- the head

    def facts(self, scheme: n.Scheme | None, day: date | None) -> Iterator[tuple[str, str]]:
        for attribute in scheme.attributes if scheme else ():
            match attribute:
                case n.Authority():
                    yield word("authority", self.language), attribute.text.value
                case n.Effective():
                    start = attribute.start.value.isoformat()
                    end = attribute.end.value.isoformat() if attribute.end is not None else None
                    until = self.pick(f"from {start} to {end}", f"{start} 至 {end}")
                    yield (
                        word("in force", self.language),
                        until if end else self.pick(f"from {start}", f"自 {start} 起"),
                    )
        if day is not None:
            yield word("as of", self.language), day.isoformat()
        sources = [self.source.name]
        yield word("source", self.language), ", ".join(sources)

    # ---- parts

    def rows(self, part: n.Part, above: int) -> list[Row]:
        """The rows of a part, so many levels deep; its own cell begins in the first."""
        name = self.part_name(part)
        own = self.row_of(part)
        if not part.parts:
            cell = Cell(name, "", 1, self.levels - above)
            return [Row((cell,), above, self.worth(part, bare=True), *own)]
        inner = [row for one in part.parts for row in self.rows(one, above + 1)]
        if own[0]:
            whole = Cell(word("whole", self.language), "", 1, self.levels - above - 1)
            inner.insert(0, Row((whole,), above + 1, "", *own))
        elif inner and self.with_lines:
            inner[0] = attrs.evolve(inner[0], lines=(*own[1], *inner[0].lines))
        first = inner[0]
        cell = Cell(name, self.worth(part, bare=False), len(inner), 1)
        inner[0] = attrs.evolve(first, cells=(cell, *first.cells), skipped=above)
        return inner

    def row_of(self, part: n.Part) -> tuple[tuple[Sentence, ...], tuple[SourceLine, ...]]:
        told = self.told([s for s in part.statements if not _starts_full(s, part)], carried=part.kind)
        nodes = (*part.statements, *part.grades)
        return told, self.lines((part.span, *(span for node in nodes for span in spans_of(node))))

    def lines(self, spans: Sequence[Span]) -> tuple[SourceLine, ...]:
        return lines_of(spans, self.source) if self.with_lines else ()

    def told(self, statements: Sequence[n.Statement], carried: str = "") -> tuple[Sentence, ...]:
        found = []
        for statement in statements:
            if carried in ("bonus", "penalty") and isinstance(statement, n.PartBound) and statement.kind == "reach":
                continue  # Its points say so.
            text = self.sentences.tell(statement)
            if text is not None:
                found.append(Sentence(text, bases(statement)))
        return tuple(found)

    def part_name(self, part: n.Part) -> str:
        """As the file calls it; of a part for each row what the row makes of it."""
        kind = word(part.kind, self.language) if part.kind in ("bonus", "penalty") else ""
        after = self.pick(f" ({kind})", f"（{kind}）") if kind else ""
        if part.loop is None:
            return (part.title.value if part.title is not None else part.name.name) + after
        titles = self.sentences
        rows, row = titles.name(part.loop.rows), titles.called(part.loop.row)
        where = titles.text(part.loop.where) if part.loop.where is not None else ""
        each = self.pick(f"each {row} in {rows}", f"{rows} 中每个 {row}")
        if where:
            each += self.pick(f" where {where}", f"（其中{where}）")
        if part.title is not None:
            each = f"{_PLACES.sub(self.pick('[{}]', '〔{}〕').format(_GROUP), part.title.value)}{self.pick(', ', '，')}{titles.tidy(each)}"
        return titles.tidy(each) + after

    def worth(self, part: n.Part, *, bare: bool) -> str:
        """Its points or weight; in the column of points (`bare`) a plain number."""
        full = self.checked.full.get(part.key)
        points = self.pick("{} points", "{} 分")
        if part.kind in ("bonus", "penalty"):
            most = next(
                (one.amount for one in part.statements if isinstance(one, n.PartBound) and one.kind == "reach"), None
            )
            if most is None:
                return "—"
            amount = self.sentences.tidy(self.sentences.amount(most))
            up = part.kind == "bonus"
            return self.pick(f"up to {'+' if up else '−'}{amount}", f"最多{'加' if up else '扣'} {amount}")
        match part.share:
            case n.SharePoints(amount=given):
                text = self.sentences.tidy(self.sentences.amount(given))
                return text if bare else points.format(text)
            case n.ShareWeight(amount=weighs):
                weight = self.pick("weight ", "权重 ") + self.sentences.tidy(self.sentences.amount(weighs))
                out_of = self.pick(", of {} points", "，满分 {} 分")
                return weight + (out_of.format(show(full)) if full is not None else "")
            case None:
                if full is None:
                    return "—"
                return show(full) if bare else points.format(show(full))

    # ---- the whole

    def total(self, scheme: n.Scheme | None) -> Row:
        attributes = scheme.attributes if scheme else ()
        self.sentences.whole = True
        told = [Sentence(text) for attribute in attributes if (text := self.attribute(attribute))]
        told += self.told(self.file.statements)
        self.sentences.whole = False
        full = self.checked.full.get(TOTAL_KEY)
        spans = [scheme.span, *(one.span for one in attributes)] if scheme else []
        for node in (*self.file.statements, *self.file.grades):
            spans += spans_of(node)
        # Without parts it is out of 100, which nobody means of points that count what is wrong.
        unsaid = not self.file.parts and any(isinstance(one, n.FewerBetter) for one in attributes)
        points = show(full) if isinstance(full, Fraction) and not unsaid else "—"
        cell = Cell(word("total", self.language), "", 1, self.levels)
        return Row((cell,), 0, points, tuple(told), self.lines(spans))

    def attribute(self, attribute: n.Attribute) -> str | None:
        """What the head says about every score. (Authority and days stand above the table.)"""
        words, rule = self.sentences.words, attribute
        match rule:
            case n.RoundingRule():
                mode = words.word("MODE", str(rule.mode))
                of = {"total": ("The total", "总分"), "criterion": ("Each criterion", "每个评分项")}[rule.of]
                places = f"{rule.places} place{'' if rule.places == 1 else 's'}" if rule.places else "a whole number"
                kept = f"保留 {rule.places} 位小数" if rule.places else "取整数"
                return words.pick(f"{of[0]} is rounded to {places}, {mode}.", f"{of[1]}{kept}，{mode}。")
            case n.BareRule():
                return f"{words.pick('Bare bounds include their number', '“以上”“以下”“以内”包括本数')}{words.pick('.', '。')}"
            case n.FewerBetter():
                return words.pick("Fewer points are better.", "得分越低越好。")
            case n.BatchBy():
                name = self.sentences.tidy(self.sentences.called(rule.by))
                return words.pick(f"Records with the same {name} are one batch.", f"按{name}分批。")
            case n.PartBound():
                return self.sentences.tell(rule)
            case n.Authority() | n.Effective() | n.LanguageRule():
                return None

    def grades(self) -> Iterator[Grades]:
        for grade in self.file.grades:
            yield self.grade(grade, word("grades", self.language))
        for part in _parts(self.file.parts):
            for grade in part.grades:
                yield self.grade(grade, self.pick("Grades of ", "等级：") + self.part_name(part))

    def grade(self, grade: n.Grade, title: str) -> Grades:
        """Without keys the bounds are points."""
        unit = "" if grade.keys else self.pick("", " 分")
        table = n.Table(grade.keys, (), span=grade.span) if grade.keys else None
        tidy = self.sentences.tidy
        keys = tidy(self.pick(", ", "、").join(map(self.sentences.amount, grade.keys)))
        rows = tuple((row.label.value, tidy(self.sentences.row_asks(row, table, unit))) for row in grade.rows)
        return Grades(title, keys, rows)


def _depth(part: n.Part) -> int:
    return 1 + max((_depth(inner) for inner in part.parts), default=0)


def _parts(parts: Sequence[n.Part]) -> Iterator[n.Part]:
    for part in parts:
        yield part
        yield from _parts(part.parts)


def _starts_full(statement: n.Statement, part: n.Part) -> bool:
    """`≦100%，计5分；每超过…` in a criterion of 5 points: that it starts from them is what the column of points says."""
    if not isinstance(statement, n.StartAt) or statement.condition is not None or part.share is None:
        return False
    start, points = statement.amount, part.share.amount
    return isinstance(start, n.Number) and isinstance(points, n.Number) and start.value == points.value


def _statements(file: n.File) -> Iterator[n.Statement]:
    yield from file.statements
    for part in _parts(file.parts):
        yield from part.statements
