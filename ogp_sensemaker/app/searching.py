"""Search by words and by meaning."""

from ogp_sensemaker.domain.source import Segment
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.store import derived, segments
from ogp_sensemaker.store.project import Project


def by_words(project: Project, words: str, limit: int = 50) -> list[Segment]:
    """Segments that hold all words, in the original or the English, best first."""
    return segments.page(project, segments.search(project, words, limit))


def by_meaning(project: Project, words: str, limit: int = 50) -> list[tuple[Segment, float]]:
    """Segments whose meaning is nearest to the words, with the cosine. Raises SensemakerError without vectors."""
    from ogp_sensemaker.nlp import embed

    ids, vectors = derived.vectors(project)
    if not ids:
        raise SensemakerError("No segment has a vector yet; run “process” first, or search without --similar.")
    near = vectors @ embed.embed([words])[0]
    # Ties in the order of import, so that the same question has the same answer.
    order = sorted(range(len(ids)), key=lambda row: (-round(float(near[row]), 6), ids[row]))[:limit]
    found = segments.page(project, [ids[row] for row in order])
    return [(segment, float(near[row])) for segment, row in zip(found, order, strict=True)]
