"""What the table and the reading pane show of segments, a page at a time."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ogp_sensemaker.domain.coding import Coding, Memo
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.domain.source import Segment
from ogp_sensemaker.store import codings, segments
from ogp_sensemaker.store.clusters import GROUPED, NEWEST, ROOT
from ogp_sensemaker.store.project import Project


@dataclass(frozen=True, slots=True)
class Row:
    """A segment with everything that one line of the table says about it."""

    segment: Segment
    codings: tuple[Coding, ...] = ()
    suggestions: tuple[tuple[int, float], ...] = ()  # (code, confidence) nobody decided on, strongest first
    cluster_id: int | None = None
    cluster_number: int | None = None
    cluster_words: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    state: str = ""  # of its English: "" (none), machine, edited, approved
    flags: str = ""
    memo: bool = False


_SUGGESTED = """
SELECT g.segment_id, g.code_id, g.confidence FROM suggestion g
WHERE g.segment_id IN (SELECT value FROM json_each(?))
AND NOT EXISTS (SELECT 1 FROM coding x WHERE x.segment_id = g.segment_id AND x.code_id = g.code_id)
AND NOT EXISTS (SELECT 1 FROM rejection r WHERE r.segment_id = g.segment_id AND r.code_id = g.code_id)
ORDER BY g.segment_id, g.confidence DESC, g.code_id
"""
# What clusters.GROUPED says, asked for some segments only: that one reads every membership.
_CLUSTER = f"""
SELECT y.segment_id, y.cluster_id, c.number, iif(g.name IS NULL, c.words, json_array(g.name))
FROM (
    SELECT m.segment_id, {ROOT.format("k.lineage")} AS cluster_id
    FROM membership m JOIN cluster k ON k.id = m.cluster_id
    WHERE m.segment_id IN (SELECT value FROM json_each(?1)) AND k.run_id = (SELECT max(id) FROM run)
    AND NOT EXISTS (SELECT 1 FROM pin p WHERE p.segment_id = m.segment_id)
    UNION ALL
    SELECT p.segment_id, {ROOT.format("p.lineage")} FROM pin p
    WHERE p.lineage IS NOT NULL AND p.segment_id IN (SELECT value FROM json_each(?1))
) y JOIN cluster c ON c.id = {NEWEST.format("y.cluster_id")}
LEFT JOIN regrouping g ON g.lineage = y.cluster_id AND g.name <> ''
"""
_ATTRIBUTES = """
SELECT case_id, name, value FROM attribute WHERE case_id IN (SELECT value FROM json_each(?)) ORDER BY case_id, name
"""
_STATES = "SELECT segment_id, state, flags FROM english WHERE segment_id IN (SELECT value FROM json_each(?))"
_MEMOS = "SELECT segment_id FROM memo WHERE segment_id IN (SELECT value FROM json_each(?))"


def page(project: Project, wanted: Sequence[int]) -> list[Row]:
    """The rows of these segments, in this order; ids that are not there are left out."""
    found = segments.page(project, wanted)
    ids = json.dumps([s.id for s in found])
    run = project.connection.execute
    coded = codings.of_segments(project, [s.id for s in found])
    suggested: dict[int, list[tuple[int, float]]] = {}
    for segment_id, code_id, confidence in run(_SUGGESTED, (ids,)):
        suggested.setdefault(segment_id, []).append((code_id, confidence))
    cluster = {row[0]: (row[1], row[2], tuple(json.loads(row[3]))) for row in run(_CLUSTER, (ids,))}
    attributes: dict[int, dict[str, str]] = {}
    cases = sorted({s.case_id for s in found if s.case_id is not None})
    for case_id, name, value in run(_ATTRIBUTES, (json.dumps(cases),)):
        attributes.setdefault(case_id, {})[name] = value
    states = {row[0]: (row[1], row[2]) for row in run(_STATES, (ids,))}
    memos = {row[0] for row in run(_MEMOS, (ids,))}
    rows = []
    for segment in found:
        cluster_id, number, words = cluster.get(segment.id, (None, None, ()))
        state, flags = states.get(segment.id, ("", ""))
        rows.append(
            Row(
                segment=segment, codings=tuple(coded.get(segment.id, ())),
                suggestions=tuple(suggested.get(segment.id, ())), cluster_id=cluster_id, cluster_number=number,
                cluster_words=words, attributes=attributes.get(segment.case_id or 0, {}), state=state, flags=flags,
                memo=segment.id in memos,
            )
        )  # fmt: skip
    return rows


def by_attribute(project: Project, where: SegmentFilter, name: str, descending: bool = False) -> list[int]:
    """Ids of the segments of a filter in the order of an attribute of their cases; those without it last."""
    found = segments.ids(project, where)
    value_of: dict[int, str] = dict(
        project.connection.execute(
            "SELECT s.id, a.value FROM segment s JOIN attribute a ON a.case_id = s.case_id AND a.name = ?", (name,)
        ).fetchall()
    )
    known = sorted((i for i in found if i in value_of), key=lambda i: value_of[i].casefold(), reverse=descending)
    return known + [i for i in found if i not in value_of]


def by_stance(project: Project, where: SegmentFilter, descending: bool = False) -> list[int]:
    """Ids of the segments of a filter in the order of their stances; those without one last."""
    found = segments.ids(project, where)
    first: dict[int, str] = {}
    rows = project.connection.execute("SELECT segment_id, stance FROM coding WHERE stance IS NOT NULL")
    for segment_id, stance in rows:
        if segment_id not in first or stance < first[segment_id]:
            first[segment_id] = stance
    known = sorted((id_ for id_ in found if id_ in first), key=lambda id_: first[id_], reverse=descending)
    return known + [id_ for id_ in found if id_ not in first]


def by_cluster(project: Project, where: SegmentFilter, descending: bool = False) -> list[int]:
    """Ids of the segments of a filter in the order of their clusters' numbers; those in none last."""
    found = segments.ids(project, where)
    run = project.connection.execute
    place: dict[int, int] = dict(
        run(
            "SELECT m.segment_id, c.lineage FROM membership m JOIN cluster c ON c.id = m.cluster_id "
            "WHERE c.run_id = (SELECT max(id) FROM run)"
        ).fetchall()
    )
    place |= dict(run("SELECT segment_id, lineage FROM pin").fetchall())
    root: dict[int, int] = dict(
        run("SELECT lineage, into_lineage FROM regrouping WHERE into_lineage IS NOT NULL").fetchall()
    )
    newest = "SELECT lineage, number FROM cluster WHERE id IN (SELECT max(id) FROM cluster GROUP BY lineage)"
    number: dict[int, int] = dict(run(newest).fetchall())
    of = {id_: number.get(root.get(lineage, lineage)) for id_, lineage in place.items()}
    known = [id_ for id_ in found if of.get(id_) is not None]
    known.sort(key=lambda id_: of[id_] or 0, reverse=descending)
    return known + [id_ for id_ in found if of.get(id_) is None]


def latest_codes(project: Project, wanted: Sequence[int], coder_id: int) -> list[tuple[int, int]]:
    """(segment, code) of the last coding that a coder made on each of these segments."""
    return project.connection.execute(
        "SELECT segment_id, code_id FROM coding WHERE id IN (SELECT max(id) FROM coding WHERE coder_id = ? "
        "AND segment_id IN (SELECT value FROM json_each(?)) GROUP BY segment_id) ORDER BY segment_id",
        (coder_id, json.dumps(list(wanted))),
    ).fetchall()


def top_suggestions(project: Project, wanted: Sequence[int]) -> list[tuple[int, int]]:
    """(segment, code) of the strongest suggestion on each of these segments that nobody has decided on."""
    found: dict[int, int] = {}
    for segment_id, code_id, _ in project.connection.execute(_SUGGESTED, (json.dumps(list(wanted)),)):
        found.setdefault(segment_id, code_id)
    return list(found.items())


def coded_by(project: Project, wanted: Sequence[int], code_id: int, coder_id: int) -> set[int]:
    """Which of these segments the coder has given this code as a whole."""
    rows = project.connection.execute(
        "SELECT segment_id FROM coding WHERE code_id = ? AND coder_id = ? AND side = '' "
        "AND segment_id IN (SELECT value FROM json_each(?))",
        (code_id, coder_id, json.dumps(list(wanted))),
    )
    return {row[0] for row in rows}


def memos_on(project: Project, segment_id: int) -> list[Memo]:
    """Everybody's memos on one segment."""
    rows = project.connection.execute(
        "SELECT m.id, m.segment_id, c.name, m.text, m.created FROM memo m JOIN coder c ON c.id = m.coder_id "
        "WHERE m.segment_id = ? ORDER BY m.id",
        (segment_id,),
    )
    return [Memo(id_, "segment", on, coder, text, created) for id_, on, coder, text, created in rows]


def of_action(project: Project, action_id: int) -> list[int]:
    """The segments on which an action altered a decision."""
    rows = project.connection.execute(
        "SELECT DISTINCT json_extract(coalesce(after, before), '$.segment_id') AS segment_id FROM change "
        "WHERE action_id = ? AND tbl <> 'code' AND segment_id IS NOT NULL ORDER BY 1",
        (action_id,),
    )
    return [row[0] for row in rows]


def cluster_codes(project: Project, cluster_id: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """How the segments of a cluster are coded, and what is suggested for them: (code, segments), most first."""
    coded = project.connection.execute(
        f"SELECT x.code_id, count(DISTINCT x.segment_id) FROM {GROUPED} m JOIN coding x ON x.segment_id = m.segment_id "
        "WHERE m.cluster_id = ? GROUP BY 1 ORDER BY 2 DESC, 1",
        (cluster_id,),
    ).fetchall()
    suggested = project.connection.execute(
        f"SELECT g.code_id, count(*) FROM {GROUPED} m JOIN suggestion g ON g.segment_id = m.segment_id "
        "WHERE m.cluster_id = ? AND g.confidence = (SELECT max(confidence) FROM suggestion h "
        "WHERE h.segment_id = g.segment_id) GROUP BY 1 ORDER BY 2 DESC, 1",
        (cluster_id,),
    ).fetchall()
    return coded, suggested
