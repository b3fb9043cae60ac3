"""The map keeps neighbours together, is the same every time and in any order, and does not move for new points."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.manifold import trustworthiness

from ogp_sensemaker.nlp import layout, parting
from ogp_sensemaker.nlp.links import principal


def blobs(n: int, groups: int, seed: int = 0, dimensions: int = 32, noise: float = 0.12) -> np.ndarray:
    """`n` vectors of length 1 around `groups` middles, the n-th around middle n modulo `groups`."""
    chance = np.random.default_rng(seed)
    middles = chance.normal(size=(groups, dimensions))
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    found = middles[np.arange(n) % groups] + chance.normal(scale=noise, size=(n, dimensions))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    return blobs(600, 30)


@pytest.fixture(scope="module")
def placed(vectors: np.ndarray) -> np.ndarray:
    return layout.layout(vectors)


def test_neighbours_stay_neighbours_far_better_than_on_two_components(vectors: np.ndarray, placed: np.ndarray) -> None:
    flat = principal(vectors, np.ones(len(vectors)))[:, :2]
    kept = trustworthiness(vectors, placed, metric="cosine")
    assert kept > 0.93
    assert kept > trustworthiness(vectors, flat, metric="cosine") + 0.1


def test_places_fill_the_square(placed: np.ndarray) -> None:
    assert placed.shape == (600, 2)
    assert placed.dtype == np.float32
    assert np.abs(placed).max() <= 1.2
    assert np.ptp(placed, axis=0).max() > 1.5


@settings(max_examples=4, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_order_of_the_input_and_the_threads_do_not_matter(chance, threads: int) -> None:
    found = blobs(90, 5)
    order = list(range(90))
    chance.shuffle(order)
    assert np.array_equal(layout.layout(found[order], threads), layout.layout(found)[order])


def test_equal_vectors_lie_together_and_do_not_move_the_others(vectors: np.ndarray, placed: np.ndarray) -> None:
    twice = layout.layout(np.concatenate([vectors, vectors[:50], vectors[:50]]))
    assert np.array_equal(twice[:50], twice[600:650])
    assert np.array_equal(twice[:600], placed)


@pytest.mark.parametrize("n", range(8))
def test_few_vectors(n: int) -> None:
    found = layout.layout(blobs(8, 2)[:n])
    assert found.shape == (n, 2)
    assert np.isfinite(found).all()


@pytest.mark.parametrize("vector", [np.ones((40, 16)), np.zeros((40, 16)), np.eye(16)])
def test_odd_vectors(vector: np.ndarray) -> None:
    assert np.isfinite(layout.layout(vector.astype(np.float32))).all()


def test_one_dimension() -> None:
    assert np.isfinite(layout.layout(np.array([[1.0], [-1.0], [0.5], [2.0], [0.0]], np.float32))).all()


def test_what_is_not_finite_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        layout.layout(np.full((3, 4), np.nan, np.float32))


def test_very_many_are_laid_out_from_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_CORE", 200)
    found = blobs(900, 30, seed=3)
    places = layout.layout(found)
    assert trustworthiness(found, places, metric="cosine") > 0.9
    order = np.random.default_rng(1).permutation(900)
    assert np.array_equal(layout.layout(found[order]), places[order])


def test_new_points_lie_beside_their_neighbours(vectors: np.ndarray, placed: np.ndarray) -> None:
    new = blobs(660, 30)[600:]
    found = layout.place(new, vectors, placed)
    group = np.arange(600) % 30
    middles = np.array([np.median(placed[group == g], axis=0) for g in range(30)])
    nearest = np.linalg.norm(found[:, None] - middles[None], axis=2).argmin(axis=1)
    assert (nearest == np.arange(60) % 30).mean() > 0.9


def test_a_new_point_does_not_depend_on_the_others_that_are_new(vectors: np.ndarray, placed: np.ndarray) -> None:
    new = blobs(640, 30, seed=5)[600:]
    found = layout.place(new, vectors, placed)
    assert np.allclose(layout.place(new[7:8], vectors, placed), found[7:8])
    assert np.array_equal(layout.place(vectors[:5], vectors, placed), placed[:5])  # a repeated text lies on the first
    with pytest.raises(ValueError, match="known"):
        layout.place(new, vectors[:0], placed[:0])


def test_the_repulsion_is_what_the_formula_says() -> None:
    points = np.random.default_rng(0).normal(scale=8.0, size=(400, 2))
    offset = points[:, None] - points[None]
    near = 1.0 / (1.0 + (offset**2).sum(axis=2))
    exact = (near[:, :, None] ** 2 * offset).sum(axis=1) / (near.sum() - len(points))
    assert np.allclose(layout._each_with_each(points), exact, atol=1e-12)
    off = np.linalg.norm(layout._on_a_grid(points) - exact, axis=1)
    assert np.median(off) < 0.1 * np.median(np.linalg.norm(exact, axis=1))


def test_the_grid_lays_out_as_well_as_comparing_each_with_each(
    vectors: np.ndarray, placed: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "_FEW", 0)
    on_a_grid = trustworthiness(vectors, layout.layout(vectors), metric="cosine")
    assert on_a_grid > trustworthiness(vectors, placed, metric="cosine") - 0.02


def test_parts_of_a_group_in_any_order() -> None:
    found = blobs(90, 3, noise=0.05)
    parts = parting.split(found, 3)
    assert sorted(np.bincount(parts)) == [30, 30, 30]
    assert all(len(set(parts[g::3])) == 1 for g in range(3))
    order = np.random.default_rng(2).permutation(90)
    assert np.array_equal(parting.split(found[order], 3), parts[order])
    assert set(parting.split(np.ones((5, 4), np.float32), 3)) == {0}
    assert len(parting.split(found[:0], 2)) == 0


def test_the_middle_of_a_group_and_its_reach() -> None:
    found = blobs(40, 2, noise=0.05)
    centres, reach = parting.middles(found, [range(0, 40, 2), range(1, 40, 2), []])
    assert np.allclose(np.linalg.norm(centres[:2], axis=1), 1.0, atol=1e-5)
    assert ((found[::2] @ centres[0]) >= reach[0] - 1e-6).mean() >= 0.9
    assert (found[1::2] @ centres[0]).max() < reach[0]
