"""Languages, vectors, duplicates and suggestions: what is missing, and saving a batch."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ogp_sensemaker.store.project import Project

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_READING = "coalesce(nullif(e.english, ''), s.text)"


def without_language(project: Project, version: str) -> list[tuple[int, str]]:
    """Id and text of the segments whose language this version has not told."""
    return project.connection.execute(
        "SELECT s.id, s.text FROM segment s LEFT JOIN language l ON l.segment_id = s.id "
        "WHERE s.superseded = '' AND (l.segment_id IS NULL OR l.version <> ?) ORDER BY s.id",
        (version,),
    ).fetchall()


def save_languages(project: Project, found: Iterable[tuple[int, str, float]], version: str) -> None:
    """Write a batch: (segment, language, confidence)."""
    project.connection.executemany(
        "INSERT INTO language VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET language = excluded.language, "
        "confidence = excluded.confidence, version = excluded.version",
        [(*row, version) for row in found],
    )


def language_counts(project: Project) -> dict[str, int]:
    """How many segments stand in each language, most first."""
    rows = project.connection.execute(
        "SELECT coalesce(nullif(s.declared_language, ''), l.language, '') AS language, count(*) FROM segment s "
        "LEFT JOIN language l ON l.segment_id = s.id WHERE s.superseded = '' GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return dict(rows.fetchall())


def without_english(project: Project, versions: Mapping[str, str]) -> dict[str, list[tuple[int, str]]]:
    """Segments (id, text) in another language with no human translation and none by the current model, by language.

    `versions` gives the current model for each language that has one; a language without one lists all it has.
    """
    rows = project.connection.execute(
        # `tongue`, because a bare `language` in WHERE is the column of that name: what was detected, not declared.
        "SELECT coalesce(nullif(s.declared_language, ''), l.language, '') AS tongue, s.id, s.text, m.version "
        "FROM segment s LEFT JOIN language l ON l.segment_id = s.id "
        "LEFT JOIN machine_translation m ON m.segment_id = s.id "
        "WHERE s.superseded = '' AND NOT EXISTS (SELECT 1 FROM translation t WHERE t.segment_id = s.id) "
        "AND tongue NOT IN ('en', 'und', '') ORDER BY s.id"
    )
    found: dict[str, list[tuple[int, str]]] = {}
    for language, id_, text, version in rows:
        if version is None or version != versions.get(language, version):
            found.setdefault(language, []).append((id_, text))
    return found


def words_hash(text: str) -> str:
    """What a vector remembers of the text it was made from."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def without_vector(project: Project, version: str) -> list[tuple[int, str]]:
    """Id and English (or original) of the segments whose vector is missing, of another model, or of other words."""
    rows = project.connection.execute(
        f"SELECT s.id, {_READING}, v.version, v.words FROM segment s JOIN english e ON e.segment_id = s.id "
        "LEFT JOIN vector v ON v.segment_id = s.id WHERE s.superseded = '' ORDER BY s.id"
    )
    return [(i, text) for i, text, have, words in rows if have != version or words != words_hash(text)]


def save_vectors(
    project: Project, found: Sequence[tuple[int, str]], vectors: "NDArray[np.float32]", version: str
) -> None:
    """Write a batch: (segment, text) and their vectors, one a row, kept as float16."""
    import numpy as np

    project.connection.executemany(
        "INSERT INTO vector VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET version = excluded.version, "
        "words = excluded.words, vector = excluded.vector",
        [
            (id_, version, words_hash(text), row.astype(np.float16).tobytes())
            for (id_, text), row in zip(found, vectors, strict=True)
        ],
    )
    project.set_meta("vectors_made", str(int(project.meta("vectors_made", "0")) + len(found)))


def reworded(project: Project, version: str) -> list[int]:
    """Segments whose vector is of this model, and of other words than they have now."""
    rows = project.connection.execute(
        f"SELECT s.id, {_READING}, v.words FROM segment s JOIN english e ON e.segment_id = s.id "
        "JOIN vector v ON v.segment_id = s.id WHERE s.superseded = '' AND v.version = ? ORDER BY s.id",
        (version,),
    )
    return [i for i, text, words in rows if words != words_hash(text)]


def vectors(project: Project, wanted: Sequence[int] | None = None) -> "tuple[list[int], NDArray[np.float32]]":
    """Ids and vectors (n, d) of segments that have one; of `wanted` in that order, or of all that stand, by id."""
    import numpy as np

    rows = project.connection.execute(
        "SELECT v.segment_id, v.vector FROM vector v JOIN segment s ON s.id = v.segment_id "
        "WHERE s.superseded = '' ORDER BY v.segment_id"
    ).fetchall()
    if wanted is not None:
        known = dict(rows)
        rows = [(id_, known[id_]) for id_ in wanted if id_ in known]
    if not rows:
        return [], np.zeros((0, 0), np.float32)
    data = np.frombuffer(b"".join(blob for _, blob in rows), np.float16).reshape(len(rows), -1)
    return [id_ for id_, _ in rows], data.astype(np.float32)


def duplicates_stale(project: Project) -> bool:
    """Whether segments came or went since duplicates were last looked for."""
    return project.meta("duplicates_of") != _standing(project)


def _standing(project: Project) -> str:
    return str(
        project.connection.execute(
            "SELECT count(*) || '/' || coalesce(max(id), 0) FROM segment WHERE superseded = ''"
        ).fetchone()[0]
    )


def save_duplicates(project: Project, found: Iterable[tuple[int, int, str, float]]) -> None:
    """All duplicates (segment, the first of its kind, exact or near, score), in place of the earlier ones."""
    project.connection.execute("DELETE FROM duplicate")
    project.connection.executemany("INSERT INTO duplicate VALUES (?, ?, ?, ?)", found)
    project.set_meta("duplicates_of", _standing(project))


def save_suggestions(project: Project, found: Iterable[tuple[int, int, float]], coder_id: int) -> None:
    """All suggestions (segment, code, confidence) of a machine, in place of the earlier ones."""
    project.connection.execute("DELETE FROM suggestion")
    project.connection.executemany("INSERT INTO suggestion VALUES (?, ?, ?, ?)", [(*row, coder_id) for row in found])
    project.set_meta("suggested_of", project.meta("vectors_made"))


def every_suggestion(project: Project) -> list[tuple[int, int, float]]:
    """All suggestions: (segment, code, confidence)."""
    return project.connection.execute("SELECT segment_id, code_id, confidence FROM suggestion").fetchall()


def move_suggestions(
    project: Project, kept: Sequence[tuple[int, int, float]], gone: Sequence[tuple[int, int]], coder_id: int
) -> None:
    """Change the suggestions that moved, (segment, code, confidence), and drop those that are none any more."""
    project.connection.executemany("DELETE FROM suggestion WHERE segment_id = ? AND code_id = ?", gone)
    project.connection.executemany(
        # Joined, because either may have gone since it was learned.
        "INSERT INTO suggestion SELECT s.id, c.id, ?, ? FROM segment s JOIN code c WHERE s.id = ? AND c.id = ? "
        "ON CONFLICT DO UPDATE SET confidence = excluded.confidence",
        [(confidence, coder_id, segment, code) for segment, code, confidence in kept],
    )


def save_basis(project: Project, data: bytes) -> None:
    """What suggestions rest on besides decisions, in place of the earlier one; inside an action."""
    made = basis_made(project) + 1
    project.connection.execute("DELETE FROM basis")
    project.connection.execute("INSERT INTO basis VALUES (?, ?)", (made, data))


def basis_made(project: Project) -> int:
    """Which making of all suggestions is the latest; 0 before the first."""
    (made,) = project.connection.execute("SELECT coalesce(max(id), 0) FROM basis").fetchone()
    return int(made)


def basis(project: Project) -> bytes:
    """What all suggestions were made from; nothing before the first time."""
    row = project.connection.execute("SELECT data FROM basis").fetchone()
    return b"" if row is None else bytes(row[0])


def save_judgement(project: Project, first: Sequence[int], says: Mapping[int, Sequence[int]]) -> None:
    """What the machine would learn most from (segments, the first first), and what it says of decided segments.

    `says` holds the codes by segment, as foretold without knowing what people decided about it.
    """
    save_order(project, first)
    project.set_meta("machine_says", json.dumps({str(id_): list(codes) for id_, codes in says.items()}))


def save_order(project: Project, first: Sequence[int]) -> None:
    """What the machine would learn most from (segments), the first to ask about first."""
    project.set_meta("to_learn", json.dumps(list(first)))


def to_learn(project: Project) -> list[int]:
    """The segments from whose decision the machine would learn most, the first to ask about first."""
    found: list[int] = json.loads(project.meta("to_learn", "[]"))
    return found


def machine_says(project: Project) -> dict[int, list[int]]:
    """The codes that the machine would give segments that people have decided on, by segment."""
    return {int(id_): codes for id_, codes in json.loads(project.meta("machine_says", "{}")).items()}


def suggestions_stale(project: Project) -> bool:
    """Whether there are suggestions, and vectors that came after them."""
    (any_,) = project.connection.execute("SELECT EXISTS (SELECT 1 FROM suggestion)").fetchone()
    return bool(any_) and project.meta("suggested_of") != project.meta("vectors_made")


def suggestions(project: Project) -> dict[int, list[tuple[int, float]]]:
    """The suggestions (code, confidence) by segment, strongest first."""
    found: dict[int, list[tuple[int, float]]] = {}
    for segment_id, code_id, confidence in project.connection.execute(
        "SELECT segment_id, code_id, confidence FROM suggestion ORDER BY segment_id, confidence DESC, code_id"
    ):
        found.setdefault(segment_id, []).append((code_id, confidence))
    return found


def sure(project: Project, least: float) -> list[tuple[int, int, float]]:
    """(segment, code, confidence) of suggestions of at least this confidence, the surest first.

    Of segments that stand and that nobody has coded; what somebody rejected is left out.
    """
    return project.connection.execute(
        "SELECT g.segment_id, g.code_id, g.confidence FROM suggestion g JOIN segment s ON s.id = g.segment_id "
        "WHERE g.confidence >= ? AND s.superseded = '' AND g.segment_id NOT IN (SELECT segment_id FROM coding) "
        "AND NOT EXISTS (SELECT 1 FROM rejection r WHERE r.segment_id = g.segment_id AND r.code_id = g.code_id) "
        "ORDER BY g.confidence DESC, g.segment_id, g.code_id",
        (least,),
    ).fetchall()


def versions(project: Project) -> list[tuple[str, str]]:
    """What made the derived rows: (what, model and version), each once."""
    found: list[tuple[str, str]] = []
    for what, sql in (
        ("Language by", "SELECT DISTINCT version FROM language ORDER BY 1"),
        ("Vectors by", "SELECT DISTINCT version FROM vector ORDER BY 1"),
        ("Machine translation by", "SELECT DISTINCT version FROM machine_translation ORDER BY 1"),
        ("Stances suggested by", "SELECT DISTINCT version FROM machine_stance ORDER BY 1"),
        ("Concerns and suggestions by", "SELECT DISTINCT version FROM cue ORDER BY 1"),
        ("Suggestions by", "SELECT DISTINCT c.name FROM suggestion g JOIN coder c ON c.id = g.coder_id ORDER BY 1"),
    ):
        found += [(what, row[0]) for row in project.connection.execute(sql)]
    return found
