from __future__ import annotations

import builtins

import pytest

from steelyard.seal.hashes import LibraryLacks, digest_of, hash_named


def test_sm3_gives_the_published_digests() -> None:
    """GB/T 32905-2016, appendix A."""
    sm3 = digest_of("sm3")
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_sha256_gives_the_published_digest() -> None:
    """FIPS 180-4 examples."""
    assert digest_of("sha256")(b"abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_there_is_no_other() -> None:
    with pytest.raises(KeyError):
        hash_named("md5")


def test_a_library_without_sm3_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes

    def refuse(*_: object) -> None:
        raise UnsupportedAlgorithm("sm3")

    monkeypatch.setattr(hashes, "Hash", refuse)
    with pytest.raises(LibraryLacks, match="SM3"):
        digest_of("sm3")


def test_sha256_needs_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    own = builtins.__import__

    def refuse(name: str, *args: object, **kwargs: object) -> object:
        if name.startswith("cryptography"):
            raise ImportError(name)
        return own(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert digest_of("sha256")(b"")
    with pytest.raises(LibraryLacks):
        digest_of("sm3")
