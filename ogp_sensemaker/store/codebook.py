"""Codes, in and out."""

import json
import uuid
from collections.abc import Iterable, Mapping

from ogp_sensemaker.domain.codebook import Code, CodeKind, in_order, path_of
from ogp_sensemaker.domain.folding import same_words
from ogp_sensemaker.errors import NotFound
from ogp_sensemaker.store.project import Project

_FIELDS = (
    "guid", "name", "kind", "parent_id", "position", "description", "use_when", "not_when", "examples", "color", "key",
    "number", "external_key", "submitted_by", "segment_id",
)  # fmt: skip


def codes(project: Project) -> dict[int, Code]:
    """All codes by id, in the order of the tree."""
    rows = project.connection.execute(f"SELECT id, {', '.join(_FIELDS)} FROM code")
    found = [Code(r[0], r[1], r[2], CodeKind(r[3]), *r[4:]) for r in rows]
    return {code.id: code for code in in_order(found)}


def paths(project: Project) -> dict[int, str]:
    """The path of every code, in the order of the tree."""
    found = codes(project)
    return {id_: path_of(code, found) for id_, code in found.items()}


def add(project: Project, name: str, kind: CodeKind, parent_id: int | None = None, **fields: object) -> int:
    """A new code at the end of its siblings; its id. `fields` are columns of the table `code`."""
    fields.setdefault("guid", str(uuid.uuid4()))
    position = project.connection.execute(
        "SELECT coalesce(max(position), -1) + 1 FROM code WHERE parent_id IS ?", (parent_id,)
    ).fetchone()[0]
    row = {"name": name, "kind": kind, "parent_id": parent_id, "position": position, **fields}
    _known(row)
    sql = f"INSERT INTO code ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    return int(project.connection.execute(sql, list(row.values())).lastrowid or 0)


def change(project: Project, code_id: int, **fields: object) -> None:
    """Set columns of a code."""
    _known(fields)
    sql = f"UPDATE code SET {', '.join(f'{name} = ?' for name in fields)} WHERE id = ?"
    project.connection.execute(sql, [*fields.values(), code_id])


def delete(project: Project, code_id: int) -> None:
    """Delete a code with everything below it and the codings on them."""
    project.connection.execute("DELETE FROM code WHERE id = ?", (code_id,))


def has_opinions(project: Project, code_ids: list[int]) -> bool:
    """Whether people gave opinions on, or wrote under, any of these proposals."""
    marks = ", ".join("?" * len(code_ids))
    sql = (
        f"SELECT EXISTS (SELECT 1 FROM opinion WHERE code_id IN ({marks})) "
        f"OR EXISTS (SELECT 1 FROM segment WHERE about IN ({marks}))"
    )
    return bool(project.connection.execute(sql, code_ids * 2).fetchone()[0])


def segment_counts(project: Project) -> dict[int, int]:
    """How many segments stand coded with each code or anything below it."""
    rows = project.connection.execute(
        """
        WITH RECURSIVE above (id, top) AS (
            SELECT id, id FROM code UNION SELECT c.id, a.top FROM code c JOIN above a ON c.parent_id = a.id)
        SELECT a.top, count(DISTINCT x.segment_id) FROM above a JOIN coding x ON x.code_id = a.id
        JOIN segment s ON s.id = x.segment_id AND s.superseded = '' GROUP BY a.top
        """
    )
    return dict(rows.fetchall())


def find(project: Project, wanted: str) -> int:
    """The id of the code that a person means: its path, name, number, key of a platform, or id as `=12`.

    Raises NotFound where none or several fit.
    """
    found = matching(codes(project), wanted)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(
            f"There is no code “{wanted}”; “ogp-sensemaker codebook” lists them, “A > B” names one below another."
        )
    raise NotFound(f"“{wanted}” fits {len(found)} codes; give its whole path or its number.")


def matching(known: Mapping[int, Code], wanted: str) -> list[int]:
    """Ids of the codes that fit a path, number, external key, name or `=id`; the first of these that any fits."""
    if wanted.startswith("=") and wanted[1:].isdigit():
        return [id_ for id_ in known if id_ == int(wanted[1:])]
    words = same_words(wanted)
    for text_of in (
        lambda code: path_of(code, known),
        lambda code: code.number,
        lambda code: code.external_key,
        lambda code: code.name,
    ):
        found = [id_ for id_, code in known.items() if same_words(text_of(code)) == words and text_of(code)]
        if found:
            return found
    return []


def _known(fields: Mapping[str, object]) -> None:
    strange = set(fields) - set(_FIELDS) - {"by_host"}
    if strange:
        raise ValueError(f"no such columns of a code: {sorted(strange)}")


def move_uses(project: Project, code_id: int, into_id: int) -> None:
    """What was decided on one code goes to another; where that has its own (of a coder), its own stays."""
    for table in ("coding", "rejection", "memo", "issue_text", "stance_rejection"):
        project.connection.execute(f"UPDATE OR IGNORE {table} SET code_id = ? WHERE code_id = ?", (into_id, code_id))


def move_codings(project: Project, code_id: int, into_id: int, segments: Iterable[int]) -> None:
    """The codings of these segments with one code go to another."""
    project.connection.execute(
        "UPDATE OR IGNORE coding SET code_id = ? WHERE code_id = ? AND segment_id IN (SELECT value FROM json_each(?))",
        (into_id, code_id, json.dumps(list(segments))),
    )
