"""Words whose meaning only the rest of the file tells: choices and grades written without quotes.

`充分：3 分` in a table by an input that is `one of “充分”、“不充分”` means that text, where nothing in the file has the name:
a table row that asks after a text can mean nothing else. In a condition a word stays a name, since there it could be a
yes/no value; but `完成时间超过计划时间` is a comparison where the file has both names and not that one. `判为 D级` means the
grade D where the file has the grade D and none called D级.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

import attrs
from attrs import frozen

from steelyard.expand.negated import without_denials
from steelyard.expand.tree import copy, rewrite, walk
from steelyard.syntax import nodes as n
from steelyard.syntax.children import compared_in
from steelyard.syntax.keywords import keywords

LEVEL = "级"
Row = TypeVar("Row", n.TableRow, n.GradeRow)


def known_words(file: n.File) -> n.File:
    """The file with such words as the texts that they are."""
    nodes = [node for node, _ in walk(file)]
    choices = _choices(nodes)
    labels = frozenset(node.label.value for node in nodes if isinstance(node, n.GradeRow))
    names = frozenset(_declared(nodes)) if choices else frozenset()
    words = _Words(choices, names, labels)
    if (plain := without_denials(file, nodes, frozenset(_declared(nodes)))) is not file:
        file, nodes = plain, [node for node, _ in walk(plain)]
    glued = _glued_comparisons(nodes)
    if glued:
        file = rewrite(file, lambda node, _: _part_names(node, glued))
    if not choices and not any(words.label(node) is not node for node in nodes):
        return file
    return rewrite(file, lambda node, _: words.change(node))


def _glued_comparisons(nodes: list[n.Node]) -> dict[str, n.Comparison]:
    """`完成时间超过计划时间` as one run, where the file has both names and not that one."""
    runs = [(node, one) for node in nodes if isinstance(node, n.Name) for one in compared_in(node)]
    if not runs:
        return {}
    names = frozenset(_declared(nodes))
    found: dict[str, n.Comparison] = {}
    for name, one in runs:
        sides = [side.name for side in one.operands if isinstance(side, n.Name)]
        if name.name not in names and all(side in names for side in sides):
            found.setdefault(name.name, one)
    return found


def _part_names(node: n.Node, glued: Mapping[str, n.Comparison]) -> n.Node:
    """Where a condition stands, a run of letters as the comparison that it is; a step behind it counts from its bound."""

    def parted(condition: n.Expression) -> n.Expression:
        if isinstance(condition, n.Name) and condition.name in glued:
            return next(one for one in compared_in(condition) if one == glued[condition.name])
        return condition

    match node:
        case n.If(condition=condition) | n.TableRow(when=n.Node() as condition):
            new = parted(condition)
            if new is condition:
                return node
            return attrs.evolve(node, condition=new) if isinstance(node, n.If) else attrs.evolve(node, when=new)
        case n.Check(test=test):
            return node if parted(test) is test else attrs.evolve(node, test=parted(test))
        case n.Operation("and" | "or" | "not", operands):
            new_operands = tuple(parted(operand) for operand in operands)
            return node if new_operands == operands else attrs.evolve(node, operands=new_operands)
        case n.Deduct(per=n.Step(value=None, bound=None) as step) | n.Award(per=n.Step(value=None, bound=None) as step):
            match next((clause.condition for clause in node.clauses if isinstance(clause, n.If)), None):
                case n.Comparison((_,), (value, bound)):
                    return attrs.evolve(node, per=attrs.evolve(step, value=copy(value), bound=copy(bound)))
                case _:
                    return node
        case _:
            return node


def _choices(nodes: list[n.Node]) -> dict[str, frozenset[str]]:
    """Of every name, declared once or several times over, the texts it may be, wherever it stands."""
    found: dict[str, frozenset[str]] = {}
    for node in nodes:
        if isinstance(node, n.FieldDeclaration):
            texts = frozenset(choice.value for choice in node.choices if isinstance(choice, n.Text))
            found[node.name.name] = found.get(node.name.name, texts) & texts
    return {name: texts for name, texts in found.items() if texts}


def _declared(nodes: list[n.Node]) -> Iterator[str]:
    for node in nodes:
        match node:
            case n.FieldDeclaration() | n.Let() | n.Part():
                yield node.name.name
            case n.ForEach():
                yield node.row.name
            case n.Each(row=n.Name() as row):
                yield row.name
            case _:
                pass
    yield from keywords().values


@frozen
class _Words:
    choices: Mapping[str, frozenset[str]]
    names: frozenset[str]
    labels: frozenset[str]

    def change(self, node: n.Node) -> n.Node:
        match node:
            case n.Table(keys=keys, rows=rows) if keys:
                return attrs.evolve(node, rows=tuple(self.row(row, keys) for row in rows))
            case n.Grade(keys=keys, rows=graded) if keys:
                return attrs.evolve(node, rows=tuple(self.row(row, keys) for row in graded))
            case _:
                return self.label(node)

    def row(self, row: Row, keys: tuple[n.Expression, ...]) -> Row:
        if len(row.tests) != len(keys):
            return row
        return attrs.evolve(row, tests=tuple(self.test(t, key) for t, key in zip(row.tests, keys, strict=True)))

    def test(self, test: n.RowTest, key: n.Expression) -> n.RowTest:
        name = key.field.name if isinstance(key, n.FieldOf) else key.name if isinstance(key, n.Name) else ""
        texts = self.choices.get(name)
        if texts is None or not isinstance(test, n.IsOneOf):
            return test
        return attrs.evolve(test, values=tuple(self.text(value, texts) for value in test.values))

    def text(self, value: n.Expression, texts: frozenset[str]) -> n.Expression:
        if not isinstance(value, n.Name) or value.span.text != value.name:
            return value
        known = value.name in texts and value.name not in self.names
        return n.Text(value.name, span=value.span) if known else value

    def label(self, node: n.Node) -> n.Node:
        match node:
            case n.Regrade(label=n.Text(value=text) as label) if self._glued(label):
                return attrs.evolve(node, label=n.Text(text.removesuffix(LEVEL), span=label.span))
            case n.Expect(what="grade", value=n.Text(value=text) as label) if self._glued(label):
                return attrs.evolve(node, value=n.Text(text.removesuffix(LEVEL), span=label.span))
            case _:
                return node

    def _glued(self, label: n.Text) -> bool:
        bare = label.value.removesuffix(LEVEL)
        return (
            label.value not in self.labels
            and bare != label.value
            and bare in self.labels
            and label.span.text == label.value
        )
