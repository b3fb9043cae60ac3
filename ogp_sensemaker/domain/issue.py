"""What analysts write about an issue, and the stances that a machine suggests towards it."""

from dataclasses import dataclass

from ogp_sensemaker.domain.coding import Stance

# What can be written about an issue, in the order in which a reader needs it.
FIELDS = ("statement", "side_for", "side_against", "views", "ways")


@dataclass(frozen=True, slots=True)
class IssueText:
    """An analyst's wording of an issue. Any code can have one: a proposal, a direction, a theme, an issue."""

    code_id: int
    statement: str = ""  # what one can be for or against
    side_for: str = ""  # how those for it would put it
    side_against: str = ""
    views: str = ""  # who holds which view
    ways: str = ""  # possible ways forward
    coder: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class MachineStance:
    """Where a machine thinks that a segment stands towards a code."""

    segment_id: int
    code_id: int
    stance: Stance
    probability: float  # 0..1
    value: float  # -1..1: the probability of support less that of opposition
    words: str  # hash of the target and the text that it was made from
    version: str = ""

    @property
    def sides(self) -> tuple[float, float]:
        """The probabilities of support and of opposition; where neither was likeliest, what is left is theirs."""
        if self.stance is Stance.SUPPORT:
            return self.probability, max(0.0, self.probability - self.value)
        if self.stance is Stance.OPPOSE:
            return max(0.0, self.probability + self.value), self.probability
        left = 1.0 - self.probability
        return max(0.0, (left + self.value) / 2), max(0.0, (left - self.value) / 2)


@dataclass(frozen=True, slots=True)
class Cue:
    """What the words of a segment voice, as far as words show it."""

    segment_id: int
    concern: bool
    suggestion: bool
    words: str  # hash of the text
