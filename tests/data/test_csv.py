"""CSV files as offices send them."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256

import pytest

from steelyard.data import read
from steelyard.data.csv_files import COLUMN_LIMIT, FIELD_LIMIT
from steelyard.diagnostics.model import DataPlace, Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.values.states import Absent, Cause

from .conftest import codes, only

GOOD = 'key,spent,rate,level,fixed,day\n部门一,"1,225.70",87,优,是,2023-06-30\n部门二,3,5.5,,,\n'


def test_a_row_is_a_record(read_text, schema):
    records = read_text("data.csv", GOOD, schema)
    assert codes(records) == []
    first, second = records.records
    assert (first.key, second.key) == ("部门一", "部门二")
    assert first.cells["spent"].datum == Fraction("1225.7")
    assert first.cells["spent"].place == DataPlace("data.csv", 2, "spent", "1,225.70")
    assert second.cells["level"].datum == Absent(Cause.MISSING)
    assert list(first.cells) == ["spent", "rate", "level", "fixed", "day"]
    assert records.sources[0].file == "data.csv"
    assert records.sources[0].digest == sha256(GOOD.encode()).hexdigest()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_make_no_difference(read_text, schema, end, mark):
    records = read_text("data.csv", mark + GOOD.replace("\n", end), schema)
    assert codes(records) == []
    assert [r.key for r in records.records] == ["部门一", "部门二"]
    assert records.records[1].cells["rate"].place.row == 3


def test_without_a_key_column_the_order_is_the_key(read_text, inferred):
    records = read_text("data.csv", "actual,target\n3,4\n\n5,6\n", inferred)
    assert [r.key for r in records.records] == ["1", "2"]
    assert records.records[1].place.row == 4, "blank rows count, as in a spreadsheet"


def test_the_header_may_stand_below_blank_rows(read_text, schema):
    records = read_text("data.csv", "\n,,\nkey,spent,rate,x\nA,1,2,3\n", schema)
    assert only(records, "D201").place.row == 3
    assert records.records[0].place.row == 4


def test_rows_are_counted_over_cells_with_line_ends(read_text, inferred):
    records = read_text("data.csv", 'note,actual,target\n"a\nb",1,2\nc,x,2\n', inferred)
    assert only(records, "D302").place.row == 3


def test_headers_are_compared_without_blanks_and_in_nfc(read_text, schema):
    records = read_text("data.csv", "key, spent ,rate\u3000\nA,1,2\n", schema)
    assert codes(records) == []


def test_an_unknown_column_is_an_error_with_the_nearest_name(read_text, schema):
    records = read_text("data.csv", "key,spend,rate\nA,1,2\n", schema)
    unknown = only(records, "D201")
    assert unknown.place == DataPlace("data.csv", 1, "spend", "spend")
    assert unknown.fixes[0].facts["name"] == "spent"
    absent = only(records, "D202")
    assert (absent.facts["name"], absent.fixes[0].facts["name"]) == ("spent", "spend")
    assert records.records[0].cells["spent"].datum == Absent(Cause.MISSING)


def test_an_absent_column_is_told_once(read_text, schema):
    records = read_text("data.csv", "key,spent\nA,1\nB,2\nC,3\n", schema)
    assert codes(records) == ["D202"]


def test_extra_columns_do_not_matter_where_inputs_are_inferred(read_text, inferred):
    assert codes(read_text("data.csv", "key,actual,target,备注\nA,1,2,x\n", inferred)) == []


def test_a_needed_column_that_is_absent_stops_inferred_data(read_text, inferred):
    records = read_text("data.csv", "key,actul,target\nA,1,2\n", inferred)
    assert codes(records) == ["D217"]
    assert records.findings[0].fixes[0].facts["name"] == "actul"
    assert records.records == ()


def test_a_blank_is_a_warning_of_its_record(read_text, schema):
    finding = only(read_text("data.csv", "key,spent,rate\nA,,5\n", schema), "D301")
    assert (finding.record, finding.place.row, finding.place.column) == ("A", 2, "spent")
    assert severity_of(finding) is Severity.WARNING


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("key,spent,rate\nA,1,2,3\n", "D205"),
        ("key,spent,rate\nA,1,225.70,3\n", "D205"),
        ("key,spent,rate\nA,1\n", "D206"),
        ("key,spent,rate\nA,1,2\nA,3,4\n", "D210"),
        ("key,spent,rate\n ,1,2\n", "D212"),
    ],
)
def test_rows_that_do_not_fit(read_text, schema, text, code):
    records = read_text("data.csv", text, schema)
    assert code in codes(records)
    assert records.records, "the rows are kept"
    assert only(records, code).record is not None


def test_both_rows_of_a_double_key_are_kept(read_text, schema):
    records = read_text("data.csv", "key,spent,rate\nA,1,2\nA,3,4\n", schema)
    assert [r.key for r in records.records] == ["A", "A"]


def test_a_blank_key_becomes_the_number_of_the_row(read_text, schema):
    records = read_text("data.csv", "key,spent,rate\nA,1,2\n,3,4\n", schema)
    assert [r.key for r in records.records] == ["A", "2"]


def test_empty_columns_at_the_right_do_not_matter(read_text, schema):
    records = read_text("data.csv", "key,spent,rate,,\nA,1,2,,\nB,1,2,,,,\n", schema)
    assert codes(records) == []
    assert codes(read_text("data.csv", "key,spent,rate,,\nA,1,2,,7\n", schema)) == ["D205"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "D129"),
        (b"\n , \n", "D129"),
        ("key,spent,rate\n", "D113"),
        ("key,spent,spent\nA,1,2\n", "D203"),
        ("key,rate,ｒａｔｅ\nA,1,2\n", "D203"),
        ("key,,rate\nA,1,2\n", "D204"),
        ('key,spent,rate\nA,"1,2\nB,3,4\n', "D114"),
        ('key,spent,rate\nA,"1"x,2\n', "D114"),
        ('key,spent,rate\nA,"' + "x" * (FIELD_LIMIT + 1) + '",2\n', "D127"),
        ("key;spent;rate\nA;1;2\n", "D128"),
        ("key，spent，rate\nA，1，2\n", "D128"),
        (",".join(f"c{i}" for i in range(COLUMN_LIMIT + 1)), "D130"),
        (b"key,spent,rate\nA,1,\x002\n", "D107"),
        (b"key,spent,rate\nA,1,\xff2\n", "D105"),
        (GOOD.encode("gbk"), "D106"),
        (GOOD.encode("utf-16"), "D105"),
        (GOOD.encode() + "部门".encode("gbk") + b"\xff", "D105"),
    ],
)
def test_what_cannot_be_read_gives_no_records(read_text, schema, content, code):
    records = read_text("data.csv", content, schema)
    assert records.records == ()
    assert code in codes(records)
    assert severity_of(records.findings[0]) is Severity.ERROR
    assert len(records.sources) == 1


def test_the_first_byte_that_is_no_utf8_is_named(read_text, schema):
    finding = only(read_text("data.csv", GOOD.encode("gbk"), schema), "D106")
    assert finding.facts["offset"] == GOOD.index("部")


def test_an_unclosed_quote_is_named_with_its_row(read_text, schema):
    finding = only(read_text("data.csv", 'key,spent,rate\nA,1,2\nB,"3,4\nC,5,6\n', schema), "D114")
    assert finding.place.row == 3


def test_lost_characters_are_a_warning(read_text, schema):
    records = read_text("data.csv", "key,spent,rate\n锟斤拷,1,2\n", schema)
    assert codes(records) == ["D125"]
    assert len(records.records) == 1


def test_a_list_is_absent_from_a_single_file(read_text, listed):
    records = read_text("data.csv", "key,spent,rate\nA,1,2\nB,1,2\n", listed)
    assert codes(records) == ["D208"]
    assert records.records[0].absent_lists == {"indicators"}
    assert records.records[0].lists == {}


def test_findings_are_capped(read_text, schema):
    rows = "".join(f"k{i},,x\n" for i in range(3_000))
    records = read_text("data.csv", "key,spent,rate\n" + rows, schema)
    assert len(records.findings) == 1_001
    last = records.findings[-1]
    assert (last.code, last.facts["count"]) == ("D126", 5_000)
    assert severity_of(last) is Severity.ERROR, "some of those not shown are errors"
    assert len(records.records) == 3_000


def test_errors_are_shown_before_warnings(read_text, schema):
    rows = "".join(f"k{i},,2\n" for i in range(3_000))
    records = read_text("data.csv", "key,spent,rate\n" + rows + "last,1,x\n", schema)
    assert codes(records).count("D302") == 1
    assert severity_of(records.findings[-1]) is Severity.WARNING


@pytest.mark.parametrize("name", ["data.xlsx", "data", "data.txt"])
def test_other_kinds_of_file(read_text, schema, name):
    assert codes(read_text(name, "x", schema)) == ["D103"]


def test_a_file_that_is_not_there(tmp_path, schema):
    for name in ("no.csv", "no", "n" * 5_000 + ".csv", "a\0b.csv"):
        assert codes(read(tmp_path / name, schema))[0] in ("D101", "D102")


def test_a_file_too_large(tmp_path, schema):
    with (tmp_path / "big.csv").open("wb") as stream:
        stream.truncate(64 * 2**20 + 1)
    assert codes(read(tmp_path / "big.csv", schema)) == ["D104"]


def test_the_suffix_may_be_in_capitals(read_text, schema):
    assert codes(read_text("DATA.CSV", GOOD, schema)) == []


def test_beside_a_fraction_of_a_percentage_what_may_be_one_is_told(read_text, schema):
    content = "key,spent,rate,level,fixed,day\nA,0.5,0.95,,,\nB,1,1.03,,,\nC,1,1,,,\nD,1,1.5%,,,\nE,1,2.5,,,\n"
    records = read_text("data.csv", content, schema)
    told = [f for f in records.findings if f.code == "D318"]
    assert [(f.record, f.place.column, f.facts["whole"]) for f in told] == [
        ("A", "rate", "95"),
        ("B", "rate", "103"),
        ("C", "rate", "100"),
    ]


def test_percentages_below_two_alone_are_what_they_say(read_text, schema):
    content = "key,spent,rate,level,fixed,day\nA,1,1.03,,,\nB,1,2,,,\n"
    assert "D318" not in codes(read_text("data.csv", content, schema))
