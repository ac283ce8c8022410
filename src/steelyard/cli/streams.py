"""Streams: what a terminal or file can take, and whether it gets colours."""

from __future__ import annotations

import io
import os
import sys
from typing import Literal

ColorChoice = Literal["auto", "always", "never"]


def prepare_streams() -> None:
    """Let no character stop the output: what a GBK stream cannot write is written by its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def wants_color(choice: ColorChoice, stream: io.TextIOBase | object) -> bool:
    """`--color` > NO_COLOR > FORCE_COLOR > is it a terminal?"""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return bool(getattr(stream, "isatty", lambda: False)())


def write_text(text: str) -> None:
    """Text for people, in the stream's own encoding."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def write_bytes(content: bytes) -> None:
    """A document for programs: the same bytes whatever the locale."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(content.decode("utf-8"))
    else:
        buffer.write(content)
        buffer.flush()
