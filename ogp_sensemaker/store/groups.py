"""What the clusters hold, counted for all of them at once: languages, channels, codings, stances, suggestions."""

import json
from collections.abc import Sequence

from ogp_sensemaker.store import clusters
from ogp_sensemaker.store.project import Project

_TOP = """
SELECT g.segment_id, g.code_id, max(g.confidence) FROM suggestion g
WHERE NOT EXISTS (SELECT 1 FROM rejection r WHERE r.segment_id = g.segment_id AND r.code_id = g.code_id)
GROUP BY g.segment_id
"""


def placed(project: Project) -> dict[int, int]:
    """The cluster of every segment that is in one: what `clusters.GROUPED` says, asked for all of them fast."""
    run = project.connection.execute
    lineage: dict[int, int] = dict(
        run("SELECT id, lineage FROM cluster WHERE run_id = (SELECT max(id) FROM run)").fetchall()
    )
    merged = clusters.merges(project)
    root = {id_: merged.get(own, own) for id_, own in lineage.items()}
    found = {
        segment: root[cluster]
        for cluster, segment in run(
            "SELECT cluster_id, segment_id FROM membership "
            "WHERE cluster_id IN (SELECT id FROM cluster WHERE run_id = (SELECT max(id) FROM run))"
        )
    }
    for segment, own in clusters.pins(project).items():
        if own is None:
            found.pop(segment, None)
        else:
            found[segment] = merged.get(own, own)
    for (segment,) in run("SELECT id FROM segment WHERE superseded <> ''"):
        found.pop(segment, None)
    return found


def coded(project: Project) -> set[int]:
    """The segments that somebody has coded."""
    return {row[0] for row in project.connection.execute("SELECT DISTINCT segment_id FROM coding")}


def spoken(project: Project, wanted: Sequence[int] | None = None) -> list[tuple[int, str, str]]:
    """(segment, language, channel) of every segment that stands, or of these."""
    where = "" if wanted is None else "AND s.id IN (SELECT value FROM json_each(?))"
    return project.connection.execute(
        "SELECT s.id, coalesce(nullif(s.declared_language, ''), l.language, ''), o.channel FROM segment s "
        "JOIN source o ON o.id = s.source_id LEFT JOIN language l ON l.segment_id = s.id "
        f"WHERE s.superseded = '' {where}",
        () if wanted is None else (json.dumps(list(wanted)),),
    ).fetchall()


def decisions(project: Project, wanted: Sequence[int] | None = None) -> list[tuple[int, int, str]]:
    """(segment, code, stance or "") of every coding that a person made, of these segments if any are given."""
    where = "" if wanted is None else "AND x.segment_id IN (SELECT value FROM json_each(?))"
    return project.connection.execute(
        "SELECT x.segment_id, x.code_id, coalesce(x.stance, '') FROM coding x "
        f"WHERE x.coder_id IN (SELECT id FROM coder WHERE NOT machine) {where}",
        () if wanted is None else (json.dumps(list(wanted)),),
    ).fetchall()


def top_suggestions(project: Project) -> list[tuple[int, int, float]]:
    """(segment, code, confidence) of the strongest suggestion that nobody rejected, by segment."""
    return project.connection.execute(_TOP).fetchall()


def voices(project: Project) -> list[tuple[int, bool]]:
    """(segment, whether it answers no proposal) of all words of people, in the order of import."""
    rows = project.connection.execute(
        "SELECT id, about IS NULL FROM segment WHERE superseded = '' AND voice = 1 ORDER BY id"
    )
    return [(id_, bool(free)) for id_, free in rows]


def spread(project: Project) -> list[tuple[int, float, float]]:
    """(segment, x, y) of everything on the map, by segment."""
    return project.connection.execute(
        "SELECT p.segment_id, p.x, p.y FROM place p JOIN segment s ON s.id = p.segment_id "
        "WHERE s.superseded = '' ORDER BY p.segment_id"
    ).fetchall()


def unplaced(project: Project) -> int:
    """How many segments have a vector and no place on the map."""
    row: Sequence[int] = project.connection.execute(
        "SELECT count(*) FROM vector v JOIN segment s ON s.id = v.segment_id "
        "WHERE s.superseded = '' AND v.segment_id NOT IN (SELECT segment_id FROM place)"
    ).fetchone()
    return row[0]
