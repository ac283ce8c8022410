"""What differs in one entry: what came of it, and what of that was put in there and then (its words, its constants, the cells
and rows it read)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import attrs

from steelyard.questions.diff.model import Cause, Pair
from steelyard.questions.diff.pairs import renamed, words_of
from steelyard.questions.impact.lines import changed_lines, lines_of_text
from steelyard.trace.model import Entry, Expr, RowRef, Trace, TraceCell
from steelyard.trace.show import cell_text, show_value
from steelyard.values.states import Unknown

_OUTCOME = (
    "status", "asked", "cap", "restored", "applied", "before", "after", "low", "high", "factor", "label", "possible", "winner",
    "left_out", "subjects", "waiver", "approver",
)  # fmt: skip
_BALANCE = frozenset({"before", "after"})
_OF_HEAD = frozenset({"open", "clamp", "close", "carry", "redistribute", "rescale"})


def differing(pair: Pair) -> tuple[str, ...]:
    """The fields in which what came of an entry differs."""
    old, new = pair.old, pair.new
    if old is None or new is None:
        return ("only",)
    found = [name for name in _OUTCOME if getattr(old, name) != getattr(new, name)]
    found += [name for name in ("condition", "expression") if _value(getattr(old, name)) != _value(getattr(new, name))]
    return tuple(found)


def only_balance(fields: tuple[str, ...]) -> bool:
    """Does nothing differ but where it found the balance and left it?"""
    return _BALANCE.issuperset(fields)


def _value(expr: Expr | None) -> object:
    """What an expression came to; of what is open not which cells are to blame, for keys mean nothing in another trace."""
    if expr is None:
        return None
    return attrs.evolve(expr.value, blame=frozenset()) if isinstance(expr.value, Unknown) else expr.value


class Own:
    """Finds what was put into single entries of two traces."""

    def __init__(self, old: Trace, new: Trace) -> None:
        self.old, self.new = old, new
        self.same_core = old.header.core == new.header.core
        self.cells = tuple({cell.key: cell for cell in trace.cells} for trace in (old, new))
        self.names = {} if self.same_core else renamed(old, new)
        self.rules = (
            {self.names.get(entry.rule, entry.rule) for entry in old.entries},
            {entry.rule for entry in new.entries},
        )
        self.rows = tuple(_rows(trace) for trace in (old, new))

    def causes(self, pair: Pair) -> Iterator[Cause]:
        old, new = pair.old, pair.new
        if old is None or new is None:
            yield from self._one_sided(pair)
            return
        if not self.same_core and words_of(old) != words_of(new):
            yield _statement(old, new)
        elif not self.same_core or self.old.header.as_of != self.new.header.as_of:
            yield from _values(old, new)
        yield from self._cells(old, new)
        yield from self._counted(old, new)

    def _one_sided(self, pair: Pair) -> Iterator[Cause]:
        """An entry that is only in one: a statement or a row is."""
        entry, there = pair.entry, 0 if pair.new is None else 1
        row, rule = entry.row, entry.rule if there else self.names.get(entry.rule, entry.rule)
        if row is not None and (row.rows, row.key) not in self.rows[1 - there]:
            yield _row(there, row)
        elif not self.same_core and rule not in self.rules[1 - there] and entry.source is not None:
            yield _statement(pair.old, pair.new)

    def _cells(self, old: Entry, new: Entry) -> Iterator[Cause]:
        """The cells that both read and that are not the same, and those only one read of what it reads still."""
        before, after = (_named(entry, cells) for entry, cells in zip((old, new), self.cells, strict=True))
        for key, cell in before.items():
            other = after.get(key)
            if other is not None and other.datum != cell.datum:
                before_text, after_text = (cell_text(one, self.new.header.language) for one in (cell, other))
                yield Cause("cell", _called(cell), before_text, after_text, _place(cell), _place(other))

    def _counted(self, old: Entry, new: Entry) -> Iterator[Cause]:
        """Rows of an aggregate that the other trace does not have at all."""
        for there, entry in enumerate((old, new)):
            for expr in _all(entry):
                for row in expr.rows:
                    if (row.rows, row.key) not in self.rows[1 - there]:
                        yield _row(there, row)


def _statement(old: Entry | None, new: Entry | None) -> Cause:
    texts = [None if e is None or e.source is None else lines_of_text(e.source.text) for e in (old, new)]
    before, after = changed_lines(texts[0], texts[1])
    first, second = (
        None if e is None or e.source is None else f"{e.source.file}:{e.source.place.split('-')[0]}" for e in (old, new)
    )
    entry = new if new is not None else old
    assert entry is not None, "one of them is there"
    # The head of a part stands behind its opening, its bounds, its closing and what it brings one level up: it is one cause.
    name = entry.name or entry.part if entry.kind == "carry" else entry.part if entry.kind in _OF_HEAD else entry.rule
    return Cause("statement", name, before, after, first, second)


def _values(old: Entry, new: Entry) -> Iterator[Cause]:
    """In the same words another constant: a parameter, a table, the points of the part."""
    for before, after in zip(_all(old), _all(new), strict=False):
        if before.op != after.op or len(before.args) != len(after.args):
            return  # Another branch was taken: whatever led there is told for itself.
        if before.op == "const" and before.value != after.value:
            first, second = (show_value(e.value, "en", percent=e.percent) for e in (before, after))
            yield Cause("value", words_of(new) or new.rule, first, second)


def _all(entry: Entry) -> list[Expr]:
    """The nodes of its expressions, from the outside."""
    waiting = [expr for expr in (entry.expression, entry.condition) if expr is not None]
    found: list[Expr] = []
    while waiting:
        expr = waiting.pop()
        found.append(expr)
        waiting.extend(reversed(expr.args))
    return found


def leaves(entry: Entry | None) -> Iterator[Expr]:
    """What its expressions read."""
    return (expr for expr in ([] if entry is None else _all(entry)) if expr.op in ("let", "score", "batch"))


def _named(entry: Entry, cells: dict[str, TraceCell]) -> dict[tuple[object, ...], TraceCell]:
    """The cells it read, by name and row; of several of one name, in order."""
    found: dict[tuple[object, ...], TraceCell] = {}
    counts: Counter[tuple[object, ...]] = Counter()
    for cell in (cells[key] for key in entry.inputs):
        named = (cell.name, None if cell.item is None else (cell.item.rows, cell.item.key))
        counts[named] += 1
        found[*named, counts[named]] = cell
    return found


def _rows(trace: Trace) -> frozenset[tuple[str, str]]:
    """All rows that a trace names."""
    named = {(row.rows, row.key) for entry in trace.entries for expr in _all(entry) for row in expr.rows}
    named |= {(entry.row.rows, entry.row.key) for entry in trace.entries if entry.row is not None}
    named |= {(listed.name, key) for listed in trace.lists for key in listed.keys or ()}
    return frozenset(named)


def _row(there: int, row: RowRef) -> Cause:
    """A row that only one trace has."""
    return Cause("row", row.rows, row.key if there == 0 else None, row.key if there == 1 else None)


def _called(cell: TraceCell) -> str:
    return cell.name if cell.item is None else f"{cell.item.rows}[{cell.item.key}].{cell.name}"


def _place(cell: TraceCell) -> str:
    return ":".join([cell.file, *([str(cell.row)] if cell.row else []), *([cell.column] if cell.column else [])])
