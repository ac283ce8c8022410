"""Expansion: from a parsed file, and those it names, to one file that needs none of it.

Other files come in first, then changes to a base; then dated values are picked for the day, and parameters, lookups and
calls are replaced by what they stand for. Nothing behind this phase knows of them, and every check runs on the result.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from steelyard.diagnostics.model import Diagnostic, Severity
from steelyard.expand.dated_rows import dated_rows, pick_rows
from steelyard.expand.define import DEPTH_LIMIT, in_order
from steelyard.expand.files import Folder
from steelyard.expand.gather import Gathering
from steelyard.expand.head import read_head
from steelyard.expand.model import AsOf, Expanded, Notes
from steelyard.expand.names import own_names, unused
from steelyard.expand.parameters import dated_values, pick_day, resolve_parameters
from steelyard.expand.substitute import Substitution
from steelyard.expand.tables import resolve_tables
from steelyard.expand.tree import too_deep
from steelyard.expand.words import known_words
from steelyard.syntax import nodes as n
from steelyard.syntax.parser import Parsed

FOLLOWS = frozenset({"N101", "N102"})
"""Unknown names and functions."""
UNREAD = frozenset({"W176", "W177"})
"""Inputs and lets that nothing reads."""


def expand(parsed: Parsed, folder: Folder | None = None, as_of: AsOf = None) -> Expanded:
    """The file as it is on the day. Without a folder, as for a text in memory, it may name no other file."""
    found: list[Diagnostic] = list(parsed.diagnostics)
    notes = Notes(found.append)
    gathering = Gathering(folder, notes)
    file = gathering.complete(parsed.file, (parsed.file.source.name,))
    file = read_head(file, as_of, notes)
    if _too_deep(file, notes):
        return Expanded(Parsed(file, tuple(found)), gathering.sources, broken=True)
    day = pick_day(file, (*dated_values(file), *dated_rows(file)), as_of, notes)
    file = pick_rows(file, day, notes)
    notes.used |= notes.other_days
    names = own_names(file, notes)
    mine = frozenset(id(node) for node in names.values())
    parameters = resolve_parameters((p for p in file.parameters if id(p) in mine), day, notes)
    lookups = resolve_tables((t for t in file.tables if id(t) in mine), parameters, day, notes)
    substitution = Substitution(parameters, lookups, notes)
    for function in in_order((d for d in file.defines if id(d) in mine), notes):
        substitution.learn(function)
    file = attrs.evolve(file, parameters=(), tables=(), defines=())
    file = known_words(substitution.everywhere(file) if names else file)
    if notes.exhausted:
        notes.untold |= names.keys()
    unused(file, names, notes)
    rules = bool(file.schemes or file.inputs or file.parts or file.statements or file.grades or not names)
    if not rules:
        found.append(Diagnostic("S207", span=file.span, severity=Severity.NOTE))
    broken = _too_deep(file, notes) or gathering.broken  # Before what was found is handed on.
    return Expanded(
        parsed=Parsed(file, tuple(found)),
        sources=gathering.sources,
        day=day,
        untold=frozenset(notes.untold),
        other_days=frozenset(notes.other_days),
        broken=broken,
        rules=rules,
    )


def _too_deep(file: n.File, notes: Notes) -> bool:
    """Is an expression deeper than any phase could follow? Then none tries."""
    found = tuple(too_deep(file, DEPTH_LIMIT))
    for expression in found:
        notes.tell("S205", expression.span, limit=DEPTH_LIMIT)
    return bool(found)


def sorted_once(diagnostics: Iterable[Diagnostic], expanded: Expanded) -> tuple[Diagnostic, ...]:
    """What was found, each once, this file's first and by place; without what only follows from a mistake already told."""
    main = expanded.parsed.file.source
    order = {source.name: number for number, source in enumerate((main, *expanded.sources))}
    told: dict[tuple[tuple[int, int], str], Diagnostic] = {}
    for diagnostic in diagnostics:
        follows = diagnostic.code in FOLLOWS and diagnostic.facts.get("name") in expanded.untold
        if follows and diagnostic not in expanded.parsed.diagnostics:
            continue
        name = str(diagnostic.facts.get("name", ""))
        if diagnostic.code in UNREAD and name.rpartition(".")[2] in expanded.other_days:
            continue
        span = diagnostic.span
        place = (0, 0) if span is None else (order.get(span.source.name, len(order)), span.start)
        told.setdefault((place, f"{diagnostic.code} {diagnostic.facts}"), diagnostic)
    return tuple(told[key] for key in sorted(told, key=lambda key: key[0]))
