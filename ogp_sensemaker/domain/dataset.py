"""The frozen snapshot that every exporter receives; exporters never query."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ogp_sensemaker.domain.codebook import Code
from ogp_sensemaker.domain.findings import Findings


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """One segment of the coded dataset. Names that are lists keep the order of the codebook."""

    segment_id: int
    source: str
    locator: str
    channel: str
    case: str
    language: str
    original: str
    english: str
    translation_by: str
    cluster: int | None
    cluster_words: str
    codes: tuple[str, ...]  # paths of the codes, in the codebook's order
    stances: tuple[str, ...]  # one for each code; several coders' stances joined by "/"
    suggested: tuple[tuple[str, float], ...]  # path and confidence, strongest first
    contested: str  # what analysts marked on its codes: "contested", "to watch", or ""
    duplicate_of: int | None
    memo: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One coding of the second sheet."""

    segment_id: int
    code: str
    coder: str
    machine: bool
    stance: str
    concern: bool
    via_cluster: int | None
    created: str


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One number from -1 to 1 that a case gave a proposal."""

    code_id: int
    case_id: int
    case: str
    value: float


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One option that one respondent chose in a poll; `poll` is the key of its PollFinding."""

    poll: str
    option: str
    case_id: int
    case: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """Everything that leaves the project."""

    project: str  # the project's name
    made: str  # ISO time of the last action that it includes
    last_action: int
    rows: tuple[DatasetRow, ...]
    attributes: tuple[str, ...]  # names of the attribute columns, sorted
    codings: tuple[CodingRow, ...]
    codes: tuple[Code, ...]  # in the order of the tree
    paths: Mapping[int, str]  # code id -> path
    findings: Findings
    method: tuple[tuple[str, str], ...]  # how it was made: versions, hashes, parameters, seeds
    opinions: tuple[OpinionRow, ...] = ()  # by proposal in the codebook's order, then by case
    answers: tuple[AnswerRow, ...] = ()  # by poll, option as in its counts, then by case
