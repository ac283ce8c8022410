"""Other rule files on disk: only plain files in the folder of the rule file or below it, whatever a path says."""

from __future__ import annotations

import os
import stat
from errno import errorcode
from pathlib import Path, PurePosixPath, PureWindowsPath

from attrs import frozen

from steelyard.diagnostics.model import Diagnostic, Fix, Words
from steelyard.diagnostics.nearest import nearest
from steelyard.diagnostics.words import WORDS
from steelyard.source import Source
from steelyard.syntax.reading import RULE_FILE_LIMIT, read_source

SUFFIX = ".rules"


@frozen
class Folder:
    """The folder that other files must lie in."""

    root: Path
    """Resolved: without links."""

    @classmethod
    def of(cls, rules: Path) -> Folder:
        return cls(rules.parent.resolve())

    def open(self, written: str, beside: str) -> Source | Diagnostic:
        """The file that is written so in the file `beside` (both relative to the folder, with `/`), or what keeps it from
        being read: a diagnostic without a place."""
        written = written.strip()
        if not _plain(written) or _leaves(written, beside):
            return Diagnostic("N131", {"file": written})
        path = self.root / PurePosixPath(beside).parent / written
        try:
            path = path.resolve(strict=True)
            if not path.is_relative_to(self.root):
                return Diagnostic("N131", {"file": written})
            content = _read(path)
        except FileNotFoundError:
            return Diagnostic("N130", {"file": written}, fixes=self._near(path, written))
        except (OSError, RuntimeError, ValueError) as problem:
            # A circle of links is a RuntimeError up to Python 3.12, and a name that no system takes a ValueError.
            return Diagnostic("N132", {"file": written, "problem": _words(problem)})
        if content is None:
            return Diagnostic("N132", {"file": written, "problem": Words("file.special")})
        return read_source(_shown(path.relative_to(self.root)), content)

    def _near(self, path: Path, written: str) -> tuple[Fix, ...]:
        """A file in the same folder whose name is most like it, as it would be written."""
        folder = path.parent.resolve()
        if not folder.is_relative_to(self.root) or not folder.is_dir():
            return ()
        near = nearest(path.name, sorted(_shown(Path(other.name)) for other in folder.glob(f"*{SUFFIX}")))
        return (Fix("did-you-mean", facts={"name": str(PurePosixPath(written).with_name(near))}),) if near else ()


def _plain(written: str) -> bool:
    """Is it a relative path with `/`, the same on every system?"""
    return bool(written) and not (
        any(ord(c) < 0x20 or c == "\\" for c in written)
        or PurePosixPath(written).is_absolute()
        or PureWindowsPath(written).drive
    )


def _leaves(written: str, beside: str) -> bool:
    """Does `..` lead out of the folder?"""
    depth = len(PurePosixPath(beside).parent.parts)
    for part in written.split("/"):
        depth += -1 if part == ".." else 1 if part not in ("", ".") else 0
        if depth < 0:
            return True
    return False


def _read(path: Path) -> bytes | None:
    """The bytes, up to one more than a rule file may have; None for what is no plain file, which is never waited for."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return None
        return file.read(RULE_FILE_LIMIT + 1)


def _words(problem: Exception) -> Words:
    name = errorcode.get(problem.errno or 0, "") if isinstance(problem, OSError) else ""
    return Words(f"system.{name}" if f"system.{name}" in WORDS else "file.unreadable")


def _shown(path: Path) -> str:
    """A name outside the locale's encoding is carried as half characters: it is read as UTF-8."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
