"""What the lists of clusters say, counted against the slow way of counting it."""

import pytest

from ogp_sensemaker.app import coding, groups_shown, map_shown, regrouping
from ogp_sensemaker.app.groups_shown import Order
from ogp_sensemaker.app.map_shown import By
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.store import clusters, codebook, derived, groups, places, segments
from ogp_sensemaker.store.project import Project
from tests.app.test_clustering import bring, by_topic, run


@pytest.fixture
def four(project: Project) -> Project:
    """Four topics in clusters, two codes, some suggestions: the last two comments fit nothing."""
    ids = bring(project, {"grants": 20, "courses": 16, "sanctions": 12, "data": 9})
    run(project)
    with project.action("Codebook", "import"):
        for name in ("Money", "Learning"):
            codebook.add(project, name, CodeKind.DIRECTION)
    with project.action("Suggestions", "machine"):
        coder = project.coder_named("test/1", machine=True)
        found = [(n, 1 + (n % 3 == 0), 0.3 + n / 100) for n in ids[:-9]]
        derived.save_suggestions(project, found, coder)
    return project


def slow_places(project: Project) -> dict[int, int]:
    return {segment: m.cluster_id for segment, m in clusters.memberships(project).items()}


def test_the_fast_way_finds_the_same_places_after_every_operation(four: Project) -> None:
    grants, courses = by_topic(four, "grants"), by_topic(four, "courses")
    members = clusters.members(four, courses.id)
    for operation in (
        lambda: regrouping.move(four, members[:3], grants.id),
        lambda: regrouping.move(four, members[3:5], None),
        lambda: regrouping.pin(four, grants.id),
        lambda: regrouping.split(four, grants.id, 2),
        lambda: regrouping.merge(four, [courses.id], grants.id),
        lambda: regrouping.unpin(four, members[:1]),
        lambda: run(four),
    ):
        operation()
        assert groups.placed(four) == slow_places(four)
        nowhere = segments.ids(four, SegmentFilter(unclustered=True))
        assert nowhere == [id_ for id_ in segments.ids(four) if id_ not in slow_places(four)]
        assert list(groups_shown.overview(four).nowhere) == nowhere
        assert segments.count(four, SegmentFilter(unclustered=False)) == len(slow_places(four))
        for cluster in clusters.clusters(four):
            assert cluster.size == len(clusters.members(four, cluster.id))
            pinned = [m for m in clusters.memberships(four).values() if m.cluster_id == cluster.id and m.pinned]
            assert cluster.pinned == len(pinned)


def test_what_a_changed_file_no_longer_holds_is_in_no_cluster(four: Project) -> None:
    with four.action("Gone", "import"):
        four.connection.execute("UPDATE segment SET superseded = 'now' WHERE id IN (1, 2)")
    assert groups.placed(four) == slow_places(four)
    assert by_topic(four, "grants").size == 18


def test_lines_in_every_order(four: Project) -> None:
    grants, data = by_topic(four, "grants"), by_topic(four, "data")
    coding.assign_cluster(four, grants.id, 1)
    regrouping.dismiss(four, by_topic(four, "courses").id)
    sizes = [g.cluster.size for g in groups_shown.overview(four).groups]
    assert sizes == [20, 12, 9, 16]  # what was dismissed comes last
    uncoded = [g.uncoded for g in groups_shown.overview(four, Order.UNCODED).groups]
    assert uncoded == [12, 9, 0, 16]
    sure = [g.cluster.stability for g in groups_shown.overview(four, Order.STABILITY).groups][:-1]
    assert sure == sorted(sure, key=lambda s: -(s or 0))
    lines = {g.cluster.id: g for g in groups_shown.overview(four).groups}
    assert lines[data.id].suggested == ()
    assert sum(n for _, n in lines[grants.id].suggested) == 20


def test_a_rejected_suggestion_counts_no_more(four: Project) -> None:
    grants = by_topic(four, "grants")
    code, n = groups_shown.overview(four).groups[0].suggested[0]
    segment = next(s for s, row in derived.suggestions(four).items() if row[0][0] == code)
    assert segment in clusters.members(four, grants.id)
    coding.reject_suggestions(four, [(segment, code)])
    assert groups_shown.overview(four).groups[0].suggested[0] == (code, n - 1)


def test_what_is_inside(four: Project) -> None:
    grants = by_topic(four, "grants")
    members = clusters.members(four, grants.id)
    coding.code_segments(four, members[:3], 1, stance=Stance.SUPPORT)
    coding.code_segments(four, members[:1], 2, stance=Stance.OPPOSE)
    coding.code_segments(four, members[2:3], 2, stance=Stance.SUPPORT)
    found = groups_shown.inside(four, grants.id)
    assert found.members == tuple(members)
    assert found.codes == ((1, 3), (2, 2))
    assert found.stances == {"support": 3, "oppose": 1}  # each segment once for a stance
    assert sum(n for _, n in found.channels) == len(members)


def test_candidates_for_new_ideas(four: Project) -> None:
    data = by_topic(four, "data")
    found = groups_shown.overview(four).candidates
    assert [(c.cluster.id, len(c.segments)) for c in found if c.cluster] == [(data.id, 9)]
    coding.code_segments(four, clusters.members(four, data.id)[:5], 1)
    assert [c for c in groups_shown.overview(four).candidates if c.cluster] == []  # 4 of 9 are not most of it
    regrouping.move(four, clusters.members(four, data.id)[5:], None)
    (alone,) = groups_shown.overview(four).candidates
    assert alone.cluster is None
    assert len(alone.segments) == 4


def test_no_candidates_before_anything_was_suggested(project: Project) -> None:
    bring(project, {"grants": 20})
    assert groups_shown.overview(project).candidates == ()


@pytest.mark.parametrize(
    ("stability", "starts"), [(0.9, "holds together well: 90 %"), (0.2, "loose: 20 %"), (None, "")]
)
def test_stability_in_words(stability: float | None, starts: str) -> None:
    assert groups_shown.holding(stability).startswith(starts)


def test_the_map_has_every_place_and_what_each_point_is(four: Project) -> None:
    with four.action("Map", "machine"):
        places.save(four, [(n, n / 60, 0.5) for n in range(1, 55)], "made up/1")
    shown = map_shown.points(four)
    assert shown.ids.tolist() == list(range(1, 55))
    assert shown.missing == 3
    found = map_shown.shades(four, shown.ids, By.CLUSTER)
    own = slow_places(four)
    assert [found.keys[n] if n >= 0 else None for n in found.labels] == [own.get(n) for n in range(1, 55)]
    assert sum(found.counts) == int((found.labels >= 0).sum())
    middle = map_shown.middles(shown, found, 1)[0]
    assert middle[0] == found.keys[0]
    assert middle[2] == 0.5
    coding.code_segments(four, [1], 2, stance=Stance.OPPOSE)
    stances = map_shown.shades(four, shown.ids, By.STANCE)
    assert (stances.keys, stances.counts, stances.labels[0]) == (("oppose",), (1,), 0)
    directions = map_shown.shades(four, shown.ids, By.DIRECTION)
    assert directions.keys[directions.labels[0]] == 2  # coded, whatever is suggested
    assert directions.labels[-1] == -1
    for by in (By.LANGUAGE, By.CHANNEL):
        assert len(map_shown.shades(four, shown.ids, by).labels) == 54


def test_an_empty_map(project: Project) -> None:
    shown = map_shown.points(project)
    assert shown.ids.tolist() == []
    assert map_shown.shades(project, shown.ids, By.CLUSTER).keys == ()
