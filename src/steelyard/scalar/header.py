"""What a run was made of: the header of its trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from steelyard.core.invariants import accounts
from steelyard.core.nodes import Check, Each, Move, Program, Review, Statement
from steelyard.data.model import Records
from steelyard.trace.model import Header, SourceFile
from steelyard.version import VERSION

ENGINE = f"steelyard {VERSION}"


def header_of(program: Program, records: Records, key: str, as_of: date | None) -> Header:
    """Files with their digests, the core's digest, the day, the record. No time, host, user or path."""
    return Header(
        engine=ENGINE,
        scheme=program.name,
        title=program.title,
        language=program.language,
        rules=(SourceFile(program.source.name, program.source.digest),),
        data=tuple(SourceFile(source.file, source.digest) for source in records.sources),
        core=program.digest,
        statements=tuple(
            (str(account.origin.path), sum(1 for s in (*account.body, *account.checks) for _ in _counted(s)))
            for account in accounts(program.total)
        ),
        as_of=None if as_of is None else as_of.isoformat(),
        record=key,
    )


def _counted(statement: Statement) -> Iterator[Statement]:
    """The statements an author wrote: moves, judgements and checks, also in loops."""
    match statement:
        case Each():
            for inner in statement.body:
                yield from _counted(inner)
        case Move() | Review() | Check():
            yield statement
        case _:
            pass
