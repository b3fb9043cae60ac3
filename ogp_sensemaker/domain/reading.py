"""What a machine's stances say of an issue as a whole, where nobody has said where people stand."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

# As if this much had been read before, this much of it against: few remarks say little.
WEIGHT, USUAL = 1.5, 0.3
# From here on an issue is worth a look: of made-up rooms held back from training, 60 % of the divided ones are beyond
# it and 11 % of those of one mind.
WORTH_A_LOOK = 0.4


@dataclass(frozen=True, slots=True)
class Reading:
    """Of whose words a machine read, and how much of what takes a side it read as against (0..1)."""

    cases: int
    against: float

    @property
    def perhaps_divided(self) -> bool:
        """Whether so much is read as against that somebody should look."""
        return self.against >= WORTH_A_LOOK


def reading(sides: Iterable[tuple[int, float, float]]) -> Reading | None:
    """The reading of one issue from (case, probability of support, probability of opposition); None without any.

    A case counts once: its remarks are averaged first. The share is O / (S + O) over the cases, held to USUAL by
    WEIGHT. Mixed and neutral remarks take no side and count for neither. Unlike the contested index it does not fall
    again where nearly all is read as against: a machine takes complaints for opposition too often to tell an issue
    that all reject from a divided one, and whoever brought it up was for it (docs/method.md, 5).
    """
    by_case: dict[int, list[tuple[float, float]]] = {}
    for case, support, oppose in sides:
        by_case.setdefault(case, []).append((support, oppose))
    if not by_case:
        return None
    means = [[math.fsum(part) / len(said) for part in zip(*said, strict=True)] for said in by_case.values()]
    support, oppose = (math.fsum(part) for part in zip(*means, strict=True))
    return Reading(len(by_case), round((oppose + WEIGHT * USUAL) / (support + oppose + WEIGHT), 5))
