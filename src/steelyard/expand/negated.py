"""Yes/no values as print denies them, and rows as print names them.

`未按时报送` is `非 按时报送` where the file declares the yes/no value 按时报送 and nothing called 未按时报送: it can mean nothing
else. `每出现一个未按时报送的单位` names the row 单位 and says which rows count; so does `每个未按时报送的单位` in a loop.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from steelyard.expand.tree import rewrite
from steelyard.source import Span
from steelyard.syntax import nodes as n

DENIES = re.compile("没有|未|不")


def without_denials(file: n.File, nodes: list[n.Node], names: frozenset[str]) -> n.File:
    """The file with such names as conditions on the yes/no values that they deny."""
    truths = _truths(nodes)
    if not truths:
        return file
    # A choice of a text is a text, also where it denies something.
    others = names | {text.value for node in nodes if isinstance(node, n.FieldDeclaration) for text in node.choices
                      if isinstance(text, n.Text)}  # fmt: skip
    denied = {
        node.name: value
        for node in nodes
        if isinstance(node, n.Name) and node.name not in others and (value := denies(node.name, truths)) is not None
    }
    rows = any(isinstance(node, n.Each | n.ForEach) and _qualified(node.row, truths) for node in nodes)
    if not denied and not rows:
        return file
    return rewrite(file, lambda node, stands: _change(node, denied if stands else {}, truths))


def denies(name: str, truths: frozenset[str]) -> str | None:
    """The yes/no value that the name denies."""
    match = DENIES.match(name)
    return name[match.end() :] if match and name[match.end() :] in truths else None


def _truths(nodes: list[n.Node]) -> frozenset[str]:
    """The names that are declared as yes/no values, and nowhere as anything else."""
    found: dict[str, bool] = {}
    for node in nodes:
        if isinstance(node, n.FieldDeclaration):
            truth = [word.kind for word in node.kinds] == ["yes/no"]
            found[node.name.name] = found.get(node.name.name, True) and truth
    return frozenset(name for name, truth in found.items() if truth)


def _change(node: n.Node, denied: Mapping[str, str], truths: frozenset[str]) -> n.Node:
    match node:
        case n.Name(name) if name in denied and node.span.text == name:
            return _not(denied[name], node.span)
        case n.Each() | n.ForEach() if (parts := _qualified(node.row, truths)) is not None:
            row, condition = parts
            where = (
                condition if node.where is None else n.Operation("and", (condition, node.where), span=condition.span)
            )
            return attrs.evolve(node, row=row, where=where)
        case _:
            return node


def _qualified(row: n.Name | None, truths: frozenset[str]) -> tuple[n.Name, n.Expression] | None:
    """`未按时报送的单位` as the row 单位 and the condition on it."""
    if row is None or row.span.text != row.name:
        return None
    what, de, bare = row.name.partition("的")
    if not (de and bare) or "的" in bare:
        return None
    source, start, middle = row.span.source, row.span.start, row.span.start + len(what)
    span = Span(source, start, middle)
    if what in truths:
        condition: n.Expression = n.Name(what, span=span)
    elif (value := denies(what, truths)) is not None:
        condition = _not(value, span)
    else:
        return None
    return n.Name(bare, span=Span(source, middle + 1, row.span.end)), condition


def _not(value: str, span: Span) -> n.Operation:
    return n.Operation("not", (n.Name(value, span=Span(span.source, span.end - len(value), span.end)),), span=span)
