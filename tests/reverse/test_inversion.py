"""The interval of a score that is not printed: a score is in it if and only if the scheme gives the printed total."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reverse.reports import audited, program_of
from steelyard.core.nodes import Program
from steelyard.data.findings import Findings
from steelyard.data.model import Records
from steelyard.data.objects import to_batch
from steelyard.data.records import build
from steelyard.data.tree import Items, Members, Node, Scalar
from steelyard.pipeline import score_each
from steelyard.reverse.grades import probes
from steelyard.reverse.model import Finding
from steelyard.reverse.ranges import Range, before_clamp, before_rounding, exactly
from steelyard.reverse.steps import Add, Hold, RoundOff, forward, possible
from steelyard.values.numbers import Rounding, canonical, round_to, show_rounded

MODES = list(Rounding)
points = st.fractions(min_value=-3, max_value=3, max_denominator=60)


@given(points, points, st.booleans(), st.booleans(), st.integers(0, 2), st.sampled_from(MODES), points)
@settings(max_examples=600, deadline=None)
def test_what_rounds_into_a_range(
    a: Fraction, b: Fraction, low_in: bool, high_in: bool, places: int, mode: Rounding, value: Fraction
) -> None:
    after = Range(min(a, b), max(a, b), low_in, high_in)
    before = before_rounding(after, places, mode)
    ends = [end for end in (before.low, before.high) if end is not None]
    near = Fraction(1, 10_000)
    for tried in [value, *ends, *(end + near for end in ends), *(end - near for end in ends)]:
        assert before.holds(tried) == after.holds(round_to(tried, places, mode)), (str(after), str(before), tried)


@given(points, points, points, points, points)
def test_what_is_held_into_a_range(a: Fraction, b: Fraction, c: Fraction, d: Fraction, value: Fraction) -> None:
    after, low, high = Range(min(a, b), max(a, b), True, False), min(c, d), max(c, d)
    before = before_clamp(after, low, high)
    for tried in [value, a, b, c, d]:
        assert before.holds(tried) == after.holds(min(max(tried, low), high))


@given(
    st.lists(st.integers(1, 9), min_size=2, max_size=4),
    st.lists(st.integers(0, 10_000), min_size=4, max_size=4),
    st.integers(0, 3),
    st.sampled_from(MODES),
    st.integers(0, 2),
)
@settings(max_examples=300, deadline=None)
def test_a_sum_of_parts_is_undone_exactly(
    shares: list[int], closings: list[int], places: int, mode: Rounding, hidden: int
) -> None:
    """All scores of a grid, and the ends with what lies right beside them."""
    hidden %= len(shares)
    names = [f"p{i}" for i in range(len(shares))]
    terms = tuple((name, Fraction(share, sum(shares))) for name, share in zip(names, shares, strict=True))
    steps = (Add(terms), Hold(Fraction(0), Fraction(100)), RoundOff(places, mode))
    known = {name: exactly(Fraction(closing, 100)) for name, closing in zip(names, closings, strict=False)}
    total = forward(steps, known)[-1].point
    assert total is not None
    whole = Range(Fraction(0), Fraction(100))
    found = possible(steps, exactly(total), {**known, names[hidden]: whole}, names[hidden])
    assert found.holds(Fraction(closings[hidden], 100))
    ends = [end for end in (found.low, found.high) if end is not None]
    near = [end + by for end in ends for by in (Fraction(-1, 10**6), Fraction(0), Fraction(1, 10**6))]
    for value in [*near, *probes(ends), *(Fraction(n) for n in range(0, 101, 5))]:
        if whole.holds(value):
            gives = forward(steps, {**known, names[hidden]: exactly(value)})[-1].point
            assert found.holds(value) == (gives == total), (str(found), value)


# ---- against the engine


MODE_WORDS = {mode: mode.value for mode in MODES}


def _scheme(weight: int, places: int | None, mode: Rounding) -> str:
    rounding = (
        ""
        if places is None
        else f"  round total to {places} places, {MODE_WORDS[mode]}\n".replace("1 places", "1 place")
    )
    return (
        f'scheme s "S"\n{rounding}\nsection known, weight {weight}%\n  judged\n\nsection hidden, weight {100 - weight}%\n  judged\n'
        "\ncheck total >= 0\n"
    )


def _engine(program: Program, scores: dict[str, Fraction]) -> Fraction:
    """The total that the engine gives for two judged scores."""
    reviews = Items(tuple(
        Members({"criterion": Scalar(name), "reviewer": Scalar("r"), "score": Scalar(canonical(score)), "reason": Scalar("x")})
        for name, score in scores.items()
    ))  # fmt: skip
    tree: Node = Members({"reviewers": reviews})
    findings = Findings()
    batch = to_batch(tree, "f", program.schema, findings)
    assert batch is not None
    (record,) = build(batch, program.schema, findings)
    total = next(iter(score_each(program, Records((record,), ())))).result.total
    assert isinstance(total, Fraction), findings.all()
    return total


@given(
    weight=st.sampled_from([10, 25, 40, 50, 65]),
    known=st.integers(0, 10_000),
    hidden=st.integers(0, 10_000),
    places=st.sampled_from([0, 1, 2]),
    mode=st.sampled_from(MODES),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_score_is_in_the_interval_iff_the_engine_gives_the_printed_total(
    weight: int, known: int, hidden: int, places: int, mode: Rounding, tmp_path: Path
) -> None:
    program = program_of(_scheme(weight, places, mode))
    first = Fraction(known, 100)
    total = _engine(program, {"known": first, "hidden": Fraction(hidden, 100)})
    shown = show_rounded(total, places)
    figures = {"rows": [{"row": "known", "score": canonical(first)}, {"row": "total", "score": shown}]}
    found = _range(next(f for f in audited(program, figures, tmp_path).of("cannot") if f.kind == "score"))
    step = Fraction(1, 100)
    ends = [round_to(end, 2, Rounding.FLOOR) for end in (found.low, found.high) if end is not None]
    grid = {Fraction(n * 5) for n in range(21)} | {end + n * step for end in ends for n in range(-2, 4)}
    for value in sorted(value for value in grid if 0 <= value <= 100):
        gives = _engine(program, {"known": first, "hidden": value})
        assert found.holds(value) == (gives == total), (str(found), canonical(value))


def test_the_whole_grid_of_the_guangzhou_scheme_by_brute_force(tmp_path: Path) -> None:
    """Every score of three decimals within 1 of the interval."""
    program = program_of(_scheme(40, 2, Rounding.HALF_UP))
    figures = {"rows": [{"row": "known", "score": "97.72"}, {"row": "total", "score": "97.92"}]}
    found = _range(next(f for f in audited(program, figures, tmp_path).of("cannot") if f.kind == "score"))
    inside = [
        n
        for n in range(97_900, 98_200)
        if _engine(program, {"known": Fraction("97.72"), "hidden": Fraction(n, 1000)}) == Fraction("97.92")
    ]
    assert inside == [n for n in range(97_900, 98_200) if found.holds(Fraction(n, 1000))] == [*range(98_045, 98_062)]


def test_a_total_that_no_score_gives_is_a_contradiction(tmp_path: Path) -> None:
    program = program_of(_scheme(40, 2, Rounding.HALF_UP))
    figures = {"rows": [{"row": "known", "score": "50"}, {"row": "total", "score": "97.92"}]}
    assert [f.kind for f in audited(program, figures, tmp_path).of("contradicts")] == ["none"]


@pytest.mark.parametrize(("printed", "low", "high"), [("97.9", "97.85", "97.95"), ("97.92", "97.915", "97.925")])
def test_a_total_that_the_scheme_does_not_round_is_rounded_for_printing(
    printed: str, low: str, high: str, tmp_path: Path
) -> None:
    program = program_of(_scheme(50, None, Rounding.HALF_UP))
    figures = {"rows": [{"row": "known", "score": "97.9"}, {"row": "total", "score": printed}]}
    found = _range(next(f for f in audited(program, figures, tmp_path).of("cannot") if f.kind == "score"))
    assert found == Range(2 * Fraction(low) - Fraction("97.9"), 2 * Fraction(high) - Fraction("97.9"), True, False)


def _range(finding: Finding) -> Range:
    exact = finding.exact
    return Range(
        Fraction(exact["low"]), Fraction(exact["high"]), exact["low_included"] == "yes", exact["high_included"] == "yes"
    )
