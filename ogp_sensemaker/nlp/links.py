"""Links between vectors: distinct ones in a canonical order, their neighbours, what stands apart, what lies together.

Nothing here depends on the order of the input, and no sum depends on the number of threads, provided that
products run on one thread each (see `cluster.group`).
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAIN, NOWHERE = -1, -2
SMALLEST = 3  # texts in a group

NEIGHBOURS = 10
_ROUNDS = 4  # of drawing together
_COMPANY = 0.5
_DIMENSIONS = 50
_LEAST_ISLAND = 1 / 10_000  # of all texts: among 100,000, groups of ten
_ALIKE = 0.95  # cosine from which texts share the weight of one
_LINK = 0.45  # cosine below which no link counts, unless too many would be left without any
_WEAKEST_LINK = 0.2
_USUAL_NOWHERE, _MOST_NOWHERE = 0.01, 0.15
_ISLAND = 0.02  # share of the rows that a group beside the main mass may have at most
_CAMPAIGN = 20  # near-duplicates that make a group of their own
_CELL = 50  # vectors
_CELLS_SEARCHED = 6

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Linked:
    """Distinct vectors in canonical order, with what links them."""

    rows: Vectors  # (u, d), of length 1
    counts: Ints  # (u,) how many texts have this vector
    weights: Floats  # (u,) near-duplicates share the weight of one
    alike: Ints  # (u,) the number of the near-duplicates that a row belongs to
    near: Ints  # (u, k) neighbours, nearest first
    cosines: Floats  # (u, k)


def canonical(vectors: Vectors) -> tuple[Vectors, Ints, Ints]:
    """Distinct rows sorted by their bytes, where each input row went, and how often each came."""
    table = np.ascontiguousarray(vectors, dtype=np.float32) + np.float32(0.0)  # -0.0 becomes 0.0
    keys = table.view(np.dtype((np.void, table.shape[1] * 4))).ravel()
    _, first, inverse, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    rows = table[first]
    lengths = np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1.0)).astype(np.float32), inverse.ravel(), counts


def blocks(n: int, size: int = 512) -> list[slice]:
    """Slices of at most `size` that cover 0 … n."""
    return [slice(i, min(i + size, n)) for i in range(0, n, size)]


def link(rows: Vectors, counts: Ints, pool: ThreadPoolExecutor) -> Linked:
    """Find the neighbours of each row: among all, or among those of the nearest cells where there are many."""
    u = len(rows)
    k = min(NEIGHBOURS, u - 1)
    if k < 1:
        none = np.zeros((u, 0), dtype=np.int64)
        return Linked(rows, counts, np.ones(u), np.arange(u), none, np.zeros((u, 0)))
    near = np.zeros((u, k), dtype=np.int64)
    cosines = np.zeros((u, k))
    for places, found, values in pool.map(lambda job: _nearest(rows, job, k), _searches(rows)):
        near[places], cosines[places] = found, values
    alike = _alike(rows, near, cosines)
    return Linked(rows, counts, 1.0 / np.bincount(alike)[alike], alike, near, cosines)


def _searches(rows: Vectors) -> Iterator[tuple[Ints, Ints]]:
    """(rows, where to look for their neighbours): everywhere, or in the nearest cells where there are many."""
    u = len(rows)
    if u <= 80 * _CELL:
        everywhere = np.arange(u)
        for block in blocks(u):
            yield everywhere[block], everywhere
        return
    small = principal(rows, np.ones(u))
    centres, cell_of = cells(small, np.ones(u), u // _CELL)
    order = np.argsort(cell_of, kind="stable")
    starts = np.searchsorted(cell_of[order], np.arange(len(centres) + 1))
    members = [order[a:b] for a, b in pairwise(starts)]
    squares = np.einsum("ij,ij->i", centres, centres)
    for cell, own in enumerate(members):
        if not len(own):
            continue
        distance = squares - 2.0 * (centres @ centres[cell])
        close = np.argsort(distance, kind="stable")[: _CELLS_SEARCHED * 4]
        where: list[Ints] = []
        for other in close:  # enough cells to hold enough neighbours
            where.append(members[other])
            if len(where) >= _CELLS_SEARCHED and sum(map(len, where)) > 4 * NEIGHBOURS:
                break
        candidates = np.sort(np.concatenate(where))
        for block in blocks(len(own)):
            yield own[block], candidates


def _nearest(rows: Vectors, job: tuple[Ints, Ints], k: int) -> tuple[Ints, Ints, Floats]:
    places, candidates = job
    values = rows[places] @ rows[candidates].T
    values[candidates[None, :] == places[:, None]] = -2.0
    k_here = min(k, len(candidates) - 1)
    top = np.argpartition(-values, k_here - 1, axis=1)[:, :k_here]
    value = np.take_along_axis(values, top, 1)
    rank = np.lexsort((top, -value), axis=1)
    top, value = np.take_along_axis(top, rank, 1), np.take_along_axis(value, rank, 1)
    if k_here < k:
        top = np.concatenate([top, np.repeat(top[:, -1:], k - k_here, 1)], axis=1)
        value = np.concatenate([value, np.repeat(value[:, -1:], k - k_here, 1)], axis=1)
    return places, candidates[top], value.astype(np.float64)


def _graph(near: Ints, values: Floats, u: int) -> Any:
    """A symmetric sparse matrix of links; of two directions the stronger counts."""
    from scipy.sparse import csr_array

    k = near.shape[1]
    # Equal columns within a row would add up; a text has each neighbour once but for padding.
    matrix = csr_array((values.ravel(), (np.repeat(np.arange(u), k), near.ravel())), shape=(u, u))
    return matrix.maximum(matrix.T).tocsr()


def _components(near: Ints, keep: NDArray[np.bool_]) -> Ints:
    from scipy.sparse.csgraph import connected_components

    links = _graph(near, keep.astype(np.float64), len(near))
    links.eliminate_zeros()
    labels: Ints = connected_components(links, directed=False)[1].astype(np.int64)
    return labels


def _alike(rows: Vectors, near: Ints, cosines: Floats) -> Ints:
    """The number of the near-duplicates that each row belongs to; most rows have one of their own."""
    alike = _components(near, cosines >= _ALIKE)
    # Hundreds of near-duplicates are each other's neighbours only, so one campaign may fall into several parts.
    large = np.flatnonzero(np.bincount(alike) > near.shape[1])
    middles = [unit(rows[alike == name].astype(np.float64).mean(axis=0)[None])[0] for name in large]
    for i, name in enumerate(large):
        for other, middle in zip(large[:i], middles[:i], strict=True):
            if middle @ middles[i] >= _ALIKE:
                alike[alike == name] = other
                break
    return alike


def apart(data: Linked) -> Ints:
    """For each row MAIN, NOWHERE, or the number (0 …) of its group that stands apart whatever the detail.

    Apart stand the texts of a campaign, and small groups without a link to the main mass. Texts in smaller
    company than three belong nowhere: 1 % as a rule, never more than 15 %.
    """
    texts = int(data.counts.sum())
    found = np.full(len(data.counts), MAIN, dtype=np.int64)
    if texts < SMALLEST:
        found[:] = NOWHERE
        return found
    sent = np.bincount(data.alike, weights=data.counts)[data.alike] >= _CAMPAIGN
    component, lonely = _company(data, texts)
    found[lonely & ~sent] = NOWHERE
    largest = max(SMALLEST * 4, int(_ISLAND * len(data.counts)))
    small = (np.bincount(component, weights=~sent)[component] <= largest) & ~sent & ~lonely
    small &= np.bincount(component, weights=data.counts)[component] >= texts * _LEAST_ISLAND
    if not (~small & ~sent & ~lonely).any():  # there is no main mass to stand apart from
        small[:] = False
    names = np.where(sent, data.alike + len(data.counts), component)
    groups = np.unique(names[small | sent], return_inverse=True)[1]
    found[small | sent] = groups
    # A small group may have lost its links to a campaign that stands apart by itself.
    sizes = np.bincount(groups, weights=data.counts[small | sent]) if len(groups) else np.zeros(0)
    few = (found >= 0) & (sizes[np.maximum(found, 0)] < SMALLEST) if len(sizes) else np.zeros(len(found), dtype=bool)
    found[few] = MAIN
    return _renumbered(found)


def _renumbered(found: Ints) -> Ints:
    inside = found >= 0
    if inside.any():
        found[inside] = np.unique(found[inside], return_inverse=True)[1]
    return found


def _company(data: Linked, texts: int) -> tuple[Ints, NDArray[np.bool_]]:
    """The component of each row by links that count, and which rows are in too small company."""
    link = _LINK
    while True:
        component = _components(data.near, data.cosines >= link)
        lonely = np.bincount(component, weights=data.counts)[component] < SMALLEST
        share = data.counts[lonely].sum() / texts
        if share <= _USUAL_NOWHERE or (link < _WEAKEST_LINK and share <= _MOST_NOWHERE):
            return component, lonely
        if link < 0:
            return component, np.zeros(len(lonely), dtype=bool)
        link -= 0.01


def principal(rows: Vectors, weights: Floats) -> Floats:
    """The rows on their first principal components, centred."""
    middle = sums(rows, np.zeros(len(rows), dtype=np.int64), weights)[0] / weights.sum()
    spread = np.zeros((rows.shape[1], rows.shape[1]))
    for block in blocks(len(rows), 4096):  # a copy in double precision of all would be large
        table = rows[block] - middle
        spread += (table * weights[block, None]).T @ table
    directions = np.linalg.eigh(spread)[1][:, ::-1][:, :_DIMENSIONS]
    return np.vstack([(rows[block] - middle) @ directions for block in blocks(len(rows), 4096)])


def unit(table: Floats) -> Floats:
    """The rows scaled to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    found: Floats = table / np.where(lengths > 0, lengths, 1.0)
    return found


def draw_together(points: Floats, near: Ints, cosines: Floats) -> Floats:
    """Each point moved towards its linked neighbours, a few times over (a low-pass filter on the graph)."""
    from scipy.sparse import diags_array, eye_array

    u = len(points)
    if near.shape[1] == 0:
        return unit(points)
    links = _graph(near, np.maximum(cosines, 0.0) ** 2, u) + eye_array(u, format="csr")
    scale = diags_array(np.asarray(links.sum(axis=1)).ravel() ** -0.5)
    step = (scale @ links @ scale).tocsr()
    for _ in range(_ROUNDS):
        points = step @ points
    return unit(points)


def in_company(data: Linked) -> Vectors:
    """Each row with half of the mean of its neighbours: what is said, in the light of what others say like it."""
    if data.near.shape[1] == 0:
        return data.rows
    links = _graph(data.near, np.maximum(data.cosines, 0.0) ** 2, len(data.rows))
    links.setdiag(0.0)
    total = np.asarray(links.sum(axis=1)).ravel()
    found = np.empty_like(data.rows)
    for block in blocks(len(found), 4096):
        mean = (links[block] @ data.rows) / np.where(total[block] > 0, total[block], 1.0)[:, None]
        found[block] = unit(data.rows[block] + _COMPANY * mean)
    return found


def cells(points: Floats, weights: Floats, k: int) -> tuple[Floats, Ints]:
    """k-means from every (n/k)th point of the canonical order: centres and the cell of each point."""
    from sklearn.cluster import KMeans

    start = points[np.linspace(0, len(points) - 1, k).astype(np.int64)]
    model = KMeans(k, init=start, n_init=1, max_iter=5, algorithm="lloyd", random_state=0)
    model.fit(points, sample_weight=weights)
    return model.cluster_centers_.astype(np.float64), model.labels_.astype(np.int64)


def sums(points: Any, labels: Ints, weights: Floats) -> Floats:
    """The weighted sum of the points of each label, in double precision."""
    from scipy.sparse import csr_array

    k = int(labels.max()) + 1
    found: Floats = np.zeros((k, points.shape[1]))
    for block in blocks(len(points), 8192):
        part = points[block].astype(np.float64)
        share = csr_array((weights[block], (labels[block], np.arange(len(part)))), shape=(k, len(part)))
        found += share @ part
    return found


def restrict(data: Linked, places: Ints, *, rows: bool = True) -> Linked:
    """What is at `places` alone; links to others are lost. Without `rows`, the vectors are left out."""
    where = np.full(len(data.counts), -1, dtype=np.int64)
    where[places] = np.arange(len(places))
    near, cosines = where[data.near[places]], data.cosines[places].copy()
    gone = near < 0
    cosines[gone] = 0.0
    near[gone] = np.broadcast_to(np.arange(len(places))[:, None], near.shape)[gone]
    kept = data.rows[places] if rows else data.rows[:0]
    return Linked(kept, data.counts[places], data.weights[places], data.alike[places], near, cosines)
