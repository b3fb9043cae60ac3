"""Statements that people voted on: how many agree, who votes alike, and how far these groups lie apart."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ogp_sensemaker.app.gathered import OPINION_GROUP, Gathered
from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.domain.contest import polarisation_of
from ogp_sensemaker.domain.findings import Measure, StatementFinding
from ogp_sensemaker.domain.opinion import TOO_FEW, Group, by_group, figure
from ogp_sensemaker.store import opinions, segments
from ogp_sensemaker.store.project import Project

if TYPE_CHECKING:
    import numpy as np

DRAWS = 400


def find_opinion_groups(project: Project) -> Iterator[Progress]:
    """Who votes alike, found anew when votes have come or changed; used where the platform tells no groups."""
    mark = opinions.votes_mark(project)
    if mark == project.meta("opinion_groups_of", ""):
        return
    from ogp_sensemaker.nlp import groups

    yield Progress(0, 1, "Looking for opinion groups")
    cast = opinions.votes(project)
    statements_ = {s.id for s in segments.page(project, sorted({v.segment_id for v in cast})) if s.about is None}
    found = groups.opinion_groups([v for v in cast if v.segment_id in statements_])
    with project.writing():
        opinions.save_opinion_groups(project, found.group_of, found.place, mark)
    yield Progress(1, 1, "Looking for opinion groups")


def statements(project: Project, found: Gathered) -> tuple[StatementFinding, ...]:
    """Every segment with votes, those on which opinion groups (or all voters) divide most first.

    `divided` lies in 0..1: half the greatest difference between the means of two groups of five voters or more;
    where there are no groups, the variance of the votes. None for fewer than five votes. The groups are those that
    the export tells, or else those found from the votes.
    """
    by_segment: dict[int, dict[int, float]] = {}
    for vote in opinions.votes(project):
        by_segment.setdefault(vote.segment_id, {})[vote.case_id] = float(vote.value)
    told = {c.id: c.attributes[OPINION_GROUP] for c in found.cases.values() if c.attributes.get(OPINION_GROUP)}
    attribute, group_of = (OPINION_GROUP, told) if told else ("opinion group", found.opinion_groups)
    made = []
    for segment_id, values in by_segment.items():
        segment = found.segments.get(segment_id)
        # Who includes somebody's reason on Consider.it agrees with it; nobody can disagree, so that is no vote.
        if segment is not None and segment.about is None:
            groups = by_group(values, attribute, group_of)
            divided = _divided(values, groups, group_of, segment_id)
            made.append(
                StatementFinding(
                    found.quotation(segment), figure(values.values()), groups, divided.value, divided.low, divided.high
                )
            )
    return tuple(sorted(made, key=lambda s: (-(s.divided if s.divided is not None else -1), s.quotation.segment_id)))


def _divided(values: Mapping[int, float], groups: tuple[Group, ...], group_of: Mapping[int, str], seed: int) -> Measure:
    """How far the groups divide, with a bootstrap interval (voters drawn anew within each group)."""
    if len(values) < TOO_FEW:
        return Measure(None)
    import numpy as np

    big = [g.value for g in groups if g.figure.n >= TOO_FEW]
    generator = np.random.default_rng(seed)
    if len(big) < 2:
        x = list(values.values())
        means, squares = _drawn_means(x, generator)
        return _measure(polarisation_of(x), np.minimum(1.0, squares - means * means))
    by_name = {name: [v for case, v in values.items() if group_of.get(case) == name] for name in big}
    own = [sum(x) / len(x) for x in by_name.values()]
    drawn = np.array([_drawn_means(x, generator)[0] for x in by_name.values()])
    return _measure((max(own) - min(own)) / 2, (drawn.max(axis=0) - drawn.min(axis=0)) / 2)


def _drawn_means(x: list[float], generator: "np.random.Generator") -> "tuple[np.ndarray, np.ndarray]":
    """The mean and the mean square of as many votes drawn with replacement, DRAWS times."""
    import numpy as np

    shares = np.array([sum(v > 0 for v in x), sum(v == 0 for v in x), sum(v < 0 for v in x)]) / len(x)
    counts = generator.multinomial(len(x), shares, size=DRAWS) / len(x)
    return counts[:, 0] - counts[:, 2], counts[:, 0] + counts[:, 2]


def _measure(value: float, draws: "np.ndarray") -> Measure:
    import numpy as np

    low, high = (float(v) for v in np.quantile(draws, (0.025, 0.975)))
    return Measure(value, round(min(low, value), 6), round(max(high, value), 6))
