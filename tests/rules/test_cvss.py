"""Every vector of CVSS 3.1 there is, through the scheme of the library: the published base score, exactly."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from fractions import Fraction
from itertools import product
from math import ceil, floor
from pathlib import Path

import pytest

from steelyard import pipeline
from steelyard.pipeline import Scored
from steelyard.trace.model import Trace

FOLDER = Path(__file__).parents[2] / "rules" / "cvss-3.1"
VECTORS = FOLDER / "data" / "vectors.csv"
METRICS = {"AV": "NALP", "AC": "LH", "PR": "NLH", "UI": "NR", "S": "UC", "C": "HLN", "I": "HLN", "A": "HLN"}
SIZE = 2592

Row = dict[str, str]


def rows() -> list[Row]:
    with VECTORS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def scored(data: Path) -> Scored:
    loaded = pipeline.load(FOLDER / "scheme.rules")
    assert loaded.program is not None
    return pipeline.score(loaded.program, pipeline.read_data(loaded.program, data))


@pytest.fixture(scope="module")
def whole() -> Scored:
    return scored(VECTORS)


def test_the_file_holds_every_vector_once() -> None:
    written = [tuple(row[metric] for metric in METRICS) for row in rows()]
    assert len(written) == SIZE
    assert set(written) == set(product(*METRICS.values()))
    for row in rows():
        assert row["vector"] == "CVSS:3.1/" + "/".join(f"{metric}:{row[metric]}" for metric in METRICS)


def test_every_published_score_comes_out(whole: Scored) -> None:
    published = {row["vector"]: Fraction(row["published"]) for row in rows()}
    exact = [trace for trace in whole.traces if trace.result.total == published[trace.header.record]]
    assert len(exact) == len(whole.traces) == SIZE
    assert {trace.result.status for trace in whole.traces} == {"final"}
    assert whole.findings == () and not any(trace.findings for trace in whole.traces)


def test_the_command_of_the_readme_says_so() -> None:
    """Status 0, and the last lines as the README shows them: every record final, and no finding."""
    code = "from steelyard.cli.main import main; main()"
    arguments = ["score", str(FOLDER / "scheme.rules"), str(VECTORS), "--lang", "en"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, encoding="utf-8", timeout=60, check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    shown = (FOLDER / "README.md").read_text(encoding="utf-8").split("```text\n")[1].split("```")[0]
    assert f"{SIZE} records: {SIZE} final" in shown and "no findings" in shown
    assert done.stdout.endswith(shown)


def test_every_severity_is_that_of_its_score(whole: Scored) -> None:
    """The bands of the specification, over tenths of a point."""
    bands = {"None": range(1), "Low": range(1, 40), "Medium": range(40, 70), "High": range(70, 90)}
    bands["Critical"] = range(90, 101)
    for trace in whole.traces:
        assert isinstance(trace.result.total, Fraction) and trace.result.grade
        assert trace.result.total * 10 in bands[trace.result.grade], trace.header.record


def test_rounding_up_exactly_is_the_roundup_of_appendix_a(whole: Scored) -> None:
    """The appendix rounds to five decimals first, against binary noise. Over all vectors that changes nothing: a score is on
    a tenth, or farther above one than five decimals can hide."""
    distances = []
    for trace in whole.traces:
        unrounded = base_score(trace)
        assert trace.result.total == appendix_a(unrounded) == Fraction(ceil(unrounded * 10), 10)
        distances.append(unrounded - Fraction(floor(unrounded * 10), 10))
    assert sum(1 for distance in distances if distance == 0) == 103
    assert min(distance for distance in distances if distance) == Fraction("0.000320195")
    assert appendix_a(Fraction("4.000003")) == 4 < Fraction(ceil(Fraction("40.00003")), 10)


def base_score(trace: Trace) -> Fraction:
    """What Roundup is asked to round, from the values that the trace holds."""
    lets = {entry.name: entry.expression.value for entry in trace.entries if entry.kind == "let" and entry.expression}
    impact, exploitability = lets["Impact"], lets["Exploitability"]
    assert isinstance(impact, Fraction) and isinstance(exploitability, Fraction)
    factor = Fraction("1.08") if "/S:C/" in trace.header.record else 1
    return min(factor * (impact + exploitability), Fraction(10)) if impact > 0 else Fraction(0)


def appendix_a(score: Fraction) -> Fraction:
    """The integer form of Roundup in Appendix A of the specification."""
    hundred_thousandths = floor(score * 100000 + Fraction(1, 2))
    if hundred_thousandths % 10000 == 0:
        return Fraction(hundred_thousandths, 100000)
    return Fraction(hundred_thousandths // 10000 + 1, 10)


def test_a_published_score_that_is_nudged_is_found(tmp_path: Path) -> None:
    """One digit of one score of the whole file: that vector is told, and no other."""
    changed = rows()
    nudged = changed[1000]
    assert nudged["published"] == "7.1"
    nudged["published"] = "7.2"
    data = tmp_path / "vectors.csv"
    with data.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(changed[0]))
        writer.writeheader()
        writer.writerows(changed)
    found = scored(data)
    told = [trace for trace in found.traces if trace.findings]
    assert [trace.header.record for trace in told] == [nudged["vector"]]
    assert [finding.code for finding in told[0].findings] == ["F101"]
    assert told[0].result.status == "not final"
    assert told[0].result.total == Fraction("7.1")
