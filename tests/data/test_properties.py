"""Whatever the bytes, reading ends with records and findings, never with an exception."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard.data import read
from steelyard.data.convert import convert
from steelyard.diagnostics.model import DataPlace
from steelyard.values.numbers import canonical
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
from steelyard.values.units import PERCENT, Unit

from .conftest import said

SCALARS = (
    Field("a", NumberType(Unit.named("万元"))),
    Field("b", NumberType(PERCENT), low=Fraction(0), high=Fraction(1)),
    Field("c", TextType(("x", "y"))),
    Field("d", DateType(), optional=True),
    Field("e", TruthType()),
    Field("f", TargetType()),
    Field("g", ActualType()),
    Field("h", NumberType(None, whole=True)),
)
SCHEMAS = (
    Schema((*SCALARS, Field("rows", ListType(SCALARS)))),
    Schema(SCALARS[:2], declared=False),
)
SOUP = st.lists(
    st.sampled_from(
        [
            *("a", "b", "c", "rows", "key", "reviewers", "≥", "1", ".5", "%", "万元", "约", "2023-06-30", ",", ";"),
            *('"', "'", "\n", "\r", "{", "}", "[", "]", ":", ": ", "- ", "  ", "&x", "*x", "!t", "#", "---\n"),
            *("~", "null", "NaN", "\\ud800", "\0", "\ufeff", "锟斤拷", "\u2028", "|", ">", "?", "%YAML", "\t"),
        ]
    ),
    max_size=60,
).map("".join)
CELLS = st.one_of(st.text(max_size=20), SOUP)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), CELLS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from([*"abcdefgh", "rows", "key", "reviewers", "评审", "x"]), inner, max_size=6),
    ),
    max_leaves=25,
)
quiet = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)


def check(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for schema in SCHEMAS:
        records = said(read(path, schema))
        assert records.sources
        assert records.records or records.findings
        for record in records.records:
            assert list(record.cells) == [f.name for f in schema.fields if not isinstance(f.type, ListType)]


@pytest.mark.parametrize("suffix", [".csv", ".json", ".yaml"])
@quiet
@given(content=st.one_of(st.binary(max_size=200), SOUP.map(str.encode), st.text().map(lambda t: t.encode("gb18030"))))
def test_any_bytes(tmp_path, suffix, content):
    check(tmp_path / f"data{suffix}", content)


@pytest.mark.parametrize("suffix", [".json", ".yaml"])
@quiet
@given(value=JSON)
def test_any_tree(tmp_path, suffix, value):
    check(tmp_path / f"data{suffix}", json.dumps(value).encode())


@quiet
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=10), max_size=6))
def test_any_table(tmp_path, rows):
    lines = [["key", *"abcdefgh"], *rows]
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    check(tmp_path / "data.csv", text.encode("utf-8", "replace"))


@quiet
@given(files=st.dictionaries(st.sampled_from(["records.csv", "rows.csv", "reviewers.csv", "x.csv"]), SOUP))
def test_any_folder(tmp_path, files):
    for old in tmp_path.iterdir():
        old.unlink()
    for name, text in files.items():
        (tmp_path / name).write_bytes(text.encode())
    for schema in SCHEMAS:
        said(read(tmp_path, schema))


@given(field=st.sampled_from(SCALARS), text=CELLS)
def test_any_cell(field, text):
    cell, _ = convert(field, text, DataPlace("x.csv"))
    assert cell.name == field.name


@given(value=st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_a_number_is_taken_as_written(value):
    plain = Field("x", NumberType(None))
    for text in (format(value, "f"), format(value, ",f"), canonical(Fraction(value))):
        assert convert(plain, text, DataPlace("x.csv"))[0].datum == Fraction(value)
    rate = Field("x", NumberType(PERCENT))
    assert convert(rate, f"{value:f}", DataPlace("x.csv"))[0].datum == Fraction(value) / 100
