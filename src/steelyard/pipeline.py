"""The table of contents: from a rule file's text to a program, from data to records, from both to scores."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from errno import EINVAL
from hashlib import sha256
from pathlib import Path

from attrs import evolve, frozen

from steelyard.bind.bind import bind
from steelyard.check.check import check
from steelyard.core.nodes import Program
from steelyard.data import read
from steelyard.data.model import Records
from steelyard.diagnostics.model import Diagnostic, Language, Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.lower.lower import lower
from steelyard.scalar import reference
from steelyard.scalar.header import header_of
from steelyard.source import Source
from steelyard.syntax.parser import parse
from steelyard.syntax.reading import RULE_FILE_LIMIT, read_source
from steelyard.trace.model import Trace


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
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(EINVAL, "not a plain file")
    with path.open("rb") as file:
        content = file.read(RULE_FILE_LIMIT + 1)
    # A name outside the locale's encoding is carried as half characters: it is read as UTF-8.
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return load_bytes(name, content)


def load_bytes(name: str, content: bytes) -> Loaded:
    """The same for a file's bytes."""
    source = read_source(name, content)
    if isinstance(source, Diagnostic):
        empty = Source(name, "", sha256(content).hexdigest())
        return Loaded(empty, "zh" if source.facts.get("encoding") == "GB18030 (GBK)" else "en", None, (source,))
    return load_source(source)


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
    """Score every record, all traces at once."""
    return Scored(tuple(score_each(program, records, as_of)), general_findings(records))


def score_each(program: Program, records: Records, as_of: date | None = None) -> Iterator[Trace]:
    """Score record after record, so that a long table need not stay in memory."""
    general = general_findings(records)
    own: dict[str, list[Diagnostic]] = {}
    for finding in records.findings:
        own.setdefault(finding.record or "", []).append(finding)
    for record in records.records:
        found = own.get(record.key, [])
        header = header_of(program, records, record.key, as_of)
        trace = reference.score(program, record, header, (*general, *found) if len(records.records) == 1 else found)
        yield _with_status(trace, general)


def general_findings(records: Records) -> tuple[Diagnostic, ...]:
    """Findings that stand in no record's trace: those of files and of the data as a whole."""
    keys = {record.key for record in records.records}
    return tuple(f for f in records.findings if f.record is None or f.record not in keys)


def _with_status(trace: Trace, general: tuple[Diagnostic, ...]) -> Trace:
    """A result with an error finding against it is not final."""
    if any(severity_of(f) is Severity.ERROR for f in (*trace.findings, *general)):
        return evolve(trace, result=evolve(trace.result, status="not final"))
    return trace
