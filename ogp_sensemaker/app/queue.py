"""What to decide next: what the machine would learn most from, and what it is surest of, to accept many at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from ogp_sensemaker.app import learning, suggesting
from ogp_sensemaker.domain import agreement
from ogp_sensemaker.domain.agreement import Agreement
from ogp_sensemaker.domain.filter import SegmentFilter, Sort
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.store import codebook, codings, derived, segments
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project

LEVELS = (0.95, 0.9, 0.8, 0.7, 0.6, 0.5)  # confidences that an analyst may choose from
PEOPLE, MACHINE = "people", "machine"


@dataclass(frozen=True, slots=True)
class Surest:
    """How much would be accepted from a confidence on."""

    least: float
    suggestions: int
    segments: int


def to_learn(project: Project, most: int | None = None) -> list[int]:
    """Segments that nobody has coded from whose decision the machine would learn most, the first to ask about first.

    As it stood when suggestions were last made. Raises SensemakerError where there were none yet.
    """
    if not derived.to_learn(project):
        raise SensemakerError("Nothing has been suggested yet, so there is no order; let the machine suggest first.")
    where = SegmentFilter(coded=False, ids=tuple(derived.to_learn(project)))
    return segments.ids(project, where, Sort.LEARN)[:most]


def surest(project: Project, least: float, where: SegmentFilter | None = None) -> list[tuple[int, int, float]]:
    """(segment, code, confidence) that nobody decided on, from a confidence (0..1) on, the surest first.

    Only of segments that nobody has coded; and, if `where` is given, that it lets through.
    """
    found = derived.sure(project, least)
    if where is None or where == SegmentFilter():
        return found
    through = set(segments.ids(project, where))
    return [row for row in found if row[0] in through]


def levels(project: Project, where: SegmentFilter | None = None) -> list[Surest]:
    """What accepting would do at each of LEVELS, the highest first."""
    found = surest(project, LEVELS[-1], where)
    made = []
    for least in LEVELS:
        over = [segment for segment, _, p in found if p >= least]
        made.append(Surest(least, len(over), len(set(over))))
    return made


def accept_surest(project: Project, least: float, where: SegmentFilter | None = None) -> Changes:
    """Accept every suggestion from a confidence on, in one action. Raises SensemakerError where there is none."""
    found = surest(project, least, where)
    if not found:
        raise SensemakerError(
            f"There is nothing left to code of which the machine is {_percent(least)} sure; choose a lower confidence."
        )
    many = len({segment for segment, _, _ in found})
    what = (
        f"Accept {len(found):,} suggestion{'s' * (len(found) != 1)} of {_percent(least)} or surer, on {many:,} segments"
    )
    with project.action(what) as action:
        for code_id, wanted in _by_code(found).items():
            codings.add(project, wanted, code_id)
    return action.changes


def _by_code(found: Sequence[tuple[int, int, float]]) -> dict[int, list[int]]:
    by_code: dict[int, list[int]] = {}
    for segment, code, _ in found:
        by_code.setdefault(code, []).append(segment)
    return by_code


def agreements(project: Project) -> dict[int, Agreement]:
    """How far machine and people agree on each code that is suggested, by code; empty before there are decisions.

    Each segment is judged by a machine that had not been told what people decided about it, as it stood when
    suggestions were last made. People's labels are those of now; where several people coded, any of them counts.
    """
    says = derived.machine_says(project)
    if not says:
        return {}
    known = codebook.codes(project)
    places = {code.id: code.id for code in suggesting.targets(known)}
    decided = learning.decisions(project, known, {segment: segment for segment in says}, places)
    found: dict[int, Agreement] = {}
    for code_id in places:
        units = [segment for segment, row in decided.items() if code_id in row]
        chosen = {
            PEOPLE: {segment for segment in units if decided[segment][code_id]},
            MACHINE: {segment for segment in units if code_id in says[segment]},
        }
        if units:
            found[code_id] = agreement.on_code(units, PEOPLE, MACHINE, chosen)
    return found


def sentence(found: Agreement) -> str:
    """An agreement in words: percent, kappa and what it was counted on."""
    if found.observed is None:
        return ""
    kappa = f", kappa {found.kappa:.2f}" if found.kappa is not None else ""
    alpha = f", alpha {found.alpha:.2f}" if found.alpha is not None else ""
    return f"Machine and people agree on {_percent(found.observed)} of {found.units:,} decided comments{kappa}{alpha}."


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"
