"""Codings, rejections, stances, memos and contested marks, in and out."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ogp_sensemaker.domain.coding import Coder, Coding, Mark, Memo, Stance
from ogp_sensemaker.store.project import Project

_CODING = (
    'SELECT x.id, x.segment_id, x.code_id, x.coder_id, c.name, x.stance, x.concern, x.via_cluster, x.start, x."end", '
    "x.side, x.created FROM coding x JOIN coder c ON c.id = x.coder_id "
)


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a segment: characters from `start` up to `end` of its original or its English."""

    start: int
    end: int
    side: str  # original or english


def add(
    project: Project, segments: Sequence[int], code_id: int, *, stance: Stance | None = None,
    concern: bool | None = None,
    via_cluster: int | None = None, span: Span | None = None, coder_id: int | None = None,
) -> None:  # fmt: skip
    """Code segments. Where the coder had coded one so already, a given stance or concern replaces the earlier one."""
    start, end, side = (span.start, span.end, span.side) if span else (None, None, "")
    coder, now = coder_id or project.coder_id, project.now()
    project.connection.executemany(
        'INSERT INTO coding (segment_id, code_id, coder_id, stance, concern, via_cluster, start, "end", side, created) '
        "VALUES (?, ?, ?, ?, coalesce(?, 0), ?, ?, ?, ?, ?) "
        'ON CONFLICT (segment_id, code_id, coder_id, side, coalesce(start, -1), coalesce("end", -1)) DO UPDATE SET '
        "stance = coalesce(excluded.stance, stance), "
        "concern = CASE WHEN ? IS NULL THEN concern ELSE excluded.concern END",
        [(s, code_id, coder, stance, concern, via_cluster, start, end, side, now, concern) for s in segments],
    )


def remove(project: Project, segments: Sequence[int], code_id: int, coder_id: int | None = None) -> int:
    """Take a code off segments, of one coder (the one at work, unless given); how many codings went."""
    cursor = project.connection.execute(
        "DELETE FROM coding WHERE code_id = ? AND coder_id = ? AND segment_id IN (SELECT value FROM json_each(?))",
        (code_id, coder_id or project.coder_id, json.dumps(list(segments))),
    )
    return cursor.rowcount


def remove_coding(project: Project, coding_id: int) -> None:
    """Delete one coding."""
    project.connection.execute("DELETE FROM coding WHERE id = ?", (coding_id,))


def set_stance(project: Project, segments: Sequence[int], code_id: int, stance: Stance | None) -> None:
    """The stance of the coder's codings of these segments with a code."""
    project.connection.execute(
        "UPDATE coding SET stance = ? WHERE code_id = ? AND coder_id = ? "
        "AND segment_id IN (SELECT value FROM json_each(?))",
        (stance, code_id, project.coder_id, json.dumps(list(segments))),
    )


def reject(project: Project, pairs: Iterable[tuple[int, int]]) -> None:
    """Note that a suggested code does not fit: (segment id, code id)."""
    now = project.now()
    project.connection.executemany(
        "INSERT INTO rejection (segment_id, code_id, coder_id, created) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(s, c, project.coder_id, now) for s, c in pairs],
    )


def rejections(project: Project) -> list[tuple[int, int]]:
    """Every (segment id, code id) that somebody rejected."""
    return project.connection.execute("SELECT DISTINCT segment_id, code_id FROM rejection ORDER BY 1, 2").fetchall()


def of_segments(project: Project, segments: Iterable[int]) -> dict[int, list[Coding]]:
    """The codings of these segments, in the order in which they were made."""
    sql = _CODING + "WHERE x.segment_id IN (SELECT value FROM json_each(?)) ORDER BY x.id"
    return _grouped(project.connection.execute(sql, (json.dumps(list(segments)),)))


def everything(project: Project) -> list[Coding]:
    """All codings on segments that stand, in the order of segments, then as made."""
    sql = _CODING + "JOIN segment s ON s.id = x.segment_id AND s.superseded = '' ORDER BY x.segment_id, x.id"
    return [_coding(row) for row in project.connection.execute(sql)]


def pairs(project: Project) -> list[tuple[int, int]]:
    """Every (segment id, code id) that somebody coded, each once, on segments that stand."""
    return project.connection.execute(
        "SELECT DISTINCT x.segment_id, x.code_id FROM coding x "
        "JOIN segment s ON s.id = x.segment_id AND s.superseded = '' ORDER BY 1, 2"
    ).fetchall()


def _grouped(rows: Iterable[Sequence[object]]) -> dict[int, list[Coding]]:
    found: dict[int, list[Coding]] = {}
    for row in rows:
        coding = _coding(row)
        found.setdefault(coding.segment_id, []).append(coding)
    return found


def _coding(row: Sequence[object]) -> Coding:
    values = list(row)
    values[5] = Stance(str(values[5])) if values[5] else None
    values[6] = bool(values[6])
    return Coding(*values)  # type: ignore[arg-type]


def coders(project: Project) -> dict[int, Coder]:
    """Everybody who has coded, machines included."""
    rows = project.connection.execute("SELECT id, guid, name, machine FROM coder ORDER BY id")
    return {id_: Coder(id_, guid, name, bool(machine)) for id_, guid, name, machine in rows}


def write_memo(project: Project, text: str, *, segment_id: int | None = None, code_id: int | None = None) -> None:
    """The coder's memo on a segment, a code or (neither) the project; an empty text takes it away."""
    where = (segment_id, code_id, project.coder_id)
    row = project.connection.execute(
        "SELECT id FROM memo WHERE segment_id IS ? AND code_id IS ? AND coder_id = ?", where
    ).fetchone()
    if not text.strip():
        if row:
            project.connection.execute("DELETE FROM memo WHERE id = ?", row)
    elif row:
        project.connection.execute("UPDATE memo SET text = ? WHERE id = ?", (text, row[0]))
    else:
        project.connection.execute(
            "INSERT INTO memo (segment_id, code_id, coder_id, text, created) VALUES (?, ?, ?, ?, ?)",
            (*where, text, project.now()),
        )


def memos(project: Project) -> list[Memo]:
    """All memos, as made."""
    rows = project.connection.execute(
        "SELECT m.id, m.segment_id, m.code_id, c.name, m.text, m.created FROM memo m JOIN coder c ON c.id = m.coder_id "
        "ORDER BY m.id"
    )
    return [
        Memo(
            id_,
            "segment" if segment else "code" if code else "project",
            segment or code,
            coder,
            text,
            created,
        )
        for id_, segment, code, coder, text, created in rows
    ]


def mark(project: Project, code_id: int, state: str, reason: str) -> None:
    """Decide whether an issue is contested; an empty state takes the decision away."""
    if not state:
        project.connection.execute("DELETE FROM contested WHERE code_id = ?", (code_id,))
        return
    project.connection.execute(
        "INSERT INTO contested (code_id, state, reason, coder_id, created) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (code_id) DO UPDATE SET state = excluded.state, reason = excluded.reason, "
        "coder_id = excluded.coder_id",
        (code_id, state, reason, project.coder_id, project.now()),
    )


def marks(project: Project) -> dict[int, Mark]:
    """The decisions on issues, by code."""
    rows = project.connection.execute(
        "SELECT y.code_id, y.state, y.reason, c.name, y.created FROM contested y JOIN coder c ON c.id = y.coder_id"
    )
    return {row[0]: Mark(*row) for row in rows}
