"""Issues that analysts write: their wording, who is attached for and against, and clusters that may be issues."""

from collections.abc import Collection, Sequence

from ogp_sensemaker.app import codebook as codes
from ogp_sensemaker.app import coding
from ogp_sensemaker.app.gathered import Gathered, gather
from ogp_sensemaker.app.siding import both_sides
from ogp_sensemaker.domain.cluster import Cluster
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.evidence import VALUE_OF_STANCE
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.domain.findings import Sides, SuggestedIssue
from ogp_sensemaker.errors import NotFound, SensemakerError
from ogp_sensemaker.store import clusters, codebook, codings, issues, segments
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project

LIMIT = 12  # quotations of each side
_SIDES = 2  # people on the smaller side of a cluster that may be an issue
_SHARE = 0.2  # and its share of those who took a side
_EXAMPLES = 6


def write_issue(
    project: Project,
    name: str,
    *,
    statement: str = "",
    side_for: str = "",
    side_against: str = "",
    parent_id: int | None = None,
) -> Changes:
    """A new issue with its wording, in one action.

    Raises SensemakerError for an empty name or one that is taken there, NotFound for a parent that is not there.
    """
    name = codes.free_name(project, name, parent_id)
    with project.action(f"Write the issue “{name}”") as action:
        code_id = codebook.add(project, name, CodeKind.ISSUE, parent_id)
        issues.write(project, code_id, {"statement": statement, "side_for": side_for, "side_against": side_against})
    return action.changes


def describe_issue(project: Project, code_id: int, **fields: str) -> Changes:
    """Write what is asked, how each side puts it, who holds which view, or ways forward; an empty text takes it away.

    `fields` are among domain.issue.FIELDS; any code can be described. Raises NotFound for a code that is not there.
    """
    name = _name(project, code_id)
    what = {"views": "who holds which view on", "ways": "ways forward for"}
    parts = dict.fromkeys(what.get(field, "the wording of") for field in fields)
    with project.action(f"Write {' and '.join(parts) or 'nothing on'} “{name}”") as action:
        issues.write(project, code_id, fields)
    return action.changes


def attach(project: Project, code_id: int, segment_ids: Sequence[int], stance: Stance | None) -> Changes:
    """Attach segments to an issue, for it, against it, or otherwise; replaces the coder's earlier stance.

    None attaches without a stance. Raises NotFound for a segment or code that is not there.
    """
    return coding.code_segments(project, segment_ids, code_id, stance=stance)


def detach(project: Project, code_id: int, segment_ids: Sequence[int]) -> Changes:
    """Take segments off an issue again. Raises SensemakerError where none was attached by the coder at work."""
    return coding.uncode_segments(project, segment_ids, code_id)


def sides(
    project: Project,
    code_id: int,
    *,
    only: SegmentFilter | None = None,
    machine: bool = False,
    limit: int = LIMIT,
    found: Gathered | None = None,
) -> Sides:
    """Both sides of an issue in equal number, with concerns and suggestions; `only` narrows to a filter's segments.

    `found` saves reading the project again. Raises NotFound for a code that is not there.
    """
    _name(project, code_id)
    found = found or gather(project, machine=machine)
    among: Collection[int] | None = None if only is None else set(segments.ids(project, only))
    return both_sides(found, code_id, limit, among)


def suggested(project: Project, *, machine: bool = False, found: Gathered | None = None) -> list[SuggestedIssue]:
    """Clusters whose people take both sides, most evenly divided and biggest first.

    By the stances that people gave (and, when asked, that the machine suggests) to the segments of a cluster, whatever
    code they are towards; each person counts once. Dismissed clusters are left out. `found` saves reading the project
    again.
    """
    found = found or gather(project, machine=machine)
    members: dict[int, list[int]] = {}
    for segment_id, membership in clusters.memberships(project).items():
        members.setdefault(membership.cluster_id, []).append(segment_id)
    made = []
    for cluster in clusters.clusters(project):
        if not cluster.dismissed:
            one = _split(found, cluster, sorted(members.get(cluster.id, ())))
            if one is not None:
                made.append(one)
    return sorted(made, key=lambda s: (-min(s.supporting, s.opposing), -(s.supporting + s.opposing), s.number))


def from_cluster(
    project: Project,
    cluster_id: int,
    name: str,
    *,
    statement: str = "",
    side_for: str = "",
    side_against: str = "",
    parent_id: int | None = None,
) -> Changes:
    """A new issue of a cluster's segments, in one action; those with one stance of people keep it towards the issue.

    Raises SensemakerError for an empty name, a name that is taken, or a cluster without segments.
    """
    name = codes.free_name(project, name, parent_id)
    cluster = clusters.get(project, cluster_id)
    wanted = sorted(clusters.members(project, cluster.id))
    if not wanted:
        raise SensemakerError(f"Cluster {cluster.number} has no segments, so no issue was made of it.")
    found = gather(project)
    by_stance: dict[Stance | None, list[int]] = {}
    for id_ in wanted:
        by_stance.setdefault(_stance_of(found, id_), []).append(id_)
    with project.action(f"Make the issue “{name}” of cluster {cluster.number}") as action:
        code_id = codebook.add(project, name, CodeKind.ISSUE, parent_id)
        issues.write(project, code_id, {"statement": statement, "side_for": side_for, "side_against": side_against})
        for stance, members in by_stance.items():
            codings.add(project, members, code_id, stance=stance, via_cluster=cluster.id)
    return action.changes


def _stance_of(found: Gathered, segment_id: int) -> Stance | None:
    """The stance that people gave a segment, where it is one and the same towards every code."""
    given = {c.stance for c in found.codings.get(segment_id, ()) if c.stance is not None}
    segment = found.segments[segment_id]
    if segment.valence:
        given.add(Stance(segment.valence))
    return next(iter(given)) if len(given) == 1 else None


def _split(found: Gathered, cluster: Cluster, members: Sequence[int]) -> SuggestedIssue | None:
    by_segment, towards, by_machine = _stances(found, members)
    by_case: dict[int, set[Stance]] = {}
    for id_, stance in by_segment.items():
        by_case.setdefault(found.speaker(found.segments[id_]), set()).add(stance)
    stances = [next(iter(s)) if len(s) == 1 else Stance.MIXED for s in by_case.values()]
    pro, con, mixed = (stances.count(s) for s in (Stance.SUPPORT, Stance.OPPOSE, Stance.MIXED))
    if min(pro, con) < _SIDES or min(pro, con) < _SHARE * (pro + con):
        return None
    examples = [
        [id_ for id_ in (*cluster.quotations, *members) if by_segment.get(id_) is side]
        for side in (Stance.SUPPORT, Stance.OPPOSE)
    ]
    turns = [id_ for pair in zip(*(list(dict.fromkeys(side)) for side in examples), strict=False) for id_ in pair]
    target = (
        f"towards “{found.codes[next(iter(towards))].name}”" if len(towards) == 1 else f"towards {len(towards)} codes"
    )
    who = ", some of them as the machine suggests" if by_machine else ""
    return SuggestedIssue(
        cluster_id=cluster.id,
        number=cluster.number,
        words=(cluster.name,) if cluster.name else cluster.words,
        supporting=pro,
        opposing=con,
        mixed=mixed,
        examples=tuple(turns[:_EXAMPLES]),
        why=f"{pro} for, {con} against, {mixed} mixed among the people of this cluster{who}; stances {target}.",
        machine=by_machine,
    )


def _stances(found: Gathered, members: Sequence[int]) -> tuple[dict[int, Stance], set[int], bool]:
    """The stance of each member that has one, the codes they are towards, and whether some are the machine's.

    Of several stances towards several codes the mean decides; who is for one thing and against another is mixed.
    """
    values: dict[int, list[float]] = {}
    towards: set[int] = set()
    for id_ in members:
        segment = found.segments[id_]
        if segment.valence and segment.about is not None:
            values.setdefault(id_, []).append(VALUE_OF_STANCE[Stance(segment.valence)])
            towards.add(segment.about)
        for made in found.codings.get(id_, ()):
            if made.stance is not None:
                values.setdefault(id_, []).append(VALUE_OF_STANCE[made.stance])
                towards.add(made.code_id)
    by_people, wanted = set(values), set(members)
    for code_id, suggestions in found.machine.items():
        for one in suggestions:
            if one.segment_id in wanted and one.segment_id not in by_people:
                values.setdefault(one.segment_id, []).append(VALUE_OF_STANCE[one.stance])
                towards.add(code_id)
    stances = {id_: _of_mean(sum(v) / len(v)) for id_, v in values.items()}
    return stances, towards, len(values) > len(by_people)


def _of_mean(value: float) -> Stance:
    return Stance.SUPPORT if value > 0.5 else Stance.OPPOSE if value < -0.5 else Stance.MIXED


def _name(project: Project, code_id: int) -> str:
    known = codebook.codes(project)
    if code_id not in known:
        raise NotFound(f"There is no code {code_id} in the codebook.")
    return known[code_id].name
