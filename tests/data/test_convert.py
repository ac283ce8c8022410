"""One cell: its text, its type, and what comes of it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from steelyard.data.convert import convert
from steelyard.diagnostics.model import DataPlace
from steelyard.values.states import Absent, Cause
from steelyard.values.targets import Actual, Comparator, Target
from steelyard.values.types import ActualType, DateType, Field, NumberType, ScalarType, TargetType, TextType, TruthType
from steelyard.values.units import NO_UNIT, PERCENT, Unit

PLACE = DataPlace("data.csv", 2, "x")
WAN, PLAIN, BARE, RATE = (
    NumberType(Unit.named("万元")),
    NumberType(NO_UNIT),
    NumberType(None),
    NumberType(PERCENT),
)
PER_HEAD = NumberType(Unit.named("万元").times(Unit.named("人"), -1))
WHOLE = NumberType(NO_UNIT, whole=True)
CHOICES = TextType(("优", "良好", "差"))


def one(kind, text, **more):
    cell, found = convert(Field("x", kind, **more), text, PLACE)
    return cell, [f.code for f in found]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (PLAIN, "0.9522", Fraction("0.9522")),
        (PLAIN, " 12 ", Fraction(12)),
        (PLAIN, "１２．５", Fraction("12.5")),
        (PLAIN, "−5", Fraction(-5)),
        (PLAIN, "1.5e3", Fraction(1500)),
        (PLAIN, "1,255.70", Fraction("1255.7")),
        (PLAIN, "1，255.70", Fraction("1255.7")),
        (WAN, "1,225.70万元", Fraction("1225.7")),
        (WAN, "1225.70 万元", Fraction("1225.7")),
        (PER_HEAD, "3.2万元/人", Fraction("3.2")),
        (NumberType(Unit.named("m2")), "100 m2", Fraction(100)),
        (RATE, "87", Fraction("0.87")),
        (RATE, "87%", Fraction("0.87")),
        (RATE, "87％", Fraction("0.87")),
        (RATE, "0.5%", Fraction("0.005")),
        (BARE, "87%", Fraction("0.87")),
        (BARE, "87", Fraction(87)),
        (WHOLE, "3.0", Fraction(3)),
        (TextType(), " 有 空格 ", "有 空格"),
        (CHOICES, "良好 ", "良好"),
        (TruthType(), "是", True),
        (TruthType(), "FALSE", False),
        (TruthType(), "√", True),
        (DateType(), "2023-06-30", date(2023, 6, 30)),
        (DateType(), "2023/6/30", date(2023, 6, 30)),
        (DateType(), "2023年6月30日", date(2023, 6, 30)),
        (DateType(), "２０２３年６月３０日", date(2023, 6, 30)),
        (TargetType(), "≥2,000次", Target(Comparator.AT_LEAST, Fraction(2000), None, "次")),
        (TargetType(), "90-95%", Target(Comparator.RANGE, Fraction("0.9"), Fraction("0.95"), "%")),
        (TargetType(), "90%–95%", Target(Comparator.RANGE, Fraction("0.9"), Fraction("0.95"), "%")),
        (ActualType(), "95.22%", Actual(Fraction("0.9522"), "%")),
        (ActualType(), "8.218e3", Actual(Fraction(8218))),
        (ActualType(), "−5次", Actual(Fraction(-5), "次")),
        (ActualType(), "是", Actual(truth=True)),
    ],
)
def test_values(kind, text, value):
    cell, found = one(kind, text)
    assert (cell.datum, found) == (value, [])
    assert cell.text == text


@pytest.mark.parametrize(
    ("text", "target", "code"),
    [
        ("95-90%", Target(Comparator.TEXT, text="95-90%"), "D315"),
        ("12月底前", Target(Comparator.TEXT, text="12月底前"), "D315"),
        ("2000次以下", Target(Comparator.AT_MOST, Fraction(2000), None, "次"), "D316"),
        ("3天内", Target(Comparator.AT_MOST, Fraction(3), None, "天"), "D316"),
        ("90%（含）以上", Target(Comparator.AT_LEAST, Fraction("0.9"), None, "%"), "D316"),
        ("=100%", Target(Comparator.RANGE, Fraction(1), Fraction(1), "%"), "D316"),
        ("0起", Target(Comparator.AT_LEAST, Fraction(0), None, "起"), "D317"),
    ],
)
def test_targets_that_are_read_and_told(text, target, code):
    cell, found = one(TargetType(), text)
    assert (cell.datum, found) == (target, [code])


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (PLAIN, "abc", "D302"),
        (PLAIN, "NaN", "D302"),
        (PLAIN, "inf", "D302"),
        (PLAIN, "-", "D302"),
        (PLAIN, "1,00", "D302"),
        (PLAIN, "½", "D302"),
        (PLAIN, "1 2", "D302"),
        (PLAIN, "=1+1", "D302"),
        (PLAIN, "true", "D302"),
        (PLAIN, "#DIV/0!", "D303"),
        (PLAIN, "#N/A", "D303"),
        (PLAIN, "########", "D303"),
        (TextType(), "#REF!", "D303"),
        (TargetType(), "#VALUE!", "D303"),
        (PLAIN, "1e999", "D304"),
        (PLAIN, "1e99999", "D304"),
        (PLAIN, "9" * 41, "D304"),
        (WAN, "1,225.70元", "D305"),
        (WAN, "87%", "D305"),
        (WAN, "100万元以上", "D305"),
        (RATE, "87‰", "D305"),
        (RATE, "87分", "D305"),
        (PLAIN, "85分", "D306"),
        (PLAIN, "85%", "D306"),
        (BARE, "85分", "D306"),
        (WHOLE, "2.5", "D307"),
        (CHOICES, "良", "D309"),
        (TruthType(), "1", "D310"),
        (TruthType(), "也许", "D310"),
        (DateType(), "2023-02-29", "D312"),
        (DateType(), "2023-13-01", "D312"),
        (DateType(), "45107", "D311"),
        (DateType(), "2023年6月", "D311"),
    ],
)
def test_invalid(kind, text, code):
    cell, found = one(kind, text)
    assert cell.datum == Absent(Cause.INVALID)
    assert found == [code]


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "\t"])
@pytest.mark.parametrize("kind", [PLAIN, TextType(), CHOICES, TruthType(), DateType(), TargetType(), ActualType()])
def test_a_blank_is_missing_and_never_zero_or_no(kind, text):
    cell, found = one(kind, text)
    assert cell.datum == Absent(Cause.MISSING)
    assert found == ["D301"]
    assert one(kind, text, optional=True)[1] == []


@pytest.mark.parametrize(
    ("kind", "text", "notes", "found"),
    [
        (PLAIN, "1,255.70", ("thousands",), []),
        (WAN, "1,255.70万元", ("thousands",), []),
        (ActualType(), "约8218次", ("approximate",), ["D313"]),
        (TargetType(), "2000", ("bare-target",), ["D314"]),
    ],
)
def test_notes(kind, text, notes, found):
    cell, codes = one(kind, text)
    assert (cell.notes, codes) == (notes, found)


@pytest.mark.parametrize(
    ("text", "inside"), [("0", True), ("200", True), ("200.01", False), ("-1", False), ("150%", True)]
)
def test_the_range_is_that_of_the_scaled_value(text, inside):
    cell, found = one(RATE, text, low=Fraction(0), high=Fraction(2))
    assert found == ([] if inside else ["D308"])
    assert isinstance(cell.datum, Absent) is not inside


def test_the_range_is_said_in_the_unit_of_the_field():
    def said(kind, low, high):
        _, found = convert(Field("x", kind, low=low, high=high), "-900", PLACE)
        return found[0].facts["range"]

    assert said(RATE, Fraction(0), Fraction(2)) == "0%–200%"
    assert said(WAN, Fraction(1), None) == "≥ 1 万元"
    assert said(PLAIN, None, Fraction(-1000)) == "≤ -1000"


def test_both_units_are_named():
    _, found = convert(Field("x", WAN), "12元", PLACE)
    assert (found[0].facts["found"], found[0].facts["unit"]) == ("元", "万元")


def test_the_nearest_choice_is_suggested():
    _, found = convert(Field("x", CHOICES), "良好好", PLACE)
    assert [f.facts["name"] for f in found[0].fixes] == ["良好"]
    assert found[0].facts["choices"] == ("优", "良好", "差")


def test_the_unit_of_the_cell_is_kept_for_showing():
    assert one(WAN, "1")[0].unit == "万元"
    assert one(RATE, "1")[0].unit == "%"
    assert one(BARE, "1%")[0].unit == "%"
    assert one(TargetType(), "≥3次")[0].unit == "次"


def test_long_texts_end_at_once():
    for kind in (PLAIN, WAN, TargetType(), ActualType(), DateType(), CHOICES):
        one(kind, "1" + " " * 500_000 + "x")
        one(kind, "9" * 500_000)
        one(kind, "1," * 500_000)


@pytest.mark.parametrize("text", ["不适用", "N/A", "not applicable"])
@pytest.mark.parametrize("kind", [NumberType(NO_UNIT), TruthType(), TargetType(), ActualType()])
def test_it_keeps_not_applicable_apart_from_missing_and_invalid(text: str, kind: ScalarType) -> None:
    cell, found = convert(Field("x", kind), text, DataPlace("data.csv", 2, "x", text))
    assert cell.datum == Absent(Cause.NOT_APPLICABLE)
    assert not found


def test_it_leaves_such_words_alone_in_a_text() -> None:
    cell, _ = convert(Field("x", TextType()), "不适用", DataPlace("data.csv", 2, "x", "不适用"))
    assert cell.datum == "不适用"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023.6.30", date(2023, 6, 30)),
        ("2023．06．30", date(2023, 6, 30)),
        ("2023年6月30号", date(2023, 6, 30)),
        ("20230630", date(2023, 6, 30)),
        ("2023-06-30 00:00:00", date(2023, 6, 30)),
        ("2023-06-30T00:00:00.000", date(2023, 6, 30)),
        ("2023/6/30 0:00", date(2023, 6, 30)),
    ],
)
def test_dates_that_are_read_and_told(text, day):
    cell, found = one(DateType(), text)
    assert (cell.datum, found, cell.notes) == (day, ["D320"], ("loose-date",))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2023-06-30 14:30", "D311"),
        ("30.6.2023", "D311"),
        ("6/30/2023", "D311"),
        ("23-06-30", "D311"),
        ("2023-06", "D311"),
        ("2023年6月", "D311"),
        ("45107", "D311"),
        ("12345678", "D311"),
        ("2023-06-30" + " " * 50 + "x", "D311"),
        ("20231330", "D312"),
        ("2023.2.30", "D312"),
        ("2023年13月1日", "D312"),
        ("0000-01-01", "D312"),
    ],
)
def test_what_is_no_date(text, code):
    cell, found = one(DateType(), text)
    assert (cell.datum, found) == (Absent(Cause.INVALID), [code])


def test_a_leading_zero_is_told_and_never_octal():
    assert one(PLAIN, "010")[1] == ["D319"]
    assert one(PLAIN, "010")[0].datum == Fraction(10)
    assert one(PLAIN, "-007.5")[0].datum == Fraction("-7.5")
    assert one(PLAIN, "0.10")[1] == []
    assert one(PLAIN, "0")[1] == []
    assert one(TextType(), "010")[0].datum == "010"
