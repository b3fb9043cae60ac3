"""Clusters hold still: decisions on them outlive runs, can be undone, and what changed is told."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_sensemaker.app import clustering, coding, history, ingest, lineage, regrouping
from ogp_sensemaker.app.snapshot import dataset
from ogp_sensemaker.domain.cluster import ChangeKind, Cluster
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.filter import SegmentFilter, Sort
from ogp_sensemaker.errors import NotFound, ProjectError, SensemakerError
from ogp_sensemaker.nlp import cluster as machine
from ogp_sensemaker.store import clusters, codebook, derived, journal, places, rows, segments
from ogp_sensemaker.store.project import Project
from tests.conftest import intake

TOPICS = {
    "grants": "Small grants for local groups",
    "courses": "Courses for new officials",
    "sanctions": "Sanctions against late countries",
    "data": "Access to open data",
}
DIMENSIONS = 24


def vector(text: str) -> np.ndarray:
    """Near the axis of the topic that a text begins with; texts about nothing lie alone."""
    chance = np.random.default_rng(sum(text.encode()) * 7919 + len(text))
    axis = next((n for n, start in enumerate(TOPICS.values()) if text.startswith(start)), None)
    found = chance.normal(scale=0.08 if axis is not None else 1.0, size=DIMENSIONS)
    if axis is not None:
        found[axis] += 1.0
    if "ladder" in text:  # a topic within a topic
        found[10] += 0.5
    return found / np.linalg.norm(found)


def bring(project: Project, counts: Mapping[str, int], name: str = "notes/a.txt") -> list[int]:
    """Import so many comments on each topic, with vectors; their ids."""
    texts = [
        f"{TOPICS[t]}: remark {name} {n} {'ladder' * (n % 3 == 0)}".strip() for t, k in counts.items() for n in range(k)
    ]
    known = set(segments.ids(project))
    ingest.save(project, intake(*texts, name=name, sha=name))
    ids = [id_ for id_ in segments.ids(project) if id_ not in known]
    embed(project, ids)
    return ids


def embed(project: Project, ids: list[int]) -> None:
    found = [(s.id, s.reading) for s in segments.page(project, ids)]
    with project.action("Vectors", "machine"):
        derived.save_vectors(project, found, np.array([vector(text) for _, text in found], np.float32), "made up/1")


def run(project: Project, detail: int | None = None) -> None:
    list(clustering.run(project, detail))


def by_topic(project: Project, topic: str) -> Cluster:
    """The cluster that most comments on a topic are in."""
    about = [s.id for s in segments.page(project, segments.ids(project)) if s.text.startswith(TOPICS[topic])]
    inside = [m.cluster_id for s, m in clusters.memberships(project).items() if s in about]
    return clusters.get(project, max(sorted(set(inside)), key=inside.count))


def grouping(project: Project) -> dict[int, int]:
    return {s: m.cluster_id for s, m in clusters.memberships(project).items()}


def state(project: Project) -> tuple[object, ...]:
    return grouping(project), clusters.clusters(project)


@pytest.fixture
def four(project: Project) -> Project:
    """Four clear topics in a first run."""
    bring(project, {"grants": 20, "courses": 16, "sanctions": 12, "data": 9})
    run(project)
    return project


def test_a_second_run_on_the_same_segments_is_the_same_and_says_so(four: Project) -> None:
    before = grouping(four)
    assert clustering.changes_since(four) == ()  # the first run has nothing to be compared with
    run(four)
    assert grouping(four) == before
    assert {c.kind for c in clustering.changes_since(four)} == {ChangeKind.SAME}
    assert f"since the last run: {len(set(before.values()))} same" in journal.history(four)[-1].summary


def test_the_clusters_are_the_topics(four: Project) -> None:
    assert sorted(c.size for c in clusters.clusters(four)) == [9, 12, 16, 20]
    assert [c.number for c in clusters.clusters(four)] == [1, 2, 3, 4]


OPERATIONS = {
    "rename": lambda p, a, b: regrouping.rename(p, a.id, "Money"),
    "merge": lambda p, a, b: regrouping.merge(p, [b.id], a.id),
    "split": lambda p, a, b: regrouping.split(p, a.id, 2),
    "split by": lambda p, a, b: regrouping.split_by(p, a.id, "ladder"),
    "move": lambda p, a, b: regrouping.move(p, clusters.members(p, b.id)[:2], a.id),
    "move out": lambda p, a, b: regrouping.move(p, clusters.members(p, b.id)[:2], None),
    "pin": lambda p, a, b: regrouping.pin(p, a.id),
    "dismiss": lambda p, a, b: regrouping.dismiss(p, a.id),
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_is_one_action_that_can_be_undone_and_redone(four: Project, operation: str) -> None:
    before = state(four)
    actions = len(journal.history(four))
    changes = OPERATIONS[operation](four, by_topic(four, "grants"), by_topic(four, "courses"))
    assert changes.rows
    assert changes.tables <= {"pin", "regrouping"}
    assert len(journal.history(four)) == actions + 1
    after = state(four)
    assert after != before
    history.undo(four)
    assert state(four) == before
    history.redo(four)
    assert state(four) == after


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_outlives_the_next_run(four: Project, operation: str) -> None:
    OPERATIONS[operation](four, by_topic(four, "grants"), by_topic(four, "courses"))
    groups, found = state(four)
    run(four)
    assert grouping(four) == groups
    assert [(c.id, c.name, c.dismissed, c.size, c.pinned) for c in clusters.clusters(four)] == [
        (c.id, c.name, c.dismissed, c.size, c.pinned) for c in found
    ]
    assert {c.kind for c in clustering.changes_since(four)} == {ChangeKind.SAME}
    last = journal.history(four)[-2]
    history.undo(four)  # the decision before the run, not the run
    assert journal.history(four)[-1].undoes == last.action_id


def test_names_wait_while_a_run_does_not_find_their_group(four: Project) -> None:
    for topic in TOPICS:
        regrouping.rename(four, by_topic(four, topic).id, topic.title())
    named = {c.name: c.size for c in clusters.clusters(four)}
    run_of_one(four)
    assert len(clusters.clusters(four)) == 1
    kinds = [c.kind for c in clustering.changes_since(four)]
    assert ChangeKind.MERGED in kinds or ChangeKind.VANISHED in kinds
    run(four)
    assert {c.name: c.size for c in clusters.clusters(four)} == named


def run_of_one(project: Project) -> None:
    """A run that puts everything into one group."""

    def single(found: np.ndarray, detail: int | None = None) -> machine.Grouping:
        n, middle = len(found), found.mean(axis=0, keepdims=True)
        return machine.Grouping(
            np.zeros(n, np.int64), np.ones(n, np.float32), middle, np.zeros(1, np.float32), (n,), (1.0,), 1, (1,) * 7
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine, "group", single)
        run(project)


def test_a_merged_cluster_shows_the_words_of_its_parts_and_takes_in_both_after_a_run(four: Project) -> None:
    grants, courses = by_topic(four, "grants"), by_topic(four, "courses")
    regrouping.merge(four, [courses.id], grants.id)
    merged = clusters.get(four, grants.id)
    assert merged.size == 36
    assert merged.stability is None
    assert set(merged.words) & set(grants.words)
    assert set(merged.words) & set(courses.words)
    assert clusters.get(four, courses.id) == merged  # who asks for the part is shown the whole
    later = bring(four, {"courses": 3}, "notes/b.txt")
    run(four)
    assert {grouping(four)[id_] for id_ in later} == {grants.id}


def test_merging_again_takes_earlier_parts_along(four: Project) -> None:
    grants, courses, data = (by_topic(four, t) for t in ("grants", "courses", "data"))
    regrouping.merge(four, [courses.id], grants.id)
    regrouping.merge(four, [grants.id], data.id)
    assert clusters.get(four, data.id).size == 45
    assert clusters.merges(four) == {courses.id: data.id, grants.id: data.id}
    with pytest.raises(ProjectError, match="changed since"):
        history.revert(four, journal.history(four)[-2].action_id)
    history.undo(four)
    history.undo(four)
    assert clusters.merges(four) == {}


def test_splitting_by_a_phrase_makes_a_cluster_of_that_name(four: Project) -> None:
    sanctions = by_topic(four, "sanctions")
    regrouping.split_by(four, sanctions.id, "Ladder")
    made = next(c for c in clusters.clusters(four) if c.name == "Ladder")
    assert made.size == made.pinned == 4
    assert all("ladder" in s.text for s in segments.page(four, clusters.members(four, made.id)))
    assert clusters.get(four, sanctions.id).size == 8
    assert made.words
    assert set(made.quotations) <= set(clusters.members(four, made.id))
    assert made.number not in {c.number for c in clusters.clusters(four) if c.id != made.id}


def test_splitting_in_two_parts_what_is_unlike(four: Project) -> None:
    grants = by_topic(four, "grants")
    regrouping.split(four, grants.id, 2)
    texts = {
        c.id: {"ladder" in s.text for s in segments.page(four, clusters.members(four, c.id))}
        for c in clusters.clusters(four)
    }
    assert texts[grants.id] == {False}  # the bigger part stays the cluster
    assert {True} in texts.values()
    new = bring(four, {"grants": 4}, "notes/b.txt")
    list(clustering.join_new(four))
    parts = {("ladder" in s.text): grouping(four)[s.id] for s in segments.page(four, new)}
    assert parts[False] == grants.id
    assert texts[parts[True]] == {True}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda p, c: regrouping.split(p, c, 1), "2 or more"),
        (lambda p, c: regrouping.split(p, c, 50), "too few for 50"),
        (lambda p, c: regrouping.split_by(p, c, "zeppelin"), "No segments"),
        (lambda p, c: regrouping.split_by(p, c, "remark"), "All segments"),
        (lambda p, c: regrouping.split_by(p, c, "  "), "a word or a phrase"),
        (lambda p, c: regrouping.merge(p, [c], c), "two different"),
        (lambda p, c: regrouping.move(p, [], c), "at least one"),
        (lambda p, c: regrouping.move(p, [9999], c), "no segment 9999"),
        (lambda p, c: regrouping.rename(p, 9999, "x"), "no cluster 9999"),
        (lambda p, c: regrouping.pin(p, c, [clusters.members(p, by_topic(p, "data").id)[0]]), "move it there"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(four: Project, wrong, says: str) -> None:
    before = state(four)
    with pytest.raises(SensemakerError, match=says):
        wrong(four, by_topic(four, "grants").id)
    assert state(four) == before


def test_two_clusters_do_not_get_the_same_name(four: Project) -> None:
    regrouping.rename(four, by_topic(four, "grants").id, "  Small   money ")
    assert by_topic(four, "grants").label == "Small money"
    with pytest.raises(SensemakerError, match="already"):
        regrouping.rename(four, by_topic(four, "data").id, "small money")
    regrouping.rename(four, by_topic(four, "grants").id, "")
    assert by_topic(four, "grants").name == ""
    assert four.connection.execute("SELECT count(*) FROM regrouping").fetchone() == (0,)


def test_pins_hold_when_the_rest_of_the_cluster_goes_elsewhere(four: Project) -> None:
    grants = by_topic(four, "grants")
    kept = sorted(clusters.members(four, grants.id))[:3]
    regrouping.rename(four, grants.id, "Money")
    regrouping.pin(four, grants.id, kept)
    regrouping.move(four, [sorted(clusters.members(four, grants.id))[-1]], None)
    run_of_one(four)
    run_of_one(four)
    found = clusters.get(four, grants.id)
    assert found.name == "Money"
    assert set(kept) <= set(clusters.members(four, grants.id))
    regrouping.unpin(four, kept)
    assert clusters.get(four, grants.id).pinned == 0


def test_new_segments_join_without_a_new_run(four: Project) -> None:
    before, run_before = grouping(four), clusters.last_run(four)
    new = bring(four, {"grants": 3, "data": 2}, "notes/b.txt")
    list(clustering.join_new(four))
    now = grouping(four)
    assert {s: c for s, c in now.items() if s in before} == before
    assert {now[s] for s in new[:3]} == {by_topic(four, "grants").id}
    assert {now[s] for s in new[3:]} == {by_topic(four, "data").id}
    assert clusters.last_run(four).id == run_before.id
    assert journal.history(four)[-1].summary == "New segments: 5 joined 2 clusters, 0 left over"
    actions = len(journal.history(four))
    list(clustering.join_new(four))
    assert len(journal.history(four)) == actions  # nothing is looked at twice


def test_what_is_near_nothing_is_left_over(four: Project) -> None:
    ingest.save(four, intake("Zeppelins over the lake.", name="notes/c.txt"))
    new = segments.ids(four)[-1]
    embed(four, [new])
    list(clustering.join_new(four))
    assert new not in grouping(four)
    assert [s.id for s in clustering.left_over(four)] == [new]
    assert clusters.unplaced(four) == []


def test_joining_before_the_first_run_does_nothing(project: Project) -> None:
    bring(project, {"grants": 3})
    assert list(clustering.join_new(project)) == []


def test_growth_and_new_topics_are_told(four: Project) -> None:
    bring(four, {"sanctions": 8}, "notes/b.txt")
    run(four)
    told = {c.cluster_id: c for c in clustering.changes_since(four)}
    grown = told[by_topic(four, "sanctions").id]
    assert (grown.kind, grown.before, grown.after, grown.shared) == (ChangeKind.GREW, 12, 20, 12)
    assert grown.sentence.endswith("grew from 12 to 20 segments")
    assert "1 grew" in journal.history(four)[-1].summary


def test_table_export_filter_and_coding_see_the_effective_clusters(four: Project) -> None:
    grants, courses = by_topic(four, "grants"), by_topic(four, "courses")
    regrouping.rename(four, grants.id, "Money")
    moved = clusters.members(four, courses.id)[0]
    regrouping.merge(four, [courses.id], grants.id)
    out = sorted(clusters.members(four, grants.id))[-1]
    regrouping.move(four, [out], None)
    assert rows.page(four, [moved])[0].cluster_id == grants.id
    assert rows.page(four, [moved])[0].cluster_words == ("Money",)
    assert rows.page(four, [out])[0].cluster_id is None
    wanted = set(clusters.members(four, grants.id))
    assert len(wanted) == 35
    assert set(segments.ids(four, SegmentFilter(cluster=grants.id))) == wanted
    assert set(segments.ids(four, SegmentFilter(cluster=courses.id))) == wanted
    assert segments.ids(four, SegmentFilter(unclustered=True)) == [out]
    assert set(segments.ids(four, sort=Sort.CLUSTER)[:35]) == wanted
    exported = {r.segment_id: (r.cluster, r.cluster_words) for r in dataset(four).rows}
    assert exported[moved] == (grants.number, "Money")
    assert exported[out] == (None, "")
    with four.action("Codebook", "import"):
        code = codebook.add(four, "Local", CodeKind.DIRECTION)
    coding.assign_cluster(four, grants.id, code)
    assert rows.cluster_codes(four, grants.id)[0] == [(code, 35)]
    assert "via_cluster" in journal.details(four, journal.history(four)[-1].action_id)[0].after


def test_a_moved_segment_tells_its_story(four: Project) -> None:
    moved = clusters.members(four, by_topic(four, "grants").id)[0]
    assert any("in cluster" in step.what for step in history.story(four, moved))
    regrouping.move(four, [moved], by_topic(four, "data").id)
    steps = [step.what for step in history.story(four, moved)]
    assert any(step.startswith(f"Move #{moved} to cluster 4") for step in steps)
    assert not any(step.startswith("in cluster") for step in steps)


def test_a_dismissed_cluster_comes_last(four: Project) -> None:
    first = clusters.clusters(four)[0]
    regrouping.dismiss(four, first.id)
    assert clusters.clusters(four)[-1].id == first.id
    regrouping.dismiss(four, first.id, dismissed=False)
    assert clusters.clusters(four)[0].id == first.id


def test_a_split_that_was_undone_can_be_redone_after_another_run(four: Project) -> None:
    grants = by_topic(four, "grants")
    regrouping.split_by(four, grants.id, "ladder")
    split = grouping(four)
    history.undo(four)
    run(four)
    history.redo(four)
    assert grouping(four) == split
    found = clusters.clusters(four)
    assert len(found) == 5
    with pytest.raises(NotFound):
        clusters.get(four, 9999)
    run(four)
    numbers = [c.number for c in clusters.clusters(four)]
    assert len(set(numbers)) == 5
    assert grouping(four) == split


def test_too_few_segments_are_said_to_be(project: Project) -> None:
    bring(project, {"grants": 3})
    with pytest.raises(SensemakerError, match="too few"):
        run(project)


# ---------------------------------------------------------------- which continues which


def test_a_name_goes_to_the_part_that_keeps_most() -> None:
    before = [(7, range(20)), (9, range(20, 30))]
    assert lineage.continued(before, [range(12), range(12, 20), range(20, 29)]) == [7, None, 9]
    assert lineage.continued([], [range(3)]) == [None]
    assert lineage.continued(before, [range(40, 50)]) == [None]


def test_changes_of_every_kind() -> None:
    before = {1: range(20), 2: range(20, 40), 3: range(40, 50), 4: range(50, 60), 5: range(60, 70), 6: range(70, 75)}
    after = {
        1: range(20), 2: range(20, 30), 8: range(30, 40), 3: range(40, 60), 5: [*range(60, 70), *range(90, 99)],
        9: range(100, 104),
    }  # fmt: skip
    called = {n: f"c{n}" for n in range(10)}
    found = {c.cluster_id: c for c in lineage.changes(before, after, called, called)}
    assert {n: str(c.kind) for n, c in found.items()} == {
        1: "same", 2: "split", 3: "merged", 5: "grew", 6: "vanished", 9: "new",
    }  # fmt: skip
    assert found[2].others == ("c2", "c8")
    assert found[3].others == ("c3", "c4")
    assert lineage.summary(list(found.values())) == "1 same, 1 grew, 1 split, 1 merged, 1 vanished, 1 new"
    assert all(c.sentence.startswith("“c") for c in found.values())


partitions = st.lists(st.integers(0, 5), min_size=1, max_size=60)


@given(partitions, partitions, st.randoms())
def test_the_matching_is_one_to_one_and_needs_no_order(old: list[int], new: list[int], chance) -> None:
    def groups(labels: list[int]) -> dict[int, list[int]]:
        return {g: [i for i, x in enumerate(labels) if x == g] for g in sorted(set(labels))}

    before, after = list(groups(old).items()), list(groups(new).values())
    found = lineage.continued(before, after)
    used = [id_ for id_ in found if id_ is not None]
    assert len(used) == len(set(used))
    shuffled = before[:]
    chance.shuffle(shuffled)
    assert lineage.continued(shuffled, after) == found
    same = groups(old)
    assert lineage.continued(before, list(same.values())) == list(same)
    told = lineage.changes(
        dict(before), dict(enumerate(after)), dict.fromkeys(range(60), "x"), dict.fromkeys(range(60), "x")
    )
    assert {c.cluster_id for c in told} <= set(same) | set(range(len(after)))


# ---------------------------------------------------------------- the map


def test_new_segments_get_a_place_and_nothing_moves(four: Project) -> None:
    list(clustering.place_missing(four))
    before = places.places(four)
    assert len(before) == 57
    assert all(abs(x) <= 1.2 and abs(y) <= 1.2 for x, y in before.values())
    new = bring(four, {"courses": 4}, "notes/b.txt")
    list(clustering.place_missing(four))
    now = places.places(four)
    assert {s: p for s, p in now.items() if s in before} == before
    courses = [before[s] for s in clusters.members(four, by_topic(four, "courses").id) if s in before]
    middle = np.mean(courses, axis=0)
    spread = np.linalg.norm(np.array(courses) - middle, axis=1).max()
    assert all(np.linalg.norm(np.array(now[s]) - middle) <= spread for s in new)
    actions = len(journal.history(four))
    list(clustering.place_missing(four))
    assert len(journal.history(four)) == actions


def test_the_map_is_drawn_anew_when_most_of_it_is_new(four: Project) -> None:
    list(clustering.place_missing(four))
    before = places.places(four)
    bring(four, {"courses": 70}, "notes/b.txt")
    list(clustering.place_missing(four))
    now = places.places(four)
    assert len(now) == 127
    assert any(now[s] != place for s, place in before.items())
