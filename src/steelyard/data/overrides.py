"""Overrides: scores that a person set in place of computed ones, each with who and why."""

from __future__ import annotations

from fractions import Fraction

from steelyard.data.cells import check_columns, points_cell, read_cells, spelled_columns
from steelyard.data.findings import Findings
from steelyard.data.model import Override
from steelyard.data.table import Entry, Table, name_of
from steelyard.values.states import Absent
from steelyard.values.types import Field, TextType

_SPELLINGS = {
    "part": ("part", "评分项", "部分", "criterion", "section"),
    "score": ("score", "得分", "分数"),
    "by": ("by", "改判人"),
    "reason": ("reason", "理由", "改判理由"),
}
_COLUMNS = {name: Field(f"{name} / {spellings[1]}", TextType()) for name, spellings in _SPELLINGS.items()}
_OWN_FINDING = frozenset({"by", "reason"})
"""A blank here is told with what it means, not as one more missing value."""


def read_overrides(table: Table, keys: tuple[str, ...], findings: Findings) -> dict[int, tuple[Override, ...]]:
    """The overrides of each record, by its place in the batch. One without who, why or a number does not count; where two
    stand for one part, neither does."""
    table, headers = spelled_columns(table, _SPELLINGS)
    check_columns(table, _COLUMNS, findings, declared=True)
    fields = {
        name: Field(headers.get(name, name), TextType(), optional=name in _OWN_FINDING)
        for name in ("score", "by", "reason")
    }
    found: dict[int, dict[str, Override | None]] = {}
    for entry in table.entries:
        record = keys[entry.owner]
        if override := _override(entry, table, fields, record, findings):
            own = found.setdefault(entry.owner, {})
            if override.part in own:
                findings.report("D222", override.score.place, record, name=override.part)
            own[override.part] = None if override.part in own else override
    return {owner: tuple(o for o in own.values() if o is not None) for owner, own in found.items()}


def _override(entry: Entry, table: Table, fields: dict[str, Field], record: str, findings: Findings) -> Override | None:
    place = entry.values.get("part")
    part = name_of(place.text or "") if place and "part" not in entry.wrong else ""
    cells = read_cells(entry, table, fields, record, findings)
    score = points_cell(cells["score"])
    if not part:
        if "part" in table.columns:
            findings.report("D220", place or entry.place, record)
        return None
    if not isinstance(score.datum, Fraction):
        if not isinstance(score.datum, Absent):
            findings.report("D302", score.place, record, text=score.text)
        return None
    unsaid = [cells[name] for name in ("by", "reason") if isinstance(cells[name].datum, Absent)]
    if unsaid:
        findings.report("D221", unsaid[0].place, record, name=part)
        return None
    return Override(part, score, cells["by"], cells["reason"])
