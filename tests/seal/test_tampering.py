"""Receipts and heads with a bit flipped, members left out, added or exchanged: never verified, never a crash."""

from __future__ import annotations

import json
import random

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from seal.conftest import Traces
from steelyard.seal.batch import (
    Head,
    Leaf,
    Plan,
    check_batch,
    check_receipt,
    decode_head,
    decode_receipt,
    encode_head,
    encode_receipt,
    head_over,
    leaves,
    receipt_of,
)
from steelyard.seal.documents import DEPTH_LIMIT, DOCUMENT_LIMIT, Malformed, as_file, read_document
from steelyard.seal.hashes import digest_of
from steelyard.seal.redaction import redacted
from steelyard.seal.signatures import check_signature, new_key_pair, sign

Sealed = tuple[Head, list[Leaf]]
FLIPS = 1500


def written(sealed: Sealed, plan: Plan, index: int, *hide: str) -> bytes:
    _, found = sealed
    whole = receipt_of(found[index], index, [leaf.hash for leaf in found], plan)
    trace, salts = redacted(whole.trace, whole.salts, hide, digest_of(plan.hash))
    return as_file(encode_receipt(evolve(whole, trace=trace, salts=salts)))


def verifies(content: bytes, head: Head) -> bool:
    try:
        return check_receipt(decode_receipt(read_document(content)), head) == ()
    except Malformed:
        return False


@pytest.mark.parametrize("hide", [(), ("rate", ":record"), ("supplier", ":people", ":reasons")], ids=str)
def test_no_changed_bit_of_a_receipt_verifies(sealed: Sealed, plan: Plan, hide: tuple[str, ...]) -> None:
    head, chance = sealed[0], random.Random(20240117)
    for index in range(len(sealed[1])):
        content = written(sealed, plan, index, *hide)
        assert verifies(content, head)
        for _ in range(FLIPS // len(sealed[1])):
            changed = bytearray(content)
            changed[chance.randrange(len(content) - 1)] ^= 1 << chance.randrange(8)
            assert not verifies(bytes(changed), head), bytes(changed)


def test_no_changed_bit_of_a_plain_receipt_verifies(traces: Traces) -> None:
    plan, chance = Plan("sm3"), random.Random(6962)
    found = list(leaves(traces, plan))
    head = head_over((leaf.hash for leaf in found), plan)
    content = written((head, found), plan, 2)
    assert verifies(content, head)
    for _ in range(FLIPS):
        changed = bytearray(content)
        changed[chance.randrange(len(content) - 1)] ^= 1 << chance.randrange(8)
        assert not verifies(bytes(changed), head)


def test_every_changed_bit_of_a_head_is_seen(sealed: Sealed, plan: Plan) -> None:
    """By the receipt, or, where it changes only what may be hidden, by the signature."""
    content = as_file(encode_head(sealed[0]))
    private, public = new_key_pair()
    signature = sign(content, private)
    receipt = decode_receipt(read_document(written(sealed, plan, 1)))
    for place in range(len(content) - 1):
        for bit in range(8):
            changed = bytearray(content)
            changed[place] ^= 1 << bit
            assert check_signature(bytes(changed), signature, public) != ()
            try:
                head = decode_head(read_document(bytes(changed)))
            except Malformed:
                continue
            assert check_receipt(receipt, head) != () or head == evolve(sealed[0], redactable=head.redactable)


def test_the_receipt_of_one_record_is_not_that_of_another(sealed: Sealed, plan: Plan) -> None:
    head = sealed[0]
    receipts = [decode_receipt(read_document(written(sealed, plan, index))) for index in range(head.size)]
    for index, receipt in enumerate(receipts):
        other = receipts[index - 1]
        for changed in (
            evolve(receipt, trace=other.trace, salts=other.salts),
            evolve(receipt, index=other.index),
            evolve(receipt, path=other.path),
            evolve(receipt, index=other.index, path=other.path),
            evolve(receipt, path=receipt.path[:-1]),
            evolve(receipt, path=(*receipt.path, receipt.path[-1])),
            evolve(receipt, path=tuple(reversed(receipt.path))),
            evolve(receipt, index=head.size),
            evolve(receipt, size=head.size + 1),
            evolve(receipt, hash="sm3"),
        ):
            assert check_receipt(changed, head) != () or changed == receipt


def test_what_was_claimed_and_what_was_found_is_said(sealed: Sealed, plan: Plan) -> None:
    head, receipt = sealed[0], decode_receipt(read_document(written(sealed, plan, 4)))
    assert len(receipt.path) == 1, "the fifth of five stands alone"
    (found,) = check_receipt(evolve(receipt, path=()), head)
    assert (found.what, found.claimed, found.found) == ("path", "1", "0")
    (found,) = check_receipt(evolve(receipt, size=9), head)
    assert (found.what, found.claimed, found.found) == ("size", "5", "9")
    (found,) = check_receipt(evolve(receipt, path=(bytes(32),)), head)
    assert (found.what, found.claimed) == ("root", head.root.hex()) and found.found != found.claimed


def test_a_batch_with_records_left_out_added_or_exchanged_is_another(
    traces: Traces, plan: Plan, sealed: Sealed
) -> None:
    def head(changed: Traces) -> Head:
        return head_over((leaf.hash for leaf in leaves(changed, plan)), plan)

    assert check_batch(head(traces), sealed[0]) == ()
    for changed, what in ((traces[:-1], "size"), ([*traces, traces[-1]], "size"), (traces[::-1], "root"),
                          ([traces[0], traces[0], *traces[2:]], "root")):  # fmt: skip
        assert [mismatch.what for mismatch in check_batch(head(changed), sealed[0])] == [what]


# ---- documents that are refused


REFUSED = {
    "a member twice": b'{"format":"steelyard-seal/1","format":"steelyard-seal/1"}',
    "a member twice, inside": b'{"a":{"b":1,"b":1}}',
    "a fraction": b'{"a":1.5}',
    "an exponent": b'{"a":1e2}',
    "no number": b'{"a":NaN}',
    "infinite": b'{"a":-Infinity}',
    "too great": b'{"a":9007199254740992}',
    "very long": b'{"a":' + b"9" * 10_000 + b"}",
    "minus nothing": b'{"a":-0}',
    "a name that is not ASCII": '{"é":1}'.encode(),
    "half a character": b'{"a":"\\ud800"}',
    "not UTF-8": b'{"a":"\xff"}',
    "a mark of byte order": b'\xef\xbb\xbf{"a":1}',
    "a list": b"[]",
    "a text": b'"a"',
    "nothing": b"",
    "two": b"{} {}",
    "deep": b'{"a":' + b"[" * (DEPTH_LIMIT + 1) + b"]" * (DEPTH_LIMIT + 1) + b"}",
    "very deep": b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "large": b'{"a":"' + b"a" * DOCUMENT_LIMIT + b'"}',
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_has_no_canonical_bytes_is_refused(why: str) -> None:
    with pytest.raises(Malformed):
        read_document(REFUSED[why])


def test_layout_does_not_matter() -> None:
    spaced = b' { "b" : [ 1 , -2 ] ,\r\n "a" : "\\u5e7f\\/" } '
    assert as_file(read_document(spaced)) == '{"a":"广/","b":[1,-2]}\n'.encode()


def wrong_heads() -> list[dict[str, object]]:
    good = encode_head(Head("sha256", 3, bytes(32), ("rate",)))
    return [
        *({**good, name: value} for name in good for value in (None, True, 1.0, -1, 0, "", "x", [], ["a", "a"], [1], {}, "A" * 64)
          if not (name == "redactable" and value == [])),
        *({other: value for other, value in good.items() if other != name} for name in good),
        {**good, "more": 1},
        {**good, "size": 10**12},
    ]  # fmt: skip


def test_a_head_of_another_shape_is_refused() -> None:
    for document in wrong_heads():
        with pytest.raises(Malformed):
            decode_head(document)  # type: ignore[arg-type]


def test_a_receipt_of_another_shape_is_refused(sealed: Sealed, plan: Plan) -> None:
    good = read_document(written(sealed, plan, 0))
    for name in good:
        for value in (None, True, -1, "x", [1], ["AB" * 32], {"/a": "1"}, {"a": None}, [["0" * 64]]):
            if name == "trace" and isinstance(value, dict):
                value = {**value, "format": "other/1"}
            with pytest.raises(Malformed):
                check_receipt(decode_receipt({**good, name: value}), sealed[0])  # type: ignore[dict-item]
        with pytest.raises(Malformed):
            decode_receipt({other: value for other, value in good.items() if other != name})
    with pytest.raises(Malformed):
        decode_receipt({**good, "path": ["0" * 64] * 65})


@settings(max_examples=300)
@given(st.binary(max_size=200) | st.text(alphabet='{}[]":,0123456789abcdefnrutls\\', max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        found = read_document(content)
    except Malformed:
        return
    assert json.loads(as_file(found)) == json.loads(content)
