"""Generated pairs of rule files: one drawn as everywhere, and the same with some of it changed, left out or put elsewhere."""

from __future__ import annotations

import re
import tempfile
from datetime import date
from pathlib import Path
from random import Random

from attrs import evolve, frozen

from properties.description import DAY, Description, Part, permuted, walk
from properties.records import Case
from properties.runs import score
from properties.texts import Lines
from properties.trying import Refused
from steelyard import pipeline
from steelyard.core import nodes as c
from steelyard.data.model import Records
from steelyard.data.read import read
from steelyard.pipeline import Loaded
from steelyard.source import Source
from steelyard.values.types import Schema

__all__ = ["FOLDER", "Pair", "pair_of", "score"]

_HELD = tempfile.TemporaryDirectory(prefix="steelyard-impact-")  # Until the tests end.
FOLDER = Path(_HELD.name)
TRIES = 6
_NUMBER = re.compile(r"(?<![\w.\"-])\d+(?:\.\d+)?(?![\w.\"-])")


@frozen
class Pair:
    """Two rule files, and the data that both score."""

    old: c.Program
    new: c.Program
    data: Path

    def read(self, schema: Schema) -> Records:
        return read(self.data, schema)


def pair_of(case: Case) -> Pair:
    """The scheme of a case and a change of it, in either direction. Raises Refused where no change gives a scheme."""
    random = case.random("change")
    first = _loaded(case.description, "old.rules")
    for _ in range(TRIES):
        changed = case.description
        for _ in range(random.choice((1, 1, 2, 3, 5))):
            changed = _change(random, changed)
        try:
            second = _loaded(changed, "new.rules")
        except Refused:
            continue
        if second.digest != first.digest:
            break
    else:
        raise Refused
    FOLDER.mkdir(exist_ok=True)
    data = FOLDER / "records.json"
    data.write_text(_json(case), encoding="utf-8")
    return Pair(second, first, data) if random.randrange(2) else Pair(first, second, data)


def _json(case: Case) -> str:
    import json

    return json.dumps(list(case.records), ensure_ascii=False)


def _loaded(description: Description, name: str) -> c.Program:
    source = Source.from_text(name, description.text("en"))
    loaded: Loaded = pipeline.load_source(source, date.fromisoformat(DAY) if description.dated else None)
    if loaded.program is None:
        raise Refused
    return loaded.program


def _change(random: Random, description: Description) -> Description:
    """One change."""
    kind = random.choice(
        ("number", "number", "number", "leave out", "leave out", "double", "part", "order", "head", "input")
    )
    match kind:
        case "number":
            return _in_some_part(random, description, lambda part: _other_number(random, part))
        case "leave out":
            return _in_some_part(random, description, lambda part: _without_one(random, part))
        case "double":
            return _in_some_part(random, description, lambda part: _doubled(random, part))
        case "part":
            return _in_some_part(random, description, lambda part: _without_a_part(random, part))
        case "order":
            return permuted(random, description)
        case "head":
            kept = [one for one in description.head if random.randrange(3)]
            return evolve(description, head=kept or description.head)
        case _:
            inputs = [evolve(one, facets=evolve(one.facets, en=re.sub(" from .*", "", one.facets.en)))
                      if random.randrange(2) else one for one in description.inputs]  # fmt: skip
            return evolve(description, inputs=inputs)


def _in_some_part(random: Random, description: Description, change: object) -> Description:
    chosen = random.choice(walk(description.total))

    def changed(part: Part) -> Part:
        if part is chosen:
            return change(part)  # type: ignore[no-any-return,operator]  # one of the functions below
        return evolve(part, parts=[changed(inner) for inner in part.parts])

    return evolve(description, total=changed(description.total))


def _other_number(random: Random, part: Part) -> Part:
    name = random.choice(("statements", "statements", "statements", "grades", "head"))
    if name == "head":
        return evolve(part, head=[evolve(one, en=_renumbered(random, one.en)) for one in part.head])
    lines = list(getattr(part, name))
    if lines:
        place = random.randrange(len(lines))
        numbered = [place for place, one in enumerate(lines[place].en) if _NUMBER.search(one)]
        if numbered:
            row, en = random.choice(numbered), list(lines[place].en)
            en[row] = _renumbered(random, en[row])
            lines[place] = Lines(en, lines[place].zh)
    return evolve(part, **{name: lines})


def _renumbered(random: Random, text: str) -> str:
    found = list(_NUMBER.finditer(text))
    if not found:
        return text
    one = random.choice(found)
    return text[: one.start()] + random.choice(("0.5", "1", "2", "3", "7", "15", "60")) + text[one.end() :]


def _without_one(random: Random, part: Part) -> Part:
    statements = list(part.statements)
    if statements:
        statements.pop(random.randrange(len(statements)))
    return evolve(part, statements=statements)


def _doubled(random: Random, part: Part) -> Part:
    statements = list(part.statements)
    if statements:
        again = random.choice(statements)
        en = [re.sub(r" as \w+", "", _renumbered(random, one)) for one in again.en]
        statements.insert(random.randrange(len(statements) + 1), Lines(en, again.zh))
    return evolve(part, statements=statements)


def _without_a_part(random: Random, part: Part) -> Part:
    parts = list(part.parts)
    if parts:
        parts.pop(random.randrange(len(parts)))
    return evolve(part, parts=parts)
