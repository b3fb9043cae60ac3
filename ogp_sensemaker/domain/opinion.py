"""Numbers that people gave: opinions on proposals, poll answers, votes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opinion:
    """A number from -1 (oppose) to 1 (support) that a case gave a proposal."""

    code_id: int
    case_id: int
    value: float


@dataclass(frozen=True, slots=True)
class Poll:
    """A closed question."""

    id: int
    key: str
    question: str
    multiple: bool
    options: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class PollCount:
    """How many respondents chose an option, of all who answered the question."""

    option: str
    count: int
    respondents: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 where nobody answered."""
        return self.count / self.respondents if self.respondents else 0.0


@dataclass(frozen=True, slots=True)
class Vote:
    """Agree (1), disagree (-1) or pass (0) of a case on a segment."""

    segment_id: int
    case_id: int
    value: int
