"""Grouping what people said: a new run, what came later, what changed, and the map."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ogp_sensemaker.app import lineage
from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.domain.cluster import RunChange
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.domain.source import Segment
from ogp_sensemaker.domain.speech import without_speaker
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.store import clusters, derived, places, segments
from ogp_sensemaker.store.clusters import NewCluster
from ogp_sensemaker.store.project import Project

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MINIMUM = 5
BATCH = 5000  # segments that join at a time


def run(project: Project, detail: int | None = None) -> Iterator[Progress]:
    """Group all segments that are somebody's words; the same result for the same segments, every time.

    What people decided about clusters holds for those that continue them, and pins hold in any case. `detail` is
    1 (few broad groups) to 7 (many narrow ones); None lets the data choose. Raises SensemakerError when there are
    too few vectors to group.
    """
    voices = {s.id: s for s in segments.page(project, segments.ids(project, SegmentFilter(voice=True)))}
    ids, vectors = derived.vectors(project, list(voices))
    if len(ids) < MINIMUM:
        raise SensemakerError(
            f"There are {len(ids)} segments with vectors, too few to group; import more, or run “process” first."
        )
    from ogp_sensemaker.nlp import cluster

    yield Progress(0, 3, "Grouping")
    found = cluster.group(vectors, detail)
    yield Progress(1, 3, "Finding telling words")
    members: list[list[tuple[int, float]]] = [[] for _ in range(found.groups)]
    left = []
    for id_, label, strength in zip(ids, found.labels.tolist(), found.strengths.tolist(), strict=True):
        if label < 0:
            left.append(id_)
        else:
            members[label].append((id_, round(strength, 4)))
    continues = lineage.continued(clusters.lineages(project), [[s for s, _ in own] for own in members])
    kept = _kept(project, continues)
    groups = _as_put(project, [[s for s, _ in own] for own in members], continues, kept)
    texts = [without_speaker(voices[id_].reading) for id_ in ids]
    described = _described(groups, ids, vectors, texts, project.languages)
    yield Progress(2, 3, "Comparing with the last run")
    made = [
        NewCluster(
            words, quotations, found.stability[n] if found.stability else None, tuple(members[n]), continues[n],
            found.centres[n].astype("float16").tobytes(), float(found.reach[n]),
        )
        for n, (words, quotations, _, _) in enumerate(described[: len(members)])
    ]  # fmt: skip
    made += [
        NewCluster(words, quotations, None, (), id_, centre, reach)
        for id_, (words, quotations, centre, reach) in zip(kept, described[len(members) :], strict=True)
    ]
    parameters: dict[str, object] = {"detail": found.detail, "segments": len(ids), "left over": len(left)}
    _save(project, cluster.VERSION, parameters, made, left)
    yield Progress(3, 3, "Grouping")


def _kept(project: Project, continues: Sequence[int | None]) -> list[int]:
    """The clusters that stay without being found again: people put segments there, or merged others into them."""
    found = {id_ for id_ in continues if id_ is not None}
    merged = {into for part, into in clusters.merges(project).items() if part in found}
    pinned = {place for place in clusters.pins(project).values() if place is not None}
    return sorted((pinned | merged) - found)


def _as_put(
    project: Project, members: Sequence[list[int]], continues: Sequence[int | None], kept: Sequence[int]
) -> list[list[int]]:
    """The members of the groups that were found and of those kept, with every segment where people put it."""
    put = clusters.pins(project)
    groups = [[s for s in own if s not in put] for own in members] + [[] for _ in kept]
    number = {id_: n for n, id_ in enumerate([*continues, *kept]) if id_ is not None}
    for segment_id, place in put.items():
        if place is not None:
            groups[number[place]].append(segment_id)
    return groups


Description = tuple[tuple[str, ...], tuple[int, ...], bytes | None, float]


def _described(
    groups: Sequence[Sequence[int]], ids: Sequence[int], vectors: "NDArray[np.float32]", texts: Sequence[str],
    languages: Sequence[str],
) -> list[Description]:  # fmt: skip
    """Telling words, quotations, centre and reach of groups of segments; `ids`, `vectors` and `texts` go together."""
    from ogp_sensemaker.nlp import keywords, parting

    row = {id_: place for place, id_ in enumerate(ids)}
    rows = [[row[s] for s in own if s in row] for own in groups]
    words = keywords.describe([[texts[r] for r in own] for own in rows], languages)
    centres, reach = parting.middles(vectors, rows)
    return [
        (
            words[n], tuple(ids[r] for r in keywords.quotations(vectors, own, texts)),
            centres[n].astype("float16").tobytes() if own else None, float(reach[n]),
        )
        for n, own in enumerate(rows)
    ]  # fmt: skip


def describe(project: Project, groups: Sequence[Sequence[int]]) -> list[Description]:
    """Telling words (of each against the others), quotations, centre (float16) and reach of groups of segments."""
    ids, vectors = derived.vectors(project, [s for own in groups for s in own])
    known = {s.id: without_speaker(s.reading) for s in segments.page(project, ids)}
    return _described(groups, ids, vectors, [known[id_] for id_ in ids], project.languages)


def _save(
    project: Project, version: str, parameters: dict[str, object], made: Sequence[NewCluster], left: Sequence[int]
) -> None:
    groups = sum(1 for c in made if c.members)
    segments_in = sum(len(c.members) for c in made)
    summary = f"Clusters: {groups} groups of {segments_in:,} segments, {len(left)} left over"
    first = clusters.last_run(project) is None
    with project.action(summary, "machine") as action:
        before, labels = _standing(project)
        run_id = clusters.save_run(project, version, parameters, made)
        clusters.join(project, (), left)
        after, labels_now = _standing(project)
        changes = () if first else lineage.changes(before, after, labels, labels_now)
        clusters.save_changes(project, run_id, changes)
        if changes:
            action.summary = f"{summary}; since the last run: {lineage.summary(changes)}"


def _standing(project: Project) -> tuple[Mapping[int, list[int]], dict[int, str]]:
    """The members of each cluster as it stands, and what it is called."""
    members: dict[int, list[int]] = {}
    for segment_id, membership in clusters.memberships(project).items():
        members.setdefault(membership.cluster_id, []).append(segment_id)
    return members, {c.id: c.label or f"cluster {c.number}" for c in clusters.clusters(project)}


def changes_since(project: Project) -> tuple[RunChange, ...]:
    """What the last run changed against the one before, the biggest cluster first; empty for the first run."""
    return clusters.changes(project)


def join_new(project: Project) -> Iterator[Progress]:
    """Put segments that came after the last run into the cluster whose middle is nearest, if it is within reach.

    The clusters themselves, their middles and their words stay as they are until the next run, so it does not
    matter in which order or how many at a time segments come.
    """
    todo = clusters.unplaced(project)
    if not todo:
        return
    import numpy as np

    from ogp_sensemaker.nlp import cluster

    known = clusters.centres(project)
    ids, vectors = derived.vectors(project, todo)
    centres = np.array([np.frombuffer(blob, np.float16) for _, blob, _ in known], np.float32)
    if known and centres.shape[1] != vectors.shape[1]:  # vectors of another model: only a new run can compare them
        return
    reach = np.array([least for _, _, least in known], np.float32)
    joined: list[tuple[int, int, float]] = []
    left: list[int] = []
    for start in range(0, len(ids), BATCH):
        yield Progress(start, len(ids), "Joining clusters")
        labels, strengths = cluster.join(vectors[start : start + BATCH], centres, reach)
        for id_, label, strength in zip(ids[start : start + BATCH], labels.tolist(), strengths.tolist(), strict=True):
            if label < 0:
                left.append(id_)
            else:
                joined.append((known[label][0], id_, round(strength, 4)))
    count = len({row for row, _, _ in joined})
    with project.action(
        f"New segments: {len(joined):,} joined {count} cluster{'s' * (count != 1)}, {len(left)} left over", "machine"
    ):
        clusters.join(project, joined, left)
    yield Progress(len(ids), len(ids), "Joining clusters")


def place_missing(project: Project) -> Iterator[Progress]:
    """Put every segment with a vector on the map. New ones go beside their neighbours and nothing else moves;
    the whole map is made anew only when at least as many are new as are on it.
    """
    from ogp_sensemaker.nlp import layout

    todo = places.missing(project, layout.VERSION)
    if not todo:
        return
    yield Progress(0, len(todo), "Drawing the map")
    ids, vectors = derived.vectors(project)
    known = places.current(project, layout.VERSION)
    if len(todo) >= len(known):
        todo, found = ids, layout.layout(vectors)
    else:
        import numpy as np

        row = {id_: place for place, id_ in enumerate(ids)}
        on_map = np.array([(x, y) for _, x, y in known], np.float32)
        found = layout.place(vectors[[row[s] for s in todo]], vectors[[row[s] for s, _, _ in known]], on_map)
    with project.action(f"Map: {len(todo):,} segments placed ({layout.VERSION})", "machine"):
        spots = zip(todo, found[:, 0].tolist(), found[:, 1].tolist(), strict=True)
        places.save(project, spots, layout.VERSION)
    yield Progress(len(todo), len(todo), "Drawing the map")


def left_over(project: Project) -> list[Segment]:
    """What is in no group: the worklist."""
    return segments.page(project, segments.ids(project, SegmentFilter(voice=True, unclustered=True)))
