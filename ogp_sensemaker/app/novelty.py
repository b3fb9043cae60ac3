"""New ideas: what fits no direction, or no proposal put to participants, grouped, rare but distinct ones first."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ogp_sensemaker.app.gathered import Gathered
from ogp_sensemaker.domain.codebook import CodeKind, direction_of
from ogp_sensemaker.domain.findings import NewIdea, Quotation
from ogp_sensemaker.domain.source import Segment
from ogp_sensemaker.store import clusters, derived
from ogp_sensemaker.store.project import Project

QUOTED = 5  # of each group
_AT_ONCE = 2048  # segments compared with all that was said on proposals
# The cosine to a proposal's words, or to what was said on it, from which words are taken to speak of it. Of the
# sample's 47 English reasons, each looked at without itself, one in nine lies below; of other remarks one in four.
FITS = 0.35


@dataclass(frozen=True, slots=True)
class _Nearest:
    """The proposal that a segment's words lie nearest to."""

    proposal_id: int
    cosine: float


def new_ideas(project: Project, found: Gathered) -> tuple[NewIdea, ...]:
    """Words of participants that fit no direction; then those that fit a direction, and none of the proposals in it.

    No direction: nobody coded it, and none is suggested that people did not refuse. No proposal: it makes a suggestion,
    was not written under a proposal, nobody gave it a proposal, issue or theme, and its words lie far from every
    proposal's. Groups are clusters (within a direction); those that suggest something come first, then what is most
    distinct and said by fewest. Empty until suggestions have been made; dismissed clusters are left out.
    """
    if not found.suggestions:
        return ()
    near = _nearest(project, found)
    standing = clusters.clusters(project)
    words = {c.id: (c.name,) if c.name else c.words for c in standing}
    dismissed = {c.id for c in standing if c.dismissed}
    membership = clusters.memberships(project)
    groups: dict[tuple[int | None, int], list[Segment]] = {}
    for segment in found.segments.values():
        direction, new = _place(found, segment, near.get(segment.id))
        own = membership.get(segment.id)
        if new and (own is None or own.cluster_id not in dismissed):
            groups.setdefault((direction, own.cluster_id if own else -segment.id), []).append(segment)
    ideas = [
        _idea(found, direction, words.get(cluster, ()), sorted(members, key=lambda s: s.id), near)
        for (direction, cluster), members in groups.items()
    ]
    return tuple(sorted(ideas, key=_order))


def _order(idea: NewIdea) -> tuple[bool, bool, float, int]:
    distinct = (1 - (idea.nearest or 0.0)) / math.sqrt(max(1, idea.people))
    return idea.direction_id is not None, not idea.suggests, -round(distinct, 6), idea.segment_ids[0]


def _place(found: Gathered, segment: Segment, near: _Nearest | None) -> tuple[int | None, bool]:
    """The direction that a segment fits, and whether it may be a new idea."""
    if not segment.voice or segment.about is not None:
        return None, False
    coded = {c.code_id for c in found.codings.get(segment.id, ())}
    open_ = [c for c, _ in found.suggestions.get(segment.id, ()) if (segment.id, c) not in found.rejected]
    if not coded and not open_:
        return None, True
    if any(found.codes[c].kind is not CodeKind.DIRECTION for c in coded):
        return None, False
    direction = direction_of(min(coded) if coded else open_[0], found.codes)
    return direction, near is not None and near.cosine < FITS and found.voices(segment, "suggestion")


def _nearest(project: Project, found: Gathered) -> dict[int, _Nearest]:
    """For each segment with a vector the proposal that it lies nearest to; empty without proposals."""
    ids, vectors = derived.vectors(project)
    rows = {id_: row for row, id_ in enumerate(ids)}
    said: dict[int, int] = {}  # the proposal that words belong to
    for code in found.codes.values():
        if code.kind is CodeKind.PROPOSAL:
            on_it = [code.segment_id, *(s.id for s in found.spoken(code.id))]
            said |= {id_: code.id for id_ in on_it if id_ in rows}
    if not said:
        return {}
    known = list(said)
    examples = vectors[[rows[id_] for id_ in known]].T
    made: dict[int, _Nearest] = {}
    for start in range(0, len(ids), _AT_ONCE):
        cosines = vectors[start : start + _AT_ONCE] @ examples
        for id_, row, place in zip(
            ids[start : start + _AT_ONCE], cosines, cosines.argmax(axis=1).tolist(), strict=True
        ):
            made[id_] = _Nearest(said[known[place]], round(float(row[place]), 4))
    return made


def _idea(
    found: Gathered,
    direction: int | None,
    words: tuple[str, ...],
    members: Sequence[Segment],
    near: dict[int, _Nearest],
) -> NewIdea:
    known = [near[s.id] for s in members if s.id in near]
    suggest = [s for s in members if found.voices(s, "suggestion")]
    return NewIdea(
        words=words,
        segments=len(members),
        people=len({found.speaker(s) for s in members}),
        channels=tuple(dict.fromkeys(s.channel for s in members)),
        quotations=_quotations(found, [*suggest, *members]),
        segment_ids=tuple(s.id for s in members),
        direction_id=direction,
        nearest=round(sum(n.cosine for n in known) / len(known), 4) if known else None,
        proposal_id=max(known, key=lambda n: n.cosine).proposal_id if known else None,
        suggests=len(suggest),
    )


def _quotations(found: Gathered, members: Iterable[Segment]) -> tuple[Quotation, ...]:
    """The members as they come, words that repeat others once, with how often."""
    said: dict[int, dict[int, Segment]] = {}
    for segment in members:
        said.setdefault(found.words_of(segment), {})[segment.id] = segment
    firsts = [(next(iter(same.values())), len(same) - 1) for same in said.values()]
    return tuple(replace(found.quotation(segment), repeats=more) for segment, more in firsts[:QUOTED])
