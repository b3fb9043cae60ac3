"""The figures per direction and proposal; contested issues; what everyone agrees on; new ideas."""

import json
from collections import Counter
from collections.abc import Mapping

from ogp_sensemaker.app.gathered import Gathered, gather
from ogp_sensemaker.app.participation import channels, polls
from ogp_sensemaker.app.votes import statements
from ogp_sensemaker.domain import evidence, wording
from ogp_sensemaker.domain.codebook import Code, CodeKind, direction_of
from ogp_sensemaker.domain.coding import Coding, Stance
from ogp_sensemaker.domain.contest import agreement_strength, contest
from ogp_sensemaker.domain.findings import (
    Contest,
    DirectionFinding,
    Findings,
    IssueFinding,
    NewIdea,
    ProposalFinding,
    Quotation,
)  # fmt: skip
from ogp_sensemaker.domain.opinion import TOO_FEW, by_group, figure
from ogp_sensemaker.domain.source import CaseKind, SegmentKind
from ogp_sensemaker.store import clusters
from ogp_sensemaker.store.project import Project

QUOTES = 6  # of each channel, under a direction
SIDE = 5  # of each side of an issue


def findings(project: Project) -> Findings:
    """Everything the report says in numbers, from opinions, polls and what people coded."""
    found = gather(project)
    scale = scale_of(project)
    few = int(project.meta("too_few", str(TOO_FEW)))
    contests = {id_: _contest(found, id_, few) for id_ in found.codes}
    issues = [_issue(found, code, contests[code.id]) for code in found.codes.values() if contests[code.id].n]
    issues.sort(key=lambda i: (-(i.contest.index.value or -1.0), i.code_id))
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
    )


def scale_of(project: Project) -> tuple[tuple[float, str], ...]:
    """The project's scale from numbers to words."""
    kept = project.meta("scale")
    return tuple((float(n), str(w)) for n, w in json.loads(kept)) if kept else wording.DEFAULT_SCALE


def _values(found: Gathered, code_id: int) -> dict[int, float]:
    return evidence.values(evidence.merge(found.evidence(code_id)))


def _contest(found: Gathered, code_id: int, few: int) -> Contest:
    positions = evidence.merge(found.evidence(code_id))
    pro, con = found.reasons(code_id)
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
    sides = {side: _side(found, code.id, side) for side in ("support", "oppose")}
    return IssueFinding(
        code_id=code.id,
        name=code.name,
        direction_id=direction_of(code.id, found.codes),
        contest=measured,
        mark=mark.state if mark else "",
        mark_reason=mark.reason if mark else "",
        supporting=sides["support"],
        opposing=sides["oppose"],
        concerns=found.choose([c for c in found.coded[code.id] if c.concern], SIDE),
    )


def _side(found: Gathered, code_id: int, side: str) -> tuple[Quotation, ...]:
    """Words of one side: reasons marked on the platform first, then what people coded; no duplicates."""
    seen: set[int] = set()
    quotes: list[Quotation] = []
    reasons = [s for s in found.under.get(code_id, ()) if s.valence == side]
    for segment in sorted(reasons, key=lambda s: s.id):
        if (segment.duplicate_of or segment.id) not in seen:
            seen.add(segment.duplicate_of or segment.id)
            quotes.append(found.quotation(segment, side))
    coded = found.choose([c for c in found.coded[code_id] if c.stance == side], SIDE + len(seen))
    quotes += [q for q in coded if (found.segments[q.segment_id].duplicate_of or q.segment_id) not in seen]
    return tuple(quotes[:SIDE])


def new_ideas(project: Project, found: Gathered) -> tuple[NewIdea, ...]:
    """Words that fit no direction or proposal put to participants: uncoded and suggested for nothing, by cluster.

    Rare but distinct groups come first. Empty until suggestions have been made.
    """
    if not found.suggestions:
        return ()
    membership = clusters.memberships(project)
    standing = clusters.clusters(project)
    words = {c.id: (c.name,) if c.name else c.words for c in standing}
    dismissed = {c.id for c in standing if c.dismissed}
    groups: dict[int, list[int]] = {}
    for id_, segment in found.segments.items():
        if segment.voice and id_ not in found.codings and id_ not in found.suggestions and segment.about is None:
            own = membership.get(id_)
            if own is None or own.cluster_id not in dismissed:
                groups.setdefault(own.cluster_id if own else -id_, []).append(id_)
    ideas = [
        NewIdea(
            words=words.get(cluster, ()),
            segments=len(members),
            people=len({found.speaker(found.segments[id_]) for id_ in members}),
            channels=tuple(dict.fromkeys(found.segments[id_].channel for id_ in sorted(members))),
            segment_ids=tuple(sorted(members)),
            quotations=tuple(found.quotation(found.segments[id_]) for id_ in sorted(members)[:SIDE]),
        )
        for cluster, members in groups.items()
    ]
    return tuple(sorted(ideas, key=lambda i: (i.segments == 1, i.people, i.quotations[0].segment_id)))


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
