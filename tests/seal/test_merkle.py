"""The tree of RFC 6962, against published values and against its definition."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.seal.hashes import digest_of
from steelyard.seal.merkle import (
    WrongLength,
    inclusion_path,
    leaf_hash,
    node_hash,
    path_length,
    root_by_path,
    root_hash,
)

H = digest_of("sha256")

# The test data of the certificate-transparency project (merkletree tests, also in its Go, Java and Rust ports).
LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}


def hashes(count: int) -> list[bytes]:
    return [leaf_hash(bytes([index]), H) for index in range(count)]


def defined(leaves: list[bytes]) -> bytes:
    """MTH as RFC 6962 writes it, over the leaves themselves."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + defined(leaves[:k]) + defined(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_roots_are_the_published_ones(size: int) -> None:
    assert root_hash([leaf_hash(leaf, H) for leaf in LEAVES[:size]], H).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), list(PATHS))
def test_paths_are_the_published_ones(index: int, size: int) -> None:
    tree = [leaf_hash(leaf, H) for leaf in LEAVES[:size]]
    assert [step.hex() for step in inclusion_path(tree, index, H)] == PATHS[index, size]


@pytest.mark.parametrize("size", range(1, 71))
def test_every_leaf_of_every_size_is_proved(size: int) -> None:
    tree = hashes(size)
    root = root_hash(tree, H)
    assert root == defined([bytes([index]) for index in range(size)])
    for index in range(size):
        path = inclusion_path(tree, index, H)
        assert len(path) == path_length(index, size)
        assert root_by_path(tree[index], index, size, path, H) == root


@given(st.data())
def test_nothing_else_is_proved(data: st.DataObject) -> None:
    """Another place, another size, another leaf, a step changed, two steps swapped."""
    size = data.draw(st.integers(2, 70))
    index = data.draw(st.integers(0, size - 1))
    tree = hashes(size)
    root, path = root_hash(tree, H), list(inclusion_path(tree, index, H))

    def leads(leaf: bytes, index: int, size: int, path: list[bytes]) -> bool:
        try:
            return root_by_path(leaf, index, size, path, H) == root
        except WrongLength:
            return False

    other = data.draw(st.integers(0, size - 1).filter(lambda found: found != index))
    assert not leads(tree[index], other, size, path)
    assert not leads(tree[other], index, size, path)
    step, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
    changed = bytearray(path[step])
    changed[bit // 8] ^= 1 << bit % 8
    assert not leads(tree[index], index, size, [*path[:step], bytes(changed), *path[step + 1 :]])
    assert not leads(tree[index], index, size, path[:-1])
    assert not leads(tree[index], index, size, path[1:])
    assert not leads(tree[index], index, size, [*path, path[-1]])
    if len(path) > 1:
        assert not leads(tree[index], index, size, [path[1], path[0], *path[2:]])


def test_a_node_passes_for_no_leaf() -> None:
    """Without prefixes, the two halves of an inner node would be the bytes of a record (a second preimage)."""
    tree = hashes(4)
    left = node_hash(tree[0], tree[1], H)
    right = node_hash(tree[2], tree[3], H)
    root = root_hash(tree, H)
    assert node_hash(left, right, H) == root
    assert leaf_hash(left + right, H) != root
    assert root_by_path(leaf_hash(tree[0] + tree[1], H), 0, 2, [right], H) != root


def test_the_order_of_records_counts() -> None:
    tree = hashes(5)
    assert root_hash(tree, H) != root_hash([tree[1], tree[0], *tree[2:]], H)
    assert root_hash(tree, H) != root_hash([*tree, tree[-1]], H), "the last record does not count twice"


def test_there_is_no_path_to_what_is_not_there() -> None:
    for index in (-1, 3):
        with pytest.raises(IndexError):
            inclusion_path(hashes(3), index, H)
