"""What people do to clusters: rename, merge, split, move, pin, dismiss. Each outlives later runs and can be undone."""

from collections.abc import Sequence

from ogp_sensemaker.app import clustering
from ogp_sensemaker.domain.cluster import Cluster
from ogp_sensemaker.domain.folding import same_words
from ogp_sensemaker.errors import NotFound, SensemakerError
from ogp_sensemaker.store import clusters, derived, segments
from ogp_sensemaker.store.clusters import NewCluster
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project


def rename(project: Project, cluster_id: int, name: str) -> Changes:
    """Call a cluster something; an empty name shows its telling words again. Raises SensemakerError if it is taken."""
    cluster = clusters.get(project, cluster_id)
    name = " ".join(name.split())
    for other in clusters.clusters(project):
        if name and other.id != cluster.id and other.name.casefold() == name.casefold():
            raise SensemakerError(
                f"Cluster {other.number} is called “{other.name}” already; choose another name, or merge the two."
            )
    done = f"Rename cluster {cluster.number} to “{name}”" if name else f"Take the name off cluster {cluster.number}"
    with project.action(done) as action:
        clusters.decide(project, cluster.id, name=name)
    return action.changes


def merge(project: Project, cluster_ids: Sequence[int], into_id: int) -> Changes:
    """Make clusters part of another, which keeps its name. Raises SensemakerError when there is nothing to merge."""
    into = clusters.get(project, into_id)
    parts = {c.id: c for c in (clusters.get(project, id_) for id_ in cluster_ids) if c.id != into.id}
    if not parts:
        raise SensemakerError("Choose at least two different clusters to merge.")
    numbers = ", ".join(str(c.number) for c in parts.values())
    merged = clusters.merges(project)
    with project.action(f"Merge cluster{'s' * (len(parts) > 1)} {numbers} into {_name(into)}") as action:
        for id_ in parts:
            clusters.decide(project, id_, into_lineage=into.id)
        for id_, earlier in merged.items():
            if earlier in parts:
                clusters.decide(project, id_, into_lineage=into.id)
    return action.changes


def split(project: Project, cluster_id: int, parts: int) -> Changes:
    """Divide a cluster into so many parts by what its members say; the biggest part stays the cluster.

    The others become clusters of their own, whose members stay there in later runs. Raises SensemakerError where
    it cannot be divided.
    """
    cluster = clusters.get(project, cluster_id)
    if parts < 2:
        raise SensemakerError("Give the number of parts, 2 or more.")
    from ogp_sensemaker.nlp import parting

    ids, vectors = derived.vectors(project, sorted(clusters.members(project, cluster.id)))
    labels = parting.split(vectors, parts).tolist()
    found: list[list[int]] = [[] for _ in range(max(labels, default=0) + 1)]
    for id_, label in zip(ids, labels, strict=True):
        found[label].append(id_)
    if len(found) < parts:
        raise SensemakerError(
            f"{_name(cluster, True)} has only {len(found)} different segments, too few for {parts} parts."
        )
    return _divide(project, cluster, found[0], found[1:], f"Split {_name(cluster)} into {parts} parts")


def split_by(project: Project, cluster_id: int, phrase: str) -> Changes:
    """Make the members that hold a phrase, in the original or the English, a cluster of that name."""
    cluster = clusters.get(project, cluster_id)
    wanted = same_words(phrase)
    if not wanted:
        raise SensemakerError("Give a word or a phrase to split by.")
    members = segments.page(project, sorted(clusters.members(project, cluster.id)))
    with_it = [s.id for s in members if wanted in same_words(s.text) or wanted in same_words(s.reading)]
    if not with_it or len(with_it) == len(members):
        which = "All" if with_it else "No"
        raise SensemakerError(
            f"{which} segments of {_name(cluster)} hold “{phrase}”, so it cannot be split by that; try another phrase."
        )
    rest = sorted({s.id for s in members} - set(with_it))
    done = f"Split {_name(cluster)} by “{phrase}”: {len(with_it):,} of {len(members):,} segments"
    return _divide(project, cluster, rest, [with_it], done, phrase)


def _divide(
    project: Project, cluster: Cluster, rest: list[int], parts: list[list[int]], done: str, name: str = ""
) -> Changes:
    described = clustering.describe(project, [rest, *parts])[1:]
    taken = {c.name.casefold() for c in clusters.clusters(project)}
    with project.action(done) as action:
        for members, (words, quotations, centre, reach) in zip(parts, described, strict=True):
            made = clusters.add(project, NewCluster(words, quotations, None, (), None, centre, reach))
            clusters.put(project, members, made)
            if name and name.casefold() not in taken:
                clusters.decide(project, made, name=name)
    return action.changes


def move(project: Project, wanted: Sequence[int], cluster_id: int | None) -> Changes:
    """Put segments into a cluster, or (None) into none; later runs leave them there. Raises NotFound."""
    _check(project, wanted)
    cluster = None if cluster_id is None else clusters.get(project, cluster_id)
    where = "out of their cluster" if cluster is None else f"to {_name(cluster)}"
    with project.action(f"Move {_many(wanted)} {where}") as action:
        clusters.put(project, wanted, None if cluster is None else cluster.id)
    return action.changes


def pin(project: Project, cluster_id: int, wanted: Sequence[int] | None = None) -> Changes:
    """Keep these members of a cluster (all of them unless given) in it, whatever later runs find."""
    cluster = clusters.get(project, cluster_id)
    members = sorted(clusters.members(project, cluster.id))
    if wanted is not None and (strangers := sorted(set(wanted) - set(members))):
        raise SensemakerError(f"#{strangers[0]} is not in {_name(cluster)}; move it there instead.")
    chosen = members if wanted is None else sorted(set(wanted))
    _check(project, chosen)
    there = {s for s, place in clusters.pins(project).items() if place is not None}
    with project.action(f"Pin {_many(chosen)} to {_name(cluster)}") as action:
        clusters.put(project, [s for s in chosen if s not in there], cluster.id)
    return action.changes


def unpin(project: Project, wanted: Sequence[int]) -> Changes:
    """Let segments go where the machine puts them."""
    _check(project, wanted)
    with project.action(f"Unpin {_many(wanted)}") as action:
        clusters.let_go(project, wanted)
    return action.changes


def dismiss(project: Project, cluster_id: int, dismissed: bool = True) -> Changes:
    """Say that a cluster is of no interest (or is, after all): it comes last and is offered for nothing."""
    cluster = clusters.get(project, cluster_id)
    with project.action(f"{'Dismiss' if dismissed else 'Take back'} {_name(cluster)}") as action:
        clusters.decide(project, cluster.id, dismissed=int(dismissed))
    return action.changes


def _check(project: Project, wanted: Sequence[int]) -> None:
    if not wanted:
        raise SensemakerError("Choose at least one segment.")
    missing = set(wanted) - {s.id for s in segments.page(project, wanted)}
    if missing:
        raise NotFound(f"There is no segment {min(missing)}; see the first column of an export for the numbers.")


def _name(cluster: Cluster, first: bool = False) -> str:
    word = "Cluster" if first else "cluster"
    return f"{word} {cluster.number} “{cluster.label}”" if cluster.label else f"{word} {cluster.number}"


def _many(wanted: Sequence[int]) -> str:
    return f"#{wanted[0]}" if len(wanted) == 1 else f"{len(wanted):,} segments"
