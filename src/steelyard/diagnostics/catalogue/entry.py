"""One diagnostic code: its severity and its words in both languages."""

from __future__ import annotations

from attrs import frozen

from steelyard.diagnostics.model import Language, Severity


@frozen
class Text:
    """The same words in both languages; `{name}` stands for a fact."""

    en: str
    zh: str

    def of(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@frozen
class Entry:
    """A code is never used again for another meaning."""

    code: str
    severity: Severity
    title: Text
    """What the mistake is called, for lists and pages."""
    message: Text
    """What was found, with the facts: lower case, no full stop, the author's words in backticks."""
    help: Text
    """One next step. It may use the facts too."""


def error(code: str, title: Text, message: Text, help: Text) -> Entry:
    return Entry(code, Severity.ERROR, title, message, help)


def warning(code: str, title: Text, message: Text, help: Text) -> Entry:
    return Entry(code, Severity.WARNING, title, message, help)


def note(code: str, title: Text, message: Text, help: Text) -> Entry:
    return Entry(code, Severity.NOTE, title, message, help)
