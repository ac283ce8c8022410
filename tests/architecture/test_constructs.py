"""The matrix construct × phase: every construct of the language has a grammar rule, is built, bound, checked and lowered,
has a page, a running example in both languages and a wrong file. `pytest -s` prints it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import attrs
import pytest

from steelyard.check import statements as checks
from steelyard.core import nodes as c
from steelyard.lower.statements import Statements
from steelyard.source import Source
from steelyard.syntax import nodes as n
from steelyard.syntax.build import Builder
from steelyard.syntax.parser import parse
from steelyard.trace.model import Kind

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "steelyard"

STATEMENTS = get_args(n.Statement)
CLAUSES = get_args(n.Clause)
EXPRESSIONS = get_args(n.Expression)
ATTRIBUTES = get_args(n.Attribute)
HEADS = (n.Scheme, n.Input, n.FieldDeclaration, n.Part, n.SharePoints, n.ShareWeight, n.Grade, n.GradeRow)
EXPANDED = (
    n.Parameter, n.Dated, n.CodeTable, n.CodeRow, n.CodeVersion, n.ColumnOf, n.Define, n.Use, n.Amend, n.Replace, n.Add,
    n.Remove, n.Version,
)  # fmt: skip
"""What expansion leaves none of: the phases behind it have nothing to do."""
EXAMPLES = (n.Example, n.Given, n.GivenRow, n.Expect)
CONSTRUCTS = (*HEADS, *dict.fromkeys((*EXPANDED, *EXAMPLES)), *ATTRIBUTES, *STATEMENTS, *CLAUSES, *EXPRESSIONS)

# Constructs that share a page with their like; every other has one of its own name.
PAGES: dict[type, str] = {
    **dict.fromkeys(CLAUSES, "clauses"),
    **dict.fromkeys(EXPRESSIONS, "expressions"),
    n.Dated: "parameter",
    **dict.fromkeys((n.CodeRow, n.CodeVersion, n.ColumnOf), "code-table"),
    **dict.fromkeys((n.Use, n.Amend, n.Replace, n.Add, n.Remove), "use-amend"),
    **dict.fromkeys((n.Given, n.GivenRow, n.Expect), "example"),
    n.Version: "scheme",
    n.Aggregate: "aggregate",
    n.Call: "functions",
    n.ColumnOf: "code-table",
    n.Date: "dates",
    n.Within: "dates",
    n.Rank: "batch",
    n.Table: "table",
    n.PartBound: "bounds",
    n.Effective: "scheme",
    n.LanguageRule: "scheme",
    n.FewerBetter: "scheme",
    n.BatchBy: "batch",
    n.FieldDeclaration: "field",
    n.SharePoints: "part",
    n.ShareWeight: "part",
    n.GradeRow: "grade",
    n.RoundingRule: "rounding",
    n.BareRule: "grade",
}
# What needs no work of its own in a phase, and why.
NOTHING_TO_DO: dict[tuple[str, type], str] = {
    ("check", n.Scheme): "a name and its attributes",
    ("check", n.Input): "its mistakes are found when it is bound",
    ("check", n.FieldDeclaration): "its mistakes are found when it is bound",
    ("lower", n.Scheme): "its name and attributes go to the program and the total",
    ("lower", n.FieldDeclaration): "becomes a field of the schema when bound",
    ("lower", n.Input): "becomes the schema when bound",
    ("lower", n.SharePoints): "check resolves shares to numbers",
    ("lower", n.ShareWeight): "check resolves shares to numbers",
    ("lower", n.BareRule): "answers a question of the check",
    ("lower", n.PartBound): "check resolves bounds to numbers",
    ("lower", n.Allow): "silences a warning, moves nothing",
    ("check", n.GivenRow): "its values are checked with those of its given",
    ("lower", n.GivenRow): "becomes rows of cells with its given",
    ("check", n.Authority): "a text",
    ("check", n.BatchBy): "bind finds whether it names an input",
    ("check", n.Effective): "compared with the day when the file is expanded",
    ("check", n.FewerBetter): "it says how a score reads, and changes none",
    ("check", n.LanguageRule): "read when the file is expanded",
    ("lower", n.Effective): "read when the file is expanded",
    ("lower", n.LanguageRule): "read when the file is expanded",
    ("bind", n.SharePoints): "its amount is bound as part.share",
    ("bind", n.ShareWeight): "its amount is bound as part.share",
    ("bind", n.GradeRow): "its bounds are bound in _Binder.run",
    ("en", n.Otherwise): "behind its rule it is a row of a table when the tree is built; alone it is wrong",
    ("zh", n.Otherwise): "behind its rule it is a row of a table when the tree is built; alone it is wrong",
    ("en", n.PartOfStep): "behind its step it is a part of it when the tree is built; alone it is wrong",
    ("zh", n.PartOfStep): "behind its step it is a part of it when the tree is built; alone it is wrong",
    ("wrong", n.BareRule): "a fixed line cannot be wrong",
    ("wrong", n.FewerBetter): "a fixed line cannot be wrong",
    ("wrong", n.Exhausted): "a fixed phrase cannot be wrong",
}
PHASES = ("grammar", "build", "bind", "check", "lower", "page", "en", "zh", "wrong")


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def mentioned(folder: str, construct: type) -> bool:
    """Does a module of the package name the class, as `n.Deduct`, or have a function `check_deduct` for it?"""
    named = f"{folder}_{snake(construct.__name__)}"
    return construct.__name__ in _names_in(folder) or named in _functions_in(folder)


@cache
def _functions_in(folder: str) -> frozenset[str]:
    files = (PACKAGE / folder).rglob("*.py")
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    return frozenset(node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@cache
def _names_in(folder: str) -> frozenset[str]:
    found = set()
    for file in (PACKAGE / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("n", "c"):
                found.add(node.attr)
                # A union stands for its members.
                union = getattr(n if node.value.id == "n" else c, node.attr, None)
                found |= {member.__name__ for member in get_args(union) if isinstance(member, type)}
    return frozenset(found)


@cache
def grammar_rules() -> frozenset[str]:
    text = (ROOT / "grammar" / "steelyard.lark").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^\??(\w+):", text, re.M)) | frozenset(re.findall(r"-> (\w+)", text))


@cache
def built() -> frozenset[str]:
    """Classes that a builder method of a grammar rule returns or makes."""
    found = set()
    for name, method in inspect.getmembers(Builder, inspect.isfunction):
        if name in grammar_rules():
            words = set(re.findall(r"n\.(\w+)", str(method.__annotations__.get("return", ""))))
            words |= set(re.findall(r"\bn\.(\w+)\(", inspect.getsource(method)))
            found |= words | {m.__name__ for word in words for m in get_args(getattr(n, word))}
    return frozenset(found)


def nodes(value: object) -> Iterator[n.Node]:
    if isinstance(value, n.Node):
        yield value
        for field in attrs.fields(type(value)):
            yield from nodes(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from nodes(item)


@cache
def examples() -> dict[str, frozenset[type]]:
    """Classes that occur in running examples of the language pages, by language."""
    found: dict[str, set[type]] = {"en": set(), "zh": set()}
    for page in (ROOT / "docs" / "language").glob("*.md"):
        for text in re.findall(r"(?ms)^```rules(?! wrong)[^\n]*\n(.*?)^```", page.read_text(encoding="utf-8")):
            parsed = parse(Source.from_text(page.name, text))
            if not parsed.diagnostics:
                found[parsed.file.language] |= {type(node) for node in nodes(parsed.file)}
    return {language: frozenset(classes) for language, classes in found.items()}


@cache
def wrong() -> frozenset[type]:
    """Classes for which a wrong file has a diagnostic on them or inside them."""
    from golden.test_wrong_files import told

    found: set[type] = set()
    for file in (ROOT / "tests" / "golden" / "wrong").glob("*.rules"):
        try:
            text = file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
        parsed = parse(Source.from_text(file.name, text))
        spans = [d.span for d in told(file)[1] if d.span is not None and d.span.source.name == file.name]
        for node in nodes(parsed.file):
            if any(
                span.start < max(node.span.end, node.span.start + 1) and node.span.start < span.end for span in spans
            ):
                found.add(type(node))
    return frozenset(found)


def present(phase: str, construct: type) -> bool:
    if (phase, construct) in NOTHING_TO_DO:
        return True
    match phase:
        case "grammar" | "build":
            return construct.__name__ in built()
        case "check" if construct in STATEMENTS:
            return hasattr(checks, f"check_{snake(construct.__name__)}")
        case "lower" if construct in STATEMENTS:
            return hasattr(Statements, f"lower_{snake(construct.__name__)}")
        case "bind" | "check" | "lower" if construct in EXPANDED:
            return mentioned("expand", construct)
        case "bind" | "check" | "lower":
            return mentioned(phase, construct)
        case "page":
            name = PAGES.get(construct, snake(construct.__name__).replace("_", "-"))
            return (ROOT / "docs" / "language" / f"{name}.md").is_file()
        case "wrong":
            return construct in wrong()
        case language:
            return construct in examples()[language]


def test_every_construct_is_in_every_phase() -> None:
    missing = []
    print()
    print("construct".ljust(18), *(phase.ljust(8) for phase in PHASES))
    for construct in CONSTRUCTS:
        cells = {phase: present(phase, construct) for phase in PHASES}
        shown = (
            "-" if (p, construct) in NOTHING_TO_DO else "yes" if there else "MISSING" for p, there in cells.items()
        )
        print(construct.__name__.ljust(18), *(text.ljust(8) for text in shown))
        missing += [f"{construct.__name__}: {phase}" for phase, there in cells.items() if not there]
    assert not missing, "missing: " + ", ".join(missing)


def test_reasons_for_nothing_to_do_are_still_needed() -> None:
    """A reason that a later change made untrue must go."""
    kept = dict(NOTHING_TO_DO)
    for key in kept:
        reason = NOTHING_TO_DO.pop(key)
        try:
            assert not present(*key), f"{key[1].__name__} in {key[0]} is there: delete the reason “{reason}”"
        finally:
            NOTHING_TO_DO[key] = reason


@pytest.mark.parametrize("node", [*get_args(c.Statement), *get_args(c.Expression)], ids=lambda node: node.__name__)
def test_every_core_node_is_evaluated_and_kept_to_its_invariants(node: type) -> None:
    invariants = _names_in_file("core/invariants.py")
    scalar = _names_in("scalar")
    assert node.__name__ in invariants, "core/invariants.py does not visit it"
    assert node.__name__ in scalar, "the reference evaluator does not visit it"


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_of_entry_is_written_and_said(kind: str) -> None:
    written = "".join(p.read_text(encoding="utf-8") for p in (PACKAGE / "scalar").glob("*.py"))
    said = (PACKAGE / "explain" / "sentences.py").read_text(encoding="utf-8")
    assert f'"{kind}", ' in written or f'"{kind}",\n' in written
    assert re.search(rf'case (?:"[a-z]+" \| )*"{kind}"', said)


def _names_in_file(name: str) -> frozenset[str]:
    tree = ast.parse((PACKAGE / name).read_text(encoding="utf-8"))
    return frozenset(
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "c"
    )
