"""Traces that earlier versions wrote stay readable, and say what they said.

`steelyard-trace-1.json` was written by the first version of the format (the Guangzhou sample). Those of the second were made
of the files on docs/trace.md: both records, and one with its core. They are never written anew once a version is out;
`STEELYARD_KEEP=1` writes those of the present format.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cli.running import DATA, SCHEME, Run, steelyard
from steelyard.explain.losses import losses
from steelyard.trace.decode import decode_trace
from steelyard.trace.encode import FIRST_FORMAT, encode_trace
from steelyard.trace.ledger import verify_ledger
from steelyard.values.canonical import canonical_json

KEPT = Path(__file__).parent / "kept"
FIRST = KEPT / "steelyard-trace-1.json"
SECOND = KEPT / "steelyard-trace-2.jsonl"
WITH_RULES = KEPT / "steelyard-trace-2-with-rules.json"
FILES = (FIRST, SECOND, WITH_RULES)

Document = dict[str, Any]


@pytest.fixture(scope="module", autouse=True)
def written(page_files: Path) -> None:
    if os.environ.get("STEELYARD_KEEP"):
        rules, data = page_files / "service.rules", page_files / "service"
        keep(SECOND, page_files, rules, data)
        keep(WITH_RULES, page_files, rules, data, "--record", "east", "--with-rules")


def keep(target: Path, folder: Path, *args: str | Path) -> None:
    run = steelyard("score", *args, "--trace", folder / "kept")
    assert run.status == 0, run.err
    shutil.copyfile(folder / "kept", target)


def lines(file: Path) -> list[Document]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def why(*args: str | Path) -> Run:
    run = steelyard("why", *args)
    assert (run.status, run.err) == (0, "")
    return run


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_it_is_read_with_a_ledger_that_closes(file: Path) -> None:
    for document in lines(file):
        verify_ledger(decode_trace(document).trace.entries)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_it_is_small_and_in_canonical_bytes(file: Path) -> None:
    content = file.read_bytes()
    assert len(content) < 100_000
    assert content.decode("utf-8") == "".join(canonical_json(document) + "\n" for document in lines(file))


# ---- the first format


def test_the_first_format_says_its_score_and_every_lost_point() -> None:
    (document,) = lines(FIRST)
    assert document["format"] == FIRST_FORMAT
    trace = decode_trace(document).trace
    assert (trace.result.total, trace.result.grade) == (Fraction("97.92"), "优")
    lost = [effect.on_total for effect in losses(trace)]
    assert all(isinstance(points, Fraction) for points in lost)
    assert sum(points for points in lost if isinstance(points, Fraction)) == Fraction("2.08")
    assert "97.92" in why(FIRST).out


@pytest.mark.parametrize(
    "args", [(), ("--not",), ("--entries",), ("--entries", "--lang", "en"), ("项目管理绩效",)], ids=" ".join
)
def test_why_says_the_same_of_the_first_format_and_of_the_present_one(args: tuple[str, ...], tmp_path: Path) -> None:
    (document,) = lines(FIRST)
    now = tmp_path / "now.json"
    assert steelyard("score", SCHEME, DATA, "--trace", now).status == 0
    (present,) = lines(now)
    if (
        present["header"]["rules"] != document["header"]["rules"]
        or present["header"]["data"] != document["header"]["data"]
    ):
        pytest.skip("the shipped scheme is another one by now")
    assert why(FIRST, *args).out == why(now, *args).out


def test_what_the_first_format_had_no_fields_for_is_told_as_absent() -> None:
    (document,) = lines(FIRST)
    again = encode_trace(decode_trace(document).trace)
    assert again["lists"] == []
    held = {name: value for name, value in again.items() if name not in ("format", "lists", "findings")}
    assert held == {name: value for name, value in document.items() if name not in ("format", "findings")}


# ---- the second


def test_the_second_format_is_of_its_schema(validator: Draft202012Validator) -> None:
    for document in (*lines(SECOND), *lines(WITH_RULES)):
        assert [error.message for error in validator.iter_errors(document)] == []


def test_the_second_format_holds_one_of_everything() -> None:
    documents = lines(SECOND)
    entries = [entry for document in documents for entry in document["entries"]]
    kinds = {entry["kind"] for entry in entries}
    assert kinds >= {"batch", "let", "each", "skip", "open", "redistribute", "carry", "judge", "restore", "move", "group",
                     "clamp", "limit", "round", "override", "close", "grade", "regrade", "check"}  # fmt: skip
    assert {entry["status"] for entry in entries} == {"applied", "not met", "undetermined", "waived", "skipped"}
    assert [document["result"]["status"] for document in documents] == ["final", "provisional"]
    assert any("item" in cell for document in documents for cell in document["cells"])
    assert any("within" in cell for document in documents for cell in document["cells"])
    assert any("notes" in cell for document in documents for cell in document["cells"])
    assert isinstance(documents[1]["result"]["total"], dict)
    assert all(document["lists"] and document["header"]["batch"] for document in documents)


def test_the_second_format_reads_back_to_its_bytes() -> None:
    for document in (*lines(SECOND), *lines(WITH_RULES)):
        read = decode_trace(document)
        again = encode_trace(read.trace, document.get("core"))
        assert canonical_json({**again, "findings": document["findings"]}) == canonical_json(document)


def test_the_core_in_it_is_that_of_its_digest() -> None:
    (document,) = lines(WITH_RULES)
    core = {name: value for name, value in document["core"].items() if name != "places"}
    assert sha256(canonical_json(core).encode("utf-8")).hexdigest() == document["header"]["core"]


def test_why_explains_each_record_of_the_second_format() -> None:
    assert "87.67" in why(SECOND, "--record", "east").out
    assert "[82, 90]" in why(SECOND, "--record", "west").out
    assert why(WITH_RULES).out == why(SECOND, "--record", "east").out


def test_the_kept_traces_are_what_the_page_shows(page: Callable[[str], Document]) -> None:
    """For as long as the format and the engine's version are those: else it is the past, and stays as it is."""
    for document in (*lines(SECOND), *lines(WITH_RULES)):
        name = "core" if "core" in document else document["header"]["record"]
        now = page(name)
        if (now["format"], now["header"]["engine"]) != (document["format"], document["header"]["engine"]):
            pytest.skip("written by an earlier version")
        assert {**now, "findings": 0} == {**document, "findings": 0}
