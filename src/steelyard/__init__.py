"""Steelyard: scoring criteria as executable rule files.

The public surface: `load` a rule file, `read_data`, `score` records, and the values they give. It is loaded on first use,
so that `steelyard --help` does not pay for the parser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.version import VERSION

if TYPE_CHECKING:
    from steelyard.pipeline import Loaded, Scored, load, read_data, score

__version__ = VERSION

__all__ = ["Loaded", "Scored", "__version__", "load", "read_data", "score"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from steelyard import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'steelyard' has no attribute {name!r}")
