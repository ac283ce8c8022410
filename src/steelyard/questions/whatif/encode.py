"""The answers as JSON: exact numbers are strings, as in the trace."""

from __future__ import annotations

import json
from collections.abc import Sequence

from steelyard.diagnostics.model import Diagnostic, Language
from steelyard.diagnostics.wording import message, severity_of
from steelyard.questions.whatif.bench import Bench, Outcome
from steelyard.questions.whatif.change import Changed
from steelyard.questions.whatif.goals import Holding
from steelyard.questions.whatif.reach import Answer, Falls, Open, Reaches
from steelyard.questions.whatif.recover import Recoverable
from steelyard.questions.whatif.sweep import Piece, Sample, Sweep
from steelyard.trace.encode import quantity
from steelyard.values.canonical import Json
from steelyard.values.numbers import canonical

FORMAT = "steelyard-what-if/1"


def document(bench: Bench, question: str, answer: dict[str, Json]) -> str:
    header = bench.base.header
    found: dict[str, Json] = {
        "format": FORMAT,
        "scheme": header.scheme,
        "rules": [{"file": f.file, "sha256": f.digest} for f in header.rules],
        "record": header.record,
        "question": question,
        "now": outcome_json(bench.outcome),
        **answer,
    }
    return json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def outcome_json(outcome: Outcome) -> Json:
    possible: list[Json] = [*outcome.possible]
    return {"total": quantity(outcome.total), "grade": outcome.grade, **({"possible": possible} if possible else {})}


def recoverable_json(found: Sequence[Recoverable], left: int) -> dict[str, Json]:
    return {
        "recoverable": [
            {
                "rule": one.entry.rule,
                "part": one.entry.part,
                "rows": one.rows,
                "how": one.how,
                "gain": None if one.gain is None else canonical(one.gain),
                "then": outcome_json(one.outcome),
                "change": None if one.change is None else answer_json(one.change),
            }
            for one in found
        ],
        "left_out": left,
    }


def reach_json(
    wanted: str, answers: Sequence[Answer], unsearched: Sequence[str], left: int, held: Holding | None = None
) -> dict[str, Json]:
    order = {Reaches: 0, Open: 1, Falls: 2}
    ranked = sorted(answers, key=lambda a: (order[type(a)], a.relative if isinstance(a, Reaches) else 0))
    names: list[Json] = [*unsearched]
    rules: list[Json] = [] if held is None else [entry.rule for entry in held.entries]
    return {
        "wanted": wanted,
        **({"held_by": rules} if rules else {}),
        "answers": [answer_json(a) for a in ranked],
        "unsearched": names,
        "left_out": left,
    }


def answer_json(answer: Answer) -> Json:
    match answer:
        case Reaches():
            before = answer.neighbour
            return {
                "input": answer.name,
                "answer": "reaches",
                "was": answer.was,
                "to": answer.to,
                "size": canonical(answer.size),
                "unit": answer.unit,
                "relative": canonical(answer.relative),
                "then": outcome_json(answer.outcome),
                "before": None if before is None else {"text": before.text, "then": outcome_json(before.outcome)},
                "threshold": answer.threshold,
                "up_to": answer.up_to,
                "step": None if answer.step is None else answer.step.text,
            }
        case Falls():
            return {
                "input": answer.name,
                "answer": "cannot",
                "was": answer.was,
                "best": answer.best,
                "then": None if answer.outcome is None else outcome_json(answer.outcome),
                "proved": answer.proved,
                "no_effect": answer.idle,
                "step": None if answer.step is None else answer.step.text,
            }
        case Open():
            return {
                "input": answer.name,
                "answer": "not decided",
                "was": answer.was,
                "beyond_below": answer.below,
                "beyond_above": answer.above,
                "steps": answer.steps,
            }


def changed_json(found: Changed, language: Language) -> dict[str, Json]:
    return {
        "set": [{"input": one.name, "was": one.was, "to": one.to} for one in found.settings],
        "then": outcome_json(found.after),
        "parts": [
            {"part": one.part.path, "from": quantity(one.was), "to": quantity(one.now)} for one in found.parts
        ],
        "rules": [
            {
                "rule": one.entry.rule,
                "part": one.entry.part,
                "row": None if one.entry.row is None else one.entry.row.key,
                "how": one.how,
                "from": quantity(one.was),
                "to": quantity(one.now),
                **({"lacks": [*one.lacks]} if one.lacks else {}),
            }
            for one in found.rules
        ],
        "findings": [finding_json(finding, language) for finding in found.findings],
    }  # fmt: skip


def finding_json(finding: Diagnostic, language: Language) -> Json:
    place = None if finding.place is None else str(finding.place)
    return {
        "code": finding.code,
        "severity": severity_of(finding).value,
        "message": message(finding, language),
        "place": place,
        "rule": finding.rule,
    }


def sweep_json(found: Sweep) -> dict[str, Json]:
    return {
        "input": found.name,
        "was": found.was,
        "step": found.step,
        "values": len(found.samples),
        "pieces": [_piece(piece) for piece in found.pieces],
    }


def _piece(piece: Piece) -> Json:
    rules: list[Json] = [*piece.first.rules]
    return {
        "from": _sample(piece.first),
        "to": _sample(piece.last),
        "points": piece.points,
        "per_step": canonical(piece.slope),
        "rules": rules,
    }


def _sample(sample: Sample) -> Json:
    value = None if sample.value is None else canonical(sample.value)
    return {"text": sample.text, "value": value, "then": outcome_json(sample.outcome)}
