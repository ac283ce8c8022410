"""From a diagnostic's facts to its words in one language."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.diagnostics.catalogue import CATALOGUE
from steelyard.diagnostics.catalogue.fixes import FIXES
from steelyard.diagnostics.model import Diagnostic, Fact, Fix, Label, Language, Severity, Words
from steelyard.diagnostics.words import WORDS

LONGEST_FACT = 60
"""A fact quoted from a file is cut to this, so that a message stays a line."""
LONGEST = {"file": 1000, "name": 200, "shown": 300, "reason": 300, "problem": 200, "days": 200, "way": 300}
"""Facts that are worth more than a line."""


def severity_of(diagnostic: Diagnostic) -> Severity:
    return diagnostic.severity or CATALOGUE[diagnostic.code].severity


def message(diagnostic: Diagnostic, language: Language) -> str:
    return fill(CATALOGUE[diagnostic.code].message.of(language), diagnostic.facts, language)


def help_text(diagnostic: Diagnostic, language: Language) -> str:
    return fill(CATALOGUE[diagnostic.code].help.of(language), diagnostic.facts, language)


def fix_text(fix: Fix, language: Language) -> str:
    return fill(FIXES[fix.key].of(language), fix.facts, language)


def label_text(label: Label, language: Language) -> str:
    return fill(FIXES[label.key].of(language), label.facts, language)


def fill(template: str, facts: Mapping[str, Fact], language: Language) -> str:
    """The template with its facts in place. A fact's own braces are text, never a template."""
    return template.format_map(
        {key: _Shown(show_fact(fact, language, LONGEST.get(key, LONGEST_FACT))) for key, fact in facts.items()}
    )


def show_fact(fact: Fact, language: Language, longest: int = LONGEST_FACT) -> str:
    match fact:
        case Words(key):
            return WORDS[key].of(language)
        case tuple():
            parts = [show_fact(item, language) for item in fact]
            if len(parts) < 2:
                return "".join(parts)
            between = WORDS["list.separator"].of(language)
            return between.join(parts[:-1]) + WORDS["or"].of(language) + parts[-1]
        case str():
            return visible(fact if len(fact) <= longest else fact[: longest - 1] + "…")
        case int():
            return str(fact)


def visible(text: str) -> str:
    """The text with control, bidi and zero-width characters and lone surrogates shown by their code, so that nothing
    hides in a message or moves a terminal's cursor."""
    return "".join(c if _harmless(c) else f"<U+{ord(c):04X}>" for c in text)


def _harmless(c: str) -> bool:
    code = ord(c)
    return not (
        code < 0x20
        or 0x7F <= code <= 0x9F
        or 0xD800 <= code <= 0xDFFF
        or code in (0xAD, 0x61C, 0x180E, 0xFEFF)
        or 0x200B <= code <= 0x200F
        or 0x2028 <= code <= 0x202E
        or 0x2060 <= code <= 0x206F
        or 0xE0000 <= code <= 0xE007F
    )


class _Shown(str):
    """A filled-in fact: its format specification is ignored, it has no attributes to reach for."""

    def __format__(self, spec: str) -> str:
        return str(self)
