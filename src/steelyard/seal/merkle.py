"""The Merkle tree of RFC 6962 (section 2.1): a head over many records, and a short proof that one is among them.

    head of nothing        H()
    head of one leaf       H(0x00 || leaf)
    head of n > 1 leaves   H(0x01 || head of the first k || head of the rest), k the greatest power of two below n

The prefixes keep leaves and nodes apart: no record can be made whose bytes pass for an inner node. The same words stand in
RFC 9162, section 2.1, which replaced RFC 6962 and kept the tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from steelyard.seal.hashes import Digest

LEAF, NODE = b"\x00", b"\x01"


class WrongLength(ValueError):
    """A proof with too few or too many steps for its place in the tree."""


def leaf_hash(leaf: bytes, digest: Digest) -> bytes:
    return digest(LEAF + leaf)


def node_hash(left: bytes, right: bytes, digest: Digest) -> bytes:
    return digest(NODE + left + right)


def root_hash(leaves: Iterable[bytes], digest: Digest) -> bytes:
    """The head over the hashes of the leaves, in their order. Time O(n), memory O(log n).

    The heads of full subtrees wait on a stack, as the ones of a binary counter: with the n-th leaf as many of them are
    joined as n has trailing zeros.
    """
    waiting: list[bytes] = []
    for count, leaf in enumerate(leaves, 1):
        waiting.append(leaf)
        while count % 2 == 0:
            right = waiting.pop()
            waiting.append(node_hash(waiting.pop(), right, digest))
            count //= 2
    if not waiting:
        return digest(b"")
    head = waiting.pop()
    while waiting:
        head = node_hash(waiting.pop(), head, digest)
    return head


def inclusion_path(leaves: Sequence[bytes], index: int, digest: Digest) -> tuple[bytes, ...]:
    """The heads beside the way from a leaf up to the root, the lowest first (RFC 6962, section 2.1.1, PATH).

    Raises IndexError where there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    path: list[bytes] = []
    first, end = 0, len(leaves)
    while end - first > 1:  # From the root down, so the lowest comes last.
        middle = first + _split(end - first)
        beside = (middle, end) if index < middle else (first, middle)
        path.append(root_hash(leaves[slice(*beside)], digest))
        first, end = (first, middle) if index < middle else (middle, end)
    return tuple(reversed(path))


def root_by_path(leaf: bytes, index: int, size: int, path: Sequence[bytes], digest: Digest) -> bytes:
    """The root that a proof leads to: that of the head, if leaf, place and proof are those that were sealed.

    Raises WrongLength where the path does not fit the place. `leaf` is the hash of the leaf, 0 ≤ index < size.
    """
    right_turns: list[bool] = []
    first, end = 0, size
    while end - first > 1:
        middle = first + _split(end - first)
        right_turns.append(index >= middle)
        first, end = (middle, end) if index >= middle else (first, middle)
    if len(path) != len(right_turns):
        raise WrongLength(f"{len(path)} steps for {len(right_turns)}")
    head = leaf
    for beside, is_right in zip(path, reversed(right_turns), strict=True):
        head = node_hash(beside, head, digest) if is_right else node_hash(head, beside, digest)
    return head


def path_length(index: int, size: int) -> int:
    """How many steps the proof of a leaf has."""
    steps = 0
    while size > 1:
        split = _split(size)
        index, size = (index - split, size - split) if index >= split else (index, split)
        steps += 1
    return steps


def _split(size: int) -> int:
    """The greatest power of two below the size, which is at least 2."""
    return 1 << ((size - 1).bit_length() - 1)
