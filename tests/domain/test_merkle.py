"""Roots of a log: as RFC 6962 has them, the same however the tree grew, and other for any other entries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.merkle import EMPTY, Tree, edition_name, root_of

# The test vectors of the reference implementation of certificate transparency.
LEAVES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
LEAVES.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def grown(entries: list[bytes], tree: Tree | None = None) -> Tree:
    tree = tree or Tree()
    for entry in entries:
        tree.append(entry)
    return tree


def test_roots_are_those_of_the_reference_implementation() -> None:
    tree = Tree()
    roots = []
    for leaf in LEAVES:
        tree.append(leaf)
        roots.append(tree.root)

    assert roots == ROOTS
    assert Tree().root == EMPTY == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.lists(st.binary(max_size=4), max_size=40), st.lists(st.binary(max_size=4), max_size=40))
def test_tree_taken_up_from_its_frontier_has_the_root_of_the_definition(first: list[bytes], more: list[bytes]) -> None:
    begun = grown(first)

    taken_up = grown(more, Tree(begun.size, begun.frontier))

    assert taken_up.root == root_of([*first, *more])
    assert len(taken_up.frontier) == (len(first) + len(more)).bit_count()


@given(st.lists(st.binary(max_size=3), max_size=12), st.lists(st.binary(max_size=3), max_size=12))
def test_two_logs_have_one_root_only_if_they_are_one(one: list[bytes], other: list[bytes]) -> None:
    assert (grown(one).root == grown(other).root) == (one == other)


def test_a_frontier_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="a tree of 3 has a frontier of 2, not of 1"):
        Tree(3, [EMPTY])


def test_an_edition_is_named_by_its_number_and_the_beginning_of_its_root() -> None:
    assert edition_name(8, ROOTS[7]) == "8-5dc9da79"
