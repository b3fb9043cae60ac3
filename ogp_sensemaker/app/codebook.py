"""Add, rename, describe, move, merge, split and delete codes."""

from collections.abc import Sequence
from pathlib import Path

from ogp_sensemaker.domain.codebook import Code, CodeKind, NewCode, ancestors, may_move
from ogp_sensemaker.domain.folding import same_words
from ogp_sensemaker.errors import NotFound, SensemakerError
from ogp_sensemaker.store import codebook
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project


def read(path: Path | None = None) -> list[NewCode]:
    """The codes of a file (CSV or YAML), or the default seven directions. Raises ImportProblem."""
    from ogp_sensemaker.formats.codebook import default_codebook, read_codebook

    return default_codebook() if path is None else read_codebook(path)


def load_codebook(project: Project, found: Sequence[NewCode], name: str = "") -> Changes:
    """Add the codes of a codebook that are not there yet."""
    with project.action(f"Codebook {name or 'of the seven directions'}: {len(found)} codes", "import") as action:
        add_codes(project, found)
    return action.changes


def add_codes(project: Project, found: Sequence[NewCode]) -> None:
    """Write codes with their parents; one that is there under the same path is left as it is. Inside an action."""
    ids = {_path(code, known): id_ for known in [codebook.codes(project)] for id_, code in known.items()}
    for new in found:
        parent: int | None = None
        for depth in range(1, len(new.path) + 1):
            path = tuple(same_words(name) for name in new.path[:depth])
            if path not in ids:
                fields = _fields(new) if depth == len(new.path) else {}
                kind = new.kind if depth == len(new.path) else CodeKind.THEME
                ids[path] = codebook.add(project, new.path[depth - 1], kind, parent, **fields)
            parent = ids[path]


def add_code(project: Project, name: str, kind: CodeKind, parent_id: int | None = None, **fields: object) -> Changes:
    """A new code at the end of its siblings. Raises SensemakerError for an empty name or one that is taken there."""
    name = free_name(project, name, parent_id)
    with project.action(f"Add code “{name}”") as action:
        codebook.add(project, name, kind, parent_id, **fields)
    return action.changes


def rename_code(project: Project, code_id: int, name: str) -> Changes:
    """Give a code another name."""
    code = _get(project, code_id)
    name = free_name(project, name, code.parent_id, code_id)
    with project.action(f"Rename “{code.name}” to “{name}”") as action:
        codebook.change(project, code_id, name=name)
    return action.changes


def describe_code(project: Project, code_id: int, **fields: object) -> Changes:
    """Change what a code means and looks like: description, use_when, not_when, examples, color, key, number, kind."""
    code = _get(project, code_id)
    with project.action(f"Describe “{code.name}”") as action:
        codebook.change(project, code_id, **fields)
    return action.changes


def move_code(project: Project, code_id: int, parent_id: int | None, position: int | None = None) -> Changes:
    """Put a code under another (None: at the top), before the sibling at `position` or last.

    Raises SensemakerError where it would come to stand under itself, or beside one of the same name.
    """
    known = codebook.codes(project)
    code = _get(project, code_id)
    if not may_move(code_id, parent_id, known):
        raise SensemakerError(f"“{code.name}” cannot be moved under itself.")
    free_name(project, code.name, parent_id, code_id)
    siblings = [c.id for c in known.values() if c.parent_id == parent_id and c.id != code_id]
    siblings.insert(len(siblings) if position is None else position, code_id)
    with project.action(f"Move “{code.name}”") as action:
        codebook.change(project, code_id, parent_id=parent_id)
        for place, id_ in enumerate(siblings):
            codebook.change(project, id_, position=place)
    return action.changes


def merge_codes(project: Project, code_id: int, into_id: int) -> Changes:
    """Move every coding, subcode and memo of one code to another, then delete it.

    Raises SensemakerError for a proposal on which people gave opinions: theirs are facts, not ours to merge.
    """
    known = codebook.codes(project)
    code, into = _get(project, code_id), _get(project, into_id)
    if code_id == into_id or code_id in ancestors(into_id, known):
        raise SensemakerError(f"“{code.name}” cannot be merged into itself or its own subcode.")
    if codebook.has_opinions(project, [code_id]):
        raise SensemakerError(f"People gave opinions on “{code.name}”, so it cannot be merged away.")
    with project.action(f"Merge “{code.name}” into “{into.name}”") as action:
        codebook.move_uses(project, code_id, into_id)
        taken = {c.name for c in known.values() if c.parent_id == into_id}
        for child in [c for c in known.values() if c.parent_id == code_id]:
            name = child.name if child.name not in taken else f"{child.name} ({code.name})"
            codebook.change(project, child.id, parent_id=into_id, name=name)
        codebook.delete(project, code_id)
    return action.changes


def split_code(project: Project, code_id: int, name: str, segments: Sequence[int]) -> Changes:
    """A new code beside an old one, which takes over the codings of these segments."""
    code = _get(project, code_id)
    name = free_name(project, name, code.parent_id)
    with project.action(f"Split “{name}” off “{code.name}”") as action:
        new = codebook.add(project, name, code.kind, code.parent_id)
        codebook.move_codings(project, code_id, new, segments)
    return action.changes


def delete_code(project: Project, code_id: int) -> Changes:
    """Delete a code, everything below it and the codings on them; undo brings them back.

    Raises SensemakerError for a proposal on which people gave opinions.
    """
    known = codebook.codes(project)
    code = _get(project, code_id)
    below = [id_ for id_ in known if code_id in (id_, *ancestors(id_, known))]
    if codebook.has_opinions(project, below):
        raise SensemakerError(f"People gave opinions on “{code.name}” or what is below it, so it cannot be deleted.")
    with project.action(f"Delete code “{code.name}”") as action:
        codebook.delete(project, code_id)
    return action.changes


def _get(project: Project, code_id: int) -> Code:
    known = codebook.codes(project)
    if code_id not in known:
        raise NotFound(f"There is no code {code_id} in the codebook.")
    return known[code_id]


def _path(code: Code, known: dict[int, Code]) -> tuple[str, ...]:
    return tuple(same_words(known[id_].name) for id_ in (*reversed(ancestors(code.id, known)), code.id))


def _fields(new: NewCode) -> dict[str, object]:
    return {
        "description": new.description, "use_when": new.use_when, "not_when": new.not_when,
        "examples": "\n".join(new.examples), "color": new.color, "key": new.key, "number": new.number,
    }  # fmt: skip


def free_name(project: Project, name: str, parent_id: int | None, but: int | None = None) -> str:
    """A name without stray blanks. Raises SensemakerError where it is empty or taken by another code in its place."""
    name = " ".join(name.split())
    if not name:
        raise SensemakerError("Give the code a name.")
    for code in codebook.codes(project).values():
        if code.id != but and code.parent_id == parent_id and same_words(code.name) == same_words(name):
            raise SensemakerError(f"There is a code “{code.name}” in the same place; choose another name.")
    return name
