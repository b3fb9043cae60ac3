"""Stances that the machine suggests where no person gave one, and what words voice: made, refreshed, accepted, refused.

They are derived rows. Figures leave them out unless asked, and wherever they show they are marked as the machine's.
"""

from collections.abc import Iterator, Sequence
from importlib import metadata

from ogp_sensemaker.app.gathered import Gathered, gather
from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.issue import Cue, MachineStance
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.store import codings, derived, issues
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project

BATCH = 256
CUE_BATCH = 2000
MOST_LEARNED = 600  # of the latest decisions: each is read by the model once more
_MADE = "stances_made"  # a meta value: set once somebody asked for stances
_LABEL = "Suggesting stances"


def suggest_stances(project: Project, *, anew: bool = True) -> Iterator[Progress]:
    """The machine's stance for every segment that is coded to an issue, or written under it, and has none of a person.

    All of them, with what the project's decisions teach; or, not `anew`, what is missing or rests on other words than
    now. Raises ModelMissing.
    """
    from ogp_sensemaker.nlp import stance as machine

    found = gather(project)
    version = machine.version()
    wanted = _pairs(found)
    standing = issues.machine_stances(project)
    gone = [pair for pair in standing if pair not in wanted]
    todo = [p for p, (_, _, words) in wanted.items() if anew or not _current(standing.get(p), words, version)]
    if todo:
        yield Progress(0, len(todo), _LABEL)
    learned = machine.learn(_decided(found)) if todo else None
    made_by = f"{version}+{learned.decisions if learned else 0}"
    done = 0
    try:
        for start in range(0, len(todo), BATCH):
            batch = todo[start : start + BATCH]
            shares = machine.probabilities([wanted[p][:2] for p in batch], learned)
            rows = []
            for pair, row in zip(batch, shares.tolist(), strict=True):
                of = dict(zip(machine.LABELS, row, strict=True))
                best = max(machine.LABELS, key=lambda label: (round(of[label], 5), -machine.LABELS.index(label)))
                value = round(of[Stance.SUPPORT] - of[Stance.OPPOSE], 5)
                rows.append(MachineStance(*pair, best, round(of[best], 5), value, wanted[pair][2], made_by))
            with project.writing():
                issues.save_machine_stances(project, rows)
                project.set_meta(_MADE, made_by)
            done = start + len(batch)
            yield Progress(done, len(todo), _LABEL)
    finally:
        if done:
            with project.action(f"Stances suggested for {done:,} segments ({made_by})", "machine"):
                pass
    if gone:
        with project.writing():
            issues.drop_machine_stances(project, gone)


def suggest_stances_again(project: Project) -> Iterator[Progress]:
    """What is missing of the machine's stances, where somebody asked for them before."""
    if project.meta(_MADE, ""):
        yield from suggest_stances(project, anew=False)


def are_made(project: Project) -> bool:
    """Whether stances were ever suggested in this project."""
    return bool(project.meta(_MADE, ""))


def accept_stances(project: Project, pairs: Sequence[tuple[int, int]]) -> Changes:
    """Take over the machine's stance of (segment, code) pairs, in one action: codings of the coder at work.

    Raises SensemakerError for a pair for which the machine suggests none.
    """
    made = _suggested(project, pairs)
    with project.action(f"Accept {_many(pairs, 'stance')} of the machine") as action:
        for one in made:
            codings.add(project, [one.segment_id], one.code_id, stance=one.stance)
    return action.changes


def reject_stances(project: Project, pairs: Sequence[tuple[int, int]]) -> Changes:
    """Say that the machine's stance of (segment, code) pairs is wrong, in one action; it counts nowhere from then on.

    Raises SensemakerError for a pair for which the machine suggests none.
    """
    made = _suggested(project, pairs)
    with project.action(f"Reject {_many(pairs, 'stance')} of the machine") as action:
        issues.reject(project, [(one.segment_id, one.code_id, one.stance) for one in made])
    return action.changes


def read_cues(project: Project) -> Iterator[Progress]:
    """Which segments voice a concern or make a suggestion, as far as words show it, where that is not known yet."""
    version = f"cues 3, spaCy {metadata.version('spacy')}"
    todo = issues.without_cues(project, version)
    if not todo:
        return
    from ogp_sensemaker.nlp.cues import cues

    for start in range(0, len(todo), CUE_BATCH):
        yield Progress(start, len(todo), "Looking for concerns")
        batch = todo[start : start + CUE_BATCH]
        told = cues([text for *_, text in batch])
        rows = [Cue(id_, c.concern, c.suggestion, words) for (id_, words, _), c in zip(batch, told, strict=True)]
        with project.writing():
            issues.save_cues(project, rows, version)
    yield Progress(len(todo), len(todo), "Looking for concerns")


def _pairs(found: Gathered) -> dict[tuple[int, int], tuple[str, str, str]]:
    """Target, text and their hash of every (segment, code) that wants a stance."""
    made = {}
    for code_id in found.codes:
        target = found.target(code_id)
        for segment in found.unstated(code_id):
            text = segment.reading
            made[segment.id, code_id] = (target, text, derived.words_hash(f"{target}\n{text}"))
    return made


def _current(made: MachineStance | None, words: str, version: str) -> bool:
    return made is not None and made.words == words and made.version.rpartition("+")[0] == version


def _decided(found: Gathered) -> list[tuple[str, str, Stance]]:
    """The latest stances that people gave: target, text, stance."""
    latest: list[tuple[int, int, int, Stance]] = []
    for made in found.codings.values():
        latest += [(c.id, c.segment_id, c.code_id, c.stance) for c in made if c.stance is not None]
    latest.sort(reverse=True)
    texts = {s.id: s.reading for s in found.segments.values() if s.english or s.language in ("en", "und", "")}
    return [(found.target(code), texts[s], stance) for _, s, code, stance in latest if s in texts][:MOST_LEARNED]


def _suggested(project: Project, pairs: Sequence[tuple[int, int]]) -> list[MachineStance]:
    if not pairs:
        raise SensemakerError("Choose at least one stance that the machine suggests.")
    standing = issues.machine_stances(project)
    missing = [segment for segment, code in pairs if (segment, code) not in standing]
    if missing:
        raise SensemakerError(f"The machine suggests no stance for #{missing[0]} here; it may have been decided since.")
    return [standing[pair] for pair in pairs]


def _many(pairs: Sequence[tuple[int, int]], what: str) -> str:
    return f"the {what} of #{pairs[0][0]}" if len(pairs) == 1 else f"{len(pairs):,} {what}s"
