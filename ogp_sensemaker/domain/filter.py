"""The one description of "which segments" for the table, the command line and the exports."""

from dataclasses import dataclass, field
from enum import StrEnum

from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.source import SegmentKind


class Sort(StrEnum):
    """What a list of segments can be ordered by."""

    POSITION = "position"  # as imported: source by source, in reading order
    TEXT = "text"
    ENGLISH = "english"
    LANGUAGE = "language"
    CHANNEL = "channel"
    SOURCE = "source"
    CASE = "case"
    CODES = "codes"
    STANCE = "stance"
    CLUSTER = "cluster"
    CONFIDENCE = "confidence"
    OCCURRED = "occurred"
    LEARN = "learn"  # what the machine would learn most from first
    SURE = "sure"  # how sure the machine is of its strongest suggestion that nobody has decided on


@dataclass(frozen=True, slots=True)
class SegmentFilter:
    """Every field narrows; an empty one does not. Within a field any value does."""

    words: str = ""  # full text over original and English, every word, the last by its beginning
    codes: tuple[int, ...] = ()  # coded with one of these or anything below them
    suggested: tuple[int, ...] = ()  # suggested, and undecided, for one of these
    stances: tuple[Stance, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()
    kinds: tuple[SegmentKind, ...] = ()
    cases: tuple[int, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    about: tuple[int, ...] = ()  # written under one of these proposals
    cluster: int | None = None
    unclustered: bool | None = None
    coded: bool | None = None
    contested: bool | None = None  # coded with something that is marked contested
    unreviewed: bool | None = None  # its English is a machine's that nobody has looked at
    flagged: bool | None = None  # that English carries a quality flag
    duplicate: bool | None = None
    voice: bool | None = None
    concern: bool | None = None
    confidence: tuple[float, float] | None = None  # of the strongest suggestion
    ids: tuple[int, ...] | None = field(default=None)
    superseded: bool = False  # also what a changed file no longer holds
