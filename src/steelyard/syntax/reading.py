"""The bytes of a rule file to its text: UTF-8, or an error that names the likely encoding."""

from __future__ import annotations

from hashlib import sha256

from steelyard.diagnostics.model import DataPlace, Diagnostic
from steelyard.source import Source

RULE_FILE_LIMIT = 1_000_000
"""Bytes of the largest rule file."""


def read_source(name: str, content: bytes) -> Source | Diagnostic:
    """The source, or what keeps it from being one."""
    place = DataPlace(name)
    if len(content) > RULE_FILE_LIMIT:
        return Diagnostic("S213", {"limit": RULE_FILE_LIMIT}, place=place)
    try:
        return Source(name, content.decode("utf-8-sig"), sha256(content).hexdigest())
    except UnicodeDecodeError as problem:
        encoding = _other_encoding(content)
        if encoding is not None:
            return Diagnostic("S215", {"encoding": encoding}, place=place)
        return Diagnostic("S214", {"byte": problem.start}, place=place)


def _other_encoding(content: bytes) -> str | None:
    """The encoding that a text file which is no UTF-8 seems to be in."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else "GB18030 (GBK)"
