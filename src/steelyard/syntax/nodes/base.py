"""What every node has: a place in the source, and a key."""

from __future__ import annotations

from itertools import count

from attrs import field, frozen

from steelyard.source import Span

_keys = count()


@frozen
class Node:
    """A place in the source, and a key for side tables (never shown, never stored)."""

    span: Span = field(eq=False, repr=False, kw_only=True)
    key: int = field(eq=False, repr=False, init=False, factory=lambda: next(_keys))
