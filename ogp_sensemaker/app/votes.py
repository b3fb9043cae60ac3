"""Statements that people voted on: how many agree, and how far opinion groups lie apart."""

from ogp_sensemaker.app.gathered import Gathered
from ogp_sensemaker.domain.contest import polarisation_of
from ogp_sensemaker.domain.findings import StatementFinding
from ogp_sensemaker.domain.opinion import TOO_FEW, Group, by_group, figure
from ogp_sensemaker.store import opinions
from ogp_sensemaker.store.project import Project

OPINION_GROUP = "polis group"  # the attribute in which Polis's export says to which group a participant belongs


def statements(project: Project, found: Gathered) -> tuple[StatementFinding, ...]:
    """Every segment with votes, those on which opinion groups (or all voters) divide most first.

    `divided` lies in 0..1: half the greatest difference between the means of two groups of five voters or more;
    where the export tells no groups, the variance of the votes. None for fewer than five votes.
    """
    by_segment: dict[int, dict[int, float]] = {}
    for vote in opinions.votes(project):
        by_segment.setdefault(vote.segment_id, {})[vote.case_id] = float(vote.value)
    group_of = {c.id: c.attributes.get(OPINION_GROUP, "") for c in found.cases.values()}
    made = []
    for segment_id, values in by_segment.items():
        segment = found.segments.get(segment_id)
        # Who includes somebody's reason on Consider.it agrees with it; nobody can disagree, so that is no vote.
        if segment is not None and segment.about is None:
            groups = by_group(values, OPINION_GROUP, group_of)
            made.append(
                StatementFinding(found.quotation(segment), figure(values.values()), groups, _divided(values, groups))
            )
    return tuple(sorted(made, key=lambda s: (-(s.divided if s.divided is not None else -1), s.quotation.segment_id)))


def _divided(values: dict[int, float], groups: tuple[Group, ...]) -> float | None:
    if len(values) < TOO_FEW:
        return None
    means = [g.figure.mean for g in groups if g.figure.n >= TOO_FEW and g.figure.mean is not None]
    return (max(means) - min(means)) / 2 if len(means) > 1 else polarisation_of(list(values.values()))
