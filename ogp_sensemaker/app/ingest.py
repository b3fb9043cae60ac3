"""Bring files in as sources; skip what is already there, and say what changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz

from ogp_sensemaker.app.matching import import_codings, import_translations
from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.domain.codebook import Code, CodeKind
from ogp_sensemaker.domain.folding import same_words
from ogp_sensemaker.domain.intake import Intake, NewProposal, NewSegment
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.store import codebook, memory, opinions, sources, translations
from ogp_sensemaker.store.project import Project


@dataclass(slots=True)
class Report:
    """What an import did to one source."""

    name: str
    kind: str
    channel: str
    counts: dict[str, int] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)  # sentences
    unmatched: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    known: bool = False  # the very same file had been brought in

    def add(self, what: str, number: int) -> None:
        if number:
            self.counts[what] = self.counts.get(what, 0) + number

    @property
    def sentence(self) -> str:
        """One line for the history and the screen."""
        if self.known:
            return f"{self.name}: already there, nothing added"
        parts = [f"{number:,} {what}" for what, number in self.counts.items()]
        return f"{self.name}: " + (", ".join(parts) if parts else "nothing new")


def read(
    project: Project,
    paths: Sequence[Path],
    *,
    kind: str | None = None,
    channel: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> list[Intake]:
    """What files hold, without writing anything. Raises ImportProblem where one cannot be read at all."""
    from ogp_sensemaker.formats import read_paths

    return read_paths(paths, kind=kind, channel=channel, columns=columns, hosts=sources.hosts(project))


def import_files(
    project: Project,
    paths: Sequence[Path],
    *,
    kind: str | None = None,
    channel: str | None = None,
    columns: Mapping[str, str] | None = None,
    reports: list[Report] | None = None,
) -> Iterator[Progress]:
    """Read files and write each source in one action; appends what was done to `reports`.

    Nothing is written before everything has been read. Raises ImportProblem on the first fatal finding.
    """
    yield Progress(0, 0, "Reading")
    intakes = read(project, paths, kind=kind, channel=channel, columns=columns)
    for intake in intakes:
        for finding in intake.findings:
            if finding.fatal:
                raise ImportProblem(finding.message, finding.file, finding.row)
    for done, intake in enumerate(intakes):
        yield Progress(done, len(intakes), "Importing", intake.name)
        report = save(project, intake)
        if reports is not None:
            reports.append(report)
    yield Progress(len(intakes), len(intakes), "Importing")


def save(project: Project, intake: Intake) -> Report:
    """Write one source with all it holds, in one action (its codings and translations in one of their own)."""
    report = Report(intake.name, intake.kind, intake.channel, findings=[str(f) for f in intake.findings])
    if _holds_source(intake):
        _save_source(project, intake, report)
    if intake.translations:
        import_translations(project, intake, report.add)
    if intake.codings:
        report.unmatched += import_codings(project, intake, report.add)
    report.known = report.known and not report.counts and not report.unmatched
    return report


def _holds_source(intake: Intake) -> bool:
    return bool(intake.segments or intake.opinions or intake.polls or intake.cases or intake.proposals)


def _save_source(project: Project, intake: Intake, report: Report) -> None:
    known = sources.source_like(project, intake)
    if known is not None and known.sha256 == intake.sha256:
        report.known = True
        return
    with project.action(f"Import {intake.name}", "import") as action:
        case_ids, new = sources.save_cases(project, intake.cases, intake.channel)
        report.add("participants", new)
        event = case_ids.get(intake.event)
        if known is None:
            source_id = sources.add_source(project, intake, event)
        else:
            source_id = known.id
            sources.renew_source(project, source_id, intake, event)
        segment_ids, fresh = _save_segments(project, source_id, intake, case_ids, event, report)
        proposals = _save_proposals(project, intake.proposals, segment_ids, report)
        _link(project, intake, segment_ids, proposals, fresh)
        _save_translations(project, intake, segment_ids, fresh, report)
        _save_numbers(project, source_id, intake, case_ids, segment_ids, proposals, report)
        action.summary = f"Import {report.sentence}"


def _save_segments(
    project: Project, source_id: int, intake: Intake, case_ids: Mapping[str, int], event: int | None, report: Report
) -> tuple[dict[str, int], set[str]]:
    """Ids of the file's segments by key, and the keys of those that are new."""
    there = {held.key: held for held in sources.held(project, source_id)}
    ids: dict[str, int] = {}
    left: list[tuple[int, NewSegment]] = []
    for position, segment in enumerate(intake.segments):
        held = there.get(segment.key)
        if held is not None and held.text == segment.text:
            ids[segment.key] = there.pop(segment.key).id
        else:
            left.append((position, segment))
    left, moves = _moved(left, there, ids)
    changed = [(s, there.pop(s.key)) for _, s in left if s.key in there and _alike(s.text, there[s.key].text)]
    for segment, held in changed:
        report.changed.append(
            f"#{held.id} ({segment.locator}) reads differently now; its codings stay with the old words"
        )
    report.changed += [f"#{held.id} is no longer in the file" for held in there.values()]
    # In this order: what is gone frees its key for what moves, and both for what is new.
    sources.supersede(project, [held.id for _, held in changed] + [held.id for held in there.values()])
    sources.move_segments(project, moves)
    added = sources.add_segments(project, source_id, left, case_ids, event)
    report.add("segments", len(added))
    ids.update(added)
    return ids, set(added)


def _moved(
    left: list[tuple[int, NewSegment]], there: dict[str, sources.Held], ids: dict[str, int]
) -> tuple[list[tuple[int, NewSegment]], list[sources.Move]]:
    """Segments whose words stand elsewhere in the file now keep their id: the others, and the moves."""
    by_text: dict[str, list[str]] = {}
    for key, held in there.items():
        by_text.setdefault(held.text, []).append(key)
    moves: list[sources.Move] = []
    rest: list[tuple[int, NewSegment]] = []
    for position, segment in left:
        if keys := by_text.get(segment.text):
            id_ = there.pop(keys.pop(0)).id
            ids[segment.key] = id_
            moves.append((segment.key, segment.locator, position, segment.heading, id_))
        else:
            rest.append((position, segment))
    return rest, moves


def _alike(a: str, b: str) -> bool:
    """Whether two texts under one key are versions of each other rather than different remarks."""
    return fuzz.ratio(a, b) >= 50


def _save_proposals(
    project: Project, found: Sequence[NewProposal], segment_ids: Mapping[str, int], report: Report
) -> dict[str, int]:
    """Codes for proposals under their directions; their ids by key."""
    known = codebook.codes(project)
    by_key = {code.external_key: id_ for id_, code in known.items() if code.kind is CodeKind.PROPOSAL}
    ids: dict[str, int] = {}
    for proposal in found:
        if proposal.key in by_key:
            ids[proposal.key] = by_key[proposal.key]
            continue
        direction = _direction(project, proposal.direction, known) if proposal.direction else None
        siblings = sum(code.parent_id == direction and code.kind is CodeKind.PROPOSAL for code in known.values())
        number = f"{known[direction].number or direction}.{siblings + 1}" if direction else str(siblings + 1)
        id_ = codebook.add(
            project, _unused(proposal.title, direction, known), CodeKind.PROPOSAL, direction,
            description=proposal.description, external_key=proposal.key, submitted_by=proposal.submitted_by,
            by_host=int(proposal.by_host), number=number, segment_id=segment_ids.get(proposal.segment),
        )  # fmt: skip
        known[id_] = Code(id_, "", proposal.title, CodeKind.PROPOSAL, direction)
        ids[proposal.key] = id_
        report.add("proposals", 1)
    return ids


def _unused(title: str, direction: int | None, known: Mapping[int, Code]) -> str:
    """Two proposals under one direction may have the same title on the platform, not in a codebook."""
    taken = {code.name for code in known.values() if code.parent_id == direction}
    name, n = title, 2
    while name in taken:
        name, n = f"{title} ({n})", n + 1
    return name


def _direction(project: Project, name: str, known: dict[int, Code]) -> int:
    """The direction a platform means by a category, made where there is none like it."""
    directions = {id_: code for id_, code in known.items() if code.kind is CodeKind.DIRECTION}
    for id_, code in directions.items():
        if same_words(code.name) == same_words(name) or fuzz.ratio(same_words(code.name), same_words(name)) >= 92:
            return id_
    id_ = codebook.add(project, name, CodeKind.DIRECTION, number=str(len(directions) + 1))
    known[id_] = Code(id_, "", name, CodeKind.DIRECTION, number=str(len(directions) + 1))
    return id_


def _link(
    project: Project, intake: Intake, ids: Mapping[str, int], proposals: Mapping[str, int], fresh: set[str]
) -> None:
    sources.link_segments(
        project,
        [
            (ids.get(s.parent), proposals.get(s.about), ids[s.key])
            for s in intake.segments
            if s.key in fresh and (s.parent or s.about)
        ],
    )


def _save_translations(
    project: Project, intake: Intake, ids: Mapping[str, int], fresh: set[str], report: Report
) -> None:
    """Translations that stand in the file itself, and those that the memory has for the same words."""
    own = [(ids[s.key], s.english) for s in intake.segments if s.english and s.key in fresh]
    if own:
        coder = project.coder_named(f"translation in {intake.name}")
        report.add("human translations", translations.save_human(project, own, coder))
    have = {id_ for id_, _ in own}
    for id_, english, coder in memory.remembered(
        project, [(ids[s.key], s.text) for s in intake.segments if s.key in fresh]
    ):
        if id_ not in have:
            report.add("human translations", translations.save_human(project, [(id_, english)], coder))


def _save_numbers(
    project: Project, source_id: int, intake: Intake, case_ids: Mapping[str, int], segment_ids: Mapping[str, int],
    proposals: Mapping[str, int], report: Report,
) -> None:  # fmt: skip
    new, changed = opinions.save_opinions(
        project,
        source_id,
        [(proposals[o.proposal], case_ids[o.case], o.value, o.occurred) for o in intake.opinions],
    )
    report.add("opinions", new)
    report.add("changed opinions", changed)
    votes = [(segment_ids[v.segment], case_ids[v.case], v.value) for v in intake.votes if v.segment in segment_ids]
    report.add("votes", opinions.save_votes(project, votes))
    answers: dict[str, list[tuple[int, str]]] = {}
    for answer in intake.answers:
        answers.setdefault(answer.poll, []).append((case_ids[answer.case], answer.option))
    report.add("poll answers", opinions.save_polls(project, source_id, intake.polls, answers))
