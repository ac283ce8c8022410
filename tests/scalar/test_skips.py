"""Parts that are skipped, and the shares of those that are left."""

from __future__ import annotations

from fractions import Fraction

from scalar.building import record
from scalar.trees import (
    c,
    codes,
    each,
    entries,
    grade,
    limit,
    move,
    part,
    rows_of,
    run,
    say,
    score_of,
    skip,
    the,
    total,
)
from steelyard.source import RulePath
from steelyard.values.intervals import Interval


def between(low: int | str, high: int | str) -> Interval:
    return Interval(Fraction(low), Fraction(high))


def two(giving: str = "redistribute", when: object = True) -> c.Account:
    """a of 60 loses 12, b of 40 is skipped."""
    return total(
        100,
        part("a", 60, move("a#1", 12)),
        part("b", 40, skip("b:skip", c.Const(True) if when is True else when, giving), move("b#1", 10)),
    )


def test_a_skipped_part_gives_its_share_to_its_siblings() -> None:
    trace = run(two())
    assert trace.result.total == Fraction(80)
    assert score_of(trace, "b") is None
    scaled = the(entries(trace, "redistribute"))
    assert (scaled.asked, scaled.applied, scaled.factor, scaled.left_out) == (100, 60, Fraction(5, 3), ("b",))
    assert the(entries(trace, "carry")).factor == Fraction(5, 3)
    assert the(e for e in entries(trace, "close") if e.part == "b").status == "skipped"
    assert not entries(trace, "move", "b#1")


def test_a_skip_that_does_not_hold_is_in_the_trace() -> None:
    trace = run(two(when=c.Const(False)))
    assert trace.result.total == Fraction(78)
    assert the(entries(trace, "skip")).status == "not met"
    assert not entries(trace, "redistribute")


def test_full_points_and_zero_are_given_without_running() -> None:
    assert run(two("full")).result.total == Fraction(88)
    trace = run(two("zero"))
    assert trace.result.total == Fraction(48)
    assert score_of(trace, "b") == Fraction(0)


def test_a_rescaled_part_is_taken_out_of_the_total() -> None:
    section = part("s", 50, part("s.a", 30, move("s.a#1", 3)), part("s.b", 20, skip("s.b:skip", c.Const(True), "rescale")),
                   kind="section")  # fmt: skip
    trace = run(total(100, section, part("t", 50)))
    # 27 + 50 of the 80 points that are left.
    assert trace.result.total == Fraction(77) * 100 / 80
    scaled = the(entries(trace, "rescale"))
    assert (scaled.asked, scaled.high, scaled.factor, scaled.left_out) == (20, 100, Fraction(5, 4), ("s.b",))
    assert not entries(trace, "redistribute")


def test_a_part_all_of_whose_parts_are_skipped_is_skipped() -> None:
    section = part("s", 40, part("s.a", 40, skip("s.a:skip", c.Const(True))), kind="section")
    trace = run(total(100, section, part("t", 60, move("t#1", 6))))
    assert trace.result.total == Fraction(90)
    assert score_of(trace, "s") is None
    assert the(e for e in entries(trace, "skip") if e.part == "s").name == "parts skipped"


def test_all_parts_of_one_section_rescaled_rescale_the_section() -> None:
    section = part("s", 40, part("s.a", 40, skip("s.a:skip", c.Const(True), "rescale")), kind="section")
    trace = run(total(100, section, part("t", 60, move("t#1", 6))))
    assert trace.result.total == Fraction(90)
    assert the(entries(trace, "rescale")).asked == 40


def test_a_total_without_parts_that_count_is_not_issued() -> None:
    trace = run(total(10, part("a", 10, skip("a:skip", c.Const(True))), grade=grade(("pass", None))))
    assert trace.result.total is None
    assert trace.result.status == "not issued"
    assert trace.result.grade is None


def test_a_skipped_total_is_not_issued_and_its_parts_are_left_out() -> None:
    inner = part("s", 10, part("s.a", 10), kind="section")
    trace = run(total(10, skip("total:skip", c.Const(True)), inner))
    assert trace.result.total is None
    assert [p.path for p in trace.result.parts] == ["s", "s.a"]
    assert all(p.score is None for p in trace.result.parts)


def test_an_undetermined_skip_keeps_both_worlds() -> None:
    found = record(x=None)
    low = c.Op("<", (c.Cell("x"), c.Const(Fraction(5))))
    trace = run(two(when=low), found)
    # Without b: 80. With it: 48 + 30 = 78.
    assert trace.result.total == between(78, 80)
    assert trace.result.status == "provisional"
    assert trace.result.blame == ("c1",)
    scaled = the(entries(trace, "redistribute"))
    assert scaled.status == "undetermined"
    assert scaled.factor == Interval(Fraction(1), Fraction(5, 3))
    assert the(p for p in trace.result.parts if p.path == "b").may_be_skipped


def test_an_undetermined_skip_giving_points_keeps_both_worlds() -> None:
    low = c.Op("<", (c.Cell("x"), c.Const(Fraction(5))))
    trace = run(two("zero", when=low), record(x=None))
    assert trace.result.total == between(48, 78)
    trace = run(two("full", when=low), record(x=None))
    assert trace.result.total == between(78, 88)
    assert trace.result.causes == ("missing",)


def test_an_undetermined_rescaling_keeps_both_worlds() -> None:
    low = c.Op("<", (c.Cell("x"), c.Const(Fraction(5))))
    trace = run(two("rescale", when=low), record(x=None))
    assert isinstance(trace.result.total, Interval)
    assert trace.result.total.low == Fraction(48)
    assert trace.result.total.high == Fraction(100)


def test_a_total_that_may_not_be_issued_is_provisional() -> None:
    low = c.Op("<", (c.Cell("x"), c.Const(Fraction(5))))
    tree = total(10, part("a", 10, skip("a:skip", low)), grade=grade(("good", 5), ("bad", None)))
    trace = run(tree, record(x=None))
    assert trace.result.status == "provisional"
    assert trace.result.grade is None
    assert "good" in trace.result.possible_grades


def test_a_limit_inside_a_skipped_part_has_no_effect() -> None:
    veto = limit("b:zero", "zero", within="b")
    a = part("a", 60)
    tree = total(100, a, part("b", 40, skip("b:skip", c.Const(True))), veto)
    trace = run(tree)
    assert trace.result.total == Fraction(100)
    assert (the(entries(trace, "limit")).status, the(entries(trace, "limit")).name) == ("not met", "b")
    for giving in ("full", "zero"):
        tree = total(100, a, part("b", 40, skip("b:skip", c.Const(True), giving)), veto)
        assert the(entries(run(tree), "limit")).status == "not met"


def test_a_limit_inside_a_part_that_may_be_skipped_may_have_effect() -> None:
    low = c.Op("<", (c.Cell("x"), c.Const(Fraction(5))))
    tree = total(100, part("a", 60), part("b", 40, skip("b:skip", low)), limit("b:zero", "zero", within="b"))
    trace = run(tree, record(x=None))
    assert trace.result.total == between(0, 100)
    assert the(entries(trace, "limit")).status == "undetermined"


def test_a_skipped_bonus_part_adds_nothing() -> None:
    bonus = part("more", 5, skip("more:skip", c.Const(True)), move("more#1", 3, "award"), kind="bonus", basis="zero")
    carry = move("more:carry", c.Score(RulePath("more")), "award")
    trace = run(total(100, part("a", 100, move("a#1", 10)), bonus, carry))
    assert trace.result.total == Fraction(90)
    assert the(entries(trace, "move", "more:carry")).status == "skipped"


def test_a_bonus_part_stands_outside_shares() -> None:
    bonus = part("more", 5, move("more#1", 3, "award"), kind="bonus", basis="zero")
    carry = move("more:carry", c.Score(RulePath("more")), "award")
    trace = run(total(100, part("a", 100, move("a#1", 1)), bonus, carry))
    assert trace.result.total == Fraction(100)
    assert the(entries(trace, "move", "more:carry")).applied == Fraction(1)
    low = c.Op("<", (c.Cell("x"), c.Const(Fraction(5))))
    bonus = part("more", 5, skip("more:skip", low), move("more#1", 3, "award"), kind="bonus", basis="zero")
    trace = run(total(100, part("a", 100, move("a#1", 9)), bonus, carry), record(x=None))
    assert trace.result.total == between(91, 94)


def rows(*shares: object, stated: int | None = None, full: object = None) -> c.Account:
    """A part for each row, whose share and lost points stand in the data."""
    share = c.Cell("share", 1)
    item = part(
        "s.item",
        share,
        move("s.item#1", c.Cell("lost", 1)),
        title=c.Template((c.Insert(c.Cell("share", 1)), " points")),
    )
    sum_of = c.Fold("sum", "rows", 9, None, c.Cell("share", 9))
    section = part("s", full or sum_of, each("s:each", item), kind="section", share=60,
                   stated=None if stated is None else c.Const(Fraction(stated)))  # fmt: skip
    return total(100, section, part("t", 40))


def test_a_part_for_each_row_has_its_own_id_title_and_ledger() -> None:
    trace = run(rows(), rows_of({"share": 20, "lost": 5}, {"share": 10, "lost": 0}))
    assert [(p.path, p.title, p.inside) for p in trace.result.parts if p.name == "item"] == [
        ("s.item[1]", "20 points", "s"),
        ("s.item[2]", "10 points", "s"),
    ]
    assert score_of(trace, "s.item[1]") == Fraction(15)
    assert trace.result.total == Fraction(25, 30) * 60 + 40


def test_rows_with_the_same_key_are_told_apart() -> None:
    from scalar.trees import keyed

    found = keyed(rows_of({"share": 20, "lost": 5}, {"share": 10, "lost": 0}), "k", "k")
    assert [p.path for p in run(rows(), found).result.parts if p.name == "item"] == ["s.item[k]", "s.item[k]#2"]


def test_no_rows_make_the_part_not_applicable() -> None:
    trace = run(rows(full=60), rows_of(), schema=run_schema())
    assert trace.result.total == Fraction(100)
    assert the(e for e in entries(trace, "skip") if e.part == "s").name == "no parts"


def test_shares_of_zero_make_the_part_not_applicable() -> None:
    trace = run(rows(), rows_of({"share": 0, "lost": 5}))
    assert score_of(trace, "s") is None
    assert the(e for e in entries(trace, "skip") if e.part == "s").name == "no shares"


def test_a_share_that_is_missing_or_negative_is_a_finding() -> None:
    for wrong in (None, -5):
        trace = run(rows(full=60), rows_of({"share": 30, "lost": 3}, {"share": wrong, "lost": 0}))
        assert "F401" in codes(trace)
        assert isinstance(trace.result.total, Interval)
        assert trace.result.total.low == Fraction(67)


def test_shares_that_miss_the_stated_sum_are_a_finding() -> None:
    found = rows_of({"share": 20, "lost": 5}, {"share": 10, "lost": 0})
    assert codes(run(rows(stated=30), found)) == []
    assert codes(run(rows(stated=60), found)) == ["F402"]


def test_a_list_that_is_not_there_leaves_its_parts_open() -> None:
    from attrs import evolve

    found = evolve(record(), absent_lists=frozenset({"rows"}))
    trace = run(rows(full=60), found, schema=run_schema())
    assert isinstance(trace.result.total, Interval)
    # With rows: 40 and up to 60 of the section. Without: 100.
    assert trace.result.total.low == Fraction(40)
    assert trace.result.total.high == Fraction(100)


def test_a_row_that_may_not_count_may_be_no_part() -> None:
    item = part("s.item", 10, move("s.item#1", c.Cell("lost", 1)))
    counts = c.Op("=", (c.Cell("kind", 1), c.Const(Fraction(1))))
    section = part("s", 20, each("s:each", item, where=counts), kind="section", share=100)
    found = rows_of({"kind": 1, "lost": 4}, {"kind": None, "lost": 1}, {"kind": 2, "lost": 1})
    trace = run(total(100, section), found)
    assert [p.path for p in trace.result.parts] == ["s", "s.item[1]", "s.item[2]"]
    assert trace.result.total == between(30, 75)
    assert the(p for p in trace.result.parts if p.path == "s.item[2]").may_be_skipped


def test_nested_parts_for_rows_have_the_keys_of_all_rows() -> None:
    inner = part("o.i", 5, move("o.i#1", c.Cell("lost", 2)))
    outer = part("o", 10, each("o:each", inner, slot=2), kind="section", share=c.Const(Fraction(50)))
    found = rows_of({"lost": 1}, {"lost": 2})
    trace = run(total(100, each("total:each", outer)), found)
    assert [p.path for p in trace.result.parts] == ["o[1]", "o.i[1/1]", "o.i[1/2]", "o[2]", "o.i[2/1]", "o.i[2/2]"]
    assert trace.result.total == Fraction(70)


def test_a_veto_in_a_skipped_row_has_no_effect_and_one_in_another_has() -> None:
    gone = c.Op("=", (c.Cell("gone", 1), c.Const(Fraction(1))))
    item = part("item", 10, skip("item:skip", gone), share=5)
    veto = each(
        "total:each",
        limit("item:zero", "zero", when=c.Op("=", (c.Cell("bad", 1), c.Const(Fraction(1)))), within="item"),
    )
    tree = total(10, each("total:items", item), veto)
    assert run(tree, rows_of({"gone": 1, "bad": 1}, {"gone": 0, "bad": 0})).result.total == Fraction(10)
    assert run(tree, rows_of({"gone": 1, "bad": 0}, {"gone": 0, "bad": 1})).result.total == Fraction(0)


def run_schema() -> object:
    from scalar.building import schema

    return schema(rows_of({"share": 1, "lost": 1}))


def test_a_skip_says_why() -> None:
    because = c.Skip(c.Origin(RulePath("b:skip"), two().origin.span), c.Const(True), "zero", say("closed"), None)
    assert the(entries(run(total(10, part("b", 10, because))), "skip")).reason == "closed"
