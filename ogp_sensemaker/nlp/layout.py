"""Places for texts on a map of two dimensions that keep neighbours together; the same every time.

How: t-SNE (van der Maaten & Hinton 2008) from the first two principal components, with equal weights for the
nearest neighbours, the repulsion by interpolation on a grid (FIt-SNE: Linderman et al. 2019) and the learning rate
of Belkina et al. 2019. Distinct vectors are laid out in the order of their bytes, so nothing depends on the order
they came in. Of very many a part is laid out first and the others beside their neighbours, before all settle.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from ogp_sensemaker.nlp.links import Floats, Ints, Vectors, canonical, link, principal

VERSION = "grid-tsne/1"

_CORE = 12_000  # texts that are laid out from the beginning
_EARLY, _LATE, _SETTLING = 120, 280, 60  # steps
_EXAGGERATION = 12.0
_NODES = 3  # of the interpolation, in each interval
_FINE, _MOST_INTERVALS = 80, 160  # of the grid: of width 1 up to the first, 2 up to the second
_FEW = 1000  # points that are compared each with each
_BESIDE = 5  # neighbours that say where a new text goes


def layout(vectors: Vectors, threads: int = 2) -> NDArray[np.float32]:
    """Places (n, 2) within about -1 … 1 of vectors (n, d); equal vectors get the same place.

    Raises ValueError for values that are not finite.
    """
    from threadpoolctl import threadpool_limits

    if vectors.ndim != 2 or not np.isfinite(vectors).all():
        raise ValueError("vectors must be a table of finite numbers")
    if not len(vectors):
        return np.zeros((0, 2), dtype=np.float32)
    import sklearn  # noqa: F401  (its OpenMP must be there before the limit is set)

    rows, inverse, counts = canonical(vectors)
    with threadpool_limits(limits=1), ThreadPoolExecutor(max(1, threads)) as pool:
        found = _scaled(_lay_out(rows, counts, pool))
    return found[inverse]


def place(vectors: Vectors, known: Vectors, places: NDArray[np.float32], threads: int = 2) -> NDArray[np.float32]:
    """Places (m, 2) of new vectors (m, d) beside their nearest among those `known` (n, d) at `places` (n, 2).

    Each depends on what is known alone, so it does not matter what else is new. Raises ValueError when nothing is.
    """
    from threadpoolctl import threadpool_limits

    if not len(known):
        raise ValueError("new places need known ones")
    with threadpool_limits(limits=1), ThreadPoolExecutor(max(1, threads)) as pool:
        near, cosines = _among(vectors, known, pool)
    return _beside(places.astype(np.float64)[near], cosines).astype(np.float32)


def _scales(vectors: Vectors) -> Vectors:
    """One over the length of each vector; 1 for zeros."""
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    found: Vectors = (1.0 / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)
    return found


def _among(vectors: Vectors, others: Vectors, pool: ThreadPoolExecutor) -> tuple[Ints, Floats]:
    """For each of `vectors` the nearest few of `others` and their cosines, nearest first.

    Ties in the order of `others`.
    """
    k = min(_BESIDE, len(others))
    near = np.zeros((len(vectors), k), dtype=np.int64)
    cosines = np.zeros((len(vectors), k))
    scales, own = _scales(others), _scales(vectors)[:, None]

    def search(start: int) -> None:
        values = (vectors[start : start + 128] * own[start : start + 128]) @ others.T
        values *= scales
        rows = np.arange(len(values))
        for rank in range(k):  # so few are found faster one by one than by sorting
            best = values.argmax(axis=1)
            near[start + rows, rank], cosines[start + rows, rank] = best, values[rows, best]
            values[rows, best] = -2.0

    list(pool.map(search, range(0, len(vectors), 128)))
    return near, cosines


def _beside(places: Floats, cosines: Floats) -> Floats:
    """The weighted median of neighbours' places (m, k, 2): one that lies far off does not pull."""
    weights = np.exp(20.0 * (cosines - cosines[:, :1]))
    found = np.zeros((len(places), 2))
    for axis in range(2):
        order = np.argsort(places[:, :, axis], axis=1, kind="stable")
        sums = np.cumsum(np.take_along_axis(weights, order, 1), axis=1)
        middle = (sums >= 0.5 * sums[:, -1:]).argmax(axis=1)
        at = np.take_along_axis(order, middle[:, None], 1)
        found[:, axis] = np.take_along_axis(places[:, :, axis], at, 1)[:, 0]
    return found


def _scaled(points: Floats) -> NDArray[np.float32]:
    """Moved to the middle and into the square; the few outermost may stand outside it."""
    low, high = np.quantile(points, 0.001, axis=0), np.quantile(points, 0.999, axis=0)
    middle, half = (low + high) / 2, float((high - low).max()) / 2
    return np.clip((points - middle) / (half or 1.0), -1.2, 1.2).astype(np.float32)


def _lay_out(rows: Vectors, counts: Ints, pool: ThreadPoolExecutor) -> Floats:
    n = len(rows)
    if n <= 3:
        return np.stack([np.arange(n) - (n - 1) / 2, np.zeros(n)], axis=1)
    near = link(rows, counts, pool).near
    if n <= 2 * _CORE:
        start = _upright(principal(rows, np.ones(n)))
        points = _settle(start / (start[:, 0].std() or 1.0) * 1e-4, near, _EARLY, _EXAGGERATION)
        return _settle(points, near, _LATE, 1.0)
    core = np.unique(np.linspace(0, n - 1, _CORE).astype(np.int64))
    others = np.setdiff1d(np.arange(n), core, assume_unique=True)
    points = np.zeros((n, 2))
    points[core] = _lay_out(rows[core], counts[core], pool)
    closest, cosines = _among(rows[others], rows[core], pool)
    points[others] = _beside(points[core][closest], cosines)
    # Room in proportion to the number, and a little of each one's own so that none lie upon another.
    points *= (n / _CORE) ** 0.5
    points += np.random.default_rng(0).normal(scale=0.1, size=points.shape)
    return _settle(points, near, _SETTLING, 1.0)


def _upright(components: Floats) -> Floats:
    """The first two components, each turned so that its farthest point is on the positive side."""
    first = np.zeros((len(components), 2))
    first[:, : min(2, components.shape[1])] = components[:, :2]
    farthest = np.abs(first).argmax(axis=0)
    found: Floats = first * np.where(first[farthest, [0, 1]] < 0, -1.0, 1.0)
    return found


def _settle(points: Floats, near: Ints, steps: int, exaggeration: float) -> Floats:
    """So many steps down the gradient, with momentum and gains (Jacobs 1988)."""
    from scipy.sparse import csr_array

    n, k = near.shape
    links = csr_array((np.full(n * k, 0.5 / (n * k)), near.ravel(), np.arange(0, n * k + 1, k)), shape=(n, n))
    links = (links + links.T).tocsr()
    head = np.repeat(np.arange(n), np.diff(links.indptr))
    rate = max(n / exaggeration, 50.0)
    momentum = 0.5 if exaggeration > 1.0 else 0.8
    speed, gains = np.zeros_like(points), np.ones_like(points)
    for _ in range(steps):
        offset = points[head] - points[links.indices]
        pull = links.data / (1.0 + np.einsum("ij,ij->i", offset, offset))
        attraction = np.stack([np.bincount(head, pull * offset[:, axis], n) for axis in range(2)], axis=1)
        gradient = 4.0 * (exaggeration * attraction - _repulsion(points))
        gains = np.maximum(np.where(gradient * speed < 0, gains + 0.2, gains * 0.8), 0.01)
        speed = momentum * speed - rate * gains * gradient
        # No step crosses the map, however few the points.
        longest = np.sqrt(np.einsum("ij,ij->i", speed, speed)).max()
        speed *= min(1.0, 5.0 / longest) if longest > 0 else 1.0
        points = points + speed
        points -= points.mean(axis=0)
    return points


def _repulsion(points: Floats) -> Floats:
    """What all others push each point away with, (n, 2): the sum of (y - y') / (1 + |y - y'|²)² over that of all
    1 / (1 + |y - y'|²).
    """
    return _each_with_each(points) if len(points) <= _FEW else _on_a_grid(points)


def _each_with_each(points: Floats) -> Floats:
    squares = np.einsum("ij,ij->i", points, points)
    near = 1.0 / (1.0 + np.maximum(squares[:, None] + squares[None, :] - 2.0 * (points @ points.T), 0.0))
    total = near.sum() - len(points)
    near *= near
    found: Floats = (points * near.sum(axis=1)[:, None] - near @ points) / max(float(total), 1e-9)
    return found


def _on_a_grid(points: Floats) -> Floats:
    """The repulsion by polynomials on a regular grid and a convolution there."""
    from scipy import fft

    n = len(points)
    low = points.min(axis=0)
    span = float((points.max(axis=0) - low).max()) + 1e-9
    intervals = int(np.clip(np.ceil(max(span / 2, min(span, _FINE))), 20, _MOST_INTERVALS))
    width = span / intervals
    size = intervals * _NODES
    at, weights = _interpolation((points - low) / width, intervals)
    places = (at[:, 0, :, None] * size + at[:, 1, None, :]).reshape(n, -1)
    shares = (weights[:, 0, :, None] * weights[:, 1, None, :]).reshape(n, -1)
    flat = places.ravel()
    away = np.minimum(np.arange(2 * size), 2 * size - np.arange(2 * size)) * (width / _NODES)
    near = 1.0 / (1.0 + away[:, None] ** 2 + away[None, :] ** 2)
    shape = (2 * size, 2 * size)
    transformed = [fft.rfft2(kernel, workers=2) for kernel in (near, near**2)]

    def spread(charge: Floats) -> Floats:
        grid = np.bincount(flat, (shares * charge[:, None]).ravel(), size * size).reshape(size, size)
        found: Floats = fft.rfft2(grid, shape, workers=2)
        return found

    def gather(grid: Floats) -> Floats:
        back = fft.irfft2(grid, shape, workers=2)[:size, :size].ravel()
        found: Floats = (back[flat].reshape(n, -1) * shares).sum(axis=1)
        return found

    ones = spread(np.ones(n))
    total = gather(ones * transformed[0]).sum() - n
    mass = gather(ones * transformed[1])
    pushed = [points[:, a] * mass - gather(spread(points[:, a]) * transformed[1]) for a in range(2)]
    found: Floats = np.stack(pushed, axis=1) / max(float(total), 1e-9)
    return found


def _interpolation(scaled: Floats, intervals: int) -> tuple[Ints, Floats]:
    """The grid nodes (n, 2, nodes) of points in units of intervals, and the Lagrange polynomials there."""
    interval = np.clip(scaled.astype(np.int64), 0, intervals - 1)
    inside = scaled - interval
    nodes = (np.arange(_NODES) + 0.5) / _NODES
    weights = np.ones((*scaled.shape, _NODES))
    for j in range(_NODES):
        for other in range(_NODES):
            if other != j:
                weights[:, :, j] *= (inside - nodes[other]) / (nodes[j] - nodes[other])
    return interval[:, :, None] * _NODES + np.arange(_NODES), weights
