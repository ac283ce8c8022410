"""Where a datum stands and which row an entry ran on, in words."""

from __future__ import annotations

from steelyard.diagnostics.model import Language
from steelyard.explain.words import SENTENCES
from steelyard.trace.model import Entry, TraceCell
from steelyard.trace.show import cell_text


def row_words(entry: Entry, language: Language) -> str | None:
    """Which child row the entry ran on."""
    if entry.row is None:
        return None
    bare = entry.row.key == str(entry.row.position)
    return SENTENCES[language]["row.bare" if bare else "row"].format(position=entry.row.position, key=entry.row.key)


def cell_words(cell: TraceCell, language: Language) -> str:
    """One datum with the place it came from: `actual = 8218 (indicators.csv, row 11, "actual")`."""
    text = cell_text(cell, language)
    if language == "zh":
        place = "，".join(
            [
                cell.file,
                *([f"第 {cell.row} 行"] if cell.row else []),
                *([f"“{cell.column}”"] if cell.column else []),
            ]
        )
        return f"{cell.name} = {text}（{place}）"
    place = ", ".join(
        [
            cell.file,
            *([f"row {cell.row}"] if cell.row else []),
            *([f'"{cell.column}"'] if cell.column else []),
        ]
    )
    return f"{cell.name} = {text} ({place})"
