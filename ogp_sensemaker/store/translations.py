"""Machine and human translations, and where each stands: machine, edited, approved."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from ogp_sensemaker.domain.folding import fold, search_words
from ogp_sensemaker.store.project import Project


@dataclass(frozen=True, slots=True)
class MachineTranslation:
    """What a model made of a segment."""

    segment_id: int
    english: str
    score: float
    flags: str
    version: str
    own: str = ""  # the model's English before remembered sentences took the place of its own; "" where none did


@dataclass(frozen=True, slots=True)
class HumanTranslation:
    """What a person made of a segment, or took over from a machine; "" for an approver that there is not."""

    segment_id: int
    english: str
    state: str  # edited or approved
    coder_id: int
    coder: str
    created: str
    approver: str = ""
    approved: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """A segment as translation sees it: its words, their language, and the English it has."""

    segment_id: int
    text: str
    language: str
    english: str
    state: str  # machine, edited, approved, or "" where there is no English
    flags: str = ""


_LANGUAGE = "coalesce(nullif(s.declared_language, ''), l.language, '')"


def save_human(
    project: Project, found: Iterable[tuple[int, str]], coder_id: int | None = None, state: str = "approved"
) -> int:
    """Human translations (segment, English), in place of earlier ones; how many are new or changed.

    By `coder_id`, as a file or memory names them, or by whoever is at work, who then is their approver too.
    """
    before = project.connection.total_changes
    coder, now = coder_id or project.coder_id, project.now()
    approver = project.coder_id if coder_id is None and state == "approved" else None
    done = 0
    for segment_id, english in found:
        cursor = project.connection.execute(
            "INSERT INTO translation (segment_id, english, state, coder_id, created, approver_id, approved) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (segment_id) DO UPDATE SET english = excluded.english, state = excluded.state, "
            "coder_id = excluded.coder_id, created = excluded.created, approver_id = excluded.approver_id, "
            "approved = excluded.approved "
            "WHERE english <> excluded.english OR state <> excluded.state",
            (segment_id, english, state, coder, now, approver, now if approver else ""),
        )
        done += cursor.rowcount
    return done if project.connection.total_changes > before else 0


def set_approved(project: Project, wanted: Iterable[int]) -> int:
    """Approve what people wrote, in the name of whoever is at work; its author stays. How many were not yet."""
    return project.connection.execute(
        "UPDATE translation SET state = 'approved', approver_id = ?, approved = ? "
        "WHERE state <> 'approved' AND segment_id IN (SELECT value FROM json_each(?))",
        (project.coder_id, project.now(), json.dumps(list(wanted))),
    ).rowcount


def set_edited(project: Project, wanted: Iterable[int]) -> int:
    """Take the approval off what people wrote; how many had it."""
    return project.connection.execute(
        "UPDATE translation SET state = 'edited', approver_id = NULL, approved = '' "
        "WHERE state <> 'edited' AND segment_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(wanted)),),
    ).rowcount


def remove_human(project: Project, wanted: Iterable[int]) -> int:
    """Take human translations away, so that a machine's are shown again; how many there were."""
    return project.connection.execute(
        "DELETE FROM translation WHERE segment_id IN (SELECT value FROM json_each(?))", (json.dumps(list(wanted)),)
    ).rowcount


def with_human(project: Project) -> set[int]:
    """The segments that a person has translated."""
    return {row[0] for row in project.connection.execute("SELECT segment_id FROM translation")}


def human(project: Project, wanted: Iterable[int]) -> dict[int, HumanTranslation]:
    """The human translations of these segments."""
    rows = project.connection.execute(
        "SELECT t.segment_id, t.english, t.state, t.coder_id, c.name, t.created, coalesce(a.name, ''), t.approved "
        "FROM translation t JOIN coder c ON c.id = t.coder_id LEFT JOIN coder a ON a.id = t.approver_id "
        "WHERE t.segment_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(wanted)),),
    )
    return {row[0]: HumanTranslation(*row) for row in rows}


def originals(project: Project, holding: Iterable[str]) -> list[Original]:
    """Segments that are not in English and hold the words of one of these texts in a row, in the order of import."""
    wanted: set[int] = set()
    for text in dict.fromkeys(holding):
        phrase = 'original : "' + fold(text).replace('"', " ") + '"'
        if search_words(text):
            wanted.update(id_ for (id_,) in project.connection.execute(_PHRASE, (phrase,)))
    return _originals(project, wanted)


_PHRASE = "SELECT rowid FROM words WHERE words MATCH ?"


def unlike_the_model(project: Project) -> list[Original]:
    """Segments in whose machine translation remembered sentences stand."""
    rows = project.connection.execute("SELECT segment_id FROM machine_translation WHERE own <> ''")
    return _originals(project, {id_ for (id_,) in rows})


def _originals(project: Project, wanted: Iterable[int]) -> list[Original]:
    rows = project.connection.execute(
        f"SELECT s.id, s.text, {_LANGUAGE} AS language, e.english, e.state, e.flags FROM segment s "
        "JOIN english e ON e.segment_id = s.id LEFT JOIN language l ON l.segment_id = s.id "
        "WHERE s.id IN (SELECT value FROM json_each(?)) AND s.superseded = '' "
        f"AND ({_LANGUAGE} <> 'en' OR e.state IN ('edited', 'approved')) ORDER BY s.source_id, s.position, s.id",
        (json.dumps(sorted(wanted)),),
    )
    return [Original(*row) for row in rows]


def queue(project: Project, language: str | None = None) -> list[int]:
    """Machine translations that nobody has looked at, flagged ones first, the least sure of each before the others."""
    rows = project.connection.execute(
        f"SELECT s.id FROM segment s JOIN machine_translation m ON m.segment_id = s.id "
        "LEFT JOIN language l ON l.segment_id = s.id "
        "WHERE s.superseded = '' AND NOT EXISTS (SELECT 1 FROM translation t WHERE t.segment_id = s.id) "
        f"AND (:language IS NULL OR {_LANGUAGE} = :language) "
        "ORDER BY m.flags = '', m.score, s.source_id, s.position, s.id",
        {"language": language},
    )
    return [row[0] for row in rows]


def worklist(project: Project, state: str | None, language: str = "", flag: str = "") -> list[int]:
    """Segments that are not in English: with English in this `state` ("" for none), in one language, with one flag.

    `None` means any state, "*" any flag. Flagged ones first, the least sure before the others; then as imported.
    """
    rows = project.connection.execute(
        f"SELECT s.id, {_LANGUAGE} AS tongue FROM segment s JOIN english e ON e.segment_id = s.id "
        "LEFT JOIN machine_translation m ON m.segment_id = s.id LEFT JOIN language l ON l.segment_id = s.id "
        "WHERE s.superseded = '' AND (:state IS NULL OR e.state = :state) "
        "AND (tongue NOT IN ('en', 'und', '') OR e.state <> '') AND (:language = '' OR tongue = :language) "
        "AND (:flag = '' OR :flag = '*' AND e.flags <> '' "
        "OR instr(', ' || e.flags || ', ', ', ' || :flag || ', ')) "
        "ORDER BY e.flags = '', e.state = 'machine' AND m.score, s.source_id, s.position, s.id",
        {"state": state, "language": language, "flag": flag},
    )
    return [row[0] for row in rows]


def flag_counts(project: Project) -> dict[str, int]:
    """How many machine translations that nobody has looked at carry each flag, most first."""
    rows = project.connection.execute(
        "SELECT e.flags, count(*) FROM segment s JOIN english e ON e.segment_id = s.id "
        "WHERE s.superseded = '' AND e.state = 'machine' AND e.flags <> '' GROUP BY 1"
    )
    found: dict[str, int] = {}
    for flags, number in rows:
        for flag in flags.split(", "):
            found[flag] = found.get(flag, 0) + number
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def state_counts(project: Project) -> dict[str, dict[str, int]]:
    """How many segments of each language stand in each state; "flagged" counts machine translations in doubt."""
    rows = project.connection.execute(
        f"SELECT {_LANGUAGE} AS language, e.state, sum(e.state = 'machine' AND e.flags <> ''), count(*) "
        "FROM segment s JOIN english e ON e.segment_id = s.id LEFT JOIN language l ON l.segment_id = s.id "
        f"WHERE s.superseded = '' AND {_LANGUAGE} NOT IN ('en', 'und', '') GROUP BY 1, 2 ORDER BY 1, 2"
    )
    found: dict[str, dict[str, int]] = {}
    for language, state, flagged, number in rows:
        counts = found.setdefault(language, {"machine": 0, "flagged": 0, "edited": 0, "approved": 0, "none": 0})
        counts[state or "none"] = number
        counts["flagged"] += flagged
    return found


def save_machine(project: Project, found: Iterable[MachineTranslation]) -> None:
    """Write a batch of machine translations."""
    project.connection.executemany(
        "INSERT INTO machine_translation (segment_id, english, score, flags, version, own) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET english = excluded.english, score = excluded.score, flags = excluded.flags, "
        "version = excluded.version, own = excluded.own",
        [(t.segment_id, t.english, t.score, t.flags, t.version, t.own) for t in found],
    )


def machine(project: Project, wanted: Iterable[int]) -> dict[int, MachineTranslation]:
    """Machine translations of these segments."""
    rows = project.connection.execute(
        "SELECT segment_id, english, score, flags, version, own FROM machine_translation "
        "WHERE segment_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(wanted)),),
    )
    return {row[0]: MachineTranslation(*row) for row in rows}


def resting_on_flagged(project: Project) -> list[tuple[int, str]]:
    """Coded segments whose English is a machine's that carries a flag and that nobody has looked at: (id, flags)."""
    return project.connection.execute(
        "SELECT e.segment_id, e.flags FROM english e WHERE e.state = 'machine' AND e.flags <> '' "
        "AND EXISTS (SELECT 1 FROM coding x WHERE x.segment_id = e.segment_id) ORDER BY e.segment_id"
    ).fetchall()
