"""Tokens as the parser gets them."""

from __future__ import annotations

from lark import Token

from steelyard.source import Source
from steelyard.values.numbers import FULLWIDTH

NEWLINE, INDENT, DEDENT, END = "_NL", "_INDENT", "_DEDENT", "$END"
BAD = "BAD"
"""A token that no rule takes: the scanner has already said what is wrong."""


class ScannedToken(Token):
    """A token that knows its source, so that a tree's spans can be made without a context."""

    source: Source


def folded(text: str) -> str:
    """Full-width digits and signs as plain ones."""
    return text.translate(FULLWIDTH)
