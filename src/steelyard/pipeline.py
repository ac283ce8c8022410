"""The table of contents: from a rule file's text to a program, from data to records, from both to scores."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

from attrs import evolve, frozen

from steelyard.bind.bind import bind
from steelyard.check.check import check
from steelyard.core.invariants import accounts
from steelyard.core.nodes import Check, Each, Move, Program, Review, Statement
from steelyard.data import read
from steelyard.data.model import Records
from steelyard.diagnostics.model import DataPlace, Diagnostic, Language, Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.lower.lower import lower
from steelyard.scalar import reference
from steelyard.source import Source
from steelyard.syntax.parser import parse
from steelyard.trace.model import Header, SourceFile, Trace
from steelyard.version import VERSION

ENGINE = f"steelyard {VERSION}"
RULE_FILE_LIMIT = 1_000_000
"""Bytes of the largest rule file."""


@frozen
class Loaded:
    """A rule file, checked; with a program where it has no error."""

    source: Source
    language: Language
    """Of the file: that of its reasons and traces."""
    program: Program | None
    diagnostics: tuple[Diagnostic, ...]


@frozen
class Scored:
    """All records of a run, each with its trace, and what was found wrong with the data as a whole."""

    traces: tuple[Trace, ...]
    findings: tuple[Diagnostic, ...]
    """Of files and records that could not be told to belong to one record."""


def load(path: Path | str) -> Loaded:
    """Read, parse, bind, check and lower a rule file. Mistakes of the author are diagnostics.

    Raises OSError where the file cannot be opened.
    """
    path = Path(path)
    with path.open("rb") as file:
        content = file.read(RULE_FILE_LIMIT + 1)
    # A name outside the locale's encoding is carried as half characters: it is read as UTF-8.
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return load_bytes(name, content)


def load_bytes(name: str, content: bytes) -> Loaded:
    """The same for a file's bytes."""
    empty = Source(name, "", sha256(content).hexdigest())
    if len(content) > RULE_FILE_LIMIT:
        return Loaded(empty, "en", None, (Diagnostic("S213", {"limit": RULE_FILE_LIMIT}, place=DataPlace(name)),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        encoding = _other_encoding(content)
        code, facts = ("S215", {"encoding": encoding}) if encoding else ("S214", {"byte": str(problem.start)})
        return Loaded(empty, "en", None, (Diagnostic(code, facts, place=DataPlace(name)),))
    return load_source(Source(name, text, empty.digest))


def load_source(source: Source) -> Loaded:
    """The author's half: text → Parsed → Bound → Checked → Program."""
    parsed = parse(source)
    checked = check(bind(parsed))
    program = None if checked.failed else lower(checked)
    diagnostics = tuple(sorted(checked.diagnostics, key=lambda d: d.span.start if d.span else 0))
    return Loaded(source, parsed.file.language, program, diagnostics)


def read_data(program: Program, path: Path | str) -> Records:
    """The evaluator's half: a file or folder to records that fit the program's inputs."""
    return read(Path(path), program.schema)


def score(program: Program, records: Records, as_of: date | None = None) -> Scored:
    """Score every record. Findings that name a record stand in its trace, the others beside the scores."""
    keys = {record.key for record in records.records}
    general = tuple(f for f in records.findings if f.record is None or f.record not in keys)
    traces = []
    for record in records.records:
        header = _header(program, records, record.key, as_of)
        own = [f for f in records.findings if f.record == record.key]
        trace = reference.score(program, record, header, (*general, *own) if len(keys) == 1 else own)
        traces.append(_with_status(trace, general))
    return Scored(tuple(traces), general)


def _with_status(trace: Trace, general: tuple[Diagnostic, ...]) -> Trace:
    """A result with an error finding against it is not final."""
    if any(severity_of(f) is Severity.ERROR for f in (*trace.findings, *general)):
        return evolve(trace, result=evolve(trace.result, status="not final"))
    return trace


def _header(program: Program, records: Records, key: str, as_of: date | None) -> Header:
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


def _other_encoding(content: bytes) -> str | None:
    """The encoding that a text file which is no UTF-8 seems to be in."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else "GB18030 (GBK)"
