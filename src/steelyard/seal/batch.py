"""Sealing a batch: the head over its records, and the receipt of one of them.

A head is what is published and signed: how many records, in which order, with which contents, in 32 bytes. A receipt shows
one record, with the proof that it is under that head; it says nothing of the others but their number and some digests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from steelyard.seal.documents import (
    Malformed,
    canonical_bytes,
    hex_bytes,
    member_bytes,
    member_list,
    member_object,
    member_text,
    member_whole,
    only_members,
    read_document,
)
from steelyard.seal.fields import places_hidden_with_any, places_of
from steelyard.seal.hashes import HASHES, SIZE, Digest, HashName, digest_of, hash_named
from steelyard.seal.merkle import inclusion_path, leaf_hash, path_length, root_by_path, root_hash
from steelyard.seal.redaction import SALT_SIZE, committed, hidden_places, salts_of
from steelyard.values.canonical import Json

HEAD_FORMAT, RECEIPT_FORMAT, TRACE_FORMATS = "steelyard-seal/1", "steelyard-receipt/1", "steelyard-trace/"
MOST_RECORDS = 10_000_000
MOST_FIELDS = 1000
MOST_SALTS = 1_000_000


@frozen
class Head:
    """What a seal says of a batch."""

    hash: HashName
    size: int
    """How many records, at least one."""
    root: bytes
    redactable: tuple[str, ...] = ()
    """Fields that were committed one by one, so that they can be hidden."""


@frozen
class Receipt:
    """One record, with its proof."""

    hash: HashName
    size: int
    index: int
    """Its place in the batch, from 0."""
    path: tuple[bytes, ...]
    trace: dict[str, Json]
    salts: dict[str, bytes]


@frozen
class Mismatch:
    """What does not agree: `claimed` by the head or the signature, `found` in what was checked."""

    what: str
    """`hash`, `size`, `place`, `path`, `root`, `field`; of a signature `key`, `digest`, `signature`."""
    claimed: str
    found: str


@frozen
class Plan:
    """How a batch is sealed."""

    hash: HashName = "sha256"
    redactable: tuple[str, ...] = ()
    secret: bytes = b""
    """The issuer's, where fields are redactable."""


@frozen
class Leaf:
    """A record as it stands in the tree."""

    hash: bytes
    trace: dict[str, Json]
    salts: dict[str, bytes]


def read_trace(line: bytes) -> dict[str, Json]:
    """A trace as one line of a trace file. Raises Malformed."""
    trace = read_document(line)
    if not member_text(trace, "format").startswith(TRACE_FORMATS):
        raise Malformed("format")
    member_object(trace, "header")
    return trace


def record_key(trace: dict[str, Json]) -> str | None:
    """The record's key; None where it is hidden or not there."""
    header = trace.get("header")
    key = header.get("record") if isinstance(header, dict) else None
    return key if isinstance(key, str) else None


def leaves(traces: Iterable[dict[str, Json]], plan: Plan) -> Iterator[Leaf]:
    """The records in the order of the file. Raises Malformed, LibraryLacks.

    A redacted trace is not sealed: under this head it would look as if its issuer had named what is hidden.
    """
    digest = digest_of(plan.hash)
    for trace in traces:
        content = canonical_bytes(trace)
        if b'{"redacted":' in content and hidden_places(trace):
            raise Malformed("redacted")
        if plan.redactable:
            salts = salts_of(trace, plan.redactable, plan.secret, digest)
            yield Leaf(_hash(trace, salts, digest), trace, salts)
        else:
            yield Leaf(leaf_hash(content, digest), trace, {})


def head_over(hashes: Iterable[bytes], plan: Plan) -> Head:
    """The head over the leaves' hashes. Raises Malformed where there are none, or too many."""
    size = 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for found in hashes:
            size += 1
            if size > MOST_RECORDS:
                raise Malformed(f"> {MOST_RECORDS}")
            yield found

    root = root_hash(counted(), digest_of(plan.hash))
    if not size:
        raise Malformed("records")
    return Head(plan.hash, size, root, plan.redactable)


def receipt_of(leaf: Leaf, index: int, hashes: Sequence[bytes], plan: Plan) -> Receipt:
    """The receipt of one of the records, with everything shown."""
    path = inclusion_path(hashes, index, digest_of(plan.hash))
    return Receipt(plan.hash, len(hashes), index, path, leaf.trace, leaf.salts)


def check_receipt(receipt: Receipt, head: Head) -> tuple[Mismatch, ...]:
    """Is this record, as it is shown, under that head? Raises Malformed where a salt belongs to no place, LibraryLacks."""
    if receipt.hash != head.hash:
        return (Mismatch("hash", head.hash, receipt.hash),)
    if receipt.size != head.size:
        return (Mismatch("size", str(head.size), str(receipt.size)),)
    if receipt.index >= head.size:
        return (Mismatch("place", str(receipt.index + 1), str(head.size)),)
    if len(receipt.path) != (steps := path_length(receipt.index, head.size)):
        return (Mismatch("path", str(steps), str(len(receipt.path))),)
    digest = digest_of(head.hash)
    leaf = _hash(receipt.trace, receipt.salts, digest)
    root = root_by_path(leaf, receipt.index, receipt.size, receipt.path, digest)
    if root != head.root:
        return (Mismatch("root", head.root.hex(), root.hex()),)
    return _unnamed(receipt, head)


def _unnamed(receipt: Receipt, head: Head) -> tuple[Mismatch, ...]:
    """What is hidden, or could be, and was not named in the head: an issuer may not hide a total by sealing it so."""
    allowed = set(places_of(receipt.trace, *head.redactable))
    if head.redactable:
        allowed.update(places_hidden_with_any(receipt.trace))
    found = next((place for place in (*hidden_places(receipt.trace), *receipt.salts) if place not in allowed), None)
    return () if found is None else (Mismatch("field", ", ".join(head.redactable) or "–", found),)


def check_batch(found: Head, head: Head) -> tuple[Mismatch, ...]:
    """Is this batch, sealed again in the same way, the one under that head?"""
    if found.size != head.size:
        return (Mismatch("size", str(head.size), str(found.size)),)
    return () if found.root == head.root else (Mismatch("root", head.root.hex(), found.root.hex()),)


def _hash(trace: dict[str, Json], salts: dict[str, bytes], digest: Digest) -> bytes:
    return leaf_hash(canonical_bytes(committed(trace, salts, digest) if salts else trace), digest)


# ---- as documents


def encode_head(head: Head) -> dict[str, Json]:
    return {
        "format": HEAD_FORMAT,
        "hash": head.hash,
        "size": head.size,
        "root": head.root.hex(),
        "redactable": list(head.redactable),
    }


def decode_head(document: dict[str, Json]) -> Head:
    """Raises Malformed."""
    if member_text(document, "format") != HEAD_FORMAT:
        raise Malformed("format")
    only_members(document, "format", "hash", "size", "root", "redactable")
    fields = member_list(document, "redactable", MOST_FIELDS)
    named = tuple(field for field in fields if isinstance(field, str) and 0 < len(field) <= 1000)
    if len(named) != len(fields) or len(set(named)) != len(named):
        raise Malformed("redactable")
    size = member_whole(document, "size", 1, MOST_RECORDS)
    return Head(_hash_name(document), size, member_bytes(document, "root", SIZE), named)


def encode_receipt(receipt: Receipt) -> dict[str, Json]:
    return {
        "format": RECEIPT_FORMAT,
        "hash": receipt.hash,
        "size": receipt.size,
        "index": receipt.index,
        "path": [step.hex() for step in receipt.path],
        "salts": {place: salt.hex() for place, salt in receipt.salts.items()},
        "trace": receipt.trace,
    }


def decode_receipt(document: dict[str, Json]) -> Receipt:
    """Raises Malformed."""
    if member_text(document, "format") != RECEIPT_FORMAT:
        raise Malformed("format")
    only_members(document, "format", "hash", "size", "index", "path", "salts", "trace")
    salts = member_object(document, "salts")
    if len(salts) > MOST_SALTS:
        raise Malformed("salts")
    trace = member_object(document, "trace")
    if not member_text(trace, "format").startswith(TRACE_FORMATS):
        raise Malformed("trace/format")
    return Receipt(
        _hash_name(document),
        member_whole(document, "size", 1, MOST_RECORDS),
        member_whole(document, "index", 0, MOST_RECORDS),
        tuple(hex_bytes(step, SIZE, "path") for step in member_list(document, "path", 64)),
        trace,
        {place: hex_bytes(salt, SALT_SIZE, "salts") for place, salt in salts.items()},
    )


def _hash_name(document: dict[str, Json]) -> HashName:
    name = member_text(document, "hash")
    if name not in HASHES:
        raise Malformed("hash")
    return hash_named(name)
