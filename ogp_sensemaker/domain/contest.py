"""Whether people take sides on something, between whom, and why: from one position per case.

docs/method.md holds the formulas with their sources, and how often an undivided issue is called contested.
"""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ogp_sensemaker.domain.findings import Contest, Measure
from ogp_sensemaker.domain.opinion import NEUTRAL_BAND, STRONG, TOO_FEW, Figure, Group, by_group, figure
from ogp_sensemaker.domain.resampling import Furthest, Split, chance_of_camps, measures
from ogp_sensemaker.domain.resampling import furthest as furthest_groups

# The contested index is the mean of its parts with these weights, over the parts that can be said.
WEIGHTS: Mapping[str, float] = {"polarisation": 0.4, "balance": 0.3, "divergence": 0.3}
MIN_GROUP = 2  # cases; smaller groups are shown, and decide nothing
MINORITY = 0.2  # share of all cases that the smaller side must have at least …
DISSENT = 0.1  # … and more than this beyond chance; up to here, an issue can be agreed
CAMPS = 0.02  # how often sides that are spread evenly may look as much like two camps
SURE = 0.04  # how often that may be chance, in an exact binomial test
APART = 0.25  # half the distance of two sides, or a divergence, from which they are far apart: a quarter of the way
CHANCE = 0.02  # how often groups dealt out by lot may differ as much
OF_ONE_MIND = 0.75  # share of a group on one side from which it counts as united
AGREED = 0.8  # share of the cases on one side from which an issue is agreed
DRAWS = 400  # of the bootstrap
REMEMBERED = 300  # issues, of numbers alone

CONTESTED, AGREES, LEANING, TOO_FEW_TO_SAY = "contested", "agreed", "leaning", "too few to say"


def contest(
    positions: Mapping[int, float],
    groups: Mapping[str, Mapping[int, str]] | None = None,
    reasons_for: int = 0,
    reasons_against: int = 0,
    *,
    counted: str = "",
    seed: int = 0,
    too_few: int = TOO_FEW,
) -> Contest:
    """The contested index of one issue with its parts, a suggestion, and the why card.

    `positions` holds a number in -1..1 per case, `groups` each attribute's value by case ("channel", "sector"),
    `reasons_for` and `reasons_against` how many reasons were given, `counted` what the positions are called
    ("14 opinions"). The result depends neither on the order of the cases nor on their ids or the groups' names.
    """
    by_attribute = {a: by_group(positions, a, of) for a, of in sorted((groups or {}).items())}
    shown = tuple(group for found in by_attribute.values() for group in found)
    overall = figure(positions.values())
    counted = counted or f"{overall.n} {'opinion' if overall.n == 1 else 'opinions'}"
    few = overall.n < too_few
    measured = (Measure(None),) * 4
    furthest: Furthest | None = None
    apart: tuple[Group, Group] | None = None
    suggested = TOO_FEW_TO_SAY
    if not few:
        x, splits = _in_order(positions, groups or {})
        furthest, measured = _measured(x, splits, seed)
        suggested = _suggestion(x, overall, measured[3], furthest, seed)
        if furthest and (measured[3].value or 0) >= APART / 2:
            apart = _pair_of(furthest, by_attribute[furthest.split.attribute])
    return Contest(
        n=overall.n,
        too_few=few,
        index=measured[0],
        polarisation=measured[1],
        balance=measured[2],
        divergence=measured[3],
        divergence_by=furthest.split.attribute if furthest else "",
        supporting=overall.supporting,
        opposing=overall.opposing,
        neutral=overall.neutral,
        groups=shown,
        suggested=suggested,
        why=_why(positions, counted, apart, (reasons_for, reasons_against), few),
    )


def polarisation_of(x: Sequence[float]) -> float:
    """The variance of numbers in -1..1 as a share of the greatest there can be, which is 1 (half at either end)."""
    mean = sum(x) / len(x)
    return min(1.0, sum((v - mean) ** 2 for v in x) / len(x))


def balance_of(x: Sequence[float]) -> float:
    """Twice the weaker side's strength over the number of cases; a side's strength is the sum of its numbers.

    0 when nobody is on the other side, 1 when half are at either end. Timid sides weigh little.
    """
    return 2 * min(sum(v for v in x if v > 0), -sum(v for v in x if v < 0)) / len(x)


def agreement_strength(of: Figure) -> float:
    """How sure it is that people agree: the end of the interval nearer to 0, on the side of the mean; never below 0."""
    if of.mean is None or of.low is None or of.high is None:
        return 0.0
    return max(0.0, of.low if of.mean > 0 else -of.high)


def only_supported_by(groups: Sequence[Group]) -> Group | None:
    """The one group of an attribute that is for something which no other group is for, if there is one."""
    told = [g for g in groups if g.figure.n >= MIN_GROUP and g.figure.mean is not None]
    supporters = [g for g in told if (g.figure.mean or 0) > NEUTRAL_BAND]
    return supporters[0] if len(supporters) == 1 and len(told) > 1 else None


def contradictions(groups: Sequence[Group]) -> tuple[str, ...]:
    """A sentence for each attribute of which some groups are of one mind for something, and others against it.

    Of one mind are groups of MIN_GROUP cases or more with three quarters on one side and a mean beyond APART. This
    finds what a divided whole hides: every group may be united.
    """
    found = []
    for attribute in dict.fromkeys(g.attribute for g in groups):
        of = [g for g in groups if g.attribute == attribute and g.figure.n >= MIN_GROUP]
        pro = [g for g in of if g.figure.supporting >= OF_ONE_MIND * g.figure.n and (g.figure.mean or 0) > APART]
        con = [g for g in of if g.figure.opposing >= OF_ONE_MIND * g.figure.n and (g.figure.mean or 0) < -APART]
        if pro and con:
            few = " Few spoke." if min(max(g.figure.n for g in side) for side in (pro, con)) < TOO_FEW else ""
            found.append(f"By {attribute}: {_groups_said(pro)} for, {_groups_said(con)} against.{few}")
    return tuple(found)


def _groups_said(groups: Sequence[Group]) -> str:
    """ "Steering Committee (4, mean +0.72) and Academia (2, mean +0.50)"."""
    said = [f"{g.value} ({g.figure.n}, mean {_number(g.figure.mean or 0, sign=True)})" for g in groups]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


@lru_cache(maxsize=REMEMBERED)
def _measured(
    x: tuple[float, ...], splits: tuple[Split, ...], seed: int
) -> tuple[Furthest | None, tuple[Measure, Measure, Measure, Measure]]:
    """What drawing again gives; remembered, because a decision on one issue leaves all others as they were."""
    furthest = furthest_groups(x, splits, seed)
    return furthest, measures(x, furthest, tuple(WEIGHTS.values()), DRAWS, seed)


def _in_order(
    positions: Mapping[int, float], groups: Mapping[str, Mapping[int, str]]
) -> tuple[tuple[float, ...], tuple[Split, ...]]:
    """The numbers in ascending order and each attribute's groups, the same whatever cases and groups are called."""
    members: dict[str, dict[str, list[float]]] = {}
    for attribute, of in sorted(groups.items()):
        found = members.setdefault(attribute, {})
        for case, value in positions.items():
            if name := of.get(case, ""):
                found.setdefault(name, []).append(value)
    ranks: dict[str, dict[str, int]] = {}
    for attribute, found in members.items():
        ordered = sorted({tuple(sorted(x)) for x in found.values()})  # groups alike in their numbers are the same
        place = {numbers: i for i, numbers in enumerate(ordered)}
        ranks[attribute] = {name: place[tuple(sorted(x))] for name, x in found.items()}
    cases = sorted(positions, key=lambda c: (positions[c], [ranks[a].get(groups[a].get(c, ""), -1) for a in ranks]))
    splits = []
    for attribute, found in members.items():
        big = sorted((sorted(x), n) for n, x in found.items() if len(x) >= MIN_GROUP)
        if len(big) > 1:
            number = {name: i for i, (_, name) in enumerate(big)}
            codes = tuple(number.get(groups[attribute].get(c, ""), -1) for c in cases)
            splits.append(Split(attribute, tuple(number), codes))
    return tuple(positions[c] for c in cases), tuple(splits)


def _suggestion(
    x: tuple[float, ...], overall: Figure, divergence: Measure, furthest: Furthest | None, seed: int
) -> str:
    """Contested when there are two camps, or groups further apart than chance puts them; else agreed or leaning."""
    smaller, larger = sorted((overall.supporting, overall.opposing))
    enough = smaller >= MINORITY * overall.n - 1e-9 and _tail(smaller, overall.n, DISSENT) <= SURE
    if enough and _two_camps(x, seed):
        return CONTESTED
    sides = smaller >= 2 and smaller > DISSENT * overall.n
    if sides and furthest and (divergence.value or 0) >= APART and furthest.p <= CHANCE:
        return CONTESTED
    if larger >= AGREED * overall.n - 1e-9 and smaller <= DISSENT * overall.n + 1e-9:
        return AGREES
    return LEANING


@lru_cache(maxsize=REMEMBERED)
def _two_camps(x: tuple[float, ...], seed: int) -> bool:
    """Whether those for and those against stand apart with little between them, and not one crowd cut in two.

    One hump around the middle leaves less of the variance between the sides than sides that are spread evenly do.
    """
    up, down = [v for v in x if v > NEUTRAL_BAND], [-v for v in x if v < -NEUTRAL_BAND]
    if sum(sum(side) / len(side) for side in (up, down)) / 2 < APART:
        return False
    return chance_of_camps(up, down, NEUTRAL_BAND, seed) <= CAMPS


def _tail(k: int, n: int, share: float) -> float:
    """The chance that of n cases k or more are against when a share of all is (exact binomial test)."""
    odds = math.log(share), math.log(1 - share)
    ways = (math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) for i in range(k, n + 1))
    return math.fsum(math.exp(w + i * odds[0] + (n - i) * odds[1]) for i, w in enumerate(ways, k))


def _pair_of(furthest: Furthest, groups: Sequence[Group]) -> tuple[Group, Group]:
    """The records of the two groups furthest apart, the more favourable first."""
    found = {g.value: g for g in groups}
    first, second = (found[furthest.split.names[i]] for i in furthest.pair)
    return (first, second) if (first.figure.mean or 0) >= (second.figure.mean or 0) else (second, first)


def _why(
    positions: Mapping[int, float],
    counted: str,
    apart: tuple[Group, Group] | None,
    reasons: tuple[int, int],
    few: bool,
) -> str:
    """The why card: who stands where, in words."""
    mean = figure(positions.values()).mean
    parts = ["nobody took a position" if mean is None else f"{counted}, mean {_number(mean)}"]
    if few:
        parts.append("too few to say")
    else:
        strong = [sum(v >= STRONG for v in positions.values()), sum(v <= -STRONG for v in positions.values())]
        parts.append(f"{strong[0] or 'none'} strongly for, {strong[1] or 'none'} strongly against")
        if apart is not None:
            parts.append(", ".join(f"{g.value} {_number(g.figure.mean or 0, sign=True)}" for g in apart))
    for_, against = reasons
    if for_ or against:
        parts.append(f"{against or 'no'} {'reason' if against == 1 else 'reasons'} against, {for_ or 'none'} for")
    return "; ".join(parts)


def _number(value: float, *, sign: bool = False) -> str:
    """Two decimals with a real minus sign."""
    text = f"{value:+.2f}" if sign else f"{value:.2f}"
    if float(text) == 0:
        return "0.00"
    return text.replace("-", "−")
