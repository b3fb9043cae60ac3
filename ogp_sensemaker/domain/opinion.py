"""Numbers that people gave (opinions on proposals, poll answers, votes) and the figures made of them."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# Half the width of the middle of the scale that counts as neutral: a slider left almost where it stood.
NEUTRAL_BAND = 0.05
# From here on an opinion is called strong.
STRONG = 0.5
# Below this many cases nothing is concluded.
TOO_FEW = 5

# 97.5 % points of Student's t for 1 to 30 degrees of freedom (any statistical table).
_T975 = (
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
    2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
    2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opinion:
    """A number from -1 (oppose) to 1 (support) that a case gave a proposal."""

    code_id: int
    case_id: int
    value: float


@dataclass(frozen=True, slots=True)
class Poll:
    """A closed question."""

    id: int
    key: str
    question: str
    multiple: bool
    options: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class PollCount:
    """How many respondents chose an option, of all who answered the question."""

    option: str
    count: int
    respondents: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 where nobody answered."""
        return self.count / self.respondents if self.respondents else 0.0


@dataclass(frozen=True, slots=True)
class Vote:
    """Agree (1), disagree (-1) or pass (0) of a case on a segment."""

    segment_id: int
    case_id: int
    value: int


@dataclass(frozen=True, slots=True)
class Figure:
    """Numbers that a set of cases gave: their count, mean with its interval, and the sides.

    `mean`, `low` and `high` lie in -1..1 and are None where nobody gave a number (the interval also
    where only one did). A case counts once: `supporting`, `opposing` and `neutral` add up to `n`.
    """

    n: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    supporting: int = 0
    opposing: int = 0
    neutral: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """The figure of the cases that share a value of an attribute (region, sector, channel)."""

    attribute: str
    value: str
    figure: Figure


def figure(values: Iterable[float]) -> Figure:
    """Count, mean, 95 % interval and sides of numbers in -1..1, one for each case.

    For and against are numbers beyond NEUTRAL_BAND. The order of the values does not matter.
    """
    x = sorted(values)
    if not x:
        return Figure(0)
    low, high = interval(x)
    supporting = sum(v > NEUTRAL_BAND for v in x)
    opposing = sum(v < -NEUTRAL_BAND for v in x)
    return Figure(
        n=len(x),
        mean=math.fsum(x) / len(x),
        low=low,
        high=high,
        supporting=supporting,
        opposing=opposing,
        neutral=len(x) - supporting - opposing,
    )


def interval(values: Sequence[float]) -> tuple[float | None, float | None]:
    """The 95 % interval of the mean of numbers in -1..1; (None, None) for fewer than two.

    Student's t on the numbers and half a number more at either end of the scale, cut at the ends. The added
    halves are what Agresti and Coull (1998) do for shares: without them five equal answers would be
    called certain. docs/method.md compares its coverage with the plain t interval and the bootstrap.
    """
    n = len(values)
    if n < 2:
        return None, None
    weight = n + 1  # the two halves weigh one number, have the mean 0 and the mean square 1
    mean = math.fsum(values) / n
    middle = math.fsum(values) / weight
    variance = max(0.0, (math.fsum(v * v for v in values) + 1) / weight - middle * middle)
    reach = student_t(n - 1) * math.sqrt(variance / n)
    return max(-1.0, min(middle - reach, mean)), min(1.0, max(middle + reach, mean))


def student_t(freedom: int) -> float:
    """The 97.5 % point of Student's t, to four places.

    Beyond 30 degrees of freedom by the expansion 26.7.5 of Abramowitz and Stegun (1964).
    """
    if freedom <= len(_T975):
        return _T975[freedom - 1]
    z = 1.959964
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)


def by_group(values: Mapping[int, float], attribute: str, value_of: Mapping[int, str]) -> tuple[Group, ...]:
    """The figure of each group of cases: `values` by case, `value_of` the attribute's value by case.

    Cases whose value is empty or not known are left out. Biggest group first, then by name.
    """
    members: dict[str, list[float]] = {}
    for case, number in values.items():
        if name := value_of.get(case, ""):
            members.setdefault(name, []).append(number)
    ordered = sorted(members.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Group(attribute, name, figure(numbers)) for name, numbers in ordered)


def poll_counts(options: Sequence[str], answers: Iterable[tuple[int, str]]) -> tuple[PollCount, ...]:
    """How many respondents chose each option; `answers` are pairs of case and option.

    A respondent who gave an option twice counts once for it; a share is of all who chose anything, so those of a
    multiple-choice question add up to more than 1. Options stand as offered, what nobody offered after them.
    """
    given = set(answers)
    respondents = len({case for case, _ in given})
    counts = Counter(option for _, option in given)
    extra = sorted(set(counts) - set(options))
    return tuple(PollCount(o, counts[o], respondents) for o in (*dict.fromkeys(options), *extra))
