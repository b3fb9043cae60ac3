"""What a machine grouped and what people made of it: runs, clusters, memberships, and what changed between runs."""

from dataclasses import dataclass
from enum import StrEnum


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
    """A group as it stands: what a run proposed, with what people renamed, merged, split, moved and dismissed.

    `id` stays the same from run to run as long as the group is found again; `number` is of the last run.
    """

    id: int
    run_id: int
    number: int
    words: tuple[str, ...]
    size: int
    stability: float | None = None
    quotations: tuple[int, ...] = ()  # segment ids nearest to the middle, not near-duplicates of each other
    name: str = ""  # as an analyst called it; "" shows the words
    dismissed: bool = False  # an analyst found it of no interest
    pinned: int = 0  # members that people put here, whatever a run says

    @property
    def label(self) -> str:
        return self.name or ", ".join(self.words[:3])


@dataclass(frozen=True, slots=True)
class Membership:
    """A segment in a cluster, with how strongly it belongs (0..1; 1 where a person put it)."""

    cluster_id: int
    segment_id: int
    strength: float
    pinned: bool = False


class ChangeKind(StrEnum):
    """What became of a cluster from one run to the next."""

    SAME = "same"
    GREW = "grew"
    SHRANK = "shrank"
    SPLIT = "split"
    MERGED = "merged"
    VANISHED = "vanished"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class RunChange:
    """What became of one cluster between two runs."""

    kind: ChangeKind
    cluster_id: int
    label: str
    before: int  # members in the run before; 0 where it is new
    after: int  # members now; 0 where it is gone
    shared: int = 0  # members of both
    others: tuple[str, ...] = ()  # labels: into what it split, of what it was merged, where its members are now

    @property
    def sentence(self) -> str:
        """The change in words."""
        others = ", ".join(f"“{label}”" for label in self.others)
        stayed = f"; {self.shared:,} of {self.before:,} stayed" if self.shared < self.before else ""
        sizes = f"from {self.before:,} to {self.after:,} segments{stayed}"
        return {
            ChangeKind.SAME: f"“{self.label}” is the same: {self.after:,} segments{stayed}",
            ChangeKind.GREW: f"“{self.label}” grew {sizes}",
            ChangeKind.SHRANK: f"“{self.label}” shrank {sizes}",
            ChangeKind.SPLIT: f"“{self.label}” ({self.before:,} segments) split into {others}",
            ChangeKind.MERGED: f"“{self.label}” ({self.after:,} segments) brings together {others}",
            ChangeKind.VANISHED: f"“{self.label}” ({self.before:,} segments) is no longer a group"
            + (f"; most of them are now in {others}" if others else ""),
            ChangeKind.NEW: f"“{self.label}” is new: {self.after:,} segments",
        }[self.kind]
