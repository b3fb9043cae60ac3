"""What each case has said on one thing, brought together into one position per case."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from ogp_sensemaker.domain.coding import Stance


class Kind(IntEnum):
    """Where a position comes from; the lowest number that a case has decides."""

    OPINION = 1  # a number that the case itself gave
    VOTE = 2  # agree, disagree or pass
    STANCE = 3  # a person coded its words
    POINT = 4  # a reason it marked as for or against
    MACHINE = 5  # a machine suggests it from its words


VALUE_OF_STANCE: Mapping[Stance, float] = {
    Stance.SUPPORT: 1.0,
    Stance.OPPOSE: -1.0,
    Stance.MIXED: 0.0,
    Stance.NEUTRAL: 0.0,
}
_NOUNS = {
    Kind.OPINION: ("opinion", "opinions"),
    Kind.VOTE: ("vote", "votes"),
    Kind.STANCE: ("coded stance", "coded stances"),
    Kind.POINT: ("side taken by a reason", "sides taken by reasons"),
    Kind.MACHINE: ("stance suggested by the machine", "stances suggested by the machine"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that a case said: a number in -1..1.

    `key` tells pieces apart: a segment's id, or the id of the one it duplicates, so that the same words said twice
    count once. Words whose speaker is not known may be given a case of their own (minus the segment's id).
    """

    case_id: int
    kind: Kind
    value: float
    key: Hashable = ""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a case stands, in -1..1, and what that rests on."""

    value: float
    kind: Kind
    pieces: int


def merge(evidence: Iterable[Evidence], *, machine: bool = False) -> dict[int, Position]:
    """One position per case, by case.

    The kind that comes first in Kind decides: a number that a case gave itself is not mixed with what others
    read out of its words. Several pieces of that kind are averaged, each key counted once. What a machine
    suggests is left out unless `machine`.
    """
    pieces: dict[int, dict[tuple[Kind, Hashable], list[float]]] = {}
    for item in evidence:
        if machine or item.kind is not Kind.MACHINE:
            pieces.setdefault(item.case_id, {}).setdefault((item.kind, item.key), []).append(item.value)
    found: dict[int, Position] = {}
    for case, by_key in sorted(pieces.items()):
        kind = min(kind for kind, _ in by_key)
        values = [_mean(v) for (k, _), v in by_key.items() if k is kind]
        found[case] = Position(_mean(values), kind, len(values))
    return found


def values(positions: Mapping[int, Position]) -> dict[int, float]:
    """The numbers alone, by case."""
    return {case: position.value for case, position in positions.items()}


def described(positions: Mapping[int, Position]) -> str:
    """What the positions rest on: "14 opinions", or "23 positions (14 opinions, 9 coded stances)"."""
    counts = Counter(p.kind for p in positions.values())
    parts = [f"{n} {_NOUNS[kind][n != 1]}" for kind, n in sorted(counts.items())]
    if len(parts) == 1:
        return parts[0]
    return f"{len(positions)} positions" + (f" ({', '.join(parts)})" if parts else "")


def _mean(numbers: Iterable[float]) -> float:
    x = list(numbers)
    return math.fsum(x) / len(x) if len(x) > 1 else x[0]
