"""All diagnostic codes. The first letter is the family, one file each:

S syntax · N names · T types and units · W points, weights, rows and doubts (three files) · D data · F findings about a score · C command line, questions and seals (three files)
"""

from __future__ import annotations

from steelyard.diagnostics.catalogue import (
    command,
    data,
    doubts,
    figures,
    files,
    findings,
    names,
    questions,
    rows,
    seals,
    syntax,
    totals,
    types,
)
from steelyard.diagnostics.catalogue.entry import Entry, Text

ENTRIES: tuple[Entry, ...] = (
    *syntax.ENTRIES,
    *names.ENTRIES,
    *types.ENTRIES,
    *totals.ENTRIES,
    *rows.ENTRIES,
    *doubts.ENTRIES,
    *files.ENTRIES,
    *data.ENTRIES,
    *findings.ENTRIES,
    *command.ENTRIES,
    *questions.ENTRIES,
    *figures.ENTRIES,
    *seals.ENTRIES,
)
CATALOGUE: dict[str, Entry] = {entry.code: entry for entry in ENTRIES}

__all__ = ["CATALOGUE", "ENTRIES", "Entry", "Text"]
