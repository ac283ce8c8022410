from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.seal.documents import Malformed, as_file, read_document
from steelyard.seal.signatures import (
    UnusableKey,
    check_signature,
    decode_signature,
    encode_signature,
    key_id,
    new_key_pair,
    sign,
)

# RFC 8032, section 7.1, tests 1 to 3: secret key, public key, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


def pem(kind: str, der: bytes) -> bytes:
    return f"-----BEGIN {kind} KEY-----\n{b64encode(der).decode()}\n-----END {kind} KEY-----\n".encode()


def pair(seed: str, public: str) -> tuple[bytes, bytes]:
    """The keys as PKCS #8 and SubjectPublicKeyInfo (RFC 8410, section 7)."""
    private = bytes.fromhex("302e020100300506032b657004220420" + seed)
    return pem("PRIVATE", private), pem("PUBLIC", bytes.fromhex("302a300506032b6570032100" + public))


@pytest.mark.parametrize(("seed", "public", "message", "signature"), VECTORS)
def test_signatures_are_the_published_ones(seed: str, public: str, message: str, signature: str) -> None:
    private_key, public_key = pair(seed, public)
    content = bytes.fromhex(message)
    made = sign(content, private_key)
    assert made.signature.hex() == signature
    assert made.key == key_id(public_key) == sha256(bytes.fromhex("302a300506032b6570032100" + public)).digest()
    assert made.digest == sha256(content).digest()
    assert check_signature(content, made, public_key) == ()
    assert check_signature(content + b"!", made, public_key) != ()


def test_sm3_may_tell_the_digest() -> None:
    private_key, public_key = new_key_pair()
    made = sign(b"abc", private_key, "sm3")
    assert made.digest.hex().startswith("66c7f0f4")
    assert check_signature(b"abc", made, public_key) == ()


def test_the_same_file_and_key_give_the_same_signature() -> None:
    private_key, _ = new_key_pair()
    assert sign(b"head", private_key) == sign(b"head", private_key)


def test_what_is_wrong_is_named() -> None:
    private_key, public_key = new_key_pair()
    _, other = new_key_pair()
    made = sign(b"head", private_key)
    assert [m.what for m in check_signature(b"head", made, other)] == ["key"]
    assert [m.what for m in check_signature(b"heap", made, public_key)] == ["digest"]
    document = encode_signature(made)
    digits = str(document["signature"])
    flipped = decode_signature({**document, "signature": digits[:-2] + f"{int(digits[-2:], 16) ^ 1:02x}"})
    assert [m.what for m in check_signature(b"head", flipped, public_key)] == ["signature"]


PRIVATE, PUBLIC = new_key_pair()
SIGNED = as_file(encode_signature(sign(b"the head of a batch", PRIVATE)))


@given(st.integers(0, len(SIGNED) - 2), st.integers(0, 7))
def test_no_changed_bit_of_a_signature_file_passes(place: int, bit: int) -> None:
    changed = bytearray(SIGNED)
    changed[place] ^= 1 << bit
    try:
        found = decode_signature(read_document(bytes(changed)))
    except Malformed:
        return
    assert check_signature(b"the head of a batch", found, PUBLIC) != ()


@given(st.binary(max_size=40).filter(lambda content: content != b"the head"))
def test_no_other_file_passes(content: bytes) -> None:
    assert check_signature(content, sign(b"the head", PRIVATE), PUBLIC) != ()


def encrypted() -> bytes:
    from cryptography.hazmat.primitives import serialization as s

    key = s.load_pem_private_key(PRIVATE, None)
    return key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.BestAvailableEncryption(b"word"))


def other_kind() -> tuple[bytes, bytes]:
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    key = X25519PrivateKey.generate()
    return (
        key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()),
        key.public_key().public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo),
    )


def test_what_is_no_key_is_told() -> None:
    made = sign(b"", PRIVATE)
    for content, why in ((b"", "none"), (b"\xff" * 99, "none"), (PRIVATE[:60], "none"), (PUBLIC, "public"),
                         (encrypted(), "encrypted"), (other_kind()[0], "other")):  # fmt: skip
        with pytest.raises(UnusableKey, match=why):
            sign(b"", content)
    for content, why in ((b"", "none"), (PUBLIC[:60], "none"), (PRIVATE, "private"), (other_kind()[1], "other")):
        with pytest.raises(UnusableKey, match=why):
            check_signature(b"", made, content)


@given(st.binary(max_size=300))
def test_bytes_of_no_key_are_refused_quietly(content: bytes) -> None:
    with pytest.raises(UnusableKey):
        sign(b"", content)
    with pytest.raises(UnusableKey):
        key_id(content)
