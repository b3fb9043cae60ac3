"""Suggested codes for every segment, from the codes' descriptions and from what people have coded."""

from collections.abc import Iterator

from ogp_sensemaker.app import learning
from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.domain.codebook import Code, CodeKind, direction_of
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.store import codebook, derived, segments
from ogp_sensemaker.store.project import Project

SAYS = 0.5  # from here the machine counts as having given a code, where it is compared with people


def suggest(project: Project) -> Iterator[Progress]:
    """Remake all suggestions. Raises SensemakerError where there are no directions or no vectors yet."""
    known = codebook.codes(project)
    wanted = targets(known)
    if not wanted:
        raise SensemakerError("The codebook has no codes to suggest; add some, or make the project with a codebook.")
    ids, vectors = derived.vectors(project, segments.ids(project, SegmentFilter(voice=True)))
    if not ids:
        raise SensemakerError("No segment has a vector yet; run “process” first.")
    from ogp_sensemaker.nlp import embed
    from ogp_sensemaker.nlp import suggest as machine

    yield Progress(0, 2, "Reading the codebook")
    described = [embed.embed(machine.pieces(*descriptions(code, known))) for code in wanted]
    yield Progress(1, 2, "Suggesting")
    rows = {id_: row for row, id_ in enumerate(ids)}
    places = {code.id: place for place, code in enumerate(wanted)}
    decided = learning.decisions(project, known, rows, places)
    headings = above(project, ids, known)
    contexts = embed.embed(headings)
    contexts[[not heading.strip() for heading in headings]] = 0.0
    prior = machine.zero_shot(vectors, described, contexts)
    table = machine.probabilities(vectors, described, decided, contexts, prior)
    found = machine.listed(table)
    first = [ids[row] for row in machine.to_learn(table, vectors, decided, learning.ASKED)]
    judged, foretold = machine.held_out(vectors, described, decided, contexts)
    says = {
        ids[row]: [wanted[place].id for place, p in enumerate(line) if p >= SAYS]
        for row, line in zip(judged, foretold.tolist(), strict=True)
    }
    with project.action(f"Suggestions for {len(ids):,} segments ({machine.VERSION})", "machine"):
        coder = project.coder_named(machine.VERSION, machine=True)
        kept = [
            (id_, wanted[place].id, float(p))
            for id_, row in zip(ids, found, strict=True)
            for place, p in row
            if p >= learning.THRESHOLD
        ]
        derived.save_suggestions(project, kept, coder)
        derived.save_judgement(project, first, says)
        learning.remember(project, ids, [code.id for code in wanted], prior, headings, contexts)
    yield Progress(2, 2, "Suggesting")


def targets(known: dict[int, Code]) -> list[Code]:
    """The codes that are suggested: the directions; without any, all codes but proposals."""
    directions = [code for code in known.values() if code.kind is CodeKind.DIRECTION]
    return directions or [code for code in known.values() if code.kind is not CodeKind.PROPOSAL]


def descriptions(code: Code, known: dict[int, Code]) -> list[str]:
    """What a code says of itself: its name, the sentences of its description, its examples, its proposals' titles."""
    below = [c.name for c in known.values() if c.kind is CodeKind.PROPOSAL and direction_of(c.id, known) == code.id]
    own = [code.name, *code.description.split("\n"), code.use_when, *code.examples.split("\n"), *below]
    return [text.strip() for text in own if text.strip()]


def above(project: Project, ids: list[int], known: dict[int, Code]) -> list[str]:
    """What each segment stands under: the proposal it answers (in English where there is one), or its heading."""
    own = {c.segment_id: c.id for c in known.values() if c.segment_id is not None}
    titles = {own[s.id]: s.reading for s in segments.page(project, list(own))}
    return [
        titles.get(s.about, known[s.about].name) if s.about is not None else s.heading
        for s in segments.page(project, ids)
    ]


def summary(project: Project) -> str:
    """How many segments are suggested for each direction, and how many fit none; a sentence."""
    known = codebook.codes(project)
    made = derived.suggestions(project)
    counts: dict[int, int] = {}
    for suggested in made.values():
        counts[suggested[0][0]] = counts.get(suggested[0][0], 0) + 1
    parts = [f"{known[id_].number or known[id_].name}: {counts[id_]}" for id_ in known if id_ in counts]
    voices = segments.count(project, SegmentFilter(voice=True))
    return f"Suggested, by first direction: {', '.join(parts)}; {voices - len(made)} of {voices} fit none."
