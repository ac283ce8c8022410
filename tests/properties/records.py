"""Records that fit a description: values on thresholds, missing, not applicable and invalid ones, and their completions.

Every cell is drawn from the case's seed and its own place, so that a scheme made smaller keeps the data it has.
"""

from __future__ import annotations

from random import Random
from typing import Any

from attrs import field, frozen

from properties.description import Description, Input, Part
from properties.expressions import CHOICES
from properties.schemes import Maker

Record = dict[str, Any]

NUMBERS = ("0", "0.5", "1", "1.5", "2", "3", "5", "10", "100")
DATES = ("2023-03-01", "2023-06-30", "2023年12月31日", "2024-02-29", "2022-01-31")
ODD = ("不适用", "N/A")
"""Cells that say that they do not apply."""
WRONG = "abc"


def cell_texts(given: Input) -> tuple[str, ...]:
    """Values on thresholds, within the declared range."""
    match given.kind:
        case "percent":
            return ("0", "60", "80", "89.99", "90", "95", "100")
        case "whole":
            return ("0", "1", "2", "5")
        case "amount":
            return (*(f"{number}{given.unit}" for number in ("0", "2", "3")), "100")
        case "yes/no":
            return ("yes", "no", "是", "否")
        case "one-of":
            return CHOICES
        case "text":
            return ("late", "too late", "fine")
        case "date":
            return DATES
        case "target":
            return ("≥2", "≤3", "超过1", "是", "1–3", "2", "≥50%", "达90%", "显著提升")
        case "actual":
            return ("2", "3", "0", "是", "否", "1.5", "50%", "95%", "显著提升", "约3")
        case _ if given.low is not None and given.high is not None:
            return tuple(n for n in (*NUMBERS, "-2") if float(given.low) <= float(n) <= float(given.high))
        case _:
            return NUMBERS


@frozen
class States:
    """In how many of a hundred cells something else stands than a value."""

    missing: int = 0
    inapplicable: int = 0
    invalid: int = 0
    overrides: int = 0


SOUND = States()
ALL = States(missing=20, inapplicable=3, invalid=3, overrides=5)
MISSING = States(missing=40, inapplicable=4)


@frozen
class Case:
    """A scheme, and records for it: several where it reads the batch."""

    seed: int
    description: Description
    records: list[Record] = field(factory=list)

    def random(self, *place: object) -> Random:
        """What is drawn for one place stays the same whatever else is left out."""
        return Random(f"{self.seed}:{place}")


def case_of(seed: int, *, asks_missing: bool = True, states: States = ALL) -> Case:
    random = Random(seed)
    case = Case(seed, Maker(random, asks_missing=asks_missing).description())
    count = random.randint(2, 3) if case.description.batch else 1
    case.records.extend(_record(case, number, states) for number in range(count))
    return case


def _record(case: Case, number: int, states: States) -> Record:
    description = case.description
    record: Record = {}
    for given in description.inputs:
        random = case.random(number, given.name)
        if given.kind == "waiver":
            _waive(random, record, given.name)
        elif given.kind != "list":
            record[given.name] = _cell(random, given, states)
        elif random.randrange(200) >= states.missing:
            rows = random.randint(0, 3)
            record[given.name] = [{f.name: _cell(random, f, states) for f in given.fields} for _ in range(rows)]
    if description.batch_by is not None:  # A record of no known batch belongs to none.
        by = next(given for given in description.inputs if given.name == description.batch_by)
        record[by.name] = case.random(number, "batch").choice(cell_texts(by)[:2])
    judged = (_reviews(case.random(number, part.name), part, states) for part in description.judged())
    record["reviewers"] = [review for reviews in judged for review in reviews]
    random = case.random(number, "overrides")
    if random.randrange(100) < states.overrides:
        part = random.choice([part for part in description.once() if part.kind in ("criterion", "total")])
        score = random.choice(("0", "1", "2", "500"))
        record["overrides"] = [{"part": part.name, "score": score, "by": random.choice(("Board", "")), "reason": "so"}]
    return record


def _cell(random: Random, given: Input, states: States) -> str:
    drawn = random.randrange(100)
    if drawn < states.missing:
        return ""
    drawn -= states.missing
    if drawn < states.inapplicable:
        return random.choice(ODD)
    if drawn < states.inapplicable + states.invalid and given.kind not in ("text", "target", "actual"):
        return WRONG
    return random.choice(cell_texts(given))


def _waive(random: Random, record: Record, name: str) -> None:
    """Claimed and given reasons for, claimed without, not claimed, blank."""
    claim = random.choice(("yes", "yes", "no", ""))
    record[name] = claim
    if claim == "yes":
        record[f"{name} reason"] = random.choice(("flood", "flood", ""))
        record[f"{name} approver"] = "Li"


def _reviews(random: Random, part: Part, states: States) -> list[Record]:
    assert part.judged is not None
    count = random.choice((1, 2, 3, 4)) if part.judged.many else 1
    if random.randrange(100) < states.missing:
        count = 0
    return [_review(random, part, f"R{index}") for index in range(count)]


def _review(random: Random, part: Part, reviewer: str) -> Record:
    assert part.judged is not None
    review: Record = {"criterion": part.name, "reviewer": reviewer, "reason": "why"}
    if part.judged.levels:
        review["level"], review["score"] = random.choice(part.judged.levels)
    else:
        review["score"] = random.choice(part.judged.scores)
    return review


def completed(case: Case) -> list[Record]:
    """The records with every missing datum filled in with something that the declarations allow. A blank waiver claims
    none, so it stays as it is."""
    return [_complete(case, number, record) for number, record in enumerate(case.records)]


def _complete(case: Case, number: int, record: Record) -> Record:
    complete = dict(record)
    for given in case.description.inputs:
        random = case.random("complete", number, given.name)
        if given.kind == "waiver":
            continue
        if given.kind != "list":
            complete[given.name] = record[given.name] or random.choice(cell_texts(given))
        elif given.name in record:
            complete[given.name] = [
                {f.name: row[f.name] or random.choice(cell_texts(f)) for f in given.fields}
                for row in record[given.name]
            ]
        else:
            rows = random.randint(0, 3)
            complete[given.name] = [{f.name: random.choice(cell_texts(f)) for f in given.fields} for _ in range(rows)]
    seen = {review["criterion"] for review in record["reviewers"]}
    missing = [part for part in case.description.judged() if part.name not in seen]
    reviews = (_review(case.random("complete", number, part.name), part, "R") for part in missing)
    complete["reviewers"] = [*record["reviewers"], *reviews]
    return complete
