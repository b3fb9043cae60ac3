"""Groups vectors: the same groups on every run, in any order of the input and with any number of threads.

How: equal vectors are taken together and sorted by their bytes, so nothing depends on the order they came in.
Every product runs on one thread (blocks of it side by side), so no sum depends on the number of threads.
Texts that are nearly alike share the weight of one. Each text is linked to its nearest others; what has no
neighbour goes to the worklist, small groups that stand apart are kept as they are, and the rest is drawn
together along the links (which evens out chance words) and joined into a tree (Ward). The level of detail
cuts that tree, so finer levels only ever split the groups of coarser ones.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from math import log2
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogp_sensemaker.nlp.tree import Tree, ward

VERSION = "linked-ward/1"
DETAILS = (1, 2, 3, 4, 5, 6, 7)  # few broad to many narrow; 4 is the one chosen from the data
NOWHERE = -1
SMALLEST = 3  # members of a group

_NEIGHBOURS = 15
_ROUNDS = 4  # of drawing together
_DIMENSIONS = 50
_ALIKE = 0.95  # cosine from which texts share the weight of one
_LINK = 0.45  # cosine below which no link counts, unless too many would be left without any
_USUAL_NOWHERE, _MOST_NOWHERE = 0.05, 0.15
_TREE_POINTS = 2000
_CELL = 50
_CELLS_SEARCHED = 6
_LADDER = tuple(sorted({round(2 * 1.12**i) for i in range(40)}))  # 2 … 166 groups
_STEPS = {1: 0.25, 2: 0.4, 3: 0.63, 4: 1.0, 5: 1.6, 6: 2.5, 7: 4.0}
_FOLDS = 5

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Grouping:
    """What was found. Groups count from 0, biggest first; -1 marks what belongs nowhere."""

    labels: Ints  # (n,)
    strengths: NDArray[np.float32]  # (n,), 0..1: how near to the middle of its group; 0 for nowhere
    centres: Vectors  # (groups, dimensions), of length 1
    reach: NDArray[np.float32]  # (groups,): the cosine to the centre that most members have at least
    sizes: tuple[int, ...]
    stability: tuple[float, ...]  # 0..1 per group; empty where it was not asked for
    detail: int
    levels: tuple[int, ...]  # number of groups at each level of detail

    @property
    def groups(self) -> int:
        """The number of groups."""
        return len(self.sizes)


@dataclass(frozen=True, slots=True)
class _Data:
    """Distinct vectors in canonical order, with what links them."""

    rows: Vectors  # (u, d), of length 1
    counts: Ints  # (u,) how many texts have this vector
    weights: Floats  # (u,) shared among near-duplicates
    near: Ints  # (u, k) neighbours, nearest first
    cosines: Floats  # (u, k)


def group(vectors: Vectors, detail: int | None = None, *, stability: bool = True, threads: int = 2) -> Grouping:
    """Group texts by their vectors, shape (n, dimensions). `detail`: 1 (few broad) to 7 (many narrow), None for 4.

    At most 15 % of the texts are left without a group. Raises ValueError for values that are not finite.
    """
    from threadpoolctl import threadpool_limits

    if vectors.ndim != 2 or not np.isfinite(vectors).all():
        raise ValueError("vectors must be a table of finite numbers")
    level = 4 if detail is None else max(DETAILS[0], min(DETAILS[-1], detail))
    if not len(vectors):
        return _nothing(vectors.shape[1], level)
    import sklearn  # noqa: F401  (its OpenMP must be there before the limit is set)

    rows, inverse, counts = _canonical(vectors)
    with threadpool_limits(limits=1), ThreadPoolExecutor(max(1, threads)) as pool:
        data = _link(rows, counts, pool)
        forest, points = _forest(data, _TREE_POINTS)
        levels = _levels(forest, points, data.weights[forest.apart == -1])
        labels = _number(forest.at(levels[level - 1]), counts)
        centres, strengths, reach = _describe(data, labels)
        figures = _stability(data, labels, levels[level - 1], pool) if stability and len(centres) else ()
    beside = int(forest.apart.max()) + 1
    sizes = tuple(int(n) for n in np.bincount(labels[labels >= 0], weights=counts[labels >= 0]))
    return Grouping(
        labels[inverse],
        strengths[inverse].astype(np.float32),
        centres,
        reach,
        sizes,
        figures,
        level,
        tuple(k + beside for k in levels),
    )


def _nothing(dimensions: int, level: int) -> Grouping:
    empty = np.zeros((0, dimensions), dtype=np.float32)
    none = np.zeros(0, dtype=np.float32)
    return Grouping(np.zeros(0, dtype=np.int64), none, empty, none, (), (), level, (0,) * len(DETAILS))


def _canonical(vectors: Vectors) -> tuple[Vectors, Ints, Ints]:
    """Distinct rows sorted by their bytes, where each input row went, and how often each came."""
    table = np.ascontiguousarray(vectors, dtype=np.float32) + np.float32(0.0)  # -0.0 becomes 0.0
    keys = table.view(np.dtype((np.void, table.shape[1] * 4))).ravel()
    _, first, inverse, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    rows = table[first]
    lengths = np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1.0)).astype(np.float32), inverse.ravel(), counts


def _blocks(n: int, size: int = 512) -> list[slice]:
    return [slice(i, min(i + size, n)) for i in range(0, n, size)]


# ---------------------------------------------------------------- links


def _link(rows: Vectors, counts: Ints, pool: ThreadPoolExecutor) -> _Data:
    u = len(rows)
    k = min(_NEIGHBOURS, u - 1)
    if k < 1:
        return _Data(rows, counts, np.ones(u), np.zeros((u, 0), dtype=np.int64), np.zeros((u, 0)))
    near = np.zeros((u, k), dtype=np.int64)
    cosines = np.zeros((u, k))
    for places, found, values in pool.map(lambda job: _nearest(rows, job, k), _searches(rows)):
        near[places], cosines[places] = found, values
    return _Data(rows, counts, _shared_weights(near, cosines), near, cosines)


def _searches(rows: Vectors) -> Iterator[tuple[Ints, Ints]]:
    """(rows, where to look for their neighbours): everywhere, or in the nearest cells where there are many."""
    u = len(rows)
    if u <= 80 * _CELL:
        everywhere = np.arange(u)
        for block in _blocks(u):
            yield everywhere[block], everywhere
        return
    small = _principal(rows, np.ones(u))
    centres, cells = _cells(small, np.ones(u), u // _CELL)
    order = np.argsort(cells, kind="stable")
    starts = np.searchsorted(cells[order], np.arange(len(centres) + 1))
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
            if len(where) >= _CELLS_SEARCHED and sum(map(len, where)) > 4 * _NEIGHBOURS:
                break
        candidates = np.sort(np.concatenate(where))
        for block in _blocks(len(own)):
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


def _shared_weights(near: Ints, cosines: Floats) -> Floats:
    alike = _components(near, cosines >= _ALIKE)
    weights: Floats = 1.0 / np.bincount(alike)[alike]
    return weights


# ---------------------------------------------------------------- what stands apart


def _apart(data: _Data) -> Ints:
    """For each row: -1 in the main mass, -2 nowhere, or the number of its small group that stands apart."""
    u = len(data.rows)
    texts = int(data.counts.sum())
    if data.near.shape[1] == 0:
        return np.full(u, -1 if texts >= SMALLEST else -2, dtype=np.int64)
    apart = np.full(u, -1, dtype=np.int64)
    link = _LINK
    for _ in range(60):
        component = _components(data.near, data.cosines >= link)
        members = np.bincount(component, weights=data.counts)[component]
        lonely = members < SMALLEST
        if data.counts[lonely].sum() <= _USUAL_NOWHERE * texts:
            break
        link -= 0.01
    else:
        lonely = _loneliest(data, texts)
    apart[lonely] = -2
    main = max(SMALLEST * 4, int(0.02 * u))
    rows_in = np.bincount(component)[component]
    small = (rows_in <= main) & ~lonely
    if small.all() or not (~small & ~lonely).any():
        return apart
    for number, name in enumerate(np.unique(component[small])):
        apart[small & (component == name)] = number
    return apart


def _loneliest(data: _Data, texts: int) -> NDArray[np.bool_]:
    """The texts with the weakest nearest link, as many as are allowed to belong nowhere."""
    order = np.lexsort((np.arange(len(data.rows)), data.cosines[:, 0]))
    alone = np.cumsum(data.counts[order]) <= _MOST_NOWHERE * texts
    alone &= data.cosines[order, 0] < 0.2
    lonely = np.zeros(len(data.rows), dtype=bool)
    lonely[order[alone]] = True
    return lonely


# ---------------------------------------------------------------- the tree


def _principal(rows: Vectors, weights: Floats) -> Floats:
    """The rows on their first principal components, centred."""
    table = rows.astype(np.float64)
    table -= (weights @ table) / weights.sum()
    _, directions = np.linalg.eigh((table * weights[:, None]).T @ table)
    found: Floats = table @ directions[:, ::-1][:, :_DIMENSIONS]
    return found


def _unit(table: Floats) -> Floats:
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    found: Floats = table / np.where(lengths > 0, lengths, 1.0)
    return found


def _draw_together(points: Floats, near: Ints, cosines: Floats) -> Floats:
    """Each point moved towards its linked neighbours, a few times over (a low-pass filter on the graph)."""
    from scipy.sparse import diags_array, eye_array

    u = len(points)
    if near.shape[1] == 0:
        return _unit(points)
    links = _graph(near, np.maximum(cosines, 0.0) ** 2, u) + eye_array(u, format="csr")
    scale = diags_array(np.asarray(links.sum(axis=1)).ravel() ** -0.5)
    step = (scale @ links @ scale).tocsr()
    for _ in range(_ROUNDS):
        points = step @ points
    return _unit(points)


def _cells(points: Floats, weights: Floats, k: int) -> tuple[Floats, Ints]:
    """k-means from every (n/k)th point of the canonical order: centres and the cell of each point."""
    from sklearn.cluster import KMeans

    start = points[np.linspace(0, len(points) - 1, k).astype(np.int64)]
    model = KMeans(k, init=start, n_init=1, max_iter=8, algorithm="lloyd", random_state=0)
    model.fit(points, sample_weight=weights)
    return model.cluster_centers_.astype(np.float64), model.labels_.astype(np.int64)


def _restrict(data: _Data, places: Ints) -> _Data:
    """The rows at `places` alone; links to others are lost."""
    where = np.full(len(data.rows), -1, dtype=np.int64)
    where[places] = np.arange(len(places))
    near, cosines = where[data.near[places]], data.cosines[places].copy()
    gone = near < 0
    cosines[gone] = 0.0
    near[gone] = np.broadcast_to(np.arange(len(places))[:, None], near.shape)[gone]
    return _Data(data.rows[places], data.counts[places], data.weights[places], near, cosines)


@dataclass(frozen=True, slots=True)
class _Forest:
    """The tree of the main mass and the small groups beside it; cut with `at`."""

    apart: Ints  # (u,) -1 main, -2 nowhere, otherwise a small group
    leaf: Ints  # (main rows,) leaf of the tree
    mass: Floats  # (leaves,) texts
    tree: Tree

    def at(self, groups: int) -> Ints:
        """The group of each row with the main mass cut into `groups`; -1 for nowhere."""
        labels = np.where(self.apart >= 0, self.apart, NOWHERE)
        main = self.apart == -1
        if main.any():
            labels[main] = self.tree.cut(groups, self.mass, SMALLEST)[self.leaf] + self.apart.max(initial=-1) + 1
        return labels


def _forest(data: _Data, leaves: int) -> tuple[_Forest, Floats]:
    """The forest, and the points of the main mass drawn together."""
    apart = _apart(data)
    places = np.flatnonzero(apart == -1)
    main = _restrict(data, places)
    points = _draw_together(_principal(main.rows, main.weights), main.near, main.cosines)
    if len(points) <= 2 * leaves:
        leaf, centres = np.arange(len(points)), points
    else:
        centres, cells = _cells(points, main.weights, leaves)
        names, leaf = np.unique(cells, return_inverse=True)
        centres = centres[names]
    weight = np.bincount(leaf, weights=main.weights)
    return _Forest(apart, leaf, np.bincount(leaf, weights=main.counts), ward(centres, weight)), points


def _levels(forest: _Forest, points: Floats, weights: Floats) -> tuple[int, ...]:
    """How many groups the main mass is cut into at each level of detail."""
    usual = _usual(forest, points, weights)
    most = max(1, len(points) // SMALLEST)
    return tuple(max(1, min(most, round(usual * _STEPS[d]))) for d in DETAILS)


def _usual(forest: _Forest, points: Floats, weights: Floats) -> int:
    """The number of groups at which texts are on average nearest to their own group and farthest from the next.

    That is the simplified silhouette (Hruschka 2004): 1 - a / b with the distances to the own and the nearest
    other centre.
    """
    n = len(points)
    if n < 2 * SMALLEST:
        return 1
    best, chosen, before = -1.0, 1, 0
    for k in _LADDER:
        if k < log2(n):  # fewer tell an analyst nothing
            continue
        if k > n // SMALLEST:
            break
        labels = forest.at(k)[forest.apart == -1]
        labels -= labels.min()
        groups = int(labels.max()) + 1
        if groups == before or groups < 2:
            continue
        before = groups
        score = _silhouette(points, labels, weights)
        if score > best + 1e-9:
            best, chosen = score, k
    return chosen


def _silhouette(points: Floats, labels: Ints, weights: Floats) -> float:
    centres = _unit(_sums(points, labels, weights))
    total = 0.0
    for block in _blocks(len(points), 4096):
        distance = np.maximum(1.0 - points[block] @ centres.T, 0.0)
        rows = np.arange(len(distance))
        own = distance[rows, labels[block]].copy()
        distance[rows, labels[block]] = np.inf
        other = distance.min(axis=1)
        total += float((weights[block] * (1.0 - own / np.maximum(other, 1e-9))).sum())
    return total / float(weights.sum())


def _sums(points: Any, labels: Ints, weights: Floats) -> Floats:
    """The weighted sum of the points of each label."""
    from scipy.sparse import csr_array

    n, k = len(points), int(labels.max()) + 1
    table = csr_array((weights, (labels, np.arange(n))), shape=(k, n)) @ points.astype(np.float64)
    found: Floats = np.asarray(table)
    return found


# ---------------------------------------------------------------- the result


def _number(labels: Ints, counts: Ints) -> Ints:
    """Groups renumbered from 0, most texts first, then by their first row."""
    names = np.unique(labels[labels >= 0])
    size = {int(n): int(counts[labels == n].sum()) for n in names}
    first = {int(n): int(np.flatnonzero(labels == n)[0]) for n in names}
    order = sorted(size, key=lambda n: (-size[n], first[n]))
    new = np.full(int(labels.max(initial=0)) + 1, NOWHERE, dtype=np.int64)
    new[order] = np.arange(len(order))
    found: Ints = np.where(labels >= 0, new[np.maximum(labels, 0)], NOWHERE)
    return found


def _describe(data: _Data, labels: Ints) -> tuple[Vectors, Floats, NDArray[np.float32]]:
    """Centres, strengths of the rows, and how far each group reaches."""
    inside = labels >= 0
    if not inside.any():
        return np.zeros((0, data.rows.shape[1]), dtype=np.float32), np.zeros(len(labels)), np.zeros(0, dtype=np.float32)
    centres = _unit(_sums(data.rows[inside], labels[inside], data.weights[inside]))
    cosine = np.einsum("ij,ij->i", data.rows.astype(np.float64), centres[np.maximum(labels, 0)])
    strengths = np.where(inside, np.clip(np.round(cosine, 6), 0.0, 1.0), 0.0)
    reach = np.array([np.quantile(cosine[labels == g], 0.1) for g in range(len(centres))], dtype=np.float32)
    return centres.astype(np.float32), strengths, reach


def _stability(data: _Data, labels: Ints, groups: int, pool: ThreadPoolExecutor) -> tuple[float, ...]:
    """How well each group comes back when a fifth of the rows is left out, each fifth once (Hennig 2007)."""
    fold = np.arange(len(labels)) % _FOLDS

    def again(left_out: int) -> Floats:
        kept = np.flatnonzero(fold != left_out)
        forest, _ = _forest(_restrict(data, kept), _TREE_POINTS // 3)
        return _overlap(labels[kept], forest.at(groups), data.counts[kept])

    return tuple(round(float(v), 4) for v in np.mean(list(pool.map(again, range(_FOLDS))), axis=0))


def _overlap(labels: Ints, others: Ints, counts: Ints) -> Floats:
    """For each group the best Jaccard index with a group of the other grouping."""
    k, m = int(labels.max()) + 1, int(others.max(initial=0)) + 1
    both = np.zeros((k, m))
    inside = (labels >= 0) & (others >= 0)
    np.add.at(both, (labels[inside], others[inside]), counts[inside])
    own = np.bincount(labels[labels >= 0], weights=counts[labels >= 0], minlength=k)
    other = np.bincount(others[others >= 0], weights=counts[others >= 0], minlength=m)
    union = own[:, None] + other[None, :] - both
    found: Floats = (both / np.maximum(union, 1.0)).max(axis=1)
    return found


def join(vectors: Vectors, centres: Vectors, reach: NDArray[np.float32]) -> tuple[Ints, NDArray[np.float32]]:
    """Texts that came later: the group each belongs to (-1: none) and how strongly, without grouping anew."""
    if not len(centres) or not len(vectors):
        return np.full(len(vectors), NOWHERE, dtype=np.int64), np.zeros(len(vectors), dtype=np.float32)
    cosine = vectors.astype(np.float64) @ centres.astype(np.float64).T
    best = cosine.argmax(axis=1)
    value = cosine[np.arange(len(best)), best]
    inside = value >= reach[best] - 1e-6
    strengths = np.where(inside, np.clip(np.round(value, 6), 0.0, 1.0), 0.0).astype(np.float32)
    return np.where(inside, best, NOWHERE), strengths
