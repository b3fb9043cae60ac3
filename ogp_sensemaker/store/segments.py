"""Segment ids for a filter, rows for a page, and search."""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from ogp_sensemaker.domain.filter import SegmentFilter, Sort
from ogp_sensemaker.domain.folding import search_words
from ogp_sensemaker.domain.source import Segment, SegmentKind
from ogp_sensemaker.errors import NotFound
from ogp_sensemaker.store.clusters import GROUPED, NEWEST, root
from ogp_sensemaker.store.project import Project

_COLUMNS = """
SELECT s.id, s.source_id, o.name, o.channel, s.kind, s.voice, s.locator, s.heading, s.case_id, coalesce(k.name, ''),
       s.parent_id, s.about, s.valence, s.occurred, s.text,
       coalesce(nullif(s.declared_language, ''), l.language, ''),
       CASE WHEN s.declared_language <> '' THEN 1.0 ELSE coalesce(l.confidence, 0) END,
       coalesce(t.english, m.english, ''),
       CASE WHEN t.id IS NOT NULL THEN c.name WHEN m.segment_id IS NOT NULL THEN m.version ELSE '' END,
       d.of_id, coalesce(d.kind, '')
FROM segment s JOIN source o ON o.id = s.source_id
LEFT JOIN cases k ON k.id = s.case_id
LEFT JOIN language l ON l.segment_id = s.id
LEFT JOIN translation t ON t.segment_id = s.id
LEFT JOIN coder c ON c.id = t.coder_id
LEFT JOIN machine_translation m ON m.segment_id = s.id
LEFT JOIN duplicate d ON d.segment_id = s.id
"""

_UNDECIDED = (
    "NOT EXISTS (SELECT 1 FROM coding x WHERE x.segment_id = g.segment_id AND x.code_id = g.code_id) AND "
    "NOT EXISTS (SELECT 1 FROM rejection r WHERE r.segment_id = g.segment_id AND r.code_id = g.code_id)"
)
_TO_LEARN = "coalesce((SELECT value FROM meta WHERE key = 'to_learn'), '[]')"
_ORDER = {
    Sort.POSITION: "s.source_id {d}, s.position {d}",
    Sort.TEXT: "s.text COLLATE NOCASE {d}",
    Sort.ENGLISH: (
        "(SELECT coalesce(nullif(e.english, ''), s.text) FROM english e WHERE e.segment_id = s.id) COLLATE NOCASE {d}"
    ),
    Sort.LANGUAGE: (
        "coalesce(nullif(s.declared_language, ''), (SELECT language FROM language l WHERE l.segment_id = s.id), '') {d}"
    ),
    Sort.CHANNEL: "(SELECT channel FROM source o WHERE o.id = s.source_id) {d}",
    Sort.SOURCE: "(SELECT name FROM source o WHERE o.id = s.source_id) {d}, s.position",
    Sort.CASE: "(SELECT name FROM cases k WHERE k.id = s.case_id) COLLATE NOCASE {d}",
    Sort.CODES: (
        "(SELECT min(r.place) FROM coding x JOIN ranked r ON r.id = x.code_id WHERE x.segment_id = s.id) {d} NULLS LAST"
    ),
    Sort.STANCE: "(SELECT min(x.stance) FROM coding x WHERE x.segment_id = s.id) {d}",
    Sort.CLUSTER: (
        f"(SELECT c.number FROM {GROUPED} y JOIN cluster c ON c.id = {NEWEST.format('y.cluster_id')} "
        "WHERE y.segment_id = s.id) {d} NULLS LAST"
    ),
    Sort.CONFIDENCE: "(SELECT max(confidence) FROM suggestion g WHERE g.segment_id = s.id) {d} NULLS LAST",
    Sort.OCCURRED: "s.occurred {d}",
    Sort.LEARN: (
        f"CASE WHEN s.id IN (SELECT value FROM json_each({_TO_LEARN})) "
        f"THEN (SELECT j.key FROM json_each({_TO_LEARN}) j WHERE j.value = s.id) END {{d}} NULLS LAST"
    ),
    Sort.SURE: (
        f"(SELECT max(g.confidence) FROM suggestion g WHERE g.segment_id = s.id AND {_UNDECIDED}) {{d}} NULLS LAST"
    ),
}

# Names compared once, not for every coding: half the time of sorting by them.
_RANKED = (
    "WITH ranked AS MATERIALIZED (SELECT id, dense_rank() OVER (ORDER BY name COLLATE NOCASE) AS place FROM code) "
)


def ids(
    project: Project, where: SegmentFilter | None = None, sort: Sort = Sort.POSITION, descending: bool = False
) -> list[int]:
    """The ids of the segments that a filter lets through, in order; ties in the order of import."""
    clauses, values = _clauses(project, where or SegmentFilter())
    order = _ORDER[sort].format(d="DESC" if descending else "ASC")
    # Every clause is a literal of this module; what the analyst typed is in `values`.
    sql = f"{_RANKED}SELECT s.id FROM segment s {_where(clauses)} ORDER BY {order}, s.id"
    return [row[0] for row in project.connection.execute(sql, values)]


def count(project: Project, where: SegmentFilter | None = None) -> int:
    """How many segments a filter lets through."""
    clauses, values = _clauses(project, where or SegmentFilter())
    sql = f"SELECT count(*) FROM segment s {_where(clauses)}"
    return int(project.connection.execute(sql, values).fetchone()[0])


def page(project: Project, wanted: Sequence[int]) -> list[Segment]:
    """The segments of these ids, in this order; ids that are not there are left out."""
    sql = _COLUMNS + "WHERE s.id IN (SELECT value FROM json_each(?))"
    rows = project.connection.execute(sql, (json.dumps(list(wanted)),))
    found = {row[0]: _segment(row) for row in rows}
    return [found[id_] for id_ in wanted if id_ in found]


def get(project: Project, segment_id: int) -> Segment:
    """One segment. Raises NotFound."""
    found = page(project, [segment_id])
    if not found:
        raise NotFound(f"There is no segment {segment_id}; see the first column of an export for the numbers.")
    return found[0]


def context(project: Project, segment_id: int, around: int = 3) -> list[Segment]:
    """A segment with those before and after it in its source, and the thread it belongs to, in reading order."""
    rows = project.connection.execute(
        """
        WITH me AS (SELECT source_id, position, id, parent_id FROM segment WHERE id = ?)
        SELECT s.id FROM segment s, me WHERE s.source_id = me.source_id AND s.superseded = '' AND (
            s.position BETWEEN me.position - ? AND me.position + ?
            OR s.id = me.parent_id OR s.parent_id = me.id OR s.parent_id = me.parent_id)
        ORDER BY s.position
        """,
        (segment_id, around, around),
    )
    return page(project, [row[0] for row in rows])


def search(project: Project, words: str, limit: int = 200) -> list[int]:
    """Ids of the segments that hold all words (the last by its beginning), best match first."""
    match = fts_query(words)
    if not match:
        return []
    rows = project.connection.execute(
        "SELECT w.rowid FROM words w JOIN segment s ON s.id = w.rowid WHERE words MATCH ? AND s.superseded = '' "
        "ORDER BY rank, w.rowid LIMIT ?",
        (match, limit),
    )
    return [row[0] for row in rows]


def fts_query(words: str) -> str:
    """The words as a query of SQLite's FTS5: all of them, each quoted, the last by its beginning."""
    found = search_words(words)
    return " ".join([f'"{w}"' for w in found[:-1]] + [f'"{w}"*' for w in found[-1:]])


def _segment(row: Sequence[object]) -> Segment:
    values = list(row)
    values[4] = SegmentKind(str(values[4]))
    values[5] = bool(values[5])
    return Segment(*values)  # type: ignore[arg-type]


def _where(clauses: list[str]) -> str:
    return "WHERE " + " AND ".join(clauses) if clauses else ""


_BELOW = """
SELECT x.segment_id FROM coding x WHERE x.code_id IN (
    WITH RECURSIVE below (id) AS (
        SELECT value FROM json_each(?) UNION SELECT c.id FROM code c JOIN below b ON c.parent_id = b.id)
    SELECT id FROM below)
"""
_LANGUAGE = "coalesce(nullif(s.declared_language, ''), (SELECT language FROM language l WHERE l.segment_id = s.id), '')"
# Fields that list values: the clause takes them as one JSON list.
_LISTS = {
    "codes": f"s.id IN ({_BELOW})",
    "suggested": (
        "s.id IN (SELECT g.segment_id FROM suggestion g WHERE g.code_id IN (SELECT value FROM json_each(?)) "
        f"AND {_UNDECIDED})"
    ),
    "stances": "s.id IN (SELECT segment_id FROM coding WHERE stance IN (SELECT value FROM json_each(?)))",
    "languages": f"{_LANGUAGE} IN (SELECT value FROM json_each(?))",
    "channels": "s.source_id IN (SELECT id FROM source WHERE channel IN (SELECT value FROM json_each(?)))",
    "sources": "s.source_id IN (SELECT value FROM json_each(?))",
    "kinds": "s.kind IN (SELECT value FROM json_each(?))",
    "cases": "s.case_id IN (SELECT value FROM json_each(?))",
    "about": "s.about IN (SELECT value FROM json_each(?))",
}
# Fields that are yes, no or either: the clause for yes; no is its negation.
_FLAGS = {
    "coded": "EXISTS (SELECT 1 FROM coding x WHERE x.segment_id = s.id)",
    # What GROUPED says, asked for one segment at a time: that one reads every membership anew for each.
    "unclustered": (
        "NOT EXISTS (SELECT 1 FROM pin p WHERE p.segment_id = s.id AND p.lineage IS NOT NULL AND s.superseded = '') "
        "AND NOT EXISTS (SELECT 1 FROM membership m JOIN cluster c ON c.id = m.cluster_id WHERE m.segment_id = s.id "
        "AND c.run_id = (SELECT max(id) FROM run) AND s.superseded = '' "
        "AND NOT EXISTS (SELECT 1 FROM pin p WHERE p.segment_id = s.id))"
    ),
    "contested": (
        "s.id IN (SELECT x.segment_id FROM coding x JOIN contested y ON y.code_id = x.code_id "
        "WHERE y.state = 'contested')"
    ),
    "unreviewed": "s.id IN (SELECT segment_id FROM english WHERE state = 'machine')",
    "flagged": "s.id IN (SELECT segment_id FROM english WHERE flags <> '')",
    "duplicate": "s.id IN (SELECT segment_id FROM duplicate)",
    "voice": "s.voice = 1",
    "concern": "s.id IN (SELECT segment_id FROM coding WHERE concern = 1)",
}


def _clauses(project: Project, where: SegmentFilter) -> tuple[list[str], list[object]]:
    clauses = [] if where.superseded else ["s.superseded = ''"]
    values: list[object] = []

    def add(clause: str, *given: object) -> None:
        clauses.append(clause)
        values.extend(given)

    for name, clause in _LISTS.items():
        if wanted := getattr(where, name):
            add(clause, json.dumps([str(w) if isinstance(w, str) else w for w in wanted]))
    clauses += [
        clause if getattr(where, name) else f"NOT ({clause})"
        for name, clause in _FLAGS.items()
        if getattr(where, name) is not None
    ]
    if query := fts_query(where.words):
        add("s.id IN (SELECT rowid FROM words WHERE words MATCH ?)", query)
    for name, value in where.attributes:
        add("s.case_id IN (SELECT case_id FROM attribute WHERE name = ? AND value = ?)", name, value)
    if where.cluster is not None:
        add(f"s.id IN (SELECT segment_id FROM {GROUPED} WHERE cluster_id = ?)", root(project, where.cluster))
    if where.confidence is not None:
        add(
            "s.id IN (SELECT segment_id FROM suggestion GROUP BY segment_id HAVING max(confidence) BETWEEN ? AND ?)",
            *where.confidence,
        )
    if where.ids is not None:
        add("s.id IN (SELECT value FROM json_each(?))", json.dumps(list(where.ids)))
    return clauses, values


def readings(project: Project, where: SegmentFilter | None = None) -> list[tuple[int, str]]:
    """Id and English (or the original, where it is English) of the segments of a filter, in the order of import."""
    return [(s.id, s.reading) for s in page(project, ids(project, where))]


def texts(connection: sqlite3.Connection, wanted: Iterable[int]) -> dict[int, str]:
    """The originals of these segments."""
    rows = connection.execute(
        "SELECT id, text FROM segment WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(wanted)),),
    )
    return dict(rows.fetchall())
