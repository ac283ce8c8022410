"""Amendments: what is replaced, added and removed, and what cannot be."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from expand.expanding import codes, in_folder
from steelyard.expand.model import Expanded
from steelyard.expand.tree import walk
from steelyard.syntax import nodes as n

BASE = """scheme city "City"
  round total to 1 places

parameter base = 5

input
  late : yes/no
  faults : number

section management, 60 points
  criterion report, 40 points
    deduct 2 if late, as late
    for each r in rows
      deduct 1 if r.bad, as bad
    together, up to 5, as both
      deduct base, as first
      deduct 2, as second
  criterion plan, 20 points
    let rate = faults / 2
    deduct rate

section results, 40 points
  criterion report, 40 points
    deduct faults

grade
  "good" from 80
  "poor" otherwise

example "of the base"
  given late = yes
  expect total = 98
"""


def amended(folder: Path, changes: str, before: str = "", after: str = "", base: str = BASE) -> Expanded:
    return in_folder(folder, main=f'{before}amend "base.rules"\n{changes}{after}', base=base)


def outline(found: Expanded) -> str:
    """The parts and their statements, as they stand after the changes."""

    def told(part: n.Part) -> str:
        inner = [*(told(inner) for inner in part.parts), *(statement(s) for s in part.statements)]
        return f"{part.name.name}({', '.join(inner)})"

    def statement(node: n.Statement) -> str:
        if isinstance(node, n.ForEach | n.Together):
            return f"[{', '.join(statement(inner) for inner in node.body)}]"
        assert isinstance(node, n.Deduct | n.Let), node
        return f"{type(node).__name__.lower()} {(node.amount if isinstance(node, n.Deduct) else node.value).span.text}"

    file = found.parsed.file
    return " ".join([*(told(part) for part in file.parts), *(statement(s) for s in file.statements)])


UNCHANGED = (
    "management(report(deduct 2, [deduct 1], [deduct base, deduct 2]), plan(let faults / 2, deduct rate)) "
    "results(report(deduct faults))"
)


def test_without_changes_it_is_the_base(tmp_path: Path) -> None:
    found = amended(tmp_path, "")
    assert codes(found) == []
    assert outline(found) == UNCHANGED
    assert found.parsed.file.schemes[0].name.name == "city"
    assert len(found.parsed.file.inputs) == len(found.parsed.file.grades) == 1
    assert found.parsed.file.examples == ()
    assert found.parsed.file.source.name == "main.rules"


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ("  replace deduct 3 if late, as late\n", UNCHANGED.replace("deduct 2, [deduct 1]", "deduct 3, [deduct 1]")),
        ("  replace deduct 9, as bad\n", UNCHANGED.replace("[deduct 1]", "[deduct 9]")),
        ("  replace deduct 7, as second\n", UNCHANGED.replace("deduct base, deduct 2", "deduct base, deduct 7")),
        ("  replace deduct 4, as both\n", UNCHANGED.replace("[deduct base, deduct 2]", "deduct 4")),
        ("  replace let rate = faults\n", UNCHANGED.replace("let faults / 2", "let faults")),
        ("  remove late\n", UNCHANGED.replace("deduct 2, [deduct 1]", "[deduct 1]")),
        ("  remove management.report.bad\n", UNCHANGED.replace("[deduct 1]", "[]")),
        ("  remove report.first\n", UNCHANGED.replace("deduct base, deduct 2", "deduct 2")),
        ("  remove results\n", UNCHANGED.replace(" results(report(deduct faults))", "")),
        ("  remove results.report\n", UNCHANGED.replace("report(deduct faults)", "")),
        ("  replace criterion plan, 30 points\n    deduct 1\n", UNCHANGED.replace("plan(let faults / 2, deduct rate)", "plan(deduct 1)")),
        ("  add criterion new, 5 points\n    deduct 1\n", UNCHANGED + " new(deduct 1)"),
        ("  add deduct 1 if late\n", UNCHANGED + " deduct 1"),
        ("  add to plan\n    deduct 8\n", UNCHANGED.replace("deduct rate", "deduct rate, deduct 8")),
        ("  add to results.report\n    deduct 8\n", UNCHANGED.replace("deduct faults", "deduct faults, deduct 8")),
        ("  add to results\n    criterion new, 5 points\n      deduct 1\n",
         UNCHANGED.replace("report(deduct faults))", "report(deduct faults), new(deduct 1))")),
        ("  add to plan\n    deduct 8, as eight\n  remove eight\n", UNCHANGED),
        ("  replace criterion plan, 20 points\n    deduct 1, as one\n  replace deduct 2, as one\n",
         UNCHANGED.replace("plan(let faults / 2, deduct rate)", "plan(deduct 2)")),
        ("  remove management\n  remove report\n", "results()"),
    ],
)  # fmt: skip
def test_changes_are_made_in_their_order(tmp_path: Path, changes: str, result: str) -> None:
    found = amended(tmp_path, changes)
    assert [code for code in codes(found) if code != "W140"] == []
    assert outline(found) == result


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ("  remove nothing\n", "N139"),
        ("  remove results.late\n", "N139"),
        ("  replace deduct 1, as lat\n", "N139"),
        ("  remove late\n  remove late\n", "N139"),
        ("  remove management\n  remove late\n", "N139"),
        ("  add to late\n    deduct 1\n", "N139"),
        ("  replace criterion late, 5 points\n    deduct 1\n", "N139"),
        ("  remove report\n", "N140"),
        ("  add to report\n    deduct 1\n", "N140"),
        ("  replace criterion report, 5 points\n    deduct 1\n", "N140"),
        ("  replace deduct 1\n", "N141"),
    ],
)
def test_a_target_must_be_there_exactly_once(tmp_path: Path, changes: str, code: str) -> None:
    assert [c for c in codes(amended(tmp_path, changes)) if c != "W140"] == [code]


def test_the_name_that_was_meant_is_suggested(tmp_path: Path) -> None:
    (diagnostic,) = amended(tmp_path, "  remove plann\n").parsed.diagnostics
    assert diagnostic.fixes[0].facts["name"] == "plan"


def test_rules_of_its_own_stand_under_amend(tmp_path: Path) -> None:
    for own in ("deduct 1\n", "criterion a, 5 points\n  deduct 1\n"):
        assert codes(amended(tmp_path, "", after=own)) == ["N137"]


def test_it_may_have_a_head_inputs_grades_parameters_and_examples_of_its_own(tmp_path: Path) -> None:
    found = amended(
        tmp_path, "  add to plan\n    deduct extra + base + more\n", before='scheme district "District"\n',
        after='parameter base = 6\nparameter more = 7\ninput\n  extra : number\ngrade\n  "all" from 0\n'
        'example "own"\n  given extra = 1\n  expect total = 1\n',
    )  # fmt: skip
    file = found.parsed.file
    assert codes(found) == []
    assert file.schemes[0].name.name == "district"
    assert [field.name.name for field in file.inputs[0].fields] == ["late", "faults", "extra"]
    assert [row.label.value for row in file.grades[0].rows] == ["all"]
    assert [example.title.value for example in file.examples] == ["own"]
    assert {"6", "7"} <= {str(node.value) for part in file.parts for node in numbers(part)}


def numbers(node: n.Node) -> list[n.Number]:
    return [found for found, _ in walk(node) if isinstance(found, n.Number)]


def test_an_amended_file_may_be_amended(tmp_path: Path) -> None:
    found = in_folder(
        tmp_path,
        main='amend "middle.rules"\n  remove late\n',
        middle='amend "base.rules"\n  remove results\n',
        base=BASE,
    )
    assert codes(found) == []
    assert "results" not in outline(found)
    assert [source.name for source in found.sources] == ["middle.rules", "base.rules"]


def test_a_file_amends_one_other(tmp_path: Path) -> None:
    found = in_folder(tmp_path, main='amend "base.rules"\namend "other.rules"\n', base=BASE, other="deduct 1\n")
    assert codes(found) == ["N138"]


def test_a_file_that_is_not_there_leaves_nothing_to_say(tmp_path: Path) -> None:
    found = in_folder(tmp_path, main='amend "gone.rules"\n  remove late\n')
    assert codes(found) == ["N130"]
    assert found.broken


def test_base_and_amendment_may_use_the_same_file(tmp_path: Path) -> None:
    found = in_folder(
        tmp_path, main='use "rates.rules"\namend "base.rules"\n  add deduct base\n',
        base='use "rates.rules"\ndeduct base\n', rates="parameter base = 5\n",
    )  # fmt: skip
    assert codes(found) == []


def test_many_changes_end_in_time(tmp_path: Path) -> None:
    base = "".join(f"criterion c{i}, 1 points\n  deduct 1, as d{i}\n" for i in range(1_500))
    changes = "".join(f"  replace deduct 2, as d{i}\n  remove c{i}\n  remove x{i}\n" for i in range(1_500))
    began = time.process_time()
    found = amended(tmp_path, changes, base=base)
    assert time.process_time() - began < 4
    assert set(codes(found)) == {"N139"}
