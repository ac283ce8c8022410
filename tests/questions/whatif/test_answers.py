"""What is answered: points recoverable, the smallest change that reaches a grade, inputs set, sweeps."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from questions.whatif.asking import bench_of, for_grade, gains, inputs, one, told
from steelyard.questions.whatif.bench import Outcome
from steelyard.questions.whatif.change import changed
from steelyard.questions.whatif.reach import Falls, Neighbour, Open, Reaches
from steelyard.questions.whatif.recover import recoverable
from steelyard.questions.whatif.sweep import Bounds, sweep
from steelyard.questions.whatif.text import tell_recoverable

GRADES = "grade\n  good from 90\n  fair from 60\n  poor otherwise\n"


# ---- points recoverable


def test_a_floor_takes_what_one_deduction_would_give_back(tmp_path: Path) -> None:
    """Each alone gives nothing back, for the other one empties the criterion by itself."""
    rules = "criterion a, 10 points\n  deduct 10 if x > 1\n  deduct 12 if x > 2\ncriterion b, 90 points\n  deduct 4 if x > 1\n"
    bench = bench_of(tmp_path, rules, records="key,x\nr,5\n")
    assert gains(bench) == {"b#1": 4, "a#1": 0, "a#2": 0}


def test_what_takes_too_much_work_is_left_out_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """10 rows of 60 statements: a scoring makes over 600 entries, so the question may take fewer than 100 of them."""
    monkeypatch.setattr("steelyard.questions.whatif.bench.MOST_ENTRIES", 60_000)
    statements = "".join(f"    deduct 0.001 if r.f > {n}\n" for n in range(60))
    rules = (
        f"input\n  rows : list of\n    f : whole number\ncriterion a, 100 points\n  for each r in rows\n{statements}"
    )
    rows = "key,row,f\n" + "".join(f"r,{n},{n + 51}\n" for n in range(10))
    bench = bench_of(tmp_path, rules, records="key\nr\n", rows=rows)
    assert bench.most == 60_000 // len(bench.base.entries) < 100
    found, left = recoverable(bench, inputs(bench), 150)
    assert 0 < len(found) < 60 == len(found) + left
    assert "more statements were not tried" in tell_recoverable(bench, found, left, "en")


def test_a_share_and_a_rounding_are_honoured(tmp_path: Path) -> None:
    rules = (
        "scheme s\n  round total to 0 places\nsection a, weight 40%\n  criterion c, 50 points\n    deduct 7 if x > 1\n"
        "section b, weight 60%\n  criterion d, 50 points\n"
    )
    bench = bench_of(tmp_path, rules, records="key,x\nr,5\n")
    assert bench.outcome.total == 94  # 100 − 7 ÷ 50 × 40 = 94.4
    assert gains(bench) == {"a.c#1": 6}


def test_vetoes_limits_awards_caps_and_grades_are_statements_too(tmp_path: Path) -> None:
    rules = (
        "input\n  x : whole number\n  y : yes/no\ncriterion a, 60 points\n  zero if x > 3\ncriterion b, 40 points\n"
        "  limit to 30 if x > 3\nbonus c, up to 5 points\n  award 2 for each x, up to 3\n  award 1 if y\n"
        "lower grade by 1 if x > 2\n" + GRADES
    )
    bench = bench_of(tmp_path, rules, records="key,x,y\nr,4,no\n")
    assert bench.outcome == Outcome(Fraction(33), "poor")
    found = {f.entry.rule: (f.how, f.gain, f.outcome.grade) for f in told(bench)}
    assert found["a:zero#1"] == ("gone", 60, "fair")
    assert found["b:limit#1"] == ("gone", 10, "poor")
    assert found["c#1"] == ("uncapped", 2, "poor")
    assert found["c#2"] == ("earned", 1, "poor")


def test_a_lowered_grade_is_given_back(tmp_path: Path) -> None:
    rules = "input\n  late : yes/no\ndeduct 5 if late\nlower grade by 1 if late\n" + GRADES
    lost, lowered = told(bench_of(tmp_path, rules, records="key,late\nr,yes\n"))
    assert (lost.entry.rule, lost.gain, lost.outcome.grade) == ("total#1", 5, "fair")
    assert (lowered.how, lowered.gain, lowered.outcome.grade) == ("gone", 0, "good")
    assert lowered.change is not None and lowered.change.to == "no"


def test_a_change_of_an_input_behind_a_let_gives_the_points_back(tmp_path: Path) -> None:
    rules = (
        "input\n  spent : number\n  planned : number\nlet rate = spent / planned\ncriterion a, 100 points\n"
        "  deduct 30 if rate < 90%\n"
    )
    (found,) = told(bench_of(tmp_path, rules, records="key,spent,planned\nr,80.00,100\n"))
    assert found.change is not None
    # 80 of 88 is the first plan that is met by 90%, and nearer, as a share of what stands there, than 90 of 100.
    assert (found.change.name, found.change.to) == ("planned", "88")


def test_fewer_points_better(tmp_path: Path) -> None:
    rules = "scheme s\n  fewer points are better\nstart at 0\naward 5 if x > 1\naward 2 if x > 9\n"
    bench = bench_of(tmp_path, rules, records="key,x\nr,5\n")
    (found,) = told(bench)
    assert (found.entry.rule, found.gain) == ("total#1", 5)
    assert found.change is not None and found.change.to == "1"


# ---- for a grade


def test_a_score_that_rises_and_falls_is_searched_on_both_sides(tmp_path: Path) -> None:
    """Good from 20 to 21 and from 48 on; between and below it is not."""
    rules = (
        "input\n  x : number from 0 to 100\nscore by x\n  below 20 : 50\n  up to 21 : 95\n"
        "  below 48 : 70\n  otherwise : 92\n" + GRADES
    )
    bench = bench_of(tmp_path, rules, records="key,x\nr,34\n")
    answer = for_grade(bench, "good", "x")
    assert isinstance(answer, Reaches)
    assert (answer.to, answer.size, answer.threshold) == ("21", 13, "at")
    nearer = bench_of(tmp_path, rules, records="key,x\nr,35.0\n")
    answer = for_grade(nearer, "good", "x")
    assert isinstance(answer, Reaches)
    assert (answer.to, answer.neighbour) == ("48.0", Neighbour("47.9", Outcome(Fraction(70), "fair")))


def test_a_threshold_between_two_points_is_told(tmp_path: Path) -> None:
    rules = "input\n  x : number from 0 to 100\nscore x\n" + GRADES.replace("90", "89.95")
    answer = for_grade(bench_of(tmp_path, rules, records="key,x\nr,80.0\n"), "good", "x")
    assert isinstance(answer, Reaches)
    assert (answer.to, answer.threshold) == ("90.0", "between")
    answer = for_grade(bench_of(tmp_path, rules, records="key,x\nr,80.00\n"), "good", "x")
    assert isinstance(answer, Reaches)
    assert (answer.to, answer.threshold) == ("89.95", "at")


def test_a_far_threshold_without_a_range_is_found_exactly(tmp_path: Path) -> None:
    rules = "input\n  x : number\ndeduct 50 if x < 123456.78\n" + GRADES
    answer = for_grade(bench_of(tmp_path, rules, records="key,x\nr,0.01\n"), "good", "x")
    assert isinstance(answer, Reaches) and answer.to == "123456.78"
    rules = "input\n  x : number\ndeduct 50\ndeduct 1 if x < 3\n" + GRADES
    answer = for_grade(bench_of(tmp_path, rules, records="key,x\nr,0.01\n"), "good", "x")
    assert isinstance(answer, Falls) and (answer.best, answer.proved) == ("3.00", True)


def test_a_date_far_away_is_found_without_trying_every_day(tmp_path: Path) -> None:
    rules = "input\n  end : date\n  due : date\ndeduct 20 if days(due, end) > 30\n" + GRADES
    bench = bench_of(tmp_path, rules, records="key,end,due\nr,2031-01-01,2020-01-01\n")
    answer = for_grade(bench, "good", "end")
    assert isinstance(answer, Reaches)
    assert (answer.to, answer.unit) == ("2020-01-31", "day")
    assert bench.taken < 100


def test_blanks_choices_and_rows(tmp_path: Path) -> None:
    rules = (
        'input\n  kind : one of "low", "middle", "high"\n  n : number from 0 to 10\n  rows : list of\n    done : yes/no\n'
        'deduct 30 if kind != "high"\ndeduct 10 if n < 4\nfor each r in rows\n  deduct 20 if not r.done\n' + GRADES
    )
    tables = {"records": "key,kind,n\na,low,7\nb,high,\nc,high,7\n", "rows": "key,row,done\nc,first,yes\nc,second,no\n"}
    choice = for_grade(bench_of(tmp_path, rules, "a", **tables), "good", "kind")
    assert isinstance(choice, Reaches) and (choice.to, choice.unit) == ("high", "choice")
    blank = for_grade(bench_of(tmp_path, rules.replace("10 if n", "15 if n"), "b", **tables), "good", "n", "0.5")
    assert isinstance(blank, Reaches) and (blank.was, blank.to, blank.up_to) == (None, "4.0", "10.0")
    row = for_grade(bench_of(tmp_path, rules, "c", **tables), "good", "rows[second].done")
    assert isinstance(row, Reaches) and (row.was, row.to) == ("no", "yes")


def test_where_the_bound_is_met_it_says_so(tmp_path: Path) -> None:
    """Of columns of `actual` nothing is known but single values."""
    rules = "input\n  t : target\n  a : actual\ndeduct 50 if attainment(a, t) < 100%\n" + GRADES
    bench = bench_of(tmp_path, rules, records="key,t,a\nr,≥5000次,12次\n")
    answer = for_grade(bench, "good", "a", effort=100)
    assert isinstance(answer, Open)
    assert answer.above is not None and answer.above.endswith("次")
    near = for_grade(bench_of(tmp_path, rules, records="key,t,a\nr,≥20次,12次\n"), "good", "a")
    assert isinstance(near, Reaches) and near.to == "20次"


def test_the_whole_batch_is_worked_out_anew(tmp_path: Path) -> None:
    rules = "input\n  price : number from 1 to 1000\nscore 100 * lowest(all.price) / price\n" + GRADES
    bench = bench_of(tmp_path, rules, "b", records="key,price\na,100\nb,200\nc,300\n")
    assert bench.outcome.total == 50
    answer = for_grade(bench, "good", "price")
    assert isinstance(answer, Reaches) and answer.to == "111"  # 100 ÷ 111 is above 90%


# ---- inputs set, sweeps


def test_what_moves_is_told(tmp_path: Path) -> None:
    rules = "criterion a, 60 points\n  deduct 6 if x > 3\n  deduct 2 if y < 1\ncriterion b, 40 points\n" + GRADES
    bench = bench_of(tmp_path, rules, records="key,x,y\nr,5,5\n")
    x, y = one(bench, "x"), one(bench, "y")
    found = changed(bench, {x: x.read("3")[0], y: y.read("0")[0]}, ())
    assert (found.before, found.after) == (Outcome(Fraction(94), "good"), Outcome(Fraction(98), "good"))
    assert [(p.part.path, p.was, p.now) for p in found.parts] == [("a", 54, 58)]
    assert [(r.entry.rule, r.how) for r in found.rules] == [("a#2", "fires"), ("a#1", "stops")]


def test_runs_of_equal_behaviour_are_one_piece(tmp_path: Path) -> None:
    rules = (
        "input\n  x : number from 0 to 100\ndeduct 1 for every full 1 that x is above 90\ndeduct 5 if x < 10\n" + GRADES
    )
    bench = bench_of(tmp_path, rules, records="key,x\nr,50\n")
    found = sweep(bench, one(bench, "x"), Bounds(step=Fraction(1)))
    assert found is not None
    told = [(p.first.text, p.last.text, p.first.outcome.total, p.slope, p.first.rules) for p in found.pieces]
    assert told == [
        ("0", "9", 95, 0, ("total#2",)),
        ("10", "90", 100, 0, ()),
        ("91", "100", 99, -1, ("total#1",)),
    ]


def test_only_what_cost_something_is_told(tmp_path: Path) -> None:
    """Where fewer points are better, a veto that takes points away cost nothing."""
    rules = "scheme s\n  fewer points are better\nstart at 0\naward 50 if x > 1\nlimit to 20 if x > 2\n"
    bench = bench_of(tmp_path, rules, records="key,x\nr,5\n")
    assert gains(bench) == {"total#1": 20}


def test_a_blank_that_the_rules_answer_for_is_not_taken_for_open(tmp_path: Path) -> None:
    """With the blank filled in the deduction would be another one; as it stands it is 2, and certain."""
    rules = "input\n  x : number from 0 to 9\n  y : number from 0 to 10\ndeduct x, or 2 if missing\ndeduct y\n" + GRADES
    answer = for_grade(bench_of(tmp_path, rules, records="key,x,y\nr,,10\n"), "good", "y")
    assert isinstance(answer, Reaches) and (answer.to, answer.outcome.total) == ("8", 90)
