"""The project's own terms of the glossary."""

from ogp_sensemaker.domain.folding import same_words
from ogp_sensemaker.domain.translation import Term
from ogp_sensemaker.store.project import Project


def save(project: Project, term: Term) -> bool:
    """Add a term, or change what is said of it; whether anything was written."""
    cursor = project.connection.execute(
        "INSERT INTO glossary (language, words, term, english, name, note, coder_id, created) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (language, words) DO UPDATE SET term = excluded.term, "
        "english = excluded.english, name = excluded.name, note = excluded.note, coder_id = excluded.coder_id, "
        "created = excluded.created "
        "WHERE (term, english, name, note) <> (excluded.term, excluded.english, excluded.name, excluded.note)",
        (
            term.language, same_words(term.term), term.term, term.english, int(term.name), term.note,
            project.coder_id, project.now(),
        ),
    )  # fmt: skip
    return cursor.rowcount > 0


def remove(project: Project, language: str, term: str) -> bool:
    """Drop a term of the project; whether there was one."""
    cursor = project.connection.execute(
        "DELETE FROM glossary WHERE language = ? AND words = ?", (language, same_words(term))
    )
    return cursor.rowcount > 0


def terms(project: Project) -> list[Term]:
    """The project's own terms, by language and in the order in which they were added."""
    rows = project.connection.execute("SELECT language, term, english, name, note FROM glossary ORDER BY language, id")
    return [Term(language, term, english, bool(name), note) for language, term, english, name, note in rows]
