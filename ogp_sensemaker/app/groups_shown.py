"""The clusters as an analyst works through them: what is left to code, what is suggested, what fits nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from ogp_sensemaker.domain.cluster import Cluster
from ogp_sensemaker.store import clusters, groups
from ogp_sensemaker.store.project import Project

HOLDS, MOSTLY = 0.8, 0.5  # stability from which a cluster holds together well, and still mostly
T = TypeVar("T", int, str)
NEW = 0.5  # of a cluster's segments must fit no code for it to be a candidate for a new idea


class Order(StrEnum):
    """What the clusters are ordered by; dismissed ones come last in any case."""

    SIZE = "size"  # the biggest first
    UNCODED = "uncoded"  # the most left to code first
    STABILITY = "stability"  # the surest to hold together first


@dataclass(frozen=True, slots=True)
class Group:
    """A cluster as one line of the list."""

    cluster: Cluster
    uncoded: int  # segments that nobody has coded
    suggested: tuple[tuple[int, int], ...] = ()  # (code, segments whose strongest suggestion it is), most first


@dataclass(frozen=True, slots=True)
class Inside:
    """What is in a cluster, counted by segment; each list with the most first."""

    members: tuple[int, ...]  # the strongest first
    languages: tuple[tuple[str, int], ...] = ()
    channels: tuple[tuple[str, int], ...] = ()
    codes: tuple[tuple[int, int], ...] = ()  # that people gave
    stances: Mapping[str, int] = field(default_factory=dict)  # that people coded; a segment with two counts for both


@dataclass(frozen=True, slots=True)
class Candidate:
    """Segments that fit no code: most of a cluster (or, where `cluster` is None, those that are in none)."""

    cluster: Cluster | None
    segments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the lists show, counted together."""

    groups: tuple[Group, ...]  # every cluster that has segments
    nowhere: tuple[int, ...]  # words of people that are in no cluster, in the order of import
    candidates: tuple[Candidate, ...]  # for new ideas


def overview(project: Project, order: Order = Order.SIZE) -> Overview:
    """The clusters in an order (ties by size and number), the worklist, and where new ideas may be."""
    found = clusters.clusters(project)
    place = groups.placed(project)
    done = groups.coded(project)
    uncoded = Counter(cluster for segment, cluster in place.items() if segment not in done)
    suggested: dict[int, Counter[int]] = {}
    top = {segment: code for segment, code, _ in groups.top_suggestions(project)}
    for segment, code in top.items():
        cluster = place.get(segment)
        if cluster is not None:
            suggested.setdefault(cluster, Counter())[code] += 1
    made = [Group(c, uncoded[c.id], most_first(suggested.get(c.id, {}))) for c in found]
    spoken = groups.voices(project)
    new = [segment for segment, free in spoken if free and segment not in done and segment not in top] if top else []
    return Overview(
        groups=tuple(sorted(made, key=lambda group: _key(group, order))),
        nowhere=tuple(segment for segment, _ in spoken if segment not in place),
        candidates=_candidates(found, new, place),
    )


def _key(group: Group, order: Order) -> tuple[bool, float, int, int]:
    cluster = group.cluster
    first = {
        Order.SIZE: -cluster.size,
        Order.UNCODED: -group.uncoded,
        Order.STABILITY: 1.0 if cluster.stability is None else -cluster.stability,
    }[order]
    return cluster.dismissed, first, -cluster.size, cluster.number


def inside(project: Project, cluster_id: int) -> Inside:
    """What one cluster holds."""
    members = clusters.members(project, cluster_id)
    spoken = groups.spoken(project, members)
    made = groups.decisions(project, members)
    codes = Counter(code for _, code in {(segment, code) for segment, code, _ in made})
    stances = Counter(stance for _, stance in {(segment, stance) for segment, _, stance in made if stance})
    return Inside(
        members=tuple(members),
        languages=most_first(Counter(language for _, language, _ in spoken)),
        channels=most_first(Counter(channel for _, _, channel in spoken)),
        codes=most_first(codes),
        stances=dict(stances),
    )


def _candidates(found: Sequence[Cluster], new: Sequence[int], place: Mapping[int, int]) -> tuple[Candidate, ...]:
    """Where new ideas may be, from the segments that fit no code.

    Clusters most of which fits none, the rarest distinct ones first, since nobody would look for them; then what
    fits none and is in no cluster.
    """
    by_cluster: dict[int, list[int]] = {}
    for segment in new:
        by_cluster.setdefault(place.get(segment, 0), []).append(segment)
    made = [
        Candidate(cluster, tuple(own))
        for cluster in found
        if not cluster.dismissed and len(own := by_cluster.get(cluster.id, [])) >= NEW * cluster.size
    ]
    made.sort(key=lambda c: (len(c.segments), c.cluster.number if c.cluster else 0))
    alone = by_cluster.get(0, [])
    return (*made, Candidate(None, tuple(alone))) if alone else tuple(made)


def most_first(counts: Mapping[T, int]) -> tuple[tuple[T, int], ...]:
    """Counted things, the most first."""
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))))


def holding(stability: float | None) -> str:
    """A stability in plain words; "" where it is not known (few segments, or put together by people)."""
    if stability is None:
        return ""
    word = "holds together well" if stability >= HOLDS else "holds together" if stability >= MOSTLY else "loose"
    return f"{word}: {round(100 * stability)} % of it stays together when a fifth of the comments is left out"
