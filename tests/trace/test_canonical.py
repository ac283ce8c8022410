"""The bytes of a trace are those of RFC 8785: compared with a serialiser written here from the text of the RFC alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.running import steelyard
from steelyard.core import nodes as c
from steelyard.pipeline import load
from steelyard.trace.encode import encode_value
from steelyard.values.canonical import canonical_json
from steelyard.values.numbers import canonical, read_canonical

Document = dict[str, Any]


def rfc8785(value: Any) -> bytes:
    """Sections 3.2.2 (values as ECMAScript writes them), 3.2.3 (names by their UTF-16 code units), 3.2.4 (UTF-8)."""
    if value is None or isinstance(value, bool):
        return {None: b"null", True: b"true", False: b"false"}[value]
    if isinstance(value, int):
        assert abs(value) < 2**53, "past this ECMAScript rounds it"
        return str(value).encode("ascii")
    if isinstance(value, str):
        return b'"' + b"".join(map(_character, value)) + b'"'
    if isinstance(value, list):
        return b"[" + b",".join(map(rfc8785, value)) + b"]"
    assert isinstance(value, dict), type(value)
    units = {name: [int.from_bytes(pair) for pair in _pairs(name.encode("utf-16-be"))] for name in value}
    return b"{" + b",".join(rfc8785(n) + b":" + rfc8785(value[n]) for n in sorted(value, key=units.__getitem__)) + b"}"


def _pairs(content: bytes) -> list[bytes]:
    return [content[start : start + 2] for start in range(0, len(content), 2)]


def _character(character: str) -> bytes:
    short = {8: "b", 9: "t", 10: "n", 12: "f", 13: "r", 34: '"', 92: "\\"}
    code = ord(character)
    assert not 0xD800 <= code <= 0xDFFF, "a lone surrogate has no canonical form"
    if code in short:
        return b"\\" + short[code].encode("ascii")
    return f"\\u{code:04x}".encode("ascii") if code < 0x20 else character.encode("utf-8")


TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from('\x00\x1f\x7f"\\/\u2028\u2029\ufeff\uffff\U0001f600\U00020000'),
    )
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@given(VALUES)
def test_it_writes_what_the_rfc_says(value: Any) -> None:
    assert canonical_json(value).encode("utf-8") == rfc8785(value)


def test_it_orders_names_by_code_units_and_not_by_characters() -> None:
    names = {"\U00020000": 1, "\uf900": 2, "é": 3, "z": 4, "": 5}
    assert list(json.loads(canonical_json(names))) == ["", "z", "é", "\U00020000", "\uf900"]
    assert canonical_json([{"b": [names]}]).encode("utf-8") == rfc8785([{"b": [names]}])


def test_it_writes_the_example_of_the_rfc() -> None:
    value = {"string": '\u20ac$\x0f\nA\'B"\\\\"/', "literals": [None, True, False]}
    written = '{"literals":[null,true,false],"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical_json(value) == written


def test_every_trace_is_written_as_the_rfc_says(
    conformance: list[tuple[str, c.Program, list[Document]]], page: Callable[[str], Document]
) -> None:
    traces = [trace for _, _, found in conformance for trace in found]
    for trace in [*traces, page("core")]:
        assert canonical_json(trace).encode("utf-8") == rfc8785(trace)
        assert all(name.isascii() for name in names_of(trace))
        assert all(0 <= number < 2**53 for number in numbers_of(trace))


def names_of(value: Any) -> set[str]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set(value if isinstance(value, dict) else ()).union(*map(names_of, inner))


def numbers_of(value: Any) -> set[int]:
    if isinstance(value, int) and not isinstance(value, bool):
        return {value}
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set[int]().union(*map(numbers_of, inner))


def test_a_chinese_scheme_with_its_core_has_names_in_ascii(tmp_path: Path) -> None:
    from steelyard.core.encode import encode_program

    rules = tmp_path / "甲.rules"
    rules.write_text("评分项 质量，10 分\n  超期 = 是 的，扣 4 分，记为 迟交\n", encoding="utf-8")
    program = load(rules).program
    assert program is not None
    core = encode_program(program)
    assert all(name.isascii() for name in names_of(core))
    places = core["places"]
    assert isinstance(places, list)
    assert "质量:迟交" in [place["rule"] for place in places if isinstance(place, dict)]


@given(st.fractions())
def test_a_number_has_one_text_and_reads_back(value: Fraction) -> None:
    text = canonical(value)
    assert read_canonical(text) == value
    assert encode_value(value) == text


# ---- what would not be canonical does not come in


def test_half_a_character_in_the_data_is_told_and_does_not_reach_the_trace(tmp_path: Path) -> None:
    (tmp_path / "s.rules").write_text('input\n  who : text\n\ndeduct 1 if who = "x"\n', encoding="utf-8")
    (tmp_path / "d.json").write_text('{"who": "a\\ud800\\u2028\\u007f\\u0001\\ud83d\\ude00"}', encoding="utf-8")
    run = steelyard(
        "score", tmp_path / "s.rules", tmp_path / "d.json", "--trace", tmp_path / "t.json", "--fail-on", "never"
    )
    assert run.status == 0, run.err
    assert "D124" in run.out
    content = (tmp_path / "t.json").read_bytes()
    trace = json.loads(content.decode("utf-8"))
    assert content == rfc8785(trace) + b"\n"
    (cell,) = trace["cells"]
    assert cell["value"] == {"absent": "missing"} or cell["value"] == {"absent": "invalid"}


@pytest.mark.parametrize(
    ("rules", "place"),
    [
        ('deduct 1 if late\n\ngrade\n  "A" from 90\n  "B" otherwise\n\nlower grade by {} if late\n', "lower grade"),
        ("criterion a, 100 points\n  judged, average of reviewers, dropping highest and lowest if {} or more\n", "judged"),
    ],
    ids=["grades", "reviewers"],
)  # fmt: skip
def test_a_count_past_what_a_reader_holds_exactly_is_refused(rules: str, place: str, tmp_path: Path) -> None:
    path = tmp_path / "s.rules"
    for count, status in (("3", 0), ("1000000", 0), ("1000001", 1), ("99999999999999999999", 1)):
        path.write_text(f"input\n  late : yes/no\n\n{rules.format(count)}", encoding="utf-8")
        run = steelyard("check", path)
        assert ("T136" in run.out + run.err) == (status == 1), place
