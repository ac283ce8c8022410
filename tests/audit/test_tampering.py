"""Changed traces are found out: by the arithmetic alone where a number of the score was touched, with rules and data always.

2,000 changes over 100 traces in the ordinary run. The 100,000 of the design, with their counts by class, take one command:

    TIMES=50 pytest -s tests/audit/test_tampering.py
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from hashlib import sha256
from random import Random

from audit.corpus import Document, Sample, pairs
from audit.tampering import CLASSES, differences, matters
from properties.sampling import TIMES
from steelyard.audit import verify as alone
from steelyard.pipeline import load
from steelyard.questions.again import run_again

TRACES = 100
CHANGES = 2_000 * TIMES

UNDETERMINED = {"header/engine", "header/as_of"}
"""What neither rules nor data determine: the version of the engine, and the day, where any other gives the same score."""

Path = str


def test_what_touches_the_score_is_always_seen_and_with_rules_and_data_all_is() -> None:
    counts, escaped = count(CHANGES)
    print(f"\n{table(counts)}\n\nundetected by the file: {escaped.most_common()}")
    assert sum(counts["made"].values()) + sum(counts["no JSON"].values()) == CHANGES


def count(changes: int) -> tuple[dict[str, Counter[str]], Counter[Path]]:
    """How many changes of each class were made, and went undetected by what; fields whose change escaped the file alone."""
    chance = Random(5)
    counts = {name: Counter[str]() for name in COLUMNS}
    escaped: Counter[Path] = Counter()
    for sample, trace in chance.sample(pairs(), TRACES):
        for _ in range(changes // TRACES):
            name, changed = change(trace, chance)
            if changed is None:
                counts["no JSON"][name] += 1
                continue
            counts["made"][name] += 1
            place = judge(sample, trace, changed, name, counts)
            escaped.update([place] if place else [])
    return counts, escaped


COLUMNS = {
    "made": "changes that leave JSON",
    "no JSON": "no JSON",
    "arithmetic": "undetected by arithmetic",
    "matter": "of these touching the score",
    "file": "undetected by the file with core and data",
    "command": "undetected by the command with rules and data",
}


def change(trace: Document, chance: Random) -> tuple[str, Document | None]:
    """A change of any class; another one is drawn where the first had nothing to act on or changed nothing."""
    while True:
        name = chance.choice(list(CLASSES))
        found = CLASSES[name](trace, chance)
        if (found is None and name == "byte") or (found is not None and found != trace):
            return name, found


def judge(
    sample: Sample, trace: Document, changed: Document, name: str, counts: dict[str, Counter[str]]
) -> Path | None:
    """Verify at all levels; what must never happen fails here. The field where the change escaped the file, if it did."""
    if readable(changed) and not alone.verify(changed)[0]:
        counts["arithmetic"][name] += 1
        assert not matters(trace, changed), (sample.name, name, list(differences(trace, changed)))
        if not alone.verify(changed, sample.core, sample.files)[0]:
            counts["file"][name] += 1
            place = field(trace, changed)
            if not differs_from_a_fresh_run(sample, trace, changed):
                counts["command"][name] += 1
                assert place in UNDETERMINED, (sample.name, name, list(differences(trace, changed)))
            return place
    return None


def differs_from_a_fresh_run(sample: Sample, trace: Document, changed: Document) -> bool:
    """As the command runs it: for the day that the trace says."""
    said, program = changed["header"].get("as_of"), sample.program
    try:
        day = None if said is None else date.fromisoformat(said)
    except (TypeError, ValueError):
        day = None
    if said != trace["header"].get("as_of"):
        loaded = load(sample.rules, day).program
        if loaded is None:
            return True
        program = loaded
    return bool(run_again(program, sample.records, day, changed))


def readable(changed: Document) -> bool:
    """Another format is refused before anything is verified."""
    return isinstance(changed, dict) and changed.get("format") == alone.FORMAT


def field(trace: Document, changed: Document) -> Path:
    return "/".join(str(step) for step in next(differences(trace, changed)) if isinstance(step, str))


def table(counts: dict[str, Counter[str]]) -> str:
    lines = [["class", *COLUMNS.values()], ["---"] * (len(COLUMNS) + 1)]
    lines += [[name, *(f"{counts[column][name]:,}" for column in COLUMNS)] for name in CLASSES]
    lines += [["all", *(f"{sum(counts[column].values()):,}" for column in COLUMNS)]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def test_a_core_rewritten_inside_the_trace_is_caught_by_the_rules() -> None:
    """Its digest is made again, as a forger would; then only the genuine rules tell."""
    chance = Random(6)
    for sample, trace in chance.sample(pairs(), TRACES):
        core = json.loads(json.dumps(sample.core))
        core["total"]["body"].append(core["total"]["body"][-1])
        digest = sha256(digested(core).encode("utf-8", "surrogatepass")).hexdigest()
        for header in (trace["header"], trace["header"] | {"core": digest}):
            forged = trace | {"header": header, "core": core}
            assert any(
                found[3].startswith("the core inside") for found in alone.verify(forged, sample.core, sample.files)[0]
            ), sample.name


def digested(core: Document) -> str:
    """What the digest of a core is of."""
    named = {name: core[name] for name in ("total", "batch", "batch by")}
    return json.dumps(named, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
