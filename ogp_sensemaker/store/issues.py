"""What analysts wrote about issues, stances that a machine suggests and people refused, and cues, in and out."""

from collections.abc import Iterable, Mapping, Sequence

from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.issue import FIELDS, Cue, IssueText, MachineStance
from ogp_sensemaker.store.project import Project


def texts(project: Project) -> dict[int, IssueText]:
    """What is written about issues, by code."""
    rows = project.connection.execute(
        f"SELECT t.code_id, {', '.join(f't.{name}' for name in FIELDS)}, c.name, t.created "
        "FROM issue_text t JOIN coder c ON c.id = t.coder_id ORDER BY t.code_id"
    )
    return {row[0]: IssueText(*row) for row in rows}


def write(project: Project, code_id: int, fields: Mapping[str, str]) -> None:
    """Set some of FIELDS of an issue; where nothing is left written, its row goes."""
    strange = set(fields) - set(FIELDS)
    if strange:
        raise ValueError(f"no such fields of an issue: {sorted(strange)}")
    earlier = texts(project).get(code_id, IssueText(code_id))
    values = {name: fields.get(name, getattr(earlier, name)).strip() for name in FIELDS}
    if values == {name: getattr(earlier, name) for name in FIELDS}:
        return
    if not any(values.values()):
        project.connection.execute("DELETE FROM issue_text WHERE code_id = ?", (code_id,))
        return
    marks = ", ".join("?" * (len(FIELDS) + 3))
    project.connection.execute(
        f"INSERT INTO issue_text (code_id, {', '.join(FIELDS)}, coder_id, created) VALUES ({marks}) "
        f"ON CONFLICT (code_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in FIELDS)}, "
        "coder_id = excluded.coder_id",
        (code_id, *values.values(), project.coder_id, project.now()),
    )


def reject(project: Project, found: Iterable[tuple[int, int, Stance]]) -> None:
    """Note that a stance which the machine suggested is wrong: (segment, code, stance)."""
    now = project.now()
    project.connection.executemany(
        "INSERT INTO stance_rejection (segment_id, code_id, stance, coder_id, created) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        [(s, c, stance, project.coder_id, now) for s, c, stance in found],
    )


def rejected(project: Project) -> set[tuple[int, int, str]]:
    """Every (segment, code, stance) of the machine that somebody refused."""
    return set(project.connection.execute("SELECT segment_id, code_id, stance FROM stance_rejection").fetchall())


def machine_stances(project: Project) -> dict[tuple[int, int], MachineStance]:
    """All stances that the machine suggested, by (segment, code); those of other words than now among them."""
    rows = project.connection.execute(
        "SELECT m.segment_id, m.code_id, m.stance, m.probability, m.value, m.words, m.version FROM machine_stance m "
        "JOIN segment s ON s.id = m.segment_id AND s.superseded = '' ORDER BY m.code_id, m.segment_id"
    )
    return {(r[0], r[1]): MachineStance(r[0], r[1], Stance(r[2]), *r[3:]) for r in rows}


def save_machine_stances(project: Project, found: Iterable[MachineStance]) -> None:
    """Write a batch, in place of earlier ones of the same segment and code."""
    project.connection.executemany(
        "INSERT INTO machine_stance VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET stance = excluded.stance, "
        "probability = excluded.probability, value = excluded.value, words = excluded.words, "
        "version = excluded.version",
        [(m.segment_id, m.code_id, m.stance, m.probability, m.value, m.words, m.version) for m in found],
    )


def drop_machine_stances(project: Project, pairs: Iterable[tuple[int, int]]) -> None:
    """Delete what the machine suggested for these (segment, code)."""
    project.connection.executemany("DELETE FROM machine_stance WHERE segment_id = ? AND code_id = ?", pairs)


def cues(project: Project) -> dict[int, Cue]:
    """What the words of segments voice, by segment."""
    rows = project.connection.execute("SELECT segment_id, concern, suggestion, words FROM cue ORDER BY segment_id")
    return {r[0]: Cue(r[0], bool(r[1]), bool(r[2]), r[3]) for r in rows}


def without_cues(project: Project, version: str) -> list[tuple[int, str, str]]:
    """Id, hash and English (or original) of the segments whose cues are missing or of other words or version."""
    from ogp_sensemaker.store.derived import words_hash

    rows = project.connection.execute(
        "SELECT s.id, coalesce(nullif(e.english, ''), s.text), q.words, q.version FROM segment s "
        "JOIN english e ON e.segment_id = s.id LEFT JOIN cue q ON q.segment_id = s.id "
        "WHERE s.superseded = '' AND s.voice = 1 ORDER BY s.id"
    )
    hashed = ((id_, words_hash(text), text, words, have) for id_, text, words, have in rows)
    return [(id_, key, text) for id_, key, text, words, have in hashed if words != key or have != version]


def save_cues(project: Project, found: Sequence[Cue], version: str) -> None:
    """Write a batch, in place of earlier ones."""
    project.connection.executemany(
        "INSERT INTO cue VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET concern = excluded.concern, "
        "suggestion = excluded.suggestion, words = excluded.words, version = excluded.version",
        [(c.segment_id, c.concern, c.suggestion, c.words, version) for c in found],
    )
