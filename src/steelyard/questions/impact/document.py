"""`impact` as JSON: every number an exact string, keys the same in every language."""

from __future__ import annotations

import json
from fractions import Fraction

from steelyard.questions.impact.model import Impact, Line, Outcome, RecordImpact
from steelyard.questions.impact.sums import StepSum, sums_of
from steelyard.trace.model import Quantity
from steelyard.values.canonical import Json
from steelyard.values.numbers import canonical

FORMAT = "steelyard-impact/1"
ORDER = "each step on top of those before it, in the order of the new rules, removed statements where they stood"


def impact_json(impact: Impact, old: str, new: str) -> str:
    """The whole of it, all records."""
    changes = [record.change for record in impact.records if record.change is not None]
    document: dict[str, Json] = {
        "format": FORMAT,
        "old": {"file": old, "core": impact.old_core},
        "new": {"file": new, "core": impact.new_core},
        "order": ORDER,
        "moved": {
            "up": sum(change > 0 for change in changes),
            "down": sum(change < 0 for change in changes),
            "not_attributed": sum(record.unattributed for record in impact.records),
            "points": canonical(sum(changes, Fraction(0))),
        },
        "grades": [
            {"from": old, "to": new, "records": count} for (old, new), count in sorted(impact.grade_moves.items(), key=str)
        ],
        "steps": [
            {"number": number, "kind": step.kind, "statements": [_line(line) for line in step.lines]}
            for number, step in enumerate(impact.steps, 1)
        ],
        "sums": [_sum(found) for found in sums_of(impact)],
        "quiet": [
            {"kind": "check", **_line(q.line), "findings": {"old": q.findings[0], "new": q.findings[1]}}
            if q.is_check
            else {"kind": "words", **_line(q.line)}
            for q in impact.quiet
        ],
        "readings": [{"record": r.record, "name": r.name, "text": r.text} for r in impact.readings],
        "records": [_record(record) for record in impact.records],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _line(line: Line) -> dict[str, Json]:
    return {
        "rule": line.rule,
        "old": None if line.old is None else {"text": line.old, "place": line.old_place},
        "new": None if line.new is None else {"text": line.new, "place": line.new_place},
    }


def _sum(found: StepSum) -> Json:
    return {
        "steps": _numbers(found.steps),
        "points": canonical(found.points),
        "records": found.records,
        "least": canonical(found.low),
        "greatest": canonical(found.high),
        "grades": found.regraded,
    }


def _numbers(steps: tuple[int, ...]) -> list[Json]:
    return [number + 1 for number in steps]


def _record(record: RecordImpact) -> Json:
    return {
        "record": record.record,
        "old": _outcome(record.old),
        "new": _outcome(record.new),
        "change": None if record.change is None else canonical(record.change),
        "shares": [{"steps": _numbers(s.steps), "points": canonical(s.points)} for s in record.shares],
        "grades": [{"steps": _numbers(g.steps), "from": g.old, "to": g.new} for g in record.grades],
    }


def _outcome(outcome: Outcome | None) -> Json:
    if outcome is None:
        return None
    possible: list[Json] = list(outcome.possible)
    return {"total": _quantity(outcome.total), "grade": outcome.grade, "possible_grades": possible}


def _quantity(quantity: Quantity | None) -> Json:
    if quantity is None or isinstance(quantity, Fraction):
        return None if quantity is None else canonical(quantity)
    low, high = (None if end is None else canonical(end) for end in (quantity.low, quantity.high))
    return {"low": low, "high": high}
