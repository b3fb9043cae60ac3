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
from math import log2

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
    in_company,
    link,
    principal,
    restrict,
    sums,
    unit,
)
from ogp_sensemaker.nlp.tree import Tree, ward

VERSION = "linked-ward/3"
DETAILS = (1, 2, 3, 4, 5, 6, 7)  # few broad to many narrow
USUAL = 4  # the level whose number of groups is chosen from the data
NOWHERE = -1

_STEPS = {1: 0.25, 2: 0.4, 3: 0.63, 4: 1.0, 5: 1.6, 6: 2.5, 7: 4.0}
_LADDER = tuple(sorted({round(2 * 1.12**i) for i in range(40)}))  # 2 … 166 groups
_CLEAR = 0.45  # mean silhouette from which very few groups are believed; languages alone reach less
_AS_GOOD = 0.98  # of numbers nearly as good as the best the middle one: the curve is often flat
_SAMPLE = 4000  # texts on which numbers of groups are compared
_LEAVES = 2000
_MANY = 20_000  # rows from which the figures of stability rest on a coarser tree
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
    levels: tuple[int, ...]  # about how many groups each level of detail has

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
        labels = _number(_at(forest, usual, level), counts)
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
        tuple(
            int(forest.apart.max(initial=NOWHERE)) + 1 + len(np.unique(cut)) for cut in _cuts(forest, usual).values()
        ),
    )


@dataclass(frozen=True, slots=True)
class _Forest:
    """The main mass with its tree, beside what stands apart."""

    apart: Ints  # (all rows,)
    main: Linked
    rows: Vectors  # those of main, each in the company of its neighbours
    leaf: Ints  # (rows of main,) leaf of the tree
    mass: Floats  # (leaves,) texts
    tree: Tree


def _forest(data: Linked, leaves: int, places: Ints | None = None) -> _Forest:
    """The forest of the rows at `places`, of all by default, with a tree over about as many leaves at most."""
    places = np.arange(len(data.rows)) if places is None else places
    beside = apart(restrict(data, places, rows=False))
    main = restrict(data, places[beside == MAIN])
    if not len(main.rows):
        return _Forest(beside, main, main.rows, np.zeros(0, dtype=np.int64), np.zeros(0), Tree.empty())
    points = draw_together(principal(main.rows, main.weights), main.near, main.cosines)
    leaf, middles = np.arange(len(points)), points
    if len(points) > 2 * leaves:
        found, cell = cells(points, main.weights, leaves)
        names, leaf = np.unique(cell, return_inverse=True)
        middles = found[names]
    weight = np.bincount(leaf, weights=main.weights).astype(np.float64)
    mass = np.bincount(leaf, weights=main.counts).astype(np.float64)
    # With very many the company changes little and takes memory.
    rows = in_company(main) if len(main.rows) < _MANY * 3 else main.rows
    return _Forest(beside, main, rows, leaf, mass, ward(middles, weight))


# Levels of detail: the usual one first, coarser ones by joining its groups, finer ones by splitting them.


def _cuts(forest: _Forest, usual: int) -> Mapping[int, Ints]:
    """The group of each leaf of the tree at each level of detail, `usual` groups at the usual one."""
    most = max(1, int(forest.mass.sum()) // SMALLEST)
    return {d: forest.tree.cut(max(1, min(most, round(usual * _STEPS[d]))), forest.mass, SMALLEST) for d in DETAILS}


def _at(forest: _Forest, usual: int, level: int) -> Ints:
    """The group of each row at a level of detail; -1 for nowhere."""
    found = np.where(forest.apart >= 0, forest.apart, NOWHERE)
    if not len(forest.main.rows):
        return found
    leaves = _cuts(forest, usual)
    middle = leaves[USUAL]
    labels = _settle(forest, middle[forest.leaf], np.zeros(len(forest.leaf), dtype=np.int64))
    if level < USUAL:
        coarse = np.zeros(int(middle.max()) + 1, dtype=np.int64)
        coarse[middle] = leaves[level]
        labels = coarse[labels]
    for finer in range(USUAL + 1, level + 1):
        parent = np.zeros(int(leaves[finer].max()) + 1, dtype=np.int64)
        parent[leaves[finer]] = leaves[finer - 1]
        labels = _settle(forest, leaves[finer][forest.leaf], labels, parent)
    found[forest.apart == MAIN] = labels + forest.apart.max(initial=NOWHERE) + 1
    return found


def _settle(forest: _Forest, labels: Ints, within: Ints, parent: Ints | None = None) -> Ints:
    """Each row moved to the group with the nearest middle, among the groups of its coarser group.

    `parent` holds the coarser group of each group, `within` that of each row. Groups that are left with fewer
    than three texts are given up.
    """
    groups = int(labels.max()) + 1
    parent = np.zeros(groups, dtype=np.int64) if parent is None else parent
    middles = unit(sums(forest.rows, labels, forest.main.weights))
    open_ = np.ones(groups, dtype=bool)
    while True:
        labels = _nearest_group(forest.rows, middles, parent, within, open_)
        size = np.bincount(labels, weights=forest.main.counts, minlength=groups)
        before = open_.sum()
        for lost in np.flatnonzero(open_ & (size < SMALLEST)):  # the last of a coarser group stays, however small
            open_[lost] = (open_ & (parent == parent[lost])).sum() < 2
        if open_.sum() == before:
            return labels


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

    That is the mean of the simplified silhouette (Hruschka 2004) with each text left out of its own group's
    middle, without which ever more groups would look ever better.
    """
    n = len(forest.main.rows)
    if n < 2 * SMALLEST:
        return 1
    sample = np.unique(np.linspace(0, n - 1, min(n, _SAMPLE)).astype(np.int64))
    main = restrict(forest.main, sample)
    scores: dict[int, float] = {}
    for k in _LADDER:
        if k <= n // SMALLEST:
            labels = forest.tree.cut(k, forest.mass, SMALLEST)[forest.leaf[sample]]
            score = _silhouette(main, np.unique(labels, return_inverse=True)[1])
            if k >= log2(n) or score >= _CLEAR:
                scores[k] = score
    best = max(scores.values(), default=0.0)
    good = [k for k, score in scores.items() if score >= _AS_GOOD * best]
    return good[len(good) // 2] if good else 1


def _silhouette(main: Linked, labels: Ints) -> float:
    """The simplified silhouette after settling once, each text compared with the middle of the others of its group."""
    groups = int(labels.max()) + 1
    if groups < 2:
        return 0.0
    rows = main.rows.astype(np.float64)
    everywhere, open_ = np.zeros(len(rows), dtype=np.int64), np.ones(groups, dtype=bool)
    middles = unit(sums(rows, labels, main.weights))
    labels = _nearest_group(main.rows, middles, np.zeros(groups, dtype=np.int64), everywhere, open_)
    total = _padded(sums(rows, labels, main.weights), groups)
    distance = np.maximum(1.0 - rows @ unit(total).T, 0.0)
    places = np.arange(len(rows))
    distance[places, labels] = np.inf
    others = unit(total[labels] - main.weights[:, None] * rows)
    own = 1.0 - np.einsum("ij,ij->i", rows, others)
    other = distance.min(axis=1)
    ratio = (other - own) / np.maximum(np.maximum(own, other), 1e-9)
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
    cosine = np.concatenate(
        [
            np.einsum("ij,ij->i", data.rows[block].astype(np.float64), middles[np.maximum(labels[block], 0)])
            for block in blocks(len(labels), 8192)
        ]
    )
    strengths = np.where(inside, np.clip(np.round(cosine, 6), 0.0, 1.0), 0.0)
    reach = np.array([np.quantile(cosine[labels == g], 0.1) for g in range(len(middles))], dtype=np.float32)
    return middles.astype(np.float32), strengths, reach


def _stability(data: Linked, labels: Ints, level: int, usual: int, pool: ThreadPoolExecutor) -> tuple[float, ...]:
    """How well each group comes back when a fifth of the rows is left out, each fifth once (Hennig 2007)."""
    fold = np.arange(len(labels)) % _FOLDS
    groups = int(labels.max()) + 1

    def again(left_out: int) -> Floats:
        kept = np.flatnonzero(fold != left_out)
        if not len(kept):
            return np.full(groups, np.nan)
        forest = _forest(data, _LEAVES // (2 if len(kept) < _MANY else 5), kept)
        return _overlap(labels[kept], _at(forest, usual, level), data.counts[kept], groups)

    figures = np.stack(list(pool.map(again, range(_FOLDS))))
    times = (~np.isnan(figures)).sum(axis=0)  # a group of equal texts is left out as a whole, once
    figures = np.nansum(figures, axis=0) / np.maximum(times, 1)
    return tuple(round(float(v), 4) for v in np.where(times > 0, figures, 1.0))


def _overlap(labels: Ints, others: Ints, counts: Ints, groups: int) -> Floats:
    """For each group the best Jaccard index with a group of the other grouping; not a number where none is left."""
    k, m = groups, int(others.max(initial=0)) + 1
    both = np.zeros((k, m))
    inside = (labels >= 0) & (others >= 0)
    np.add.at(both, (labels[inside], others[inside]), counts[inside])
    own = np.bincount(labels[labels >= 0], weights=counts[labels >= 0], minlength=k)
    other = np.bincount(others[others >= 0], weights=counts[others >= 0], minlength=m)
    found: Floats = (both / np.maximum(own[:, None] + other[None, :] - both, 1.0)).max(axis=1)
    return np.where(own > 0, found, np.nan)


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
