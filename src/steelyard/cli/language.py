"""The language of messages: `--lang`, else STEELYARD_LANG, else that of the rule file. Never the locale."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

import click

if TYPE_CHECKING:
    from steelyard.diagnostics.model import Language

lang_option = click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of messages and reports.")


def language(option: str | None, of_file: Language = "en") -> Language:
    chosen = option or os.environ.get("STEELYARD_LANG", "")
    return cast("Language", chosen) if chosen in ("en", "zh") else of_file


def of_name(path: object) -> Language:
    """What a file's name suggests, where nothing else does: somebody who writes 方案.rules reads Chinese."""
    return "zh" if any("\u4e00" <= c <= "\u9fff" for c in str(path)) else "en"
