"""What in a project does not hold together, and what an analyst should look at before reporting."""

from dataclasses import dataclass

from ogp_sensemaker.store import derived, segments, translations
from ogp_sensemaker.store.project import Project


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that `check` found; `wrong` ones mean that the file is not sound."""

    wrong: bool
    message: str
    segments: tuple[int, ...] = ()


def check(project: Project) -> list[Issue]:
    """Soundness of the file first, then what the figures rest on. An empty list: nothing to say."""
    return [*_soundness(project), *_worries(project)]


def _soundness(project: Project) -> list[Issue]:
    connection = project.connection
    found = [
        Issue(True, f"The file is damaged: {row[0]}")
        for row in connection.execute("PRAGMA integrity_check")
        if row[0] != "ok"
    ]
    found += [
        Issue(True, f"A row of {table} points to a row of {parent} that is not there.")
        for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check")
    ]
    for message, sql in (
        (
            "{} changes in the history belong to no action.",
            "SELECT count(*) FROM change WHERE action_id NOT IN (SELECT id FROM action)",
        ),
        (
            "{} segments cannot be found by search.",
            "SELECT count(*) FROM segment WHERE id NOT IN (SELECT rowid FROM words)",
        ),
        (
            "{} codings stand without a line in the history.",
            "SELECT count(*) FROM coding WHERE id NOT IN (SELECT row_id FROM change WHERE tbl = 'coding')",
        ),
    ):
        (number,) = connection.execute(sql).fetchone()
        if number:
            found.append(Issue(True, message.format(number)))
    return found


def _worries(project: Project) -> list[Issue]:
    found = []
    flagged = translations.resting_on_flagged(project)
    if flagged:
        found.append(
            Issue(
                False,
                f"{len(flagged)} coded segments rest on a flagged machine translation that nobody has reviewed.",
                tuple(id_ for id_, _ in flagged),
            )
        )
    untranslated = derived.without_english(project, {})
    for language, rows in sorted(untranslated.items()):
        found.append(
            Issue(False, f"{len(rows)} segments in {language} have no English yet.", tuple(id_ for id_, _ in rows))
        )
    uncertain = [s.id for s in segments.page(project, segments.ids(project)) if s.language == "und"]
    if uncertain:
        found.append(Issue(False, f"{len(uncertain)} segments are too short to tell their language.", tuple(uncertain)))
    superseded = project.connection.execute(
        "SELECT DISTINCT x.segment_id FROM coding x JOIN segment s ON s.id = x.segment_id "
        "WHERE s.superseded <> '' ORDER BY 1"
    ).fetchall()
    if superseded:
        found.append(
            Issue(
                False,
                f"{len(superseded)} coded segments are no longer in their file as imported last; they do not count.",
                tuple(row[0] for row in superseded),
            )
        )
    return found
