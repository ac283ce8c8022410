"""A trace as JSON and back.

Exact numbers are strings (`97.72`, `145/3`), enclosures objects with `low` and `high` (null where open), absent fields are
left out. Two runs on the same inputs give the same bytes.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from steelyard.diagnostics.render import DiagnosticJson, to_json
from steelyard.trace.model import Entry, Expr, Quantity, Result, RowRef, SourceFile, Trace, TraceCell, TraceList
from steelyard.values.canonical import Json
from steelyard.values.intervals import Interval
from steelyard.values.numbers import canonical, show
from steelyard.values.states import Absent, Datum, Unknown
from steelyard.values.targets import Actual, Target

FORMAT = "steelyard-trace/2"
FIRST_FORMAT = "steelyard-trace/1"
"""Without lists, the rows of cells, the shares of parts; still read."""


def encode_trace(trace: Trace, core: Json = None) -> dict[str, Json]:
    """The trace; with the `core` that it followed inside, where one is given (`core.encode.encode_program`)."""
    header = trace.header
    document: dict[str, Json] = {
        "format": FORMAT,
        "header": _without_nothing(
            {
                "engine": header.engine,
                "scheme": header.scheme,
                "title": header.title,
                "language": header.language,
                "fewer_better": header.fewer_better or None,
                "rules": [_file(file) for file in header.rules],
                "data": [_file(file) for file in header.data],
                "core": header.core,
                "statements": [{"part": part, "count": count} for part, count in header.statements],
                "as_of": header.as_of,
                "record": header.record,
                "batch": None if header.batch is None else {"sha256": header.batch.digest, "size": header.batch.size},
            }
        ),
        "lists": [_list(found) for found in trace.lists],
        "cells": [_cell(cell) for cell in trace.cells],
        "entries": [_entry(entry) for entry in trace.entries],
        "result": encode_result(trace.result),
        "findings": [dict(finding) for finding in encode_findings(trace)],  # type: ignore[arg-type]
    }
    return document if core is None else {**document, "core": core}


def encode_findings(trace: Trace) -> list[DiagnosticJson]:
    """In the language of the rule file, whatever the reader's: the trace is one document."""
    return [to_json(finding, trace.header.language) for finding in trace.findings]


def encode_result(result: Result) -> dict[str, Json]:
    return _without_nothing(
        {
            "total": quantity(result.total),
            "total_shown": None if result.total is None else shown(result.total),
            "computed": quantity(result.computed),
            "full": quantity(result.full),
            "grade": result.grade,
            "possible_grades": list(result.possible_grades) if result.grade is None else None,
            "status": result.status,
            "parts": [
                _without_nothing(
                    {
                        "path": part.path,
                        "name": part.name,
                        "title": part.title,
                        "kind": part.kind,
                        "inside": part.inside,
                        "full": quantity(part.full),
                        "share": quantity(part.share),
                        "score": quantity(part.score),
                        "score_shown": None if part.score is None else shown(part.score),
                        "computed": quantity(part.computed),
                        "factor": quantity(part.factor),
                        "may_be_skipped": part.may_be_skipped or None,
                        "grade": part.grade,
                        "possible_grades": list(part.possible_grades) or None,
                    }
                )
                for part in result.parts
            ],
            "blame": list(result.blame) or None,
            "causes": list(result.causes) or None,
        }
    )


def quantity(value: Quantity | None) -> Json:
    match value:
        case None:
            return None
        case Fraction():
            return canonical(value)
        case Interval(low, high):
            return {
                "low": None if low is None else canonical(low),
                "high": None if high is None else canonical(high),
            }


def shown(value: Quantity) -> str:
    return show(value) if isinstance(value, Fraction) else str(value)


def encode_value(value: Datum | Unknown) -> Json:
    """A value with its kind: numbers are strings, yes/no are booleans, the rest say what they are."""
    match value:
        case bool():
            return value
        case Fraction():
            return canonical(value)
        case str():
            return {"text": value}
        case date():
            return {"date": value.isoformat()}
        case Target(comparator, low, high, unit, text):
            return {
                "target": _without_nothing(
                    {
                        "comparator": comparator.value,
                        "low": quantity(low),
                        "high": quantity(high),
                        "unit": unit,
                        "text": text,
                    }
                )
            }
        case Actual(number, unit, truth, text):
            return {
                "actual": _without_nothing({"number": quantity(number), "unit": unit, "truth": truth, "text": text})
            }
        case Absent(cause):
            return {"absent": cause.value}
        case Unknown(causes, blame, within):
            causes_named: list[Json] = [*sorted(cause.value for cause in causes)]
            blamed: list[Json] = [*sorted(blame, key=lambda key: int(key[1:]))]
            open_ends = within == Interval(None, None)
            return {
                "unknown": _without_nothing(
                    {
                        "causes": causes_named,
                        "blame": blamed,
                        "within": None if open_ends else quantity(within),
                    }
                )
            }


def _file(file: SourceFile) -> Json:
    return {"file": file.file, "sha256": file.digest}


def _cell(cell: TraceCell) -> Json:
    return _without_nothing(
        {
            "key": cell.key,
            "name": cell.name,
            "value": encode_value(cell.datum),
            "text": cell.text,
            "unit": cell.unit,
            "file": cell.file,
            "row": cell.row,
            "column": cell.column,
            "notes": list(cell.notes) or None,
            "item": None if cell.item is None else _row(cell.item),
            "within": quantity(cell.within),
        }
    )


def _list(found: TraceList) -> Json:
    return (
        {"list": found.name, "absent": True} if found.keys is None else {"list": found.name, "keys": list(found.keys)}
    )


def _row(row: RowRef) -> Json:
    return {"list": row.rows, "key": row.key, "position": row.position}


def _entry(entry: Entry) -> Json:
    row, source = entry.row, entry.source
    return _without_nothing(
        {
            "number": entry.number,
            "kind": entry.kind,
            "rule": entry.rule,
            "part": entry.part,
            "status": entry.status,
            "row": None if row is None else _row(row),
            "source": None if source is None else {"file": source.file, "place": source.place, "text": source.text},
            "role": entry.role,
            "name": entry.name,
            "condition": None if entry.condition is None else encode_expr(entry.condition),
            "expression": None if entry.expression is None else encode_expr(entry.expression),
            "asked": quantity(entry.asked),
            "cap": quantity(entry.cap),
            "restored": quantity(entry.restored),
            "applied": quantity(entry.applied),
            "before": quantity(entry.before),
            "after": quantity(entry.after),
            "low": quantity(entry.low),
            "high": quantity(entry.high),
            "factor": quantity(entry.factor),
            "places": entry.places,
            "mode": entry.mode,
            "steps": entry.steps,
            "label": entry.label,
            "possible": list(entry.possible) or None,
            "scale": list(entry.scale) or None,
            "group": entry.group,
            "winner": entry.winner,
            "winner_row": None if entry.winner_row is None else _row(entry.winner_row),
            "left_out": list(entry.left_out) or None,
            "subjects": entry.subjects,
            "waiver": entry.waiver,
            "approver": entry.approver,
            "reason": entry.reason,
            "authority": entry.authority,
            "code": entry.code,
            "inputs": list(entry.inputs) or None,
            "blame": list(entry.blame) or None,
        }
    )


def encode_expr(expr: Expr) -> Json:
    return _without_nothing(
        {
            "op": expr.op,
            "value": encode_value(expr.value),
            "args": [encode_expr(arg) for arg in expr.args] or None,
            "ref": expr.ref,
            "percent": expr.percent or None,
            "rows": [_row(row) for row in expr.rows] or None,
        }
    )


def _without_nothing(fields: dict[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in fields.items() if value is not None}
