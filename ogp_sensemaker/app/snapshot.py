"""Build the Dataset: the frozen snapshot of a project that exporters receive."""

import json
import platform
from collections.abc import Iterable
from importlib import metadata

from ogp_sensemaker import __version__
from ogp_sensemaker.app.findings import findings
from ogp_sensemaker.domain.codebook import ancestors
from ogp_sensemaker.domain.coding import Coding
from ogp_sensemaker.domain.dataset import AnswerRow, CodingRow, Dataset, DatasetRow, OpinionRow
from ogp_sensemaker.domain.source import Case, CaseKind, Segment
from ogp_sensemaker.store import clusters, codebook, codings, derived, journal, opinions, segments, sources
from ogp_sensemaker.store.project import Project

_LIBRARIES = (
    "sentence-transformers", "torch", "scikit-learn", "spacy", "lingua-language-detector", "argostranslate",
    "ctranslate2", "numpy",
)  # fmt: skip


def dataset(project: Project, *, machine: bool = False) -> Dataset:
    """Everything that leaves the project, as it stands after the last action that is no export.

    The stances that a machine suggests count in the findings only when asked for.
    """
    paths = codebook.paths(project)
    order = {id_: place for place, id_ in enumerate(paths)}
    codes = codebook.codes(project)
    cases = {case.id: case for case in sources.cases(project)}
    numbers = opinions.opinions(project)
    numbers.sort(key=lambda o: (order[o.code_id], o.case_id))
    made, last = journal.last_work(project)
    coders = codings.coders(project)
    every = codings.everything(project)
    every.sort(key=lambda c: (c.segment_id, order[c.code_id], c.coder, c.start or 0, c.id))
    return Dataset(
        project=project.meta("name"),
        made=made,
        last_action=last,
        rows=tuple(_rows(project, every, order, paths)),
        attributes=tuple(_attributes(cases[s.case_id] for s in _voices(project) if s.case_id)),
        codings=tuple(
            CodingRow(
                c.segment_id, paths[c.code_id], c.coder, coders[c.coder_id].machine, c.stance or "", c.concern,
                c.via_cluster, c.created,
            )
            for c in every
        ),
        codes=tuple(codes.values()),
        paths=paths,
        findings=findings(project, machine=machine),
        method=tuple(method(project)),
        opinions=tuple(OpinionRow(o.code_id, o.case_id, cases[o.case_id].name, o.value) for o in numbers),
        answers=tuple(
            AnswerRow(poll.key, option, case, cases[case].name)
            for poll in opinions.polls(project)
            for case, option in opinions.poll_answers(project).get(poll.id, ())
        ),
    )  # fmt: skip


def _voices(project: Project) -> list[Segment]:
    return segments.page(project, segments.ids(project))


def _attributes(of: Iterable[Case]) -> list[str]:
    """What is known of people; an event's own (title, rapporteur) would be the same in every row of it."""
    return sorted({name for case in of if case.kind is not CaseKind.EVENT for name in case.attributes})


def _rows(project: Project, every: list[Coding], order: dict[int, int], paths: dict[int, str]) -> Iterable[DatasetRow]:
    made: dict[int, list[Coding]] = {}
    for coding in every:
        made.setdefault(coding.segment_id, []).append(coding)
    cases = {case.id: case for case in sources.cases(project)}
    memberships = clusters.memberships(project)
    found = {c.id: c for c in clusters.clusters(project)}
    suggestions = derived.suggestions(project)
    marks = _marks(project)
    memos: dict[int, list[str]] = {}
    for memo in codings.memos(project):
        if memo.on == "segment" and memo.on_id is not None:
            memos.setdefault(memo.on_id, []).append(memo.text)
    for segment in _voices(project):
        own = made.get(segment.id, [])
        codes = sorted({c.code_id for c in own}, key=order.__getitem__)
        membership = memberships.get(segment.id)
        cluster = found[membership.cluster_id] if membership else None
        case = cases.get(segment.case_id or 0)
        yield DatasetRow(
            segment_id=segment.id,
            source=segment.source,
            locator=segment.locator,
            channel=segment.channel,
            case=segment.case,
            language=segment.language,
            original=segment.text,
            english=segment.english or (segment.text if segment.language == "en" else ""),
            translation_by=segment.translation_by,
            cluster=cluster.number if cluster else None,
            cluster_words=(cluster.name or ", ".join(cluster.words)) if cluster else "",
            codes=tuple(paths[id_] for id_ in codes),
            stances=tuple(_stances(own, id_) for id_ in codes),
            suggested=tuple((paths[id_], p) for id_, p in suggestions.get(segment.id, ())),
            contested="; ".join(dict.fromkeys(marks[c] for c in codes if c in marks)),
            duplicate_of=segment.duplicate_of,
            memo="\n".join(memos.get(segment.id, ())),
            attributes=case.attributes if case and case.kind is not CaseKind.EVENT else {},
        )


def _stances(made: list[Coding], code_id: int) -> str:
    """The stances that coders gave towards a code, each once."""
    return "/".join(dict.fromkeys(c.stance for c in made if c.code_id == code_id and c.stance))


def _marks(project: Project) -> dict[int, str]:
    """Contested and to watch, by code and everything below it."""
    codes = codebook.codes(project)
    own = {id_: mark.state for id_, mark in codings.marks(project).items() if mark.state != "not contested"}
    found = {}
    for id_ in codes:
        nearest = next((own[above] for above in (id_, *ancestors(id_, codes)) if above in own), "")
        if nearest:
            found[id_] = nearest
    return found


def method(project: Project) -> list[tuple[str, str]]:
    """How the dataset was made: versions, hashes, parameters, seeds."""
    rows = [("ogp-sensemaker", __version__), ("Python", platform.python_version())]
    rows += [(name, metadata.version(name)) for name in _LIBRARIES]
    rows += derived.versions(project)
    run = clusters.last_run(project)
    if run is not None:
        rows.append(("Clusters by", f"{run.version} {run.parameters}"))
    rows.append(("Languages expected", ", ".join(project.languages)))
    rows.append(("Hosts", ", ".join(json.loads(project.meta("hosts", "[]")))))
    rows += [
        (f"Source {s.name}", f"{s.kind}, {s.segments:,} segments, sha256 {s.sha256}") for s in sources.sources(project)
    ]
    return rows
