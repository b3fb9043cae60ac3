"""Whether people take sides on something, between whom, and why: from one position per case.

docs/method.md holds the formulas with their sources, and how often an undivided issue is called contested.
"""

import itertools
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ogp_sensemaker.domain.findings import Contest, Measure
from ogp_sensemaker.domain.opinion import NEUTRAL_BAND, STRONG, TOO_FEW, Figure, Group, by_group, figure

# The contested index is the mean of its parts with these weights, over the parts that can be said.
WEIGHTS: Mapping[str, float] = {"polarisation": 0.4, "balance": 0.3, "divergence": 0.3}
MIN_GROUP = 2  # cases; smaller groups are shown, and decide nothing
MINORITY = 0.2  # share of all cases that the smaller side must have at least …
DISSENT = 0.1  # … and more than this beyond chance; up to here, an issue can be agreed
CAMPS = 0.02  # how often sides that are spread evenly may look as much like two camps
SURE = 0.04  # how often that may be chance, in an exact binomial test
APART = 0.25  # half the distance of two sides, or a divergence, from which they are far apart: a quarter of the way
CHANCE = 0.02  # how often groups dealt out by lot may differ as much
AGREED = 0.8  # share of the cases on one side from which an issue is agreed
DRAWS = 400
SHUFFLES = 199  # of the groups
EVEN = 999  # even sides that two camps are compared with

CONTESTED, AGREES, LEANING, TOO_FEW_TO_SAY = "contested", "agreed", "leaning", "too few to say"


@dataclass(frozen=True, slots=True)
class _Split:
    """One attribute's groups: for each case in order the number of its group, or -1."""

    attribute: str
    names: tuple[str, ...]
    codes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Furthest:
    """The two groups furthest apart, of all attributes, and what chance has to do with it."""

    split: _Split
    pair: tuple[int, int]
    gap: float
    by_chance: float  # the mean greatest gap when the numbers are dealt out anew
    p: float  # how often the groups then differ at least as clearly


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
    furthest: _Furthest | None = None
    apart: tuple[Group, Group] | None = None
    suggested = TOO_FEW_TO_SAY
    if not few:
        x, splits = _in_order(positions, groups or {})
        furthest = _furthest(x, splits, seed)
        measured = _measures(x, furthest, seed)
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


def _in_order(
    positions: Mapping[int, float], groups: Mapping[str, Mapping[int, str]]
) -> tuple[list[float], list[_Split]]:
    """The numbers in ascending order and each attribute's groups, the same whatever cases and groups are called."""
    members: dict[str, dict[str, list[float]]] = {}
    for attribute, of in sorted(groups.items()):
        found = members.setdefault(attribute, {})
        for case, value in positions.items():
            if name := of.get(case, ""):
                found.setdefault(name, []).append(value)
    ranks = {a: {n: sorted(x) for n, x in found.items()} for a, found in members.items()}
    cases = sorted(positions, key=lambda c: (positions[c], [ranks[a].get(groups[a].get(c, ""), []) for a in ranks]))
    splits = []
    for attribute, found in members.items():
        big = sorted((sorted(x), n) for n, x in found.items() if len(x) >= MIN_GROUP)
        if len(big) > 1:
            number = {name: i for i, (_, name) in enumerate(big)}
            codes = tuple(number.get(groups[attribute].get(c, ""), -1) for c in cases)
            splits.append(_Split(attribute, tuple(number), codes))
    return [positions[c] for c in cases], splits


def _sums(x: Sequence[float], codes: Sequence[int], n: int) -> tuple[list[int], list[float], list[float]]:
    """Cases, sum and sum of squares of each group."""
    count, total, square = [0] * n, [0.0] * n, [0.0] * n
    for value, code in zip(x, codes, strict=True):
        if code >= 0:
            count[code] += 1
            total[code] += value
            square[code] += value * value
    return count, total, square


def _gaps(sums: tuple[list[int], list[float], list[float]]) -> list[tuple[float, tuple[int, int]]]:
    """The gap of every two groups that have cases.

    Half the distance d between their means, where d² is lessened by what it is expected to be for groups drawn
    from one population, s²(1/a + 1/b), with s² the variance within the two.
    """
    count, total, square = sums
    present = [i for i, c in enumerate(count) if c]
    found = []
    for g, h in itertools.combinations(present, 2):
        a, b = count[g], count[h]
        within = square[g] + square[h] - total[g] ** 2 / a - total[h] ** 2 / b
        noise = max(0.0, within) / max(1, a + b - 2) * (1 / a + 1 / b)
        distance = total[g] / a - total[h] / b
        found.append((math.sqrt(max(0.0, distance * distance - noise)) / 2, (g, h)))
    return found


def _f_ratio(sums: tuple[list[int], list[float], list[float]]) -> float:
    """Variance between the groups over variance within them (Fisher's F); huge for groups that are each of one mind."""
    count, total, square = sums
    n, k, all_ = sum(count), len(count), sum(total)
    within = sum(square) - sum(t * t / c for t, c in zip(total, count, strict=True))
    between = sum(t * t / c for t, c in zip(total, count, strict=True)) - all_ * all_ / n
    return (between / (k - 1)) / max(within / max(1, n - k), 1e-6)


def _furthest(x: Sequence[float], splits: Sequence[_Split], seed: int) -> _Furthest | None:
    """The two groups furthest apart, beside what dealing the numbers out anew gives (a permutation test).

    It is the greatest gap and the greatest F of all attributes that are compared, so looking at many of them is
    paid for.
    """
    sums = [_sums(x, split.codes, len(split.names)) for split in splits]
    found = [(gap, split, pair) for split, s in zip(splits, sums, strict=True) for gap, pair in _gaps(s)]
    if not found:
        return None
    gap, split, pair = max(found, key=lambda f: round(f[0], 9))
    clearest = max(_f_ratio(s) for s in sums)
    rng = random.Random(seed)
    shuffled = list(x)
    shuffles = SHUFFLES if len(x) <= 200 else SHUFFLES // 2
    chance, as_clear = 0.0, 0
    for _ in range(shuffles):
        rng.shuffle(shuffled)
        sums = [_sums(shuffled, s.codes, len(s.names)) for s in splits]
        chance += max(g for s in sums for g, _ in _gaps(s))
        as_clear += max(_f_ratio(s) for s in sums) >= clearest * (1 - 1e-9)
    return _Furthest(split, pair, gap, chance / shuffles, (1 + as_clear) / (1 + shuffles))


def _measures(x: Sequence[float], furthest: _Furthest | None, seed: int) -> tuple[Measure, Measure, Measure, Measure]:
    """Index, polarisation, balance and divergence with bootstrap intervals.

    Cases are drawn with replacement DRAWS times (fewer beyond 100 cases); the interval runs from the 2.5 % to the
    97.5 % point of what the draws give (Efron 1979). The divergence is always of the two groups found furthest apart,
    and corrected for chance as the Rand index is (Hubert and Arabie 1985): (gap - by chance) / (1 - by chance).
    """
    codes: list[int] = []
    chance = 0.0
    if furthest is not None:
        place = {furthest.pair[0]: 0, furthest.pair[1]: 1}
        codes = [place.get(c, -1) for c in furthest.split.codes]
        chance = furthest.by_chance

    def parts(rows: Sequence[int]) -> tuple[float, float, float | None]:
        drawn = [x[i] for i in rows]
        gaps = _gaps(_sums(drawn, [codes[i] for i in rows], 2)) if codes else []
        divergence = max(0.0, (gaps[0][0] - chance) / (1 - chance)) if gaps and chance < 1 else None
        return polarisation_of(drawn), balance_of(drawn), divergence

    rng = random.Random(seed)
    every = range(len(x))
    draws = max(100, min(DRAWS, 40_000 // len(x)))
    sampled = [parts(rng.choices(every, k=len(x))) for _ in range(draws)]
    point = parts(every)
    polarisation, balance = (_measure(point[i] or 0.0, [s[i] or 0.0 for s in sampled]) for i in (0, 1))
    gaps = [s[2] for s in sampled if s[2] is not None]
    divergence = Measure(None) if point[2] is None else _measure(point[2], gaps)
    return _measure(_index(point), [_index(s) for s in sampled]), polarisation, balance, divergence


def _index(parts: tuple[float, float, float | None]) -> float:
    weighed = [(w, part) for w, part in zip(WEIGHTS.values(), parts, strict=True) if part is not None]
    return sum(w * part for w, part in weighed) / sum(w for w, _ in weighed)


def _measure(value: float, draws: list[float]) -> Measure:
    """A value with the interval of its draws, to six places: beyond that, processors differ."""
    ordered = sorted(draws)
    last = len(ordered) - 1
    low, high = ordered[round(0.025 * last)], ordered[round(0.975 * last)]
    return Measure(round(value, 6), round(min(low, value), 6), round(max(high, value), 6))


def _suggestion(x: Sequence[float], overall: Figure, divergence: Measure, furthest: _Furthest | None, seed: int) -> str:
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


def _two_camps(x: Sequence[float], seed: int) -> bool:
    """Whether those for and those against stand apart with little between them, and not one crowd cut in two.

    The share of the variance that lies between the sides is compared with what it is when each side is spread
    evenly from the middle to its end (a Monte Carlo test); one hump around the middle stays below that.
    """
    sides = [v for v in x if v > NEUTRAL_BAND], [-v for v in x if v < -NEUTRAL_BAND]
    if sum(sum(side) / len(side) for side in sides) / 2 < APART:
        return False
    share = _share_between(*sides)
    rng = random.Random(seed)
    trials = max(199, min(EVEN, 40_000 // len(x)))
    reached = sum(
        _share_between(*([rng.uniform(NEUTRAL_BAND, 1) for _ in side] for side in sides)) >= share - 1e-9
        for _ in range(trials)
    )
    return (1 + reached) / (1 + trials) <= CAMPS


def _share_between(up: Sequence[float], down: Sequence[float]) -> float:
    """The share of the variance that lies between two sides, given as distances from the middle (0..1)."""
    means = sum(up) / len(up), sum(down) / len(down)
    within = sum((v - means[0]) ** 2 for v in up) + sum((v - means[1]) ** 2 for v in down)
    between = len(up) * len(down) / (len(up) + len(down)) * sum(means) ** 2
    return between / (between + within) if between else 0.0


def _tail(k: int, n: int, share: float) -> float:
    """The chance that of n cases k or more are against when a share of all is (exact binomial test)."""
    return sum(math.comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(k, n + 1))


def _pair_of(furthest: _Furthest, groups: Sequence[Group]) -> tuple[Group, Group]:
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
