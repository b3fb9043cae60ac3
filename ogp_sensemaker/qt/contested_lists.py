"""What the lists of the contested view hold: issues by how they divide, ideas, groups that split."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from ogp_sensemaker.domain.coding import Mark
from ogp_sensemaker.domain.findings import Findings, IssueFinding, NewIdea, SuggestedIssue
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.issue_list import Line


class Which(StrEnum):
    """The lists, in the order of the tabs."""

    DIVIDED = "divided"
    AGREED = "agreed"
    ONE_GROUP = "one group"
    IDEAS = "ideas"
    SUGGESTED = "suggested"


def tr(text: str) -> str:
    """Translated in the context of issues."""
    return QCoreApplication.translate("Issues", text)


TITLES: Mapping[Which, tuple[str, str]] = {
    Which.DIVIDED: ("All issues", "Most dividing first"),
    Which.AGREED: ("Agreed", "What everybody agrees on, strongest first"),
    Which.ONE_GROUP: ("One group only", "Only one group is for these; the others are not"),
    Which.IDEAS: ("New ideas", "Comments that fit no proposal put to participants; rare but distinct ones first"),
    Which.SUGGESTED: ("Suggested", "Groups of comments whose stances split: perhaps an issue"),
}


@dataclass(frozen=True, slots=True)
class Lists:
    """Everything that the lists hold, sorted."""

    issues: Mapping[int, IssueFinding] = field(default_factory=dict)
    agreed: tuple[int, ...] = ()
    one_group: tuple[int, ...] = ()
    ideas: tuple[NewIdea, ...] = ()
    suggested: tuple[SuggestedIssue, ...] = ()
    too_few: int = 5

    def size(self, which: Which) -> int:
        """How many rows a list has."""
        sizes = {
            Which.DIVIDED: len(self.issues), Which.AGREED: len(self.agreed), Which.ONE_GROUP: len(self.one_group),
            Which.IDEAS: len(self.ideas), Which.SUGGESTED: len(self.suggested),
        }  # fmt: skip
        return sizes[which]

    def lines(self, which: Which, marks: Mapping[int, Mark]) -> list[Line]:
        """The rows of a list; an idea's key is its place in the list, a group's is its cluster."""
        if which is Which.IDEAS:
            return [_idea(place, idea) for place, idea in enumerate(self.ideas)]
        if which is Which.SUGGESTED:
            return [_group(group) for group in self.suggested]
        wanted = {Which.DIVIDED: tuple(self.issues), Which.AGREED: self.agreed, Which.ONE_GROUP: self.one_group}[which]
        return [_issue(self.issues[id_], marks) for id_ in wanted]


def lists(found: Findings, suggested: Sequence[SuggestedIssue]) -> Lists:
    """The lists made of the findings."""
    issues = {issue.code_id: issue for issue in found.issues}
    return Lists(
        issues,
        tuple(i.code_id for i in found.agreed if i.code_id in issues),
        tuple(i.code_id for i in found.issues if i.only_supported_by),
        found.new_ideas,
        tuple(suggested),
        found.too_few,
    )


def _counts(supporting: int, opposing: int, rest: int = 0) -> tuple[tuple[str, str], ...]:
    signs = theme.STANCE_SIGNS
    found = [("support", f"{signs['support']} {supporting}"), ("oppose", f"{signs['oppose']} {opposing}")]
    return (*found, ("neutral", f"{signs['neutral']} {rest}")) if rest else tuple(found)


def _issue(issue: IssueFinding, marks: Mapping[int, Mark]) -> Line:
    contest = issue.contest
    index = issue.divides
    mark = marks[issue.code_id].state if issue.code_id in marks else ""
    said = [issue.name, contest.suggested, contest.why, tr("your mark: {0}").format(mark) if mark else ""]
    return Line(
        issue.code_id, issue.english or issue.name, index if index is not None else 0.0,
        f"{index:.2f}" if index is not None else tr("few"),
        _counts(contest.supporting, contest.opposing, contest.neutral), mark, "\n".join(s for s in said if s),
    )  # fmt: skip


def _idea(place: int, idea: NewIdea) -> Line:
    name = ", ".join(idea.words) or (idea.quotations[0].english or idea.quotations[0].text if idea.quotations else "")
    counted = " · ".join(counts_of(idea))
    return Line(place, name, None, counted, (), "", f"{name}\n{', '.join(idea.channels)}")


def counts_of(idea: NewIdea) -> tuple[str, str, str]:
    """How many comments, how many people, and the channel or how many, in words."""
    people = tr("1 person") if idea.people == 1 else tr("{0} people").format(f"{idea.people:,}")
    comments = tr("1 comment") if idea.segments == 1 else tr("{0} comments").format(f"{idea.segments:,}")
    several = tr("{0} channels").format(len(idea.channels))
    return comments, people, idea.channels[0] if len(idea.channels) == 1 else several


def _group(group: SuggestedIssue) -> Line:
    name = f"{group.number} · {', '.join(group.words)}"
    return Line(
        group.cluster_id, name, None, "", _counts(group.supporting, group.opposing, group.mixed), "",
        f"{name}\n{group.why}",
    )  # fmt: skip
