"""Which clusters of a new run continue which of the last, and what changed between the two."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from ogp_sensemaker.domain.cluster import ChangeKind, RunChange

# Jaccard index from which a cluster continues another: two of equal size that share half of their members have 1/3.
CONTINUES = 1 / 3
SAME = 0.95  # Jaccard index from which nothing worth telling has changed
_PART, _MOST = 0.25, 0.5  # a part is at least a quarter of the whole, and comes from it by more than half

Groups = Mapping[int, Collection[int]]


def continued(before: Sequence[tuple[int, Collection[int]]], after: Sequence[Collection[int]]) -> list[int | None]:
    """For each new cluster the id of the earlier one that it continues, or None.

    `before` holds (id, members); an id may come more than once with different views of its members, of which the
    best counts. One-to-one, with the highest sum of Jaccard indices; pairs below CONTINUES are none.
    """
    ids = sorted({id_ for id_, _ in before})
    if not ids or not after:
        return [None] * len(after)
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    row = {id_: place for place, id_ in enumerate(ids)}
    column = {segment: place for place, members in enumerate(after) for segment in members}
    values = np.zeros((len(ids), len(after)))
    for id_, members in before:
        shared = Counter(column[segment] for segment in members if segment in column)
        for place, n in shared.items():
            index = n / (len(members) + len(after[place]) - n)
            if index >= CONTINUES:
                values[row[id_], place] = max(values[row[id_], place], index)
    found: list[int | None] = [None] * len(after)
    for old, new in zip(*linear_sum_assignment(values, maximize=True), strict=True):
        if values[old, new] > 0:
            found[int(new)] = ids[int(old)]
    return found


def changes(
    before: Groups, after: Groups, called: Mapping[int, str], called_now: Mapping[int, str]
) -> tuple[RunChange, ...]:
    """What became of each cluster: members by id in the run before and now, and what the ids were and are called.

    Same: Jaccard index of at least SAME, or as many gained as lost. Split: at least two clusters hold a quarter or
    more of it each, and have most of their own from it. Merged: at least two clusters gave most of their members
    to it and make a quarter or more of it each. The biggest first.
    """
    flows = _flows(before, after)
    found: list[RunChange] = []
    told: set[int] = set()
    for old, members in before.items():
        parts = [new for new in after if _is_part(flows[old, new], len(members), len(after[new]))]
        if len(parts) > 1:
            told |= {old, *parts}
            others = tuple(called_now[part] for part in parts)
            now = len(after.get(old, ()))
            found.append(RunChange(ChangeKind.SPLIT, old, called[old], len(members), now, flows[old, old], others))
    for new, members in after.items():
        parts = [old for old in before if _is_part(flows[old, new], len(members), len(before[old]))]
        if len(parts) > 1:
            told |= {new, *parts}
            others = tuple(called[part] for part in parts)
            was = len(before.get(new, ()))
            found.append(RunChange(ChangeKind.MERGED, new, called_now[new], was, len(members), flows[new, new], others))
    for id_ in sorted({*before, *after} - told):
        if id_ not in after:
            where = tuple(called_now[new] for new in after if flows[id_, new] > _PART * len(before[id_]))
            found.append(RunChange(ChangeKind.VANISHED, id_, called[id_], len(before[id_]), 0, 0, where))
        elif id_ not in before:
            found.append(RunChange(ChangeKind.NEW, id_, called_now[id_], 0, len(after[id_])))
        else:
            found.append(_kept(id_, called_now[id_], len(before[id_]), len(after[id_]), flows[id_, id_]))
    return tuple(sorted(found, key=lambda change: (-max(change.before, change.after), change.cluster_id)))


def _flows(before: Groups, after: Groups) -> Counter[tuple[int, int]]:
    """How many segments of each old cluster are in each new one."""
    now = {segment: new for new, members in after.items() for segment in members}
    return Counter((old, now[segment]) for old, members in before.items() for segment in members if segment in now)


def _is_part(shared: int, whole: int, part: int) -> bool:
    return shared >= _PART * whole and shared > _MOST * part


def _kept(id_: int, label: str, before: int, after: int, shared: int) -> RunChange:
    gained, lost = after - shared, before - shared
    kind = ChangeKind.GREW if gained > lost else ChangeKind.SHRANK
    if gained == lost or shared >= SAME * (before + after - shared):
        kind = ChangeKind.SAME
    return RunChange(kind, id_, label, before, after, shared)


def summary(found: Sequence[RunChange]) -> str:
    """The changes counted by kind: "9 same, 2 grew, 1 new"; "" where there are none."""
    counts = Counter(change.kind for change in found)
    return ", ".join(f"{counts[kind]} {kind}" for kind in ChangeKind if counts[kind])
