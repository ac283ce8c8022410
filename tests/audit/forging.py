"""Forgeries: a trace of other rules or other data, in the genuine one's clothes.

The engine itself runs what the forger changed, so every number follows from every other; then the header, and of every
entry its place and text in the rule file, are the genuine ones again.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import frozen

from audit.corpus import Document, Sample, plain
from steelyard import pipeline
from steelyard.core.encode import encode_program
from steelyard.core.nodes import Program
from steelyard.data.model import Records
from steelyard.trace.encode import encode_trace

_NUMBER = re.compile(r"(?<![\w.#\"“-])[0-9]+(?:\.[0-9]+)?(?![\w.\"”])")


@frozen
class Forgery:
    sample: Sample
    what: str
    """Where the change was made, for whoever reads a failure."""
    names: tuple[str, ...]
    """Rule paths of the statements, or the key of the cell: findings must name one of them."""
    trace: Document


def changed_rules(sample: Sample, folder: Path, tries: int = 5) -> Iterator[Forgery]:
    """One number of the rule file is another, where the file stays right and a score becomes another: a few, spread over
    the file."""
    text = sample.rules.read_text(encoding="utf-8")
    numbers = list(_NUMBER.finditer(text))
    for found in numbers[-1 :: -max(1, len(numbers) // tries)]:
        line = text.count("\n", 0, found.start()) + 1
        if text[text.rfind("\n", 0, found.start()) + 1 : found.start()].lstrip().startswith("#"):
            continue
        path = folder / sample.rules.name
        path.write_text(f"{text[: found.start()]}{_other(found[0])}{text[found.end() :]}", encoding="utf-8")
        loaded = pipeline.load(path, sample.asked)
        if loaded.program is None:
            continue
        paths = tuple(dict.fromkeys(_changed(sample.core, plain(encode_program(loaded.program)))))
        if paths and len(paths) <= 2:
            what = f"{sample.name}: line {line}: {found[0]} → {_other(found[0])}"
            yield from _forged(sample, loaded.program, sample.records, what, paths)


def changed_cells(sample: Sample, folder: Path) -> Iterator[Forgery]:
    """One number of the data that was read is another."""
    for trace in sample.traces:
        for cell in trace["cells"]:
            if not isinstance(cell["value"], str) or not _NUMBER.fullmatch(cell["text"]):
                continue
            source = sample.data / cell["file"] if sample.data.is_dir() else sample.data
            data = folder / "data"
            data.mkdir(exist_ok=True)
            for file in source.parent.iterdir() if sample.data.is_dir() else ():
                (data / file.name).write_bytes(file.read_bytes())
            text = _with_cell(source.read_text(encoding="utf-8-sig"), cell)
            if text is None:
                continue
            (data / cell["file"]).write_text(text, encoding="utf-8")
            records = pipeline.read_data(sample.program, data if sample.data.is_dir() else data / cell["file"])
            what = f"{sample.name}: {trace['header']['record']}: {cell['name']} {cell['text']}"
            for forgery in _forged(sample, sample.program, records, what, (cell["name"],)):
                if forgery.trace["header"]["record"] == trace["header"]["record"]:
                    yield forgery


def _forged(sample: Sample, program: Program, records: Records, what: str, names: tuple[str, ...]) -> Iterator[Forgery]:
    """The traces whose score the change moved, dressed as the genuine ones."""
    genuine = {trace["header"]["record"]: trace for trace in sample.traces}
    for scored in pipeline.score(program, records, sample.asked).traces:
        trace = plain(encode_trace(scored))
        old = genuine.get(trace["header"]["record"])
        if old is None or old["result"].get("total") == trace["result"].get("total"):
            continue
        sources = {entry["rule"]: entry.get("source") for entry in old["entries"]}
        entries = [
            {**entry, **({"source": sources[entry["rule"]]} if sources.get(entry["rule"]) else {})}
            for entry in trace["entries"]
        ]
        yield Forgery(sample, what, names, {**trace, "header": old["header"], "entries": entries})


def _other(number: str) -> str:
    """Half as much again, or one more."""
    value = Fraction(number)
    return str(value + 1) if value.denominator == 1 else number + "1"


def _changed(old: Any, new: Any, rule: str = "") -> Iterator[str]:
    """The rule paths of the statements in which two cores differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        inner = str(old["origin"]) if isinstance(old.get("origin"), str) else rule
        for name in old:
            if name != "places":
                yield from _changed(old[name], new.get(name), inner)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for a, b in zip(old, new, strict=True):
            yield from _changed(a, b, rule)
    elif old != new:
        yield rule


def _with_cell(text: str, cell: Document) -> str | None:
    """The file with another number in the place of the cell."""
    if cell["file"].endswith(".csv"):
        rows = list(csv.reader(io.StringIO(text)))
        place = [title.strip() for title in rows[0]].index(cell["column"])
        rows[cell["row"] - 1][place] = _other(rows[cell["row"] - 1][place].strip())
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        return out.getvalue()
    content = holder = json.loads(text)
    *steps, last = [step.replace("~1", "/").replace("~0", "~") for step in cell["column"].split("/")[1:]]
    for step in steps:
        holder = holder[int(step)] if isinstance(holder, list) else holder[step]
    key = int(last) if isinstance(holder, list) else last
    if str(holder[key]) != cell["text"]:
        return None
    holder[key] = _other(cell["text"])
    return json.dumps(content, ensure_ascii=False)
