"""The objects of a JSON or YAML tree as entries: records, the rows of their lists, their reviews.

Only this much of the tree is ever looked at, so only its nodes get a pointer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from steelyard.data.findings import Findings
from steelyard.data.table import Batch, Entry, Table, column_names, distinct_keys, name_of
from steelyard.data.tree import Items, Members, Node, Refused, Scalar, pointer_step
from steelyard.diagnostics.model import DataPlace
from steelyard.values.types import Field, ListType, Schema

KEYS = ("key", "键")
REVIEWS = ("reviewers", "评审")
OVERRIDES = ("overrides", "改判")


def to_batch(root: Node, file: str, schema: Schema, findings: Findings) -> Batch | None:
    """The batch that a tree holds: an object is one record, a list of objects many."""
    match root:
        case Members():
            objects = [_Object(root, DataPlace(file, root.row), "")]
        case Items():
            objects = list(_objects(root, file, "", findings))
        case Scalar(text=None):
            objects = []
        case _:
            findings.report("D122", DataPlace(file, root.row), file=file)
            return None
    return _batch(objects, DataPlace(file), schema, findings)


@frozen
class _Object:
    """An object of the tree, and where it stands."""

    node: Members
    place: DataPlace
    pointer: str

    def member(self, name: str) -> DataPlace:
        node = self.node.members.get(name)
        row = node.row if node else self.node.row
        text = node.text if isinstance(node, Scalar) else None
        return DataPlace(self.place.file, row, self.pointer + pointer_step(name), text)


def _batch(objects: Sequence[_Object], place: DataPlace, schema: Schema, findings: Findings) -> Batch:
    lists = {name_of(f.name): f for f in schema.fields if isinstance(f.type, ListType)}
    inputs = column_names(schema.fields)
    key_names, review_names, override_names = (_free(names, inputs) for names in (KEYS, REVIEWS, OVERRIDES))
    keys = distinct_keys(_keys(objects, sorted(key_names), findings), findings, "D210")
    apart = frozenset({*lists, *key_names, *review_names, *override_names})
    owned = list(enumerate(objects))
    records = _table(owned, place, keys, inputs - apart, apart, findings)
    tables: dict[str, Table] = {}
    absent: list[set[str]] = [set() for _ in objects]
    for name, field in lists.items():
        tables[name], without = _list_table(owned, field, place, keys, findings)
        for i in without:
            absent[i].add(name)
    reviews, overrides = (
        _table_of_people(owned, names, place, keys, findings) for names in (review_names, override_names)
    )
    return Batch(records, keys, tables, tuple(map(frozenset, absent)), reviews, overrides)


def _table_of_people(
    owned: Sequence[tuple[int, _Object]],
    names: frozenset[str],
    place: DataPlace,
    keys: Sequence[str],
    findings: Findings,
) -> Table | None:
    """What reviewers and others said of the records, under any of these names."""
    rows = [row for name in sorted(names) for row in _rows(owned, name, keys, findings)]
    return _table(rows, place, keys, None, frozenset(), findings) if rows else None


def _list_table(
    owned: Sequence[tuple[int, _Object]],
    field: Field,
    place: DataPlace,
    keys: Sequence[str],
    findings: Findings,
) -> tuple[Table, list[int]]:
    """The rows of one list of all records, and the records that do not hold it."""
    assert isinstance(field.type, ListType), "only a list has rows"
    name = name_of(field.name)
    fields = column_names(field.type.fields)
    rows = list(_rows(owned, name, keys, findings))
    without = [i for i, o in owned if not isinstance(o.node.members.get(name), Items)]
    untold = [i for i in without if _is_null(owned[i][1].node.members.get(name))]
    if untold and not field.optional:
        if len(untold) == len(owned):
            findings.report("D208", place, name=field.name)
        else:
            for i in untold:
                findings.report("D208", owned[i][1].place, keys[i], name=field.name)
    return _table(rows, place, keys, fields, _free(KEYS, fields), findings, keyed=True), without


def _rows(
    owned: Sequence[tuple[int, _Object]], name: str, keys: Sequence[str], findings: Findings
) -> Iterator[tuple[int, _Object]]:
    """The objects of the list `name` of every record, each with its record."""
    for i, o in owned:
        node = o.node.members.get(name)
        if isinstance(node, Items):
            for row in _objects(node, o.place.file, o.pointer + pointer_step(name), findings, keys[i]):
                yield i, row
        elif not _is_null(node) and not isinstance(node, Refused):
            findings.report("D213", o.member(name), keys[i], name=name)


def _objects(node: Items, file: str, pointer: str, findings: Findings, record: str | None = None) -> Iterator[_Object]:
    for i, item in enumerate(node.items):
        at = pointer + pointer_step(str(i))
        if isinstance(item, Members):
            yield _Object(item, DataPlace(file, item.row, at), at)
        elif not isinstance(item, Refused):
            text = item.text if isinstance(item, Scalar) else None
            findings.report("D215", DataPlace(file, item.row, at, text), record, position=i + 1)


def _table(
    owned: Sequence[tuple[int, _Object]],
    place: DataPlace,
    keys: Sequence[str],
    fields: frozenset[str] | None,
    apart: frozenset[str],
    findings: Findings,
    *,
    keyed: bool = False,
) -> Table:
    """Objects as entries. `fields` None wants every member; members `apart` are no values."""
    columns: dict[str, DataPlace] = {}
    cells = _keys([o for _, o in owned], sorted(apart), findings) if keyed else [None] * len(owned)
    entries: list[Entry] = []
    for (i, o), key in zip(owned, cells, strict=True):
        values = {name: o.member(name) for name in o.node.members if name not in apart}
        wanted = {name for name in values if fields is None or name in fields}
        wrong = frozenset(name for name in wanted if not isinstance(o.node.members[name], Scalar))
        for name in sorted(wrong):
            if not isinstance(o.node.members[name], Refused):
                findings.report("D214", values[name], keys[i], name=name)
        for name, cell in values.items():
            columns.setdefault(name, cell)
        entries.append(Entry(o.place, values, key, i, wrong, o.pointer + "/"))
    return Table(place, columns, tuple(entries), apart)


def _keys(objects: Sequence[_Object], names: Sequence[str], findings: Findings) -> list[DataPlace | None]:
    """The place of each object's key; None for all where no object has one."""
    used = [name for name in names if any(name in o.node.members for o in objects)]
    if not used:
        return [None] * len(objects)
    keys: list[DataPlace | None] = []
    for o in objects:
        own = [name for name in used if name in o.node.members]
        name = own[0] if own else used[0]
        if len(own) > 1:
            findings.report("D223", o.member(own[1]), first=own[0], second=own[1])
        node = o.node.members.get(name)
        if isinstance(node, Members | Items):
            findings.report("D214", o.member(name), name=name)
        keys.append(o.member(name) if node is None or isinstance(node, Scalar) else None)
    return keys


def _free(names: tuple[str, ...], taken: frozenset[str]) -> frozenset[str]:
    """The names that mean something here because no input has taken them."""
    return frozenset(names) - taken


def _is_null(node: Node | None) -> bool:
    return node is None or (isinstance(node, Scalar) and node.text is None)
