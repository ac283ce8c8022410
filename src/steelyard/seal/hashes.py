"""The two hash functions a seal may be made with: SHA-256 (FIPS 180-4) and SM3 (GB/T 32905-2016)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Literal, TypeAlias, get_args

HashName = Literal["sha256", "sm3"]
HASHES: tuple[HashName, ...] = get_args(HashName)
SIZE = 32
"""Bytes of a digest, of both."""

_BY_NAME: dict[str, HashName] = {name: name for name in HASHES}

Digest: TypeAlias = Callable[[bytes], bytes]


class LibraryLacks(Exception):
    """What is asked for is not in the cryptographic library that is installed here; the message names it."""


def hash_named(name: str) -> HashName:
    """The hash of that name. Raises KeyError."""
    return _BY_NAME[name]


def digest_of(name: HashName) -> Digest:
    """The function from bytes to their digest. Raises LibraryLacks where SM3 is not built in.

    SHA-256 is Python's own. SM3 is that of the `cryptography` package, which takes it from the OpenSSL in its wheel; an
    OpenSSL that was built without it (FIPS builds are) has none.
    """
    if name == "sha256":
        return lambda content: hashlib.sha256(content).digest()
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.hashes import SM3, Hash
    except ImportError:
        raise LibraryLacks("SM3") from None

    def sm3(content: bytes) -> bytes:
        state = Hash(SM3())
        state.update(content)
        return state.finalize()

    try:
        sm3(b"")
    except UnsupportedAlgorithm:
        raise LibraryLacks("SM3") from None
    return sm3
