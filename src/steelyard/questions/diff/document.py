"""`diff` as JSON: numbers as exact strings, entries by rule, part and row, with the numbers of their causes."""

from __future__ import annotations

import json
from fractions import Fraction

from steelyard.questions.diff.model import Cause, Changed, Diff, Pair, PartChange
from steelyard.trace.encode import encode_value
from steelyard.trace.model import Entry, Expr, PartResult, Quantity, RowRef, Trace
from steelyard.values.canonical import Json
from steelyard.values.intervals import Interval
from steelyard.values.numbers import canonical

FORMAT = "steelyard-diff/1"


def diff_json(found: Diff) -> str:
    """The whole of it."""
    document: dict[str, Json] = {
        "format": FORMAT,
        "same": found.same,
        "old": _side(found.old),
        "new": _side(found.new),
        "rules": [{"file": f, "old": a, "new": b} for f, a, b in found.files("rules")],
        "data": [{"file": f, "old": a, "new": b} for f, a, b in found.files("data")],
        "causes": [_cause(number, cause) for number, cause in enumerate(found.causes, 1)],
        "entries": [_entry(changed) for changed in found.changed],
        "parts": [_part(change) for change in found.parts],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _side(trace: Trace) -> Json:
    header, result = trace.header, trace.result
    possible: list[Json] = list(result.possible_grades)
    return {
        "scheme": header.scheme,
        "record": header.record,
        "core": header.core,
        "as_of": header.as_of,
        "engine": header.engine,
        "total": _quantity(result.total),
        "grade": result.grade,
        "possible_grades": possible,
        "status": result.status,
    }


def _cause(number: int, cause: Cause) -> Json:
    return {
        "number": number,
        "of": cause.side,
        "kind": cause.kind,
        "name": cause.name,
        "old": cause.old,
        "new": cause.new,
        "old_place": cause.old_place,
        "new_place": cause.new_place,
    }


def _entry(changed: Changed) -> Json:
    entry = changed.pair.entry
    causes: list[Json] = [number + 1 for number in changed.causes]
    return {
        "rule": entry.rule,
        "part": entry.part,
        "kind": entry.kind,
        "row": None if entry.row is None else {"list": entry.row.rows, "key": entry.row.key},
        "numbers": {"old": _number(changed.pair.old), "new": _number(changed.pair.new)},
        "changed": {name: _both(name, changed.pair) for name in changed.fields if name != "only"},
        "causes": causes,
        "inherited": not changed.own,
    }


def _number(entry: Entry | None) -> Json:
    return None if entry is None else entry.number


def _both(name: str, pair: Pair) -> Json:
    return {"old": _value(getattr(pair.old, name)), "new": _value(getattr(pair.new, name))}


def _value(value: object) -> Json:
    match value:
        case None | bool() | int() | str():
            return value
        case Fraction() | Interval():
            return _quantity(value)
        case Expr():
            return encode_value(value.value)
        case RowRef():
            return {"list": value.rows, "key": value.key}
        case tuple():
            return [_value(item) for item in value]
        case _:
            return str(value)


def _quantity(quantity: Quantity | None) -> Json:
    if quantity is None or isinstance(quantity, Fraction):
        return None if quantity is None else canonical(quantity)
    low, high = (None if end is None else canonical(end) for end in (quantity.low, quantity.high))
    return {"low": low, "high": high}


def _part(change: PartChange) -> Json:
    part = change.new if change.new is not None else change.old
    assert part is not None, "it is in one of them"
    return {"part": part.path, "old": _closing(change.old), "new": _closing(change.new)}


def _closing(part: PartResult | None) -> Json:
    if part is None:
        return None
    return {"score": _quantity(part.score), "full": _quantity(part.full), "grade": part.grade}
