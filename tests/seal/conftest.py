from __future__ import annotations

import json
from pathlib import Path

import pytest

from steelyard.pipeline import load_bytes, read_data, score
from steelyard.seal.batch import Head, Leaf, Plan, head_over, leaves
from steelyard.trace.encode import encode_trace
from steelyard.values.canonical import Json

RULES = """\
input
  qualified : yes/no
  rate "execution rate" : number, in %, from 0 to 200
  reports "late reports" : whole number
  supplier : text

let short = 100% - rate

criterion staff "Staff", 40 points
  zero if not qualified
    because "not qualified"
criterion money "Money", 50 points
  deduct short * 10 if rate < 95%, up to 20
    because "{rate} is below 95%, {short} short"
  deduct 2 for each reports, up to 10
    except if waived
criterion best, 10 points
  deduct 5 if rate < lowest(all.rate) + 1%
check supplier = "Acme"
"""
DATA = """\
unit,qualified,rate,reports,supplier,waived,waived reason,waived approver
North,yes,91.5%,1,Acme,yes,flood in May,Zhang San
South,no,99%,3,Beta,,,
West,yes,,0,Acme,,,
East,yes,88.25%,2,Acme,,,
Centre,no,95%,7,Gamma,,,
"""
SECRET = bytes(range(32))
FIELDS = ("rate", "qualified", "supplier", ":people", ":reasons", ":record")

Traces = list[dict[str, Json]]


@pytest.fixture(scope="session")
def traces(tmp_path_factory: pytest.TempPathFactory) -> Traces:
    """A batch of five records, as the documents that `score --trace` writes."""
    data = tmp_path_factory.mktemp("seal") / "units.csv"
    data.write_text(DATA, encoding="utf-8")
    program = load_bytes("units.rules", RULES.encode()).program
    assert program is not None
    found = [encode_trace(trace) for trace in score(program, read_data(program, data)).traces]
    return [json.loads(json.dumps(trace)) for trace in found]


@pytest.fixture(scope="session")
def plan() -> Plan:
    return Plan("sha256", FIELDS, SECRET)


@pytest.fixture(scope="session")
def sealed(traces: Traces, plan: Plan) -> tuple[Head, list[Leaf]]:
    """The batch with fields that can be hidden."""
    found = list(leaves(traces, plan))
    return head_over((leaf.hash for leaf in found), plan), found


@pytest.fixture
def folder(tmp_path: Path, traces: Traces, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with the batch as a trace file."""
    from steelyard.seal.documents import as_file

    (tmp_path / "traces.jsonl").write_bytes(b"".join(as_file(trace) for trace in traces))
    monkeypatch.chdir(tmp_path)
    return tmp_path
