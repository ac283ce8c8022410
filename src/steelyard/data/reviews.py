"""Reviewers' scores: one row for each reviewer of each judged criterion, with a score, a level or both."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.data.cells import check_columns, points_cell, read_cells, spelled_columns
from steelyard.data.findings import Findings
from steelyard.data.model import Review
from steelyard.data.table import Entry, Table, name_of
from steelyard.values.states import Absent, Cause
from steelyard.values.types import Field, TextType

_SPELLINGS = {
    "criterion": ("criterion", "评分项", "评审因素"),
    "reviewer": ("reviewer", "评审", "评委", "专家"),
    "score": ("score", "得分", "分数"),
    "level": ("level", "等级", "档次"),
    "reason": ("reason", "理由", "扣分原因"),
    "evidence": ("evidence", "佐证", "佐证材料", "证据"),
}
_OPTIONAL = frozenset({"level", "reason", "evidence"})


def read_reviews(table: Table, keys: tuple[str, ...], findings: Findings) -> dict[int, tuple[Review, ...]]:
    """The reviews of each record, by its place in the batch."""
    table, headers = spelled_columns(table, _SPELLINGS)
    # A level may stand instead of a score.
    optional = _OPTIONAL | ({"score"} if "level" in table.columns else frozenset())
    columns = {
        name: Field(f"{name} / {spellings[1]}", TextType(), optional=name in optional)
        for name, spellings in _SPELLINGS.items()
    }
    check_columns(table, columns, findings, declared=True)
    fields = {
        # A level (“达成”) may stand where a number does, so the column is text and the number is tried first.
        name: Field(headers.get(name, name), TextType(), optional=name in optional)
        for name in ("score", "level", "reason", "evidence")
    }
    reviews: dict[int, list[Review]] = {}
    for entry in table.entries:
        if review := _review(entry, table, fields, keys[entry.owner], findings):
            reviews.setdefault(entry.owner, []).append(review)
    return {owner: tuple(found) for owner, found in reviews.items()}


def _review(entry: Entry, table: Table, fields: Mapping[str, Field], record: str, findings: Findings) -> Review | None:
    names = []
    for name in ("criterion", "reviewer"):
        place = entry.values.get(name)
        text = name_of(place.text or "") if place and name not in entry.wrong else ""
        if not text:
            if name in table.columns:
                findings.report("D216", place or entry.place, record)
            return None
        names.append(text)
    cells = read_cells(entry, table, fields, record, findings)
    score, level, evidence = points_cell(cells["score"]), cells["level"], cells["evidence"]
    if "level" in table.columns and score.datum == level.datum == Absent(Cause.MISSING):
        findings.report("D301", score.place, record, name=fields["score"].name)
    return Review(
        names[0],
        names[1],
        score,
        cells["reason"],
        None if level.datum == Absent(Cause.MISSING) else level,
        None if evidence.datum == Absent(Cause.MISSING) else evidence,
    )
