"""A rule file written out again, in its own language or the other, is the same scheme: so what is printed from the tree in either
language is what the rules say."""

from __future__ import annotations

from datetime import date

from properties import runs
from properties.description import DAY
from properties.records import Case
from properties.trying import program_of, tried
from steelyard import pipeline
from steelyard.diagnostics.model import Language
from steelyard.source import Source
from steelyard.syntax.parser import parse
from steelyard.unparse.files import unparse

LANGUAGES: tuple[Language, ...] = ("en", "zh")


@tried(50)
def test_it_means_the_same_when_it_is_written_out_again(case: Case) -> None:
    for written in LANGUAGES:
        loaded = program_of(case, written)
        assert loaded.program is not None
        source = runs.source(case.description, written)
        day = date.fromisoformat(DAY) if case.description.dated else None
        for language in LANGUAGES:
            text = unparse(parse(source).file, language)
            again = pipeline.load_source(Source.from_text(source.name, text), day)
            assert again.program is not None, f"{written} → {language}: {[d.code for d in again.diagnostics]}\n{text}"
            assert again.program.digest == loaded.program.digest, f"{written} → {language}\n{text}"
            assert len(again.program.examples) == len(loaded.program.examples)
            assert unparse(parse(again.source).file, language) == text, f"{written} → {language}: not stable\n{text}"
