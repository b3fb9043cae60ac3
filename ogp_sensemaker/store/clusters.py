"""Runs and clusters, in and out: what the machine grouped, with what people decided about it laid over it.

A run and its memberships are never edited. Clusters are known by their lineage, which stays the same from run to
run; pins and regroupings refer to it. GROUPED is the one place where the two come together.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, zip_longest
from typing import Any

from ogp_sensemaker.domain.cluster import ChangeKind, Cluster, Membership, Run, RunChange
from ogp_sensemaker.errors import NotFound
from ogp_sensemaker.store.project import Project

WORDS, QUOTATIONS = 8, 3  # that a cluster shows

_LAST = "(SELECT max(id) FROM run)"
ROOT = "coalesce((SELECT g.into_lineage FROM regrouping g WHERE g.lineage = {0}), {0})"
# Segment, cluster, strength and whether a person put it there, of every segment in a cluster: a pin before a run.
GROUPED = f"""(
SELECT m.segment_id AS segment_id, {ROOT.format("c.lineage")} AS cluster_id, m.strength AS strength, 0 AS pinned
FROM membership m JOIN cluster c ON c.id = m.cluster_id JOIN segment v ON v.id = m.segment_id
WHERE c.run_id = {_LAST} AND v.superseded = ''
AND NOT EXISTS (SELECT 1 FROM pin p WHERE p.segment_id = m.segment_id)
UNION ALL
SELECT p.segment_id, {ROOT.format("p.lineage")}, 1.0, 1
FROM pin p JOIN segment v ON v.id = p.segment_id WHERE p.lineage IS NOT NULL AND v.superseded = ''
)"""
# The row of a lineage that the newest run made.
NEWEST = "(SELECT max(id) FROM cluster n WHERE n.lineage = {0})"


@dataclass(frozen=True, slots=True)
class NewCluster:
    """A group as the machine proposed it; `members` are (segment, strength)."""

    words: tuple[str, ...]
    quotations: tuple[int, ...]
    stability: float | None
    members: tuple[tuple[int, float], ...]
    lineage: int | None = None  # the cluster that it continues
    centre: bytes | None = None  # float16
    reach: float = 1.0


def save_run(project: Project, version: str, parameters: dict[str, object], found: Sequence[NewCluster]) -> int:
    """Write a run with its clusters, numbered as they come; its id.

    Earlier runs are kept without memberships, but for clusters that people decided on and this run did not find:
    a later run may find them again.
    """
    connection = project.connection
    connection.execute("DELETE FROM left_over")
    connection.execute(
        "DELETE FROM membership WHERE cluster_id NOT IN (SELECT id FROM cluster WHERE lineage IN "
        "(SELECT lineage FROM regrouping UNION SELECT into_lineage FROM regrouping UNION SELECT lineage FROM pin)) "
        "OR cluster_id IN (SELECT id FROM cluster WHERE lineage IN (SELECT value FROM json_each(?)))",
        (json.dumps([c.lineage for c in found if c.lineage is not None and c.members]),),
    )
    cursor = connection.execute(
        "INSERT INTO run (made, version, parameters) VALUES (?, ?, ?)",
        (project.now(), version, json.dumps(parameters, sort_keys=True)),
    )
    run_id = int(cursor.lastrowid or 0)
    for number, cluster in enumerate(found, 1):
        id_ = _insert(project, run_id, number, cluster)
        connection.executemany("INSERT INTO membership VALUES (?, ?, ?)", [(id_, s, p) for s, p in cluster.members])
    return run_id


def _insert(project: Project, run_id: int, number: int, cluster: NewCluster) -> int:
    cursor = project.connection.execute(
        "INSERT INTO cluster (run_id, number, words, quotations, size, stability, lineage, centre, reach) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            run_id, number, json.dumps(cluster.words, ensure_ascii=False), json.dumps(cluster.quotations),
            len(cluster.members), cluster.stability, cluster.lineage or 0, cluster.centre, cluster.reach,
        ),
    )  # fmt: skip
    id_ = int(cursor.lastrowid or 0)
    if cluster.lineage is None:
        project.connection.execute("UPDATE cluster SET lineage = id WHERE id = ?", (id_,))
    return id_


def add(project: Project, cluster: NewCluster) -> int:
    """A cluster made by hand beside those of the last run, without members: its id, which pins may name.

    It stays when the action is undone, and shows only while it has members.
    """
    run_id, number = project.connection.execute(
        f"SELECT {_LAST}, 1 + max(number) FROM cluster WHERE run_id = {_LAST}"
    ).fetchone()
    return _insert(project, run_id, number, cluster)


def save_changes(project: Project, run_id: int, found: Iterable[RunChange]) -> None:
    """What a run changed, with the run."""
    told = json.dumps([asdict(change) for change in found], ensure_ascii=False)
    project.connection.execute("UPDATE run SET changes = ? WHERE id = ?", (told, run_id))


def changes(project: Project) -> tuple[RunChange, ...]:
    """What the last run changed; empty for the first."""
    row = project.connection.execute("SELECT changes FROM run ORDER BY id DESC LIMIT 1").fetchone()
    return tuple(
        RunChange(**{**told, "kind": ChangeKind(told["kind"]), "others": tuple(told["others"])})
        for told in (json.loads(row[0]) if row else ())
    )


def last_run(project: Project) -> Run | None:
    """The newest run."""
    row = project.connection.execute(
        "SELECT r.id, r.made, r.version, r.parameters, "
        "(SELECT coalesce(sum(size), 0) FROM cluster c WHERE c.run_id = r.id) "
        "FROM run r ORDER BY r.id DESC LIMIT 1"
    ).fetchone()
    return None if row is None else Run(*row)


def clusters(project: Project) -> list[Cluster]:
    """The clusters as they stand, biggest first; those that were dismissed come last."""
    found = [c for c in _known(project).values() if c.size]
    return sorted(found, key=lambda c: (c.dismissed, -c.size, c.number))


def get(project: Project, cluster_id: int) -> Cluster:
    """One cluster, also one without members; for one that was merged the one it is in. Raises NotFound."""
    found = _known(project).get(root(project, cluster_id))
    if found is None:
        raise NotFound(f"There is no cluster {cluster_id}; “ogp-sensemaker cluster” lists them with their numbers.")
    return found


def root(project: Project, cluster_id: int) -> int:
    """The cluster that this one was merged into, or itself."""
    return int(project.connection.execute(f"SELECT {ROOT.format('?1')}", (cluster_id,)).fetchone()[0])


def numbered(project: Project, number: int) -> Cluster:
    """The cluster of this number in the newest run. Raises NotFound."""
    for cluster in clusters(project):
        if cluster.number == number:
            return cluster
    raise NotFound(f"The last run has no cluster {number}; “ogp-sensemaker cluster” lists them with their numbers.")


def _known(project: Project) -> dict[int, Cluster]:
    """Every cluster that is no part of another, by id."""
    connection = project.connection
    counts = _counts(project)
    decided = {
        row[0]: row[1:] for row in connection.execute("SELECT lineage, name, dismissed, into_lineage FROM regrouping")
    }
    last = connection.execute(f"SELECT coalesce({_LAST}, 0)").fetchone()[0]
    rows = connection.execute(
        "SELECT lineage, run_id, number, words, quotations, stability FROM cluster "
        "WHERE id IN (SELECT max(id) FROM cluster GROUP BY lineage) ORDER BY run_id = ? DESC, number",
        (last,),
    ).fetchall()
    parts: dict[int, list[Sequence[object]]] = {}
    for row in rows:
        into = decided[row[0]][2] if row[0] in decided else None
        if into is not None and row[1] == last:
            parts.setdefault(into, []).append(row)
    found = {}
    for id_, run_id, number, words, quotations, stability in rows:
        name, dismissed, into = decided.get(id_, ("", 0, None))
        if into is not None:
            continue
        merged = parts.get(id_, [])
        size, pinned = counts.get(id_, (0, 0))
        found[id_] = Cluster(
            id_, run_id, number, tuple(_in_turn([words, *(str(p[3]) for p in merged)], WORDS)), size,
            None if merged else stability, tuple(_in_turn([quotations, *(str(p[4]) for p in merged)], QUOTATIONS)),
            name, bool(dismissed), pinned,
        )  # fmt: skip
    return found


def _counts(project: Project) -> dict[int, tuple[int, int]]:
    """How many segments each cluster has, and how many of them people put there: what GROUPED says, counted fast.

    All memberships of the run are counted on the index, and the few taken off that do not hold.
    """
    run = project.connection.execute
    last = f"SELECT id FROM cluster WHERE run_id = {_LAST}"
    sizes: Counter[int] = Counter(
        dict(run(f"SELECT cluster_id, count(*) FROM membership WHERE cluster_id IN ({last}) GROUP BY 1").fetchall())
    )
    gone = "SELECT segment_id FROM pin UNION SELECT id FROM segment WHERE superseded <> ''"
    sizes.subtract(
        dict(
            run(
                f"SELECT cluster_id, count(*) FROM membership WHERE segment_id IN ({gone}) "
                f"AND cluster_id IN ({last}) GROUP BY 1"
            ).fetchall()
        )
    )
    merged = merges(project)
    found: dict[int, tuple[int, int]] = {}
    lineage = dict(run(f"SELECT id, lineage FROM cluster WHERE run_id = {_LAST}").fetchall())
    put = run(
        "SELECT p.lineage, count(*) FROM pin p JOIN segment s ON s.id = p.segment_id "
        "WHERE p.lineage IS NOT NULL AND s.superseded = '' GROUP BY 1"
    ).fetchall()
    for own, size, pinned in [*((lineage[c], n, 0) for c, n in sizes.items() if n), *((c, n, n) for c, n in put)]:
        root_ = merged.get(own, own)
        before = found.get(root_, (0, 0))
        found[root_] = (before[0] + size, before[1] + pinned)
    return found


def _in_turn(lists: Sequence[str], most: int) -> list[Any]:
    """The first of each JSON list, then the second of each, and so on; each item once."""
    items = chain.from_iterable(zip_longest(*map(json.loads, lists)))
    return [item for item in dict.fromkeys(items) if item is not None][:most]


def members(project: Project, cluster_id: int) -> list[int]:
    """The segments of a cluster (for one that was merged, of the one it is in), strongest first."""
    rows = project.connection.execute(
        f"SELECT segment_id FROM {GROUPED} WHERE cluster_id = ? ORDER BY strength DESC, segment_id",
        (root(project, cluster_id),),
    )
    return [row[0] for row in rows]


def memberships(project: Project) -> dict[int, Membership]:
    """The membership of every segment that is in a cluster, by segment."""
    rows = project.connection.execute(f"SELECT cluster_id, segment_id, strength, pinned FROM {GROUPED}")
    return {row[1]: Membership(row[0], row[1], row[2], bool(row[3])) for row in rows}


def pins(project: Project) -> dict[int, int | None]:
    """Where people put segments: the cluster, or None for none, by segment."""
    return dict(project.connection.execute("SELECT segment_id, lineage FROM pin ORDER BY segment_id").fetchall())


def lineages(project: Project) -> list[tuple[int, list[int]]]:
    """Each cluster that a new run may continue, before merging: with the members that a run gave it, and (again,
    where people put some) with those it has in effect.
    """
    machine: dict[int, list[int]] = {}
    for lineage, segment_id in project.connection.execute(
        "SELECT c.lineage, m.segment_id FROM membership m JOIN cluster c ON c.id = m.cluster_id ORDER BY 1, 2"
    ):
        machine.setdefault(lineage, []).append(segment_id)
    put = pins(project)
    effective = {lineage: [s for s in found if s not in put] for lineage, found in machine.items()}
    for segment_id, place in put.items():
        if place is not None:
            effective.setdefault(place, []).append(segment_id)
    touched = [(lineage, found) for lineage, found in effective.items() if found and found != machine.get(lineage)]
    return [*machine.items(), *touched]


def merges(project: Project) -> dict[int, int]:
    """The clusters that people merged into others: the other by each."""
    sql = "SELECT lineage, into_lineage FROM regrouping WHERE into_lineage IS NOT NULL ORDER BY lineage"
    return dict(project.connection.execute(sql).fetchall())


def unplaced(project: Project) -> list[int]:
    """Words of people with a vector that came after the last run; empty before the first."""
    rows = project.connection.execute(
        "SELECT v.segment_id FROM vector v JOIN segment s ON s.id = v.segment_id "
        f"WHERE s.superseded = '' AND s.voice = 1 AND {_LAST} IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM left_over l WHERE l.segment_id = s.id) "
        "AND NOT EXISTS (SELECT 1 FROM pin p WHERE p.segment_id = s.id) "
        "AND NOT EXISTS (SELECT 1 FROM membership m JOIN cluster c ON c.id = m.cluster_id "
        f"WHERE m.segment_id = s.id AND c.run_id = {_LAST}) ORDER BY v.segment_id"
    )
    return [row[0] for row in rows]


def centres(project: Project) -> list[tuple[int, bytes, float]]:
    """Row, centre (float16) and reach of each part of the last run that new segments may join: not those emptied."""
    return project.connection.execute(
        f"SELECT c.id, c.centre, c.reach FROM cluster c WHERE c.run_id = {_LAST} AND c.centre IS NOT NULL AND ("
        "EXISTS (SELECT 1 FROM pin p WHERE p.lineage = c.lineage) OR EXISTS (SELECT 1 FROM membership m "
        "WHERE m.cluster_id = c.id AND NOT EXISTS (SELECT 1 FROM pin p WHERE p.segment_id = m.segment_id))) "
        "ORDER BY c.number"
    ).fetchall()


def join(project: Project, joined: Iterable[tuple[int, int, float]], left: Iterable[int]) -> None:
    """Put new segments beside those of the last run: (row of `centres`, segment, strength), and those left over."""
    project.connection.executemany("INSERT INTO membership VALUES (?, ?, ?)", joined)
    project.connection.executemany("INSERT INTO left_over VALUES (?) ON CONFLICT DO NOTHING", ((s,) for s in left))


def forget(project: Project, reworded: Collection[int]) -> None:
    """Take segments that read differently now out of the groups and off the map that machines put them in."""
    for table in ("membership", "left_over", "place"):
        project.connection.execute(
            f"DELETE FROM {table} WHERE segment_id IN (SELECT value FROM json_each(?))", (json.dumps(list(reworded)),)
        )


def uncoded(project: Project, wanted: Iterable[int]) -> list[int]:
    """Of these segments those that nobody has coded."""
    rows = project.connection.execute(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT segment_id FROM coding)",
        (json.dumps(list(wanted)),),
    )
    return [row[0] for row in rows]


def put(project: Project, wanted: Collection[int], cluster_id: int | None) -> None:
    """Segments in a cluster (None: in none), whatever a run says; in place of where people put them before."""
    project.connection.executemany(
        "INSERT INTO pin (segment_id, lineage, coder_id, created) VALUES (?, ?, ?, ?) ON CONFLICT (segment_id) "
        "DO UPDATE SET lineage = excluded.lineage, coder_id = excluded.coder_id, created = excluded.created "
        "WHERE lineage IS NOT excluded.lineage",
        [(segment_id, cluster_id, project.coder_id, project.now()) for segment_id in wanted],
    )


def let_go(project: Project, wanted: Collection[int]) -> None:
    """Segments where a run puts them."""
    project.connection.executemany("DELETE FROM pin WHERE segment_id = ?", [(s,) for s in wanted])


def decide(project: Project, cluster_id: int, **fields: str | int | None) -> None:
    """Set `name`, `dismissed` or `into_lineage` of a cluster; a row that says nothing is not kept."""
    connection = project.connection
    connection.execute(
        "INSERT INTO regrouping (lineage, coder_id, created) SELECT ?1, ?2, ?3 "
        "WHERE NOT EXISTS (SELECT 1 FROM regrouping WHERE lineage = ?1)",
        (cluster_id, project.coder_id, project.now()),
    )
    values: Mapping[str, str | int | None] = {**fields, "coder_id": project.coder_id, "created": project.now()}
    names = ", ".join(f"{name} = :{name}" for name in values)
    different = " OR ".join(f"{name} IS NOT :{name}" for name in fields)
    connection.execute(
        f"UPDATE regrouping SET {names} WHERE lineage = :lineage AND ({different})", {**values, "lineage": cluster_id}
    )
    connection.execute(
        "DELETE FROM regrouping WHERE lineage = ? AND name = '' AND NOT dismissed AND into_lineage IS NULL",
        (cluster_id,),
    )
