"""The tree of meanings: codes, and what may move where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

PATH_SEPARATOR = " > "


class CodeKind(StrEnum):
    """What a code stands for."""

    DIRECTION = "direction"
    PROPOSAL = "proposal"
    ISSUE = "issue"
    THEME = "theme"


@dataclass(frozen=True, slots=True)
class Code:
    """One meaning that segments can be given."""

    id: int
    guid: str
    name: str
    kind: CodeKind
    parent_id: int | None = None
    position: int = 0
    description: str = ""
    use_when: str = ""
    not_when: str = ""
    examples: str = ""  # one a line
    color: str = ""
    key: str = ""  # the key pressed to apply it
    number: str = ""  # how reports call it: "1", "D1-04"
    external_key: str = ""  # what a platform calls it (proposal_slug)
    submitted_by: str = ""
    segment_id: int | None = None  # a proposal's own words


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code as a codebook file or the default codebook describes it; `path` holds the names from the root."""

    path: tuple[str, ...]
    kind: CodeKind
    description: str = ""
    use_when: str = ""
    not_when: str = ""
    examples: tuple[str, ...] = ()
    color: str = ""
    key: str = ""
    number: str = ""


def path_of(code: Code, codes: Mapping[int, Code]) -> str:
    """The names from the root to a code, joined by ` > `."""
    names = [code.name]
    while code.parent_id is not None:
        code = codes[code.parent_id]
        names.append(code.name)
    return PATH_SEPARATOR.join(reversed(names))


def ancestors(code_id: int, codes: Mapping[int, Code]) -> list[int]:
    """The ids above a code, nearest first."""
    found: list[int] = []
    parent = codes[code_id].parent_id
    while parent is not None and parent not in found:
        found.append(parent)
        parent = codes[parent].parent_id
    return found


def may_move(code_id: int, parent_id: int | None, codes: Mapping[int, Code]) -> bool:
    """Whether a code may be put under another: never under itself or its own subcodes."""
    return parent_id is None or (parent_id != code_id and code_id not in ancestors(parent_id, codes))


def direction_of(code_id: int, codes: Mapping[int, Code]) -> int | None:
    """The direction that a code is, or stands under."""
    for id_ in (code_id, *ancestors(code_id, codes)):
        if codes[id_].kind is CodeKind.DIRECTION:
            return id_
    return None


def in_order(codes: Iterable[Code]) -> list[Code]:
    """Codes as the tree shows them: each before its subcodes, siblings by position."""
    children: dict[int | None, list[Code]] = {}
    for code in codes:
        children.setdefault(code.parent_id, []).append(code)
    found: list[Code] = []

    def visit(parent: int | None) -> None:
        for code in sorted(children.get(parent, ()), key=lambda c: (c.position, c.id)):
            found.append(code)
            visit(code.id)

    visit(None)
    return found
