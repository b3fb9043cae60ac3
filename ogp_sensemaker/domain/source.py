"""Where text came from: sources, segments, cases and their attributes."""

from dataclasses import dataclass, field
from enum import StrEnum


class SegmentKind(StrEnum):
    """What a segment was in its source."""

    COMMENT = "comment"  # something written on a platform, or under a draft
    POINT = "point"  # a reason for or against a proposal
    PROPOSAL = "proposal"  # the text of an idea put to participants or put forward by one
    NOTE = "note"  # a bullet, paragraph or speaker turn of event notes
    DRAFT = "draft"  # the text people were asked about: never counted as somebody's words


class CaseKind(StrEnum):
    """What a case stands for."""

    PARTICIPANT = "participant"
    SPEAKER = "speaker"  # a person in event notes, known only within that event
    RESPONDENT = "respondent"  # a row of a poll
    EVENT = "event"
    HOST = "host"  # who runs the consultation: its texts are not participants' words


@dataclass(frozen=True, slots=True)
class Source:
    """One event's notes, one export of a platform, one poll table."""

    id: int
    guid: str
    name: str
    kind: str  # id of the importer: considerit, polis, notes, poll, table
    channel: str
    sha256: str
    segments: int = 0
    event: int | None = None  # the case that holds the event's date, place and participants


@dataclass(frozen=True, slots=True)
class Segment:
    """The smallest thing that is coded, with what is known about it."""

    id: int
    source_id: int
    source: str
    channel: str
    kind: SegmentKind
    voice: bool  # words of a participant, not text put to participants
    locator: str
    heading: str
    case_id: int | None
    case: str
    parent_id: int | None
    about: int | None  # id of the proposal it was written under
    valence: str  # "support" or "oppose" as its author marked it on the platform, or ""
    occurred: str  # ISO date or time, or ""
    text: str
    language: str = ""
    language_confidence: float = 0.0
    english: str = ""
    translation_by: str = ""  # "" for a text that is English, otherwise a coder's or a model's name
    duplicate_of: int | None = None
    duplicate_kind: str = ""  # exact or near

    @property
    def reading(self) -> str:
        """The words that machines and search work on: the English where there is one."""
        return self.english or self.text


@dataclass(frozen=True, slots=True)
class Case:
    """Who or what attributes describe."""

    id: int
    guid: str
    key: str
    name: str
    kind: CaseKind
    channel: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
