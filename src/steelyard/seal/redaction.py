"""Hidden fields: values that stand in a trace as salted commitments, so that its seal holds with them and without them.

Where a trace is sealed with fields named, each place of those fields is replaced by

    {"redacted": H(0x02 || canonical bytes of {"at": place, "salt": salt, "value": value})}

and the leaf of the Merkle tree is over the trace with these in it, its *committed form*. So the seal itself stays what it is
without fields: a hash of canonical bytes. A field is shown by its value and its salt (the commitment is made again and must
come to the same form), and hidden by leaving both out. This is the way of RFC 9901 (selective disclosure for JSON web
tokens), with the place inside the hash, so that no value can be shown where another one stood.

A salt is HMAC-SHA256(secret, canonical bytes of {"at": place, "record": digest of the whole trace}): 32 bytes that nobody
without the issuer's secret can guess or test, and that the issuer makes again at any time instead of keeping them.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping

from steelyard.seal.documents import Malformed, canonical_bytes
from steelyard.seal.fields import is_hidden, places_hidden_with_any, places_of
from steelyard.seal.hashes import Digest
from steelyard.seal.places import pointer, value_at, with_values
from steelyard.values.canonical import Json

SALT_SIZE = 32
COMMITMENT = b"\x02"
"""Keeps commitments apart from leaves (0x00) and nodes (0x01) of the tree."""

Salts = Mapping[str, bytes]
"""The salt of each place that is shown and can be hidden."""


class FieldNotOpen(ValueError):
    """A field stands where nothing was committed when the trace was sealed; the message names it."""


def commitment(place: str, salt: bytes, value: Json, digest: Digest) -> dict[str, Json]:
    """What stands in place of a value."""
    opened: Json = {"at": place, "salt": salt.hex(), "value": value}
    return {"redacted": digest(COMMITMENT + canonical_bytes(opened)).hex()}


def salts_of(trace: dict[str, Json], fields: Iterable[str], secret: bytes, digest: Digest) -> dict[str, bytes]:
    """The salts of all places of these fields and of what is hidden with any."""
    places = dict.fromkeys([*places_of(trace, *fields), *places_hidden_with_any(trace)])
    record = digest(canonical_bytes(trace)).hex()
    return {place: salt(secret, place, record) for place in places}


def salt(secret: bytes, place: str, record: str) -> bytes:
    return hmac.digest(secret, canonical_bytes({"at": place, "record": record}), "sha256")


def committed(trace: dict[str, Json], salts: Salts, digest: Digest) -> dict[str, Json]:
    """The form that is sealed. Raises Malformed where a salt belongs to no place, or to one that is hidden already."""
    values = {place: value_at(trace, place) for place in salts}
    if any(is_hidden(value) for value in values.values()):
        raise Malformed("salts")
    return with_values(
        trace, {place: commitment(place, salts[place], value, digest) for place, value in values.items()}
    )


def redacted(
    trace: dict[str, Json], salts: Salts, fields: Iterable[str], digest: Digest
) -> tuple[dict[str, Json], dict[str, bytes]]:
    """The trace with these fields hidden too, and the salts that are left. Raises FieldNotOpen."""
    hide: dict[str, None] = {}
    for field in fields:
        for place in places_of(trace, field):
            if place in salts:
                hide[place] = None
            elif not is_hidden(value_at(trace, place)):
                raise FieldNotOpen(field)
    if not hide:
        return trace, dict(salts)
    hide |= {place: None for place in places_hidden_with_any(trace) if place in salts}
    chosen = {place: salts[place] for place in hide}
    return committed(trace, chosen, digest), {place: salts[place] for place in salts if place not in hide}


def hidden_places(trace: dict[str, Json]) -> list[str]:
    """Where a trace holds commitments, in its own order."""
    found: list[str] = []
    waiting: list[tuple[Json, str]] = [(trace, "")]
    while waiting:
        value, way = waiting.pop()
        if is_hidden(value):
            found.append(way)
        elif isinstance(value, dict):
            waiting.extend((value[name], way + pointer(name)) for name in sorted(value, reverse=True))
        elif isinstance(value, list):
            waiting.extend((value[index], way + pointer(index)) for index in reversed(range(len(value))))
    return found
