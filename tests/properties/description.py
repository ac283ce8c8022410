"""A generated scheme as a description: its parts, inputs and statements, written out in either language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from attrs import define, evolve, field, frozen

from properties.texts import NOTHING, Lines, T, line, over, same

DAY = "2023-07-01"
"""The day that dated values are picked for."""


@frozen
class Input:
    """An input, or a field of a list."""

    name: str
    kind: str
    """number, amount, percent, whole, yes/no, one-of, text, date, target, actual, list, waiver."""
    facets: T
    fields: tuple[Input, ...] = ()
    low: str | None = None
    high: str | None = None
    unit: str = ""
    title: T = NOTHING
    declared: bool = True
    """A waiver's column may stand in the data alone."""

    def declaration(self) -> Lines:
        head = T(f"{self.name}{self.title.en} : {self.facets.en}", f"{self.name}{self.title.zh} ：{self.facets.zh}")
        return over(head, *(inner.declaration() for inner in self.fields))


@frozen
class Judgement:
    """What reviewers of a part may give: scores, or levels with a score that each takes."""

    scores: tuple[str, ...]
    levels: tuple[tuple[str, str], ...] = ()
    many: bool = False


@frozen
class PartLoop:
    """One part a row."""

    row: str
    rows: Input
    where: T | None


@define
class Part:
    kind: str
    """total, section, criterion, bonus, penalty."""
    name: str
    points: str | None
    """Full points on its own scale, where they are written in the rules."""
    head: list[T] = field(factory=list)
    """What stands behind commas in its head: the share, bounds."""
    title: T = NOTHING
    loop: PartLoop | None = None
    statements: list[Lines] = field(factory=list)
    parts: list[Part] = field(factory=list)
    grades: list[Lines] = field(factory=list)
    labels: tuple[str, ...] = ()
    """Its grades."""
    grade_kind: str = ""
    judged: Judgement | None = None

    def lines(self) -> list[Lines]:
        return [*self.statements, *self.grades, *(over(inner.first(), *inner.lines()) for inner in self.parts)]

    def first(self) -> T:
        word = _KINDS[self.kind]
        tail = T("".join(f", {one.en}" for one in self.head), "".join(f"，{one.zh}" for one in self.head))
        if self.loop is None:
            return T(f"{word.en} {self.name}{self.title.en}{tail.en}", f"{word.zh} {self.name}{self.title.zh}{tail.zh}")
        rows, row, where = self.loop.rows.name, self.loop.row, self.loop.where
        asked = same("") if where is None else T(f" where {where.en}", f"，其中 {where.zh}")
        return T(
            f"{word.en} for each {row} in {rows}{asked.en}{self.title.en}{tail.en}",
            f"{word.zh} 按 {rows} 中每个 {row}{asked.zh}{self.title.zh}{tail.zh}",
        )


_KINDS = {
    "section": T("section", "部分"),
    "criterion": T("criterion", "评分项"),
    "bonus": T("bonus", "加分项"),
    "penalty": T("penalty", "减分项"),
}


@define(repr=False)
class Description:
    """A scheme and what it reads."""

    head: list[T]
    """The scheme's attributes; without any there may be no `scheme` line."""
    inputs: list[Input]
    definitions: list[Lines]
    """Parameters, code tables, functions."""
    total: Part
    examples: list[Lines]
    version: bool = False
    dated: bool = False
    """Does it hold values with dates?"""
    batch: bool = False
    """Does it read the whole batch?"""
    batch_by: str | None = None

    def text(self, language: str) -> str:
        blocks = [line(same("steelyard 1"))] if self.version else []
        if self.head:
            blocks.append(over(T("scheme s", "方案 s"), *map(line, self.head)))
        blocks.append(over(T("input", "数据"), *(one.declaration() for one in self.inputs if one.declared)))
        blocks += [*self.definitions, *self.total.lines(), *self.examples]
        return "\n".join(one for block in blocks for one in block.of(language)) + "\n"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(f"\n{self.text('en')}")

    def parts(self) -> list[Part]:
        return walk(self.total)

    def judged(self) -> list[Part]:
        return [part for part in self.parts() if part.judged]

    def once(self) -> list[Part]:
        """The parts that are no part of a row."""
        return walk(self.total, looped=False)


def walk(part: Part, *, looped: bool = True) -> list[Part]:
    if part.loop is not None and not looped:
        return []
    return [part, *(found for inner in part.parts for found in walk(inner, looped=looped))]


def permuted(random: Random, description: Description) -> Description:
    """The same statements, parts and definitions in another order."""

    def shuffle(part: Part) -> Part:
        parts = [shuffle(inner) for inner in part.parts]
        statements = _skips_in_order(part.statements, _shuffled(random, part.statements))
        return evolve(part, statements=statements, parts=_shuffled(random, parts))

    definitions = _shuffled(random, description.definitions)
    return evolve(description, total=shuffle(description.total), definitions=definitions)


def smaller(description: Description) -> Iterator[Description]:
    """The same with one thing left out, the largest first."""
    for name in ("definitions", "examples", "inputs", "head"):
        yield from (evolve(description, **{name: rest}) for rest in _without_one(getattr(description, name)))
    for total in _smaller_part(description.total):
        yield evolve(description, total=total)


def _smaller_part(part: Part) -> Iterator[Part]:
    for name in ("parts", "statements", "grades", "head"):
        yield from (evolve(part, **{name: rest}) for rest in _without_one(getattr(part, name)))
    for index, statement in enumerate(part.statements):
        for lines in _smaller_lines(statement):
            yield evolve(part, statements=[*part.statements[:index], lines, *part.statements[index + 1 :]])
    for index, inner in enumerate(part.parts):
        for less in _smaller_part(inner):
            yield evolve(part, parts=[*part.parts[:index], less, *part.parts[index + 1 :]])


def _smaller_lines(statement: Lines) -> Iterator[Lines]:
    """Without one of its inner lines, which stand in the same order in both languages."""
    for index in range(1, len(statement.en)):
        yield Lines(statement.en[:index] + statement.en[index + 1 :], statement.zh[:index] + statement.zh[index + 1 :])


def _skips_in_order(written: Sequence[Lines], shuffled: Sequence[Lines]) -> list[Lines]:
    """Of several skips the first that holds decides, so they are not independent: among themselves they stay as written."""

    def skips(statement: Lines) -> bool:
        return any("skip" in line for line in statement.en)

    in_order = iter([statement for statement in written if skips(statement)])
    return [next(in_order) if skips(statement) else statement for statement in shuffled]


def _shuffled(random: Random, items: Sequence[Any]) -> list[Any]:
    return random.sample(items, len(items))


def _without_one(items: Sequence[Any]) -> Iterator[list[Any]]:
    return ([*items[:index], *items[index + 1 :]] for index in range(len(items)))
