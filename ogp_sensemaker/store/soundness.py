"""Whether the file holds together: what SQLite says of it, and what our own tables promise each other."""

from ogp_sensemaker.store.project import Project

_PROMISES = (
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
)


def problems(project: Project) -> list[str]:
    """What is wrong with the file, a sentence each; none for a sound one."""
    connection = project.connection
    found = [f"The file is damaged: {row[0]}" for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    found += [
        f"A row of {table} points to a row of {parent} that is not there."
        for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check")
    ]
    for message, sql in _PROMISES:
        (number,) = connection.execute(sql).fetchone()
        if number:
            found.append(message.format(number))
    return found


def superseded_with_codings(project: Project) -> list[int]:
    """Coded segments that a changed file no longer holds."""
    rows = project.connection.execute(
        "SELECT DISTINCT x.segment_id FROM coding x JOIN segment s ON s.id = x.segment_id "
        "WHERE s.superseded <> '' ORDER BY 1"
    )
    return [row[0] for row in rows]
