"""Splits a group of vectors into parts, and says where the middle of a group is; whatever the order of the input."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ogp_sensemaker.nlp.links import Ints, Vectors, canonical, unit

_USUAL = 0.1  # the share of a group that lies beyond its reach


def split(vectors: Vectors, parts: int) -> Ints:
    """The part, 0 … `parts` - 1 and biggest first, of each of `vectors` (n, d): k-means on their directions.

    Fewer parts come out where there are fewer distinct vectors.
    """
    from threadpoolctl import threadpool_limits

    if not len(vectors):
        return np.zeros(0, dtype=np.int64)
    from sklearn.cluster import KMeans

    rows, inverse, counts = canonical(vectors)
    parts = max(1, min(parts, len(rows)))
    with threadpool_limits(limits=1):
        start = rows[_far_apart(rows, counts, parts)]
        labels = KMeans(parts, init=start, n_init=1, random_state=0).fit_predict(rows, sample_weight=counts)
    sizes = np.bincount(labels, weights=counts, minlength=parts)
    first = [int(np.flatnonzero(labels == part)[0]) if sizes[part] else len(rows) for part in range(parts)]
    rank = np.empty(parts, dtype=np.int64)
    rank[np.lexsort((np.array(first), -sizes))] = np.arange(parts)
    found: Ints = rank[labels][inverse]
    return found


def _far_apart(rows: Vectors, counts: Ints, wanted: int) -> list[int]:
    """The row nearest to the middle, then each time the one farthest from those chosen (Gonzalez 1985)."""
    middle = counts @ rows.astype(np.float64)
    chosen = [int(np.argmax(np.round(rows @ middle, 6)))]
    nearest = np.round(rows @ rows[chosen[0]], 6)
    while len(chosen) < wanted:
        chosen.append(int(np.argmin(nearest)))
        nearest = np.maximum(nearest, np.round(rows @ rows[chosen[-1]], 6))
    return chosen


def middles(vectors: Vectors, groups: Sequence[Sequence[int]]) -> tuple[Vectors, NDArray[np.float32]]:
    """The centre of length 1 of each group of rows, (groups, d), and the cosine that most members have at least."""
    centres = np.zeros((len(groups), vectors.shape[1]), dtype=np.float32)
    reach = np.ones(len(groups), dtype=np.float32)
    for number, members in enumerate(groups):
        if not len(members):
            continue
        own = unit(vectors[np.sort(np.asarray(members))].astype(np.float64))
        centres[number] = unit(own.sum(axis=0, keepdims=True))[0]
        reach[number] = np.quantile(own @ centres[number].astype(np.float64), _USUAL)
    return centres, reach
