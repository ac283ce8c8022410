"""Which constructs a parsed rule file holds, and which there are: read off the classes of the tree, so that none is forgotten."""

from __future__ import annotations

import sys
import tomllib
import types
from collections.abc import Iterator
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from steelyard.resources import shipped
from steelyard.syntax import nodes as n
from steelyard.vocabulary.functions import FUNCTIONS

_LEFT_OUT = {
    "Use": "opens other files, which have tests of their own",
    "Amend": "opens other files, which have tests of their own",
    "Replace": "a change of another file",
    "Add": "a change of another file",
    "Remove": "a change of another file",
    "Bounds.bare": "printed Chinese alone has them: asked for there",
    "TableRow.linear": "between two rows it is two points; left over it is a mistake",
    "LanguageRule.language=None": "a mistake",
    "File.language": "of the whole file",
    "OrElse.value=None": "",
    **dict.fromkeys(
        (
            *("Otherwise", "Otherwise.verb=DEDUCT", "Otherwise.verb=AWARD", "Otherwise.verb=SCORE"),
            *("PartOfStep", "PartOfStep.part=full", "PartOfStep.part=started", "PartOfStep.part=fractional"),
        ),
        "where it belongs it is part of a table or step; left over it is a mistake",
    ),
}
_MADE = ("alone", "faulty", "lookup", "quoted", "stands", "unreadable")
"""Fields that no author writes."""


def required(language: str) -> set[str]:
    """Every class of the tree, every literal that one of its fields may hold, every flag, function, operator and type."""
    found: set[str] = set()
    for name in _classes(n.File, {}):
        cls = getattr(n, name)
        found.add(name)
        for field, hint in get_type_hints(cls, vars(n) | vars(sys.modules[cls.__module__])).items():
            if field in _MADE or f"{name}.{field}" == "File.language":
                continue
            if hint is bool:
                found.add(f"{name}.{field}")
            found |= {f"{name}.{field}={value}" for value in _literals(hint)}
    found |= {f"function {function.key}" for function in FUNCTIONS}
    found |= {f"comparison {sign}" for sign in ("=", "!=", "<", "<=", ">", ">=")}
    found |= {
        f"type {kind}" for kind in ("number", "whole number", "text", "yes/no", "date", "target", "actual", "list")
    }
    found |= {"type one of", "function over parts", "function over the batch", "points", "yes", "total"}
    chinese = {item for item in found if item.startswith("Bounds.bare=")}
    return found - set(_LEFT_OUT) - (set() if language == "zh" else chinese)


def held(file: n.File) -> set[str]:
    """What occurs in one file."""
    found: set[str] = set()
    for node in _walk(file):
        name = type(node).__name__
        found.add(name)
        for field, value in attrs.asdict(node, recurse=False).items():
            if value is True:
                found.add(f"{name}.{field}")
            elif isinstance(value, str):
                found.add(f"{name}.{field}={value}")
        match node:
            case n.Call():
                found |= {f"function {_FUNCTIONS.get(node.function.name)}"}
                over = [a.name for a in node.arguments if isinstance(a, n.Name)]
                found |= {"function over parts"} if {"parts", "各项"} & set(over) else set()
            case n.Aggregate():
                found.add(f"function {_FUNCTIONS.get(node.function.name)}")
                found |= {"function over the batch"} if node.rows.name in ("all", "全部") else set()
            case n.Comparison():
                found |= {f"comparison {sign}" for sign in node.operators}
            case n.TypeWord():
                found.add(f"type {node.kind}")
            case n.Name():
                found |= _WORDS.get(node.name, set())
    return found


_WORDS = {
    "points": {"points"},
    "满分": {"points"},
    "yes": {"yes"},
    "是": {"yes"},
    "total": {"total"},
    "总分": {"total"},
}


def _functions() -> dict[str, str]:
    table = tomllib.loads((shipped("grammar") / "keywords.toml").read_text(encoding="utf-8"))
    return {spelling: entry["value"] for entry in table["function"] for spelling in (*entry["en"], *entry["zh"])}


_FUNCTIONS = _functions()


def _classes(cls: type, seen: dict[str, None]) -> dict[str, None]:
    """The class and all that its fields may hold."""
    if cls.__name__ in seen or not _ours(cls):
        return seen
    seen[cls.__name__] = None
    for hint in _hints(cls).values():
        for inner in _inside(hint):
            _classes(inner, seen)
    return seen


def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, vars(n) | vars(sys.modules[cls.__module__]))


def _ours(cls: type) -> bool:
    """Is it a class of the tree?"""
    return issubclass(cls, n.Node) and cls is not n.Node


def _inside(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and not isinstance(hint, types.GenericAlias):
        yield hint
    elif get_origin(hint) is not Literal:
        for inner in get_args(hint):
            yield from _inside(inner)


def _literals(hint: Any) -> Iterator[str]:
    if get_origin(hint) is Literal:
        yield from (value for value in get_args(hint) if isinstance(value, str))
    elif get_origin(hint) in (Union, types.UnionType):
        for inner in get_args(hint):
            yield from _literals(inner)


def _walk(value: object) -> Iterator[n.Node]:
    if isinstance(value, tuple):
        for item in value:
            yield from _walk(item)
    elif _ours(type(value)):
        yield value  # type: ignore[misc]  # just asked
        for field in attrs.fields(type(value)):
            if field.name not in ("span", "key"):
                yield from _walk(getattr(value, field.name))
