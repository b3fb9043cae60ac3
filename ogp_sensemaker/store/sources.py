"""Sources, cases and attributes, in and out; writing the segments that an importer found."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ogp_sensemaker.domain.intake import Intake, NewCase, NewSegment
from ogp_sensemaker.domain.source import Case, CaseKind, Source
from ogp_sensemaker.store.project import Project

_SOURCE = (
    "SELECT o.id, o.guid, o.name, o.kind, o.channel, o.sha256, "
    "(SELECT count(*) FROM segment s WHERE s.source_id = o.id AND s.superseded = ''), o.event FROM source o "
)


Move = tuple[str, str, int, str, int]  # key, locator, position, heading, segment id


@dataclass(frozen=True, slots=True)
class Held:
    """A segment that a source already has."""

    id: int
    key: str
    text: str
    about: int | None
    valence: str
    case_id: int | None


def sources(project: Project) -> list[Source]:
    """All sources in the order of import."""
    return [Source(*row) for row in project.connection.execute(_SOURCE + "ORDER BY o.id")]


def source_like(project: Project, intake: Intake) -> Source | None:
    """The source that a file was brought in as before: by its content, else by its name, with its folder or without."""
    same = [s for s in sources(project) if s.kind == intake.kind]
    for found in same:
        if intake.sha256 and found.sha256 == intake.sha256:
            return found
    for found in same:
        if found.name == intake.name or f"/{found.name}".endswith(f"/{intake.name}"):
            return found
    return next((found for found in same if f"/{intake.name}".endswith(f"/{found.name}")), None)


def add_source(project: Project, intake: Intake, event: int | None) -> int:
    """A new source; its id."""
    cursor = project.connection.execute(
        "INSERT INTO source (guid, name, kind, channel, sha256, encoding, event, imported) VALUES (?,?,?,?,?,?,?,?)",
        (
            str(uuid.uuid4()),
            intake.name,
            intake.kind,
            intake.channel,
            intake.sha256,
            intake.encoding,
            event,
            project.now(),
        ),
    )
    return int(cursor.lastrowid or 0)


def renew_source(project: Project, source_id: int, intake: Intake, event: int | None) -> None:
    """Note that a changed file was brought in for a source."""
    project.connection.execute(
        "UPDATE source SET sha256 = ?, encoding = ?, imported = ?, event = coalesce(?, event), channel = ? "
        "WHERE id = ?",
        (intake.sha256, intake.encoding, project.now(), event, intake.channel, source_id),
    )


def set_event(project: Project, source_id: int, event: int | None) -> None:
    """The case that stands for the event a source is about."""
    project.connection.execute("UPDATE source SET event = ? WHERE id = ?", (event, source_id))


def save_cases(project: Project, found: Iterable[NewCase], channel: str) -> tuple[dict[str, int], int]:
    """Write cases and their attributes; ids by key for those that were found, and how many are new."""
    connection = project.connection
    known = dict(connection.execute("SELECT key, id FROM cases").fetchall())
    ids: dict[str, int] = {}
    new = 0
    attributes: list[tuple[int, str, str]] = []
    for case in found:
        id_ = known.get(case.key)
        if id_ is None:
            cursor = connection.execute(
                "INSERT INTO cases (guid, key, name, kind, channel) VALUES (?, ?, ?, ?, ?)",
                (str(uuid.uuid4()), case.key, case.name, case.kind, channel),
            )
            id_ = known[case.key] = int(cursor.lastrowid or 0)
            new += 1
        ids[case.key] = id_
        attributes += [(id_, name, value) for name, value in case.attributes.items() if value]
    connection.executemany(
        "INSERT INTO attribute VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", attributes
    )
    return ids, new


def cases(project: Project, kinds: Sequence[CaseKind] = ()) -> list[Case]:
    """Cases with their attributes, in the order of import."""
    attributes: dict[int, dict[str, str]] = {}
    for case_id, name, value in project.connection.execute("SELECT case_id, name, value FROM attribute"):
        attributes.setdefault(case_id, {})[name] = value
    rows = project.connection.execute("SELECT id, guid, key, name, kind, channel FROM cases ORDER BY id")
    return [
        Case(id_, guid, key, name, CaseKind(kind), channel, attributes.get(id_, {}))
        for id_, guid, key, name, kind, channel in rows
        if not kinds or kind in kinds
    ]


def attribute_names(project: Project) -> list[str]:
    """The names of all attributes, sorted."""
    return [row[0] for row in project.connection.execute("SELECT DISTINCT name FROM attribute ORDER BY name")]


def attribute_values(project: Project) -> dict[str, list[str]]:
    """The values of each attribute, sorted."""
    found: dict[str, list[str]] = {}
    for name, value in project.connection.execute("SELECT DISTINCT name, value FROM attribute ORDER BY name, value"):
        found.setdefault(name, []).append(value)
    return found


def channels(project: Project) -> list[str]:
    """The channels of the project, in the order of import."""
    return [r[0] for r in project.connection.execute("SELECT channel FROM source GROUP BY channel ORDER BY min(id)")]


def held(project: Project, source_id: int) -> list[Held]:
    """The segments that a source has, as a changed file may still hold them."""
    rows = project.connection.execute(
        "SELECT id, key, text, about, valence, case_id FROM segment WHERE source_id = ? AND superseded = '' "
        "ORDER BY position",
        (source_id,),
    )
    return [Held(*row) for row in rows]


def add_segments(
    project: Project,
    source_id: int,
    found: Sequence[tuple[int, NewSegment]],
    case_ids: Mapping[str, int],
    event: int | None,
) -> dict[str, int]:
    """Write segments with their places; ids by key. Parents and proposals are linked afterwards."""
    first = int(
        project.connection.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name='segment'").fetchone()[
            0
        ]
    )
    rows = [
        (
            id_, source_id, s.key, s.locator, position, s.heading, s.kind, int(s.voice),
            case_ids.get(s.case, event if s.voice else None), s.valence, s.occurred, s.language, s.text,
        )
        for id_, (position, s) in enumerate(found, first + 1)
    ]  # fmt: skip
    project.connection.executemany(
        "INSERT INTO segment (id, source_id, key, locator, position, heading, kind, voice, case_id, valence, occurred, "
        "declared_language, text) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        rows,
    )
    return {s.key: first + 1 + n for n, (_, s) in enumerate(found)}


def link_segments(project: Project, links: Iterable[tuple[int | None, int | None, int]]) -> None:
    """Set the parent and the proposal of segments: (parent id, code id, segment id)."""
    project.connection.executemany("UPDATE segment SET parent_id = ?, about = ? WHERE id = ?", links)


def move_segments(project: Project, moves: Iterable[Move]) -> None:
    """A changed file holds the same words elsewhere."""
    found = list(moves)
    # Through keys that no importer makes, so that two segments can change places.
    project.connection.executemany("UPDATE segment SET key = '~' || id WHERE id = ?", [(m[-1],) for m in found])
    project.connection.executemany(
        "UPDATE segment SET key = ?, locator = ?, position = ?, heading = ? WHERE id = ?", found
    )


def supersede(project: Project, gone: Iterable[int]) -> None:
    """A changed file no longer holds these: kept with their codings, left out of every figure."""
    now = project.now()
    project.connection.executemany(
        "UPDATE segment SET superseded = ?, key = key || '~' || id WHERE id = ?", [(now, id_) for id_ in gone]
    )


def keys(project: Project, source_id: int) -> dict[str, int]:
    """The ids of a source's segments by key."""
    return dict(project.connection.execute("SELECT key, id FROM segment WHERE source_id = ?", (source_id,)).fetchall())


def words_index(project: Project) -> list[tuple[int, str, str]]:
    """Id, name of the source and text of every segment that stands, for matching tables of codings and translations."""
    return project.connection.execute(
        "SELECT s.id, o.name, s.text FROM segment s JOIN source o ON o.id = s.source_id WHERE s.superseded = '' "
        "ORDER BY s.id"
    ).fetchall()


def hosts(project: Project) -> tuple[str, ...]:
    """Who runs the consultation: their proposals are not participants' words."""
    return tuple(json.loads(project.meta("hosts", "[]")))
