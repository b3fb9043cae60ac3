"""Opinions, votes and poll answers, in and out."""

import json
from collections.abc import Iterable, Mapping, Sequence

from ogp_sensemaker.domain.intake import NewPoll
from ogp_sensemaker.domain.opinion import Opinion, Poll, Vote
from ogp_sensemaker.store.project import Project


def save_opinions(project: Project, source_id: int, found: Iterable[tuple[int, int, float, str]]) -> tuple[int, int]:
    """Write opinions (code, case, value, time); how many are new and how many changed."""
    connection = project.connection
    before = {(c, k): v for c, k, v in connection.execute("SELECT code_id, case_id, value FROM opinion")}
    rows = list(found)
    connection.executemany(
        "INSERT INTO opinion (code_id, case_id, value, occurred, source_id) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET value = excluded.value, occurred = excluded.occurred",
        [(*row, source_id) for row in rows],
    )
    new = sum((c, k) not in before for c, k, _, _ in rows)
    changed = sum((c, k) in before and before[c, k] != v for c, k, v, _ in rows)
    return new, changed


def opinions(project: Project) -> list[Opinion]:
    """All opinions, by proposal and case."""
    rows = project.connection.execute("SELECT code_id, case_id, value FROM opinion ORDER BY code_id, case_id")
    return [Opinion(*row) for row in rows]


def save_votes(project: Project, found: Iterable[tuple[int, int, int]]) -> int:
    """Write votes (segment, case, value), the later in place of the earlier; how many are new or changed."""
    before = project.connection.total_changes
    project.connection.executemany(
        "INSERT INTO vote VALUES (?, ?, ?) "
        "ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        found,
    )
    return project.connection.total_changes - before


def votes(project: Project) -> list[Vote]:
    """All votes, by segment and case."""
    rows = project.connection.execute("SELECT segment_id, case_id, value FROM vote ORDER BY segment_id, case_id")
    return [Vote(*row) for row in rows]


def votes_mark(project: Project) -> str:
    """What the votes on statements are told by: other votes have another mark; "" without any.

    Reasons that somebody includes on Consider.it are agreed with by design, and are no votes here.
    """
    count, mark = project.connection.execute(
        "SELECT count(*), total((v.value + 2) * (v.segment_id * 7919 + v.case_id) % 1000003) FROM vote v "
        "JOIN segment s ON s.id = v.segment_id WHERE s.about IS NULL AND s.superseded = ''"
    ).fetchone()
    return f"{count}/{int(mark)}" if count else ""


def save_opinion_groups(
    project: Project, group_of: Mapping[int, str], place: Mapping[int, tuple[float, float]], mark: str
) -> None:
    """Which opinion group each case belongs to and its place among them, in place of what was found before."""
    project.connection.execute("DELETE FROM opinion_group")
    rows = [(case, name, *place[case]) for case, name in sorted(group_of.items())]
    project.connection.executemany("INSERT INTO opinion_group VALUES (?, ?, ?, ?)", rows)
    project.set_meta("opinion_groups_of", mark)


def opinion_groups(project: Project) -> dict[int, str]:
    """The opinion group of each case that has one."""
    return dict(project.connection.execute("SELECT case_id, name FROM opinion_group ORDER BY case_id").fetchall())


def save_polls(
    project: Project,
    source_id: int,
    found: Sequence[NewPoll],
    answers: Mapping[str, Iterable[tuple[int, str]]],
) -> int:
    """Write polls with their answers (case, option) by key, in place of earlier ones; how many answers are new."""
    connection = project.connection
    new = 0
    for poll in found:
        connection.execute(
            "INSERT INTO poll (source_id, key, question, multiple, options) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET question = excluded.question, "
            "multiple = excluded.multiple, options = excluded.options",
            (
                source_id,
                poll.key,
                poll.question,
                int(poll.multiple),
                json.dumps(poll.options, ensure_ascii=False),
            ),
        )
        (poll_id,) = connection.execute(
            "SELECT id FROM poll WHERE source_id = ? AND key = ?", (source_id, poll.key)
        ).fetchone()
        earlier = set(connection.execute("SELECT case_id, option FROM poll_answer WHERE poll_id = ?", (poll_id,)))
        now = set(answers.get(poll.key, ()))
        connection.execute("DELETE FROM poll_answer WHERE poll_id = ?", (poll_id,))
        connection.executemany("INSERT INTO poll_answer VALUES (?, ?, ?)", [(poll_id, *a) for a in sorted(now)])
        new += len(now - earlier)
    return new


def polls(project: Project) -> list[Poll]:
    """The closed questions, in the order of import."""
    rows = project.connection.execute(
        "SELECT p.id, p.key, p.question, p.multiple, p.options, o.name FROM poll p JOIN source o ON o.id = p.source_id "
        "ORDER BY p.id"
    )
    return [Poll(id_, key, question, bool(multiple), tuple(json.loads(options)), source)
            for id_, key, question, multiple, options, source in rows]  # fmt: skip


def poll_answers(project: Project) -> dict[int, list[tuple[int, str]]]:
    """The answers (case, option) by poll."""
    found: dict[int, list[tuple[int, str]]] = {}
    for poll_id, case_id, option in project.connection.execute("SELECT * FROM poll_answer ORDER BY 1, 2, 3"):
        found.setdefault(poll_id, []).append((case_id, option))
    return found
