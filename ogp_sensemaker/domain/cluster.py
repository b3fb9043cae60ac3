"""What a machine grouped: runs, clusters, memberships. None is ever edited."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """One pass of a machine over segments."""

    id: int
    created: str
    version: str
    parameters: str  # JSON
    segments: int = 0


@dataclass(frozen=True, slots=True)
class Cluster:
    """A group that a run proposed. `number` counts from 1, biggest first."""

    id: int
    run_id: int
    number: int
    words: tuple[str, ...]
    size: int
    stability: float | None = None
    quotations: tuple[int, ...] = ()  # segment ids nearest to the middle, not near-duplicates of each other
    name: str = ""  # as an analyst called it; "" shows the words

    @property
    def label(self) -> str:
        return self.name or ", ".join(self.words[:3])


@dataclass(frozen=True, slots=True)
class Membership:
    """A segment in a cluster, with how strongly it belongs (0..1)."""

    cluster_id: int
    segment_id: int
    strength: float
