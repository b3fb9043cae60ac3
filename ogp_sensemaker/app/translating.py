"""Review of translations: approve a machine's English or write one's own, wherever the same words stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from ogp_sensemaker.app import memory
from ogp_sensemaker.app.terms import terms_in
from ogp_sensemaker.domain.folding import same_words
from ogp_sensemaker.domain.translation import Found, Term
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.store import memory as kept
from ogp_sensemaker.store import segments, translations
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project
from ogp_sensemaker.store.translations import Original


@dataclass(frozen=True, slots=True)
class Counts:
    """How many segments of a language stand in each state; `flagged` are those of `machine` that are in doubt."""

    language: str
    machine: int
    flagged: int
    edited: int
    approved: int
    none: int

    @property
    def total(self) -> int:
        return self.machine + self.edited + self.approved + self.none


@dataclass(frozen=True, slots=True)
class Offers:
    """What helps in translating a segment: the memory, the glossary, and where its words stand elsewhere."""

    matches: tuple[memory.Match, ...]
    terms: tuple[Found, ...]
    missing: tuple[Term, ...]  # terms whose English is not in the present translation
    elsewhere: tuple[memory.Elsewhere, ...]


def edit(project: Project, segment_id: int, english: str, *, approved: bool = False) -> Changes:
    """A person's own English for a segment and all that read the same, in place of the machine's.

    With `approved` whoever is at work also says that it is right. What somebody else wrote for the same words stays.
    Raises NotFound, and SensemakerError for an empty text.
    """
    english = english.strip()
    segment = segments.get(project, segment_id)
    if not english:
        raise SensemakerError("Write the English first; an empty translation is not kept.")
    have = translations.human(project, [segment_id]).get(segment_id)
    with project.action(f"Translate #{segment_id}") as action:
        if have is not None and have.english == english:
            return action.changes
        twins = _twins(project, [Original(segment_id, segment.text, segment.language, segment.english, "")])
        before = have.english if have is not None else None
        free = _free(project, [t.segment_id for t in twins], before)
        state = "approved" if approved else "edited"
        translations.save_human(project, [(id_, english) for id_ in (segment_id, *free)], state=state)
        kept.remember(project, segment.text, english, segment.language, project.coder_id)
        memory.give_way(project, memory.sentence_pairs(segment.text, english, segment.language))
        verb = "Translate and approve" if approved else "Translate"
        action.summary = f"{verb} #{segment_id}{_and_twins(free)}"
    return action.changes


def _free(project: Project, wanted: Sequence[int], before: str | None) -> list[int]:
    """Segments that no person has translated, or that have the English which the edited one had."""
    have = translations.human(project, wanted)
    return [id_ for id_ in wanted if id_ not in have or have[id_].english == before]


def _twins(project: Project, of: Sequence[Original]) -> list[Original]:
    """The other segments with the words of these, in the same language or one not known."""
    wanted: dict[str, set[str]] = {}
    own = set()
    for original in of:
        own.add(original.segment_id)
        wanted.setdefault(same_words(original.text), set()).add(_known(original.language))
    found = []
    for other in translations.originals(project, [original.text for original in of]):
        languages = wanted.get(same_words(other.text))
        if other.segment_id in own or languages is None:
            continue
        if "" in languages or _known(other.language) in ("", *languages):
            found.append(other)
    return found


def _known(language: str) -> str:
    return "" if language == "und" else language


def _and_twins(twins: Sequence[int]) -> str:
    return f" and {len(twins):,} that read{'s' if len(twins) == 1 else ''} the same" if twins else ""


def approve(project: Project, wanted: Sequence[int]) -> Changes:
    """Say that the English of segments, and of those that read the same, is right as it stands.

    Raises SensemakerError where one has none.
    """
    chosen = _chosen(project, wanted)
    with project.action(f"Approve the translation of {_many(chosen)}") as action:
        english = {same_words(o.text): o.english for o in chosen}
        twins = _twins(project, chosen)
        have = translations.human(project, [o.segment_id for o in (*chosen, *twins)])
        machines = [(o.segment_id, o.english) for o in chosen if o.segment_id not in have]
        also = [o for o in twins if o.segment_id not in have]
        machines += [(o.segment_id, english[same_words(o.text)]) for o in also]
        agreed = [o for o in twins if o.segment_id in have and o.english == english[same_words(o.text)]]
        translations.save_human(project, machines)
        translations.set_approved(project, [o.segment_id for o in (*chosen, *agreed) if o.segment_id in have])
        for original in chosen:
            kept.remember(project, original.text, original.english, original.language, project.coder_id)
        pairs = [memory.sentence_pairs(o.text, o.english, o.language) for o in chosen]
        memory.give_way(project, {words: pair for found in pairs for words, pair in found.items()})
        action.summary += _and_twins([o.segment_id for o in (*also, *agreed)])
    return action.changes


def unapprove(project: Project, wanted: Sequence[int]) -> Changes:
    """Take the approval back, of segments and of those that read and are translated the same.

    What a machine had made is a machine's again and waits in the queue; what a person wrote stays, as edited.
    Raises SensemakerError where one is not approved.
    """
    chosen = _chosen(project, wanted)
    bare = [o.segment_id for o in chosen if o.state != "approved"]
    if bare:
        raise SensemakerError(f"The translation of #{bare[0]} is not approved, so there is nothing to take back.")
    with project.action(f"Take back the approval of {_many(chosen)}") as action:
        english = {same_words(o.text): o.english for o in chosen}
        twins = [
            o for o in _twins(project, chosen) if o.state == "approved" and o.english == english[same_words(o.text)]
        ]
        ids = [o.segment_id for o in (*chosen, *twins)]
        machines = translations.machine(project, ids)
        have = translations.human(project, ids)
        again = [id_ for id_ in ids if id_ in machines and machines[id_].english == have[id_].english]
        translations.remove_human(project, again)
        translations.set_edited(project, set(ids) - set(again))
        for original in chosen:
            if original.segment_id in again:
                kept.forget(project, original.text, original.english)
    return action.changes


def _chosen(project: Project, wanted: Sequence[int]) -> list[Original]:
    states = translations.human(project, wanted)
    found = [
        Original(s.id, s.text, s.language, s.english, states[s.id].state if s.id in states else "machine")
        for s in segments.page(project, wanted)
    ]
    bare = [original.segment_id for original in found if not original.english]
    if bare or not found:
        raise SensemakerError(f"#{bare[0]} has no English to approve yet." if bare else "Choose at least one segment.")
    return found


def _many(found: Sequence[Original]) -> str:
    return f"#{found[0].segment_id}" if len(found) == 1 else f"{len(found):,} segments"


def queue(project: Project, language: str | None = None) -> list[int]:
    """The segments whose English is a machine's that nobody has looked at, flagged ones first."""
    return translations.queue(project, language)


def counts(project: Project) -> list[Counts]:
    """How far review has come, by language."""
    return [Counts(language, **states) for language, states in translations.state_counts(project).items()]


def offers(project: Project, segment_id: int, limit: int = 5) -> Offers:
    """What the memory and the glossary have for a segment, and where its words stand elsewhere. Raises NotFound."""
    from ogp_sensemaker.nlp import glossary

    segment = segments.get(project, segment_id)
    found = terms_in(project, segment.text, segment.language)
    return Offers(
        matches=tuple(memory.matches(project, segment.text, segment.language, limit)),
        terms=tuple(found),
        missing=tuple(glossary.missing(segment.english, found)) if segment.english else (),
        elsewhere=tuple(memory.elsewhere(project, segment)),
    )


def settle(project: Project, segment_id: int, english: str) -> Changes:
    """This English is right: approved as it stands, or written first where it is another. Raises as both do."""
    if segments.get(project, segment_id).english == english.strip():
        return approve(project, [segment_id])
    return edit(project, segment_id, english, approved=True)


def reasons(project: Project, segment_id: int) -> dict[str, tuple[str, ...]]:
    """The flags of a machine's English with what each is about (numbers, names, terms), as far as that can be told.

    Empty where there are none, or where a person has looked at it.
    """
    from ogp_sensemaker.nlp import quality

    found = translations.machine(project, [segment_id]).get(segment_id)
    if found is None or not found.flags or translations.human(project, [segment_id]):
        return {}
    segment = segments.get(project, segment_id)
    told = quality.evidence(segment.text, segment.english)
    return {flag: told.get(flag, ()) for flag in found.flags.split(", ")}
