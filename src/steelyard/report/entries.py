"""The entries of a trace, each with its number, its part and its sentence, for `why --entries` and for filing."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.diagnostics.model import Language
from steelyard.diagnostics.wording import visible
from steelyard.explain.filed import Filed
from steelyard.explain.outline import Outline
from steelyard.report.words import WORDS
from steelyard.trace.model import Entry, Trace


def entries_at(trace: Trace, path: str) -> tuple[Entry, ...]:
    """The entries of a part and of the parts inside it; of the total all."""
    outline = Outline(trace)
    return tuple(entry for entry in trace.entries if outline.within(entry.part, path))


def report_entries(trace: Trace, entries: Sequence[Entry], language: Language) -> str:
    """A line an entry: number, part, sentence."""
    if not entries:
        return f"  {WORDS[language]['none']}"
    filed = Filed.of(trace, language)
    width = len(str(max(entry.number for entry in entries)))
    return "\n".join(f"{entry.number:>{width}}  {visible(entry.part)}  {filed.sentence(entry)}" for entry in entries)
