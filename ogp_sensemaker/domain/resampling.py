"""Chance, by drawing again: bootstrap intervals, permutation of groups, and camps compared with evenly spread sides.

docs/method.md holds the formulas with their sources. numpy is imported when something is computed, so that reading
records costs nothing. Up to SMALL cases the draws are Python's, beyond it numpy's, which is much faster there.
"""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ogp_sensemaker.domain.findings import Measure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.intp]

SMALL = 200  # cases
SHUFFLES = 199  # of the groups
EVEN = 999  # even sides that two camps are compared with
_CELLS = 1_000_000  # drawn at once


@dataclass(frozen=True, slots=True)
class Split:
    """One attribute's groups: for each case in order the number of its group, or -1."""

    attribute: str
    names: tuple[str, ...]
    codes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Furthest:
    """The two groups furthest apart, of all attributes, and what chance has to do with it."""

    split: Split
    pair: tuple[int, int]
    gap: float
    by_chance: float  # the mean greatest gap when the numbers are dealt out anew
    p: float  # how often the groups then differ at least as clearly


def furthest(x: Sequence[float], splits: Sequence[Split], seed: int) -> Furthest | None:
    """The two groups furthest apart, beside what dealing the numbers out anew gives (a permutation test).

    It is the greatest gap and the greatest F of all attributes that are compared, so looking at many of them is
    paid for. None without two groups.
    """
    import numpy as np

    if not splits:
        return None
    members = [_members(split) for split in splits]
    pairs = [(split, pair) for split in splits for pair in itertools.combinations(range(len(split.names)), 2)]
    own = np.array([x])
    gaps = np.concatenate([_gaps(own, m)[0] for m in members])
    best = int(gaps.round(9).argmax())
    clearest = max(float(_f_ratios(own, m)[0]) for m in members)
    chance, as_clear, shuffles = 0.0, 0, 0
    for dealt in _dealt(x, SHUFFLES if len(x) <= SMALL else SHUFFLES // 2, seed):
        chance += float(np.max([_gaps(dealt, m).max(axis=1) for m in members], axis=0).sum())
        ratios = np.max([_f_ratios(dealt, m) for m in members], axis=0)
        as_clear += int((ratios >= clearest * (1 - 1e-9)).sum())
        shuffles += len(dealt)
    split, pair = pairs[best]
    return Furthest(split, (pair[0], pair[1]), float(gaps[best]), chance / shuffles, (1 + as_clear) / (1 + shuffles))


def _members(split: Split) -> "Numbers":
    """Who is in which group: (cases, groups) of 0 and 1."""
    import numpy as np

    found: Numbers = (np.array(split.codes)[:, None] == np.arange(len(split.names))).astype(np.float64)
    return found


def _gaps(x: "Numbers", members: "Numbers") -> "Numbers":
    """The gap of every two groups, for each row of numbers: (rows, pairs).

    Half the distance d between their means, where d² is lessened by what it is expected to be for groups drawn
    from one population, s²(1/a + 1/b), with s² the variance within the two.
    """
    import numpy as np

    count, total, square = members.sum(axis=0), x @ members, (x * x) @ members
    g, h = (np.array(side) for side in zip(*itertools.combinations(range(len(count)), 2), strict=True))
    within = square[:, g] + square[:, h] - total[:, g] ** 2 / count[g] - total[:, h] ** 2 / count[h]
    noise = np.maximum(0.0, within) / np.maximum(1, count[g] + count[h] - 2) * (1 / count[g] + 1 / count[h])
    distance = total[:, g] / count[g] - total[:, h] / count[h]
    found: Numbers = np.sqrt(np.maximum(0.0, distance * distance - noise)) / 2
    return found


def _f_ratios(x: "Numbers", members: "Numbers") -> "Numbers":
    """Variance between the groups over variance within them (Fisher's F), for each row of numbers.

    Huge for groups that are each of one mind.
    """
    import numpy as np

    count, total, square = members.sum(axis=0), x @ members, (x * x) @ members
    n, k = float(count.sum()), len(count)
    explained = (total**2 / count).sum(axis=1)
    within = square.sum(axis=1) - explained
    between = explained - total.sum(axis=1) ** 2 / n
    found: Numbers = (between / (k - 1)) / np.maximum(within / max(1.0, n - k), 1e-6)
    return found


def _dealt(x: Sequence[float], times: int, seed: int) -> Iterator["Numbers"]:
    """The numbers in another order, `times` rows in all."""
    import numpy as np

    if len(x) <= SMALL:
        rng, shuffled, rows = random.Random(seed), list(x), []
        for _ in range(times):
            rng.shuffle(shuffled)
            rows.append(list(shuffled))
        yield np.array(rows)
        return
    generator = np.random.default_rng(seed)
    for size in _portions(times, len(x)):
        yield generator.permuted(np.tile(np.array(x), (size, 1)), axis=1)


def _drawn(n: int, times: int, seed: int) -> Iterator["Places"]:
    """Places 0 … n-1 drawn with replacement, n a row, `times` rows in all."""
    import numpy as np

    if n <= SMALL:
        rng, every = random.Random(seed), range(n)
        yield np.array([rng.choices(every, k=n) for _ in range(times)], dtype=np.intp)
        return
    generator = np.random.default_rng(seed)
    for size in _portions(times, n):
        yield generator.integers(0, n, (size, n), dtype=np.intp)


def _portions(times: int, n: int) -> Iterator[int]:
    """`times` rows of n cells in portions that fit into memory."""
    most = max(1, _CELLS // n)
    while times > 0:
        yield min(most, times)
        times -= most


def measures(
    x: Sequence[float], apart: Furthest | None, weights: Sequence[float], draws: int, seed: int
) -> tuple[Measure, Measure, Measure, Measure]:
    """Index, polarisation, balance and divergence with bootstrap intervals; `weights` are of the last three.

    Cases are drawn with replacement `draws` times (fewer beyond 100 cases); the interval runs from the 2.5 % to the
    97.5 % point of what the draws give (Efron 1979). The divergence is always of the two groups found furthest apart,
    and corrected for chance as the Rand index is (Hubert and Arabie 1985): (gap - by chance) / (1 - by chance).
    The index is the weighted mean of the parts that can be said.
    """
    import numpy as np

    own = np.array(x)
    codes = np.full(len(x), -1)
    if apart is not None:
        codes = np.select([np.array(apart.split.codes) == side for side in apart.pair], [0, 1], -1)
    times = max(100, min(draws, 40_000 // len(x)))
    chance = None if apart is None or apart.by_chance >= 1 else apart.by_chance

    def parts(rows: "Places") -> "Numbers":
        drawn = own[rows]
        polarisation = np.minimum(1.0, drawn.var(axis=1))
        sides = np.maximum(drawn, 0).sum(axis=1), np.maximum(-drawn, 0).sum(axis=1)
        gaps = np.full(len(rows), np.nan) if chance is None else _two_gaps(drawn, codes[rows])
        divergence = np.maximum(0.0, (gaps - (chance or 0.0)) / (1 - (chance or 0.0)))
        three = np.stack([polarisation, 2 * np.minimum(*sides) / len(x), divergence])
        known = ~np.isnan(three)
        weighed = (np.nan_to_num(three) * np.array(weights)[:, None]).sum(axis=0)
        return np.vstack([weighed / (known * np.array(weights)[:, None]).sum(axis=0), three])

    sampled = np.concatenate([parts(rows) for rows in _drawn(len(x), times, seed)], axis=1)
    point = parts(np.arange(len(x), dtype=np.intp)[None, :])[:, 0]
    index, polarisation, balance, divergence = (_measure(p, s) for p, s in zip(point.tolist(), sampled, strict=True))
    return index, polarisation, balance, divergence


def _two_gaps(x: "Numbers", codes: "Places") -> "Numbers":
    """The gap of the groups 0 and 1 for each row of numbers with its own codes; nan where one has no cases."""
    import numpy as np

    held = codes == 0, codes == 1
    (a, b), (sum_a, sum_b), (square_a, square_b) = (
        [np.where(of, values, 0.0).sum(axis=1) for of in held] for values in (1.0, x, x * x)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        within = square_a + square_b - sum_a**2 / a - sum_b**2 / b
        noise = np.maximum(0.0, within) / np.maximum(1, a + b - 2) * (1 / a + 1 / b)
        distance = sum_a / a - sum_b / b
        found: Numbers = np.sqrt(np.maximum(0.0, distance * distance - noise)) / 2
    return np.where((a > 0) & (b > 0), found, np.nan)


def _measure(value: float, draws: "Numbers") -> Measure:
    """A value with the interval of its draws, to six places: beyond that, processors differ. None for nan."""
    import numpy as np

    if np.isnan(value):
        return Measure(None)
    ordered = np.sort(draws[~np.isnan(draws)])
    last = len(ordered) - 1
    low, high = float(ordered[round(0.025 * last)]), float(ordered[round(0.975 * last)])
    return Measure(round(value, 6), round(min(low, value), 6), round(max(high, value), 6))


def chance_of_camps(up: Sequence[float], down: Sequence[float], low: float, seed: int) -> float:
    """How often two sides that are spread evenly from `low` to 1 part as clearly as these (a Monte Carlo test).

    `up` and `down` hold distances from the middle. What is compared is the share of the variance that lies between
    the sides.
    """
    import numpy as np

    n = len(up) + len(down)
    trials = max(199, min(EVEN, 40_000 // n))
    share = float(_shares_between(np.array([[*up, *down]]), len(up))[0])
    if n <= SMALL:
        rng = random.Random(seed)
        even = np.array([rng.uniform(low, 1) for _ in range(trials * n)]).reshape(trials, n)
        reached = int((_shares_between(even, len(up)) >= share - 1e-9).sum())
    else:
        generator = np.random.default_rng(seed)
        spread = (generator.uniform(low, 1, (size, n)) for size in _portions(trials, n))
        reached = sum(int((_shares_between(even, len(up)) >= share - 1e-9).sum()) for even in spread)
    return (1 + reached) / (1 + trials)


def _shares_between(x: "Numbers", first: int) -> "Numbers":
    """The share of the variance that lies between the first so many columns and the others, on opposite sides of 0."""
    import numpy as np

    up, down = x[:, :first], x[:, first:]
    means = up.mean(axis=1), down.mean(axis=1)
    within = ((up - means[0][:, None]) ** 2).sum(axis=1) + ((down - means[1][:, None]) ** 2).sum(axis=1)
    a, b = first, x.shape[1] - first
    between = a * b / (a + b) * (means[0] + means[1]) ** 2
    found: Numbers = between / np.maximum(between + within, 1e-300)
    return found
