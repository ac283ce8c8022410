"""Groups, restorations, exemptions, vetoes, limits, overrides."""

from __future__ import annotations

from fractions import Fraction

from scalar.building import record
from scalar.trees import (
    c,
    codes,
    each,
    entries,
    group,
    limit,
    move,
    overridden,
    part,
    restore,
    reviewed,
    rows_of,
    run,
    score_of,
    the,
    total,
    with_text,
)
from steelyard.source import RulePath
from steelyard.values.intervals import Interval

YES, NO = c.Const(True), c.Const(False)


def between(low: int | str, high: int | str) -> Interval:
    return Interval(Fraction(low), Fraction(high))


def is_one(name: str, slot: int | None = None) -> c.Op:
    return c.Op("=", (c.Cell(name, slot), c.Const(Fraction(1))))


# ---- groups


def test_a_group_has_one_cap_for_the_sum_of_its_moves() -> None:
    both = group("g", "sum", move("g#1", 3), move("g#2", 4), move("g#3", 9, when=NO), cap=5)
    trace = run(total(10, both))
    assert trace.result.total == Fraction(5)
    entry = the(entries(trace, "group"))
    assert (entry.asked, entry.cap, entry.applied, entry.mode) == (5, 5, 5, "sum")
    members = [e for e in trace.entries if e.group == "g"]
    assert [(e.asked, e.applied, e.before, e.status) for e in members] == [
        (3, None, None, "applied"),
        (4, None, None, "applied"),
        (None, None, None, "not met"),
    ]


def test_of_a_group_only_the_largest_counts_and_the_first_of_equal_ones() -> None:
    trace = run(total(10, group("g", "highest", move("g#1", 2), move("g#2", 4), move("g#3", 4))))
    assert trace.result.total == Fraction(6)
    assert the(entries(trace, "group")).winner == "g#2"


def test_a_group_names_the_row_that_won() -> None:
    body = each("g:each", move("g#1", c.Cell("x", 1), when=is_one("late", 1)))
    found = rows_of({"x": 2, "late": 1}, {"x": 5, "late": 0}, {"x": 3, "late": 1})
    trace = run(total(10, group("g", "highest", body)), found)
    assert trace.result.total == Fraction(7)
    entry = the(entries(trace, "group"))
    assert (entry.winner, entry.winner_row and entry.winner_row.key) == ("g#1", "3")


def test_open_members_of_a_group_are_enclosed() -> None:
    tree = total(10, group("g", "highest", move("g#1", 2), move("g#2", 4, when=is_one("x"))))
    trace = run(tree, record(x=None))
    assert trace.result.total == between(6, 8)
    assert the(entries(trace, "group")).winner is None
    tree = total(10, group("g", "highest", move("g#1", 4), move("g#2", 4, when=is_one("x"))))
    trace = run(tree, record(x=None))
    assert trace.result.total == Fraction(6)
    assert the(entries(trace, "group")).winner == "g#1"
    tree = total(10, group("g", "sum", move("g#1", 4), move("g#2", 4, when=is_one("x")), cap=6))
    assert run(tree, record(x=None)).result.total == between(4, 6)


def test_groups_nest_and_have_a_condition() -> None:
    inner = group("g.h", "sum", move("g.h#1", 1), move("g.h#2", 2))
    assert run(total(10, group("g", "highest", inner, move("g#2", 2)))).result.total == Fraction(7)
    trace = run(total(10, group("g", "sum", inner, when=NO)))
    assert trace.result.total == Fraction(10)
    assert the(entries(trace, "group", "g")).status == "not met"


# ---- restorations and exemptions


def test_a_restoration_gives_back_a_share_or_points_but_never_more() -> None:
    for back, left in (((50, True), 2), ((3, False), 1), ((9, False), 0)):
        amount = Fraction(back[0], 100) if back[1] else back[0]
        trace = run(total(10, move("a", 4, restores=(restore("a:r", amount, share=back[1]),))))
        assert trace.result.total == 10 - left
        assert the(entries(trace, "move")).restored == 4 - left
        assert the(entries(trace, "restore")).applied == 4 - left


def test_what_did_not_fire_gives_nothing_back() -> None:
    trace = run(total(10, move("a", 4, when=NO, restores=(restore("a:r", 2),))))
    assert trace.result.total == Fraction(10)
    assert the(entries(trace, "restore")).status == "not met"


def test_a_restoration_lowers_what_was_asked_before_the_floor_stops_it() -> None:
    trace = run(total(3, move("a", 8, restores=(restore("a:r", 6),))))
    assert trace.result.total == Fraction(1)


def test_an_open_restoration_is_enclosed() -> None:
    trace = run(total(10, move("a", 4, restores=(restore("a:r", 3, when=is_one("x")),))), record(x=None))
    assert trace.result.total == between(6, 9)
    assert trace.result.blame == ("c1",)


def test_a_group_is_restored_as_one() -> None:
    body = (move("g#1", 2), move("g#2", 2))
    trace = run(total(10, group("g", "sum", *body, cap=3, restores=(restore("g:r", Fraction(1, 2), share=True),))))
    assert trace.result.total == Fraction("8.5")


def waived(**cells: object) -> object:
    waiver = c.Waiver(c.Cell("w"), c.Cell("w reason"), c.Cell("w approver"))
    found = record(w=cells.pop("w", None))
    texts = {"w reason": "", "w approver": "", **cells}
    return run(total(10, move("a", 4, waiver=waiver), limit("z", "limit", 5, waiver=waiver)), with_text(found, **texts))


def test_an_exemption_needs_its_reason_and_its_approver() -> None:
    trace = waived(w=True, **{"w reason": "flood", "w approver": "board"})
    assert trace.result.total == Fraction(10)
    entry = the(entries(trace, "move"))
    assert (entry.status, entry.waiver, entry.approver, entry.asked) == ("waived", "flood", "board", 4)
    assert the(entries(trace, "limit")).status == "waived"
    trace = waived(w=True, **{"w reason": "flood"})
    assert trace.result.total == Fraction(5)
    assert codes(trace) == ["F403", "F403"]
    for nothing in (False, None):
        assert waived(w=nothing).result.total == Fraction(5)


def test_an_exemption_that_cannot_be_read_leaves_both_open() -> None:
    from attrs import evolve

    from steelyard.values.states import Absent, Cause

    found = with_text(record(w=True), **{"w reason": "", "w approver": ""})
    wrong = evolve(found.cells["w"], datum=Absent(Cause.INVALID), text="perhaps")
    found = evolve(found, cells={**found.cells, "w": wrong})
    waiver = c.Waiver(c.Cell("w"), c.Cell("w reason"), c.Cell("w approver"))
    assert run(total(10, move("a", 4, waiver=waiver)), found).result.total == between(6, 10)


# ---- vetoes and limits


def test_a_veto_sets_to_zero_and_the_least_limit_wins() -> None:
    trace = run(total(100, limit("b", "limit", 80), limit("c", "limit", 59), limit("d", "limit", 70)))
    assert trace.result.total == Fraction(59)
    assert [e.status for e in entries(trace, "limit")] == ["applied", "applied", "without effect"]
    assert run(total(100, limit("a", "zero"), limit("c", "limit", 59))).result.total == Fraction(0)
    trace = run(total(100, limit("a", "zero", when=NO), limit("c", "limit", 59, when=NO)))
    assert trace.result.total == Fraction(100)
    assert [e.status for e in entries(trace, "limit")] == ["not met", "not met"]


def test_a_veto_beats_the_least_score_and_lifts_a_negative_one() -> None:
    assert run(total(100, move("m", 90), limit("a", "zero"), floor=20)).result.total == Fraction(0)
    assert run(total(100, move("m", 120), floor=None)).result.total == Fraction(-20)
    assert run(total(100, move("m", 120), limit("a", "zero"), floor=None)).result.total == Fraction(0)


def test_open_vetoes_and_limits_are_enclosed() -> None:
    trace = run(total(100, limit("a", "zero", when=is_one("x"))), record(x=None))
    assert trace.result.total == between(0, 100)
    trace = run(total(100, limit("a", "limit", 59, when=is_one("x"))), record(x=None))
    assert trace.result.total == between(59, 100)


def test_no_maximum_and_no_floor() -> None:
    tree = total(100, part("a", 50, move("a#1", 30, "award"), top=None), part("b", 50, move("b#1", 60), floor=None),
                 top=None, floor=None)  # fmt: skip
    trace = run(tree)
    assert trace.result.total == Fraction(70)
    assert score_of(trace, "a") == 80
    assert score_of(trace, "b") == -10


def test_a_loop_of_vetoes_over_a_list_that_is_not_there() -> None:
    from attrs import evolve

    from scalar.building import schema

    found = evolve(record(), absent_lists=frozenset({"rows"}))
    fits = schema(rows_of({"x": 1}))
    tree = total(100, each("e", limit("a", "limit", 59, when=is_one("x", 1))))
    assert run(tree, found, schema=fits).result.total == between(59, 100)


# ---- groups of rows


def test_a_loop_by_a_field_runs_once_for_each_of_its_values() -> None:
    worth = c.Fold("sum", "rows", 5, None, c.Cell("x", 5), group=1)
    body = move("a", worth, when=c.Op(">", (c.Fold("count", "rows", 6, None, None, group=1), c.Const(Fraction(1)))))
    found = rows_of({"k": 1, "x": 2}, {"k": 2, "x": 5}, {"k": 1, "x": 3})
    trace = run(total(10, each("e", body, by="k")), found)
    assert trace.result.total == Fraction(5)
    assert [(e.row and e.row.position, e.status) for e in entries(trace, "move")] == [(1, "applied"), (2, "not met")]
    # Where a row's group is not known, nothing is known.
    found = rows_of({"k": 1, "x": 2}, {"k": None, "x": 5})
    assert run(total(10, each("e", body, by="k")), found).result.total == between(0, 10)


# ---- judgement and overrides


def judged(method: str, *scores: object, full: int = 10, **more: object) -> object:
    review = c.Review(c.Origin(RulePath("a:judged"), total(1).origin.span), "a", method, None, **more)  # type: ignore[arg-type]
    return run(total(full, part("a", full, review, basis="judged")), reviewed(record(), "a", *scores))


def test_reviewers_are_combined_as_the_file_says() -> None:
    assert judged("average", 4, 5, 9).result.total == Fraction(6)
    assert judged("median", 4, 5, 9).result.total == Fraction(5)
    assert judged("median", 4, 5, 6, 9).result.total == Fraction("5.5")
    trace = judged("average", 1, 5, 5, 6, 10, dropping=5)
    assert trace.result.total == Fraction(16, 3)
    assert [e.status for e in entries(trace, "judge")].count("without effect") == 2
    assert judged("average", 1, 5, 6, dropping=5).result.total == Fraction(4)
    assert judged("average", 5, 5, 5, dropping=3).result.total == Fraction(5)
    trace = judged("average", 5, 5, dropping=2)
    assert trace.result.total == between(0, 10)
    assert codes(trace) == ["F303", "F303", "F301"][2:]


def test_only_some_scores_may_be_given() -> None:
    choices = tuple(c.Const(Fraction(n)) for n in (0, 5, 10))
    assert judged("single", 5, choices=choices).result.total == Fraction(5)
    trace = judged("single", 6, choices=choices)
    assert trace.result.total == between(0, 10)
    assert codes(trace) == ["F307"]


def level(label: str, low: int, high: int, low_in: bool = True, high_in: bool = True) -> c.Level:
    return c.Level(label, c.Const(Fraction(low)), low_in, c.Const(Fraction(high)), high_in)


def test_levels_bound_the_score() -> None:
    levels = (level("good", 8, 10), level("fair", 5, 8, high_in=False), level("bad", 0, 0))
    assert judged("single", (9, "good"), levels=levels).result.total == Fraction(9)
    assert judged("single", (None, "bad"), levels=levels).result.total == Fraction(0)
    for given, code in (((8, "fair"), "F310"), ((4, None), "F310"), ((None, "good"), "F309"), ((5, "odd"), "F308")):
        trace = judged("single", given, levels=levels)
        assert codes(trace) == [code], given
        assert trace.result.total == between(0, 10)
    trace = judged("single", 8, levels=levels)
    assert the(entries(trace, "judge")).label == "good"


def test_an_override_is_kept_apart_from_the_computed_score() -> None:
    tree = total(10, part("a", 10, move("a#1", 4)))
    trace = run(tree, overridden(record(), "a", 9))
    assert trace.result.total == Fraction(9)
    entry = the(entries(trace, "override"))
    assert (entry.asked, entry.applied, entry.name, entry.reason) == (6, 9, "panel", "appeal")
    assert the(trace.result.parts).computed == Fraction(6)


def test_an_override_of_the_total_comes_after_everything() -> None:
    trace = run(total(10, part("a", 10), limit("v", "zero")), overridden(record(), "total", 3))
    assert (trace.result.total, trace.result.computed) == (Fraction(3), Fraction(0))


def test_an_override_outside_the_bounds_or_of_no_part_is_a_finding() -> None:
    tree = total(10, part("a", 10, move("a#1", 4)))
    trace = run(tree, overridden(overridden(record(), "a", 11), "b", 3))
    assert trace.result.total == Fraction(6)
    assert codes(trace) == ["F404", "F405"]


def test_an_override_settles_what_the_data_leave_open() -> None:
    tree = total(10, part("a", 10, move("a#1", 4, when=is_one("x"))))
    trace = run(tree, overridden(record(x=None), "a", 7))
    assert (trace.result.total, trace.result.status) == (Fraction(7), "final")
    assert the(trace.result.parts).computed == between(6, 10)
