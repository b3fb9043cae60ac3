"""Runs, clusters and memberships, in and out."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ogp_sensemaker.domain.cluster import Cluster, Membership, Run
from ogp_sensemaker.errors import NotFound
from ogp_sensemaker.store.project import Project

_CLUSTER = "SELECT id, run_id, number, words, size, stability, quotations FROM cluster "


@dataclass(frozen=True, slots=True)
class NewCluster:
    """A group as the machine proposed it; `members` are (segment, strength)."""

    words: tuple[str, ...]
    quotations: tuple[int, ...]
    stability: float | None
    members: tuple[tuple[int, float], ...]


def save_run(project: Project, version: str, parameters: dict[str, object], found: Sequence[NewCluster]) -> int:
    """Write a run with its clusters, numbered as they come; its id. Earlier runs are kept without memberships."""
    connection = project.connection
    # What nobody can see any more is not kept: the codings of people do not rest on it.
    connection.execute("DELETE FROM membership")
    cursor = connection.execute(
        "INSERT INTO run (made, version, parameters) VALUES (?, ?, ?)",
        (project.now(), version, json.dumps(parameters, sort_keys=True)),
    )
    run_id = int(cursor.lastrowid or 0)
    for number, cluster in enumerate(found, 1):
        cursor = connection.execute(
            "INSERT INTO cluster (run_id, number, words, quotations, size, stability) VALUES (?, ?, ?, ?, ?, ?)",
            (
                run_id, number, json.dumps(cluster.words, ensure_ascii=False), json.dumps(cluster.quotations),
                len(cluster.members), cluster.stability,
            ),
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO membership VALUES (?, ?, ?)",
            [(cursor.lastrowid, s, strength) for s, strength in cluster.members],
        )
    return run_id


def last_run(project: Project) -> Run | None:
    """The newest run."""
    row = project.connection.execute(
        "SELECT r.id, r.made, r.version, r.parameters, "
        "(SELECT coalesce(sum(size), 0) FROM cluster c WHERE c.run_id = r.id) "
        "FROM run r ORDER BY r.id DESC LIMIT 1"
    ).fetchone()
    return None if row is None else Run(*row)


def clusters(project: Project, run_id: int | None = None) -> list[Cluster]:
    """The clusters of a run (the newest unless given), biggest first."""
    where = "WHERE run_id = coalesce(?, (SELECT max(id) FROM run)) ORDER BY number"
    return [_cluster(row) for row in project.connection.execute(_CLUSTER + where, (run_id,))]


def get(project: Project, cluster_id: int) -> Cluster:
    """One cluster. Raises NotFound."""
    row = project.connection.execute(_CLUSTER + "WHERE id = ?", (cluster_id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no cluster {cluster_id}; “ogp-sensemaker cluster” lists them with their numbers.")
    return _cluster(row)


def numbered(project: Project, number: int) -> Cluster:
    """The cluster of this number in the newest run. Raises NotFound."""
    for cluster in clusters(project):
        if cluster.number == number:
            return cluster
    raise NotFound(f"The last run has no cluster {number}; “ogp-sensemaker cluster” lists them with their numbers.")


def members(project: Project, cluster_id: int) -> list[int]:
    """The segments of a cluster, strongest first."""
    rows = project.connection.execute(
        "SELECT segment_id FROM membership WHERE cluster_id = ? ORDER BY strength DESC, segment_id",
        (cluster_id,),
    )
    return [row[0] for row in rows]


def memberships(project: Project) -> dict[int, Membership]:
    """The membership of every segment in the newest run, by segment."""
    rows = project.connection.execute(
        "SELECT m.cluster_id, m.segment_id, m.strength FROM membership m JOIN cluster c ON c.id = m.cluster_id "
        "WHERE c.run_id = (SELECT max(id) FROM run)"
    )
    return {row[1]: Membership(*row) for row in rows}


def uncoded(project: Project, wanted: Iterable[int]) -> list[int]:
    """Of these segments those that nobody has coded."""
    rows = project.connection.execute(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT segment_id FROM coding)",
        (json.dumps(list(wanted)),),
    )
    return [row[0] for row in rows]


def _cluster(row: Sequence[object]) -> Cluster:
    id_, run_id, number, words, size, stability, quotations = row
    return Cluster(
        id_, run_id, number, tuple(json.loads(str(words))), size, stability, tuple(json.loads(str(quotations))),  # type: ignore[arg-type]
    )  # fmt: skip
