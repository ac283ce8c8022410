"""The language of messages: `--lang`, else STEELYARD_LANG, else that of the rule file. Never the locale."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from steelyard.diagnostics.model import Language


def language(option: str | None, of_file: Language = "en") -> Language:
    chosen = option or os.environ.get("STEELYARD_LANG", "")
    return cast("Language", chosen) if chosen in ("en", "zh") else of_file


def of_name(path: object) -> Language:
    """What a file's name suggests, where nothing else does: somebody who writes 方案.rules reads Chinese."""
    return "zh" if any("\u4e00" <= c <= "\u9fff" for c in str(path)) else "en"


def of_arguments(arguments: Sequence[str]) -> Language:
    """The language of help and of wrong calls, which come before any option is read: that of the arguments as typed."""
    named = [after for option, after in pairwise(arguments) if option == "--lang"]
    named += [argument.partition("=")[2] for argument in arguments if argument.startswith("--lang=")]
    return language(named[-1] if named else None, of_name(arguments))
