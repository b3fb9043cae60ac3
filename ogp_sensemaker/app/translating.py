"""Review of translations: approve a machine's English, or write one's own."""

from collections.abc import Sequence

from ogp_sensemaker.errors import NotFound, SensemakerError
from ogp_sensemaker.store import segments, translations
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project


def approve(project: Project, wanted: Sequence[int]) -> Changes:
    """Say that the English of segments is right as it stands. Raises SensemakerError where one has none."""
    found = [(s.id, s.english) for s in segments.page(project, wanted)]
    bare = [id_ for id_, english in found if not english]
    if bare or not found:
        raise SensemakerError(f"#{bare[0]} has no English to approve yet." if bare else "Choose at least one segment.")
    what = f"#{found[0][0]}" if len(found) == 1 else f"{len(found):,} segments"
    with project.action(f"Approve the translation of {what}") as action:
        translations.save_human(project, found)
    return action.changes


def write(project: Project, segment_id: int, english: str) -> Changes:
    """A person's own English for a segment, in place of the machine's. Raises NotFound or SensemakerError."""
    english = " ".join(english.split(" ")).strip()
    segment = next(iter(segments.page(project, [segment_id])), None)
    if segment is None:
        raise NotFound(f"There is no segment {segment_id}; see the first column of an export for the numbers.")
    if not english:
        raise SensemakerError("Write the English first; an empty translation is not kept.")
    with project.action(f"Translate #{segment_id}") as action:
        translations.save_human(project, [(segment_id, english)], state="edited")
    return action.changes
