"""A data file as text: within the size limit, strictly UTF-8, without NUL; nothing is guessed."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from steelyard.data.findings import Findings
from steelyard.data.model import DataSource
from steelyard.diagnostics.model import DataPlace

SIZE_LIMIT = 64 * 2**20
"""Bytes of one file."""
VALUE_LIMIT = 2_000_000
"""Cells of one file: each becomes an object of some 300 bytes."""

# What a wrong conversion leaves behind: U+FFFD itself, and its UTF-8 bytes read as GBK.
_DAMAGED = re.compile("\N{REPLACEMENT CHARACTER}|锟斤拷")


@frozen
class DataFile:
    """One file that was read; its text is None where it is no text (a finding says so)."""

    source: DataSource
    text: str | None

    @property
    def name(self) -> str:
        return self.source.file


def load(path: Path, name: str, findings: Findings) -> DataFile | None:
    """The file at `path`, called `name` in everything that is said about it."""
    place = DataPlace(name)
    try:
        if not path.exists():
            findings.report("D101", place, file=name)
            return None
        if not path.is_file():
            # A pipe or a device may never end.
            findings.report("D102", place, file=name)
            return None
        with path.open("rb") as stream:
            content = stream.read(SIZE_LIMIT + 1)
    except (OSError, ValueError):
        findings.report("D102", place, file=name)
        return None
    if len(content) > SIZE_LIMIT:
        findings.report("D104", place, file=name, limit=SIZE_LIMIT // 2**20)
        return None
    return DataFile(DataSource(name, sha256(content).hexdigest()), _text(content, name, findings))


def plain_name(path: Path) -> str:
    """The last part of a path, fit to be written: a name that is not UTF-8 gets replacement characters."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _text(content: bytes, name: str, findings: Findings) -> str | None:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as problem:
        code = "D106" if _is_gb18030(content) else "D105"
        findings.report(code, DataPlace(name), file=name, offset=problem.start)
        return None
    if (at := text.find("\0")) >= 0:
        line = _line(text, at)
        findings.report("D107", DataPlace(name, line), file=name, line=line)
        return None
    if damaged := _DAMAGED.search(text):
        line = _line(text, damaged.start())
        findings.report("D125", DataPlace(name, line, text=damaged[0]), line=line, text=damaged[0])
    return text.removeprefix("\N{BYTE ORDER MARK}")


def _is_gb18030(content: bytes) -> bool:
    """Only for the help that is given: short GB18030 texts are often valid in other encodings too."""
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
