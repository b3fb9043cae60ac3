"""The comments behind a number of an issue: of a side, of a group, of a bar of the distribution."""

from collections.abc import Container, Mapping
from dataclasses import replace

from ogp_sensemaker.domain.codebook import Code, CodeKind
from ogp_sensemaker.domain.evidence import VALUE_OF_STANCE
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.qt.issue_figures import place_of
from ogp_sensemaker.store import codings, opinions, segments
from ogp_sensemaker.store.project import Project

Codes = Mapping[int, Code]


def behind(project: Project, code_id: int, where: SegmentFilter | None = None) -> SegmentFilter:
    """Everything that was written under an issue or coded with it (or below it), as a filter for Comments."""
    asked = where or SegmentFilter()
    coded, under = replace(asked, codes=(code_id,)), replace(asked, about=(code_id,))
    if not segments.count(project, under):
        return coded
    if not segments.count(project, coded):
        return under
    return replace(asked, ids=tuple(sorted({*segments.ids(project, coded), *segments.ids(project, under)})))


def positions(project: Project, codes: Codes, code_id: int, where: SegmentFilter | None = None) -> dict[int, float]:
    """Where each comment stands towards an issue, in -1..1: as people coded it, else as its author marked it."""
    asked = where or SegmentFilter()
    found: dict[int, float] = {}
    for segment in segments.page(project, segments.ids(project, replace(asked, about=(code_id,)))):
        if segment.valence:
            found[segment.id] = 1.0 if segment.valence == "support" else -1.0
    coded = segments.ids(project, replace(asked, codes=(code_id,)))
    for id_, listed in codings.of_segments(project, coded).items():
        for coding in listed:
            if coding.stance is not None and _is_towards(coding.code_id, code_id, codes):
                found[id_] = VALUE_OF_STANCE[coding.stance]
    return found


def _is_towards(coded: int | None, code_id: int, codes: Codes) -> bool:
    """Whether a stance on one code is one on another: on itself, or on a theme below it."""
    while coded is not None and coded != code_id:
        coded = codes[coded].parent_id if codes[coded].kind is CodeKind.THEME else None
    return coded is not None


def of_side(project: Project, codes: Codes, code_id: int, sign: int, where: SegmentFilter | None = None) -> list[int]:
    """The comments for (1) or against (-1) an issue."""
    return sorted(id_ for id_, value in positions(project, codes, code_id, where).items() if value * sign > 0)


def of_bar(project: Project, codes: Codes, code_id: int, bar: int) -> list[int]:
    """The comments of the people in a bar: who gave such a number, or whose words stand there."""
    numbers = {o.case_id: o.value for o in opinions.opinions(project) if o.code_id == code_id}
    there = {case for case, value in numbers.items() if place_of(value) == bar}
    every = segments.ids(project, behind(project, code_id))
    by_words = positions(project, codes, code_id)
    return [
        segment.id
        for segment in segments.page(project, every)
        if _stands(segment.case_id, numbers, there, by_words.get(segment.id), bar)
    ]


def _stands(
    case: int | None, numbers: Mapping[int, float], there: Container[int], said: float | None, bar: int
) -> bool:
    if case is not None and case in numbers:
        return case in there  # a number that somebody gave counts before their words
    return said is not None and place_of(said) == bar
