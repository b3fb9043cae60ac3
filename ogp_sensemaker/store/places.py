"""Places of segments on the map, in and out."""

from collections.abc import Iterable

from ogp_sensemaker.store.project import Project

_CURRENT = "p.version = ? || ' on ' || v.version"


def places(project: Project) -> dict[int, tuple[float, float]]:
    """The place (x, y), each about -1 … 1, of every segment that has one, by segment."""
    rows = project.connection.execute(
        "SELECT p.segment_id, p.x, p.y FROM place p JOIN segment s ON s.id = p.segment_id "
        "WHERE s.superseded = '' ORDER BY p.segment_id"
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def current(project: Project, version: str) -> list[tuple[int, float, float]]:
    """Segment, x and y of what this version of the layout placed by the vectors that are there now."""
    return project.connection.execute(
        "SELECT p.segment_id, p.x, p.y FROM place p JOIN vector v ON v.segment_id = p.segment_id "
        f"JOIN segment s ON s.id = p.segment_id WHERE s.superseded = '' AND {_CURRENT} ORDER BY p.segment_id",
        (version,),
    ).fetchall()


def missing(project: Project, version: str) -> list[int]:
    """The segments that have a vector and no current place."""
    rows = project.connection.execute(
        "SELECT v.segment_id FROM vector v JOIN segment s ON s.id = v.segment_id "
        f"LEFT JOIN place p ON p.segment_id = v.segment_id AND {_CURRENT} "
        "WHERE s.superseded = '' AND p.segment_id IS NULL ORDER BY v.segment_id",
        (version,),
    )
    return [row[0] for row in rows]


def save(project: Project, found: Iterable[tuple[int, float, float]], version: str) -> None:
    """Write places (segment, x, y), in place of earlier ones of the same segments."""
    project.connection.executemany(
        "INSERT INTO place SELECT v.segment_id, ?2, ?3, ?4 || ' on ' || v.version FROM vector v "
        "WHERE v.segment_id = ?1 "
        "ON CONFLICT DO UPDATE SET x = excluded.x, y = excluded.y, version = excluded.version",
        [(segment_id, x, y, version) for segment_id, x, y in found],
    )
