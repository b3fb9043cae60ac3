"""Language, translation, duplicates, vectors, clusters, map, suggestions and concerns for whatever lacks them.

Safe to stop and run again.
"""

from collections.abc import Iterator, Sequence
from importlib import metadata
from typing import TypeVar

from ogp_sensemaker.app import clustering, doubting, memory, stances, suggesting, terms, votes
from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.domain.speech import without_speaker
from ogp_sensemaker.errors import ModelMissing
from ogp_sensemaker.store import clusters, derived, segments, translations
from ogp_sensemaker.store.project import Project

LANGUAGE_BATCH = 2000
TRANSLATION_BATCH = 64
VECTOR_BATCH = 256

T = TypeVar("T")


def process(project: Project) -> Iterator[Progress]:
    """All machine stages in order, each for what is missing only.

    A model that is not there skips its stage, with a sentence in `Progress.note`; the others go on.
    """
    stages = (
        tell_languages, translate_missing, memory.refresh, find_duplicates, embed_missing, clustering.join_new,
        clustering.place_missing, suggest_again, stances.read_cues, stances.suggest_stances_again,
        votes.find_opinion_groups,
    )  # fmt: skip
    for stage in stages:
        try:
            yield from stage(project)
        except ModelMissing as missing:
            yield Progress(0, 0, "", str(missing))


def tell_languages(project: Project) -> Iterator[Progress]:
    """The language of every segment that has none yet; "und" where it is too short to tell."""
    version = f"lingua {metadata.version('lingua-language-detector')}: {' '.join(sorted(project.languages))}"
    todo = derived.without_language(project, version)
    if not todo:
        return
    from ogp_sensemaker.nlp import language

    done = 0
    try:
        for start, batch in _batches(todo, LANGUAGE_BATCH):
            yield Progress(start, len(todo), "Telling languages")
            told = language.detect([text for _, text in batch], project.languages)
            with project.writing():
                rows = [(id_, code, sure) for (id_, _), (code, sure) in zip(batch, told, strict=True)]
                derived.save_languages(project, rows, version)
            done = start + len(batch)
    finally:
        _note(project, done, f"Language of {done:,} segments ({version})")
    yield Progress(len(todo), len(todo), "Telling languages")


def translate_missing(project: Project) -> Iterator[Progress]:
    """English for every segment in another language that neither a person nor the current model has translated."""
    from ogp_sensemaker.nlp import translate

    versions = translate.versions("en")
    todo = derived.without_english(project, versions)
    for code in sorted(todo):
        if code not in versions:
            yield Progress(0, 0, "", translate.no_model(code, len(todo[code])))
        else:
            yield from _translate(project, code, todo[code], versions[code])


def _translate(project: Project, code: str, todo: Sequence[tuple[int, str]], version: str) -> Iterator[Progress]:
    from ogp_sensemaker.nlp import glossary, translate

    known = glossary.prepare(code, terms.terms(project, code))
    done = 0
    try:
        for start, batch in _batches(todo, TRANSLATION_BATCH):
            yield Progress(start, len(todo), f"Translating {code}")
            texts = [text for _, text in batch]
            made = translate.translate(texts, code, glossary=glossary.written(texts, known))
            flags = doubting.doubts(texts, made, code, known)
            rows = [
                translations.MachineTranslation(id_, found.text, found.score, ", ".join(doubts), version)
                for (id_, _), found, doubts in zip(batch, made, flags, strict=True)
            ]
            with project.writing():
                translations.save_machine(project, rows)
            done = start + len(batch)
    finally:
        _note(project, done, f"Translated {done:,} segments from {code} ({version})")
    yield Progress(len(todo), len(todo), f"Translating {code}")


def find_duplicates(project: Project) -> Iterator[Progress]:
    """Exact and near duplicates of all segments, when any came or went since last time. Flagged, never dropped."""
    if not derived.duplicates_stale(project):
        return
    from ogp_sensemaker.nlp import duplicates

    every = segments.page(project, segments.ids(project))
    yield Progress(0, len(every), "Looking for duplicates")
    found = duplicates.find([without_speaker(s.text) for s in every])
    with project.action(f"Duplicates among {len(every):,} segments: {len(found)}", "machine"):
        rows = [(every[d.index].id, every[d.of].id, d.kind, d.score) for d in found]
        derived.save_duplicates(project, rows)
    yield Progress(len(every), len(every), "Looking for duplicates")


def embed_missing(project: Project) -> Iterator[Progress]:
    """A vector for every segment that has none of its current English by the current model."""
    from ogp_sensemaker.nlp import embed

    version = embed.version()
    todo = derived.without_vector(project, version)
    # Long texts together, so that short ones are not padded to their length.
    todo.sort(key=lambda row: (len(row[1]), row[0]))
    # What reads differently now joins the clusters, and comes on the map, like what is new.
    reworded = set(derived.reworded(project, version))
    done = 0
    try:
        for start, batch in _batches(todo, VECTOR_BATCH):
            yield Progress(start, len(todo), "Making vectors")
            made = embed.embed([without_speaker(text) for _, text in batch])
            with project.writing():
                derived.save_vectors(project, batch, made, version)
                clusters.forget(project, reworded & {id_ for id_, _ in batch})
            done = start + len(batch)
    finally:
        _note(project, done, f"Vectors of {done:,} segments ({version})")
    if todo:
        yield Progress(len(todo), len(todo), "Making vectors")


def suggest_again(project: Project) -> Iterator[Progress]:
    """Suggestions anew, where there were any and words have come or changed since."""
    if derived.suggestions_stale(project):
        yield from suggesting.suggest(project)


def _batches(items: Sequence[T], size: int) -> Iterator[tuple[int, Sequence[T]]]:
    """How many came before, and the next `size`."""
    for start in range(0, len(items), size):
        yield start, items[start : start + size]


def _note(project: Project, done: int, summary: str) -> None:
    """A line in the history for what a stage saved, also when it was stopped half-way."""
    if done:
        with project.action(summary, "machine"):
            pass
