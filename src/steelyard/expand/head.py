"""What a file says of itself: the version of the language, the language it speaks, the days it is in force."""

from __future__ import annotations

from datetime import date

import attrs

from steelyard.diagnostics.model import Fact, Label, Words
from steelyard.expand.model import AsOf, Notes
from steelyard.syntax import nodes as n

LANGUAGE_VERSION = 1
"""The version of the language that this program reads."""


def read_head(file: n.File, as_of: AsOf, notes: Notes) -> n.File:
    """The file in the language it names; a version that is not known, or a day out of force, is told."""
    _known_version(file.versions, notes)
    attributes = [attribute for scheme in file.schemes for attribute in scheme.attributes]
    for attribute in attributes:
        match attribute:
            case n.Effective():
                _in_force(attribute, as_of, notes)
            case n.LanguageRule():
                if attribute.language is None:
                    notes.tell("W148", attribute.span, text=attribute.span.text)
                else:
                    file = attrs.evolve(file, language=attribute.language)
            case _:
                pass
    return file


def _known_version(versions: tuple[n.Version, ...], notes: Notes) -> None:
    for version in versions:
        if version.number != LANGUAGE_VERSION:
            notes.tell("W144", version.span, number=version.number, known=LANGUAGE_VERSION)
    for extra in versions[1:]:
        notes.tell("S212", extra.span, (Label(versions[0].span, "first-here"),), word="steelyard")


def _in_force(effective: n.Effective, as_of: AsOf, notes: Notes) -> None:
    start, end = effective.start.value, effective.end.value if effective.end else None
    if end is not None and end < start:
        notes.tell("W147", effective.span, start=start.isoformat(), end=end.isoformat())
    elif isinstance(as_of, date) and (as_of < start or (end is not None and as_of > end)):
        until: Fact = Words("further notice") if end is None else end.isoformat()
        notes.tell("W143", effective.span, day=as_of.isoformat(), start=start.isoformat(), end=until)
