"""Values over all records of a batch, computed before any record is scored: `lowest(all.price where valid)`, `rank(…)`.

They read inputs and lets that hold no score, so no record waits for another. A record of which it is not known what it
adds is left out and named; the value then is an enclosure of what that record may make of it, so that everything that
uses it is provisional.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256

from attrs import field, frozen

from steelyard.core import nodes as c
from steelyard.data.model import Record
from steelyard.diagnostics.model import Diagnostic, Fact
from steelyard.scalar.answers import let_value
from steelyard.scalar.environment import BatchResult, Environment
from steelyard.scalar.evaluate import evaluate, item_of
from steelyard.scalar.folds import Item, fold
from steelyard.scalar.operations import enclosure, narrowed
from steelyard.scalar.recorder import Recorder
from steelyard.trace.encode import encode_value
from steelyard.trace.model import BatchRef, Expr
from steelyard.values import intervals as iv
from steelyard.values.canonical import Json, canonical_json
from steelyard.values.intervals import Interval
from steelyard.values.states import Cause, Unknown, Value


@frozen
class Batches:
    """What the batch pass found, by the key of the record."""

    values: Mapping[str, Mapping[str, BatchResult]] = field(factory=dict)
    """For each record, the value of every `FromBatch`, by its path."""
    batches: Mapping[str, BatchRef] = field(factory=dict)
    """The batch that each record belongs to."""
    findings: tuple[Diagnostic, ...] = ()
    """Each names its record."""


def batch_values(program: c.Program, records: Sequence[Record]) -> Batches:
    """All values over all records, in O(n log n)."""
    if not program.batch:
        return Batches()
    subjects = [_subject(program, record) for record in records]
    by_key: dict[Value, list[_Subject]] = {}
    loose = [subject for subject in subjects if isinstance(subject.batch, Unknown)]
    for subject in subjects:
        if not isinstance(subject.batch, Unknown):
            by_key.setdefault(subject.batch, []).append(subject)
    values: dict[str, dict[str, BatchResult]] = {subject.key: {} for subject in subjects}
    findings: list[Diagnostic] = []
    for value in program.batch:  # Each after those it reads.
        path = value.origin.path
        for subject in subjects:
            subject.items[path] = _item(value, subject.env)
        for members in by_key.values():
            # A record of which it is not known to which batch it belongs may belong to each.
            entered = [*((subject, False) for subject in members), *((subject, True) for subject in loose)]
            pool = _Pool(value, [_entry(subject, value, loose=is_loose) for subject, is_loose in entered])
            for subject, result in pool.results(len(members)):
                values[subject.key][path] = result
            findings.extend(pool.findings(values))
        for subject in loose:
            values[subject.key][path] = _without_batch(value, subject)
            findings.append(_open(value, subject))
        for subject in subjects:
            subject.read[path] = values[subject.key][path].value
    return Batches(values, _references(program, subjects, by_key.values(), loose), tuple(findings))


def _references(
    program: c.Program, subjects: Sequence[_Subject], batches: Iterable[Sequence[_Subject]], loose: Sequence[_Subject]
) -> dict[str, BatchRef]:
    """For each record, the batch it belongs to; for one of which that is not known, all records."""
    found: dict[str, BatchRef] = {}
    for members in batches:
        ref = _reference(program, [*members, *loose], len(members))
        found.update((subject.key, ref) for subject in members)
    if loose:
        ref = _reference(program, subjects, len(subjects))
        found.update((subject.key, ref) for subject in loose)
    return found


@frozen
class _Subject:
    """A record, with what it adds to every value of the batch."""

    record: Record
    batch: Value | Unknown
    """What tells its batch from others."""
    env: Environment
    read: dict[str, Expr]
    """Values of the batch that are known by now, for those that read them."""
    items: dict[str, Item | None] = field(factory=dict)

    @property
    def key(self) -> str:
        return self.record.key


@frozen
class _Entry:
    """What one record adds to one value: nothing, its item, or perhaps its item."""

    subject: _Subject
    item: Item | None
    open: bool
    """Is it left out because it is not known what it adds?"""


def _subject(program: c.Program, record: Record) -> _Subject:
    # The values come one after the other, so that what reads an earlier one finds it.
    read: dict[str, Expr] = {}
    env = Environment(record, program.schema, Recorder(), read)
    batch: Value | Unknown = True if program.batch_by is None else evaluate(c.Cell(program.batch_by), env).value
    return _Subject(record, batch, env, read)


def _item(value: c.BatchValue, env: Environment) -> Item | None:
    for let in value.lets:
        if let.origin.path not in env.lets:
            env.lets[let.origin.path] = let_value(let, env)
    if value.op == "any" and value.value is None:
        return item_of(None, c.Const(True) if value.where is None else value.where, env)
    return item_of(value.where, value.value, env)


def _entry(subject: _Subject, value: c.BatchValue, *, loose: bool) -> _Entry:
    item = subject.items[value.origin.path]
    if item is None or (value.ignoring_missing and _is_missing(item.value.value)):
        return _Entry(subject, None, open=False)
    doubt = item.perhaps or (item.value if isinstance(item.value.value, Unknown) else None)
    if loose and isinstance(subject.batch, Unknown):
        doubt = Expr("batch", subject.batch)
    return _Entry(subject, Item(item.value, doubt), open=doubt is not None)


@frozen
class _Pool:
    """All that one batch adds to one value."""

    value: c.BatchValue
    entries: Sequence[_Entry]

    @property
    def counted(self) -> list[_Entry]:
        return [entry for entry in self.entries if entry.item is not None]

    @property
    def left_out(self) -> tuple[str, ...]:
        return tuple(entry.subject.key for entry in self.entries if entry.open)

    def results(self, members: int) -> Iterator[tuple[_Subject, BatchResult]]:
        """For each of the first so many records, which belong to the batch for certain."""
        left_out, subjects = self.left_out, sum(not entry.open for entry in self.counted)
        shared = None if self.value.op == "rank" else self._fold()
        rank = self._ranks() if shared is None else None
        for entry in self.entries[:members]:
            found = shared if rank is None or shared is not None else Expr("rank", rank(entry))
            assert found is not None, "a value is a fold or a rank"
            yield entry.subject, BatchResult(_leaf(self.value, found), subjects, left_out)

    def findings(self, values: Mapping[str, Mapping[str, BatchResult]]) -> Iterator[Diagnostic]:
        """Where the value is open: for each record that leaves it so, and for each that reads it."""
        path, left_out = self.value.origin.path, self.left_out
        members = [entry for entry in self.entries if not isinstance(entry.subject.batch, Unknown)]
        affected = {e.subject.key for e in members if isinstance(values[e.subject.key][path].value.value, Unknown)}
        if not left_out or not affected:
            return
        for entry in members:
            if entry.open:
                yield _open(self.value, entry.subject)
            elif entry.subject.key in affected:
                facts: dict[str, Fact] = {"value": _text(self.value), "count": len(left_out), "first": left_out[0]}
                yield Diagnostic("F225", facts, self.value.origin.span, record=entry.subject.key)

    def _fold(self) -> Expr:
        assert self.value.op != "rank", "a rank is no aggregate"
        return fold(
            self.value.op,
            [entry.item for entry in self.counted if entry.item is not None],
            distinct=self.value.distinct,
            dropping=self.value.dropping,
        )

    def _ranks(self) -> Callable[[_Entry], Value | Unknown]:
        """The place of an entry: one more than those before it, which are counted by bisection."""
        sign = 1 if self.value.highest_first else -1
        certain = sorted(sign * number for e in self.counted if not e.open and (number := _number(e)) is not None)
        if self.value.ties == "dense":
            certain = sorted(set(certain))
        open_ends = sorted(_high_end(_signed(entry, sign)) for entry in self.counted if entry.open)
        unknown = _together(entry for entry in self.counted if entry.open)

        def rank(entry: _Entry) -> Value | Unknown:
            if entry.item is None:
                return Unknown(frozenset({Cause.UNDEFINED}))
            within = _signed(entry, sign)
            surely = 0 if within.high is None else len(certain) - bisect_right(certain, within.high)
            perhaps = len(certain) if within.low is None else len(certain) - bisect_right(certain, within.low)
            perhaps += len(open_ends) - (0 if within.low is None else bisect_right(open_ends, (0, within.low)))
            if entry.open and (within.low is None or _high_end(within) > (0, within.low)):
                perhaps -= 1  # Itself.
            causes = unknown.causes
            if entry.open and not isinstance(entry.item.value.value, Unknown):
                causes |= {Cause.UNDEFINED}  # It may have no place at all.
            return narrowed(Unknown(causes), Interval(Fraction(1 + surely), Fraction(1 + perhaps)))

        return rank


def _signed(entry: _Entry, sign: int) -> Interval:
    assert entry.item is not None, "only what counts has a place"
    within = enclosure(entry.item.value.value)
    return within if sign > 0 else iv.negate(within)


def _high_end(within: Interval) -> tuple[int, Fraction]:
    return (1, Fraction(0)) if within.high is None else (0, within.high)


def _number(entry: _Entry) -> Fraction | None:
    value = entry.item.value.value if entry.item else None
    return value if isinstance(value, Fraction) else None


def _leaf(value: c.BatchValue, found: Expr) -> Expr:
    """The value as records read it. The cells behind it belong to other records, so none of them is blamed here."""
    known = found.value
    if isinstance(known, Unknown):
        known = Unknown(known.causes, within=known.within)
    return Expr("batch", known, (), str(value.origin.path), found.percent)


def _without_batch(value: c.BatchValue, subject: _Subject) -> BatchResult:
    """For a record of which it is not known to which batch it belongs."""
    assert isinstance(subject.batch, Unknown), "only such a record has no batch"
    unknown = Unknown(subject.batch.causes, within=iv.NOT_NEGATIVE if value.op in ("rank", "count") else iv.EVERYTHING)
    return BatchResult(Expr("batch", unknown, (), str(value.origin.path)), 0, (subject.key,))


def _open(value: c.BatchValue, subject: _Subject) -> Diagnostic:
    place = subject.record.place
    return Diagnostic("F224", {"value": _text(value)}, value.origin.span, place, record=subject.key)


def _text(value: c.BatchValue) -> str:
    return " ".join(value.origin.span.text.split())


def _together(entries: Iterable[_Entry]) -> Unknown:
    """Why these leave the value open."""
    found = [expr.value for e in entries if e.item for expr in (e.item.value, e.item.perhaps) if expr is not None]
    return Unknown(frozenset(cause for value in found if isinstance(value, Unknown) for cause in value.causes))


def _is_missing(value: Value | Unknown) -> bool:
    return isinstance(value, Unknown) and Cause.MISSING in value.causes


def _reference(program: c.Program, subjects: Sequence[_Subject], size: int) -> BatchRef:
    """The digest of everything that was read of every record."""
    read: list[Json] = [
        [subject.key, _encoded(subject.batch), [_encoded_item(subject.items[v.origin.path]) for v in program.batch]]
        for subject in subjects
    ]
    paths: list[Json] = [str(value.origin.path) for value in program.batch]
    text = canonical_json({"values": paths, "records": read})
    return BatchRef(sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), size)


def _encoded_item(item: Item | None) -> Json:
    if item is None:
        return None
    perhaps: list[Json] = [] if item.perhaps is None else [_encoded(item.perhaps.value)]
    return [_encoded(item.value.value), *perhaps]


def _encoded(value: Value | Unknown) -> Json:
    # Keys of cells mean nothing outside the pass in which they were given.
    return encode_value(Unknown(value.causes, within=value.within) if isinstance(value, Unknown) else value)
