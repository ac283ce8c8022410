"""A named rule keeps its id through edits of the rules around it; rules without a name are numbered, and that is said."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard import pipeline
from steelyard.trace.model import Entry, Trace

INPUT = "input\n  late : yes/no\n  thin : yes/no\n  errors : whole number\n\n"
NAMED = {
    "lateness": "deduct 4 if late, as lateness",
    "thinness": "deduct 3 if thin, as thinness",
    "faults": "deduct 1 * errors, up to 2, as faults",
    "hopeless": "zero if errors > 90, as hopeless",
    "checked": "check errors < 50, as checked",
}
UNNAMED = (
    "deduct 1 if late",
    "deduct 0.5 * errors, up to 1",
    "limit to 8 if thin",
    "check errors < 100",
    "let many = errors > 3",
)
RECORD = {"late": True, "thin": True, "errors": 4}


def trace_of(statements: list[str], folder: Path) -> Trace:
    rules = folder / "s.rules"
    lines = "".join(f"  {statement}\n" for statement in statements)
    rules.write_text(
        f"{INPUT}criterion report, 20 points\n{lines}criterion other, 80 points\n  deduct 1 if late\n", encoding="utf-8"
    )
    loaded = pipeline.load(rules)
    assert loaded.program is not None, [d.code for d in loaded.diagnostics]
    data = folder / "d.json"
    data.write_text(json.dumps(RECORD), encoding="utf-8")
    (trace,) = pipeline.score(loaded.program, pipeline.read_data(loaded.program, data)).traces
    return trace


def by_text(trace: Trace) -> dict[str, Entry]:
    return {entry.source.text: entry for entry in trace.entries if entry.source is not None and entry.part == "report"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations([*NAMED.values(), *UNNAMED]), st.sets(st.sampled_from(UNNAMED)))
def test_a_named_rule_keeps_its_id_wherever_it_stands_and_whatever_stands_around_it(
    tmp_path: Path, order: list[str], left_out: set[str]
) -> None:
    entries = by_text(trace_of([statement for statement in order if statement not in left_out], tmp_path))
    for name, text in NAMED.items():
        assert entries[text].rule == f"report:{name}"


def test_a_named_rule_says_the_same_when_others_are_inserted_and_removed(tmp_path: Path) -> None:
    plain = by_text(trace_of(list(NAMED.values()), tmp_path))
    more = by_text(trace_of([*UNNAMED[2:], *NAMED.values()], tmp_path))
    for text in NAMED.values():
        for field in ("rule", "kind", "status", "condition", "asked", "role"):
            told, told_again = getattr(plain[text], field), getattr(more[text], field)
            if field == "condition" and told is not None:  # Keys of cells are given in the order of first use.
                assert told.value == told_again.value
            else:
                assert told == told_again, (text, field)


def test_a_rule_without_a_name_is_numbered_and_what_is_put_before_it_renumbers_it(tmp_path: Path) -> None:
    first, second = "deduct 2 if thin", "deduct 1 if late"
    assert by_text(trace_of([second], tmp_path))[second].rule == "report#1"
    assert by_text(trace_of([first, second], tmp_path))[second].rule == "report#2"
    assert by_text(trace_of([second, first], tmp_path))[second].rule == "report#1"
    # A named one counts too, so that giving a name renumbers nothing.
    assert by_text(trace_of([NAMED["thinness"], second], tmp_path))[second].rule == "report#2"


@pytest.mark.parametrize("name", ["lateness", "faults"])
def test_giving_a_rule_a_name_changes_no_other_id(name: str, tmp_path: Path) -> None:
    statements = [NAMED[name], *UNNAMED]
    unnamed = [NAMED[name].replace(f", as {name}", ""), *UNNAMED]
    named, before = by_text(trace_of(statements, tmp_path)), by_text(trace_of(unnamed, tmp_path))
    for text in UNNAMED:
        assert named[text].rule == before[text].rule


def test_what_is_of_another_kind_renumbers_nothing(tmp_path: Path) -> None:
    for several in itertools.chain.from_iterable(itertools.combinations(UNNAMED[2:], size) for size in range(4)):
        entries = by_text(trace_of([*several, "deduct 1 if late"], tmp_path))
        assert entries["deduct 1 if late"].rule == "report#1"


def test_a_rule_that_is_moved_into_another_part_gets_the_id_of_that_part(tmp_path: Path) -> None:
    text = "deduct 4 if late, as lateness"
    rules = tmp_path / "s.rules"
    for part in ("a", "b"):
        parts = "".join(
            f"criterion {name}, 50 points\n  {text if name == part else 'deduct 1 if late'}\n" for name in "ab"
        )
        rules.write_text(f"{INPUT}{parts}", encoding="utf-8")
        program = pipeline.load(rules).program
        assert program is not None
        data = tmp_path / "d.json"
        data.write_text(json.dumps(RECORD), encoding="utf-8")
        (trace,) = pipeline.score(program, pipeline.read_data(program, data)).traces
        assert [entry.rule for entry in trace.entries if entry.source and entry.source.text == text] == [
            f"{part}:lateness"
        ]
