"""The figures per direction and proposal; contested issues; what everyone agrees on; new ideas."""

import json
from collections import Counter
from collections.abc import Generator, Mapping
from dataclasses import replace

from ogp_sensemaker.app.gathered import Gathered, gather
from ogp_sensemaker.app.novelty import new_ideas
from ogp_sensemaker.app.participation import channels, polls
from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.app.siding import both_sides, machine_counts, machine_reading, repeated
from ogp_sensemaker.app.votes import statements
from ogp_sensemaker.domain import evidence, wording
from ogp_sensemaker.domain.codebook import Code, CodeKind, direction_of
from ogp_sensemaker.domain.coding import Coding, Stance
from ogp_sensemaker.domain.contest import (
    AGREES,
    LEANING,
    agreement_strength,
    contest,
    contradictions,
    only_supported_by,
)
from ogp_sensemaker.domain.findings import (
    Contest,
    DirectionFinding,
    Findings,
    IssueFinding,
    ProposalFinding,
)  # fmt: skip
from ogp_sensemaker.domain.issue import IssueText
from ogp_sensemaker.domain.opinion import TOO_FEW, by_group, figure
from ogp_sensemaker.domain.source import CaseKind, SegmentKind
from ogp_sensemaker.store.project import Project

QUOTES = 6  # of each channel, under a direction
SIDE = 5  # of each side of an issue
ALONE = 3  # cases of a group that is said to be alone in its support


def findings(project: Project, *, machine: bool = False) -> Findings:
    """Everything the report says in numbers, from opinions, polls and what people coded.

    The stances that a machine suggests count only when asked for, and then only for cases of whom nothing else is
    known.
    """
    job = counting(project, gather(project, machine=machine))
    while True:
        try:
            next(job)
        except StopIteration as end:
            counted: Findings = end.value
            return counted


def counting(project: Project, found: Gathered) -> Generator[Progress, None, Findings]:
    """The findings of what was gathered, with progress: a step for each code. The generator returns them."""
    scale = scale_of(project)
    few = int(project.meta("too_few", str(TOO_FEW)))
    contests: dict[int, Contest] = {}
    issues: list[IssueFinding] = []
    for done, (id_, code) in enumerate(found.codes.items()):
        yield Progress(done, len(found.codes), "Counting")
        contests[id_] = _contest(found, id_, few)
        if _asks(found, code, contests):
            issues.append(_issue(found, code, contests[id_]))
    issues.sort(key=lambda i: (-(i.divides or -1.0), i.code_id))
    agreed = [i for i in issues if i.contest.suggested == "agreed" and i.mark != "contested"]
    agreed.sort(key=lambda i: (-agreement_strength(figure(_values(found, i.code_id).values())), i.code_id))
    return Findings(
        directions=tuple(
            _direction(found, code, contests, scale, few)
            for code in found.codes.values()
            if code.kind is CodeKind.DIRECTION
        ),
        polls=polls(project),
        channels=channels(found),
        issues=tuple(issues),
        agreed=tuple(agreed),
        new_ideas=new_ideas(project, found),
        statements=statements(project, found),
        totals=_totals(found),
        scale=scale,
        too_few=few,
        machine=found.counts_machine,
    )


def _asks(found: Gathered, code: Code, contests: Mapping[int, Contest]) -> bool:
    """Whether a code is a question to be listed: somebody took a position, or an analyst wrote or marked it."""
    written = code.kind is CodeKind.ISSUE or code.id in found.texts or code.id in found.marks
    return written or contests[code.id].n > 0


def scale_of(project: Project) -> tuple[tuple[float, str], ...]:
    """The project's scale from numbers to words."""
    kept = project.meta("scale")
    return tuple((float(n), str(w)) for n, w in json.loads(kept)) if kept else wording.DEFAULT_SCALE


def _values(found: Gathered, code_id: int) -> dict[int, float]:
    return evidence.values(found.positions(code_id))


def _contest(found: Gathered, code_id: int, few: int) -> Contest:
    positions = found.positions(code_id)
    # Where positions were read out of the reasons, counting these too would say the same twice.
    given = any(p.kind <= evidence.Kind.VOTE for p in positions.values())
    pro, con = found.reasons(code_id) if given else (0, 0)
    return contest(
        evidence.values(positions), found.groups, pro, con,
        counted=evidence.described(positions), seed=code_id, too_few=few,
    )  # fmt: skip


def _proposal(
    found: Gathered, code: Code, contests: Mapping[int, Contest], scale: tuple[tuple[float, str], ...], few: int
) -> ProposalFinding:
    values = {o.case_id: o.value for o in found.opinions.get(code.id, ())}
    numbers = figure(values.values())
    own = found.segments.get(code.segment_id or 0)
    mark = found.marks.get(code.id)
    under = sorted(found.under.get(code.id, ()), key=lambda s: s.id)
    reasons = [s for s in under if s.valence and s.kind is SegmentKind.POINT]
    return ProposalFinding(
        code_id=code.id,
        number=code.number,
        key=code.external_key,
        title=code.name,
        english=own.english if own else "",
        language=own.language if own else "",
        direction_id=direction_of(code.id, found.codes),
        submitted_by="Community" if own is None or own.voice else "OGP",
        figure=numbers,
        wording=wording.wording(numbers.mean, scale),
        too_few=numbers.n < few,
        pro=sum(s.valence == "support" for s in reasons),
        con=sum(s.valence == "oppose" for s in reasons),
        groups=tuple(g for name, of in found.groups.items() for g in by_group(values, name, of)),
        contest=contests[code.id],
        mark=mark.state if mark else "",
        mark_reason=mark.reason if mark else "",
        quotations=tuple(found.quotation(s, s.valence) for s in reasons),
    )


def _direction(
    found: Gathered,
    code: Code,
    contests: Mapping[int, Contest],
    scale: tuple[tuple[float, str], ...],
    few: int,
) -> DirectionFinding:
    proposals = [_proposal(found, c, contests, scale, few) for c in found.below(code.id, CodeKind.PROPOSAL)]
    proposals.sort(key=lambda p: (p.figure.mean is None, -(p.figure.mean or 0.0), p.code_id))
    by_case: dict[int, list[float]] = {}
    for proposal in proposals:
        for opinion in found.opinions.get(proposal.code_id, ()):
            by_case.setdefault(opinion.case_id, []).append(opinion.value)
    numbers = figure(sum(v) / len(v) for v in by_case.values())
    made = found.coded[code.id]
    by_channel: dict[str, list[Coding]] = {}
    for coding in made:
        by_channel.setdefault(found.segments[coding.segment_id].channel, []).append(coding)
    said = {c.segment_id for c in made}
    return DirectionFinding(
        code_id=code.id,
        number=code.number,
        name=code.name,
        segments=len(said),
        segments_unique=len({found.segments[id_].duplicate_of or id_ for id_ in said}),
        people=len({found.speaker(found.segments[id_]) for id_ in said if found.speaker(found.segments[id_]) > 0}),
        suggested=_undecided(found, code.id),
        figure=numbers,
        wording=wording.wording(numbers.mean, scale),
        proposals=tuple(proposals),
        stances=_stances(found, made),
        channels={name: found.choose(by_channel[name], QUOTES) for name in _channel_order(found) if name in by_channel},
        channel_counts={name: len({c.segment_id for c in row}) for name, row in by_channel.items()},
        concerns=found.choose([c for c in made if c.concern], QUOTES),
    )


def _channel_order(found: Gathered) -> list[str]:
    return list(dict.fromkeys(source.channel for source in found.sources))


def _undecided(found: Gathered, code_id: int) -> int:
    decided = {c.segment_id for c in found.coded[code_id]}
    return sum(
        any(code == code_id for code, _ in suggested) and id_ not in decided and (id_, code_id) not in found.rejected
        for id_, suggested in found.suggestions.items()
    )


def _stances(found: Gathered, made: list[Coding]) -> dict[str, int]:
    """How many cases stand on each side, each case once: of those with several stances, mixed."""
    by_case: dict[int, set[Stance]] = {}
    for coding in made:
        if coding.stance is not None:
            by_case.setdefault(found.speaker(found.segments[coding.segment_id]), set()).add(coding.stance)
    counted = Counter(next(iter(s)) if len(s) == 1 else Stance.MIXED for s in by_case.values())
    return {stance.value: counted[stance] for stance in Stance if counted[stance]}


def _issue(found: Gathered, code: Code, measured: Contest) -> IssueFinding:
    mark = found.marks.get(code.id)
    text = found.texts.get(code.id, IssueText(code.id))
    sides = both_sides(found, code.id, SIDE)
    own = found.segments.get(code.segment_id or 0)
    read = None if measured.too_few else machine_reading(found, code.id)
    if read is not None:
        told = f"the machine reads {read.against:.0%} of what takes a side as against"
        # A machine takes complaints for opposition: that all are against is nothing it could say.
        doubtful = read.perhaps_divided and measured.suggested == AGREES
        suggested = LEANING if doubtful else measured.suggested
        measured = replace(measured, why=f"{measured.why}; {told}", suggested=suggested)
    return IssueFinding(
        code_id=code.id,
        name=code.name,
        direction_id=direction_of(code.id, found.codes),
        contest=measured,
        mark=mark.state if mark else "",
        mark_reason=mark.reason if mark else "",
        supporting=sides.supporting,
        opposing=sides.opposing,
        concerns=sides.concerns,
        statement=text.statement,
        side_for=text.side_for,
        side_against=text.side_against,
        views=text.views,
        ways=text.ways,
        origin=code.kind,
        suggestions=sides.suggestions,
        values=tuple(sorted(_values(found, code.id).values())),
        contradictions=() if measured.too_few else contradictions(measured.groups),
        machine=machine_counts(found, code.id) if found.counts_machine else None,
        repeated=repeated(found, code.id),
        only_supported_by=_only_supported_by(measured),
        english=own.english if own else "",
        reading=read,
    )


def _only_supported_by(measured: Contest) -> str:
    """ "sector: Academia", where one group alone is for it; first by the attribute whose groups differ most."""
    attributes = dict.fromkeys((measured.divergence_by, *(g.attribute for g in measured.groups)))
    for attribute in attributes if not measured.too_few else ():
        alone = only_supported_by([g for g in measured.groups if g.attribute == attribute])
        if alone is not None and alone.figure.n >= ALONE:
            return f"{attribute}: {alone.value}"
    return ""


def _totals(found: Gathered) -> dict[str, int]:
    voices = [s for s in found.segments.values() if s.voice]
    people = [c for c in found.cases.values() if c.kind in (CaseKind.PARTICIPANT, CaseKind.SPEAKER)]
    return {
        "sources": len(found.sources),
        "segments": len(found.segments),
        "voices": len(voices),
        "voices_unique": sum(s.duplicate_of is None for s in voices),
        "duplicates": sum(s.duplicate_of is not None for s in voices),
        "people": len(people),
        "opinions": sum(map(len, found.opinions.values())),
        "coded": sum(s.id in found.codings for s in voices),
        "codings": sum(map(len, found.codings.values())),
    }
