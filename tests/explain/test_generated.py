"""Sentences and the ledger of roundings on generated schemes and records."""

from __future__ import annotations

import re
from fractions import Fraction

from explain.agreement import NUMBER, follows, values_of, without_texts
from properties import runs
from properties.records import Case
from properties.trying import program_of, tried
from steelyard.diagnostics.model import Language
from steelyard.explain.filed import Filed
from steelyard.explain.ledger import rounding_ledger
from steelyard.pipeline import load_bytes
from steelyard.trace.model import Trace

_ROUNDS = re.compile(r"^ *round (?:total|each criterion)\b.*\n", re.MULTILINE)


@tried(60)
def test_every_entry_has_its_sentence(case: Case) -> None:
    for trace in runs.score(program_of(case), case.records):
        for language, stop in (("en", "."), ("zh", "。")):
            _sentences(trace, language, stop)  # type: ignore[arg-type]  # the two languages


def _sentences(trace: Trace, language: Language, stop: str) -> None:
    filed = Filed.of(trace, language)
    for entry in trace.entries:
        told = filed.sentence(entry)
        assert told.endswith(stop) and "\n" not in told
        own = without_texts(told, trace, entry)
        assert not re.search(r"None|[{}]", own), told
        values = values_of(entry, trace)
        assert all(follows(number, values) for number in NUMBER.findall(own)), (told, own)


@tried(80)
def test_costs_add_up_and_the_total_without_roundings_is_that_of_rules_without_them(case: Case) -> None:
    text = case.description.text("en")
    loaded = program_of(case)
    plain = load_bytes("s.rules", _ROUNDS.sub("", text).encode(), loaded.day)
    comparable = plain.program is not None and "round(" not in text and _ROUNDS.search(text)
    others = runs.score(plain, case.records) if comparable else ()
    for index, trace in enumerate(runs.score(loaded, case.records)):
        found = rounding_ledger(trace)
        costs = [step.on_total for step in found.steps]
        total = trace.result.total
        if found.cost is None or found.unrounded is None:
            continue
        assert isinstance(total, Fraction) and total == found.unrounded + found.cost
        exact = [cost for cost in costs if cost is not None]
        assert len(exact) < len(costs) or sum(exact) == found.cost
        if comparable:
            assert others[index].result.total == found.unrounded
