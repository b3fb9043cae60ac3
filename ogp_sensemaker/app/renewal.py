"""What machines made of words that have changed since, made anew: vectors, and then suggestions and clusters."""

import json
from collections.abc import Iterator

from ogp_sensemaker.app import clustering, memory, process, suggesting
from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.store import clusters, derived
from ogp_sensemaker.store.project import Project


def outdated(project: Project) -> int:
    """How many segments have no vector of the English that they have now."""
    from ogp_sensemaker.nlp import embed

    return len(derived.without_vector(project, embed.version()))


def renew(project: Project) -> Iterator[Progress]:
    """Bring vectors, and whatever suggestions and clusters there were, up to the present English.

    Does nothing where nothing has changed. Clusters are made with as much detail as those before.
    """
    yield from memory.refresh(project)
    if not outdated(project):
        return
    yield from process.embed_missing(project)
    if derived.suggestions(project):
        yield from suggesting.suggest(project)
    last = clusters.last_run(project)
    if last is not None:
        detail = json.loads(last.parameters).get("detail")
        yield from clustering.run(project, detail if isinstance(detail, int) else None)
