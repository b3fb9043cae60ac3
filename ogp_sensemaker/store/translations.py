"""Machine and human translations, and the memory of what people translated."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from ogp_sensemaker.domain.folding import same_words
from ogp_sensemaker.store.project import Project


@dataclass(frozen=True, slots=True)
class MachineTranslation:
    """What a model made of a segment."""

    segment_id: int
    english: str
    score: float
    flags: str
    version: str


def save_human(
    project: Project, found: Iterable[tuple[int, str]], coder_id: int | None = None, state: str = "approved"
) -> int:
    """Human translations (segment, English), in place of earlier ones; how many are new or changed."""
    before = project.connection.total_changes
    coder, now = coder_id or project.coder_id, project.now()
    done = 0
    for segment_id, english in found:
        cursor = project.connection.execute(
            "INSERT INTO translation (segment_id, english, state, coder_id, created) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (segment_id) DO UPDATE SET english = excluded.english, state = excluded.state, "
            "coder_id = excluded.coder_id WHERE english <> excluded.english OR state <> excluded.state",
            (segment_id, english, state, coder, now),
        )
        done += cursor.rowcount
    return done if project.connection.total_changes > before else 0


def with_human(project: Project) -> set[int]:
    """The segments that a person has translated."""
    return {row[0] for row in project.connection.execute("SELECT segment_id FROM translation")}


def remember(project: Project, original: str, english: str, language: str, coder_id: int) -> None:
    """Keep a human translation for segments with the same words that come later."""
    project.connection.execute(
        "INSERT INTO memory VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET english = excluded.english, "
        "coder_id = excluded.coder_id",
        (same_words(original), original, english, language, coder_id),
    )


def remembered(project: Project, texts: Iterable[tuple[int, str]]) -> list[tuple[int, str, int]]:
    """What the memory holds for segments (id, text): (id, English, coder)."""
    memory = {
        words: (english, coder)
        for words, english, coder in project.connection.execute("SELECT words, english, coder_id FROM memory")
    }
    if not memory:
        return []
    found = ((id_, memory.get(same_words(text))) for id_, text in texts)
    return [(id_, *known) for id_, known in found if known is not None]


def save_machine(project: Project, found: Iterable[MachineTranslation]) -> None:
    """Write a batch of machine translations."""
    project.connection.executemany(
        "INSERT INTO machine_translation (segment_id, english, score, flags, version) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET english = excluded.english, score = excluded.score, flags = excluded.flags, "
        "version = excluded.version",
        [(t.segment_id, t.english, t.score, t.flags, t.version) for t in found],
    )


def machine(project: Project, wanted: Iterable[int]) -> dict[int, MachineTranslation]:
    """Machine translations of these segments."""
    rows = project.connection.execute(
        "SELECT segment_id, english, score, flags, version FROM machine_translation "
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
