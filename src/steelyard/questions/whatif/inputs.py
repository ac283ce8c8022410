"""The inputs of a record, each by the name that it is asked for: `rate`, `indicators[3].actual`, `reviewers[art/Li].score`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import evolve, frozen
from attrs import field as attribute

from steelyard.data.cells import points_cell
from steelyard.data.convert import convert
from steelyard.data.model import Cell, Record, Review
from steelyard.data.table import name_of
from steelyard.diagnostics.model import Diagnostic, Language
from steelyard.trace.model import Trace
from steelyard.values.states import Absent
from steelyard.values.types import BARE, Field, ListType, Schema, TextType

REVIEWERS = {"en": "reviewers", "zh": "评审"}
"""The list of reviewers' scores, under the names of its file; a row's key is the criterion and the reviewer."""


@frozen
class Input:
    """One cell that the score may depend on."""

    name: str
    """As it is asked for."""
    field: Field
    cell: Cell
    rows: str | None = None
    """The list it stands in; None: in the record itself."""
    position: int = 0
    """Of its row (or review) in the list, from 0."""
    review: bool = False
    others: tuple[str, ...] = attribute(default=(), eq=False)
    """Names that it may be asked for by as well."""

    @property
    def known(self) -> bool:
        """Does a value stand there?"""
        return not isinstance(self.cell.datum, Absent)

    def read(self, text: str) -> tuple[Cell, tuple[Diagnostic, ...]]:
        """The cell that another text makes of it, read as that of a data file is, with what is to be said about it."""
        place = evolve(self.cell.place, text=text)
        if not self.review:
            return convert(self.field, text, place)
        # Read as a table of reviewers is: text, of which a number is points. Whether a reviewer may give it is only known
        # where it is scored, so that text, too many points and the name of a level are told apart there.
        cell, found = convert(evolve(self.field, type=TextType()), text, place)
        return points_cell(cell), found


def inputs_of(schema: Schema, record: Record, language: Language) -> tuple[Input, ...]:
    """Every input that is one cell: the record's own, then those of rows, then reviewers' scores."""
    found: list[Input] = []
    for declared in schema.fields:
        if isinstance(declared.type, ListType):
            continue
        others = (*declared.other_names, *([declared.title] if declared.title else []))
        found.append(Input(declared.name, declared, record.cells[declared.name], others=others))
    for declared in schema.fields:
        if isinstance(declared.type, ListType):
            found += _of_list(declared, declared.type, record)
    return (*found, *_of_reviews(record, language))


def within_full_points(inputs: Sequence[Input], trace: Trace) -> tuple[Input, ...]:
    """The same, reviewers' scores held to the full points of their criterion as the trace says them."""
    most: dict[object, Fraction] = {}
    for entry in trace.entries:
        if entry.kind == "judge" and isinstance(entry.high, Fraction):
            most.update(dict.fromkeys(entry.inputs, entry.high))
    places = {(c.file, c.row, c.column): most[c.key] for c in trace.cells if c.key in most}
    found = []
    for one in inputs:
        place = one.cell.place
        high = places.get((place.file, place.row, place.column)) if one.review else None
        found.append(one if high is None else evolve(one, field=evolve(one.field, high=high)))
    return tuple(found)


def _of_list(declared: Field, kind: ListType, record: Record) -> Iterator[Input]:
    rows = record.lists.get(declared.name, ())
    for position, (row, key) in enumerate(zip(rows, _told_apart([row.key for row in rows]), strict=True)):
        for inner in kind.fields:
            others = tuple(f"{declared.name}[{key}].{other}" for other in inner.other_names)
            name = f"{declared.name}[{key}].{inner.name}"
            yield Input(name, inner, row.cells[inner.name], declared.name, position, others=others)


def _of_reviews(record: Record, language: Language) -> Iterator[Input]:
    keys = _told_apart([f"{review.criterion}/{review.reviewer}" for review in record.reviews])
    for position, (review, key) in enumerate(zip(record.reviews, keys, strict=True)):
        cell = review.said_score
        if cell is None or isinstance(cell.datum, str):
            continue  # A level alone: what it is worth is the rules' to say.
        name, others = ([f"{rows}[{key}].{cell.name}" for rows in _in_order(language)], ())
        yield Input(
            name[0], Field(cell.name, BARE, low=Fraction(0), optional=review.level is not None), cell,
            REVIEWERS[language], position,
            review=True, others=(*name[1:], *others),
        )  # fmt: skip


def _in_order(language: Language) -> tuple[str, str]:
    own, other = REVIEWERS[language], REVIEWERS["en" if language == "zh" else "zh"]
    return own, other


def _told_apart(keys: Sequence[str]) -> list[str]:
    """Keys that were written twice, with a number, as parts for each row have it."""
    seen: dict[str, int] = {}
    found: list[str] = []
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
        found.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return found


def scores_beside(records: Sequence[Record], one: Input) -> list[Cell]:
    """The other reviewers' scores of the data, of 100 records at most: how finely they are written."""
    found = (review.said_score for record in records[:100] for review in record.reviews)
    return [cell for cell in found if cell is not None and cell is not one.cell and isinstance(cell.datum, Fraction)]


def find(inputs: Sequence[Input], name: str) -> Input | None:
    """The input of that name, or of another name of it."""
    wanted = name_of(name)
    for found in inputs:
        if name_of(found.name) == wanted:
            return found
    return next((found for found in inputs if wanted in map(name_of, found.others)), None)


def replaced(record: Record, one: Input, cell: Cell) -> Record:
    """The record with another cell in that place."""
    if one.review:
        reviews = list(record.reviews)
        reviews[one.position] = _with_score(reviews[one.position], cell)
        return evolve(record, reviews=tuple(reviews))
    if one.rows is None:
        return evolve(record, cells={**record.cells, one.field.name: cell})
    rows = list(record.lists[one.rows])
    row = rows[one.position]
    rows[one.position] = evolve(row, cells={**row.cells, one.field.name: cell})
    return evolve(record, lists={**record.lists, one.rows: tuple(rows)})


def _with_score(review: Review, cell: Cell) -> Review:
    return evolve(review, score=cell)
