"""The findings as a job: counted step by step, so that a big project can be watched and stopped."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ogp_sensemaker.app import issues
from ogp_sensemaker.app.findings import counting
from ogp_sensemaker.app.gathered import Gathered, gather
from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.domain.findings import Findings, SuggestedIssue
from ogp_sensemaker.store.project import Project

LABEL = "Counting"


@dataclass(frozen=True, slots=True)
class Counted:
    """One counting: the findings, what they rest on, and the clusters that may be issues."""

    findings: Findings
    gathered: Gathered
    suggested: tuple[SuggestedIssue, ...]


def count(project: Project, keep: Callable[[Counted], None], *, machine: bool = False) -> Iterator[Progress]:
    """Count everything and hand it to `keep` at the end; `machine` counts the machine's stances too."""
    yield Progress(0, 1, LABEL)
    gathered = gather(project, machine=machine)
    found = yield from counting(project, gathered)
    yield Progress(1, 1, LABEL)
    keep(Counted(found, gathered, tuple(issues.suggested(project, machine=machine, found=gathered))))
