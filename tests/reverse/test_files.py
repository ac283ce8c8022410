"""Files of figures as people write them: every mistake is a coded error with its place, and none is a crash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reverse.reports import program_of, read
from steelyard.diagnostics.model import Diagnostic, Severity
from steelyard.diagnostics.render import render
from steelyard.diagnostics.wording import severity_of
from steelyard.reverse.keys import KEYS

SCHEME = "section Management, weight 40%\n  judged\n\nsection 结果, weight 60%\n  judged\n"


def told(text: str | bytes, folder: Path, name: str = "figures.yaml") -> tuple[Diagnostic, ...]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(program_of(SCHEME), path)[1]


def codes(text: str | bytes, folder: Path, name: str = "figures.yaml") -> list[str]:
    return [found.code for found in told(text, folder, name) if severity_of(found) is Severity.ERROR]


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("- a\n- b\n", "C144", "`figures.yaml` must be"),
        ("just a text\n", "C144", "entry with keys"),
        ("", "C144", "entry with keys"),
        ("rows: 5\n", "C144", "rows"),
        ("rows: [[1]]\n", "C144", "rows"),
        ("report: nothing but a title\n", "C142", "`rows, figures, indicators` is missing"),
        ("rows: []\nrules: [{text: late reports lose 1 point}]\n", "C142", "is missing"),
        ("same quantity: {names: A, because: x}\nfigures: [{name: A, value: 1}]\n", "C142", "`names` is missing"),
        ("same quantity: {names: [A, B], because: x}\nfigures: [{name: A, value: 1}]\n", "C140", "`B`"),
        ("same quantity: {names: [A, B]}\nfigures: [{name: A}, {name: B}]\n", "C142", "`because` is missing"),
        ("rwos: []\n", "C141", "did you mean `rows`"),
        ("得分表: [{项日: 结果}]\n", "C141", "`项目`"),
        ("rows: [{score: 5}]\n", "C142", "`row` is missing"),
        ("rows: [{row: Mangement, score: 5}]\n", "C140", "did you mean `Management`"),
        ("rows: [{row: Management, score: five}]\n", "C143", "`five`"),
        ("rows: [{row: Management, score: 5 5}]\n", "C143", "`5 5`"),
        ("rows: [{row: Management, score: -5}]\n", "C148", "`-5`"),
        ("rows: [{row: Management, points: －5}]\n", "C148", "`－5`"),
        ("rows: [{row: Management, score: 5}, {row: Management, score: 6}]\n", "C149", "`Management`"),
        ("rows: [{row: Management, score: 5, 得分: 6}]\n", "C149", "`得分`"),
        ("rows: [{row: Management, rests on: nothing}]\n", "C140", "`nothing`"),
        ("rows: [{row: Management, reasons: [{reason: r, about: what}]}]\n", "C140", "`what`"),
        ("figures: [{value: 5}]\n", "C142", "`name` is missing"),
        ("figures: [{name: A, value: 5}, {name: A, value: 6}]\n", "C149", "`A`"),
        ("figures: [{name: A, printed: [{where: x}]}]\n", "C142", "`value` is missing"),
        ("figures: [{name: A, value: 5, row: B}]\n", "C140", "`B`"),
        ("equations: [{equation: 1 + = 2}]\n", "C147", "1 + = 2"),
        ("equations: [{equation: 1 + 2}]\n", "C147", "1 + 2"),
        ("equations: [{equation: 1 = 1 = 1}]\n", "C147", "1 = 1 = 1"),
        ("equations: [{equation: spent = 2}]\n", "C147", "spent"),
        ("equations: [{where: x}]\n", "C142", "`equation` is missing"),
        ("ratios: [{name: r, printed: 5%, numerator: 1}]\n", "C142", "`denominator` is missing"),
        ("counts: [{printed: 5, of: sheep}]\n", "C145", "indicators, attained, beyond or rows"),
        ("counts: [{printed: 5}]\n", "C142", "`of` is missing"),
        ("claims: [{text: all is well}]\n", "C142", "`says` is missing"),
        ("claims: [{text: no fault was found, about: B}]\n", "C140", "`B`"),
        ("grade bands: [{grade: A, from: ninety}]\n", "C143", "`ninety`"),
        ("rows: [{row: Management, rounded: perhaps}]\n", "C145", "yes or no"),
        (f"report: {'x' * 600}\n", "C146", "500"),
        ("rules: [" + "{text: x}," * 1_001 + "]\n", "C146", "1000"),
        ("equations: [{equation: " + "(" * 30 + "1" + ")" * 30 + " = 1}]\n", "C147", "((((("),
    ],
)  # fmt: skip
def test_each_mistake_has_its_code_and_place(text: str, code: str, shown: str, tmp_path: Path) -> None:
    found = told(text, tmp_path)
    assert code in [diagnostic.code for diagnostic in found], render(found, "en")
    assert shown in render(found, "en")
    assert render(found, "zh")
    assert all(diagnostic.place is not None and diagnostic.place.file == "figures.yaml" for diagnostic in found)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"rows: [", "f.yaml", "D116"), (b"a: &x 1\nb: *x\n", "f.yaml", "D118"), (b"{\"rows\": [}", "f.json", "D115"),
        (b"[" * 200, "f.json", "D117"), (b"rows: \xff", "f.yaml", "D105"), (b"rows", "f.txt", "D103"),
        (b'{"rows": NaN}', "f.json", "D123"), (b"rows: []\nrows: []\n", "f.yaml", "D121"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_data_is_told_as_such(content: bytes, name: str, code: str, tmp_path: Path) -> None:
    assert code in codes(content, tmp_path, name)


def test_a_formula_of_great_length_is_refused_in_no_time(tmp_path: Path) -> None:
    assert codes("equations: [{equation: " + "1 + " * 110 + "1 = 1}]\n", tmp_path) == ["C147"]


def test_numbers_are_read_as_they_are_printed(tmp_path: Path) -> None:
    text = """
rows: [{row: Management, score: ９７．７２, points: "１００"}, {row: 结果, score: 98.05 分}]
figures:
  - {name: A, value: "１，２２５．７０"}
  - {name: B, value: 约 1225.7 万元}
  - {name: C, value: −3}
"""
    found, diagnostics = read(program_of(SCHEME), _written(tmp_path, text))
    assert diagnostics == ()
    assert found is not None
    values = {name: figure.printed[0] for name, figure in found.figures.figures.items()}
    assert str(values["Management.score"].value) == "2443/25"
    assert str(values["A"].value) == "12257/10"
    assert values["B"].approximate
    assert values["B"].unit == "万元"
    assert values["C"].value == -3


def test_keys_are_read_in_both_languages_and_mixed(tmp_path: Path) -> None:
    text = (
        "得分表:\n  - {row: Management, 得分: 90, where: 1}\n  - {项目: 结果, score: 90}\n  - {项目: 总分, 得分: 90}\n"
    )
    found, diagnostics = read(program_of(SCHEME), _written(tmp_path, text))
    assert diagnostics == ()
    assert found is not None
    assert [f.sums for f in found.of("follows") if f.kind == "sum"] == [("90 × 40% + 90 × 60% = 90",)]


def test_no_key_has_two_meanings_in_one_place() -> None:
    from steelyard.reverse import read as module

    for allowed in (module.TOP, module.PRINTING, module.ROW):
        words = [word for key in allowed for language in KEYS[key] for word in language]
        assert len(words) == len(set(words))


def test_hidden_characters_are_shown_by_their_code(tmp_path: Path) -> None:
    found = told('rows: [{row: "Manage\\u202Ement", score: 5}]\n', tmp_path)
    assert "<U+202E>" in render(found, "en")


def test_a_name_of_several_parts_is_asked_for_its_path(tmp_path: Path) -> None:
    rules = "section a, 50 points\n  criterion x, 50 points\n    judged\n\nsection b, 50 points\n  criterion x, 50 points\n    judged\n"
    text = "rows: [{row: x, score: 5}]\n"
    found, diagnostics = read(program_of(rules), _written(tmp_path, text))
    assert found is None
    assert "did you mean `a.x`" in render(diagnostics, "en")
    assert "did you mean `b.x`" in render(diagnostics, "en")
    assert read(program_of(rules), _written(tmp_path, text.replace("x,", "a.x,")))[1] == ()


def _written(folder: Path, text: str) -> Path:
    path = folder / "figures.yaml"
    path.write_text(text, encoding="utf-8")
    return path


words = st.sampled_from(
    [*[w for pair in KEYS.values() for language in pair for w in language], "Management", "结果", "total", "x"]
)
values = st.recursive(
    st.one_of(
        st.sampled_from(["5", "97.72", "100%", "-1", "约 5", "", "是", "A = B", "1/0", "优", "Management"]), st.none()
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(words, inner, max_size=4)),
    max_leaves=25,
)


@given(tree=st.dictionaries(words, values, max_size=5))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_audited_or_told(tree: object, tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    found, diagnostics = read(program_of(SCHEME), path)
    assert (found is None) == any(severity_of(diagnostic) is Severity.ERROR for diagnostic in diagnostics)
    render(diagnostics, "zh")
