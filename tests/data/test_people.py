"""What people add to the data: reviews with levels, overrides, exemptions; and records with keys in two languages."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from steelyard.values.states import Absent, Cause
from steelyard.values.types import Field, ListType, NumberType, Schema, TextType, waiver_fields

from .conftest import codes, only

RECORDS = "编号,spent,rate\nA,1,2\nB,3,4\n"


# ---- levels and evidence


@pytest.mark.parametrize("header", ["id,criterion,reviewer,level,reason,evidence", "编号,评分项,评委,等级,理由,佐证"])
def test_levels_alone(read_files, schema, header):
    text = f"{header}\nA,c,r,达成,因为,附件 3\nA,c,s,,x,\n"
    records = read_files({"records.csv": RECORDS, "reviewers.csv": text}, schema)
    first, second = records.records[0].reviews
    assert first.said_score is None
    assert first.said_level is not None and first.said_level.datum == "达成"
    assert first.evidence is not None and first.evidence.datum == "附件 3"
    assert second.said_level is None and second.evidence is None
    assert second.score.datum == Absent(Cause.MISSING)
    assert codes(records) == ["D301"]


def test_levels_beside_scores(read_files, schema):
    text = "id,criterion,reviewer,score,level,reason\nA,c,r,4,达成,x\nA,c,s,,达成,x\nA,c,t,3,,x\nA,c,u,,,x\n"
    records = read_files({"records.csv": RECORDS, "reviewers.csv": text}, schema)
    both, level, score, neither = records.records[0].reviews
    assert both.said_score is not None and both.said_score.datum == Fraction(4)
    assert both.said_level is not None and both.said_level.datum == "达成"
    assert level.said_score is None and level.said_level is not None
    assert score.said_level is None and score.said_score is not None
    assert neither.said_score is not None and neither.said_score.datum == Absent(Cause.MISSING)
    assert codes(records) == ["D301"]


def test_a_level_in_the_column_of_scores(read_files, schema):
    text = "id,criterion,reviewer,score\nA,c,r,达成\nA,c,s,4分\n"
    records = read_files({"records.csv": RECORDS, "reviewers.csv": text}, schema)
    level, score = records.records[0].reviews
    assert level.said_score is None and level.said_level is not None and level.said_level.datum == "达成"
    assert score.said_level is None and score.said_score is not None and score.said_score.datum == Fraction(4)
    assert codes(records) == []


# ---- overrides


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("overrides.csv", "key,part,score,by,reason"),
        ("改判.csv", "键,评分项,得分,改判人,理由"),
        ("改判.csv", "编号,部分,得分,改判人,理由"),
    ],
)
def test_overrides(read_files, schema, name, header):
    text = f"{header}\nA,management.execution,4.5,王五,复核\nB,c,3分,W,seen again\n"
    records = read_files({"records.csv": RECORDS, name: text}, schema)
    assert codes(records) == []
    (first,), (second,) = (record.overrides for record in records.records)
    assert (first.part, first.score.datum, first.by.datum, first.reason.datum) == (
        "management.execution",
        Fraction("4.5"),
        "王五",
        "复核",
    )
    assert second.score.datum == Fraction(3)
    assert first.score.place.file == name


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("A,c,4,,reason", ["D221"]),
        ("A,c,4,W,", ["D221"]),
        ("A,c,4,,", ["D221"]),
        ("A,,4,W,reason", ["D220"]),
        ("A,c,,W,reason", ["D301"]),
        ("A,c,good,W,reason", ["D302"]),
        ("Z,c,4,W,reason", ["D209"]),
        ("A,c,4,W,reason\nA,c,5,W,reason", ["D222"]),
        ("A,c,4,W,reason\nA,c,5,W,reason\nA,c,6,W,reason", ["D222", "D222"]),
    ],
)
def test_overrides_that_do_not_count(read_files, schema, row, expected):
    records = read_files({"records.csv": RECORDS, "overrides.csv": f"key,part,score,by,reason\n{row}\n"}, schema)
    assert codes(records) == expected
    assert records.records[0].overrides == ()


def test_a_column_that_overrides_lack(read_files, schema):
    records = read_files({"records.csv": RECORDS, "overrides.csv": "key,part,score,by\nA,c,4,W\n"}, schema)
    assert codes(records) == ["D202", "D221"]


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
@pytest.mark.parametrize("words", [("overrides", "part", "score", "by"), ("改判", "部分", "得分", "改判人")])
def test_overrides_in_trees(read_text, schema, name, words):
    member, part, score, by = words
    data = {"key": "A", "spent": 1, "rate": 2, member: [{part: "c", score: 4, by: "W", "reason": "seen"}]}
    records = read_text(name, json.dumps([data], ensure_ascii=False), schema)
    assert codes(records) == []
    (override,) = records.records[0].overrides
    assert (override.part, override.score.datum, override.by.datum) == ("c", Fraction(4), "W")


def test_an_input_may_be_called_overrides(read_text):
    schema = Schema((Field("overrides", NumberType(None)),))
    records = read_text("a.json", '{"overrides": 3}', schema)
    assert codes(records) == []
    assert records.records[0].cells["overrides"].datum == 3


# ---- exemptions


def waived(language):
    return Schema((Field("spent", NumberType(None)), *waiver_fields("late", language)))


def test_nothing_there_claims_no_exemption(read_text):
    records = read_text("a.csv", "key,spent\nA,1\n", waived("en"))
    assert codes(records) == []
    assert records.records[0].cells["late"].datum == Absent(Cause.MISSING)
    records = read_text("b.csv", "key,spent,late,late reason,late approver\nA,1,,,\n", waived("en"))
    assert codes(records) == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "header", ["late,late reason,late approver", "late,late 理由,late 批准人", "late,late理由,late批准人"]
)
def test_an_exemption_is_three_columns(read_text, language, header):
    records = read_text("a.csv", f"key,spent,{header}\nA,1,yes,storm,王五\n", waived(language))
    assert codes(records) == []
    record = records.records[0]
    names = [field.name for field in waived(language).fields if field.waiver]
    assert [record.cells[name].datum for name in names] == [True, "storm", "王五"]
    assert names[1] == ("late reason" if language == "en" else "late 理由")


def test_exemptions_of_rows(read_files):
    rows = ListType((Field("item", TextType()), *waiver_fields("迟报", "zh")))
    schema = Schema((Field("事项", rows),))
    files = {"记录.csv": "编号\nA\n", "事项.csv": "编号,item,迟报,迟报 reason,迟报 approver\nA,x,是,台风,王五\n"}
    records = read_files(files, schema)
    assert codes(records) == []
    cells = records.records[0].lists["事项"][0].cells
    assert (cells["迟报"].datum, cells["迟报 理由"].datum, cells["迟报 批准人"].datum) == (True, "台风", "王五")
    assert cells["迟报 理由"].place.column == "迟报 reason"


# ---- keys


def test_both_keys_are_an_error(read_text, schema):
    records = read_text("a.json", json.dumps({"key": "A", "键": "B", "spent": 1, "rate": 2}), schema)
    assert codes(records) == ["D223"]
    assert only(records, "D223").place.column == "/键"
    assert records.records[0].key == "A"


def test_keys_of_either_language_in_one_file(read_text, schema):
    data = [{"key": "A", "spent": 1, "rate": 2}, {"键": "B", "spent": 1, "rate": 2}]
    records = read_text("a.json", json.dumps(data), schema)
    assert codes(records) == []
    assert [record.key for record in records.records] == ["A", "B"]


def test_yaml_numbers_are_what_stands_there(read_text):
    schema = Schema((Field("n", NumberType(None)), Field("code", TextType())))
    records = read_text("a.yaml", "n: 010\ncode: 010\n", schema)
    assert codes(records) == ["D319"]
    assert records.records[0].cells["n"].datum == 10
    assert records.records[0].cells["code"].datum == "010"
