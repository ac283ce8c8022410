"""Detached signatures: Ed25519 (RFC 8032) over the bytes of a file, through the `cryptography` package.

The signature is over the file as it stands, without a frame of ours, so that any Ed25519 tool can check it (`openssl pkeyutl
-verify -rawin`). Beside it stand the digest of the file and the key's id: both are worked out again when it is checked, and
say what is wrong where something is. The id of a key is SHA-256 over its SubjectPublicKeyInfo (RFC 8410) in DER.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from attrs import frozen

from steelyard.seal.batch import Mismatch
from steelyard.seal.documents import Malformed, member_bytes, member_text, only_members
from steelyard.seal.hashes import HASHES, SIZE, HashName, LibraryLacks, digest_of, hash_named
from steelyard.values.canonical import Json

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE_FORMAT, ALGORITHM = "steelyard-signature/1", "ed25519"
SIGNATURE_SIZE = 64


class UnusableKey(ValueError):
    """A file that is no key for this; the message says what it is instead: `none`, `encrypted`, `other`, `public`,
    `private`."""


@frozen
class Signature:
    """What stands in a signature file."""

    hash: HashName
    digest: bytes
    """Of the file that is signed."""
    key: bytes
    """The id of the key."""
    signature: bytes


def new_key_pair() -> tuple[bytes, bytes]:
    """A new private key (PKCS #8, not encrypted) and its public key (SubjectPublicKeyInfo), both PEM. Raises LibraryLacks."""
    try:
        from cryptography.hazmat.primitives import serialization as s
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    except ImportError:
        raise LibraryLacks("Ed25519") from None
    private = Ed25519PrivateKey.generate()
    return (
        private.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()),
        private.public_key().public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo),
    )


def sign(content: bytes, private_key: bytes, hash_name: HashName = "sha256") -> Signature:
    """The signature of these bytes by a PEM private key. The same bytes give the same signature: Ed25519 draws no chance.

    Raises UnusableKey, LibraryLacks.
    """
    key = _private(private_key)
    digest = digest_of(hash_name)
    return Signature(hash_name, digest(content), _key_id(key.public_key()), key.sign(content))


def check_signature(content: bytes, signature: Signature, public_key: bytes) -> tuple[Mismatch, ...]:
    """Did the holder of that key sign these bytes? Raises UnusableKey, LibraryLacks."""
    key = _public(public_key)
    found: list[Mismatch] = []
    if signature.key != (own := _key_id(key)):
        found.append(Mismatch("key", signature.key.hex(), own.hex()))
    digest = digest_of(signature.hash)(content)
    if signature.digest != digest:
        found.append(Mismatch("digest", signature.digest.hex(), digest.hex()))
    from cryptography.exceptions import InvalidSignature

    try:
        key.verify(signature.signature, content)
    except InvalidSignature:
        if not found:
            found.append(Mismatch("signature", signature.signature.hex()[:16], ""))
    return tuple(found)


def key_id(public_key: bytes) -> bytes:
    """The id of a PEM public key. Raises UnusableKey, LibraryLacks."""
    return _key_id(_public(public_key))


def encode_signature(signature: Signature) -> dict[str, Json]:
    return {
        "format": SIGNATURE_FORMAT,
        "algorithm": ALGORITHM,
        "hash": signature.hash,
        "digest": signature.digest.hex(),
        "key": signature.key.hex(),
        "signature": signature.signature.hex(),
    }


def decode_signature(document: dict[str, Json]) -> Signature:
    """Raises Malformed."""
    if member_text(document, "format") != SIGNATURE_FORMAT:
        raise Malformed("format")
    only_members(document, "format", "algorithm", "hash", "digest", "key", "signature")
    if member_text(document, "algorithm") != ALGORITHM:
        raise Malformed("algorithm")
    if (name := member_text(document, "hash")) not in HASHES:
        raise Malformed("hash")
    return Signature(
        hash_named(name),
        member_bytes(document, "digest", SIZE),
        member_bytes(document, "key", SIZE),
        member_bytes(document, "signature", SIGNATURE_SIZE),
    )


def _private(pem: bytes) -> Ed25519PrivateKey:
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ImportError:
        raise LibraryLacks("Ed25519") from None
    if b"PUBLIC KEY" in pem:
        raise UnusableKey("public")
    try:
        key = load_pem_private_key(pem, None)
    except TypeError:
        raise UnusableKey("encrypted") from None
    except (ValueError, UnsupportedAlgorithm):
        raise UnusableKey("none") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UnusableKey("other")
    return key


def _public(pem: bytes) -> Ed25519PublicKey:
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
    except ImportError:
        raise LibraryLacks("Ed25519") from None
    if b"PRIVATE KEY" in pem:
        raise UnusableKey("private")
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        raise UnusableKey("none") from None
    if not isinstance(key, Ed25519PublicKey):
        raise UnusableKey("other")
    return key


def _key_id(key: Ed25519PublicKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
