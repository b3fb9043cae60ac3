"""Everything that the figures rest on, read from the project once."""

from dataclasses import dataclass, field
from functools import cached_property

from ogp_sensemaker.domain.codebook import Code, CodeKind, ancestors, direction_of
from ogp_sensemaker.domain.coding import Coding, Mark
from ogp_sensemaker.domain.evidence import VALUE_OF_STANCE, Evidence, Kind
from ogp_sensemaker.domain.findings import Quotation
from ogp_sensemaker.domain.opinion import Opinion
from ogp_sensemaker.domain.source import Case, CaseKind, Segment, Source
from ogp_sensemaker.store import codebook, codings, derived, opinions, segments, sources
from ogp_sensemaker.store.project import Project

_PEOPLE = (CaseKind.PARTICIPANT, CaseKind.SPEAKER)
# An attribute with more values than this tells people apart instead of grouping them.
_MOST_GROUPS = 12


@dataclass
class Gathered:
    """One reading of the project. Nothing in it changes; what is derived from it is computed once."""

    segments: dict[int, Segment]
    codes: dict[int, Code]
    codings: dict[int, list[Coding]]  # by people, by segment
    opinions: dict[int, list[Opinion]]  # by proposal
    cases: dict[int, Case]
    sources: list[Source]
    marks: dict[int, Mark]
    suggestions: dict[int, list[tuple[int, float]]]
    rejected: set[tuple[int, int]]
    closeness: dict[int, float] = field(default_factory=dict)

    @cached_property
    def coded(self) -> dict[int, list[Coding]]:
        """The codings by code, each also under every code above its own."""
        found: dict[int, list[Coding]] = {id_: [] for id_ in self.codes}
        for made in self.codings.values():
            for coding in made:
                for code_id in (coding.code_id, *ancestors(coding.code_id, self.codes)):
                    found[code_id].append(coding)
        return found

    @cached_property
    def under(self) -> dict[int, list[Segment]]:
        """The segments that were written under each proposal."""
        found: dict[int, list[Segment]] = {}
        for segment in self.segments.values():
            if segment.about is not None:
                found.setdefault(segment.about, []).append(segment)
        return found

    @cached_property
    def groups(self) -> dict[str, dict[int, str]]:
        """For each attribute that groups people, its value by case; `channel` among them."""
        found: dict[str, dict[int, str]] = {"channel": {}}
        for case in self.cases.values():
            if case.kind not in _PEOPLE:
                continue
            if case.channel:
                found["channel"][case.id] = case.channel
            for name, value in case.attributes.items():
                found.setdefault(name, {})[case.id] = value
        # Words of nobody in particular stand for themselves, and are still of a channel.
        for segment in self.segments.values():
            if segment.case_id is None or self.cases[segment.case_id].kind not in _PEOPLE:
                found["channel"][-segment.id] = segment.channel
        return {name: of for name, of in found.items() if 1 < len(set(of.values())) <= _MOST_GROUPS}

    def speaker(self, segment: Segment) -> int:
        """The case whose words a segment is; what nobody in particular said stands for itself."""
        if segment.case_id is not None and self.cases[segment.case_id].kind in _PEOPLE:
            return segment.case_id
        return -segment.id

    def evidence(self, code_id: int) -> list[Evidence]:
        """What cases have said on a code: numbers, coded stances, reasons for and against."""
        found = [Evidence(o.case_id, Kind.OPINION, o.value) for o in self.opinions.get(code_id, ())]
        for coding in self.coded[code_id]:
            if coding.stance is not None:
                segment = self.segments[coding.segment_id]
                value = VALUE_OF_STANCE[coding.stance]
                found.append(Evidence(self.speaker(segment), Kind.STANCE, value, segment.duplicate_of or segment.id))
        for segment in self.under.get(code_id, ()):
            if segment.valence:
                value = 1.0 if segment.valence == "support" else -1.0
                found.append(Evidence(self.speaker(segment), Kind.POINT, value, segment.duplicate_of or segment.id))
        return found

    def reasons(self, code_id: int) -> tuple[int, int]:
        """How many reasons were given for and against, on the platform or as coded by people; duplicates once."""
        sides: dict[str, set[int]] = {"support": set(), "oppose": set()}
        for segment in self.under.get(code_id, ()):
            if segment.valence:
                sides[segment.valence].add(segment.duplicate_of or segment.id)
        for coding in self.coded[code_id]:
            if coding.stance in ("support", "oppose"):
                segment = self.segments[coding.segment_id]
                sides[coding.stance].add(segment.duplicate_of or segment.id)
        return len(sides["support"]), len(sides["oppose"])

    def below(self, code_id: int, kind: CodeKind) -> list[Code]:
        """The codes of a kind under a direction."""
        return [c for c in self.codes.values() if c.kind is kind and direction_of(c.id, self.codes) == code_id]

    def quotation(self, segment: Segment, stance: str = "", concern: bool = False) -> Quotation:
        """A segment as the report prints it."""
        return Quotation(
            segment_id=segment.id, text=segment.text, english=segment.english, language=segment.language,
            translation_by=segment.translation_by, who=segment.case, channel=segment.channel, source=segment.source,
            locator=segment.locator, stance=stance, concern=concern,
        )  # fmt: skip

    def choose(self, codings_: list[Coding], most: int) -> tuple[Quotation, ...]:
        """The most telling of coded segments: the sides in turn, nearest to the middle first, no duplicates."""
        by_stance: dict[str, list[Coding]] = {}
        seen: set[int] = set()
        for coding in sorted(codings_, key=lambda c: (-self.closeness.get(c.segment_id, 0.0), c.segment_id, c.id)):
            words = self.segments[coding.segment_id].duplicate_of or coding.segment_id
            if words not in seen:
                seen.add(words)
                by_stance.setdefault(coding.stance or "", []).append(coding)
        order = [by_stance.get(s, []) for s in ("support", "oppose", "mixed", "neutral", "")]
        turns = [row[n] for n in range(max(map(len, order), default=0)) for row in order if n < len(row)]
        return tuple(self.quotation(self.segments[c.segment_id], c.stance or "", c.concern) for c in turns[:most])


def gather(project: Project) -> Gathered:
    """Read what the figures rest on."""
    every = segments.page(project, segments.ids(project))
    by_segment: dict[int, list[Coding]] = {}
    machines = {id_ for id_, coder in codings.coders(project).items() if coder.machine}
    for coding in codings.everything(project):
        if coding.coder_id not in machines:
            by_segment.setdefault(coding.segment_id, []).append(coding)
    numbers: dict[int, list[Opinion]] = {}
    for opinion in opinions.opinions(project):
        numbers.setdefault(opinion.code_id, []).append(opinion)
    found = Gathered(
        segments={s.id: s for s in every},
        codes=codebook.codes(project),
        codings=by_segment,
        opinions=numbers,
        cases={case.id: case for case in sources.cases(project)},
        sources=sources.sources(project),
        marks=codings.marks(project),
        suggestions=derived.suggestions(project),
        rejected=set(codings.rejections(project)),
    )
    found.closeness = _closeness(project, found)
    return found


def _closeness(project: Project, found: Gathered) -> dict[int, float]:
    """How near each coded segment lies to the middle of what was said on its direction (cosine)."""
    import numpy as np

    ids, vectors = derived.vectors(project)
    rows = {id_: row for row, id_ in enumerate(ids)}
    near: dict[int, float] = {}
    for code in found.codes.values():
        if code.kind is not CodeKind.DIRECTION:
            continue
        members = sorted({c.segment_id for c in found.coded[code.id] if c.segment_id in rows})
        if not members:
            continue
        own = vectors[[rows[id_] for id_ in members]]
        middle = own.mean(axis=0)
        middle /= float(np.linalg.norm(middle)) or 1.0
        for id_, value in zip(members, (own @ middle).tolist(), strict=True):
            near[id_] = max(near.get(id_, -1.0), round(value, 5))
    return near
