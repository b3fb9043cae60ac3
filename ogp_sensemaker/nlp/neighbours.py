"""The nearest other texts of each text, by their vectors, whatever the order of the input.

Equal vectors are taken together and sorted by their bytes. Every product runs on one thread, blocks of it side by
side, so that no sum depends on the number of threads.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Vectors = NDArray[np.float32]

_EVERYWHERE = 6000  # up to so many texts each is compared with all
_CELL = 150
_CELLS_SEARCHED = 8


def canonical(vectors: Vectors) -> tuple[Vectors, Ints]:
    """Distinct rows of length 1, sorted by their bytes, and where each input row went."""
    table = np.ascontiguousarray(vectors, dtype=np.float32) + np.float32(0.0)  # -0.0 becomes 0.0
    keys = table.view(np.dtype((np.void, table.shape[1] * 4))).ravel()
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    return unit(table[first]), inverse.ravel()


def unit(rows: Vectors) -> Vectors:
    """Each row scaled to length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)


def principal(rows: Vectors, most: int) -> Floats:
    """The rows (n, d), centred, on their first `most` principal components."""
    table = rows.astype(np.float64)
    table -= table.mean(axis=0)
    _, directions = np.linalg.eigh(table.T @ table)
    directions = directions[:, ::-1][:, :most]
    # A direction may come out either way round: its largest part points up.
    largest = np.abs(directions).argmax(axis=0)
    found: Floats = table @ (directions * np.sign(directions[largest, np.arange(directions.shape[1])]))
    return found


def nearest(rows: Vectors, k: int, threads: int = 2) -> Ints:
    """For each row of length 1 the `k` others with the highest cosine, nearest first: (n, k), k below n.

    Above some thousand rows only the nearest cells of a coarse partition are searched: about 95 of 100 true
    neighbours are found. Call it with the number of threads of products limited to one.
    """
    found = np.zeros((len(rows), k), dtype=np.int64)
    with ThreadPoolExecutor(max(1, threads)) as pool:
        for places, near in pool.map(lambda job: (job[0], _best(rows, *job, k)), _searches(rows, k)):
            found[places] = near
    return found


def among(vectors: Vectors, others: Vectors, k: int, threads: int = 2) -> tuple[Ints, Vectors]:
    """For each of `vectors` the `k` nearest of `others` (both of length 1) and their cosines, nearest first.

    Ties in the order of `others`. Call it with the number of threads of products limited to one.
    """
    k = min(k, len(others))
    near = np.zeros((len(vectors), k), dtype=np.int64)
    cosines = np.zeros((len(vectors), k), dtype=np.float32)

    def search(start: int) -> None:
        values = vectors[start : start + 128] @ others.T
        rows = np.arange(len(values))
        for rank in range(k):  # so few are found faster one by one than by sorting
            best = values.argmax(axis=1)
            near[start + rows, rank], cosines[start + rows, rank] = best, values[rows, best]
            values[rows, best] = -2.0

    with ThreadPoolExecutor(max(1, threads)) as pool:
        list(pool.map(search, range(0, len(vectors), 128)))
    return near, cosines


def _searches(rows: Vectors, k: int) -> Iterator[tuple[Ints, Ints]]:
    """(rows, where to look for their neighbours): everywhere, or in the nearest cells where there are many."""
    n = len(rows)
    everywhere = np.arange(n)
    if n <= _EVERYWHERE:
        for start in range(0, n, 512):
            yield everywhere[start : start + 512], everywhere
        return
    centres, cells = _cells(principal(rows, 50), n // _CELL)
    order = np.argsort(cells, kind="stable")
    starts = np.searchsorted(cells[order], np.arange(len(centres) + 1))
    members = [order[a:b] for a, b in pairwise(starts)]
    squares = np.einsum("ij,ij->i", centres, centres)
    for cell, own in enumerate(members):
        close = np.argsort(squares - 2.0 * (centres @ centres[cell]), kind="stable")
        sizes = np.cumsum([len(members[c]) for c in close[: 4 * _CELLS_SEARCHED]])
        enough = max(_CELLS_SEARCHED, int(np.searchsorted(sizes, 4 * k)) + 1)
        candidates = np.sort(np.concatenate([members[c] for c in close[:enough]]))
        for start in range(0, len(own), 512):
            yield own[start : start + 512], candidates


def _cells(points: Floats, k: int) -> tuple[Floats, Ints]:
    """k-means from every (n/k)th point of the canonical order: centres and the cell of each point."""
    from sklearn.cluster import KMeans

    start = points[np.linspace(0, len(points) - 1, k).astype(np.int64)]
    model = KMeans(k, init=start, n_init=1, max_iter=5, algorithm="lloyd", random_state=0).fit(points)
    return model.cluster_centers_.astype(np.float64), model.labels_.astype(np.int64)


def _best(rows: Vectors, places: Ints, candidates: Ints, k: int) -> Ints:
    values = rows[places] @ rows[candidates].T
    values[candidates[None, :] == places[:, None]] = -2.0
    found: Ints = candidates[_top(values, k)]
    return found


def _top(values: Vectors, k: int) -> Ints:
    """The columns of the `k` highest values of each row, highest first; ties by column."""
    top = np.argpartition(-values, k - 1, axis=1)[:, :k]
    value = np.take_along_axis(values, top, 1)
    found: Ints = np.take_along_axis(top, np.lexsort((top, -value), axis=1), 1)
    return found
