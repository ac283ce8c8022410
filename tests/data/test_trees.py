"""JSON and YAML: one record or many, with lists inside."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from steelyard.data import json_file, yaml_file
from steelyard.diagnostics.model import DataPlace
from steelyard.values.states import Absent, Cause
from steelyard.values.types import Field, NumberType, Schema, TextType

from .conftest import codes, only

GOOD = {
    "key": "A",
    "spent": "1,225.70万元",
    "rate": 87,
    "fixed": True,
    "indicators": [{"key": "i1", "name": "月活", "target": "≥2000次", "actual": None}],
    "reviewers": [{"评分项": "c", "评审": "张三", "得分": 85, "理由": "好"}],
}
YAML = """\
- key: A
  spent: 1,225.70万元
  rate: 87
  fixed: yes
  indicators:
    - key: i1
      name: 月活
      target: ≥2000次
      actual: ~
  reviewers:
    - {评分项: c, 评审: 张三, 得分: 85, 理由: 好}
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", json.dumps(GOOD)),
        ("a.json", json.dumps([GOOD], ensure_ascii=False)),
        ("a.json", "\ufeff" + json.dumps([GOOD])),
        ("a.yaml", YAML),
        ("a.yml", YAML.replace("\n", "\r\n")),
        ("a.yaml", json.dumps([GOOD], ensure_ascii=False)),
    ],
)
def test_a_record(read_text, listed, name, text):
    records = read_text(name, text, listed)
    assert codes(records) == []
    (record,) = records.records
    assert record.key == "A"
    assert record.cells["spent"].datum == Fraction("1225.7")
    assert record.cells["rate"].datum == Fraction("0.87")
    assert record.cells["fixed"].datum is True
    (row,) = record.lists["indicators"]
    assert (row.key, row.cells["name"].datum) == ("i1", "月活")
    assert row.cells["actual"].datum == Absent(Cause.MISSING)
    (review,) = record.reviews
    assert (review.criterion, review.reviewer, review.score.datum) == ("c", "张三", Fraction(85))


def test_places(read_text, listed):
    record = read_text("a.json", json.dumps([GOOD]), listed).records[0]
    assert record.lists["indicators"][0].cells["target"].place == DataPlace(
        "a.json", None, "/0/indicators/0/target", "≥2000次"
    )
    record = read_text("a.yaml", YAML, listed).records[0]
    assert record.lists["indicators"][0].cells["target"].place == DataPlace(
        "a.yaml", 8, "/0/indicators/0/target", "≥2000次"
    )
    assert record.place == DataPlace("a.yaml", 1, "/0")


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
@pytest.mark.parametrize("text", ["0.1", "0.30000000000000004", "1.50", "9007199254740993", "-0.0", "1.5e3"])
def test_numbers_keep_their_text(read_text, name, text):
    schema = Schema((Field("x", NumberType(None)),))
    cell = read_text(name, f'{{"x": {text}}}', schema).records[0].cells["x"]
    assert (cell.text, cell.datum) == (text, Fraction(text))


@pytest.mark.parametrize("text", ["010", "1_000", "0x10", "12:30:45", "2023-06-30", "on", "1e3"])
def test_yaml_scalars_are_texts(read_text, text):
    schema = Schema((Field("x", TextType()),))
    assert read_text("a.yaml", f"x: {text}\n", schema).records[0].cells["x"].datum == text


@pytest.mark.parametrize("text", ["", "~", "null"])
def test_yaml_nulls_are_missing(read_text, text):
    schema = Schema((Field("x", TextType(), optional=True),))
    assert read_text("a.yaml", f"x: {text}\n", schema).records[0].cells["x"].datum == Absent(Cause.MISSING)
    assert read_text("a.yaml", "x: '~'\n", schema).records[0].cells["x"].datum == "~"


def test_keys(read_text, inferred):
    records = read_text("a.json", '[{"actual":1,"target":2},{"actual":1,"target":2}]', inferred)
    assert [r.key for r in records.records] == ["1", "2"]
    records = read_text("a.json", '[{"键":7,"actual":1,"target":2},{"actual":1,"target":2}]', inferred)
    assert [r.key for r in records.records] == ["7", "2"]
    assert codes(records) == ["D212"]
    keyed = Schema((Field("key", TextType()),))
    records = read_text("a.json", '[{"key":"x"},{"key":"x"}]', keyed)
    assert [r.key for r in records.records] == ["1", "2"], "an input called key is an input"
    assert codes(records) == []


def test_members(read_text, schema):
    records = read_text("a.json", '[{"spent":1,"rate":2,"leval":"优"},{"spent":1}]', schema)
    assert codes(records) == ["D201", "D301"]
    assert only(records, "D201").fixes[0].facts["name"] == "level"
    assert only(records, "D301").place.column == "/1/rate"


def test_a_member_that_is_nowhere_is_told_once(read_text, schema, inferred):
    assert codes(read_text("a.json", '[{"spent":1},{"spent":1}]', schema)) == ["D202"]
    records = read_text("a.json", '[{"actual":1},{"actual":1}]', inferred)
    assert codes(records) == ["D217"]
    assert records.records == ()


def test_lists_absent_from_some_records(read_text, listed):
    row = '{"spent":1,"rate":2,"indicators":[]}'
    records = read_text("a.json", f'[{row},{{"spent":1,"rate":2}}]', listed)
    assert only(records, "D208").record == "2"
    assert records.records[0].lists == {"indicators": ()}
    assert records.records[1].absent_lists == {"indicators"}
    records = read_text("a.json", '[{"spent":1,"rate":2},{"spent":1,"rate":2,"indicators":null}]', listed)
    assert codes(records) == ["D208"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"spent":[1],"rate":2,"indicators":[]}', "D214"),
        ('{"spent":1,"rate":2,"indicators":5}', "D213"),
        ('{"spent":1,"rate":2,"indicators":[5]}', "D215"),
        ('{"spent":1,"rate":2,"indicators":[],"reviewers":"x"}', "D213"),
        ('{"spent":1,"spent":2,"rate":2,"indicators":[]}', "D121"),
        ('{"spent":"\\ud800","rate":2,"indicators":[]}', "D124"),
    ],
)
def test_wrong_shapes(read_text, listed, text, code):
    records = read_text("a.json", text, listed)
    assert codes(records) == [code]
    assert len(records.records) == 1


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity"])
def test_nan_is_refused_in_every_field(read_text, text):
    schema = Schema((Field("x", NumberType()), Field("y", TextType())))
    records = read_text("a.json", f'{{"x": {text}, "y": {text}}}', schema)
    assert codes(records) == ["D123", "D123"]
    assert all(c.datum == Absent(Cause.INVALID) for c in records.records[0].cells.values())
    assert only(read_text("a.json", f'{{"x": {text}, "y": 1}}', schema), "D123").place.column == "/x"


def test_which_of_two_members_is_meant_is_not_guessed(read_text, schema):
    records = read_text("a.yaml", "spent: 1\nrate: 2\nspent: 3\n", schema)
    assert only(records, "D121").place.row == 3
    assert records.records[0].cells["spent"].datum == Absent(Cause.INVALID)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.json", "", "D115"),
        ("a.json", "{", "D115"),
        ("a.json", '{"a":1,}', "D115"),
        ("a.json", "[1] [2]", "D115"),
        ("a.json", '{"a":"\n"}', "D115"),
        ("a.json", "5", "D122"),
        ("a.json", "[]", "D113"),
        ("a.json", "[1]", "D215"),
        ("a.json", "[" * 101 + "]" * 101, "D117"),
        ("a.json", "[" * 1_000_000, "D117"),
        ("a.json", '{"a":' * 1_000_000, "D117"),
        ("a.json", "[" + "1," * 2_000_000 + "1]", "D108"),
        ("a.json", "{}".encode("utf-16"), "D105"),
        ("a.yaml", "", "D113"),
        ("a.yaml", "---\n", "D113"),
        ("a.yaml", "a: b: c\n", "D116"),
        ("a.yaml", "a: [1\n", "D116"),
        ("a.yaml", "a: \x07\n", "D116"),
        ("a.yaml", '"\\UFFFFFFFF"', "D116"),
        ("a.yaml", "? [1]\n: 2\n", "D116"),
        ("a.yaml", "text", "D122"),
        ("a.yaml", "a: &x 1\nb: *x\n", "D118"),
        ("a.yaml", "b: *x\n", "D118"),
        ("a.yaml", "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n", "D118"),
        ("a.yaml", "a: !!python/object/apply:os.system ['true']\n", "D119"),
        ("a.yaml", "a: !!str 1\n", "D119"),
        ("a.yaml", "a: ! 1\n", "D119"),
        ("a.yaml", "a: 1\n---\na: 2\n", "D120"),
        ("a.yaml", "[" * 1_000_000, "D117"),
        ("a.yaml", "- " * 1_000_000, "D117"),
        ("a.yaml", "{a: " * 1_000_000, "D117"),
        ("a.yaml", "{" * 1_000_000, "D116"),
    ],
)
def test_what_cannot_be_read_gives_no_records(read_text, schema, name, text, code):
    records = read_text(name, text, schema)
    assert records.records == ()
    assert codes(records)[0] == code


def test_brackets_in_texts_are_no_depth(read_text):
    schema = Schema((Field("x", TextType()),))
    for text in ("[" * 500, '\\"' + "{" * 500, "\\\\"):
        assert codes(read_text("a.json", f'{{"x": "{text}"}}', schema)) == []


def test_depth_up_to_the_limit(read_text, inferred):
    text = '{"actual":1,"target":2,"extra":' + "[" * 99 + "]" * 99 + "}"
    assert codes(read_text("a.json", text, inferred)) == []
    assert codes(read_text("a.yaml", text, inferred)) == []


def test_a_huge_number_is_one_invalid_cell(read_text):
    schema = Schema((Field("x", NumberType()),))
    for name in ("a.json", "a.yaml"):
        for text in ("9" * 1_000_000, "1e999999", "1e-999999"):
            records = read_text(name, f'{{"x": {text}}}', schema)
            assert codes(records) == ["D304"]


def test_syntax_errors_are_placed(read_text, schema):
    finding = only(read_text("a.json", '{\n"a": 1\n"b": 2}', schema), "D115")
    assert (finding.facts["line"], finding.facts["column"], finding.place.row) == (3, 1, 3)
    assert only(read_text("a.yaml", "a: 1\nb: c: d\n", schema), "D116").place.row == 2


def test_both_yaml_loaders_agree(read_text, listed, monkeypatch):
    fast = read_text("a.yaml", YAML, listed)
    monkeypatch.setattr(yaml_file, "_LOADER", yaml_file.yaml.SafeLoader)
    assert read_text("a.yaml", YAML, listed) == fast
    for text in ("a: \x07\n", '"\\UFFFFFFFF"', "a: b: c\n"):
        assert codes(read_text("a.yaml", text, listed)) == ["D116"]
    assert "D124" in codes(read_text("a.yaml", 'spent: "\\ud800"\nrate: 1\nindicators: []\n', listed))


def test_pointers_are_escaped(read_text):
    schema = Schema((Field("a/b~c", NumberType()),))
    assert read_text("a.json", '{"a/b~c": 1}', schema).records[0].cells["a/b~c"].place.column == "/a~1b~0c"


def test_depth_is_counted_before_json_recurses(monkeypatch, read_text, schema):
    def never(*_: object, **__: object) -> None:
        raise AssertionError("parsed before the depth was known")

    monkeypatch.setattr(json_file.json, "loads", never)
    assert codes(read_text("a.json", "[" * 500, schema)) == ["D117"]
