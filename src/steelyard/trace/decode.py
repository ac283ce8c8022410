"""Reading a trace back. It comes from a stranger: everything is checked, and a wrong shape is a MalformedTrace."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import cast, get_args

from attrs import frozen

from steelyard.diagnostics.render import DiagnosticJson
from steelyard.trace.encode import FIRST_FORMAT, FORMAT
from steelyard.trace.model import (
    BatchRef,
    Entry,
    Expr,
    Header,
    Kind,
    PartKind,
    PartResult,
    Quantity,
    Result,
    ResultStatus,
    RowRef,
    SourceFile,
    SourceRef,
    Status,
    Trace,
    TraceCell,
    TraceList,
)
from steelyard.values.canonical import Json
from steelyard.values.intervals import EVERYTHING, Interval
from steelyard.values.numbers import read_canonical
from steelyard.values.states import Absent, Cause, Datum, Unknown, Value
from steelyard.values.targets import Actual, Comparator, Target

DEPTH_LIMIT = 200
LONGEST_NUMBER = 3000


class MalformedTrace(ValueError):
    """Not a trace this version reads; the message names the field."""


@frozen
class ReadTrace:
    """A trace with its findings as they were told."""

    trace: Trace
    told: tuple[DiagnosticJson, ...]


def decode_trace(document: Json) -> ReadTrace:
    """The trace in a JSON document. Raises MalformedTrace."""
    whole = _object(document, "trace")
    header = whole.get("header")
    chinese = isinstance(header, dict) and header.get("language") == "zh"
    whole = _object(_visible(whole, "", "（已遮盖）" if chinese else "(redacted)"), "trace")
    if whole.get("format") not in (FORMAT, FIRST_FORMAT):
        raise MalformedTrace(f"format {whole.get('format')!r} is not {FORMAT}")
    header = _object(whole.get("header"), "header")
    read = ReadTrace(
        Trace(
            header=Header(
                engine=_text(header, "engine"),
                scheme=_text(header, "scheme"),
                title=_maybe_text(header, "title"),
                language="zh" if header.get("language") == "zh" else "en",
                rules=_files(header, "rules"),
                data=_files(header, "data"),
                core=_text(header, "core"),
                statements=tuple(
                    (_text(pair := _object(item, "statements"), "part"), _whole(pair, "count"))
                    for item in _list(header, "statements")
                ),
                as_of=_maybe_text(header, "as_of"),
                record=_text(header, "record"),
                batch=_batch(header),
                fewer_better=header.get("fewer_better") is True,
            ),
            cells=tuple(_cell(_object(item, "cells")) for item in _list(whole, "cells")),
            entries=tuple(_entry(_object(item, "entries")) for item in _list(whole, "entries")),
            result=_result(_object(whole.get("result"), "result")),
            lists=tuple(_list_read(_object(item, "lists")) for item in _list(whole, "lists")),
        ),
        tuple(_finding(_object(item, "findings")) for item in _list(whole, "findings")),
    )
    _hangs_together(read.trace)
    return read


def _visible(item: Json, name: str, hidden: str, depth: int = 0) -> Json:
    """The trace with words in place of what a seal has hidden, so that the rest can be read."""
    if depth > 3 * DEPTH_LIMIT:
        raise MalformedTrace(f"it is nested deeper than {3 * DEPTH_LIMIT}")
    if isinstance(item, dict):
        if set(item) == {"redacted"}:
            return {"text": hidden} if name == "value" else [] if name in ("notes", "left_out", "help") else hidden
        return {key: _visible(inner, key, hidden, depth + 1) for key, inner in item.items()}
    return [_visible(inner, name, hidden, depth + 1) for inner in item] if isinstance(item, list) else item


def _hangs_together(trace: Trace) -> None:
    """Everything that is referred to is there: cells by their keys, parts by their paths."""
    cells = {cell.key for cell in trace.cells}
    parts = {"total", *(part.path for part in trace.result.parts)}
    named = [*trace.result.blame, *(key for entry in trace.entries for key in (*entry.inputs, *entry.blame))]
    waiting = [expr for entry in trace.entries for expr in (entry.condition, entry.expression) if expr is not None]
    while waiting:
        expr = waiting.pop()
        waiting.extend(expr.args)
        if expr.op == "cell" and expr.ref is not None:
            named.append(expr.ref)
    if lost := [key for key in named if key not in cells]:
        raise MalformedTrace(f"there is no cell {lost[0]}")
    if any(entry.part not in parts for entry in trace.entries):
        raise MalformedTrace("an entry belongs to no part")
    if len(parts) != len(trace.result.parts) + 1:
        raise MalformedTrace("two parts have one path")
    known = {"total"}
    for part in trace.result.parts:  # An outer part comes before its inner ones, so no part is inside itself.
        if part.inside not in known:
            raise MalformedTrace(f"part {part.path} is inside no part before it")
        known.add(part.path)
    closings = {entry.part: entry.after for entry in trace.entries if entry.kind == "close"}
    scores = {"total": trace.result.total} | {part.path: part.score for part in trace.result.parts}
    for path, score in scores.items():
        if closings.get(path) != score:
            raise MalformedTrace(f"part {path} does not close with its score")


def _finding(item: dict[str, Json]) -> DiagnosticJson:
    _text(item, "code"), _text(item, "severity"), _text(item, "message"), _texts(item, "help")
    return cast(DiagnosticJson, item)


def _result(item: dict[str, Json]) -> Result:
    return Result(
        total=_quantity(item, "total"),
        full=_needed(item, "full"),
        grade=_maybe_text(item, "grade"),
        possible_grades=_texts(item, "possible_grades"),
        parts=tuple(_part(_object(part, "parts")) for part in _list(item, "parts")),
        status=cast(ResultStatus, _one_of(item, "status", get_args(ResultStatus))),
        blame=tuple(_key(key) for key in _texts(item, "blame")),
        causes=tuple(_cause(cause).value for cause in _texts(item, "causes")),
        computed=_quantity(item, "computed"),
    )


def _part(item: dict[str, Json]) -> PartResult:
    return PartResult(
        path=_text(item, "path"),
        name=_text(item, "name"),
        title=_maybe_text(item, "title"),
        kind=cast(PartKind, _one_of(item, "kind", get_args(PartKind))),
        inside=_text(item, "inside"),
        full=_needed(item, "full"),
        share=_quantity(item, "share"),
        score=_quantity(item, "score"),
        factor=_needed(item, "factor"),
        may_be_skipped=item.get("may_be_skipped") is True,
        computed=_quantity(item, "computed"),
        grade=_maybe_text(item, "grade"),
        possible_grades=_texts(item, "possible_grades"),
    )


def _cell(item: dict[str, Json]) -> TraceCell:
    value = _value(item.get("value"))
    if isinstance(value, Unknown):
        raise MalformedTrace("a cell has a value or is absent")
    return TraceCell(
        key=_key(_text(item, "key")),
        name=_text(item, "name"),
        datum=value,
        text=_text(item, "text"),
        unit=_maybe_text(item, "unit"),
        file=_text(item, "file"),
        row=None if item.get("row") is None else _whole(item, "row"),
        column=_maybe_text(item, "column"),
        notes=_texts(item, "notes"),
        item=_row(item, "item"),
        within=_range(item, "within"),
    )


def _list_read(item: dict[str, Json]) -> TraceList:
    return TraceList(_text(item, "list"), None if item.get("absent") is True else _texts(item, "keys"))


def _entry(item: dict[str, Json]) -> Entry:
    source = None if item.get("source") is None else _object(item["source"], "source")
    return Entry(
        number=_whole(item, "number"),
        kind=cast(Kind, _one_of(item, "kind", get_args(Kind))),
        rule=_text(item, "rule"),
        part=_text(item, "part"),
        status=cast(Status, _one_of(item, "status", get_args(Status))),
        row=_row(item, "row"),
        source=None
        if source is None
        else SourceRef(_text(source, "file"), _text(source, "place"), _text(source, "text")),
        role=_maybe_text(item, "role"),
        name=_maybe_text(item, "name"),
        condition=_maybe_expr(item, "condition"),
        expression=_maybe_expr(item, "expression"),
        asked=_quantity(item, "asked"),
        cap=_quantity(item, "cap"),
        restored=_quantity(item, "restored"),
        applied=_quantity(item, "applied"),
        before=_quantity(item, "before"),
        after=_quantity(item, "after"),
        low=_quantity(item, "low"),
        high=_quantity(item, "high"),
        factor=_quantity(item, "factor"),
        places=None if item.get("places") is None else _whole(item, "places"),
        mode=_maybe_text(item, "mode"),
        steps=None if item.get("steps") is None else _whole(item, "steps"),
        label=_maybe_text(item, "label"),
        possible=_texts(item, "possible"),
        scale=_texts(item, "scale"),
        group=_maybe_text(item, "group"),
        winner=_maybe_text(item, "winner"),
        winner_row=_row(item, "winner_row"),
        left_out=_texts(item, "left_out"),
        subjects=None if item.get("subjects") is None else _whole(item, "subjects"),
        waiver=_maybe_text(item, "waiver"),
        approver=_maybe_text(item, "approver"),
        reason=_maybe_text(item, "reason"),
        authority=_maybe_text(item, "authority"),
        code=_maybe_text(item, "code"),
        inputs=tuple(_key(key) for key in _texts(item, "inputs")),
        blame=tuple(_key(key) for key in _texts(item, "blame")),
    )


def _row(item: dict[str, Json], name: str) -> RowRef | None:
    if item.get(name) is None:
        return None
    return _row_ref(_object(item[name], name))


def _row_ref(row: dict[str, Json]) -> RowRef:
    return RowRef(_text(row, "list"), _text(row, "key"), _whole(row, "position"))


def _batch(header: dict[str, Json]) -> BatchRef | None:
    if header.get("batch") is None:
        return None
    batch = _object(header["batch"], "batch")
    return BatchRef(_text(batch, "sha256"), _whole(batch, "size"))


def _maybe_expr(item: dict[str, Json], name: str) -> Expr | None:
    return None if item.get(name) is None else _expr(_object(item[name], name), 0)


def _expr(item: dict[str, Json], depth: int) -> Expr:
    if depth > DEPTH_LIMIT:
        raise MalformedTrace(f"an expression is nested deeper than {DEPTH_LIMIT}")
    value = _value(item.get("value"))
    if isinstance(value, Absent):
        raise MalformedTrace("an expression has a value or is unknown")
    op, ref = _text(item, "op"), _maybe_text(item, "ref")
    if op == "cell":
        ref = _key(ref or "")
    args = tuple(_expr(_object(arg, "args"), depth + 1) for arg in _list(item, "args"))
    rows = tuple(_row_ref(_object(row, "rows")) for row in _list(item, "rows"))
    return Expr(op, value, args, ref, item.get("percent") is True, rows)


def _value(item: Json) -> Datum | Unknown:
    match item:
        case bool():
            return item
        case str():
            return _number(item)
        case {"text": str(text)}:
            return text
        case {"date": str(text)}:
            try:
                return cast(Value, date.fromisoformat(text))
            except ValueError:
                raise MalformedTrace(f"{text!r} is no date") from None
        case {"absent": str(cause)}:
            return Absent(_cause(cause))
        case {"target": dict(target)}:
            comparator = Comparator(_one_of(target, "comparator", tuple(c.value for c in Comparator)))
            return Target(
                comparator,
                _fraction(target, "low"),
                _fraction(target, "high"),
                _maybe_text(target, "unit"),
                _maybe_text(target, "text"),
            )
        case {"actual": dict(actual)}:
            truth = actual.get("truth")
            return Actual(
                _fraction(actual, "number"),
                _maybe_text(actual, "unit"),
                truth if isinstance(truth, bool) else None,
                _maybe_text(actual, "text"),
            )
        case {"unknown": dict(unknown)}:
            within = _range(unknown, "within")
            causes = frozenset(_cause(cause) for cause in _texts(unknown, "causes"))
            return Unknown(causes, frozenset(_key(key) for key in _texts(unknown, "blame")), within or EVERYTHING)
        case _:
            raise MalformedTrace("a value has none of the shapes of a value")


def _cause(text: str) -> Cause:
    try:
        return Cause(text)
    except ValueError:
        raise MalformedTrace(f"{text!r} is no cause") from None


def _number(text: str) -> Fraction:
    if len(text) > LONGEST_NUMBER or not set(text) <= set("-0123456789./"):
        raise MalformedTrace(f"{text[:40]!r} is no number")
    try:
        return read_canonical(text)
    except (ValueError, ZeroDivisionError):
        raise MalformedTrace(f"{text[:40]!r} is no number") from None


def _quantity(item: dict[str, Json], name: str) -> Quantity | None:
    match item.get(name):
        case None:
            return None
        case str(text):
            return _number(text)
        case dict(ends):
            return Interval(_fraction(ends, "low"), _fraction(ends, "high"))
        case _:
            raise MalformedTrace(f"{name} is no quantity")


def _range(item: dict[str, Json], name: str) -> Interval | None:
    """An enclosure, which may be of one point."""
    found = _quantity(item, name)
    return Interval(found, found) if isinstance(found, Fraction) else found


def _needed(item: dict[str, Json], name: str) -> Quantity:
    found = _quantity(item, name)
    if found is None:
        raise MalformedTrace(f"{name} is missing")
    return found


def _fraction(item: dict[str, Json], name: str) -> Fraction | None:
    value = item.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise MalformedTrace(f"{name} is no number")
    return _number(value)


def _object(item: Json, name: str) -> dict[str, Json]:
    if not isinstance(item, dict):
        raise MalformedTrace(f"{name} is no object")
    return item


def _list(item: dict[str, Json], name: str) -> list[Json]:
    found = item.get(name, [])
    if not isinstance(found, list):
        raise MalformedTrace(f"{name} is no list")
    return found


def _text(item: dict[str, Json], name: str) -> str:
    found = item.get(name)
    if not isinstance(found, str):
        raise MalformedTrace(f"{name} is no text")
    return found


def _maybe_text(item: dict[str, Json], name: str) -> str | None:
    return None if item.get(name) is None else _text(item, name)


def _texts(item: dict[str, Json], name: str) -> tuple[str, ...]:
    found = _list(item, name)
    if not all(isinstance(text, str) for text in found):
        raise MalformedTrace(f"{name} is no list of texts")
    return tuple(str(text) for text in found)


def _whole(item: dict[str, Json], name: str) -> int:
    found = item.get(name)
    if not isinstance(found, int) or isinstance(found, bool):
        raise MalformedTrace(f"{name} is no whole number")
    return found


def _one_of(item: dict[str, Json], name: str, choices: tuple[str, ...]) -> str:
    found = _text(item, name)
    if found not in choices:
        raise MalformedTrace(f"{name} {found!r} is not known")
    return found


def _key(text: str) -> str:
    if not (text[:1] == "c" and text[1:].isascii() and text[1:].isdigit() and len(text) < 12):
        raise MalformedTrace(f"{text[:40]!r} is no cell key")
    return text


def _files(item: dict[str, Json], name: str) -> tuple[SourceFile, ...]:
    return tuple(
        SourceFile(_text(file := _object(entry, name), "file"), _text(file, "sha256")) for entry in _list(item, name)
    )
