"""Folders: records, lists, reviewers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from steelyard.data import read
from steelyard.values.states import Absent, Cause
from steelyard.values.types import Field, ListType, NumberType, Schema, TargetType

from .conftest import codes, only

RECORDS = "编号,spent,rate\nA,1,2\nB,3,4\n"
INDICATORS = "编号,name,target,actual,share\nA,月活,≥2000次,8218次,60\nA,满意,90%,95%,40\nB,月活,1,1,1\n"
REVIEWS = (
    "编号,评审因素,评委,得分,扣分原因\nA,自评质量,张三,85,材料不全\nA,自评质量,李四,4.5分,\nB,自评质量,张三,达成,\n"
)


@pytest.mark.parametrize("name", ["records.csv", "记录.csv"])
def test_rows_go_to_their_records(read_files, listed, name):
    records = read_files({name: RECORDS, "indicators.csv": INDICATORS, "README.md": "x"}, listed)
    assert codes(records) == ["D314", "D314"], "two targets without a comparison"
    a, b = records.records
    assert [(row.key, row.position) for row in a.lists["indicators"]] == [("月活", 1), ("满意", 2)]
    assert [row.key for row in b.lists["indicators"]] == ["月活"]
    place = a.lists["indicators"][1].cells["target"].place
    assert (place.file, place.row, place.column) == ("indicators.csv", 3, "target")
    assert {s.file for s in records.sources} == {name, "indicators.csv"}


@pytest.mark.parametrize("name", ["reviewers.csv", "评审.csv"])
def test_reviews(read_files, schema, name):
    records = read_files({"records.csv": RECORDS, name: REVIEWS}, schema)
    assert codes(records) == []
    first, second = records.records[0].reviews
    assert (first.criterion, first.reviewer, first.score.datum) == ("自评质量", "张三", Fraction(85))
    assert first.reason.datum == "材料不全"
    assert (second.score.datum, second.score.text) == (Fraction("4.5"), "4.5分")
    assert second.reason.datum == Absent(Cause.MISSING)
    assert records.records[1].reviews[0].score.datum == "达成"


def test_english_headers_of_reviews(read_files, schema):
    text = "id,criterion,reviewer,score,reason\nA,c,r,1,x\nA,,r,1,x\nA,c,,1,x\nA,c,r2,,x\n"
    records = read_files({"records.csv": RECORDS, "reviewers.csv": text}, schema)
    assert codes(records) == ["D216", "D216", "D301"]
    assert len(records.records[0].reviews) == 2


def test_a_column_that_reviews_lack(read_files, schema):
    records = read_files({"records.csv": RECORDS, "reviewers.csv": "id,criterion,reviewer,points\nA,c,r,1\n"}, schema)
    assert codes(records) == ["D201", "D202"]


def test_rows_of_no_record(read_files, listed):
    records = read_files({"records.csv": RECORDS, "indicators.csv": INDICATORS + "C,x,≥1,,\n,y,≥1,,\n"}, listed)
    orphan = only(records, "D209")
    assert (orphan.place.file, orphan.place.row, orphan.facts["key"]) == ("indicators.csv", 5, "C")
    assert only(records, "D212").place.row == 6


def test_a_row_key_of_its_own(read_files, listed):
    text = "编号,序号,name,target\nA,i1,x,≥1\nA,i1,y,≥1\nB,i1,z,≥1\nB,,z,≥1\n"
    records = read_files({"records.csv": RECORDS, "indicators.csv": text}, listed)
    assert codes(records) == ["D211", "D212"]
    assert only(records, "D211").record == "A"
    assert [row.key for row in records.records[0].lists["indicators"]] == ["i1", "i1"]
    assert [row.key for row in records.records[1].lists["indicators"]] == ["i1", "2"]


def test_equal_targets_in_the_second_column_are_no_keys(read_files):
    fields = (Field("target", TargetType()), Field("n", NumberType()))
    schema = Schema((Field("rows", ListType(fields)),))
    records = read_files({"records.csv": "k\nA\n", "rows.csv": "k,target,n\nA,≥1,1\nA,≥1,1\n"}, schema)
    assert codes(records) == []
    assert [row.key for row in records.records[0].lists["rows"]] == ["1", "2"]


def test_the_first_column_of_a_list_is_the_key(read_files, listed):
    records = read_files({"records.csv": RECORDS, "indicators.csv": "name,target\nx,≥1\n"}, listed)
    assert codes(records) == ["D207"]
    assert records.records == ()


def test_a_record_without_rows_has_an_empty_list(read_files, listed):
    records = read_files({"records.csv": RECORDS, "indicators.csv": "k,name,target,actual\nA,x,≥1,1\n"}, listed)
    assert records.records[1].lists == {"indicators": ()}
    assert records.records[1].absent_lists == frozenset()


def test_a_list_without_a_file_is_absent(read_files, listed):
    records = read_files({"records.csv": RECORDS}, listed)
    assert codes(records) == ["D208"]
    assert all(r.absent_lists == {"indicators"} for r in records.records)


def test_an_optional_list_may_be_absent(read_files, schema):
    optional = Schema((*schema.fields, Field("rows", ListType((Field("n", NumberType()),)), optional=True)))
    records = read_files({"records.csv": RECORDS}, optional)
    assert codes(records) == []
    assert records.records[0].absent_lists == {"rows"}


def test_an_unknown_file_is_named_with_the_nearest(read_files, listed):
    files = {"records.csv": RECORDS, "indicators.csv": INDICATORS, "reviewer.csv": "x", "._records.csv": "x"}
    finding = only(read_files(files, listed), "D110")
    assert finding.fixes[0].facts["name"] == "reviewers.csv"


def test_two_files_for_one_table(read_files, schema):
    records = read_files({"records.csv": RECORDS, "记录.csv": RECORDS}, schema)
    assert "D112" in codes(records)
    assert records.records == ()


def test_a_folder_without_records(read_files, schema):
    assert "D111" in codes(read_files({}, schema))


def test_half_a_folder_is_not_scored(read_files, listed):
    records = read_files({"records.csv": RECORDS, "indicators.csv": 'k,name,target\nA,"x,1\n'}, listed)
    assert codes(records) == ["D114"]
    assert records.records == ()


def test_no_way_out_of_the_folder(tmp_path, schema):
    (tmp_path / "secret.csv").write_text(RECORDS)
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "records.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "reviewers.csv").mkdir()
    records = read(folder, schema)
    assert codes(records) == ["D109", "D109"]
    assert records.records == ()
    assert records.sources == ()


def test_a_circle_of_links(tmp_path, schema):
    (tmp_path / "records.csv").symlink_to(tmp_path / "reviewers.csv")
    (tmp_path / "reviewers.csv").symlink_to(tmp_path / "records.csv")
    assert set(codes(read(tmp_path, schema))) == {"D109"}


def test_a_key_column_that_is_an_input_is_both(read_files, listed):
    named = Schema((*listed.fields[:2], Field("部门", listed.field("indicators").type.fields[0].type)))
    records = read_files({"records.csv": "部门,spent,rate\n甲,1,2\n"}, named)
    assert codes(records) == []
    assert (records.records[0].key, records.records[0].cells["部门"].datum) == ("甲", "甲")
