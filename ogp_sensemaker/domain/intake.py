"""What an importer found in a file, before anything is written.

Things refer to each other by key: a text that names the thing for as long as its file keeps it,
so that importing a changed file again can tell what is new from what was already there.
"""

from dataclasses import dataclass, field

from ogp_sensemaker.domain.source import CaseKind, SegmentKind


@dataclass(frozen=True, slots=True)
class NewCase:
    """A participant, speaker, respondent or event. `key` is unique in the project (`considerit:ab12@x`)."""

    key: str
    name: str
    kind: CaseKind
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewSegment:
    """Something somebody said. `key` is unique within its source."""

    key: str
    text: str
    locator: str  # "p12" paragraph, "L12" or "L26-27" lines, "t1r2c3" table cell, "row 13" of a sheet
    kind: SegmentKind
    voice: bool = True
    heading: str = ""
    case: str = ""  # key of a case
    parent: str = ""  # key of the segment it answers, in the same source
    about: str = ""  # key of the proposal it was written under
    valence: str = ""  # support or oppose, as marked on the platform
    occurred: str = ""
    language: str = ""  # as declared by the platform; "" lets the machine tell
    english: str = ""  # a human translation that the file itself carries


@dataclass(frozen=True, slots=True)
class NewProposal:
    """An idea put to participants. It becomes a code of kind proposal under its direction."""

    key: str
    title: str
    direction: str  # as the platform calls it
    description: str = ""
    submitted_by: str = ""  # name of the author
    by_host: bool = False
    segment: str = ""  # key of the segment that holds its text


@dataclass(frozen=True, slots=True)
class NewOpinion:
    """A number from -1 to 1 that a case gave a proposal."""

    proposal: str
    case: str
    value: float
    occurred: str = ""


@dataclass(frozen=True, slots=True)
class NewVote:
    """Agree (1), disagree (-1) or pass (0) of a case on a segment."""

    segment: str
    case: str
    value: int


@dataclass(frozen=True, slots=True)
class NewPoll:
    """A closed question. Options stand in the order in which they were offered, if known."""

    key: str
    question: str
    multiple: bool
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewPollAnswer:
    """One option that one respondent chose."""

    poll: str
    case: str
    option: str


@dataclass(frozen=True, slots=True)
class NewTranslation:
    """A human translation of every segment whose words are equal to `original`."""

    original: str
    english: str
    language: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class NewCoding:
    """A coding made elsewhere, matched by source and text."""

    source: str  # name or end of the path of a source; "" for any
    text: str
    code: str
    coder: str
    stance: str = ""
    concern: bool = False
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the file that an analyst should know. `fatal` ones stop the import."""

    file: str
    row: int | None
    message: str
    column: str = ""
    fatal: bool = False

    def __str__(self) -> str:
        where = self.file + (f", row {self.row}" if self.row is not None else "")
        return f"{where}{f', column {self.column}' if self.column else ''}: {self.message}"


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything found in one source: what `import --dry-run` shows and `import` writes."""

    kind: str  # id of the importer
    name: str  # how the source is called in the project, such as notes/01_americas.docx
    channel: str
    sha256: str
    encoding: str = ""
    columns: dict[str, str] = field(default_factory=dict)  # our field -> the file's column, where there is a map
    unused_columns: tuple[str, ...] = ()
    event: str = ""  # key of the case that stands for the event
    cases: tuple[NewCase, ...] = ()
    segments: tuple[NewSegment, ...] = ()
    proposals: tuple[NewProposal, ...] = ()
    opinions: tuple[NewOpinion, ...] = ()
    votes: tuple[NewVote, ...] = ()
    polls: tuple[NewPoll, ...] = ()
    answers: tuple[NewPollAnswer, ...] = ()
    translations: tuple[NewTranslation, ...] = ()
    codings: tuple[NewCoding, ...] = ()
    findings: tuple[Finding, ...] = ()
    options: dict[str, str] = field(default_factory=dict)  # anything shown to the analyst: delimiter, sheet …
