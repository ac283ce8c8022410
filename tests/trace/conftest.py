"""Traces to look at: of every conformance case, and of the scheme on the page that explains them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conformance.cases import as_of, cases, data_of, rules_of
from language.examples import read_page
from steelyard import pipeline
from steelyard.core.encode import encode_program
from steelyard.core.nodes import Program
from steelyard.trace.encode import encode_trace
from steelyard.values.canonical import canonical_json

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "src" / "steelyard" / "trace" / "schema" / "steelyard-trace-2.schema.json"

Document = dict[str, Any]


def written(value: Any) -> Any:
    """As a reader of the file gets it."""
    return json.loads(canonical_json(value).encode("utf-8"))


def scored(rules: Path, data: Path, day: Any = None) -> tuple[Program, list[Document]]:
    loaded = pipeline.load(rules, day)
    assert loaded.program is not None, loaded.diagnostics
    traces = pipeline.score(loaded.program, pipeline.read_data(loaded.program, data), day).traces
    return loaded.program, [written(encode_trace(trace)) for trace in traces]


@pytest.fixture(scope="session")
def schema() -> Document:
    return json.loads(SCHEMA.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def validator(schema: Document) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.fixture(scope="session")
def conformance() -> list[tuple[str, Program, list[Document]]]:
    """Of every case that scores: its id, its program, its traces."""
    found = []
    for case in cases():
        if "errors" in case["want"]:
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            found.append((case["id"], *scored(rules_of(case, folder), data_of(case, folder), as_of(case))))
    return found


@pytest.fixture(scope="session")
def page_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with `service.rules` and its data, as docs/trace.md shows them."""
    folder = tmp_path_factory.mktemp("page")
    page = read_page(ROOT / "docs" / "trace.md")
    (session,) = [session for session in page.sessions if "service.rules" in session.console.text]
    for block in session.files:
        path = folder / block.name
        path.parent.mkdir(exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def page_run(page_files: Path) -> tuple[Program, list[Document]]:
    return scored(page_files / "service.rules", page_files / "service")


@pytest.fixture
def page(page_run: tuple[Program, list[Document]]) -> Callable[[str], Document]:
    """A trace of the page by the key of its record, to change as a test likes; `core` is that of `east` with its core."""

    def trace(record: str) -> Document:
        program, traces = page_run
        found = next(t for t in traces if t["header"]["record"] == ("east" if record == "core" else record))
        copy: Document = json.loads(json.dumps(found))
        return {**copy, "core": written(encode_program(program))} if record == "core" else copy

    return trace
