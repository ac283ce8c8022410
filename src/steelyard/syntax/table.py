"""The parser with its LALR table, computed once per grammar and kept in the user's cache.

Computing the table takes two seconds, loading it fifty milliseconds. What is kept is plain JSON: no code is ever loaded
from the cache, and a file that does not fit is computed again.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import lark
from lark import Lark, Token, Transformer
from lark.grammar import Rule
from lark.lexer import TerminalDef


def with_table(grammar: str, options: dict[str, Any], transformer: Transformer[Token, object]) -> Lark:
    """The parser of a grammar: from the cache where its table is kept, else computed and kept there if that can be."""
    place = _place(grammar)
    if place is not None:
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
            kept = json.loads(place.read_bytes())
            return _load(kept, options, transformer)
    parser = Lark(grammar, transformer=transformer, **options)
    if place is not None:
        with suppress(OSError, TypeError):
            _keep(parser, place)
    return parser


def _place(grammar: str) -> Path | None:
    """Where the table of this grammar is kept: named by all that it depends on. None where there is no home."""
    about = f"{lark.__version__}\n{sys.version_info[:2]}\n{grammar}".encode()
    folder = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        base = Path(folder) if folder else Path.home() / ".cache"
    except RuntimeError:
        return None
    return base / "steelyard" / f"parser-{sha256(about).hexdigest()[:32]}.json"


def _keep(parser: Lark, place: Path) -> None:
    """Written beside its place and moved there, so that no process ever reads half a table."""
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    # The lexer and the transformer are code: they come from the program, never from the cache.
    data["options"] |= {"lexer": None, "transformer": None}
    data["parser"]["lexer_conf"]["lexer_type"] = None
    table = data["parser"]["parser"]
    text = json.dumps({"data": data, "memo": memo, "states": list(table.pop("states").items())})
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="utf-8", dir=place.parent, delete=False) as file:
        file.write(text)
    Path(file.name).replace(place)


def _load(kept: dict[str, Any], options: dict[str, Any], transformer: Transformer[Token, object]) -> Lark:
    """JSON makes texts of the numbers that are keys: they are made numbers again."""
    data, memo = kept["data"], {int(key): value for key, value in kept["memo"].items()}
    table = data["parser"]["parser"]
    table["tokens"] = {int(key): value for key, value in table["tokens"].items()}
    table["states"] = {
        state: {int(token): tuple(action) for token, action in actions.items()} for state, actions in kept["states"]
    }
    data["options"]["lexer"] = data["parser"]["lexer_conf"]["lexer_type"] = options["lexer"]
    return Lark._load_from_dict(data, memo, transformer=transformer)  # type: ignore[no-untyped-call,no-any-return]
