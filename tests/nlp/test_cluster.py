"""Grouping: the same whatever the order and the threads, nested, with nothing lost."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from ogp_sensemaker.nlp.cluster import DETAILS, NOWHERE, group, join
from ogp_sensemaker.nlp.tree import ward

Vectors = NDArray[np.float32]


def blobs(
    sizes: list[int], seed: int = 1, spread: float = 0.5, dimensions: int = 64
) -> tuple[Vectors, NDArray[np.int64]]:
    """Unit vectors around random middles, and the number of the middle of each."""
    chance = np.random.default_rng(seed)
    middles = chance.normal(size=(len(sizes), dimensions))
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    label = np.repeat(np.arange(len(sizes)), sizes)
    noise = chance.normal(size=(len(label), dimensions)) / np.sqrt(dimensions)
    found = middles[label] + spread * noise
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32), label


def same(one: NDArray[np.int64], other: NDArray[np.int64]) -> bool:
    return one.tolist() == other.tolist()


def purity(found: NDArray[np.int64], truth: NDArray[np.int64]) -> float:
    inside = found >= 0
    return sum(np.bincount(truth[found == g]).max() for g in np.unique(found[inside])) / inside.sum()


def test_finds_what_is_there() -> None:
    vectors, truth = blobs([60, 50, 40, 40, 30, 30, 20, 15, 12, 10])
    found = group(vectors)
    assert found.groups == 10
    assert purity(found.labels, truth) == 1.0
    assert found.sizes == tuple(sorted(found.sizes, reverse=True))
    assert len(found.stability) == found.groups
    assert min(found.stability) > 0.8
    assert found.centres.shape == (10, 64)


def test_any_order_and_any_number_of_threads() -> None:
    vectors, _ = blobs([40, 30, 20, 20, 10, 3, 1], spread=1.1)
    first = group(vectors, threads=1)
    for seed in range(10):
        order = np.random.default_rng(seed).permutation(len(vectors))
        again = group(vectors[order], threads=1 + seed % 3)
        assert same(again.labels, first.labels[order])
        assert again.strengths.tolist() == first.strengths[order].tolist()
        assert again.stability == first.stability


def test_many_are_searched_by_cells_with_the_same_result() -> None:
    vectors, truth = blobs([400] * 12, spread=0.6)
    order = np.random.default_rng(3).permutation(len(vectors))
    first, again = group(vectors, stability=False), group(vectors[order], stability=False, threads=1)
    assert same(again.labels, first.labels[order])
    assert purity(first.labels, truth) > 0.99


def test_finer_levels_split_coarser_ones() -> None:
    vectors, _ = blobs([30] * 8 + [5] * 4, spread=1.2)
    levels = [group(vectors, d, stability=False) for d in DETAILS]
    assert all(found.levels == levels[0].levels for found in levels)
    for coarse, fine in pairwise(levels):
        assert fine.groups >= coarse.groups
        assert same(coarse.labels == NOWHERE, fine.labels == NOWHERE)
        for name in range(fine.groups):
            assert len(set(coarse.labels[fine.labels == name].tolist())) == 1


def test_a_tight_group_of_three_is_kept() -> None:
    vectors, truth = blobs([80, 60, 50], spread=0.8)
    three, _ = blobs([3], seed=77, spread=0.3)
    found = group(np.vstack([vectors, three]))
    own = found.labels[-3:]
    assert own[0] >= 0
    assert len(set(own.tolist())) == 1
    assert (found.labels == own[0]).sum() == 3
    assert purity(found.labels[:-3], truth) == 1.0


def test_a_campaign_is_one_group_and_bends_no_other() -> None:
    vectors, _ = blobs([60, 50, 40, 30], spread=0.9)
    campaign, _ = blobs([300], seed=9, spread=0.05)
    before, found = group(vectors), group(np.vstack([vectors, campaign]))
    own = set(found.labels[-300:].tolist())
    assert len(own) == 1
    assert (found.labels == own.pop()).sum() == 300
    rest = found.labels[:-300]
    pairs = {(a, b) for a, b in zip(before.labels.tolist(), rest.tolist(), strict=True)}
    assert len(pairs) == len(set(before.labels.tolist()))  # one to one


def test_few_belong_nowhere() -> None:
    chance = np.random.default_rng(4)
    scattered = chance.normal(size=(300, 384)).astype(np.float32)
    scattered /= np.linalg.norm(scattered, axis=1, keepdims=True)
    found = group(scattered)
    assert (found.labels == NOWHERE).mean() <= 0.15
    assert min(found.sizes) >= 3


def test_a_stranger_belongs_nowhere() -> None:
    vectors, _ = blobs([60, 50], spread=0.5)
    stranger, _ = blobs([1], seed=55)
    found = group(np.vstack([vectors, stranger]))
    assert found.labels[-1] == NOWHERE
    assert found.strengths[-1] == 0


@pytest.mark.parametrize("n", [0, 1, 2])
def test_hardly_anything(n: int) -> None:
    vectors, _ = blobs([2])
    found = group(vectors[:n])
    assert found.labels.tolist() == [NOWHERE] * n
    assert found.groups == 0


@pytest.mark.parametrize("n", [3, 19, 200])
def test_all_the_same(n: int) -> None:
    found = group(np.tile(blobs([1])[0], (n, 1)))
    assert found.labels.tolist() == [0] * n
    assert found.sizes == (n,)


def test_zeros_do_no_harm() -> None:
    vectors, _ = blobs([10, 10])
    found = group(np.vstack([vectors, np.zeros((4, 64), dtype=np.float32)]))
    assert np.isfinite(found.strengths).all()


def test_what_is_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        group(np.full((5, 4), np.nan, dtype=np.float32))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(1, 9)), max_size=12), st.integers(0, 99), st.sampled_from(DETAILS)
)
def test_any_mixture(parts: list[tuple[int, int]], seed: int, detail: int) -> None:
    vectors = np.vstack([np.zeros((0, 8), np.float32), *(blobs([n], s, 0.4, 8)[0] for s, n in parts)])
    found = group(vectors, detail)
    assert len(found.labels) == len(vectors)
    assert np.isfinite(found.strengths).all()
    assert all(0 <= s <= 1 for s in found.stability)
    assert sum(found.sizes) == (found.labels >= 0).sum()
    assert all(size >= 3 for size in found.sizes)
    order = np.random.default_rng(seed).permutation(len(vectors))
    assert same(group(vectors[order], detail, threads=1).labels, found.labels[order])


def test_later_texts_join_where_they_belong() -> None:
    vectors, truth = blobs([60, 50, 40], spread=0.6)
    held = np.arange(len(vectors)) % 5 == 0
    found = group(vectors[~held])
    labels, strengths = join(vectors[held], found.centres, found.reach)
    stranger, _ = blobs([1], seed=55)
    assert join(stranger, found.centres, found.reach)[0].tolist() == [NOWHERE]
    inside = labels >= 0
    assert inside.mean() > 0.75
    assert (strengths[inside] > 0).all()
    name = {g: int(np.bincount(truth[~held][found.labels == g]).argmax()) for g in range(found.groups)}
    assert [name[g] for g in labels[inside].tolist()] == truth[held][inside].tolist()
    assert join(vectors[:0], found.centres, found.reach)[0].tolist() == []


@given(st.integers(2, 40), st.integers(0, 50))
def test_the_tree_is_wards(n: int, seed: int) -> None:
    from scipy.cluster.hierarchy import fcluster, linkage

    points = np.random.default_rng(seed).normal(size=(n, 3))
    own, known = ward(points, np.ones(n)), linkage(points, "ward")
    # scipy gives the root of twice the growth of the sum of squares.
    assert np.allclose(np.sqrt(2 * own.heights), known[:, 2])
    k = min(4, n)
    ours, theirs = own.cut(k, np.ones(n), 1), fcluster(known, k, "maxclust")
    assert len({(a, b) for a, b in zip(ours.tolist(), theirs.tolist(), strict=True)}) == k


def test_weights_stand_for_repeated_points() -> None:
    points = np.array([[0.0], [1.0], [5.0], [5.5], [9.0]])
    weights = np.array([3.0, 1.0, 2.0, 1.0, 1.0])
    repeated = np.repeat(points, weights.astype(int), axis=0)
    assert np.allclose(ward(points, weights).heights[-3:], ward(repeated, np.ones(8)).heights[-3:])
