"""Reviewers' scores: one row for each reviewer of each judged criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from steelyard.data.cells import check_columns, read_cells
from steelyard.data.convert import convert
from steelyard.data.findings import Findings
from steelyard.data.model import Cell, Review
from steelyard.data.table import Entry, Table, name_of
from steelyard.diagnostics.model import DataPlace
from steelyard.values.states import Absent
from steelyard.values.types import BARE, Field, TextType

_SPELLINGS = {
    "criterion": ("criterion", "评分项", "评审因素"),
    "reviewer": ("reviewer", "评审", "评委", "专家"),
    "score": ("score", "得分", "分数"),
    "reason": ("reason", "理由", "扣分原因"),
}
# For findings about columns, which speak to readers of either language.
_COLUMNS = {
    name: Field(f"{name} / {spellings[1]}", TextType(), optional=name == "reason")
    for name, spellings in _SPELLINGS.items()
}
_POINTS = "分"


def read_reviews(table: Table, keys: Sequence[str], findings: Findings) -> dict[int, tuple[Review, ...]]:
    """The reviews of each record, by its place in the batch."""
    table, headers = _renamed(table)
    fields = {
        # A level (“达成”) may stand where a number does, so the column is text and the number is tried first.
        "score": Field(headers.get("score", "score"), TextType()),
        "reason": Field(headers.get("reason", "reason"), TextType(), optional=True),
    }
    check_columns(table, _COLUMNS, findings, declared=True)
    reviews: dict[int, list[Review]] = {}
    for entry in table.entries:
        if review := _review(entry, table, fields, keys[entry.owner], findings):
            reviews.setdefault(entry.owner, []).append(review)
    return {owner: tuple(found) for owner, found in reviews.items()}


def _renamed(table: Table) -> tuple[Table, dict[str, str]]:
    """The table with the English name for every column that has one of the known spellings; and how each was spelt."""
    spelled: dict[str, str] = {}
    for name, spellings in _SPELLINGS.items():
        if found := next((s for s in spellings if s in table.columns), None):
            spelled[found] = name
    entries = tuple(
        evolve(
            entry,
            values=_rename(entry.values, spelled),
            wrong=frozenset(spelled.get(n, n) for n in entry.wrong),
        )
        for entry in table.entries
    )
    headers = {name: spelt for spelt, name in spelled.items()}
    return evolve(table, columns=_rename(table.columns, spelled), entries=entries), headers


def _rename(values: Mapping[str, DataPlace], spelled: Mapping[str, str]) -> dict[str, DataPlace]:
    return {spelled.get(name, name): place for name, place in values.items()}


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
    return Review(names[0], names[1], _score(cells["score"]), cells["reason"])


def _score(cell: Cell) -> Cell:
    """The score as a number where it is one (`85`, `85分`, `95%`), else the level's name."""
    if isinstance(cell.datum, Absent):
        return cell
    number, _ = convert(Field(cell.name, BARE), cell.text.strip().removesuffix(_POINTS), cell.place)
    return cell if isinstance(number.datum, Absent) else evolve(number, text=cell.text)
