"""How far coders agree on units, machine coders included."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two coders on the units that both have labelled.

    `observed` is the share of equal labels (0..1), `kappa` Cohen's kappa and `alpha` Krippendorff's alpha, both at
    most 1, and 0 where agreement is what chance gives. They are None without common units, and where both gave every
    unit the same one label: then there is nothing that chance could have done differently.
    """

    first: str
    second: str
    units: int
    observed: float | None
    kappa: float | None
    alpha: float | None


def cohen_kappa(pairs: Iterable[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of pairs of labels, (p_o - p_e) / (1 - p_e) with p_e from each coder's own shares (Cohen 1960)."""
    found = list(pairs)
    n = len(found)
    if not n:
        return None
    first, second = Counter(a for a, _ in found), Counter(b for _, b in found)
    equal = sum(a == b for a, b in found)
    expected = sum(first[label] * second[label] for label in first)  # n² times p_e: whole numbers until the end
    if expected == n * n:
        return None
    return (equal * n - expected) / (n * n - expected)


def krippendorff_alpha(units: Iterable[Iterable[Hashable]]) -> float | None:
    """Krippendorff's alpha for nominal labels: 1 - (n - 1) ΣΣ o_ck / ΣΣ n_c n_k over unequal labels c, k.

    `units` holds for each unit the labels that any number of coders gave it; those with fewer than two say
    nothing and are left out (Krippendorff 2011, "Computing Krippendorff's alpha-reliability", part C).
    """
    totals: Counter[Hashable] = Counter()
    unequal = 0.0  # what lies off the diagonal of the coincidence matrix
    for unit in units:
        labels = Counter(unit)
        m = labels.total()
        if m < 2:
            continue
        totals.update(labels)
        unequal += (m * m - sum(c * c for c in labels.values())) / (m - 1)
    n = totals.total()
    by_chance = n * n - sum(c * c for c in totals.values())
    return None if not by_chance else 1 - (n - 1) * unequal / by_chance


def compare(first: str, second: str, by_first: Mapping[int, Hashable], by_second: Mapping[int, Hashable]) -> Agreement:
    """Two coders' labels by unit, on the units that both have labelled."""
    pairs = [(by_first[unit], by_second[unit]) for unit in sorted(by_first.keys() & by_second.keys())]
    observed = sum(a == b for a, b in pairs) / len(pairs) if pairs else None
    return Agreement(first, second, len(pairs), observed, cohen_kappa(pairs), krippendorff_alpha(pairs))


def pairwise(labels: Mapping[str, Mapping[int, Hashable]]) -> tuple[Agreement, ...]:
    """Every two coders compared; `labels` holds each coder's label by unit."""
    return tuple(compare(a, b, labels[a], labels[b]) for a, b in combinations(sorted(labels), 2))


def on_code(units: Iterable[int], first: str, second: str, chosen: Mapping[str, Set[int]]) -> Agreement:
    """Two coders on whether a code applies: `units` are those both have seen, `chosen` those each gave it."""
    seen = list(units)
    return compare(
        first, second, *({u: u in chosen.get(coder, frozenset()) for u in seen} for coder in (first, second))
    )
