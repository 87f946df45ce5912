"""Merkle trees over the entries of a log, hashed as RFC 6962 and RFC 9162 do: what names an edition.

The root of the first *n* entries tells them apart from any other *n* entries. A tree that grows keeps only its
frontier: the roots of the whole subtrees that it is made of, one a bit of its size that is set.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Final

# How much of a root is printed where an edition is cited.
SHORT: Final = 8


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry; it can never be taken for that of two subtrees."""
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\1" + left + right).digest()


EMPTY: Final = hashlib.sha256(b"").hexdigest()


class Tree:
    """A tree that grows by one entry at a time; each costs about as many hashes as its size has binary digits."""

    def __init__(self, size: int = 0, frontier: Iterable[str] = ()) -> None:
        """The tree of that size, from the frontier that it had. Raises `ValueError` if they do not fit."""
        self.size = size
        self._frontier = [bytes.fromhex(node) for node in frontier]
        if len(self._frontier) != size.bit_count():
            raise ValueError(f"a tree of {size} has a frontier of {size.bit_count()}, not of {len(self._frontier)}")

    def append(self, entry: bytes) -> None:
        """Add an entry at the end."""
        node, size = leaf_hash(entry), self.size
        while size & 1:
            node = node_hash(self._frontier.pop(), node)
            size >>= 1
        self._frontier.append(node)
        self.size += 1

    @property
    def frontier(self) -> list[str]:
        """The roots of the whole subtrees, the largest first, in hexadecimal."""
        return [node.hex() for node in self._frontier]

    @property
    def root(self) -> str:
        """The root, in hexadecimal."""
        if not self._frontier:
            return EMPTY
        return reduce(lambda right, left: node_hash(left, right), reversed(self._frontier)).hex()


def root_of(entries: Sequence[bytes]) -> str:
    """The root of the entries, straight from the definition: for a check, not for a log that grows."""
    return _root(entries).hex() if entries else EMPTY


def _root(entries: Sequence[bytes]) -> bytes:
    if len(entries) == 1:
        return leaf_hash(entries[0])
    half = 1 << ((len(entries) - 1).bit_length() - 1)
    return node_hash(_root(entries[:half]), _root(entries[half:]))


def short(root: str) -> str:
    """The root as it is printed beside the number of its edition."""
    return root[:SHORT]


def edition_name(edition: int, root: str) -> str:
    """What the edition is cited as: its number, and enough of its root to tell it from another record's."""
    return f"{edition}-{short(root)}"
