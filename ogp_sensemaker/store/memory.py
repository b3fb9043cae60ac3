"""The translation memory: what people translated, by the words of the original."""

from collections.abc import Iterable

from ogp_sensemaker.domain.folding import same_words
from ogp_sensemaker.domain.translation import Unit
from ogp_sensemaker.store.project import Project


def remember(
    project: Project, original: str, english: str, language: str, coder_id: int, created: str = "", keep: bool = False
) -> bool:
    """Keep a human translation for segments with the same words; whether anything was written.

    In place of what the memory has for these words, unless `keep` and another coder's is there.
    """
    cursor = project.connection.execute(
        "INSERT INTO memory (words, original, english, language, coder_id, created) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (words) DO UPDATE SET original = excluded.original, english = excluded.english, "
        "language = coalesce(nullif(excluded.language, ''), language), coder_id = excluded.coder_id, "
        "created = excluded.created WHERE english <> excluded.english AND (NOT ? OR coder_id = excluded.coder_id)",
        (same_words(original), original, english, language, coder_id, created or project.now(), keep),
    )
    return cursor.rowcount > 0


def forget(project: Project, original: str, english: str) -> bool:
    """Drop what the memory has for these words, if it is this English."""
    cursor = project.connection.execute(
        "DELETE FROM memory WHERE words = ? AND english = ?", (same_words(original), english)
    )
    return cursor.rowcount > 0


def known(project: Project) -> dict[str, tuple[str, str, int]]:
    """All of the memory: (English, language, coder) by the folded words of the original."""
    rows = project.connection.execute("SELECT words, english, language, coder_id FROM memory ORDER BY id")
    return {words: (english, language, coder) for words, english, language, coder in rows}


def remembered(project: Project, texts: Iterable[tuple[int, str]]) -> list[tuple[int, str, int]]:
    """What the memory holds for segments (id, text): (id, English, coder)."""
    memory = known(project)
    if not memory:
        return []
    found = ((id_, memory.get(same_words(text))) for id_, text in texts)
    return [(id_, hit[0], hit[2]) for id_, hit in found if hit is not None]


def units(project: Project, language: str | None = None) -> dict[str, Unit]:
    """The memory by the folded words of the original, as it grew; of one language (and those unknown) or of all."""
    rows = project.connection.execute(
        "SELECT m.words, m.original, m.english, m.language, c.name, m.created "
        "FROM memory m JOIN coder c ON c.id = m.coder_id "
        "WHERE :language IS NULL OR m.language IN (:language, '') ORDER BY m.id",
        {"language": language},
    )
    return {words: Unit(*row) for words, *row in rows}
