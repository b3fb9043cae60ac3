"""Decisions on segments: apply and remove codes, stances, memos, contested marks; assign a whole cluster."""

from collections.abc import Sequence

from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.errors import NotFound, SensemakerError
from ogp_sensemaker.store import clusters, codebook, codings, derived, segments
from ogp_sensemaker.store.codings import Span
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project

MARKS = ("contested", "not contested", "to watch")


def code_segments(
    project: Project,
    wanted: Sequence[int],
    code_id: int,
    *,
    stance: Stance | None = None,
    concern: bool | None = None,
    span: Span | None = None,
) -> Changes:
    """Give segments a code, with a stance if one is given. Raises NotFound for a segment or code that is not there."""
    name = _name(project, code_id)
    _check(project, wanted)
    what = f"Code {_many(wanted)} “{name}”" + (f", {stance}" if stance else "")
    with project.action(what) as action:
        codings.add(project, wanted, code_id, stance=stance, concern=concern, span=span)
    return action.changes


def uncode_segments(project: Project, wanted: Sequence[int], code_id: int) -> Changes:
    """Take a code of the coder at work off segments. Raises SensemakerError where none had it."""
    name = _name(project, code_id)
    _check(project, wanted)
    with project.action(f"Take “{name}” off {_many(wanted)}") as action:
        if not codings.remove(project, wanted, code_id):
            raise SensemakerError(
                f"{project.coder} has not coded {_many(wanted)} with “{name}”, so nothing was removed."
            )
    return action.changes


def remove_coding(project: Project, coding_id: int) -> Changes:
    """Delete one coding, such as one on a span or a colleague's."""
    with project.action("Remove a coding") as action:
        codings.remove_coding(project, coding_id)
    return action.changes


def set_stance(project: Project, wanted: Sequence[int], code_id: int, stance: Stance | None) -> Changes:
    """Set or (None) take away the stance of segments towards a code; codes those that were not coded."""
    name = _name(project, code_id)
    _check(project, wanted)
    what = f"Stance of {_many(wanted)} towards “{name}”: {stance or 'none'}"
    with project.action(what) as action:
        if stance is None:
            codings.set_stance(project, wanted, code_id, None)
        else:
            codings.add(project, wanted, code_id, stance=stance)
    return action.changes


def accept_suggestions(project: Project, pairs: Sequence[tuple[int, int]]) -> Changes:
    """Confirm suggested codes, (segment, code) each: a coding of the coder's own beside the machine's suggestion."""
    _check(project, [segment for segment, _ in pairs])
    with project.action(f"Accept {len(pairs)} suggestion{'s' * (len(pairs) != 1)}") as action:
        for code_id in dict.fromkeys(code for _, code in pairs):
            _name(project, code_id)
            codings.add(project, [segment for segment, code in pairs if code == code_id], code_id)
    return action.changes


def reject_suggestions(project: Project, pairs: Sequence[tuple[int, int]]) -> Changes:
    """Say that suggested codes do not fit, (segment, code) each; the machine learns from it."""
    with project.action(f"Reject {len(pairs)} suggestion{'s' * (len(pairs) != 1)}") as action:
        codings.reject(project, pairs)
    return action.changes


def assign_cluster(
    project: Project, cluster_id: int, code_id: int, *, stance: Stance | None = None, only_uncoded: bool = False
) -> Changes:
    """Code every segment of a cluster in one action. Each gets a coding of its own, which outlives the cluster."""
    cluster = clusters.get(project, cluster_id)
    name = _name(project, code_id)
    wanted = sorted(clusters.members(project, cluster_id))
    if only_uncoded:
        wanted = sorted(clusters.uncoded(project, wanted))
    if not wanted:
        raise SensemakerError(f"Cluster {cluster.number} has no segments left to code.")
    with project.action(f"Assign cluster {cluster.number} ({_many(wanted)}) to “{name}”") as action:
        codings.add(project, wanted, code_id, stance=stance, via_cluster=cluster_id)
    return action.changes


def write_memo(project: Project, text: str, *, segment_id: int | None = None, code_id: int | None = None) -> Changes:
    """Write, change or (with an empty text) take away the coder's memo on a segment, a code or the project."""
    if segment_id is not None:
        segments.get(project, segment_id)
        where = f"#{segment_id}"
    else:
        where = "the project" if code_id is None else f"“{_name(project, code_id)}”"
    with project.action(f"Memo on {where}") as action:
        codings.write_memo(project, text, segment_id=segment_id, code_id=code_id)
    return action.changes


def mark_contested(project: Project, code_id: int, state: str, reason: str = "") -> Changes:
    """Decide that an issue is contested, not contested or to watch, and why; an empty state takes it back.

    Raises SensemakerError without a reason: a reader of the report has to be told.
    """
    name = _name(project, code_id)
    if state not in (*MARKS, ""):
        raise SensemakerError(f"“{state}” is no mark; use one of: {', '.join(MARKS)}.")
    if state and not reason.strip():
        raise SensemakerError("Say why: a mark needs a reason that the report can give.")
    with project.action(f"Mark “{name}” as {state}" if state else f"Take the mark off “{name}”") as action:
        codings.mark(project, code_id, state, reason)
    return action.changes


def undecided(project: Project) -> dict[int, list[tuple[int, float]]]:
    """Suggestions, strongest first, on which nobody has decided: by segment, (code, confidence)."""
    decided = {(c.segment_id, c.code_id) for c in codings.everything(project)} | set(codings.rejections(project))
    found: dict[int, list[tuple[int, float]]] = {}
    for segment, suggested in derived.suggestions(project).items():
        if left := [(code, p) for code, p in suggested if (segment, code) not in decided]:
            found[segment] = left
    return found


def _name(project: Project, code_id: int) -> str:
    known = codebook.codes(project)
    if code_id not in known:
        raise NotFound(f"There is no code {code_id} in the codebook.")
    return known[code_id].name


def _check(project: Project, wanted: Sequence[int]) -> None:
    there = {segment.id for segment in segments.page(project, wanted)} if len(wanted) < 50 else None
    missing = [id_ for id_ in wanted if there is not None and id_ not in there]
    if missing:
        raise NotFound(f"There is no segment {missing[0]}; see the first column of an export for the numbers.")
    if not wanted:
        raise SensemakerError("Choose at least one segment.")


def _many(wanted: Sequence[int]) -> str:
    return f"#{wanted[0]}" if len(wanted) == 1 else f"{len(wanted):,} segments"
