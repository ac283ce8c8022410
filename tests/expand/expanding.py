"""Rule files expanded for a test: from a text alone, or from a folder of texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from steelyard.expand.expand import expand, sorted_once
from steelyard.expand.files import Folder
from steelyard.expand.model import AsOf, Expanded
from steelyard.source import Source
from steelyard.syntax import nodes as n
from steelyard.syntax.parser import parse


def expanded(text: str, as_of: AsOf = None) -> Expanded:
    return expand(parse(Source.from_text("main.rules", text)), None, as_of)


def in_folder(folder: Path, as_of: AsOf = None, **files: str) -> Expanded:
    """The file `main` of these, the others beside it; `common__rates` is common/rates.rules."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.rules"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return open_main(folder, as_of)


def open_main(folder: Path, as_of: AsOf = None) -> Expanded:
    text = (folder / "main.rules").read_text(encoding="utf-8")
    return expand(parse(Source.from_text("main.rules", text)), Folder.of(folder / "main.rules"), as_of)


def codes(found: Expanded) -> list[str]:
    return [diagnostic.code for diagnostic in sorted_once(found.parsed.diagnostics, found)]


def amounts(found: Expanded) -> list[n.Expression]:
    """The amounts of the deductions at the top of the file, and of those directly in its parts."""
    file = found.parsed.file
    statements = [*file.statements, *(inner for part in file.parts for inner in part.statements)]
    return [statement.amount for statement in statements if isinstance(statement, n.Deduct)]


def number(value: n.Expression) -> str:
    """A number as it is read: `0.05`, with a % where it was written so."""
    assert isinstance(value, n.Number)
    return f"{value.value * 100}%" if value.percent else str(value.value)


def day(text: str) -> date:
    return date.fromisoformat(text)
