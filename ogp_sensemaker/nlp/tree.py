"""Weighted Ward trees: which groups join which, from single points up to all of them."""

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tree:
    """Merges of `points` leaves in the order of their height: row i joins two nodes into node `points + i`."""

    points: int
    merges: Ints  # (points - 1, 2)
    heights: Floats  # (points - 1,), the growth of the weighted sum of squares, never falling

    @classmethod
    def empty(cls) -> "Tree":
        """A tree without leaves."""
        return cls(0, np.zeros((0, 2), dtype=np.int64), np.zeros(0))

    def cut(self, groups: int, mass: Floats, least: float) -> Ints:
        """The group (0 …) of each leaf when the tree is cut into at most `groups`, each with a mass of `least`.

        The highest node is split first. A part lighter than `least` stays with its sibling. So a cut into
        more groups only ever splits the groups of a cut into fewer.
        """
        if not self.points:
            return np.zeros(0, dtype=np.int64)
        total = np.concatenate([mass, np.zeros(len(self.merges))])
        for i, (a, b) in enumerate(self.merges):
            total[self.points + i] = total[a] + total[b]
        found = 1
        loose: dict[int, list[int]] = {}  # node at the core of a group -> light nodes that stay with it
        last = 2 * self.points - 2
        cores = [(-self._height(last), last)]
        final: list[int] = []
        while cores and found < groups:
            _, node = heapq.heappop(cores)
            if node < self.points:
                final.append(node)
                continue
            heavy, light = sorted((int(c) for c in self.merges[node - self.points]), key=lambda c: (-total[c], c))
            extra = loose.pop(node, [])
            if total[light] >= least and total[heavy] >= least:
                found += 1
                heapq.heappush(cores, (-self._height(light), light))
            else:
                extra.append(light)
            loose[heavy] = extra
            heapq.heappush(cores, (-self._height(heavy), heavy))
        labels = np.zeros(self.points, dtype=np.int64)
        for number, node in enumerate(sorted(final + [core for _, core in cores])):
            for part in (node, *loose.get(node, ())):
                labels[self._leaves(part)] = number
        return labels

    def _height(self, node: int) -> float:
        return float(self.heights[node - self.points]) if node >= self.points else 0.0

    def _leaves(self, node: int) -> list[int]:
        found, stack = [], [node]
        while stack:
            top = stack.pop()
            if top < self.points:
                found.append(top)
            else:
                stack.extend(int(c) for c in self.merges[top - self.points])
        return found


def ward(points: Floats, weights: Floats) -> Tree:
    """The Ward tree of weighted points, by nearest-neighbour chains (Murtagh 1983), which are exact here.

    The distance of two groups is w1 w2 / (w1 + w2) times the squared distance of their centres.
    """
    n = len(points)
    if n < 2:
        return Tree(n, np.zeros((0, 2), dtype=np.int64), np.zeros(0))
    centres, mass = points.astype(np.float64).copy(), weights.astype(np.float64).copy()
    names = np.arange(n)
    squares = np.einsum("ij,ij->i", centres, centres)
    alive = np.ones(n, dtype=bool)
    joined: list[tuple[int, int, float]] = []
    chain: list[int] = []
    made = n
    while len(joined) < n - 1:
        if alive.sum() * 2 < len(alive) and not chain:  # fewer rows make each step cheaper
            centres, mass, names, squares = centres[alive], mass[alive], names[alive], squares[alive]
            alive = np.ones(len(centres), dtype=bool)
        if not chain:
            chain.append(int(np.flatnonzero(alive)[0]))
        top = chain[-1]
        distance = squares - 2.0 * (centres @ centres[top]) + squares[top]
        distance *= mass * mass[top] / (mass + mass[top])
        distance[~alive] = np.inf
        distance[top] = np.inf
        nearest = int(distance.argmin())
        previous = chain[-2] if len(chain) > 1 else -1
        if previous >= 0 and distance[previous] <= distance[nearest]:
            nearest = previous
        if nearest != previous:
            chain.append(nearest)
            continue
        del chain[-2:]
        joined.append((int(names[previous]), int(names[top]), max(float(distance[previous]), 0.0)))
        total = mass[previous] + mass[top]
        centres[previous] = (centres[previous] * mass[previous] + centres[top] * mass[top]) / total
        squares[previous] = centres[previous] @ centres[previous]
        mass[previous] = total
        names[previous] = made
        alive[top] = False
        made += 1
    return _in_order(n, joined)


def _in_order(n: int, joined: list[tuple[int, int, float]]) -> Tree:
    """Chains find merges out of order: sort them by height and name the nodes anew."""
    heights = np.array([h for _, _, h in joined])
    # A node's height is at least that of its parts, which rounding may have hidden.
    for i, (a, b, _) in enumerate(joined):
        for part in (a, b):
            if part >= n:
                heights[i] = max(heights[i], heights[part - n])
    order = np.argsort(heights, kind="stable")
    new_name = {int(old) + n: rank + n for rank, old in enumerate(order)}
    merges = np.array([sorted(new_name.get(part, part) for part in joined[old][:2]) for old in order], dtype=np.int64)
    return Tree(n, merges, heights[order])
