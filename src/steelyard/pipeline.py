"""The table of contents: from a rule file's text to a program, from data to records, from both to scores."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from errno import EINVAL
from hashlib import sha256
from pathlib import Path

from attrs import evolve, field, frozen

from steelyard.bind.bind import bind
from steelyard.check.check import check
from steelyard.check.model import Checked
from steelyard.core.nodes import Program
from steelyard.data import read
from steelyard.data.model import Records
from steelyard.diagnostics.model import Diagnostic, Language, Severity
from steelyard.diagnostics.wording import severity_of
from steelyard.examples.run import Tried, run_examples
from steelyard.expand.expand import expand, sorted_once
from steelyard.expand.files import Folder
from steelyard.expand.model import AsOf
from steelyard.lower.lower import lower
from steelyard.scalar import reference
from steelyard.scalar.batch import batch_values
from steelyard.scalar.header import header_of
from steelyard.source import Source
from steelyard.syntax.parser import parse
from steelyard.syntax.reading import RULE_FILE_LIMIT, read_source
from steelyard.trace.model import Trace


@frozen
class Loaded:
    """A rule file, checked; with a program where it has no error and holds a rule."""

    source: Source
    language: Language
    """Of the file: that of its reasons and traces."""
    program: Program | None
    diagnostics: tuple[Diagnostic, ...]
    day: date | None = None
    """The day that dated values were picked for; None where the file has none."""
    checked: Checked | None = field(default=None, eq=False, repr=False)
    """The tree behind the program, for what is made of the rules themselves; None where there is no program."""


@frozen
class Scored:
    """All records of a run, each with its trace, and what was found wrong with the data as a whole."""

    traces: tuple[Trace, ...]
    findings: tuple[Diagnostic, ...]
    """Of files and records that could not be told to belong to one record."""


def load(path: Path | str, as_of: AsOf = None) -> Loaded:
    """Read, parse, expand, bind, check and lower a rule file as it is on a day. Mistakes of the author are diagnostics.

    Raises OSError where the file cannot be opened.
    """
    path = Path(path)
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(EINVAL, "not a plain file")
    with path.open("rb") as file:
        content = file.read(RULE_FILE_LIMIT + 1)
    # A name outside the locale's encoding is carried as half characters: it is read as UTF-8.
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return load_bytes(name, content, as_of, Folder.of(path))


def load_bytes(name: str, content: bytes, as_of: AsOf = None, folder: Folder | None = None) -> Loaded:
    """The same for a file's bytes. Other files are looked for in the folder; without one there are none."""
    source = read_source(name, content)
    if isinstance(source, Diagnostic):
        empty = Source(name, "", sha256(content).hexdigest())
        return Loaded(empty, "zh" if source.facts.get("encoding") == "GB18030 (GBK)" else "en", None, (source,))
    return load_source(source, as_of, folder)


def load_source(source: Source, as_of: AsOf = None, folder: Folder | None = None) -> Loaded:
    """The author's half: text → Parsed → Expanded → Bound → Checked → Program."""
    expanded = expand(parse(source), folder, as_of)
    language = expanded.parsed.file.language
    if expanded.broken or not expanded.rules:
        return Loaded(source, language, None, sorted_once(expanded.parsed.diagnostics, expanded), expanded.day)
    checked = check(bind(expanded.parsed))
    program = None if checked.failed else evolve(lower(checked), sources=expanded.sources)
    found = sorted_once(checked.diagnostics, expanded)
    return Loaded(source, language, program, found, expanded.day, checked if program else None)


def try_examples(program: Program) -> Tried:
    """Run the examples that stand in the rule file, each as the only record of its data."""
    return run_examples(program, lambda tried, record: next(score_each(tried, Records((record,), ()))))


def read_data(program: Program, path: Path | str) -> Records:
    """The evaluator's half: a file or folder to records that fit the program's inputs."""
    return read(Path(path), program.schema)


def score(program: Program, records: Records, as_of: date | None = None) -> Scored:
    """Score every record, all traces at once."""
    return Scored(tuple(score_each(program, records, as_of)), general_findings(records))


def score_each(
    program: Program, records: Records, as_of: date | None = None, only: str | None = None
) -> Iterator[Trace]:
    """Score record after record, or the one with a key, so that a long table need not stay in memory. Values over the
    batch come first and are always those of all records."""
    asked = [record for record in records.records if only in (None, record.key)]
    general, batches = general_findings(records), batch_values(program, records.records)
    own: dict[str, list[Diagnostic]] = {}
    for finding in (*records.findings, *batches.findings):
        own.setdefault(finding.record or "", []).append(finding)
    for record in asked:
        found = own.get(record.key, [])
        header = header_of(program, records, record.key, as_of, batches.batches.get(record.key))
        findings = (*general, *found) if len(asked) == 1 else found
        trace = reference.score(program, record, header, findings, batches.values.get(record.key))
        yield _with_status(trace, general)


def general_findings(records: Records) -> tuple[Diagnostic, ...]:
    """Findings that stand in no record's trace: those of files and of the data as a whole."""
    keys = {record.key for record in records.records}
    return tuple(f for f in records.findings if f.record is None or f.record not in keys)


def _with_status(trace: Trace, general: tuple[Diagnostic, ...]) -> Trace:
    """A result with an error finding against it is not final; one that is not issued stays so."""
    if trace.result.status != "not issued" and any(
        severity_of(f) is Severity.ERROR for f in (*trace.findings, *general)
    ):
        return evolve(trace, result=evolve(trace.result, status="not final"))
    return trace
