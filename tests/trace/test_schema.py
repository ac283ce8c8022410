"""The published JSON Schema: it takes every trace that is written, and nothing that is not of the format."""

from __future__ import annotations

import copy
import inspect
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import attrs
import pytest
from attrs import frozen
from jsonschema import Draft202012Validator

from cli.running import steelyard
from properties import runs
from properties.records import case_of
from properties.trying import TIMES, seeds
from steelyard.core import nodes as c
from steelyard.core.encode import encode_program
from steelyard.core.nodes import expressions, program, statements
from steelyard.data import convert
from steelyard.diagnostics.render import DiagnosticJson
from steelyard.source import Span
from steelyard.trace import decode, encode, model
from steelyard.trace.encode import FORMAT
from steelyard.trace.model import Kind, PartKind, ResultStatus, Status
from steelyard.values import states, targets
from steelyard.values.canonical import canonical_json

Document = dict[str, Any]
ROOT = Path(__file__).parents[2]


# ---- what is written


def test_it_takes_every_trace_of_the_conformance_suite(
    conformance: list[tuple[str, c.Program, list[Document]]], validator: Draft202012Validator
) -> None:
    taken = 0
    for case, _, traces in conformance:
        for trace in traces:
            told(validator, trace, case)
            taken += 1
    assert taken >= 972


def test_it_takes_the_core_of_every_scheme_of_the_conformance_suite(
    conformance: list[tuple[str, c.Program, list[Document]]], schema: Document
) -> None:
    of_core = Draft202012Validator({"$ref": "#/$defs/core", "$defs": schema["$defs"]})
    cores = {canonical_json(encode_program(found)): case for case, found, _ in conformance}
    by_digest = {found.digest: canonical_json(encode_program(found)) for _, found, _ in conformance}
    every = 1 if TIMES > 1 else 3  # All of them with `TIMES=2`.
    for core in list(by_digest.values())[::every]:  # The same core at other places says nothing new.
        told(of_core, json.loads(core), cores[core])


def test_it_takes_the_traces_of_generated_schemes(validator: Draft202012Validator) -> None:
    for seed in seeds(30):
        loaded = runs.load(case_of(seed).description)
        if loaded.program is not None:
            for trace in runs.score(loaded, case_of(seed).records):
                told(validator, runs.document(trace), f"seed {seed}")


def test_it_takes_every_line_of_a_batch_file_and_a_trace_with_its_core(
    page_files: Path, tmp_path: Path, page: Callable[[str], Document], validator: Draft202012Validator
) -> None:
    file = tmp_path / "traces.jsonl"
    run = steelyard("score", page_files / "service.rules", page_files / "service", "--trace", file)
    assert run.status == 0, run.err
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    for line in lines:
        told(validator, json.loads(line), "batch")
    told(validator, page("core"), "core")


def test_the_command_prints_it_from_the_package(schema: Document) -> None:
    run = steelyard("explain", "trace-schema")
    assert (run.status, run.err) == (0, "")
    assert json.loads(run.out) == schema
    assert schema["properties"]["format"]["const"] == FORMAT


def told(validator: Draft202012Validator, document: Document, name: str) -> None:
    error = next(validator.iter_errors(document), None)
    assert error is None, f"{name}: {'/'.join(map(str, error.absolute_path))}: {error.message}"


# ---- what is not


def objects(document: Any) -> list[Document]:
    """Every object in a document."""
    found = [document] if isinstance(document, dict) else []
    inner = document.values() if isinstance(document, dict) else document if isinstance(document, list) else ()
    return found + [item for value in inner for item in objects(value)]


def refused(validator: Draft202012Validator, document: Any, why: str) -> None:
    assert not validator.is_valid(document), why


@frozen
class _Piece:
    name: str
    validator: Draft202012Validator
    piece: Document

    def refuses(self) -> bool:
        return not self.validator.is_valid(self.piece)


def pieces(document: Document, schema: Document) -> Iterator[tuple[_Piece, Document]]:
    """Every object of the document that is unlike those before it, with what validates the piece of the document it is in.
    Objects of one kind and status with the same members are alike: what holds of one holds of the others."""
    named = {
        "header": [document["header"]],
        "result": [document["result"]],
        "core": [document["core"]] if "core" in document else [],
    }
    named |= {
        "list": document["lists"],
        "cell": document["cells"],
        "entry": document["entries"],
        "finding": document["findings"],
    }
    known: set[object] = set()
    for name, found in named.items():
        validator = Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})
        for piece in found:
            assert validator.is_valid(piece)
            for item in objects(piece):
                said = (name, *(str(item.get(key)) for key in ("kind", "status", "op", "is")), *sorted(item))
                if said not in known:
                    known.add(said)
                    yield _Piece(name, validator, piece), item


@pytest.mark.parametrize("record", ["east", "west", "core"])
def test_it_refuses_an_unknown_field_wherever_it_stands(
    record: str, page: Callable[[str], Document], schema: Document
) -> None:
    for piece, item in pieces(page(record), schema):
        item["unknown_field"] = "x"
        assert piece.refuses(), item
        del item["unknown_field"]


@pytest.mark.parametrize("record", ["east", "west"])
def test_it_refuses_null_for_a_field_that_is_not_there(
    record: str, page: Callable[[str], Document], schema: Document
) -> None:
    for piece, item in pieces(page(record), schema):
        for name in item.keys() - {"low", "high"} | ({"high"} if "kind" in item else set()):
            if name in item:
                held, item[name] = item[name], None
                assert piece.refuses(), f"{name} of {item}"
                item[name] = held


@pytest.mark.parametrize("wrong", [1.5, 7, -1, [], {}, [None], {"low": "1"}], ids=repr)
@pytest.mark.parametrize("record", ["east", "west"])
def test_it_refuses_a_value_of_the_wrong_type(
    wrong: Any, record: str, page: Callable[[str], Document], schema: Document
) -> None:
    for piece, item in pieces(page(record), schema):
        for name, held in list(item.items()):
            empty = isinstance(held, list) and wrong == []
            whole = isinstance(held, int) and not isinstance(held, bool) and wrong == 7
            if not (empty or whole):
                item[name] = wrong
                assert piece.refuses(), f"{name} of {item}"
                item[name] = held


@pytest.mark.parametrize("wrong", [1.5, {}, {"is": "Nothing"}], ids=repr)
def test_it_refuses_a_core_with_a_value_of_the_wrong_type(
    wrong: Any, page: Callable[[str], Document], schema: Document
) -> None:
    part = page("core")["core"]["total"]["body"]
    account = next(node for node in objects(part) if node.get("name") == "execution" and node["is"] == "Account")
    validator = Draft202012Validator({"$ref": "#/$defs/core-Account", "$defs": schema["$defs"]})
    assert validator.is_valid(account)
    for item in objects(account):
        for name, held in list(item.items()):
            item[name] = wrong
            refused(validator, account, f"{name} of {item}")
            item[name] = held


NO_NUMBERS = [
    "",
    "1.50",
    "01",
    "+1",
    "-0",
    "1e3",
    "1.",
    ".5",
    "1/0",
    "1/-2",
    "0x1",
    "１",
    " 1",
    "1\n",
    "NaN",
    "Infinity",
    "1,000",
    "9" * 3001,
]


@pytest.mark.parametrize("text", NO_NUMBERS, ids=lambda text: repr(text[:12]))
def test_it_refuses_a_number_that_is_written_in_another_way(
    text: str, page: Callable[[str], Document], validator: Draft202012Validator
) -> None:
    for change in (
        lambda d: d["result"].update(total=text),
        lambda d: d["result"]["parts"][0].update(full={"low": text, "high": None}),
        lambda d: next(e for e in d["entries"] if e["kind"] == "carry").update(factor=text),
        lambda d: next(cell for cell in d["cells"] if isinstance(cell["value"], str)).update(value=text),
        lambda d: next(e for e in d["entries"] if e["kind"] == "let")["expression"].update(value=text),
    ):
        document = page("east")
        change(document)
        refused(validator, document, text)


@pytest.mark.parametrize("record", ["east", "west"])
def test_it_refuses_what_lacks_a_field_that_it_must_have(
    record: str, page: Callable[[str], Document], schema: Document, validator: Draft202012Validator
) -> None:
    document = page(record)
    for name in schema["required"]:
        refused(validator, {key: value for key, value in document.items() if key != name}, name)
    for piece, item in pieces(document, schema):
        name = f"entry-{item['kind']}" if item is piece.piece and "number" in item else piece.name
        for field in schema["$defs"][name]["required"] if item is piece.piece else ():
            held = item.pop(field)
            assert piece.refuses(), f"{field} of {item}"
            item[field] = held


CHANGES: dict[str, Callable[[Document], Any]] = {
    "a format of the future": lambda d: d.update(format="steelyard-trace/3"),
    "an unknown kind": lambda d: d["entries"][0].update(kind="bribe"),
    "a status that the kind does not have": lambda d: kind(d, "close").update(status="waived"),
    "a field of another kind": lambda d: kind(d, "close").update(scale=["A"]),
    "a waiver of what is not exempt": lambda d: [e for e in d["entries"] if e["status"] == "applied"][3].update(waiver="why"),
    "an exemption without who approved it": lambda d: status(d, "waived").pop("approver"),
    "a member of a group with a balance": lambda d: member(d).update(before="1", after="1", applied="0"),
    "a move without a balance": lambda d: next(e for e in d["entries"] if e["kind"] == "move" and "before" in e).pop("before"),
    "a skipped part that closes with a score": lambda d: next(e for e in d["entries"] if e["status"] == "skipped").update(before="1", after="1"),
    "a grade that is both one and several": lambda d: d["result"].update(grade="good"),
    "a total of what is not issued": lambda d: d["result"].update(status="not issued"),
    "a score without its picture": lambda d: next(p for p in d["result"]["parts"] if "score" in p).pop("score_shown"),
    "a cell key that is none": lambda d: d["cells"][0].update(key="x1"),
    "a leaf with arguments": lambda d: leaf(d, "cell").update(args=[leaf(d, "const")]),
    "a cell without its key": lambda d: leaf(d, "cell").pop("ref"),
    "an operator without arguments": lambda d: kind(d, "let")["expression"].pop("args"),
    "an unknown operator": lambda d: kind(d, "let")["expression"].update(op="exec"),
    "a digest that is none": lambda d: d["header"].update(core="abc"),
    "the same cell twice in a list": lambda d: d["result"].update(blame=["c1", "c1"]),
    "an enclosure without an end": lambda d: d["result"]["total"].pop("high"),
    "a list both there and absent": lambda d: d["lists"][0].update(absent=True),
    "an unknown value without a cause": lambda d: kind(d, "let")["expression"]["value"]["unknown"].update(causes=[]),
    "a value of two shapes": lambda d: d["cells"][0].update(value={"text": "a", "date": "2023-01-01"}),
    "an unknown class of the core": lambda d: d["core"]["total"].update({"is": "Backdoor"}),
    "a bare number in the core": lambda d: d["core"]["total"].update(full={"is": "Const", "value": 4, "percent": False}),
    "a field of the core that is left out": lambda d: d["core"]["total"].pop("checks"),
}  # fmt: skip


def kind(document: Document, name: str) -> Document:
    return next(entry for entry in document["entries"] if entry["kind"] == name)


def member(document: Document) -> Document:
    return next(entry for entry in document["entries"] if entry["kind"] == "move" and "group" in entry)


def status(document: Document, name: str) -> Document:
    return next(entry for entry in document["entries"] if entry["status"] == name)


def leaf(document: Document, op: str) -> Document:
    return next(found for found in objects(document["entries"]) if found.get("op") == op)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_refuses(
    change: Callable[[Document], Any], page: Callable[[str], Document], validator: Draft202012Validator
) -> None:
    document = page("west")
    document["core"] = page("core")["core"]
    assert validator.is_valid(document)
    change(document)
    refused(validator, document, "")


# ---- the same fields everywhere

ENTRY_NAMES = {field.name for field in attrs.fields(model.Entry)}
RENAMED = {
    "Header": {"digest": "sha256"}, "SourceFile": {"digest": "sha256"}, "BatchRef": {"digest": "sha256"},
    "TraceList": {"name": "list"}, "RowRef": {"rows": "list"}, "TraceCell": {"datum": "value"},
}  # fmt: skip
DEFINED = {
    model.TraceCell: "cell", model.TraceList: "list", model.RowRef: "row", model.Expr: "expression", model.SourceRef: "place",
    model.PartResult: "part", model.Result: "result", model.SourceFile: "file", model.Header: "header",
}  # fmt: skip
ADDED = {"list": {"absent"}, "part": {"score_shown"}, "result": {"total_shown"}}
"""What the JSON says beside the values."""


def test_the_schema_names_the_fields_of_the_model(schema: Document) -> None:
    for node, name in DEFINED.items():
        renamed = RENAMED.get(node.__name__, {})
        fields = {renamed.get(field.name, field.name) for field in attrs.fields(node)}
        assert set(schema["$defs"][name]["properties"]) == fields | ADDED.get(name, set()), name
    kinds = {name.removeprefix("entry-"): found for name, found in schema["$defs"].items() if name.startswith("entry-")}
    assert set(kinds) == set(get_args(Kind)) == set(schema["$defs"]["entry"]["properties"]["kind"]["enum"])
    assert {field for found in kinds.values() for field in found["properties"]} == ENTRY_NAMES
    assert {s for found in kinds.values() for s in found["properties"]["status"]["enum"]} == set(get_args(Status))
    top = {"header", "cells", "entries", "result", "findings", "lists"}
    assert {field.name for field in attrs.fields(model.Trace)} == top
    assert set(schema["properties"]) == top | {"format", "core"}


def test_the_schema_names_the_values_that_the_code_knows(schema: Document) -> None:
    definitions = schema["$defs"]
    assert set(definitions["part"]["properties"]["kind"]["enum"]) == set(get_args(PartKind)) - {"total"}
    assert set(definitions["result"]["properties"]["status"]["enum"]) == set(get_args(ResultStatus))
    assert definitions["cause"]["enum"] == [cause.value for cause in states.Cause]
    assert definitions["target"]["properties"]["comparator"]["enum"] == [x.value for x in targets.Comparator]
    assert set(definitions["target"]["properties"]) == {field.name for field in attrs.fields(targets.Target)}
    assert set(definitions["actual"]["properties"]) == {field.name for field in attrs.fields(targets.Actual)}
    assert set(definitions["finding"]["properties"]) == set(DiagnosticJson.__annotations__)
    notes = definitions["cell"]["properties"]["notes"]["description"]
    assert [note for note in (*convert._REMARKS, "thousands") if note not in notes] == []


@pytest.mark.parametrize("module", [encode, decode], ids=["encode", "decode"])
def test_what_writes_and_what_reads_name_every_field(module: Any, schema: Document) -> None:
    text = inspect.getsource(module)
    names = {
        field
        for name, found in schema["$defs"].items()
        if "properties" in found and not name.startswith("core") and name not in ("finding",)
        for field in found["properties"]
    }
    shown = {"score_shown", "total_shown"}  # Made of the values when they are written, and not read.
    missing = {name for name in names if f'"{name}"' not in text}
    assert missing - (shown if module is decode else set()) == set()


def test_the_schema_names_every_class_of_the_core_with_its_fields(schema: Document) -> None:
    classes = [
        node
        for module in (expressions, statements)
        for node in vars(module).values()
        if inspect.isclass(node) and attrs.has(node) and node.__module__ == module.__name__ and node is not c.Origin
    ]
    for node in (*classes, program.BatchValue):
        fields = {f.name for f in attrs.fields(node) if f.type not in (Span, "Span")}
        beside = {"reason", "approver"} if node is c.Waiver else set()
        found = schema["$defs"][f"core-{node.__name__}"]
        assert set(found["properties"]) == fields - beside | {"is"}, node.__name__
        assert set(found["required"]) == set(found["properties"]), node.__name__


def test_everything_in_it_is_told_and_strict(schema: Document) -> None:
    for name, found in schema["$defs"].items():
        assert found.get("title"), name
        assert found.get("description"), name
        if found.get("type") == "object" and name not in ("entry", "core-expression", "core-statement"):
            assert found["additionalProperties"] is False, name
        if not name.startswith("core-"):
            for field, what in found.get("properties", {}).items():
                assert field == "kind" or "description" in what or "$ref" in what, f"{name}.{field}"
    text = json.dumps(schema)
    used = set(re.findall(r'"#/\$defs/([^"]+)"', text))
    assert used == set(schema["$defs"])


def test_a_change_of_a_copy_leaves_the_page_alone(page: Callable[[str], Document]) -> None:
    first = page("east")
    held = copy.deepcopy(first)
    first["header"]["record"] = "x"
    assert page("east") == held
