"""The translation memory at work: what it offers, sentences it puts into a machine's English, TMX in and out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ogp_sensemaker.app.export import write_whole
from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.domain.folding import same_words
from ogp_sensemaker.domain.intake import Finding
from ogp_sensemaker.domain.source import Segment
from ogp_sensemaker.domain.translation import Unit
from ogp_sensemaker.store import memory, translations
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project
from ogp_sensemaker.store.translations import MachineTranslation, Original

SIMILAR = 0.6  # from which on a remembered original is worth showing
MIN_WORDS = 3  # of a sentence that is remembered on its own: shorter ones mean different things in different places


@dataclass(frozen=True, slots=True)
class Match:
    """Something translated before: `score` is 1 for the same words, less for similar ones."""

    original: str
    english: str
    score: float
    coder: str
    created: str
    sentence: bool = False  # it is one sentence of the text, not the whole


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another segment with the same words, or (`sentence`) with one sentence in common."""

    segment_id: int
    sentence: str = ""


def matches(project: Project, text: str, language: str, limit: int = 5) -> list[Match]:
    """What the memory has for a text and for each of its sentences, best first; similar ones by Levenshtein ratio."""
    from rapidfuzz import fuzz, process

    units = memory.units(project, language or None)
    words = same_words(text)
    close = process.extract(words, units.keys(), scorer=fuzz.ratio, limit=limit, score_cutoff=100 * SIMILAR)
    whole = [_match(units[key], score / 100) for key, score, _ in close]
    exact = {m.english for m in whole if m.score == 1}
    wanted = [same_words(sentence) for sentence in _split(text, language)]
    known = _sentence_memory(unit for key, unit in units.items() if any(sentence in key for sentence in wanted))
    parts = dict.fromkeys(known[key] for key in wanted if key in known and known[key].english not in exact)
    # What is exact for a sentence is not offered again as something similar to the whole.
    known_parts = {unit.english for unit in parts}
    shown = [m for m in whole if m.score == 1 or m.english not in known_parts]
    return shown + [_match(unit, 1.0, sentence=True) for unit in parts]


def _match(unit: Unit, score: float, sentence: bool = False) -> Match:
    return Match(unit.original, unit.english, round(score, 3), unit.coder, unit.created, sentence)


def _split(text: str, language: str) -> list[str]:
    from ogp_sensemaker.nlp.sentences import sentences

    return sentences(text, language)


def sentence_pairs(original: str, english: str, language: str) -> dict[str, str]:
    """The sentences of a translated text by their folded words, where original and English have as many.

    Sentences of one or two words are left out.
    """
    ours, theirs = _split(original, language), _split(english, "en")
    if len(ours) != len(theirs):
        return {}
    pairs = zip(ours, theirs, strict=True)
    return {same_words(a): b for a, b in pairs if len(a.split()) >= MIN_WORDS}


def _sentence_memory(units: Iterable[Unit]) -> dict[str, Unit]:
    return {
        words: replace(unit, english=english)
        for unit in units
        for words, english in sentence_pairs(unit.original, unit.english, unit.language).items()
    }


def elsewhere(project: Project, segment: Segment) -> list[Elsewhere]:
    """Other segments with the same words, then those with one of its sentences, in the order of import."""
    whole = same_words(segment.text)
    wanted = {same_words(s): s for s in _split(segment.text, segment.language) if len(s.split()) >= MIN_WORDS}
    same, partly = [], []
    for other in translations.originals(project, [segment.text, *wanted.values()]):
        if other.segment_id == segment.id:
            continue
        if same_words(other.text) == whole:
            same.append(Elsewhere(other.segment_id))
            continue
        keys = _keys(other)
        shared = next((sentence for key, sentence in wanted.items() if key in keys), None)
        if shared is not None:
            partly.append(Elsewhere(other.segment_id, shared))
    return same + partly


def _keys(original: Original) -> set[str]:
    return {same_words(sentence) for sentence in _split(original.text, original.language)}


def give_way(project: Project, pairs: Mapping[str, str]) -> int:
    """Put remembered sentences into the machine's English of other segments; how many changed.

    Only where the machine made as many sentences as there are, and nobody has looked yet. What the machine wrote is
    kept beside, and comes back when the memory has the sentence no more. Inside an action, or `writing`.
    """
    waiting = [o for o in translations.originals(project, pairs) if o.state == "machine"]
    made = translations.machine(project, [o.segment_id for o in waiting])
    changed = []
    for original in waiting:
        found = made[original.segment_id]
        changed += _renewed(original, found, pairs, found.english)
    translations.save_machine(project, changed)
    return len(changed)


def _renewed(
    original: Original, found: MachineTranslation, pairs: Mapping[str, str], base: str
) -> list[MachineTranslation]:
    """The machine's translation with remembered sentences in `base`; none where that makes no difference."""
    from ogp_sensemaker.nlp.sentences import split

    sentences = _split(original.text, original.language)
    theirs, tail = split(base, "en")
    if len(sentences) != len(theirs):
        return []
    parts = [
        english.lead + pairs.get(same_words(sentence), english.text)
        for sentence, english in zip(sentences, theirs, strict=True)
    ]
    own = found.own or found.english
    english = "".join(parts) + tail
    if english == found.english:
        return []
    return [replace(found, english=english, own=own if english != own else "")]


def refresh(project: Project) -> Iterator[Progress]:
    """Bring the machine's English into line with the memory: its sentences where it has them, the model's elsewhere.

    For after a run of the model, and after an undo.
    """
    known = {words: unit.english for words, unit in _sentence_memory(memory.units(project).values()).items()}
    every = [*translations.unlike_the_model(project), *translations.originals(project, known)]
    waiting = list({o.segment_id: o for o in every if o.state == "machine"}.values())
    made = translations.machine(project, [o.segment_id for o in waiting])
    changed = []
    for done, original in enumerate(waiting):
        if done % 500 == 0:
            yield Progress(done, len(waiting), "Remembered sentences")
        found = made[original.segment_id]
        changed += _renewed(original, found, known, found.own or found.english)
    if changed:
        with project.action(f"Remembered sentences in {len(changed):,} machine translations", "machine"):
            translations.save_machine(project, changed)


def import_memory(project: Project, path: Path) -> tuple[Changes, Sequence[Finding]]:
    """Bring in a TMX file in one undoable action, and give its English to the segments with the same words.

    What people translated here stays, in the memory too. Also returns what was left out. Raises ImportProblem.
    """
    from ogp_sensemaker.formats.tmx import read_tmx

    units, findings = read_tmx(path)
    with project.action(f"Import the memory {path.name}") as action:
        coders: dict[str, int] = {}
        for unit in units:
            name = unit.coder or f"memory in {path.name}"
            if name not in coders:
                coders[name] = project.coder_named(name)
        news = 0
        for unit in units:
            coder = coders[unit.coder or f"memory in {path.name}"]
            news += memory.remember(project, unit.original, unit.english, unit.language, coder, unit.created, keep=True)
        done = _apply(project)
        action.summary = f"Import the memory {path.name}: {news:,} new pairs, {done:,} segments translated"
    return action.changes, findings


def _apply(project: Project) -> int:
    """Give what is remembered to the segments that no person has translated; how many."""
    known = memory.known(project)
    done = 0
    for original in translations.originals(project, known):
        hit = known.get(same_words(original.text)) if original.state in ("", "machine") else None
        if hit is not None and (original.language in ("", "und", hit[1]) or not hit[1]):
            done += translations.save_human(project, [(original.segment_id, hit[0])], hit[2])
    return done


def export_memory(project: Project, path: Path) -> int:
    """Write all that people translated to a TMX file; how many pairs. Raises SensemakerError."""
    from ogp_sensemaker.formats.tmx import write_tmx

    units = memory.units(project).values()
    write_whole(path, lambda temporary: write_tmx(units, temporary))
    if project.writable:
        with project.action(f"Export the memory to {path.name}: {len(units):,} pairs", "export"):
            pass
    return len(units)
