"""Where every datum comes from: a file of the header, with its SHA-256, and in it the place at which its text stands."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

from steelyard import pipeline
from steelyard.core import nodes as c
from steelyard.trace.encode import encode_trace
from steelyard.values.canonical import canonical_json

Document = dict[str, Any]


def test_every_cell_stands_in_one_file_of_the_header(conformance: list[tuple[str, c.Program, list[Document]]]) -> None:
    for case, _, traces in conformance:
        for trace in traces:
            for kind in ("rules", "data"):
                names = [file["file"] for file in trace["header"][kind]]
                assert len(set(names)) == len(names), f"{case}: {names}"
                assert not [
                    name for name in names if Path(name).is_absolute() or "\\" in name or ".." in name.split("/")
                ], case
            data = {file["file"] for file in trace["header"]["data"]}
            rules = {file["file"] for file in trace["header"]["rules"]}
            assert {cell["file"] for cell in trace["cells"]} <= data, case
            assert {entry["source"]["file"] for entry in trace["entries"]} <= rules, case


def test_every_cell_says_its_place(conformance: list[tuple[str, c.Program, list[Document]]]) -> None:
    for case, _, traces in conformance:
        for trace in traces:
            lists = {found["list"]: found.get("keys") for found in trace["lists"]}
            for cell in trace["cells"]:
                assert cell["column"], case
                assert ("row" in cell) == cell["file"].endswith(".csv"), (case, cell)
                if "item" in cell:
                    row = cell["item"]
                    keys = lists[row["list"]]
                    assert keys is not None, case
                    assert keys[row["position"] - 1] == row["key"], case


def test_the_text_of_every_cell_of_the_page_stands_in_the_file_there(
    page: Callable[[str], Document], page_files: Path
) -> None:
    for record in ("east", "west"):
        trace = page(record)
        for file in trace["header"]["data"]:
            assert sha256((page_files / "service" / file["file"]).read_bytes()).hexdigest() == file["sha256"]
        assert len(trace["cells"]) > 10
        for cell in trace["cells"]:
            table = list(csv.reader(StringIO((page_files / "service" / cell["file"]).read_text(encoding="utf-8"))))
            assert table[cell["row"] - 1][table[0].index(cell["column"])] == cell["text"], cell


def test_the_pointer_of_every_cell_of_a_json_file_leads_to_its_text(tmp_path: Path) -> None:
    (tmp_path / "s.rules").write_text(
        "input\n  n : number\n  rows : list of\n    x : number\n\ndeduct 1 if n > 1\nfor each row in rows\n  deduct 1 if x > 1\n",
        encoding="utf-8",
    )
    document = [{"n": 5, "rows": [{"x": 1}, {"x": 2.50}]}, {"n": 0, "rows": []}]
    (tmp_path / "d.json").write_text(json.dumps(document), encoding="utf-8")
    program = pipeline.load(tmp_path / "s.rules").program
    assert program is not None
    for trace in pipeline.score(program, pipeline.read_data(program, tmp_path / "d.json")).traces:
        for cell in json.loads(canonical_json(encode_trace(trace)))["cells"]:
            value: Any = document
            for step in cell["column"].split("/")[1:]:
                value = value[int(step)] if isinstance(value, list) else value[step]
            assert str(value) == cell["text"]


def test_a_trace_is_the_same_wherever_the_files_lie(page_files: Path, tmp_path: Path) -> None:
    """No path, time, host or locale: the same files in another folder give the same bytes."""
    other = tmp_path / "elsewhere"
    (other / "service").mkdir(parents=True)
    for file in ["service.rules", *(f"service/{path.name}" for path in (page_files / "service").iterdir())]:
        (other / file).write_bytes((page_files / file).read_bytes())
    written = []
    for folder in (page_files, other):
        program = pipeline.load(folder / "service.rules").program
        assert program is not None
        traces = pipeline.score(program, pipeline.read_data(program, folder / "service")).traces
        written.append([canonical_json(encode_trace(trace)) for trace in traces])
    assert written[0] == written[1]
    assert str(tmp_path) not in "".join(written[0])
