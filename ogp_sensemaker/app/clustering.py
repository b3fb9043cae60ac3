"""A new run of grouping over what people said."""

from collections.abc import Iterator

from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.domain.source import Segment
from ogp_sensemaker.domain.speech import without_speaker
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.store import clusters, derived, segments
from ogp_sensemaker.store.clusters import NewCluster
from ogp_sensemaker.store.project import Project

MINIMUM = 5


def run(project: Project, detail: int | None = None) -> Iterator[Progress]:
    """Group all segments that are somebody's words; the same result for the same segments, every time.

    `detail` is 1 (few broad groups) to 7 (many narrow ones); None lets the data choose. Raises SensemakerError
    when there are too few vectors to group.
    """
    voices = {s.id: s for s in segments.page(project, segments.ids(project, SegmentFilter(voice=True)))}
    ids, vectors = derived.vectors(project, list(voices))
    if len(ids) < MINIMUM:
        raise SensemakerError(
            f"There are {len(ids)} segments with vectors, too few to group; import more, or run “process” first."
        )
    from ogp_sensemaker.nlp import cluster, keywords

    yield Progress(0, 3, "Grouping")
    found = cluster.group(vectors, detail)
    yield Progress(1, 3, "Finding telling words")
    members: list[list[int]] = [[] for _ in range(found.groups)]
    for row, label in enumerate(found.labels.tolist()):
        if label >= 0:
            members[label].append(row)
    texts = [without_speaker(voices[i].reading) for i in ids]
    words = keywords.describe([[texts[row] for row in rows] for rows in members], project.languages)
    yield Progress(2, 3, "Choosing quotations")
    made = [
        NewCluster(
            words[number],
            tuple(ids[row] for row in keywords.quotations(vectors, rows, texts)),
            found.stability[number] if found.stability else None,
            tuple((ids[row], round(float(found.strengths[row]), 4)) for row in rows),
        )
        for number, rows in enumerate(members)
    ]
    left = sum(label < 0 for label in found.labels.tolist())
    parameters: dict[str, object] = {"detail": found.detail, "segments": len(ids), "left over": left}
    with project.action(f"Clusters: {len(made)} groups of {len(ids) - left:,} segments, {left} left over", "machine"):
        clusters.save_run(project, cluster.VERSION, parameters, made)
    yield Progress(3, 3, "Grouping")


def left_over(project: Project) -> list[Segment]:
    """What the last run put in no group: the worklist."""
    return segments.page(project, segments.ids(project, SegmentFilter(voice=True, unclustered=True)))
