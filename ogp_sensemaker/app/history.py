"""Undo, redo, and the readable trail of what was done."""

from dataclasses import dataclass

from ogp_sensemaker.app import memory
from ogp_sensemaker.store import clusters, codebook, codings, derived, journal, segments, sources, translations
from ogp_sensemaker.store.journal import Changes, Entry
from ogp_sensemaker.store.project import Project


def undo(project: Project) -> Changes:
    """Take back the latest decision that still stands."""
    return _with_memory(project, journal.undo(project))


def redo(project: Project) -> Changes:
    """Take back the latest undo."""
    return _with_memory(project, journal.redo(project))


def revert(project: Project, action_id: int) -> Changes:
    """Take back one action of the past, if nothing since rests on it."""
    return _with_memory(project, journal.revert(project, action_id))


def _with_memory(project: Project, changes: Changes) -> Changes:
    """What the memory has put into machine translations, or no longer does, follows it."""
    if "memory" in changes.tables:
        for _ in memory.refresh(project):
            pass
    return changes


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a segment's story: when, who, what."""

    made: str
    who: str
    what: str
    action_id: int | None = None
    undone: bool = False


def story(project: Project, segment_id: int) -> list[Step]:
    """Everything that happened to a segment, from its file to the last decision on it. Raises NotFound."""
    segment = segments.get(project, segment_id)
    source = next(s for s in sources.sources(project) if s.id == segment.source_id)
    imported = [
        e for e in journal.history(project) if e.kind == "import" and e.summary.startswith(f"Import {source.name}:")
    ]
    steps = [Step(e.made, e.coder, f"{e.summary} (this one: {segment.locator})", e.action_id) for e in imported[:1]]
    if segment.language:
        steps.append(Step("", "machine", f"language: {segment.language} ({segment.language_confidence:.2f})"))
    for made in translations.machine(project, [segment_id]).values():
        steps.append(Step("", made.version, "translated" + (f", flagged: {made.flags}" if made.flags else "")))
    membership = clusters.memberships(project).get(segment_id)
    if membership is not None and not membership.pinned:  # a pin is told as the decision that it is
        cluster = clusters.get(project, membership.cluster_id)
        steps.append(Step("", "machine", f"in cluster {cluster.number} “{cluster.label}” ({membership.strength:.2f})"))
    paths = codebook.paths(project)
    for code_id, confidence in derived.suggestions(project).get(segment_id, []):
        steps.append(Step("", "machine", f"suggested “{paths[code_id]}” ({confidence:.2f})"))
    return steps + [
        step for e in journal.history(project, segment_id) for step in _decisions(project, e, segment_id, paths)
    ]


def _decisions(project: Project, entry: Entry, segment_id: int, paths: dict[int, str]) -> list[Step]:
    coders = codings.coders(project)
    steps = []
    for change in journal.details(project, entry.action_id):
        row = change.after or change.before or {}
        if row.get("segment_id") != segment_id or change.table == "code":
            continue
        who = coders.get(int(str(row["coder_id"]))) if row.get("coder_id") else None
        what = f"{entry.summary}: {_describe(change, paths)}"
        steps.append(
            Step(entry.made, who.name if who else entry.coder, what, entry.action_id, entry.undone_by is not None)
        )
    return steps


def _describe(change: journal.Detail, paths: dict[int, str]) -> str:
    def short(row: dict[str, object]) -> str:
        code = paths.get(int(str(row["code_id"])), "a code since deleted") if row.get("code_id") else ""
        parts = [f"“{code}”" if code else "", str(row.get("stance") or ""), "concern" if row.get("concern") else ""]
        return ", ".join(p for p in parts if p)

    name = {"rejection": "rejection of", "stance_rejection": "rejection of the machine's stance towards"}
    what = name.get(change.table, change.table)
    if change.before is None:
        return f"{what} {short(change.after or {})} made".replace("  ", " ")
    if change.after is None:
        return f"{what} {short(change.before)} removed".replace("  ", " ")
    return f"{what} changed from {short(change.before) or '…'} to {short(change.after) or '…'}"


def trail(project: Project, limit: int | None = None) -> list[Entry]:
    """The actions of the project, oldest first."""
    return journal.history(project, limit=limit)
