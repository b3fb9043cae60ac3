"""Groups vectors: the same groups on every run, in any order of the input and with any number of threads.

How: equal vectors are taken together and sorted by their bytes, so nothing depends on the order they came in.
Every product runs on one thread (blocks of it side by side), so no sum depends on the number of threads.
Texts that are nearly alike share the weight of one. Each text is linked to its nearest others; what has no
neighbour goes to the worklist, small groups that stand apart are kept as they are, and the rest is drawn
together along the links (which evens out chance words) and joined into a tree (Ward). The tree is cut where
texts are nearest to their own group compared with the next, and each text goes to the group whose middle is
nearest. Coarser levels join these groups along the tree, finer levels split them.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import log2, sqrt

import numpy as np
from numpy.typing import NDArray

from ogp_sensemaker.nlp.links import (
    MAIN,
    SMALLEST,
    Floats,
    Ints,
    Linked,
    Vectors,
    apart,
    blocks,
    canonical,
    cells,
    draw_together,
    link,
    principal,
    restrict,
    sums,
    unit,
)
from ogp_sensemaker.nlp.tree import Tree, ward

VERSION = "linked-ward/2"
DETAILS = (1, 2, 3, 4, 5, 6, 7)  # few broad to many narrow
USUAL = 4  # the level whose number of groups is chosen from the data
NOWHERE = -1

_STEPS = {1: 0.25, 2: 0.4, 3: 0.63, 4: 1.0, 5: 1.6, 6: 2.5, 7: 4.0}
_LADDER = tuple(sorted({round(2 * 1.12**i) for i in range(40)}))  # 2 … 166 groups
_MOST_GROUPS = 1.3  # times the root of the number of texts: more would be too small to read as groups
_SAMPLE = 4000  # texts on which numbers of groups are compared
_LEAVES = 2000
_MOVES = 3
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Grouping:
    """What was found. Groups count from 0, biggest first; -1 marks what belongs nowhere."""

    labels: Ints  # (n,)
    strengths: NDArray[np.float32]  # (n,), 0..1: the cosine to the middle of its group; 0 for nowhere
    centres: Vectors  # (groups, dimensions), of length 1
    reach: NDArray[np.float32]  # (groups,): the cosine to the middle that nine of ten members have at least
    sizes: tuple[int, ...]
    stability: tuple[float, ...]  # 0..1 per group; empty where it was not asked for
    detail: int
    levels: tuple[int, ...]  # number of groups at each level of detail

    @property
    def groups(self) -> int:
        """The number of groups."""
        return len(self.sizes)


def group(vectors: Vectors, detail: int | None = None, *, stability: bool = True, threads: int = 2) -> Grouping:
    """Group texts by their vectors, shape (n, dimensions). `detail`: 1 (few broad) to 7 (many narrow), None for 4.

    At most 15 % of the texts are left without a group. Raises ValueError for values that are not finite.
    """
    import sklearn.cluster  # noqa: F401  (its OpenMP has to be there before the limit is set)
    from threadpoolctl import threadpool_limits

    if vectors.ndim != 2 or not np.isfinite(vectors).all():
        raise ValueError("vectors must be a table of finite numbers")
    level = USUAL if detail is None else max(DETAILS[0], min(DETAILS[-1], detail))
    if not len(vectors):
        nothing = np.zeros(0, dtype=np.float32)
        middles = np.zeros((0, vectors.shape[1]), dtype=np.float32)
        return Grouping(np.zeros(0, dtype=np.int64), nothing, middles, nothing, (), (), level, (0,) * len(DETAILS))
    rows, inverse, counts = canonical(vectors)
    with threadpool_limits(limits=1), ThreadPoolExecutor(max(1, threads)) as pool:
        data = link(rows, counts, pool)
        forest = _forest(data, _LEAVES)
        usual = _usual(forest)
        every = {d: _whole(forest, labels) for d, labels in _levels(forest, usual).items()}
        labels = _number(every[level], counts)
        middles, strengths, reach = _describe(data, labels)
        figures = _stability(data, labels, level, usual, pool) if stability and len(middles) else ()
    return Grouping(
        labels[inverse],
        strengths[inverse].astype(np.float32),
        middles,
        reach,
        tuple(int(n) for n in np.bincount(labels[labels >= 0], weights=counts[labels >= 0])),
        figures,
        level,
        tuple(len(np.unique(found[found >= 0])) for found in every.values()),
    )


@dataclass(frozen=True, slots=True)
class _Forest:
    """The main mass with its tree, beside what stands apart."""

    apart: Ints  # (all rows,)
    main: Linked
    leaf: Ints  # (rows of main,) leaf of the tree
    mass: Floats  # (leaves,) texts
    tree: Tree


def _forest(data: Linked, leaves: int) -> _Forest:
    beside = apart(data)
    main = restrict(data, np.flatnonzero(beside == MAIN))
    if not len(main.rows):
        return _Forest(beside, main, np.zeros(0, dtype=np.int64), np.zeros(0), Tree.empty())
    points = draw_together(principal(main.rows, main.weights), main.near, main.cosines)
    leaf, middles = np.arange(len(points)), points
    if len(points) > 2 * leaves:
        found, cell = cells(points, main.weights, leaves)
        names, leaf = np.unique(cell, return_inverse=True)
        middles = found[names]
    weight = np.bincount(leaf, weights=main.weights).astype(np.float64)
    mass = np.bincount(leaf, weights=main.counts).astype(np.float64)
    return _Forest(beside, main, leaf, mass, ward(middles, weight))


def _whole(forest: _Forest, labels: Ints) -> Ints:
    """Labels of the main mass with those of what stands apart; -1 for nowhere."""
    found = np.where(forest.apart >= 0, forest.apart, NOWHERE)
    found[forest.apart == MAIN] = labels + forest.apart.max(initial=NOWHERE) + 1
    return found


# Levels of detail: the usual one first, coarser ones by joining its groups, finer ones by splitting them.


def _cut(forest: _Forest, groups: int) -> Ints:
    return forest.tree.cut(groups, forest.mass, SMALLEST)


def _levels(forest: _Forest, usual: int) -> Mapping[int, Ints]:
    """The labels of the main mass at each level of detail, `usual` groups at the usual one."""
    if not len(forest.main.rows):
        return dict.fromkeys(DETAILS, np.zeros(0, dtype=np.int64))
    most = max(1, int(forest.mass.sum()) // SMALLEST)
    leaves = {d: _cut(forest, max(1, min(most, round(usual * _STEPS[d])))) for d in DETAILS}
    middle = leaves[USUAL]
    found = {USUAL: _settle(forest.main, middle[forest.leaf], np.zeros(len(forest.leaf), dtype=np.int64))}
    for d in (d for d in DETAILS if d < USUAL):
        coarse = np.zeros(int(middle.max()) + 1, dtype=np.int64)
        coarse[middle] = leaves[d]
        found[d] = coarse[found[USUAL]]
    for d in (d for d in DETAILS if d > USUAL):
        parent = np.zeros(int(leaves[d].max()) + 1, dtype=np.int64)
        parent[leaves[d]] = leaves[d - 1]
        found[d] = _settle(forest.main, leaves[d][forest.leaf], found[d - 1], parent)
    return {d: found[d] for d in DETAILS}


def _settle(main: Linked, labels: Ints, within: Ints, parent: Ints | None = None) -> Ints:
    """Each row moved to the group with the nearest middle, a few times, among the groups of its coarser group.

    `parent` holds the coarser group of each group, `within` that of each row. Groups that are left with fewer
    than three texts are given up.
    """
    groups = int(labels.max()) + 1
    parent = np.zeros(groups, dtype=np.int64) if parent is None else parent
    middles = unit(sums(main.rows, labels, main.weights))
    open_ = np.ones(groups, dtype=bool)
    for move in range(_MOVES):
        labels = _nearest_group(main.rows, middles, parent, within, open_)
        size = np.bincount(labels, weights=main.counts, minlength=groups)
        few = open_ & (size < SMALLEST)
        for lost in np.flatnonzero(few):  # the last group of a coarser one stays, however small
            open_[lost] = not (open_ & (parent == parent[lost])).sum() > 1
        if few.any() or move < _MOVES - 1:
            middles = np.where(size[:, None] > 0, unit(_padded(sums(main.rows, labels, main.weights), groups)), middles)
    return _nearest_group(main.rows, middles, parent, within, open_)


def _padded(table: Floats, rows: int) -> Floats:
    return np.vstack([table, np.zeros((rows - len(table), table.shape[1]))])


def _nearest_group(rows: Vectors, middles: Floats, parent: Ints, within: Ints, open_: NDArray[np.bool_]) -> Ints:
    found = np.zeros(len(rows), dtype=np.int64)
    for block in blocks(len(rows), 2048):
        cosine = rows[block].astype(np.float64) @ middles.T
        cosine[(parent[None, :] != within[block, None]) | ~open_[None, :]] = -np.inf
        found[block] = cosine.argmax(axis=1)
    return found


# The number of groups.


def _usual(forest: _Forest) -> int:
    """The number of groups at which texts are nearest to their own group compared with the next one.

    That is the simplified silhouette (Hruschka 2004), 1 - a / b with the distances to the own and the nearest
    other middle, averaged. Between log2(n) groups, as fewer tell an analyst nothing, and a multiple of the root of n.
    """
    n = len(forest.main.rows)
    if n < 2 * SMALLEST:
        return 1
    sample = np.unique(np.linspace(0, n - 1, min(n, _SAMPLE)).astype(np.int64))
    main = restrict(forest.main, sample)
    scores: dict[int, float] = {}
    for k in _LADDER:
        if log2(n) <= k <= min(n // SMALLEST, _MOST_GROUPS * sqrt(n)):
            labels = _cut(forest, k)[forest.leaf[sample]]
            scores[k] = _silhouette(main, np.unique(labels, return_inverse=True)[1])
    return max(scores, key=lambda k: (round(scores[k], 9), -k), default=1)


def _silhouette(main: Linked, labels: Ints) -> float:
    groups = int(labels.max()) + 1
    if groups < 2:
        return 0.0
    rows = main.rows.astype(np.float64)
    everywhere, open_ = np.zeros(len(rows), dtype=np.int64), np.ones(groups, dtype=bool)
    middles = unit(sums(rows, labels, main.weights))
    labels = _nearest_group(main.rows, middles, np.zeros(groups, dtype=np.int64), everywhere, open_)
    middles = unit(_padded(sums(rows, labels, main.weights), groups))
    distance = np.maximum(1.0 - rows @ middles.T, 0.0)
    places = np.arange(len(rows))
    own = distance[places, labels].copy()
    distance[places, labels] = np.inf
    ratio = 1.0 - own / np.maximum(distance.min(axis=1), 1e-9)
    return float((main.weights * ratio).sum() / main.weights.sum())


# The result.


def _number(labels: Ints, counts: Ints) -> Ints:
    """Groups renumbered from 0, most texts first, then by their first row."""
    inside = np.flatnonzero(labels >= 0)
    if not len(inside):
        return labels
    names, first = np.unique(labels[inside], return_index=True)
    size = np.bincount(labels[inside], weights=counts[inside])[names]
    new = np.full(int(names.max()) + 1, NOWHERE, dtype=np.int64)
    new[names[np.lexsort((first, -size))]] = np.arange(len(names))
    found: Ints = np.where(labels >= 0, new[np.maximum(labels, 0)], NOWHERE)
    return found


def _describe(data: Linked, labels: Ints) -> tuple[Vectors, Floats, NDArray[np.float32]]:
    """Middles, strengths of the rows, and how far each group reaches."""
    inside = labels >= 0
    if not inside.any():
        nothing = np.zeros((0, data.rows.shape[1]), dtype=np.float32)
        return nothing, np.zeros(len(labels)), np.zeros(0, dtype=np.float32)
    middles = unit(sums(data.rows[inside], labels[inside], data.weights[inside]))
    cosine = np.einsum("ij,ij->i", data.rows.astype(np.float64), middles[np.maximum(labels, 0)])
    strengths = np.where(inside, np.clip(np.round(cosine, 6), 0.0, 1.0), 0.0)
    reach = np.array([np.quantile(cosine[labels == g], 0.1) for g in range(len(middles))], dtype=np.float32)
    return middles.astype(np.float32), strengths, reach


def _stability(data: Linked, labels: Ints, level: int, usual: int, pool: ThreadPoolExecutor) -> tuple[float, ...]:
    """How well each group comes back when a fifth of the rows is left out, each fifth once (Hennig 2007)."""
    fold = np.arange(len(labels)) % _FOLDS

    def again(left_out: int) -> Floats:
        kept = np.flatnonzero(fold != left_out)
        if not len(kept):
            return np.ones(int(labels.max()) + 1)
        forest = _forest(restrict(data, kept), _LEAVES // 2)
        return _overlap(labels[kept], _whole(forest, _levels(forest, usual)[level]), data.counts[kept])

    return tuple(round(float(v), 4) for v in np.mean(list(pool.map(again, range(_FOLDS))), axis=0))


def _overlap(labels: Ints, others: Ints, counts: Ints) -> Floats:
    """For each group the best Jaccard index with a group of the other grouping."""
    k, m = int(labels.max()) + 1, int(others.max(initial=0)) + 1
    both = np.zeros((k, m))
    inside = (labels >= 0) & (others >= 0)
    np.add.at(both, (labels[inside], others[inside]), counts[inside])
    own = np.bincount(labels[labels >= 0], weights=counts[labels >= 0], minlength=k)
    other = np.bincount(others[others >= 0], weights=counts[others >= 0], minlength=m)
    found: Floats = (both / np.maximum(own[:, None] + other[None, :] - both, 1.0)).max(axis=1)
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
