"""Core trees built by hand, and their traces: for tests of what statements do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

from attrs import evolve

from scalar.building import cell, origin, record, schema
from steelyard.core import nodes as c
from steelyard.core.encode import digest
from steelyard.core.invariants import verify_invariants
from steelyard.data.model import DataSource, Override, Record, Records, Review, Row
from steelyard.diagnostics.model import DataPlace
from steelyard.explain.losses import losses, points_given
from steelyard.report.result import record_json
from steelyard.report.text import report_score, report_why, report_why_not
from steelyard.scalar.header import header_of
from steelyard.scalar.reference import score
from steelyard.source import RulePath, Source
from steelyard.trace.decode import decode_trace
from steelyard.trace.encode import encode_trace
from steelyard.trace.model import Entry, Trace
from steelyard.values.canonical import canonical_json

ZERO = c.Const(Fraction(0))
Role = Literal["score", "deduct", "award"]


def at(path: str) -> c.Origin:
    return origin(path)


def expr(found: Any) -> Any:
    """A number as a constant, a text as an input's cell, an expression as it is."""
    match found:
        case None:
            return None
        case str():
            return c.Cell(found)
        case int() | Fraction():
            return c.Const(Fraction(found))
        case _:
            return found


def say(text: str | None) -> c.Template | None:
    return None if text is None else c.Template((text,))


def move(path: str, amount: Any, role: Role = "deduct", when: Any = None, **more: Any) -> c.Move:
    return c.Move(at(path), role, expr(amount), expr(when), expr(more.pop("cap", None)), more.pop("instead", ()),
                  more.pop("reason", None), None, **more)  # fmt: skip


def restore(path: str, amount: Any, *, share: bool = False, when: Any = None) -> c.Restore:
    return c.Restore(at(path), expr(amount), share, expr(when), (), None, None)


def skip(path: str, when: Any, giving: Any = "redistribute") -> c.Skip:
    return c.Skip(at(path), expr(when), giving, None, None)


def limit(path: str, role: Any, to: Any = 0, when: Any = None, within: str = "total", **more: Any) -> c.Limit:
    return c.Limit(at(path), role, expr(to), expr(when), RulePath(within), None, None, **more)


def each(path: str, *body: c.Statement, slot: int = 1, where: Any = None, by: str | None = None) -> c.Each:
    return c.Each(at(path), "rows", slot, "r", expr(where), tuple(body), by)


def part(path: str, full: Any, *body: c.Statement, **more: Any) -> c.Account:
    """A criterion (`kind`), opening at full points; its statements in the order of application."""
    kind, basis, floor, top = (
        more.pop(k, d) for k, d in (("kind", "criterion"), ("basis", None), ("floor", 0), ("top", full))
    )
    before = [
        s
        for s in body
        if isinstance(s, c.Skip | c.Account) or (isinstance(s, c.Each) and isinstance(s.body[0], c.Account))
    ]
    has_parts = any(not isinstance(s, c.Skip) for s in before)
    basis = basis or ("parts" if has_parts else "full")
    after = [s for s in body if s not in before]
    opening = c.Open(at(f"{path}:open"), basis, expr(full) if basis in ("full",) else expr(more.pop("start", 0)))
    clamp = [c.Clamp(at(f"{path}:bounds"), "opening")] if basis != "full" else []
    scores = [s for s in after if _role(s) == "score"]
    deductions = [s for s in after if _role(s) == "deduct"]
    awards = [s for s in after if _role(s) == "award"]
    rest = [s for s in after if _role(s) is None]
    return c.Account(
        at(path), kind, path.rsplit(".", 1)[-1], more.pop("title", None), expr(full), expr(more.pop("share", full)),
        expr(floor), expr(top), None,
        (*before, opening, *scores, *clamp,
         *deductions, *([c.Clamp(at(f"{path}:floor"), "floor")] if deductions else []),
         *awards, *([c.Clamp(at(f"{path}:top"), "top")] if awards else []), *rest),
        **more,
    )  # fmt: skip


def _role(statement: c.Statement) -> str | None:
    match statement:
        case c.Move(role=role) | c.Group(role=role):
            return role
        case c.Review():
            return "score"
        case c.Each(body=body):
            return next((role for inner in body if (role := _role(inner))), None)
        case _:
            return None


def total(full: Any, *body: c.Statement, **more: Any) -> c.Account:
    return part("total", full, *body, kind="total", **more)


def group(path: str, combine: Any, *body: c.Statement, role: Role = "deduct", cap: Any = None, **more: Any) -> c.Group:
    return c.Group(at(path), role, combine, expr(cap), tuple(body), **more)


def grade(*rows: tuple[str, int | None], moves: Sequence[c.Statement] = (), of: str = "total") -> c.Grade:
    """Rows of a label and the least score; None: otherwise."""
    branches = tuple(
        c.Branch(c.Op(">=", (c.Score(RulePath(of)), c.Const(Fraction(low)))), c.Const(label))
        for label, low in rows
        if low is not None
    )
    otherwise = next((c.Const(label) for label, low in rows if low is None), None)
    return c.Grade(at(f"{of}:grade"), c.Choose(branches, otherwise), tuple(label for label, _ in rows), tuple(moves))


def regrade(path: str, how: Any, label: str | None = None, when: Any = None, **more: Any) -> c.Regrade:
    return c.Regrade(
        at(path),
        how,
        label,
        more.pop("steps", 0),
        expr(when),
        RulePath(more.pop("within", "total")),
        None,
        None,
        **more,
    )


def run(tree: c.Account, found: Record | None = None, **more: Any) -> Trace:
    """The trace of the tree on a record: invariants checked, encoded and read back, explained in both languages."""
    found = record() if found is None else found
    fits = more.pop("schema", None) or schema(found, **more.pop("ranges", {}))
    verify_invariants(tree, fits)
    source = Source.from_text("scheme.rules", "rules")
    program = c.Program("scheme", None, tree, fits, more.pop("language", "en"), digest(tree), source)
    header = header_of(program, Records((found,), (DataSource("data.json", "0"),)), found.key, None)
    trace = score(program, found, header)
    document = encode_trace(trace)
    read = decode_trace(json.loads(canonical_json(document))).trace
    assert evolve(read, findings=trace.findings) == trace, "what is written is what is read"
    for language in ("en", "zh"):
        report_score(trace, language)
        for path in ("total", *(p.path for p in trace.result.parts)):
            report_why(trace, path, language)
            report_why_not(trace, path, language)
    record_json(trace)
    settled = all(e.status != "undetermined" for e in trace.entries) and all(
        isinstance(p.full, Fraction) and p.full for p in trace.result.parts
    )
    if settled and isinstance(trace.result.total, Fraction) and isinstance(trace.result.full, Fraction):
        lost = [loss.on_total for loss in losses(trace) if loss.on_total is not None]
        assert trace.result.full - sum(lost, Fraction(0)) == trace.result.total, "losses add up"
        points = [effect.on_total for effect in points_given(trace) if effect.on_total is not None]
        assert sum(points, Fraction(0)) == trace.result.total, "points given add up"
    return trace


def entries(trace: Trace, kind: str, rule: str | None = None) -> list[Entry]:
    return [e for e in trace.entries if e.kind == kind and (rule is None or e.rule == rule)]


def the(found: Iterable[Any]) -> Any:
    (one,) = found
    return one


def codes(trace: Trace) -> list[str]:
    return [finding.code for finding in trace.findings]


def score_of(trace: Trace, path: str) -> Any:
    return the(p for p in trace.result.parts if p.path == path).score


def rows_of(*rows: Mapping[str, Any], **values: Any) -> Record:
    return record(rows=rows, **values)


def keyed(found: Record, *keys: str) -> Record:
    """The record with other keys for its rows."""
    rows = tuple(Row(key, row.position, row.cells) for key, row in zip(keys, found.lists["rows"], strict=True))
    return evolve(found, lists={"rows": rows})


def with_text(found: Record, **texts: str) -> Record:
    cells = {name: evolve(cell(name, None), datum=text, text=text) for name, text in texts.items()}
    return evolve(found, cells={**found.cells, **cells})


def reviewed(found: Record, criterion: str, *scores: Any, reason: str = "why") -> Record:
    """The record with a reviewer for each score; a pair is a score and a level."""
    reviews = []
    for i, given in enumerate(scores):
        points, level = given if isinstance(given, tuple) else (given, None)
        reviews.append(
            Review(criterion, f"r{i}", cell("score", points), _text("reason", reason),
                   None if level is None else _text("level", level))
        )  # fmt: skip
    return evolve(found, reviews=tuple(reviews))


def overridden(found: Record, part_name: str, points: Any, by: str = "panel", reason: str = "appeal") -> Record:
    made = Override(part_name, cell("score", points), _text("by", by), _text("reason", reason))
    return evolve(found, overrides=(*found.overrides, made))


def _text(name: str, text: str) -> Any:
    return evolve(cell(name, None), datum=text, text=text, place=DataPlace("people.csv"))
