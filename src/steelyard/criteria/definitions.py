"""Parameters and code tables with the values they have on a day: behind `expand` the rules hold the values alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import frozen

from steelyard.expand.model import Notes
from steelyard.expand.parameters import resolve_parameters
from steelyard.expand.tables import Ready, resolve_tables
from steelyard.source import Source
from steelyard.syntax import nodes as n
from steelyard.syntax.parser import parse


@frozen
class Definitions:
    """By name."""

    parameters: Mapping[str, n.Expression]
    tables: Mapping[str, Ready]

    @classmethod
    def of(cls, sources: Sequence[Source], day: date | None) -> Definitions:
        """Those of the rule file and of the files that went into it. Their mistakes have been told: there are none."""
        files = [parse(source).file for source in sources]
        notes = Notes(lambda diagnostic: None)
        parameters = resolve_parameters([one for file in files for one in file.parameters], day, notes)
        return cls(parameters, resolve_tables([one for file in files for one in file.tables], parameters, day, notes))
