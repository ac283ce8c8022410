"""What the tests of data share: a schema as a department would declare it, and files written on the spot."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from steelyard.data import read
from steelyard.data.model import Records
from steelyard.diagnostics.wording import help_text, message
from steelyard.values.types import (
    ActualType,
    DateType,
    Field,
    ListType,
    NumberType,
    Schema,
    TargetType,
    TextType,
    TruthType,
)
from steelyard.values.units import NO_UNIT, PERCENT, Unit

INDICATORS = ListType(
    (
        Field("name", TextType()),
        Field("target", TargetType()),
        Field("actual", ActualType(), optional=True),
        Field("share", NumberType(NO_UNIT), optional=True),
    )
)
Read = Callable[..., Records]


@pytest.fixture
def schema() -> Schema:
    return Schema(
        (
            Field("spent", NumberType(Unit.named("万元"))),
            Field("rate", NumberType(PERCENT), low=Fraction(0), high=Fraction(1)),
            Field("level", TextType(("优", "良", "差")), optional=True),
            Field("fixed", TruthType(), optional=True),
            Field("day", DateType(), optional=True),
        )
    )


@pytest.fixture
def listed(schema: Schema) -> Schema:
    return Schema((*schema.fields, Field("indicators", INDICATORS)))


@pytest.fixture
def inferred() -> Schema:
    return Schema((Field("actual", NumberType(None)), Field("target", NumberType(None))), declared=False)


@pytest.fixture
def read_text(tmp_path: Path) -> Read:
    """Writes one file and reads it."""

    def run(name: str, content: str | bytes, schema: Schema) -> Records:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return said(read(path, schema))

    return run


@pytest.fixture
def read_files(tmp_path: Path) -> Read:
    """Writes a folder and reads it."""

    def run(files: dict[str, str], schema: Schema) -> Records:
        folder = tmp_path / "data"
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_text(content, encoding="utf-8", newline="")
        return said(read(folder, schema))

    return run


def said(records: Records) -> Records:
    """Every finding can be put into words in both languages, with all facts that its words ask for."""
    for finding in records.findings:
        for language in ("en", "zh"):
            assert message(finding, language)  # type: ignore[arg-type]
            assert help_text(finding, language)  # type: ignore[arg-type]
    return records


def codes(records: Records) -> list[str]:
    return [finding.code for finding in records.findings]


def only(records: Records, code: str):  # type: ignore[no-untyped-def]
    """The one finding of a code."""
    found = [finding for finding in records.findings if finding.code == code]
    assert len(found) == 1, codes(records)
    return found[0]
