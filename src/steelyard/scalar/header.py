"""What a run was made of: the header of its trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from steelyard.core import nodes as c
from steelyard.core.invariants import accounts
from steelyard.data.model import Records
from steelyard.trace.model import BatchRef, Header, SourceFile
from steelyard.version import VERSION

ENGINE = f"steelyard {VERSION}"


def header_of(
    program: c.Program, records: Records, key: str, as_of: date | None, batch: BatchRef | None = None
) -> Header:
    """Files with their digests, the core's digest, the day, the record. No time, host, user or path."""
    return Header(
        engine=ENGINE,
        scheme=program.name,
        title=program.title,
        language=program.language,
        fewer_better=program.fewer_better,
        rules=tuple(SourceFile(source.name, source.digest) for source in (program.source, *program.sources)),
        data=tuple(SourceFile(source.file, source.digest) for source in records.sources),
        core=program.digest,
        statements=tuple(
            (str(account.origin.path), sum(1 for s in _of(account) for _ in _counted(s)))
            for account in accounts(program.total)
        ),
        as_of=None if as_of is None else as_of.isoformat(),
        record=key,
        batch=batch,
    )


def _of(account: c.Account) -> Iterator[c.Statement]:
    yield from account.body
    yield from account.checks
    yield from account.grade.moves if account.grade else ()


def _counted(statement: c.Statement) -> Iterator[c.Statement]:
    """The statements an author wrote: moves, judgements, skips, limits, checks, also in loops and groups."""
    match statement:
        case c.Each(body=(c.Account(),)):
            pass
        case c.Each(body=body) | c.Group(body=body):
            for inner in body:
                yield from _counted(inner)
        case c.Move(restores=restores):
            yield statement
            yield from restores
        case c.Review() | c.Skip() | c.Limit() | c.Regrade() | c.Check():
            yield statement
        case _:
            pass
