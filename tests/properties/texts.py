"""The same text in English and in Chinese, and statements made of it."""

from __future__ import annotations

from attrs import define, frozen

INDENT = "  "


@frozen
class T:
    """The same text in both languages."""

    en: str
    zh: str

    def of(self, language: str) -> str:
        return self.en if language == "en" else self.zh


def same(text: str) -> T:
    return T(text, text)


NOTHING = T("", "")


def join(template: str, *parts: T, zh: str | None = None) -> T:
    return T(template.format(*(p.en for p in parts)), (zh or template).format(*(p.zh for p in parts)))


def listed(items: list[T]) -> T:
    """`a, b` · `a、b`"""
    return T(", ".join(item.en for item in items), "、".join(item.zh for item in items))


def quoted(text: str) -> T:
    return T(f'"{text}"', f"“{text}”")


@define
class Lines:
    """One statement: its lines in both languages."""

    en: list[str]
    zh: list[str]

    def of(self, language: str) -> list[str]:
        return self.en if language == "en" else self.zh


def line(text: T) -> Lines:
    return Lines([text.en], [text.zh])


def over(head: T, *bodies: Lines) -> Lines:
    """A head, and what is indented under it."""
    return Lines(
        [head.en, *(INDENT + one for body in bodies for one in body.en)],
        [head.zh, *(INDENT + one for body in bodies for one in body.zh)],
    )
