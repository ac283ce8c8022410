"""How a language spells what the tree holds: keywords, names, texts, numbers, days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import attrs

from steelyard.diagnostics.model import Language
from steelyard.syntax import nodes as n
from steelyard.syntax.keywords import keywords
from steelyard.syntax.printed import RUN
from steelyard.values.numbers import canonical

_QUOTES = (('"', '"'), ("“", "”"), ("＂", "＂"))
_CUTS = re.compile(
    "的|每|中|以下|以上|以内|除外|得分|计分|评分|扣分|加分|评级|定级|评等|分组"
    "|(?:未达到|未达|不达|不超过|不低于|不高于|不少于|不多于|超过|低于|高于|多于|少于|达到|等于|大于|小于|不足|不满|在|后|与|和|按|至|到)$"
)
"""What the scanner looks for inside a run of Chinese: a name that holds one is quoted, so that it stays one name."""


@cache
def spelling(terminal: str, language: Language, value: str | None = None) -> str:
    """The first spelling of a keyword; of the other language where this one has none (both are read in one file)."""
    languages: tuple[Language, ...] = (language, "zh" if language == "en" else "en")
    for one in languages:
        for found in keywords().spellings:
            if found.terminal == terminal and found.language == one and value in (None, found.value):
                return found.text
    raise AssertionError(f"no spelling of {terminal} {value}")


@cache
def _worded(kind: str, meaning: str, language: Language) -> str | None:
    """The first spelling of a word that stands for a value, or of what is asked of a part."""
    table = keywords().values if kind == "value" else keywords().facets
    for word, found in table.items():
        if found == meaning and word.isascii() == (language == "en"):
            return word
    return None


@cache
def _taken() -> frozenset[str]:
    table = keywords()
    words = {piece for spelling in table.spellings for piece in (spelling.text, *spelling.text.split())}
    return frozenset(words | table.values.keys() | table.facets.keys() | table.functions.keys())


def declared(root: object) -> frozenset[str]:
    """Every name that the file gives to something, or writes where only a name of its own may stand."""
    return frozenset(_declared(root))


def _declared(value: object) -> Iterator[str]:
    if isinstance(value, tuple):
        for item in value:
            yield from _declared(item)
    elif isinstance(value, n.Node):
        match value:
            case n.Name() | n.Text() | n.Number() | n.Date():
                return
            case n.Let() | n.FieldDeclaration() | n.Parameter() | n.CodeTable() | n.Define() | n.Part():
                yield value.name.name
            case n.ForEach() | n.PartLoop() | n.Each():
                yield from (name.name for name in (value.row,) if name is not None)
            case n.Aggregate() if value.row is not None:
                yield value.row.name
            case n.As():
                yield value.name.name
        if isinstance(value, n.CodeTable | n.Define):
            arguments = value.arguments if isinstance(value, n.Define) else (*value.keys, *value.columns)
            yield from (name.name for name in arguments)
        for field in attrs.fields(type(value)):
            if field.name not in ("span", "key", "source"):
                yield from _declared(getattr(value, field.name))


@attrs.frozen
class Words:
    """The spellings of one language for one file."""

    language: Language
    own: frozenset[str] = frozenset()
    """Names that the file declares: never taken for a word of the language."""

    @property
    def zh(self) -> bool:
        return self.language == "zh"

    def word(self, terminal: str, value: str | None = None) -> str:
        return spelling(terminal, self.language, value)

    def pick(self, en: str, zh: str) -> str:
        return zh if self.zh else en

    @property
    def comma(self) -> str:
        return self.pick(", ", "，")

    # ---- names

    def name(self, name: str) -> str:
        """A name as it stands where only a name may stand, quoted where it might be read as anything else."""
        plain = RUN.fullmatch(name) and name not in _taken() and not _CUTS.search(name)
        if plain and not (any("\u4e00" <= c <= "\u9fff" for c in name) and any(c.isdigit() for c in name)):
            return name
        return f"`{name}`" if "`" not in name and not self.zh else f"「{name}」"

    def value_name(self, name: str) -> str:
        """A name where a value stands: `points` is 满分 in Chinese, unless the file has a name of its own for it."""
        meaning = keywords().values.get(name)
        if meaning is None or name in self.own:
            return self.name(name)
        word = _worded("value", meaning, self.language)
        return name if word is None or word in self.own else word

    def facet(self, name: str) -> str:
        """`rate` behind the dot of a part."""
        meaning = keywords().facets.get(name)
        if meaning is None or name in self.own:
            return self.name(name)
        word = _worded("facet", meaning, self.language)
        return name if word is None or word in self.own else word

    def function(self, name: str) -> str:
        meaning = keywords().functions.get(name)
        if meaning is None or name in self.own:
            return self.name(name)
        word = keywords().function_spellings[meaning][self.language][0]
        return name if word in self.own else word

    # ---- literals

    def quoted(self, text: str) -> str:
        order = (1, 0, 2) if self.zh else (0, 1, 2)
        opening, closing = next(_QUOTES[i] for i in order if not set(_QUOTES[i]) & set(text))
        return f"{opening}{text}{closing}"

    def number(self, number: n.Number) -> str:
        if not number.percent:
            return canonical(number.value)
        value = canonical(number.value * 100)
        if not number.point:
            return f"{value}%"
        return f"{value} {self.pick('percentage point' + ('' if abs(number.value) == Fraction(1, 100) else 's'), '个百分点')}"

    def day(self, day: n.Date) -> str:
        return day.value.isoformat()
