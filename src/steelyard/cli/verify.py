"""`steelyard verify TRACE`: the trace checked by a program that shares nothing with the engine."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from steelyard.cli.commands import Command, OneOf, color_option, lang_option, option
from steelyard.cli.language import language, of_name
from steelyard.cli.streams import ColorChoice, write_text

if TYPE_CHECKING:
    from steelyard.core.nodes import Program
    from steelyard.data.model import Records
    from steelyard.diagnostics.model import Language

MOST_TOLD = 10
"""Differences from a fresh run that are told; a changed rule changes everything after it."""
_BATCH = {
    "en": {
        "missing": "record {} is in the data, and not in the traces",
        "twice": "record {} stands twice in the traces",
    },
    "zh": {"missing": "对象 {} 在数据里有，评分过程里没有", "twice": "对象 {} 在评分过程里出现了两次"},
}
_AGAIN = {"en": "fresh run", "zh": "重新评分"}
_EVER = {
    "en": "Determined by neither rules nor data: the engine's version, and the day, where another gives the same score.",
    "zh": "规则和数据都不决定：引擎版本；以及评分所按的日期，若换一天结果相同。",
}
_MORE = {"en": "  … and {n} more", "zh": "  ……另有 {n} 处"}


@click.command(
    "verify",
    cls=Command,
    short=("Check a trace independently.", "独立核验评分过程。"),
    words=(
        "Check the trace file TRACE by a program that shares nothing with the engine.\n\n"
        "Arithmetic is always checked; the rules with --rules, or where the trace carries them (score --with-rules); the "
        "data with --data. With both, everything is also scored again and compared. The same check runs without "
        "Steelyard: copy the file that --where names, and run it with Python. "
        "Status 0: verified. Status 1: findings. Status 2: not done.",
        "用与评分引擎毫无共用的程序核验评分过程文件 TRACE。\n"
        "算术总是核验；给出 --rules，或评分过程里带有规则（score --with-rules）时核验规则；\n"
        "给出 --data 时核验数据。两者都有时，还会重新评分并逐处比较。\n"
        "不装本软件也能核验：把 --where 所指的文件拷走，用 Python 运行即可。\n"
        "返回值 0：核验通过；1：有不符之处；2：没有完成。",
    ),
)
@click.argument("trace", type=click.Path(path_type=Path), required=False)
@option("--rules", type=click.Path(path_type=Path), words=("The rule file.", "规则文件。"))
@option("--data", type=click.Path(path_type=Path), words=("The data file or folder.", "数据文件或文件夹。"))
@option("--record", words=("Only the record with this key.", "只核验这一个对象。"))
@option(
    "--format",
    "form",
    type=OneOf(["text", "json"]),
    default="text",
    words=("Form of the findings.", "结果的格式：text 文字，json 数据。"),
)
@option("--where", is_flag=True, words=("Print where the stand-alone verifier is.", "显示可单独运行的核验程序在哪里。"))
@lang_option
@color_option
def command(
    trace: Path | None,
    rules: Path | None,
    data: Path | None,
    record: str | None,
    form: str,
    where: bool,
    lang: str | None,
    color: ColorChoice,
) -> None:
    """Verified or not, and what was not possible."""
    from steelyard.audit import verify as alone
    from steelyard.cli.failures import NOT_DONE, cannot_open, fail

    spoken = language(lang, of_name(trace or Path()))
    if where:
        write_text(f"{Path(alone.__file__)}\n")
        return
    if trace is None:
        fail("C120", spoken, color)
    try:
        traces = alone.read(trace)
    except OSError as problem:
        cannot_open(trace, problem, spoken, color)
    except (ValueError, TypeError, RecursionError) as problem:
        known = isinstance(problem, json.JSONDecodeError | UnicodeDecodeError | RecursionError)
        fail("C104", spoken, color, file=str(trace), problem="JSON" if known else str(problem))
    headers = [found.get("header") for found in traces]
    keys = [header.get("record") if isinstance(header, dict) else None for header in headers]
    if record is not None and record not in keys:
        from steelyard.diagnostics.model import Fix
        from steelyard.diagnostics.nearest import nearest

        near = nearest(record, [key for key in keys if isinstance(key, str)])
        fail("C106", spoken, color, (Fix("did-you-mean", facts={"name": near}),) if near else (), record=record)
    chosen = [found for found, key in zip(traces, keys, strict=True) if record in (None, key)]
    own = chosen[0]["header"].get("language") if isinstance(chosen[0].get("header"), dict) else None
    spoken = language(lang, "zh" if own == "zh" else "en" if own == "en" else of_name(trace))
    ruled = _Rules(rules, spoken, color) if rules is not None else None
    held = _Data(data, spoken, color) if data is not None else None
    documents = []
    words = alone.WORDS[spoken] | {"again": _AGAIN[spoken]}
    whole = list(_whole_batch(keys, ruled, held, chosen)) if record is None else []
    lines = [_BATCH[spoken][said].format(key) for key, said in whole]
    failed = bool(whole)
    for found in chosen:
        program, core = ruled.of(_day(found)) if ruled else (None, None)
        other: list[Any] = []
        if program is not None and core is not None:
            other, named = _rule_files(program, found)
            # Of other files only what they mean can be compared, not where it stands.
            places = [place | {"file": named[place["file"]]} for place in core["places"] if not other]
            core = {name: part for name, part in core.items() if name != "places"}
            core |= {"places": places} if places else {}
        outcome = alone.verify(found, core, held.files if held else None)
        outcome = ([*other, *outcome[0]], *outcome[1:])
        more = 0
        if program is not None and held is not None:
            outcome, more = _compared(outcome, program, held.of(program), found, other_files=bool(other))
        failed = failed or bool(outcome[0])
        lines += alone.told(found, outcome, words)
        if more:
            lines.append(_MORE[spoken].format(n=more))
        documents.append(_document(found, outcome))
    if form == "json":
        write_text(json.dumps(documents, ensure_ascii=False, indent=2, default=str) + "\n")
    else:
        both = ruled is not None and held is not None
        if ruled is None and any("core" not in found for found in chosen):
            lines.append(words["no rules"])
        if held is None:
            lines.append(words["no data"])
        lines.append(_EVER[spoken] if both else words["never"])
        write_text("\n".join(lines) + "\n")
    raise click.exceptions.Exit(1 if failed else 0 if chosen else NOT_DONE)


class _Rules:
    """The rule file as it is on any day that a trace asks for."""

    def __init__(self, path: Path, spoken: Language, color: ColorChoice) -> None:
        self.path, self.spoken, self.color = path, spoken, color
        self.known: dict[date | None, tuple[Program, Any]] = {}

    def of(self, day: date | None) -> tuple[Program, Any]:
        from steelyard.cli.failures import NOT_DONE, cannot_open, tell
        from steelyard.core.encode import encode_program
        from steelyard.diagnostics.model import Severity
        from steelyard.diagnostics.wording import severity_of
        from steelyard.pipeline import load

        if day not in self.known:
            try:
                loaded = load(self.path, day)
            except OSError as problem:
                cannot_open(self.path, problem, self.spoken, self.color)
            if loaded.program is None:
                errors = tuple(d for d in loaded.diagnostics if severity_of(d) is Severity.ERROR)
                tell(errors, self.spoken, self.color)
                raise click.exceptions.Exit(NOT_DONE)
            # As the file alone reads it: JSON texts and lists.
            core = json.loads(json.dumps(encode_program(loaded.program)))
            self.known[day] = loaded.program, core
        return self.known[day]


class _Data:
    """The data: the files as the verifier reads them, and the records for a fresh run."""

    def __init__(self, path: Path, spoken: Language, color: ColorChoice) -> None:
        from steelyard.audit import verify as alone
        from steelyard.cli.failures import cannot_open, fail

        self.path = path
        try:
            path.stat()
            self.files: Any = alone.Data(path)
        except OSError as problem:
            cannot_open(path, problem, spoken, color)
        except (ValueError, RecursionError, csv.Error) as problem:
            kind = "UTF-8" if isinstance(problem, UnicodeError) else "CSV" if isinstance(problem, csv.Error) else "JSON"
            fail("C121", spoken, color, file=str(path), problem=kind)
        self.known: tuple[Program | None, Records | None] = (None, None)

    def of(self, program: Program) -> Records:
        from steelyard.pipeline import read_data

        if self.known[1] is None or self.known[0] is not program:
            self.known = program, read_data(program, self.path)
        assert self.known[1] is not None
        return self.known[1]


def _rule_files(program: Program, trace: Any) -> tuple[list[Any], dict[str, str]]:
    """Is the trace of other rule files than these? Told first: all else may follow from it. And what the trace calls the
    files here, of which the first may have been renamed."""
    from steelyard.questions.again import name_in

    files = {source.name: source.digest for source in (program.source, *program.sources)}
    listed = _header(trace).get("rules")
    claimed = [file for file in listed if isinstance(file, dict)] if isinstance(listed, list) else []
    given = ", ".join(files.values())
    found = [
        ("rules", None, str(file.get("file")), "SHA-256", file.get("sha256"), given)
        for file in claimed
        if file.get("sha256") not in files.values()
    ]
    return found, {name: name_in(program, _header(trace)) if name == program.source.name else name for name in files}


def _whole_batch(
    keys: list[Any], ruled: _Rules | None, held: _Data | None, chosen: list[Any]
) -> Iterator[tuple[str, str]]:
    """Records of the data that have no trace, and traces that stand twice: a batch is no less and no more than its data.
    One trace alone may be shown alone."""
    if ruled is None or held is None or len(chosen) < 2 or any(isinstance(key, dict) for key in keys):
        return
    program, _ = ruled.of(_day(chosen[0]))
    days = {_day(found) for found in chosen}
    for record in held.of(program).records:
        if record.key not in keys:
            yield record.key, "missing"
        elif keys.count(record.key) > len(days):
            yield record.key, "twice"


def _header(trace: Any) -> dict[str, Any]:
    header = trace.get("header")
    return header if isinstance(header, dict) else {}


def _day(trace: Any) -> date | None:
    try:
        return date.fromisoformat(trace["header"]["as_of"])
    except (LookupError, TypeError, ValueError):
        return None


def _compared(outcome: Any, program: Program, records: Records, trace: Any, *, other_files: bool) -> tuple[Any, int]:
    """The outcome with what a fresh run gives otherwise; where the verifier has named the entry already it is not told
    twice, nor where statements stand in other rule files. And how many more there are."""
    from steelyard.questions.again import run_again

    findings, levels, taken, unread = outcome
    named = {f"entries/{entry}" for _, entry, *_ in findings if entry}
    differences = run_again(program, records, _day(trace), trace)
    fresh = [d for d in differences if "/".join(d[0].split("/")[:2]) not in named]
    if other_files:
        fresh = [d for d in fresh if "/source/" not in d[0] and not d[0].startswith(("header/rules/", "header/core"))]
    told = [("again", *_entry(trace, place), place, claimed, found) for place, claimed, found in fresh[:MOST_TOLD]]
    return ([*findings, *told], [*levels, "again"], taken, unread), max(0, len(fresh) - MOST_TOLD)


def _entry(trace: Any, place: str) -> tuple[int | None, str | None]:
    """The entry that a place such as `entries/12/reason` is in, and its rule."""
    match place.split("/"):
        case ["entries", number, *_] if int(number) <= len(trace["entries"]):
            entry = trace["entries"][int(number) - 1]
            return int(number), str(entry.get("rule")) if isinstance(entry, dict) else None
        case _:
            return None, None


def _document(trace: Any, outcome: Any) -> dict[str, Any]:
    findings, levels, taken, unread = outcome
    names = ("level", "entry", "rule", "what", "claimed", "found")
    header = trace.get("header")
    return {
        "record": header.get("record") if isinstance(header, dict) else None,
        "verified": not findings,
        "levels": levels,
        "taken_as_claimed": taken,
        "files_not_read": unread,
        "findings": [dict(zip(names, finding, strict=True)) for finding in findings],
    }
