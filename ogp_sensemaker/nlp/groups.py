"""Opinion groups found from votes, and how comments divide or unite them, after the method of Polis."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ogp_sensemaker.domain.opinion import Vote

MIN_VOTES = 7  # whoever voted on fewer comments belongs to no group, as in Polis
MIN_VOTERS = 10  # with fewer than these, no groups are looked for
MOST_GROUPS = 5
_SAMPLE = 3000  # voters on whom the silhouette is computed: it takes the square of their number
_SEED = 0

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OpinionGroups:
    """Who votes alike. `group_of` holds the group's name by case, "A" being the biggest; empty where there are none.

    `place` holds the two principal components by case, `silhouette` how clearly the groups part (-1..1, Rousseeuw
    1987; Polis's conversations reach 0.3 to 0.7), `explained` the components' shares of the variance.
    """

    group_of: Mapping[int, str] = field(default_factory=dict)
    place: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    silhouette: float | None = None
    explained: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Division:
    """How groups voted on one comment.

    `agreement` holds each group's share of agreement, (agreed + 1) / (voted + 2). `divisiveness` is the distance
    between the highest and the lowest of these (0..1), `consensus` their product (group-informed consensus, Small and
    others 2021), and `against` the product of the like shares of disagreement.
    """

    segment_id: int
    votes: int
    agreement: Mapping[str, float]
    divisiveness: float
    consensus: float
    against: float


def opinion_groups(votes: Iterable[Vote]) -> OpinionGroups:
    """Groups of cases that vote alike: principal components of the filled matrix, then k-means.

    A vote not cast is filled with the comment's mean; two components are kept; of two to five groups those with the
    greatest mean silhouette are taken. The same votes give the same groups, in whatever order they come.
    """
    cases, _, matrix = _matrix(votes)
    voted = ~np.isnan(matrix)
    shaping = voted.sum(axis=1) >= min(MIN_VOTES, matrix.shape[1])
    if shaping.sum() < MIN_VOTERS or matrix.shape[1] < 2:
        return OpinionGroups()
    kept = matrix[shaping]
    means = np.nan_to_num(np.nansum(kept, axis=0) / np.maximum(1, voted[shaping].sum(axis=0)))
    filled = np.where(np.isnan(kept), means, kept) - means
    places, explained = _components(filled)
    if len(np.unique(places.round(9), axis=0)) <= 2:
        return OpinionGroups()
    labels, silhouette = _parted(places)
    sizes = np.bincount(labels)
    order = sorted(range(len(sizes)), key=lambda g: (-sizes[g], tuple(places[labels == g].mean(axis=0))))
    names = {g: "ABCDE"[i] for i, g in enumerate(order)}
    voters = [case for case, keep in zip(cases, shaping, strict=True) if keep]
    return OpinionGroups(
        group_of={case: names[int(g)] for case, g in zip(voters, labels, strict=True)},
        place={case: (float(x), float(y)) for case, (x, y) in zip(voters, places, strict=True)},
        silhouette=silhouette,
        explained=explained,
    )


def divisions(votes: Iterable[Vote], group_of: Mapping[int, str]) -> tuple[Division, ...]:
    """How the groups voted on every comment, most divisive first; empty without two groups."""
    cases, segments, matrix = _matrix(votes)
    names = sorted({group_of[c] for c in cases if c in group_of})
    if len(names) < 2:
        return ()
    members = [np.array([group_of.get(c) == name for c in cases]) for name in names]
    seen = np.array([(~np.isnan(matrix[m])).sum(axis=0) for m in members])
    agree = (np.array([(matrix[m] == 1).sum(axis=0) for m in members]) + 1) / (seen + 2)
    disagree = (np.array([(matrix[m] == -1).sum(axis=0) for m in members]) + 1) / (seen + 2)
    found = [
        Division(
            segment_id=segment,
            votes=int(seen[:, i].sum()),
            agreement={name: float(agree[g, i]) for g, name in enumerate(names)},
            divisiveness=float(agree[:, i].max() - agree[:, i].min()),
            consensus=float(agree[:, i].prod()),
            against=float(disagree[:, i].prod()),
        )
        for i, segment in enumerate(segments)
    ]
    return tuple(sorted(found, key=lambda d: (-round(d.divisiveness, 9), d.segment_id)))


def _matrix(votes: Iterable[Vote]) -> tuple[list[int], list[int], Matrix]:
    """Cases, segments and the votes as an array (cases, segments) with nan for none; ids ascending.

    Of several votes of a case on one comment, the mean is taken.
    """
    cast = np.array([(v.case_id, v.segment_id, v.value) for v in votes], dtype=np.int64).reshape(-1, 3)
    cases, row = np.unique(cast[:, 0], return_inverse=True)
    segments, column = np.unique(cast[:, 1], return_inverse=True)
    cell, size = row * len(segments) + column, len(cases) * len(segments)
    number = np.bincount(cell, minlength=size)
    total = np.bincount(cell, weights=cast[:, 2], minlength=size)
    matrix = np.where(number > 0, total / np.maximum(1, number), np.nan).reshape(len(cases), len(segments))
    return cases.tolist(), segments.tolist(), matrix


def _components(centred: Matrix) -> tuple[Matrix, tuple[float, ...]]:
    """The first two principal components (cases, 2) and their shares of the variance.

    Of an axis and its mirror image the one is taken whose greatest loading is positive.
    """
    strengths, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, :2]
    greatest = np.abs(axes).round(9).argmax(axis=0)
    axes = axes * np.sign(axes[greatest, range(axes.shape[1])])
    total = max(float(strengths.sum()), 1e-12)
    return centred @ axes, tuple(float(s) / total for s in strengths[::-1][:2])


def _parted(places: Matrix) -> tuple[NDArray[np.intp], float]:
    """The labels of two to MOST_GROUPS groups with the greatest silhouette, and that silhouette."""
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_score

    best: tuple[float, NDArray[np.intp]] = (-2.0, np.zeros(len(places), dtype=np.intp))
    distinct = len(np.unique(places.round(9), axis=0))
    sample = _SAMPLE if len(places) > _SAMPLE else None
    for k in range(2, min(MOST_GROUPS, distinct - 1) + 1):
        labels = KMeans(k, n_init=10, random_state=_SEED).fit_predict(places)
        score = float(silhouette_score(places, labels, sample_size=sample, random_state=_SEED))
        if score > best[0] + 1e-9:
            best = (score, labels)
    return best[1], best[0]
