"""Files that hold a secret: made new, readable by their owner alone, never over another file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from steelyard.cli.failures import fail, system_words
from steelyard.cli.streams import ColorChoice
from steelyard.diagnostics.model import Language


def write_fresh(files: Sequence[tuple[Path, bytes, int]], language: Language, color: ColorChoice) -> None:
    """Write each file with its mode. All are new, or none is written."""
    for path, _, _ in files:
        if os.path.lexists(path):
            fail("C134", language, color, file=str(path))
    for path, content, mode in files:
        try:
            # The system refuses where somebody made the file meanwhile; the mode holds from the first byte on.
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:
            fail("C134", language, color, file=str(path))
        except OSError as problem:
            fail("C103", language, color, file=str(path), problem=system_words(problem))
