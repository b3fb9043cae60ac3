"""Make a code of comments that belong together: a new idea becomes a theme or an issue, in one step."""

from collections.abc import Mapping, Sequence

from ogp_sensemaker.app import codebook as codes
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.store import codebook, codings, issues
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project


def make_code(
    project: Project,
    name: str,
    kind: CodeKind,
    wanted: Sequence[int],
    *,
    parent_id: int | None = None,
    texts: Mapping[str, str] | None = None,
    stance: Stance | None = None,
) -> Changes:
    """A new code on segments, with its wording as an issue (`texts`, of domain.issue.FIELDS), in one action.

    Raises SensemakerError for an empty name, a name that is taken there, or no segments.
    """
    name = codes.free_name(project, name, parent_id)
    if not wanted:
        raise SensemakerError("Choose at least one segment.")
    many = f"#{wanted[0]}" if len(wanted) == 1 else f"{len(wanted):,} segments"
    with project.action(f"Make the {kind} “{name}” of {many}") as action:
        code_id = codebook.add(project, name, kind, parent_id)
        issues.write(project, code_id, texts or {})
        codings.add(project, wanted, code_id, stance=stance)
    return action.changes
