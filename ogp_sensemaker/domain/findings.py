"""The figures that a report rests on, as frozen records; `app/findings.py` computes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ogp_sensemaker.domain.opinion import Figure, Group, PollCount
from ogp_sensemaker.domain.reading import Reading

__all__ = [
    "ChannelFinding",
    "Contest",
    "DirectionFinding",
    "Figure",
    "Findings",
    "Group",
    "IssueFinding",
    "Measure",
    "NewIdea",
    "PollCount",
    "PollFinding",
    "ProposalFinding",
    "Quotation",
    "Reading",
    "Sides",
    "StatementFinding",
    "SuggestedIssue",
]


@dataclass(frozen=True, slots=True)
class Measure:
    """One part of the contested index with its interval, all in 0..1; None: too few to say."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Contest:
    """Whether people take sides on something, from evidence by case, and why."""

    n: int  # cases with a position
    too_few: bool
    index: Measure
    polarisation: Measure
    balance: Measure
    divergence: Measure
    divergence_by: str  # the attribute whose groups differ most, or ""
    supporting: int
    opposing: int
    neutral: int
    groups: tuple[Group, ...]
    suggested: str  # contested, agreed, leaning, too few to say
    why: str  # the why card, in words


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's own words, with everything a reader needs to find them again."""

    segment_id: int
    text: str  # verbatim, in the original language
    english: str  # "" where the original is English
    language: str
    translation_by: str
    who: str  # name of the case, or ""
    channel: str
    source: str
    locator: str
    stance: str = ""
    concern: bool = False
    case_id: int | None = None  # who, where it is known
    repeats: int = 0  # how many other segments hold nearly the same words; they are not quoted again
    by_machine: bool = False  # the stance (or that it is a concern or suggestion) is a machine's, not a person's
    probability: float | None = None  # of a machine's stance


@dataclass(frozen=True, slots=True)
class ProposalFinding:
    """What was said and how people stood on one proposal."""

    code_id: int
    number: str
    key: str  # the platform's own key
    title: str
    english: str  # a translation of the title, "" where it is English
    language: str
    direction_id: int | None
    submitted_by: str  # OGP (the host) or Community
    figure: Figure
    wording: str  # of the scale: "strong support", or "" where nobody gave an opinion
    too_few: bool  # fewer opinions than the project's threshold
    pro: int
    con: int
    groups: tuple[Group, ...]
    contest: Contest
    mark: str = ""  # the analyst's decision
    mark_reason: str = ""
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectionFinding:
    """One strategic direction: its proposals in order of support, and what each channel said."""

    code_id: int
    number: str
    name: str
    segments: int  # segments coded to it or below it
    segments_unique: int  # the same without duplicates
    people: int  # cases that said something about it
    suggested: int  # segments a machine suggests, and nobody has decided on
    figure: Figure  # over all opinions on its proposals, a case counted once by its mean
    wording: str
    proposals: tuple[ProposalFinding, ...]
    stances: Mapping[str, int]  # by people, each case once: support, oppose, mixed, neutral
    channels: Mapping[str, tuple[Quotation, ...]]
    channel_counts: Mapping[str, int]
    concerns: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class PollFinding:
    """A closed question with its counts, options in order of count or as offered."""

    key: str
    question: str
    source: str
    multiple: bool
    respondents: int
    counts: tuple[PollCount, ...]


@dataclass(frozen=True, slots=True)
class ChannelFinding:
    """Who took part through one channel, and what is not known about them."""

    channel: str
    sources: int
    events: int
    people: int  # cases that can be told apart
    reported: int | None  # participants as the notes give them, where they do
    segments: int
    opinions: int
    attributes: Mapping[str, tuple[tuple[str, int], ...]]  # value and number of people, biggest first
    unknown: Mapping[str, int]  # attribute -> people whose value is not known
    limits: tuple[str, ...] = ()  # sentences


@dataclass(frozen=True, slots=True)
class IssueFinding:
    """A question on which people take sides (or agree), with both sides in equal number."""

    code_id: int
    name: str
    direction_id: int | None
    contest: Contest
    mark: str
    mark_reason: str
    supporting: tuple[Quotation, ...] = ()
    opposing: tuple[Quotation, ...] = ()
    concerns: tuple[Quotation, ...] = ()
    statement: str = ""  # the analyst's wording, or ""
    side_for: str = ""
    side_against: str = ""
    views: str = ""  # who holds which view
    ways: str = ""  # possible ways forward
    origin: str = ""  # proposal, direction, issue or theme
    suggestions: tuple[Quotation, ...] = ()
    values: tuple[float, ...] = ()  # the position of each case in -1..1, ascending
    contradictions: tuple[str, ...] = ()  # sentences: groups that are each of one mind, and of opposite minds
    machine: Mapping[str, int] | None = None  # cases by the stance that a machine suggests; None unless asked
    repeated: tuple[str, ...] = ()  # sentences on words that several people sent
    only_supported_by: str = ""  # the one group that is for it while others are not: "sector: Academia"
    english: str = ""  # of a name in another language
    reading: Reading | None = None  # a machine's, where counted and nothing else is known

    @property
    def divides(self) -> float | None:
        """What issues are ordered by, 0..1: the contested index, or what a machine alone reads as against."""
        return self.reading.against if self.reading else self.contest.index.value


@dataclass(frozen=True, slots=True)
class SuggestedIssue:
    """A cluster whose segments stand on different sides: perhaps an issue."""

    cluster_id: int
    number: int
    words: tuple[str, ...]
    supporting: int  # cases
    opposing: int
    mixed: int
    examples: tuple[int, ...]  # segments of both sides in turn
    why: str
    machine: bool = False  # some of the stances are a machine's


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of an issue, as many quotations of each, nearest to the middle of their side first.

    The totals count words once, however often they were repeated, and also those that are not quoted.
    """

    code_id: int
    supporting: tuple[Quotation, ...] = ()
    opposing: tuple[Quotation, ...] = ()
    mixed: tuple[Quotation, ...] = ()
    concerns: tuple[Quotation, ...] = ()
    suggestions: tuple[Quotation, ...] = ()
    supporting_total: int = 0
    opposing_total: int = 0
    mixed_total: int = 0


@dataclass(frozen=True, slots=True)
class StatementFinding:
    """A segment on which people voted agree, pass or disagree."""

    quotation: Quotation
    figure: Figure
    groups: tuple[Group, ...]  # opinion groups as the platform tells them
    divided: float | None  # 0..1; None: fewer votes than the threshold
    divided_low: float | None = None
    divided_high: float | None = None


@dataclass(frozen=True, slots=True)
class NewIdea:
    """Segments that fit no direction, or none of the proposals put to participants, grouped."""

    words: tuple[str, ...]
    segments: int
    people: int
    channels: tuple[str, ...]
    quotations: tuple[Quotation, ...]
    segment_ids: tuple[int, ...] = ()  # all of them
    direction_id: int | None = None  # the direction that they fit; None: they fit none
    nearest: float | None = None  # mean cosine to the nearest proposal; the lower, the more distinct
    proposal_id: int | None = None  # the proposal (a code) that comes nearest
    suggests: int = 0  # how many of them suggest something, by their words


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything the report says in numbers."""

    directions: tuple[DirectionFinding, ...]
    polls: tuple[PollFinding, ...]
    channels: tuple[ChannelFinding, ...]
    issues: tuple[IssueFinding, ...]  # most contested first
    agreed: tuple[IssueFinding, ...]  # what everyone agrees on, strongest first
    new_ideas: tuple[NewIdea, ...]
    totals: Mapping[str, int] = field(default_factory=dict)  # segments, segments_unique, people, opinions, coded …
    scale: tuple[tuple[float, str], ...] = ()
    too_few: int = 5
    statements: tuple[StatementFinding, ...] = ()  # what people voted on, most dividing first
    machine: bool = False  # stances that a machine suggests are counted
