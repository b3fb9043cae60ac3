"""Decisions on segments: codings, stances, memos, and who made them."""

from dataclasses import dataclass
from enum import StrEnum


class Stance(StrEnum):
    """Where somebody stands towards a code."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    MIXED = "mixed"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Coder:
    """Who decided: a person, or a machine with name and version."""

    id: int
    guid: str
    name: str
    machine: bool = False


@dataclass(frozen=True, slots=True)
class Coding:
    """A code on a segment, by a coder, perhaps with a stance and a concern."""

    id: int
    segment_id: int
    code_id: int
    coder_id: int
    coder: str
    stance: Stance | None = None
    concern: bool = False
    via_cluster: int | None = None
    start: int | None = None  # a span in the original (`side` "original") or the English
    end: int | None = None
    side: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Memo:
    """An analyst's own thought, on a segment, a code or the whole project."""

    id: int
    on: str  # segment, code, project
    on_id: int | None
    coder: str
    text: str
    created: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """An analyst's decision whether an issue (a proposal, direction, theme or issue) is contested."""

    code_id: int
    state: str  # contested, not contested, to watch
    reason: str
    coder: str
    created: str = ""
