"""Every trace of every case of the conformance suite, with the rules and data that it is of, as files and as JSON."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import frozen

from conformance.cases import as_of, cases, data_of, rules_of
from steelyard import pipeline
from steelyard.audit import verify as alone
from steelyard.core.encode import encode_program
from steelyard.core.nodes import Program
from steelyard.data.model import Records
from steelyard.trace.encode import encode_trace

Document = dict[str, Any]

_FOLDER = TemporaryDirectory(prefix="steelyard-corpus-")
"""Rules and data that a case holds as text lie here while the tests run."""


@frozen
class Sample:
    """One case: its files, and all its traces."""

    name: str
    regime: str
    """Its file in `tests/conformance`."""
    rules: Path
    data: Path
    asked: date | None
    """The day that the case is run for."""
    program: Program
    records: Records
    files: Any
    """The data as the verifier reads them."""
    core: Document
    traces: tuple[Document, ...]

    def __str__(self) -> str:
        return self.name


def plain(value: Any) -> Any:
    """As a reader of the file has it."""
    return json.loads(json.dumps(value))


@cache
def samples() -> tuple[Sample, ...]:
    found = []
    for number, case in enumerate(cases()):
        if "errors" in case["want"]:
            continue
        folder = Path(_FOLDER.name) / str(number)
        folder.mkdir()
        (folder / "data").mkdir()
        rules, data, asked = rules_of(case, folder), data_of(case, folder / "data"), as_of(case)
        loaded = pipeline.load(rules, asked)
        assert loaded.program is not None
        records = pipeline.read_data(loaded.program, data)
        traces = pipeline.score(loaded.program, records, loaded.day).traces
        found.append(
            Sample(
                f"{case['regime']}.{case['id']}",
                case["regime"],
                rules,
                data,
                asked,
                loaded.program,
                records,
                alone.Data(data),
                plain(encode_program(loaded.program)),
                tuple(plain(encode_trace(trace)) for trace in traces),
            )
        )
    return tuple(found)


def pairs() -> list[tuple[Sample, Document]]:
    """Every trace beside its case."""
    return [(sample, trace) for sample in samples() for trace in sample.traces]
